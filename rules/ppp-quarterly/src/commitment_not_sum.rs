//! Commitments of a year that the projects do not add up to.

use std::collections::{BTreeMap, HashMap};

use mingcha_kit::prelude::*;

use crate::history;
use crate::tables::fiscal::{self, FISCAL, PPP_COMMITMENT, YEAR};
use crate::tables::project::{ANNUAL_GOV_PAYMENT, PROJECT, REGION_CODE, REPORT_PERIOD};
use crate::units;

/// How far the two may lie apart, as a part of the commitments: one in a hundred.
const PARTS: i32 = 100;

rule! {
    /// ## 查什么
    /// 某县市、园区某一年度的PPP项目支出责任,应等于各项目“年度财政支出责任”的合计,误差不超过1%。
    /// 项目按该年度最近一个报告期的行合计,每期都报的不重复加;各项目都没有填的、有一格认不出来的,不查。要同时交PPP项目信息表。
    /// ## 为什么
    /// 汇总数就是各项目加起来的。对不上,不是漏了项目,就是有一边的口径或单位错了,占一般公共预算支出的比例也跟着错。
    /// ## 怎么改
    /// 把该县市、园区的项目逐个核对:有没有漏报的项目、把合作期合计当成一年的、单位填错的。汇总里包含未列出的项目的,把项目补上。
    /// ## 例
    /// ```csv bad
    /// 报告期,所属县市/园区,项目名称,运作方式,年度财政支出责任(万元)
    /// 2016Q3,昌吉市,虚构污水处理厂,BOT,1850
    /// 2016Q3,昌吉市,虚构供热管网,BOT,900
    /// ```
    /// ```csv bad
    /// 所属县市,年度,一般公共预算支出(万元),PPP项目支出责任(万元)
    /// 昌吉市,2016,300000,3750
    /// ```
    /// ```csv good
    /// 报告期,所属县市/园区,项目名称,运作方式,年度财政支出责任(万元)
    /// 2016Q3,昌吉市,虚构污水处理厂,BOT,1850
    /// 2016Q3,昌吉市,虚构供热管网,BOT,900
    /// ```
    /// ```csv good
    /// 所属县市,年度,一般公共预算支出(万元),PPP项目支出责任(万元)
    /// 昌吉市,2016,300000,2750
    /// ```
    /// ---
    /// ## What
    /// The PPP commitments of a county or park in a year are the sum of its projects' yearly public payments, within one
    /// per cent. The rows of the latest reporting period of the year are added up. Passed over where no project gives a
    /// payment or one cannot be read. The table of projects must be handed in as well.
    /// ## Why
    /// The total is made of the projects. If it is not, a project is missing or one side is wrong, and so is its share
    /// of the budget.
    /// ## How to mend
    /// Go through the projects: one left out, the sum of all years instead of one, a wrong unit.
    pub(crate) static RULE = Rule {
        id: "ppp/commitment-not-sum",
        title: text("项目支出责任合计与汇总不符", "Commitments are not the sum of the projects"),
        over: Reading::of(&FISCAL, &[PPP_COMMITMENT]).and_optional(&[fiscal::REGION_CODE, YEAR]),
        beside: &[Reading::of(&PROJECT, &[ANNUAL_GOV_PAYMENT]).and_optional(&[REPORT_PERIOD, REGION_CODE])],
        messages: &[Message::new(
            "{region_code} {year} 项目支出责任合计{expected}万元,与汇总{actual}万元不符",
            "The projects of {region_code} in {year} add up to {expected} 万元, the commitments given are {actual} 万元",
        )],
        check: Check::Inspection(|_| Box::new(Sums::default())),
        ..Rule::EMPTY
    };
}

/// What the projects of a region pay, per period of a year; `None` where a payment could not be read.
type Periods = BTreeMap<Option<NaiveDate>, Option<Decimal>>;

/// Memory: one sum per region and period.
#[derive(Default)]
struct Sums(HashMap<(Option<String>, i32), Periods>);

impl Inspection for Sums {
    fn beside(&mut self, batch: &Batch) {
        for row in batch.rows().filter(|row| row.is_filled(ANNUAL_GOV_PAYMENT)) {
            let periods = self.0.entry((units::region_key(&row), history::year_of(&row))).or_default();
            let sum = periods.entry(history::last_day(&row)).or_insert(Some(Decimal::ZERO));
            *sum = sum.zip(row.decimal(ANNUAL_GOV_PAYMENT)).and_then(|(sum, more)| sum.checked_add(more));
        }
    }

    fn record(&mut self, row: &Row, findings: &mut Findings) -> Judged {
        let key = (units::region_key_in(row, fiscal::REGION_CODE), fiscal::year_of(row)?);
        let sum = (*self.0.get(&key)?.last_key_value()?.1)?;
        let total = row.decimal(PPP_COMMITMENT)?;
        let difference = total.checked_sub(sum)?;
        if difference.checked_abs()?.checked_mul(Decimal::from(PARTS))? > total.checked_abs()? {
            findings
                .at(row, PPP_COMMITMENT)
                .expected(sum.normalized())
                .actual(total.normalized())
                .difference(difference.normalized());
        }
        JUDGED
    }
}
