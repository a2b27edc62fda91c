//! The times over the limit are miscalculated.

use mingcha_kit::prelude::*;

use crate::bases;
use crate::limit::is_above;
use crate::measurement::{limit_of, measured};
use crate::pollutants::has_multiple;
use crate::tables::emitter_result::{
    EMITTER_RESULT, EXCEED_MULTIPLE, LIMIT_VALUE, POLLUTANT, QUALIFIER, VALUE, VALUE_CORRECTED, WATER_TEMP,
};

rule! {
    /// ## 查什么
    /// 超标的记录,超标倍数 =(监测值 − 限值)÷ 限值,四舍五入到两位小数,允许相差0.01。给出折算浓度的,用折算浓度计算。
    /// pH、溶解氧、黑度、噪声以及范围限值没有超标倍数,不查。
    ///
    /// ## 为什么
    /// 最常见的错误是把“监测值 ÷ 限值”当作超标倍数,多算了1倍;也有写成百分数的。
    ///
    /// ## 怎么改
    /// 按公式重算。例如监测值62、限值50,超标倍数是0.24,不是1.24,也不是24。
    ///
    /// ## 例
    /// ```csv bad
    /// 排放口编号,污染物名称,监测值,标准限值,超标倍数
    /// DW001,化学需氧量,62,50,1.24
    /// ```
    /// ```csv good
    /// 排放口编号,污染物名称,监测值,标准限值,超标倍数
    /// DW001,化学需氧量,62,50,0.24
    /// ```
    /// ---
    /// ## What
    /// Of a result beyond its limit, times over = (value − limit) ÷ limit, to two decimals, within 0.01; with the corrected
    /// value where one is given. pH, dissolved oxygen, blackness, noise and ranges have no such figure.
    ///
    /// ## Why
    /// Most often value ÷ limit was given, which is one too many, or a percentage.
    ///
    /// ## How to mend
    /// Calculate again: 62 against 50 is 0.24, neither 1.24 nor 24.
    pub static RULE = Rule {
        id: "env/multiple-wrong",
        title: text("超标倍数计算错误", "Times over the limit miscalculated"),
        over: Reading::of(&EMITTER_RESULT, &[VALUE, LIMIT_VALUE, EXCEED_MULTIPLE])
            .and_optional(&[POLLUTANT, VALUE_CORRECTED, QUALIFIER, WATER_TEMP]),
        bases: &[bases::RESULT_CONTENT],
        messages: &[Message::new(
            "超标倍数应为{expected},填报为{actual}",
            "Times over the limit should be {expected}, reported is {actual}",
        )],
        screen: Some(screen),
        check: Check::Row(multiple_wrong),
        ..Rule::EMPTY
    };
}

/// What rounding may make of it.
const TOLERANCE: f64 = 0.01;

fn screen(results: &Batch) -> Screen {
    let stated = results.numbers(EXCEED_MULTIPLE);
    if stated.are_missing() {
        return Screen::All(Glance::Aside);
    }
    Screen::only(results, |index| stated.at(index).is_some())
}

fn multiple_wrong(result: &Row, findings: &mut Findings) -> Judged {
    let stated = result.number(EXCEED_MULTIPLE)?;
    let limit = limit_of(result)?;
    let measured = measured(result)?;
    // A multiple for a value within its limit is another fault.
    if !limit.is_exceeded(measured.value, measured.not_detected)?
        || result.by_value(POLLUTANT, has_multiple) == Some(false)
    {
        return None;
    }
    let multiple = limit.multiple(measured.value)?;
    if is_above((stated - multiple).abs(), TOLERANCE) {
        findings.at(result, EXCEED_MULTIPLE).expected(multiple).actual(stated);
    }
    JUDGED
}
