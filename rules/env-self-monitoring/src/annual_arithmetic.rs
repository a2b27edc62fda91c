//! The figures of an annual report do not fit together, or not with the results.
//!
//! Memory: a count per point, pollutant and year with manual results.

use std::collections::HashMap;

use mingcha_kit::prelude::*;
use mingcha_kit::values::date::from_days;

use crate::measurement::{day_number, is_manual};
use crate::points::PointKey;
use crate::tables::emitter_annual::{
    EMITTER_ANNUAL, MONITORING_DAYS, N_COMPLIANT, N_EXCEEDING, N_TESTS, POINT_CODE, POLLUTANT,
    PRODUCTION_DAYS, USCC, YEAR,
};
use crate::tables::emitter_result::{
    self, DISCHARGE_MODE, EMITTER_RESULT, METHOD, NO_DISCHARGE, PERIOD_END, PERIOD_START, SAMPLED_ON, VALUE,
};

rule! {
    /// ## 查什么
    /// 年度报告的数字前后一致:达标次数加超标次数等于监测次数;监测天数不多于生产天数;天数不超过全年天数(平年365、闰年
    /// 366)。提交了监测结果的,再核对监测次数:手工监测结果的条数多于报告的监测次数,报错;检查时段包括全年的,少于也报错。
    /// 自动监测的“次数”有的按小时、有的按天计,不与结果核对。
    ///
    /// ## 为什么
    /// 年度报告是一年监测的总账,账实应当相符。
    ///
    /// ## 怎么改
    /// 按原始记录重新统计并更正报告;结果漏公开的补充公开。
    ///
    /// ## 例
    /// ```csv bad
    /// 统一社会信用代码,年度,生产天数,监测天数,排放口编号,污染物名称,监测次数,达标次数,超标次数
    /// 91652302948219939M,2015,300,300,DW001,化学需氧量,300,295,4
    /// ```
    /// ```csv good
    /// 统一社会信用代码,年度,生产天数,监测天数,排放口编号,污染物名称,监测次数,达标次数,超标次数
    /// 91652302948219939M,2015,300,300,DW001,化学需氧量,300,296,4
    /// ```
    /// ---
    /// ## What
    /// The figures of an annual report agree: tests within and beyond the limit make up all tests; no more days of monitoring
    /// than of production; no more days than the year has. With results handed in, no more manual results than tests; and no
    /// fewer where the audited period is the whole year. Automatic means are counted by the hour in some reports and by the
    /// day in others, and not compared.
    ///
    /// ## Why
    /// The report sums up the year, and the sum should be right.
    ///
    /// ## How to mend
    /// Count again from the records and correct the report, or disclose the results that are missing.
    pub static RULE = Rule {
        id: "env/annual-arithmetic",
        title: text("年度报告数据不符", "Figures of the annual report disagree"),
        over: Reading::of(&EMITTER_ANNUAL, &[YEAR]).and_optional(&[
            USCC, POINT_CODE, POLLUTANT, PRODUCTION_DAYS, MONITORING_DAYS, N_TESTS, N_COMPLIANT, N_EXCEEDING,
        ]),
        beside: &[Reading::of(&EMITTER_RESULT, &[
            emitter_result::USCC, emitter_result::POINT_CODE, emitter_result::POLLUTANT,
        ])
        .and_optional(&[METHOD, SAMPLED_ON, PERIOD_START, PERIOD_END, VALUE, DISCHARGE_MODE])
        .presence(Presence::Optional)],
        messages: &[
            Message::new(
                "达标{n_compliant}次加超标{n_exceeding}次为{expected}次,与监测次数{n_tests}不符",
                "{n_compliant} within the limit and {n_exceeding} beyond it make {expected} tests, not {n_tests}",
            ),
            Message::named(
                "idle-days",
                "监测天数{monitoring_days}多于生产天数{production_days}",
                "{monitoring_days} days of monitoring are more than {production_days} of production",
            ),
            Message::named(
                "long-year",
                "{year}年只有{expected}天,填报为{actual}天",
                "{year} has {expected} days, not {actual}",
            ),
            Message::named(
                "results",
                "监测次数{n_tests}与手工监测结果{expected}条不符",
                "{n_tests} tests are reported, but there are {expected} manual results",
            ),
        ],
        check: Check::Inspection(|_| Box::new(AnnualArithmetic::default())),
        ..Rule::EMPTY
    };
}

