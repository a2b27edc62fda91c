//! What a list says an item costs: the cells of standard and counting unit, read together.

use mingcha_kit::prelude::*;
use values::amount::Unit;
use values::standard::{Measure, Standard};
use values::text::{key, trimmed};

use crate::tables::fee_catalogue::{STANDARD_TEXT, STANDARD_UNIT};

/// The standard of an item, where its cell holds one standard and no list of several. Reads both columns.
pub(crate) fn price(item: &Row) -> Option<Standard> {
    let mut standard = item.by_value(STANDARD_TEXT, |cell| Standard::parse(cell).ok())??;
    let Some((measure, per)) = item.text(STANDARD_UNIT).map(unit) else { return Some(standard) };
    standard.measure = standard.measure.or(measure);
    standard.per = standard.per.or(per);
    Some(standard)
}

/// Whether two counting units are the same one.
pub(crate) fn same_unit(a: &str, b: &str) -> bool {
    let plain = |unit: &str| key(unit).replace(['·', '.', '*', '/', '每'], "");
    plain(a) == plain(b)
}

/// What a cell of counting units says: `人次`, `元/人次`, `元`, `%`.
fn unit(cell: &str) -> (Option<Measure>, Option<String>) {
    let measured = |word: &str| match trimmed(word) {
        "%" | "％" => Some(Measure::Percent),
        "‰" => Some(Measure::PerMille),
        word => Unit::parse(word).map(Measure::Money),
    };
    match cell.split_once(['/', '／']) {
        Some((money, per)) if measured(money).is_some() => (measured(money), Some(trimmed(per).to_owned())),
        _ => match measured(cell) {
            None => (None, Some(trimmed(cell).to_owned())),
            measure => (measure, None),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_of_units_may_hold_the_money_too() {
        let yuan = Some(Measure::Money(Unit::Yuan));
        assert_eq!(unit("人次"), (None, Some("人次".to_owned())));
        assert_eq!(unit("元／人次"), (yuan, Some("人次".to_owned())));
        assert_eq!(unit("元"), (yuan, None));
        assert_eq!(unit("‰"), (Some(Measure::PerMille), None));
        assert_eq!(unit("吨/月"), (None, Some("吨/月".to_owned())));
    }

    #[test]
    fn one_unit_has_several_spellings() {
        assert!(same_unit("吨·月", "吨.月") && same_unit("每人次", "人次"));
        assert!(!same_unit("人", "人次"));
    }
}
