//! What a rule tells from columns is what it says of the records one by one, whatever stands in them.

use std::collections::HashMap;

use mingcha_kit::batch::BatchData;
use mingcha_kit::prelude::*;
use mingcha_kit::{Cells, ColumnData, FindingData, Kind, Outcome, ReportingPeriod, Session, Settings, Tally};

use crate::PACK;
use crate::tables::emitter_exception::EMITTER_EXCEPTION;
use crate::tables::emitter_plan::EMITTER_PLAN;
use crate::tables::emitter_result::EMITTER_RESULT;

/// 2016-09-05 00:00
const FIRST: i64 = 17_049 * 86_400;

/// No day of records at random hours is complete.
const NEVER_PASSES: &str = "env/auto-gap";

/// Numbers that look like chance, the same each time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(0x5851_F42D_4C95_7F2D).wrapping_add(0x1405_7B7E_F767_814F);
        (self.0 >> 33) as usize % bound
    }

    fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }
}

fn text(column: &str, chance: &mut Chance) -> &'static str {
    let all: &[&str] = match column {
        "uscc" => &["91652302948219939M", "916523010824628146"],
        "point_code" | "point_name" => &["DA001", "DW001", "1号排口"],
        "pollutant" => &["二氧化硫", "化学需氧量", "氨氮", "pH值", "烟气温度", "昼间噪声"],
        "method" => &["自动", "手工"],
        "qualifier" => &["ND"],
        "unit" | "limit_unit" => &["mg/L", "毫克/升", "mg/m³", "无量纲", "份"],
        "limit_value" | "limit_high" => &["50", "5(8)", "6-9", "不得检出", "见附件"],
        "compliance" => &["达标", "超标", "未评价", "待定"],
        "medium" => &["有组织废气", "废水"],
        "averaging" => &["小时", "日均"],
        "standard_no" => &["GB 13223-2011", "GB 18918-2002"],
        "freq_n" => &["1次/日", "1次/月", "连续"],
        "discharge_mode" => &["连续", "不排放"],
        _ => &["甲", "乙"],
    };
    chance.of(all)
}

fn number(column: &str, chance: &mut Chance) -> f64 {
    match column {
        "o2_pct" | "o2_ref" => chance.of(&[3.0, 6.0, 9.5, 21.0]),
        "water_temp" => chance.of(&[8.0, 12.0, 20.0]),
        "exceed_multiple" => chance.of(&[0.24, 0.0, -1.0, 3.0]),
        _ => chance.of(&[-1.0, 0.0, 5.0, 7.0, 49.0, 50.0, 50.5, 62.0, 200.0]),
    }
}

/// In hours, so that periods meet, overlap and have odd lengths.
fn second(column: &str, chance: &mut Chance) -> i64 {
    let later = if column == "period_start" { 0 } else { chance.below(4) as i64 };
    FIRST + (chance.below(60) as i64 + later) * 3600 + if chance.below(20) == 0 { 600 } else { 0 }
}

fn cells(column: &Column, records: usize, chance: &mut Chance) -> Cells {
    let day = |chance: &mut Chance| i32::try_from(second("", chance) / 86_400).unwrap_or(0);
    match column.kind {
        Kind::Text if chance.below(8) == 0 => {
            Cells::Text((0..records).map(|_| text(column.name, chance)).collect())
        }
        Kind::Text => {
            let mut values: Vec<&str> = (0..6).map(|_| text(column.name, chance)).collect();
            values.sort_unstable();
            values.dedup();
            let codes = (0..records).map(|_| chance.below(values.len()) as u32).collect();
            Cells::Dictionary(codes, values.iter().collect())
        }
        Kind::Number => Cells::Number((0..records).map(|_| number(column.name, chance)).collect()),
        Kind::Integer => Cells::Integer(vec![1; records]),
        Kind::Decimal => Cells::Decimal(vec![1; records]),
        Kind::Date => Cells::Date((0..records).map(|_| day(chance)).collect()),
        Kind::Instant => Cells::Instant((0..records).map(|_| second(column.name, chance)).collect()),
        Kind::Flag => Cells::Flag(vec![1; records]),
    }
}

/// A column that is whole, mostly blank, or has blank and unreadable cells.
fn column(column: &Column, records: usize, chance: &mut Chance) -> ColumnData {
    let states = match (column.kind == Kind::Text && !column.fill_down, chance.below(6)) {
        (_, 0..3) => Vec::new(),
        (_, 3) => (0..records).map(|_| u8::from(chance.below(10) == 0)).collect(),
        (false, 4) => (0..records).map(|_| chance.of(&[0, 0, 0, 0, 1, 2])).collect(),
        _ => vec![1; records],
    };
    ColumnData { cells: cells(column, records, chance), states }
}

