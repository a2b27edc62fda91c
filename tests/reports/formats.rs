//! SARIF and JUnit, judged by others: the official schema, and a parser that is not the writer's.

use mingcha::audit::record::Finding;
use mingcha::manifest::{Language, Severity};
use mingcha::report::{self, Format, Options};
use serde_json::Value;

use crate::common::{self, packs};

use super::{committed, demo_in, json, problems};

/// The official schema, with the one pattern of it mended that is no regular expression.
pub(super) fn sarif_schema() -> Value {
    let schema = committed("tests/schema/sarif-2.1.0.schema.json").to_string();
    json(&schema.replace("^[a-zA-Z]{2}|^[a-zA-Z]{2}-[a-zA-Z]{2}]?$", "^[a-zA-Z]{2}(-[a-zA-Z]{2})?$"))
}

fn results(log: &Value) -> &Vec<Value> {
    log["runs"][0]["results"].as_array().expect("results")
}

#[test]
fn sarif_is_valid_by_the_official_schema() {
    let log = json(&demo_in("sarif"));
    assert_eq!(problems(&sarif_schema(), &log), Vec::<String>::new());
}

#[test]
fn sarif_names_every_finding_with_its_cell_and_its_rule() {
    let (log, record) = (json(&demo_in("sarif")), json(&demo_in("json")));
    let findings = record["findings"].as_array().expect("findings");
    assert_eq!(results(&log).len(), findings.len());
    let in_a_sheet = findings.iter().filter(|finding| finding["place"]["cell"].is_string()).count();
    let cells =
        results(&log).iter().filter(|result| result["locations"][0]["logicalLocations"][0]["kind"] == "cell");
    assert!(in_a_sheet > 0 && cells.count() >= in_a_sheet);
    for result in results(&log) {
        let reference = &result["rule"];
        let tool = &log["runs"][0]["tool"];
        let component = match reference["toolComponent"]["index"].as_u64() {
            Some(index) => &tool["extensions"][usize::try_from(index).expect("an index")],
            None => &tool["driver"],
        };
        let index = usize::try_from(reference["index"].as_u64().expect("an index")).expect("an index");
        assert_eq!(component["rules"][index]["id"], result["ruleId"]);
    }
}

#[test]
fn sarif_stays_under_the_limits_of_github_with_the_gravest_first() {
    let files =
        [("收费目录-合成数据.csv", "收费项目,政策依据\n示例占用费,昌州政发〔2015〕12号\n".as_bytes())];
    let folder = crate::cli::folder_with(&files);
    let mut record = common::run(packs(), &[folder.path().to_owned()], &common::request());
    let mut mild = record.findings[0].clone();
    mild.severity = Severity::Notice;
    let grave = Finding { severity: Severity::Error, id: 40_000, ..mild.clone() };
    record.findings = vec![mild; 30_000];
    record.findings.push(grave);
    let log = report::render(&record, Format::Sarif, Options::whole(Language::Zh));
    let log: Value = serde_json::from_slice(&log.expect("a report")).expect("JSON");
    assert_eq!(results(&log).len(), 25_000);
    assert_eq!(results(&log)[0]["level"], "error");
    assert_eq!(problems(&sarif_schema(), &log), Vec::<String>::new());
}

#[test]
fn sarif_says_that_something_was_not_checked() {
    let log = json(&demo_in("sarif"));
    assert_eq!(log["runs"][0]["invocations"][0]["executionSuccessful"], false);
}

#[test]
fn junit_has_a_case_per_rule_and_its_own_counts() {
    let (xml, record) = (demo_in("junit"), json(&demo_in("json")));
    let suites = junit_parser::from_reader(std::io::Cursor::new(&xml)).expect("JUnit");
    let rules = record["manifest"]["rules"].as_array().expect("rules");
    let with = |statuses: &[&str]| {
        let counted =
            rules.iter().filter(|rule| statuses.contains(&rule["status"].as_str().unwrap_or_default()));
        counted.count() as u64
    };
    let cases = || suites.suites.iter().flat_map(|suite| &suite.cases);
    assert!(cases().count() as u64 >= rules.len() as u64);
    let failed = cases().filter(|case| case.status.is_failure()).count() as u64;
    assert_eq!((failed, suites.failures), (with(&["failed"]), with(&["failed"])));
    let reasons = |rule: &Value| rule["reasons"].as_array().cloned().unwrap_or_default();
    let unasked = |rule: &&Value| {
        rule["status"] == "not-checked" && reasons(rule).iter().all(|why| why["code"] == "column-not-asked")
    };
    let unasked = rules.iter().filter(unasked).count() as u64;
    assert!(unasked > 0, "the demo has forms without columns nobody asked for");
    assert_eq!(suites.skipped, with(&["not-applicable"]) + unasked);
    let of_rules = cases().filter(|case| case.original_name.contains('/') && case.status.is_error()).count();
    assert!(
        of_rules as u64 + unasked >= with(&["not-checked", "error"]),
        "what was not checked is no success"
    );
}

#[test]
fn csv_has_a_line_per_finding_and_one_width() {
    let (text, record) = (demo_in("csv"), json(&demo_in("json")));
    assert!(text.starts_with('\u{feff}'), "spreadsheet programs need the mark to read Chinese");
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let rows = reader.records().collect::<Result<Vec<_>, _>>().expect("lines of one width");
    assert_eq!(Some(rows.len()), record["findings"].as_array().map(Vec::len));
}

#[test]
fn markdown_tells_the_conclusion_and_every_rule_that_found_something() {
    let (page, record) = (demo_in("md"), json(&demo_in("json")));
    assert!(page.contains("无法下结论"));
    for rule in record["manifest"]["rules"].as_array().expect("rules") {
        if rule["status"] == "failed" {
            let id = rule["id"].as_str().expect("an id");
            assert!(page.contains(&format!("#### {id}")), "no {id}");
        }
    }
}
