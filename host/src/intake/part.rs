//! A file or sheet that is a declared table, and its records on demand.

use super::batch::{Batch, Remark, Unreadable};
use super::cell::{Cell, column_name};
use super::column::{Builder, Remembered};
use super::facts::{self, Fact};
use super::layout::{Carried, Chunk, Layout, Skipped, Slot, Visit};
use super::recognise::{How, TableMatch};
use super::source::{Mark, Row, Source};
use super::text::{Dialect, EncodingFound};
use crate::manifest::{Table, Text};
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
        self.reading(matched, declared, columns).read(chunk)
    }

    /// Reads these columns of one chunk after the other.
    #[must_use]
    pub fn reading<'a>(
        &'a self,
        matched: &'a TableMatch,
        declared: &'a Table,
        columns: &[u16],
    ) -> Reading<'a> {
        let readers = columns.iter().map(|&column| self.reader(column, matched, declared)).collect();
        Reading { part: self, readers }
    }

    /// What went wrong with its file since it was looked at.
    #[must_use]
    pub fn fault(&self) -> Option<Text> {
        match &self.body.source {
            Source::Text(text) => text.fault(),
            Source::Sheet(_) => None,
        }
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

    fn reader<'a>(&'a self, column: u16, matched: &'a TableMatch, declared: &'a Table) -> ColumnReader<'a> {
        let found = matched.columns.get(usize::from(column)).and_then(Option::as_ref);
        let slot = found.and_then(|found| found.slot);
        let from = match found.map(|found| (&found.how, found.position)) {
            None => From::Nowhere,
            Some((How::Fact(name), _)) => {
                let value = facts::value(&self.facts, name).unwrap_or_default();
                From::Fact(Cell::from_text(Cow::Borrowed(value)))
            }
            Some((_, Some(position))) => {
                slot.map_or(From::Position(position), |_| From::Carried(Some(position)))
            }
            Some((_, None)) => slot.map_or(From::Nowhere, |_| From::Carried(None)),
        };
        let builder = Builder::new(declared.column(column), found, self.body.source.manner().plain);
        let carry = slot.and_then(|slot| self.body.fill.get(slot)?.position);
        let (carried, missing) = (None, None);
        ColumnReader {
            column,
            from,
            slot,
            carry,
            carried,
            missing,
            builder,
            unreadable: Vec::new(),
            remarks: Vec::new(),
        }
    }

    /// Where a record stands, and its cells as written.
    #[must_use]
    pub fn place(&self, record: u64, matched: &TableMatch, column: Option<u16>) -> RecordPlace {
        let mut place = RecordPlace { record, ..RecordPlace::default() };
        let Some((few, chunk)) = self.body.layout.around(record) else { return place };
        let column_match = column.and_then(|column| matched.columns.get(usize::from(column))?.as_ref());
        place.header = column_match.map(|found| found.header.clone()).filter(|header| !header.is_empty());
        // Where the record itself says all that is carried, what stands above it need not be read.
        if !self.place_within(&few, false, matched, column, &mut place) {
            self.place_within(chunk, true, matched, column, &mut place);
        }
        place.value = column
            .and_then(|column| place.cells.iter().find(|(at, _)| *at == column))
            .map(|(_, text)| text.clone());
        place
    }

    /// Finds a record in a chunk; false where it hangs on what is carried down to it, and that is not known.
    fn place_within(
        &self,
        chunk: &Chunk,
        is_whole: bool,
        matched: &TableMatch,
        column: Option<u16>,
        place: &mut RecordPlace,
    ) -> bool {
        let position = column.and_then(|column| position_of(matched, column));
        let mut carried = if is_whole { chunk.carried.clone() } else { Carried::new(self.body.fill.len()) };
        let (wanted, mut known) = (place.record, true);
        self.body.layout.each(&self.body.source, chunk, &mut |visit| {
            let (number, mark, row, statement) = match visit {
                Visit::Section(name, slot) => {
                    if is_whole {
                        carried.section(name, slot);
                    }
                    return ControlFlow::Continue(());
                }
                Visit::Record { number, mark, row, statement } => (number, mark, row, statement),
            };
            if is_whole || number == wanted {
                self.carry(&mut carried, row);
            }
            if number < wanted {
                return ControlFlow::Continue(());
            }
            known = is_whole || (0..self.body.fill.len()).all(|slot| carried.get(slot).is_some());
            if known {
                self.tell(place, (mark, row, statement), position);
                place.cells = self.cells(matched, row, statement, &carried);
            }
            ControlFlow::Break(())
        });
        known
    }

    /// Where a row stands.
    fn tell(
        &self,
        place: &mut RecordPlace,
        (mark, row, statement): (Mark, Row<'_>, Option<u32>),
        position: Option<u32>,
    ) {
        let position = if position == self.body.statement { statement.or(position) } else { position };
        place.row = row.number().filter(|_| !self.body.source.is_records());
        if let Some(written) = self.body.source.written(mark).filter(|written| written.line > 0) {
            place.line = Some(written.line);
            place.bytes = self.body.original_bytes.then_some(written.bytes);
        }
        if self.body.source.is_text() {
            place.line = Some(mark.lines + 1);
        }
        place.bytes = place.bytes.or_else(|| self.bytes(mark, row, position));
        place.cell = position.and_then(|position| row.cell_name(position));
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

/// Reads chunks of a part; what is learnt of one makes the next go faster.
pub struct Reading<'a> {
    part: &'a Part,
    readers: Vec<ColumnReader<'a>>,
}

impl Reading<'_> {
    /// Whether it reads this part.
    #[must_use]
    pub fn is_of(&self, part: &Part) -> bool {
        std::ptr::eq(self.part, part)
    }

    /// The records of a chunk.
    #[must_use]
    pub fn read(&mut self, chunk: usize) -> Batch {
        let Body { source, layout, statement: stands_for, .. } = &self.part.body;
        let Some(chunk) = layout.chunks.get(chunk) else { return Batch::default() };
        let (mut left, readers) = (chunk.records, &mut self.readers);
        readers.iter_mut().for_each(|reader| reader.begin(&chunk.carried));
        layout.each(source, chunk, &mut |visit| {
            match visit {
                Visit::Section(name, slot) => {
                    readers.iter_mut().for_each(|reader| reader.section(name, slot));
                }
                Visit::Record { number, row, statement, .. } if left > 0 => {
                    left -= 1;
                    let statement = statement.zip(*stands_for);
                    readers.iter_mut().for_each(|reader| reader.take(number, row, statement));
                }
                Visit::Record { .. } => return ControlFlow::Break(()),
            }
            ControlFlow::Continue(())
        });
        let records = chunk.records as usize;
        let mut batch = Batch { first_record: chunk.first_record, records, ..Batch::default() };
        for reader in readers {
            // A file that became shorter: the run says so, and nothing found in it counts.
            (0..left).for_each(|_| reader.miss());
            reader.finish(&mut batch, records);
        }
        batch.unreadable.sort_by_key(|unreadable| unreadable.record);
        batch.remarks.sort_by_key(|remark| remark.record);
        batch
    }
}

