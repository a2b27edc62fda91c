//! A plan's limit is stricter than the standard it names.

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
    /// 方案所列限值比所列国家标准、等级在当时的限值还严。标准等级、锅炉类型或行业没有写明的,按标准中最严的一档比较。限值库与
    /// env/plan-limit-lax 相同。两个数字的限值(如“5(8)”)只写其中一个的,不算更严。
    ///
    /// 限值见参考数据 `emission-limits`;没有收入的(如2026年3月1日起GB 18918的修改单)或地方标准,随报送材料提交“补充排放限
    /// 值”表后才核查,表中的限值优先。
    ///
    /// ## 为什么
    /// 更严的限值往往来自地方标准、环评批复或超低排放改造,方案应当写明;也可能是标准号、等级或数字写错了。所以只提示。
    ///
    /// ## 怎么改
    /// 依据是地方标准、环评批复或排污许可的,在“执行标准”中写上;写错的改正。
    ///
    /// ## 例
    /// ```csv bad
    /// 排放口编号,污染物名称,监测频次,执行标准,标准等级,限值上限,限值单位
    /// DW001,化学需氧量,1次/日,GB 18918-2002,一级B,50,mg/L
    /// ```
    /// ```csv good
    /// 排放口编号,污染物名称,监测频次,执行标准,标准等级,限值上限,限值单位
    /// DW001,化学需氧量,1次/日,GB 18918-2002,一级A,50,mg/L
    /// ```
    /// ---
    /// ## What
    /// The limit of a plan is stricter than that of the national standard and grade it names, on the day of the plan; where
    /// the plan does not say the grade, the kind of boiler or the industry, the strictest figure of the standard counts. One
    /// figure of a limit with two is not stricter.
    ///
    /// The limits are the facts `emission-limits`. What they lack, such as GB 18918 as amended from 1 March 2026, is
    /// judged by a table 补充排放限值 handed in beside, which stands before them.
    ///
    /// ## Why
    /// A stricter limit mostly comes from a local standard, an approval or ultra-low emission, which the plan should name; or
    /// number, grade or figure is wrong. So this is a notice.
    ///
    /// ## How to mend
    /// Name what the limit rests on in the column of the standard, or correct it.
    pub static RULE = Rule {
        id: "env/plan-limit-strict",
        title: text("方案限值严于标准", "Planned limit stricter than the standard"),
        severity: Severity::Notice,
        over: Reading::of(&EMITTER_PLAN, &[STANDARD_NO, POLLUTANT, LIMIT_HIGH])
            .and_optional(&[STANDARD_GRADE, LIMIT_LOW, LIMIT_UNIT, CHANGED_ON, PUBLISHED_ON]),
        beside: &[emission_limits::READING],
        bases: &[bases::PLAN_CONTENT, bases::GB_18918, bases::GB_13223, bases::GB_13271, bases::GB_8978],
        messages: &[
            Message::new(
                "“{pollutant}”限值{actual}严于{standard_no}{standard_grade}的{expected},请确认地方标准或环评依据",
                "Limit {actual} of “{pollutant}” is stricter than {expected} of {standard_no} {standard_grade}; please confirm what it rests on",
            ),
            Message::named(
                "unverified",
                "“{pollutant}”限值{actual}严于{standard_no}{standard_grade}的{expected}(标准限值依据待核),请确认地方标准或环评依据",
                "Limit {actual} of “{pollutant}” is stricter than {expected} of {standard_no} {standard_grade} (figure not yet verified); please confirm what it rests on",
            ),
        ],
        check: Check::Inspection(|_| Box::new(PlanLimitStrict::default())),
        ..Rule::EMPTY
    };
}

/// Memory: the limits the user adds.
#[derive(Default)]
struct PlanLimitStrict {
    limits: Limits,
}

impl Inspection for PlanLimitStrict {
    fn beside(&mut self, batch: &Batch) {
        self.limits.add(batch);
    }

    fn record(&mut self, line: &Row, findings: &mut Findings) -> Judged {
        let high = line.text(LIMIT_HIGH)?;
        let planned = Limit::of_plan(Some(high), line.text(LIMIT_LOW))?;
        let standard = Standard::named(line.text(STANDARD_NO)?, line.text(STANDARD_GRADE));
        let floor = self.limits.floor(&standard, canonical(line.text(POLLUTANT)?), plans::day(line))?;
        let other_unit = |unit| !floor.row.unit.is_empty() && spelling(unit) != spelling(&floor.row.unit);
        if line.text(LIMIT_UNIT).is_some_and(other_unit) {
            return None; // `plan-unit` asks whether it may be that one
        }
        if is_stricter(planned, floor.row.limit)? {
            let shown = match planned {
                Limit::Between(least, most) => format!("{least}-{most}"),
                _ => high.to_owned(),
            };
            let finding = findings.at(line, LIMIT_HIGH).expected(floor.row.written.as_ref()).actual(shown);
            if !floor.verified {
                finding.saying("unverified");
            }
        }
        JUDGED
    }
}

/// Whether a limit forbids something that another allows in every reading, and allows nothing that it forbids.
fn is_stricter(planned: Limit, standard: Limit) -> Option<bool> {
    let within = |ours, theirs| !is_above(ours, theirs);
    Some(match (planned, standard) {
        (Limit::Between(a, b), Limit::Between(c, d)) => {
            within(c, a) && within(b, d) && (is_above(a, c) || is_above(d, b))
        }
        (Limit::ByTemperature(a, b), Limit::ByTemperature(c, d)) => {
            within(a, c) && within(b, d) && (is_above(c, a) || is_above(d, b))
        }
        (Limit::AtMost(most), Limit::AtMost(_) | Limit::ByTemperature(..)) => {
            is_above(standard.strictest(), most)
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stricter_is_inside_and_not_equal() {
        let range = Limit::Between(6.0, 9.0);
        assert_eq!(is_stricter(Limit::Between(6.5, 8.5), range), Some(true));
        assert_eq!(is_stricter(range, range), Some(false));
        assert_eq!(is_stricter(Limit::Between(5.5, 8.5), range), Some(false));
        assert_eq!(is_stricter(Limit::AtMost(49.0), Limit::AtMost(50.0)), Some(true));
        assert_eq!(is_stricter(Limit::AtMost(50.0), Limit::AtMost(50.0)), Some(false));
    }

    #[test]
    fn one_figure_of_two_is_not_stricter() {
        let two = Limit::ByTemperature(5.0, 8.0);
        assert_eq!(is_stricter(Limit::AtMost(5.0), two), Some(false));
        assert_eq!(is_stricter(Limit::AtMost(4.0), two), Some(true));
        assert_eq!(is_stricter(Limit::ByTemperature(5.0, 6.0), two), Some(true));
        assert_eq!(is_stricter(Limit::Between(6.0, 9.0), two), None);
    }
}
