//! A county or park that has no project and does not say so in a sentence.

use std::collections::BTreeMap;

use mingcha_kit::prelude::*;
use values::period::Period;

use crate::bases::PLAN_2_2;
use crate::tables::project::{OPERATION_MODE, PROJECT, PROJECT_ID, PROJECT_NAME, REGION_CODE, REPORT_PERIOD};
use crate::{history, quarter_missing, statements, units};

rule! {
    /// ## 查什么
    /// 表里列了某县市、园区,却没有它的项目,也没有说明“本季度无PPP项目”的:只写一个“无”字的,或者整行空着、公开期限还没有到的。
    /// 整行空着、期限已过的由 quarter-missing 报;同一季度另有项目或说明的不报。
    /// ## 为什么
    /// 空着看不出是没有项目还是漏填;一个“无”字看不出是没有项目还是没有名称。各地公开的做法是写一句说明。
    /// ## 怎么改
    /// 在项目名称一格写“本季度无PPP项目”,其余留空。有项目的,把项目填上。
    /// ## 例
    /// ```csv bad
    /// 报告期,所属县市/园区,项目名称,运作方式
    /// 2016Q3,昌吉市,无,
    /// ```
    /// ```csv good
    /// 报告期,所属县市/园区,项目名称,运作方式
    /// 2016Q3,昌吉市,本季度无PPP项目,
    /// ```
    /// ---
    /// ## What
    /// A county or park stands in the table without a project and without a statement that it has none: only 无, or a
    /// blank row while the time for publishing has not run out. Once it has, quarter-missing speaks of the blank row.
    /// ## Why
    /// A blank may be forgotten, and a bare 无 may mean the name only. What others publish is a sentence.
    /// ## How to mend
    /// Write 本季度无PPP项目 as the name of the project and nothing else, or fill in the project.
    pub(crate) static RULE = Rule {
        id: "ppp/zero-statement",
        title: text("无项目也未作说明", "No project and no statement"),
        severity: Severity::Notice,
        scope: Scope::WholeTable,
        over: Reading::of(&PROJECT, &[PROJECT_NAME])
            .and_optional(&[REPORT_PERIOD, REGION_CODE, PROJECT_ID, OPERATION_MODE]),
        bases: &[PLAN_2_2],
        since: PLAN_2_2.since,
        messages: &[
            Message::new(
                "{region}无项目也未作说明,只写了“{project_name}”;请写明“本季度无PPP项目”",
                "{region} has no project and says only “{project_name}”; write 本季度无PPP项目",
            ),
            Message::named(
                "blank",
                "{region}无项目也未作说明,这一行空着;没有项目的,请写明“本季度无PPP项目”",
                "{region} has no project and no statement, its row is blank; if there is none, write 本季度无PPP项目",
            ),
        ],
        check: Check::Inspection(|_| Box::new(Silent::default())),
        ..Rule::EMPTY
    };
}

/// What a row says; the later, the more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Says {
    Nothing,
    Bare,
    Enough,
}

impl Says {
    fn of(row: &Row) -> Self {
        let blank = |column| row.is_blank(column);
        match row.text(PROJECT_NAME) {
            Some(name) if statements::is_bare(name) && blank(OPERATION_MODE) => Self::Bare,
            None if blank(OPERATION_MODE) && blank(PROJECT_ID) => Self::Nothing,
            _ => Self::Enough, // a project without a name is for `required-fields`
        }
    }
}

/// The most that was said, and the first place it was. Memory: one entry per unit and period.
#[derive(Default)]
struct Silent(BTreeMap<(&'static str, Option<NaiveDate>), (Says, Place)>);

impl Inspection for Silent {
    fn record(&mut self, row: &Row, _: &mut Findings) -> Judged {
        let unit = units::division_of(row, REGION_CODE)?;
        let period = history::last_day(row).or_else(|| Some(row.task().period.as_ref()?.last));
        let (says, place) = (Says::of(row), row.cell(PROJECT_NAME));
        let most = self.0.entry((unit.code, period)).or_insert((says, place));
        if says > most.0 || (says == most.0 && place < most.1) {
            *most = (says, place);
        }
        None
    }

    fn close(&mut self, findings: &mut Findings) {
        for ((code, period), (says, place)) in &self.0 {
            findings.judge(|findings| judge(code, *period, *says, *place, findings));
        }
    }
}

fn judge(code: &str, period: Option<NaiveDate>, says: Says, place: Place, findings: &mut Findings) -> Judged {
    let region = values::division::Division::find(code)?.name;
    match says {
        Says::Enough => {}
        Says::Bare => {
            findings.at_place(place).subject(code).with("region", region);
        }
        Says::Nothing => {
            let day = period?;
            let quarter = Period::quarter(day.year(), day.month0() / 3 + 1)?;
            if quarter_missing::overdue(findings.task(), quarter).is_some() {
                return None; // `quarter-missing`
            }
            findings.at_place(place).saying("blank").subject(code).with("region", region);
        }
    }
    JUDGED
}
