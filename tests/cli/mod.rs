//! The command line, as people type it. Here is only what its tests share with each other and with those of reports.

mod checks;
mod configuration;
mod mistakes;
mod printed;

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use tempfile::TempDir;

use crate::common::root;

/// The program, with a cache of its own.
pub(crate) fn mingcha() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mingcha-tested"));
    let cache = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cache");
    command.env("MINGCHA_CACHE_DIR", cache).env_remove("COLUMNS");
    command
}

/// What a command said: exit code, standard output, standard error.
pub(crate) fn said(arguments: &[&str]) -> (i32, String, String) {
    let output = mingcha().current_dir(root()).args(arguments).output().expect("the program runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("output in UTF-8");
    (output.status.code().expect("an exit code"), text(output.stdout), text(output.stderr))
}

pub(crate) fn folder_with(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, content) in files {
        fs::write(folder.path().join(name), content).expect("a file is written");
    }
    folder
}

fn case(rest: &str) -> String {
    root().join("fixtures").join(rest).to_str().expect("a path in UTF-8").to_owned()
}

fn first_case(rule: &str, kind: &str) -> PathBuf {
    let folder = root().join("fixtures").join(rule);
    let mut cases: Vec<PathBuf> =
        fs::read_dir(folder).expect("cases").map(|entry| entry.expect("an entry").path()).collect();
    cases.sort();
    let named = |path: &PathBuf| {
        path.file_name().and_then(|name| name.to_str()).is_some_and(|name| name.starts_with(kind))
    };
    cases.into_iter().find(named).expect("a case of this kind")
}

fn table_in(case: &Path) -> String {
    let csv = |path: &PathBuf| path.extension().is_some_and(|kind| kind == "csv");
    let mut files: Vec<PathBuf> =
        fs::read_dir(case).expect("files").map(|entry| entry.expect("an entry").path()).filter(csv).collect();
    files.sort();
    files[0].to_str().expect("a path in UTF-8").to_owned()
}
