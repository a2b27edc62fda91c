//! What authors of packs do, from an empty folder: new pack, test, new rule, build, check. The packs built here share one
//! target directory, so that only the first run compiles the libraries.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use tempfile::TempDir;

use crate::cli::mingcha;
use crate::common::root;

fn shared_target() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("author-packs")
}

/// The program in a folder, building into the shared target directory.
fn author(folder: &Path, arguments: &[&str]) -> Output {
    author_into(&shared_target(), folder, arguments)
}

fn author_into(target: &Path, folder: &Path, arguments: &[&str]) -> Output {
    let mut command = mingcha();
    command.current_dir(folder).env("CARGO_TARGET_DIR", target).args(arguments);
    command.output().expect("the program runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("output in UTF-8")
}

fn good(folder: &Path, arguments: &[&str]) -> String {
    let output = author(folder, arguments);
    let (out, error) = (text(&output.stdout), text(&output.stderr));
    assert!(output.status.success(), "mingcha {}: {out}\n{error}", arguments.join(" "));
    out
}

fn refused(folder: &Path, arguments: &[&str]) -> String {
    let output = author(folder, arguments);
    assert_eq!(output.status.code(), Some(2), "{}", text(&output.stdout));
    text(&output.stderr)
}

/// A folder with a new pack in it.
fn with_pack(name: &str) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let kit = root().join("rules/kit");
    good(folder.path(), &["new", "pack", name, "--kit", kit.to_str().expect("a path in UTF-8")]);
    let pack = folder.path().join(name);
    (folder, pack)
}

fn replace(file: &Path, before: &str, after: &str) {
    let source = fs::read_to_string(file).expect("a source file");
    assert!(source.contains(before), "{} has no {before}", file.display());
    fs::write(file, source.replace(before, after)).expect("a source file is written");
}

#[test]
fn a_new_pack_passes_its_test_takes_another_rule_and_says_what_fails() {
    let (_folder, pack) = with_pack("notice-dates");
    let said = good(&pack, &["test", "--lang", "en"]);
    assert!(said.contains("test notice-dates/published-before-issued/fail-one-day-early ... ok"), "{said}");
    assert!(said.contains("fuel notice-dates/published-before-issued "), "{said}");

    good(&pack, &["new", "rule", "notice-dates/number-marked"]);
    let fmt = Command::new("cargo").args(["fmt", "--check"]).current_dir(&pack).output().expect("cargo runs");
    assert!(fmt.status.success(), "{}", text(&fmt.stdout));
    let unseen = author(&pack, &["test", "--lang", "en"]);
    assert_eq!(unseen.status.code(), Some(1));
    assert!(text(&unseen.stdout).contains("there is no findings.snap yet"), "{}", text(&unseen.stdout));
    good(&pack, &["test", "--accept"]);
    good(&pack, &["test"]);

    replace(&pack.join("src/number_marked.rs"), "says “", "reads “");
    let changed = author(&pack, &["test", "--lang", "en"]);
    let said = text(&changed.stdout);
    assert_eq!(changed.status.code(), Some(1), "{said}");
    assert!(
        said.contains("-  Document number says “待改”") && said.contains("+  Document number reads “待改”"),
        "{said}"
    );
    assert!(said.contains("1 failed"), "{said}");
}

#[test]
fn the_commands_of_a_new_pack_s_own_page_run_as_they_stand() {
    let (_folder, pack) = with_pack("as-it-says");
    let page = fs::read_to_string(pack.join("README.md")).expect("its page");
    let blocks = page.split("```sh\n").skip(1).filter_map(|rest| rest.split("```").next());
    let commands = |block: &str| -> Vec<String> {
        let command = |line: &str| line.split('#').next().unwrap_or_default().trim().to_owned();
        block.lines().map(command).collect()
    };
    let blocks: Vec<Vec<String>> = blocks.map(commands).collect();
    assert_eq!((blocks.len(), &blocks[0]), (2, &blocks[1]), "both languages have the same commands");
    for line in blocks[0].iter().filter(|line| !line.contains("--watch")) {
        let arguments: Vec<&str> = line.split_whitespace().skip(1).collect();
        let output = author(&pack, &arguments);
        let code = if line.starts_with("mingcha check") { 1 } else { 0 };
        assert_eq!(output.status.code(), Some(code), "{line}: {}", text(&output.stderr));
    }
    let figures =
        fs::read_to_string(shared_target().join("mingcha/as-it-says.fuel.json")).expect("its figures");
    assert!(figures.contains("as-it-says/published-before-issued"), "{figures}");
}

