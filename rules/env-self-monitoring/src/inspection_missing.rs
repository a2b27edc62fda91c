//! A county, a park or the prefecture published no inspection for a quarter.
//!
//! Memory: one entry per unit and period.

use std::collections::{BTreeMap, BTreeSet};

use mingcha_kit::prelude::*;
use values::division::Division;
use values::period::Period;

use crate::bases;
use crate::tables::emitter_inspection::{CHECKED, EMITTER_INSPECTION, PERIOD, PUBLISHED_ON, REGION};
use crate::units;

/// When the inspections of a quarter must have been published.
pub static INSPECTION_DEADLINE: Setting = Setting::integer(
    "inspection-deadline-working-days",
    20,
    text(
        "季度结束后应在多少个工作日内公开检查情况",
        "Working days after the end of a quarter within which its inspections are published",
    ),
);

rule! {
    /// ## 查什么
    /// 自治州、各县市、园区每季度都公开了对排污单位自行监测及信息公开的检查情况。检查时段写月份、日期的归入所在季度,写半年、
    /// 全年的算作其中每个季度;没有写的,按公开日期所在季度。指定了检查时段的,查其中的季度;没有指定的,查数据中最早到最晚的
    /// 季度。期限是季度结束后20个工作日(设置 `inspection-deadline-working-days`),按新疆的工作日历数;没有日历的年份不查。
    /// 数据中出现两个以上单位时,州本级、七县市、三园区全部查,只出现一个时只查它自己;也可以用设置 `bound-units` 指定。
    ///
    /// 工作日按参考数据 `working-days` 计,可用设置 `calendar-days` 逐日修改或补充年份。
    /// 县市、园区名称见参考数据 `divisions`,其他写法可用设置 `spellings` 补充。
    ///
    /// ## 为什么
    /// 实施方案要求定期检查排污单位自行监测及信息公开情况并公开。方案没有写多久一次,按季度检查是本工具的选择。
    ///
    /// ## 怎么改
    /// 补充公开该季度的检查情况;已经公开而没有收进来的,把文件放进一起检查。
    ///
    /// ## 例
    /// ```csv bad
    /// 所属县市/园区,检查时段,检查企业数,公开日期
    /// 昌吉市,2016年三季度,5,2016-10-12
    /// 阜康市,2016年二季度,4,2016-07-12
    /// ```
    /// ```csv good
    /// 所属县市/园区,检查时段,检查企业数,公开日期
    /// 昌吉市,2016年二季度,5,2016-07-12
    /// 昌吉市,2016年三季度,5,2016-10-12
    /// ```
    /// ---
    /// ## What
    /// The prefecture and every county and park published each quarter what it inspected. A month or a day counts for its
    /// quarter, a half or a year for each of its quarters; a row without a period for the quarter it was published in. The
    /// quarters of the audited period are judged, else those from the first to the last in the data, 20 working days after
    /// their end (setting `inspection-deadline-working-days`). All eleven units are expected once the data holds two, or those
    /// of the setting `bound-units`.
    ///
    /// Working days are those of the facts `working-days`, which the setting `calendar-days` changes.
    /// Names of counties and parks are the facts `divisions`; the setting `spellings` adds others.
    ///
    /// ## Why
    /// The plan wants regular inspections, published. It does not say how often; by the quarter is a choice of this tool.
    ///
    /// ## How to mend
    /// Publish the inspections of the quarter; if they were published, hand that file in too.
    pub static RULE = Rule {
        id: "env/inspection-missing",
        title: text("未公开自行监测检查情况", "No inspection published"),
        scope: Scope::WholeTable,
        over: Reading::of(&EMITTER_INSPECTION, &[REGION, CHECKED]).and_optional(&[PERIOD, PUBLISHED_ON]),
        bases: &[bases::PLAN_2016],
        since: bases::PLAN_2016.since,
        messages: &[
            Message::new(
                "{region}{period}未公开自行监测检查情况,应不晚于{due}公开",
                "{region} published no inspection of self-monitoring for {period}, due by {due}",
            ),
            Message::named(
                "unsettled",
                "{region}{period}未公开自行监测检查情况,应不晚于{due}公开(可能因地方节假日顺延)",
                "{region} published no inspection of self-monitoring for {period}, due by {due} unless a local holiday moves it",
            )
            .weighing(Severity::Warning),
        ],
        check: Check::Inspection(|_| Box::new(InspectionMissing::default())),
        ..Rule::EMPTY
    };
}

