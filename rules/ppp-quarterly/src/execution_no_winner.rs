//! A project in execution whose procurement is not published.

use mingcha_kit::prelude::*;

use crate::bases::PLAN_2_2;
use crate::stages::Stage;
use crate::tables::project::{AWARD_ON, PROCUREMENT_METHOD, PROJECT, PROJECT_NAME, STAGE, WINNER_NAME};

/// What must be known once a contract is being carried out: the plan's eighth element.
const AWARD: [Column; 3] = [PROCUREMENT_METHOD, WINNER_NAME, AWARD_ON];

rule! {
    /// ## 查什么
    /// 进入执行或移交阶段的项目,采购方式、中标(成交)社会资本、中标日期三项都要有。
    /// ## 为什么
    /// 招标采购及中标结果是实施方案列明的公开内容。项目已经执行,说明合同已经签了,中标结果不可能还没有。
    /// ## 怎么改
    /// 按中标(成交)通知书补上采购方式、社会资本名称和中标日期;联合体的几家单位用“、”隔开。其实还在采购的,把项目进度改回采购。
    /// ## 例
    /// ```csv bad
    /// 项目名称,运作方式,项目进度,采购方式,中标(成交)社会资本,中标日期
    /// 虚构污水处理厂,BOT,执行,公开招标,,
    /// ```
    /// ```csv good
    /// 项目名称,运作方式,项目进度,采购方式,中标(成交)社会资本,中标日期
    /// 虚构污水处理厂,BOT,执行,公开招标,虚构水务有限公司、虚构建工有限公司,2016-05-10
    /// 虚构供热管网,BOT,采购,,,
    /// ```
    /// ---
    /// ## What
    /// A project in execution or transfer has a procurement method, a winner and a date of award.
    /// ## Why
    /// The plan wants the result of procurement published, and a project that is carried out must have one.
    /// ## How to mend
    /// Take all three from the notice of award; join the members of a consortium with 、. A project still being procured
    /// belongs in the stage 采购.
    pub(crate) static RULE = Rule {
        id: "ppp/execution-no-winner",
        title: text("执行阶段未公开中标结果", "In execution without the result of procurement"),
        over: Reading::of(&PROJECT, &[STAGE]).and_optional(&[PROJECT_NAME, PROCUREMENT_METHOD, WINNER_NAME, AWARD_ON]),
        bases: &[PLAN_2_2],
        since: PLAN_2_2.since,
        messages: &[Message::new(
            "项目“{project_name}”已到“{stage}”,未公开招标采购及中标结果,缺少:{missing}",
            "Project “{project_name}”, in stage “{stage}”, lacks the result of procurement: {missing}",
        )],
        check: Check::Row(execution_no_winner),
        ..Rule::EMPTY
    };
}

fn execution_no_winner(project: &Row, findings: &mut Findings) -> Judged {
    if Stage::parse(project.text(STAGE)?)? < Stage::Execution {
        return None;
    }
    let missing: Vec<Column> = AWARD.into_iter().filter(|column| project.is_blank(*column)).collect();
    if !missing.is_empty() {
        findings.on(project).with("missing", &missing);
    }
    JUDGED
}
