//! A project in procurement or beyond without its two assessments.

use mingcha_kit::prelude::*;

use crate::bases::{AFFORDABILITY_21, GUIDE_113_ASSESSMENTS};
use crate::stages::Stage;
use crate::tables::project::{FISCAL_PASSED, PROJECT, PROJECT_NAME, STAGE, VFM_PASSED};

/// What must have been assessed.
const ASSESSMENTS: [Column; 2] = [VFM_PASSED, FISCAL_PASSED];

rule! {
    /// ## 查什么
    /// 到了采购、执行或移交阶段的项目,物有所值论证、财承论证两项都要填:填“是”“已通过”或者通过的日期。空着、写“否”“未开展”的都报。
    /// ## 为什么
    /// 按操作指南(条文待核),项目要先通过物有所值评价和财政承受能力论证,才能进入采购。不公开,公众看不出这两道关过没过。
    /// ## 怎么改
    /// 按评价、论证的批复填通过的日期。确实没有做的,采购之前应当补做;已经采购的,在进度说明里写明情况。
    /// ## 例
    /// ```csv bad
    /// 项目名称,运作方式,项目进度,物有所值论证,财承论证
    /// 虚构污水处理厂,BOT,采购,是,
    /// ```
    /// ```csv good
    /// 项目名称,运作方式,项目进度,物有所值论证,财承论证
    /// 虚构污水处理厂,BOT,采购,是,2016-02-18
    /// 虚构供热管网,BOT,识别,,
    /// ```
    /// ---
    /// ## What
    /// A project in procurement, execution or transfer says of both assessments, value for money and affordability, that
    /// they were passed, or when. A blank, 否 and 未开展 are objected to.
    /// ## Why
    /// By the guide (its articles are still to be checked) a project must have passed both before it is procured.
    /// ## How to mend
    /// Write the day of each approval. What was not assessed must be before procurement; after it, explain.
    pub(crate) static RULE = Rule {
        id: "ppp/evaluation-missing",
        title: text("未公开物有所值或财政承受能力论证", "Assessments not published"),
        severity: Severity::Warning,
        over: Reading::of(&PROJECT, &[STAGE]).and_optional(&[PROJECT_NAME, VFM_PASSED, FISCAL_PASSED]),
        bases: &[GUIDE_113_ASSESSMENTS, AFFORDABILITY_21],
        since: GUIDE_113_ASSESSMENTS.since,
        messages: &[Message::new(
            "项目“{project_name}”已到“{stage}”,未公开通过情况:{missing}",
            "Project “{project_name}”, in stage “{stage}”, does not say that it passed: {missing}",
        )],
        check: Check::Row(evaluation_missing),
        ..Rule::EMPTY
    };
}

fn evaluation_missing(project: &Row, findings: &mut Findings) -> Judged {
    if Stage::parse(project.text(STAGE)?)? < Stage::Procurement {
        return None;
    }
    let passed = |column: Column| project.text(column).is_some_and(|text| !denies(text));
    let missing: Vec<Column> = ASSESSMENTS.into_iter().filter(|column| !passed(*column)).collect();
    if !missing.is_empty() {
        findings.on(project).with("missing", &missing);
    }
    JUDGED
}

/// 否, 未通过, 尚未开展, 没有做.
fn denies(text: &str) -> bool {
    ["否", "未", "尚未", "没有", "不通过", "正在", "×", "✗"].iter().any(|word| text.starts_with(word))
}
