//! Which rows below a header are records, and where chunks of them begin.
//!
//! One pass over the source, keeping no rows: only the rows that are no records, and what was carried down to the
//! first record of each chunk.

mod carried;
mod classify;
mod damage;
mod kept;
mod pass;
mod plain;
mod stacked;

use super::records::{BrokenAt, Records};
use super::source::{Mark, Row, Source};
use super::text::{Flaw, Piece, Taken};
use roaring::RoaringTreemap;
use serde::Serialize;
use std::collections::BTreeMap;
use std::ops::ControlFlow;

pub(crate) use carried::Carried;
pub(crate) use classify::{Frame, Slot};
pub(crate) use damage::{Damaged, Total};
use kept::DamageKept;
pub(crate) use kept::{LISTED, SkippedKept};

/// Records of a chunk at most.
pub(crate) const CHUNK_RECORDS: u64 = 16_384;

/// Records between two marks.
const STEP: u64 = 128;

/// Why a row is no record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
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
    steps: Vec<Step>,
    /// Rows that are no records.
    left_out: RoaringTreemap,
    /// Those of them that name a section, by the carried column it stands for.
    sections: Marked<usize>,
    /// Rows of one sentence, by the position of the record's first required text, as which it is read.
    statements: Marked<u32>,
    /// For people; blank rows are only counted.
    pub(crate) skipped: SkippedKept,
    pub(crate) blank_rows: u64,
    /// Rows that are damaged, with what is to be said of them.
    pub(crate) damaged: DamageKept,
    /// Records of JSON or Parquet that cannot be read.
    broken: u64,
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
    /// Physical line of the first row, from 1; texts only.
    pub(crate) line: u64,
    pub(crate) carried: Carried,
}

/// A record that is found at once.
#[derive(Clone, Debug)]
struct Step {
    mark: Mark,
    /// Physical line, from 1; texts only.
    line: u64,
}

/// Sets of rows, by what is to be known of them: a bit a row at most, however they alternate with others.
#[derive(Debug)]
struct Marked<K>(Vec<(K, RoaringTreemap)>);

impl<K> Default for Marked<K> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<K: Copy + PartialEq> Marked<K> {
    fn put(&mut self, key: K, row: u64) {
        let at = self.0.iter().position(|(known, _)| *known == key).unwrap_or_else(|| {
            self.0.push((key, RoaringTreemap::new()));
            self.0.len() - 1
        });
        self.0[at].1.insert(row);
    }

    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn get(&self, row: u64) -> Option<K> {
        self.0.iter().find(|(_, rows)| rows.contains(row)).map(|(key, _)| *key)
    }
}

/// A row while a chunk is read.
pub(crate) enum Visit<'r, 'a> {
    /// A section of this name begins; it stands for this carried column.
    Section(&'r str, usize),
    /// A record; a statement stands in the column at this position whatever the header says.
    Record { number: u64, mark: Mark, row: Row<'a>, statement: Option<u32> },
}

impl Layout {
    /// Few records with a given one among them, as a chunk of their own into which nothing is carried, and the chunk
    /// they are of.
    pub(crate) fn around(&self, record: u64) -> Option<(Chunk, &Chunk)> {
        let nth = usize::try_from(record.checked_sub(1)? / STEP).ok()?;
        let step = self.steps.get(nth).filter(|_| record <= self.records)?;
        let chunk = self.chunks.partition_point(|chunk| chunk.first_record <= record);
        let few = Chunk {
            start: step.mark,
            end: self.steps.get(nth + 1)?.mark,
            first_record: nth as u64 * STEP + 1,
            records: STEP,
            line: step.line,
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
        self.pieces(source, chunk, &mut |piece| match piece {
            Piece::Block(_) => ControlFlow::Continue(0),
            Piece::Row(row) => visit(row).map_continue(|()| 1),
        });
    }

    /// The same, many records at once where nothing stands between them.
    pub(crate) fn pieces(
        &self,
        source: &Source,
        chunk: &Chunk,
        visit: &mut dyn FnMut(Piece<'_, Visit<'_, '_>>) -> Taken,
    ) {
        let mut number = chunk.first_record;
        source.pieces(chunk.start, Some(chunk.end), &mut |mark, piece| match piece {
            Piece::Block(block) => {
                let records = self.records_from(mark.index, block.records());
                if records == 0 {
                    return ControlFlow::Continue(0);
                }
                let taken = visit(Piece::Block(block.first(records)));
                number += taken.continue_value().unwrap_or(0) as u64;
                taken
            }
            Piece::Row(row) if self.left_out.contains(mark.index) => {
                let Some(slot) = self.sections.get(mark.index) else { return ControlFlow::Continue(1) };
                visit(Piece::Row(Visit::Section(classify::section_name(&row.first_text()), slot)))
            }
            Piece::Row(row) => {
                let statement = self.statements.get(mark.index);
                number += 1;
                visit(Piece::Row(Visit::Record { number: number - 1, mark, row, statement }))
            }
        });
    }

    /// How many of so many rows, from one on, are records like any other.
    fn records_from(&self, row: u64, rows: usize) -> usize {
        let all = row..row + rows as u64;
        if self.statements.is_empty() && self.left_out.range_cardinality(all.clone()) == 0 {
            return rows;
        }
        let is_record = |row: &u64| !self.left_out.contains(*row) && self.statements.get(*row).is_none();
        all.take_while(is_record).count()
    }

    /// Adds records of JSON or Parquet that could not be read.
    pub(crate) fn take_broken(&mut self, records: &Records) {
        let (told, all) = records.broken();
        self.broken = all;
        self.damaged.told.extend(told.iter().map(|broken| {
            let (line, offset, group) = match broken.at {
                BrokenAt::Line(line, offset) => (line, offset, None),
                BrokenAt::Group(group, first, records) => (0, 0, Some((group, first, records))),
            };
            let text = broken.text.clone();
            Damaged {
                why: broken.why.clone(),
                flaw: broken.too_long.then_some(Flaw::TooLong),
                group,
                ..Damaged::at(line, offset, SkipReason::BrokenRecord, text)
            }
        }));
        let told = told.len() as u64;
        let alike = |broken: &&Damaged| broken.reason == SkipReason::BrokenRecord;
        if let Some(last) = self.damaged.told.last().filter(alike).filter(|last| last.group.is_none()) {
            self.damaged.more.insert(last.likeness(), all - told);
        }
    }

    /// Rows left out because they are damaged.
    pub(crate) fn unchecked(&self) -> u64 {
        self.damaged.rows.saturating_add(self.broken)
    }
}
