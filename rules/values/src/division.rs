//! The divisions of 昌吉州 (GB/T 2260): the prefecture, its seven counties and cities, and its three parks.
//!
//! The parks have no national code; theirs are this project's own. 五家渠市 lies inside the prefecture but is
//! directly under the region, and 米泉市 has been gone since 2007: neither is known here.

use crate::text::key;

/// What sort of unit it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DivisionKind {
    /// 自治州, its own level (州本级).
    Prefecture,
    /// 县、县级市、自治县.
    County,
    /// 园区, without a national code.
    Park,
}

/// One division.
#[derive(Debug, PartialEq, Eq)]
pub struct Division {
    /// Six digits (GB/T 2260), or the project's code of a park such as `652300-ZD`.
    pub code: &'static str,
    /// The full name.
    pub name: &'static str,
    /// Other names in use.
    pub aliases: &'static [&'static str],
    /// Names that other places share, so that they count only as a whole cell of a local table.
    pub short_names: &'static [&'static str],
    /// What sort of unit it is.
    pub kind: DivisionKind,
}

/// 昌吉回族自治州 itself.
pub const PREFECTURE: Division = Division {
    code: "652300",
    name: "昌吉回族自治州",
    aliases: &["昌吉州"],
    short_names: &["自治州本级", "州本级", "州直", "自治州"],
    kind: DivisionKind::Prefecture,
};

/// The seven counties and cities, in the order of their codes.
pub const COUNTIES: [Division; 7] = [
    county("652301", "昌吉市", &[]),
    county("652302", "阜康市", &["阜康"]),
    county("652323", "呼图壁县", &["呼图壁"]),
    county("652324", "玛纳斯县", &["玛纳斯"]),
    county("652325", "奇台县", &["奇台"]),
    county("652327", "吉木萨尔县", &["吉木萨尔"]),
    county("652328", "木垒哈萨克自治县", &["木垒县", "木垒"]),
];

/// The three parks.
pub const PARKS: [Division; 3] = [
    park(
        "652300-ZD",
        "新疆准东经济技术开发区",
        &["准东国家经济技术开发区", "准东经济技术开发区", "准东开发区", "准东"],
        &[],
    ),
    park(
        "652300-GX",
        "昌吉国家高新技术产业开发区",
        &["昌吉高新技术产业开发区", "昌吉国家高新区", "昌吉高新区"],
        &["国家高新区", "高新区"],
    ),
    park(
        "652300-NY",
        "昌吉国家农业科技园区",
        &["昌吉农业科技园区", "昌吉国家农业园区", "昌吉农业园区", "昌吉农科园"],
        &["国家农业科技园区", "农业科技园区", "农业园区", "农科园区", "农科园"],
    ),
];

/// The ten units the prefecture's duties bind: counties, then parks.
pub const BOUND: [&Division; 10] = [
    &COUNTIES[0],
    &COUNTIES[1],
    &COUNTIES[2],
    &COUNTIES[3],
    &COUNTIES[4],
    &COUNTIES[5],
    &COUNTIES[6],
    &PARKS[0],
    &PARKS[1],
    &PARKS[2],
];

/// Names of the levels above, which may stand before any other.
const ABOVE: [&str; 5] = ["新疆维吾尔自治区", "昌吉回族自治州", "新疆", "昌吉州", "自治州"];

impl Division {
    /// The division a whole cell names: code (also with six zeros), name, or alias, after names of the levels above.
    ///
    /// `昌吉` alone is none: it may be the city or the prefecture.
    #[must_use]
    pub fn find(text: &str) -> Option<&'static Self> {
        let key = key(text);
        let code = key.strip_suffix("000000").unwrap_or(&key);
        all()
            .find(|division| {
                key == division.name || key == division.code.to_lowercase() || code == division.code
            })
            .or_else(|| {
                let known = |name: &str| {
                    all().find(|d| {
                        d.name == name || d.aliases.contains(&name) || d.short_names.contains(&name)
                    })
                };
                known(&key).or_else(|| known(below(&key)))
            })
    }

    /// The division a text mentions, such as `昌吉市财政局`.
    ///
    /// A park counts before the county it lies in and a county before the prefecture; None if the text names two of
    /// the same sort.
    #[must_use]
    pub fn find_in(text: &str) -> Option<&'static Self> {
        let key = key(text);
        let named = |d: &&Self| key.contains(d.name) || d.aliases.iter().any(|alias| key.contains(alias));
        for kind in [DivisionKind::Park, DivisionKind::County, DivisionKind::Prefecture] {
            let mut found = all().filter(|d| d.kind == kind).filter(named);
            if let Some(first) = found.next() {
                return found.next().is_none().then_some(first);
            }
        }
        None
    }

    /// True for the ten units that duties bind.
    #[must_use]
    pub fn is_bound(&self) -> bool {
        self.kind != DivisionKind::Prefecture
    }
}

