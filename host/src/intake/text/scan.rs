//! Splits the bytes of a delimited text into records and fields, without decoding and without copying.
//!
//! This is the plain way, one record after the other; `window` has a faster one for records that have no oddity.
//!
//! Bytes are compared raw: no byte of a GB18030 or Big5 character equals `,` `;` TAB `"` CR or LF. `|` can be such a
//! byte, so with it characters are stepped over one by one.

use memchr::{memchr, memchr3};
use std::borrow::Cow;

/// How a text separates its cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Marks {
    /// Between two fields.
    pub(crate) delimiter: u8,
    /// Around a field; a doubled one stands for itself.
    pub(crate) quote: u8,
    /// Characters may hold the delimiter as their second byte.
    pub(crate) step: bool,
}

/// A field as a range of bytes, without its quotes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Field {
    start: u32,
    end: u32,
    /// Quotes inside are doubled.
    pub(crate) doubled: bool,
}

impl Field {
    /// A range of bytes of a stretch, which is never longer than [`RECORD_AT_MOST`] or a piece of a file.
    #[inline]
    pub(crate) fn new(start: usize, end: usize) -> Self {
        Self { start: start as u32, end: end as u32, doubled: false }
    }

    #[inline]
    pub(crate) fn start(self) -> usize {
        self.start as usize
    }

    #[inline]
    pub(crate) fn end(self) -> usize {
        self.end as usize
    }
}

/// What the scanner could not make sense of; the record is still split as well as it can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Flaw {
    /// A quote that nothing closes.
    Unclosed,
    /// Text between a closing quote and the next delimiter.
    AfterQuote,
    /// The same, and a backslash stands before the quote.
    Backslash,
    /// A quote within a cell that is not in quotes.
    Stray,
    /// Longer than [`RECORD_AT_MOST`], and cut there.
    TooLong,
}

/// Bytes of a record at most. What has not ended by then is cut, so that no file makes us hold all of it.
pub(crate) const RECORD_AT_MOST: usize = 8 << 20;

/// What came of looking for a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Split {
    /// There is none.
    End,
    /// Where it ends depends on bytes that are not here.
    Unfinished,
    Record(Scanned),
}

/// Where a record ends, and what was odd about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Scanned {
    /// First byte of the next record.
    pub(crate) next: usize,
    /// The first oddity.
    pub(crate) flaw: Option<(Flaw, usize)>,
    /// Lines that end in it, in quotes too.
    pub(crate) lines: u32,
}

/// A quoted field longer than this is taken for a quote that nobody closed.
pub(crate) const QUOTED_AT_MOST: usize = 1 << 20;

/// Splits the record that begins at `from`; `last` says that no bytes follow these.
pub(crate) fn record(bytes: &[u8], from: usize, marks: Marks, last: bool, fields: &mut Vec<Field>) -> Split {
    fields.clear();
    if from >= bytes.len() {
        return if last { Split::End } else { Split::Unfinished };
    }
    let (mut flaw, mut at) = (None, from);
    let next = loop {
        let end = if bytes.get(at) == Some(&marks.quote) {
            match quoted(bytes, at, marks, last) {
                Quoted::Field(field, end) => {
                    fields.push(field);
                    end
                }
                Quoted::Flawed(kind, end) => {
                    flaw = flaw.or(Some((kind, at)));
                    fields.push(Field::new(at, end));
                    end
                }
                Quoted::Unfinished => return Split::Unfinished,
            }
        } else {
            let end = unquoted_end(bytes, at, marks);
            fields.push(Field::new(at, end));
            end
        };
        match (bytes.get(end), bytes.get(end + 1)) {
            (Some(&byte), _) if byte == marks.delimiter => at = end + 1,
            (Some(b'\r'), Some(b'\n')) => break end + 2,
            (Some(b'\r'), None) | (None, _) if !last => return Split::Unfinished,
            (Some(_), _) => break end + 1,
            (None, _) => break end,
        }
    };
    let flaw = flaw.or_else(|| stray(bytes, from, marks, fields));
    Split::Record(Scanned { next, flaw, lines: line_ends(&bytes[from..next]) as u32 })
}

