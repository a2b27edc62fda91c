//! Delimited text: CSV, TSV and their like, as rows. Knows bytes, encodings and delimiters; nothing of headers.

mod dialect;
mod encoding;
mod evidence;
mod scan;

pub use dialect::Dialect;
pub use encoding::{EncodingFound, EncodingHow};

use super::cell::Cell;
use super::source::Mark;
use encoding_rs::{Encoding, UTF_8};
use scan::{Field, Marks};
use std::borrow::Cow;
use std::ops::{ControlFlow, Range};
use std::sync::Arc;

pub(crate) use encoding::{beginning, decoded, detect, is_wide, named, readable};
pub(crate) use scan::Flaw;

/// A whole text file, split as one dialect says.
#[derive(Clone, Debug)]
pub(crate) struct Text {
    bytes: Arc<Vec<u8>>,
    /// After the byte order mark.
    start: usize,
    encoding: &'static Encoding,
    /// All of it decodes.
    sound: bool,
    /// The bytes are those of the file, not decoded ones.
    original: bool,
    marks: Marks,
    /// Some stretches are in this encoding instead.
    alien: Option<&'static Encoding>,
    may_have_nul: bool,
}

/// A text whose dialect is still open.
#[derive(Debug)]
pub(crate) struct Undivided {
    text: Text,
    pub(crate) found: EncodingFound,
    /// Offsets of bytes that do not decode.
    pub(crate) faults: Vec<u64>,
    /// Stretches in another encoding, the first of them, and that encoding.
    pub(crate) aliens: Option<(&'static Encoding, Vec<Range<usize>>)>,
}

impl Undivided {
    /// Finds the encoding of a file.
    pub(crate) fn new(bytes: Vec<u8>, given: Option<&'static Encoding>) -> Self {
        let detected = detect(&bytes, given);
        let sound = detected.found.undecodable == 0 && detected.aliens.is_none();
        let alien = detected.aliens.as_ref().map(|(alien, _)| *alien);
        let marks = Marks { delimiter: b',', quote: b'"', step: false };
        let text = if encoding::must_be_decoded_first(detected.encoding) {
            let (decoded, _) = detected.encoding.decode_without_bom_handling(&bytes[detected.mark..]);
            let bytes = Arc::new(decoded.into_owned().into_bytes());
            let may_have_nul = memchr::memchr(0, &bytes).is_some();
            Text {
                bytes,
                start: 0,
                encoding: UTF_8,
                sound: true,
                original: false,
                marks,
                alien,
                may_have_nul,
            }
        } else {
            let may_have_nul = memchr::memchr(0, &bytes).is_some();
            let bytes = Arc::new(bytes);
            Text {
                bytes,
                start: detected.mark,
                encoding: detected.encoding,
                sound,
                original: true,
                marks,
                alien,
                may_have_nul,
            }
        };
        Self { text, found: detected.found, faults: detected.faults, aliens: detected.aliens }
    }

    /// The dialects it may be written in, likeliest first; at least one.
    pub(crate) fn dialects(&self) -> Vec<Dialect> {
        dialect::candidates(self.text.content(), self.text.encoding == UTF_8)
    }

    /// Whether there is nothing but space in it.
    pub(crate) fn is_blank(&self) -> bool {
        self.text.content().iter().all(u8::is_ascii_whitespace)
    }

    /// How many lines end between two offsets.
    pub(crate) fn line_ends(&self, from: u64, to: u64) -> u64 {
        self.text.line_ends(from, to)
    }

    /// Bytes of the text, after a mark, and how many precede them.
    pub(crate) fn content(&self) -> (&[u8], usize) {
        (self.text.content(), self.text.start)
    }

    /// The bytes of a range, in an encoding of choice or the file's own.
    pub(crate) fn shown(&self, range: Range<usize>, encoding: Option<&'static Encoding>) -> String {
        let bytes = self.text.bytes.get(range).unwrap_or_default();
        encoding.unwrap_or(self.text.encoding).decode_without_bom_handling(bytes).0.into_owned()
    }

