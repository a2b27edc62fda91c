//! `fee/standard-no-unit`: a standard that does not say what is counted.

use mingcha_kit::prelude::*;
use values::standard::Measure;

use crate::prices::price;
use crate::tables::fee_catalogue::{
    FEE_CATALOGUE, ITEM_NAME, STANDARD_TEXT, STANDARD_UNIT, STATUS, in_force,
};

rule! {
    /// ## 查什么
    /// 收费标准应写明按什么计费,如“20元/人次”。只写“20元”而“计费单位”一栏也空白的,予以提示;连“元”“%”都没有的,作为提醒。表头写明单位的(如“收费标准(元/人次)”),全列都按它算,不必逐格再写。
    ///
    /// 按比例收取的(如“3‰”)和标准为零的不查;一格里写了几档标准或文字说明的,无法判断,也不查。已停征、取消的不查。
    /// ## 为什么
    /// “20元”是一次、一人还是一年?缴费人无法核对,台账也无法比对。
    /// ## 怎么改
    /// 在收费标准后面加上“/人次”“/平方米”等,或者在“计费单位”一栏填写。
    /// ## 例
    /// ```csv bad
    /// 收费项目,政策依据,收费标准,计费单位
    /// 示例考试费,《教育法》,20元,
    /// ```
    /// ```csv good
    /// 收费项目,政策依据,收费标准,计费单位
    /// 示例考试费,《教育法》,20元/人次,
    /// 示例报名费,《教育法》,10元,人次
    /// ```
    /// ---
    /// ## What
    /// A standard says what is counted, in its own cell or in 计费单位. A bare number is a notice only. A unit in
    /// the header, 收费标准(元/人次), holds for the whole column. Rates, standards of zero, and cells that hold several standards or prose are left out.
    /// ## Why
    /// 20 yuan for what? Neither payers nor the ledger can be checked.
    /// ## How to mend
    /// Add the unit behind the standard, or fill 计费单位.
    pub(crate) static RULE = Rule {
        id: "fee/standard-no-unit",
        title: text("收费标准缺少计费单位", "Standard without a counting unit"),
        severity: Severity::Warning,
        over: Reading::of(&FEE_CATALOGUE, &[ITEM_NAME]).and_optional(&[STANDARD_TEXT, STANDARD_UNIT, STATUS]),
        messages: &[
            Message::new(
                "“{item_name}”收费标准“{standard_text}”缺少计费单位",
                "The standard “{standard_text}” of “{item_name}” does not say what is counted",
            ),
            Message::named(
                "bare",
                "“{item_name}”收费标准“{standard_text}”只有数字,请写明金额单位和计费单位",
                "The standard “{standard_text}” of “{item_name}” is a bare number; say in which money and for what",
            )
            .weighing(Severity::Notice),
        ],
        check: Check::Row(check),
        ..Rule::EMPTY
    };
}

fn check(item: &Row, findings: &mut Findings) -> Judged {
    if !in_force(item)? {
        return None;
    }
    let standard = price(item)?;
    if standard.max.is_some_and(|most| most.is_zero()) {
        return None;
    }
    match standard.measure {
        None => {
            findings.at(item, STANDARD_TEXT).saying("bare");
        }
        Some(Measure::Money(_)) if standard.per.is_none() => {
            findings.at(item, STANDARD_TEXT);
        }
        Some(_) => {}
    }
    JUDGED
}
