//! Where the marks of a stretch are: delimiters, quotes and line ends, found sixteen bytes at a time; and which records
//! in a row have no quotes and as many cells as one another.
//!
//! Of CR LF, the CR alone is a mark. Whether a mark means anything (one within quotes does not) is not known here.

use super::block::Block;
use super::scan::Marks;
use std::ops::Range;
use wide::u8x16;

/// Records of a block at most: few enough that their bytes are still near when the last column is taken.
const BLOCK_RECORDS: usize = 256;

/// The marks of a stretch.
#[derive(Debug, Default)]
pub(super) struct Index {
    /// Where they are.
    pub(super) marks: Vec<u32>,
    /// Which of them are line ends.
    ends: Vec<u32>,
    /// Which of them are quotes.
    quotes: Vec<u32>,
    /// Line ends before this one stand before the record last asked for.
    cursor: usize,
    /// Line ends that end records without quotes and of one width.
    run: Range<usize>,
}

impl Index {
    /// Finds the marks of other bytes.
    pub(super) fn find(&mut self, bytes: &[u8], marks: Marks) {
        self.clear();
        let needles = [marks.delimiter, marks.quote, b'\n', b'\r'].map(u8x16::splat);
        let (blocks, rest) = bytes.as_chunks::<64>();
        let (mut base, mut returned) = (0, 0);
        for block in blocks {
            let found = Found::of(block, needles);
            self.put(base, found.without_feeds_after_returns(&mut returned));
            base += 64;
        }
        let mut last = [0; 64];
        last[..rest.len()].copy_from_slice(rest);
        let within = (1_u64 << rest.len()) - 1;
        let found = Found::of(&last, needles).only(within);
        self.put(base, found.without_feeds_after_returns(&mut returned));
    }

    /// Forgets all marks.
    pub(super) fn clear(&mut self) {
        self.marks.clear();
        self.ends.clear();
        self.quotes.clear();
        (self.cursor, self.run) = (0, 0..0);
    }

    #[inline]
    fn put(&mut self, base: u32, found: Found) {
        let before = self.marks.len() as u32;
        let mut all = found.delimiters | found.quotes | found.ends();
        let rank = |bit: u64| before + (all & (bit - 1)).count_ones();
        each_bit(found.ends(), |bit| self.ends.push(rank(bit)));
        each_bit(found.quotes, |bit| self.quotes.push(rank(bit)));
        while all != 0 {
            self.marks.push(base + all.trailing_zeros());
            all &= all - 1;
        }
    }

    /// The records from one on that have no quotes and one width, as far as they are known to end in these bytes.
    pub(super) fn block<'a>(&'a mut self, bytes: &'a [u8], base: u64, from: usize) -> Option<Block<'a>> {
        while (*self.marks.get(*self.ends.get(self.cursor)? as usize)? as usize) < from {
            self.cursor += 1;
        }
        let end = self.cursor;
        if !self.run.contains(&end) {
            self.run = self.run_from(bytes, end);
        }
        let (first, last) = (self.first_mark(end), self.run.end.min(end + BLOCK_RECORDS));
        if last <= end || self.beginning(bytes, end) != from {
            return None;
        }
        let width = self.ends[end] as usize + 1 - first;
        let marks = &self.marks[first..=self.ends[last - 1] as usize];
        Some(Block::new(bytes, base, from, marks, width))
    }

    fn run_from(&self, bytes: &[u8], end: usize) -> Range<usize> {
        let first = self.first_mark(end);
        let next_quote = self.quotes.partition_point(|&quote| (quote as usize) < first);
        let limit = self.quotes.get(next_quote).map_or(u32::MAX, |&quote| quote);
        let width = self.ends[end] + 1 - first as u32;
        let mut before = first as u32;
        let alike = self.ends[end..].iter().take_while(|&&end| {
            let own = end + 1 - before;
            before = end + 1;
            own == width && end < limit
        });
        let mut last = end + alike.count();
        // What follows a CR at the end of the bytes is not known.
        if last == self.ends.len() && self.marks.last().map(|&at| at as usize + 1) == Some(bytes.len()) {
            last -= usize::from(last > end && bytes.ends_with(b"\r"));
        }
        end..last
    }

