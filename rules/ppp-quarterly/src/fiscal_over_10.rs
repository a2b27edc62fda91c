//! PPP commitments above ten per cent of a year's budget.

use mingcha_kit::prelude::*;

use crate::bases::AFFORDABILITY_21;
use crate::shares::Share;
use crate::tables::fiscal::{FISCAL, GENERAL_BUDGET_EXPENDITURE, PPP_COMMITMENT, REGION_CODE, YEAR};

/// The ceiling, in per cent; exactly ten is within it.
pub(crate) const CEILING: Decimal = Decimal::new(10, 0);

rule! {
    /// ## 查什么
    /// 每个县市、园区每一年度,全部PPP项目的财政支出责任占一般公共预算支出的比例,不超过10%。正好10%不算超。
    /// ## 为什么
    /// 财政承受能力论证指引规定了这条红线:超过以后,以后年度的预算就被PPP合同占住了。
    /// ## 怎么改
    /// 先核对两个数字的口径和单位:支出责任是本年度的,不是合作期合计;两栏单位一致。确实超过的,停止新上需要财政支出责任的项目,
    /// 对在库项目调整或退库,并把测算过程一并公开。
    /// ## 例
    /// ```csv bad
    /// 所属县市,年度,一般公共预算支出(万元),PPP项目支出责任(万元)
    /// 昌吉市,2016,300000,31500
    /// ```
    /// ```csv good
    /// 所属县市,年度,一般公共预算支出(万元),PPP项目支出责任(万元)
    /// 昌吉市,2016,300000,30000
    /// ```
    /// ---
    /// ## What
    /// In every year the commitments of all PPP projects stay within ten per cent of general budget expenditure;
    /// exactly ten is within.
    /// ## Why
    /// The guidelines on affordability draw this line, so that contracts do not bind the budgets to come.
    /// ## How to mend
    /// See that the commitments are of this year only and both figures in one unit. If the share is truly above, take
    /// on no new project that needs public payments, and publish the calculation.
    pub(crate) static RULE = Rule {
        id: "ppp/fiscal-over-10",
        title: text("PPP支出责任超过一般公共预算支出10%", "PPP commitments above ten per cent of the budget"),
        over: Reading::of(&FISCAL, &[GENERAL_BUDGET_EXPENDITURE, PPP_COMMITMENT]).and_optional(&[REGION_CODE, YEAR]),
        bases: &[AFFORDABILITY_21],
        since: AFFORDABILITY_21.since,
        messages: &[Message::new(
            "{region_code} {year} PPP支出责任占比{actual}%,超过10%",
            "PPP commitments of {region_code} in {year} are {actual} % of the budget, above 10 %",
        )],
        check: Check::Row(fiscal_over_10),
        ..Rule::EMPTY
    };
}

fn fiscal_over_10(year: &Row, findings: &mut Findings) -> Judged {
    let share = Share::of(year)?;
    if share.is_above(CEILING)? {
        let per_cent = share.shown(CEILING)?;
        findings.at(year, PPP_COMMITMENT).actual(per_cent).difference(per_cent.checked_sub(CEILING)?);
    }
    JUDGED
}
