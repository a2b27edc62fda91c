//! The credit code is none.

use mingcha_kit::prelude::*;
use mingcha_kit::values::credit_code::{CreditCodeError, IdentityCode};

use crate::bases;
use crate::tables::emitter_basic::{EMITTER_BASIC, USCC};

rule! {
    /// ## 查什么
    /// 统一社会信用代码为18位,不用字母I、O、Z、S、V,末位校验码算得对。2017年底以前,9位组织机构代码(末位校验)和15位
    /// 工商注册号仍可使用;2018年起应换为统一代码。
    ///
    /// ## 为什么
    /// 代码错一位,监测方案、监测结果就对不上企业。少数早期发放的代码确实通不过校验,所以只作警告。
    ///
    /// ## 怎么改
    /// 对照营业执照逐位核对,特别留意 0 与 O、1 与 I、2 与 Z、5 与 S;在 Excel 中把该列设为“文本”再填。
    /// 营业执照上就是这个代码的,在备注里说明。
    ///
    /// ## 例
    /// ```csv bad
    /// 统一社会信用代码,企业名称,法人代表
    /// 91652302948219939N,昌吉市某某水务有限公司,张某
    /// ```
    /// ```csv good
    /// 统一社会信用代码,企业名称,法人代表
    /// 91652302948219939M,昌吉市某某水务有限公司,张某
    /// ```
    /// ---
    /// ## What
    /// A unified social credit code has 18 characters, none of them I, O, Z, S or V, and a right check character. Until the
    /// end of 2017 an organisation code of 9 characters or a registration number of 15 digits may stand for it.
    ///
    /// ## Why
    /// With one character wrong, plans and results do not find their emitter. A few early codes really fail the check, so
    /// this is a warning.
    ///
    /// ## How to mend
    /// Compare with the business licence, character by character; format the column as text before typing.
    pub static RULE = Rule {
        id: "env/basic-uscc",
        title: text("统一社会信用代码校验不通过", "Credit code fails its check"),
        severity: Severity::Warning,
        over: Reading::of(&EMITTER_BASIC, &[USCC]),
        bases: &[bases::CREDIT_CODE],
        messages: &[
            Message::new(
                "{emitter_name}统一社会信用代码“{uscc}”校验不通过:末位应为{expected}",
                "Credit code “{uscc}” of {emitter_name} fails its check: the last character should be {expected}",
            ),
            Message::named(
                "length",
                "{emitter_name}统一社会信用代码“{uscc}”应为18位,现有{actual}位",
                "Credit code “{uscc}” of {emitter_name} has {actual} characters instead of 18",
            ),
            Message::named(
                "character",
                "{emitter_name}统一社会信用代码“{uscc}”第{position}位用了代码中没有的字符",
                "Credit code “{uscc}” of {emitter_name} has at place {position} a character that codes do not use",
            ),
            Message::named(
                "old-number",
                "{emitter_name}填的“{uscc}”是旧代码,2018年起应填18位统一社会信用代码",
                "“{uscc}” of {emitter_name} is an old number; from 2018 on the credit code of 18 characters stands there",
            ),
        ],
        check: Check::Row(basic_uscc),
        ..Rule::EMPTY
    };
}

/// First year in which only the unified code counts.
const UNIFIED_ONLY: i32 = 2018;

fn basic_uscc(emitter: &Row, findings: &mut Findings) -> Judged {
    let late = emitter.task().as_of.year() >= UNIFIED_ONLY;
    match IdentityCode::parse(emitter.text(USCC)?) {
        Ok(IdentityCode::Organisation(_) | IdentityCode::Registration(_)) if late => {
            findings.at(emitter, USCC).saying("old-number");
        }
        Ok(_) => {}
        Err(CreditCodeError::Length(length)) => {
            findings.at(emitter, USCC).saying("length").actual(length);
        }
        Err(CreditCodeError::Character(position)) => {
            findings.at(emitter, USCC).saying("character").with("position", position);
        }
        Err(CreditCodeError::Division) => {
            findings.at(emitter, USCC).saying("character").with("position", "3–8");
        }
        Err(CreditCodeError::Check { expected }) => {
            findings.at(emitter, USCC).expected(expected.to_string());
        }
    }
    JUDGED
}
