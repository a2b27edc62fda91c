//! A limit is in a unit its pollutant is not measured in.

use mingcha_kit::prelude::*;

use crate::points::medium;
use crate::pollutants::canonical;
use crate::tables::emitter_plan::{EMITTER_PLAN, LIMIT_UNIT, MEDIUM, POINT_CODE, POLLUTANT};
use crate::units_of::{spelling, units_of};

/// Units the user accepts for any pollutant.
pub static MORE_UNITS: Setting =
    Setting::list("more-units", &[], text("另外认可的限值单位", "Units accepted beside those shipped"));

rule! {
    /// ## 查什么
    /// 限值单位是该污染物应有的单位:废水污染物 mg/L(重金属也可用 μg/L),废气污染物 mg/m³(也可用 μg/m³),噪声 dB(A),pH值
    /// 无量纲,色度 倍,粪大肠菌群 个/L,林格曼黑度 级。大小写、“毫克/升”“mg/Nm³”等写法不同不算错。单位表中没有的污染物不查;
    /// 另外认可的单位用设置 `more-units` 补充。
    ///
    /// 污染物与单位见参考数据 `pollutants`、`pollutant-units`,可用设置 `spellings`、`more-units` 补充。
    ///
    /// ## 为什么
    /// 单位错了,限值就差了几个数量级,或者水和气混了。
    ///
    /// ## 怎么改
    /// 对照执行标准改正单位;单位改了的,同时核对限值的数字。
    ///
    /// ## 例
    /// ```csv bad
    /// 排放口编号,污染物名称,监测频次,限值上限,限值单位
    /// DW001,化学需氧量,1次/日,50,mg/m³
    /// ```
    /// ```csv good
    /// 排放口编号,污染物名称,监测频次,限值上限,限值单位
    /// DW001,化学需氧量,1次/日,50,毫克/升
    /// ```
    /// ---
    /// ## What
    /// The unit of a limit is one its pollutant is measured in: mg/L in wastewater (μg/L for metals), mg/m³ or μg/m³ in gas,
    /// dB(A), none for pH, and so on. Spellings do not matter. Pollutants without units in the table shipped are not judged;
    /// the setting `more-units` accepts others.
    ///
    /// Pollutants and units are the facts `pollutants` and `pollutant-units`; the settings `spellings` and `more-units`
    /// add to them.
    ///
    /// ## Why
    /// A wrong unit puts a limit off by orders of magnitude, or takes water for gas.
    ///
    /// ## How to mend
    /// Correct the unit after the standard, and look at the figure again.
    pub static RULE = Rule {
        id: "env/plan-unit",
        title: text("限值单位错误", "Limit in a wrong unit"),
        over: Reading::of(&EMITTER_PLAN, &[POLLUTANT, LIMIT_UNIT]).and_optional(&[POINT_CODE, MEDIUM]),
        messages: &[Message::new(
            "“{pollutant}”单位“{limit_unit}”错误,应为{expected}",
            "Unit “{limit_unit}” of “{pollutant}” is wrong; it is measured in {expected}",
        )],
        check: Check::Inspection(|task| {
            let accepted = task.settings.list(&MORE_UNITS).into_iter().map(spelling).collect();
            Box::new(PlanUnit { accepted })
        }),
        ..Rule::EMPTY
    };
}

struct PlanUnit {
    accepted: Vec<String>,
}

impl Inspection for PlanUnit {
    fn record(&mut self, line: &Row, findings: &mut Findings) -> Judged {
        let unit = line.text(LIMIT_UNIT)?;
        let medium = medium(line.text(POINT_CODE), line.text(MEDIUM));
        let units = units_of(canonical(line.text(POLLUTANT)?), medium)?;
        let written = spelling(unit);
        let fits = units.iter().any(|unit| spelling(unit) == written) || self.accepted.contains(&written);
        if !fits {
            findings.at(line, LIMIT_UNIT).expected(units.join("、")).actual(unit);
        }
        JUDGED
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pollutants::POLLUTANTS;

    #[test]
    fn spellings_of_a_unit_are_seen_through() {
        assert_eq!(spelling("毫克/升(以N计)"), spelling("mg/L"));
        assert_eq!(spelling("mg/Nm3"), spelling("mg/m³"));
        assert_eq!(spelling("dB(A)"), spelling("分贝"));
        assert_ne!(spelling("mg/L"), spelling("mg/m³"));
    }

    #[test]
    fn the_medium_decides_where_a_metal_is_in_both() {
        assert_eq!(units_of("总汞", Some("废水")), Some(["mg/L", "μg/L"].as_slice()));
        assert_eq!(units_of("总汞", None), None);
        assert_eq!(units_of("夜间噪声", None), Some(["dB(A)"].as_slice()));
    }

    #[test]
    fn nearly_every_known_pollutant_has_units() {
        let media = ["废水", "有组织废气"];
        let without = POLLUTANTS
            .iter()
            .map(|code| code.value)
            .filter(|name| media.iter().all(|&medium| units_of(name, Some(medium)).is_none()));
        assert_eq!(
            without.collect::<Vec<_>>(),
            ["污水流量"],
            "flow is reported by the hour, the day or the year"
        );
    }
}
