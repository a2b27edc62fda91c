//! Two runs compared: records are known by their key, whatever their row or file is called.

use std::fs;
use std::path::PathBuf;

use mingcha::audit::compare::compare;
use mingcha::audit::record::{Conclusion, Finding, Suppression, SuppressionRecord};
use mingcha::audit::{Request, RunRecord};
use serde_json::Value;
use tempfile::TempDir;

use super::{json, path};
use crate::cli::said;
use crate::common::{self, packs};

const RULE: &str = "fee/basis-below-province";

/// A catalogue of these items, all but `示例保费` resting on the prefecture's documents alone.
fn catalogue(items: &[&str]) -> String {
    let row = |item: &&str| match *item {
        "示例保费" => "示例局,示例保费,财综〔2012〕41号\n".to_owned(),
        item => format!("示例局,{item},昌州政发〔2015〕12号\n"),
    };
    items.iter().fold("执收单位,收费项目,政策依据\n".to_owned(), |text, item| text + &row(item))
}

/// The record of a check of this catalogue, in a folder of its own.
fn checked(file: &str, items: &[&str], more: &[&str]) -> (TempDir, PathBuf, i32) {
    let folder = tempfile::tempdir().expect("a folder");
    let table = folder.path().join(file);
    fs::write(&table, catalogue(items)).expect("a file");
    let record = folder.path().join("记录");
    let arguments = ["check", path(&table), "--as-of", "2016-11-30", "--rules", RULE, "--out", path(&record)];
    let (code, _, err) = said(&[&arguments[..], more].concat());
    assert!(matches!(code, 0 | 1), "{err}");
    (folder, record, code)
}

fn diff(old: &[&str], new: &[&str]) -> Value {
    let (_old, old, _) = checked("收费目录-合成数据.csv", old, &[]);
    let (_new, new, _) = checked("改名后的目录-合成数据.csv", new, &[]);
    json(&said(&["diff", path(&old), path(&new), "--format", "json"]).1)
}

fn counts(diff: &Value) -> [usize; 4] {
    ["new", "persisting", "resolved", "changed"].map(|name| diff[name].as_array().map_or(0, Vec::len))
}

#[test]
fn sorting_rows_and_renaming_the_file_changes_nothing() {
    let diff = diff(&["甲费", "乙费", "丙费"], &["丙费", "甲费", "乙费"]);
    assert_eq!(counts(&diff), [0, 3, 0, 0]);
}

#[test]
fn what_was_mended_is_resolved_and_what_was_added_is_new() {
    let diff = diff(&["甲费", "乙费"], &["丁费", "乙费"]);
    assert_eq!(counts(&diff), [1, 1, 1, 0]);
}

#[test]
fn only_what_is_new_counts_where_that_is_asked() {
    let (_old, old, _) = checked("收费目录-合成数据.csv", &["甲费"], &[]);
    let new_only = ["--baseline", path(&old), "--fail-on-new"];
    assert_eq!(checked("收费目录-合成数据.csv", &["甲费"], &new_only).2, 0);
    assert_eq!(checked("收费目录-合成数据.csv", &["甲费"], &new_only[..2]).2, 1);
    assert_eq!(checked("收费目录-合成数据.csv", &["甲费", "乙费"], &new_only).2, 1);
}

#[test]
fn what_is_new_is_told_one_by_one_though_it_shares_a_cause() {
    let items = ["甲费", "乙费", "丙费", "丁费", "戊费"];
    let (_old, old, _) = checked("收费目录-合成数据.csv", &items[..4], &[]);
    let (_new, new, _) = checked("收费目录-合成数据.csv", &items, &["--baseline", path(&old)]);
    let (_, text, _) = said(&["report", path(&new)]);
    assert!(text.contains("[新增] “戊费”") && !text.contains("“甲费”"), "{text}");
}

#[test]
fn findings_of_a_rule_that_was_not_checked_again_are_not_called_resolved() {
    let (_old, old, _) = checked("收费目录-合成数据.csv", &["甲费"], &[]);
    let folder = tempfile::tempdir().expect("a folder");
    let table = folder.path().join("收费目录-合成数据.csv");
    fs::write(&table, "执收单位,收费项目,收费标准,收费性质\n示例局,甲费,1元/次,行政事业性收费\n")
        .expect("a file");
    let record = folder.path().join("记录");
    said(&["check", path(&table), "--as-of", "2016-11-30", "--rules", RULE, "--out", path(&record)]);
    let diff = json(&said(&["diff", path(&old), path(&record), "--format", "json"]).1);
    assert_eq!(counts(&diff), [0, 0, 0, 0]);
    assert_eq!(diff["unknown"].as_array().map(Vec::len), Some(1));
}

