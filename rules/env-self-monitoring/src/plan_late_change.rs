//! A change of a plan was made public too late.
//!
//! Memory: one entry per emitter and change.

use std::collections::BTreeMap;

use mingcha_kit::prelude::*;

use crate::bases;
use crate::five_days::lateness;
use crate::tables::emitter_plan::{CHANGED_ON, EMITTER_PLAN, PUBLISHED_ON, USCC};

rule! {
    /// ## 查什么
    /// 自行监测方案的公开日期不晚于变更日期后5日(日历日,变更当天不算;第5日是休息日的,顺延到下一个工作日)。同一单位同一次
    /// 变更只报一条,不论方案有多少行。变更日期或公开日期空着的不查。遇到放假安排没有查到原文的日子,只提示;没有工作日历的
    /// 年份,超过14日才报。
    ///
    /// 工作日按参考数据 `working-days` 计,可用设置 `calendar-days` 逐日修改或补充年份。
    ///
    /// ## 为什么
    /// 方案有调整变化的,应在变更后5日内公布最新内容,并报环保部门备案。
    ///
    /// ## 怎么改
    /// 调整方案的当天就更新公开内容;已经晚了的,保留真实的公开日期并说明原因。填错日期的改正。
    ///
    /// ## 例
    /// ```csv bad
    /// 统一社会信用代码,排放口编号,污染物名称,监测频次,变更日期,公开日期
    /// 91652302948219939M,DW001,总磷,1次/月,2016-05-04,2016-05-13
    /// ```
    /// ```csv good
    /// 统一社会信用代码,排放口编号,污染物名称,监测频次,变更日期,公开日期
    /// 91652302948219939M,DW001,总磷,1次/月,2016-05-04,2016-05-09
    /// ```
    /// ---
    /// ## What
    /// A plan is public within 5 calendar days of its change; a fifth day of rest moves to the next working day. One finding
    /// for a change, however many lines the plan has. Without both days nothing is judged. Where the standing of a holiday is
    /// not settled, a notice; in years without a calendar only what is later than 14 days.
    ///
    /// Working days are those of the facts `working-days`, which the setting `calendar-days` changes.
    ///
    /// ## Why
    /// Changes of a plan are published within 5 days and filed with the environment bureau.
    ///
    /// ## How to mend
    /// Publish together with the change. What was late stays late: give the reason, never change the date.
    pub static RULE = Rule {
        id: "env/plan-late-change",
        title: text("方案调整公布超期", "Change of plan published late"),
        scope: Scope::Group(&[USCC]),
        over: Reading::of(&EMITTER_PLAN, &[CHANGED_ON, PUBLISHED_ON]).and_optional(&[USCC])
            .presence(Presence::Optional),
        bases: &[bases::CHANGE_IN_FIVE_DAYS],
        since: bases::SINCE_81,
        messages: &[
            Message::new(
                "方案调整({changed})后{days}日才公布,超过5日(应于{expected}前;涉及{lines}行)",
                "The change of the plan ({changed}) was published {days} days later, due within 5 (by {expected}; {lines} lines)",
            ),
            Message::named(
                "unsettled",
                "方案调整({changed})后{days}日才公布,超过5日(应于{expected}前,可能因地方节假日顺延;涉及{lines}行)",
                "The change of the plan ({changed}) was published {days} days later, due by {expected} unless a local holiday moves it ({lines} lines)",
            )
            .weighing(Severity::Notice),
        ],
        check: Check::Inspection(|_| Box::new(PlanLateChange::default())),
        ..Rule::EMPTY
    };
}

/// Whose plan, when it changed, and when that was published.
type Change = (Option<String>, NaiveDate, NaiveDate);

#[derive(Default)]
struct PlanLateChange {
    /// The first line of each change, and how many it has.
    changes: BTreeMap<Change, (Place, usize)>,
}

impl Inspection for PlanLateChange {
    fn record(&mut self, line: &Row, _: &mut Findings) -> Judged {
        let emitter = line.text(USCC).map(str::to_owned);
        let change = (emitter, line.date(CHANGED_ON)?, line.date(PUBLISHED_ON)?);
        let (first, lines) = self.changes.entry(change).or_insert((line.cell(PUBLISHED_ON), 0));
        *first = line.cell(PUBLISHED_ON).min(*first);
        *lines += 1;
        None
    }

    fn close(&mut self, findings: &mut Findings) {
        for ((emitter, changed, published), &(first, lines)) in &self.changes {
            findings.judge(|findings| {
                let late = lateness(*changed, *published, findings.task().calendar());
                let Some(late) = late else { return JUDGED };
                let finding = findings.at_place(first).expected(late.due).actual(*published);
                let finding = finding.subject(emitter.as_deref().unwrap_or_default());
                let finding = finding.with("changed", *changed).with("days", late.days).with("lines", lines);
                if late.unsettled {
                    finding.saying("unsettled");
                }
                JUDGED
            });
        }
    }
}
