//! Tests by hand that the plan wants and nobody made.
//!
//! Memory: a count per planned line and day, week or month with results.

use std::collections::{BTreeMap, HashMap};

use mingcha_kit::prelude::*;
use mingcha_kit::values::date;

use crate::bases;
use crate::exceptions::{self, Exceptions};
use crate::frequency::Frequency;
use crate::measurement::day_number;
use crate::planned;
use crate::points::PointKey;
use crate::slots::Slots;
use crate::tables::codes::MANUAL;
use crate::tables::emitter_plan::{self, EMITTER_PLAN, FREQ_N, FREQ_UNIT, METHOD, POINT_NAME};
use crate::tables::emitter_result::{
    DISCHARGE_MODE, EMITTER_RESULT, NO_DISCHARGE, PERIOD_END, PERIOD_START, POINT_CODE, POLLUTANT,
    SAMPLED_ON, USCC, VALUE,
};

rule! {
    /// ## 查什么
    /// 方案中的手工监测,每个日历时段(日、周一至周日、月、季、半年、年)都做够了方案的次数,或者有“未开展自行监测说明”。
    /// 只看整个落在检查时段内的日历时段;没有指定检查时段的,只看该点位首次和末次监测之间。连续几个时段没有做的合并报一条。
    /// 排放方式为“不排放”的记录算已说明。以下不查:一次结果也没有的(由“方案点位无监测结果”报);刚过去、结果还可能没有公开的;
    /// 每2日、每2周一次和按小时、按工作日计的频次;方案有几个频次的,按最低的。
    ///
    /// ## 为什么
    /// 方案规定了频次就要做到。漏做一次,那段时间是否超标就无从知道。
    ///
    /// ## 怎么改
    /// 做了没有公开的,补充公开;确实没有做的,在“未开展自行监测说明”中写明日期、排放口和原因。不得补造数据。
    ///
    /// ## 例
    /// ```csv bad
    /// 统一社会信用代码,排放口编号,污染物名称,监测方式,监测频次
    /// 91652302948219939M,DW001,悬浮物,手工,1次/月
    /// ```
    /// ```csv bad
    /// 统一社会信用代码,排放口编号,污染物名称,采样日期,监测值
    /// 91652302948219939M,DW001,悬浮物,2016-07-12,7
    /// 91652302948219939M,DW001,悬浮物,2016-09-13,8
    /// ```
    /// ```csv good
    /// 统一社会信用代码,排放口编号,污染物名称,监测方式,监测频次
    /// 91652302948219939M,DW001,悬浮物,手工,1次/月
    /// ```
    /// ```csv good
    /// 统一社会信用代码,排放口编号,污染物名称,采样日期,监测值
    /// 91652302948219939M,DW001,悬浮物,2016-07-01,7
    /// 91652302948219939M,DW001,悬浮物,2016-08-31,6
    /// 91652302948219939M,DW001,悬浮物,2016-09-13,8
    /// ```
    /// ---
    /// ## What
    /// In each day, week from Monday to Sunday, month, quarter, half-year or year there are as many tests as the plan wants of
    /// manual monitoring, or a declared exception. Only slots wholly within the period of the audit are looked at, without a
    /// period only those between the first and the last test of the point. Slots without tests in a row are one finding.
    /// Records of no discharge (不排放) count. Left alone: points without any result (`env/point-without-result`), slots just
    /// over whose results may not be out, tests every second day or week, by the hour or by working days. Of several
    /// frequencies the lowest counts.
    ///
    /// ## Why
    /// What the plan prescribes is to be done; of a time without a test nobody knows whether it exceeded.
    ///
    /// ## How to mend
    /// Publish what was tested; declare what was not, with days, point and reason. Never make up data.
    pub static RULE = Rule {
        id: "env/manual-gap",
        title: text("未按方案频次开展手工监测", "Manual tests of the plan not made"),
        scope: Scope::WholeTable,
        over: Reading::of(&EMITTER_RESULT, &[USCC, POINT_CODE, POLLUTANT])
            .and_optional(&[SAMPLED_ON, PERIOD_START, PERIOD_END, VALUE, DISCHARGE_MODE]),
        beside: &[
            Reading::of(&EMITTER_PLAN, &[emitter_plan::USCC, emitter_plan::POLLUTANT, METHOD, FREQ_N])
                .and_optional(&[emitter_plan::POINT_CODE, POINT_NAME, FREQ_UNIT]),
            exceptions::READING,
        ],
        accepts_unreadable: &[VALUE],
        bases: &[bases::FREQUENCY, bases::REASON_DISCLOSED, bases::PLAN_2016],
        since: bases::SINCE_81,
        messages: &[
            Message::new(
                "{point}“{pollutant}”{first}至{last}按方案应监测{expected}次,实有{actual}次,且未说明原因",
                "{point} “{pollutant}”: from {first} to {last} the plan wants {expected} tests, there are {actual}, and no reason is given",
            ),
            Message::named(
                "day",
                "{point}“{pollutant}”{first}按方案应监测{expected}次,实有{actual}次,且未说明原因",
                "{point} “{pollutant}”: on {first} the plan wants {expected} tests, there are {actual}, and no reason is given",
            ),
        ],
        check: Check::Inspection(|_| Box::new(ManualGap::default())),
        ..Rule::EMPTY
    };
}

