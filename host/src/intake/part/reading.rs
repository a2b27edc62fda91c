//! The records of a part, chunk by chunk, only the columns that are asked for.

use super::{Body, Part};
use crate::intake::batch::{Batch, Remark, Unreadable, Why};
use crate::intake::cell::Cell;
use crate::intake::column::{Builder, Remembered};
use crate::intake::convert::Doubt;
use crate::intake::facts;
use crate::intake::layout::{Carried, Visit};
use crate::intake::recognise::{How, TableMatch};
use crate::intake::source::{Row, Source};
use crate::intake::text::{Block, Piece, Text};
use crate::manifest::Table;
use std::borrow::Cow;
use std::ops::ControlFlow;

impl Part {
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
        let builder = builder.counting_from(self.body.source.shift());
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
        let mut number = chunk.first_record;
        layout.pieces(source, chunk, &mut |piece| {
            if left == 0 {
                return ControlFlow::Break(());
            }
            let taken = match (piece, source) {
                (Piece::Block(block), Source::Text(text)) => {
                    let block = block.first(usize::try_from(left).unwrap_or(usize::MAX));
                    readers.iter_mut().for_each(|reader| reader.block(number, &block, text));
                    block.records()
                }
                (Piece::Block(_), _) => return ControlFlow::Continue(0),
                (Piece::Row(Visit::Section(name, slot)), _) => {
                    readers.iter_mut().for_each(|reader| reader.section(name, slot));
                    return ControlFlow::Continue(1);
                }
                (Piece::Row(Visit::Record { row, statement, .. }), _) => {
                    let statement = statement.zip(*stands_for);
                    readers.iter_mut().for_each(|reader| reader.take(number, row, statement));
                    1
                }
            };
            (left, number) = (left - taken as u64, number + taken as u64);
            ControlFlow::Continue(taken)
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
            (From::Carried(_) | From::Fact(_), _) => self.carried_or_missing(),
        };
        self.put(record, seen);
    }

    /// Takes the cells of records that follow one another.
    fn block(&mut self, first: u64, block: &Block<'_>, text: &Text) {
        let records = || first..first + block.records() as u64;
        match (&self.from, self.carry) {
            (From::Nowhere, _) => {}
            (From::Position(position), None) => {
                let position = *position as usize;
                let Self { builder, unreadable, remarks, column, .. } = self;
                let mut odd = |at: usize, told| tell(first + at as u64, *column, told, unreadable, remarks);
                builder.extend(block.column(position), |bytes| text.cell(bytes), &mut odd);
            }
            (_, None) => {
                let seen = self.carried_or_missing();
                records().for_each(|record| self.put(record, seen));
            }
            (_, Some(position)) => {
                for (record, bytes) in records().zip(block.column(position as usize)) {
                    let seen = self.builder.recall(bytes, || text.cell(bytes));
                    if !seen.is_nothing {
                        self.carried = Some(seen);
                    }
                    let seen = self.carried_or_missing();
                    self.put(record, seen);
                }
            }
        }
    }

    fn carried_or_missing(&mut self) -> Remembered {
        let missing = self.missing.unwrap_or_else(|| self.blank());
        self.carried.unwrap_or(missing)
    }

    #[inline]
    fn put(&mut self, record: u64, seen: Remembered) {
        let told = self.builder.put(seen);
        if !matches!(told, Ok(None)) {
            tell(record, self.column, told, &mut self.unreadable, &mut self.remarks);
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
            Cell::Text(text) if !matches!(row, Row::Text(_)) => {
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

/// Says of a cell what is to be said.
fn tell(
    record: u64,
    column: u16,
    told: Result<Option<Doubt>, Why>,
    unreadable: &mut Vec<Unreadable>,
    remarks: &mut Vec<Remark>,
) {
    match told {
        Ok(None) => {}
        Ok(Some(doubt)) => {
            let (rule, message, arguments) = doubt.told();
            remarks.push(Remark { record, column, rule, message, arguments });
        }
        Err(why) => unreadable.push(Unreadable { record, column, why }),
    }
}
