//! A new project paid by government where commitments are above five per cent of the budget.

use std::collections::HashMap;

use mingcha_kit::prelude::*;

use crate::bases::{STANDARDS_10, SUNSHINE_2022};
use crate::history;
use crate::shares::Share;
use crate::stages::Stage;
use crate::tables::fiscal::{self, FISCAL, GENERAL_BUDGET_EXPENDITURE, PPP_COMMITMENT, YEAR};
use crate::tables::project::{PROJECT, PROJECT_NAME, REGION_CODE, REPORT_PERIOD, RETURN_MECHANISM, STAGE};
use crate::units;

/// First year the line is drawn.
const FIRST_YEAR: i32 = 2019;

/// The line, in per cent; exactly five is within it.
const LINE: Decimal = Decimal::new(5, 0);

rule! {
    /// ## 查什么
    /// 2019年起,某县市、园区某一年度PPP支出责任占一般公共预算支出超过5%的,该年度不得新上政府付费项目。
    /// 报告期在该年度、处于识别、准备或采购阶段的政府付费项目,算新上项目;已在执行的不算。要同时交PPP财政支出责任表。
    /// ## 为什么
    /// 财金〔2019〕10号(原文待核)和2022年的通知规定:支出责任超过5%的地区,不得新上政府付费项目。政府付费全部由财政承担,占用空间最快。
    /// ## 怎么改
    /// 先核对支出责任表的口径和单位、项目的回报机制和项目进度。确实超过的,该项目停止推进或调整回报机制,并在进度说明里写明。
    /// ## 例
    /// ```csv bad
    /// 报告期,所属县市/园区,项目名称,运作方式,回报机制,项目进度
    /// 2019Q1,昌吉市,虚构环城公路,BOT,政府付费,准备
    /// ```
    /// ```csv bad
    /// 所属县市,年度,一般公共预算支出(万元),PPP项目支出责任(万元)
    /// 昌吉市,2019,300000,18000
    /// ```
    /// ```csv good
    /// 报告期,所属县市/园区,项目名称,运作方式,回报机制,项目进度
    /// 2019Q1,昌吉市,虚构环城公路,BOT,政府付费,准备
    /// ```
    /// ```csv good
    /// 所属县市,年度,一般公共预算支出(万元),PPP项目支出责任(万元)
    /// 昌吉市,2019,300000,15000
    /// ```
    /// ---
    /// ## What
    /// From 2019 on, where PPP commitments of a county or park in a year are above five per cent of its budget, no new
    /// project paid by government is begun in it. New is one reported for that year before execution. The table of
    /// commitments must be handed in as well.
    /// ## Why
    /// 财金〔2019〕10号 (its wording is still to be checked) and a notice of 2022 say so.
    /// ## How to mend
    /// See whether both tables are right. If they are, stop the project or change its mechanism, and say so in the note.
    pub(crate) static RULE = Rule {
        id: "ppp/gov-pay-over-5",
        title: text("占比超过5%仍新上政府付费项目", "New project paid by government above 5 %"),
        over: Reading::of(&PROJECT, &[RETURN_MECHANISM, STAGE]).and_optional(&[REPORT_PERIOD, REGION_CODE, PROJECT_NAME]),
        beside: &[Reading::of(&FISCAL, &[GENERAL_BUDGET_EXPENDITURE, PPP_COMMITMENT])
            .and_optional(&[fiscal::REGION_CODE, YEAR])],
        bases: &[STANDARDS_10, SUNSHINE_2022],
        messages: &[Message::new(
            "{year}年PPP支出责任占比{actual}%,超过5%,不得新上政府付费项目“{project_name}”",
            "PPP commitments of {year} are {actual} % of the budget, above 5 %: “{project_name}” may not be begun as paid by government",
        )],
        check: Check::Inspection(|_| Box::new(OverFive::default())),
        ..Rule::EMPTY
    };
}

/// The share of each region and year above the line, and where it stands. Memory: one entry per region and year.
#[derive(Default)]
struct OverFive(HashMap<(Option<String>, i32), (Place, Option<Decimal>)>);

impl OverFive {
    fn remember(&mut self, row: &Row) -> Judged {
        let key = (units::region_key_in(row, fiscal::REGION_CODE), fiscal::year_of(row)?);
        let share = Share::of(row)?;
        let above = if share.is_above(LINE)? { share.shown(LINE) } else { None };
        let this = (row.cell(PPP_COMMITMENT), above);
        self.0.entry(key).and_modify(|first| *first = this.min(*first)).or_insert(this);
        JUDGED
    }
}

impl Inspection for OverFive {
    fn beside(&mut self, batch: &Batch) {
        for row in batch.rows() {
            self.remember(&row);
        }
    }

    fn record(&mut self, row: &Row, findings: &mut Findings) -> Judged {
        let year = history::year_of(row);
        if row.text(RETURN_MECHANISM)? != "政府付费" || year < FIRST_YEAR {
            return None;
        }
        let begun = Stage::parse(row.text(STAGE)?)? >= Stage::Execution;
        let (place, above) = self.0.get(&(units::region_key(row), year))?;
        if let Some(share) = above.filter(|_| !begun) {
            findings.at(row, RETURN_MECHANISM).with("year", year.to_string()).actual(share).related(*place);
        }
        JUDGED
    }
}