#[test]
fn findings_of_a_file_that_was_not_handed_in_again_are_not_called_resolved() {
    let record = |files: &[(&str, &[&str])]| {
        let contents: Vec<(&str, String)> =
            files.iter().map(|(name, items)| (*name, catalogue(items))).collect();
        let contents: Vec<(&str, &[u8])> =
            contents.iter().map(|(name, content)| (*name, content.as_bytes())).collect();
        let folder = crate::cli::folder_with(&contents);
        let request = Request { rules: vec![RULE.to_owned()], ..common::request() };
        common::run(packs(), &[folder.path().to_owned()], &request)
    };
    let old = record(&[("甲-合成数据.csv", &["甲费"]), ("乙-合成数据.csv", &["乙费"])]);
    let fewer = record(&[("乙-合成数据.csv", &["示例保费"])]);
    let comparison = compare(&old, &fewer);
    assert_eq!((comparison.resolved.len(), comparison.unknown.len()), (1, 1));
    let renamed = record(&[("丙-合成数据.csv", &["示例保费"]), ("乙-合成数据.csv", &["乙费"])]);
    let comparison = compare(&old, &renamed);
    assert_eq!((comparison.resolved.len(), comparison.unknown.len()), (1, 0));
}

/// A run in which findings about this item, or with this fingerprint, are suppressed.
fn suppressed(item: Option<&str>, fingerprint: Option<&str>, until: &str) -> RunRecord {
    let folder =
        crate::cli::folder_with(&[("收费目录-合成数据.csv", catalogue(&["甲费", "乙费"]).as_bytes())]);
    let said = Suppression {
        reason: "已报自治区补办批文".to_owned(),
        by: "督查室 张三".to_owned(),
        authority: Some("州人民政府督查室".to_owned()),
        on: Some("2016-11-01".to_owned()),
        until: Some(until.to_owned()),
    };
    let suppression = SuppressionRecord {
        rule: RULE.to_owned(),
        key: item.map(|item| ("item_name".to_owned(), item.to_owned())).into_iter().collect(),
        fingerprint: fingerprint.map(str::to_owned),
        said,
        expired: false,
        findings: 0,
    };
    let request =
        Request { rules: vec![RULE.to_owned()], suppressions: vec![suppression], ..common::request() };
    common::run(packs(), &[folder.path().to_owned()], &request)
}

#[test]
fn a_suppressed_finding_stays_in_the_record_and_does_not_count() {
    let record = suppressed(Some("甲费"), None, "2017-12-31");
    assert_eq!((record.manifest.totals.all(), record.manifest.suppressed.all()), (2, 1));
    assert_eq!(record.manifest.suppressions[0].findings, 1);
    let marked = record.findings.iter().filter(|finding| finding.suppression.is_some());
    assert_eq!(marked.count(), 1);
    assert_eq!(record.manifest.conclusion, Conclusion::NonConform);
}

#[test]
fn an_expired_suppression_does_nothing_and_says_so() {
    let record = suppressed(Some("甲费"), None, "2016-11-29");
    assert_eq!(record.manifest.suppressed.all(), 0);
    assert!(record.manifest.suppressions[0].expired);
}

#[test]
fn an_auditors_decision_is_carried_to_the_next_run_by_the_fingerprint() {
    let before = suppressed(None, Some("0000000000000000"), "2017-12-31");
    assert_eq!(before.manifest.suppressed.all(), 0);
    let decided = &before.findings[1];
    let after = suppressed(None, Some(&decided.fingerprint), "2017-12-31");
    let marked: Vec<&Finding> =
        after.findings.iter().filter(|finding| finding.suppression.is_some()).collect();
    assert_eq!(marked.len(), 1);
    assert_eq!(marked[0].key, decided.key);
    assert_eq!(marked[0].suppression.as_ref().and_then(|said| said.on.as_deref()), Some("2016-11-01"));
}
