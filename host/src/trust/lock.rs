//! `mingcha.lock`: the packs an office has settled on, by digest. It can only refuse, never admit.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use semver::Version;

use super::{Refusal, Trust, short};
use crate::config::{ConfigError, Section, read_with};
use crate::runtime::{CONTRACT, Origin, Pack};

/// The name looked for beside the configuration, or else in the working directory.
pub const FILE_NAME: &str = "mingcha.lock";

/// Packs that are settled on.
#[derive(Clone, Debug, Default)]
pub struct Lock {
    /// Where it was read from.
    pub path: PathBuf,
    /// What it pins.
    pub packs: Vec<Pinned>,
}

/// One pack that is settled on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pinned {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: String,
    /// SHA-256 of the component.
    pub sha256: String,
    /// The contract it speaks.
    pub contract: String,
    /// Who signed it; `built-in` where it came with the program, empty where nobody did.
    pub signer: String,
}

impl Pinned {
    /// A loaded pack as it would be pinned.
    #[must_use]
    pub fn of(pack: &Pack) -> Self {
        let signer = match &pack.trust {
            Trust::BuiltIn => "built-in".to_owned(),
            Trust::Signed { signers } => {
                signers.iter().map(|signer| signer.name.as_str()).collect::<Vec<_>>().join("、")
            }
            Trust::Unsigned => String::new(),
        };
        Self {
            id: pack.manifest.id.clone(),
            version: pack.manifest.version.clone(),
            sha256: pack.digest.clone(),
            contract: CONTRACT.to_owned(),
            signer,
        }
    }
}

impl Lock {
    /// The lock at this path; none where there is no such file.
    ///
    /// # Errors
    /// It cannot be read, or says what it must not.
    pub fn load(path: &Path) -> Result<Option<Self>, ConfigError> {
        if !path.exists() {
            return Ok(None);
        }
        let read = |file: &mut Section<'_>| file.sections("pack").into_iter().filter_map(pinned).collect();
        Ok(Some(Self { path: path.to_owned(), packs: read_with(path, read)? }))
    }

    /// The text of a lock that pins these.
    #[must_use]
    pub fn text(packs: &[Pinned]) -> String {
        let mut text = String::from(
            "# 由 mingcha pack lock 写成,不要手改 / written by mingcha pack lock; do not edit by hand\n",
        );
        for Pinned { id, version, sha256, contract, signer } in packs {
            let _ = writeln!(text, "\n[[pack]]");
            for (key, value) in [
                ("id", id),
                ("version", version),
                ("sha256", sha256),
                ("contract", contract),
                ("signer", signer),
            ] {
                let _ = writeln!(text, "{key} = {}", toml::Value::from(value.as_str()));
            }
        }
        text
    }

    /// Whether this pack is the one that is pinned; one that came with the program need not be.
    ///
    /// # Errors
    /// It is another one, or none is.
    pub fn check(&self, name: &str, pack: &Pack) -> Result<(), Refusal> {
        let now = Pinned::of(pack);
        let Some(pinned) = self.packs.iter().find(|pinned| pinned.id == now.id) else {
            if pack.origin == Origin::BuiltIn {
                return Ok(());
            }
            let lock = self.path.display();
            let zh = format!("{lock} 中没有规则包 {},未予加载;确认后运行 mingcha pack lock 重新锁定", now.id);
            let en = format!(
                "{lock} pins no pack {}; it was not run. To accept it, run mingcha pack lock",
                now.id
            );
            return Err(Refusal::new(name, &zh, &en));
        };
        self.check_not_older(name, &now)?;
        if pinned.sha256 == now.sha256 {
            return Ok(());
        }
        let (lock, id) = (self.path.display(), &now.id);
        let (was, is) = (short(&pinned.sha256), short(&now.sha256));
        let zh = format!(
            "规则包 {id} 与 {lock} 锁定的不同(锁定 {} {was}…,现为 {} {is}…),未予加载;用 mingcha pack diff 看清变化,\
             确认后运行 mingcha pack lock 重新锁定",
            pinned.version, now.version
        );
        let en = format!(
            "the pack {id} is not the one {lock} pins (pinned {} {was}…, this is {} {is}…); it was not run. See what changed \
             with mingcha pack diff; to accept it, run mingcha pack lock",
            pinned.version, now.version
        );
        Err(Refusal::new(name, &zh, &en))
    }

    /// No rollback: never below the version that is pinned, not even by locking anew.
    ///
    /// # Errors
    /// It is older.
    pub fn check_not_older(&self, name: &str, now: &Pinned) -> Result<(), Refusal> {
        let Some(pinned) = self.packs.iter().find(|pinned| pinned.id == now.id) else { return Ok(()) };
        let versions = (Version::parse(&now.version), Version::parse(&pinned.version));
        if !matches!(versions, (Ok(now), Ok(pinned)) if now < pinned) {
            return Ok(());
        }
        let (lock, id) = (self.path.display(), &now.id);
        let zh = format!(
            "规则包 {id} 的版本 {} 低于 {lock} 锁定的 {},不接受回退;请换用不低于该版本的规则包,确需回退的先删去其中该段",
            now.version, pinned.version
        );
        let en = format!(
            "version {} of the pack {id} is below {}, which {lock} pins; there is no rolling back. Get that version or a \
             later one; if you must go back, delete its entry there first",
            now.version, pinned.version
        );
        Err(Refusal::new(name, &zh, &en))
    }
}

fn pinned(mut section: Section<'_>) -> Option<Pinned> {
    let mut text = |key| section.text(key).map(|text| text.value);
    let pinned = (text("id"), text("version"), text("sha256"), text("contract"), text("signer"));
    let (Some(id), Some(version), Some(sha256), Some(contract), Some(signer)) = pinned else {
        let zh = "[[pack]] 不完整,请重新运行 mingcha pack lock".to_owned();
        let en = "[[pack]] is incomplete; run mingcha pack lock again".to_owned();
        section.fault(section.spot(), zh, en);
        return None;
    };
    section.close();
    Some(Pinned { id, version, sha256, contract, signer })
}
