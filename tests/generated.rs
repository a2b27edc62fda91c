//! Generated submissions of any size: what was planted is found where it was planted, and nothing else is.

use std::fs;
use std::path::Path;

use mingcha::audit::RunRecord;
use mingcha_fixtures::generate::{self, Request, generate, truth_file};

use crate::common::{self, pack_of, packs};
use crate::demo::{Planted, found};

const SEED: u64 = 20_160_726;

fn generated(folder: &Path, table: &str, rows: u64, faults: u64) -> RunRecord {
    let request = Request { table: table.to_owned(), rows, faults, seed: SEED };
    generate(&request, folder).expect("a submission is generated");
    let mut request = common::request();
    request.keep = u32::MAX;
    let domain = table.split('-').next().expect("a domain");
    common::run(pack_of(domain), &[folder.to_owned()], &request)
}

fn truth(folder: &Path) -> Vec<Planted> {
    let text = fs::read_to_string(truth_file(folder)).expect("the truth stands beside the folder");
    let mut truth: Vec<Planted> =
        text.lines().map(|line| serde_json::from_str(line).expect("a fault a line")).collect();
    truth.sort();
    truth
}

fn nothing_missed_or_invented(table: &str, rows: u64, faults: u64) -> Vec<Planted> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let submission = folder.path().join("submission");
    let record = generated(&submission, table, rows, faults);
    let (truth, found) = (truth(&submission), found(&record));
    assert!(record.manifest.problems.is_empty(), "{table}: {:?}", record.manifest.problems);
    let missed: Vec<&Planted> = truth.iter().filter(|planted| !found.contains(planted)).take(20).collect();
    let invented: Vec<&Planted> = found.iter().filter(|found| !truth.contains(found)).take(20).collect();
    assert!(
        missed.is_empty() && invented.is_empty(),
        "{table}: missed: {missed:#?}\ninvented: {invented:#?}"
    );
    assert_eq!(truth, found, "{table}: something is found twice, or not as often as it was planted");
    // What stands only once, such as a list of inspections, bears each of its faults once.
    assert!(truth.len() as u64 >= faults.min(1), "{table}: nothing was planted");
    truth
}

/// 20,000 records of a domain's main table, with a fault of every rule that can be planted.
fn every_rule_of(domain: &str, faults: u64) {
    let truth = nothing_missed_or_invented(domain, 20_000, faults);
    let of_domain = |rule: &&str| rule.starts_with(&format!("{domain}/"));
    for rule in generate::planted_rules().into_iter().filter(of_domain) {
        assert!(truth.iter().any(|planted| planted.rule == rule), "nothing was planted for {rule}");
    }
}

#[test]
fn of_20_000_generated_emitter_results_every_fault_is_found_and_nothing_else() {
    every_rule_of("env", 120);
}

#[test]
fn of_20_000_generated_ppp_projects_every_fault_is_found_and_nothing_else() {
    every_rule_of("ppp", 300);
}

#[test]
fn of_20_000_generated_fees_every_fault_is_found_and_nothing_else() {
    every_rule_of("fee", 300);
}

#[test]
fn of_20_000_generated_events_every_late_answer_is_found_and_nothing_else() {
    every_rule_of("response", 300);
}

#[test]
fn a_lawful_submission_of_any_table_gives_no_findings() {
    for table in generate::names() {
        nothing_missed_or_invented(&table, 100, 0);
    }
}

#[test]
fn faults_of_any_one_table_are_found_too() {
    for table in generate::names().into_iter().filter(|table| table.contains('-')) {
        if table != "fee-policy-event" {
            nothing_missed_or_invented(&table, 100, 30);
        }
    }
}

#[test]
fn every_rule_can_be_planted_or_says_why_not() {
    let planted = generate::planted_rules();
    let unplanted = generate::unplanted_rules();
    let rules: Vec<&str> =
        packs().iter().flat_map(|pack| &pack.manifest.rules).map(|rule| rule.id.as_str()).collect();
    let missing: Vec<&&str> = rules
        .iter()
        .filter(|id| !planted.contains(id) && !unplanted.iter().any(|(rule, _)| rule == *id))
        .collect();
    assert!(missing.is_empty(), "the generator knows no fault of {missing:?}, and not why");
    let names = planted.iter().chain(unplanted.iter().map(|(rule, _)| rule));
    let unknown: Vec<&&str> = names.filter(|name| !rules.contains(name)).collect();
    assert!(unknown.is_empty(), "no pack has {unknown:?}");
    assert!(unplanted.iter().all(|(_, why)| !why.is_empty()), "{unplanted:?}");
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_seed_others() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let bytes = |name: &str, seed| {
        let folder = folder.path().join(name);
        let request = Request { table: "env-result".to_owned(), rows: 500, faults: 5, seed };
        generate(&request, &folder).expect("a submission is generated");
        let mut files: Vec<_> =
            fs::read_dir(&folder).expect("files").map(|entry| entry.expect("a file").path()).collect();
        files.sort();
        let all: Vec<Vec<u8>> = files.iter().map(|file| fs::read(file).expect("a file")).collect();
        (all, fs::read(truth_file(&folder)).expect("the truth"))
    };
    assert_eq!(bytes("a", 1), bytes("b", 1));
    assert_ne!(bytes("c", 2), bytes("d", 1));
}

#[test]
fn a_table_nobody_knows_is_named_beside_those_there_are() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut request = Request { table: "env-results".to_owned(), rows: 1, faults: 0, seed: 1 };
    let error = generate(&request, &folder.path().join("a")).expect_err("there is no such table").to_string();
    assert!(
        error.contains("env-results") && error.contains("env-result ") && error.contains("fee"),
        "{error}"
    );
    request.table = "fee-policy-event".to_owned();
    request.faults = 1;
    let error = generate(&request, &folder.path().join("b")).expect_err("no rule judges it").to_string();
    assert!(error.contains("--faults"), "{error}");
}

#[test]
fn nothing_is_ever_overwritten() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("a.csv"), "a").expect("a file");
    let request = Request { table: "ppp".to_owned(), rows: 1, faults: 0, seed: 1 };
    let error = generate(&request, folder.path()).expect_err("the folder is not empty").to_string();
    assert!(error.contains("not empty"), "{error}");
}
