//! Which rows below a header are records, and where chunks of them begin.
//!
//! One pass over the source, keeping no rows: only the rows that are no records, and what was carried down to the
//! first record of each chunk.

mod classify;
mod damage;
mod plain;
mod stacked;

use super::cell::Cell;
use super::sheet::Broken;
use super::source::{Mark, Row, Source};
use classify::{Classifier, Kind};
use serde::Serialize;
use std::ops::ControlFlow;

pub(crate) use classify::{Frame, Slot};
use damage::TOTALS_KEPT;
pub(crate) use damage::{Damaged, Total};

/// Records of a chunk at most.
pub(crate) const CHUNK_RECORDS: u64 = 16_384;

/// Records between two marks.
const STEP: u64 = 128;

/// Rows below the records that are kept to look for facts.
const NOTES_KEPT: usize = 20;

/// Why a row is no record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SkipReason {
    /// Nothing in it.
    Blank,
    /// Names the section that follows, such as 教育部门.
    Section,
    /// 合计, 小计.
    Total,
    /// 注, 说明, signatures.
    Note,
    /// The header once more.
    RepeatedHeader,
    /// The row under a header that numbers its columns.
    ColumnNumbers,
    /// A prepared row with nothing but its number.
    OnlyNumbered,
    /// More or fewer cells than the header; not checked.
    Ragged,
    /// Quotes that do not close where they should; not checked.
    BrokenQuote,
    /// Divided by another delimiter; not checked.
    SecondDelimiter,
    /// Of another table that follows; not checked.
    StackedTable,
    /// Holds zero bytes; not checked.
    EmbeddedNul,
    /// The file ends within it; not checked.
    Truncated,
    /// Stands behind the last record and is none.
    TrailingGarbage,
    /// Of a file of records, and malformed; not checked.
    BrokenRecord,
}

impl SkipReason {
    /// Whether data was left out, so that rules could not judge it.
    #[must_use]
    pub const fn is_damage(self) -> bool {
        use SkipReason::{Blank, ColumnNumbers, Note, OnlyNumbered, RepeatedHeader, Section, Total};
        !matches!(self, Blank | Section | Total | Note | RepeatedHeader | ColumnNumbers | OnlyNumbered)
    }
}

/// A row that is no record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Skipped {
    /// Row of the sheet or physical line of the text, from 1.
    pub row: u64,
    /// Why.
    pub reason: SkipReason,
    /// Its first cell, shortened.
    pub text: String,
}

/// What one pass over the rows found.
#[derive(Debug, Default)]
pub(crate) struct Layout {
    pub(crate) records: u64,
    pub(crate) chunks: Vec<Chunk>,
    /// Every [`STEP`]th record, so that one can be found without reading its whole chunk.
    steps: Vec<Mark>,
    /// Rows that are no records, by index.
    skips: Vec<Skip>,
    /// Rows of one sentence that is read as the record's first required text, by index.
    statements: Vec<(u64, u32)>,
    /// For people; blank rows are only counted.
    pub(crate) skipped: Vec<Skipped>,
    pub(crate) blank_rows: u64,
    /// Rows that are damaged, with what is to be said of them.
    pub(crate) damaged: Vec<Damaged>,
    /// Per carried column: whether the name of a section ever stood for it.
    pub(crate) supplied: Vec<bool>,
    /// Rows of totals, the first of them.
    pub(crate) totals: Vec<Total>,
    /// Records above each section and total: where sums may begin or end.
    pub(crate) breaks: Vec<u64>,
    /// The first rows below the records.
    pub(crate) notes: Vec<Vec<String>>,
}

/// Records that are read together.
#[derive(Clone, Debug)]
pub(crate) struct Chunk {
    pub(crate) start: Mark,
    pub(crate) end: Mark,
    /// From 1.
    pub(crate) first_record: u64,
    pub(crate) records: u64,
    pub(crate) carried: Carried,
}

/// A row that is no record, for reading.
#[derive(Clone, Debug)]
struct Skip {
    /// The first and the last of a stretch.
    index: u64,
    last: u64,
    /// The section it names, and the carried column it stands for.
    section: Option<(Box<str>, usize)>,
}

/// Cells carried down columns that are written once for several records.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Carried {
    cells: Vec<Option<Cell<'static>>>,
}

impl Carried {
    /// For so many columns.
    pub(crate) fn new(columns: usize) -> Self {
        Self { cells: vec![None; columns] }
    }

    /// Takes the cell of a column of the next record.
    pub(crate) fn take(&mut self, slot: usize, cell: Cell<'_>) {
        if let Some(carried) = self.cells.get_mut(slot)
            && !cell.is_nothing()
            && carried.as_ref() != Some(&cell)
        {
            *carried = Some(cell.into_owned());
        }
    }