/// A line of a plan and the tests made for it.
struct Line {
    keys: Vec<PointKey>,
    emitter: String,
    point: String,
    pollutant: String,
    place: Place,
    frequency: Frequency,
    slots: Slots,
    /// By the first day of the slot.
    tests: BTreeMap<NaiveDate, u32>,
    first_and_last: Option<(NaiveDate, NaiveDate)>,
}

struct ManualGap {
    exceptions: Exceptions,
    lines: Vec<Line>,
    index: HashMap<PointKey, usize>,
    /// The line of each point and pollutant with results.
    points: Groups<Option<usize>>,
}

impl Default for ManualGap {
    fn default() -> Self {
        let points = Groups::by(&[USCC, POINT_CODE, POLLUTANT]);
        Self { exceptions: Exceptions::default(), lines: Vec::new(), index: HashMap::new(), points }
    }
}

impl Inspection for ManualGap {
    fn beside(&mut self, batch: &Batch) {
        self.exceptions.add(batch);
        if batch.is_of(&EMITTER_PLAN) {
            batch.rows().filter_map(|line| Line::of(&line)).for_each(|line| self.add(line));
        }
    }

    fn record(&mut self, result: &Row, _: &mut Findings) -> Judged {
        let index = &self.index;
        let line = self.points.of(result, || {
            let cell = |column| result.text(column).unwrap_or_default();
            index.get(&PointKey::new(cell(USCC), cell(POINT_CODE), cell(POLLUTANT))).copied()
        })?;
        let line = &mut self.lines[(*line)?];
        if result.is_filled(VALUE) || result.text(DISCHARGE_MODE) == Some(NO_DISCHARGE) {
            line.count(date::from_days(day_number(result)?)?);
        }
        None
    }

    fn close(&mut self, findings: &mut Findings) {
        for line in &self.lines {
            findings.judge(|findings| line.judge(&self.exceptions, findings));
        }
    }
}

impl ManualGap {
    /// Of two lines about the same point and pollutant, such as two versions of the plan, the one asking for less counts.
    fn add(&mut self, line: Line) {
        if let Some(&known) = line.keys.iter().find_map(|key| self.index.get(key)) {
            let known = &mut self.lines[known];
            if known.frequency.days_between() < line.frequency.days_between() {
                (known.frequency, known.slots, known.place) = (line.frequency, line.slots, line.place);
            }
            return;
        }
        self.index.extend(line.keys.iter().map(|key| (key.clone(), self.lines.len())));
        self.lines.push(line);
    }
}

/// Slots in a row with too few tests.
struct Gap {
    first: NaiveDate,
    last: NaiveDate,
    wanted: u32,
    found: u32,
}

