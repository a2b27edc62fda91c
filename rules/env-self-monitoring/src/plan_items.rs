//! A plan lacks one of the items it must have.
//!
//! Memory: one entry per emitter.

use mingcha_kit::prelude::*;

use crate::bases;
use crate::tables::codes::AUTOMATIC;
use crate::tables::emitter_plan::{
    ANALYSIS_METHOD, DISCLOSURE_DEADLINE, EMITTER_PLAN, FREQ_N, INSTRUMENT, LIMIT_HIGH, LIMIT_LOW, METHOD,
    POINT_CODE, POINT_MAP_URL, POINT_NAME, POLLUTANT, QUALITY_CONTROL, STANDARD_NO, USCC,
};

rule! {
    /// ## 查什么
    /// 一家单位的自行监测方案,下列各项是否在方案的每一行都空着:监测点位、监测频次、监测指标、执行标准及限值、监测方法和
    /// 仪器、监测质量控制、监测点位示意图、监测结果公开时限。只要有一行填了,就不算缺。企业基本情况在基础信息表中检查
    /// (env/basic-fields)。自动监测是全天连续的,不要求填频次。
    ///
    /// ## 为什么
    /// 这些是自行监测方案的法定内容,缺了就无法判断监测做得对不对。
    ///
    /// ## 怎么改
    /// 在方案中补上所列各项;全厂通用的(质量控制、示意图、公开时限)填在第一行即可。
    ///
    /// ## 例
    /// ```csv bad
    /// 统一社会信用代码,排放口编号,污染物名称,监测方式,监测频次,执行标准,限值上限,监测方法
    /// 91652302948219939M,DW001,化学需氧量,手工,1次/日,GB 18918-2002,50,重铬酸盐法
    /// ```
    /// ```csv good
    /// 统一社会信用代码,排放口编号,污染物名称,监测方式,监测频次,执行标准,限值上限,监测方法,监测仪器,监测质量控制,监测点位示意图,监测结果公开时限
    /// 91652302948219939M,DW001,化学需氧量,手工,1次/日,GB 18918-2002,50,重铬酸盐法,滴定管,平行样,见附图1,次日
    /// ```
    /// ---
    /// ## What
    /// Whether an item of an emitter's plan is empty in every line: points, frequency, pollutants, standard and limit,
    /// method and instrument, quality control, map of points, deadline for disclosing results. Automatic monitoring is
    /// continuous and needs no frequency. The emitter's basic information is checked in its own table.
    ///
    /// ## Why
    /// These are what a plan must contain; without them nobody can tell whether the monitoring is right.
    ///
    /// ## How to mend
    /// Add the items named; what holds for the whole works may stand in the first line only.
    pub static RULE = Rule {
        id: "env/plan-items",
        title: text("自行监测方案缺项", "Plan incomplete"),
        scope: Scope::Group(&[USCC]),
        over: Reading::of(&EMITTER_PLAN, &[USCC]).and_optional(&[
            METHOD, POINT_CODE, POINT_NAME, FREQ_N, POLLUTANT, STANDARD_NO, LIMIT_HIGH, LIMIT_LOW, ANALYSIS_METHOD,
            INSTRUMENT, QUALITY_CONTROL, POINT_MAP_URL, DISCLOSURE_DEADLINE,
        ]),
        bases: &[bases::PLAN_CONTENT],
        since: bases::SINCE_81,
        messages: &[Message::new("{uscc}自行监测方案缺少:{missing}", "The plan of {uscc} lacks: {missing}")],
        check: Check::Inspection(|_| Box::new(PlanItems { plans: Groups::by(&[USCC]) })),
        ..Rule::EMPTY
    };
}

/// The items; any of the columns of one will do.
const ITEMS: [&[Column]; 10] = [
    &[POINT_CODE, POINT_NAME],
    &[FREQ_N],
    &[POLLUTANT],
    &[STANDARD_NO],
    &[LIMIT_HIGH, LIMIT_LOW],
    &[ANALYSIS_METHOD],
    &[INSTRUMENT],
    &[QUALITY_CONTROL],
    &[POINT_MAP_URL],
    &[DISCLOSURE_DEADLINE],
];

struct Plan {
    first: Place,
    found: [bool; ITEMS.len()],
}

struct PlanItems {
    plans: Groups<Plan>,
}

impl Inspection for PlanItems {
    fn record(&mut self, line: &Row, _: &mut Findings) -> Judged {
        let plan = self.plans.of(line, || Plan { first: line.place(), found: [false; ITEMS.len()] })?;
        plan.first = plan.first.min(line.place());
        let continuous = line.text(METHOD) == Some(AUTOMATIC);
        for (found, columns) in plan.found.iter_mut().zip(ITEMS) {
            let filled = columns.iter().any(|&column| line.is_filled(column));
            *found |= filled || continuous && columns.contains(&FREQ_N);
        }
        None
    }

    fn close(&mut self, findings: &mut Findings) {
        for (emitter, plan) in self.plans.iter() {
            let lacking = ITEMS.iter().zip(plan.found).filter(|(_, found)| !found);
            let missing: Vec<_> = lacking.map(|(columns, _)| columns[0]).collect();
            findings.judge(|findings| {
                if !missing.is_empty() {
                    findings.at_place(plan.first).subject(emitter).with("missing", &missing);
                }
                JUDGED
            });
        }
    }
}
