//! The signature beside a pack: a DSSE envelope over an in-toto Statement, as `PACK.wasm.dsse.json`.
//!
//! The signed bytes are the envelope's payload as it stands, never a rewriting of it; so nothing here parses before the
//! signature holds, except to find out which key it claims.

use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use ed25519_dalek::{Signature, Signer as _, VerifyingKey};
use serde::{Deserialize, Serialize};

use super::{SigningKey, key_id};

/// What the payload is, in DSSE's words.
const PAYLOAD_TYPE: &str = "application/vnd.in-toto+json";
/// What the statement is, in in-toto's words.
const STATEMENT_TYPE: &str = "https://in-toto.io/Statement/v1";
/// What the predicate is: ours.
pub const PREDICATE_TYPE: &str = "https://mingcha.dev/pack/v1";

/// Where the signature of a pack lies.
#[must_use]
pub fn envelope_path(pack: &Path) -> PathBuf {
    let mut name = pack.as_os_str().to_owned();
    name.push(".dsse.json");
    PathBuf::from(name)
}

/// A DSSE envelope.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Envelope {
    payload_type: String,
    payload: String,
    signatures: Vec<Signed>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Signed {
    keyid: String,
    sig: String,
}

/// What is signed: these bytes are this pack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    #[serde(rename = "_type")]
    kind: String,
    subject: Vec<Subject>,
    #[serde(rename = "predicateType")]
    predicate_type: String,
    /// What the signer says of the pack.
    pub predicate: Predicate,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Subject {
    name: String,
    digest: Digest,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Digest {
    sha256: String,
}

/// What the signer says of the pack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Predicate {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: String,
    /// The contract it speaks.
    pub contract: String,
    /// SHA-256 of the schema of its settings.
    pub settings_sha256: String,
    /// Where its source is, in the signer's words.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub source: Option<String>,
}

impl Predicate {
    /// Each part under its name in the statement.
    fn told(&self) -> [(&'static str, String); 5] {
        [
            ("id", self.id.clone()),
            ("version", self.version.clone()),
            ("contract", self.contract.clone()),
            ("settingsSha256", self.settings_sha256.clone()),
            ("source", self.source.clone().unwrap_or_else(|| "—".to_owned())),
        ]
    }
}

impl Statement {
    /// A statement about the component with this digest.
    #[must_use]
    pub fn new(sha256: &str, predicate: Predicate) -> Self {
        Self {
            kind: STATEMENT_TYPE.to_owned(),
            subject: vec![Subject {
                name: predicate.id.clone(),
                digest: Digest { sha256: sha256.to_owned() },
            }],
            predicate_type: PREDICATE_TYPE.to_owned(),
            predicate,
        }
    }

    /// Whether it speaks of the component with this digest.
    #[must_use]
    pub fn is_about(&self, sha256: &str) -> bool {
        self.subject.iter().any(|subject| subject.digest.sha256 == sha256)
    }
}

impl Envelope {
    /// Signs a statement.
    ///
    /// # Errors
    /// Where the statement cannot be written as JSON.
    pub fn sign(statement: &Statement, key: &SigningKey) -> serde_json::Result<Self> {
        let payload = serde_json::to_vec(statement)?;
        Ok(Self {
            payload_type: PAYLOAD_TYPE.to_owned(),
            signatures: vec![signed(&payload, key)],
            payload: BASE64.encode(payload),
        })
    }

    /// Whether it signs this statement already, as far as it goes: a source it names need not be repeated.
    #[must_use]
    pub fn says(&self, statement: &Statement) -> bool {
        let payload = BASE64.decode(&self.payload).unwrap_or_default();
        let Ok(mut signed) = serde_json::from_slice::<Statement>(&payload) else { return false };
        if statement.predicate.source.is_none() {
            signed.predicate.source = None;
        }
        self.payload_type == PAYLOAD_TYPE && signed == *statement
    }

    /// What it says otherwise of the same component, each by its name in the statement, as signed and as it would be now;
    /// none where it is about other bytes.
    #[must_use]
    pub fn says_otherwise(&self, statement: &Statement) -> Option<Vec<(&'static str, [String; 2])>> {
        let payload = BASE64.decode(&self.payload).unwrap_or_default();
        let signed = serde_json::from_slice::<Statement>(&payload).ok()?;
        let ours = statement.subject.iter().map(|subject| &subject.digest.sha256);
        if !ours.clone().any(|digest| signed.is_about(digest)) {
            return None;
        }
        let said = [signed.predicate.told(), statement.predicate.told()];
        let names = said[0].iter().zip(&said[1]).filter(|(then, now)| then != now);
        Some(names.map(|((name, then), (_, now))| (*name, [then.clone(), now.clone()])).collect())
    }

    /// With one more signature of what is signed already.
    #[must_use]
    pub fn cosigned(mut self, key: &SigningKey) -> Self {
        let payload = BASE64.decode(&self.payload).unwrap_or_default();
        let signed = signed(&payload, key);
        self.signatures.retain(|other| other.keyid != signed.keyid);
        self.signatures.push(signed);
        self
    }

    /// Ids of the keys it claims to be signed with; nothing is proven by them.
    pub fn claimed(&self) -> impl Iterator<Item = &str> {
        self.signatures.iter().map(|signed| signed.keyid.as_str())
    }

    /// The statement, where a signature that claims this key holds.
    ///
    /// # Errors
    /// What is wrong with the signature or with what it signs.
    pub fn open(&self, key: &VerifyingKey) -> Result<Statement, &'static str> {
        let payload = BASE64.decode(&self.payload).map_err(|_| "the payload is no base64")?;
        let message = to_be_signed(&self.payload_type, &payload);
        let id = key_id(key);
        let holds = |signed: &Signed| {
            let bytes = BASE64.decode(&signed.sig).ok()?;
            key.verify_strict(&message, &Signature::from_slice(&bytes).ok()?).ok()
        };
        if !self.signatures.iter().filter(|signed| signed.keyid == id).any(|signed| holds(signed).is_some()) {
            return Err("the signature does not hold");
        }
        let statement: Statement =
            serde_json::from_slice(&payload).map_err(|_| "what was signed is no statement about a pack")?;
        let ours = self.payload_type == PAYLOAD_TYPE
            && statement.kind == STATEMENT_TYPE
            && statement.predicate_type == PREDICATE_TYPE;
        if ours { Ok(statement) } else { Err("what was signed is a statement of another kind") }
    }
}

fn signed(payload: &[u8], key: &SigningKey) -> Signed {
    let signature = key.inner().sign(&to_be_signed(PAYLOAD_TYPE, payload));
    Signed { keyid: key_id(&key.public()), sig: BASE64.encode(signature.to_bytes()) }
}

/// DSSE's pre-authentication encoding.
fn to_be_signed(kind: &str, payload: &[u8]) -> Vec<u8> {
    let mut message = format!("DSSEv1 {} {kind} {} ", kind.len(), payload.len()).into_bytes();
    message.extend_from_slice(payload);
    message
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_is_signed_is_encoded_as_dsse_says() {
        let message = super::to_be_signed("http://example.com/HelloWorld", b"hello world");
        assert_eq!(message, b"DSSEv1 29 http://example.com/HelloWorld 11 hello world");
    }
}
