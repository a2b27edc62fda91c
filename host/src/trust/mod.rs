//! Whose packs may judge: signatures beside packs, the policy that says who may sign what, the lock that pins them.
//!
//! All of it offline, and before a stranger's code is run over data: [`Gate::admit`] looks at the bytes before anything is
//! compiled, [`Gate::settle`] compares what was signed with what the pack says of itself. A signature says who answers
//! for a pack, not that the pack is harmless; the sandbox is the same for all.

mod dsse;
mod gate;
mod keys;
mod lock;
mod policy;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use dsse::{Envelope, PREDICATE_TYPE, Predicate, Statement, envelope_path};
pub use gate::{Admitted, Gate};
pub use keys::{SigningKey, key_id, line as key_line};
pub use lock::{FILE_NAME as LOCK_FILE, Lock, Pinned};
pub use policy::{Policy, TrustedKey};

use crate::manifest::{Language, Text};

/// Who answers for a pack; part of the run record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", tag = "by")]
pub enum Trust {
    /// It came with the program, or is the same bytes as one that did.
    BuiltIn,
    /// Keys of the user's policy signed it, as many as it asks for.
    Signed {
        /// Whose they are.
        signers: Vec<Signer>,
    },
    /// Nobody: the user let it run with `--allow-unsigned`.
    Unsigned,
}

/// Somebody who answers for a pack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Signer {
    /// The policy's name for the key's owner.
    pub name: String,
    /// SHA-256 of the public key.
    pub key: String,
}

/// Why a pack was not let in: a sentence that names the file, in both languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    text: Text,
}

impl Refusal {
    /// `name` is what the user calls the pack.
    pub(super) fn new(name: &str, zh: &str, en: &str) -> Self {
        let text = Text { zh: format!("{name}:{zh}"), en: format!("{name}: {en}") };
        Self { text: Text { zh: crate::visible(&text.zh), en: crate::visible(&text.en) } }
    }

    /// The sentence.
    #[must_use]
    pub fn sentence(&self, language: Language) -> String {
        self.text.get(language).to_owned()
    }
}

/// Enough of a digest to recognise it by.
pub(crate) fn short(digest: &str) -> &str {
    digest.get(..12).unwrap_or(digest)
}

#[cfg(test)]
mod tests;
