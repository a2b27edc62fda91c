//! A BOT, TOT or ROT contract of an unusual length.

use mingcha_kit::prelude::*;

use crate::bases::GUIDE_113_TERMS;
use crate::modes::{self, WITH_TRANSFER};
use crate::tables::project::{COOP_YEARS, OPERATION_MODE, PROJECT};
use crate::terms;

rule! {
    /// ## 查什么
    /// 运作方式含BOT、TOT或ROT的项目,合作期限一般在20年到30年之间(含20年和30年)。
    /// 不足10年的由 term-below-10 报,超过30年的由 term-over-30 报,这里不重复。2014年11月29日以前签的合同不查。
    ///
    /// 运作方式及通常年限见参考数据 `modes-and-terms`,年限可用设置 `usual-terms` 替代,写法可用设置 `spellings` 补充。
    /// ## 为什么
    /// 操作指南对这三种方式写明“合同期限一般为20—30年”。“一般”不是必须,短于20年的真实项目也有,所以这里只提醒。
    /// ## 怎么改
    /// 先核对年数有没有写错,例如把建设期当成合作期限。没有写错的,不必改,在进度说明里写明批准的依据即可。
    /// ## 例
    /// ```csv bad
    /// 项目名称,运作方式,合作期限
    /// 虚构环城公路,BOT,12年
    /// ```
    /// ```csv good
    /// 项目名称,运作方式,合作期限
    /// 虚构环城公路,BOT,20年
    /// 虚构供暖站,O&M,5年
    /// ```
    /// ---
    /// ## What
    /// The term of a BOT, TOT or ROT project usually lies between 20 and 30 years, both included. Terms below ten years
    /// are left to term-below-10, those above thirty to term-over-30. Contracts signed before 29 November 2014 are passed
    /// over.
    ///
    /// Modes and usual terms are the facts `modes-and-terms`; the settings `usual-terms` and `spellings` change them.
    /// ## Why
    /// The guide says so of these three modes. “Usually” is not “must”, hence a warning.
    /// ## How to mend
    /// See whether the years are right; the construction period is not the term. If they are, say in the note on
    /// progress who approved them.
    pub(crate) static RULE = Rule {
        id: "ppp/term-bot-range",
        title: text("BOT、TOT、ROT合作期限不在20—30年", "BOT, TOT or ROT term outside 20 to 30 years"),
        severity: Severity::Warning,
        over: Reading::of(&PROJECT, &[OPERATION_MODE, COOP_YEARS]).and_optional(terms::CONTRACT),
        bases: &[GUIDE_113_TERMS],
        since: GUIDE_113_TERMS.since,
        until: GUIDE_113_TERMS.until,
        messages: &[Message::new(
            "{operation_mode}合同期限一般为{least}—{most}年,现为{actual}年",
            "A {operation_mode} contract usually runs {least} to {most} years; this one runs {actual}",
        )],
        check: Check::Row(term_bot_range),
        ..Rule::EMPTY
    };
}

fn term_bot_range(project: &Row, findings: &mut Findings) -> Judged {
    let modes = project.by_value(OPERATION_MODE, modes::parse)?;
    let (least, most) = modes.any_of(&WITH_TRANSFER)?.usual_years(project.task());
    terms::were_under(&GUIDE_113_TERMS, project)?;
    let years = terms::years(project)?;
    let others = [terms::is_below_10(project, &modes, years), terms::is_over_30(project, &modes, years)];
    if others.contains(&Some(true)) {
        return None; // `term-below-10`, `term-over-30`
    }
    if years < least? || years > most? {
        findings.at(project, COOP_YEARS).with("least", least?).with("most", most?).actual(years);
    }
    JUDGED
}
