//! Rows of any kind of source behind one face, so that headers, totals and records are understood in one place.

use super::cell::{Cell, column_name};
use super::offer::Manner;
use super::sheet::{Merge, Sheet, SheetRow, Written};
use super::text::{Text, TextRow};
use std::ops::ControlFlow;

/// The beginning of a row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Mark {
    /// Rows before it in the source, blank ones too (of a sheet, only those that have a cell).
    pub(crate) index: u64,
    /// Bytes before it; 0 in a sheet.
    pub(crate) offset: u64,
    /// Line ends before it, those within quotes too; 0 in a sheet.
    pub(crate) lines: u64,
}

/// Where rows come from.
#[derive(Debug)]
pub(crate) enum Source {
    /// A delimited text.
    Text(Text),
    /// A sheet of a workbook.
    Sheet(Sheet),
}

/// One row.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Row<'a> {
    /// Of a text.
    Text(TextRow<'a>),
    /// Of a sheet.
    Sheet(SheetRow<'a>),
}

impl Source {
    /// The beginning of the first row.
    pub(crate) fn first(&self) -> Mark {
        match self {
            Source::Text(text) => text.first(),
            Source::Sheet(_) => Mark::default(),
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
        }
    }

    /// How it is to be gone through.
    pub(crate) fn manner(&self) -> Manner {
        match self {
            Source::Text(text) => text.manner(),
            Source::Sheet(_) => Manner::default(),
        }
    }

    /// Where a record of JSON is written.
    pub(crate) fn written(&self, mark: Mark) -> Option<Written> {
        match self {
            Source::Text(_) => None,
            Source::Sheet(sheet) => sheet.written(mark.index),
        }
    }

    /// Whether rows are records of JSON or Parquet, which have numbers but no rows.
    pub(crate) fn is_records(&self) -> bool {
        matches!(self, Source::Sheet(sheet) if sheet.is_records())
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
        }
    }

    /// The cell at a position, from 0.
    pub(crate) fn cell(&self, position: usize) -> Cell<'a> {
        match self {
            Row::Text(row) => row.cell(position),
            Row::Sheet(row) => row.cell(position),
        }
    }

    /// Whether the cell only repeats the one above, with which it is merged.
    pub(crate) fn is_repeated(&self, position: usize) -> bool {
        matches!(self, Row::Sheet(row) if row.is_repeated(position))
    }

    /// The row's number in the person's program, for sheets.
    pub(crate) fn number(&self) -> Option<u32> {
        match self {
            Row::Text(_) => None,
            Row::Sheet(row) => Some(row.number),
        }
    }

    /// Whether it is a record of JSON or Parquet.
    pub(crate) fn is_record(&self) -> bool {
        matches!(self, Row::Sheet(row) if row.is_record())
    }

    /// The name of a cell, such as `F12`, for sheets.
    pub(crate) fn cell_name(&self, position: u32) -> Option<String> {
        match self {
            Row::Sheet(row) if !row.is_record() => Some(format!("{}{}", column_name(position), row.number)),
            _ => None,
        }
    }

    /// Positions of the first filled cells, at most `count`.
    pub(crate) fn filled(&self, count: usize) -> Vec<usize> {
        match self {
            Row::Text(row) => (0..row.width()).filter(|&at| row.is_filled(at)).take(count).collect(),
            Row::Sheet(row) => row.columns().filter(|&at| !row.cell(at).is_blank()).take(count).collect(),
        }
    }

    /// Merged regions that begin in this row.
    pub(crate) fn merges(&self) -> &'a [Merge] {
        match self {
            Row::Text(_) => &[],
            Row::Sheet(row) => row.merges(),
        }
    }
}
