//! The unit of a result is not that of the plan.

use mingcha_kit::prelude::*;
use mingcha_kit::values::pollutant::canonical_unit;
use mingcha_kit::values::text::key;

use crate::planned::Planned;
use crate::tables::emitter_plan::{self, EMITTER_PLAN, LIMIT_UNIT};
use crate::tables::emitter_result::{EMITTER_RESULT, POINT_CODE, POLLUTANT, UNIT, USCC};

rule! {
    /// ## 查什么
    /// 结果的单位与本单位自行监测方案中同一排放口、同一污染物的限值单位一致。写法不同的视为一致(mg/L、mg/l、毫克/升;
    /// mg/m³、mg/Nm³)。方案有几个版本的,与其中一个一致即可。有一方的单位无法识别、写法又不相同的,只作警告。
    ///
    /// ## 为什么
    /// 单位不同,监测值就不能直接与限值比较;μg/L 写成 mg/L 相差一千倍。
    ///
    /// ## 怎么改
    /// 核对监测报告,改正结果或方案中写错的单位;确实用了另一单位的,换算后再填。
    ///
    /// ## 例
    /// ```csv bad
    /// 统一社会信用代码,排放口编号,污染物名称,监测频次,限值上限,限值单位
    /// 91652302948219939M,DW001,总汞,1次/月,0.001,mg/L
    /// ```
    /// ```csv bad
    /// 统一社会信用代码,排放口编号,污染物名称,监测值,单位
    /// 91652302948219939M,DW001,总汞,0.4,μg/L
    /// ```
    /// ```csv good
    /// 统一社会信用代码,排放口编号,污染物名称,监测频次,限值上限,限值单位
    /// 91652302948219939M,DW001,总汞,1次/月,0.001,mg/L
    /// ```
    /// ```csv good
    /// 统一社会信用代码,排放口编号,污染物名称,监测值,单位
    /// 91652302948219939M,DW001,总汞,0.0004,毫克/升
    /// ```
    /// ---
    /// ## What
    /// The unit of a result is that of the limit in the emitter's plan for the same point and pollutant; spellings of one unit
    /// are equal. Of several versions of the plan one will do. Where one of the two is no known unit, only a warning.
    ///
    /// ## Why
    /// In another unit the value cannot be compared with its limit; μg/L for mg/L is a factor of a thousand.
    ///
    /// ## How to mend
    /// Correct the unit after the laboratory's report, or convert the value.
    pub static RULE = Rule {
        id: "env/result-unit",
        title: text("结果单位与方案不一致", "Unit differs from the plan"),
        over: Reading::of(&EMITTER_RESULT, &[USCC, POINT_CODE, POLLUTANT, UNIT]),
        beside: &[Reading::of(&EMITTER_PLAN, &[emitter_plan::USCC, emitter_plan::POLLUTANT, LIMIT_UNIT])
            .and_optional(&[emitter_plan::POINT_CODE, emitter_plan::POINT_NAME])],
        messages: &[
            Message::new(
                "“{pollutant}”单位{unit}与方案的{expected}不一致",
                "Unit {unit} of “{pollutant}” differs from the plan's {expected}",
            ),
            Message::named(
                "unknown",
                "“{pollutant}”单位“{unit}”与方案的“{expected}”写法不同,请核对是否同一单位",
                "Unit “{unit}” of “{pollutant}” is written differently from the plan's “{expected}”; are they the same?",
            )
            .weighing(Severity::Warning),
        ],
        check: Check::Inspection(|_| Box::new(ResultUnit(Planned::by(planned)))),
        ..Rule::EMPTY
    };
}

/// A unit as written, and to compare by.
#[derive(Clone, PartialEq)]
struct Unit {
    known: Option<&'static str>,
    key: String,
    written: String,
}

impl Unit {
    fn of(text: &str) -> Self {
        Self { known: canonical_unit(text), key: key(text), written: text.to_owned() }
    }

    fn is(&self, other: &Self) -> bool {
        self.key == other.key || self.known.is_some() && self.known == other.known
    }
}

struct ResultUnit(Planned<(Unit, Place)>);

impl Inspection for ResultUnit {
    fn beside(&mut self, batch: &Batch) {
        self.0.add(batch);
    }

    fn screen(&mut self, results: &Batch, _: &mut Findings) -> Option<Screen> {
        let units = results.per_value(UNIT, canonical_unit);
        let (mut passed, mut look) = (0, Vec::new());
        self.0.each(results, |planned, records| {
            if planned.is_empty() {
                return;
            }
            let is_planned = |known| planned.iter().any(|(unit, _)| unit.known == Some(known));
            for &record in records {
                match units.at(record as usize) {
                    Some(Some(known)) if is_planned(known) => passed += 1,
                    Some(_) => look.push(record),
                    None => {}
                }
            }
        });
        Some(Screen::sifted(passed, look))
    }

    fn record(&mut self, result: &Row, findings: &mut Findings) -> Judged {
        let planned = self.0.of(result)?;
        let (first, place) = planned.first()?;
        // By what most records say, without making a `Unit` of each.
        let known = result.by_value(UNIT, canonical_unit)?;
        if known.is_some() && planned.iter().any(|(unit, _)| unit.known == known) {
            return JUDGED;
        }
        let stated = Unit::of(result.text(UNIT)?);
        if !planned.iter().any(|(unit, _)| unit.is(&stated)) {
            let finding = findings.at(result, UNIT).expected(first.written.as_str()).related(*place);
            if stated.known.is_none() || planned.iter().all(|(unit, _)| unit.known.is_none()) {
                finding.saying("unknown");
            }
        }
        JUDGED
    }
}

fn planned(line: &Row) -> Option<(Unit, Place)> {
    Some((Unit::of(line.text(LIMIT_UNIT)?), line.cell(LIMIT_UNIT)))
}
