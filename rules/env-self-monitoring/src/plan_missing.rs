//! An emitter discloses basic information and no plan.
//!
//! Memory: one entry per emitter with a plan.

use std::collections::HashSet;

use mingcha_kit::prelude::*;
use mingcha_kit::values::text::key;

use crate::bases;
use crate::tables::emitter_basic::{EMITTER_BASIC, EMITTER_NAME, USCC};
use crate::tables::emitter_plan::{self, EMITTER_PLAN};

rule! {
    /// ## 查什么
    /// 提交了基础信息的单位,在提交的自行监测方案中至少有一行,按统一社会信用代码找。什么都没有公开的名录单位由
    /// env/emitter-undisclosed 检查。完全没有提交方案表的不作判断(可用 `--expect` 要求必须提交)。
    ///
    /// ## 为什么
    /// 自行监测方案及其调整应当公开。没有方案,就不知道该测什么、多久测一次。
    ///
    /// ## 怎么改
    /// 编制并公开自行监测方案。已经公开的,核对方案与基础信息的代码是否一致,并一并提交。
    ///
    /// ## 例
    /// ```csv bad
    /// 统一社会信用代码,企业名称,法人代表
    /// 91652302948219939M,昌吉市某某水务有限公司,张某
    /// 916523010824628146,昌吉市某某热力有限公司,李某
    /// ```
    /// ```csv bad
    /// 统一社会信用代码,排放口编号,污染物名称,监测频次
    /// 91652302948219939M,DW001,总磷,1次/月
    /// ```
    /// ```csv good
    /// 统一社会信用代码,企业名称,法人代表
    /// 91652302948219939M,昌吉市某某水务有限公司,张某
    /// ```
    /// ```csv good
    /// 统一社会信用代码,排放口编号,污染物名称,监测频次
    /// 91652302948219939M,DW001,总磷,1次/月
    /// ```
    /// ---
    /// ## What
    /// An emitter with basic information has at least a line in the plans handed in, by credit code. Listed emitters that
    /// disclose nothing at all belong to env/emitter-undisclosed. Without any plan handed in nothing is judged (`--expect` asks
    /// for the table).
    ///
    /// ## Why
    /// Plans and their changes are disclosed. Without one nobody knows what ought to be measured, and how often.
    ///
    /// ## How to mend
    /// Write and publish the plan; if it is public, compare its credit code and hand it in too.
    pub static RULE = Rule {
        id: "env/plan-missing",
        title: text("未公开自行监测方案", "No plan disclosed"),
        over: Reading::of(&EMITTER_BASIC, &[USCC]).and_optional(&[EMITTER_NAME]),
        beside: &[Reading::of(&EMITTER_PLAN, &[emitter_plan::USCC])],
        bases: &[bases::PLAN_CONTENT, bases::PLAN_DISCLOSED, bases::PLAN_2016],
        since: bases::SINCE_81,
        messages: &[Message::new(
            "{emitter_name}未公开自行监测方案",
            "{emitter_name} discloses no self-monitoring plan",
        )],
        check: Check::Inspection(|_| Box::new(PlanMissing::default())),
        ..Rule::EMPTY
    };
}

#[derive(Default)]
struct PlanMissing {
    planning: HashSet<String>,
}

impl Inspection for PlanMissing {
    fn beside(&mut self, batch: &Batch) {
        self.planning.extend(batch.rows().filter_map(|line| line.text(emitter_plan::USCC)).map(key));
    }

    fn record(&mut self, emitter: &Row, findings: &mut Findings) -> Judged {
        let code = emitter.text(USCC)?;
        if !self.planning.contains(&key(code)) {
            findings.on(emitter).subject(code);
        }
        JUDGED
    }
}