struct AnnualArithmetic {
    results: Groups<Counts>,
    /// The counts by point, once all results were seen.
    counted: Option<HashMap<(PointKey, i32), i64>>,
}

/// Manual results by year; a point has few years.
#[derive(Debug, Default)]
struct Counts(Vec<(i32, i64)>);

impl Default for AnnualArithmetic {
    fn default() -> Self {
        let by = &[emitter_result::USCC, emitter_result::POINT_CODE, emitter_result::POLLUTANT];
        Self { results: Groups::by(by), counted: None }
    }
}

impl Inspection for AnnualArithmetic {
    fn beside(&mut self, batch: &Batch) {
        for result in batch.rows() {
            let tested = result.is_filled(VALUE) && result.text(DISCHARGE_MODE) != Some(NO_DISCHARGE);
            if tested
                && is_manual(&result)
                && let Some(year) = day_number(&result).and_then(from_days).map(|day| day.year())
                && let Some(counts) = self.results.of(&result, Counts::default)
            {
                counts.add(year);
            }
        }
    }

    fn record(&mut self, report: &Row, findings: &mut Findings) -> Judged {
        let year = i32::try_from(report.integer(YEAR)?).ok()?;
        sum(report, findings);
        days(report, year, findings);
        self.compare(report, year, findings);
        JUDGED
    }
}

impl Counts {
    fn add(&mut self, year: i32) {
        match self.0.iter_mut().find(|(counted, _)| *counted == year) {
            Some((_, count)) => *count += 1,
            None => self.0.push((year, 1)),
        }
    }
}

fn sum(report: &Row, findings: &mut Findings) -> Judged {
    let total = report.integer(N_COMPLIANT)?.checked_add(report.integer(N_EXCEEDING)?)?;
    let tests = report.integer(N_TESTS)?;
    if total != tests {
        findings.at(report, N_TESTS).expected(total).actual(tests).difference(tests.checked_sub(total)?);
    }
    JUDGED
}

fn days(report: &Row, year: i32, findings: &mut Findings) {
    let of_year = NaiveDate::from_ymd_opt(year, 12, 31).map_or(366, |last| i64::from(last.ordinal()));
    for column in [PRODUCTION_DAYS, MONITORING_DAYS] {
        if let Some(days) = report.integer(column).filter(|&days| days > of_year) {
            findings.at(report, column).saying("long-year").expected(of_year).actual(days);
            return;
        }
    }
    if let (Some(production), Some(monitoring)) =
        (report.integer(PRODUCTION_DAYS), report.integer(MONITORING_DAYS))
        && monitoring > production
    {
        findings.at(report, MONITORING_DAYS).saying("idle-days");
    }
}

impl AnnualArithmetic {
    fn compare(&mut self, report: &Row, year: i32, findings: &mut Findings) -> Judged {
        let point = PointKey::new(report.text(USCC)?, report.text(POINT_CODE)?, report.text(POLLUTANT)?);
        let (tests, results) = (report.integer(N_TESTS)?, *self.counted().get(&(point, year))?);
        if results > tests || results < tests && is_whole_year(report.task(), year) {
            findings.at(report, N_TESTS).saying("results").expected(results).actual(tests);
        }
        JUDGED
    }

    fn counted(&mut self) -> &HashMap<(PointKey, i32), i64> {
        let results = &self.results;
        self.counted.get_or_insert_with(|| {
            let mut counted = HashMap::new();
            for (cells, counts) in results.iter() {
                let mut cells = cells.split('\u{1f}');
                let mut cell = || cells.next().unwrap_or_default();
                let point = PointKey::new(cell(), cell(), cell());
                for &(year, count) in &counts.0 {
                    *counted.entry((point.clone(), year)).or_default() += count;
                }
            }
            counted
        })
    }
}

/// Whether the audited period is at least this year.
fn is_whole_year(task: &Task, year: i32) -> bool {
    let day = |month, day| NaiveDate::from_ymd_opt(year, month, day);
    let period = task.period.as_ref();
    period.is_some_and(|period| Some(period.first) <= day(1, 1) && day(12, 31) <= Some(period.last))
}
