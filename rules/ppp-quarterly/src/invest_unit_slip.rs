//! An investment that differs from the quarter before by the factor of a unit.

use mingcha_kit::prelude::*;
use values::amount::unit_slip;

use crate::history::{COLUMNS, History, Quarter};
use crate::tables::{
    previous::PREVIOUS,
    project::{INVEST_AMOUNT, PROJECT},
};

rule! {
    /// ## 查什么
    /// 同一项目本期与上期的投资金额之比,是否恰好接近一千、一万、一百万、一亿倍(或几分之一),误差约百分之一。
    /// 同一项目按项目编号认,没有编号的按县市和项目名称认。上期数据可以是文件名带“上期”“上季度”的另一张表,也可以是同一张表里较早报告期的行。
    /// ## 为什么
    /// 投资不会一个季度恰好变一万倍,这几乎总是单位错了:表头是万元却填了元,或者从平台导出的数据以分为单位。
    /// ## 怎么改
    /// 对照批复核对两期的金额和单位,改错的那一期。最稳妥的是在格内写明单位,如“1.2亿元”。
    /// ## 例
    /// ```csv bad
    /// 报告期,项目名称,运作方式,投资金额(万元)
    /// 2016Q2,虚构污水处理厂,BOT,12000
    /// 2016Q3,虚构污水处理厂,BOT,120000000
    /// ```
    /// ```csv good
    /// 报告期,项目名称,运作方式,投资金额(万元)
    /// 2016Q2,虚构污水处理厂,BOT,12000
    /// 2016Q3,虚构污水处理厂,BOT,1.2亿元
    /// ```
    /// ---
    /// ## What
    /// Whether a project's investment and that of the quarter before differ by almost exactly a thousand, ten thousand,
    /// a million or a hundred million, within about one per cent. The quarter before may be a file named 上期 or 上季度,
    /// or rows of an earlier reporting period in the same table.
    /// ## Why
    /// No project grows ten-thousandfold in a quarter: 元 was written under 万元, or a platform counts in 分.
    /// ## How to mend
    /// Compare both quarters with the approval and mend the wrong one; best write the unit in the cell.
    pub(crate) static RULE = Rule {
        id: "ppp/invest-unit-slip",
        title: text("投资金额疑似单位错误", "Investment probably in a wrong unit"),
        severity: Severity::Warning,
        scope: Scope::WholeTable,
        over: Reading::of(&PROJECT, &[INVEST_AMOUNT]).and_optional(COLUMNS),
        beside: &[Reading::of(&PREVIOUS, &[INVEST_AMOUNT]).and_optional(COLUMNS).presence(Presence::Optional)],
        messages: &[Message::new(
            "投资金额疑似单位错误:本期{actual}万元,上期{before}万元",
            "Investment probably in a wrong unit: {actual} 万元 now, {before} 万元 the quarter before",
        )],
        check: Check::Inspection(|_| Box::new(UnitSlip::default())),
        ..Rule::EMPTY
    };
}

#[derive(Default)]
struct UnitSlip(History<Decimal>);

impl Inspection for UnitSlip {
    fn beside(&mut self, batch: &Batch) {
        for row in batch.rows() {
            if let Some(amount) = row.decimal(INVEST_AMOUNT) {
                self.0.remember(&row, Quarter::before(&row), amount);
            }
        }
    }

    fn record(&mut self, row: &Row, _: &mut Findings) -> Judged {
        self.0.remember(row, Quarter::of(row), row.decimal(INVEST_AMOUNT)?);
        None
    }

    fn close(&mut self, findings: &mut Findings) {
        for (now, before) in self.0.compared() {
            findings.judge(|findings| {
                if before.iter().all(|before| unit_slip(now.state, before.state).is_some()) {
                    let first = before.first()?;
                    findings
                        .at_place(now.place.cell(INVEST_AMOUNT))
                        .with("before", first.state.normalized())
                        .actual(now.state.normalized())
                        .related(first.place.cell(INVEST_AMOUNT));
                }
                JUDGED
            });
        }
    }
}
