//! A planned point and pollutant has no result.
//!
//! Memory: one entry per planned line, and per point and pollutant with results.

use std::collections::{HashMap, HashSet};

use mingcha_kit::prelude::*;
use mingcha_kit::values::date::{days_since_epoch, from_days};
use mingcha_kit::values::text::key;

use crate::bases;
use crate::exceptions::{self, Exceptions};
use crate::frequency::Frequency;
use crate::measurement::{day_number, day_numbers};
use crate::planned;
use crate::points::PointKey;
use crate::tables::codes::AUTOMATIC;
use crate::tables::emitter_plan::{self, EMITTER_PLAN, FREQ_N, FREQ_UNIT, METHOD, POINT_NAME};
use crate::tables::emitter_result::{
    EMITTER_RESULT, PERIOD_END, PERIOD_START, POINT_CODE, POLLUTANT, SAMPLED_ON, USCC,
};

rule! {
    /// ## 查什么
    /// 方案所列每个点位的每种污染物,在检查时段内至少有一条监测结果,或者有“未开展自行监测说明”。监测频次比检查时段还稀的
    /// (例如每年一次、检查一个季度)不查。没有指定检查时段的,以该单位结果的首末日期为准;频次比这段时间还稀的只提示。
    /// 结果中的点位,写排放口编号或监测点位名称都可以。
    ///
    /// ## 为什么
    /// 应当公开全部监测点位的监测结果。方案列了却没有结果,不是没测就是没公开。
    ///
    /// ## 怎么改
    /// 补充公开该点位、该污染物的结果;确实没有监测的,公开原因;方案不再需要的,修改方案并公开。
    ///
    /// ## 例
    /// ```csv bad
    /// 统一社会信用代码,排放口编号,污染物名称,监测频次
    /// 91652302948219939M,DW001,化学需氧量,1次/日
    /// 91652302948219939M,DW001,氨氮,1次/日
    /// ```
    /// ```csv bad
    /// 统一社会信用代码,排放口编号,污染物名称,采样日期,监测值
    /// 91652302948219939M,DW001,化学需氧量,2016-09-01,31
    /// ```
    /// ```csv good
    /// 统一社会信用代码,排放口编号,污染物名称,监测频次
    /// 91652302948219939M,DW001,化学需氧量,1次/日
    /// ```
    /// ```csv good
    /// 统一社会信用代码,排放口编号,污染物名称,采样日期,监测值
    /// 91652302948219939M,DW001,COD,2016-09-01,31
    /// ```
    /// ---
    /// ## What
    /// Each pollutant of each point of a plan has a result in the period of the audit, or a declared exception. What is tested
    /// less often than the period is long does not count. Without a period, the time from the emitter's first to its last
    /// result stands for it, and what is tested less often is only a notice. Points are found by code or by name.
    ///
    /// ## Why
    /// Results of all points are disclosed. Planned and without a result means not tested or not disclosed.
    ///
    /// ## How to mend
    /// Disclose the results, or the reason for not monitoring, or change the plan.
    pub static RULE = Rule {
        id: "env/point-without-result",
        title: text("方案点位无监测结果", "Planned point without result"),
        scope: Scope::WholeTable,
        over: Reading::of(&EMITTER_RESULT, &[USCC, POINT_CODE, POLLUTANT])
            .and_optional(&[SAMPLED_ON, PERIOD_START, PERIOD_END]),
        beside: &[
            Reading::of(&EMITTER_PLAN, &[emitter_plan::USCC, emitter_plan::POLLUTANT])
                .and_optional(&[emitter_plan::POINT_CODE, POINT_NAME, METHOD, FREQ_N, FREQ_UNIT]),
            exceptions::READING,
        ],
        bases: &[bases::RESULT_CONTENT],
        since: bases::SINCE_81,
        messages: &[
            Message::new("方案所列{point}“{pollutant}”无监测结果", "Planned {point} “{pollutant}” has no result"),
            Message::named(
                "perhaps-later",
                "方案所列{point}“{pollutant}”在提交的数据({first}至{last})中无监测结果,监测频次可能尚未到期,请核对",
                "Planned {point} “{pollutant}” has no result from {first} to {last}; perhaps its test was not yet due",
            )
            .weighing(Severity::Notice),
        ],
        check: Check::Inspection(|task| Box::new(PointWithoutResult::new(task))),
        ..Rule::EMPTY
    };
}

/// A line of a plan; found by its point's code or name.
struct Planned {
    keys: Vec<PointKey>,
    emitter: String,
    point: String,
    pollutant: String,
    frequency: Option<Frequency>,
    place: Place,
}

/// First and last day, of results or of a period.
type Span<T> = Option<(T, T)>;

struct PointWithoutResult {
    period: Span<NaiveDate>,
    planned: Vec<Planned>,
    exceptions: Exceptions,
    /// Days since 1970-01-01.
    results: Groups<Span<i32>>,
}

impl PointWithoutResult {
    fn new(task: &Task) -> Self {
        let period = task.period.as_ref().map(|period| (period.first, period.last.min(task.as_of)));
        let results = Groups::by(&[USCC, POINT_CODE, POLLUTANT]);
        Self { period, planned: Vec::new(), exceptions: Exceptions::default(), results }
    }
}

