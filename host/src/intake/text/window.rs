//! The stretch of a text that is in memory, and the records in it.
//!
//! A window moves on when a record does not end in it, and grows where one is longer than it. Records without any
//! oddity are split along an index of the marks; all others by `scan`, and both split alike.

use super::block::Block;
use super::index::Index;
use super::scan::{self, Field, Marks, QUOTED_AT_MOST, RECORD_AT_MOST, Scanned, Split};
use crate::intake::blob::Blob;

/// Part of a text, from an offset on.
pub(super) struct Window<'b> {
    blob: &'b Blob,
    marks: Marks,
    /// Offset of the first byte.
    base: u64,
    /// Nothing is read from here on.
    end: u64,
    /// Bytes wanted at once.
    size: usize,
    usual_size: usize,
    bytes: Vec<u8>,
    /// Of bytes that are in memory anyway: how many belong to the window.
    borrowed: usize,
    /// A record is longer than the window may be.
    cut: bool,
    /// Where delimiters, quotes and line ends are; empty where the index is not to be used.
    index: Index,
    cursor: usize,
    indexed: bool,
}

impl<'b> Window<'b> {
    /// From one offset to another; `size` bytes at a time.
    pub(super) fn new(
        blob: &'b Blob,
        marks: Marks,
        (from, end): (u64, u64),
        size: usize,
        indexed: bool,
    ) -> Self {
        let indexed = indexed && !marks.step;
        let mut window = Self {
            blob,
            marks,
            base: from,
            end: end.min(blob.len()),
            size,
            usual_size: size,
            bytes: Vec::new(),
            borrowed: 0,
            cut: false,
            index: Index::default(),
            cursor: 0,
            indexed,
        };
        window.load();
        window
    }

    /// The bytes in it.
    #[inline]
    pub(super) fn bytes(&self) -> &[u8] {
        match self.blob.borrowed() {
            Some(all) => &all[self.base as usize..self.base as usize + self.borrowed],
            None => &self.bytes,
        }
    }

    /// Offset of its first byte.
    #[inline]
    pub(super) fn base(&self) -> u64 {
        self.base
    }

    /// Whether the text ends with it.
    pub(super) fn reaches_the_end(&self) -> bool {
        self.base + self.bytes().len() as u64 >= self.blob.len()
    }

    fn is_last(&self) -> bool {
        self.cut || self.base + self.bytes().len() as u64 >= self.end
    }

    /// Splits the record that begins at an offset; the fields are ranges of [`Window::bytes`], and so is what follows.
    pub(super) fn record(&mut self, at: u64, fields: &mut Vec<Field>) -> Option<Scanned> {
        loop {
            let within = usize::try_from(at.checked_sub(self.base)?).ok()?;
            if let Some((next, lines)) = self.along_the_index(within, fields) {
                return Some(Scanned { next, flaw: None, lines });
            }
            match scan::record(self.bytes(), within, self.marks, self.is_last(), fields) {
                Split::Record(scanned) => {
                    // The next record may end in what follows, even where this one ended before its window.
                    let cut = std::mem::take(&mut self.cut);
                    let flaw =
                        (cut && scanned.next == self.bytes().len()).then_some((scan::Flaw::TooLong, within));
                    return Some(Scanned { flaw: flaw.or(scanned.flaw), ..scanned });
                }
                Split::End if at >= self.end => return None,
                Split::End | Split::Unfinished => self.move_to(at),
            }
        }
    }

    fn move_to(&mut self, at: u64) {
        if at > self.base {
            (self.base, self.size) = (at, self.usual_size);
        } else if self.size < RECORD_AT_MOST {
            self.size = (self.size * 2).min(RECORD_AT_MOST);
        } else {
            self.cut = true;
            return;
        }
        self.load();
    }

