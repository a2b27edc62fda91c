//! What notices had done to the items of a list by the day the list speaks of: events and versions, read together.
//!
//! Which rule speaks of what is up to the rules; here the two reference tables are told apart, and nothing else.

use mingcha_kit::prelude::*;

use crate::events::{self, Events};
use crate::versions::Versions;

/// Events, and the day each list speaks of.
pub(crate) struct DatedEvents {
    /// What notices did.
    pub(crate) events: Events,
    /// As of which day a list speaks.
    pub(crate) versions: Versions,
}

impl DatedEvents {
    /// The shipped events; no list is published yet.
    pub(crate) fn shipped() -> Self {
        Self { events: Events::shipped(), versions: Versions::default() }
    }

    /// Adds the user's events, or publications.
    pub(crate) fn read(&mut self, batch: &Batch) {
        if batch.is_of(events::READING.table) {
            self.events.read(batch);
        } else {
            self.versions.read(batch);
        }
    }
}
