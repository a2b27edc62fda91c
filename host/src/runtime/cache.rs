//! Compiled packs, and what they have to offer, kept between runs in the user's own cache directory.
//!
//! A file is named by everything its content depends on, and is loaded only after the digest it begins with was checked.
//! Compiled code handed in by anybody else is never loaded.

use std::fs;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use wasmtime::component::Component;

use super::{ENGINE_VERSION, Engine};
use crate::manifest::Manifest;

const DIGEST_BYTES: usize = 32;

/// Where compiled packs are kept.
#[derive(Clone, Debug)]
pub struct Cache {
    directory: Option<PathBuf>,
}

impl Cache {
    /// Keeps nothing.
    #[must_use]
    pub fn none() -> Self {
        Self { directory: None }
    }

    /// In this directory, made for this user alone where it is missing.
    #[must_use]
    pub fn at(directory: PathBuf) -> Self {
        Self { directory: Some(directory) }
    }

    /// In the user's cache directory; none where the machine has no such thing.
    #[must_use]
    pub fn of_the_user() -> Self {
        let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
        let own = set("MINGCHA_CACHE_DIR");
        let local = || {
            set("XDG_CACHE_HOME")
                .or_else(|| Some(set("HOME")?.join(".cache")))
                .or_else(|| set("LOCALAPPDATA"))
        };
        Self { directory: own.or_else(|| Some(local()?.join("mingcha"))) }
    }

    /// The compiled component, from the cache or compiled now and put there.
    pub(super) fn component(
        &self,
        engine: &Engine,
        bytes: &[u8],
        digest: &[u8],
    ) -> wasmtime::Result<Component> {
        let file = self.file(engine, digest, "compiled");
        if let Some(component) = file.as_ref().and_then(|file| load(engine, file)) {
            return Ok(component);
        }
        let component = Component::new(&engine.inner, bytes)?;
        if let (Some(file), Ok(code)) = (&file, component.serialize()) {
            // A cache that cannot be written costs time on the next run and nothing else.
            let _ = store(file, &code);
        }
        Ok(component)
    }

    /// What a pack said it has to offer when it was last asked, and its imports.
    pub(super) fn description(&self, engine: &Engine, digest: &[u8]) -> Option<(Manifest, Vec<String>)> {
        let content = fs::read(self.file(engine, digest, "described")?).ok()?;
        serde_json::from_slice(sound(&content)?).ok()
    }

    /// Keeps that for the next run.
    pub(super) fn keep_description(
        &self,
        engine: &Engine,
        digest: &[u8],
        described: &(&Manifest, &Vec<String>),
    ) {
        if let (Some(file), Ok(text)) =
            (self.file(engine, digest, "described"), serde_json::to_vec(described))
        {
            let _ = store(&file, &text);
        }
    }

    fn file(&self, engine: &Engine, digest: &[u8], ending: &str) -> Option<PathBuf> {
        Some(self.directory.as_ref()?.join(format!("{}.{ending}", file_name(engine, digest))))
    }
}

fn file_name(engine: &Engine, digest: &[u8]) -> String {
    let mut fingerprint = std::hash::DefaultHasher::new();
    engine.inner.precompile_compatibility_hash().hash(&mut fingerprint);
    let mut name = Sha256::new();
    name.update(digest);
    name.update(ENGINE_VERSION);
    name.update(env!("CARGO_PKG_VERSION"));
    name.update(fingerprint.finish().to_le_bytes());
    crate::hex(&name.finalize())
}

fn load(engine: &Engine, file: &Path) -> Option<Component> {
    let content = fs::read(file).ok()?;
    let code = sound(&content)?;
    #[expect(
        unsafe_code,
        reason = "the code was compiled by this engine version with these settings, was written by us into a directory \
                  of this user alone, and its digest was checked just now"
    )]
    let component = unsafe { Component::deserialize(&engine.inner, code) };
    component.ok()
}

/// What follows the digest that a file begins with, if it is the digest of that.
fn sound(content: &[u8]) -> Option<&[u8]> {
    let (digest, rest) = content.split_at_checked(DIGEST_BYTES)?;
    (Sha256::digest(rest).as_slice() == digest).then_some(rest)
}

fn store(file: &Path, code: &[u8]) -> std::io::Result<()> {
    let directory = file.parent().unwrap_or(Path::new("."));
    make_private(directory)?;
    let unfinished = file.with_extension(format!("{}.partial", std::process::id()));
    let mut content = Sha256::digest(code).to_vec();
    content.extend_from_slice(code);
    fs::write(&unfinished, content)?;
    fs::rename(&unfinished, file)
}

#[cfg(unix)]
fn make_private(directory: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    fs::DirBuilder::new().recursive(true).mode(0o700).create(directory)
}

#[cfg(not(unix))]
fn make_private(directory: &Path) -> std::io::Result<()> {
    fs::create_dir_all(directory)
}
