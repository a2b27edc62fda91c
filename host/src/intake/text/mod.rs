//! Delimited text: CSV, TSV and their like, as rows. Knows bytes, encodings and delimiters; nothing of headers.

mod dialect;
mod encoding;
mod evidence;
mod json;
mod scan;
mod window;

pub use dialect::Dialect;
pub use encoding::{EncodingFound, EncodingHow};

use super::blob::Blob;
use super::cell::Cell;
use super::offer::Manner;
use super::source::Mark;
use encoding_rs::{Encoding, UTF_8};
use scan::{Field, Marks, Split};
use std::borrow::Cow;
use std::io;
use std::ops::{ControlFlow, Range};
use window::Window;

pub(crate) use encoding::{Digest, beginning, detect, is_wide, named, readable};
pub(crate) use scan::{Flaw, RECORD_AT_MOST};

/// A text file, split as one dialect says. Read in stretches; no more than a few of them are ever in memory.
#[derive(Clone, Debug)]
pub(crate) struct Text {
    blob: Blob,
    /// After the byte order mark.
    start: u64,
    encoding: &'static Encoding,
    /// All of it decodes.
    sound: bool,
    /// The bytes are those of the file, not decoded ones.
    original: bool,
    marks: Marks,
    /// Some stretches are in this encoding instead.
    alien: Option<&'static Encoding>,
    may_have_nul: bool,
    manner: Manner,
}

/// A text whose dialect is still open.
#[derive(Debug)]
pub(crate) struct Undivided {
    text: Text,
    pub(crate) found: EncodingFound,
    /// Offsets of bytes that do not decode.
    pub(crate) faults: Vec<u64>,
    /// Stretches in another encoding, the first of them, and that encoding.
    pub(crate) aliens: Option<(&'static Encoding, Vec<Range<u64>>)>,
    pub(crate) may_have_returns: bool,
}

/// Bytes that are enough to say that another encoding would make a table of them.
const EVIDENCE: u64 = 4 << 20;

impl Undivided {
    /// Finds the encoding of a file, and takes the digest of its bytes on the way if it is wanted.
    pub(crate) fn new(
        blob: Blob,
        given: Option<&'static Encoding>,
        manner: Manner,
        digest: Option<&mut Digest>,
    ) -> io::Result<Self> {
        let detected = detect(&blob, given, digest);
        let marks = Marks { delimiter: b',', quote: b'"', step: false };
        let mut text = Text {
            start: detected.mark as u64,
            encoding: detected.encoding,
            sound: detected.found.undecodable == 0 && detected.aliens.is_none(),
            original: true,
            marks,
            alien: detected.aliens.as_ref().map(|(alien, _)| *alien),
            may_have_nul: detected.survey.nul,
            manner,
            blob,
        };
        let mut may_have_returns = detected.survey.returns;
        if encoding::must_be_decoded_first(detected.encoding) {
            text.blob = encoding::decoded_blob(&text.blob, detected.encoding, detected.mark)?;
            (text.start, text.encoding, text.sound, text.original) = (0, UTF_8, true, false);
            let survey = encoding::Survey::of(&text.blob, None);
            (text.may_have_nul, may_have_returns) = (survey.nul, survey.returns);
        }
        let (faults, aliens) = (detected.faults, detected.aliens);
        Ok(Self { text, found: detected.found, faults, aliens, may_have_returns })
    }

    /// The same text in the encoding the evidence is for, whatever a person said.
    pub(crate) fn by_evidence(&self) -> io::Result<Self> {
        let bytes = self.bytes(self.range().start..self.range().start.saturating_add(EVIDENCE));
        Self::new(Blob::memory(bytes), None, self.text.manner, None)
    }

    /// The dialects it may be written in, likeliest first; at least one.
    pub(crate) fn dialects(&self) -> Vec<Dialect> {
        let text = &self.text;
        let sample = text.blob.bytes(text.start, text.start + dialect::SAMPLE_BYTES as u64);
        dialect::candidates(&sample, text.encoding == UTF_8)
    }

