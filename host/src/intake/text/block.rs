//! Records that follow one another without any oddity: no quotes, as many cells in each, all decodable. Their cells can
//! be taken column by column.

use super::index::after;

/// Records of one width, as their bytes stand in a stretch.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Block<'a> {
    bytes: &'a [u8],
    /// Offset of the stretch in the text.
    base: u64,
    /// Where the first record begins in it.
    from: usize,
    /// Where the cells end, record by record.
    marks: &'a [u32],
    width: usize,
}

impl<'a> Block<'a> {
    pub(super) fn new(bytes: &'a [u8], base: u64, from: usize, marks: &'a [u32], width: usize) -> Self {
        Self { bytes, base, from, marks, width }
    }

    /// How many records there are.
    #[inline]
    pub(crate) fn records(&self) -> usize {
        self.marks.len() / self.width
    }

    /// How many cells each of them has.
    #[inline]
    pub(crate) fn width(&self) -> usize {
        self.width
    }

    /// The first so many of them.
    pub(crate) fn first(self, records: usize) -> Self {
        Self { marks: &self.marks[..(records * self.width).min(self.marks.len())], ..self }
    }

    /// Offset in the text of the first byte of a record, or of what follows the last one.
    #[inline]
    pub(crate) fn offset(&self, record: usize) -> u64 {
        self.base + self.beginning(record) as u64
    }

    #[inline]
    fn beginning(&self, record: usize) -> usize {
        (record * self.width).checked_sub(1).map_or(self.from, |end| after(self.bytes, self.marks[end]))
    }

    /// What is written in a cell.
    #[inline]
    pub(crate) fn cell(&self, record: usize, position: usize) -> &'a [u8] {
        let at = record * self.width + position;
        let start = if position == 0 { self.beginning(record) } else { self.marks[at - 1] as usize + 1 };
        self.bytes.get(start..self.marks[at] as usize).unwrap_or_default()
    }

    /// What is written at one position, record by record; nothing where the records are not so wide.
    #[inline]
    pub(crate) fn column(&self, position: usize) -> impl Iterator<Item = &'a [u8]> + use<'a> {
        let (block, within) = (*self, position < self.width);
        (0..self.records()).map(move |record| if within { block.cell(record, position) } else { &[] })
    }
}
