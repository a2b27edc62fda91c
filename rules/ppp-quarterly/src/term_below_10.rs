//! A term below the ten years asked of what is built, bought or owned.

use mingcha_kit::prelude::*;

use crate::bases::DEMONSTRATION_57;
use crate::modes;
use crate::tables::project::{COOP_YEARS, OPERATION_MODE, PROJECT};
use crate::terms;

rule! {
    /// ## 查什么
    /// 运作方式含BOT、TOT、ROT或BOO的项目,合作期限原则上不低于10年,正好10年可以。委托运营(O&M)和管理合同(MC)期限本来就短,不查。
    /// 2015年6月25日以前签的合同不查。
    /// ## 为什么
    /// 财金〔2015〕57号要求PPP项目合作期限原则上不低于10年,防止把拖长的工程款包装成PPP。文件原文待核,“原则上”不是必须,所以只提醒。
    /// ## 怎么改
    /// 先核对年数有没有写错,例如把建设期当成合作期限、漏写一位数。没有写错的,在进度说明里写明批准依据。
    /// ## 例
    /// ```csv bad
    /// 项目名称,运作方式,合作期限
    /// 虚构环城公路,BOT,8年
    /// ```
    /// ```csv good
    /// 项目名称,运作方式,合作期限
    /// 虚构环城公路,BOT,10年
    /// 虚构供暖站,O&M,5年
    /// ```
    /// ---
    /// ## What
    /// The term of a BOT, TOT, ROT or BOO project is ten years at least; exactly ten will do. Contracts signed before
    /// 25 June 2015 are passed over, and so are O&M and management contracts, which are short by nature.
    /// ## Why
    /// 财金〔2015〕57号 asks for ten years in principle, so that no deferred payment for works passes as PPP. Its wording
    /// is still to be checked.
    /// ## How to mend
    /// See whether the years are right; the construction period is not the term. If they are, say in the note on
    /// progress who approved them.
    pub(crate) static RULE = Rule {
        id: "ppp/term-below-10",
        title: text("合作期限低于10年", "Term below ten years"),
        severity: Severity::Warning,
        over: Reading::of(&PROJECT, &[OPERATION_MODE, COOP_YEARS]).and_optional(terms::CONTRACT),
        bases: &[DEMONSTRATION_57],
        since: DEMONSTRATION_57.since,
        messages: &[Message::new(
            "合作期限{actual}年,低于原则上不低于10年的要求",
            "A term of {actual} years is below the ten asked for in principle",
        )],
        check: Check::Row(term_below_10),
        ..Rule::EMPTY
    };
}

fn term_below_10(project: &Row, findings: &mut Findings) -> Judged {
    let modes = project.by_value(OPERATION_MODE, modes::parse)?;
    let years = terms::years(project)?;
    if terms::is_below_10(project, &modes, years)? {
        findings.at(project, COOP_YEARS).actual(years);
    }
    JUDGED
}