    /// What counts in a column of the record last taken.
    pub(crate) fn get(&self, slot: usize) -> Option<&Cell<'static>> {
        self.cells.get(slot)?.as_ref()
    }

    /// A section begins: nothing is carried into it but its own name, in one column.
    pub(crate) fn section(&mut self, name: &str, slot: usize) {
        self.cells.fill(None);
        if let Some(cell) = self.cells.get_mut(slot) {
            *cell = Some(Cell::Text(name.to_owned().into()));
        }
    }
}

/// A row while a chunk is read.
pub(crate) enum Visit<'r, 'a> {
    /// A section begins.
    Section(&'r str, usize),
    /// A record; a statement stands in the column at this position whatever the header says.
    Record { number: u64, mark: Mark, row: Row<'a>, statement: Option<u32> },
}

impl Layout {
    /// Goes over all rows below the header.
    pub(crate) fn new(source: &Source, frame: Frame) -> Self {
        let mut pass = Pass::new(source, frame);
        let start = pass.layout.chunks[0].start;
        let end = source.each(start, None, &mut |mark, row| {
            pass.row(mark, row);
            ControlFlow::Continue(())
        });
        pass.finish(end)
    }

    /// Few records with a given one among them, as a chunk of their own into which nothing is carried, and the chunk
    /// they are of.
    pub(crate) fn around(&self, record: u64) -> Option<(Chunk, &Chunk)> {
        let nth = usize::try_from(record.checked_sub(1)? / STEP).ok()?;
        let step = self.steps.get(nth).filter(|_| record <= self.records)?;
        let chunk = self.chunks.partition_point(|chunk| chunk.first_record <= record);
        let few = Chunk {
            start: *step,
            end: *self.steps.get(nth + 1)?,
            first_record: nth as u64 * STEP + 1,
            records: STEP,
            carried: Carried::default(),
        };
        Some((few, self.chunks.get(chunk.checked_sub(1)?)?))
    }

    /// Visits the records of a chunk, and the sections between them.
    pub(crate) fn each(
        &self,
        source: &Source,
        chunk: &Chunk,
        visit: &mut dyn FnMut(Visit<'_, '_>) -> ControlFlow<()>,
    ) {
        let before = self.skips.partition_point(|skip| skip.last < chunk.start.index);
        let mut skips = self.skips[before..].iter().peekable();
        let mut number = chunk.first_record;
        source.each(chunk.start, Some(chunk.end), &mut |mark, row| {
            if let Some(skip) = skips.peek().filter(|skip| skip.index <= mark.index).copied() {
                skips.next_if(|skip| skip.last == mark.index);
                let section = skip.section.as_ref();
                return section
                    .map_or(ControlFlow::Continue(()), |(name, slot)| visit(Visit::Section(name, *slot)));
            }
            let statement = match &self.statements[..] {
                [] => None,
                known => known.binary_search_by_key(&mark.index, |(index, _)| *index).ok(),
            };
            let statement = statement.map(|at| self.statements[at].1);
            number += 1;
            visit(Visit::Record { number: number - 1, mark, row, statement })
        });
    }

    /// Adds records of JSON or Parquet that could not be read.
    pub(crate) fn take_broken(&mut self, broken: &[Broken]) {
        self.damaged.extend(broken.iter().map(|broken| Damaged {
            why: broken.why.clone(),
            ..Damaged::at(broken.line, broken.offset, SkipReason::BrokenRecord, broken.text.clone())
        }));
    }

    /// Rows left out because they are damaged.
    pub(crate) fn unchecked(&self) -> u64 {
        self.damaged.len() as u64
    }
}

/// The pass while it runs.
struct Pass<'a> {
    source: &'a Source,
    classifier: Classifier,
    layout: Layout,
    carried: Carried,
    /// Per carried column: bytes of the cell that is to be taken when somebody asks.
    pending: Vec<Vec<u8>>,
    /// Bytes of a chunk, about.
    chunk_bytes: u64,
    /// Rows may be told from their bytes.
    quick: bool,
}

impl<'a> Pass<'a> {
    fn new(source: &'a Source, frame: Frame) -> Self {
        let carried = Carried::new(frame.fill.len());
        let start = frame.start;
        let chunk = Chunk { start, end: start, first_record: 1, records: 0, carried: carried.clone() };
        let supplied = vec![false; frame.fill.len()];
        let layout = Layout { chunks: vec![chunk], supplied, ..Layout::default() };
        let manner = source.manner();
        Self {
            source,
            pending: vec![Vec::new(); frame.fill.len()],
            quick: !manner.plain,
            chunk_bytes: manner.chunk,
            classifier: Classifier::new(frame),
            layout,
            carried,
        }
    }

    fn row(&mut self, mark: Mark, row: Row<'_>) {
        if self.quick
            && let Row::Text(text) = row
            && self.classifier.is_plain(&text)
        {
            return self.record(mark, row);
        }
        let kind = self.classifier.classify(row);
        match kind {
            Kind::Record => self.record(mark, row),
            Kind::Statement(position) => {
                self.layout.statements.push((mark.index, position));
                self.record(mark, row);
            }
            Kind::Skip(reason) => self.skip(mark, row, reason),
        }
    }

