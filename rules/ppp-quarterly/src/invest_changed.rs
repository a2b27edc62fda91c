//! An investment that changed since the quarter before, without a word about it.

use mingcha_kit::prelude::*;
use values::amount::unit_slip;
use values::decimal::ratio;

use crate::bases::QUALITY_2022_CHANGES;
use crate::history::{self, Entry, History, Quarter};
use crate::settings::INVESTMENT_CHANGE;
use crate::tables::{
    previous::PREVIOUS,
    project::{
        INVEST_AMOUNT, OPERATION_MODE, PROGRESS_NOTE, PROJECT, PROJECT_ID, PROJECT_NAME, REGION_CODE,
        REPORT_PERIOD,
    },
};

const READ: &[Column] =
    &[REPORT_PERIOD, REGION_CODE, PROJECT_ID, PROJECT_NAME, OPERATION_MODE, PROGRESS_NOTE];

rule! {
    /// ## 查什么
    /// 同一项目的投资金额比上期增减超过10%(设置 `investment-change-percent`)的,本期进度说明要有说明;与上期一字不差的说明不算。
    /// 恰好差一千倍、一万倍的由 invest-unit-slip 报,这里不重复。
    /// 同一项目按项目编号认,没有编号的按县市和项目名称认。上期数据可以是文件名带“上期”“上季度”的另一张表,也可以是同一张表里较早报告期的行。
    /// ## 为什么
    /// 投资变了,回报、补助和财政责任都会跟着变,公众要知道变的原因。财政部2022年把“信息变化未及时录入更新”列为数据质量问题;
    /// 10%是本工具定的,可以改。
    /// ## 怎么改
    /// 先核对两期金额哪一期填错。确实变了的,在进度说明写明原因和批复,例如“按批复的初步设计调整”。
    /// ## 例
    /// ```csv bad
    /// 报告期,项目名称,运作方式,投资金额(万元)
    /// 2016Q2,虚构污水处理厂,BOT,12000
    /// 2016Q3,虚构污水处理厂,BOT,15000
    /// ```
    /// ```csv good
    /// 报告期,项目名称,运作方式,投资金额(万元),进度说明
    /// 2016Q2,虚构污水处理厂,BOT,12000,
    /// 2016Q3,虚构污水处理厂,BOT,15000,按批复的初步设计调整投资
    /// ```
    /// ---
    /// ## What
    /// An investment that differs from the quarter before by more than ten per cent (setting
    /// `investment-change-percent`) comes with a note on progress other than that of the quarter before. Differences by
    /// the factor of a unit are left to invest-unit-slip.
    /// ## Why
    /// Returns and public payments change with it. The Ministry of Finance counted unrecorded changes among the faults
    /// of data in 2022; the ten per cent are this tool's choice.
    /// ## How to mend
    /// See whether one quarter is wrong. If not, give reason and approval in the note.
    pub(crate) static RULE = Rule {
        id: "ppp/invest-changed",
        title: text("投资金额变动未说明", "Investment changed without explanation"),
        severity: Severity::Warning,
        scope: Scope::WholeTable,
        over: Reading::of(&PROJECT, &[INVEST_AMOUNT]).and_optional(READ),
        beside: &[Reading::of(&PREVIOUS, &[INVEST_AMOUNT]).and_optional(READ).presence(Presence::Optional)],
        bases: &[QUALITY_2022_CHANGES],
        messages: &[Message::new(
            "投资金额较上期变动{percent}%(上期{before}万元,本期{actual}万元),未说明原因",
            "The investment changed by {percent} % (from {before} to {actual} 万元) without explanation",
        )],
        check: Check::Inspection(|_| Box::new(Changed::default())),
        ..Rule::EMPTY
    };
}

/// What is remembered of a row.
struct Invested {
    amount: Decimal,
    note: Option<String>,
}

impl Invested {
    fn of(row: &Row) -> Option<Self> {
        Some(Self { amount: row.decimal(INVEST_AMOUNT)?, note: history::note(row) })
    }

    /// The change in per cent, where it is above the line and not explained.
    fn unexplained(&self, before: &Self, line: Decimal) -> Option<Decimal> {
        if self.amount <= Decimal::ZERO || before.amount <= Decimal::ZERO {
            return None; // `invest-positive`
        }
        if history::explains(self.note.as_ref(), before.note.as_ref())
            || unit_slip(self.amount, before.amount).is_some()
        {
            return None;
        }
        let change = self.amount.checked_sub(before.amount)?.checked_mul(Decimal::from(100))?;
        let percent = ratio(change, before.amount, 1)?;
        let exceeds = change.checked_abs()? > line.checked_mul(before.amount)?;
        exceeds.then_some(percent)
    }
}

/// Memory: one entry per project and quarter.
#[derive(Default)]
struct Changed(History<Invested>);

impl Inspection for Changed {
    fn beside(&mut self, batch: &Batch) {
        for row in batch.rows() {
            if let Some(invested) = Invested::of(&row) {
                self.0.remember(&row, Quarter::before(&row), invested);
            }
        }
    }

    fn record(&mut self, row: &Row, _: &mut Findings) -> Judged {
        self.0.remember(row, Quarter::of(row), Invested::of(row)?);
        None
    }

    fn close(&mut self, findings: &mut Findings) {
        for (now, before) in self.0.compared() {
            findings.judge(|findings| judge(now, &before, findings));
        }
    }
}

fn judge(now: &Entry<Invested>, before: &[&Entry<Invested>], findings: &mut Findings) -> Judged {
    let line = Decimal::from_f64(findings.task().settings.number(&INVESTMENT_CHANGE))?;
    let first = before.first()?;
    let changes: Vec<_> = before.iter().map(|before| now.state.unexplained(&before.state, line)).collect();
    if let Some(percent) = changes.iter().all(Option::is_some).then(|| changes[0]).flatten() {
        findings
            .at_place(now.place.cell(INVEST_AMOUNT))
            .with("percent", percent.normalized())
            .with("before", first.state.amount.normalized())
            .actual(now.state.amount.normalized())
            .related(first.place.cell(INVEST_AMOUNT));
    }
    JUDGED
}
