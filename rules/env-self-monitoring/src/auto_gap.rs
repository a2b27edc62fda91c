//! Days on which automatic data are incomplete and nobody said why.
//!
//! Memory: a bit mask per point, pollutant and day with data.

use std::collections::BTreeMap;

use mingcha_kit::prelude::*;
use mingcha_kit::values::date;

use crate::bases;
use crate::exceptions::{self, Exceptions};
use crate::measurement::is_automatic;
use crate::points::{self, Media, PointKey};
use crate::tables::codes::{STACK_GAS, WASTEWATER};
use crate::tables::emitter_result::{
    EMITTER_RESULT, METHOD, PERIOD_END, PERIOD_START, POINT_CODE, POLLUTANT, SAMPLED_ON, USCC,
};

rule! {
    /// ## 查什么
    /// 自动监测全天连续:废气每天24个1小时均值,废水每天12个2小时均值。从某点位某污染物有数据的第一天到最后一天(指定了
    /// 检查时段的,为该时段),逐日清点;缺的时段没有“未开展自行监测说明”覆盖的,每天报一条。检查日期当天及以后不查。
    /// 废气、废水按排放口编号(DA、DW)区分,其他编号看方案的污染源类别;都看不出的不查。
    ///
    /// ## 为什么
    /// 缺数而不说明,无法区分停产、故障和有意不测。
    ///
    /// ## 怎么改
    /// 补传缺少的时段;确实没有监测的,在“未开展自行监测说明”中写明起止日期、排放口和原因并公开。
    ///
    /// ## 例
    /// ```csv bad
    /// 统一社会信用代码,排放口编号,污染物名称,监测方式,时段开始,时段结束,监测值
    /// 91652302948219939M,DW001,化学需氧量,自动,2016-09-01 00:00,2016-09-01 02:00,31
    /// 91652302948219939M,DW001,化学需氧量,自动,2016-09-01 02:00,2016-09-01 04:00,33
    /// ```
    /// ```csv good
    /// 统一社会信用代码,排放口编号,污染物名称,监测方式,时段开始,时段结束,监测值
    /// 91652302948219939M,DW001,化学需氧量,自动,2016-09-01 00:00,2016-09-01 02:00,31
    /// 91652302948219939M,DW001,化学需氧量,自动,2016-09-01 02:00,2016-09-01 04:00,33
    /// ```
    /// ```csv good
    /// 统一社会信用代码,排放口编号,起始日期,截止日期,未开展自行监测的原因
    /// 91652302948219939M,DW001,2016-09-01,2016-09-03,设备检修
    /// ```
    /// ---
    /// ## What
    /// Automatic monitoring goes on all day: 24 means of one hour for waste gas, 12 of two hours for wastewater. From the
    /// first to the last day with data of a point and pollutant (or over the period of the audit), each day with fewer that
    /// no declared exception covers is a finding; the day of the audit and later are left out. DA and DW in the point's code
    /// tell gas from water, else the plan does.
    ///
    /// ## Why
    /// Data missing without a word may be a stop, a fault, or not wanting to know.
    ///
    /// ## How to mend
    /// Upload what is missing, or declare and publish from when to when the point was not monitored, and why.
    pub static RULE = Rule {
        id: "env/auto-gap",
        title: text("自动监测数据缺失未说明", "Automatic data missing without explanation"),
        scope: Scope::Group(&[USCC, POINT_CODE, POLLUTANT]),
        over: Reading::of(&EMITTER_RESULT, &[USCC, POINT_CODE, POLLUTANT, PERIOD_END])
            .and_optional(&[PERIOD_START, METHOD, SAMPLED_ON]),
        beside: &[exceptions::READING, points::MEDIA],
        bases: &[bases::ALL_DAY, bases::REASON_DISCLOSED, bases::PLAN_2016],
        since: bases::SINCE_81,
        messages: &[Message::new(
            "{point}“{pollutant}”{day}自动数据应有{expected}个时段,缺{difference}个且未说明原因",
            "{point} “{pollutant}”: of {expected} automatic means on {day}, {difference} are missing without a reason",
        )],
        check: Check::Inspection(|_| Box::new(AutoGap::default())),
        ..Rule::EMPTY
    };
}

