//! The list of key emitters does not hold the year it should.
//!
//! Memory: one entry per year on the list.

use std::collections::BTreeSet;

use mingcha_kit::prelude::*;

use crate::bases;
use crate::tables::emitter_list::{EMITTER_LIST, EMITTER_NAME, PUBLISHED_ON, YEAR};

rule! {
    /// ## 查什么
    /// 提交的重点排污单位名录中有应当公布的年度。指定了检查时段的,查该时段所在的年度;没有指定的,查到检查日期为止最近一个
    /// 应已公布的年度。当年名录3月底前公布(31号令);2022年2月8日31号令废止以后没有规定日期,以当年年底为准。行上没有写
    /// 年度的,按公开日期所在年;都没有写的,无法判断是哪一年,不报。没有提交名录的,不作判断。
    ///
    /// ## 为什么
    /// 名录每年由环保部门确定并公布。没有当年的名录,就不知道哪些单位必须公开,检查无从做起。
    ///
    /// ## 怎么改
    /// 公布并补充提交该年度的名录;已经提交的,核对“年度”一栏是否写错。
    ///
    /// ## 例
    /// ```csv bad as-of=2016-11-30
    /// 年度,统一社会信用代码,企业名称,名录类别,公开日期
    /// 2015,91652302948219939M,昌吉市某某水务有限公司,水环境,2015-03-20
    /// ```
    /// ```csv good as-of=2016-11-30
    /// 年度,统一社会信用代码,企业名称,名录类别,公开日期
    /// 2016,91652302948219939M,昌吉市某某水务有限公司,水环境,2016-03-28
    /// ```
    /// ---
    /// ## What
    /// The list of key emitters holds the year it should: the years of the audited period, else the latest whose list is due
    /// on the day of the audit. A list is due by the end of March (Order 31); since that was repealed on 2022-02-08 no day is
    /// set, and the end of the year counts. A row without a year counts for the year it was published in; a row without
    /// either may be of any year, and nothing is said. Without a list nothing is judged.
    ///
    /// ## Why
    /// The list is settled and published every year. Without it nobody knows who must disclose.
    ///
    /// ## How to mend
    /// Publish that year's list and hand it in; if it was handed in, look at its column of years.
    pub static RULE = Rule {
        id: "env/list-missing",
        title: text("年度名录未公布", "List of the year missing"),
        scope: Scope::WholeTable,
        over: Reading::of(&EMITTER_LIST, &[EMITTER_NAME]).and_optional(&[YEAR, PUBLISHED_ON]),
        accepts_unreadable: &[YEAR, PUBLISHED_ON],
        bases: &[bases::AIR_MONITORING, bases::LIST_BY_MARCH],
        since: bases::LIST_BY_MARCH.since,
        messages: &[Message::new(
            "{list_year}年重点排污单位名录未公布(提交的名录中最近的年度为{latest}年)",
            "There is no list of key emitters for {list_year} (the latest handed in is of {latest})",
        )],
        check: Check::Inspection(|_| Box::new(ListMissing::default())),
        ..Rule::EMPTY
    };
}

#[derive(Default)]
struct ListMissing {
    years: BTreeSet<i32>,
    /// Some row says nothing of its year.
    undated: bool,
}

impl Inspection for ListMissing {
    fn record(&mut self, entry: &Row, _: &mut Findings) -> Judged {
        let stated = entry.integer(YEAR).and_then(|year| i32::try_from(year).ok());
        match stated.or_else(|| entry.date(PUBLISHED_ON).map(|day| day.year())) {
            Some(year) => {
                self.years.insert(year);
            }
            None => self.undated = true,
        }
        None
    }

    fn close(&mut self, findings: &mut Findings) {
        let Some(&latest) = self.years.last() else { return };
        for year in years_due(findings.task()) {
            findings.judge(|findings| {
                if self.undated && !self.years.contains(&year) {
                    return None;
                }
                if !self.years.contains(&year) {
                    let finding = findings.about(year.to_string()).expected(year.to_string());
                    let finding = finding.actual(latest.to_string());
                    finding.with("list_year", year.to_string()).with("latest", latest.to_string());
                }
                JUDGED
            });
        }
    }
}

/// The years of the period whose lists are due, or else the last year whose list is.
fn years_due(task: &Task) -> Vec<i32> {
    let is_due = |year: &i32| due(*year).is_some_and(|due| due < task.as_of);
    match &task.period {
        Some(period) => (period.first.year()..=period.last.year()).filter(is_due).collect(),
        None => (task.as_of.year() - 1..=task.as_of.year()).rev().find(is_due).into_iter().collect(),
    }
}

/// The last day on which the list of a year may come.
fn due(year: i32) -> Option<NaiveDate> {
    let march = NaiveDate::from_ymd_opt(year, 3, 31)?;
    let regulated = bases::LIST_BY_MARCH.until.is_some_and(|until| march < until);
    if regulated { Some(march) } else { NaiveDate::from_ymd_opt(year, 12, 31) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(year, month, day)
    }

    #[test]
    fn the_list_is_due_in_march_while_a_regulation_says_so() {
        assert_eq!(due(2016), day(2016, 3, 31));
        assert_eq!(due(2021), day(2021, 3, 31));
        assert_eq!(due(2022), day(2022, 12, 31));
    }
}
