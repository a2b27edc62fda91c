//! Delimited text: CSV, TSV and their like, as rows. Knows bytes, encodings and delimiters; nothing of headers.

mod block;
mod dialect;
mod encoding;
mod evidence;
mod index;
mod json;
mod row;
mod scan;
mod window;

pub use dialect::Dialect;
pub use encoding::{EncodingFound, EncodingHow};

use super::blob::Blob;
use super::cell::Cell;
use super::offer::Manner;
use super::source::Mark;
use encoding_rs::{Encoding, UTF_8};
use scan::{Field, Marks};
use std::io;
use std::ops::{ControlFlow, Range};
use window::Window;

pub(crate) use block::Block;
pub(crate) use encoding::{Digest, beginning, detect, is_wide, named, readable};
pub(crate) use row::TextRow;
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

/// What stands next in a text.
pub(crate) enum Piece<'a, R> {
    /// Records without any oddity. Whoever takes none of them is given the first as a row.
    Block(Block<'a>),
    /// One row.
    Row(R),
}

/// How many rows of a piece were taken, or that no more are wanted.
pub(crate) type Taken = ControlFlow<(), usize>;

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

    /// Visits rows from one mark up to another or the end; gives the mark it stopped before.
    pub(crate) fn each(
        &self,
        from: Mark,
        end: Option<Mark>,
        visit: &mut dyn FnMut(Mark, &TextRow<'_>) -> ControlFlow<()>,
    ) -> Mark {
        self.pieces(from, end, &mut |mark, piece| match piece {
            Piece::Block(_) => ControlFlow::Continue(0),
            Piece::Row(row) => visit(mark, &row).map_continue(|()| 1),
        })
    }

    /// The same, many rows at once where they have no oddity.
    pub(crate) fn pieces(
        &self,
        from: Mark,
        end: Option<Mark>,
        visit: &mut dyn FnMut(Mark, Piece<'_, TextRow<'_>>) -> Taken,
    ) -> Mark {
        let end = end.map_or(self.blob.len(), |mark| mark.offset.min(self.blob.len()));
        let from = Mark { offset: from.offset.min(end), ..from };
        let (mut fields, mut mark) = (Vec::new(), from);
        let mut window =
            Window::new(&self.blob, self.marks, (from.offset, end), self.manner.window, !self.manner.plain);
        loop {
            if self.is_plain()
                && let Some(block) = window.block(mark.offset)
            {
                match visit(mark, Piece::Block(block)) {
                    ControlFlow::Break(()) => return mark,
                    ControlFlow::Continue(0) => {}
                    ControlFlow::Continue(taken) => {
                        mark = mark.after(&block, taken);
                        continue;
                    }
                }
            }
            let Some(scanned) = window.record(mark.offset, &mut fields) else { return mark };
            let base = window.base();
            let flaw = scanned.flaw.map(|(flaw, at)| (flaw, base + at as u64));
            let row = TextRow { flaw, ..self.row(window.bytes(), &fields, window.reaches_the_end()) };
            if visit(mark, Piece::Row(row)).is_break() {
                return mark;
            }
            let (index, lines) = (mark.index + 1, mark.lines + u64::from(scanned.lines));
            mark = Mark { index, offset: base + scanned.next as u64, lines };
        }
    }

    /// Whether all bytes of it are characters, of one encoding.
    fn is_plain(&self) -> bool {
        self.sound && !self.may_have_nul && self.alien.is_none()
    }

    /// Whether a byte below 128 is always a character of its own.
    pub(crate) fn is_sound_utf8(&self) -> bool {
        self.sound && self.encoding == UTF_8
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