impl Inspection for PointWithoutResult {
    fn beside(&mut self, batch: &Batch) {
        self.exceptions.add(batch);
        if batch.is_of(&EMITTER_PLAN) {
            self.planned.extend(batch.rows().flat_map(|line| Planned::of(&line)));
        }
    }

    fn screen(&mut self, results: &Batch, _: &mut Findings) -> Option<Screen> {
        let days = day_numbers(results);
        let period = self.period.map(|(first, last)| days_since_epoch(first)..=days_since_epoch(last));
        let counted = |index: usize| match (&period, days[index]) {
            (Some(period), Some(day)) => period.contains(&day).then_some(Some(day)),
            (_, day) => Some(day),
        };
        self.results.each_picked(
            results,
            counted,
            |_| None,
            |span, days| {
                let known = days.iter().filter_map(|(_, day)| *day);
                *span = known.fold(*span, |span, day| joined(span, Some((day, day))));
            },
        );
        Some(Screen::All(Glance::Aside))
    }

    fn record(&mut self, result: &Row, _: &mut Findings) -> Judged {
        let day = day_number(result);
        if let (Some((first, last)), Some(day)) = (self.period, day)
            && !(days_since_epoch(first)..=days_since_epoch(last)).contains(&day)
        {
            return None;
        }
        let span = self.results.of(result, || None)?;
        *span = joined(*span, day.map(|day| (day, day)));
        None
    }

    fn close(&mut self, findings: &mut Findings) {
        let (spans, seen) = self.spans_and_keys();
        let of_all = spans.values().fold(None, |all, span| joined(all, *span));
        let mut judged = HashSet::new();
        for planned in &self.planned {
            let of_emitter = spans.get(&planned.keys[0].emitter).copied().flatten();
            let Some(window) = self.period.or(of_emitter).or(of_all) else { continue };
            if judged.insert(&planned.keys[0]) {
                let has_result = planned.keys.iter().any(|key| seen.contains(key));
                findings.judge(|findings| self.judge(planned, has_result, window, findings));
            }
        }
    }
}

impl PointWithoutResult {
    fn spans_and_keys(&self) -> (HashMap<String, Span<NaiveDate>>, HashSet<PointKey>) {
        let mut spans: HashMap<String, Span<NaiveDate>> = HashMap::new();
        let mut seen = HashSet::new();
        for (cells, span) in self.results.iter() {
            let mut cells = cells.split('\u{1f}');
            let mut cell = || cells.next().unwrap_or_default();
            let emitter = cell();
            let dates = span.and_then(|(first, last)| Some((from_days(first)?, from_days(last)?)));
            let of_emitter = spans.entry(key(emitter)).or_default();
            *of_emitter = joined(*of_emitter, dates);
            seen.insert(PointKey::new(emitter, cell(), cell()));
        }
        (spans, seen)
    }

    fn judge(
        &self,
        planned: &Planned,
        has_result: bool,
        window: (NaiveDate, NaiveDate),
        findings: &mut Findings,
    ) -> Judged {
        let due = planned.is_due_in(window);
        if !has_result && !due && self.period.is_some() {
            return None;
        }
        let mut exceptions = planned.keys.iter().flat_map(|key| self.exceptions.of(key));
        if !has_result && !exceptions.any(|exception| exception.touches(window.0, window.1)) {
            planned.object(due, window, findings);
        }
        JUDGED
    }
}

fn joined<T: Ord>(a: Span<T>, b: Span<T>) -> Span<T> {
    match (a, b) {
        (Some((from, to)), Some((first, last))) => Some((from.min(first), to.max(last))),
        (span, None) | (None, span) => span,
    }
}

impl Planned {
    /// One for each pollutant of the line.
    fn of(line: &Row) -> Vec<Self> {
        let names = [line.text(emitter_plan::POINT_CODE), line.text(POINT_NAME)];
        let (Some(emitter), Some(cell), Some(point)) = (
            line.text(emitter_plan::USCC),
            line.text(emitter_plan::POLLUTANT),
            names.into_iter().flatten().next(),
        ) else {
            return Vec::new();
        };
        let written = || Frequency::parse(line.text(FREQ_N)?, line.text(FREQ_UNIT));
        let frequency =
            if line.text(METHOD) == Some(AUTOMATIC) { Some(Frequency::Continuous) } else { written() };
        let of = |pollutant: &str| {
            let keys = planned::keys_of(line, pollutant);
            let [emitter, point, pollutant] = [emitter, point, pollutant].map(str::to_owned);
            Self { keys, emitter, point, pollutant, frequency, place: line.place() }
        };
        planned::pollutants(cell).map(of).collect()
    }

    /// Whether the window is long enough for a test to fall due; an unreadable frequency is not known to be.
    fn is_due_in(&self, (first, last): (NaiveDate, NaiveDate)) -> bool {
        let days = last.signed_duration_since(first).num_days() + 1;
        self.frequency.is_some_and(|frequency| i64::from(frequency.days_between()) <= days)
    }

    fn object(&self, due: bool, (first, last): (NaiveDate, NaiveDate), findings: &mut Findings) {
        let finding = findings
            .at_place(self.place)
            .subject(format!("{} {} {}", self.emitter, self.point, self.pollutant));
        let finding = finding.with("point", self.point.as_str()).with("pollutant", self.pollutant.as_str());
        if !due {
            finding.with("first", first).with("last", last).saying("perhaps-later");
        }
    }
}
