//! Results that were withdrawn before a year was over.
//!
//! Memory: a bit per point, pollutant and time of the later data ([`Moments`]), and an entry per point and pollutant of
//! the earlier.

use std::collections::{HashMap, HashSet};

use mingcha_kit::prelude::*;
use mingcha_kit::values::date;

use crate::bases;
use crate::measurement::day_number;
use crate::moments::{Moment, Moments};
use crate::points::PointKey;
use crate::tables::emitter_result::{
    EMITTER_RESULT, PERIOD_END, PERIOD_START, POINT_CODE, POLLUTANT, PUBLISHED_AT, SAMPLED_ON, USCC,
};
use crate::tables::emitter_snapshot::EMITTER_SNAPSHOT;

rule! {
    /// ## 查什么
    /// 较早快照中的监测结果,到检查日期公开不足一年的,在本次提交的监测结果中还在(同一单位、排放口、污染物、时段)。没有公开
    /// 时间的,按监测时间算。较早快照是文件名、工作表名或标题中带“较早快照”“上次快照”“历史快照”等字样的监测结果表。
    /// 每个排放口、每种污染物报一次;该单位在本次数据中一条结果都没有的,只提示。
    ///
    /// ## 为什么
    /// 监测结果在公开平台上应当至少保存一年。悄悄撤下,公众就查不到以前的超标。所依据的条文尚未核对原文。
    ///
    /// ## 怎么改
    /// 恢复被撤下的数据;数据有误需要更正的,保留原记录并公开更正说明。
    ///
    /// ## 例
    /// ```csv bad as-of=2016-11-30
    /// 自行监测结果(较早快照)
    /// 统一社会信用代码,排放口编号,污染物名称,采样日期,监测值,公开时间
    /// 91652302948219939M,DW001,化学需氧量,2016-09-06,62,2016-09-07 10:00
    /// ```
    /// ```csv bad as-of=2016-11-30
    /// 统一社会信用代码,排放口编号,污染物名称,采样日期,监测值,公开时间
    /// 91652302948219939M,DW001,化学需氧量,2016-11-08,38,2016-11-09 10:00
    /// ```
    /// ```csv good as-of=2016-11-30
    /// 自行监测结果(较早快照)
    /// 统一社会信用代码,排放口编号,污染物名称,采样日期,监测值,公开时间
    /// 91652302948219939M,DW001,化学需氧量,2015-09-06,62,2015-09-07 10:00
    /// 91652302948219939M,DW001,化学需氧量,2016-09-06,41,2016-09-07 10:00
    /// ```
    /// ```csv good as-of=2016-11-30
    /// 统一社会信用代码,排放口编号,污染物名称,采样日期,监测值,公开时间
    /// 91652302948219939M,DW001,化学需氧量,2016-09-06,41,2016-09-07 10:00
    /// ```
    /// ---
    /// ## What
    /// Results of the earlier snapshot that have been public for less than a year on the day of the audit are still among the
    /// results handed in (emitter, point, pollutant, time). Where no time of publication is given, the time of measurement
    /// counts. The earlier snapshot is a table of results named 较早快照, 上次快照 or 历史快照. One finding for each point and
    /// pollutant; where the emitter has no results at all now, only a notice.
    ///
    /// ## Why
    /// Results stay on the platform for a year at least; taken down quietly, past exceedances cannot be found. The article was
    /// not checked against the original text.
    ///
    /// ## How to mend
    /// Restore the data; where it was wrong, keep the record and publish a correction beside it.
    pub static RULE = Rule {
        id: "env/retention",
        title: text("公开不足一年的结果被撤下", "Results withdrawn within a year"),
        severity: Severity::Warning,
        scope: Scope::Group(&[USCC, POINT_CODE, POLLUTANT]),
        over: Reading::of(&EMITTER_SNAPSHOT, &[USCC, POINT_CODE, POLLUTANT])
            .and_optional(&[SAMPLED_ON, PERIOD_START, PERIOD_END, PUBLISHED_AT]),
        beside: &[Reading::of(&EMITTER_RESULT, &[USCC, POINT_CODE, POLLUTANT])
            .and_optional(&[SAMPLED_ON, PERIOD_START, PERIOD_END])],
        bases: &[bases::KEPT_A_YEAR],
        since: bases::SINCE_81,
        messages: &[
            Message::new(
                "{point_code}“{pollutant}”自{first}起有{count}条结果公开不足一年,已被撤下",
                "{count} results of {point_code} “{pollutant}” from {first} on were withdrawn before a year was over",
            ),
            Message::named(
                "all-gone",
                "本次数据中没有该单位的任何结果,其中{point_code}“{pollutant}”自{first}起有{count}条公开不足一年,请确认是否漏交",
                "Nothing of this emitter is in the data; {count} results of {point_code} “{pollutant}” from {first} on have not been public for a year. Was a file left out?",
            )
            .weighing(Severity::Notice),
        ],
        check: Check::Inspection(|task| Box::new(Retention::new(task))),
        ..Rule::EMPTY
    };
}

