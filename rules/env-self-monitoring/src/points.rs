//! Points of discharge: keys to find the same point and pollutant in another table by, and what leaves there.

use std::collections::HashMap;

use mingcha_kit::prelude::*;
use mingcha_kit::values::text::key;

use crate::pollutants::canonical;
use crate::tables::codes::{STACK_GAS, WASTEWATER};
use crate::tables::emitter_plan::{EMITTER_PLAN, MEDIUM, POINT_CODE, USCC};

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

/// What a rule declares to use [`Media`], whether or not the plan was handed in.
pub const MEDIA: Reading =
    Reading::of(&EMITTER_PLAN, &[USCC, POINT_CODE, MEDIUM]).presence(Presence::Optional);

/// What the plans say leaves at each point. Memory: one entry per planned point.
#[derive(Debug, Default)]
pub struct Media(HashMap<(String, String), String>);

impl Media {
    /// Takes a batch; batches of other tables are passed over.
    pub fn add(&mut self, batch: &Batch) {
        if !batch.is_of(&EMITTER_PLAN) {
            return;
        }
        for line in batch.rows() {
            if let (Some(emitter), Some(point), Some(medium)) =
                (line.text(USCC), line.text(POINT_CODE), line.text(MEDIUM))
            {
                self.0.insert((key(emitter), key(point)), medium.to_owned());
            }
        }
    }

    /// What leaves at a point, by its code or by the plan.
    #[must_use]
    pub fn at(&self, emitter: &str, point: &str) -> Option<&str> {
        let planned = self.0.get(&(key(emitter), key(point)));
        medium(Some(point), planned.map(String::as_str))
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