/// Means seen of a point and pollutant.
struct Days {
    first: Place,
    emitter: String,
    point: String,
    pollutant: String,
    key: PointKey,
    /// How many a day has.
    means: u32,
    /// A bit for each mean, by day since 1970-01-01.
    seen: BTreeMap<i64, u32>,
    /// The day looked at last, which is mostly that of the next record, and its bits.
    current: (i64, u32),
}

struct AutoGap {
    exceptions: Exceptions,
    media: Media,
    points: Groups<Option<Days>>,
}

impl Default for AutoGap {
    fn default() -> Self {
        let points = Groups::by(&[USCC, POINT_CODE, POLLUTANT]);
        Self { exceptions: Exceptions::default(), media: Media::default(), points }
    }
}

impl Inspection for AutoGap {
    fn beside(&mut self, batch: &Batch) {
        self.exceptions.add(batch);
        self.media.add(batch);
    }

    fn record(&mut self, result: &Row, _: &mut Findings) -> Judged {
        if !is_automatic(result) {
            return None;
        }
        let end = result.seconds(PERIOD_END)?;
        let media = &self.media;
        let days = self.points.of(result, || Days::of(result, media))?.as_mut()?;
        days.first = days.first.min(result.place());
        let start = result.seconds(PERIOD_START).filter(|&start| start < end);
        days.mark(start.unwrap_or(end - days.hours() * 3600));
        None
    }

    fn close(&mut self, findings: &mut Findings) {
        for days in self.points.iter_mut().filter_map(|(_, days)| days.as_mut()) {
            days.flush();
            days.judge(&self.exceptions, findings);
        }
    }
}

impl Days {
    /// None where nobody says whether gas or water leaves at the point.
    fn of(result: &Row, media: &Media) -> Option<Self> {
        let (emitter, point, pollutant) =
            (result.text(USCC)?, result.text(POINT_CODE)?, result.text(POLLUTANT)?);
        let key = PointKey::new(emitter, point, pollutant);
        let means = match media.at(emitter, point)? {
            STACK_GAS => 24,
            WASTEWATER => 12,
            _ => return None,
        };
        let [emitter, point, pollutant] = [emitter, point, pollutant].map(str::to_owned);
        let (first, seen) = (result.place(), BTreeMap::new());
        Some(Self { first, emitter, point, pollutant, key, means, seen, current: (0, 0) })
    }

    fn hours(&self) -> i64 {
        if self.means == 24 { 1 } else { 2 }
    }

    fn mark(&mut self, start: i64) {
        let (day, hour) = (start.div_euclid(86_400), start.rem_euclid(86_400) / 3600);
        if day != self.current.0 {
            self.flush();
            self.current = (day, 0);
        }
        self.current.1 |= 1 << (hour >> (self.hours() - 1));
    }

    fn flush(&mut self) {
        let (day, means) = self.current;
        if means != 0 {
            *self.seen.entry(day).or_default() |= means;
        }
    }

    fn judge(&self, exceptions: &Exceptions, findings: &mut Findings) {
        let task = findings.task();
        let number = |day| i64::from(date::days_since_epoch(day));
        let seen = self.seen.keys().next().copied().zip(self.seen.keys().next_back().copied());
        let period = task.period.as_ref().map(|period| (number(period.first), number(period.last)));
        let Some((first, last)) = period.or(seen) else { return };
        // The day of the audit is not over.
        let last = last.min(number(task.as_of) - 1);
        let excused: Vec<_> = exceptions.of(&self.key).collect();
        for day in first..=last {
            let Some(date) = i32::try_from(day).ok().and_then(date::from_days) else { continue };
            if excused.iter().any(|exception| exception.covers(date)) {
                continue;
            }
            let found = self.seen.get(&day).map_or(0, |means| means.count_ones());
            findings.judge(|findings| {
                if found < self.means {
                    self.object(date, found, findings);
                }
                JUDGED
            });
        }
    }

    fn object(&self, day: NaiveDate, found: u32, findings: &mut Findings) {
        let subject = format!("{} {} {} {day}", self.emitter, self.point, self.pollutant);
        let finding = findings.about(subject).related(self.first).with("day", day);
        let finding = finding.with("point", self.point.as_str()).with("pollutant", self.pollutant.as_str());
        finding.expected(self.means).actual(found).difference(self.means - found);
    }
}
