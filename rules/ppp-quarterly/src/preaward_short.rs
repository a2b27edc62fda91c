//! A provisional award shown for too few days.

use mingcha_kit::prelude::*;

use crate::bases::{PPP_PROCUREMENT_215, TENDER_RULES_54};
use crate::publicity::Shown;
use crate::tables::project::{PREAWARD_FROM, PREAWARD_TO, PROCUREMENT_METHOD, PROJECT};

/// Working days after the rules on procuring PPP projects.
const WORKING_DAYS: u32 = 5;

/// Days after the rules on tenders.
const TENDER_DAYS: i64 = 3;

rule! {
    /// ## 查什么
    /// 预中标(成交)公示从开始到结束,首尾两天都算在内,不少于5个工作日,按新疆的工作日历数。
    /// 公开招标、邀请招标的项目不足5个工作日、但满3日的,只作提示。单一来源采购由 single-source-publicity 查。
    /// 公示开始日期在2014年12月31日以前的、没有日历数据的年份不查。
    ///
    /// 工作日按参考数据 `working-days` 计,可用设置 `calendar-days` 逐日修改或补充年份。
    /// ## 为什么
    /// PPP项目政府采购管理办法(财库〔2014〕215号,原文待核)要求预中标结果公示不少于5个工作日;招标投标法实施条例要求中标候选人公示不少于3日。
    /// 两部法哪一部适用于招标的PPP项目,实践中有争议,所以不判错。个别放假日安排没有查到原文,涉及这些日子的只作提示。
    /// ## 怎么改
    /// 先核对起止日期有没有填错,开始日期是登出的那天,结束日期是公示的最后一天。确实不足的,如实保留日期,在进度说明里写明情况;
    /// 还没有签合同的,应当补足公示时间。
    /// ## 例
    /// ```csv bad
    /// 项目名称,运作方式,采购方式,预中标公示开始日期,预中标公示结束日期
    /// 虚构污水处理厂,BOT,竞争性磋商,2016-05-09,2016-05-11
    /// ```
    /// ```csv good
    /// 项目名称,运作方式,采购方式,预中标公示开始日期,预中标公示结束日期
    /// 虚构污水处理厂,BOT,竞争性磋商,2016-05-09,2016-05-13
    /// ```
    /// ---
    /// ## What
    /// A provisional award is shown for five working days, its first and last day counted, by the calendar of Xinjiang.
    /// A tender shown for three days but fewer than five working days is only a notice; a single source is left to
    /// single-source-publicity. Awards shown before 31 December 2014 and years without a calendar are passed over.
    ///
    /// Working days are those of the facts `working-days`, which the setting `calendar-days` changes.
    /// ## Why
    /// The rules on procuring PPP projects ask for five working days (their wording is still to be checked), those on
    /// tenders for three days, and which of them binds a tender is disputed.
    /// ## How to mend
    /// See whether the dates are right. If they are, keep them and explain in the note on progress; before the contract
    /// is signed, show the award for as long as it takes.
    pub(crate) static RULE = Rule {
        id: "ppp/preaward-short",
        title: text("预中标公示期不足", "Provisional award shown too short"),
        severity: Severity::Warning,
        over: Reading::of(&PROJECT, &[PREAWARD_FROM, PREAWARD_TO]).and_optional(&[PROCUREMENT_METHOD])
            .presence(Presence::Optional),
        bases: &[PPP_PROCUREMENT_215, TENDER_RULES_54],
        since: PPP_PROCUREMENT_215.since,
        messages: &[
            Message::new(
                "预中标公示期不足:应不少于{expected}个工作日,实际{actual}个工作日",
                "The provisional award was shown for {actual} working days, to be shown for {expected}",
            ),
            Message::named(
                "tender",
                "预中标公示期不足:招标项目应不少于{expected}日,实际{actual}日",
                "The candidates of the tender were shown for {actual} days, to be shown for {expected}",
            ),
            Message::named(
                "tender-between",
                "招标项目公示{days}日,满足招标投标法实施条例的3日,但不足PPP项目采购要求的{expected}个工作日(实际{actual}个)",
                "The candidates were shown for {days} days, as tenders ask for, but for {actual} of {expected} working days PPP projects do",
            )
            .weighing(Severity::Notice),
            Message::named(
                "unsettled",
                "预中标公示期不足:应不少于{expected}个工作日,实际{actual}个工作日(可能因地方节假日而不同)",
                "The provisional award was shown for {actual} working days, perhaps another number for a local holiday, to be shown for {expected}",
            )
            .weighing(Severity::Notice),
        ],
        check: Check::Row(preaward_short),
        ..Rule::EMPTY
    };
}

fn preaward_short(project: &Row, findings: &mut Findings) -> Judged {
    let shown = Shown::of(project)?;
    let method = project.text(PROCUREMENT_METHOD);
    if method == Some("单一来源采购") || shown.from < PPP_PROCUREMENT_215.since? {
        return None; // `single-source-publicity`
    }
    let tender = matches!(method, Some("公开招标" | "邀请招标"));
    if tender && shown.days < TENDER_DAYS {
        findings.at(project, PREAWARD_TO).saying("tender").expected(TENDER_DAYS).actual(shown.days);
    } else if shown.working_days < WORKING_DAYS {
        let finding = findings.at(project, PREAWARD_TO).expected(WORKING_DAYS).actual(shown.working_days);
        if tender {
            finding.saying("tender-between").with("days", shown.days);
        } else if shown.unsettled {
            finding.saying("unsettled");
        }
    }
    JUDGED
}