    /// The text as one dialect splits it.
    pub(crate) fn divided(&self, dialect: &Dialect) -> Text {
        Text { marks: dialect.marks(self.text.encoding == UTF_8), ..self.text.clone() }
    }
}

impl Text {
    fn content(&self) -> &[u8] {
        self.bytes.get(self.start..).unwrap_or_default()
    }

    /// The beginning of the first row.
    pub(crate) fn first(&self) -> Mark {
        Mark { index: 0, offset: self.start as u64 }
    }

    /// Whether offsets speak of the file's own bytes.
    pub(crate) fn has_original_bytes(&self) -> bool {
        self.original
    }

    /// Visits rows from one mark up to an offset; gives the mark it stopped before.
    pub(crate) fn each(
        &self,
        from: Mark,
        end: Option<Mark>,
        visit: &mut dyn FnMut(Mark, &TextRow<'_>) -> ControlFlow<()>,
    ) -> Mark {
        let end = end.map_or(self.bytes.len(), |mark| (mark.offset as usize).min(self.bytes.len()));
        let base = (from.offset as usize).min(end);
        let bytes = &self.bytes[base..end];
        let text = if self.encoding == UTF_8 && self.sound { std::str::from_utf8(bytes).ok() } else { None };
        let (mut fields, mut mark) = (Vec::new(), from);
        while let Some(scanned) = scan::record(bytes, mark.offset as usize - base, self.marks, &mut fields) {
            let row = TextRow {
                bytes,
                text,
                fields: &fields,
                encoding: self.encoding,
                quote: self.marks.quote,
                alien: self.alien,
                may_have_nul: self.may_have_nul,
                is_last_part: end == self.bytes.len(),
                flaw: scanned.flaw.map(|(flaw, at)| (flaw, (base + at) as u64)),
            };
            if visit(mark, &row).is_break() {
                return mark;
            }
            mark = Mark { index: mark.index + 1, offset: (base + scanned.next) as u64 };
        }
        mark
    }

    /// How many lines end between two offsets.
    pub(crate) fn line_ends(&self, from: u64, to: u64) -> u64 {
        self.bytes.get(from as usize..to as usize).map_or(0, scan::line_ends)
    }
}

/// One record of a text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TextRow<'a> {
    bytes: &'a [u8],
    /// The same bytes, where all of them are known to be UTF-8.
    text: Option<&'a str>,
    fields: &'a [Field],
    encoding: &'static Encoding,
    quote: u8,
    alien: Option<&'static Encoding>,
    may_have_nul: bool,
    /// The bytes reach to the end of the file.
    is_last_part: bool,
    /// The first oddity and the offset of the field it is in.
    pub(crate) flaw: Option<(Flaw, u64)>,
}

impl<'a> TextRow<'a> {
    pub(crate) fn width(&self) -> usize {
        self.fields.len()
    }

    /// Its bytes, without the line end; from the first field to the end of the last.
    pub(crate) fn raw(&self) -> &'a [u8] {
        let (Some(first), Some(last)) = (self.fields.first(), self.fields.last()) else { return &[] };
        let quoted = first.start > 0 && self.bytes.get(first.start - 1) == Some(&self.quote);
        &self.bytes[first.start - usize::from(quoted)..last.end]
    }

