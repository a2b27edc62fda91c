//! An investment that is no amount, or none to speak of.

use mingcha_kit::prelude::*;

use crate::bases::PLAN_2_2;
use crate::statements;
use crate::tables::project::{INVEST_AMOUNT, OPERATION_MODE, PROJECT, PROJECT_NAME};

rule! {
    /// ## 查什么
    /// 投资金额应是大于零的一个金额。“12000”“1.2亿元”“12,000万元”“约3.5亿”都能识别;零、负数和“待批复”这样的文字不行。
    /// ## 为什么
    /// 投资金额是实施方案列明的公开内容,也是比较各季度、汇总全州数字的基础。
    /// ## 怎么改
    /// 填项目总投资,只填一个金额,单位写在表头或格内。还没有批复的,填实施方案或可行性研究报告中的估算数。
    /// ## 例
    /// ```csv bad
    /// 项目名称,运作方式,投资金额(万元)
    /// 虚构污水处理厂,BOT,0
    /// 虚构供热管网,BOT,以批复为准
    /// ```
    /// ```csv good
    /// 项目名称,运作方式,投资金额(万元)
    /// 虚构污水处理厂,BOT,1.2亿元
    /// ```
    /// ---
    /// ## What
    /// The investment is one amount above zero: 12000, 1.2亿元, 12,000万元, 约3.5亿. Zero, a negative or words are none.
    /// ## Why
    /// The plan wants it published, and every comparison of quarters and every total rests on it.
    /// ## How to mend
    /// Give the total investment as one amount with its unit in the header or the cell; before approval, the estimate
    /// of the feasibility study.
    pub(crate) static RULE = Rule {
        id: "ppp/invest-positive",
        title: text("投资金额无效", "Investment not an amount above zero"),
        over: Reading::of(&PROJECT, &[INVEST_AMOUNT]).and_optional(&[PROJECT_NAME, OPERATION_MODE]),
        reports_unreadable: &[INVEST_AMOUNT],
        bases: &[PLAN_2_2],
        messages: &[Message::new("投资金额“{invest_amount}”无效", "Investment “{invest_amount}” is no amount above zero")],
        check: Check::Row(invest_positive),
        ..Rule::EMPTY
    };
}

fn invest_positive(project: &Row, findings: &mut Findings) -> Judged {
    statements::leave_alone(project)?;
    let valid = match project.state(INVEST_AMOUNT) {
        State::Blank => return None, // `required-fields`
        State::Unreadable => false,
        State::Value => project.decimal(INVEST_AMOUNT)? > Decimal::ZERO,
    };
    if !valid {
        findings.at(project, INVEST_AMOUNT);
    }
    JUDGED
}
