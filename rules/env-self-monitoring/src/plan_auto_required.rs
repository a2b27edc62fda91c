//! A listed emitter tests by hand what must be measured by instruments.
//!
//! Memory: one entry per emitter and category on the list.

use std::collections::HashSet;

use mingcha_kit::prelude::*;
use mingcha_kit::values::text::key;

use crate::bases;
use crate::plans;
use crate::points::medium;
use crate::pollutants::canonical;
use crate::tables::codes::{MANUAL, STACK_GAS, WASTEWATER};
use crate::tables::emitter_list::{self, AIR, CATEGORY, EMITTER_LIST, WATER};
use crate::tables::emitter_plan::{
    CHANGED_ON, EMITTER_PLAN, MEDIUM, METHOD, POINT_CODE, POLLUTANT, PUBLISHED_ON, USCC,
};

rule! {
    /// ## 查什么
    /// 名录单位的方案中,主要污染物不能只有手工监测:大气环境重点排污单位有组织废气的二氧化硫、氮氧化物、颗粒物(2016年起);
    /// 水环境重点排污单位废水的化学需氧量、氨氮(2018年起)。写“自动”或“自动+手工”都可以。方案按公开日期(没有的按变更日期,
    /// 再没有的按检查日期)适用。名录按统一社会信用代码对照;名录类别不是水、大气的不查。
    ///
    /// ## 为什么
    /// 重点排污单位应当安装、使用自动监测设备,与环保部门联网。
    ///
    /// ## 怎么改
    /// 安装自动监测设备并联网,把方案的监测方式改为“自动”;已经联网的,更正方案。环保部门同意暂不安装的,在方案中注明依据。
    ///
    /// ## 例
    /// ```csv bad
    /// 年度,统一社会信用代码,企业名称,名录类别
    /// 2016,916523010824628146,昌吉市某某热力有限公司,大气环境
    /// ```
    /// ```csv bad
    /// 统一社会信用代码,排放口编号,污染物名称,监测方式,监测频次,公开日期
    /// 916523010824628146,DA001,二氧化硫,手工,1次/周,2016-09-01
    /// ```
    /// ```csv good
    /// 年度,统一社会信用代码,企业名称,名录类别
    /// 2016,916523010824628146,昌吉市某某热力有限公司,大气环境
    /// ```
    /// ```csv good
    /// 统一社会信用代码,排放口编号,污染物名称,监测方式,监测频次,公开日期
    /// 916523010824628146,DA001,二氧化硫,自动,连续,2016-09-01
    /// 916523010824628146,DA001,汞及其化合物,手工,1次/季,2016-09-01
    /// ```
    /// ---
    /// ## What
    /// The plan of an emitter on the list does not test its main pollutants by hand only: SO₂, NOₓ and particulates of stacks
    /// where it is listed for air (from 2016), COD and ammonia of wastewater where it is listed for water (from 2018), on the
    /// day the plan was published (else changed, else the day of the audit). 自动 and 自动+手工 will both do.
    ///
    /// ## Why
    /// Key emitters install automatic instruments and connect them to the bureau's network.
    ///
    /// ## How to mend
    /// Install and connect them and change the plan; where the bureau put it off, say so in the plan.
    pub static RULE = Rule {
        id: "env/plan-auto-required",
        title: text("主要污染物未采用自动监测", "Main pollutant not measured by instruments"),
        severity: Severity::Warning,
        over: Reading::of(&EMITTER_PLAN, &[USCC, METHOD, POLLUTANT])
            .and_optional(&[POINT_CODE, MEDIUM, CHANGED_ON, PUBLISHED_ON]),
        beside: &[Reading::of(&EMITTER_LIST, &[emitter_list::USCC, CATEGORY])],
        bases: &[bases::AIR_MONITORING, bases::WATER_MONITORING],
        since: bases::AIR_MONITORING.since,
        messages: &[Message::new(
            "{point_code}“{pollutant}”未采用自动监测({category}重点排污单位应当安装自动监测设备)",
            "{point_code} “{pollutant}” is not measured by instruments, which an emitter listed for {category} must install",
        )],
        check: Check::Inspection(|_| Box::new(PlanAutoRequired::default())),
        ..Rule::EMPTY
    };
}

#[derive(Default)]
struct PlanAutoRequired {
    /// Emitter and category.
    listed: HashSet<(String, String)>,
}

impl Inspection for PlanAutoRequired {
    fn beside(&mut self, batch: &Batch) {
        for entry in batch.rows() {
            if let (Some(code), Some(category)) = (entry.text(emitter_list::USCC), entry.text(CATEGORY)) {
                self.listed.insert((key(code), category.to_owned()));
            }
        }
    }

    fn record(&mut self, line: &Row, findings: &mut Findings) -> Judged {
        let medium = medium(line.text(POINT_CODE), line.text(MEDIUM))?;
        let category = category(medium, canonical(line.text(POLLUTANT)?), plans::day(line))?;
        if !self.listed.contains(&(key(line.text(USCC)?), category.to_owned())) {
            return None;
        }
        if line.text(METHOD)? == MANUAL {
            findings.at(line, METHOD).with("category", category);
        }
        JUDGED
    }
}

/// For which category on the list a pollutant must be measured by instruments on a day.
fn category(medium: &str, pollutant: &str, day: NaiveDate) -> Option<&'static str> {
    let (category, duty) = match (medium, pollutant) {
        (STACK_GAS, "二氧化硫" | "氮氧化物" | "颗粒物") => (AIR, bases::AIR_MONITORING),
        (WASTEWATER, "化学需氧量" | "氨氮") => (WATER, bases::WATER_MONITORING),
        _ => return None,
    };
    duty.since.is_some_and(|since| since <= day).then_some(category)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn water_follows_air_two_years_later() {
        let day = |year| NaiveDate::from_ymd_opt(year, 1, 1).expect("a day");
        assert_eq!(category(STACK_GAS, "颗粒物", day(2016)), Some(AIR));
        assert_eq!(category(STACK_GAS, "颗粒物", day(2015)), None);
        assert_eq!(category(WASTEWATER, "氨氮", day(2017)), None);
        assert_eq!(category(WASTEWATER, "氨氮", day(2018)), Some(WATER));
        assert_eq!(category(STACK_GAS, "汞及其化合物", day(2018)), None);
    }
}
