//! There are results from a time in which, it was declared, nothing was monitored.
//!
//! Memory: one entry per exception, and per point and pollutant.

use std::collections::BTreeMap;

use mingcha_kit::prelude::*;
use mingcha_kit::values::date;

use crate::bases;
use crate::exceptions::{self, Exception, Exceptions};
use crate::measurement::day_number;
use crate::points::PointKey;
use crate::tables::emitter_result::{
    DISCHARGE_MODE, EMITTER_RESULT, NO_DISCHARGE, PERIOD_END, PERIOD_START, POINT_CODE, POLLUTANT,
    SAMPLED_ON, USCC, VALUE,
};

rule! {
    /// ## 查什么
    /// “未开展自行监测说明”所列起止日期之内,同一单位、排放口、污染物没有监测结果。说明未写排放口或污染物的,视为全部。
    /// 只在起始日或截止日当天有结果的只提示,因为当天可能只停了一部分时间。排放方式为“不排放”的记录不算监测结果。
    ///
    /// ## 为什么
    /// 声明没有监测却有数据,两者必有一个不真实。
    ///
    /// ## 怎么改
    /// 核对运行和监测记录:说明的日期或排放口写错的,改正说明;数据是误传、补造或仪器空转的,按规定标记并说明。
    ///
    /// ## 例
    /// ```csv bad
    /// 统一社会信用代码,排放口编号,起始日期,截止日期,未开展自行监测的原因
    /// 91652302948219939M,DW001,2016-09-01,2016-09-10,停产
    /// ```
    /// ```csv bad
    /// 统一社会信用代码,排放口编号,污染物名称,采样日期,监测值
    /// 91652302948219939M,DW001,化学需氧量,2016-09-05,31
    /// ```
    /// ```csv good
    /// 统一社会信用代码,排放口编号,起始日期,截止日期,未开展自行监测的原因
    /// 91652302948219939M,DW001,2016-09-01,2016-09-10,停产
    /// ```
    /// ```csv good
    /// 统一社会信用代码,排放口编号,污染物名称,采样日期,监测值
    /// 91652302948219939M,DW001,化学需氧量,2016-09-11,31
    /// ```
    /// ---
    /// ## What
    /// Between the days of a declared exception the emitter has no results for that point and pollutant; one that names none
    /// means all. Results only on the first or last day are a notice, for monitoring may have stopped during the day. Records
    /// of no discharge (不排放) are no results.
    ///
    /// ## Why
    /// Declared as not monitored, and yet measured: one of the two is not true.
    ///
    /// ## How to mend
    /// Check the records of operation and monitoring; correct the days or the point, or mark and explain the data.
    pub static RULE = Rule {
        id: "env/exception-overlap",
        title: text("声明未监测期间有监测数据", "Results from a time declared as not monitored"),
        scope: Scope::Group(&[USCC]),
        over: Reading::of(&EMITTER_RESULT, &[USCC, POINT_CODE, POLLUTANT, VALUE])
            .and_optional(&[SAMPLED_ON, PERIOD_START, PERIOD_END, DISCHARGE_MODE]),
        beside: &[exceptions::READING.presence(Presence::Needed)],
        bases: &[bases::REASON_DISCLOSED, bases::TRUTHFUL_DISCLOSURE],
        since: bases::SINCE_81,
        messages: &[
            Message::new(
                "声明未监测期间({first}起)存在{count}条监测数据",
                "There are {count} results from the time declared as not monitored (from {first})",
            ),
            Message::named(
                "edge",
                "声明未监测的首日或末日({first}起)有{count}条监测数据,请写明起止时刻",
                "There are {count} results on the first or last day declared as not monitored (from {first}); state the hours",
            )
            .weighing(Severity::Notice),
        ],
        check: Check::Inspection(|_| Box::new(ExceptionOverlap::default())),
        ..Rule::EMPTY
    };
}

/// What was measured in a declared exception.
#[derive(Default)]
struct Overlap {
    from: NaiveDate,
    /// On days between the first and the last.
    within: usize,
    /// On the first or last day.
    at_the_edge: usize,
    first_result: Option<Place>,
}

struct ExceptionOverlap {
    exceptions: Exceptions,
    points: Groups<Vec<Exception>>,
    overlaps: BTreeMap<Place, Overlap>,
}

impl Default for ExceptionOverlap {
    fn default() -> Self {
        let points = Groups::by(&[USCC, POINT_CODE, POLLUTANT]);
        Self { exceptions: Exceptions::default(), points, overlaps: BTreeMap::new() }
    }
}

impl Inspection for ExceptionOverlap {
    fn beside(&mut self, batch: &Batch) {
        self.exceptions.add(batch);
    }

    fn record(&mut self, result: &Row, _: &mut Findings) -> Judged {
        let exceptions = &self.exceptions;
        let applying = self.points.of(result, || {
            let cell = |column| result.text(column).unwrap_or_default();
            let point = PointKey::new(cell(USCC), cell(POINT_CODE), cell(POLLUTANT));
            exceptions.of(&point).cloned().collect()
        })?;
        if applying.is_empty() || result.is_blank(VALUE) || result.text(DISCHARGE_MODE) == Some(NO_DISCHARGE)
        {
            return None;
        }
        let day = date::from_days(day_number(result)?)?;
        for exception in applying {
            let overlap = self
                .overlaps
                .entry(exception.place)
                .or_insert(Overlap { from: exception.from, ..Overlap::default() });
            if exception.covers(day) {
                let edge = day == exception.from || Some(day) == exception.to;
                *(if edge { &mut overlap.at_the_edge } else { &mut overlap.within }) += 1;
                overlap.first_result =
                    Some(overlap.first_result.map_or(result.place(), |first| first.min(result.place())));
            }
        }
        None
    }

    fn close(&mut self, findings: &mut Findings) {
        for (&place, overlap) in &self.overlaps {
            findings.judge(|findings| {
                if let Some(result) = overlap.first_result {
                    let finding = findings.at_place(place).related(result).with("first", overlap.from);
                    if overlap.within > 0 {
                        finding.with("count", overlap.within + overlap.at_the_edge);
                    } else {
                        finding.with("count", overlap.at_the_edge).saying("edge");
                    }
                }
                JUDGED
            });
        }
    }
}