    fn record(&mut self, mark: Mark, row: Row<'_>) {
        let chunk = self.layout.chunks.last();
        let full = chunk.is_some_and(|chunk| {
            chunk.records >= CHUNK_RECORDS
                || (chunk.records > 0 && mark.offset - chunk.start.offset >= self.chunk_bytes)
        });
        if full {
            self.cut(mark);
        }
        if self.layout.records.is_multiple_of(STEP) {
            self.layout.steps.push(mark);
        }
        for slot in 0..self.classifier.frame.fill.len() {
            if let Some(position) = self.classifier.frame.fill[slot].position {
                self.carry(slot, row, position as usize);
            }
        }
        self.layout.records += 1;
        if let Some(chunk) = self.layout.chunks.last_mut() {
            chunk.records += 1;
        }
    }

    /// Takes the cell of a carried column; one that surely says something is only looked at when somebody asks.
    fn carry(&mut self, slot: usize, row: Row<'_>, position: usize) {
        let pending = &mut self.pending[slot];
        if self.quick
            && let Row::Text(text) = row
            && let Some(bytes) = text.bytes_of(position)
            && bytes.iter().any(u8::is_ascii_digit)
        {
            pending.clear();
            pending.extend_from_slice(bytes);
            return;
        }
        self.settle(slot);
        self.carried.take(slot, row.cell(position));
    }

    fn settle(&mut self, slot: usize) {
        let pending = std::mem::take(&mut self.pending[slot]);
        if let (false, Source::Text(text)) = (pending.is_empty(), self.source) {
            self.carried.take(slot, text.cell(&pending));
        }
    }

    /// What is carried into the next record.
    fn carried(&mut self) -> Carried {
        (0..self.pending.len()).for_each(|slot| self.settle(slot));
        self.carried.clone()
    }

    /// Begins a new chunk before this row.
    fn cut(&mut self, mark: Mark) {
        let first_record = self.layout.records + 1;
        if let Some(chunk) = self.layout.chunks.last_mut() {
            chunk.end = mark;
        }
        let carried = self.carried();
        self.layout.chunks.push(Chunk { start: mark, end: mark, first_record, records: 0, carried });
    }

    fn skip(&mut self, mark: Mark, row: Row<'_>, reason: SkipReason) {
        let mut section = None;
        if reason == SkipReason::Blank {
            self.layout.blank_rows += 1;
        } else {
            let filled = row.filled(1).first().copied();
            let text = filled.map_or_else(String::new, |at| row.cell(at).shown().into_owned());
            if reason == SkipReason::Section {
                let name = classify::section_name(&text);
                let slot = self.classifier.frame.slot_of(name, filled);
                self.pending.iter_mut().for_each(Vec::clear);
                self.carried.section(name, slot);
                if let Some(supplied) = self.layout.supplied.get_mut(slot) {
                    *supplied = true;
                }
                section = Some((name.into(), slot));
            }
            if matches!(reason, SkipReason::Section | SkipReason::Total) {
                self.layout.breaks.push(self.layout.records);
            }
            if reason == SkipReason::Total && self.layout.totals.len() < TOTALS_KEPT {
                let matched = self.classifier.frame.matched.iter();
                let cells = matched.map(|&at| (at, row.cell(at as usize).into_owned())).collect();
                let row = row.number().map_or(1 + mark.lines, u64::from);
                self.layout.totals.push(Total {
                    row,
                    above: self.layout.records,
                    label: text.clone(),
                    cells,
                });
            }
            if reason == SkipReason::Note && self.layout.notes.len() < NOTES_KEPT {
                let cells = (0..row.width().min(64)).map(|at| row.cell(at).shown().into_owned());
                self.layout.notes.push(cells.collect());
            }
            let number = row.number().map_or(1 + mark.lines, u64::from);
            if reason.is_damage() {
                self.damaged(mark, row, reason, number);
            }
            self.layout.skipped.push(Skipped { row: number, reason, text: text.chars().take(40).collect() });
        }
        match self.layout.skips.last_mut() {
            Some(skip) if section.is_none() && skip.section.is_none() && skip.last + 1 == mark.index => {
                skip.last = mark.index;
            }
            _ => self.layout.skips.push(Skip { index: mark.index, last: mark.index, section }),
        }
    }

    fn damaged(&mut self, mark: Mark, row: Row<'_>, reason: SkipReason, line: u64) {
        self.layout.damaged.push(Damaged::of_row(mark, row, reason, line, self.classifier.frame.width));
    }

    fn finish(mut self, end: Mark) -> Layout {
        if let Some(chunk) = self.layout.chunks.last_mut() {
            chunk.end = end;
        }
        self.layout.chunks.retain(|chunk| chunk.records > 0);
        damage::tell_apart(&mut self.layout.damaged, &mut self.layout.skipped, end.index);
        self.layout.steps.push(end); // where the last ones end
        self.layout
    }
}
