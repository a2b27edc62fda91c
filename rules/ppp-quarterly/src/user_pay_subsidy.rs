//! A project paid by its users that takes public money.

use mingcha_kit::prelude::*;

use crate::bases::GUIDE_113;
use crate::history;
use crate::tables::project::{ANNUAL_GOV_PAYMENT, PROJECT, REPORT_PERIOD, RETURN_MECHANISM};

rule! {
    /// ## 查什么
    /// 回报机制为使用者付费的项目,年度财政支出责任应为0或空着。
    /// 报告期末不在操作指南有效期(2014年11月29日至2017年11月28日)内的不查;没有写报告期的,按检查时段的末日或检查日期。
    /// ## 为什么
    /// 使用者付费是由最终用户直接付费,政府不承担运营补贴。用户付费不够、要财政补的,是可行性缺口补助。机制填错,财政要承担多少就看不出来。
    /// ## 怎么改
    /// 有财政补贴的,把回报机制改为可行性缺口补助;没有的,把年度财政支出责任改为0。填的是股权出资、配套投入的,从这一栏移出,写到进度说明里。
    /// ## 例
    /// ```csv bad
    /// 项目名称,运作方式,回报机制,年度财政支出责任(万元)
    /// 虚构停车场,BOT,使用者付费,120
    /// ```
    /// ```csv good
    /// 项目名称,运作方式,回报机制,年度财政支出责任(万元)
    /// 虚构停车场,BOT,使用者付费,0
    /// 虚构污水处理厂,BOT,可行性缺口补助,1850
    /// ```
    /// ---
    /// ## What
    /// A project paid by its users (使用者付费) has no yearly public payment.
    /// Periods that end outside the days of the guide, 29 November 2014 to 28 November 2017, are passed over; where none is
    /// written, the end of the period of the audit counts, else its day.
    /// ## Why
    /// Its users pay for it. Where the budget fills a gap, the mechanism is 可行性缺口补助.
    /// ## How to mend
    /// Change the mechanism or the payment. Shares paid in and works done at public cost belong in the note on progress.
    pub(crate) static RULE = Rule {
        id: "ppp/user-pay-subsidy",
        title: text("使用者付费项目填报了财政补贴", "Project paid by users takes public money"),
        severity: Severity::Warning,
        over: Reading::of(&PROJECT, &[RETURN_MECHANISM]).and_optional(&[ANNUAL_GOV_PAYMENT, REPORT_PERIOD]),
        bases: &[GUIDE_113],
        since: GUIDE_113.since,
        messages: &[Message::new(
            "使用者付费项目填报了财政补贴支出{actual}万元",
            "The project is paid by its users, yet a yearly public payment of {actual} 万元 is given",
        )],
        check: Check::Row(user_pay_subsidy),
        ..Rule::EMPTY
    };
}

fn user_pay_subsidy(project: &Row, findings: &mut Findings) -> Judged {
    history::was_under(&GUIDE_113, project)?;
    if project.text(RETURN_MECHANISM)? != "使用者付费" {
        return None;
    }
    let payment = project.decimal(ANNUAL_GOV_PAYMENT)?;
    if payment > Decimal::ZERO {
        findings.at(project, ANNUAL_GOV_PAYMENT).actual(payment.normalized());
    }
    JUDGED
}
