//! A winner before anything was procured.

use mingcha_kit::prelude::*;

use crate::stages::Stage;
use crate::tables::project::{PROJECT, STAGE, WINNER_NAME};

rule! {
    /// ## 查什么
    /// 识别、准备阶段的项目,不应已有中标(成交)社会资本。写“尚未采购”“无”等,算没有。
    /// ## 为什么
    /// 社会资本要在采购阶段选出来。采购还没有开始就写了中标人,不是项目进度没有更新,就是没有经过采购先定了人。
    /// ## 怎么改
    /// 已经采购的,把项目进度改为采购或执行,补上采购方式和各日期。只是意向方、发起人的,写到进度说明里,中标社会资本一格留空。
    /// ## 例
    /// ```csv bad
    /// 项目名称,运作方式,项目进度,中标(成交)社会资本
    /// 虚构污水处理厂,BOT,准备,虚构水务有限公司
    /// ```
    /// ```csv good
    /// 项目名称,运作方式,项目进度,中标(成交)社会资本
    /// 虚构污水处理厂,BOT,准备,尚未采购
    /// ```
    /// ---
    /// ## What
    /// A project in identification or preparation has no winner yet; 尚未采购 and the like count as none.
    /// ## Why
    /// The partner is chosen in the stage of procurement. A name before that means a stage not brought up to date, or a
    /// partner chosen without procurement.
    /// ## How to mend
    /// Bring the stage up to date. One who only proposed the project belongs in the note on progress.
    pub(crate) static RULE = Rule {
        id: "ppp/winner-too-early",
        title: text("采购之前已有中标结果", "Winner before procurement"),
        over: Reading::of(&PROJECT, &[STAGE]).and_optional(&[WINNER_NAME]),
        messages: &[Message::new(
            "“{stage}”阶段不应有中标结果,却填了“{winner_name}”",
            "In stage “{stage}” there is no winner yet, but “{winner_name}” is given",
        )],
        check: Check::Row(winner_too_early),
        ..Rule::EMPTY
    };
}

fn winner_too_early(project: &Row, findings: &mut Findings) -> Judged {
    if Stage::parse(project.text(STAGE)?)? >= Stage::Procurement {
        return None;
    }
    if project.is_filled(WINNER_NAME) {
        findings.at(project, WINNER_NAME);
    }
    JUDGED
}
