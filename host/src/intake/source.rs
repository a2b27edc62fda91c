//! Rows of any kind of source behind one face, so that headers, totals and records are understood in one place.

use super::cell::{Cell, column_name};
use super::offer::Manner;
use super::records::{RecordRow, Records};
use super::sheet::{Merge, Sheet, SheetRow};
use super::text::{Block, Piece, Taken, Text, TextRow};
use crate::manifest::Text as Words;
use std::ops::ControlFlow;

/// The beginning of a row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Mark {
    /// Rows before it in the source, blank ones too (of a sheet, only those that have a cell).
    pub(crate) index: u64,
    /// Bytes before it; 0 in a sheet.
    pub(crate) offset: u64,
    /// Line ends before it, those within quotes too; of a delimited text, else 0.
    pub(crate) lines: u64,
}

impl Mark {
    /// The beginning of what follows so many records of a block that begins here.
    pub(crate) fn after(self, block: &Block<'_>, records: usize) -> Self {
        let (index, lines) = (self.index + records as u64, self.lines + records as u64);
        Self { index, offset: block.offset(records), lines }
    }
}

/// Where rows come from.
#[derive(Debug)]
pub(crate) enum Source {
    /// A delimited text.
    Text(Text),
    /// A sheet of a workbook.
    Sheet(Sheet),
    /// JSON, NDJSON or Parquet.
    Records(Records),
}

