//! A single source shown for fewer than five working days.

use mingcha_kit::prelude::*;

use crate::bases::PROCUREMENT_RULES_38;
use crate::publicity::Shown;
use crate::tables::project::{PREAWARD_FROM, PREAWARD_TO, PROCUREMENT_METHOD, PROJECT};

/// Working days it must be shown.
const WORKING_DAYS: u32 = 5;

rule! {
    /// ## 查什么
    /// 采购方式为单一来源采购的项目,公示从开始到结束,首尾两天都算在内,不少于5个工作日,按新疆的工作日历数。
    /// 取预中标公示的起止日期;公示开始在2015年3月1日以前的、没有日历数据的年份不查。
    ///
    /// 工作日按参考数据 `working-days` 计,可用设置 `calendar-days` 逐日修改或补充年份。
    /// ## 为什么
    /// 政府采购法实施条例规定,达到公开招标数额的项目只能从唯一供应商采购的,要把采购项目信息和唯一供应商名称公示不少于5个工作日,
    /// 让别人有机会提出异议。个别放假日安排没有查到原文,涉及这些日子的只作提示。
    /// ## 怎么改
    /// 先核对起止日期和采购方式有没有填错。确实不足的,如实保留日期并说明;还没有签合同的,重新公示。
    /// ## 例
    /// ```csv bad
    /// 项目名称,运作方式,采购方式,预中标公示开始日期,预中标公示结束日期
    /// 虚构污水处理厂,BOT,单一来源,2016-05-09,2016-05-12
    /// ```
    /// ```csv good
    /// 项目名称,运作方式,采购方式,预中标公示开始日期,预中标公示结束日期
    /// 虚构污水处理厂,BOT,单一来源,2016-05-09,2016-05-13
    /// ```
    /// ---
    /// ## What
    /// A project procured from a single source is shown for five working days, first and last day counted, by the
    /// calendar of Xinjiang. The days are those of the provisional award. Before 1 March 2015 and in years without a
    /// calendar it is passed over.
    ///
    /// Working days are those of the facts `working-days`, which the setting `calendar-days` changes.
    /// ## Why
    /// The implementing rules of the procurement law ask for it, so that others may object. Where the standing of a
    /// holiday could not be settled, the finding is only a notice.
    /// ## How to mend
    /// See whether dates and method are right. If they are, keep them and explain; before the contract is signed, show
    /// the project again.
    pub(crate) static RULE = Rule {
        id: "ppp/single-source-publicity",
        title: text("单一来源采购公示不足5个工作日", "Single source shown too short"),
        severity: Severity::Warning,
        over: Reading::of(&PROJECT, &[PROCUREMENT_METHOD, PREAWARD_FROM, PREAWARD_TO])
            .presence(Presence::Optional),
        bases: &[PROCUREMENT_RULES_38],
        since: PROCUREMENT_RULES_38.since,
        messages: &[
            Message::new(
                "单一来源采购公示不足{expected}个工作日,实际{actual}个工作日",
                "The single source was shown for {actual} working days, to be shown for {expected}",
            ),
            Message::named(
                "unsettled",
                "单一来源采购公示不足{expected}个工作日,实际{actual}个工作日(可能因地方节假日而不同)",
                "The single source was shown for {actual} working days, perhaps another number for a local holiday, to be shown for {expected}",
            )
            .weighing(Severity::Notice),
        ],
        check: Check::Row(single_source_publicity),
        ..Rule::EMPTY
    };
}

fn single_source_publicity(project: &Row, findings: &mut Findings) -> Judged {
    if project.text(PROCUREMENT_METHOD)? != "单一来源采购" {
        return None;
    }
    let shown = Shown::of(project)?;
    if shown.from < PROCUREMENT_RULES_38.since? {
        return None;
    }
    if shown.working_days < WORKING_DAYS {
        let finding = findings.at(project, PREAWARD_TO).expected(WORKING_DAYS).actual(shown.working_days);
        if shown.unsettled {
            finding.saying("unsettled");
        }
    }
    JUDGED
}
