//! Construction and operation that do not make up the term.

use mingcha_kit::prelude::*;
use values::term::{Term, TermError};

use crate::statements;
use crate::tables::project::{BUILD_YEARS, COOP_YEARS, OP_YEARS, OPERATION_MODE, PROJECT, PROJECT_NAME};

/// Years two ways of writing one term may differ by: rounded months.
const TOLERANCE: Decimal = Decimal::new(1, 1);

rule! {
    /// ## 查什么
    /// 建设期加运营期应等于合作期限,相差超过0.1年就报。建设期、运营期没有单独填的,取合作期限括号里写的。
    /// 写“30年(不含建设期2年)”的,合作期限按32年算。
    /// ## 为什么
    /// 合作期限包括建设期和运营期。两个数字对不上,必有一个错了,回报和财政支出都会跟着算错。
    /// ## 怎么改
    /// 对照合同核对三个数字。签过补充协议改了期限的,三个数字都要改成新的。合作期限只写了运营年数的,加上建设期。
    /// ## 例
    /// ```csv bad
    /// 项目名称,运作方式,合作期限,建设期,运营期
    /// 虚构污水处理厂,BOT,25年,2年,25年
    /// ```
    /// ```csv good
    /// 项目名称,运作方式,合作期限,建设期,运营期
    /// 虚构污水处理厂,BOT,27年(含建设期2年),2年,25年
    /// ```
    /// ---
    /// ## What
    /// Years of construction and of operation make up the term, within 0.1 year. Where they have no cell of their own,
    /// those in the brackets of the term are taken. 30年(不含建设期2年) counts as 32 years.
    /// ## Why
    /// The term holds both. If they do not add up, one of the figures is wrong, and so are sums built on it.
    /// ## How to mend
    /// Compare all three with the contract and its supplements.
    pub(crate) static RULE = Rule {
        id: "ppp/term-sum",
        title: text("建设期加运营期不等于合作期限", "Construction and operation do not make up the term"),
        over: Reading::of(&PROJECT, &[COOP_YEARS]).and_optional(&[BUILD_YEARS, OP_YEARS, PROJECT_NAME, OPERATION_MODE]),
        messages: &[Message::new(
            "建设期{build}年+运营期{operation}年≠合作期限{actual}年",
            "Construction {build} + operation {operation} years are not the term of {actual} years",
        )],
        check: Check::Row(term_sum),
        ..Rule::EMPTY
    };
}

fn term_sum(project: &Row, findings: &mut Findings) -> Judged {
    statements::leave_alone(project)?;
    let term = Term::parse(project.text(COOP_YEARS)?).ok()?; // else `term-missing-number`
    let build = own_or_bracketed(project, BUILD_YEARS, term.build_years)?;
    let operation = own_or_bracketed(project, OP_YEARS, term.operation_years)?;
    let sum = build.checked_add(operation)?;
    let difference = sum.checked_sub(term.years)?;
    if difference.checked_abs()? > TOLERANCE {
        findings
            .at(project, COOP_YEARS)
            .with("build", build)
            .with("operation", operation)
            .expected(sum)
            .actual(term.years)
            .difference(difference);
    }
    JUDGED
}

/// The column's own cell, or else what the brackets of the term say. An unreadable cell is nothing to add up.
fn own_or_bracketed(project: &Row, column: Column, bracketed: Option<Decimal>) -> Option<Decimal> {
    match project.text(column).map(Term::parse) {
        Some(Ok(term)) => Some(term.years),
        Some(Err(TermError::NotPositive)) => Some(Decimal::ZERO), // nothing to build
        Some(Err(_)) => None,
        None => bracketed,
    }
}
