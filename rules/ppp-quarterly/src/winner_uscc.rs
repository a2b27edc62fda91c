//! A winner's credit code that fails its check.

use mingcha_kit::prelude::*;
use values::credit_code::{CreditCodeError, IdentityCode};

use crate::bases::CREDIT_CODE;
use crate::tables::project::{PROJECT, WINNER_USCC};

/// First year in which only the unified code counts.
const UNIFIED_ONLY: i32 = 2018;

/// What stands between the codes of a consortium.
const BETWEEN: [char; 8] = ['、', ',', '，', ';', '；', '/', '\n', '\r'];

rule! {
    /// ## 查什么
    /// 中标社会资本的统一社会信用代码应是18位,各位字符和末位校验码都对。联合体的几个代码用“、”隔开,逐个检查。
    /// 2017年底以前,9位组织机构代码和15位工商注册号也可以。
    /// ## 为什么
    /// 代码是认准一家企业的依据,错一位就查不到,或者成了另一家。早期有少数代码本身不合校验规则,所以只提醒。
    /// ## 怎么改
    /// 对照营业执照逐位核对,字母I、O、Z、S、V不会出现在代码里。执照上就是这样的,不必改,在进度说明里写明。
    /// ## 例
    /// ```csv bad
    /// 项目名称,运作方式,中标社会资本统一社会信用代码
    /// 虚构污水处理厂,BOT,91652302948219939N
    /// ```
    /// ```csv good
    /// 项目名称,运作方式,中标社会资本统一社会信用代码
    /// 虚构污水处理厂,BOT,91652302948219939M
    /// ```
    /// ---
    /// ## What
    /// The winner's credit code has 18 characters of the right kind and the right check character; the codes of a
    /// consortium are joined by 、 and checked one by one. Until the end of 2017 the older organisation codes and
    /// registration numbers will do.
    /// ## Why
    /// The code tells one company from another. A few early codes fail the check by themselves, hence a warning.
    /// ## How to mend
    /// Compare it with the business licence, character by character; I, O, Z, S and V do not occur.
    pub(crate) static RULE = Rule {
        id: "ppp/winner-uscc",
        title: text("中标社会资本信用代码校验不通过", "Winner's credit code fails its check"),
        severity: Severity::Warning,
        over: Reading::of(&PROJECT, &[WINNER_USCC])
            .presence(Presence::Optional),
        bases: &[CREDIT_CODE],
        messages: &[
            Message::new(
                "统一社会信用代码“{code}”校验不通过,末位应为{expected}",
                "Credit code “{code}” fails its check: the last character should be {expected}",
            ),
            Message::named(
                "length",
                "统一社会信用代码“{code}”应为18位,现有{actual}位",
                "Credit code “{code}” has {actual} characters instead of 18",
            ),
            Message::named(
                "character",
                "统一社会信用代码“{code}”第{position}位用了代码中没有的字符",
                "Credit code “{code}” has at place {position} a character that codes do not use",
            ),
            Message::named(
                "old-number",
                "“{code}”是旧代码,2018年起应填18位统一社会信用代码",
                "“{code}” is an old number; from 2018 on the credit code of 18 characters stands there",
            ),
        ],
        check: Check::Row(winner_uscc),
        ..Rule::EMPTY
    };
}

fn winner_uscc(project: &Row, findings: &mut Findings) -> Judged {
    let late = project.task().as_of.year() >= UNIFIED_ONLY;
    let codes = project.text(WINNER_USCC)?.split(BETWEEN).map(values::text::trimmed);
    for code in codes.filter(|code| !code.is_empty()) {
        match IdentityCode::parse(code) {
            Ok(IdentityCode::Organisation(_) | IdentityCode::Registration(_)) if late => {
                findings.at(project, WINNER_USCC).saying("old-number").with("code", code);
            }
            Ok(_) => {}
            Err(CreditCodeError::Length(length)) => {
                findings.at(project, WINNER_USCC).saying("length").with("code", code).actual(length);
            }
            Err(CreditCodeError::Character(position)) => {
                findings
                    .at(project, WINNER_USCC)
                    .saying("character")
                    .with("code", code)
                    .with("position", position);
            }
            Err(CreditCodeError::Division) => {
                findings
                    .at(project, WINNER_USCC)
                    .saying("character")
                    .with("code", code)
                    .with("position", "3–8");
            }
            Err(CreditCodeError::Check { expected }) => {
                findings.at(project, WINNER_USCC).with("code", code).expected(expected.to_string());
            }
        }
    }
    JUDGED
}
