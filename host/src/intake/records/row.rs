//! One record as a row of cells; and records that were no text, as bytes of our own that are read back quickly.
//!
//! Such a row is its length, its number, then cells: the column, a byte that says what follows, and that.

use super::{Names, Shape, Trouble, json};
use crate::intake::cell::Cell;
use std::borrow::Cow;
use std::ops::ControlFlow;

/// A record, while it is looked at.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RecordRow<'a> {
    /// In the order of their columns.
    pub(super) cells: &'a [(u32, Cell<'a>)],
    /// Number of the record in its file where it has no line; 0 is the header.
    pub(crate) number: Option<u64>,
    /// Bytes it is written in.
    pub(crate) length: u64,
}

/// Cells by their columns.
pub(super) type Cells<'a> = Vec<(u32, Cell<'a>)>;

/// A record as it is written.
pub(super) enum Written<'p> {
    Json(Cow<'p, str>),
    Row(&'p [u8]),
}

/// Takes a row.
type Take<'t> = &'t mut dyn FnMut(RecordRow<'_>) -> ControlFlow<()>;

impl Written<'_> {
    /// Hands over the cells, if they can be read.
    pub(super) fn cells(
        &self,
        names: &Names,
        shape: Shape,
        lossy: bool,
        take: Take<'_>,
    ) -> Result<ControlFlow<()>, String> {
        let (number, mut cells) = match self {
            Self::Json(text) => (None, json::cells(text, names, shape, lossy)?),
            Self::Row(bytes) => read(bytes).ok_or("a row is cut")?,
        };
        if !cells.is_sorted_by(|one, other| one.0 < other.0) {
            // Of a name that comes twice, the first counts; JSON leaves it open.
            cells.sort_by_key(|(column, _)| *column);
            cells.dedup_by_key(|(column, _)| *column);
        }
        Ok(take(RecordRow { cells: &cells, number, length: 0 }))
    }
}

/// The names of fields as cells.
pub(super) fn header(names: &[String]) -> Cells<'_> {
    let columns = (0_u32..).zip(names);
    columns.map(|(column, name)| (column, Cell::from_text(Cow::Borrowed(name.as_str())))).collect()
}

impl<'a> RecordRow<'a> {
    /// The row of names.
    pub(super) fn header(cells: &'a [(u32, Cell<'a>)]) -> Self {
        Self { cells, number: Some(0), length: 0 }
    }

    /// One more than the last column that has a cell.
    pub(crate) fn width(&self) -> usize {
        self.cells.last().map_or(0, |(column, _)| *column as usize + 1)
    }

    /// The cell at a column, from 0.
    pub(crate) fn cell(&self, column: usize) -> Cell<'a> {
        let here = |(at, _): &&(u32, Cell<'a>)| *at as usize == column;
        let found = self.cells.get(column).filter(here).or_else(|| {
            let at = self.cells.binary_search_by_key(&column, |(at, _)| *at as usize).ok()?;
            self.cells.get(at)
        });
        found.map_or(Cell::Blank, |(_, cell)| cell.borrowed())
    }

    /// Columns that have a cell, in order.
    pub(crate) fn columns(&self) -> impl Iterator<Item = usize> + use<'a> {
        self.cells.iter().map(|(column, _)| *column as usize)
    }
}

/// Writes rows one after the other.
#[derive(Debug, Default)]
pub(super) struct RowWriter {
    bytes: Vec<u8>,
}

const TEXT: u8 = 0;
const NUMBER: u8 = 1;
const SERIAL: u8 = 2;
const YES: u8 = 3;
const NO: u8 = 4;

impl RowWriter {
    /// Begins the row of a record.
    pub(super) fn begin(&mut self, number: u64) {
        self.bytes.clear();
        self.bytes.extend_from_slice(&[0; 4]);
        self.bytes.extend_from_slice(&number.to_le_bytes());
    }

    /// Adds a cell; columns come in order, blank cells not at all.
    pub(super) fn put(&mut self, column: u32, cell: &Cell<'_>) {
        let mut head = |kind: u8| {
            self.bytes.extend_from_slice(&column.to_le_bytes());
            self.bytes.push(kind);
        };
        match cell {
            Cell::Text(text) | Cell::Garbled(text) => {
                head(TEXT);
                self.bytes.extend_from_slice(&(text.len() as u32).to_le_bytes());
                self.bytes.extend_from_slice(text.as_bytes());
            }
            Cell::Number { value, .. } => {
                head(NUMBER);
                self.bytes.extend_from_slice(&value.to_le_bytes());
            }
            Cell::Serial(serial) => {
                head(SERIAL);
                self.bytes.extend_from_slice(&serial.to_le_bytes());
            }
            Cell::Flag(flag) => head(if *flag { YES } else { NO }),
            Cell::Blank | Cell::Fault(_) => {}
        }
    }

    /// The row as bytes.
    pub(super) fn finish(&mut self) -> Result<&[u8], Trouble> {
        let long = |_| Trouble::Damaged("a record is too long".to_owned());
        let length = u32::try_from(self.bytes.len() - 4).map_err(long)?;
        self.bytes[..4].copy_from_slice(&length.to_le_bytes());
        Ok(&self.bytes)
    }
}

/// A row's number and its cells; None if it is no such row.
fn read(bytes: &[u8]) -> Option<(Option<u64>, Cells<'_>)> {
    let mut rest = bytes.get(4..)?;
    let number = u64::from_le_bytes(take(&mut rest)?);
    let mut cells = Vec::new();
    while !rest.is_empty() {
        let column = u32::from_le_bytes(take(&mut rest)?);
        let [kind] = take(&mut rest)?;
        let cell = match kind {
            TEXT => {
                let length = u32::from_le_bytes(take(&mut rest)?) as usize;
                let (text, after) = rest.split_at_checked(length)?;
                rest = after;
                Cell::from_text(Cow::Borrowed(std::str::from_utf8(text).ok()?))
            }
            NUMBER => Cell::Number { value: f64::from_le_bytes(take(&mut rest)?), percent: false },
            SERIAL => Cell::Serial(f64::from_le_bytes(take(&mut rest)?)),
            YES | NO => Cell::Flag(kind == YES),
            _ => return None,
        };
        cells.push((column, cell));
    }
    Some((Some(number), cells))
}

fn take<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (taken, after) = rest.split_first_chunk::<N>()?;
    *rest = after;
    Some(*taken)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_read_back_as_it_was_written() {
        let cells = [
            (0, Cell::Text("甲".into())),
            (2, Cell::Number { value: 0.1, percent: false }),
            (3, Cell::Serial(42_577.0)),
            (9, Cell::Flag(true)),
            (10, Cell::Flag(false)),
        ];
        let mut writer = RowWriter::default();
        writer.begin(7);
        cells.iter().for_each(|(column, cell)| writer.put(*column, cell));
        let bytes = writer.finish().expect("a row").to_vec();
        assert_eq!(read(&bytes), Some((Some(7), cells.to_vec())));
        assert_eq!(read(&bytes[..bytes.len() - 3]), None);
    }
}