/// One row.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Row<'a> {
    /// Of a text.
    Text(TextRow<'a>),
    /// Of a sheet.
    Sheet(SheetRow<'a>),
    /// A record, or the names of its fields.
    Record(RecordRow<'a>),
}

impl Source {
    /// The beginning of the first row.
    pub(crate) fn first(&self) -> Mark {
        match self {
            Source::Text(text) => text.first(),
            Source::Sheet(_) => Mark::default(),
            Source::Records(records) => records.first(),
        }
    }

    /// Visits rows from one mark up to another or the end; gives the mark it stopped before.
    pub(crate) fn each(
        &self,
        from: Mark,
        end: Option<Mark>,
        visit: &mut dyn FnMut(Mark, Row<'_>) -> ControlFlow<()>,
    ) -> Mark {
        match self {
            Source::Text(text) => text.each(from, end, &mut |mark, row| visit(mark, Row::Text(*row))),
            Source::Sheet(sheet) => {
                let end = end.map_or(sheet.len() as u64, |mark| mark.index);
                for index in from.index..end {
                    let Some(row) = sheet.row(index as usize) else { break };
                    let mark = Mark { index, ..Mark::default() };
                    if visit(mark, Row::Sheet(row)).is_break() {
                        return mark;
                    }
                }
                Mark { index: end, ..Mark::default() }
            }
            Source::Records(records) => records.each(from, end, visit),
        }
    }

    /// The same, many rows of a text at once where they have no oddity.
    pub(crate) fn pieces(
        &self,
        from: Mark,
        end: Option<Mark>,
        visit: &mut dyn FnMut(Mark, Piece<'_, Row<'_>>) -> Taken,
    ) -> Mark {
        if let Source::Text(text) = self {
            return text.pieces(from, end, &mut |mark, piece| match piece {
                Piece::Block(block) => visit(mark, Piece::Block(block)),
                Piece::Row(row) => visit(mark, Piece::Row(Row::Text(row))),
            });
        }
        self.each(from, end, &mut |mark, row| visit(mark, Piece::Row(row)).map_continue(|_| ()))
    }

    /// How many lines end between two rows; 0 in a sheet and in Parquet.
    pub(crate) fn lines_between(&self, from: Mark, to: Mark) -> u64 {
        match self {
            Source::Text(_) => to.lines - from.lines,
            Source::Sheet(_) => 0,
            Source::Records(records) => records.line_ends(from.offset, to.offset),
        }
    }

    /// How it is to be gone through.
    pub(crate) fn manner(&self) -> Manner {
        match self {
            Source::Text(text) => text.manner(),
            Source::Sheet(_) => Manner::default(),
            Source::Records(records) => records.manner(),
        }
    }

    /// How many days later than that of 1900 the calendar begins in which plain numbers are days.
    pub(crate) fn shift(&self) -> f64 {
        match self {
            Source::Sheet(sheet) => sheet.shift(),
            Source::Text(_) | Source::Records(_) => 0.0,
        }
    }

    /// Whether its rows stand on lines that people count.
    pub(crate) fn has_lines(&self) -> bool {
        match self {
            Source::Text(_) => true,
            Source::Sheet(_) => false,
            Source::Records(records) => records.has_lines(),
        }
    }

    /// Whether offsets speak of the bytes of a file.
    pub(crate) fn has_original_bytes(&self) -> bool {
        match self {
            Source::Text(text) => text.has_original_bytes(),
            Source::Sheet(_) => false,
            Source::Records(records) => records.has_original_bytes(),
        }
    }

    /// What went wrong with its file since it was looked at.
    pub(crate) fn fault(&self) -> Option<Words> {
        match self {
            Source::Text(text) => text.fault(),
            Source::Sheet(_) => None,
            Source::Records(records) => records.fault(),
        }
    }

    /// Whether rows are records of JSON or Parquet, which have numbers but no rows.
    pub(crate) fn is_records(&self) -> bool {
        matches!(self, Source::Records(_))
    }

    /// Whether it is a delimited text.
    pub(crate) fn is_text(&self) -> bool {
        matches!(self, Source::Text(_))
    }
}

impl<'a> Row<'a> {
    /// One more than the last position that may have a cell.
    pub(crate) fn width(&self) -> usize {
        match self {
            Row::Text(row) => row.width(),
            Row::Sheet(row) => row.width(),
            Row::Record(row) => row.width(),
        }
    }

    /// The cell at a position, from 0.
    pub(crate) fn cell(&self, position: usize) -> Cell<'a> {
        match self {
            Row::Text(row) => row.cell(position),
            Row::Sheet(row) => row.cell(position),
            Row::Record(row) => row.cell(position),
        }
    }

    /// Whether the cell only repeats the one above, with which it is merged.
    pub(crate) fn is_repeated(&self, position: usize) -> bool {
        matches!(self, Row::Sheet(row) if row.is_repeated(position))
    }

    /// The row's number in the person's program, for sheets; the record's number, for Parquet.
    pub(crate) fn number(&self) -> Option<u64> {
        match self {
            Row::Text(_) => None,
            Row::Sheet(row) => Some(u64::from(row.number)),
            Row::Record(row) => row.number,
        }
    }

    /// Whether it is a record of JSON or Parquet.
    pub(crate) fn is_record(&self) -> bool {
        matches!(self, Row::Record(_))
    }

    /// The name of a cell, such as `F12`, for sheets.
    pub(crate) fn cell_name(&self, position: u32) -> Option<String> {
        match self {
            Row::Sheet(row) => Some(format!("{}{}", column_name(position), row.number)),
            _ => None,
        }
    }

    /// Its bytes, of a text.
    pub(crate) fn raw(&self) -> Option<&'a [u8]> {
        match self {
            Row::Text(row) => Some(row.raw()),
            Row::Sheet(_) | Row::Record(_) => None,
        }
    }

    /// What its first filled cell says; nothing where there is none.
    pub(crate) fn first_text(&self) -> String {
        let first = self.filled(1).first().copied();
        first.map_or_else(String::new, |at| self.cell(at).shown().into_owned())
    }

    /// Positions of the first filled cells, at most `count`.
    pub(crate) fn filled(&self, count: usize) -> Vec<usize> {
        match self {
            Row::Text(row) => (0..row.width()).filter(|&at| row.is_filled(at)).take(count).collect(),
            Row::Sheet(row) => row.columns().filter(|&at| !row.cell(at).is_blank()).take(count).collect(),
            Row::Record(row) => row.columns().filter(|&at| !row.cell(at).is_blank()).take(count).collect(),
        }
    }

    /// Merged regions that begin in this row.
    pub(crate) fn merges(&self) -> &'a [Merge] {
        match self {
            Row::Text(_) | Row::Record(_) => &[],
            Row::Sheet(row) => row.merges(),
        }
    }
}
