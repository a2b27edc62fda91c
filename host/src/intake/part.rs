//! A file or sheet that is a declared table, and its records on demand.

use super::batch::{Batch, Remark, Unreadable};
use super::cell::{Cell, column_name};
use super::column::Builder;
use super::facts::{self, Fact};
use super::layout::{Carried, Layout, Skipped, Slot, Visit};
use super::recognise::{How, TableMatch};
use super::source::{Mark, Row, Source};
use super::text::{Dialect, EncodingFound};
use crate::manifest::Table;
use serde::Serialize;
use std::borrow::Cow;
use std::ops::ControlFlow;

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
    /// Rows below the header that are no records; blank ones are only counted.
    pub skipped: Vec<Skipped>,
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
    /// Offsets speak of the file's own bytes.
    pub(super) original_bytes: bool,
}

/// Where a record, or a cell of it, stands; for people.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct RecordPlace {
    /// Number of the record within its part, from 1.
    pub record: u64,
    /// Row of the sheet, from 1.
    pub row: Option<u32>,
    /// Physical line of the text, from 1; newlines within quotes count.
    pub line: Option<u64>,
    /// Bytes of the text file: of the cell where one is meant, of the record otherwise; end exclusive.
    pub bytes: Option<(u64, u64)>,
    /// The cell as the person's program names it, such as `F12`.
    pub cell: Option<String>,
    /// The header of the column, as written.
    pub header: Option<String>,
    /// The cell as written.
    pub value: Option<String>,
    /// Every declared column that was found, with its cell as written.
    pub cells: Vec<(u16, String)>,
}

impl Part {
    /// Whether another part is the same rows of the same sheet, cell for cell.
    pub(super) fn is_read_like(&self, other: &Self) -> bool {
        let rows = |part: &Self| (part.records(), part.chunks(), part.unchecked(), part.blank_rows);
        self.sheet == other.sheet
            && self.dialect == other.dialect
            && self.header_rows == other.header_rows
            && self.skipped == other.skipped
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
        let Some(chunk) = self.body.layout.chunks.get(chunk) else { return Batch::default() };
        let records = chunk.records as usize;
        let mut readers: Vec<ColumnReader<'_>> =
            columns.iter().map(|&column| self.reader(column, matched, declared, records)).collect();
        let mut carried = chunk.carried.clone();
        self.body.layout.each(&self.body.source, chunk, &mut |visit| {
            match visit {
                Visit::Section(name, slot) => carried.section(name, slot),
                Visit::Record { number, row, statement, .. } => {
                    let filled = self.carry(&mut carried, row);
                    for reader in &mut readers {
                        reader.take(number, row, statement.zip(self.body.statement), filled);
                    }
                }
            }
            ControlFlow::Continue(())
        });
        let mut batch = Batch { first_record: chunk.first_record, records, ..Batch::default() };
        for reader in readers {
            reader.finish(&mut batch, records);
        }
        batch.unreadable.sort_by_key(|unreadable| unreadable.record);
        batch.remarks.sort_by_key(|remark| remark.record);
        batch
    }

    /// The cells that count in the carried columns of a record.
    fn carry<'c>(&self, carried: &'c mut Carried, row: Row<'_>) -> &'c Carried {
        for (slot, fill) in self.body.fill.iter().enumerate() {
            if let Some(position) = fill.position {
                carried.take(slot, row.cell(position as usize));
            }
        }
        carried
    }

