//! Ed25519 keys: made, written and read as PEM, and as the one line that stands in a trust policy.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use ed25519_dalek::VerifyingKey;
use ed25519_dalek::pkcs8::spki::der::pem::LineEnding;
use ed25519_dalek::pkcs8::{DecodePrivateKey as _, EncodePrivateKey as _, EncodePublicKey as _};
use sha2::{Digest as _, Sha256};

/// What a policy writes before a key.
const KIND: &str = "ed25519:";

/// The id of a key: SHA-256 of its 32 bytes, in hexadecimal.
#[must_use]
pub fn key_id(key: &VerifyingKey) -> String {
    crate::hex(&Sha256::digest(key.as_bytes()))
}

/// A key to sign with.
pub struct SigningKey(ed25519_dalek::SigningKey);

impl std::fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SigningKey({})", key_id(&self.public()))
    }
}

impl SigningKey {
    /// A new key, from the randomness of the system.
    ///
    /// # Errors
    /// Where the system has none to give.
    pub fn generate() -> Result<Self, getrandom::Error> {
        let mut seed = [0; 32];
        getrandom::fill(&mut seed)?;
        Ok(Self(ed25519_dalek::SigningKey::from_bytes(&seed)))
    }

    /// From PKCS#8 in PEM; none where it is something else.
    #[must_use]
    pub fn from_pem(pem: &str) -> Option<Self> {
        ed25519_dalek::SigningKey::from_pkcs8_pem(pem).ok().map(Self)
    }

    /// As PKCS#8 in PEM, and its public half as SPKI in PEM; what `openssl` and `cosign` read.
    #[must_use]
    pub fn to_pem(&self) -> Option<(String, String)> {
        let private = self.0.to_pkcs8_pem(LineEnding::LF).ok()?;
        let public = self.public().to_public_key_pem(LineEnding::LF).ok()?;
        Some((private.as_str().to_owned(), public))
    }

    /// Its public half.
    #[must_use]
    pub fn public(&self) -> VerifyingKey {
        self.0.verifying_key()
    }

    pub(super) fn inner(&self) -> &ed25519_dalek::SigningKey {
        &self.0
    }
}

/// As a policy writes it.
#[must_use]
pub fn line(key: &VerifyingKey) -> String {
    format!("{KIND}{}", BASE64.encode(key.as_bytes()))
}

/// The key a policy names; none where the text is no key, or a key anybody could sign with.
pub(super) fn from_line(text: &str) -> Option<VerifyingKey> {
    let bytes = BASE64.decode(text.strip_prefix(KIND)?.trim()).ok()?;
    let key = VerifyingKey::from_bytes(&bytes.try_into().ok()?).ok()?;
    (!key.is_weak()).then_some(key)
}
