//! `fee/fund-mode-unknown`: money that goes where no list of fund modes knows of.

use mingcha_kit::prelude::*;

use crate::tables::fee_catalogue::{FEE_CATALOGUE, FUND_MODE, FUND_MODES, ITEM_NAME, NATURE, is_levied};

rule! {
    /// ## 查什么
    /// “资金管理方式”应是下列之一:缴入中央国库、缴入地方国库、缴入中央和地方国库、缴入中央和地方财政专户、缴入地方财政专户、缴入同级国库、缴入中央和地方国库或财政专户。常见的简写(如“地方国库”“财政专户”)也认。
    ///
    /// 写“同上”的由 `fee/basis-ditto` 提示,空白的由 `fee/required-fields` 提示;经营服务性收费和保证金不适用。
    /// ## 为什么
    /// 收费、基金应上缴国库或财政专户。写“自收自支”“单位管理”,说不清钱去了哪里。
    /// ## 怎么改
    /// 对照国家和自治区目录清单中该项目的管理方式填写。
    /// ## 例
    /// ```csv bad
    /// 收费项目,政策依据,资金管理方式
    /// 示例考试费,《教育法》,自收自支
    /// ```
    /// ```csv good
    /// 收费项目,政策依据,资金管理方式
    /// 示例考试费,《教育法》,缴入地方财政专户
    /// ```
    /// ---
    /// ## What
    /// The fund mode is one of those the national lists use, or a usual short form of one. Service fees and deposits are
    /// left out; ditto and blank cells have their own rules.
    /// ## Why
    /// Fees and funds go to the treasury or a fiscal account. Other words do not say where the money is.
    /// ## How to mend
    /// Take the mode from the national or regional list.
    pub(crate) static RULE = Rule {
        id: "fee/fund-mode-unknown",
        title: text("资金管理方式不在代码表", "Unknown fund mode"),
        severity: Severity::Warning,
        over: Reading::of(&FEE_CATALOGUE, &[ITEM_NAME]).and_optional(&[FUND_MODE, NATURE]),
        messages: &[Message::new(
            "“{item_name}”资金管理方式“{fund_mode}”不在代码表",
            "The fund mode “{fund_mode}” of “{item_name}” is none that is known",
        )],
        check: Check::Row(check),
        ..Rule::EMPTY
    };
}

fn check(item: &Row, findings: &mut Findings) -> Judged {
    let mode = item.text(FUND_MODE)?;
    if !is_levied(item) || values::text::is_ditto(mode) {
        return None; // `basis-ditto` reports the latter
    }
    if !is_known(mode) {
        findings.at(item, FUND_MODE);
    }
    JUDGED
}

/// One mode, or several of which all are known.
fn is_known(cell: &str) -> bool {
    let known = |mode: &str| {
        let mode = values::text::trimmed(mode);
        FUND_MODES.iter().any(|code| code.value == mode || code.spellings.contains(&mode))
    };
    known(cell) || cell.split(['、', ',', '，', ';', '；', '\n']).all(known)
}
