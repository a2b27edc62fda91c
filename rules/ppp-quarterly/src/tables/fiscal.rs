//! What the budget spends, and what of it PPP projects have tied up, one row per region and year.

use mingcha_kit::prelude::*;

use crate::history::context_year;

table! {
    /// General budget expenditure and PPP commitments per region and year.
    pub(crate) static FISCAL = Table::named("ppp_fiscal", "PPP财政支出责任表", "PPP commitments and the budget")
        .aliases(&["财政支出责任", "支出责任", "财政承受能力", "财承"])
        .key(&[REGION_CODE, YEAR])
        .body(REGION_CODE);
    /// 所属县市/园区
    pub(crate) const REGION_CODE = Column::text("region_code", "所属县市/园区", "County or park")
        .aliases(&[
            "所属县市", "所属园区", "县市", "县市(园区)", "县市/园区", "县市园区", "县市、园区", "所属县(市)", "所属县市(园区)", "所在地区",
            "所属地区", "地区", "行政区划", "行政区划代码",
        ])
        .fill_down()
        .from_part("region");
    /// 年度
    pub(crate) const YEAR = Column::text("year", "年度", "Year").aliases(&["年份", "预算年度", "所属年度"]).fill_down();
    /// 一般公共预算支出
    pub(crate) const GENERAL_BUDGET_EXPENDITURE =
        Column::decimal("general_budget_expenditure", "一般公共预算支出", "General budget expenditure", 6)
            .aliases(&["一般公共预算支出额", "一般公共预算支出总额", "公共预算支出", "一般公共预算支出预算数", "一般公共预算支出规模"])
            .unit("万元")
            .required();
    /// PPP项目支出责任
    pub(crate) const PPP_COMMITMENT = Column::decimal("ppp_commitment", "PPP项目支出责任", "PPP commitments", 6)
        .aliases(&["PPP支出责任", "PPP项目财政支出责任", "PPP财政支出责任", "PPP项目支出责任合计", "全部PPP项目支出责任"])
        .unit("万元")
        .required();
    /// 政府付费项目支出责任
    pub(crate) const GOV_PAY_COMMITMENT =
        Column::decimal("gov_pay_commitment", "政府付费项目支出责任", "Commitments of projects paid by government", 6)
            .aliases(&["其中:政府付费项目支出责任", "政府付费项目财政支出责任", "政府付费支出责任", "其中:政府付费"])
            .unit("万元");
    /// 金额单位
    pub(crate) const UNIT = Column::text("unit", "金额单位", "Unit of amounts").aliases(&["单位", "计量单位"]).fill_down();
}

/// The year a row speaks of; that of the audited period where none is written.
pub(crate) fn year_of(row: &Row) -> Option<i32> {
    let context = context_year(row.task());
    let Some(text) = row.text(YEAR) else { return Some(context) };
    Some(values::period::Period::parse(text, Some(context)).ok()?.last().year())
}
