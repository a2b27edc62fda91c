//! Records told from their bytes: rows like those above them, with nothing in them that could make them anything else.
//!
//! What is said here of a row is what `classify` would say; of a row it is not sure of it says nothing.

use super::classify::Classifier;
use crate::intake::cell::Cell;
use crate::intake::text::{Block, Text, TextRow};

impl Classifier {
    /// Whether a row is a record beyond doubt; then it counts as one.
    #[inline]
    pub(super) fn is_plain(&mut self, row: &TextRow<'_>) -> bool {
        let plain = self.is_like_the_header(row.width())
            && row.is_sound()
            && self.stacked.goes_on(|at| row.bytes_of(at))
            && self.leads_a_record(row.width(), |at| row.bytes_of(at), |at, _| row.cell(at));
        self.count_plain(usize::from(plain));
        plain
    }

    /// How many rows of a block, from its first on, are records beyond doubt; they count as such.
    pub(super) fn plain_rows(&mut self, block: &Block<'_>, text: &Text) -> usize {
        if !self.is_like_the_header(block.width()) {
            return 0;
        }
        let is_plain = |&row: &usize| {
            let cell = |at| Some(block.cell(row, at));
            self.stacked.goes_on(cell)
                && self.leads_a_record(block.width(), cell, |_, bytes| text.cell(bytes))
        };
        let plain = (0..block.records()).take_while(is_plain).count();
        self.count_plain(plain);
        plain
    }

    fn is_like_the_header(&self, width: usize) -> bool {
        !self.first && width > 1 && width == self.frame.full_width && width >= self.frame.width
    }

    fn count_plain(&mut self, rows: usize) {
        if rows > 0 {
            self.in_notes = false;
            self.stacked.count_plain(rows);
        }
    }

    /// Whether two cells are filled, and the first of them is no 合计, no signature and no header.
    fn leads_a_record<'a>(
        &mut self,
        width: usize,
        cell: impl Fn(usize) -> Option<&'a [u8]>,
        read: impl Fn(usize, &'a [u8]) -> Cell<'a>,
    ) -> bool {
        let mut lead = None;
        for at in 0..width {
            let Some(bytes) = cell(at) else { return false };
            match (bytes.is_empty(), lead) {
                (true, _) => {}
                (false, Some(_)) => return is_surely_filled(bytes),
                (false, None) => {
                    if !is_surely_filled(bytes) || !self.is_lead(at, bytes, || read(at, bytes)) {
                        return false;
                    }
                    lead = Some(at);
                }
            }
        }
        false
    }

    fn is_lead<'a>(&mut self, at: usize, bytes: &[u8], read: impl Fn() -> Cell<'a>) -> bool {
        if bytes.is_ascii() && bytes.last().is_some_and(u8::is_ascii_graphic) {
            // All words that matter are Chinese, but a header need not be.
            return !self
                .frame
                .header
                .iter()
                .any(|header| header.get(at).is_some_and(|name| name.as_bytes() == bytes));
        }
        if let Some(known) = self.leads.get(bytes).filter(|known| known.0 == at) {
            return known.1;
        }
        let is_lead = self.is_lead_of_a_record(at, &read().shown());
        if self.leads.len() < LEADS_AT_MOST {
            self.leads.insert(bytes.into(), (at, is_lead));
        }
        is_lead
    }
}

/// First cells remembered.
const LEADS_AT_MOST: usize = 4096;

/// A mark, letter or digit of ASCII, or a common character in UTF-8 or GB18030: no kind of space.
#[inline]
fn is_surely_filled(bytes: &[u8]) -> bool {
    bytes.first().is_some_and(|byte| byte.is_ascii_graphic() || (0xe4..=0xe9).contains(byte))
}
