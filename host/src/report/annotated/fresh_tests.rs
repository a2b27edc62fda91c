//! Where a sheet ends, rows go on on the next; the limit is made small for it.

use std::io::Cursor;

use calamine::{Data, Reader as _, Xlsx};

use super::Annotator;
use super::fresh::with_rows;
use super::marks::said;
use crate::audit::RunRecord;
use crate::audit::record::{Finding, InputRecord, Place, RuleRecord, RunManifest, Status, Totals};
use crate::intake::TextManner;
use crate::manifest::{Language, Severity};

fn rule() -> RuleRecord {
    RuleRecord {
        applied: 25,
        passed: 24,
        failed: 1,
        findings: Totals { error: 1, ..Totals::default() },
        kept: 1,
        ..RuleRecord::unjudged("demo", "demo/fault", Severity::Error, Status::Failed)
    }
}

/// A text of 25 rows, of which the 23rd is objected to.
fn record() -> RunRecord {
    let input =
        InputRecord {
            path: "甲.csv".to_owned(), sha256: String::new(), bytes: 0, format: "text".to_owned()
        };
    let place = Place { input: "甲.csv".to_owned(), line: Some(23), ..Place::default() };
    let finding = Finding { id: 1, rule: "demo/fault".to_owned(), place: Some(place), ..Finding::default() };
    let manifest = RunManifest { inputs: vec![input], rules: vec![rule()], ..RunManifest::default() };
    RunRecord { manifest, findings: vec![finding], timings: None }
}

#[test]
fn rows_that_a_sheet_cannot_hold_go_on_on_the_next_and_links_follow_them() {
    let folder = tempfile::tempdir().expect("a folder");
    let text: String = (1..=25).map(|row| format!("{row},乙\n")).collect();
    std::fs::write(folder.path().join("甲.csv"), text).expect("a file");
    let record = record();
    let annotator = Annotator::new(&record, Language::Zh);
    let said = said(&annotator, 0).expect("an input");
    let mut bytes = Vec::new();
    crate::intake::again(&[folder.path().to_owned()], &mut |file| {
        bytes = with_rows(file, &said, &TextManner::default(), &annotator, 10).expect("a workbook");
    });
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook that can be read");
    assert_eq!(book.sheet_names(), ["甲", "甲 (2)", "甲 (3)", "明察发现"]);
    let third = book.worksheet_range("甲 (3)").expect("a sheet");
    assert_eq!(third.get_value((2, 0)), Some(&Data::String("23".to_owned())));
    let list = book.worksheet_range("明察发现").expect("a list");
    assert!(list.rows().any(|row| row[0].to_string().contains("超过一张工作表的上限")), "it is not said");
    let links = book.hyperlinks_by_sheet_name("明察发现").expect("links");
    assert!(format!("{links:?}").contains("甲 (3)'!A3"), "{links:?}");
}
