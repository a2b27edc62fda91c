//! Plan and assessments still not public half a year after execution began.

use mingcha_kit::prelude::*;

use crate::bases::DISCLOSURE_1;
use crate::months;
use crate::stages::Stage;
use crate::tables::project::{
    FISCAL_PUBLISHED_ON, PLAN_PUBLISHED_ON, PROJECT, PROJECT_NAME, STAGE, STAGE_SINCE, VFM_PUBLISHED_ON,
};

/// What may wait until then.
const DEFERRED: [Column; 3] = [PLAN_PUBLISHED_ON, VFM_PUBLISHED_ON, FISCAL_PUBLISHED_ON];

/// Months from the beginning of execution.
const MONTHS: i32 = 6;

rule! {
    /// ## 查什么
    /// 2017年3月1日以后进入执行阶段的项目,实施方案、物有所值评价报告、财政承受能力论证报告,应在进入执行阶段后6个月内公开;
    /// 满6个月的当天不算晚。公开日期空着的,到审计日已过6个月的报。
    /// 表里有这三个公开日期和“进入本阶段日期”的才查;2022年2月1日以后进入执行的不查(办法已经换新)。
    /// ## 为什么
    /// 财金〔2017〕1号(原文待核)把这三份文件定为“适时公开”:采购期间可以不公开,但不晚于进入执行阶段后6个月。
    /// ## 怎么改
    /// 已经公开的,补填登出的日期。没有公开的,尽快公开,涉及国家秘密、商业秘密的可以隐去。
    /// ## 例
    /// ```csv bad
    /// 项目名称,运作方式,项目进度,进入本阶段日期,实施方案公开日期,物有所值评价报告公开日期,财政承受能力论证报告公开日期
    /// 虚构污水处理厂,BOT,执行,2017-04-01,2017-12-01,2017-06-01,2017-06-01
    /// ```
    /// ```csv good
    /// 项目名称,运作方式,项目进度,进入本阶段日期,实施方案公开日期,物有所值评价报告公开日期,财政承受能力论证报告公开日期
    /// 虚构污水处理厂,BOT,执行,2017-04-01,2017-10-01,2017-06-01,2017-06-01
    /// ```
    /// ---
    /// ## What
    /// Of a project in execution since 1 March 2017 or later, the implementation plan and the reports on value for money
    /// and affordability are published within six months of that day; the day on which these are full will do. A blank
    /// is objected to once they have passed. Checked where the table has the three days and that of entering the stage;
    /// projects in execution only since 1 February 2022 fall under newer rules and are passed over.
    /// ## Why
    /// 财金〔2017〕1号 (its wording is still to be checked) lets these papers wait during procurement, but no longer.
    /// ## How to mend
    /// Write the day they were published, or publish them now, secrets left out.
    pub(crate) static RULE = Rule {
        id: "ppp/deferred-disclosure",
        title: text("实施方案和论证报告逾期未公开", "Plan and reports not public in time"),
        over: Reading::of(&PROJECT, &[
            STAGE, STAGE_SINCE, PLAN_PUBLISHED_ON, VFM_PUBLISHED_ON, FISCAL_PUBLISHED_ON,
        ])
        .and_optional(&[PROJECT_NAME])
            .presence(Presence::Optional),
        bases: &[DISCLOSURE_1],
        messages: &[
            Message::new(
                "{field}晚于进入执行阶段后6个月:{since}进入执行,{actual}才公开",
                "{field}: execution began on {since}, and it was public only on {actual}, more than six months later",
            ),
            Message::named(
                "blank",
                "项目“{project_name}”{since}进入执行阶段,已过6个月,仍未公开(未填{missing})",
                "Project “{project_name}” has been in execution since {since}, more than six months, without: {missing}",
            ),
        ],
        check: Check::Row(deferred_disclosure),
        ..Rule::EMPTY
    };
}

fn deferred_disclosure(project: &Row, findings: &mut Findings) -> Judged {
    if Stage::parse(project.text(STAGE)?)? != Stage::Execution {
        return None;
    }
    let since = project.date(STAGE_SINCE)?;
    if since < DISCLOSURE_1.since? || since >= DISCLOSURE_1.until? {
        return None;
    }
    for (column, day) in DEFERRED.map(|column| (column, project.date(column))) {
        if let Some(day) = day.filter(|day| months::more_than(MONTHS, since, *day)) {
            findings.at(project, column).with("field", [column].as_slice()).with("since", since).actual(day);
        }
    }
    let missing: Vec<Column> = DEFERRED.into_iter().filter(|column| project.is_blank(*column)).collect();
    if !missing.is_empty() && months::more_than(MONTHS, since, project.task().as_of) {
        findings.on(project).saying("blank").with("since", since).with("missing", &missing);
    }
    JUDGED
}