/// Every division, the prefecture first.
pub fn all() -> impl Iterator<Item = &'static Division> {
    const ALL: &Division = &PREFECTURE;
    std::iter::once(ALL).chain(BOUND)
}

/// The text without the names of the levels above.
fn below(text: &str) -> &str {
    let mut rest = text;
    while let Some(shorter) =
        ABOVE.iter().find_map(|name| rest.strip_prefix(name)).filter(|rest| !rest.is_empty())
    {
        rest = shorter;
    }
    rest
}

const fn county(code: &'static str, name: &'static str, aliases: &'static [&'static str]) -> Division {
    Division { code, name, aliases, short_names: &[], kind: DivisionKind::County }
}

const fn park(
    code: &'static str,
    name: &'static str,
    aliases: &'static [&'static str],
    short_names: &'static [&'static str],
) -> Division {
    Division { code, name, aliases, short_names, kind: DivisionKind::Park }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn code(text: &str) -> Option<&'static str> {
        Division::find(text).map(|division| division.code)
    }

    fn code_in(text: &str) -> Option<&'static str> {
        Division::find_in(text).map(|division| division.code)
    }

    #[test]
    fn every_division_is_found_by_code_name_and_alias() {
        for division in all() {
            assert_eq!(code(division.code), Some(division.code));
            assert_eq!(code(division.name), Some(division.code));
            for alias in division.aliases.iter().chain(division.short_names) {
                assert_eq!(code(alias), Some(division.code), "{alias}");
            }
        }
        assert_eq!(all().count(), 11);
    }

    #[test]
    fn names_of_higher_levels_may_stand_before() {
        assert_eq!(code("昌吉州木垒县"), Some("652328"));
        assert_eq!(code("新疆昌吉回族自治州奇台县"), Some("652325"));
        assert_eq!(code("新疆维吾尔自治区昌吉回族自治州"), Some("652300"));
        assert_eq!(code("昌吉州准东开发区"), Some("652300-ZD"));
        assert_eq!(code(" 昌吉 市 "), Some("652301"));
        assert_eq!(code("652301000000"), Some("652301"));
        assert_eq!(code("６５２３０１"), Some("652301"));
    }

    #[test]
    fn places_outside_and_names_of_two_places_are_none() {
        for text in
            ["", "昌吉", "米泉市", "652303", "五家渠市", "659004", "昌吉市财政局", "乌鲁木齐市", "新疆"]
        {
            assert_eq!(code(text), None, "{text}");
        }
    }

    #[test]
    fn bodies_are_found_by_the_place_in_their_name() {
        assert_eq!(code_in("昌吉市财政局"), Some("652301"));
        assert_eq!(code_in("昌吉州昌吉市财政局"), Some("652301"));
        assert_eq!(code_in("昌吉回族自治州财政局"), Some("652300"));
        assert_eq!(code_in("木垒县发改委"), Some("652328"));
        assert_eq!(code_in("新疆准东经济技术开发区管委会"), Some("652300-ZD"));
        assert_eq!(code_in("昌吉国家农业科技园区管委会"), Some("652300-NY"));
        assert_eq!(code_in("奇台县准东开发区"), Some("652300-ZD"));
        assert_eq!(code_in("昌吉市、阜康市"), None);
        assert_eq!(code_in("乌鲁木齐市财政局"), None);
        assert_eq!(code_in("乌鲁木齐高新区"), None);
        assert_eq!(code_in("博尔塔拉蒙古自治州财政局"), None);
    }

    #[test]
    fn duties_bind_ten_units() {
        assert!(BOUND.iter().all(|division| division.is_bound()));
        assert!(!PREFECTURE.is_bound());
    }

    proptest! {
        #[test]
        fn no_text_panics(text in any::<String>(), near in "[新疆昌吉州市回族自治奇台县0-9]{0,16}") {
            let _ = (Division::find(&text), Division::find_in(&text), Division::find(&near), Division::find_in(&near));
        }
    }
}
