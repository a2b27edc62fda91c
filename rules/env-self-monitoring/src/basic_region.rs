//! Neither the credit code nor the address lies in the prefecture.

use mingcha_kit::prelude::*;
use mingcha_kit::values::credit_code::IdentityCode;
use mingcha_kit::values::division;
use mingcha_kit::values::text::key;

use crate::tables::emitter_basic::{ADDRESS, EMITTER_BASIC, USCC};

rule! {
    /// ## 查什么
    /// 统一社会信用代码第3至8位(15位注册号为前6位)是登记地的行政区划。登记地不在昌吉州(6523),地理位置中也看不出昌吉州
    /// 或它的县市、园区的,提示核对。登记地在外、地址在本州的(外地企业在本州设厂)不报。代码校验不通过的由 env/basic-uscc
    /// 检查,地址空着的由 env/basic-fields 检查。
    ///
    /// ## 为什么
    /// 两处都不在本州,多半是抄错了代码,或者把总公司的信息当成了排污单位的信息。
    ///
    /// ## 怎么改
    /// 地理位置写排污设施所在地,从县市写起,如“昌吉市某某路1号”;核对代码是不是本单位的。
    ///
    /// ## 例
    /// ```csv bad
    /// 统一社会信用代码,企业名称,法人代表,地理位置
    /// 91110108551385082Q,昌吉市某某水务有限公司,张某,某某路1号
    /// ```
    /// ```csv good
    /// 统一社会信用代码,企业名称,法人代表,地理位置
    /// 91652302948219939M,昌吉市某某水务有限公司,张某,某某路1号
    /// 91110108551385082Q,某某集团准东分公司,李某,准东开发区某某路2号
    /// ```
    /// ---
    /// ## What
    /// Characters 3 to 8 of a credit code (the first 6 digits of an old registration number) are the division of
    /// registration. A notice where it is outside the prefecture (6523) and the address names no place in it either. A firm
    /// registered elsewhere with works here is fine.
    ///
    /// ## Why
    /// With both outside, the code was copied wrongly, or the head office stands in place of the works.
    ///
    /// ## How to mend
    /// Write where the works are, beginning with the county or city; check that the code is the emitter's own.
    pub static RULE = Rule {
        id: "env/basic-region",
        title: text("代码登记地与所在地都不在本州", "Neither code nor address in the prefecture"),
        severity: Severity::Notice,
        over: Reading::of(&EMITTER_BASIC, &[USCC, ADDRESS]),
        messages: &[Message::new(
            "{emitter_name}代码登记地({division})不在昌吉州,地理位置“{address}”也看不出在昌吉州,请核对",
            "{emitter_name} is registered outside the prefecture ({division}), and its location “{address}” names no place in it",
        )],
        check: Check::Row(basic_region),
        ..Rule::EMPTY
    };
}

/// What divisions of the prefecture begin with.
const PREFECTURE: &str = "6523";

fn basic_region(emitter: &Row, findings: &mut Findings) -> Judged {
    let address = emitter.text(ADDRESS)?;
    let division = registered_in(emitter.text(USCC)?)?;
    if !division.starts_with(PREFECTURE) && !names_the_prefecture(address) {
        findings.at(emitter, ADDRESS).with("division", division);
    }
    JUDGED
}

/// `None` for an organisation code, which names no division, and for a code that is none.
fn registered_in(code: &str) -> Option<String> {
    match IdentityCode::parse(code).ok()? {
        IdentityCode::Unified(code) => Some(code.division().to_owned()),
        IdentityCode::Registration(number) => number.get(..6).map(str::to_owned),
        IdentityCode::Organisation(_) => None,
    }
}

/// Whether an address names the prefecture or a place in it; two of them, for works on a border, will do as well.
fn names_the_prefecture(address: &str) -> bool {
    let address = key(address);
    address.contains("昌吉")
        || division::all().any(|place| {
            address.contains(place.name) || place.aliases.iter().any(|name| address.contains(name))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_of_the_prefecture_are_seen_in_an_address() {
        assert!(
            ["奇台县某某镇", "新疆昌吉某某路", "准东开发区", "昌吉市、阜康市交界处"]
                .into_iter()
                .all(names_the_prefecture)
        );
        assert!(!["乌鲁木齐市某某路", "五家渠市某某路", "某某路1号"].into_iter().any(names_the_prefecture));
    }

    #[test]
    fn old_numbers_name_a_division_or_none() {
        assert_eq!(registered_in("652302050001234").as_deref(), Some("652302"));
        assert_eq!(registered_in("94821993-9"), None);
        assert_eq!(registered_in("不详"), None);
    }
}
