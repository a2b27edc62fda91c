//! The stretch of a file of records that is in memory, and where a record ends in it.
//!
//! A stretch moves on when a record does not end in it, and grows where one is longer than it. A record that is longer
//! than any may be is gone through all the same, without being kept, so that the next one is found.

use crate::intake::blob::Blob;
use crate::intake::text::RECORD_AT_MOST;

/// Knows where a record ends.
pub(super) trait Ends {
    /// Takes the bytes that follow those it took before: how many of them are still of the record, if it ends in them.
    fn end_in(&mut self, bytes: &[u8]) -> Option<usize>;

    /// Whether a record may end where the file ends.
    fn may_end_with_the_file(&self) -> bool;
}

/// A record as bytes.
#[derive(Debug)]
pub(super) struct Piece<'s> {
    pub(super) bytes: &'s [u8],
    /// Offset of the byte after it.
    pub(super) end: u64,
    /// It ends where a record may; else the file ends within it.
    pub(super) ended: bool,
    /// Longer than a record may be; only its last bytes are here.
    pub(super) too_long: bool,
}

/// Bytes of a file, from an offset on.
#[derive(Debug)]
pub(super) struct Stretch<'b> {
    blob: &'b Blob,
    base: u64,
    /// Nothing is read from here on.
    end: u64,
    usual_size: usize,
    bytes: Vec<u8>,
}

impl<'b> Stretch<'b> {
    /// Of a file up to an offset, so many bytes at a time.
    pub(super) fn new(blob: &'b Blob, end: u64, size: usize) -> Self {
        Self { blob, base: 0, end: end.min(blob.len()), usual_size: size.max(1), bytes: Vec::new() }
    }

    /// Where the bytes end.
    pub(super) fn end(&self) -> u64 {
        self.end
    }

    /// The byte at an offset.
    pub(super) fn byte(&mut self, at: u64) -> Option<u8> {
        if !self.holds(at) {
            self.load(at, self.usual_size);
        }
        self.bytes.get(usize::try_from(at.checked_sub(self.base)?).ok()?).copied()
    }

    /// The first offset from one on whose byte is no space.
    pub(super) fn after_space(&mut self, mut at: u64) -> u64 {
        while self.byte(at).is_some_and(|byte| byte.is_ascii_whitespace()) {
            at += 1;
        }
        at
    }

    /// The record that begins at an offset.
    pub(super) fn record(&mut self, at: u64, ends: &mut dyn Ends) -> Piece<'_> {
        if !self.holds(at) {
            self.load(at, self.usual_size);
        }
        let (mut from, mut seen, mut too_long) = (at, 0, false);
        loop {
            let start = usize::try_from(from.saturating_sub(self.base)).unwrap_or(usize::MAX);
            let start = start.min(self.bytes.len());
            let found = ends.end_in(&self.bytes[start + seen..]);
            let stop = found.map_or(self.bytes.len(), |more| start + seen + more);
            let reached = self.base + stop as u64;
            if found.is_some() || reached >= self.end {
                let ended = found.is_some() || ends.may_end_with_the_file();
                return Piece { bytes: &self.bytes[start..stop], end: reached, ended, too_long };
            }
            seen = stop - start;
            if start > 0 {
                self.load(from, self.usual_size.max(seen + 1));
            } else if !too_long && self.bytes.len() < RECORD_AT_MOST {
                self.load(from, (self.bytes.len() * 2).clamp(1, RECORD_AT_MOST));
            } else {
                (too_long, from, seen) = (true, reached, 0);
                self.load(from, self.usual_size);
            }
        }
    }

    fn holds(&self, at: u64) -> bool {
        (self.base..self.base + self.bytes.len() as u64).contains(&at)
    }

    fn load(&mut self, at: u64, size: usize) {
        let wanted = usize::try_from(self.end.saturating_sub(at)).unwrap_or(usize::MAX).min(size);
        self.base = at;
        self.bytes.resize(wanted, 0);
        let read = self.blob.read_at(at, &mut self.bytes);
        self.bytes.truncate(read);
        if read < wanted {
            // The file became shorter: this is where it ends now.
            self.end = at + read as u64;
        }
    }
}

/// A line; the last one may have no end.
#[derive(Debug, Default)]
pub(super) struct Line;

impl Ends for Line {
    fn end_in(&mut self, bytes: &[u8]) -> Option<usize> {
        memchr::memchr(b'\n', bytes).map(|feed| feed + 1)
    }

    fn may_end_with_the_file(&self) -> bool {
        true
    }
}

/// A value of JSON; only brackets and quotes are looked at.
#[derive(Debug, Default)]
pub(super) struct JsonValue {
    begun: bool,
    depth: u64,
    in_text: bool,
    escaped: bool,
}

