//! Rows that are no records, for people: the first so many of each kind, and exact counts of all.
//!
//! A file of nothing else must not take memory for each of them. The last damaged rows are held back until the file
//! ends: what stands at its end may be a record that breaks off, or garbage.

use super::damage::Likeness;
use super::{BTreeMap, Damaged, SkipReason, Skipped};
use crate::intake::text::Flaw;
use std::collections::VecDeque;

/// Rows of one kind that are listed one by one.
pub(crate) const LISTED: usize = 1000;

/// Rows that are no records.
#[derive(Debug, Default)]
pub(crate) struct SkippedKept {
    /// The first of them, by reason.
    pub(crate) told: Vec<Skipped>,
    /// All of them.
    pub(crate) counts: BTreeMap<SkipReason, u64>,
}

impl SkippedKept {
    pub(super) fn take(&mut self, skipped: Skipped) {
        let count = self.counts.entry(skipped.reason).or_default();
        *count += 1;
        if *count <= LISTED as u64 {
            self.told.push(skipped);
        }
    }

    /// A row was taken for another reason than it is skipped for.
    fn change(&mut self, row: u64, from: SkipReason, to: SkipReason) {
        if let Some(count) = self.counts.get_mut(&from) {
            *count -= 1;
        }
        self.counts.retain(|_, count| *count > 0);
        *self.counts.entry(to).or_default() += 1;
        if let Ok(at) = self.told.binary_search_by_key(&row, |skipped| skipped.row) {
            self.told[at].reason = to;
        }
    }
}

/// Damaged rows.
#[derive(Debug, Default)]
pub(crate) struct DamageKept {
    /// The first of each kind, and what stands at the end.
    pub(crate) told: Vec<Damaged>,
    /// Rows that would each be told, but only count.
    pub(crate) more: BTreeMap<Likeness, u64>,
    /// All of them.
    pub(crate) rows: u64,
    tail: VecDeque<Damaged>,
    counts: BTreeMap<Likeness, usize>,
    last: Option<SkipReason>,
}

impl DamageKept {
    pub(super) fn take(&mut self, mut damaged: Damaged) {
        self.rows += 1;
        damaged.goes_on = self.last.replace(damaged.reason) == Some(damaged.reason);
        self.tail.push_back(damaged);
        if self.tail.len() > LISTED
            && let Some(first) = self.tail.pop_front()
        {
            self.settle(first);
        }
    }

    /// Takes a row whose reason is certain.
    fn settle(&mut self, damaged: Damaged) {
        let likeness = damaged.likeness();
        let is_told = !(damaged.goes_on && damaged.reason.is_told_once());
        let count = self.counts.entry(likeness).or_default();
        if *count < LISTED {
            *count += 1;
            self.told.push(damaged);
        } else if is_told {
            *self.more.entry(likeness).or_default() += 1;
        }
    }

    /// The rows have ended; `end` is their number in all.
    pub(super) fn finish(&mut self, skipped: &mut SkippedKept, end: u64) {
        let mut tail: Vec<Damaged> = std::mem::take(&mut self.tail).into();
        tell_apart(&mut tail, skipped, end);
        tail.into_iter().for_each(|damaged| self.settle(damaged));
    }

    /// Puts rows before all others.
    pub(crate) fn put_before(&mut self, rows: Vec<Damaged>) {
        self.rows += rows.len() as u64;
        self.told.splice(0..0, rows);
    }
}

impl SkipReason {
    /// Of rows of this kind that follow one another, only the first is told.
    pub(crate) const fn is_told_once(self) -> bool {
        matches!(self, Self::StackedTable | Self::TrailingGarbage)
    }
}

/// Gives rows at the end their closer reason; `end` is the number of rows in all.
fn tell_apart(damaged: &mut [Damaged], skipped: &mut SkippedKept, end: u64) {
    let mut tail = end;
    for row in damaged.iter_mut().rev() {
        let at_the_end = row.index + 1 == tail;
        let reason = match row.reason {
            SkipReason::EmbeddedNul if at_the_end && row.found == 1 => SkipReason::TrailingGarbage,
            SkipReason::Ragged if at_the_end && row.has_control => SkipReason::TrailingGarbage,
            SkipReason::Ragged if row.is_cut && row.found < row.expected => SkipReason::Truncated,
            SkipReason::BrokenQuote if row.is_cut && row.flaw == Some(Flaw::Unclosed) => {
                SkipReason::Truncated
            }
            SkipReason::Ragged if at_the_end && row.found == 1 && row.expected > 1 => {
                SkipReason::TrailingGarbage
            }
            other => other,
        };
        if reason != row.reason {
            skipped.change(row.line, row.reason, reason);
            row.reason = reason;
        }
        if at_the_end && reason == SkipReason::TrailingGarbage {
            tail = row.index;
        }
    }
    for at in 1..damaged.len() {
        damaged[at].goes_on = damaged[at - 1].reason == damaged[at].reason;
    }
}
