//! What is signed, changed and forged, without a pack that runs.

use std::fs;
use std::path::PathBuf;

use sha2::{Digest as _, Sha256};
use tempfile::TempDir;

use super::*;

const PACK: &[u8] = b"the bytes of a pack";
const TODAY: i32 = 20_000;

struct Case {
    folder: TempDir,
    key: SigningKey,
    gate: Gate,
}

/// A pack `demo-rules 1.0.0` that is signed, and a gate that trusts the signer.
fn signed() -> Case {
    let key = SigningKey::generate().expect("randomness");
    let trusted = TrustedKey {
        name: "某研究所".to_owned(),
        key: key.public(),
        packs: vec!["demo-".to_owned()],
        since: Some(TODAY - 10),
        until: Some(TODAY + 10),
    };
    let policy = Policy { keys: vec![trusted], ..Policy::default() };
    let gate = Gate { policy, today: TODAY, ..Gate::default() };
    let case = Case { folder: tempfile::tempdir().expect("a folder"), key, gate };
    case.sign("demo-rules", &case.key, PACK);
    case
}

impl Case {
    fn pack(&self) -> PathBuf {
        self.folder.path().join("pack.wasm")
    }

    fn sign(&self, id: &str, key: &SigningKey, bytes: &[u8]) {
        let predicate = Predicate {
            id: id.to_owned(),
            version: "1.0.0".to_owned(),
            contract: "mingcha:rules@0.1.0".to_owned(),
            settings_sha256: String::new(),
            source: None,
        };
        let statement = Statement::new(&crate::hex(&Sha256::digest(bytes)), predicate);
        let envelope = Envelope::sign(&statement, key).expect("JSON");
        fs::write(envelope_path(&self.pack()), serde_json::to_string(&envelope).expect("JSON"))
            .expect("a file");
    }

    /// Both sentences contain their words.
    fn refuses(&self, zh: &str, en: &str) {
        let refusal = self.gate.admit(&self.pack(), PACK).expect_err(en);
        for (language, words) in [(Language::Zh, zh), (Language::En, en)] {
            let sentence = refusal.sentence(language);
            assert!(sentence.contains(words) && sentence.contains("pack.wasm"), "{sentence}");
        }
    }
}

#[test]
fn a_pack_signed_by_a_trusted_key_is_admitted() {
    let case = signed();
    let admitted = case.gate.admit(&case.pack(), PACK).expect("it is signed");
    assert!(format!("{admitted:?}").contains("某研究所"), "{admitted:?}");
}

#[test]
fn a_pack_without_signature_needs_permission() {
    let mut case = signed();
    fs::remove_file(envelope_path(&case.pack())).expect("it was there");
    case.refuses("规则包没有签名", "the pack is not signed");
    case.gate.allow_unsigned = true;
    case.gate.admit(&case.pack(), PACK).expect("it is allowed");
}

#[test]
fn a_stranger_s_key_needs_permission() {
    let mut case = signed();
    case.sign("demo-rules", &SigningKey::generate().expect("randomness"), PACK);
    case.refuses("不在信任之列", "a key you do not trust");
    case.gate.allow_unsigned = true;
    let admitted = case.gate.admit(&case.pack(), PACK).expect("it is allowed");
    assert!(format!("{admitted:?}").contains("Unsigned"), "a stranger's signature counts for nothing");
}

#[test]
fn a_wrong_signature_is_refused_even_with_permission() {
    let mut case = signed();
    case.gate.allow_unsigned = true;
    let file = envelope_path(&case.pack());
    let mut envelope: serde_json::Value =
        serde_json::from_slice(&fs::read(&file).expect("a file")).expect("JSON");
    let other = signed();
    let others: serde_json::Value =
        serde_json::from_slice(&fs::read(envelope_path(&other.pack())).expect("a file")).expect("JSON");
    envelope["signatures"][0]["sig"] = others["signatures"][0]["sig"].clone();
    fs::write(&file, envelope.to_string()).expect("a file");
    case.refuses("与其公钥不符", "does not fit their key");
    fs::write(&file, "签名").expect("a file");
    case.refuses("不是签名文件", "is no signature");
}