    fn reader<'a>(
        &'a self,
        column: u16,
        matched: &'a TableMatch,
        declared: &'a Table,
        records: usize,
    ) -> ColumnReader<'a> {
        let found = matched.columns.get(usize::from(column)).and_then(Option::as_ref);
        let slot = found.and_then(|found| found.slot);
        let from = match found.map(|found| (&found.how, found.position)) {
            None => From::Nowhere,
            Some((How::Fact(name), _)) => {
                let value = facts::value(&self.facts, name).unwrap_or_default();
                From::Fact(Cell::from_text(Cow::Borrowed(value)), slot)
            }
            Some((_, Some(position))) => {
                slot.map_or(From::Position(position), |slot| From::Carried(slot, Some(position)))
            }
            Some((_, None)) => slot.map_or(From::Nowhere, |slot| From::Carried(slot, None)),
        };
        let builder = Builder::new(declared.column(column), found, records);
        ColumnReader { column, from, builder, unreadable: Vec::new(), remarks: Vec::new() }
    }

    /// Where a record stands, and its cells as written.
    #[must_use]
    pub fn place(&self, record: u64, matched: &TableMatch, column: Option<u16>) -> RecordPlace {
        let mut place = RecordPlace { record, ..RecordPlace::default() };
        let Some(chunk) = self.body.layout.around(&self.body.source, record) else { return place };
        let position = column.and_then(|column| position_of(matched, column));
        let column_match = column.and_then(|column| matched.columns.get(usize::from(column))?.as_ref());
        place.header = column_match.map(|found| found.header.clone()).filter(|header| !header.is_empty());
        let mut carried = chunk.carried.clone();
        self.body.layout.each(&self.body.source, &chunk, &mut |visit| {
            let (number, mark, row, statement) = match visit {
                Visit::Section(name, slot) => {
                    carried.section(name, slot);
                    return ControlFlow::Continue(());
                }
                Visit::Record { number, mark, row, statement } => (number, mark, row, statement),
            };
            self.carry(&mut carried, row);
            if number < record {
                return ControlFlow::Continue(());
            }
            let position = if position == self.body.statement { statement.or(position) } else { position };
            place.row = row.number().filter(|_| !self.body.source.is_records());
            if let Some(written) = self.body.source.written(mark).filter(|written| written.line > 0) {
                place.line = Some(written.line);
                place.bytes = self.body.original_bytes.then_some(written.bytes);
            }
            if self.body.source.is_text() {
                place.line = Some(chunk.line + self.body.source.lines_between(chunk.start, mark));
            }
            place.bytes = place.bytes.or_else(|| self.bytes(mark, row, position));
            place.cell = position.and_then(|position| row.cell_name(position));
            place.cells = self.cells(matched, row, statement, &carried);
            ControlFlow::Break(())
        });
        place.value = column
            .and_then(|column| place.cells.iter().find(|(at, _)| *at == column))
            .map(|(_, text)| text.clone());
        place
    }

    fn bytes(&self, mark: Mark, row: Row<'_>, position: Option<u32>) -> Option<(u64, u64)> {
        let Row::Text(text) = row else { return None };
        if !self.body.original_bytes {
            return None;
        }
        let last =
            text.width().checked_sub(1).and_then(|last| text.field_within(last)).map_or(0, |(_, end)| end);
        let range = position.map_or(Some((0, last)), |position| text.field_within(position as usize));
        range.map(|(start, end)| (mark.offset + start, mark.offset + end))
    }

    /// Cells of all columns that were found, as a person sees them.
    fn cells(
        &self,
        matched: &TableMatch,
        row: Row<'_>,
        statement: Option<u32>,
        carried: &Carried,
    ) -> Vec<(u16, String)> {
        let shown = |column: usize| {
            let found = matched.columns[column].as_ref()?;
            let carried =
                || found.slot.and_then(|slot| carried.get(slot)).map(|cell| cell.shown().into_owned());
            if let How::Fact(name) = &found.how {
                return carried().or_else(|| facts::value(&self.facts, name).map(str::to_owned));
            }
            let Some(position) = found.position else { return carried() };
            let at = statement.filter(|_| self.body.statement == Some(position)).unwrap_or(position);
            let own = row.cell(at as usize).shown().into_owned();
            if own.is_empty() { Some(carried().unwrap_or(own)) } else { Some(own) }
        };
        (0..matched.columns.len()).filter_map(|column| Some((column as u16, shown(column)?))).collect()
    }
}

fn position_of(matched: &TableMatch, column: u16) -> Option<u32> {
    matched.columns.get(usize::from(column))?.as_ref()?.position
}

/// Where the cells of a column come from.
enum From<'a> {
    /// The file has no such column.
    Nowhere,
    /// The same for every record, unless a section says otherwise.
    Fact(Cell<'a>, Option<usize>),
    /// A column of the file.
    Position(u32),
    /// A column whose blanks take the cell above: slot, and position if it has one.
    Carried(usize, Option<u32>),
}

/// Collects one column of a batch.
struct ColumnReader<'a> {
    column: u16,
    from: From<'a>,
    builder: Builder<'a>,
    unreadable: Vec<Unreadable>,
    remarks: Vec<Remark>,
}

impl ColumnReader<'_> {
    /// Takes the cell of a record. A statement is where it stands, and the position it is to stand for.
    fn take(&mut self, record: u64, row: Row<'_>, statement: Option<(u32, u32)>, carried: &Carried) {
        let read = match (&self.from, statement) {
            (From::Nowhere, _) => return,
            (From::Fact(cell, slot), _) => {
                self.builder.push(slot.and_then(|slot| carried.get(slot)).unwrap_or(cell))
            }
            (From::Position(position), Some((at, stands_for))) if *position == stands_for => {
                self.builder.push(&row.cell(at as usize))
            }
            (From::Position(position), Some((at, _))) if *position == at => self.builder.push(&Cell::Blank),
            (From::Carried(_, position), Some((at, _))) if *position == Some(at) => {
                self.builder.push(&Cell::Blank)
            }
            (From::Position(position), _) => self.builder.push(&row.cell(*position as usize)),
            (From::Carried(slot, _), _) => self.builder.push(carried.get(*slot).unwrap_or(&Cell::Blank)),
        };
        match read {
            Ok(None) => {}
            Ok(Some(doubt)) => {
                let (rule, message, arguments) = doubt.told();
                self.remarks.push(Remark { record, column: self.column, rule, message, arguments });
            }
            Err(why) => self.unreadable.push(Unreadable { record, column: self.column, why }),
        }
    }

    fn finish(self, batch: &mut Batch, records: usize) {
        batch.columns.push(self.builder.finish(records));
        batch.unreadable.extend(self.unreadable);
        batch.remarks.extend(self.remarks);
    }
}
