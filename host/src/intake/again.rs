//! Files once more, cell by cell as they were handed in, for those who give them back: no header, no table, no record.
//!
//! Standard input cannot be read twice and is left out. Bytes are found by the same names as at the first reading; that
//! they are the same bytes is for the caller to see from their digest.

use std::io;
use std::ops::ControlFlow;
use std::path::PathBuf;

use super::blob::Blob;
use super::input::{BYTES_AT_MOST, Format, blob_of, digest, inside};
use super::packed::{self, Budget, Package};
use super::records::{Records, json, parquet};
use super::sheet::Sheet;
use super::sniff::{self, Content};
use super::source::{Row, Source};
use super::text::{Undivided, named};
use super::walk::{self, Found, STDIN};
use super::workbook::{self, BookKind, Loaded, Trouble};
use super::{Dialect, Manner};

/// A file as it was handed in, or a member of one.
#[derive(Debug)]
pub struct Again {
    /// As the run record names it.
    pub path: String,
    blob: Blob,
    content: Content,
}

/// How a text is to be read.
#[derive(Clone, Debug, Default)]
pub struct TextManner {
    /// The encoding, by its name; found by evidence where there is none.
    pub encoding: Option<String>,
    /// What divides its cells; the likeliest where there is none.
    pub delimiter: Option<char>,
}

