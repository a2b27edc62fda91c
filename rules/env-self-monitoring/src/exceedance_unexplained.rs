//! Exceedances without a word about their cause and what was done.
//!
//! Memory: one entry per point, pollutant and day with an exceedance.

use std::collections::BTreeMap;

use mingcha_kit::prelude::*;
use mingcha_kit::values::date;

use crate::bases;
use crate::measurement::{day_number, is_beyond, only_beyond};
use crate::tables::emitter_result::{
    EMITTER_RESULT, EXCEED_NOTE, LIMIT_VALUE, PERIOD_END, PERIOD_START, POINT_CODE, POLLUTANT, QUALIFIER,
    SAMPLED_ON, USCC, VALUE, VALUE_CORRECTED, WATER_TEMP,
};

rule! {
    /// ## 查什么
    /// 超过限值的记录,在“超标原因及措施”(或“超标说明”“处理情况”“备注”等)栏写了原因和措施。同一排放口、同一污染物、
    /// 同一天的几条超标,写在其中一条即可。
    ///
    /// ## 为什么
    /// 超标后应当采取措施、分析原因并报告。只公开数字不作说明,公众无从知道是故障还是长期超标。
    /// 所依据的条文尚未核对原文。
    ///
    /// ## 怎么改
    /// 写明超标原因、采取的措施和是否已恢复达标,例如“鼓风机故障,当日12时更换,14时恢复达标,已报州环保局”。
    ///
    /// ## 例
    /// ```csv bad
    /// 统一社会信用代码,排放口编号,污染物名称,采样日期,监测值,标准限值,超标原因及措施
    /// 91652302948219939M,DW001,化学需氧量,2016-09-06,62,50,
    /// ```
    /// ```csv good
    /// 统一社会信用代码,排放口编号,污染物名称,采样日期,监测值,标准限值,超标原因及措施
    /// 91652302948219939M,DW001,化学需氧量,2016-09-06,62,50,鼓风机故障当日已修复并报告
    /// 91652302948219939M,DW001,化学需氧量,2016-09-07,45,50,
    /// ```
    /// ---
    /// ## What
    /// A result beyond its limit comes with its cause and what was done, in the column 超标原因及措施 (or 超标说明, 处理情况, 备注).
    /// Of several exceedances of a point and pollutant on one day, one says it for all.
    ///
    /// ## Why
    /// An exceedance calls for action, an explanation and a report; a bare figure may be a fault or the usual state. The
    /// article was not checked against the original text.
    ///
    /// ## How to mend
    /// Say what caused it, what was done, and whether the limit is met again.
    pub static RULE = Rule {
        id: "env/exceedance-unexplained",
        title: text("超标未说明原因及措施", "Exceedance not explained"),
        severity: Severity::Warning,
        scope: Scope::Group(&[USCC, POINT_CODE, POLLUTANT]),
        over: Reading::of(&EMITTER_RESULT, &[USCC, POINT_CODE, POLLUTANT, VALUE, LIMIT_VALUE]).and_optional(&[
            EXCEED_NOTE, SAMPLED_ON, PERIOD_START, PERIOD_END, VALUE_CORRECTED, QUALIFIER, WATER_TEMP,
        ]),
        bases: &[bases::EXCEEDANCE_HANDLED],
        since: bases::SINCE_81,
        messages: &[
            Message::new(
                "{point_code}“{pollutant}”超标,未说明原因及措施",
                "{point_code} “{pollutant}” is beyond its limit; neither cause nor action is given",
            ),
            Message::named(
                "several",
                "{point_code}“{pollutant}”{day}有{count}条超标,均未说明原因及措施",
                "{point_code} “{pollutant}” is beyond its limit {count} times on {day}; neither cause nor action is given",
            ),
        ],
        check: Check::Inspection(|_| {
            Box::new(ExceedanceUnexplained(Groups::by(&[USCC, POINT_CODE, POLLUTANT])))
        }),
        ..Rule::EMPTY
    };
}

/// The exceedances of a point and pollutant on a day.
struct Exceedances {
    first: Place,
    count: usize,
    explained: bool,
}

/// By day since 1970-01-01, where one is known.
struct ExceedanceUnexplained(Groups<BTreeMap<Option<i32>, Exceedances>>);

impl Inspection for ExceedanceUnexplained {
    fn screen(&mut self, results: &Batch, _: &mut Findings) -> Option<Screen> {
        Some(only_beyond(results))
    }

    fn record(&mut self, result: &Row, _: &mut Findings) -> Judged {
        if !is_beyond(result)? {
            return None;
        }
        let note = result.cell(EXCEED_NOTE);
        let days = self.0.of(result, BTreeMap::new)?;
        let day =
            days.entry(day_number(result)).or_insert(Exceedances { first: note, count: 0, explained: false });
        day.first = day.first.min(note);
        day.count += 1;
        day.explained |= result.is_filled(EXCEED_NOTE);
        None
    }

    fn close(&mut self, findings: &mut Findings) {
        for (&day, exceedances) in self.0.iter().flat_map(|(_, days)| days) {
            findings.judge(|findings| {
                if !exceedances.explained {
                    exceedances.object(day, findings);
                }
                JUDGED
            });
        }
    }
}

impl Exceedances {
    fn object(&self, day: Option<i32>, findings: &mut Findings) {
        let finding = findings.at_place(self.first);
        if let (Some(day), 2..) = (day.and_then(date::from_days), self.count) {
            finding.with("day", day).with("count", self.count).saying("several");
        }
    }
}