/// A quote within a field that is not in quotes. Where tabs divide, quotes are but characters.
fn stray(bytes: &[u8], from: usize, marks: Marks, fields: &[Field]) -> Option<(Flaw, usize)> {
    let end = fields.last()?.end();
    if marks.delimiter == b'\t' || memchr(marks.quote, bytes.get(from..end)?).is_none() {
        return None;
    }
    let is_quoted =
        |field: &Field| field.start() > from && bytes.get(field.start() - 1) == Some(&marks.quote);
    let bare = fields.iter().filter(|field| !is_quoted(field));
    let with = |field: &&Field| memchr(marks.quote, &bytes[field.start()..field.end()]).is_some();
    bare.into_iter().find(with).map(|field| (Flaw::Stray, field.start()))
}

/// What a field that opens with a quote is.
enum Quoted {
    /// The field, and where it ends with its quote.
    Field(Field, usize),
    /// What is wrong, and where an unquoted one ends.
    Flawed(Flaw, usize),
    Unfinished,
}

fn quoted(bytes: &[u8], open: usize, marks: Marks, last: bool) -> Quoted {
    let limit = bytes.len().min(open + QUOTED_AT_MOST);
    let (mut at, mut doubled) = (open + 1, false);
    loop {
        let Some(found) = bytes.get(at..limit).and_then(|rest| memchr(marks.quote, rest)) else {
            if !last && limit == bytes.len() {
                return Quoted::Unfinished;
            }
            let end = unquoted_end(bytes, open, marks);
            let escaped = memchr::memmem::find(&bytes[open..end], b"\\\"").is_some();
            return Quoted::Flawed(if escaped { Flaw::Backslash } else { Flaw::Unclosed }, end);
        };
        let close = at + found;
        match bytes.get(close + 1) {
            Some(&next) if next == marks.quote => (at, doubled) = (close + 2, true),
            None if !last => return Quoted::Unfinished,
            Some(&next) if next != marks.delimiter && next != b'\r' && next != b'\n' => {
                let (flaw, end) = after_quote(bytes, open, close, marks);
                return Quoted::Flawed(flaw, end);
            }
            _ => return Quoted::Field(Field { doubled, ..Field::new(open + 1, close) }, close + 1),
        }
    }
}

/// What follows a closing quote is no delimiter: it may have been meant as text, or the quote opens another cell.
fn after_quote(bytes: &[u8], open: usize, close: usize, marks: Marks) -> (Flaw, usize) {
    let escaped = |at: usize| at.checked_sub(1).and_then(|before| bytes.get(before)) == Some(&b'\\');
    if memchr::memchr2(b'\n', b'\r', &bytes[open..close]).is_some() {
        // Lines in between would be swallowed; the damage is where the quote opens.
        let end = unquoted_end(bytes, open, marks);
        let escaped = memchr::memmem::find(&bytes[open..end], b"\\\"").is_some();
        return (if escaped { Flaw::Backslash } else { Flaw::Unclosed }, end);
    }
    let flaw = if escaped(close) { Flaw::Backslash } else { Flaw::AfterQuote };
    (flaw, unquoted_end(bytes, close + 1, marks))
}

/// The next delimiter or line end at or after `from`.
fn unquoted_end(bytes: &[u8], from: usize, marks: Marks) -> usize {
    if !marks.step {
        let rest = bytes.get(from..).unwrap_or_default();
        return memchr3(marks.delimiter, b'\n', b'\r', rest).map_or(bytes.len(), |found| from + found);
    }
    let mut at = from;
    while let Some(&byte) = bytes.get(at) {
        if byte == marks.delimiter || matches!(byte, b'\n' | b'\r') {
            return at;
        }
        let trail = byte >= 0x81 && bytes.get(at + 1).is_some_and(|&second| second >= 0x40);
        at += if trail { 2 } else { 1 };
    }
    bytes.len()
}

/// The text of a field, with doubled quotes made single.
pub(crate) fn unquoted<'a>(text: Cow<'a, str>, field: Field, quote: u8) -> Cow<'a, str> {
    if !field.doubled {
        return text;
    }
    let quote = char::from(quote);
    Cow::Owned(text.replace(&format!("{quote}{quote}"), &quote.to_string()))
}

