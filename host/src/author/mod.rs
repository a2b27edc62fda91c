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
use std::path::{Component, Path, PathBuf};

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
    if !own.is_dir() && shared.is_dir() { straight(&shared) } else { own }
}

/// The same folder by a path without detours (`a/../b`); as it was where that would be another folder, behind a link.
fn straight(path: &Path) -> PathBuf {
    let mut straight = PathBuf::new();
    for part in path.components() {
        let in_a_folder = matches!(straight.components().next_back(), Some(Component::Normal(_)));
        match part {
            Component::CurDir => {}
            Component::ParentDir if in_a_folder => _ = straight.pop(),
            _ => straight.push(part),
        }
    }
    let same =
        fs::canonicalize(&straight).is_ok_and(|real| fs::canonicalize(path).is_ok_and(|own| own == real));
    if same { straight } else { path.to_owned() }
}

/// `{{name}}` in a template becomes its value.
fn filled(template: &str, values: &[(&str, &str)]) -> String {
    values
        .iter()
        .fold(template.to_owned(), |text, (name, value)| text.replace(&format!("{{{{{name}}}}}"), value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cases_of_a_repository_are_named_without_detours() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (pack, cases) = (folder.path().join("rules/fees"), folder.path().join("fixtures"));
        fs::create_dir_all(&pack).expect("a pack");
        fs::create_dir_all(&cases).expect("cases");
        assert_eq!(cases_root(&pack), cases);
        assert_eq!(cases_root(&folder.path().join("rules/./fees/../fees")), cases);
        assert_eq!(straight(Path::new("./../no/such/folder")), Path::new("./../no/such/folder"));
        fs::create_dir(pack.join("fixtures")).expect("its own cases");
        assert_eq!(cases_root(&pack), pack.join("fixtures"));
    }

    #[cfg(unix)]
    #[test]
    fn a_pack_behind_a_link_keeps_the_cases_beside_it() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let at = |path: &str| folder.path().join(path);
        for made in ["real/rules/fees", "real/fixtures", "links/packs", "fixtures"] {
            fs::create_dir_all(at(made)).expect("a folder");
        }
        std::os::unix::fs::symlink(at("real/rules/fees"), at("links/packs/fees")).expect("a link");
        let real = |path: PathBuf| fs::canonicalize(path).expect("it is there");
        assert_eq!(real(cases_root(&at("links/packs/fees"))), real(at("real/fixtures")));
    }
}
