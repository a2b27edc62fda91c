//! A project nobody has brought up to date for half a year, or a year in execution.

use mingcha_kit::prelude::*;

use crate::bases::QUALITY_2022_STANDSTILL;
use crate::stages::Stage;
use crate::tables::project::{PROJECT, REPORT_PERIOD, STAGE, UPDATED_ON};
use crate::{history, months};

rule! {
    /// ## 查什么
    /// 准备、采购阶段的项目,更新日期距审计日不超过6个月;执行阶段的不超过12个月。满6个月(12个月)的当天不算超。
    /// 较早报告期的行,只算到它的下一季度末,因为那以后应有新的一行。没有填更新日期的不查。
    /// ## 为什么
    /// 财政部2022年把“准备、采购阶段6个月以上,执行阶段12个月以上未更新”列为数据质量问题。2022年以前没有这条规定,这里只作提示。
    /// ## 怎么改
    /// 核实项目现状,更新各项内容,并把更新日期改成核实的那天。确实停滞的,在进度说明里写明原因;终止的,写明终止。
    /// ## 例
    /// ```csv bad
    /// 报告期,项目名称,运作方式,项目进度,更新日期
    /// 2016Q3,虚构污水处理厂,BOT,准备,2016-03-15
    /// ```
    /// ```csv good
    /// 报告期,项目名称,运作方式,项目进度,更新日期
    /// 2016Q3,虚构污水处理厂,BOT,准备,2016-10-12
    /// 2016Q3,虚构供热管网,BOT,执行,2016-03-15
    /// ```
    /// ---
    /// ## What
    /// A project in preparation or procurement was brought up to date within six months before the day of the audit, one
    /// in execution within twelve; the day on which they are full is within. A row of an earlier period is judged as of
    /// the end of the quarter after it. Without a day of update it is passed over.
    /// ## Why
    /// The Ministry of Finance counted older projects among the faults of data in 2022. Before that, it is only a notice.
    /// ## How to mend
    /// See how the project stands, mend what has changed and write the day of doing so. If it has come to a standstill
    /// or an end, say so in the note on progress.
    pub(crate) static RULE = Rule {
        id: "ppp/stale",
        title: text("项目信息长期未更新", "Project not brought up to date"),
        severity: Severity::Warning,
        over: Reading::of(&PROJECT, &[STAGE, UPDATED_ON]).and_optional(&[REPORT_PERIOD])
            .presence(Presence::Optional),
        bases: &[QUALITY_2022_STANDSTILL],
        messages: &[
            Message::new(
                "项目信息已{actual}个月未更新:上次更新{updated},“{stage}”阶段超过{expected}个月就应更新",
                "Not brought up to date for {actual} months, since {updated}; in stage “{stage}” it is due after {expected}",
            ),
            Message::named(
                "before-2022",
                "项目信息已{actual}个月未更新:上次更新{updated},“{stage}”阶段超过{expected}个月宜更新(2022年起的要求)",
                "Not brought up to date for {actual} months, since {updated}; in stage “{stage}” it had better be after {expected} (asked for since 2022)",
            )
            .weighing(Severity::Notice),
        ],
        check: Check::Row(stale),
        ..Rule::EMPTY
    };
}

fn stale(project: &Row, findings: &mut Findings) -> Judged {
    let limit = match Stage::parse(project.text(STAGE)?)? {
        Stage::Preparation | Stage::Procurement => 6,
        Stage::Execution => 12,
        Stage::Identification | Stage::Transfer => return None,
    };
    let updated = project.date(UPDATED_ON)?;
    let day = history::newest_until(project);
    if months::more_than(limit, updated, day) {
        let finding = findings.at(project, UPDATED_ON).with("updated", updated);
        let finding = finding.expected(limit).actual(months::between(updated, day));
        if project.task().as_of < QUALITY_2022_STANDSTILL.since? {
            finding.saying("before-2022");
        }
    }
    JUDGED
}
