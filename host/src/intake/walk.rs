//! From paths given to files, in an order that does not depend on the file system.

use super::problem::{Problem, ProblemKind};
use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

/// A file to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// Where it is.
    pub(super) location: PathBuf,
    /// How reports name it.
    pub(super) shown: String,
}

/// What paths lead to.
#[derive(Debug, Default)]
pub(super) struct Walk {
    pub(super) files: Vec<Found>,
    pub(super) problems: Vec<Problem>,
    /// Files and folders already taken, by their true paths.
    seen: HashSet<PathBuf>,
}

/// The path that stands for standard input.
pub(super) const STDIN: &str = "-";

/// Deeper folders are not entered.
const DEPTH_AT_MOST: usize = 64;

/// Finds the files of all paths; a file that two of them lead to comes once.
pub(super) fn walk(paths: &[PathBuf]) -> Walk {
    let mut walk = Walk::default();
    for path in paths {
        walk.enter(path);
    }
    walk.tell_apart();
    walk
}

impl Walk {
    fn enter(&mut self, given: &Path) {
        let name = slashes(given);
        if name == STDIN {
            return self.file(given.to_owned(), name);
        }
        let metadata = match fs::metadata(given) {
            Ok(metadata) => metadata,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return self.problem(name, ProblemKind::Missing);
            }
            Err(error) => return self.problem(name, ProblemKind::Unreadable(crate::system_words(&error))),
        };
        if !metadata.is_dir() {
            let shown = given.file_name().map_or_else(|| name, |file| file.to_string_lossy().into_owned());
            return self.file(given.to_owned(), shown);
        }
        let before = self.files.len() + self.problems.len();
        self.folder(given, "", 0);
        if self.files.len() + self.problems.len() == before {
            self.problem(name, ProblemKind::EmptyFolder);
        }
    }

    fn folder(&mut self, folder: &Path, shown: &str, depth: usize) {
        if depth > DEPTH_AT_MOST || !self.is_new(folder) {
            return;
        }
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) => {
                return self.problem(slashes(folder), ProblemKind::Unreadable(crate::system_words(&error)));
            }
        };
        let mut names: Vec<_> = entries.filter_map(Result::ok).map(|entry| entry.file_name()).collect();
        names.sort();
        for name in names {
            let text = name.to_string_lossy().into_owned();
            if is_clutter(&text) {
                continue;
            }
            let path = folder.join(&name);
            let shown = if shown.is_empty() { text } else { format!("{shown}/{text}") };
            match fs::metadata(&path) {
                Ok(metadata) if metadata.is_dir() => self.folder(&path, &shown, depth + 1),
                Ok(metadata) if metadata.is_file() => self.file(path, shown),
                Ok(_) => {}
                Err(error) => self.problem(shown, ProblemKind::Unreadable(crate::system_words(&error))),
            }
        }
    }

    fn file(&mut self, location: PathBuf, shown: String) {
        if self.is_new(&location) {
            self.files.push(Found { location, shown });
        }
    }

    fn is_new(&mut self, path: &Path) -> bool {
        let true_path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        self.seen.insert(true_path)
    }

    fn problem(&mut self, path: String, kind: ProblemKind) {
        self.problems.push(Problem { input: None, path, sheet: None, kind });
    }

    /// Files of one name from different paths are named by their paths as given.
    fn tell_apart(&mut self) {
        let (mut once, mut twice) = (HashSet::new(), HashSet::new());
        for file in &self.files {
            if !once.insert(file.shown.clone()) {
                twice.insert(file.shown.clone());
            }
        }
        for file in self.files.iter_mut().filter(|file| twice.contains(&file.shown)) {
            file.shown = slashes(&file.location);
        }
    }
}

/// What programs and systems leave lying about.
pub(super) fn is_clutter(name: &str) -> bool {
    name.starts_with('.')
        || name.starts_with("~$")
        || matches!(name, "Thumbs.db" | "desktop.ini" | "__MACOSX")
}

fn slashes(path: &Path) -> String {
    let text = path.to_string_lossy().replace('\\', "/");
    text.strip_prefix("./").map_or(text.clone(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(paths: &[PathBuf]) -> Vec<String> {
        walk(paths).files.into_iter().map(|file| file.shown).collect()
    }

    #[test]
    fn files_come_in_the_order_of_their_names_and_only_once() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        fs::create_dir_all(at("b/empty")).expect("a folder");
        for name in ["c.csv", "b/a.csv", "a.csv", "~$c.csv", ".hidden"] {
            fs::write(at(name), "x").expect("a file");
        }
        let all = [folder.path().to_owned()];
        assert_eq!(shown(&all), ["a.csv", "b/a.csv", "c.csv"]);
        assert_eq!(shown(&[all[0].clone(), at("c.csv")]), ["a.csv", "b/a.csv", "c.csv"]);
        let both = shown(&[at("a.csv"), at("b/a.csv")]);
        assert!(both[0].ends_with("/a.csv") && both[1].ends_with("/b/a.csv"));
    }

    #[test]
    fn what_is_not_there_is_said() {
        let folder = tempfile::tempdir().expect("a folder");
        let kinds = |paths: &[PathBuf]| {
            walk(paths).problems.into_iter().map(|problem| problem.kind).collect::<Vec<_>>()
        };
        assert_eq!(kinds(&[folder.path().join("no.csv")]), [ProblemKind::Missing]);
        assert_eq!(kinds(&[folder.path().to_owned()]), [ProblemKind::EmptyFolder]);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_back_to_its_folder_ends() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("a.csv"), "x").expect("a file");
        std::os::unix::fs::symlink(folder.path(), folder.path().join("loop")).expect("a link");
        assert_eq!(shown(&[folder.path().to_owned()]), ["a.csv"]);
    }
}