/// First and last day of what was inspected.
type Span = (NaiveDate, NaiveDate);

#[derive(Default)]
struct InspectionMissing {
    inspected: BTreeMap<&'static str, BTreeSet<Span>>,
}

impl Inspection for InspectionMissing {
    fn record(&mut self, row: &Row, _: &mut Findings) -> Judged {
        row.integer(CHECKED)?; // a unit printed on the form is no inspection; none inspected is not either, but says so
        let unit = units::find(row.text(REGION)?)?;
        let published = row.date(PUBLISHED_ON);
        let year =
            published.or(row.task().period.as_ref().map(|period| period.last)).unwrap_or(row.task().as_of);
        let stated = row.text(PERIOD).and_then(|text| Period::parse(text, Some(year.year())).ok());
        let span = stated.map(|period| (period.first(), period.last()));
        let span = span.or(published.map(|day| (day, day)))?;
        self.inspected.entry(unit.code).or_default().insert(span);
        None
    }

    fn close(&mut self, findings: &mut Findings) {
        let expected = units::expected(findings.task(), &self.inspected.keys().copied().collect());
        for quarter in self.quarters(findings.task()) {
            for unit in &expected {
                findings.judge(|findings| self.judge(unit, quarter, findings));
            }
        }
    }
}

impl InspectionMissing {
    /// The quarters that end within the audited period, or else those from the first to the last in the data.
    fn quarters(&self, task: &Task) -> Vec<Period> {
        let spans = self.inspected.values().flatten();
        let data = spans.copied().reduce(|(first, last), span| (first.min(span.0), last.max(span.1)));
        let (first, last) = match &task.period {
            Some(period) => (quarter_of(period.first), Some(period.last)),
            None => {
                let last = data.and_then(|(_, last)| quarter_of(last.min(task.as_of))).map(Period::last);
                (data.and_then(|(first, _)| quarter_of(first.max(first_bound()?))), last)
            }
        };
        let following = std::iter::successors(first, |quarter| Some(quarter.next()));
        following.take_while(|quarter| Some(quarter.last()) <= last).collect()
    }

    fn judge(&self, unit: &Division, quarter: Period, findings: &mut Findings) -> Judged {
        let working_days = u32::try_from(findings.task().settings.integer(&INSPECTION_DEADLINE)).ok()?;
        let due = findings.task().calendar().add_working_days(quarter.last(), working_days).ok()?;
        if duty_began()? > due.date || findings.task().as_of <= due.date {
            return None;
        }
        let touches = |span: &Span| span.0 <= quarter.last() && quarter.first() <= span.1;
        if !self.inspected.get(unit.code).is_some_and(|spans| spans.iter().any(touches)) {
            let finding = findings.about(format!("{}/{}", unit.code, quarter.name()));
            let finding = finding.with("region", unit.name).with("period", quarter.name());
            let finding = finding.with("due", due.date);
            if due.unsettled {
                finding.saying("unsettled");
            }
        }
        JUDGED
    }
}

/// The quarter before the duty began was the first to be published under it.
fn first_bound() -> Option<NaiveDate> {
    duty_began().and_then(quarter_of).map(|quarter| quarter.previous().first())
}

fn duty_began() -> Option<NaiveDate> {
    bases::PLAN_2016.since
}

fn quarter_of(day: NaiveDate) -> Option<Period> {
    Period::quarter(day.year(), day.month0() / 3 + 1)
}