/// What is still there, by emitter, point and pollutant.
struct Later {
    emitters: HashSet<String>,
    index: HashMap<PointKey, usize>,
    moments: Vec<Moments>,
    slots: Groups<usize>,
}

/// What was there of a point and pollutant.
#[derive(Default)]
struct Earlier {
    /// Where to look for it.
    later: Option<usize>,
    /// The emitter has results now.
    is_heard: bool,
    /// Results that ought to be there still and are not.
    missing: usize,
    /// The earliest of them, and its day since 1970-01-01.
    first: Option<(i32, Place)>,
}

struct Retention {
    /// Days since 1970-01-01: what was published later must still be there.
    year_ago: i32,
    later: Later,
    earlier: Groups<Earlier>,
}

const GROUP: &[Column] = &[USCC, POINT_CODE, POLLUTANT];

impl Retention {
    fn new(task: &Task) -> Self {
        let (year, month, day) = (task.as_of.year() - 1, task.as_of.month(), task.as_of.day());
        let leap_day = || NaiveDate::from_ymd_opt(year, 2, 28);
        let year_ago = NaiveDate::from_ymd_opt(year, month, day).or_else(leap_day);
        let later = Later {
            emitters: HashSet::new(),
            index: HashMap::new(),
            moments: Vec::new(),
            slots: Groups::by(GROUP),
        };
        Self {
            year_ago: year_ago.map_or(i32::MAX, date::days_since_epoch),
            later,
            earlier: Groups::by(GROUP),
        }
    }
}

fn point_of(result: &Row) -> PointKey {
    let cell = |column| result.text(column).unwrap_or_default();
    PointKey::new(cell(USCC), cell(POINT_CODE), cell(POLLUTANT))
}

impl Later {
    fn add(&mut self, result: &Row) -> Option<()> {
        let moment = Moment::of(result)?;
        let (index, moments, emitters) = (&mut self.index, &mut self.moments, &mut self.emitters);
        let slot = *self.slots.of(result, || {
            let point = point_of(result);
            emitters.insert(point.emitter.clone());
            *index.entry(point).or_insert_with(|| {
                moments.push(Moments::default());
                moments.len() - 1
            })
        })?;
        self.moments[slot].insert(moment);
        Some(())
    }
}

impl Inspection for Retention {
    fn beside(&mut self, batch: &Batch) {
        for result in batch.rows() {
            self.later.add(&result);
        }
    }

    fn record(&mut self, result: &Row, _: &mut Findings) -> Judged {
        let day = day_number(result)?;
        let published = result.seconds(PUBLISHED_AT).and_then(|at| i32::try_from(at.div_euclid(86_400)).ok());
        let moment = Moment::of(result)?;
        if published.unwrap_or(day) <= self.year_ago {
            return None;
        }
        let later = &self.later;
        let earlier = self.earlier.of(result, || {
            let point = point_of(result);
            let is_heard = later.emitters.contains(&point.emitter);
            Earlier { later: later.index.get(&point).copied(), is_heard, ..Earlier::default() }
        })?;
        if !earlier.later.is_some_and(|slot| later.moments[slot].has(moment)) {
            let this = (day, result.place());
            earlier.missing += 1;
            earlier.first = Some(earlier.first.map_or(this, |first| first.min(this)));
        }
        None
    }

    fn close(&mut self, findings: &mut Findings) {
        for (_, earlier) in self.earlier.iter() {
            findings.judge(|findings| earlier.judge(findings));
        }
    }
}

impl Earlier {
    fn judge(&self, findings: &mut Findings) -> Judged {
        if let Some((day, place)) = self.first {
            let finding = findings.at_place(place).with("first", date::from_days(day)?);
            let finding = finding.with("count", self.missing);
            if !self.is_heard {
                finding.saying("all-gone");
            }
        }
        JUDGED
    }
}
