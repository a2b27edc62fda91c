//! A value below zero.

use mingcha_kit::prelude::*;

use crate::pollutants::may_be_negative;
use crate::tables::emitter_result::{EMITTER_RESULT, POLLUTANT, VALUE};

rule! {
    /// ## 查什么
    /// 监测值不小于零。温度、压力等可以为负的参数不查。
    ///
    /// ## 为什么
    /// 浓度不可能是负数。负值多为仪器零点漂移、校准数据混入,或者录入时多了一个减号。
    ///
    /// ## 怎么改
    /// 核对原始记录:录入错误的改正;仪器漂移、校准时段的数据按规定标记为无效并说明,不作为监测结果公开;
    /// 低于检出限的写“未检出”。
    ///
    /// ## 例
    /// ```csv bad
    /// 排放口编号,污染物名称,采样日期,监测值
    /// DA001,二氧化硫,2016-09-01,-3.2
    /// ```
    /// ```csv good
    /// 排放口编号,污染物名称,采样日期,监测值
    /// DA001,二氧化硫,2016-09-01,未检出
    /// DA001,烟气温度,2016-09-01,-3.2
    /// ```
    /// ---
    /// ## What
    /// A value is not below zero, except temperatures and pressures.
    ///
    /// ## Why
    /// There is no negative concentration: the instrument drifted, calibration data slipped in, or a minus was typed.
    ///
    /// ## How to mend
    /// Check the raw record; correct the entry, mark invalid data as such, and write 未检出 for what was below detection.
    pub static RULE = Rule {
        id: "env/result-negative",
        title: text("监测值为负", "Value below zero"),
        over: Reading::of(&EMITTER_RESULT, &[VALUE]).and_optional(&[POLLUTANT]),
        messages: &[Message::new("“{pollutant}”监测值{value}为负", "Value {value} of “{pollutant}” is below zero")],
        screen: Some(screen),
        check: Check::Row(result_negative),
        ..Rule::EMPTY
    };
}

fn screen(results: &Batch) -> Screen {
    let values = results.numbers(VALUE);
    Screen::each(results, |index| match values.at(index) {
        Some(0.0..) => Glance::Passes,
        Some(_) => Glance::Look,
        None => Glance::Aside,
    })
}

fn result_negative(result: &Row, findings: &mut Findings) -> Judged {
    if result.number(VALUE)? < 0.0 && result.by_value(POLLUTANT, may_be_negative) != Some(true) {
        findings.at(result, VALUE);
    }
    JUDGED
}
