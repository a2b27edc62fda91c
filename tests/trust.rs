//! Whose packs run: from a key to a signed, locked pack and back to every refusal, as people type it.

use std::fs;
use std::path::{Path, PathBuf};

use hostile::Behaviour;
use mingcha::trust::{Envelope, Predicate, SigningKey, Statement};
use sha2::{Digest as _, Sha256};
use tempfile::TempDir;

use crate::cli::mingcha;

const TABLE: &str = "试样名称,试样数值\n甲,1\n乙,-1\n";

/// A folder with a stranger's pack, its signer's key, a policy that trusts it, and a table.
struct Office {
    folder: TempDir,
}

impl Office {
    fn new() -> Self {
        let office = Self { folder: tempfile::tempdir().expect("a folder") };
        office.write("表-合成数据.csv", TABLE.as_bytes());
        office.pack(Behaviour::WellBehaved);
        let (code, out, err) = office.says(&["pack", "keygen", "key"]);
        assert_eq!(code, 0, "{err}");
        let stanza = out.split_once("[[keys]]").expect("a stanza for the policy").1;
        let policy = format!("[[keys]]{stanza}").replacen("…", "某研究所", 1).replacen("…", "hostile", 1);
        office.write("trust.toml", policy.as_bytes());
        office
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, content: &[u8]) {
        fs::write(self.path(name), content).expect("a file");
    }

    /// Puts this behaviour's pack where the stranger's pack is.
    fn pack(&self, behaviour: Behaviour) {
        let bytes = behaviour.written_into(mingcha_bundle::HOSTILE.bytes).expect("a place for its behaviour");
        self.write("pack.wasm", &bytes);
    }

    fn append(&self, name: &str, text: &str) {
        let before = fs::read_to_string(self.path(name)).expect("a file");
        self.write(name, format!("{before}{text}").as_bytes());
    }

    fn says(&self, arguments: &[&str]) -> (i32, String, String) {
        let output = mingcha().current_dir(self.folder.path()).args(arguments).output().expect("it runs");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("output in UTF-8");
        (output.status.code().expect("an exit code"), text(output.stdout), text(output.stderr))
    }

    fn sign(&self) {
        let (code, _, err) = self.says(&["pack", "sign", "pack.wasm", "--key", "key.key"]);
        assert_eq!(code, 0, "{err}");
    }

    fn check(&self, more: &[&str]) -> (i32, String, String) {
        let mut arguments = vec!["check", "表-合成数据.csv", "--as-of", "2016-11-30", "--pack", "pack.wasm"];
        arguments.extend(more);
        self.says(&arguments)
    }

    /// The check ends before it begins, with these words in each language.
    fn refuses(&self, more: &[&str], zh: &str, en: &str) {
        for (language, words) in [("zh", zh), ("en", en)] {
            let mut arguments = more.to_vec();
            arguments.extend(["--lang", language]);
            let (code, out, err) = self.check(&arguments);
            assert_eq!((code, out.as_str()), (2, ""), "{err}");
            assert!(err.contains(words) && err.lines().count() == 1, "no “{words}” in: {err}");
        }
    }
}

const TRUST: [&str; 2] = ["--trust", "trust.toml"];

