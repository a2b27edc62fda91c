//! A contract signed more than thirty days after the notice of award.

use mingcha_kit::prelude::*;

use crate::bases::PROCUREMENT_46;
use crate::tables::project::{AWARD_NOTICE_ON, CONTRACT_SIGNED_ON, PROJECT};

/// Calendar days from the notice to the contract.
const DAYS: u32 = 30;

rule! {
    /// ## 查什么
    /// 合同签订日期,不晚于中标结果公告日期之后第30日。公告当天不算;第30日是周末或放假日的,顺延到下一个工作日,按新疆的工作日历算。
    /// 公告日期当作发出中标通知书的日期(二者应同日)。两个日期有一个空着的、没有日历数据的年份不查。
    ///
    /// 工作日按参考数据 `working-days` 计,可用设置 `calendar-days` 逐日修改或补充年份。
    /// ## 为什么
    /// 政府采购法规定,中标、成交通知书发出之日起30日内签订合同。PPP项目签约前还有谈判确认、报政府审核等环节,有的另有规定,所以只提醒。
    /// 个别放假日安排没有查到原文,涉及这些日子的只作提示。
    /// ## 怎么改
    /// 先核对两个日期有没有填错。没有填错的,如实保留,在进度说明里写明延迟的原因,例如等待项目公司设立、政府审核。
    /// ## 例
    /// ```csv bad
    /// 项目名称,运作方式,中标结果公告日期,合同签订日期
    /// 虚构污水处理厂,BOT,2016-05-12,2016-06-20
    /// ```
    /// ```csv good
    /// 项目名称,运作方式,中标结果公告日期,合同签订日期
    /// 虚构污水处理厂,BOT,2016-05-12,2016-06-12
    /// ```
    /// ---
    /// ## What
    /// The contract is signed no later than the thirtieth day after the award was published, which stands for the day of
    /// the notice; where that is a day of rest in Xinjiang, on the next working day. Blank dates and years without a
    /// calendar are passed over.
    ///
    /// Working days are those of the facts `working-days`, which the setting `calendar-days` changes.
    /// ## Why
    /// The procurement law gives thirty days. PPP contracts often wait for confirmation, hence a warning; where the
    /// standing of a holiday could not be settled, only a notice.
    /// ## How to mend
    /// See whether the dates are right. If they are, keep them and give the reason in the note on progress.
    pub(crate) static RULE = Rule {
        id: "ppp/contract-late",
        title: text("中标后30日内未签订合同", "Contract signed late after the award"),
        severity: Severity::Warning,
        over: Reading::of(&PROJECT, &[AWARD_NOTICE_ON, CONTRACT_SIGNED_ON])
            .presence(Presence::Optional),
        bases: &[PROCUREMENT_46],
        messages: &[
            Message::new(
                "中标通知发出后30日内未签订合同:{notice}公告,应不晚于{expected}签订,实际{actual}签订",
                "The award was published on {notice}, the contract due by {expected}, signed on {actual}",
            ),
            Message::named(
                "unsettled",
                "中标通知发出后30日内未签订合同:{notice}公告,应不晚于{expected}签订,实际{actual}签订(可能因地方节假日顺延)",
                "The award was published on {notice}, the contract due by {expected} unless a local holiday moves it, signed on {actual}",
            )
            .weighing(Severity::Notice),
        ],
        check: Check::Row(contract_late),
        ..Rule::EMPTY
    };
}

fn contract_late(project: &Row, findings: &mut Findings) -> Judged {
    let (notice, signed) = (project.date(AWARD_NOTICE_ON)?, project.date(CONTRACT_SIGNED_ON)?);
    if signed < notice {
        return None; // `date-order`
    }
    let due = project.task().calendar().due_calendar_days(notice, DAYS).ok()?;
    if signed > due.date {
        let finding =
            findings.at(project, CONTRACT_SIGNED_ON).with("notice", notice).expected(due.date).actual(signed);
        if due.unsettled {
            finding.saying("unsettled");
        }
    }
    JUDGED
}
