//! The telephone number cannot be dialled.

use mingcha_kit::prelude::*;
use mingcha_kit::values::telephone::{Telephone, TelephoneError, TelephoneKind};

use crate::tables::emitter_basic::{EMITTER_BASIC, PHONE};

rule! {
    /// ## 查什么
    /// 联系方式是能拨通的电话:带区号的固定电话(昌吉州区号0994,号码7位)、11位手机、400或800号码;几个号码用顿号隔开。位数
    /// 不对、不是号码、全是同一个数字或1234567之类的占位号码,报警告;7、8位号码没有区号也是警告。外地区号(如0991)只提示。
    /// 空着的由 env/basic-fields 检查。
    ///
    /// ## 为什么
    /// 公布联系方式是为了让公众找得到人;外地打来的人不知道区号。
    ///
    /// ## 怎么改
    /// 写成“0994-2345671”或11位手机号。联系人的姓名写在“联系人”一栏,不要写在号码里。
    ///
    /// ## 例
    /// ```csv bad
    /// 企业名称,法人代表,联系方式
    /// 昌吉市某某水务有限公司,张某,0994-234567
    /// ```
    /// ```csv good
    /// 企业名称,法人代表,联系方式
    /// 昌吉市某某水务有限公司,张某,0994-2345671、13999912345
    /// ```
    /// ---
    /// ## What
    /// The contact is a number one can dial: a landline with its area code (0994 and 7 digits here), a mobile of 11 digits, a 400
    /// or 800 number, several of them joined by commas. Wrong length, no number, placeholder digits or a missing area code is
    /// a warning, an area code of elsewhere (0991) a notice. A blank cell belongs to env/basic-fields.
    ///
    /// ## Why
    /// The number is published so that people reach somebody, also from elsewhere.
    ///
    /// ## How to mend
    /// Write 0994-2345671 or 11 digits; the person's name has a column of its own.
    pub static RULE = Rule {
        id: "env/basic-phone",
        title: text("联系方式格式不正确", "Telephone number malformed"),
        severity: Severity::Warning,
        over: Reading::of(&EMITTER_BASIC, &[PHONE]),
        messages: &[
            Message::new(
                "{emitter_name}联系方式“{phone}”不是电话号码",
                "“{phone}” of {emitter_name} is no telephone number",
            ),
            Message::named(
                "length",
                "{emitter_name}联系方式“{phone}”位数不对",
                "“{phone}” of {emitter_name} has a wrong number of digits",
            ),
            Message::named(
                "placeholder",
                "{emitter_name}联系方式“{phone}”是占位号码",
                "“{phone}” of {emitter_name} is a placeholder, not a number",
            ),
            Message::named(
                "no-area",
                "{emitter_name}联系方式“{phone}”没有写区号",
                "“{phone}” of {emitter_name} has no area code",
            ),
            Message::named(
                "other-area",
                "{emitter_name}联系方式“{phone}”是外地区号,请确认",
                "“{phone}” of {emitter_name} has the area code of another place; please confirm",
            )
            .weighing(Severity::Notice),
        ],
        check: Check::Row(basic_phone),
        ..Rule::EMPTY
    };
}

fn basic_phone(emitter: &Row, findings: &mut Findings) -> Judged {
    let numbers = Telephone::parse_all(emitter.text(PHONE)?);
    let faults: Vec<_> = numbers.iter().map(fault).collect();
    // The gravest fault of a cell stands for all; one good number does not excuse another that cannot be dialled.
    let worst = FAULTS.into_iter().find(|wording| faults.contains(&Some(*wording)));
    if let Some(wording) = worst {
        findings.at(emitter, PHONE).saying(wording);
    }
    JUDGED
}

/// Wordings, the gravest first.
const FAULTS: [&str; 5] = ["default", "length", "placeholder", "no-area", "other-area"];

fn fault(number: &Result<Telephone, TelephoneError>) -> Option<&'static str> {
    match number {
        Err(TelephoneError::NotANumber) => Some("default"),
        Err(TelephoneError::Length) => Some("length"),
        Err(TelephoneError::Placeholder) => Some("placeholder"),
        Ok(number) if number.kind == TelephoneKind::Local => Some("no-area"),
        Ok(number) if number.has_other_area() => Some("other-area"),
        Ok(_) => None,
    }
}
