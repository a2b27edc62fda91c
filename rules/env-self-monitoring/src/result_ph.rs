//! An acidity that no water has.

use mingcha_kit::prelude::*;

use crate::pollutants::is_acidity;
use crate::tables::emitter_result::{EMITTER_RESULT, POLLUTANT, QUALIFIER, VALUE};

rule! {
    /// ## 查什么
    /// pH值在0到14之间。负值由“监测值为负”报。
    ///
    /// ## 为什么
    /// 排水的pH值不会大于14。大于14的多为漏了小数点(72应为7.2)、串行或者仪器故障。
    ///
    /// ## 怎么改
    /// 核对原始记录,改正录入;仪器故障时段的数据按规定标记为无效并说明,不作为监测结果公开。
    ///
    /// ## 例
    /// ```csv bad
    /// 排放口编号,污染物名称,采样日期,监测值
    /// DW001,pH值,2016-09-01,72
    /// ```
    /// ```csv good
    /// 排放口编号,污染物名称,采样日期,监测值
    /// DW001,pH值,2016-09-01,7.2
    /// ```
    /// ---
    /// ## What
    /// pH is between 0 and 14. Values below zero are reported by `env/result-negative`.
    ///
    /// ## Why
    /// No effluent is above 14: a decimal point was lost (72 for 7.2), a line slipped, or the instrument failed.
    ///
    /// ## How to mend
    /// Check the raw record and correct the entry; mark data of a failing instrument as invalid and say so.
    pub static RULE = Rule {
        id: "env/result-ph",
        title: text("pH值不合理", "Impossible pH"),
        over: Reading::of(&EMITTER_RESULT, &[POLLUTANT, VALUE]).and_optional(&[QUALIFIER]),
        messages: &[Message::new("pH值{value}不合理,应在0到14之间", "pH {value} is impossible; it is between 0 and 14")],
        screen: Some(screen),
        check: Check::Row(result_ph),
        ..Rule::EMPTY
    };
}

/// The scale ends there.
const MOST: f64 = 14.0;

fn screen(results: &Batch) -> Screen {
    let acidity = results.per_value(POLLUTANT, is_acidity);
    if acidity.none(|is_acidity| is_acidity) {
        return Screen::All(Glance::Aside);
    }
    Screen::only(results, |index| acidity.at(index) == Some(true))
}

fn result_ph(result: &Row, findings: &mut Findings) -> Judged {
    if !result.by_value(POLLUTANT, is_acidity)? {
        return None;
    }
    let acidity = result.number(VALUE)?;
    // `result-negative` reports it.
    if acidity < 0.0 {
        return None;
    }
    if acidity > MOST {
        findings.at(result, VALUE);
    }
    JUDGED
}