/// How many lines end in these bytes: LF, CR LF, or CR alone.
pub(crate) fn line_ends(bytes: &[u8]) -> u64 {
    let feeds = memchr::memchr_iter(b'\n', bytes).count() as u64;
    let returns =
        memchr::memchr_iter(b'\r', bytes).filter(|at| bytes.get(at + 1) != Some(&b'\n')).count() as u64;
    feeds + returns
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const COMMA: Marks = Marks { delimiter: b',', quote: b'"', step: false };

    fn split(bytes: &[u8], marks: Marks) -> Vec<Vec<String>> {
        let (mut fields, mut at, mut records) = (Vec::new(), 0, Vec::new());
        while let Split::Record(scanned) = record(bytes, at, marks, true, &mut fields) {
            let text = |f: &Field| {
                unquoted(String::from_utf8_lossy(&bytes[f.start()..f.end()]), *f, b'"').into_owned()
            };
            records.push(fields.iter().map(text).collect());
            at = scanned.next;
        }
        records
    }

    #[test]
    fn quotes_newlines_and_line_ends_are_understood() {
        let records = split(b"a,\"b \"\"c\"\"\r\nd\",\r\n\re\n", COMMA);
        assert_eq!(records, [vec!["a", "b \"c\"\r\nd", ""], vec![""], vec!["e"]]);
    }

    #[test]
    fn an_unclosed_quote_costs_one_record_and_is_said() {
        let mut fields = Vec::new();
        let split = record(b"a,\"b\nc,d\n", 0, COMMA, true, &mut fields);
        assert_eq!(split, Split::Record(Scanned { next: 5, flaw: Some((Flaw::Unclosed, 2)), lines: 1 }));
        let split = record(b"\"a\"b,c\n", 0, COMMA, true, &mut fields);
        assert_eq!(split, Split::Record(Scanned { next: 7, flaw: Some((Flaw::AfterQuote, 0)), lines: 1 }));
        assert_eq!(fields.len(), 2);
    }

    #[test]
    fn a_second_byte_that_looks_like_a_bar_is_no_delimiter() {
        let bar = Marks { delimiter: b'|', quote: b'"', step: true };
        let mut fields = Vec::new();
        record(b"\xc4\x7c|b", 0, bar, true, &mut fields);
        assert_eq!(fields.iter().map(|f| (f.start(), f.end())).collect::<Vec<_>>(), [(0, 2), (3, 4)]);
    }

    #[test]
    fn lines_are_counted_whatever_ends_them() {
        assert_eq!(line_ends(b"a\r\nb\nc\rd"), 3);
    }

    proptest! {
        #[test]
        fn any_bytes_are_split_to_their_end(bytes in prop::collection::vec(prop_oneof![
            Just(b','), Just(b'"'), Just(b'\n'), Just(b'\r'), Just(b'|'), any::<u8>()], 0..200), step in any::<bool>()) {
            let marks = Marks { delimiter: if step { b'|' } else { b',' }, quote: b'"', step };
            let (mut fields, mut at) = (Vec::new(), 0);
            while let Split::Record(scanned) = record(&bytes, at, marks, true, &mut fields) {
                prop_assert!(scanned.next > at && scanned.next <= bytes.len());
                prop_assert!(fields.iter().all(|f| f.start <= f.end && f.start() >= at && f.end() <= scanned.next));
                at = scanned.next;
            }
            prop_assert_eq!(at, bytes.len());
        }

        #[test]
        fn what_the_csv_crate_writes_is_read_back(rows in prop::collection::vec(
            prop::collection::vec("[a-c,\"\\n\\r 甲|]{0,6}", 2..5), 1..6)) {
            let width = rows[0].len();
            let rows: Vec<Vec<String>> = rows.into_iter().map(|mut r| { r.resize(width, String::new()); r }).collect();
            let line = |row: &Vec<String>| row.iter().map(|c| format!("\"{}\"", c.replace('"', "\"\""))).collect::<Vec<_>>().join(",");
            let text = rows.iter().map(line).collect::<Vec<_>>().join("\r\n");
            prop_assert_eq!(split(text.as_bytes(), COMMA), rows);
        }
    }
}
