//! The one pass over the rows below a header that makes a layout of them.

use super::classify::{self, Classifier, Kind};
use super::damage::{BREAKS_KEPT, TOTALS_KEPT};
use super::{CHUNK_RECORDS, Carried, Chunk, Damaged, Frame, Layout, STEP, SkipReason, Skipped, Step, Total};
use crate::intake::source::{Mark, Row, Source};
use crate::intake::text::{Block, Piece, Text};
use std::ops::{ControlFlow, Range};

/// Rows below the records that are kept to look for facts.
const NOTES_KEPT: usize = 20;

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
    /// The last mark whose line is known, and that line.
    known: (Mark, u64),
}

impl Layout {
    /// Goes over all rows below the header.
    pub(crate) fn new(source: &Source, frame: Frame) -> Self {
        let mut pass = Pass::new(source, frame);
        let start = pass.layout.chunks[0].start;
        let end = source.pieces(start, None, &mut |mark, piece| {
            ControlFlow::Continue(match piece {
                Piece::Block(block) => pass.block(mark, &block),
                Piece::Row(row) => {
                    pass.row(mark, row);
                    1
                }
            })
        });
        pass.finish(end)
    }
}

impl<'a> Pass<'a> {
    fn new(source: &'a Source, frame: Frame) -> Self {
        let carried = Carried::new(frame.fill.len());
        let first = source.first();
        let start = frame.start;
        let line = 1 + source.lines_between(first, start);
        let chunk = Chunk { start, end: start, first_record: 1, records: 0, line, carried: carried.clone() };
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
            known: (start, line),
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
                self.layout.statements.put(position, mark.index);
                self.record(mark, row);
            }
            Kind::Skip(reason) => self.skip(mark, row, reason),
        }
    }

    /// Takes the records that a block begins with; how many they are.
    fn block(&mut self, mark: Mark, block: &Block<'_>) -> usize {
        let Source::Text(text) = self.source else { return 0 };
        let plain = self.classifier.plain_rows(block, text);
        let mut carried = 0;
        for record in 0..plain {
            let mark = mark.after(block, record);
            if self.is_full(mark) {
                self.carry_block(block, carried..record, text);
                carried = record;
            }
            self.count(mark);
        }
        self.carry_block(block, carried..plain, text);
        plain
    }

    fn record(&mut self, mark: Mark, row: Row<'_>) {
        self.count(mark);
        for slot in 0..self.classifier.frame.fill.len() {
            if let Some(position) = self.classifier.frame.fill[slot].position {
                self.carry(slot, row, position as usize);
            }
        }
    }

    /// Counts a record that begins here.
    #[inline]
    fn count(&mut self, mark: Mark) {
        if self.is_full(mark) {
            self.cut(mark);
        }
        if self.layout.records.is_multiple_of(STEP) {
            let line = self.line(mark);
            self.layout.steps.push(Step { mark, line });
        }
        self.layout.records += 1;
        if let Some(chunk) = self.layout.chunks.last_mut() {
            chunk.records += 1;
        }
    }

    /// Whether the last chunk has as many records or bytes as it is to have.
    #[inline]
    fn is_full(&self, mark: Mark) -> bool {
        self.layout.chunks.last().is_some_and(|chunk| {
            chunk.records >= CHUNK_RECORDS
                || (chunk.records > 0 && mark.offset - chunk.start.offset >= self.chunk_bytes)
        })
    }

    /// Takes the cells of carried columns of these records: of each column the last that surely says something, and
    /// those below it.
    fn carry_block(&mut self, block: &Block<'_>, records: Range<usize>, text: &Text) {
        for slot in 0..self.classifier.frame.fill.len() {
            let Some(position) = self.classifier.frame.fill[slot].position else { continue };
            let cells = || block.first(records.end).column(position as usize).skip(records.start);
            let surely = cells().collect::<Vec<_>>();
            let from = surely.iter().rposition(|bytes| says_something(bytes, text.is_sound_utf8()));
            if let Some(from) = from {
                self.pending[slot].clear();
                self.pending[slot].extend_from_slice(surely[from]);
            }
            for bytes in &surely[from.map_or(0, |from| from + 1)..] {
                self.settle(slot);
                self.carried.take(slot, text.cell(bytes));
            }
        }
    }

    /// Takes the cell of a carried column; one that surely says something is only looked at when somebody asks.
    fn carry(&mut self, slot: usize, row: Row<'_>, position: usize) {
        let pending = &mut self.pending[slot];
        if self.quick
            && let Row::Text(text) = row
            && let Some(bytes) = text.bytes_of(position)
            && says_something(bytes, text.is_sound_utf8())
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
        let line = self.line(mark);
        let first_record = self.layout.records + 1;
        if let Some(chunk) = self.layout.chunks.last_mut() {
            chunk.end = mark;
        }
        let carried = self.carried();
        self.layout.chunks.push(Chunk { start: mark, end: mark, first_record, records: 0, line, carried });
    }

    fn skip(&mut self, mark: Mark, row: Row<'_>, reason: SkipReason) {
        self.layout.left_out.insert(mark.index);
        if reason == SkipReason::Blank {
            self.layout.blank_rows += 1;
            return;
        }
        let text = row.first_text();
        if reason == SkipReason::Section {
            let slot = self.section(&text, row.filled(1).first().copied());
            self.layout.sections.put(slot, mark.index);
        }
        if matches!(reason, SkipReason::Section | SkipReason::Total)
            && self.layout.breaks.len() <= BREAKS_KEPT
        {
            self.layout.breaks.push(self.layout.records);
        }
        let number = row.number().unwrap_or_else(|| self.line(mark));
        match reason {
            SkipReason::Total => self.total(number, row, &text),
            SkipReason::Note if self.layout.notes.len() < NOTES_KEPT => {
                let cells = (0..row.width().min(64)).map(|at| row.cell(at).shown().into_owned());
                self.layout.notes.push(cells.collect());
            }
            _ => {}
        }
        let mut reason = reason;
        if reason.is_damage() {
            let damaged = Damaged::of_row(mark, row, reason, number, self.classifier.frame.width);
            reason = damaged.reason;
            self.layout.damaged.take(damaged);
        }
        let text = text.chars().take(40).collect();
        self.layout.skipped.take(Skipped { row: number, reason, text });
    }

    /// A section begins: the carried column its name stands for.
    fn section(&mut self, text: &str, position: Option<usize>) -> usize {
        let name = classify::section_name(text);
        let slot = self.classifier.frame.slot_of(name, position);
        self.pending.iter_mut().for_each(Vec::clear);
        self.carried.section(name, slot);
        if let Some(supplied) = self.layout.supplied.get_mut(slot) {
            *supplied = true;
        }
        slot
    }

    fn total(&mut self, number: u64, row: Row<'_>, label: &str) {
        if self.layout.totals.len() >= TOTALS_KEPT {
            return;
        }
        let matched = self.classifier.frame.matched.iter();
        let cells = matched.map(|&at| (at, row.cell(at as usize).into_owned())).collect();
        let (above, label) = (self.layout.records, label.to_owned());
        self.layout.totals.push(Total { row: number, above, label, cells });
    }

    /// Physical line of a row of a text; rows must be asked for in order.
    fn line(&mut self, mark: Mark) -> u64 {
        let line = self.known.1 + self.source.lines_between(self.known.0, mark);
        self.known = (mark, line);
        line
    }

    fn finish(mut self, end: Mark) -> Layout {
        if let Some(chunk) = self.layout.chunks.last_mut() {
            chunk.end = end;
        }
        if self.layout.breaks.len() > BREAKS_KEPT {
            self.layout.totals.clear();
        }
        self.layout.chunks.retain(|chunk| chunk.records > 0);
        self.layout.damaged.finish(&mut self.layout.skipped, end.index);
        self.layout.steps.push(Step { mark: end, line: 0 }); // where the last ones end
        self.layout
    }
}

/// Whether there surely is more than a sign for nothing: a digit. In GB18030 its byte may be part of another character.
fn says_something(bytes: &[u8], utf_8: bool) -> bool {
    (utf_8 || bytes.is_ascii()) && bytes.iter().any(u8::is_ascii_digit)
}
