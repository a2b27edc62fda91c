//! Points of discharge: keys to find the same point and pollutant in another table by, and what leaves there.

use mingcha_kit::values::text::key;

use crate::pollutants::canonical;
use crate::tables::codes::{STACK_GAS, WASTEWATER};

/// Emitter, point and pollutant, spelt one way.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PointKey {
    /// The emitter's credit code.
    pub emitter: String,
    /// The point's code or name.
    pub point: String,
    /// The pollutant.
    pub pollutant: String,
}

impl PointKey {
    /// From the three cells as written.
    #[must_use]
    pub fn new(emitter: &str, point: &str, pollutant: &str) -> Self {
        Self { emitter: key(emitter), point: key(point), pollutant: key(canonical(pollutant)) }
    }
}

/// What leaves at a point: its code begins with DA for waste gas and DW for wastewater; else what the plan says.
#[must_use]
pub fn medium<'a>(point: Option<&str>, planned: Option<&'a str>) -> Option<&'a str> {
    let begins = |prefix: &str| {
        point.and_then(|point| point.get(..2)).is_some_and(|head| head.eq_ignore_ascii_case(prefix))
    };
    match (begins("DA"), begins("DW")) {
        (true, _) => Some(STACK_GAS),
        (_, true) => Some(WASTEWATER),
        _ => planned,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_of_a_point_says_what_leaves_there() {
        assert_eq!(medium(Some("DA001"), None), Some(STACK_GAS));
        assert_eq!(medium(Some("dw002"), Some(STACK_GAS)), Some(WASTEWATER));
        assert_eq!(medium(Some("总排口"), Some(WASTEWATER)), Some(WASTEWATER));
        assert_eq!(medium(Some("厂界"), None), None);
    }

    #[test]
    fn spellings_of_a_point_and_pollutant_are_one() {
        assert_eq!(PointKey::new("A1", "dw001", "COD"), PointKey::new("a1", "ＤＷ001", "化学需氧量(CODcr)"));
    }
}