/// What a file consists of, in its order.
pub(crate) enum Piece<'a> {
    /// A sheet begins; a text is one without a name.
    Sheet { name: Option<&'a str>, hidden: bool },
    /// A sheet that cannot be read.
    Unreadable { name: Option<&'a str> },
    /// A row of the sheet that began last.
    Row { row: Row<'a>, place: RowPlace },
}

/// Where a row stands, by each way of counting that its file knows; 0 where it knows none.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct RowPlace {
    /// Row of the sheet, or number of the record.
    pub(crate) number: u64,
    /// Physical line.
    pub(crate) line: u64,
    /// The line its last cell is on: a cell may hold line ends.
    pub(crate) last_line: u64,
    /// First byte.
    pub(crate) offset: u64,
}

/// Visits every file the paths lead to, and the members of those that hold others.
pub fn again(paths: &[PathBuf], visit: &mut dyn FnMut(&Again)) {
    for file in walk::walk(paths).files {
        if file.shown == STDIN {
            continue;
        }
        if let Ok(blob) = blob_of(&file) {
            let mut budget = Budget::of(blob.len());
            enter(blob, file, &mut budget, visit);
        }
    }
}

fn enter(blob: Blob, file: Found, budget: &mut Budget, visit: &mut dyn FnMut(&Again)) {
    let content = sniff::sniff(&blob);
    if !matches!(content, Content::Gzip | Content::Zstd | Content::Zip) {
        return visit(&Again { path: file.shown, blob, content });
    }
    if !budget.enter() {
        return;
    }
    let inside_name = super::input::without_extension(&file.shown);
    if let Ok((mut package, members)) = Package::open(&content, &blob, inside_name) {
        for member in members {
            if let Ok(blob) = package.unpack(&member, budget) {
                enter(blob, inside(&content, &file, &member), budget, visit);
            }
        }
    }
    budget.leave();
}

impl Again {
    /// SHA-256 of its bytes, in hexadecimal.
    #[must_use]
    pub fn sha256(&self) -> String {
        digest(&self.blob)
    }

    /// What it is, by its content.
    #[must_use]
    pub fn format(&self) -> Format {
        self.content.format()
    }

    /// All its bytes.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        self.blob.whole()
    }

    /// Goes through all sheets, row by row.
    pub(crate) fn each(
        &self,
        manner: &TextManner,
        visit: &mut dyn FnMut(Piece<'_>) -> io::Result<()>,
    ) -> io::Result<()> {
        match &self.content {
            Content::Text => self.text(manner, visit),
            Content::Book(kind) => self.book(*kind, visit),
            Content::Json { lines } => {
                let tables = json::load(&self.undivided(manner)?.as_json()?, *lines)
                    .map_err(|trouble| said(&trouble))?;
                tables.into_iter().try_for_each(|table| records(table.name.as_deref(), table.records, visit))
            }
            Content::Parquet => records(None, parquet::load(&self.blob, Manner::default()), visit),
            _ => Err(refused("not a table")),
        }
    }

    fn undivided(&self, manner: &TextManner) -> io::Result<Undivided> {
        let encoding = manner.encoding.as_deref().and_then(named);
        Undivided::new(self.blob.clone(), encoding, Manner::default(), None)
    }

    fn text(
        &self,
        manner: &TextManner,
        visit: &mut dyn FnMut(Piece<'_>) -> io::Result<()>,
    ) -> io::Result<()> {
        let undivided = self.undivided(manner)?;
        let dialect = match manner.delimiter {
            Some(delimiter) => Dialect { delimiter, quote: '"' },
            None => undivided.dialects().swap_remove(0),
        };
        visit(Piece::Sheet { name: None, hidden: false })?;
        rows(&Source::Text(undivided.divided(&dialect)), visit)
    }

    fn book(&self, kind: BookKind, visit: &mut dyn FnMut(Piece<'_>) -> io::Result<()>) -> io::Result<()> {
        if self.blob.len() > BYTES_AT_MOST {
            return Err(refused("too large"));
        }
        let bytes = self.bytes();
        if packed::bomb(&bytes).is_some() {
            return Err(refused("too large when unpacked"));
        }
        let loaded = workbook::load(kind, &bytes).map_err(|trouble| said(&trouble))?;
        loaded.into_iter().try_for_each(|table| sheet(table, visit))
    }
}

fn records(
    name: Option<&str>,
    records: Result<Records, Trouble>,
    visit: &mut dyn FnMut(Piece<'_>) -> io::Result<()>,
) -> io::Result<()> {
    let Ok(records) = records else { return visit(Piece::Unreadable { name }) };
    visit(Piece::Sheet { name, hidden: false })?;
    rows(&Source::Records(records), visit)
}

/// Rows of a text or of records, with the line each is on.
fn rows(source: &Source, visit: &mut dyn FnMut(Piece<'_>) -> io::Result<()>) -> io::Result<()> {
    let (mut before, mut line, mut result) = (source.first(), 1, Ok(()));
    source.each(source.first(), None, &mut |mark, row| {
        line += source.lines_between(before, mark);
        before = mark;
        let within = row.raw().map_or(0, |raw| memchr::memchr_iter(b'\n', raw).count() as u64);
        let number = row.number().unwrap_or(mark.index + u64::from(!row.is_record()));
        let place = RowPlace { number, line, last_line: line + within, offset: mark.offset };
        result = visit(Piece::Row { row, place });
        if result.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    result
}

fn sheet(table: Loaded, visit: &mut dyn FnMut(Piece<'_>) -> io::Result<()>) -> io::Result<()> {
    let (name, hidden) = (Some(table.name.as_str()), table.hidden);
    let sheet: Sheet = match table.sheet {
        Ok(sheet) => sheet,
        Err(_) => return visit(Piece::Unreadable { name }),
    };
    visit(Piece::Sheet { name, hidden })?;
    for index in 0..sheet.len() {
        let Some(row) = sheet.row(index) else { break };
        let place = RowPlace { number: u64::from(row.number), ..RowPlace::default() };
        visit(Piece::Row { row: Row::Sheet(row), place })?;
    }
    Ok(())
}

fn refused(why: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, why)
}

fn said(trouble: &Trouble) -> io::Error {
    match trouble {
        Trouble::Encrypted => refused("encrypted"),
        Trouble::Damaged(why) => refused(why),
        Trouble::TooManyCells(_) => refused("too many cells"),
        Trouble::Unreadable(why) => refused(&why.en),
    }
}
