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
use super::text::Flaw;
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
    /// Rows that are no records, by index.
    skips: Vec<Skip>,
    /// Rows of one sentence that is read as the record's first required text, by index.
    statements: Vec<(u64, u32)>,
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

/// A row that is no record, for reading.
#[derive(Clone, Debug)]
struct Skip {
    /// The first and the last of a stretch.
    index: u64,
    last: u64,
    /// The section it names, and the carried column it stands for.
    section: Option<(Box<str>, usize)>,
}

/// A row while a chunk is read.
pub(crate) enum Visit<'r, 'a> {
    /// A section begins.
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
        self.damaged.rows + self.broken
    }
}
