//! The demo submission: what was planted is found, where it was planted, and nothing else is.

use std::fs;

use mingcha::audit::RunRecord;
use serde::Deserialize;

use crate::common::{self, packs, quarter, root};

/// A planted fault, as the generator wrote it down.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub(crate) struct Planted {
    pub(crate) rule: String,
    input: Option<String>,
    sheet: Option<String>,
    row: Option<u64>,
    column: Option<String>,
    subject: Option<String>,
}

impl Planted {
    /// What is absent has no place: the generator names the file it is absent from, the host says whose it is.
    fn placed(mut self) -> Self {
        if self.row.is_none() {
            (self.input, self.sheet) = (None, None);
        }
        self
    }
}

fn sorted(mut planted: Vec<Planted>) -> Vec<Planted> {
    planted.sort();
    planted
}

fn truth() -> Vec<Planted> {
    let file = root().join("fixtures/changji-2016q3.truth.json");
    let text = fs::read_to_string(&file).expect("the demo has a truth file");
    let planted: Vec<Planted> = serde_json::from_str(&text).expect("the truth file is a list of faults");
    sorted(planted.into_iter().map(Planted::placed).collect())
}

pub(crate) fn found(record: &RunRecord) -> Vec<Planted> {
    let planted = |finding: &mingcha::audit::record::Finding| {
        let place = finding.place.as_ref();
        Planted {
            rule: finding.rule.clone(),
            input: place.map(|place| place.input.clone()),
            sheet: place.and_then(|place| place.sheet.clone()),
            row: place.and_then(|place| place.row.map(u64::from).or(place.line)),
            column: place.and_then(|place| place.column.clone()),
            subject: finding.subject.clone(),
        }
    };
    sorted(record.findings.iter().map(planted).collect())
}

fn demo(jobs: usize) -> RunRecord {
    let mut request = common::request();
    request.jobs = jobs;
    request.period = Some(quarter("2016Q3", 16_983, 17_074));
    common::run(packs(), &[root().join("fixtures/changji-2016q3")], &request)
}

#[test]
fn what_was_planted_in_the_demo_is_found_and_nothing_else() {
    let (truth, found) = (truth(), found(&demo(2)));
    let missed: Vec<&Planted> = truth.iter().filter(|planted| !found.contains(planted)).collect();
    let invented: Vec<&Planted> = found.iter().filter(|found| !truth.contains(found)).collect();
    assert!(missed.is_empty() && invented.is_empty(), "missed: {missed:#?}\ninvented: {invented:#?}");
    assert_eq!(truth, found, "something is found twice, or not as often as it was planted");
}

#[test]
fn the_record_names_no_path_of_this_machine() {
    let json = mingcha::report::json(&demo(1));
    let here = root().to_str().expect("a path in UTF-8").to_owned();
    assert!(!json.contains(&here), "the record names {here}");
}

#[test]
fn the_record_of_the_demo_does_not_depend_on_threads() {
    assert_eq!(mingcha::report::json(&demo(1)), mingcha::report::json(&demo(2)));
}