impl JsonValue {
    /// Goes on within a text; where it ends.
    fn text_ends_in(&mut self, bytes: &[u8]) -> Option<usize> {
        let mut at = 0;
        if std::mem::take(&mut self.escaped) {
            if bytes.is_empty() {
                self.escaped = true;
            }
            at = 1;
        }
        while let Some(found) = bytes.get(at..).and_then(|rest| memchr::memchr2(b'"', b'\\', rest)) {
            at += found + 1;
            if bytes[at - 1] == b'"' {
                self.in_text = false;
                return Some(at);
            }
            self.escaped = at >= bytes.len();
            at += 1;
        }
        None
    }
}

impl Ends for JsonValue {
    fn end_in(&mut self, bytes: &[u8]) -> Option<usize> {
        let mut at = 0;
        while at < bytes.len() {
            if self.in_text {
                at += self.text_ends_in(&bytes[at..])?;
                if self.depth == 0 {
                    return Some(at);
                }
                continue;
            }
            match bytes[at] {
                b'"' if self.depth == 0 && self.begun => return Some(at),
                b'"' => self.in_text = true,
                b'{' | b'[' if self.depth > 0 || !self.begun => self.depth += 1,
                b'}' | b']' if self.depth > 0 => {
                    self.depth -= 1;
                    if self.depth == 0 {
                        return Some(at + 1);
                    }
                }
                b',' | b':' | b'{' | b'[' | b'}' | b']' if self.depth == 0 => return Some(at),
                byte if byte.is_ascii_whitespace() && self.depth == 0 && self.begun => return Some(at),
                _ => {}
            }
            self.begun = true;
            at += 1;
        }
        None
    }

    fn may_end_with_the_file(&self) -> bool {
        self.depth == 0 && !self.in_text
    }
}

/// A record that begins with its length.
#[derive(Debug, Default)]
pub(super) struct Counted {
    length: [u8; 4],
    known: usize,
    left: usize,
}

impl Ends for Counted {
    fn end_in(&mut self, bytes: &[u8]) -> Option<usize> {
        let taken = bytes.len().min(4 - self.known);
        self.length[self.known..self.known + taken].copy_from_slice(&bytes[..taken]);
        self.known += taken;
        if taken > 0 && self.known == 4 {
            self.left = u32::from_le_bytes(self.length) as usize;
        }
        let rest = bytes.len() - taken;
        if self.known == 4 && self.left <= rest {
            return Some(taken + self.left);
        }
        self.left = self.left.saturating_sub(rest);
        None
    }

    fn may_end_with_the_file(&self) -> bool {
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn ends(text: &str, ends: &mut dyn Ends, size: usize) -> (usize, bool) {
        let blob = Blob::memory(text.as_bytes().to_vec());
        let mut stretch = Stretch::new(&blob, u64::MAX, size);
        let piece = stretch.record(0, ends);
        assert_eq!(piece.bytes, &text.as_bytes()[..piece.end as usize]);
        (piece.end as usize, piece.ended)
    }

    #[test]
    fn a_value_ends_where_its_brackets_and_quotes_close() {
        for (value, rest) in [
            (r#"{"a":"}\"]","b":[1,{}]}"#, ",{}"),
            (r#""a\\""#, ", 1"),
            ("12.5", "]"),
            ("null", " ,"),
            ("[[],[\"]\"]]", ""),
        ] {
            for size in 1..40 {
                let found = ends(&format!("{value}{rest}"), &mut JsonValue::default(), size);
                assert_eq!(found, (value.len(), true), "{value} in stretches of {size}");
            }
        }
        assert!(!ends("{\"a\":1", &mut JsonValue::default(), 4).1);
        assert!(!ends("\"a", &mut JsonValue::default(), 1).1);
    }

    #[test]
    fn a_record_longer_than_any_may_be_is_passed_over() {
        let text = format!("{{\"a\":\"{}\"}}\n{{}}\n", "x".repeat(RECORD_AT_MOST + 10));
        let blob = Blob::memory(text.into_bytes());
        let mut stretch = Stretch::new(&blob, u64::MAX, 64);
        let piece = stretch.record(0, &mut Line);
        assert_eq!((piece.too_long, piece.ended, piece.end), (true, true, RECORD_AT_MOST as u64 + 19));
        let end = piece.end;
        assert_eq!(stretch.record(end, &mut Line).bytes, b"{}\n");
    }

    proptest! {
        #[test]
        fn stretches_of_any_size_end_records_alike(
            text in "[\\[\\]{}\",:\\\\ 1a\n]{0,60}", size in 1..70_usize,
        ) {
            let whole = |ends: &mut dyn Ends| self::ends(&text, ends, 1000);
            prop_assert_eq!(ends(&text, &mut JsonValue::default(), size), whole(&mut JsonValue::default()));
            prop_assert_eq!(ends(&text, &mut Line, size), whole(&mut Line));
        }
    }
}
