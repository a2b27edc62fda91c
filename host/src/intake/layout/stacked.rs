//! Whether another table begins below the records of the first.
//!
//! Nobody says so in the file: a row is another table's header if its cells are headers packs know, or if none has a
//! digit where all records had one.

use super::SkipReason;
use super::classify::{Frame, Kind};
use crate::intake::source::Row;
use mingcha_values::text::key;

/// Columns looked at.
const COLUMNS: usize = 64;

/// What was seen of the records so far.
#[derive(Debug, Default)]
pub(super) struct Stacked {
    records: u64,
    /// Per column: records that had a digit there and no letter before it.
    numeric: Vec<u64>,
    /// The row above is blank.
    after_blank: bool,
    /// The other table has begun.
    begun: bool,
    /// Columns that had a digit in all records, as of the last one that was looked at closely.
    steady: Vec<usize>,
}

impl Stacked {
    /// A blank row.
    pub(super) fn blank(&mut self) {
        self.after_blank = true;
    }

    /// Whether all columns that had digits so far have digits in this row too, so that it is no header.
    #[inline]
    pub(super) fn goes_on<'a>(&self, cell: impl Fn(usize) -> Option<&'a [u8]>) -> bool {
        let has_digit = |at: &usize| matches!(cell(*at), Some([b'0'..=b'9', ..] | [b'-', b'0'..=b'9', ..]));
        !self.begun && !self.steady.is_empty() && self.steady.iter().all(has_digit)
    }

    /// Counts rows that go on.
    #[inline]
    pub(super) fn count_plain(&mut self, rows: usize) {
        self.after_blank = false;
        self.records += rows as u64;
        for &at in &self.steady {
            self.numeric[at] += rows as u64;
        }
    }

    /// Goes over the rows; those of another table are its rows and not records.
    pub(super) fn seen(&mut self, kind: Kind, row: Row<'_>, frame: &Frame) -> Kind {
        let after_blank = std::mem::take(&mut self.after_blank);
        if kind == Kind::Skip(SkipReason::RepeatedHeader) {
            self.begun = false;
        }
        if kind != Kind::Record || row.is_record() {
            return if self.begun && kind == Kind::Skip(SkipReason::Section) {
                Kind::Skip(SkipReason::StackedTable)
            } else {
                kind
            };
        }
        if !self.begun && self.records > 0 && self.is_header(row, frame, after_blank) {
            self.begun = true;
        }
        if self.begun {
            return Kind::Skip(SkipReason::StackedTable);
        }
        self.count(row);
        kind
    }

    fn is_header(&mut self, row: Row<'_>, frame: &Frame, after_blank: bool) -> bool {
        let ragged = matches!(row, Row::Text(text) if text.width() != frame.full_width && text.width() > 1);
        let filled = row.filled(COLUMNS);
        // Records of digits are asked for by the thousand, and no header has only such.
        if filled.len() < 2 || self.looks_like_a_record(row, &filled) && !ragged {
            return false;
        }
        let cells: Vec<String> = filled.iter().map(|&at| row.cell(at).shown().into_owned()).collect();
        if cells.iter().any(|cell| cell.chars().count() > 30) {
            return false;
        }
        let known = cells.iter().filter(|cell| frame.known.contains(&key(cell))).count();
        if known >= 2 && known * 2 > cells.len() && (known >= 3 || after_blank || ragged) {
            return true;
        }
        let bare = |cell: &String| !cell.is_empty() && !cell.chars().any(|c| c.is_numeric());
        let distinct = cells.iter().enumerate().all(|(at, cell)| !cells[..at].contains(cell));
        if !cells.iter().all(bare) || !distinct {
            return false;
        }
        if ragged {
            return after_blank && filled.len() == row.width();
        }
        let contrary = filled.iter().filter(|&&at| self.is_numeric(at)).count();
        let all = (0..self.numeric.len()).filter(|&at| self.is_numeric(at)).count();
        self.records >= 2
            && contrary == all
            && (contrary >= 2 || contrary == 1 && after_blank)
            && filled.len() >= frame.width.min(3)
    }

    fn is_numeric(&self, column: usize) -> bool {
        self.numeric.get(column) == Some(&self.records)
    }

    /// Whether some column of digits has digits here too, so that the row is a record like any other.
    fn looks_like_a_record(&self, row: Row<'_>, filled: &[usize]) -> bool {
        filled.iter().any(|&at| self.is_numeric(at) && is_number(&row.cell(at).shown()))
    }

    fn count(&mut self, row: Row<'_>) {
        self.records += 1;
        let width = row.width().min(COLUMNS);
        if self.records == 1 {
            self.numeric = vec![0; width];
        }
        for at in 0..self.numeric.len().min(width) {
            // A column that failed once needs no further look.
            if self.numeric[at] + 1 == self.records && is_number(&row.cell(at).shown()) {
                self.numeric[at] += 1;
            }
        }
        self.steady.clear();
        self.steady.extend((0..self.numeric.len()).filter(|&at| self.numeric[at] == self.records));
    }
}

/// Begins with a digit, a sign or a bracket and a digit.
fn is_number(text: &str) -> bool {
    text.trim_start_matches(['-', '+', '(', '<', '¥', '￥']).starts_with(|c: char| c.is_numeric())
}
