//! A listed emitter's annual report is missing or late.
//!
//! Memory: one entry per emitter and year.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use mingcha_kit::prelude::*;
use mingcha_kit::values::text::key;

use crate::bases;
use crate::tables::emitter_annual::{self, EMITTER_ANNUAL};
use crate::tables::emitter_list::{EMITTER_LIST, EMITTER_NAME, USCC, YEAR};

rule! {
    /// ## 查什么
    /// 列入重点排污单位名录的单位,名录年度的监测年度报告在次年1月31日以前公开。名录年度的报告还没有到期的,查已经到期的最近
    /// 一个年度:例如检查日期为2016年11月,2016年名录中的单位查2015年度报告。这时如果没有提交2015年名录,无法确定该单位当年
    /// 是否在名录中,只作警告;提交了的,只查其中的单位。没有提交年度报告表的,不作判断。
    ///
    /// ## 为什么
    /// 污染源监测年度报告应于次年一月底前公布。
    ///
    /// ## 怎么改
    /// 尽快编制并公开年度报告。已经公开的,核对报告中的统一社会信用代码和年度是否与名录一致。
    ///
    /// ## 例
    /// ```csv bad
    /// 年度,统一社会信用代码,企业名称,名录类别
    /// 2015,91652302948219939M,昌吉市某某水务有限公司,水环境
    /// ```
    /// ```csv bad
    /// 统一社会信用代码,年度,生产天数,公开日期
    /// 916523010824628146,2015,300,2016-01-20
    /// ```
    /// ```csv good
    /// 年度,统一社会信用代码,企业名称,名录类别
    /// 2015,91652302948219939M,昌吉市某某水务有限公司,水环境
    /// ```
    /// ```csv good
    /// 统一社会信用代码,年度,生产天数,公开日期
    /// 91652302948219939M,2015,300,2016-01-31
    /// ```
    /// ---
    /// ## What
    /// An emitter on the list publishes its annual monitoring report by 31 January of the next year. Where the report of the
    /// list's year is not due yet, the last year that is: in November 2016 an emitter on the list of 2016 owes the report of
    /// 2015. Without the list of that year nobody knows whether it was on it, so that is a warning; with it, only those on it
    /// are judged. Where no table of annual reports was handed in, nothing is.
    ///
    /// ## Why
    /// Annual reports are published by the end of January.
    ///
    /// ## How to mend
    /// Publish the report; where it is public, compare its credit code and year with the list.
    pub static RULE = Rule {
        id: "env/annual-missing",
        title: text("年度报告未按时公开", "Annual report missing or late"),
        scope: Scope::WholeTable,
        over: Reading::of(&EMITTER_LIST, &[USCC]).and_optional(&[YEAR, EMITTER_NAME]),
        beside: &[Reading::of(&EMITTER_ANNUAL, &[emitter_annual::USCC, emitter_annual::YEAR])
            .and_optional(&[emitter_annual::PUBLISHED_ON])],
        bases: &[bases::ANNUAL_REPORT, bases::PLAN_2016],
        since: bases::SINCE_81,
        messages: &[
            Message::new(
                "{emitter}{report_year}年度报告未在次年1月底前公开",
                "The {report_year} annual report of {emitter} was not published by the end of January",
            ),
            Message::named(
                "late",
                "{emitter}{report_year}年度报告{actual}才公开,应于{expected}前公开",
                "The {report_year} annual report of {emitter} was published on {actual}, due by {expected}",
            ),
            Message::named(
                "perhaps-not-listed",
                "{emitter}在名录中,但未见{report_year}年度报告;当年已列入名录的应在次年1月底前公开",
                "{emitter} is on the list, but its {report_year} annual report is not there; due if it was listed that year",
            )
            .weighing(Severity::Warning),
        ],
        check: Check::Inspection(|_| Box::new(AnnualMissing::default())),
        ..Rule::EMPTY
    };
}

/// A report: where, and since when it is public, if it says so.
type Report = (Place, Option<NaiveDate>);

struct Listed {
    first: Place,
    /// Code and name, as written.
    code: String,
    name: String,
    years: BTreeSet<Option<i64>>,
}

#[derive(Default)]
struct AnnualMissing {
    reports: HashMap<(String, i64), Report>,
    listed: BTreeMap<String, Listed>,
}

impl Inspection for AnnualMissing {
    fn beside(&mut self, batch: &Batch) {
        for line in batch.rows() {
            let (Some(emitter), Some(year)) =
                (line.text(emitter_annual::USCC), line.integer(emitter_annual::YEAR))
            else {
                continue;
            };
            let published = line.date(emitter_annual::PUBLISHED_ON);
            let report = self.reports.entry((key(emitter), year)).or_insert((line.place(), published));
            // A report has a line per point; it was out with the first line that says when.
            report.1 = report.1.into_iter().chain(published).min();
        }
    }

    fn record(&mut self, entry: &Row, _: &mut Findings) -> Judged {
        let code = entry.text(USCC)?;
        let listed = self.listed.entry(key(code)).or_insert_with(|| Listed {
            first: entry.place(),
            code: code.to_owned(),
            name: entry.text(EMITTER_NAME).unwrap_or(code).to_owned(),
            years: BTreeSet::new(),
        });
        listed.years.insert(entry.integer(YEAR));
        None
    }

    fn close(&mut self, findings: &mut Findings) {
        let last_due = last_year_due(findings.task().as_of);
        let has_list_of_last_due = self.listed.values().any(|listed| listed.years.contains(&Some(last_due)));
        for (emitter, listed) in &self.listed {
            for (year, certain) in listed.years_due(last_due) {
                let report = self.reports.get(&(emitter.clone(), year));
                findings.judge(|findings| {
                    if !certain && has_list_of_last_due {
                        return None;
                    }
                    listed.judge(year, certain, report, findings)
                });
            }
        }
    }
}

/// The last year whose report is overdue where it is not there.
fn last_year_due(as_of: NaiveDate) -> i64 {
    let past_january = as_of.month() > 1;
    i64::from(as_of.year()) - if past_january { 1 } else { 2 }
}

impl Listed {
    /// The years it owes a report of, and whether it was surely on the list of each.
    fn years_due(&self, last_due: i64) -> BTreeMap<i64, bool> {
        let mut due = BTreeMap::new();
        for year in &self.years {
            let listed_then = year.filter(|&year| year <= last_due);
            *due.entry(listed_then.unwrap_or(last_due)).or_default() |= listed_then.is_some();
        }
        due
    }

    fn judge(&self, year: i64, certain: bool, report: Option<&Report>, findings: &mut Findings) -> Judged {
        let due = NaiveDate::from_ymd_opt(i32::try_from(year).ok()? + 1, 1, 31)?;
        let finding = match report {
            None if certain => findings.about(self.code.as_str()),
            None => findings.about(self.code.as_str()).saying("perhaps-not-listed"),
            Some((place, Some(published))) if *published > due => {
                findings.at_place(*place).subject(self.code.as_str()).saying("late").actual(*published)
            }
            Some(_) => return JUDGED,
        };
        finding
            .expected(due)
            .related(self.first)
            .with("emitter", self.name.as_str())
            .with("report_year", year.to_string());
        JUDGED
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_is_overdue_from_february() {
        let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).expect("a day");
        assert_eq!(last_year_due(day(2016, 11, 30)), 2015);
        assert_eq!(last_year_due(day(2017, 1, 31)), 2015);
        assert_eq!(last_year_due(day(2017, 2, 1)), 2016);
    }
}
