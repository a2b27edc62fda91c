//! A project that went two stages or more in one quarter.

use mingcha_kit::prelude::*;

use crate::bases::GUIDE_113_STAGES;
use crate::history::{COLUMNS, History};
use crate::stages::Stage;
use crate::tables::{
    previous::PREVIOUS,
    project::{PROJECT, STAGE},
};

rule! {
    /// ## 查什么
    /// 同一项目的项目进度,一个季度里不应跳过中间的阶段,例如上期还在识别、本期就在采购。隔了一个以上季度没有数据的不查。
    /// 同一项目按项目编号认,没有编号的按县市和项目名称认。上期数据可以是文件名带“上期”“上季度”的另一张表,也可以是同一张表里较早报告期的行。
    /// 报告期末不在操作指南有效期(2014年11月29日至2017年11月28日)内的不查;没有写报告期的,按检查时段的末日或检查日期。
    /// ## 为什么
    /// 操作指南要求依次经过识别、准备、采购、执行、移交。中间的阶段有物有所值评价、实施方案、公开采购等程序,一个季度很难走完,
    /// 跳过往往是程序没有走,或者上期没有及时更新。
    /// ## 怎么改
    /// 核对两期哪一期填错并改正。确实在一个季度内走完的不必改,在进度说明里写明中间各阶段的完成日期备查。
    /// ## 例
    /// ```csv bad
    /// 报告期,项目名称,运作方式,项目进度
    /// 2016Q2,虚构污水处理厂,BOT,准备
    /// 2016Q3,虚构污水处理厂,BOT,执行
    /// ```
    /// ```csv good
    /// 报告期,项目名称,运作方式,项目进度
    /// 2016Q2,虚构污水处理厂,BOT,采购
    /// 2016Q3,虚构污水处理厂,BOT,执行
    /// ```
    /// ---
    /// ## What
    /// In one quarter a project does not leap over a stage, as from preparation to execution. Passed over where a
    /// quarter between the two is missing.
    /// Periods that end outside the days of the guide, 29 November 2014 to 28 November 2017, are passed over; where none is
    /// written, the end of the period of the audit counts, else its day.
    /// ## Why
    /// The guide has the stages follow one another; assessments and procurement hardly fit into one quarter.
    /// ## How to mend
    /// Find out which quarter is wrong. If neither is, give the days of the stages between in the note on progress.
    pub(crate) static RULE = Rule {
        id: "ppp/stage-skip",
        title: text("项目进度跳过阶段", "Stage leapt over"),
        severity: Severity::Warning,
        scope: Scope::WholeTable,
        over: Reading::of(&PROJECT, &[STAGE]).and_optional(COLUMNS),
        beside: &[Reading::of(&PREVIOUS, &[STAGE]).and_optional(COLUMNS).presence(Presence::Optional)],
        bases: &[GUIDE_113_STAGES],
        since: GUIDE_113_STAGES.since,
        messages: &[Message::new(
            "项目进度由{before}直接变为{now},跳过了中间阶段",
            "The stage went from {before} straight to {now}",
        )],
        check: Check::Inspection(|_| Box::new(Skip::default())),
        ..Rule::EMPTY
    };
}

/// Memory: one entry per project and quarter.
#[derive(Default)]
struct Skip(History<Stage>);

impl Inspection for Skip {
    fn beside(&mut self, batch: &Batch) {
        self.0.remember_stages_before(batch);
    }

    fn record(&mut self, row: &Row, _: &mut Findings) -> Judged {
        self.0.remember_stage(row)?;
        None
    }

    fn close(&mut self, findings: &mut Findings) {
        for (now, before) in self.0.compared() {
            findings.judge(|findings| {
                let latest = before.iter().max_by_key(|before| (before.state, before.place))?;
                let day = now.quarter.last().unwrap_or(findings.task().as_of);
                if !GUIDE_113_STAGES.holds_on(day) || !now.quarter.follows(latest.quarter) {
                    return None;
                }
                if latest.state.steps_to(now.state) > 1 {
                    findings
                        .at_place(now.place.cell(STAGE))
                        .with("before", latest.state.name())
                        .with("now", now.state.name())
                        .related(latest.place.cell(STAGE));
                }
                JUDGED
            });
        }
    }
}
