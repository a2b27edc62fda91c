//! A value is beyond its limit.

use mingcha_kit::prelude::*;
use mingcha_kit::values::pollutant::canonical_unit;

use crate::bases;
use crate::limit::Limit;
use crate::measurement::{beyond, limit_of, measured};
use crate::pollutants::has_multiple;
use crate::tables::emitter_result::{
    EMITTER_RESULT, LIMIT_VALUE, POINT_CODE, POLLUTANT, QUALIFIER, UNIT, VALUE, VALUE_CORRECTED, WATER_TEMP,
};

rule! {
    /// ## 查什么
    /// 监测值(给出折算浓度的,为折算浓度)超过该条记录所列的限值,或者不在 pH 等的限值范围内。未检出不算超标。
    /// 按单个数据比较;限值是日均值的,请再按日均值核对。
    /// 限值为“5(8)”的,给出水温时按水温(高于12℃用括号外数字),没有水温时超过括号内数字才算超标。
    ///
    /// ## 为什么
    /// 超标排放违反排放标准,需要采取措施、分析原因并报告。
    ///
    /// ## 怎么改
    /// 先核对数据和单位有无录入错误。确系超标的,立即采取措施,查明原因,向环境保护部门报告,并如实公开超标倍数和处理情况;
    /// 不得修改监测数据。
    ///
    /// ## 例
    /// ```csv bad
    /// 排放口编号,污染物名称,监测值,单位,标准限值
    /// DW001,化学需氧量,62,mg/L,50
    /// ```
    /// ```csv good
    /// 排放口编号,污染物名称,监测值,单位,标准限值
    /// DW001,化学需氧量,50,mg/L,50
    /// DW001,氨氮,6.2,mg/L,5(8)
    /// ```
    /// ---
    /// ## What
    /// A value, corrected where a corrected one is given, is above the limit of its record or outside its range. What was not
    /// detected never is. Single values are compared; where the limit is a daily mean, look at the daily mean too. Of `5(8)`
    /// the water's temperature chooses the figure (above 12 ℃ the first); without it the one in brackets must be exceeded.
    ///
    /// ## Why
    /// An exceedance breaks the emission standard and calls for action, an explanation and a report.
    ///
    /// ## How to mend
    /// Check value and unit for slips first. If it is real: act, find the cause, report it, and disclose it truthfully. Never
    /// change the measurement.
    pub static RULE = Rule {
        id: "env/exceedance",
        title: text("超标排放", "Limit exceeded"),
        over: Reading::of(&EMITTER_RESULT, &[VALUE, LIMIT_VALUE])
            .and_optional(&[POINT_CODE, POLLUTANT, UNIT, VALUE_CORRECTED, QUALIFIER, WATER_TEMP]),
        bases: &[bases::TRUTHFUL_DISCLOSURE, bases::GB_18918, bases::GB_13223, bases::GB_13271, bases::GB_8978],
        messages: &[
            Message::new(
                "{point_code}“{pollutant}”{actual}{unit},超过限值{expected},超标{multiple}倍",
                "{point_code} “{pollutant}” is {actual} {unit}, {multiple} times over the limit {expected}",
            ),
            Message::named(
                "beyond",
                "{point_code}“{pollutant}”{actual}{unit},超出限值{expected}",
                "{point_code} “{pollutant}” is {actual} {unit}, beyond the limit {expected}",
            ),
            Message::named(
                "no-unit",
                "{point_code}“{pollutant}”{actual},超过限值{expected},超标{multiple}倍",
                "{point_code} “{pollutant}” is {actual}, {multiple} times over the limit {expected}",
            ),
            Message::named(
                "beyond-no-unit",
                "{point_code}“{pollutant}”{actual},超出限值{expected}",
                "{point_code} “{pollutant}” is {actual}, beyond the limit {expected}",
            ),
        ],
        screen: Some(screen),
        check: Check::Row(exceedance),
        ..Rule::EMPTY
    };
}

fn screen(results: &Batch) -> Screen {
    let beyond = beyond(results);
    Screen::sifted(beyond.within, beyond.records.clone())
}

fn exceedance(result: &Row, findings: &mut Findings) -> Judged {
    let limit = limit_of(result)?;
    let measured = measured(result)?;
    if limit.is_exceeded(measured.value, measured.not_detected)? {
        let multiple = limit
            .multiple(measured.value)
            .filter(|&multiple| multiple > 0.0 && result.by_value(POLLUTANT, has_multiple) != Some(false));
        let has_unit = result.by_value(UNIT, is_unit) == Some(true);
        let finding = findings.at(result, measured.column()).actual(measured.value);
        let finding = match limit {
            Limit::AtMost(most) => finding.expected(most),
            _ => finding.expected(figures(result.text(LIMIT_VALUE).unwrap_or_default())),
        };
        match (multiple, has_unit) {
            (Some(multiple), true) => finding.with("multiple", multiple),
            (Some(multiple), false) => finding.with("multiple", multiple).saying("no-unit"),
            (None, true) => finding.saying("beyond"),
            (None, false) => finding.saying("beyond-no-unit"),
        };
    }
    JUDGED
}

/// A unit that stands behind a figure; 无量纲 says that there is none.
fn is_unit(text: &str) -> bool {
    canonical_unit(text) != Some("无量纲")
}

/// A limit as written, without the sign that it is one.
fn figures(text: &str) -> &str {
    text.trim_start_matches(['≤', '<', '＜']).trim_start()
}
