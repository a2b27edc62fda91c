//! A result lacks one of the items it must have.

use mingcha_kit::prelude::*;

use crate::bases;
use crate::pollutants::is_noise;
use crate::tables::emitter_result::{
    COMPLIANCE, DISCHARGE_MODE, DISCHARGE_TO, EMITTER_RESULT, LIMIT_VALUE, NO_DISCHARGE, NOT_ASSESSED,
    PERIOD_END, PERIOD_START, POINT_CODE, POLLUTANT, SAMPLED_ON, VALUE,
};

rule! {
    /// ## 查什么
    /// 每条监测结果都有:监测点位、监测时间(采样日期或时段)、污染物、监测值、标准限值、达标情况、排放方式、排放去向。
    /// 三种情形从宽:排放方式为“不排放”的,不要求监测值、达标情况和排放去向;达标情况为“未评价”的,不要求标准限值;
    /// 厂界噪声不要求排放方式和去向。
    ///
    /// ## 为什么
    /// 缺了任何一项,公众都无法判断这条结果是否达标、排到了哪里。
    ///
    /// ## 怎么改
    /// 在所列各栏补填。没有检出的写“未检出”,不要空着。
    ///
    /// ## 例
    /// ```csv bad
    /// 排放口编号,污染物名称,采样日期,监测值,标准限值,达标情况,污染物排放方式,排放去向
    /// DW001,化学需氧量,2016-09-01,38,50,达标,连续,
    /// ```
    /// ```csv good
    /// 排放口编号,污染物名称,采样日期,监测值,标准限值,达标情况,污染物排放方式,排放去向
    /// DW001,化学需氧量,2016-09-01,38,50,达标,连续,某某河
    /// DW001,石油类,2016-09-01,未检出,1,达标,连续,某某河
    /// ```
    /// ---
    /// ## What
    /// Every result has: point, time (day of sampling or period), pollutant, value, limit, compliance, discharge mode, where
    /// it is discharged to. Without discharge (不排放) value, compliance and destination may be empty; not assessed (未评价),
    /// the limit; for noise, mode and destination.
    ///
    /// ## Why
    /// With one of them missing nobody can tell whether the result complies or where the pollutant went.
    ///
    /// ## How to mend
    /// Fill in the columns named. What was not detected is written 未检出, not left empty.
    pub static RULE = Rule {
        id: "env/result-fields",
        title: text("监测结果缺项", "Result incomplete"),
        over: Reading::of(&EMITTER_RESULT, &[]).and_optional(&COLUMNS),
        accepts_unreadable: &COLUMNS,
        bases: &[bases::RESULT_CONTENT],
        since: bases::SINCE_81,
        messages: &[Message::new("监测结果缺少:{missing}", "The result lacks: {missing}")],
        check: Check::Batch(result_fields),
        ..Rule::EMPTY
    };
}

const COLUMNS: [Column; 10] = [
    POINT_CODE,
    POLLUTANT,
    VALUE,
    LIMIT_VALUE,
    COMPLIANCE,
    DISCHARGE_MODE,
    DISCHARGE_TO,
    SAMPLED_ON,
    PERIOD_START,
    PERIOD_END,
];

/// The first so many of [`COLUMNS`] are needed each; of the rest, the times, one is enough.
const NEEDED: usize = 7;

/// Columns first: only records with a blank where something is needed are asked ten questions. No record is skipped for an
/// unreadable cell, which is not a missing one.
fn result_fields(batch: &Batch, findings: &mut Findings) {
    let mut failed = 0;
    for (index, _) in lacking(batch).into_iter().enumerate().filter(|(_, lacks)| *lacks) {
        let result = batch.row(index);
        let missing = missing(&result);
        if let Some(&first) = missing.first() {
            failed += 1;
            findings.at(&result, first).with("missing", &missing);
        }
    }
    findings.count(batch.len() as u64, failed);
}

/// Of each record, whether a needed cell is blank, or all times are.
fn lacking(batch: &Batch) -> Vec<bool> {
    let is_blank = |column: &Column, index: usize| batch.column(*column).state(index) == State::Blank;
    let mut lacking = vec![false; batch.len()];
    for column in COLUMNS[..NEEDED].iter().filter(|column| !batch.column(**column).states.is_empty()) {
        lacking.iter_mut().enumerate().for_each(|(index, lacks)| *lacks |= is_blank(column, index));
    }
    let times = &COLUMNS[NEEDED..];
    if !times.iter().any(|column| batch.column(*column).states.is_empty()) {
        let has_none = |index| times.iter().all(|column| is_blank(column, index));
        lacking.iter_mut().enumerate().for_each(|(index, lacks)| *lacks |= has_none(index));
    }
    lacking
}

fn missing(result: &Row) -> Vec<Column> {
    let needed = COLUMNS[..NEEDED].iter().copied();
    let mut missing: Vec<_> = needed.filter(|&column| result.is_blank(column)).collect();
    if !missing.is_empty() {
        missing.retain(|&column| !is_excused(result, column));
    }
    if COLUMNS[NEEDED..].iter().all(|&column| result.is_blank(column)) {
        missing.push(SAMPLED_ON);
    }
    missing
}

fn is_excused(result: &Row, column: Column) -> bool {
    let idle = [VALUE, COMPLIANCE, DISCHARGE_TO].contains(&column);
    let discharge = [DISCHARGE_MODE, DISCHARGE_TO].contains(&column);
    idle && result.text(DISCHARGE_MODE) == Some(NO_DISCHARGE)
        || column == LIMIT_VALUE && result.text(COMPLIANCE) == Some(NOT_ASSESSED)
        || discharge && result.by_value(POLLUTANT, is_noise) == Some(true)
}
