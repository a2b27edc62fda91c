//! The divisions of 昌吉州 (GB/T 2260): the prefecture, its seven counties and cities, and its three parks.
//!
//! The parks have no national code; theirs are this project's own. 五家渠市 lies inside the prefecture but is
//! directly under the region, and 米泉市 has been gone since 2007: neither is known here.

use crate::shipped;
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

/// The shipped table: the prefecture, its counties, its parks.
pub const TABLE: &str = include_str!("../data/divisions.csv");
const WIDTH: usize = 5;
const CELLS: [&str; shipped::count(TABLE, WIDTH)] = shipped::cells(TABLE);
const ALIASES: &[&str] =
    &shipped::alternatives::<{ shipped::count_alternatives(&CELLS, WIDTH, 3) }>(&CELLS, WIDTH, 3);
const SHORT_NAMES: &[&str] =
    &shipped::alternatives::<{ shipped::count_alternatives(&CELLS, WIDTH, 4) }>(&CELLS, WIDTH, 4);

static DIVISIONS: [Division; CELLS.len() / WIDTH] = {
    let mut divisions = [const { division(0) }; CELLS.len() / WIDTH];
    let mut row = 0;
    while row < divisions.len() {
        divisions[row] = division(row);
        row += 1;
    }
    divisions
};

/// The ten units the prefecture's duties bind: counties, then parks.
pub const BOUND: [&Division; 10] = {
    let mut bound = [&DIVISIONS[1]; 10];
    let mut at = 0;
    while at < bound.len() {
        bound[at] = &DIVISIONS[at + 1];
        at += 1;
    }
    bound
};

const fn division(row: usize) -> Division {
    let at = row * WIDTH;
    let kind = match CELLS[at + 2].as_bytes() {
        b"prefecture" => DivisionKind::Prefecture,
        b"county" => DivisionKind::County,
        b"park" => DivisionKind::Park,
        _ => panic!("a division is of no kind"),
    };
    let aliases = shipped::of_row(ALIASES, &CELLS, (WIDTH, 3), row);
    let short_names = shipped::of_row(SHORT_NAMES, &CELLS, (WIDTH, 4), row);
    Division { code: CELLS[at], name: CELLS[at + 1], aliases, short_names, kind }
}

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
    DIVISIONS.iter()
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
        assert!(all().next().is_some_and(|prefecture| !prefecture.is_bound()));
    }

    proptest! {
        #[test]
        fn no_text_panics(text in any::<String>(), near in "[新疆昌吉州市回族自治奇台县0-9]{0,16}") {
            let _ = (Division::find(&text), Division::find_in(&text), Division::find(&near), Division::find_in(&near));
        }
    }
}
