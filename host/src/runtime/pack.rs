//! Loading a pack: what it is, whether it may be here, what it has to offer.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};

use sha2::{Digest, Sha256};
use wasmtime::component::types::ComponentItem;
use wasmtime::component::{Component, HasSelf, Linker};

use super::bindings::RulePackPre;
use super::session::State;
use super::{Cache, CallError, ENGINE_VERSION, Engine, Execution, PackError, SECOND_ENGINE, check};
use crate::manifest::Manifest;
use crate::trust::Trust;

/// The contract this host speaks.
pub const CONTRACT: &str = "mingcha:rules@0.1.0";

const VERSION: &str = "@0.1.0";
const EXPORTS: [&str; 2] = ["mingcha:rules/pack", "mingcha:rules/check"];
const LOG: &str = "mingcha:rules/log@0.1.0";

/// The engine tells memory in these.
const PAGE_BYTES: u64 = 64 << 10;

/// Where a pack came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Built into the host.
    BuiltIn,
    /// Loaded from this file.
    File(PathBuf),
}

/// A pack that was checked and has said what it is.
pub struct Pack {
    pub(super) engine: Engine,
    /// Ready to run; of a built-in pack whose manifest was known, only once a session is opened.
    ready: OnceLock<RulePackPre<State>>,
    later: Option<Later>,
    /// What it has to offer.
    pub manifest: Manifest,
    /// SHA-256 of the component, in hexadecimal: its identity.
    pub digest: String,
    /// Size of the component in bytes.
    pub bytes: usize,
    /// Where it came from.
    pub origin: Origin,
    /// What it imports.
    pub imports: Vec<String>,
    /// Who answers for it; whoever loads a pack from a file asks [`crate::trust::Gate`] and says so here.
    pub trust: Trust,
    /// The same pack on another engine, whose answers must be the same.
    pub(super) second: Option<Box<Pack>>,
}

/// What a pack is made ready from when it is needed.
struct Later {
    cache: Cache,
    bytes: &'static [u8],
    digest: Vec<u8>,
    /// Held by the one thread that makes it ready; the others wait.
    making: Mutex<()>,
}

impl std::fmt::Debug for Pack {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {} ({})", self.manifest.id, self.manifest.version, self.digest)
    }
}

impl Pack {
    /// Linear memory and table elements a session has from the start: bytes, elements.
    #[must_use]
    pub fn needs(&self) -> (u64, u64) {
        let needs = self.ready().ok().and_then(|ready| ready.instance_pre().component().resources_required());
        needs.map_or((0, 0), |needs| {
            let bytes = needs.max_initial_memory_size.unwrap_or(0).saturating_mul(PAGE_BYTES);
            (bytes, needs.max_initial_table_size.unwrap_or(0))
        })
    }

    /// What its sessions may use.
    #[must_use]
    pub fn limits(&self) -> super::Limits {
        *self.engine.limits()
    }

    /// How its sessions are run.
    #[must_use]
    pub fn execution(&self) -> Execution {
        self.engine.execution
    }

    /// How much it is asked, and in which pieces, may follow from the number of threads: nobody counts its instructions
    /// or compares its answers call by call.
    #[must_use]
    pub fn is_run_freely(&self) -> bool {
        self.second.is_none() && self.execution() == Execution::Compiled
    }

    /// Asks once more what it is, in a fresh instance: the answer must be the manifest.
    ///
    /// # Errors
    /// Where it does not answer as it must.
    pub fn describe_again(&self) -> Result<Manifest, CallError> {
        describe(&self.engine, self.ready()?)
    }

    /// Itself, ready to run.
    pub(super) fn ready(&self) -> Result<&RulePackPre<State>, CallError> {
        if let Some(ready) = self.ready.get() {
            return Ok(ready);
        }
        let Some(Later { cache, bytes, digest, making }) = &self.later else {
            return Err(not_started("not loaded"));
        };
        let _making = making.lock().unwrap_or_else(PoisonError::into_inner);
        // Another thread may have made it meanwhile.
        if let Some(ready) = self.ready.get() {
            return Ok(ready);
        }
        let component = cache.component(&self.engine, bytes, digest);
        let made = component.and_then(|component| prepare(&self.engine, &component));
        let made = made.map_err(|error| not_started(&one_line(&error)))?;
        Ok(self.ready.get_or_init(|| made))
    }

