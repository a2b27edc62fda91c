//! A telephone number nobody can call.

use mingcha_kit::prelude::*;
use values::telephone::{Telephone, TelephoneError, TelephoneKind};

use crate::bases::PLAN_2_2;
use crate::tables::contact::{CONTACT, PHONE};

rule! {
    /// ## 查什么
    /// 联系电话应是能拨通的号码:区号加7位(外地8位)固定电话、11位手机号、400电话等,可以带分机;几个号码用“、”隔开,逐个检查。
    /// 全是同一个数字的、12345678之类算没有填真号码。没有写区号的、区号不是0994的,只作提示。空着的由 contact-missing 报。
    /// ## 为什么
    /// 公开联系电话是为了让人打得通。少一位、多一位都打不通;没有区号,外地的社会资本不知道拨哪里。
    /// ## 怎么改
    /// 照“0994-2345670”的样子写,改完拨一次。确实用外地号码的,不必改。
    /// ## 例
    /// ```csv bad
    /// 所属县市/园区,PPP项目工作机构,联系人,联系电话
    /// 昌吉市,昌吉市PPP中心,张某某,0994-23456
    /// ```
    /// ```csv good
    /// 所属县市/园区,PPP项目工作机构,联系人,联系电话
    /// 昌吉市,昌吉市PPP中心,张某某,0994-2345670、13999912345
    /// ```
    /// ---
    /// ## What
    /// The telephone number can be dialled: area code and seven digits (eight elsewhere), a mobile number, a 400 number,
    /// each with or without extension. Several are joined by 、. Digits all the same or 12345678 are no number. Without an
    /// area code, or with another than 0994, it is a notice. Blanks are left to contact-missing.
    /// ## Why
    /// The number is published to be called.
    /// ## How to mend
    /// Write it like 0994-2345670 and call it once.
    pub(crate) static RULE = Rule {
        id: "ppp/contact-phone",
        title: text("联系电话格式不正确", "Telephone number malformed"),
        severity: Severity::Warning,
        over: Reading::of(&CONTACT, &[PHONE]),
        bases: &[PLAN_2_2],
        messages: &[
            Message::new("联系电话“{phone}”格式不正确", "“{phone}” is no telephone number"),
            Message::named(
                "placeholder",
                "联系电话“{phone}”像是占位的,不是真号码",
                "“{phone}” stands in for a telephone number and is none",
            ),
            Message::named(
                "no-area",
                "联系电话“{phone}”没有区号,请写成0994-开头",
                "Telephone number “{phone}” has no area code; begin with 0994-",
            )
            .weighing(Severity::Notice),
            Message::named(
                "other-area",
                "联系电话“{phone}”的区号不是0994,请核对",
                "Telephone number “{phone}” has an area code other than 0994; see whether it is right",
            )
            .weighing(Severity::Notice),
        ],
        check: Check::Row(contact_phone),
        ..Rule::EMPTY
    };
}

fn contact_phone(contact: &Row, findings: &mut Findings) -> Judged {
    let numbers = Telephone::parse_all(contact.text(PHONE)?);
    if numbers.is_empty() {
        findings.at(contact, PHONE); // nothing but marks
        return JUDGED;
    }
    let worst = numbers.iter().filter_map(|number| fault(number.as_ref())).min_by_key(|(rank, _)| *rank);
    if let Some((_, message)) = worst {
        findings.at(contact, PHONE).saying(message);
    }
    JUDGED
}

/// What is wrong with a number, the gravest first.
fn fault(number: Result<&Telephone, &TelephoneError>) -> Option<(u8, &'static str)> {
    match number {
        Err(TelephoneError::Placeholder) => Some((1, "placeholder")),
        Err(_) => Some((0, "default")),
        Ok(number) if number.kind == TelephoneKind::Local => Some((2, "no-area")),
        Ok(number) if number.has_other_area() => Some((3, "other-area")),
        Ok(_) => None,
    }
}
