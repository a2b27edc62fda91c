//! A value is beyond its limit.

use mingcha_kit::prelude::*;

use crate::bases;
use crate::limit::Limit;
use crate::measurement::measured;
use crate::pollutants::has_multiple;
use crate::tables::emitter_result::{
    EMITTER_RESULT, LIMIT_VALUE, POINT_CODE, POLLUTANT, QUALIFIER, UNIT, VALUE, VALUE_CORRECTED,
};

rule! {
    /// ## 查什么
    /// 监测值(给出折算浓度的,为折算浓度)超过该条记录所列的限值,或者不在 pH 等的限值范围内。未检出不算超标。
    /// 按单个数据比较;限值是日均值的,请再按日均值核对。限值为“5(8)”的,超过括号内数字才算超标。
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
    /// the figure in brackets must be exceeded.
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
            .and_optional(&[POINT_CODE, POLLUTANT, UNIT, VALUE_CORRECTED, QUALIFIER]),
        bases: &[bases::TRUTHFUL_DISCLOSURE, bases::GB_18918, bases::GB_13223, bases::GB_13271, bases::GB_8978],
        messages: &[
            Message::new(
                "{point_code}“{pollutant}”{actual}{unit},超过限值{limit_value},超标{multiple}倍",
                "{point_code} “{pollutant}” is {actual} {unit}, {multiple} times over the limit {limit_value}",
            ),
            Message::named(
                "beyond",
                "{point_code}“{pollutant}”{actual}{unit},超出限值{limit_value}",
                "{point_code} “{pollutant}” is {actual} {unit}, beyond the limit {limit_value}",
            ),
        ],
        check: Check::Row(exceedance),
        ..Rule::EMPTY
    };
}

fn exceedance(result: &Row, findings: &mut Findings) -> Judged {
    let limit = result.by_value(LIMIT_VALUE, Limit::parse)??;
    let measured = measured(result)?;
    if limit.is_exceeded(measured.value, measured.not_detected)? {
        let multiple = limit
            .multiple(measured.value)
            .filter(|&multiple| multiple > 0.0 && result.by_value(POLLUTANT, has_multiple) != Some(false));
        let finding = findings.at(result, measured.column()).actual(measured.value);
        match (multiple, limit) {
            (Some(multiple), Limit::AtMost(most)) => finding.expected(most).with("multiple", multiple),
            _ => finding.expected(result.text(LIMIT_VALUE).unwrap_or_default()).saying("beyond"),
        };
    }
    JUDGED
}