#[test]
fn a_rule_that_depends_on_batches_is_caught() {
    let (_folder, pack) = with_pack("batch-bound");
    let rule = pack.join("src/published_before_issued.rs");
    replace(&rule, "check: Check::Row(published_before_issued)", "check: Check::Batch(first_of_batch)");
    replace(
        &rule,
        "fn published_before_issued(document: &Row, findings: &mut Findings) -> Judged {\n    if document.date(PUBLISHED)? < document.date(ISSUED)? {\n        findings.at(document, PUBLISHED);\n    }\n    JUDGED\n}",
        "fn first_of_batch(batch: &Batch, findings: &mut Findings) {\n    if let Some(first) = batch.rows().next() {\n        findings.at(&first, PUBLISHED);\n        findings.count(1, 1);\n    }\n}",
    );
    let output = author(&pack, &["test", "--lang", "en"]);
    let said = text(&output.stdout);
    assert_eq!(output.status.code(), Some(1), "{said}{}", text(&output.stderr));
    assert!(said.contains("in batches of 1 dealt to 1 instances it finds something else"), "{said}");
}

#[test]
fn what_does_not_compile_is_shown_in_the_compiler_s_words() {
    let (_folder, pack) = with_pack("does-not-compile");
    replace(&pack.join("src/list.rs"), "Column::date(\"issued\"", "Column::day(\"issued\"");
    let said = refused(&pack, &["test", "--lang", "en"]);
    assert!(said.contains("it was not built") && said.contains("src/list.rs:"), "{said}");
}

#[test]
fn names_that_cannot_be_or_are_taken_are_refused_and_nothing_changes() {
    let (folder, pack) = with_pack("taken");
    let again = refused(folder.path(), &["new", "pack", "taken", "--kit", "0.1.0", "--lang", "en"]);
    assert!(again.contains("is there already"), "{again}");
    assert!(refused(folder.path(), &["new", "pack", "Not_Kebab", "--kit", "0.1.0"]).contains("小写英文字母"));
    assert!(refused(folder.path(), &["new", "pack", "other", "--kit", "no/such"]).contains("--kit no/such"));
    let lib = fs::read_to_string(pack.join("src/lib.rs")).expect("the source");
    assert!(refused(&pack, &["new", "rule", "taken/published-before-issued"]).contains("已经存在"));
    assert!(refused(&pack, &["new", "rule", "no-fault"]).contains("小写英文字母"));
    assert_eq!(fs::read_to_string(pack.join("src/lib.rs")).expect("the source"), lib);
}

#[test]
fn two_clean_builds_of_a_pack_give_the_same_bytes_with_its_name_in_them() {
    let (_folder, pack) = with_pack("built-twice");
    good(&pack, &["pack", "build"]);
    let fresh = tempfile::tempdir().expect("a temporary folder");
    let output = author_into(fresh.path(), &pack, &["pack", "build", "--output", "second.wasm"]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let read = |name: &str| fs::read(pack.join(name)).expect("a pack was built");
    let (first, second) = (read("built-twice.wasm"), read("second.wasm"));
    assert_eq!(first, second, "two builds differ");
    let own = |folder: &str| first.windows(folder.len()).any(|window| window == folder.as_bytes());
    assert!(!own(pack.to_str().expect("a path in UTF-8")), "the pack's folder shows in its bytes");
    assert!(!own(root().to_str().expect("a path in UTF-8")), "the kit's folder shows in its bytes");
    let sections = mingcha::author::sections::read(&first);
    let value =
        |name: &str| sections.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str());
    assert_eq!(value("mingcha:name"), Some("built-twice"));
    assert_eq!((value("version"), value("licenses")), (Some("0.1.0"), Some("Apache-2.0")));
    assert_eq!(value("mingcha:contract"), Some(mingcha::runtime::CONTRACT));
    assert_eq!(value("source"), None, "what the crate does not say is not made up");
}

/// A program that ends with the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn whoever_watches_sees_an_edit_without_asking() {
    let (_folder, pack) = with_pack("watched");
    let mut command = Command::new(env!("CARGO_BIN_EXE_mingcha-tested"));
    command
        .args(["test", "--watch", "--lang", "en"])
        .current_dir(&pack)
        .env("CARGO_TARGET_DIR", shared_target());
    let mut child = Running(command.stdout(Stdio::piped()).spawn().expect("the program runs"));
    let mut lines = BufReader::new(child.0.stdout.take().expect("its output")).lines().map_while(Result::ok);
    let mut until_waiting =
        || lines.by_ref().take_while(|line| !line.contains("waiting for changes")).collect::<Vec<_>>();
    let first = until_waiting().join("\n");
    assert!(first.contains("test result: ok"), "{first}");
    replace(&pack.join("src/published_before_issued.rs"), "was published on", "stood there on");
    let second = until_waiting().join("\n");
    assert!(second.contains("+  虚构政发〔2016〕1号 stood there on 2016-03-01"), "{second}");
}