    /// Loads a pack that is built in. Where the cache knows what it has to offer, it is made ready only when a session is
    /// opened: a pack that no table needs costs nothing.
    ///
    /// # Errors
    /// Where the bytes are no pack this host can run.
    pub fn built_in(
        engine: &Engine,
        cache: &Cache,
        name: &str,
        bytes: &'static [u8],
    ) -> Result<Self, PackError> {
        let digest = Sha256::digest(bytes).to_vec();
        if let Some((manifest, imports)) = cache.description(engine, &digest) {
            let later = Later { cache: cache.clone(), bytes, digest, making: Mutex::new(()) };
            return Ok(Self {
                engine: engine.clone(),
                ready: OnceLock::new(),
                manifest,
                digest: crate::hex(&later.digest),
                bytes: bytes.len(),
                origin: Origin::BuiltIn,
                imports,
                trust: Trust::BuiltIn,
                second: None,
                later: Some(later),
            });
        }
        let pack = Self::load(engine, cache, name, bytes, Origin::BuiltIn)?;
        cache.keep_description(engine, &digest, &(&pack.manifest, &pack.imports));
        Ok(pack)
    }

    /// Every call is made of this pack, too, and must have the same answer.
    #[must_use]
    pub fn with_second_opinion(mut self, second: Self) -> Self {
        self.second = Some(Box::new(second));
        self
    }

    /// The engines that must agree on its answers, for the run record.
    #[must_use]
    pub fn engines(&self) -> String {
        let second = if self.second.is_some() { SECOND_ENGINE } else { "" };
        format!("{ENGINE_VERSION}{second}")
    }

    /// Whether it can be run beside these and the host's own rules, none speaking in another's name.
    ///
    /// # Errors
    /// Where the pack's id or the id of one of its rules is taken; `name` is what the error calls the pack.
    pub fn check_beside(&self, name: &str, others: &[Self]) -> Result<(), PackError> {
        let id = &self.manifest.id;
        if others.iter().any(|other| other.manifest.id == *id) {
            return Err(PackError::Duplicate { name: name.to_owned(), id: id.clone() });
        }
        for taken in others.iter().map(|other| &other.manifest).chain([crate::intake::rules::manifest()]) {
            let mut known =
                taken.rules.iter().filter(|rule| self.manifest.rules.iter().any(|own| own.id == rule.id));
            if let Some(rule) = known.next() {
                let (name, rule, owner) = (name.to_owned(), rule.id.clone(), taken.id.clone());
                return Err(PackError::DuplicateRule { name, rule, owner });
            }
        }
        Ok(())
    }

    /// Loads the pack in this file.
    ///
    /// # Errors
    /// Where the file cannot be read, or holds no pack this host can run.
    pub fn from_file(engine: &Engine, cache: &Cache, path: &Path) -> Result<Self, PackError> {
        let bytes = Self::read(engine, path)?;
        Self::load(engine, cache, &path.display().to_string(), &bytes, Origin::File(path.to_owned()))
    }

    /// The bytes of a file that may be a pack.
    ///
    /// # Errors
    /// Where it cannot be read, or is larger than a pack may be.
    pub fn read(engine: &Engine, path: &Path) -> Result<Vec<u8>, PackError> {
        let limit = engine.limits().pack_bytes;
        let unreadable = |source| PackError::Read { path: path.to_owned(), source };
        let size = std::fs::metadata(path).map_err(unreadable)?.len();
        let name = path.display().to_string();
        if size > limit as u64 {
            return Err(PackError::TooLarge {
                name,
                bytes: usize::try_from(size).unwrap_or(usize::MAX),
                limit,
            });
        }
        std::fs::read(path).map_err(unreadable)
    }

