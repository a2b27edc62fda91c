//! A management contract of more than three years.

use mingcha_kit::prelude::*;

use crate::bases::GUIDE_113_TERMS;
use crate::modes::Mode;
use crate::tables::project::{COOP_YEARS, OPERATION_MODE, PROJECT};
use crate::terms;

rule! {
    /// ## 查什么
    /// 运作方式只写管理合同(MC)的项目,合作期限一般不超过3年,正好3年不算超。与其他方式并用的,按那些方式看,这里不查。
    /// 2014年11月29日以前签的合同不查。
    ///
    /// 运作方式及通常年限见参考数据 `modes-and-terms`,年限可用设置 `usual-terms` 替代,写法可用设置 `spellings` 补充。
    /// ## 为什么
    /// 操作指南对管理合同写明“合同期限一般不超过3年”:它通常只是转向其他方式之前的过渡。“一般”不是必须,所以只提醒。
    /// ## 怎么改
    /// 先核对年数和运作方式有没有写错:由企业负责运营维护、承担用户服务以外责任的是委托运营(O&M)。没有写错的,在进度说明里写明批准依据。
    /// ## 例
    /// ```csv bad
    /// 项目名称,运作方式,合作期限
    /// 虚构公共自行车,MC,5年
    /// ```
    /// ```csv good
    /// 项目名称,运作方式,合作期限
    /// 虚构公共自行车,管理合同(MC),36个月
    /// ```
    /// ---
    /// ## What
    /// A management contract alone usually runs no more than three years; exactly three are within. Where it stands
    /// beside other modes, those decide. Contracts signed before 29 November 2014 are passed over.
    ///
    /// Modes and usual terms are the facts `modes-and-terms`; the settings `usual-terms` and `spellings` change them.
    /// ## Why
    /// The guide says so: such a contract mostly leads over to another mode. “Usually” is not “must”, hence a warning.
    /// ## How to mend
    /// See whether years and mode are right. If they are, say in the note on progress who approved them.
    pub(crate) static RULE = Rule {
        id: "ppp/term-mc",
        title: text("管理合同期限超过3年", "Management contract of more than three years"),
        severity: Severity::Warning,
        over: Reading::of(&PROJECT, &[OPERATION_MODE, COOP_YEARS]).and_optional(terms::CONTRACT),
        bases: &[GUIDE_113_TERMS],
        since: GUIDE_113_TERMS.since,
        until: GUIDE_113_TERMS.until,
        messages: &[Message::new(
            "管理合同期限一般不超过{most}年,现为{actual}年",
            "A management contract usually runs no more than {most} years; this one runs {actual}",
        )],
        check: Check::Row(term_mc),
        ..Rule::EMPTY
    };
}

fn term_mc(project: &Row, findings: &mut Findings) -> Judged {
    terms::at_most_usual(Mode::ManagementContract, project, findings)
}
