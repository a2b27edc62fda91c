//! Which emitters have tests done by a laboratory, by what their plans say.
//!
//! Memory: one entry per emitter that does.

use std::collections::HashSet;

use mingcha_kit::prelude::*;
use mingcha_kit::values::text::key;

use crate::tables::emitter_plan::{BY_WHOM, EMITTER_PLAN, ENTRUSTED, USCC};

/// What a rule declares to use [`Entrusting`].
pub const READING: Reading = Reading::of(&EMITTER_PLAN, &[USCC, BY_WHOM]);

/// Emitters whose plan has a line done by a laboratory.
#[derive(Debug, Default)]
pub struct Entrusting(HashSet<String>);

impl Entrusting {
    /// Takes a batch of plans.
    pub fn add(&mut self, batch: &Batch) {
        let lines = batch.rows().filter(|line| line.text(BY_WHOM) == Some(ENTRUSTED));
        self.0.extend(lines.filter_map(|line| line.text(USCC)).map(key));
    }

    /// Whether this emitter is one of them.
    #[must_use]
    pub fn has(&self, code: &str) -> bool {
        self.0.contains(&key(code))
    }
}
