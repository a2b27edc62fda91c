//! A project of the quarter before that is not there any more.

use std::collections::BTreeSet;

use mingcha_kit::prelude::*;

use crate::bases::PLAN_2_2;
use crate::history::{Entry, History, Quarter};
use crate::stages::Stage;
use crate::tables::{
    previous::PREVIOUS,
    project::{
        OPERATION_MODE, PROGRESS_NOTE, PROJECT, PROJECT_ID, PROJECT_NAME, REGION_CODE, REPORT_PERIOD, STAGE,
    },
};
use crate::units;

/// Words by which a note says that a project has been given up.
const EXIT: &[&str] =
    &["退库", "出库", "退出", "终止", "取消", "撤销", "调出", "清退", "移出", "不再", "放弃"];

rule! {
    /// ## 查什么
    /// 上期公开过的项目,本期也要公开,直到移交。上期已在移交阶段的、上期进度说明写明退库、终止、取消等的,不查。
    /// 本期一行都没有报的县市或园区不在这里报(见 quarter-missing)。
    /// 项目编号或者(同一县市的)项目名称对得上,就算还在。上期数据可以是文件名带“上期”“上季度”的另一张表,也可以是同一张表里上一季度的行。
    /// ## 为什么
    /// 实施方案要求按季度公开PPP项目信息。项目悄悄不见了,公众无从知道是漏报、改名还是终止。
    /// ## 怎么改
    /// 漏报的补上。已终止或退库的,本期仍列出,在进度说明里写明原因和日期;下期起可以不再列。改了名称的,保留原项目编号。
    /// ## 例
    /// ```csv bad
    /// 报告期,项目名称,运作方式,项目进度
    /// 2016Q2,虚构污水处理厂,BOT,采购
    /// 2016Q2,虚构供热管网,BOT,准备
    /// 2016Q3,虚构污水处理厂,BOT,执行
    /// ```
    /// ```csv good
    /// 报告期,项目名称,运作方式,项目进度,进度说明
    /// 2016Q2,虚构污水处理厂,BOT,采购,
    /// 2016Q2,虚构供热管网,BOT,准备,经批准终止
    /// 2016Q3,虚构污水处理厂,BOT,执行,
    /// ```
    /// ---
    /// ## What
    /// A project of the quarter before is published again until it is handed over. Left alone: projects already in
    /// transfer, those whose note said they were given up, and counties or parks without any row this quarter.
    /// ## Why
    /// The plan wants PPP projects published quarter by quarter. One that vanishes may be forgotten, renamed or ended.
    /// ## How to mend
    /// Add it. If it was ended, list it once more and say so in the note on progress. If renamed, keep its number.
    pub(crate) static RULE = Rule {
        id: "ppp/disappeared",
        title: text("上期项目本期未公开", "Project of the quarter before not published"),
        severity: Severity::Warning,
        scope: Scope::WholeTable,
        over: Reading::of(&PROJECT, &[PROJECT_NAME]).and_optional(&[
            REPORT_PERIOD, REGION_CODE, PROJECT_ID, OPERATION_MODE, STAGE, PROGRESS_NOTE,
        ]),
        beside: &[Reading::of(&PREVIOUS, &[PROJECT_NAME])
            .and_optional(&[REPORT_PERIOD, REGION_CODE, PROJECT_ID, OPERATION_MODE, STAGE, PROGRESS_NOTE])
            .presence(Presence::Optional)],
        bases: &[PLAN_2_2],
        since: PLAN_2_2.since,
        messages: &[Message::new("上期项目“{project}”本期未公开", "Project “{project}” of the quarter before is not published")],
        check: Check::Inspection(|_| Box::new(Disappeared::default())),
        ..Rule::EMPTY
    };
}

/// A row, as far as its absence later matters.
struct Seen {
    name: String,
    region: Option<String>,
    /// Handed over, or given up with a word about it.
    may_leave: bool,
}

impl Seen {
    fn of(row: &Row) -> Self {
        let over = row.text(STAGE).and_then(Stage::parse) == Some(Stage::Transfer);
        let exit = row.text(PROGRESS_NOTE).is_some_and(|note| EXIT.iter().any(|word| note.contains(word)));
        Self {
            name: row.text(PROJECT_NAME).unwrap_or_default().to_owned(),
            region: units::region_key(row),
            may_leave: over || exit,
        }
    }
}

/// Memory: one entry per project and quarter, one per region and quarter.
#[derive(Default)]
struct Disappeared {
    history: History<Seen>,
    /// Regions that published anything in a quarter, a zero statement included.
    heard: BTreeSet<(Quarter, Option<String>)>,
}

impl Inspection for Disappeared {
    fn beside(&mut self, batch: &Batch) {
        for row in batch.rows() {
            self.history.remember(&row, Quarter::before(&row), Seen::of(&row));
        }
    }

    fn record(&mut self, row: &Row, _: &mut Findings) -> Judged {
        let quarter = Quarter::of(row);
        self.heard.insert((quarter, units::region_key(row)));
        self.history.remember(row, quarter, Seen::of(row));
        None
    }

    fn close(&mut self, findings: &mut Findings) {
        let now: BTreeSet<Quarter> = self.heard.iter().map(|(quarter, _)| *quarter).collect();
        for quarter in now {
            let earlier = self.history.entries().iter().map(|entry| entry.quarter).filter(|q| *q < quarter);
            let Some(before) = earlier.max().filter(|before| quarter.follows(*before)) else { continue };
            for entry in self.history.entries().iter().filter(|entry| entry.quarter == before) {
                findings.judge(|findings| self.judge(entry, quarter, findings));
            }
        }
    }
}

impl Disappeared {
    fn judge(&self, entry: &Entry<Seen>, quarter: Quarter, findings: &mut Findings) -> Judged {
        let heard =
            entry.state.region.is_none() || self.heard.contains(&(quarter, entry.state.region.clone()));
        if entry.state.may_leave || !heard {
            return None;
        }
        if !self.history.has(entry, quarter) {
            findings.at_place(entry.place.cell(PROJECT_NAME)).with("project", entry.state.name.as_str());
        }
        JUDGED
    }
}
