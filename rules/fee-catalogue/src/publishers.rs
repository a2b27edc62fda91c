//! Who published lists, and whether any of their publications has what a rule looks for.

use std::collections::HashMap;

use mingcha_kit::prelude::*;

use crate::tables::fee_publication::{PUBLISHER, REGION_CODE};
use crate::versions::region_key;

/// A body that published lists.
#[derive(Debug)]
pub(crate) struct Body {
    /// Its name, empty where no record says it.
    pub(crate) name: String,
    /// Its first record.
    pub(crate) place: Place,
    /// One of its records had what was looked for.
    pub(crate) found: bool,
}

/// The bodies met. Memory: one entry per division, or per publisher where no division is named.
#[derive(Debug, Default)]
pub(crate) struct Publishers(HashMap<String, Body>);

impl Publishers {
    /// Takes a record and whether it has what is looked for.
    pub(crate) fn take(&mut self, publication: &Row, found: bool) {
        let place = publication.place();
        let written =
            publication.text(REGION_CODE).or_else(|| publication.text(PUBLISHER)).unwrap_or_default();
        let key = region_key(written);
        let body = self.0.entry(key).or_insert_with(|| Body { name: name(written), place, found });
        body.found |= found;
        if place < body.place {
            body.place = place;
            body.name = name(written);
        }
    }

    /// All of them, in the order of their first records.
    pub(crate) fn in_order(&self) -> Vec<&Body> {
        let mut bodies: Vec<_> = self.0.values().collect();
        bodies.sort_unstable_by_key(|body| body.place);
        bodies
    }
}

fn name(written: &str) -> String {
    values::division::Division::find(written).map_or(written, |division| division.name).to_owned()
}