    /// Whether there is nothing but space in it.
    pub(crate) fn is_blank(&self) -> bool {
        let mut blank = true;
        self.each_piece(&mut |_, bytes| {
            blank = bytes.iter().all(u8::is_ascii_whitespace);
            if blank { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        blank
    }

    /// Whether there may be a zero byte in it.
    pub(crate) fn may_have_nul(&self) -> bool {
        self.text.may_have_nul
    }

    /// Goes through its bytes, after a mark, in pieces that end with lines.
    pub(crate) fn each_piece(&self, visit: &mut dyn FnMut(u64, &[u8]) -> ControlFlow<()>) {
        self.text.blob.each_piece(self.text.start, visit);
    }

    /// How many lines end between two offsets.
    pub(crate) fn line_ends(&self, from: u64, to: u64) -> u64 {
        self.text.line_ends(from, to)
    }

    /// Where the text begins, after a mark, and where it ends.
    pub(crate) fn range(&self) -> Range<u64> {
        self.text.start..self.text.blob.len()
    }

    /// The bytes of a range.
    pub(crate) fn bytes(&self, range: Range<u64>) -> Vec<u8> {
        self.text.blob.bytes(range.start, range.end)
    }

    /// The same as text, in an encoding of choice or the file's own.
    pub(crate) fn shown(&self, range: Range<u64>, encoding: Option<&'static Encoding>) -> String {
        let bytes = self.bytes(range);
        encoding.unwrap_or(self.text.encoding).decode_without_bom_handling(&bytes).0.into_owned()
    }

    /// The text as one dialect splits it.
    pub(crate) fn divided(&self, dialect: &Dialect) -> Text {
        Text { marks: dialect.marks(self.text.encoding == UTF_8), ..self.text.clone() }
    }
}

impl Text {
    /// The beginning of the first row.
    pub(crate) fn first(&self) -> Mark {
        Mark { index: 0, offset: self.start, lines: 0 }
    }

    /// Whether offsets speak of the file's own bytes.
    pub(crate) fn has_original_bytes(&self) -> bool {
        self.original
    }

    /// How it is to be read.
    pub(crate) fn manner(&self) -> Manner {
        self.manner
    }

    /// A cell by its bytes, where quotes in it are not doubled.
    pub(crate) fn cell(&self, bytes: &[u8]) -> Cell<'static> {
        let fields = [Field::new(0, bytes.len())];
        self.row(bytes, &fields, false).cell(0).into_owned()
    }

    fn row<'a>(&self, bytes: &'a [u8], fields: &'a [Field], is_last_part: bool) -> TextRow<'a> {
        TextRow {
            bytes,
            fields,
            encoding: self.encoding,
            sound: self.sound,
            quote: self.marks.quote,
            alien: self.alien,
            may_have_nul: self.may_have_nul,
            is_last_part,
            flaw: None,
        }
    }

    /// What went wrong while it was read.
    pub(crate) fn fault(&self) -> Option<crate::manifest::Text> {
        self.blob.fault()
    }

    /// Visits rows from one mark up to an offset; gives the mark it stopped before.
    pub(crate) fn each(
        &self,
        from: Mark,
        end: Option<Mark>,
        visit: &mut dyn FnMut(Mark, &TextRow<'_>) -> ControlFlow<()>,
    ) -> Mark {
        let end = end.map_or(self.blob.len(), |mark| mark.offset.min(self.blob.len()));
        let from = Mark { offset: from.offset.min(end), ..from };
        let (mut fields, mut mark) = (Vec::new(), from);
        let mut window =
            Window::new(&self.blob, self.marks, (from.offset, end), self.manner.window, !self.manner.plain);
        while let Some(scanned) = window.record(mark.offset, &mut fields) {
            let base = window.base();
            let flaw = scanned.flaw.map(|(flaw, at)| (flaw, base + at as u64));
            let row = TextRow { flaw, ..self.row(window.bytes(), &fields, window.reaches_the_end()) };
            if visit(mark, &row).is_break() {
                return mark;
            }
            let (index, lines) = (mark.index + 1, mark.lines + u64::from(scanned.lines));
            mark = Mark { index, offset: base + scanned.next as u64, lines };
        }
        mark
    }

    /// How many lines end between two offsets.
    pub(crate) fn line_ends(&self, from: u64, to: u64) -> u64 {
        let (mut lines, mut at, mut returned) = (0, from, false);
        let mut buffer = Vec::new();
        while at < to {
            let wanted = (to - at).min(256 << 10) as usize;
            let bytes = match self.blob.borrowed() {
                Some(all) => all.get(at as usize..).map_or(&[][..], |rest| &rest[..wanted.min(rest.len())]),
                None => {
                    buffer.resize(wanted, 0);
                    let read = self.blob.read_at(at, &mut buffer);
                    &buffer[..read]
                }
            };
            let (Some(first), Some(last)) = (bytes.first(), bytes.last()) else { break };
            // CR LF may be cut in two.
            lines += scan::line_ends(bytes) - u64::from(returned && *first == b'\n');
            returned = *last == b'\r';
            at += bytes.len() as u64;
        }
        lines
    }
}

/// One record of a text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TextRow<'a> {
    /// The stretch it stands in.
    bytes: &'a [u8],
    fields: &'a [Field],
    encoding: &'static Encoding,
    /// All of the file is known to decode.
    sound: bool,
    quote: u8,
    alien: Option<&'static Encoding>,
    may_have_nul: bool,
    /// The bytes reach to the end of the file.
    is_last_part: bool,
    /// The first oddity and the offset of the field it is in.
    pub(crate) flaw: Option<(Flaw, u64)>,
}

impl<'a> TextRow<'a> {
    #[inline]
    pub(crate) fn width(&self) -> usize {
        self.fields.len()
    }

    /// Whether nothing is odd about its bytes.
    #[inline]
    pub(crate) fn is_sound(&self) -> bool {
        self.sound && self.flaw.is_none() && !self.may_have_nul
    }

    /// A cell's bytes, where they are what is written in it; none of a cell that must be looked at more closely.
    #[inline]
    pub(crate) fn bytes_of(&self, position: usize) -> Option<&'a [u8]> {
        let field = self.fields.get(position).filter(|field| !field.doubled)?;
        self.bytes.get(field.start()..field.end())
    }

    /// Its bytes, without the line end; from the first field to the end of the last.
    pub(crate) fn raw(&self) -> &'a [u8] {
        let (Some(first), Some(last)) = (self.fields.first(), self.fields.last()) else { return &[] };
        let quoted = first.start() > 0 && self.bytes.get(first.start() - 1) == Some(&self.quote);
        &self.bytes[first.start() - usize::from(quoted)..last.end()]
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
        match scan::record(self.raw(), 0, marks, true, &mut fields) {
            Split::Record(_) => fields.len(),
            Split::End | Split::Unfinished => 0,
        }
    }

