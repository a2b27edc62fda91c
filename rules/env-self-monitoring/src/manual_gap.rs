//! Tests by hand that the plan wants and nobody made.
//!
//! Memory: a count per planned line and day, week or month with results.

use std::collections::HashMap;

use mingcha_kit::prelude::*;
use mingcha_kit::values::date;

use crate::bases;
use crate::exceptions::{self, Exceptions};
use crate::manual_line::{Gap, Line};
use crate::measurement::day_number;
use crate::points::PointKey;
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
    /// 每2日、每2周一次和按小时计的频次;按工作日计的频次遇休息日、放假安排未定的日子;方案有几个频次的,按最低的。
    ///
    /// 工作日按参考数据 `working-days` 计,可用设置 `calendar-days` 逐日修改或补充年份。
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
    /// over whose results may not be out, tests every second day or week or by the hour; where tests are made on working days, days of rest and days nobody is sure
    /// of. Of several
    /// frequencies the lowest counts.
    ///
    /// Working days are those of the facts `working-days`, which the setting `calendar-days` changes.
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
        check: Check::Inspection(|task| Box::new(ManualGap::new(task))),
        ..Rule::EMPTY
    };
}

struct ManualGap {
    /// First and last day, where the audit is of a period.
    period: Option<(NaiveDate, NaiveDate)>,
    exceptions: Exceptions,
    lines: Vec<Line>,
    index: HashMap<PointKey, usize>,
    /// The line of each point and pollutant with results.
    points: Groups<Option<usize>>,
}

impl Inspection for ManualGap {
    fn beside(&mut self, batch: &Batch) {
        self.exceptions.add(batch);
        if batch.is_of(&EMITTER_PLAN) {
            batch.rows().flat_map(|line| Line::of(&line)).for_each(|line| self.add(line));
        }
    }

    fn screen(&mut self, results: &Batch, _: &mut Findings) -> Option<Screen> {
        let (index, mut look) = (&self.index, Vec::new());
        self.points.each(
            results,
            |result| line_of(index, result),
            |line, records| {
                if line.is_some() {
                    look.extend_from_slice(records);
                }
            },
        );
        Some(Screen::sifted(0, look))
    }

    fn record(&mut self, result: &Row, _: &mut Findings) -> Judged {
        let index = &self.index;
        let line = self.points.of(result, || line_of(index, result))?;
        let line = &mut self.lines[(*line)?];
        if result.is_filled(VALUE) || result.text(DISCHARGE_MODE) == Some(NO_DISCHARGE) {
            let day = date::from_days(day_number(result)?)?;
            if self.period.is_none_or(|(first, last)| (first..=last).contains(&day)) {
                line.count(day);
            }
        }
        None
    }

    fn close(&mut self, findings: &mut Findings) {
        for line in &self.lines {
            findings.judge(|findings| judge(line, self.period, &self.exceptions, findings));
        }
    }
}

impl ManualGap {
    fn new(task: &Task) -> Self {
        Self {
            period: task.period.as_ref().map(|period| (period.first, period.last)),
            exceptions: Exceptions::default(),
            lines: Vec::new(),
            index: HashMap::new(),
            points: Groups::by(&[USCC, POINT_CODE, POLLUTANT]),
        }
    }

    /// Of two lines about the same point and pollutant, such as two versions of the plan, the one asking for less counts.
    fn add(&mut self, line: Line) {
        if let Some(&known) = line.keys.iter().find_map(|key| self.index.get(key)) {
            self.lines[known].relax(&line);
            return;
        }
        self.index.extend(line.keys.iter().map(|key| (key.clone(), self.lines.len())));
        self.lines.push(line);
    }
}

fn line_of(index: &HashMap<PointKey, usize>, result: &Row) -> Option<usize> {
    let cell = |column| result.text(column).unwrap_or_default();
    index.get(&PointKey::new(cell(USCC), cell(POINT_CODE), cell(POLLUTANT))).copied()
}

fn judge(
    line: &Line,
    period: Option<(NaiveDate, NaiveDate)>,
    exceptions: &Exceptions,
    findings: &mut Findings,
) -> Judged {
    // `point-without-result` reports a line without any.
    let (first, last) = line.first_and_last.map(|tested| period.unwrap_or(tested))?;
    let last = last.min(published_until(findings.task().as_of)?);
    let calendar = findings.task().calendar();
    // Of a day whose standing nobody knows nothing is asked.
    let is_worked = |day| calendar.is_working_day(day) == Some(true) && !calendar.is_unsettled(day);
    let asked = |slot: &(NaiveDate, NaiveDate)| !line.frequency.is_on_working_days() || is_worked(slot.0);
    let slots: Vec<_> = line.slots.within(first, last).filter(asked).collect();
    let mut slots = slots.into_iter().peekable();
    slots.peek()?;
    for gap in line.gaps(slots, exceptions) {
        object(line, &gap, findings);
    }
    JUDGED
}

fn object(line: &Line, gap: &Gap, findings: &mut Findings) {
    let subject = format!("{} {} {} {}", line.emitter, line.point, line.pollutant, gap.first);
    let finding = findings.at_place(line.place).subject(subject);
    let finding = finding.with("point", line.point.as_str()).with("pollutant", line.pollutant.as_str());
    let finding = finding.with("first", gap.first).expected(gap.wanted).actual(gap.found);
    if gap.first == gap.last {
        finding.saying("day");
    } else {
        finding.with("last", gap.last);
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
