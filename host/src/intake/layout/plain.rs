//! Records told from their bytes: rows like those above them, with nothing in them that could make them anything else.
//!
//! What is said here of a row is what `classify` would say; of a row it is not sure of it says nothing.

use super::classify::Classifier;
use crate::intake::text::TextRow;

impl Classifier {
    /// Whether a row is a record beyond doubt; then it counts as one.
    #[inline]
    pub(super) fn is_plain(&mut self, row: &TextRow<'_>) -> bool {
        let width = row.width();
        let like_the_header = width > 1 && width == self.frame.full_width && width >= self.frame.width;
        let plain = like_the_header
            && !self.first
            && row.is_sound()
            && self.stacked.goes_on(row)
            && self.leads_a_record(row);
        if plain {
            self.in_notes = false;
            self.stacked.count_plain();
        }
        plain
    }

    /// Whether two cells are filled, and the first of them is no 合计, no signature and no header.
    fn leads_a_record(&mut self, row: &TextRow<'_>) -> bool {
        let mut lead = None;
        for at in 0..row.width() {
            let Some(bytes) = row.bytes_of(at) else { return false };
            match (bytes.is_empty(), lead) {
                (true, _) => {}
                (false, Some(_)) => return is_surely_filled(bytes),
                (false, None) => {
                    if !is_surely_filled(bytes) || !self.is_lead(row, at, bytes) {
                        return false;
                    }
                    lead = Some(at);
                }
            }
        }
        false
    }

    fn is_lead(&mut self, row: &TextRow<'_>, at: usize, bytes: &[u8]) -> bool {
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
        let cell = row.cell(at);
        let is_lead = self.is_lead_of_a_record(at, &cell.shown());
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
