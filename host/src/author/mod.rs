//! What authors of packs need beside the kit: a crate to start from, one more rule in it, a build, a test.
//!
//! The pack is a crate of its own; cargo builds it, the host makes a component of it. Nothing here prints.

mod build;
mod cargo;
mod draft;
mod names;
mod pack;
mod rule;
pub mod sections;
pub mod test;
pub mod watch;

use std::fs;
use std::path::{Path, PathBuf};

pub use build::{Built, Profile, build};
pub use cargo::PackCrate;
pub(crate) use names::is_kebab;
pub use pack::{Kit, new_pack};
pub use rule::new_rule;

use crate::manifest::Text;

/// A file or folder that could not be written or read, as a sentence.
pub(crate) fn about(path: &Path, error: &std::io::Error) -> Text {
    let words = crate::system_words(error);
    Text::of(format!("{}:{}", path.display(), words.zh), format!("{}: {}", path.display(), words.en))
}

/// Writes a file and the folders above it.
fn write(path: &Path, content: &[u8]) -> Result<(), Text> {
    let parent = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(parent).map_err(|error| about(parent, &error))?;
    fs::write(path, content).map_err(|error| about(path, &error))
}

/// Where the cases of a pack lie: beside its sources, or where all packs of a repository have theirs.
#[must_use]
pub fn cases_root(pack: &Path) -> PathBuf {
    let shared = pack.join("../../fixtures");
    let own = pack.join("fixtures");
    if !own.is_dir() && shared.is_dir() { shared } else { own }
}

/// `{{name}}` in a template becomes its value.
fn filled(template: &str, values: &[(&str, &str)]) -> String {
    values
        .iter()
        .fold(template.to_owned(), |text, (name, value)| text.replace(&format!("{{{{{name}}}}}"), value))
}
