//! A county or park that published nothing on PPP projects for a quarter, though the time for it has passed.

use std::collections::{BTreeMap, BTreeSet};

use mingcha_kit::prelude::*;
use values::calendar::Due;
use values::division::Division;
use values::period::Period;

use crate::bases::PLAN_2_2;
use crate::history::context_year;
use crate::settings::QUARTER_DEADLINE;
use crate::tables::project::{PROJECT, PROJECT_NAME, REGION_CODE, REPORT_PERIOD};
use crate::units;

rule! {
    /// ## 查什么
    /// 每个县市、园区每季度都要公开PPP项目信息,期限是季度结束后20个工作日(设置 `quarter-deadline-working-days`),按新疆的工作日历数。
    /// 没有项目的,写一行“本季度无PPP项目”也算公开。指定了审计期的,查审计期内的季度;没有指定的,查数据中最近的一个季度。
    /// 应当公开的是七县市三园区:数据中出现两个以上县市或园区时全部查,只出现一个时只查它自己;也可以用设置 `bound-units` 指定。
    /// 没有写报告期的行,算作所查的季度。
    ///
    /// 工作日按参考数据 `working-days` 计,可用设置 `calendar-days` 逐日修改或补充年份。
    /// 县市、园区名称见参考数据 `divisions`,其他写法可用设置 `spellings` 补充。
    /// ## 为什么
    /// 实施方案要求按季度公开自治州PPP项目信息。方案没有写截止日,20个工作日是参照政府信息公开的一般期限定的,可以改。
    /// 计算中遇到放假安排没有查到原文的日子时,结果只作提醒。
    /// ## 怎么改
    /// 补报该季度的信息;没有项目的,补一行零报告。已经公开而没有收进来的,把文件放进一起检查。
    /// ## 例
    /// ```csv bad
    /// 报告期,所属县市/园区,项目名称,运作方式
    /// 2016Q3,昌吉市,虚构污水处理厂,BOT
    /// 2016Q3,阜康市,虚构供热管网,BOT
    /// ```
    /// ```csv good
    /// 报告期,所属县市/园区,项目名称,运作方式
    /// 2016Q3,昌吉市,虚构污水处理厂,BOT
    /// 2016Q3,昌吉市,虚构供热管网,BOT
    /// ```
    /// ---
    /// ## What
    /// Every county and park publishes its PPP projects each quarter, within 20 working days of its end (setting
    /// `quarter-deadline-working-days`); a row 本季度无PPP项目 will do where there are none. The quarters of the audited
    /// period are judged, or the latest in the data. All ten units are expected once the data holds two of them, or
    /// those of the setting `bound-units`; rows without a period count for the quarter judged.
    ///
    /// Working days are those of the facts `working-days`, which the setting `calendar-days` changes.
    /// Names of counties and parks are the facts `divisions`; the setting `spellings` adds others.
    /// ## Why
    /// The plan wants quarterly publication. It names no day; 20 working days is the general rule for government
    /// information, and can be changed. Where the standing of a holiday is not settled, the finding is a warning.
    /// ## How to mend
    /// Publish the quarter, or a statement that there was no project. If it was published, hand that file in too.
    pub(crate) static RULE = Rule {
        id: "ppp/quarter-missing",
        title: text("季度未公开PPP项目信息", "Nothing published for a quarter"),
        scope: Scope::WholeTable,
        over: Reading::of(&PROJECT, &[PROJECT_NAME]).and_optional(&[REPORT_PERIOD, REGION_CODE]),
        bases: &[PLAN_2_2],
        since: PLAN_2_2.since,
        messages: &[
            Message::new(
                "{region}{period}未公开PPP项目信息,应不晚于{due}公开",
                "{region} published nothing on PPP projects for {period}, due by {due}",
            ),
            Message::named(
                "unsettled",
                "{region}{period}未公开PPP项目信息,应不晚于{due}公开(可能因地方节假日顺延)",
                "{region} published nothing on PPP projects for {period}, due by {due} unless a local holiday moves it",
            )
            .weighing(Severity::Warning),
        ],
        check: Check::Inspection(|_| Box::new(Published::default())),
        ..Rule::EMPTY
    };
}

/// What each unit published. Memory: one entry per unit and period.
#[derive(Default)]
struct Published {
    /// First and last day of each period; `None` for rows without one.
    periods: BTreeMap<&'static str, BTreeSet<Option<(NaiveDate, NaiveDate)>>>,
    /// The latest day any row speaks of.
    latest: Option<NaiveDate>,
}

impl Inspection for Published {
    fn record(&mut self, row: &Row, _: &mut Findings) -> Judged {
        row.text(PROJECT_NAME)?; // a region printed on the form is no publication; a zero statement is
        let year = context_year(row.task());
        let period = row.text(REPORT_PERIOD).and_then(|text| Period::parse(text, Some(year)).ok());
        self.latest = self.latest.max(period.map(Period::last));
        let unit = units::division_of(row, REGION_CODE)?;
        self.periods
            .entry(unit.code)
            .or_default()
            .insert(period.map(|period| (period.first(), period.last())));
        None
    }

    fn close(&mut self, findings: &mut Findings) {
        let expected = units::expected(findings.task(), &self.periods.keys().copied().collect());
        for quarter in self.quarters(findings.task()) {
            for unit in &expected {
                findings.judge(|findings| self.judge(unit, quarter, findings));
            }
        }
    }
}

impl Published {
    /// The quarters that end within the audited period, or else the latest one in the data.
    fn quarters(&self, task: &Task) -> Vec<Period> {
        let Some(asked) = &task.period else {
            return self.latest.and_then(quarter_of).into_iter().collect();
        };
        let first = quarter_of(asked.first);
        let following = std::iter::successors(first, |quarter| Some(quarter.next()));
        following.take_while(|quarter| quarter.last() <= asked.last).collect()
    }

    fn judge(&self, unit: &Division, quarter: Period, findings: &mut Findings) -> Judged {
        let due = overdue(findings.task(), quarter)?;
        if !self.has(unit, quarter) {
            let finding = findings.about(format!("{}/{}", unit.code, quarter.name()));
            let finding =
                finding.with("region", unit.name).with("period", quarter.name()).with("due", due.date);
            if due.unsettled {
                finding.saying("unsettled");
            }
        }
        JUDGED
    }

    /// A row without a period counts for any quarter, one as of a day for the quarter of that day.
    fn has(&self, unit: &Division, quarter: Period) -> bool {
        let covers = |period: &Option<(NaiveDate, NaiveDate)>| {
            period.is_none_or(|(first, last)| {
                quarter.contains(last) || first <= quarter.first() && quarter.last() <= last
            })
        };
        self.periods.get(unit.code).is_some_and(|periods| periods.iter().any(covers))
    }
}

/// The day by which the quarter was due, where it has passed and the duty had begun; `zero-statement` speaks before.
pub(crate) fn overdue(task: &Task, quarter: Period) -> Option<Due> {
    let working_days = u32::try_from(task.settings.integer(&QUARTER_DEADLINE)).ok()?;
    let due = task.calendar().add_working_days(quarter.last(), working_days).ok()?;
    let duty_began = PLAN_2_2.since.is_none_or(|since| since <= due.date);
    (duty_began && task.as_of > due.date).then_some(due)
}

fn quarter_of(day: NaiveDate) -> Option<Period> {
    Period::quarter(day.year(), day.month0() / 3 + 1)
}
