//! The same time of a point and pollutant is reported twice.
//!
//! Memory: a bit per point, pollutant and time ([`Moments`]), and the latest [`REMEMBERED`] values of each point and
//! pollutant to compare with. So every repetition is found in any order of the records; whether its value differs can be
//! said only where the two stand near each other in their series.

use mingcha_kit::prelude::*;

use crate::moments::{Moment, Moments, moments};
use crate::tables::emitter_result::{
    EMITTER_RESULT, PERIOD_END, PERIOD_START, POINT_CODE, POLLUTANT, REPORT_NO, SAMPLED_ON, USCC, VALUE,
};

rule! {
    /// ## 查什么
    /// 同一单位、排放口、污染物、时段(起止都相同)只有一条监测结果。数值不同的为错误,数值相同的为警告。
    /// 手工监测只写了采样日期的:报告编号和数值都相同的为警告;数值或报告编号不同的可能是一天多次采样,只提示。
    ///
    /// ## 为什么
    /// 一个时段有两个数,就不知道哪个是真的;重复的数据也会使达标率、年度统计失实。
    ///
    /// ## 怎么改
    /// 删除重复的记录;数值不同的,核对原始记录后保留正确的一条。确系一天多次采样的,填写时段开始和结束。
    ///
    /// ## 例
    /// ```csv bad
    /// 统一社会信用代码,排放口编号,污染物名称,时段开始,时段结束,监测值
    /// 91652302948219939M,DW001,化学需氧量,2016-09-06 00:00,2016-09-06 02:00,31
    /// 91652302948219939M,DW001,化学需氧量,2016-09-06 00:00,2016-09-06 02:00,36
    /// ```
    /// ```csv good
    /// 统一社会信用代码,排放口编号,污染物名称,时段开始,时段结束,监测值
    /// 91652302948219939M,DW001,化学需氧量,2016-09-06 00:00,2016-09-06 02:00,31
    /// 91652302948219939M,DW001,化学需氧量,2016-09-06 02:00,2016-09-06 04:00,31
    /// ```
    /// ---
    /// ## What
    /// Of an emitter, point, pollutant and period, both beginning and end, there is one result. With another value a second
    /// one is an error, with the same value a warning. Of samples with nothing but a day: the same report and value is a
    /// warning, else only a notice, for several samples may have been taken that day.
    ///
    /// ## Why
    /// With two figures for one time nobody knows the true one, and repetitions falsify the statistics.
    ///
    /// ## How to mend
    /// Delete the repetition, or keep the right one after the raw record. For several samples a day give their times.
    pub static RULE = Rule {
        id: "env/duplicate-result",
        title: text("监测结果重复", "Result given twice"),
        severity: Severity::Warning,
        scope: Scope::Group(&[USCC, POINT_CODE, POLLUTANT]),
        over: Reading::of(&EMITTER_RESULT, &[USCC, POINT_CODE, POLLUTANT])
            .and_optional(&[PERIOD_START, PERIOD_END, SAMPLED_ON, VALUE, REPORT_NO]),
        messages: &[
            Message::new("{point_code}“{pollutant}”同一时段数据重复", "{point_code} “{pollutant}” is given twice for one time"),
            Message::named(
                "different",
                "{point_code}“{pollutant}”同一时段有两个不同的值:{expected}和{actual}",
                "{point_code} “{pollutant}” has two values for one time: {expected} and {actual}",
            )
            .weighing(Severity::Error),
            Message::named(
                "same-day",
                "{point_code}“{pollutant}”同一天有几条结果;如系多次采样,请写明起止时刻",
                "{point_code} “{pollutant}” has several results for one day; if several samples were taken, give their times",
            )
            .weighing(Severity::Notice),
            Message::named(
                "far-apart",
                "{point_code}“{pollutant}”同一时段的数据前面已有一条(相隔较远,数值未比较)",
                "{point_code} “{pollutant}” is given twice for one time, too far apart for the values to be compared",
            ),
        ],
        check: Check::Inspection(|_| Box::new(DuplicateResult(Groups::by(&[USCC, POINT_CODE, POLLUTANT])))),
        ..Rule::EMPTY
    };
}

/// How many values of a point and pollutant are kept to compare with: four days of hourly means.
const REMEMBERED: usize = 96;

/// A result, as far as the next is compared with it.
#[derive(Clone, Copy)]
struct Seen {
    moment: Moment,
    value: Option<f64>,
    report: Option<u32>,
    place: Place,
}

/// The results of a point and pollutant.
#[derive(Default)]
struct Series {
    moments: Moments,
    /// The latest, the oldest overwritten first.
    latest: Vec<Seen>,
    next: usize,
}

struct DuplicateResult(Groups<Series>);

impl Inspection for DuplicateResult {
    fn screen(&mut self, results: &Batch, findings: &mut Findings) -> Option<Screen> {
        let (moment, values) = (moments(results), results.numbers(VALUE));
        let reports = results.per_value(REPORT_NO, fingerprint);
        let seen = |index: usize| {
            let (value, report) = (values.at(index), reports.at(index));
            moment(index).map(|moment| Seen { moment, value, report, place: results.row(index).cell(VALUE) })
        };
        let mut judged = 0;
        let new = |_: &Row| Series::default();
        self.0.each_picked(results, seen, new, |series, records| {
            for &(_, seen) in records {
                if series.moments.insert(seen.moment) {
                    series.remember(seen);
                    judged += 1;
                } else {
                    findings.judge(|findings| series.object(&seen, findings));
                }
            }
        });
        findings.count(judged, 0);
        Some(Screen::All(Glance::Aside))
    }

    fn record(&mut self, result: &Row, findings: &mut Findings) -> Judged {
        let moment = Moment::of(result)?;
        let series = self.0.of(result, Series::default)?;
        let report = result.by_value(REPORT_NO, fingerprint);
        let seen = Seen { moment, value: result.number(VALUE), report, place: result.cell(VALUE) };
        if series.moments.insert(moment) {
            series.remember(seen);
            return JUDGED;
        }
        series.object(&seen, findings)
    }
}

impl Series {
    /// Objects to a result for a time that was seen before.
    fn object(&self, seen: &Seen, findings: &mut Findings) -> Judged {
        match self.latest.iter().find(|earlier| earlier.moment == seen.moment) {
            Some(earlier) => object(seen, earlier, findings),
            None => {
                findings.at_place(seen.place).saying("far-apart");
            }
        }
        JUDGED
    }

    fn remember(&mut self, seen: Seen) {
        if self.latest.len() < REMEMBERED {
            self.latest.push(seen);
        } else {
            self.latest[self.next] = seen;
            self.next = (self.next + 1) % REMEMBERED;
        }
    }
}

fn object(seen: &Seen, earlier: &Seen, findings: &mut Findings) {
    let same = seen.value == earlier.value;
    let finding = findings.at_place(seen.place).related(earlier.place);
    if seen.moment.only_a_day {
        if !same || seen.report != earlier.report {
            finding.saying("same-day");
        }
    } else if let (false, Some(value), Some(before)) = (same, seen.value, earlier.value) {
        finding.expected(before).actual(value).saying("different");
    }
}

/// Enough to tell the reports of one day apart.
fn fingerprint(report: &str) -> u32 {
    report.bytes().fold(0x811C_9DC5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}
