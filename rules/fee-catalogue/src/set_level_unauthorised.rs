//! `fee/set-level-unauthorised`: a fee set up by somebody below the autonomous region.

use mingcha_kit::prelude::*;

use crate::bases::{FEE_WITHOUT_AUTHORITY, LAWFUL_FEE, TWO_LEVELS};
use crate::tables::fee_catalogue::{CENTRAL, FEE_CATALOGUE, ITEM_NAME, NATURE, PROVINCIAL, SET_LEVEL};
use crate::tables::{DEPOSIT, GOVERNMENT_FUND, SERVICE_FEE};

rule! {
    /// ## 查什么
    /// 行政事业性收费的“设立级次”只能是“中央”(国家)或“省级”(自治区)。
    ///
    /// 性质为政府性基金的由 `fee/fund-set-locally` 检查;经营服务性收费和保证金不适用本条。没有填写性质的,按行政事业性收费检查。
    /// ## 为什么
    /// 收费项目实行中央和省两级审批。州、县(市)、园区和部门都无权设立行政事业性收费。
    /// ## 怎么改
    /// 先核对该项目是不是国家或自治区设立的:是,就改正级次并补充依据;不是,就停止收取并移出清单。
    /// ## 例
    /// ```csv bad
    /// 收费项目,设立级次,政策依据
    /// 示例占用费,县级,《教育法》
    /// ```
    /// ```csv good
    /// 收费项目,设立级次,政策依据
    /// 示例占用费,自治区,《教育法》
    /// ```
    /// ---
    /// ## What
    /// An administrative fee is set up by the central authorities or by the autonomous region, nobody else.
    ///
    /// Funds have their own rule; service fees and deposits are left out.
    /// ## Why
    /// Fees are approved at two levels, central and provincial. Prefectures, counties and parks may not set them up.
    /// ## How to mend
    /// If the fee was set up higher up, correct the level and name the basis. If not, stop charging it.
    pub(crate) static RULE = Rule {
        id: "fee/set-level-unauthorised",
        title: text("设立级次无权设立收费", "Fee set up without authority"),
        over: Reading::of(&FEE_CATALOGUE, &[SET_LEVEL]).and_optional(&[ITEM_NAME, NATURE]),
        bases: &[TWO_LEVELS, LAWFUL_FEE, FEE_WITHOUT_AUTHORITY],
        messages: &[Message::new(
            "“{item_name}”设立级次为“{set_level}”,州、县无权设立行政事业性收费",
            "“{item_name}” was set up by “{set_level}”; prefectures and counties may not set up administrative fees",
        )],
        check: Check::Row(check),
        ..Rule::EMPTY
    };
}

fn check(item: &Row, findings: &mut Findings) -> Judged {
    if matches!(item.text(NATURE), Some(GOVERNMENT_FUND | SERVICE_FEE | DEPOSIT)) {
        return None;
    }
    if !authorised(item.text(SET_LEVEL)?) {
        findings.at(item, SET_LEVEL).expected(format!("{CENTRAL}、{PROVINCIAL}"));
    }
    JUDGED
}

/// One level, or several of which all may.
fn authorised(cell: &str) -> bool {
    cell.split(['、', ',', '，', '/', '和', '或', '+']).map(values::text::trimmed).all(is_authorised)
}

fn is_authorised(level: &str) -> bool {
    SET_LEVEL.codes.iter().any(|code| code.value == level || code.spellings.contains(&level))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_named_level_must_be_authorised() {
        assert!(["中央", "省级", "中央和自治区", "国家、省级"].into_iter().all(authorised));
        assert!(!["州级", "县级", "省级、县级", "昌吉州"].into_iter().any(authorised));
    }
}
