//! An O&M contract of more than eight years.

use mingcha_kit::prelude::*;

use crate::bases::GUIDE_113_TERMS;
use crate::modes::Mode;
use crate::tables::project::{COOP_YEARS, OPERATION_MODE, PROJECT};
use crate::terms;

rule! {
    /// ## 查什么
    /// 运作方式只写委托运营(O&M)的项目,合作期限一般不超过8年,正好8年不算超。与BOT等方式并用的,按那些方式看,这里不查。
    /// 2014年11月29日以前签的合同不查。
    ///
    /// 运作方式及通常年限见参考数据 `modes-and-terms`,年限可用设置 `usual-terms` 替代,写法可用设置 `spellings` 补充。
    /// ## 为什么
    /// 操作指南对委托运营写明“合同期限一般不超过8年”。委托运营不转移资产,也不负担用户服务,期限长了政府失去重新选择的机会。
    /// “一般”不是必须,所以只提醒。
    /// ## 怎么改
    /// 先核对年数和运作方式有没有写错:由企业出钱改建的是ROT,买下经营权的是TOT。没有写错的,在进度说明里写明批准依据。
    /// ## 例
    /// ```csv bad
    /// 项目名称,运作方式,合作期限
    /// 虚构污水泵站,O&M,15年
    /// ```
    /// ```csv good
    /// 项目名称,运作方式,合作期限
    /// 虚构污水泵站,委托运营(O&M),8年
    /// ```
    /// ---
    /// ## What
    /// A contract of operation and maintenance alone usually runs no more than eight years; exactly eight are within.
    /// Where O&M stands beside BOT and the like, those decide. Contracts signed before 29 November 2014 are passed over.
    ///
    /// Modes and usual terms are the facts `modes-and-terms`; the settings `usual-terms` and `spellings` change them.
    /// ## Why
    /// The guide says so. “Usually” is not “must”, hence a warning.
    /// ## How to mend
    /// See whether years and mode are right: rebuilding at the company's cost is ROT, buying the right to operate TOT. If
    /// they are, say in the note on progress who approved them.
    pub(crate) static RULE = Rule {
        id: "ppp/term-om",
        title: text("委托运营期限超过8年", "O&M contract of more than eight years"),
        severity: Severity::Warning,
        over: Reading::of(&PROJECT, &[OPERATION_MODE, COOP_YEARS]).and_optional(terms::CONTRACT),
        bases: &[GUIDE_113_TERMS],
        since: GUIDE_113_TERMS.since,
        until: GUIDE_113_TERMS.until,
        messages: &[Message::new(
            "委托运营合同期限一般不超过{most}年,现为{actual}年",
            "An O&M contract usually runs no more than {most} years; this one runs {actual}",
        )],
        check: Check::Row(term_om),
        ..Rule::EMPTY
    };
}

fn term_om(project: &Row, findings: &mut Findings) -> Judged {
    terms::at_most_usual(Mode::OperateAndMaintain, project, findings)
}
