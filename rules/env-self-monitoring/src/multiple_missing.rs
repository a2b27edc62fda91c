//! A value is beyond its limit, and by how many times is not said.

use mingcha_kit::prelude::*;

use crate::bases;
use crate::measurement::{limit_of, measured, only_beyond};
use crate::pollutants::has_multiple;
use crate::tables::emitter_result::{
    EMITTER_RESULT, EXCEED_MULTIPLE, LIMIT_VALUE, POLLUTANT, QUALIFIER, VALUE, VALUE_CORRECTED, WATER_TEMP,
};

rule! {
    /// ## 查什么
    /// 监测值(给出折算浓度的,为折算浓度)超过限值的,填写了超标倍数。超标倍数四舍五入后为0.00的可以不填。
    /// pH、溶解氧、黑度、噪声以及范围限值没有超标倍数,不查。
    ///
    /// ## 为什么
    /// 超标倍数是公开监测结果的必备内容,公众据此知道超了多少。
    ///
    /// ## 怎么改
    /// 按(监测值 − 限值)÷ 限值计算,保留两位小数,填入“超标倍数”栏。
    ///
    /// ## 例
    /// ```csv bad
    /// 排放口编号,污染物名称,监测值,标准限值,超标倍数
    /// DW001,化学需氧量,62,50,
    /// ```
    /// ```csv good
    /// 排放口编号,污染物名称,监测值,标准限值,超标倍数
    /// DW001,化学需氧量,62,50,0.24
    /// DW001,化学需氧量,48,50,
    /// ```
    /// ---
    /// ## What
    /// Where a value, corrected where a corrected one is given, is beyond its limit, the times over the limit are given; not
    /// where they round to 0.00. pH, dissolved oxygen, blackness, noise and ranges have no such figure.
    ///
    /// ## Why
    /// The times over the limit are part of what is disclosed of a result.
    ///
    /// ## How to mend
    /// Give (value − limit) ÷ limit, to two decimals.
    pub static RULE = Rule {
        id: "env/multiple-missing",
        title: text("超标但未填超标倍数", "Times over the limit not given"),
        over: Reading::of(&EMITTER_RESULT, &[VALUE, LIMIT_VALUE])
            .and_optional(&[EXCEED_MULTIPLE, POLLUTANT, VALUE_CORRECTED, QUALIFIER, WATER_TEMP]),
        accepts_unreadable: &[EXCEED_MULTIPLE],
        bases: &[bases::RESULT_CONTENT],
        since: bases::SINCE_81,
        messages: &[Message::new(
            "超标但未填超标倍数,应为{expected}",
            "Beyond the limit, and the times over it are not given; they are {expected}",
        )],
        screen: Some(only_beyond),
        check: Check::Row(multiple_missing),
        ..Rule::EMPTY
    };
}

fn multiple_missing(result: &Row, findings: &mut Findings) -> Judged {
    let (limit, measured) = (limit_of(result)?, measured(result)?);
    if !limit.is_exceeded(measured.value, measured.not_detected)?
        || result.by_value(POLLUTANT, has_multiple) == Some(false)
    {
        return None;
    }
    let multiple = limit.multiple(measured.value).filter(|&multiple| multiple > 0.0)?;
    if result.is_blank(EXCEED_MULTIPLE) {
        findings.at(result, EXCEED_MULTIPLE).expected(multiple);
    }
    JUDGED
}
