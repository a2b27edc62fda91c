//! Files of records that are no grid: JSON, NDJSON and Parquet. Their fields become columns, their names the header.
//!
//! A file is gone through once to learn its fields and which records cannot be read; then its records are read from the
//! bytes again whenever they are asked for, so that memory does not grow with them. Parquet, whose bytes hold no
//! records, is first written out as such.

pub(super) mod json;
pub(super) mod parquet;
mod row;
mod stretch;
mod walk;

use super::blob::Blob;
use super::offer::Manner;
use super::source::{Mark, Row};
use super::workbook::Trouble;
pub(crate) use row::RecordRow;
use std::collections::HashMap;
use std::ops::{ControlFlow, Range};
use walk::{Broke, Walk};

/// Different names of fields at most; more is no table.
const FIELDS_AT_MOST: usize = 20_000;

/// Records that could not be read and are told one by one; the rest only count.
const BROKEN_KEPT: usize = 1000;

/// Records of one table.
#[derive(Debug)]
pub(crate) struct Records {
    blob: Blob,
    shape: Shape,
    /// The bytes they stand in.
    range: Range<u64>,
    names: Names,
    /// Offsets speak of the file's own bytes.
    original: bool,
    /// Some bytes are no text.
    lossy: bool,
    manner: Manner,
    broken: Vec<Broken>,
    unread: u64,
}

/// How records are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    /// An object on every line.
    Lines,
    /// Objects between commas.
    Objects,
    /// Arrays between commas, cells in the order of the names.
    Arrays,
    /// As [`row`] writes them.
    Rows,
}

/// Names of fields, in the order they first appear.
#[derive(Debug, Default)]
pub(crate) struct Names {
    all: Vec<String>,
    columns: HashMap<String, u32>,
}

/// A record, or records, that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Broken {
    /// Where it is written.
    pub(crate) at: BrokenAt,
    /// The library's own words.
    pub(crate) why: String,
    /// It is longer than a record may be.
    pub(crate) too_long: bool,
    /// Its beginning as written.
    pub(crate) text: String,
}

/// Where records are that could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BrokenAt {
    /// Physical line, from 1, and offset of the first byte.
    Line(u64, u64),
    /// The group of records, the first of them that could not be read, both from 1, and how many.
    Group(u64, u64, u64),
}

impl Names {
    /// The column of a field; a new one if it is new.
    fn column(&mut self, name: &str) -> Result<u32, Trouble> {
        if let Some(&column) = self.columns.get(name) {
            return Ok(column);
        }
        if self.all.len() >= FIELDS_AT_MOST {
            return Err(Trouble::Damaged(format!("more than {FIELDS_AT_MOST} different fields")));
        }
        let column = self.all.len() as u32;
        self.columns.insert(name.to_owned(), column);
        self.all.push(name.to_owned());
        Ok(column)
    }

    /// The column of a field that is looked for where it most likely is.
    fn known(&self, name: &str, likely: usize) -> Option<u32> {
        if self.all.get(likely).is_some_and(|known| known == name) {
            return Some(likely as u32);
        }
        self.columns.get(name).copied()
    }
}

impl Records {
    /// Records that nobody has looked through.
    fn new(blob: Blob, shape: Shape, range: Range<u64>, original: bool, manner: Manner) -> Self {
        Self {
            blob,
            shape,
            range,
            names: Names::default(),
            original,
            lossy: false,
            manner,
            broken: Vec::new(),
            unread: 0,
        }
    }

    /// The mark of the header, which is written nowhere.
    pub(crate) fn first(&self) -> Mark {
        Mark::default()
    }

