//! Which delimiter a text uses, from how evenly each one would divide the first rows.
//!
//! Evenness alone cannot tell a comma in prose from one between cells, so several candidates are given; the headers of
//! the declared tables decide between them.

use super::scan::{self, Marks, Split};
use serde::Serialize;

/// How a text divides its cells.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Dialect {
    /// Between two cells: `,` TAB `;` `|`.
    pub delimiter: char,
    /// Around a cell that holds a delimiter.
    pub quote: char,
}

impl Dialect {
    /// For the scanner; `utf_8` says that no character holds an ASCII byte.
    pub(super) fn marks(&self, utf_8: bool) -> Marks {
        let delimiter = u8::try_from(self.delimiter).unwrap_or(b',');
        Marks { delimiter, quote: b'"', step: delimiter == b'|' && !utf_8 }
    }
}

/// Rows looked at.
const SAMPLE_ROWS: usize = 100;

/// Bytes looked at.
pub(super) const SAMPLE_BYTES: usize = 256 * 1024;

/// The dialects that divide the text at all, the most even first; a comma if none does.
pub(super) fn candidates(bytes: &[u8], utf_8: bool) -> Vec<Dialect> {
    let mut scored: Vec<(usize, usize, Dialect)> = [',', '\t', ';', '|']
        .into_iter()
        .map(|delimiter| Dialect { delimiter, quote: '"' })
        .filter_map(|dialect| {
            let (rows, width) = most_common_width(&widths(bytes, dialect.marks(utf_8)))?;
            Some((rows, width, dialect))
        })
        .collect();
    scored.sort_by_key(|(rows, width, _)| std::cmp::Reverse((*rows, *width)));
    if scored.is_empty() {
        return vec![Dialect { delimiter: ',', quote: '"' }];
    }
    scored.into_iter().map(|(_, _, dialect)| dialect).collect()
}

/// How many fields each of the first rows would have.
fn widths(bytes: &[u8], marks: Marks) -> Vec<usize> {
    let sample = &bytes[..bytes.len().min(SAMPLE_BYTES)];
    let (mut fields, mut at, mut widths) = (Vec::new(), 0, Vec::new());
    while let Split::Record(scanned) = scan::record(sample, at, marks, true, &mut fields) {
        widths.push(fields.len());
        at = scanned.next;
        if widths.len() == SAMPLE_ROWS {
            break;
        }
    }
    widths
}

/// How many rows share the most common width above one, and that width.
fn most_common_width(widths: &[usize]) -> Option<(usize, usize)> {
    let count = |width: usize| widths.iter().filter(|w| **w == width).count();
    widths.iter().filter(|width| **width > 1).map(|&width| (count(width), width)).max()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(text: &str) -> char {
        candidates(text.as_bytes(), true)[0].delimiter
    }

    #[test]
    fn the_delimiter_that_divides_evenly_comes_first() {
        assert_eq!(first("a,b\n1,2\n"), ',');
        assert_eq!(first("a\tb\n1,5\t2\n3\t4,6\n"), '\t');
        assert_eq!(first("a;b;c\n1,5;2;3\n"), ';');
        assert_eq!(first("标题\na|b\n1|2\n3|4\n"), '|');
        assert_eq!(first("no table at all"), ',');
        assert_eq!(first("a,b\n\"1;2;3\",4\n\"5;6;7\",8\n"), ',');
    }
}
