//! A file or sheet that is a declared table, and its records on demand: `place` finds one of them again, `reading`
//! gives them column by column. Nothing of them is kept here.

mod place;
mod reading;

pub use place::RecordPlace;
pub use reading::Reading;

use super::batch::Batch;
use super::cell::column_name;
use super::facts::Fact;
use super::layout::{Layout, SkipReason, Skipped, Slot};
use super::recognise::TableMatch;
use super::source::Source;
use super::text::{Dialect, EncodingFound};
use crate::manifest::{Table, Text};
use serde::Serialize;
use std::collections::BTreeMap;

/// A file or sheet that is a declared table.
#[derive(Debug, Serialize)]
pub struct Part {
    /// Index of the input.
    pub input: usize,
    /// Name of the sheet, in a workbook.
    pub sheet: Option<String>,
    /// The sheet is hidden.
    pub hidden: bool,
    /// Usually one; several if several packs read it.
    pub matches: Vec<TableMatch>,
    /// Of a text.
    pub encoding: Option<EncodingFound>,
    /// Of a text.
    pub dialect: Option<Dialect>,
    /// Rows of the header, as sheet rows or physical lines.
    pub header_rows: Vec<u64>,
    /// What holds for all its records.
    pub facts: Vec<Fact>,
    /// Rows below the header that are no records, the first of each kind; blank ones are only counted.
    pub skipped: Vec<Skipped>,
    /// How many rows were skipped for each reason.
    pub skipped_rows: BTreeMap<SkipReason, u64>,
    /// Blank rows below the header.
    pub blank_rows: u64,
    /// Rows with cells that the sheet hides; they are read like any other.
    pub hidden_rows: u64,
    #[serde(skip)]
    pub(super) body: Body,
}

/// Where the records of a part come from.
#[derive(Debug)]
pub(super) struct Body {
    pub(super) source: Source,
    pub(super) layout: Layout,
    /// Positions carried down, as the layout has them.
    pub(super) fill: Vec<Slot>,
    /// Position that a statement stands for.
    pub(super) statement: Option<u32>,
}

impl Part {
    /// Whether another part is the same rows of the same sheet, cell for cell.
    pub(super) fn is_read_like(&self, other: &Self) -> bool {
        let rows = |part: &Self| (part.records(), part.chunks(), part.unchecked(), part.blank_rows);
        self.sheet == other.sheet
            && self.dialect == other.dialect
            && self.header_rows == other.header_rows
            && (&self.skipped, &self.skipped_rows) == (&other.skipped, &other.skipped_rows)
            && rows(self) == rows(other)
            && (&self.body.fill, self.body.statement) == (&other.body.fill, other.body.statement)
            && self.facts == other.facts
    }

    /// Which rows are records, and which are not.
    pub(super) fn layout(&self) -> &Layout {
        &self.body.layout
    }

    /// Whether its rows are lines of a text.
    pub(super) fn is_text(&self) -> bool {
        self.body.source.is_text()
    }

    /// The name of a cell of a sheet, by its row and column.
    pub(crate) fn cell_of(&self, row: u64, position: Option<u32>) -> Option<String> {
        let column = column_name(position.filter(|_| !self.is_text() && !self.body.source.is_records())?);
        Some(format!("{column}{row}"))
    }

    /// How many records there are.
    #[must_use]
    pub fn records(&self) -> u64 {
        self.body.layout.records
    }

    /// How many rows hold data that was too damaged to be a record.
    #[must_use]
    pub fn unchecked(&self) -> u64 {
        self.body.layout.unchecked()
    }

    /// How many chunks the records are read in.
    #[must_use]
    pub fn chunks(&self) -> usize {
        self.body.layout.chunks.len()
    }

    /// Reads the records of a chunk: these columns, in this order.
    ///
    /// A column that was not found is all blank.
    #[must_use]
    pub fn read(&self, chunk: usize, matched: &TableMatch, declared: &Table, columns: &[u16]) -> Batch {
        self.reading(matched, declared, columns).read(chunk)
    }

    /// What went wrong with its file since it was looked at.
    #[must_use]
    pub fn fault(&self) -> Option<Text> {
        self.body.source.fault()
    }
}
