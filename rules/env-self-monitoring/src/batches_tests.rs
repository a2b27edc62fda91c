//! What the rules over results say does not depend on how the records were cut into batches, nor on whether text comes
//! plain or as a dictionary; and each finds as much as was planted.

use std::collections::{BTreeMap, HashMap};

use mingcha_kit::batch::BatchData;
use mingcha_kit::prelude::*;
use mingcha_kit::{Cells, ColumnData, FindingData, Kind, Outcome, Session, Settings, TextData};

use crate::PACK;
use crate::tables::emitter_result::EMITTER_RESULT;

/// A two-hour mean of an invented emitter.
#[derive(Clone, Copy)]
struct Mean {
    point: &'static str,
    /// In hours since 1970-01-01.
    start: i64,
    value: f64,
}

/// 2016-09-05 00:00
const FIRST: i64 = 17_049 * 24;

/// Fifty days at two points, against a limit of 50: six exceedances on two days, and three repetitions.
fn means() -> Vec<Mean> {
    let mut means = Vec::new();
    for (point, above) in [("DW001", 55.0), ("DW002", 45.0)] {
        for step in 0..600_i64 {
            let value = if [3, 4, 5, 24, 25, 26].contains(&step) { above } else { 30.0 + (step % 17) as f64 };
            means.push(Mean { point, start: FIRST + 2 * step, value });
        }
    }
    let (near, far) = (means[598], means[0]);
    means.insert(600, near);
    means.insert(601, Mean { value: near.value + 1.0, ..near });
    means.push(far);
    means
}

fn text(mean: &Mean, column: &Column) -> Option<&'static str> {
    match column.name {
        "uscc" => Some("91652302948219939M"),
        "point_code" => Some(mean.point),
        "pollutant" => Some("化学需氧量"),
        "method" => Some("自动"),
        "limit_value" => Some("50"),
        _ => None,
    }
}

fn states<T>(cells: &[Option<T>]) -> Vec<u8> {
    cells.iter().map(|cell| u8::from(cell.is_none())).collect()
}

fn texts(cells: &[Option<&str>], dictionary: bool) -> Cells {
    let values: Vec<&str> = cells.iter().map(|cell| cell.unwrap_or_default()).collect();
    if !dictionary {
        return Cells::Text(values.iter().collect());
    }
    let mut known: Vec<&str> = values.clone();
    known.sort_unstable();
    known.dedup();
    let code = |value: &&str| known.binary_search(value).ok().and_then(|code| u32::try_from(code).ok());
    let codes = values.iter().map(|value| code(value).expect("a known value")).collect();
    Cells::Dictionary(codes, known.iter().collect::<TextData>())
}

fn column(means: &[Mean], column: &Column, dictionary: bool) -> ColumnData {
    let instants = |hours: Option<i64>| -> Vec<Option<i64>> {
        means.iter().map(|mean| hours.map(|hours| (mean.start + hours) * 3600)).collect()
    };
    match (column.kind, column.name) {
        (Kind::Text, _) => {
            let cells: Vec<_> = means.iter().map(|mean| text(mean, column)).collect();
            ColumnData { states: states(&cells), cells: texts(&cells, dictionary) }
        }
        (Kind::Instant, name) => {
            let after_start = match name {
                "period_start" => Some(0),
                "period_end" | "published_at" => Some(2),
                _ => None,
            };
            let cells = instants(after_start);
            let values = cells.iter().map(|cell| cell.unwrap_or_default()).collect();
            ColumnData { states: states(&cells), cells: Cells::Instant(values) }
        }
        (Kind::Date, _) => {
            ColumnData { states: vec![1; means.len()], cells: Cells::Date(vec![0; means.len()]) }
        }
        (_, name) => {
            let cells: Vec<_> = means.iter().map(|mean| (name == "value").then_some(mean.value)).collect();
            let values = cells.iter().map(|cell| cell.unwrap_or_default()).collect();
            ColumnData { states: states(&cells), cells: Cells::Number(values) }
        }
    }
}

fn session() -> Session {
    let table = PACK.index_of(&EMITTER_RESULT);
    let over_results = |rule: &&&Rule| rule.over.table.name == EMITTER_RESULT.name;
    let rules: Vec<u16> =
        PACK.rules.iter().zip(0..).filter(|(rule, _)| over_results(rule)).map(|(_, index)| index).collect();
    let order = EMITTER_RESULT.columns.iter().map(|column| column.index).collect();
    let as_of = NaiveDate::from_ymd_opt(2016, 11, 30).expect("a day of the calendar");
    let task = Task {
        as_of,
        period: None,
        settings: Settings::default(),
        keep: 1_000,
        tables: vec![EMITTER_RESULT.name],
    };
    Session::open(&PACK, &rules, HashMap::from([(table, order)]), task).expect("rules of the pack")
}

/// Findings in order of place, and per rule how many units were judged and objected to.
type Said = (Vec<FindingData>, BTreeMap<&'static str, (u64, u64)>);

fn said(means: &[Mean], size: usize, dictionary: bool) -> Said {
    let mut session = session();
    let mut outcomes: Vec<Outcome> = Vec::new();
    for (number, batch) in means.chunks(size).enumerate() {
        let columns = EMITTER_RESULT.columns.iter().map(|declared| column(batch, declared, dictionary));
        let data = BatchData {
            records: batch.len(),
            first_id: (number * size) as u64,
            ids: Vec::new(),
            columns: columns.collect(),
        };
        outcomes.push(session.push(PACK.index_of(&EMITTER_RESULT), data).expect("a batch as announced"));
    }
    outcomes.push(session.close());
    let mut counts = BTreeMap::new();
    for tally in outcomes.iter().flat_map(|outcome| &outcome.tallies) {
        let (applied, failed) = counts.entry(PACK.rules[usize::from(tally.rule)].id).or_insert((0, 0));
        (*applied, *failed) = (*applied + tally.applied, *failed + tally.failed);
    }
    let mut findings: Vec<_> = outcomes.into_iter().flat_map(|outcome| outcome.findings).collect();
    findings
        .sort_by(|a, b| (a.rule, a.at, &a.subject, a.message).cmp(&(b.rule, b.at, &b.subject, b.message)));
    (findings, counts)
}

#[test]
fn batches_and_dictionaries_change_nothing() {
    let means = means();
    let whole = said(&means, means.len(), true);
    assert!(!whole.0.is_empty());
    for (size, dictionary) in [(1, true), (7, false), (256, true), (1_000, false)] {
        assert_eq!(said(&means, size, dictionary), whole, "batches of {size}, dictionary {dictionary}");
    }
}

#[test]
fn what_was_planted_is_counted() {
    let means = means();
    let (_, counts) = said(&means, 100, true);
    let failed = |rule: &str| counts.get(rule).map(|(_, failed)| *failed);
    assert_eq!(failed("env/exceedance"), Some(6));
    assert_eq!(failed("env/multiple-missing"), Some(6));
    assert_eq!(failed("env/exceedance-unexplained"), Some(2));
    assert_eq!(failed("env/duplicate-result"), Some(3));
    assert_eq!(failed("env/auto-interval"), Some(0));
}

#[test]
fn repetitions_are_found_in_any_order() {
    let means = means();
    let count = means.len();
    // A step that shares no factor with the number of records visits each once.
    let shuffled: Vec<_> = (0..count).map(|at| means[at * 7 % count]).collect();
    assert_ne!(count % 7, 0);
    let (_, counts) = said(&shuffled, 64, true);
    assert_eq!(counts.get("env/duplicate-result"), Some(&(count as u64, 3)));
}
