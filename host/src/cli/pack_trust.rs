//! `mingcha pack keygen|sign|verify|lock`: who answers for a pack, and which packs are settled on.

use std::fs;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use sha2::{Digest as _, Sha256};

use super::common::{self, Loading, PackChoice, either};
use crate::config::Config;
use crate::manifest::{Language, Text};
use crate::report;
use crate::runtime::{CONTRACT, Cache, Engine, Limits, Pack};
use crate::trust::{
    Envelope, Gate, LOCK_FILE, Lock, Pinned, Policy, Predicate, SigningKey, Statement, envelope_path, key_id,
    key_line,
};

/// Which packs may run.
#[derive(Clone, Debug, Default, Args)]
pub(super) struct TrustChoice {
    /// 放行没有可信签名的规则包,报告首页会注明 / let packs run that nobody trusted signed; the report says so first
    #[arg(long)]
    allow_unsigned: bool,
    /// 信任策略,默认为用户配置目录的 mingcha/trust.toml / trust policy; mingcha/trust.toml in the user's configuration
    /// directory if not given
    #[arg(long, value_name = "FILE")]
    trust: Option<PathBuf>,
}

impl TrustChoice {
    /// What a run accepts; the error is a sentence.
    pub(super) fn gate(&self, config: &Config, language: Language) -> Result<Gate, String> {
        let sentence = |error: crate::config::ConfigError| error.sentence(language);
        Ok(Gate {
            policy: Policy::load(self.trust.as_deref()).map_err(sentence)?,
            lock: Lock::load(&lock_path(config)).map_err(sentence)?,
            allow_unsigned: self.allow_unsigned,
            today: common::today_in_beijing(),
        })
    }
}

/// Beside the configuration, or else in the working directory.
fn lock_path(config: &Config) -> PathBuf {
    let folder = config.path.as_deref().and_then(Path::parent).unwrap_or(Path::new(""));
    folder.join(LOCK_FILE)
}

#[derive(Debug, Subcommand)]
pub(super) enum Action {
    /// 生成签名密钥:NAME.key 自己保管,NAME.pub 和打印的一段交给使用者 / make a key: keep NAME.key, hand out NAME.pub
    Keygen {
        /// 文件名的开头 / beginning of the names of both files
        #[arg(value_name = "NAME")]
        name: PathBuf,
    },
    /// 给规则包签名,写成 FILE.dsse.json;别人已签的,补上自己的签名 / sign a pack; writes FILE.dsse.json, or adds to what others
    /// signed
    Sign {
        /// 规则包 / the pack
        #[arg(value_name = "FILE")]
        pack: PathBuf,
        /// 私钥 / the private key
        #[arg(long, value_name = "FILE")]
        key: PathBuf,
        /// 源代码的出处,写进签名 / where its source is; becomes part of what is signed
        #[arg(long, value_name = "TEXT")]
        source: Option<String>,
    },
    /// 验证规则包的签名 / verify the signature of a pack
    Verify {
        /// 规则包 / the pack
        #[arg(value_name = "FILE")]
        pack: PathBuf,
        #[command(flatten)]
        trust: TrustChoice,
    },
    /// 锁定规则包:写 mingcha.lock,以后只运行这些 / settle on packs: writes mingcha.lock; later runs take no others
    Lock {
        #[command(flatten)]
        packs: PackChoice,
        #[command(flatten)]
        trust: TrustChoice,
    },
}

impl Action {
    pub(super) fn run(self, config: &Config, language: Language) -> Result<u8, String> {
        match self {
            Self::Keygen { name } => keygen(&name, language)?,
            Self::Sign { pack, key, source } => sign(&pack, &key, source, language)?,
            Self::Verify { pack, trust } => verify(&pack, &trust.gate(config, language)?, language)?,
            Self::Lock { packs, trust } => lock(&packs, &trust, config, language)?,
        }
        Ok(super::CLEAN)
    }
}

fn keygen(name: &Path, language: Language) -> Result<(), String> {
    let none = || {
        let zh = "系统没有给出随机数,密钥没有生成;请稍后再试";
        let en = "the system gave no randomness; no key was made, try again later";
        either(language, zh.to_owned(), en.to_owned())
    };
    let key = SigningKey::generate().map_err(|_| none())?;
    let (private, public) = key.to_pem().ok_or_else(none)?;
    let (private_file, public_file) = (with_ending(name, "key"), with_ending(name, "pub"));
    write_new(&private_file, &private, true, language)?;
    write_new(&public_file, &public, false, language)?;
    let (private_file, public_file) = (private_file.display(), public_file.display());
    let line = key_line(&key.public());
    common::print(&either(
        language,
        format!("私钥 {private_file}:自己保管,不要交给任何人\n公钥 {public_file}\n使用者在信任策略中写:\n\n"),
        format!(
            "private key {private_file}: keep it to yourself\npublic key {public_file}\nin a trust policy:\n\n"
        ),
    ));
    common::print(&format!("[[keys]]\nname = \"…\"\nkey = \"{line}\"\npacks = [\"…\"]\n"));
    Ok(())
}

fn with_ending(name: &Path, ending: &str) -> PathBuf {
    let mut file = name.as_os_str().to_owned();
    file.push(".");
    file.push(ending);
    PathBuf::from(file)
}

/// A new file; a key that is there already is never written over.
fn write_new(file: &Path, text: &str, private: bool, language: Language) -> Result<(), String> {
    use std::io::Write as _;
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(if private { 0o600 } else { 0o644 });
    }
    #[cfg(not(unix))]
    let _ = private;
    let written = options.open(file).and_then(|mut file| file.write_all(text.as_bytes()));
    written.map_err(|error| not_written(file, &error, language))
}