impl Line {
    fn of(line: &Row) -> Option<Self> {
        let written = line.text(FREQ_N)?;
        if line.text(METHOD)? != MANUAL || written.contains("工作日") {
            return None;
        }
        let frequency = Frequency::parse(written, line.text(FREQ_UNIT))?;
        let point = line.text(emitter_plan::POINT_CODE).or(line.text(POINT_NAME))?;
        let [emitter, point, pollutant] =
            [line.text(emitter_plan::USCC)?, point, line.text(emitter_plan::POLLUTANT)?].map(str::to_owned);
        Some(Self {
            keys: planned::keys(line),
            emitter,
            point,
            pollutant,
            place: line.place(),
            frequency,
            slots: Slots::of(frequency)?,
            tests: BTreeMap::new(),
            first_and_last: None,
        })
    }

    fn count(&mut self, day: NaiveDate) {
        let Some((slot, _)) = self.slots.around(day) else { return };
        *self.tests.entry(slot).or_default() += 1;
        let (first, last) = self.first_and_last.unwrap_or((day, day));
        self.first_and_last = Some((first.min(day), last.max(day)));
    }

    fn judge(&self, exceptions: &Exceptions, findings: &mut Findings) -> Judged {
        let task = findings.task();
        let (tested_first, tested_last) = self.first_and_last?;
        let (first, last) = match &task.period {
            // A line without a test in the period is one without results.
            Some(period) if tested_last < period.first || tested_first > period.last => return None,
            Some(period) => (period.first, period.last),
            None => (tested_first, tested_last),
        };
        let last = last.min(published_until(task.as_of)?);
        let mut slots = self.slots.within(first, last).peekable();
        slots.peek()?;
        for gap in self.gaps(slots, exceptions) {
            self.object(&gap, findings);
        }
        JUDGED
    }

    fn gaps(&self, slots: impl Iterator<Item = (NaiveDate, NaiveDate)>, exceptions: &Exceptions) -> Vec<Gap> {
        let excused = |(first, last): (NaiveDate, NaiveDate)| {
            self.keys
                .iter()
                .flat_map(|key| exceptions.of(key))
                .any(|exception| exception.touches(first, last))
        };
        let mut gaps: Vec<Gap> = Vec::new();
        for slot in slots {
            let found = self.tests.get(&slot.0).copied().unwrap_or_default();
            if found >= self.slots.tests || excused(slot) {
                continue;
            }
            match gaps.last_mut().filter(|gap| gap.last.succ_opt() == Some(slot.0)) {
                Some(gap) => {
                    gap.last = slot.1;
                    gap.wanted += self.slots.tests;
                    gap.found += found;
                }
                None => gaps.push(Gap { first: slot.0, last: slot.1, wanted: self.slots.tests, found }),
            }
        }
        gaps
    }

    fn object(&self, gap: &Gap, findings: &mut Findings) {
        let subject = format!("{} {} {} {}", self.emitter, self.point, self.pollutant, gap.first);
        let finding = findings.at_place(self.place).subject(subject);
        let finding = finding.with("point", self.point.as_str()).with("pollutant", self.pollutant.as_str());
        let finding = finding.with("first", gap.first).expected(gap.wanted).actual(gap.found);
        if gap.first == gap.last {
            finding.saying("day");
        } else {
            finding.with("last", gap.last);
        }
    }
}

/// The last day whose results are out on the day of the audit: results come the day after, from 2023 within five working
/// days, which with holidays may be two weeks.
fn published_until(as_of: NaiveDate) -> Option<NaiveDate> {
    let regime_of_2023 = bases::SINCE_FIVE_WORKING_DAYS.is_some_and(|since| as_of >= since);
    as_of.checked_sub_days(Days::new(if regime_of_2023 { 15 } else { 2 }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_of_yesterday_may_not_be_out() {
        let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day);
        assert_eq!(day(2016, 10, 2).and_then(published_until), day(2016, 9, 30));
        assert_eq!(day(2023, 10, 16).and_then(published_until), day(2023, 10, 1));
    }
}
