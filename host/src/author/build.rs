//! From a crate to a pack: cargo compiles it, its module becomes a component, and the component says what it is.
//!
//! The same source in the same folder gives the same bytes, whatever the target directory: no path of this machine stays
//! in, and what cargo is to do is said here rather than left to the crate's profiles.

use std::fs;
use std::path::{Path, PathBuf};

use wit_component::ComponentEncoder;

use super::cargo::{PackCrate, cargo, said};
use super::{about, sections};
use crate::manifest::Text;

/// What packs are compiled for.
pub(super) const TARGET: &str = "wasm32-unknown-unknown";

/// How much care cargo takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// As it is shipped.
    Release,
    /// As soon as possible, for an author who waits.
    Quick,
}

impl Profile {
    fn settings(self) -> &'static [&'static str] {
        match self {
            Self::Release => &[
                "profile.release.opt-level=3",
                "profile.release.lto=\"fat\"",
                "profile.release.codegen-units=1",
                "profile.release.panic=\"abort\"",
                "profile.release.strip=true",
                "profile.release.debug=false",
                "profile.release.incremental=false",
            ],
            Self::Quick => &[
                "profile.dev.opt-level=1",
                "profile.dev.panic=\"abort\"",
                "profile.dev.strip=true",
                "profile.dev.debug=false",
            ],
        }
    }

    fn folder(self) -> &'static str {
        match self {
            Self::Release => "release",
            Self::Quick => "debug",
        }
    }
}

/// A pack that was built.
#[derive(Clone, Debug)]
pub struct Built {
    /// The component.
    pub bytes: Vec<u8>,
    /// The crate it was made of.
    pub from: PackCrate,
}

/// Builds the pack in this folder.
///
/// # Errors
/// Where it does not compile, with the compiler's words, or is no pack.
pub fn build(folder: &Path, profile: Profile) -> Result<Built, Text> {
    let from = PackCrate::read(folder)?;
    let module = compile(&from, profile)?;
    let core = fs::read(&module).map_err(|error| about(&module, &error))?;
    let encoded =
        ComponentEncoder::default().validate(true).module(&core).and_then(|encoder| encoder.encode());
    let component = encoded.map_err(|error| {
        let name = &from.name;
        Text::of(
            format!("{name}:编不成组件({error:#});lib.rs 里是否有 mingcha_kit::export_pack!?"),
            format!("{name}: no component can be made of it ({error:#}); does lib.rs call mingcha_kit::export_pack!?"),
        )
    })?;
    Ok(Built { bytes: sections::added(component, &from), from })
}

fn compile(from: &PackCrate, profile: Profile) -> Result<PathBuf, Text> {
    let mut command = cargo();
    command.args(["rustc", "--lib", "--crate-type", "cdylib", "--target", TARGET, "--quiet"]);
    command.arg("--target-dir").arg(&from.target);
    command.arg("--manifest-path").arg(from.folder.join("Cargo.toml"));
    if profile == Profile::Release {
        command.arg("--release");
    }
    for setting in profile.settings() {
        command.args(["--config", setting]);
    }
    command.env("CARGO_ENCODED_RUSTFLAGS", hidden(&shared_paths(from)?).join("\u{1f}"));
    // Flags of the pack alone: were they all crates', every further folder would compile every library again.
    let own = [(from.target.clone(), "/target".to_owned()), (from.folder.clone(), format!("/{}", from.name))];
    command.arg("--").args(hidden(&own));
    said(&mut command, &from.folder)?;
    Ok(from.target.join(TARGET).join(profile.folder()).join(format!("{}.wasm", from.library)))
}

/// Paths of this machine that libraries carry in their panics, and the names to put in their place.
fn shared_paths(from: &PackCrate) -> Result<Vec<(PathBuf, String)>, Text> {
    let mut rustc = std::process::Command::new("rustc");
    let sysroot = said(rustc.args(["--print", "sysroot"]), &from.folder)?;
    let sysroot = PathBuf::from(String::from_utf8_lossy(&sysroot).trim());
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| std::env::home_dir().map(|home| home.join(".cargo")));
    let beside = from.beside.iter().map(|(folder, name)| (folder.clone(), format!("/{name}")));
    let known = [Some((sysroot, "/rust".to_owned())), home.map(|home| (home, "/cargo".to_owned()))];
    Ok(known.into_iter().flatten().chain(beside).collect())
}

fn hidden(paths: &[(PathBuf, String)]) -> Vec<String> {
    paths.iter().map(|(path, name)| format!("--remap-path-prefix={}={name}", path.display())).collect()
}
