//! Combustion gas without the value corrected to the reference oxygen, or without the oxygen.

use mingcha_kit::prelude::*;

use crate::bases;
use crate::measurement::{marked, measured};
use crate::oxygen::{self, is_corrected, references};
use crate::planned::Planned;
use crate::tables::emitter_result::{
    EMITTER_RESULT, O2_PCT, POINT_CODE, POLLUTANT, QUALIFIER, USCC, VALUE, VALUE_CORRECTED,
};

rule! {
    /// ## 查什么
    /// 方案执行标准为 GB 13223-2011(火电厂)或 GB 13271-2014(锅炉)的排放口,颗粒物、二氧化硫、氮氧化物、汞及其化合物的
    /// 监测结果有氧含量和折算浓度。未检出的、没有监测值的不查;其他标准的不查。
    ///
    /// 基准氧含量见参考数据 `reference-oxygen`,可用设置 `reference-oxygen` 补充或替代。
    ///
    /// ## 为什么
    /// 这些标准的限值按基准氧含量规定,实测浓度要折算后才能与限值比较;多兑空气就能把实测浓度冲淡。
    /// 标准中的折算要求尚未核对原文。
    ///
    /// ## 怎么改
    /// 补填“氧含量”和“折算浓度”。折算浓度 = 实测浓度 ×(21 − 基准氧含量)÷(21 − 实测氧含量)。
    ///
    /// ## 例
    /// ```csv bad
    /// 统一社会信用代码,排放口编号,污染物名称,监测频次,执行标准,标准等级
    /// 916523010824628146,DA001,二氧化硫,1次/周,GB 13271-2014,新建燃煤锅炉
    /// ```
    /// ```csv bad
    /// 统一社会信用代码,排放口编号,污染物名称,监测值,氧含量,折算浓度
    /// 916523010824628146,DA001,二氧化硫,180,,
    /// ```
    /// ```csv good
    /// 统一社会信用代码,排放口编号,污染物名称,监测频次,执行标准,标准等级
    /// 916523010824628146,DA001,二氧化硫,1次/周,GB 13271-2014,新建燃煤锅炉
    /// ```
    /// ```csv good
    /// 统一社会信用代码,排放口编号,污染物名称,监测值,氧含量,折算浓度
    /// 916523010824628146,DA001,二氧化硫,180,11,216
    /// ```
    /// ---
    /// ## What
    /// At points whose plan goes by GB 13223-2011 (power plants) or GB 13271-2014 (boilers), results of particulates, SO₂, NOₓ
    /// and mercury come with the oxygen and the corrected value. What was not detected is left alone, and so are other
    /// standards.
    ///
    /// Reference oxygen is the facts `reference-oxygen`; a setting of that name stands before them.
    ///
    /// ## Why
    /// These limits hold at a reference oxygen; air let in dilutes what is measured. The standards' wording was not checked.
    ///
    /// ## How to mend
    /// Give the oxygen and the corrected value: measured × (21 − reference) ÷ (21 − oxygen).
    pub static RULE = Rule {
        id: "env/o2-missing",
        title: text("未公开折算浓度", "Corrected value not disclosed"),
        severity: Severity::Warning,
        over: Reading::of(&EMITTER_RESULT, &[USCC, POINT_CODE, POLLUTANT, VALUE])
            .and_optional(&[O2_PCT, VALUE_CORRECTED, QUALIFIER]),
        beside: &[oxygen::READING],
        bases: &[bases::GB_13223_OXYGEN, bases::GB_13271_OXYGEN],
        messages: &[
            Message::new(
                "{point_code}“{pollutant}”未公开折算浓度",
                "{point_code}: no corrected value of “{pollutant}” is disclosed",
            ),
            Message::named(
                "oxygen",
                "{point_code}“{pollutant}”未公开氧含量,折算浓度无法核对",
                "{point_code}: no oxygen is disclosed, so the corrected value of “{pollutant}” cannot be checked",
            ),
        ],
        check: Check::Inspection(|_| Box::new(O2Missing(Planned::by(references)))),
        ..Rule::EMPTY
    };
}

struct O2Missing(Planned<Vec<f64>>);

impl Inspection for O2Missing {
    fn beside(&mut self, batch: &Batch) {
        self.0.add(batch);
    }

    fn screen(&mut self, results: &Batch, _: &mut Findings) -> Option<Screen> {
        let concerned = results.per_value(POLLUTANT, is_corrected);
        let (corrected, oxygen) = (results.numbers(VALUE_CORRECTED), results.numbers(O2_PCT));
        let marked = marked(results);
        let is_given = |index: usize| {
            let corrected = corrected.at(index).is_some_and(|value| value != 0.0);
            corrected && oxygen.at(index).is_some() && marked.at(index) != Some(true)
        };
        let (mut passed, mut look) = (0, Vec::new());
        self.0.each(results, |planned, records| {
            // All of one pollutant.
            if planned.is_empty() || concerned.at(records[0] as usize) != Some(true) {
                return;
            }
            for &record in records {
                if is_given(record as usize) {
                    passed += 1;
                } else {
                    look.push(record);
                }
            }
        });
        Some(Screen::sifted(passed, look))
    }

    fn record(&mut self, result: &Row, findings: &mut Findings) -> Judged {
        if !result.by_value(POLLUTANT, is_corrected)? || self.0.of(result)?.is_empty() {
            return None;
        }
        if measured(result)?.not_detected {
            return None;
        }
        if result.is_blank(VALUE_CORRECTED) {
            findings.at(result, VALUE_CORRECTED);
        } else if result.is_blank(O2_PCT) {
            findings.at(result, O2_PCT).saying("oxygen");
        }
        JUDGED
    }
}
