//! The same on the command line: exit codes, streams, files.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use hostile::Behaviour;

use super::arena::{Arena, component};
use super::texts::SHOWN;

pub(super) fn pack(folder: &Path, behaviour: Behaviour) -> PathBuf {
    let path = folder.join(format!("{}.wasm", behaviour.name()));
    fs::write(&path, component(behaviour)).expect("a file");
    path
}

/// `mingcha check` with the built-in pack of the arena and this one, over the files of both.
pub(super) fn check(pack: &Path, options: &[&str]) -> Output {
    let mut command = crate::cli::mingcha();
    command.arg("check").args(options).arg("--pack").arg(pack).args([
        "--allow-unsigned",
        "--pack",
        "ppp-quarterly",
        "--as-of",
        "2016-11-30",
    ]);
    command.args(Arena::get().files()).output().expect("mingcha runs")
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("UTF-8")
}

#[test]
fn a_pack_that_fails_makes_the_run_inconclusive_and_leaves_the_others_their_findings() {
    let folder = tempfile::tempdir().expect("a folder");
    for behaviour in [Behaviour::Panic, Behaviour::DeepRecursion, Behaviour::LastWordsWithEscapes] {
        let output = check(&pack(folder.path(), behaviour), &["--format", "json"]);
        assert_eq!(output.status.code(), Some(3), "{}: {}", behaviour.name(), text(&output.stderr));
        let record: serde_json::Value = serde_json::from_slice(&output.stdout).expect("the output is JSON");
        assert_eq!(record["manifest"]["conclusion"], "inconclusive");
        let findings = record["findings"].as_array().expect("findings");
        let beside = findings.iter().filter(|finding| finding["rule"] == "ppp/invest-positive").count();
        assert_eq!(beside, 2, "{}: both projects have an investment that is none", behaviour.name());
    }
}

#[test]
fn what_a_pack_writes_to_its_log_can_be_seen() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = pack(folder.path(), Behaviour::LogFlood);
    assert!(!text(&check(&path, &[]).stderr).contains("hostile:"), "only who asks sees it");
    let output = check(&path, &["--timings"]);
    let lines: Vec<&str> = text(&output.stderr).lines().filter(|line| line.starts_with("hostile:")).collect();
    assert_eq!(lines, [format!("hostile: {SHOWN}")], "each line once");
}

#[test]
fn what_a_pack_writes_is_shown_on_the_terminal_not_obeyed() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = pack(folder.path(), Behaviour::EscapesEverywhere);
    let report = check(&path, &["--full"]);
    assert_eq!(report.status.code(), Some(1), "{}", text(&report.stderr));
    let inspected =
        crate::cli::mingcha().args(["pack", "inspect"]).arg(&path).output().expect("mingcha runs");
    let explained = crate::cli::mingcha()
        .args(["explain", "hostile/negative", "--pack"])
        .arg(&path)
        .output()
        .expect("mingcha runs");
    for output in [report, inspected, explained] {
        let shown = text(&output.stdout);
        assert!(shown.contains("<U+202E>") && shown.contains("<U+0007>"), "{shown}");
        assert!(!shown.contains(['\u{1b}', '\u{7}', '\u{202e}', '\u{2066}', '\0', '\r']), "{shown:?}");
    }
}

#[test]
fn a_pack_that_lies_about_itself_is_not_started() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = pack(folder.path(), Behaviour::IdWithEscapes);
    let output = check(&path, &[]);
    assert_eq!((output.status.code(), text(&output.stdout)), (Some(2), ""));
    assert!(text(&output.stderr).contains(SHOWN), "{}", text(&output.stderr));
}

#[test]
fn two_packs_of_one_id_are_not_started() {
    let folder = tempfile::tempdir().expect("a folder");
    let first = pack(folder.path(), Behaviour::WellBehaved);
    let second = pack(folder.path(), Behaviour::HolesInArguments);
    let second = second.display().to_string();
    let output = check(&first, &["--pack", &second, "--lang", "en"]);
    assert_eq!((output.status.code(), text(&output.stdout)), (Some(2), ""));
    let sentence = "a pack with the id hostile is loaded already; leave one of the two out";
    assert!(text(&output.stderr).contains(sentence), "{}", text(&output.stderr));
}
