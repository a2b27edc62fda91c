//! A damaged row, and a row of totals, as far as a finding needs them.

use super::SkipReason;
use crate::intake::cell::Cell;
use crate::intake::source::{Mark, Row};
use crate::intake::text::Flaw;

/// A row whose data cannot be trusted.
#[derive(Clone, Debug)]
pub(crate) struct Damaged {
    pub(crate) line: u64,
    pub(crate) reason: SkipReason,
    pub(crate) offset: u64,
    pub(crate) found: usize,
    pub(crate) expected: usize,
    /// What is wrong with its quotes.
    pub(crate) flaw: Option<Flaw>,
    /// Row of the source, as its mark counts.
    pub(crate) index: u64,
    /// Its beginning as written.
    pub(crate) text: String,
    /// The library's own words.
    pub(crate) why: String,
    /// Of Parquet: the group, the first of its records that cannot be read, and how many cannot.
    pub(crate) group: Option<(u64, u64, u64)>,
    /// The delimiter it would be whole by.
    pub(crate) delimiter: Option<u8>,
    /// It ends with the file.
    pub(crate) is_cut: bool,
    /// It holds control characters.
    pub(crate) has_control: bool,
    /// The damaged row above it is damaged in the same way.
    pub(crate) goes_on: bool,
}

/// What damaged rows that are told by the same sentence have in common: the reason, what is wrong with their quotes,
/// and whether they have too many cells.
pub(crate) type Likeness = (SkipReason, Option<Flaw>, bool);

impl Damaged {
    /// A row with nothing known but where it stands and what it says.
    pub(super) fn at(line: u64, offset: u64, reason: SkipReason, text: String) -> Self {
        Self {
            line,
            reason,
            offset,
            found: 0,
            expected: 0,
            flaw: None,
            index: 0,
            text,
            why: String::new(),
            group: None,
            delimiter: None,
            is_cut: false,
            has_control: false,
            goes_on: false,
        }
    }

    /// A row of another table.
    pub(crate) fn stacked(line: u64, offset: u64, text: String) -> Self {
        Self::at(line, offset, SkipReason::StackedTable, text.chars().take(40).collect())
    }

    /// A row as it stands, for a reason found when it was looked at alone.
    pub(super) fn of_row(mark: Mark, row: Row<'_>, reason: SkipReason, line: u64, expected: usize) -> Self {
        let mut damaged = Damaged {
            found: row.width(),
            expected,
            index: mark.index,
            ..Damaged::at(line, mark.offset, reason, String::new())
        };
        match row {
            Row::Text(text) => {
                damaged.flaw = text.flaw.map(|(flaw, _)| flaw);
                damaged.offset = text.flaw.map_or(mark.offset, |(_, at)| at);
                damaged.text = text.excerpt();
                let whole = |delimiter: &u8| expected > 1 && text.width_by(*delimiter) == expected;
                damaged.delimiter =
                    b",;\t|".iter().copied().filter(|_| reason == SkipReason::Ragged).find(whole);
                damaged.is_cut = text.is_cut();
                damaged.has_control = text.has_control();
            }
            Row::Sheet(_) | Row::Record(_) => {
                let cells = row.filled(8).into_iter().map(|at| row.cell(at).shown().into_owned());
                damaged.text = cells.collect::<Vec<_>>().join(" ").chars().take(40).collect();
            }
        }
        if reason == SkipReason::Ragged && damaged.delimiter.is_some() {
            damaged.reason = SkipReason::SecondDelimiter;
        }
        damaged
    }

    /// What it has in common with others.
    pub(crate) fn likeness(&self) -> Likeness {
        (self.reason, self.flaw, self.found > self.expected)
    }
}

/// Rows of totals that are checked.
pub(super) const TOTALS_KEPT: usize = 10_000;

/// Sections and rows of totals among which sums are looked for; where there are more, no total is checked.
pub(super) const BREAKS_KEPT: usize = 100_000;

/// A row of totals.
#[derive(Clone, Debug)]
pub(crate) struct Total {
    /// Sheet row or physical line.
    pub(crate) row: u64,
    /// Records above it.
    pub(crate) above: u64,
    /// What it is called.
    pub(crate) label: String,
    /// Its cells in matched columns.
    pub(crate) cells: Vec<(u32, Cell<'static>)>,
}
