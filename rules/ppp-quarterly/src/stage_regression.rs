//! A project that has gone back a stage since the quarter before.

use mingcha_kit::prelude::*;

use crate::history::{COLUMNS, History};
use crate::stages::Stage;
use crate::tables::{
    previous::PREVIOUS,
    project::{PROJECT, STAGE},
};

rule! {
    /// ## 查什么
    /// 同一项目本期的项目进度,不应早于上期(识别→准备→采购→执行→移交)。
    /// 同一项目按项目编号认,没有编号的按县市和项目名称认。上期数据可以是文件名带“上期”“上季度”的另一张表,也可以是同一张表里较早报告期的行。
    /// ## 为什么
    /// 项目只会往前走。上期已在执行、本期又回到采购,不是本期填错,就是上期填错。
    /// ## 怎么改
    /// 核对两期哪一期填错并改正。确实重新采购或重新论证的,按新项目另立编号,在进度说明中写明原因。
    /// ## 例
    /// ```csv bad
    /// 报告期,项目名称,运作方式,项目进度
    /// 2016Q2,虚构污水处理厂,BOT,执行
    /// 2016Q3,虚构污水处理厂,BOT,准备
    /// ```
    /// ```csv good
    /// 报告期,项目名称,运作方式,项目进度
    /// 2016Q2,虚构污水处理厂,BOT,准备
    /// 2016Q3,虚构污水处理厂,BOT,采购
    /// ```
    /// ---
    /// ## What
    /// A project's stage is not earlier than in the quarter before. The quarter before may be a file named 上期 or 上季度,
    /// or rows of an earlier reporting period in the same table.
    /// ## Why
    /// Projects move forward. One that went back is wrong in one of the two quarters.
    /// ## How to mend
    /// Find out which quarter is wrong. A project that is truly procured anew gets a number of its own and a note.
    pub(crate) static RULE = Rule {
        id: "ppp/stage-regression",
        title: text("项目进度倒退", "Stage earlier than the quarter before"),
        scope: Scope::WholeTable,
        over: Reading::of(&PROJECT, &[STAGE]).and_optional(COLUMNS),
        beside: &[Reading::of(&PREVIOUS, &[STAGE]).and_optional(COLUMNS).presence(Presence::Optional)],
        messages: &[Message::new("项目进度由{before}倒退为{now}", "The stage went back from {before} to {now}")],
        check: Check::Inspection(|_| Box::new(Regression::default())),
        ..Rule::EMPTY
    };
}

#[derive(Default)]
struct Regression(History<Stage>);

impl Inspection for Regression {
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
                let earliest = before.iter().min_by_key(|before| (before.state, before.place))?;
                if now.state < earliest.state {
                    findings
                        .at_place(now.place.cell(STAGE))
                        .with("before", earliest.state.name())
                        .with("now", now.state.name())
                        .related(earliest.place.cell(STAGE));
                }
                JUDGED
            });
        }
    }
}