#[test]
fn a_pack_that_changed_after_it_was_signed_is_refused_even_with_permission() {
    let mut case = signed();
    case.gate.allow_unsigned = true;
    case.sign("demo-rules", &case.key, b"what it was before");
    case.refuses("签名之后规则包变了", "changed after it was signed");
}

#[test]
fn a_key_signs_only_its_own_packs_and_only_in_its_time() {
    let mut case = signed();
    case.sign("other-rules", &case.key, PACK);
    case.refuses("不可签 other-rules", "not other-rules");
    case.sign("demo-rules", &case.key, PACK);
    case.gate.today = TODAY + 10;
    case.refuses("密钥只在", "is valid from");
    case.gate.today = TODAY - 11;
    case.refuses("密钥只在", "is valid from");
}

#[test]
fn where_two_must_sign_one_is_not_enough_and_one_key_is_one_signer() {
    let mut case = signed();
    case.gate.policy.quorum = vec![("demo-".to_owned(), 2)];
    let one = "信任策略要求 2 个签名,现在只有 1 个(“某研究所”)";
    case.refuses(one, "asks for 2 signatures and there are 1 (“某研究所”)");
    let again = TrustedKey { name: "同一把钥匙".to_owned(), ..case.gate.policy.keys[0].clone() };
    case.gate.policy.keys.push(again);
    case.refuses(one, "asks for 2 signatures and there are 1");
    let other = SigningKey::generate().expect("randomness");
    let key =
        TrustedKey { name: "某处".to_owned(), key: other.public(), ..case.gate.policy.keys[0].clone() };
    case.gate.policy.keys[1] = key;
    let file = envelope_path(&case.pack());
    let envelope: Envelope =
        serde_json::from_slice(&fs::read(&file).expect("a signature")).expect("an envelope");
    let envelope = serde_json::to_string(&envelope.cosigned(&other)).expect("JSON");
    fs::write(&file, envelope).expect("a file");
    let admitted = format!("{:?}", case.gate.admit(&case.pack(), PACK).expect("two signed it"));
    assert!(admitted.contains("某研究所") && admitted.contains("某处"), "{admitted}");
    case.gate.policy.keys[1].until = Some(TODAY);
    case.refuses("密钥只在", "is valid from");
}

#[test]
fn a_revoked_pack_is_refused_even_with_permission() {
    let mut case = signed();
    case.gate.allow_unsigned = true;
    case.gate.policy.revoked = vec![crate::hex(&Sha256::digest(PACK))];
    case.refuses("已被信任策略撤销", "the trust policy revokes this pack");
}

#[test]
fn a_policy_is_read_strictly() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("trust.toml");
    let key = key_line(&SigningKey::generate().expect("randomness").public());
    let revoked = "AB12".repeat(16);
    let good = format!(
        "revoked = [\"{revoked}\"]\n[[keys]]\nname = \"某研究所\"\nkey = \"{key}\"\npacks = [\"demo-\"]\nuntil = \"2030-01-01\"\n\
         [lowest]\ndemo-rules = \"1.2.0\"\n[quorum]\ndemo- = 2\n"
    );
    fs::write(&path, &good).expect("a file");
    let policy = Policy::load(Some(&path)).expect("it is right");
    assert_eq!((policy.keys.len(), policy.revoked.as_slice()), (1, ["ab12".repeat(16)].as_slice()));
    assert_eq!((policy.signers_needed("demo-rules"), policy.signers_needed("other")), (2, 1));
    for (from, to, words) in [
        (key.as_str(), "ed25519:AAAA", "ed25519:…"),
        ("until", "untill", "until"),
        ("2030-01-01", "明年", "应是日期"),
        ("1.2.0", "二", "不是版本号"),
        ("demo- = 2", "demo- = 0", "要写几个人签名"),
        (revoked.as_str(), "AB12", "“ab12”不是摘要"),
        ("\"AB12", "\"sha256:AB12", "不是摘要"),
        ("AB12\"", "AB1G\"", "不是摘要"),
        ("AB12\"", "AB12AB\"", "不是摘要"),
    ] {
        fs::write(&path, good.replace(from, to)).expect("a file");
        let sentence = Policy::load(Some(&path)).expect_err(words).sentence(Language::Zh);
        assert!(sentence.contains(words), "{sentence}");
    }
}