    /// Visits the header and the records that can be read, from one mark up to another or the end; gives the mark it
    /// stopped before.
    pub(crate) fn each(
        &self,
        from: Mark,
        end: Option<Mark>,
        visit: &mut dyn FnMut(Mark, Row<'_>) -> ControlFlow<()>,
    ) -> Mark {
        let mut mark = from;
        if mark.index == 0 {
            if end.is_some_and(|end| end.index == 0) {
                return mark;
            }
            let cells = row::header(&self.names.all);
            if visit(mark, Row::Record(RecordRow::header(&cells))).is_break() {
                return mark;
            }
            mark = Mark { index: 1, offset: self.range.start, lines: 0 };
        }
        let end = end.map_or(self.range.end, |end| end.offset.min(self.range.end));
        let mut walk = Walk::new(self, mark.offset, end);
        while let Some(found) = walk.next() {
            let Ok(piece) = &found.piece else { continue };
            let read = self.text(piece).cells(&self.names, self.shape, self.lossy, &mut |row| {
                let row = RecordRow { length: piece.len() as u64, ..row };
                mark.offset = found.at;
                let visited = visit(mark, Row::Record(row));
                mark.index += u64::from(visited.is_continue());
                visited
            });
            if read.is_ok_and(|visited| visited.is_break()) {
                return mark;
            }
        }
        Mark { index: mark.index, offset: end, lines: 0 }
    }

    fn text<'p>(&self, piece: &'p [u8]) -> row::Written<'p> {
        match self.shape {
            Shape::Rows => row::Written::Row(piece),
            _ => row::Written::Json(json::text(piece, self.lossy)),
        }
    }

    /// How many lines end between two offsets.
    pub(crate) fn line_ends(&self, from: u64, to: u64) -> u64 {
        let (mut at, mut lines, mut buffer) = (from, 0, Vec::new());
        while at < to && self.has_lines() {
            buffer.resize((to - at).min(256 << 10) as usize, 0);
            let read = self.blob.read_at(at, &mut buffer);
            lines += memchr::memchr_iter(b'\n', &buffer[..read]).count() as u64;
            if read == 0 {
                break;
            }
            at += read as u64;
        }
        lines
    }

    /// Whether records stand on lines.
    pub(crate) fn has_lines(&self) -> bool {
        self.shape != Shape::Rows
    }

    /// Whether offsets speak of the file's own bytes.
    pub(crate) fn has_original_bytes(&self) -> bool {
        self.original
    }

    /// How it is to be read.
    pub(crate) fn manner(&self) -> Manner {
        self.manner
    }

    /// What went wrong with its file since it was looked at.
    pub(crate) fn fault(&self) -> Option<crate::manifest::Text> {
        self.blob.fault()
    }

    /// The first records that could not be read, and how many in all.
    pub(crate) fn broken(&self) -> (&[Broken], u64) {
        (&self.broken, self.unread)
    }

    /// Whether it has any field.
    pub(crate) fn has_fields(&self) -> bool {
        !self.names.all.is_empty()
    }

    fn break_off(&mut self, broken: Broken) {
        // A file may state any numbers; they end at the highest there is.
        self.unread = self.unread.saturating_add(match broken.at {
            BrokenAt::Line(..) => 1,
            BrokenAt::Group(_, _, records) => records,
        });
        if self.broken.len() < BROKEN_KEPT {
            self.broken.push(broken);
        }
    }

    /// Learns the fields, and which records cannot be read; why there is none where the last should be, if so.
    fn look_through(&mut self) -> Result<Option<Broke>, Trouble> {
        let mut names = std::mem::take(&mut self.names);
        let (mut line, mut known, mut broken) = (1, 0, Vec::new());
        let (mut unread, mut stopped) = (0, None);
        let mut walk = Walk::new(self, self.range.start, self.range.end);
        while let Some(found) = walk.next() {
            stopped = found.piece.err();
            let too_long = matches!(found.piece, Err(Broke::TooLong));
            let why = match found.piece {
                Ok(piece) => match json::learn(&json::text(piece, self.lossy), &mut names, self.shape)? {
                    None => continue,
                    Some(why) => why,
                },
                Err(broke) => broke.words().to_owned(),
            };
            unread += 1;
            if broken.len() < BROKEN_KEPT {
                line += self.line_ends(known, found.at);
                known = found.at;
                broken.push((BrokenAt::Line(line, found.at), why, too_long));
            }
        }
        self.names = names;
        for (at, why, too_long) in broken {
            let BrokenAt::Line(_, offset) = at else { continue };
            let text = String::from_utf8_lossy(&self.blob.bytes(offset, offset + 160)).into_owned();
            let text = text.lines().next().unwrap_or_default().chars().take(40).collect();
            self.broken.push(Broken { at, why, too_long, text });
        }
        self.unread += unread;
        match self.broken.first() {
            Some(first) if !self.has_fields() => Err(Trouble::Damaged(first.why.clone())),
            _ => Ok(stopped),
        }
    }
}

impl Broke {
    fn words(self) -> &'static str {
        match self {
            Self::Cut => "unexpected end of file",
            Self::TooLong => "longer than 8 MiB",
            Self::Syntax => "expected `,` or `]`",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_may_state_more_records_than_can_be_counted() {
        let blob = Blob::memory(Vec::new());
        let mut records = Records::new(blob, Shape::Rows, 0..0, false, Manner::default());
        for group in 1..=2 {
            let at = BrokenAt::Group(group, 1, u64::MAX);
            records.break_off(Broken { at, why: String::new(), too_long: false, text: String::new() });
        }
        assert_eq!(records.broken().1, u64::MAX);
    }
}
