//! A term above the thirty years a concession may run.

use mingcha_kit::prelude::*;

use crate::bases::CONCESSIONS_6;
use crate::modes;
use crate::tables::project::{COOP_YEARS, OPERATION_MODE, PROJECT};
use crate::terms;

rule! {
    /// ## 查什么
    /// 合作期限不超过30年,正好30年可以。委托运营(O&M)和管理合同(MC)另有更短的期限(见 term-om、term-mc),不在这里查。
    /// 2015年6月1日以前、2024年5月1日以后签的合同不查。
    /// ## 为什么
    /// 2015年的特许经营管理办法规定特许经营期限最长不超过30年;投资大、回报周期长的可以另行约定,所以只提醒。条文待核。
    /// ## 怎么改
    /// 先核对年数有没有写错,例如把建设期重复计算。确实超过的,在进度说明里写明理由和批准机关。
    /// ## 例
    /// ```csv bad
    /// 项目名称,运作方式,合作期限
    /// 虚构环城公路,BOT,33年(含建设期3年)
    /// ```
    /// ```csv good
    /// 项目名称,运作方式,合作期限
    /// 虚构环城公路,BOT,30年(含建设期3年)
    /// ```
    /// ---
    /// ## What
    /// A term is thirty years at most; exactly thirty will do. O&M and management contracts have shorter terms of their
    /// own (term-om, term-mc). Contracts signed before 1 June 2015 or from 1 May 2024 on are passed over.
    /// ## Why
    /// The measures on concessions of 2015 draw this line, with exceptions for large projects, hence a warning. Their
    /// wording is still to be checked.
    /// ## How to mend
    /// See whether construction was counted twice. If the term is truly longer, say in the note why and who approved it.
    pub(crate) static RULE = Rule {
        id: "ppp/term-over-30",
        title: text("合作期限超过30年", "Term above thirty years"),
        severity: Severity::Warning,
        over: Reading::of(&PROJECT, &[OPERATION_MODE, COOP_YEARS]).and_optional(terms::CONTRACT),
        bases: &[CONCESSIONS_6],
        since: CONCESSIONS_6.since,
        messages: &[Message::new("合作期限{actual}年超过30年", "A term of {actual} years is above thirty")],
        check: Check::Row(term_over_30),
        ..Rule::EMPTY
    };
}

fn term_over_30(project: &Row, findings: &mut Findings) -> Judged {
    let modes = project.by_value(OPERATION_MODE, modes::parse)?;
    let years = terms::years(project)?;
    if terms::is_over_30(project, &modes, years)? {
        findings.at(project, COOP_YEARS).actual(years);
    }
    JUDGED
}
