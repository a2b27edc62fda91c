//! One project under two numbers.

use std::collections::BTreeMap;

use mingcha_kit::prelude::*;

use crate::tables::project::{OPERATION_MODE, PROJECT, PROJECT_ID, PROJECT_NAME, REGION_CODE, REPORT_PERIOD};
use crate::{history, statements, units};

rule! {
    /// ## 查什么
    /// 同一县市、园区同一报告期里,两个项目编号不同、项目名称却相同的,从第二个起报。空格、全角半角、括号写法不同的名称算相同。
    /// 不同县市的同名项目、没有编号的行不查。
    /// ## 为什么
    /// 多半是同一个项目换了编号又报一遍,投资和支出责任就会重复计算;也可能是分期项目没有把名称写全,公众分不清。
    /// ## 怎么改
    /// 是同一个项目的,只留一行,用原来的编号。是两个项目的,把名称写全,例如加上“一期”“二期”。
    /// ## 例
    /// ```csv bad
    /// 报告期,项目编号,项目名称,运作方式
    /// 2016Q3,CS-001,虚构污水处理厂,BOT
    /// 2016Q3,CS-002,虚构 污水处理厂,BOT
    /// ```
    /// ```csv good
    /// 报告期,项目编号,项目名称,运作方式
    /// 2016Q3,CS-001,虚构污水处理厂一期,BOT
    /// 2016Q3,CS-002,虚构污水处理厂二期,BOT
    /// ```
    /// ---
    /// ## What
    /// In one county or park and one reporting period, no two projects have the same name and different numbers; spaces,
    /// width and brackets make no difference. Rows without a number are passed over.
    /// ## Why
    /// Mostly one project was reported twice, and its money is counted twice; or two phases cannot be told apart.
    /// ## How to mend
    /// Leave one row under the old number, or write the names in full, such as 一期 and 二期.
    pub(crate) static RULE = Rule {
        id: "ppp/duplicate-name",
        title: text("同名项目编号不同", "One name under two numbers"),
        severity: Severity::Warning,
        scope: Scope::WholeTable,
        over: Reading::of(&PROJECT, &[PROJECT_NAME])
            .and_optional(&[REPORT_PERIOD, REGION_CODE, PROJECT_ID, OPERATION_MODE]),
        messages: &[Message::new(
            "项目“{project_name}”与编号“{other}”的项目同名,编号却是“{project_id}”",
            "Project “{project_name}” has the name of number “{other}”, but the number “{project_id}”",
        )],
        check: Check::Inspection(|_| Box::new(Names::default())),
        ..Rule::EMPTY
    };
}

/// What makes two names one: region, last day of the period, name.
type Name = (Option<String>, Option<NaiveDate>, String);

/// The numbers under each name, each with its first place. Memory: one entry per distinct name and number.
#[derive(Default)]
struct Names(BTreeMap<Name, BTreeMap<String, (Place, String)>>);

impl Inspection for Names {
    fn record(&mut self, row: &Row, _: &mut Findings) -> Judged {
        statements::leave_alone(row)?;
        let number = row.text(PROJECT_ID)?;
        let name = values::text::key(row.text(PROJECT_NAME)?);
        let numbers = self.0.entry((units::region_key(row), history::last_day(row), name)).or_default();
        let this = (row.cell(PROJECT_NAME), number.to_owned());
        let first = numbers.entry(values::text::key(number)).or_insert_with(|| this.clone());
        if this < *first {
            *first = this;
        }
        None
    }

    fn close(&mut self, findings: &mut Findings) {
        for numbers in self.0.values() {
            let mut places: Vec<_> = numbers.values().collect();
            places.sort();
            for (position, (place, _)) in places.iter().enumerate() {
                findings.judge(|findings| {
                    if position > 0 {
                        let (first, other) = places[0];
                        findings.at_place(*place).with("other", other.as_str()).related(*first);
                    }
                    JUDGED
                });
            }
        }
    }
}
