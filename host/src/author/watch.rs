//! Whether anything in a pack's folder changed, by looking again and again: works on network drives, needs no system calls
//! of its own, and a pack is a few dozen files.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// How often it looks.
const EVERY: Duration = Duration::from_millis(100);

/// Size and time of change of every file an author writes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen(BTreeMap<PathBuf, (u64, Option<SystemTime>)>);

impl Seen {
    /// What stands in these folders now.
    #[must_use]
    pub fn now(folders: &[PathBuf]) -> Self {
        let mut seen = Self::default();
        for folder in folders {
            seen.look(folder);
        }
        seen
    }

    fn look(&mut self, folder: &Path) {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let Ok(about) = entry.metadata() else { continue };
            let name = entry.file_name();
            let name = name.to_string_lossy();
            if about.is_dir() && name != "target" && !name.starts_with('.') {
                self.look(&entry.path());
            } else if about.is_file() && !written_by_tools(&name) {
                self.0.insert(entry.path(), (about.len(), about.modified().ok()));
            }
        }
    }

    /// Waits until something differs, and a moment more, since editors write in steps.
    #[must_use]
    pub fn wait(&self, folders: &[PathBuf]) -> Self {
        loop {
            std::thread::sleep(EVERY);
            let now = Self::now(folders);
            if now != *self {
                std::thread::sleep(EVERY / 2);
                return Self::now(folders);
            }
        }
    }
}

fn written_by_tools(name: &str) -> bool {
    name == "Cargo.lock" || name.starts_with('.') || name.ends_with('~') || name.ends_with(".wasm")
}

#[cfg(test)]
mod tests {
    use super::Seen;

    #[test]
    fn an_edit_is_seen_and_what_cargo_writes_is_not() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let folders = [folder.path().to_owned()];
        let write = |name: &str, text: &str| {
            let file = folder.path().join(name);
            std::fs::create_dir_all(file.parent().expect("within the folder")).expect("a folder");
            std::fs::write(file, text).expect("a file is written");
        };
        write("src/lib.rs", "a");
        let before = Seen::now(&folders);
        write("target/debug/x", "built");
        write("Cargo.lock", "locked");
        assert_eq!(Seen::now(&folders), before);
        write("src/lib.rs", "a, and more");
        assert_ne!(Seen::now(&folders), before);
    }
}
