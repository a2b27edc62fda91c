//! The limit of a result is not that of the plan.

use mingcha_kit::prelude::*;
use mingcha_kit::values::pollutant::canonical_unit;

use crate::limit::Limit;
use crate::planned::Planned;
use crate::tables::emitter_plan::{self, EMITTER_PLAN, LIMIT_HIGH, LIMIT_LOW, LIMIT_UNIT};
use crate::tables::emitter_result::{EMITTER_RESULT, LIMIT_VALUE, POINT_CODE, POLLUTANT, UNIT, USCC};

rule! {
    /// ## 查什么
    /// 结果所列标准限值,与本单位自行监测方案中同一排放口、同一污染物的限值一致。方案中有几个限值(几个版本、几种均值)的,
    /// 与其中一个一致即可;“5(8)”与5或8都算一致。方案中没有的点位或污染物不查,单位不同的不查。
    ///
    /// ## 为什么
    /// 限值决定是否达标。结果另用一个限值,结论就不可信。
    ///
    /// ## 怎么改
    /// 对照现行标准和排污许可,改正结果或方案中写错的限值;执行标准已变更的,先更新并公开方案。
    ///
    /// ## 例
    /// ```csv bad
    /// 统一社会信用代码,排放口编号,污染物名称,监测频次,限值上限
    /// 91652302948219939M,DW001,化学需氧量,1次/日,50
    /// ```
    /// ```csv bad
    /// 统一社会信用代码,排放口编号,污染物名称,监测值,标准限值
    /// 91652302948219939M,DW001,化学需氧量,55,60
    /// ```
    /// ```csv good
    /// 统一社会信用代码,排放口编号,污染物名称,监测频次,限值上限
    /// 91652302948219939M,DW001,化学需氧量,1次/日,50
    /// ```
    /// ```csv good
    /// 统一社会信用代码,排放口编号,污染物名称,监测值,标准限值
    /// 91652302948219939M,DW001,COD,45,50
    /// ```
    /// ---
    /// ## What
    /// The limit beside a result is that of the emitter's plan for the same point and pollutant. Where the plan has several
    /// (versions, means), one of them will do; 5 and 8 both agree with `5(8)`. Points and pollutants outside the plan, and
    /// limits in other units, are not compared.
    ///
    /// ## Why
    /// The limit decides on compliance; with another one the verdict cannot be trusted.
    ///
    /// ## How to mend
    /// Correct the limit in the result or in the plan after the standard and the permit; publish a changed plan first.
    pub static RULE = Rule {
        id: "env/limit-vs-plan",
        title: text("结果限值与方案不一致", "Limit differs from the plan"),
        over: Reading::of(&EMITTER_RESULT, &[USCC, POINT_CODE, POLLUTANT, LIMIT_VALUE]).and_optional(&[UNIT]),
        beside: &[Reading::of(&EMITTER_PLAN, &[
            emitter_plan::USCC, emitter_plan::POINT_CODE, emitter_plan::POLLUTANT, LIMIT_HIGH,
        ])
        .and_optional(&[emitter_plan::POINT_NAME, LIMIT_LOW, LIMIT_UNIT])],
        messages: &[Message::new(
            "结果所列限值{limit_value}与方案{expected}不一致",
            "The result's limit {limit_value} differs from the plan's {expected}",
        )],
        check: Check::Inspection(|_| Box::new(LimitVsPlan(Planned::by(planned)))),
        ..Rule::EMPTY
    };
}

#[derive(Clone)]
struct PlannedLimit {
    limit: Limit,
    written: String,
    unit: Option<&'static str>,
    place: Place,
}

struct LimitVsPlan(Planned<PlannedLimit>);

impl Inspection for LimitVsPlan {
    fn beside(&mut self, batch: &Batch) {
        self.0.add(batch);
    }

    fn screen(&mut self, results: &Batch, _: &mut Findings) -> Option<Screen> {
        let limits = results.per_value(LIMIT_VALUE, Limit::parse);
        let units = results.per_value(UNIT, canonical_unit);
        let (mut passed, mut look) = (0, Vec::new());
        self.0.each(results, |planned, records| {
            let mut last = None;
            for &record in records {
                let stated = (limits.at(record as usize).flatten(), units.at(record as usize).flatten());
                let known = last.filter(|(known, _)| *known == stated).map(|(_, glance)| glance);
                let glance = known.unwrap_or_else(|| glance(planned, stated));
                match glance {
                    Glance::Passes => passed += 1,
                    Glance::Look => look.push(record),
                    Glance::Aside => {}
                }
                last = Some((stated, glance));
            }
        });
        Some(Screen::sifted(passed, look))
    }

    fn record(&mut self, result: &Row, findings: &mut Findings) -> Judged {
        let planned = self.0.of(result)?;
        let limit = result.by_value(LIMIT_VALUE, Limit::parse)??;
        let unit = result.by_value(UNIT, canonical_unit).flatten();
        let comparable =
            |planned: &&PlannedLimit| unit.is_none() || planned.unit.is_none() || unit == planned.unit;
        let first = planned.iter().find(comparable)?;
        if !planned.iter().filter(comparable).any(|planned| planned.limit.agrees_with(limit)) {
            let written = result.text(LIMIT_VALUE).unwrap_or_default();
            findings
                .at(result, LIMIT_VALUE)
                .expected(first.written.as_str())
                .actual(written)
                .related(first.place);
        }
        JUDGED
    }
}

fn glance(planned: &[PlannedLimit], (limit, unit): (Option<Limit>, Option<&str>)) -> Glance {
    let comparable =
        |planned: &&PlannedLimit| unit.is_none() || planned.unit.is_none() || unit == planned.unit;
    let mut comparable = planned.iter().filter(comparable).peekable();
    match limit {
        Some(limit) if comparable.peek().is_some() => {
            let agrees = comparable.any(|planned| planned.limit.agrees_with(limit));
            if agrees { Glance::Passes } else { Glance::Look }
        }
        _ => Glance::Aside,
    }
}

fn planned(line: &Row) -> Option<PlannedLimit> {
    let (high, low) = (line.text(LIMIT_HIGH), line.text(LIMIT_LOW));
    let limit = Limit::of_plan(high, low)?;
    let written = match limit {
        Limit::Between(least, most) => format!("{least}-{most}"),
        _ => high?.to_owned(),
    };
    Some(PlannedLimit {
        limit,
        written,
        unit: line.text(LIMIT_UNIT).and_then(canonical_unit),
        place: line.place(),
    })
}
