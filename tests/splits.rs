//! However records are spread over files, in whatever order and batches, on however many threads: the same is found.
//!
//! A list of fees is never torn apart: its rows stand under headings, so their order is part of what they say.

use std::fs;
use std::path::Path;

use mingcha::audit::{self, RunRecord};
use mingcha::intake::{self, Manner, Options};
use mingcha_fixtures::generate::{Request, generate};
use proptest::prelude::*;

use crate::common::{self, pack_of};

/// A submission as lines: per file its name, header and records.
pub(crate) type Submission = Vec<(String, String, Vec<String>)>;

pub(crate) fn submission(domain: &str, rows: u64, faults: u64) -> Submission {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let whole = folder.path().join("whole");
    let request = Request { table: domain.to_owned(), rows, faults, seed: 7 };
    generate(&request, &whole).expect("a submission is generated");
    let mut paths: Vec<_> =
        fs::read_dir(&whole).expect("files").map(|file| file.expect("a file").path()).collect();
    paths.sort();
    let read = |path: &std::path::PathBuf| {
        let text = fs::read_to_string(path).expect("text");
        let mut lines = text.lines().map(str::to_owned);
        let name = path.file_name().and_then(|name| name.to_str()).expect("a name in UTF-8").to_owned();
        (name, lines.next().expect("a header"), lines.collect())
    };
    paths.iter().map(read).collect()
}

/// Rule, sentence, column and subject of a finding.
type Said = (String, String, Option<String>, Option<String>);

/// What was found, without its place: a record moves, what is said of it does not. Of two records that do not go together
/// either may be the one that is spoken of, so there the sentence is left out.
fn said(record: &RunRecord) -> Vec<Said> {
    let said = |finding: &mingcha::audit::record::Finding| {
        let column = finding.place.as_ref().and_then(|place| place.column.clone());
        let sentence = if finding.related.is_empty() { finding.text.zh.clone() } else { String::new() };
        (finding.rule.clone(), sentence, column, finding.subject.clone())
    };
    let mut all: Vec<_> = record.findings.iter().map(said).collect();
    all.sort();
    all
}

fn check(domain: &str, folder: &Path, spread: &Spread) -> RunRecord {
    let request = audit::Request { jobs: spread.jobs, keep: u32::MAX, ..common::request() };
    let manner = Manner { chunk: spread.chunk, jobs: spread.jobs, ..Manner::default() };
    let options = Options { manner, ..Options::default() };
    let packs = pack_of(domain);
    let intake = intake::read(&[folder.to_owned()], &audit::offers(packs), &options);
    audit::run(packs, &intake, &request, &|_, _| {})
}

/// How to spread records: files of each table, a number that shuffles records and files, bytes of a batch, threads.
#[derive(Clone, Debug)]
pub(crate) struct Spread {
    pub(crate) files: usize,
    pub(crate) shuffle: u64,
    pub(crate) chunk: u64,
    pub(crate) jobs: usize,
}

/// As it is handed in: every table one file, read in batches as large as usual.
pub(crate) const WHOLE: Spread = Spread { files: 1, shuffle: 0, chunk: 1 << 20, jobs: 1 };

fn spreads() -> impl Strategy<Value = Spread> {
    let chunks = prop_oneof![Just(300_u64), Just(5_000), Just(1 << 20)];
    let spread = |(files, shuffle, chunk, jobs)| Spread { files, shuffle, chunk, jobs };
    (1..5_usize, any::<u64>(), chunks, 1..4_usize).prop_map(spread)
}

/// A number that follows from others, evenly spread.
fn mixed(seed: u64, index: usize) -> u64 {
    let mixed = (seed ^ index as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (mixed ^ (mixed >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9) >> 7
}

pub(crate) fn write(submission: &Submission, spread: &Spread, folder: &Path) {
    for (number, (name, header, records)) in submission.iter().enumerate() {
        let torn = !name.contains("收费目录清单(");
        let files = if torn { spread.files } else { 1 };
        let mut parts = vec![Vec::new(); files];
        for (index, record) in records.iter().enumerate() {
            let chance = mixed(spread.shuffle.wrapping_add(number as u64), index);
            parts[chance as usize % files].push((if torn { chance } else { index as u64 }, record));
        }
        for (part, mut records) in parts.into_iter().enumerate().filter(|(_, records)| !records.is_empty()) {
            records.sort();
            // Files sort in an order of chance; the name stays, since it may say what the table is.
            let order = mixed(spread.shuffle, part) % 1000;
            let lines: Vec<&str> = std::iter::once(header.as_str())
                .chain(records.iter().map(|(_, record)| record.as_str()))
                .collect();
            let path = folder.join(format!("{order:03}{part}-{name}"));
            fs::write(path, lines.join("\n") + "\n").expect("a part is written");
        }
    }
}

fn found_alike(domain: &str, rows: u64, faults: u64, cases: u32) {
    let submission = submission(domain, rows, faults);
    let whole = tempfile::tempdir().expect("a temporary folder");
    write(&submission, &WHOLE, whole.path());
    let expected = said(&check(domain, whole.path(), &WHOLE));
    assert!(expected.len() as u64 >= faults, "{} of {faults} faults are found", expected.len());
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
        cases,
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    let outcome = runner.run(&spreads(), |spread| {
        let folder = tempfile::tempdir().expect("a temporary folder");
        write(&submission, &spread, folder.path());
        let found = said(&check(domain, folder.path(), &spread));
        let only = |some: &[Said], others: &[Said]| -> Vec<Said> {
            some.iter().filter(|said| !others.contains(said)).cloned().collect()
        };
        let (more, fewer) = (only(&found, &expected), only(&expected, &found));
        prop_assert!(more.is_empty() && fewer.is_empty(), "more: {:#?}\nfewer: {:#?}", more, fewer);
        prop_assert_eq!(found.len(), expected.len());
        Ok(())
    });
    outcome.unwrap_or_else(|error| panic!("{domain}: {error}"));
}

#[test]
fn emitters_are_judged_alike_however_their_records_are_spread() {
    found_alike("env", 1500, 40, 8);
}

#[test]
fn ppp_projects_are_judged_alike_however_their_records_are_spread() {
    found_alike("ppp", 200, 40, 8);
}

#[test]
fn fees_are_judged_alike_however_their_records_are_spread() {
    found_alike("fee", 400, 40, 8);
}