fn not_written(file: &Path, error: &std::io::Error, language: Language) -> String {
    let Text { zh, en } = crate::system_words(error);
    let file = file.display();
    either(
        language,
        format!("{file}:写不进去({zh});请换个名字或位置"),
        format!("{file}: cannot be written ({en}); choose another name or place"),
    )
}

fn sign(pack: &Path, key: &Path, source: Option<String>, language: Language) -> Result<(), String> {
    let no_key = || {
        let key = key.display();
        either(
            language,
            format!("{key}:读不出 Ed25519 私钥(PEM);用 mingcha pack keygen 生成一个"),
            format!("{key}: no Ed25519 private key (PEM) can be read; make one with mingcha pack keygen"),
        )
    };
    let key = SigningKey::from_pem(&fs::read_to_string(key).map_err(|_| no_key())?).ok_or_else(no_key)?;
    let loaded = load(pack, language)?;
    let predicate = Predicate {
        id: loaded.manifest.id.clone(),
        version: loaded.manifest.version.clone(),
        contract: CONTRACT.to_owned(),
        settings_sha256: crate::hex(&Sha256::digest(&loaded.manifest.settings)),
        source,
    };
    let file = envelope_path(pack);
    let statement = Statement::new(&loaded.digest, predicate);
    let envelope = signed(&file, &statement, &key, language)?;
    let mut text = serde_json::to_string_pretty(&envelope).map_err(|error| error.to_string())?;
    text.push('\n');
    fs::write(&file, text).map_err(|error| not_written(&file, &error, language))?;
    let (file, pack) = (file.display(), &loaded.manifest);
    common::print(&either(
        language,
        format!("{file}:已签名 {} {}\n", pack.id, pack.version),
        format!("{file}: signed {} {}\n", pack.id, pack.version),
    ));
    Ok(())
}

/// The statement signed, beside what others signed of it. Their signatures are never dropped while they hold for these
/// bytes.
fn signed(
    file: &Path,
    statement: &Statement,
    key: &SigningKey,
    language: Language,
) -> Result<Envelope, String> {
    let earlier = fs::read(file).ok().and_then(|text| serde_json::from_slice::<Envelope>(&text).ok());
    if let Some(earlier) = &earlier {
        if earlier.says(statement) {
            return Ok(earlier.clone().cosigned(key));
        }
        let own = key_id(&key.public());
        let others = earlier.claimed().any(|claimed| claimed != own);
        if let Some(differences) = earlier.says_otherwise(statement).filter(|_| others) {
            return Err(signed_otherwise(file, &differences, language));
        }
    }
    if file.exists() {
        let file = file.display();
        common::complain(&crate::visible(&either(
            language,
            format!("{file}:原有的签名签的不是这些内容,由新的签名代替"),
            format!("{file}: what is signed there is not this; the new signature takes its place"),
        )));
    }
    Envelope::sign(statement, key).map_err(|error| error.to_string())
}

fn signed_otherwise(file: &Path, differences: &[(&str, [String; 2])], language: Language) -> String {
    let told = |(name, [then, now]): &(&str, [String; 2])| match language {
        Language::Zh => format!("{name} 已签“{then}”、这次“{now}”"),
        Language::En => format!("{name} was signed as “{then}”, now it is “{now}”"),
    };
    let (told, file) = (differences.iter().map(told).collect::<Vec<_>>().join("; "), file.display());
    crate::visible(&either(
        language,
        format!(
            "{file}:别人给同一个规则包签的说法不同({told}),照签会丢掉他们的签名,没有改动;请用同样的说法签,或先移走这个文件"
        ),
        format!(
            "{file}: others signed the same pack with other words ({told}), and their signatures would be lost; nothing was \
             changed. Sign with the same words, or move the file away first"
        ),
    ))
}

fn load(pack: &Path, language: Language) -> Result<Pack, String> {
    let engine = Engine::new(Limits::default()).map_err(|error| format!("{error:#}"))?;
    Pack::from_file(&engine, &Cache::of_the_user(), pack).map_err(|error| error.sentence(language))
}

fn verify(pack: &Path, gate: &Gate, language: Language) -> Result<(), String> {
    let file = pack.display().to_string();
    let choice = PackChoice { packs: vec![file] };
    for pack in choice.load_as(Loading { gate: Some(gate), ..Loading::default() }, language)? {
        common::print(&format!("{}\n", report::trust_line(&pack, language)));
    }
    Ok(())
}

fn lock(choice: &PackChoice, trust: &TrustChoice, config: &Config, language: Language) -> Result<(), String> {
    let mut gate = trust.gate(config, language)?;
    let old = gate.lock.take();
    let (packs, _) =
        choice.load_with_as(Loading { gate: Some(&gate), ..Loading::default() }, config, language)?;
    let pinned: Vec<Pinned> = packs.iter().map(Pinned::of).collect();
    for now in old.iter().flat_map(|old| pinned.iter().map(move |now| (old, now))) {
        let (old, now) = now;
        old.check_not_older(&now.id, now).map_err(|refusal| refusal.sentence(language))?;
    }
    let file = lock_path(config);
    fs::write(&file, Lock::text(&pinned)).map_err(|error| not_written(&file, &error, language))?;
    let (file, count) = (file.display(), pinned.len());
    common::print(&either(
        language,
        format!("{file}:已锁定 {count} 个规则包\n"),
        format!("{file}: {count} packs pinned\n"),
    ));
    Ok(())
}
