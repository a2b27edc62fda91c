//! The value corrected to the reference oxygen is miscalculated.

use mingcha_kit::prelude::*;
use mingcha_kit::values::pollutant::oxygen_corrected;

use crate::bases;
use crate::limit::{exact, is_above};
use crate::measurement::is_marked;
use crate::oxygen::{self, is_corrected, references};
use crate::planned::Planned;
use crate::tables::emitter_result::{
    EMITTER_RESULT, O2_PCT, O2_REF, POINT_CODE, POLLUTANT, QUALIFIER, USCC, VALUE, VALUE_CORRECTED,
};

rule! {
    /// ## 查什么
    /// 折算浓度 = 实测浓度 ×(21 − 基准氧含量)÷(21 − 实测氧含量),允许相差1%,以及四舍五入造成的差。基准氧含量用结果中
    /// 填写的;没有填写的,按方案执行标准:GB 13223-2011 燃煤6%、燃油燃气3%、燃气轮机15%,GB 13271-2014 燃煤9%、燃油
    /// 燃气3.5%。方案没有写明燃料的,各档都算不出才报,只作警告。未检出的、氧含量不低于21%的不查。
    ///
    /// 基准氧含量见参考数据 `reference-oxygen`,可用设置 `reference-oxygen` 补充或替代。
    ///
    /// ## 为什么
    /// 达标与否看折算浓度。算错了,结论就不可信。各标准的基准氧含量尚未核对原文。
    ///
    /// ## 怎么改
    /// 按公式重算。例如实测40、氧含量9%、基准氧含量6%,折算浓度是50。实测浓度和折算浓度填反了的,对调过来。
    ///
    /// ## 例
    /// ```csv bad
    /// 统一社会信用代码,排放口编号,污染物名称,监测值,氧含量,基准氧含量,折算浓度
    /// 916523010824628146,DA001,二氧化硫,40,9,6,40
    /// ```
    /// ```csv good
    /// 统一社会信用代码,排放口编号,污染物名称,监测值,氧含量,基准氧含量,折算浓度
    /// 916523010824628146,DA001,二氧化硫,40,9,6,50
    /// ```
    /// ---
    /// ## What
    /// The corrected value is measured × (21 − reference) ÷ (21 − oxygen), within 1 % and what rounding makes of it. The
    /// reference is the record's own, else that of the plan's standard: GB 13223-2011 coal 6, oil and gas 3, turbines 15;
    /// GB 13271-2014 coal 9, oil and gas 3.5. Where the plan does not name the fuel, only a value that none of them gives is
    /// reported, as a warning. Not judged: what was not detected, and oxygen of 21 % and more.
    ///
    /// Reference oxygen is the facts `reference-oxygen`; a setting of that name stands before them.
    ///
    /// ## Why
    /// Compliance is judged by the corrected value. The standards' references were not checked against their text.
    ///
    /// ## How to mend
    /// Calculate again: 40 at 9 % oxygen is 50 at 6 %. Swap measured and corrected value where they were mixed up.
    pub static RULE = Rule {
        id: "env/o2-wrong",
        title: text("折算浓度计算错误", "Corrected value miscalculated"),
        over: Reading::of(&EMITTER_RESULT, &[VALUE])
            .and_optional(&[VALUE_CORRECTED, O2_PCT, USCC, POINT_CODE, POLLUTANT, O2_REF, QUALIFIER]),
        beside: &[oxygen::READING.presence(Presence::Optional)],
        bases: &[bases::GB_13223_OXYGEN, bases::GB_13271_OXYGEN],
        messages: &[
            Message::new(
                "折算浓度应为{expected},填报为{actual}",
                "The corrected value should be {expected}, reported is {actual}",
            ),
            Message::named(
                "fuel-unknown",
                "折算浓度填报为{actual},按所列标准各档基准氧含量都算不出,最接近的是{expected}",
                "The corrected value {actual} follows from none of the standard's references; nearest is {expected}",
            )
            .weighing(Severity::Warning),
        ],
        check: Check::Inspection(|_| Box::new(O2Wrong(Planned::by(references)))),
        ..Rule::EMPTY
    };
}

/// How much a corrected value may differ, of the value.
const TOLERANCE: f64 = 0.01;

