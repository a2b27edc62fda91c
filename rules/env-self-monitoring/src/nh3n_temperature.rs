//! Whether ammonia is beyond its limit hangs on the temperature of the water, which is not given.

use mingcha_kit::prelude::*;
use mingcha_kit::values::date;

use crate::bases;
use crate::limit::Limit;
use crate::measurement::{day_number, measured};
use crate::pollutants::canonical;
use crate::tables::emitter_result::{
    EMITTER_RESULT, LIMIT_VALUE, PERIOD_END, PERIOD_START, POLLUTANT, QUALIFIER, SAMPLED_ON, VALUE,
    VALUE_CORRECTED, WATER_TEMP,
};

rule! {
    /// ## 查什么
    /// 氨氮限值为“5(8)”这样两个数字、监测值又在两个数字之间的,给出了水温。括号外的数字适用于水温高于12℃,
    /// 括号内的适用于水温不高于12℃。2026年3月1日(标准修改单实施)以后采样的不查;没有写日期的,按检查日期。
    ///
    /// ## 为什么
    /// 没有水温,就不知道该用哪个数字,达标还是超标都无从判断。括号内外数字的适用条件尚未核对原文。
    ///
    /// ## 怎么改
    /// 在“水温”栏补填采样时的水温;有了水温,系统按对应的数字判断是否达标。
    ///
    /// ## 例
    /// ```csv bad
    /// 排放口编号,污染物名称,监测值,标准限值,达标情况
    /// DW001,氨氮,6.2,5(8),达标
    /// ```
    /// ```csv good
    /// 排放口编号,污染物名称,监测值,标准限值,水温,达标情况
    /// DW001,氨氮,6.2,5(8),9.5,达标
    /// DW001,氨氮,4.1,5(8),,达标
    /// ```
    /// ---
    /// ## What
    /// Where ammonia has two figures for its limit, `5(8)`, and the value lies between them, the temperature of the water is
    /// given. The first figure is for water above 12 ℃, the one in brackets for colder water. Samples from 1 March 2026 on, when
    /// the standard was amended, are passed over; the day of the audit counts where none is written.
    ///
    /// ## Why
    /// Without the temperature nobody knows which figure counts. The condition was not checked against the standard's text.
    ///
    /// ## How to mend
    /// Give the water's temperature at sampling (水温); the result is then judged by the figure that applies.
    pub static RULE = Rule {
        id: "env/nh3n-temperature",
        title: text("氨氮限值需水温判定", "Ammonia limit needs the water's temperature"),
        severity: Severity::Notice,
        over: Reading::of(&EMITTER_RESULT, &[POLLUTANT, VALUE, LIMIT_VALUE])
            .and_optional(&[WATER_TEMP, VALUE_CORRECTED, QUALIFIER, SAMPLED_ON, PERIOD_START, PERIOD_END]),
        accepts_unreadable: &[WATER_TEMP, SAMPLED_ON, PERIOD_START, PERIOD_END],
        bases: &[bases::GB_18918, bases::GB_18918_TEMPERATURE],
        since: bases::GB_18918.since,
        messages: &[Message::new(
            "氨氮监测值{value}介于限值{limit_value}的两个数字之间,需水温判定适用哪一个,未公开水温",
            "Ammonia {value} lies between the two figures of its limit {limit_value}; the water's temperature decides and is not given",
        )],
        screen: Some(screen),
        check: Check::Row(nh3n_temperature),
        ..Rule::EMPTY
    };
}

fn screen(results: &Batch) -> Screen {
    let two =
        results.per_value(LIMIT_VALUE, |limit| matches!(Limit::parse(limit), Some(Limit::ByTemperature(..))));
    if two.none(|has_two| has_two) {
        return Screen::All(Glance::Aside);
    }
    Screen::only(results, |index| two.at(index) == Some(true))
}

fn nh3n_temperature(result: &Row, findings: &mut Findings) -> Judged {
    let limit = result.by_value(LIMIT_VALUE, Limit::parse)??;
    if !matches!(limit, Limit::ByTemperature(..)) || !result.by_value(POLLUTANT, is_ammonia)? {
        return None;
    }
    let sampled = day_number(result).and_then(date::from_days).unwrap_or(result.task().as_of);
    if !bases::GB_18918.holds_on(sampled) {
        return None;
    }
    let measured = measured(result)?;
    if limit.is_exceeded(measured.value, measured.not_detected).is_none() && result.is_blank(WATER_TEMP) {
        findings.at(result, VALUE);
    }
    JUDGED
}

fn is_ammonia(text: &str) -> bool {
    canonical(text) == "氨氮"
}