#[test]
fn a_stranger_s_pack_runs_when_signed_or_allowed_and_the_report_says_which() {
    let office = Office::new();
    office.refuses(&TRUST, "规则包没有签名", "the pack is not signed");
    let (code, out, err) = office.check(&["--allow-unsigned"]);
    assert_eq!(code, 0, "{err}");
    // A line may be broken at any blank.
    let first = out.split("\n\n").next().unwrap_or_default().replace([' ', '\n'], "");
    assert!(first.contains("没有可信的签名,由使用者以--allow-unsigned放行"), "{out}");
    office.sign();
    let (code, out, err) = office.check(&TRUST);
    assert_eq!(code, 0, "{err}");
    let first: String = out.split("\n\n").next().unwrap_or_default().lines().map(str::trim).collect();
    assert!(first.contains("由“某研究所”(密钥"), "{out}");
    let (_, json, _) = office.check(&["--trust", "trust.toml", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(json["manifest"]["packs"][0]["trust"]["signers"][0]["name"], "某研究所");
    let (code, out, _) =
        office.says(&["pack", "verify", "pack.wasm", "--trust", "trust.toml", "--lang", "en"]);
    assert_eq!(code, 0);
    assert!(out.contains("signed by “某研究所”"), "{out}");
    office.refuses(&[], "不在信任之列", "a key you do not trust");
}

#[test]
fn two_signatures_are_asked_for_where_the_policy_asks_for_two() {
    let office = Office::new();
    office.sign();
    let (code, out, err) = office.says(&["pack", "keygen", "second"]);
    assert_eq!(code, 0, "{err}");
    let stanza = out.split_once("[[keys]]").expect("a stanza for the policy").1;
    office.append(
        "trust.toml",
        &format!(
            "[quorum]\nhostile = 2\n[[keys]]{}",
            stanza.replacen("…", "某处", 1).replacen("…", "hostile", 1)
        ),
    );
    office.refuses(&TRUST, "要求 2 个签名,现在只有 1 个", "asks for 2 signatures and there are 1");
    let (code, _, err) = office.says(&["pack", "sign", "pack.wasm", "--key", "second.key"]);
    assert_eq!(code, 0, "{err}");
    let (code, out, err) = office.check(&TRUST);
    assert_eq!(code, 0, "{err}");
    let first: String = out.split("\n\n").next().unwrap_or_default().lines().map(str::trim).collect();
    assert!(first.contains("“某研究所”") && first.contains("“某处”"), "{out}");
}

#[test]
fn who_signs_with_other_words_does_not_drop_what_others_signed() {
    let office = Office::new();
    office.sign();
    let signature = || fs::read_to_string(office.path("pack.wasm.dsse.json")).expect("a signature");
    let first = signature();
    assert_eq!(office.says(&["pack", "keygen", "second"]).0, 0);
    let with_source = ["pack", "sign", "pack.wasm", "--key", "second.key", "--source", "示例仓库"];
    for (language, words) in [("zh", "source 已签“—”、这次“示例仓库”"), ("en", "source was signed as “—”")]
    {
        let (code, _, err) = office.says(&[&with_source[..], &["--lang", language]].concat());
        assert_eq!((code, err.contains(words)), (2, true), "{err}");
        assert_eq!(signature(), first, "the first signature is left alone");
    }
    let own = ["pack", "sign", "pack.wasm", "--key", "key.key", "--source", "示例仓库"];
    let (code, _, err) = office.says(&own);
    assert_eq!((code, err.contains("由新的签名代替")), (0, true), "{err}");
    let (code, _, err) = office.says(&["pack", "sign", "pack.wasm", "--key", "second.key"]);
    assert_eq!((code, err.as_str()), (0, ""), "a source need not be repeated");
    assert_eq!(signature().matches("keyid").count(), 2);
    office.pack(Behaviour::HolesInArguments);
    let (code, _, err) = office.says(&["pack", "sign", "pack.wasm", "--key", "second.key"]);
    assert_eq!((code, err.contains("由新的签名代替")), (0, true), "{err}");
    assert_eq!(signature().matches("keyid").count(), 1);
}

#[test]
fn a_wrong_signature_is_refused_whatever_is_allowed() {
    let office = Office::new();
    office.sign();
    let first = fs::read(office.path("pack.wasm.dsse.json")).expect("a signature");
    let mut envelope: serde_json::Value = serde_json::from_slice(&first).expect("JSON");
    let signature = envelope["signatures"][0]["sig"].as_str().expect("a signature").to_owned();
    let other = if signature.starts_with('A') { "B" } else { "A" };
    envelope["signatures"][0]["sig"] = format!("{other}{}", &signature[1..]).into();
    office.write("pack.wasm.dsse.json", envelope.to_string().as_bytes());
    let options = ["--trust", "trust.toml", "--allow-unsigned"];
    office.refuses(&options, "与其公钥不符", "does not fit their key");
    office.write("pack.wasm.dsse.json", &first);
    office.pack(Behaviour::HolesInArguments);
    office.refuses(&options, "签名之后规则包变了", "changed after it was signed");
}

#[test]
fn settings_that_are_not_the_signed_ones_are_refused() {
    let office = Office::new();
    let bytes = fs::read(office.path("pack.wasm")).expect("the pack");
    let key = fs::read_to_string(office.path("key.key")).expect("the key");
    let key = SigningKey::from_pem(&key).expect("a key");
    let (_, inspected, _) = office.says(&["pack", "inspect", "pack.wasm", "--lang", "en"]);
    let first = inspected.lines().next().expect("a line").split(' ').collect::<Vec<_>>();
    let digest = |bytes: &[u8]| mingcha::hex(&Sha256::digest(bytes));
    for (settings, code) in [("{}", 0), ("{ }", 2)] {
        let predicate = Predicate {
            id: first[0].to_owned(),
            version: first[1].to_owned(),
            contract: mingcha::runtime::CONTRACT.to_owned(),
            settings_sha256: digest(settings.as_bytes()),
            source: None,
        };
        let envelope = Envelope::sign(&Statement::new(&digest(&bytes), predicate), &key).expect("JSON");
        let text = serde_json::to_string(&envelope).expect("JSON");
        office.write("pack.wasm.dsse.json", text.as_bytes());
        let (found, _, err) = office.check(&TRUST);
        assert_eq!((found, err.contains("签名所说的设置")), (code, code == 2), "{err}");
    }
}

#[test]
fn a_revoked_digest_and_a_version_too_low_are_refused() {
    let office = Office::new();
    office.sign();
    let (_, inspected, _) = office.says(&["pack", "inspect", "pack.wasm", "--lang", "en"]);
    let digest = inspected.lines().find_map(|line| line.strip_prefix("sha256: ")).expect("a digest");
    let policy = fs::read_to_string(office.path("trust.toml")).expect("a policy");
    office.write("trust.toml", format!("revoked = [\"{digest}\"]\n{policy}").as_bytes());
    office.refuses(&TRUST, "已被信任策略撤销", "the trust policy revokes this pack");
    office.write("trust.toml", format!("{policy}\n[lowest]\nhostile = \"9.0.0\"\n").as_bytes());
    office.refuses(
        &TRUST,
        "低于信任策略要求的最低版本 9.0.0",
        "below 9.0.0, the lowest the trust policy takes",
    );
}

#[test]
fn a_lock_refuses_what_changed_and_what_is_older() {
    let office = Office::new();
    office.sign();
    let lock = ["pack", "lock", "--pack", "pack.wasm", "--trust", "trust.toml"];
    let (code, _, err) = office.says(&lock);
    assert_eq!(code, 0, "{err}");
    let text = fs::read_to_string(office.path("mingcha.lock")).expect("a lock");
    assert!(text.contains("signer = \"某研究所\"") && text.contains("mingcha:rules@0.1.0"), "{text}");
    assert_eq!(office.check(&TRUST).0, 0);
    office.pack(Behaviour::HolesInArguments);
    office.sign();
    office.refuses(&TRUST, "锁定的不同", "is not the one mingcha.lock pins");
    let older = text.lines().map(|line| {
        if line.starts_with("version") { "version = \"9.0.0\"".to_owned() } else { line.to_owned() }
    });
    office.write("mingcha.lock", older.collect::<Vec<_>>().join("\n").as_bytes());
    office.refuses(&TRUST, "不接受回退", "there is no rolling back");
    let (code, _, err) = office.says(&lock);
    assert_eq!(code, 2, "locking anew is no way back");
    assert!(err.contains("不接受回退"), "{err}");
    office.write("mingcha.lock", b"");
    office.refuses(&TRUST, "中没有规则包 hostile", "pins no pack hostile");
}

#[test]
fn a_damaged_lock_and_a_damaged_policy_say_where() {
    let office = Office::new();
    office.sign();
    office.append("trust.toml", "\n[[keys]]\nname = \"无\"\n");
    let (code, _, err) = office.check(&TRUST);
    assert_eq!(code, 2);
    assert!(err.contains("trust.toml:6:1:"), "{err}");
    office.write("mingcha.lock", b"[[pack]]\nid = \"hostile\"\n");
    let (code, _, err) = office.check(&["--allow-unsigned"]);
    assert_eq!(code, 2);
    assert!(err.contains("mingcha.lock:1:1:") && err.contains("pack lock"), "{err}");
}

#[test]
fn a_key_is_never_written_over_and_is_for_its_owner_alone() {
    let office = Office::new();
    let (code, _, err) = office.says(&["pack", "keygen", "key"]);
    assert_eq!(code, 2);
    assert!(err.contains("key.key"), "{err}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = fs::metadata(office.path("key.key")).expect("a key").permissions().mode();
        assert_eq!(mode & 0o077, 0, "others can read the private key");
    }
    let (code, _, err) = office.says(&["pack", "sign", "pack.wasm", "--key", "key.pub"]);
    assert_eq!(code, 2);
    assert!(err.contains("pack keygen"), "{err}");
    assert!(!Path::new(&office.path("pack.wasm.dsse.json")).exists());
}

#[test]
fn what_a_pack_holds_and_asks_for_is_seen_without_running_it_over_data() {
    let office = Office::new();
    office.sign();
    let (code, said, err) = office.says(&["pack", "inspect", "pack.wasm", "--lang", "en"]);
    assert_eq!(code, 0, "{err}");
    for words in [
        "imports: mingcha:rules/log@0.1.0",
        "limits: memory ",
        "ms a call",
        "signature: claims key ",
        "B of code",
        "custom sections: ",
    ] {
        assert!(said.contains(words), "no “{words}” in {said}");
    }
    let memory =
        said.split_once("limits: memory ").and_then(|(_, rest)| rest.split_once(" KiB")).expect("a size").0;
    assert!(
        memory.parse::<u64>().expect("a number") >= 1_024,
        "a Rust module begins with a stack of 1 MiB: {memory}"
    );
    let (_, said, _) = office.says(&["pack", "inspect", "pack.wasm"]);
    assert!(said.contains("限额: 开始时内存") && said.contains("自定义段: "), "{said}");
}

#[test]
fn no_text_of_a_stranger_s_pack_acts_on_the_terminal_of_whoever_inspects_it() {
    let office = Office::new();
    office.pack(Behaviour::EscapesEverywhere);
    for language in ["zh", "en"] {
        let (code, said, err) = office.says(&["pack", "inspect", "pack.wasm", "--lang", language]);
        assert_eq!(code, 0, "{err}");
        assert!(said.contains("loud<U+001B>[2J = \"<U+202E>\"  <U+001B>]0;x<U+0007>"), "{said}");
        let acts = |character: &char| {
            *character != '\n' && (character.is_control() || ('\u{202a}'..='\u{202e}').contains(character))
        };
        assert_eq!(said.chars().filter(acts).collect::<Vec<_>>(), Vec::<char>::new(), "{said}");
    }
}

#[test]
fn packs_are_compared_by_what_they_say_and_by_what_they_find() {
    let office = Office::new();
    let bytes = Behaviour::WellBehaved.written_into(mingcha_bundle::HOSTILE.bytes).expect("a place");
    office.write("old.wasm", &bytes);
    assert_eq!(
        office.says(&["pack", "diff", "old.wasm", "pack.wasm"]),
        (0, "没有变化\n".to_owned(), String::new())
    );
    office.pack(Behaviour::TitlePastTheLimit);
    assert_eq!(office.says(&["pack", "diff", "old.wasm", "pack.wasm"]).0, 2, "it does not even load");
    office.pack(Behaviour::HolesInArguments);
    let on = ["pack", "diff", "old.wasm", "pack.wasm", "--on", "表-合成数据.csv", "--as-of", "2016-11-30"];
    assert_eq!(office.says(&on).0, 2, "strangers' packs run over no data unasked");
    let (code, out, err) = office.says(&[on.as_slice(), &["--allow-unsigned"]].concat());
    assert_eq!(code, 1, "{err}");
    assert!(out.starts_with("摘要: "), "{out}");
    assert!(out.contains("\n+ hostile/table-liar 表-合成数据.csv"), "{out}");
}

#[test]
fn packs_are_not_called_alike_over_files_that_were_not_checked() {
    let office = Office::new();
    let bytes = Behaviour::WellBehaved.written_into(mingcha_bundle::HOSTILE.bytes).expect("a place");
    office.write("old.wasm", &bytes);
    let diff = ["pack", "diff", "old.wasm", "pack.wasm", "--as-of", "2016-11-30", "--allow-unsigned"];
    let (code, out, err) = office.says(&[&diff[..], &["--on", "没有.csv"]].concat());
    assert_eq!((code, out.as_str()), (2, ""), "{err}");
    assert!(err.contains("没有.csv") && err.contains("没有可以核查的表格"), "{err}");
    let both = [&diff[..], &["--on", "没有.csv", "--on", "表-合成数据.csv"]].concat();
    let (code, out, err) = office.says(&both);
    assert_eq!((code, out.as_str()), (3, "没有变化\n"), "{err}");
    assert_eq!(err.matches("没有.csv").count(), 1, "{err}");
    office.pack(Behaviour::Panic);
    let (code, out, err) = office.says(&[&diff[..], &["--on", "表-合成数据.csv"]].concat());
    assert_eq!(code, 3, "{err}");
    assert!(out.contains("~ 规则 hostile/") && out.contains(" → 出错"), "{out}");
    assert!(err.contains("出错"), "{err}");
}