/// Oxygen of air, as the standards count it.
const AIR: f64 = 21.0;

struct O2Wrong(Planned<Vec<f64>>);

impl Inspection for O2Wrong {
    fn beside(&mut self, batch: &Batch) {
        self.0.add(batch);
    }

    fn screen(&mut self, results: &Batch, _: &mut Findings) -> Option<Screen> {
        let corrected = results.numbers(VALUE_CORRECTED);
        if corrected.are_missing() {
            return Some(Screen::All(Glance::Aside));
        }
        Some(Screen::only(results, |index| corrected.at(index).is_some()))
    }

    fn record(&mut self, result: &Row, findings: &mut Findings) -> Judged {
        // `o2-missing` reports where one of them is not given.
        let stated = result.number(VALUE_CORRECTED)?;
        let (measured, oxygen) = (result.number(VALUE)?, result.number(O2_PCT)?);
        if measured <= 0.0 || stated == 0.0 || is_marked(result) || !(0.0..AIR).contains(&oxygen) {
            return None;
        }
        let own = result.number(O2_REF);
        let planned: &[Vec<f64>] = match own {
            None if result.by_value(POLLUTANT, is_corrected)? => self.0.of(result)?,
            _ => &[],
        };
        let references = || own.iter().chain(planned.iter().flatten()).copied();
        let off = |reference: f64| (stated - measured * (AIR - reference) / (AIR - oxygen)).abs();
        let nearest = references().min_by(|a, b| off(*a).total_cmp(&off(*b)))?;
        let correction = Correction { measured, oxygen, reference: nearest };
        if correction.contradicts(stated)? {
            let finding = findings.at(result, VALUE_CORRECTED).expected(correction.rounded()?).actual(stated);
            if references().any(|reference| reference != nearest) {
                finding.saying("fuel-unknown");
            }
        }
        JUDGED
    }
}

struct Correction {
    measured: f64,
    oxygen: f64,
    reference: f64,
}

impl Correction {
    fn factor(&self) -> f64 {
        (AIR - self.reference) / (AIR - self.oxygen)
    }

    /// To two decimals; `None` for a reference that is none.
    fn rounded(&self) -> Option<f64> {
        let corrected =
            oxygen_corrected(exact(self.measured)?, exact(self.oxygen)?, exact(self.reference)?, 2)?;
        Some(corrected.to_f64())
    }

    /// Whether it cannot have led to the stated value.
    fn contradicts(&self, stated: f64) -> Option<bool> {
        let corrected = self.measured * self.factor();
        let off = (stated - corrected).abs();
        if !is_above(off, TOLERANCE * corrected) {
            return Some(false);
        }
        // Both were rounded when they were written.
        let slack = half_a_unit(stated)? + half_a_unit(self.measured)? * self.factor();
        Some(is_above(off, slack))
    }
}

/// Half a unit of the last decimal a figure is written with.
fn half_a_unit(figure: f64) -> Option<f64> {
    Some(0.5 / 10_f64.powi(exact(figure)?.scale().into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contradicts(measured: f64, oxygen: f64, reference: f64, stated: f64) -> Option<bool> {
        Correction { measured, oxygen, reference }.contradicts(stated)
    }

    #[test]
    fn forty_at_nine_per_cent_is_fifty_at_six() {
        let correction = Correction { measured: 40.0, oxygen: 9.0, reference: 6.0 };
        assert_eq!(correction.rounded(), Some(50.0));
        assert_eq!(correction.contradicts(50.0), Some(false));
        assert_eq!(correction.contradicts(40.0), Some(true));
    }

    #[test]
    fn one_per_cent_more_or_less_is_allowed() {
        assert_eq!(contradicts(400.0, 9.0, 6.0, 505.0), Some(false));
        assert_eq!(contradicts(400.0, 9.0, 6.0, 494.9), Some(true));
        assert_eq!(contradicts(400.0, 9.0, 6.0, 505.1), Some(true));
    }

    #[test]
    fn small_figures_may_have_been_rounded() {
        // 3 may be 2.5 to 3.5, and 4 may be 3.5 to 4.5.
        assert_eq!(contradicts(3.0, 9.0, 6.0, 4.0), Some(false));
        assert_eq!(contradicts(3.0, 9.0, 6.0, 5.0), Some(true));
    }
}
