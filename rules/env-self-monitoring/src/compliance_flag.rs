//! The emitter's own verdict contradicts its value and limit.

use mingcha_kit::prelude::*;

use crate::bases;
use crate::measurement::{beyond, limit_of, measured};
use crate::tables::emitter_result::{
    COMPLIANCE, COMPLIANT, EMITTER_RESULT, EXCEEDING, LIMIT_VALUE, QUALIFIER, VALUE, VALUE_CORRECTED,
    WATER_TEMP,
};

rule! {
    /// ## 查什么
    /// 达标情况与监测值、标准限值一致:不超过限值(pH 等在范围内)为“达标”,否则为“超标”。给出折算浓度的,用折算浓度比较;
    /// 未检出视为达标。限值为“5(8)”这样两个数字的,按水温(12℃)选用;没有水温的,只判断两个数字都能得出同一结论的情形。“未评价”的不查。
    ///
    /// ## 为什么
    /// 把超标写成达标就是不如实公开;把达标写成超标则自己冤枉自己。
    ///
    /// ## 怎么改
    /// 核对监测值和限值,改正写错的一个;两者都对的,改正达标情况,超标的同时填超标倍数并说明原因。
    ///
    /// ## 例
    /// ```csv bad
    /// 排放口编号,污染物名称,监测值,标准限值,达标情况
    /// DW001,化学需氧量,62,50,达标
    /// ```
    /// ```csv good
    /// 排放口编号,污染物名称,监测值,标准限值,达标情况
    /// DW001,化学需氧量,50,50,达标
    /// DW001,pH值,9.2,6-9,超标
    /// ```
    /// ---
    /// ## What
    /// The verdict agrees with value and limit: not above the limit (within the range) is 达标, else 超标. A corrected value
    /// is compared where one is given; what was not detected complies. Of two figures, `5(8)`, the water's temperature
    /// (12 ℃) chooses; without it only what is sure is judged.
    ///
    /// ## Why
    /// Calling an exceedance compliant is not truthful disclosure; the other way round the emitter accuses itself.
    ///
    /// ## How to mend
    /// Check value and limit and correct the wrong one; where both are right, correct the verdict.
    pub static RULE = Rule {
        id: "env/compliance-flag",
        title: text("达标判定与数值不符", "Verdict contradicts the value"),
        over: Reading::of(&EMITTER_RESULT, &[VALUE, LIMIT_VALUE, COMPLIANCE]).and_optional(&[VALUE_CORRECTED, QUALIFIER, WATER_TEMP]),
        bases: &[bases::RESULT_CONTENT, bases::TRUTHFUL_DISCLOSURE],
        since: bases::SINCE_81,
        messages: &[
            Message::new(
                "监测值{value},限值{limit_value},“{compliance}”判定错误,应为{expected}",
                "Value {value}, limit {limit_value}: “{compliance}” is wrong, it is {expected}",
            ),
            Message::named(
                "corrected",
                "折算浓度{value_corrected},限值{limit_value},“{compliance}”判定错误,应为{expected}",
                "Corrected value {value_corrected}, limit {limit_value}: “{compliance}” is wrong, it is {expected}",
            ),
        ],
        screen: Some(screen),
        check: Check::Row(compliance_flag),
        ..Rule::EMPTY
    };
}

fn screen(results: &Batch) -> Screen {
    let beyond = beyond(results);
    let exceeding = results.per_value(COMPLIANCE, |stated| match stated {
        COMPLIANT => Some(false),
        EXCEEDING => Some(true),
        _ => None,
    });
    Screen::each(results, |index| match (exceeding.at(index).flatten(), beyond.verdicts[index]) {
        (Some(stated), Some(verdict)) if stated == verdict => Glance::Passes,
        (Some(_), Some(_)) => Glance::Look,
        _ => Glance::Aside,
    })
}

fn compliance_flag(result: &Row, findings: &mut Findings) -> Judged {
    let stated = result.text(COMPLIANCE).filter(|stated| [COMPLIANT, EXCEEDING].contains(stated))?;
    let limit = limit_of(result)?;
    let measured = measured(result)?;
    let verdict =
        if limit.is_exceeded(measured.value, measured.not_detected)? { EXCEEDING } else { COMPLIANT };
    if stated != verdict {
        let finding = findings.at(result, COMPLIANCE).expected(verdict).actual(stated);
        if measured.corrected {
            finding.saying("corrected");
        }
    }
    JUDGED
}
