//! Times over the limit are given where nothing is over it.

use mingcha_kit::prelude::*;

use crate::limit::Limit;
use crate::measurement::{is_beyond, limit_of};
use crate::pollutants::has_multiple;
use crate::tables::emitter_result::{
    COMPLIANCE, COMPLIANT, EMITTER_RESULT, EXCEED_MULTIPLE, LIMIT_VALUE, POLLUTANT, QUALIFIER, VALUE,
    VALUE_CORRECTED, WATER_TEMP,
};

rule! {
    /// ## 查什么
    /// 没有超过限值的记录,超标倍数为空或者为0;超标倍数不为负。监测值或限值无法比较的,看达标情况是否为“达标”。
    ///
    /// ## 为什么
    /// 达标而有超标倍数,两者必有一个错。常见的是把没有超标的也套了公式,算出负数。
    ///
    /// ## 怎么改
    /// 核对监测值和限值:确实没有超标的,超标倍数留空或者填0;确实超标的,改正监测值、限值或达标情况。
    ///
    /// ## 例
    /// ```csv bad
    /// 排放口编号,污染物名称,监测值,标准限值,超标倍数
    /// DW001,化学需氧量,38,50,-0.24
    /// ```
    /// ```csv good
    /// 排放口编号,污染物名称,监测值,标准限值,超标倍数
    /// DW001,化学需氧量,38,50,0
    /// DW001,化学需氧量,62,50,0.24
    /// ```
    /// ---
    /// ## What
    /// Where a value is within its limit, the times over the limit are blank or 0; they are never below zero. Where value and
    /// limit cannot be compared, the verdict 达标 decides.
    ///
    /// ## Why
    /// Compliant and yet over the limit: one of the two is wrong. Often the formula was applied to every value.
    ///
    /// ## How to mend
    /// Leave the cell blank where nothing is exceeded; where it is, correct value, limit or verdict.
    pub static RULE = Rule {
        id: "env/multiple-spurious",
        title: text("达标记录填报了超标倍数", "Times over the limit of a compliant result"),
        severity: Severity::Warning,
        over: Reading::of(&EMITTER_RESULT, &[]).and_optional(&[
            EXCEED_MULTIPLE, VALUE, LIMIT_VALUE, COMPLIANCE, POLLUTANT, VALUE_CORRECTED, QUALIFIER, WATER_TEMP,
        ]),
        messages: &[
            Message::new(
                "达标记录填报了超标倍数{exceed_multiple}",
                "A compliant result has times over the limit: {exceed_multiple}",
            ),
            Message::named(
                "negative",
                "超标倍数{exceed_multiple}为负;没有超标的应留空或填0",
                "Times over the limit are {exceed_multiple}, below zero; leave them blank or 0 where nothing is exceeded",
            ),
        ],
        screen: Some(screen),
        check: Check::Row(multiple_spurious),
        ..Rule::EMPTY
    };
}

fn screen(results: &Batch) -> Screen {
    let stated = results.numbers(EXCEED_MULTIPLE);
    if stated.are_missing() {
        return Screen::All(Glance::Aside);
    }
    Screen::only(results, |index| stated.at(index).is_some())
}

fn multiple_spurious(result: &Row, findings: &mut Findings) -> Judged {
    let stated = result.number(EXCEED_MULTIPLE)?;
    let beyond = is_beyond(result);
    let compliant = beyond.map_or_else(|| result.text(COMPLIANCE) == Some(COMPLIANT), |beyond| !beyond);
    if stated < 0.0 && !(beyond == Some(true) && is_recalculated(result)) {
        findings.at(result, EXCEED_MULTIPLE).saying("negative");
    } else if !compliant {
        return None;
    } else if stated > 0.0 {
        findings.at(result, EXCEED_MULTIPLE);
    }
    JUDGED
}

/// `multiple-wrong` calculates the multiple again and says what it should be.
fn is_recalculated(result: &Row) -> bool {
    result.by_value(POLLUTANT, has_multiple) != Some(false)
        && matches!(limit_of(result), Some(Limit::AtMost(_)))
}