    fn load(&mut self) {
        self.cut = false;
        let wanted = usize::try_from(self.end.saturating_sub(self.base)).unwrap_or(usize::MAX).min(self.size);
        if self.blob.borrowed().is_some() {
            self.borrowed = wanted;
        } else {
            self.bytes.resize(wanted, 0);
            let read = self.blob.read_at(self.base, &mut self.bytes);
            self.bytes.truncate(read);
            if read < wanted {
                // The file became shorter: this is where it ends now.
                self.end = self.base + read as u64;
            }
        }
        self.cursor = 0;
        let mut index = std::mem::take(&mut self.index);
        if self.indexed {
            index.find(self.bytes(), self.marks);
        }
        self.index = index;
    }

    /// Records from one on without any oddity; none where the next one may have some.
    pub(super) fn block(&mut self, at: u64) -> Option<Block<'_>> {
        let within = usize::try_from(at.checked_sub(self.base)?).ok()?;
        let bytes = match self.blob.borrowed() {
            Some(all) => &all[self.base as usize..self.base as usize + self.borrowed],
            None => &self.bytes[..],
        };
        self.index.block(bytes, self.base, within)
    }

    /// Splits a record that has no oddity and ends in the window, and counts its lines; None for any other, whatever
    /// became of the fields.
    #[inline]
    fn along_the_index(&mut self, from: usize, fields: &mut Vec<Field>) -> Option<(usize, u32)> {
        let bytes = match self.blob.borrowed() {
            Some(all) => &all[self.base as usize..self.base as usize + self.borrowed],
            None => &self.bytes[..],
        };
        let mut cursor = self.cursor;
        while (*self.index.marks.get(cursor)? as usize) < from {
            cursor += 1;
        }
        self.cursor = cursor;
        fields.clear();
        let (mut start, mut closed, mut lines) = (from, false, 1);
        loop {
            let at = *self.index.marks.get(cursor)? as usize;
            cursor += 1;
            let byte = bytes[at];
            if byte == self.marks.quote {
                if closed || at != start {
                    return None;
                }
                let mut rest = self.index.marks[cursor..].iter();
                cursor += rest.position(|&at| bytes[at as usize] == self.marks.quote)? + 1;
                let close = self.index.marks[cursor - 1] as usize;
                lines += scan::line_ends(&bytes[at..close]) as u32;
                let follows = *bytes.get(close + 1)?;
                let ends = follows == self.marks.delimiter || follows == b'\n' || follows == b'\r';
                if !ends || close - at >= QUOTED_AT_MOST {
                    return None;
                }
                fields.push(Field::new(at + 1, close));
                closed = true;
                continue;
            }
            if !std::mem::take(&mut closed) {
                fields.push(Field::new(start, at));
            }
            if byte == self.marks.delimiter {
                start = at + 1;
                continue;
            }
            let next = if byte == b'\r' && *bytes.get(at + 1)? == b'\n' { at + 2 } else { at + 1 };
            self.cursor = cursor;
            return Some((next, lines));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    type Record = (u64, Vec<(u64, u64, bool)>, Option<(scan::Flaw, u64)>);

    fn all(bytes: &[u8], marks: Marks, size: usize, indexed: bool) -> Vec<Record> {
        let (memory, disk) = (Blob::memory(bytes.to_vec()), Blob::on_disk(bytes));
        let records = in_blob(&memory, marks, size, indexed);
        assert_eq!(records, in_blob(&disk, marks, size, indexed));
        records
    }

    /// What is written in each cell of the records of a text, many records at once where that can be.
    fn by_blocks(bytes: &[u8], marks: Marks, size: usize) -> Vec<(u64, Vec<Vec<u8>>)> {
        let blob = Blob::memory(bytes.to_vec());
        let mut window = Window::new(&blob, marks, (0, blob.len()), size, true);
        let (mut fields, mut at, mut records) = (Vec::new(), 0, Vec::new());
        loop {
            if let Some(block) = window.block(at) {
                let block = block.first(block.records().div_ceil(2));
                let columns: Vec<Vec<&[u8]>> =
                    (0..block.width()).map(|at| block.column(at).collect()).collect();
                for record in 0..block.records() {
                    let cells =
                        (0..block.width()).map(|at| block.cell(record, at).to_vec()).collect::<Vec<_>>();
                    assert!(columns.iter().zip(&cells).all(|(column, cell)| column[record] == *cell));
                    records.push((block.offset(record), cells));
                }
                at = block.offset(block.records());
                continue;
            }
            let Some(scanned) = window.record(at, &mut fields) else { return records };
            let cells = fields.iter().map(|field| window.bytes()[field.start()..field.end()].to_vec());
            records.push((at, cells.collect()));
            at = window.base() + scanned.next as u64;
        }
    }

    fn in_blob(blob: &Blob, marks: Marks, size: usize, indexed: bool) -> Vec<Record> {
        let mut window = Window::new(blob, marks, (0, blob.len()), size, indexed);
        let (mut fields, mut at, mut records, mut lines) = (Vec::new(), 0, Vec::new(), 0);
        while let Some(scanned) = window.record(at, &mut fields) {
            let base = window.base();
            let field = |f: &Field| (base + f.start() as u64, base + f.end() as u64, f.doubled);
            let flaw = scanned.flaw.map(|(flaw, at)| (flaw, base + at as u64));
            lines += u64::from(scanned.lines);
            records.push((at, fields.iter().map(field).collect(), flaw));
            at = base + scanned.next as u64;
        }
        assert_eq!(at, blob.len());
        assert_eq!(lines, scan::line_ends(&blob.whole()));
        records
    }

    #[test]
    fn a_line_that_never_ends_is_cut_and_said_to_be() {
        let marks = Marks { delimiter: b',', quote: b'"', step: false };
        let text = format!("a,b\n{}\nc,d\n", "x".repeat(RECORD_AT_MOST + 10));
        let records = all(text.as_bytes(), marks, 64, true);
        let flaws: Vec<_> = records.iter().map(|record| record.2.map(|(flaw, _)| flaw)).collect();
        assert_eq!(flaws, [None, Some(scan::Flaw::TooLong), None, None]);
    }

    #[test]
    fn a_quote_left_open_near_the_end_of_a_long_record_costs_that_record_alone() {
        let marks = Marks { delimiter: b',', quote: b'"', step: false };
        let long = "x".repeat(RECORD_AT_MOST - 4096);
        let text = format!("a,b\n{long},\"y\n{}", "cc,d\n".repeat(4096));
        let records = all(text.as_bytes(), marks, 64, true);
        let flaws: Vec<_> = records.iter().filter_map(|record| Some(record.2?.0)).collect();
        assert_eq!((flaws, records.len()), (vec![scan::Flaw::Unclosed], 4098));
    }

    proptest! {
        #[test]
        fn windows_of_any_size_split_as_the_plain_scanner_splits_the_whole(
            bytes in prop::collection::vec(prop_oneof![
                3 => Just(b','), 2 => Just(b'"'), 2 => Just(b'\n'), 1 => Just(b'\r'), 1 => Just(b'|'), 1 => Just(b'\t'),
                4 => any::<u8>()], 0..300),
            size in 1..80_usize, delimiter in prop::sample::select(b",\t;|".to_vec()), step in any::<bool>(),
        ) {
            let marks = Marks { delimiter, quote: b'"', step };
            let plainly = all(&bytes, marks, usize::MAX >> 1, false);
            prop_assert_eq!(&all(&bytes, marks, size, true), &plainly);
            let written = |(at, fields, _): &Record| {
                let cells = fields.iter().map(|field| bytes[field.0 as usize..field.1 as usize].to_vec());
                (*at, cells.collect::<Vec<_>>())
            };
            prop_assert_eq!(by_blocks(&bytes, marks, size), plainly.iter().map(written).collect::<Vec<_>>());
        }
    }
}
