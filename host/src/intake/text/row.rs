//! One record of a text: its cells, and what its bytes say of it.

use super::evidence;
use super::scan::{self, Field, Flaw, Marks, Split};
use crate::intake::cell::Cell;
use encoding_rs::{Encoding, UTF_8};
use std::borrow::Cow;

/// One record of a text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TextRow<'a> {
    /// The stretch it stands in.
    pub(super) bytes: &'a [u8],
    pub(super) fields: &'a [Field],
    pub(super) encoding: &'static Encoding,
    /// All of the file is known to decode.
    pub(super) sound: bool,
    pub(super) quote: u8,
    pub(super) alien: Option<&'static Encoding>,
    pub(super) may_have_nul: bool,
    /// The bytes reach to the end of the file.
    pub(super) is_last_part: bool,
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

    /// Whether a byte below 128 is always a character of its own.
    #[inline]
    pub(crate) fn is_sound_utf8(&self) -> bool {
        self.sound && self.encoding == UTF_8
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
        let valid = if self.is_sound_utf8() { std::str::from_utf8(bytes).ok() } else { None };
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