/// Where the cells of a column come from.
enum From<'a> {
    /// The file has no such column.
    Nowhere,
    /// The same for every record, unless a section says otherwise.
    Fact(Cell<'a>),
    /// A column of the file.
    Position(u32),
    /// A column that is written once for several records, or a section's name where there is no such column.
    Carried(Option<u32>),
}

/// Reads one column.
struct ColumnReader<'a> {
    column: u16,
    from: From<'a>,
    /// Which carried column it is, and the position that column is taken from.
    slot: Option<usize>,
    carry: Option<u32>,
    /// What is carried down to the next record.
    carried: Option<Remembered>,
    /// What stands where nothing is carried: the fact, or a blank.
    missing: Option<Remembered>,
    builder: Builder<'a>,
    unreadable: Vec<Unreadable>,
    remarks: Vec<Remark>,
}

impl ColumnReader<'_> {
    /// A chunk begins; these cells are carried into it.
    fn begin(&mut self, carried: &Carried) {
        let cell = self.slot.and_then(|slot| carried.get(slot));
        self.carried = cell.map(|cell| self.builder.look(cell));
        self.missing = Some(match &self.from {
            From::Fact(cell) => self.builder.look(cell),
            _ => self.builder.look(&Cell::Blank),
        });
    }

    /// Nothing is carried into a section but its name, in one column.
    fn section(&mut self, name: &str, slot: usize) {
        let own = self.slot == Some(slot);
        self.carried = own.then(|| self.builder.look(&Cell::Text(Cow::Borrowed(name))));
    }

    /// Takes the cell of a record. A statement is where it stands, and the position it is to stand for.
    #[inline]
    fn take(&mut self, record: u64, row: Row<'_>, statement: Option<(u32, u32)>) {
        if let Some(position) = self.carry {
            let seen = self.seen(row, position);
            if !seen.is_nothing {
                self.carried = Some(seen);
            }
        }
        let seen = match (&self.from, statement) {
            (From::Nowhere, _) => return,
            (From::Position(position), None) => self.seen(row, *position),
            (From::Position(position), Some((at, stands_for))) if *position == stands_for => {
                self.seen(row, at)
            }
            (From::Position(position), Some((at, _))) if *position != at => self.seen(row, *position),
            (From::Carried(position), Some((at, _))) if *position == Some(at) => self.blank(),
            (From::Position(_), Some(_)) => self.blank(),
            (From::Carried(_) | From::Fact(_), _) => {
                let missing = self.missing.unwrap_or_else(|| self.blank());
                self.carried.unwrap_or(missing)
            }
        };
        self.put(record, seen);
    }

    #[inline]
    fn put(&mut self, record: u64, seen: Remembered) {
        match self.builder.put(seen) {
            Ok(None) => {}
            Ok(Some(doubt)) => {
                let (rule, message, arguments) = doubt.told();
                self.remarks.push(Remark { record, column: self.column, rule, message, arguments });
            }
            Err(why) => self.unreadable.push(Unreadable { record, column: self.column, why }),
        }
    }

    /// What stands in a row.
    #[inline]
    fn seen(&mut self, row: Row<'_>, position: u32) -> Remembered {
        let position = position as usize;
        if let Row::Text(text) = row
            && let Some(bytes) = text.bytes_of(position)
        {
            return self.builder.recall(bytes, || text.cell(position));
        }
        match row.cell(position) {
            Cell::Text(text) if matches!(row, Row::Sheet(_)) => {
                self.builder.recall(text.as_bytes(), || Cell::Text(Cow::Borrowed(&text)))
            }
            cell => self.builder.look(&cell),
        }
    }

    fn blank(&mut self) -> Remembered {
        self.builder.look(&Cell::Blank)
    }

    /// A record that is no longer there.
    fn miss(&mut self) {
        let blank = self.blank();
        self.put(0, blank);
    }

    fn finish(&mut self, batch: &mut Batch, records: usize) {
        batch.columns.push(self.builder.finish(records));
        batch.unreadable.append(&mut self.unreadable);
        batch.remarks.append(&mut self.remarks);
    }
}
