//! A project that needs public money, in execution, without any.

use mingcha_kit::prelude::*;

use crate::bases::GUIDE_113;
use crate::history;
use crate::stages::Stage;
use crate::tables::project::{
    ANNUAL_GOV_PAYMENT, PROJECT, PROJECT_NAME, REPORT_PERIOD, RETURN_MECHANISM, STAGE,
};

rule! {
    /// ## 查什么
    /// 回报机制为政府付费或可行性缺口补助、已到执行或移交阶段的项目,年度财政支出责任不应为0或空着。
    /// 报告期末不在操作指南有效期(2014年11月29日至2017年11月28日)内的不查;没有写报告期的,按检查时段的末日或检查日期。
    /// ## 为什么
    /// 这两种机制都要财政出钱:政府付费全部由政府承担,可行性缺口补助承担一部分。不填,财政支出责任的合计就少算了,
    /// 也看不出有没有超过一般公共预算支出的10%。
    /// ## 怎么改
    /// 按合同和财政承受能力论证报告填本年度的数,单位写在表头或格内。还在建设期、本年度确实不用付的,仍填0,在进度说明里写明哪一年开始付,
    /// 这条提醒可以保留。
    /// ## 例
    /// ```csv bad
    /// 项目名称,运作方式,回报机制,项目进度,年度财政支出责任(万元)
    /// 虚构环城公路,BOT,政府付费,执行,0
    /// 虚构污水处理厂,BOT,可行性缺口补助,执行,
    /// ```
    /// ```csv good
    /// 项目名称,运作方式,回报机制,项目进度,年度财政支出责任(万元)
    /// 虚构环城公路,BOT,政府付费,执行,6200
    /// 虚构污水处理厂,BOT,可行性缺口补助,准备,
    /// ```
    /// ---
    /// ## What
    /// A project paid by government or with a gap subsidy, in execution or transfer, has a yearly public payment above
    /// zero.
    /// Periods that end outside the days of the guide, 29 November 2014 to 28 November 2017, are passed over; where none is
    /// written, the end of the period of the audit counts, else its day.
    /// ## Why
    /// Both mechanisms take public money. Left out, the sum of commitments is too small, and so is its share of the
    /// budget.
    /// ## How to mend
    /// Take this year's figure from the contract and the affordability report. Where nothing is due yet, write 0 and say
    /// in the note on progress from which year on; the warning may stand.
    pub(crate) static RULE = Rule {
        id: "ppp/gov-pay-zero",
        title: text("未填报财政支出责任", "Yearly public payment not given"),
        severity: Severity::Warning,
        over: Reading::of(&PROJECT, &[RETURN_MECHANISM, STAGE]).and_optional(&[ANNUAL_GOV_PAYMENT, PROJECT_NAME, REPORT_PERIOD]),
        bases: &[GUIDE_113],
        since: GUIDE_113.since,
        messages: &[
            Message::new(
                "{return_mechanism}项目“{project_name}”已到“{stage}”,未填报年度财政支出责任",
                "Project “{project_name}” ({return_mechanism}), in stage “{stage}”, gives no yearly public payment",
            ),
            Message::named(
                "zero",
                "{return_mechanism}项目“{project_name}”已到“{stage}”,年度财政支出责任却填“{annual_gov_payment}”",
                "Project “{project_name}” ({return_mechanism}), in stage “{stage}”, gives a yearly public payment of “{annual_gov_payment}”",
            ),
        ],
        check: Check::Row(gov_pay_zero),
        ..Rule::EMPTY
    };
}

fn gov_pay_zero(project: &Row, findings: &mut Findings) -> Judged {
    history::was_under(&GUIDE_113, project)?;
    let public = matches!(project.text(RETURN_MECHANISM)?, "政府付费" | "可行性缺口补助");
    if !public || Stage::parse(project.text(STAGE)?)? < Stage::Execution {
        return None;
    }
    match project.decimal(ANNUAL_GOV_PAYMENT) {
        None => {
            findings.on(project);
        }
        Some(payment) if payment <= Decimal::ZERO => {
            findings.at(project, ANNUAL_GOV_PAYMENT).saying("zero");
        }
        Some(_) => {}
    }
    JUDGED
}
