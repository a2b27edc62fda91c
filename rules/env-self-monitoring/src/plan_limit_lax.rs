//! A plan's limit is laxer than the standard it names.

use mingcha_kit::prelude::*;

use crate::bases;
use crate::emission_limits::{self, Limits, Standard};
use crate::limit::{Limit, is_above};
use crate::plans;
use crate::pollutants::canonical;
use crate::tables::emitter_plan::{
    CHANGED_ON, EMITTER_PLAN, LIMIT_HIGH, LIMIT_LOW, LIMIT_UNIT, POLLUTANT, PUBLISHED_ON, STANDARD_GRADE,
    STANDARD_NO,
};
use crate::units_of::spelling;

rule! {
    /// ## 查什么
    /// 方案所列限值不宽于所列国家标准、等级在当时的限值。限值库有 GB 18918-2002、GB 13223-2011、GB 13271-2014 和
    /// GB 8978-1996;其他标准、地方标准和修改后的限值,可以用“补充排放限值”表(限值标准编号、污染物名称、等级、适用条件、限值、
    /// 单位、实施日期、废止日期)一并提交,同一标准同一污染物以补充的为准。标准等级、锅炉类型或行业没有写明的,按标准中最宽的
    /// 一档比较。pH 等范围限值,上下限都比较。GB 18918-2002 的修改单自2026年3月1日施行,修改后的限值尚未收入库中,此后公开的
    /// 方案不按旧限值检查。
    ///
    /// 限值见参考数据 `emission-limits`;没有收入的(如2026年3月1日起GB 18918的修改单)或地方标准,随报送材料提交“补充排放限
    /// 值”表后才核查,表中的限值优先。
    ///
    /// ## 为什么
    /// 限值写宽了,超标就成了“达标”。库中有的限值尚未核对原文,这样的结论标“依据待核”,只作警告。
    ///
    /// ## 怎么改
    /// 对照标准原文和排污许可、环评批复,改正限值、标准编号或等级;地方标准更严的,按地方标准填写。
    ///
    /// ## 例
    /// ```csv bad
    /// 排放口编号,污染物名称,监测频次,执行标准,标准等级,限值上限,限值单位
    /// DW001,化学需氧量,1次/日,GB 18918-2002,一级A,60,mg/L
    /// ```
    /// ```csv good
    /// 排放口编号,污染物名称,监测频次,执行标准,标准等级,限值上限,限值单位
    /// DW001,化学需氧量,1次/日,GB 18918-2002,一级A,50,mg/L
    /// ```
    /// ---
    /// ## What
    /// The limit of a plan is no laxer than that of the national standard and grade it names, on the day of the plan. Known
    /// are GB 18918-2002, GB 13223-2011, GB 13271-2014 and GB 8978-1996; others, local ones and amendments may be handed in as a
    /// table 补充排放限值, which takes precedence. The amendment of GB 18918-2002, in force from 2026-03-01, is not among them, and plans from
    /// then on are not judged by the old figures. Where the plan does not say the grade, the kind of
    /// boiler or the industry, the laxest figure of the standard counts.
    ///
    /// The limits are the facts `emission-limits`. What they lack, such as GB 18918 as amended from 1 March 2026, is
    /// judged by a table 补充排放限值 handed in beside, which stands before them.
    ///
    /// ## Why
    /// A limit written too lax turns an exceedance into compliance. Where a figure was not checked against the original
    /// text, the finding says so and is a warning.
    ///
    /// ## How to mend
    /// Correct the limit, the standard's number or its grade after the standard, the permit and the assessment.
    pub static RULE = Rule {
        id: "env/plan-limit-lax",
        title: text("方案限值宽于标准", "Planned limit laxer than the standard"),
        over: Reading::of(&EMITTER_PLAN, &[STANDARD_NO, POLLUTANT, LIMIT_HIGH])
            .and_optional(&[STANDARD_GRADE, LIMIT_LOW, LIMIT_UNIT, CHANGED_ON, PUBLISHED_ON]),
        beside: &[emission_limits::READING],
        bases: &[bases::GB_18918, bases::GB_13223, bases::GB_13271, bases::GB_8978],
        messages: &[
            Message::new(
                "“{pollutant}”限值{actual}宽于{standard_no}{standard_grade}的{expected}",
                "Limit {actual} of “{pollutant}” is laxer than {expected} of {standard_no} {standard_grade}",
            ),
            Message::named(
                "unverified",
                "“{pollutant}”限值{actual}宽于{standard_no}{standard_grade}的{expected}(标准限值依据待核)",
                "Limit {actual} of “{pollutant}” is laxer than {expected} of {standard_no} {standard_grade} (figure not yet verified)",
            )
            .weighing(Severity::Warning),
        ],
        check: Check::Inspection(|_| Box::new(PlanLimitLax::default())),
        ..Rule::EMPTY
    };
}

/// Memory: the limits the user adds.
#[derive(Default)]
struct PlanLimitLax {
    limits: Limits,
}

impl Inspection for PlanLimitLax {
    fn beside(&mut self, batch: &Batch) {
        self.limits.add(batch);
    }

    fn record(&mut self, line: &Row, findings: &mut Findings) -> Judged {
        let (high, low) = (line.text(LIMIT_HIGH)?, line.text(LIMIT_LOW));
        let planned = Limit::of_plan(Some(high), low)?;
        let standard = Standard::named(line.text(STANDARD_NO)?, line.text(STANDARD_GRADE));
        let ceiling = self.limits.ceiling(&standard, canonical(line.text(POLLUTANT)?), plans::day(line))?;
        let other_unit = |unit| !ceiling.row.unit.is_empty() && spelling(unit) != spelling(&ceiling.row.unit);
        if line.text(LIMIT_UNIT).is_some_and(other_unit) {
            return None; // `plan-unit` asks whether it may be that one
        }
        if is_laxer(planned, ceiling.row.limit)? {
            let shown = if let Limit::Between(least, most) = planned {
                format!("{least}-{most}")
            } else {
                high.to_owned()
            };
            let finding = findings.at(line, LIMIT_HIGH).expected(ceiling.row.written.as_ref()).actual(shown);
            if !ceiling.verified {
                finding.saying("unverified");
            }
        }
        JUDGED
    }
}

/// Whether a limit allows what another forbids, read as laxly as it can be.
fn is_laxer(planned: Limit, standard: Limit) -> Option<bool> {
    // Where the standard forbids detection, any figure above zero is laxer.
    let above = is_above(planned.laxest()?, standard.laxest().unwrap_or_default());
    let below = match (planned, standard) {
        (Limit::Between(ours, _), Limit::Between(theirs, _)) => is_above(theirs, ours),
        _ => false,
    };
    Some(above || below)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_laxer_figure_of_each_side_decides() {
        let two = Limit::ByTemperature(5.0, 8.0);
        assert_eq!(is_laxer(Limit::AtMost(8.0), two), Some(false));
        assert_eq!(is_laxer(Limit::ByTemperature(5.0, 10.0), two), Some(true));
        assert_eq!(is_laxer(Limit::Between(5.5, 9.0), Limit::Between(6.0, 9.0)), Some(true));
        assert_eq!(is_laxer(Limit::NotDetectable, two), None);
        assert_eq!(is_laxer(Limit::AtMost(0.1), Limit::NotDetectable), Some(true));
    }
}
