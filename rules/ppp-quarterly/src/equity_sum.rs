//! Shares of the project company that do not make up the whole.

use mingcha_kit::prelude::*;

use crate::tables::project::{GOV_EQUITY_PCT, PRIVATE_EQUITY_PCT, PROJECT};

/// The whole, in per cent.
const WHOLE: Decimal = Decimal::new(100, 0);

/// What rounding may take or add.
const TOLERANCE: Decimal = Decimal::new(1, 2);

rule! {
    /// ## 查什么
    /// 政府方持股比例与社会资本持股比例都填了的,合计应为100%,误差不超过0.01。有一项空着的不查。
    /// ## 为什么
    /// 项目公司的股权只在这两方之间分。合计不是100%,必有一项错了,或者漏了第三方。
    /// ## 怎么改
    /// 对照项目公司章程核对。政府不出资的,政府方填0。联合体几家的比例加在一起填社会资本一栏;财务投资人算社会资本。
    /// ## 例
    /// ```csv bad
    /// 项目名称,运作方式,政府方持股比例(%),社会资本持股比例(%)
    /// 虚构污水处理厂,BOT,20,70
    /// ```
    /// ```csv good
    /// 项目名称,运作方式,政府方持股比例(%),社会资本持股比例(%)
    /// 虚构污水处理厂,BOT,20,80
    /// ```
    /// ---
    /// ## What
    /// The shares of government and private capital make up 100 per cent, within 0.01. Passed over where one is blank.
    /// ## Why
    /// The project company belongs to these two. If their shares do not add up, one is wrong or somebody is missing.
    /// ## How to mend
    /// Compare with the company's charter. The members of a consortium count together, financial investors with them.
    pub(crate) static RULE = Rule {
        id: "ppp/equity-sum",
        title: text("持股比例合计不是100%", "Shares do not make up 100 per cent"),
        over: Reading::of(&PROJECT, &[GOV_EQUITY_PCT, PRIVATE_EQUITY_PCT])
            .presence(Presence::Optional),
        messages: &[Message::new("持股比例合计{actual}%,应为100%", "The shares make up {actual} % instead of 100 %")],
        check: Check::Row(equity_sum),
        ..Rule::EMPTY
    };
}

fn equity_sum(project: &Row, findings: &mut Findings) -> Judged {
    let sum = project.decimal(GOV_EQUITY_PCT)?.checked_add(project.decimal(PRIVATE_EQUITY_PCT)?)?;
    let difference = sum.checked_sub(WHOLE)?;
    if difference.checked_abs()? > TOLERANCE {
        findings
            .at(project, PRIVATE_EQUITY_PCT)
            .expected(WHOLE)
            .actual(sum.normalized())
            .difference(difference.normalized());
    }
    JUDGED
}
