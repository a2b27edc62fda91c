//! A term that says no number of years.

use mingcha_kit::prelude::*;
use values::term::Term;

use crate::bases::PLAN_2_2;
use crate::statements;
use crate::tables::project::{COOP_YEARS, OPERATION_MODE, PROJECT, PROJECT_NAME};

rule! {
    /// ## 查什么
    /// 合作期限应写明一个年数,例如“25年”“30年(含建设期2年)”“建设期2年+运营期28年”“36个月”。
    /// ## 为什么
    /// 合作期限是实施方案列明的公开内容。“长期”“按合同约定”或“20-30年”都看不出究竟是多少年,也无法核对。
    /// ## 怎么改
    /// 按合同写一个总年数,建设期写在括号里。合同还没有签的,写实施方案中的年数。
    /// ## 例
    /// ```csv bad
    /// 项目名称,运作方式,合作期限
    /// 虚构污水处理厂,BOT,按合同约定
    /// ```
    /// ```csv good
    /// 项目名称,运作方式,合作期限
    /// 虚构污水处理厂,BOT,30年(含建设期2年)
    /// ```
    /// ---
    /// ## What
    /// The term says one number of years: 25年, 30年(含建设期2年), 建设期2年+运营期28年, 36个月.
    /// ## Why
    /// The plan wants the term published. “Long-term” or a range tells nobody how long it is.
    /// ## How to mend
    /// Write the whole term in years as in the contract, the construction period in brackets.
    pub(crate) static RULE = Rule {
        id: "ppp/term-missing-number",
        title: text("合作期限没有年数", "Term without a number of years"),
        over: Reading::of(&PROJECT, &[COOP_YEARS]).and_optional(&[PROJECT_NAME, OPERATION_MODE]),
        bases: &[PLAN_2_2],
        messages: &[Message::new("合作期限“{coop_years}”无法识别年数", "Term “{coop_years}” says no number of years")],
        check: Check::Row(term_missing_number),
        ..Rule::EMPTY
    };
}

fn term_missing_number(project: &Row, findings: &mut Findings) -> Judged {
    statements::leave_alone(project)?;
    if Term::parse(project.text(COOP_YEARS)?).is_err() {
        findings.at(project, COOP_YEARS);
    }
    JUDGED
}
