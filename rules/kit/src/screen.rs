//! What can be told of the records of a batch from its columns, before any of them is looked at by itself.
//!
//! A screen is a short cut of a rule's check and says the same: what it lets pass, the check would have judged without
//! objecting; what it leaves aside, the check would have answered with `None`. All others are looked at closely. A batch
//! with an unreadable cell in a column that the rule reads is not screened.

use crate::Batch;

/// What is known of a record without a close look.
///
/// ```
/// # use mingcha_kit::{example::*, prelude::*};
/// assert_ne!(Glance::Passes, Glance::Look);
/// ```
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
///
/// ```
/// # use mingcha_kit::{example::*, prelude::*};
/// let nothing_to_say = Screen::All(Glance::Aside);
/// ```
#[derive(Clone, Debug)]
pub enum Screen {
    /// The same of all.
    All(Glance),
    /// Some pass, some are to be looked at, and all others are left aside.
    Sifted {
        /// How many pass.
        passed: u64,
        /// Which are to be looked at, by their index, rising.
        look: Vec<u32>,
    },
}

impl Screen {
    /// Glances at the records by their index, one after the other.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// let batch = batch();
    /// let limits = batch.numbers(LIMIT);
    /// let screen = Screen::each(&batch, |index| match limits.at(index) {
    ///     Some(limit) if limit > 0.0 => Glance::Passes,
    ///     Some(_) => Glance::Look,
    ///     None => Glance::Aside,
    /// });
    /// ```
    #[inline(always)]
    #[must_use]
    pub fn each(batch: &Batch, mut glance: impl FnMut(usize) -> Glance) -> Self {
        let (mut passed, mut look) = (0, Vec::new());
        for (index, record) in (0..batch.len()).zip(0..) {
            match glance(index) {
                Glance::Look => look.push(record),
                Glance::Passes => passed += 1,
                Glance::Aside => {}
            }
        }
        Self::Sifted { passed, look }
    }

    /// So many records pass; a close look is due to these, which may come in any order, each once.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// let Screen::Sifted { look, .. } = Screen::sifted(0, vec![1, 0]) else { panic!("it is sifted") };
    /// assert_eq!(look, [0, 1]);
    /// ```
    #[must_use]
    pub fn sifted(passed: u64, mut look: Vec<u32>) -> Self {
        look.sort_unstable();
        Self::Sifted { passed, look }
    }

    /// Leaves aside the records of which this is not true; a close look is due to all others.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// let batch = batch();
    /// let spans = batch.per_value(NAME, |name| name.starts_with('东'));
    /// let screen = Screen::only(&batch, |index| spans.at(index) == Some(true));
    /// ```
    #[inline(always)]
    #[must_use]
    pub fn only(batch: &Batch, mut concerned: impl FnMut(usize) -> bool) -> Self {
        Self::each(batch, |index| if concerned(index) { Glance::Look } else { Glance::Aside })
    }

    /// Lets pass the records of which this is surely true; a close look is due to all others.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// let batch = batch();
    /// let limits = batch.numbers(LIMIT);
    /// let screen = Screen::passes(&batch, |index| limits.at(index).is_some_and(|limit| limit > 0.0));
    /// ```
    #[inline(always)]
    #[must_use]
    pub fn passes(batch: &Batch, mut surely: impl FnMut(usize) -> bool) -> Self {
        Self::each(batch, |index| if surely(index) { Glance::Passes } else { Glance::Look })
    }
}