    /// Loads a pack from its bytes; `name` is what errors call it.
    ///
    /// # Errors
    /// Where the bytes are no pack this host can run.
    pub fn load(
        engine: &Engine,
        cache: &Cache,
        name: &str,
        bytes: &[u8],
        origin: Origin,
    ) -> Result<Self, PackError> {
        let named = || name.to_owned();
        let limit = engine.limits().pack_bytes;
        if bytes.len() > limit {
            return Err(PackError::TooLarge { name: named(), bytes: bytes.len(), limit });
        }
        if let Some(found) = what_else(bytes) {
            return Err(PackError::NotAComponent { name: named(), found });
        }
        let digest = Sha256::digest(bytes);
        let refused = |error: wasmtime::Error| PackError::Refused { name: named(), reason: one_line(&error) };
        let component = cache.component(engine, bytes, &digest).map_err(refused)?;
        let imports = check_imports(engine, &component, name)?;
        check_exports(engine, &component, name)?;
        let ready = prepare(engine, &component).map_err(refused)?;
        let manifest =
            describe(engine, &ready).map_err(|call| PackError::Describe { name: name.to_owned(), call })?;
        let digest = crate::hex(&digest);
        let trust = if origin == Origin::BuiltIn { Trust::BuiltIn } else { Trust::Unsigned };
        let (engine, bytes, ready, later) = (engine.clone(), bytes.len(), OnceLock::from(ready), None);
        let second = None;
        Ok(Self { engine, ready, later, manifest, digest, bytes, origin, imports, trust, second })
    }
}

fn not_started(said: &str) -> CallError {
    CallError::Trapped { export: super::Export::Start, said: said.to_owned() }
}

/// What the bytes are, where they are no component.
fn what_else(bytes: &[u8]) -> Option<String> {
    if wasmparser::Parser::is_component(bytes) {
        return None;
    }
    let found = match bytes {
        [] => "an empty file",
        _ if wasmparser::Parser::is_core_wasm(bytes) => "a core module; encode it with wit-component first",
        [0x7f, b'E', b'L', b'F', ..] => "machine code, perhaps a precompiled .cwasm, which is never loaded",
        [b'P', b'K', 3, 4, ..] => "a zip archive or workbook",
        [0, b'a', b's', b'm', ..] => "a damaged WebAssembly file",
        _ => "not WebAssembly at all",
    };
    Some(found.to_owned())
}

fn one_line(error: &wasmtime::Error) -> String {
    format!("{error:#}").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Its imports, where they are allowed: our log, and interfaces of ours that consist of types.
fn check_imports(engine: &Engine, component: &Component, name: &str) -> Result<Vec<String>, PackError> {
    let mut imports = Vec::new();
    for (import, item) in component.component_type().imports(&engine.inner) {
        let ours = import.starts_with("mingcha:rules/");
        if ours && !import.ends_with(VERSION) {
            return Err(PackError::OtherContract { name: name.to_owned(), found: import.to_owned() });
        }
        let types_only = ours && is_types_only(engine, &item.ty);
        if import != LOG && !types_only {
            return Err(PackError::ForbiddenImport { name: name.to_owned(), import: import.to_owned() });
        }
        if !types_only {
            imports.push(import.to_owned());
        }
    }
    Ok(imports)
}

fn is_types_only(engine: &Engine, item: &ComponentItem) -> bool {
    let ComponentItem::ComponentInstance(instance) = item else { return false };
    instance.exports(&engine.inner).all(|(_, item)| matches!(item.ty, ComponentItem::Type(_)))
}

fn check_exports(engine: &Engine, component: &Component, name: &str) -> Result<(), PackError> {
    let exported = component.component_type();
    let exported: Vec<&str> = exported.exports(&engine.inner).map(|(export, _)| export).collect();
    for wanted in EXPORTS {
        if exported.iter().any(|export| *export == format!("{wanted}{VERSION}")) {
            continue;
        }
        let other = exported.iter().find(|export| export.split('@').next() == Some(wanted));
        return Err(match other {
            Some(found) => PackError::OtherContract { name: name.to_owned(), found: (*found).to_owned() },
            None => PackError::NotAPack { name: name.to_owned(), missing: format!("{wanted}{VERSION}") },
        });
    }
    Ok(())
}

fn prepare(engine: &Engine, component: &Component) -> wasmtime::Result<RulePackPre<State>> {
    let mut linker = Linker::new(&engine.inner);
    super::bindings::mingcha::rules::log::add_to_linker::<_, HasSelf<_>>(
        &mut linker,
        |state: &mut State| state,
    )?;
    RulePackPre::new(linker.instantiate_pre(component)?)
}

/// Asks what the pack is, in an instance of its own: nothing a pack remembers can make a later answer differ.
fn describe(engine: &Engine, ready: &RulePackPre<State>) -> Result<Manifest, CallError> {
    let manifest = super::session::describe(engine, ready)?;
    check::manifest(&manifest, engine.limits())
        .map_err(|what| CallError::Answer { export: super::Export::Describe, what })?;
    Ok(manifest)
}
