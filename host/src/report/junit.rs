//! JUnit, for build servers: a suite per pack, a case per rule, a suite for files that could not be read. A rule that
//! could not be checked is an error, never a success and never merely skipped.

use std::collections::BTreeMap;

use quick_junit::{NonSuccessKind, Property, Report, TestCase, TestCaseStatus, TestSuite};

use super::phrases;
use super::words::{self, either};
use crate::audit::RunRecord;
use crate::audit::plan::Reason;
use crate::audit::record::{Finding, ProblemGravity, RuleRecord, Status};
use crate::manifest::Language;

/// Findings listed per rule; the number of all is in the message.
const LISTED: usize = 100;

/// The rules as test cases.
#[must_use]
pub(super) fn junit(record: &RunRecord, language: Language) -> Vec<u8> {
    let mut findings: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for finding in record.findings.iter().filter(|finding| finding.suppression.is_none()) {
        findings.entry(&finding.rule).or_default().push(finding);
    }
    let mut suites: BTreeMap<&str, TestSuite> = BTreeMap::new();
    for rule in record.manifest.rules.iter().filter(|rule| rule.status != Status::NotSelected) {
        let found = findings.get(rule.id.as_str()).map_or(&[][..], Vec::as_slice);
        let suite = suites.entry(&rule.pack).or_insert_with(|| TestSuite::new(rule.pack.as_str()));
        suite.add_test_case(case(rule, found, language));
    }
    let mut report = Report::new("mingcha");
    report.add_test_suites(suites.into_values());
    report.add_test_suite(files(record, language));
    let mut bytes = Vec::new();
    // Writing to memory does not fail.
    let _ = report.serialize(&mut bytes);
    bytes
}

fn case(rule: &RuleRecord, found: &[&Finding], language: Language) -> TestCase {
    let reasons: Vec<String> = rule.reasons.iter().map(|reason| words::reason(reason, language)).collect();
    let reasons = crate::visible(&reasons.join(either(language, ";", "; ")));
    let counted = rule.findings.without(rule.suppressed);
    let is_owed = rule.reasons.iter().any(Reason::is_owed);
    let mut status = match rule.status {
        Status::NotChecked if !is_owed => TestCaseStatus::skipped(),
        Status::Error | Status::NotChecked => TestCaseStatus::non_success(NonSuccessKind::Error),
        Status::NotApplicable | Status::NotSelected => TestCaseStatus::skipped(),
        Status::Failed if counted.all() > 0 => TestCaseStatus::non_success(NonSuccessKind::Failure),
        Status::Passed | Status::Failed => TestCaseStatus::success(),
    };
    let message = match rule.status {
        Status::Failed => format!("{}: {}", rule.title.get(language), phrases::totals(counted, language)),
        _ => reasons.clone(),
    };
    status.set_message(message).set_type(words::status(rule.status, Language::En));
    if !found.is_empty() {
        status.set_description(listing(found, language));
    }
    let mut case = TestCase::new(rule.id.as_str(), status);
    case.set_classname(rule.pack.as_str());
    for (name, number) in
        [("applied", rule.applied), ("failed", rule.failed), ("suppressed", rule.suppressed.all())]
    {
        case.add_property(Property::new(name, number.to_string()));
    }
    if rule.status == Status::Failed && !reasons.is_empty() {
        case.set_system_out(reasons);
    }
    case
}

fn listing(found: &[&Finding], language: Language) -> String {
    let mut lines: Vec<String> = found.iter().take(LISTED).map(|finding| line(finding, language)).collect();
    if let Some(more) = found.len().checked_sub(LISTED).filter(|more| *more > 0) {
        lines.push(phrases::more(more, language));
    }
    lines.join("\n")
}

fn line(finding: &Finding, language: Language) -> String {
    let file = finding.nearest_place().map_or("", |place| place.input.as_str());
    let place = phrases::place(finding, language);
    crate::visible(&format!("{file} {place} {}", finding.text.get(language)))
}

/// Files that were meant to be checked and were not.
fn files(record: &RunRecord, language: Language) -> TestSuite {
    let mut suite = TestSuite::new("files");
    let unchecked =
        record.manifest.problems.iter().filter(|problem| problem.gravity == ProblemGravity::Unchecked);
    for problem in unchecked {
        let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
        status.set_message(crate::visible(problem.sentence.get(language))).set_type("unchecked");
        suite.add_test_case(TestCase::new(crate::visible(&problem.path), status));
    }
    suite
}