    /// Whether there is a zero byte in it.
    pub(crate) fn has_nul(&self) -> bool {
        self.may_have_nul && memchr::memchr(0, self.raw()).is_some()
    }

    /// Whether nothing follows it, not even a line end.
    pub(crate) fn is_cut(&self) -> bool {
        let quote = self.fields.last().is_some_and(|last| self.bytes.get(last.end()) == Some(&self.quote));
        self.is_last_part
            && self.fields.last().is_some_and(|last| last.end() + usize::from(quote) >= self.bytes.len())
    }

    /// The cell at a position, from 0.
    pub(crate) fn cell(&self, position: usize) -> Cell<'a> {
        let Some(&field) = self.fields.get(position) else { return Cell::Blank };
        let bytes = &self.bytes[field.start()..field.end()];
        if let Some(alien) = self.alien
            && evidence::is_written_in(bytes, alien)
        {
            return Cell::Garbled(scan::unquoted(
                alien.decode_without_bom_handling(bytes).0,
                field,
                self.quote,
            ));
        }
        let valid = if self.sound && self.encoding == UTF_8 { std::str::from_utf8(bytes).ok() } else { None };
        let (decoded, garbled) = match valid {
            Some(text) => (Cow::Borrowed(text), false),
            None => self.encoding.decode_without_bom_handling(bytes),
        };
        let written = scan::unquoted(decoded, field, self.quote);
        if garbled { Cell::Garbled(written) } else { Cell::from_text(written) }
    }

    /// Whether the cell has more than space in it.
    pub(crate) fn is_filled(&self, position: usize) -> bool {
        let Some(field) = self.fields.get(position) else { return false };
        match self.bytes[field.start()..field.end()].first() {
            None => false,
            Some(byte) if byte.is_ascii_graphic() => true,
            Some(_) => !self.cell(position).is_blank(),
        }
    }

    /// Bytes of a field of this record, as a range from the record's first byte.
    pub(crate) fn field_within(&self, position: usize) -> Option<(u64, u64)> {
        let first = self.fields.first()?.start();
        let quote = |at: Option<usize>| at.and_then(|at| self.bytes.get(at)) == Some(&self.quote);
        let field = self.fields.get(position)?;
        let opened = position == 0 && quote(field.start().checked_sub(1));
        let first = if opened || quote(first.checked_sub(1)) { first - 1 } else { first };
        Some(((field.start() - first) as u64, (field.end() - first) as u64))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(bytes: &[u8]) -> Vec<Vec<String>> {
        let undivided =
            Undivided::new(Blob::memory(bytes.to_vec()), None, Manner::default(), None).expect("a text");
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
        let blob = Blob::memory(b"a,b\n\"x\",\"yz\",w\n".to_vec());
        let undivided = Undivided::new(blob, None, Manner::default(), None).expect("a text");
        let text = undivided.divided(&undivided.dialects()[0]);
        let mut found = Vec::new();
        text.each(text.first(), None, &mut |mark, row| {
            found.push((mark.offset, row.field_within(0), row.field_within(1), row.field_within(2)));
            ControlFlow::Continue(())
        });
        assert_eq!(found[1], (4, Some((1, 2)), Some((5, 7)), Some((9, 10))));
    }
}