    /// The first mark of the line that ends with this line end.
    fn first_mark(&self, end: usize) -> usize {
        end.checked_sub(1).map_or(0, |before| self.ends[before] as usize + 1)
    }

    /// Where the line begins that ends with this line end.
    fn beginning(&self, bytes: &[u8], end: usize) -> usize {
        end.checked_sub(1).map_or(0, |before| after(bytes, self.marks[self.ends[before] as usize]))
    }
}

/// The byte after a line end.
#[inline]
pub(super) fn after(bytes: &[u8], end: u32) -> usize {
    let end = end as usize;
    end + 1 + usize::from(bytes.get(end..end + 2) == Some(b"\r\n"))
}

/// Marks among sixty-four bytes: a bit each.
#[derive(Clone, Copy, Debug, Default)]
struct Found {
    delimiters: u64,
    quotes: u64,
    feeds: u64,
    returns: u64,
}

impl Found {
    #[inline]
    fn of(block: &[u8; 64], [delimiter, quote, feed, carriage]: [u8x16; 4]) -> Self {
        let mut found = Self::default();
        let (quarters, _) = block.as_chunks::<16>();
        for (at, quarter) in quarters.iter().enumerate() {
            let quarter = u8x16::new(*quarter);
            let bits = |needle: u8x16| u64::from(quarter.simd_eq(needle).to_bitmask()) << (16 * at);
            found.delimiters |= bits(delimiter);
            found.quotes |= bits(quote);
            found.feeds |= bits(feed);
            found.returns |= bits(carriage);
        }
        found
    }

    fn only(self, bits: u64) -> Self {
        Self {
            delimiters: self.delimiters & bits,
            quotes: self.quotes & bits,
            feeds: self.feeds & bits,
            returns: self.returns & bits,
        }
    }

    /// Without the line feeds that follow a carriage return; whether the last byte was one is told from block to block.
    #[inline]
    fn without_feeds_after_returns(self, returned: &mut u64) -> Self {
        let feeds = self.feeds & !(self.returns << 1 | *returned);
        *returned = self.returns >> 63;
        Self { feeds, ..self }
    }

    fn ends(self) -> u64 {
        self.feeds | self.returns
    }
}

#[inline]
fn each_bit(mut bits: u64, mut visit: impl FnMut(u64)) {
    while bits != 0 {
        visit(bits & bits.wrapping_neg());
        bits &= bits - 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_found_wherever_they_stand() {
        let marks = Marks { delimiter: b';', quote: b'"', step: false };
        for length in [0, 1, 15, 16, 17, 63, 64, 65, 128, 200] {
            let bytes: Vec<u8> = (0..length).map(|at| b"ab;c\"\n\xc4;\rx"[at * 7 % 10]).collect();
            let mut index = Index::default();
            index.find(&bytes, marks);
            let follows = |at: usize| at > 0 && bytes[at] == b'\n' && bytes[at - 1] == b'\r';
            let plain = (0..length).filter(|&at| b";\"\n\r".contains(&bytes[at]) && !follows(at));
            assert_eq!(index.marks, plain.map(|at| at as u32).collect::<Vec<_>>());
            let of = |wanted: &[u8]| -> Vec<u32> {
                let is = |at: &u32| wanted.contains(&bytes[*at as usize]);
                (0..).zip(&index.marks).filter(|(_, at)| is(at)).map(|(nth, _)| nth).collect()
            };
            assert_eq!((&index.ends, &index.quotes), (&of(b"\n\r"), &of(b"\"")));
        }
    }

    #[test]
    fn a_line_feed_after_a_carriage_return_is_no_mark_even_in_the_next_block() {
        let mut bytes = vec![b'x'; 63];
        bytes.extend(b"\r\n\n");
        let mut index = Index::default();
        index.find(&bytes, Marks { delimiter: b',', quote: b'"', step: false });
        assert_eq!(index.marks, [63, 65]);
    }
}
