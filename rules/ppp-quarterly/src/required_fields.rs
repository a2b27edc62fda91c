//! Elements of a project that the plan wants published and that are blank.

use mingcha_kit::prelude::*;

use crate::bases::PLAN_2_2;
use crate::statements;
use crate::tables::project::{
    COOP_YEARS, INVEST_AMOUNT, OPERATION_MODE, PARTICIPATION_MODE, PROJECT, PROJECT_NAME, RETURN_MECHANISM,
    STAGE,
};

/// Seven of the plan's eight elements: those a project has from the start.
const FROM_THE_START: [Column; 7] =
    [PROJECT_NAME, INVEST_AMOUNT, PARTICIPATION_MODE, RETURN_MECHANISM, OPERATION_MODE, COOP_YEARS, STAGE];

rule! {
    /// ## 查什么
    /// 每个PPP项目不论在哪个阶段,都要公开项目名称、投资金额、政府和社会资本参与方式、回报机制、运作方式、合作期限、项目进度。
    /// 第八项“招标采购及中标结果”从执行阶段起要填,另由 execution-no-winner 检查。
    /// 写“本季度无PPP项目”的零报告行不查。
    /// ## 为什么
    /// 实施方案逐项列明了这些内容。缺一项,公众就看不全一个项目;填“待定”“/”和空着一样。
    /// ## 怎么改
    /// 按提示把缺的各项补上。确实还没有确定的,写明目前掌握的情况,例如参与方式写“拟由政府方出资代表与社会资本共同组建项目公司”。
    /// 没有项目的季度,只在项目名称一格写“本季度无PPP项目”,其余留空。
    /// ## 例
    /// ```csv bad
    /// 项目名称,投资金额(万元),政府和社会资本参与方式,回报机制,运作方式,合作期限,项目进度
    /// 虚构污水处理厂,12000,组建项目公司,,BOT,,准备
    /// ```
    /// ```csv good
    /// 项目名称,投资金额(万元),政府和社会资本参与方式,回报机制,运作方式,合作期限,项目进度
    /// 虚构污水处理厂,12000,组建项目公司,使用者付费,BOT,25年,准备
    /// ```
    /// ---
    /// ## What
    /// Every PPP project is published with name, investment, how government and private capital take part, return
    /// mechanism, mode of operation, term and stage. The eighth element, the result of procurement, is due from the
    /// stage of execution on and left to execution-no-winner. Rows that say there is no project are left alone.
    /// ## Why
    /// The plan names them one by one. A blank, a dash or 待定 tells the public nothing.
    /// ## How to mend
    /// Fill in what the message lists. Where something is not decided, say what is known. A quarter without projects
    /// is one row with 本季度无PPP项目 as the name and nothing else.
    pub(crate) static RULE = Rule {
        id: "ppp/required-fields",
        title: text("公开要素不全", "Required elements missing"),
        over: Reading::of(&PROJECT, &[PROJECT_NAME]).and_optional(&[
            INVEST_AMOUNT, PARTICIPATION_MODE, RETURN_MECHANISM, OPERATION_MODE, COOP_YEARS, STAGE,
        ]),
        bases: &[PLAN_2_2],
        since: PLAN_2_2.since,
        messages: &[
            Message::new("项目“{project_name}”缺少公开要素:{missing}", "Project “{project_name}” lacks: {missing}"),
            Message::named("nameless", "这一行缺少公开要素:{missing}", "This row lacks: {missing}"),
        ],
        accepts_unreadable: &[INVEST_AMOUNT],
        check: Check::Row(required_fields),
        ..Rule::EMPTY
    };
}

fn required_fields(project: &Row, findings: &mut Findings) -> Judged {
    statements::leave_alone(project)?;
    let missing: Vec<Column> =
        FROM_THE_START.into_iter().filter(|column| project.is_blank(*column)).collect();
    if missing.len() == FROM_THE_START.len() {
        return None; // a line of the form nobody filled in; `quarter-missing` sees to it
    }
    if missing.is_empty() {
        return JUDGED;
    }
    let finding = findings.on(project).with("missing", &missing);
    if project.is_blank(PROJECT_NAME) {
        finding.saying("nameless");
    }
    JUDGED
}
