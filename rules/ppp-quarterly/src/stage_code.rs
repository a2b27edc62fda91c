//! A stage that is none of the five.

use mingcha_kit::prelude::*;

use crate::bases::{GUIDE_113_STAGES, PLAN_2_2};
use crate::stages::Stage;
use crate::tables::project::{PROJECT, STAGE};

rule! {
    /// ## 查什么
    /// 项目进度应是五个阶段之一:识别、准备、采购、执行、移交(写“执行阶段”“项目执行”也可以)。
    ///
    /// 阶段名称见参考数据 `stages`,其他写法可用设置 `spellings` 补充。
    /// ## 为什么
    /// 操作指南把项目全过程分为这五个阶段。中标结果、合同等内容从哪个阶段起要公开,都按它判断;写“正在推进”就无从判断。
    /// ## 怎么改
    /// 改成五个阶段之一;“已开工”“完成投资60%”等具体进展写到进度说明里。已签合同、在建或运营的是执行阶段。
    /// ## 例
    /// ```csv bad
    /// 项目名称,运作方式,项目进度
    /// 虚构污水处理厂,BOT,已开工
    /// ```
    /// ```csv good
    /// 项目名称,运作方式,项目进度
    /// 虚构污水处理厂,BOT,执行阶段
    /// ```
    /// ---
    /// ## What
    /// The stage is one of five: 识别, 准备, 采购, 执行, 移交 (identification, preparation, procurement, execution,
    /// transfer).
    ///
    /// The stages are the facts `stages`; the setting `spellings` adds other ways to write them.
    /// ## Why
    /// The guide divides a project so, and what must be published depends on the stage.
    /// ## How to mend
    /// Write one of the five; what has been built or paid belongs in the note on progress.
    pub(crate) static RULE = Rule {
        id: "ppp/stage-code",
        title: text("项目进度不规范", "Stage not one of the five"),
        over: Reading::of(&PROJECT, &[STAGE]),
        bases: &[GUIDE_113_STAGES, PLAN_2_2],
        messages: &[Message::new(
            "项目进度“{stage}”不规范,应为识别、准备、采购、执行或移交",
            "Stage “{stage}” is none of 识别, 准备, 采购, 执行, 移交",
        )],
        check: Check::Row(stage_code),
        ..Rule::EMPTY
    };
}

fn stage_code(project: &Row, findings: &mut Findings) -> Judged {
    if Stage::parse(project.text(STAGE)?).is_none() {
        findings.at(project, STAGE);
    }
    JUDGED
}