fn batch(table: &Table, first_id: u64, records: usize, chance: &mut Chance) -> BatchData {
    let columns = table.columns.iter().map(|declared| column(declared, records, chance)).collect();
    BatchData { records, first_id, ids: Vec::new(), columns }
}

/// Thresholds that few records reach.
const SETTINGS: &str =
    r#"{"flatline-run": 2, "near-limit-least": 3, "near-limit-share": 10.0, "near-limit-from": 90.0}"#;

/// Of every other seed the audit is of a period, which leaves out some records on both sides.
fn period(seed: u64) -> Option<ReportingPeriod> {
    let day = |day| NaiveDate::from_ymd_opt(2016, 9, day).expect("a day of the calendar");
    let (name, first, last) = ("20160905-20160906".to_owned(), day(5), day(6));
    seed.is_multiple_of(2).then_some(ReportingPeriod { name, first, last })
}

fn session(seed: u64) -> Session {
    let tables = [&EMITTER_RESULT, &EMITTER_PLAN, &EMITTER_EXCEPTION];
    let all = |table: &Table| table.columns.iter().map(|column| column.index).collect();
    let over_results = |rule: &&&Rule| rule.over.table.name == EMITTER_RESULT.name;
    let rules: Vec<u16> =
        PACK.rules.iter().zip(0..).filter(|(rule, _)| over_results(rule)).map(|(_, index)| index).collect();
    let orders: HashMap<u16, Vec<u16>> =
        tables.iter().map(|table| (PACK.index_of(table), all(table))).collect();
    let as_of = NaiveDate::from_ymd_opt(2016, 9, 7).expect("a day of the calendar");
    let settings = Settings::parse(SETTINGS).expect("settings");
    let names = tables.iter().map(|table| table.name).collect();
    let task = Task { as_of, period: period(seed), settings, keep: usize::MAX, tables: names };
    Session::open(&PACK, &rules, orders, task).expect("rules of the pack")
}

/// Findings in order of place, and what was counted.
fn said(mut session: Session, batches: &[(u16, BatchData)]) -> (Vec<FindingData>, Vec<Tally>) {
    let mut outcome = Outcome::default();
    let mut take = |one: Outcome| {
        outcome.findings.extend(one.findings);
        for tally in one.tallies {
            match outcome.tallies.iter_mut().find(|known| known.rule == tally.rule) {
                None => outcome.tallies.push(tally),
                Some(sum) => {
                    sum.applied += tally.applied;
                    sum.failed += tally.failed;
                    sum.skipped += tally.skipped;
                    sum.findings.iter_mut().zip(&tally.findings).for_each(|(sum, more)| *sum += more);
                }
            }
        }
    };
    for (table, batch) in batches {
        take(session.push(*table, batch.clone()).expect("a batch as announced"));
    }
    take(session.close());
    let Outcome { mut findings, mut tallies } = outcome;
    findings
        .sort_by(|a, b| (a.rule, a.at, &a.subject, a.message).cmp(&(b.rule, b.at, &b.subject, b.message)));
    tallies.sort_by_key(|tally| tally.rule);
    (findings, tallies)
}

#[test]
fn a_glance_at_the_columns_says_what_a_look_at_each_record_says() {
    let (mut applied, mut failed) = (vec![0; PACK.rules.len()], vec![0; PACK.rules.len()]);
    for seed in 0..400 {
        let mut chance = Chance(seed);
        let mut batches = vec![
            (PACK.index_of(&EMITTER_PLAN), batch(&EMITTER_PLAN, 0, 8, &mut chance)),
            (PACK.index_of(&EMITTER_EXCEPTION), batch(&EMITTER_EXCEPTION, 0, 2, &mut chance)),
        ];
        for number in 0..3 {
            let records = chance.below(60);
            batches.push((
                PACK.index_of(&EMITTER_RESULT),
                batch(&EMITTER_RESULT, number * 100, records, &mut chance),
            ));
        }
        let (screened, plain) = (said(session(seed), &batches), said(session(seed).unscreened(), &batches));
        assert_eq!(screened.1, plain.1, "seed {seed}");
        let differs = screened.0.iter().zip(&plain.0).find(|(screened, plain)| screened != plain);
        assert!(screened.0 == plain.0, "seed {seed}: {differs:#?}");
        for tally in &plain.1 {
            applied[usize::from(tally.rule)] += tally.applied;
            failed[usize::from(tally.rule)] += tally.failed;
        }
    }
    for (rule, (applied, failed)) in PACK.rules.iter().zip(applied.iter().zip(&failed)) {
        if rule.over.table.name == EMITTER_RESULT.name {
            let may_pass = rule.id != NEVER_PASSES;
            assert!(*failed > 0, "{} objects", rule.id);
            assert_eq!(applied > failed, may_pass, "{} passes: {failed} of {applied} failed", rule.id);
        }
    }
}
