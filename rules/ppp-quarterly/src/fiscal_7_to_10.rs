//! PPP commitments within ten per cent of a year's budget, but close.

use mingcha_kit::prelude::*;

use crate::bases::{AFFORDABILITY_21, STANDARDS_10};
use crate::fiscal_over_10::CEILING;
use crate::settings::FISCAL_WARNING;
use crate::shares::Share;
use crate::tables::fiscal::{FISCAL, GENERAL_BUDGET_EXPENDITURE, PPP_COMMITMENT, REGION_CODE, YEAR};

rule! {
    /// ## 查什么
    /// 每个县市、园区每一年度,全部PPP项目的财政支出责任占一般公共预算支出的比例,超过7%(设置 `fiscal-warning-percent`)、不超过10%的,提示风险。
    /// 正好7%不提示;超过10%的由 fiscal-over-10 报。
    /// ## 为什么
    /// 10%是红线。7%是2018年起财政部做风险提示的线,2016年还没有,这里借来提前提醒:离红线越近,以后年度越容易一个项目就超。
    /// ## 怎么改
    /// 核对两个数字的口径和单位。没有错的不必改数,新上需要财政支出责任的项目之前,先测算以后各年度的占比,并把测算一并公开。
    /// ## 例
    /// ```csv bad
    /// 所属县市,年度,一般公共预算支出(万元),PPP项目支出责任(万元)
    /// 昌吉市,2016,300000,24000
    /// ```
    /// ```csv good
    /// 所属县市,年度,一般公共预算支出(万元),PPP项目支出责任(万元)
    /// 昌吉市,2016,300000,21000
    /// ```
    /// ---
    /// ## What
    /// The commitments of all PPP projects lie above seven per cent of general budget expenditure (setting
    /// `fiscal-warning-percent`) and not above ten; exactly seven is no warning. Above ten, fiscal-over-10 speaks.
    /// ## Why
    /// Ten per cent is the ceiling. Seven is where the Ministry of Finance has warned since 2018; in 2016 it is borrowed
    /// to warn in time.
    /// ## How to mend
    /// See that both figures are of this year and in one unit. If they are, work out the years to come before taking on
    /// a project that needs public payments, and publish the calculation.
    pub(crate) static RULE = Rule {
        id: "ppp/fiscal-7-to-10",
        title: text("PPP支出责任接近一般公共预算支出10%", "PPP commitments close to ten per cent of the budget"),
        severity: Severity::Warning,
        over: Reading::of(&FISCAL, &[GENERAL_BUDGET_EXPENDITURE, PPP_COMMITMENT]).and_optional(&[REGION_CODE, YEAR]),
        bases: &[AFFORDABILITY_21, STANDARDS_10],
        since: AFFORDABILITY_21.since,
        messages: &[Message::new(
            "{region_code} {year} PPP支出责任占比{actual}%,处于风险提示区间({line}%—10%)",
            "PPP commitments of {region_code} in {year} are {actual} % of the budget, between {line} % and 10 %",
        )],
        check: Check::Row(fiscal_7_to_10),
        ..Rule::EMPTY
    };
}

fn fiscal_7_to_10(year: &Row, findings: &mut Findings) -> Judged {
    let share = Share::of(year)?;
    if share.is_above(CEILING)? {
        return None; // `fiscal-over-10`
    }
    let line = Decimal::from_f64(year.task().settings.number(&FISCAL_WARNING))?;
    if share.is_above(line)? {
        findings.at(year, PPP_COMMITMENT).with("line", line).actual(share.shown(line)?);
    }
    JUDGED
}
