//! What can be told of the records of a batch from its columns, before any of them is looked at by itself.
//!
//! A screen is a short cut of a rule's check and says the same: what it lets pass, the check would have judged without
//! objecting; what it leaves aside, the check would have answered with `None`. All others are looked at closely. A batch
//! with an unreadable cell in a column that the rule reads is not screened.

use crate::Batch;

/// What is known of a record without a close look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Glance {
    /// Nothing: the check looks at it.
    Look,
    /// The rule applies, and does not object.
    Passes,
    /// The rule does not apply; or all there was to see has been taken in.
    Aside,
}

/// What is known of all records of a batch.
#[derive(Clone, Debug)]
pub enum Screen {
    /// The same of all.
    All(Glance),
    /// Of each.
    Each(Vec<Glance>),
}

impl Screen {
    /// Glances at the records by their index, one after the other.
    #[inline(always)]
    #[must_use]
    pub fn each(batch: &Batch, glance: impl FnMut(usize) -> Glance) -> Self {
        Self::Each((0..batch.len()).map(glance).collect())
    }

    /// Leaves aside the records of which this is not true; a close look is due to all others.
    #[inline(always)]
    #[must_use]
    pub fn only(batch: &Batch, mut concerned: impl FnMut(usize) -> bool) -> Self {
        Self::each(batch, |index| if concerned(index) { Glance::Look } else { Glance::Aside })
    }

    /// Lets pass the records of which this is surely true; a close look is due to all others.
    #[inline(always)]
    #[must_use]
    pub fn passes(batch: &Batch, mut surely: impl FnMut(usize) -> bool) -> Self {
        Self::each(batch, |index| if surely(index) { Glance::Passes } else { Glance::Look })
    }
}
