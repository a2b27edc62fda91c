//! The trust policy: which key may sign which packs and when, which packs are revoked, how old one may be.
//!
//! Never looked for in the working directory: whoever hands in a folder must not choose whom its reader trusts.

use std::path::{Path, PathBuf};

use ed25519_dalek::VerifyingKey;
use semver::Version;

use super::keys;
use crate::config::{ConfigError, Section, read_with};
use crate::iso_date;

/// Whom the user trusts.
#[derive(Clone, Debug, Default)]
pub struct Policy {
    /// Where it was read from.
    pub path: Option<PathBuf>,
    /// Who may sign.
    pub keys: Vec<TrustedKey>,
    /// SHA-256 of components that must not run.
    pub revoked: Vec<String>,
    /// Lowest versions accepted, per pack id.
    pub lowest: Vec<(String, Version)>,
    /// How many keys must have signed packs whose ids begin so.
    pub quorum: Vec<(String, usize)>,
}

/// A key, and what it may sign.
#[derive(Clone, Debug)]
pub struct TrustedKey {
    /// Its owner, for people.
    pub name: String,
    /// The key.
    pub key: VerifyingKey,
    /// Beginnings of the ids of packs it may sign.
    pub packs: Vec<String>,
    /// First day it may be used, in days since 1970-01-01.
    pub since: Option<i32>,
    /// First day it no longer may.
    pub until: Option<i32>,
}

impl TrustedKey {
    /// Whether it may sign a pack of this id.
    #[must_use]
    pub fn may_sign(&self, id: &str) -> bool {
        self.packs.iter().any(|prefix| id.starts_with(prefix))
    }
}

impl Policy {
    /// The named file; else that of `MINGCHA_TRUST`; else `trust.toml` in the user's configuration directory, if it is
    /// there.
    ///
    /// # Errors
    /// A file that was named cannot be read, or any says what it must not.
    pub fn load(named: Option<&Path>) -> Result<Self, ConfigError> {
        let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
        if let Some(path) = named.map(Path::to_owned).or_else(|| set("MINGCHA_TRUST")) {
            return Self::read(&path);
        }
        let directory =
            set("XDG_CONFIG_HOME").or_else(|| Some(set("HOME")?.join(".config"))).or_else(|| set("APPDATA"));
        match directory.map(|directory| directory.join("mingcha").join("trust.toml")) {
            Some(path) if path.is_file() => Self::read(&path),
            _ => Ok(Self::default()),
        }
    }

    fn read(path: &Path) -> Result<Self, ConfigError> {
        let policy = |file: &mut Section<'_>| Self {
            path: Some(path.to_owned()),
            keys: file.sections("keys").into_iter().filter_map(key).collect(),
            revoked: revoked(file),
            lowest: file.section("lowest").map(lowest).unwrap_or_default(),
            quorum: file.section("quorum").map(quorum).unwrap_or_default(),
        };
        read_with(path, policy)
    }

    /// How many keys must have signed a pack of this id: what its strictest line says, one where none does.
    #[must_use]
    pub fn signers_needed(&self, id: &str) -> usize {
        let lines = self.quorum.iter().filter(|(prefix, _)| id.starts_with(prefix));
        lines.map(|(_, count)| *count).max().unwrap_or(1)
    }
}

/// Digests; one that is none would revoke nothing, and nobody would see it.
fn revoked(file: &mut Section<'_>) -> Vec<String> {
    let mut revoked = Vec::new();
    for text in file.texts("revoked") {
        let digest = text.value.to_lowercase();
        if digest.len() == 64 && digest.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            revoked.push(digest);
            continue;
        }
        let zh = format!("“{digest}”不是摘要:应是 64 位十六进制数字,照 mingcha pack inspect 打印的写");
        let en = format!(
            "`{digest}` is no digest: write 64 hexadecimal digits, as mingcha pack inspect prints them"
        );
        file.fault(text.spot, zh, en);
    }
    revoked
}

fn key(mut section: Section<'_>) -> Option<TrustedKey> {
    let (name, written) = (section.text("name"), section.text("key"));
    let packs: Vec<String> = section.texts("packs").into_iter().map(|text| text.value).collect();
    let (since, until) = (day(&mut section, "since"), day(&mut section, "until"));
    let key = written.as_ref().and_then(|text| keys::from_line(&text.value));
    if name.is_none() || key.is_none() || packs.is_empty() {
        let zh =
            "[[keys]] 要写 name(谁)、key(\"ed25519:…\",pack keygen 会给出)和 packs(可签规则包编号的开头)";
        let en = "[[keys]] needs name (who), key (\"ed25519:…\", as pack keygen prints it) and packs (beginnings of ids)";
        section.fault(section.spot(), zh.to_owned(), en.to_owned());
    }
    section.close();
    Some(TrustedKey { name: name?.value, key: key?, packs, since, until })
}

fn day(section: &mut Section<'_>, key: &'static str) -> Option<i32> {
    let text = section.text(key)?;
    let day = iso_date::parse(&text.value);
    if day.is_none() {
        let (zh, en) =
            (format!("{key} 应是日期,如 \"2026-01-31\""), format!("{key} is a date, such as \"2026-01-31\""));
        section.fault(text.spot, zh, en);
    }
    day
}

fn quorum(section: Section<'_>) -> Vec<(String, usize)> {
    let mut quorum = Vec::new();
    for (prefix, value) in section.each() {
        match value.get_ref().as_integer().and_then(|count| count.as_str().parse::<usize>().ok()) {
            Some(count) if count > 0 => quorum.push((prefix.value, count)),
            _ => {
                let zh = format!("“{}”后面要写几个人签名,如 2", prefix.value);
                let en = format!("`{}` takes how many must sign, such as 2", prefix.value);
                section.fault(section.at(value), zh, en);
            }
        }
    }
    quorum
}

fn lowest(section: Section<'_>) -> Vec<(String, Version)> {
    let mut lowest = Vec::new();
    for (id, value) in section.each() {
        let Some(text) = section.as_text(&id.value, value) else { continue };
        match Version::parse(&text.value) {
            Ok(version) => lowest.push((id.value, version)),
            Err(_) => {
                let zh = format!("“{}”不是版本号,应如 \"1.2.0\"", text.value);
                section.fault(text.spot, zh, format!("`{}` is no version; write \"1.2.0\"", text.value));
            }
        }
    }
    lowest
}