    /// Its text, shortened, with line breaks made visible.
    pub(crate) fn excerpt(&self) -> String {
        let raw = self.raw();
        let text = self.encoding.decode_without_bom_handling(&raw[..raw.len().min(200)]).0;
        text.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).take(40).collect()
    }

    /// Whether its text has a byte that no text has: zero, or another control.
    pub(crate) fn has_control(&self) -> bool {
        self.raw().iter().any(|byte| *byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c))
    }

    /// How many cells it would have by another delimiter.
    pub(crate) fn width_by(&self, delimiter: u8) -> usize {
        let marks = Marks { delimiter, quote: self.quote, step: false };
        let mut fields = Vec::new();
        scan::record(self.raw(), 0, marks, &mut fields).map_or(0, |_| fields.len())
    }

    /// Whether there is a zero byte in it.
    pub(crate) fn has_nul(&self) -> bool {
        self.may_have_nul && memchr::memchr(0, self.raw()).is_some()
    }

    /// Whether nothing follows it, not even a line end.
    pub(crate) fn is_cut(&self) -> bool {
        let quote = self.fields.last().is_some_and(|last| self.bytes.get(last.end) == Some(&self.quote));
        self.is_last_part
            && self.fields.last().is_some_and(|last| last.end + usize::from(quote) >= self.bytes.len())
    }

    /// The cell at a position, from 0.
    pub(crate) fn cell(&self, position: usize) -> Cell<'a> {
        let Some(&field) = self.fields.get(position) else { return Cell::Blank };
        let bytes = &self.bytes[field.start..field.end];
        if let Some(alien) = self.alien
            && evidence::is_written_in(bytes, alien)
        {
            return Cell::Garbled(scan::unquoted(
                alien.decode_without_bom_handling(bytes).0,
                field,
                self.quote,
            ));
        }
        let (decoded, garbled) = match self.text {
            Some(text) => (Cow::Borrowed(text.get(field.start..field.end).unwrap_or_default()), false),
            None => self.encoding.decode_without_bom_handling(bytes),
        };
        let written = scan::unquoted(decoded, field, self.quote);
        if garbled { Cell::Garbled(written) } else { Cell::from_text(written) }
    }

    /// Whether the cell has more than space in it.
    pub(crate) fn is_filled(&self, position: usize) -> bool {
        let Some(field) = self.fields.get(position) else { return false };
        match self.bytes[field.start..field.end].first() {
            None => false,
            Some(byte) if byte.is_ascii_graphic() => true,
            Some(_) => !self.cell(position).is_blank(),
        }
    }

    /// Bytes of a field of this record, as a range from the record's first byte.
    pub(crate) fn field_within(&self, position: usize) -> Option<(u64, u64)> {
        let first = self.fields.first()?.start;
        let quote = |at: Option<usize>| at.and_then(|at| self.bytes.get(at)) == Some(&self.quote);
        let field = self.fields.get(position)?;
        let opened = position == 0 && quote(field.start.checked_sub(1));
        let first = if opened || quote(first.checked_sub(1)) { first - 1 } else { first };
        Some(((field.start - first) as u64, (field.end - first) as u64))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(bytes: &[u8]) -> Vec<Vec<String>> {
        let undivided = Undivided::new(bytes.to_vec(), None);
        let text = undivided.divided(&undivided.dialects()[0]);
        let mut rows = Vec::new();
        text.each(text.first(), None, &mut |_, row| {
            rows.push((0..row.width()).map(|at| row.cell(at).shown().into_owned()).collect());
            ControlFlow::Continue(())
        });
        rows
    }

    #[test]
    fn the_same_table_reads_alike_in_every_encoding() {
        let text = "部门\t收费项目\n公安局\t\"证照,\"\"费\"\"\"\n";
        let expected = [vec!["部门", "收费项目"], vec!["公安局", "证照,\"费\""]];
        assert_eq!(rows(text.as_bytes()), expected);
        assert_eq!(rows(&[&b"\xef\xbb\xbf"[..], text.as_bytes()].concat()), expected);
        assert_eq!(rows(&encoding_rs::GB18030.encode(text).0), expected);
        let utf_16: Vec<u8> =
            [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        assert_eq!(rows(&utf_16), expected);
    }

    #[test]
    fn a_field_knows_its_bytes() {
        let undivided = Undivided::new(b"a,b\n\"x\",\"yz\",w\n".to_vec(), None);
        let text = undivided.divided(&undivided.dialects()[0]);
        let mut found = Vec::new();
        text.each(text.first(), None, &mut |mark, row| {
            found.push((mark.offset, row.field_within(0), row.field_within(1), row.field_within(2)));
            ControlFlow::Continue(())
        });
        assert_eq!(found[1], (4, Some((1, 2)), Some((5, 7)), Some((9, 10))));
    }
}
