//! Which declared table a source is, where its header stands, and which column is which.
//!
//! Every window of one to three rows near the top is tried as the header of every table on offer; the table with most
//! headers found wins. Nothing is guessed: a column is matched by a known spelling of its header or not at all.

mod attempt;
mod choose;
mod head;

pub(crate) use choose::{Nearby, Recognised, recognise, take_facts};
pub(crate) use head::{COLUMNS, Head, HeadRow};

use serde::Serialize;

/// How a part fits one declared table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TableMatch {
    /// Index of the pack.
    pub pack: usize,
    /// Index into the pack's tables.
    pub table: u16,
    /// Where each declared column was found; none where it was not.
    pub columns: Vec<Option<ColumnMatch>>,
    /// Headers that are no declared column.
    pub unknown: Vec<Unknown>,
    /// Headers of columns already taken by an earlier one.
    pub duplicates: Vec<Duplicate>,
    /// Required columns that are not there; the file was taken for this table all the same, as it fits no other.
    pub missing: Vec<u16>,
}

/// Where a declared column was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ColumnMatch {
    /// The header as written; empty for a fact.
    pub header: String,
    /// Which column of the file, from 0; none for a fact.
    pub position: Option<u32>,
    /// How it was found.
    pub how: How,
    /// The unit that cells without one count in, where it was stated: in the header or above it.
    pub unit: Option<String>,
    /// Whether the header itself states that unit.
    pub unit_in_header: bool,
    /// Which of the part's carried columns it is.
    #[serde(skip)]
    pub(crate) slot: Option<usize>,
}

/// How a column was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum How {
    /// By its own header.
    Header,
    /// By another known header.
    Alias,
    /// By one of these without brackets and units.
    Bare,
    /// Taken from this fact of the part.
    Fact(String),
    /// Taken from the names of the sections.
    Section,
    /// A person said so.
    Assigned,
}

impl ColumnMatch {
    /// A column that no header is.
    pub(crate) fn without_header(how: How) -> Self {
        Self { header: String::new(), position: None, how, unit: None, unit_in_header: false, slot: None }
    }
}

/// A header that is no declared column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Unknown {
    /// As written.
    pub header: String,
    /// Which column of the file, from 0.
    pub position: u32,
    /// The declared column it may have been meant for.
    pub did_you_mean: Option<u16>,
}

/// A second header for one column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Duplicate {
    /// As written.
    pub header: String,
    /// Which column of the file, from 0.
    pub position: u32,
    /// The declared column.
    pub column: u16,
}
