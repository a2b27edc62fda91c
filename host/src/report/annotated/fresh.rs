//! A workbook made anew of the cells of a file that is no XLSX: each where the person's own program shows it.
//!
//! Rows are written as they are read, so memory does not grow with them. Where a sheet ends, the rows go on on a next one.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use rust_xlsxwriter::{Color, Format, IgnoreError, Note, Workbook, XlsxError};

use super::super::xlsx::{CELL_CHARACTERS, acts, fit, names::Names};
use super::marks::{At, Counting, Marks, Said, noted};
use super::remarks::{Fate, remarks};
use super::{Annotator, COLORS, LIST_AT_MOST, rank};
use crate::intake::{Again, Cell, Piece, Row, RowPlace, TextManner};
use crate::manifest::Severity;

/// Rows of a sheet.
const ROWS: u64 = 1_048_576;
/// Columns of a sheet.
const COLUMNS: usize = 16_384;
/// Rows whose cells decide how wide columns are.
const MEASURED: u64 = 200;

/// The workbook.
pub(super) fn fresh(
    file: &Again,
    said: &Said<'_>,
    manner: &TextManner,
    annotator: &Annotator<'_>,
) -> io::Result<Vec<u8>> {
    with_rows(file, said, manner, annotator, ROWS)
}

/// The same, with so many rows to a sheet.
pub(super) fn with_rows(
    file: &Again,
    said: &Said<'_>,
    manner: &TextManner,
    annotator: &Annotator<'_>,
    rows: u64,
) -> io::Result<Vec<u8>> {
    let mut book = Book::new(said, rows);
    file.each(manner, &mut |piece| book.take(&piece).map_err(told))?;
    book.finish(annotator).map_err(told)
}

fn told(error: XlsxError) -> io::Error {
    match error {
        XlsxError::IoError(error) => error,
        other => io::Error::other(other),
    }
}

/// What a cell is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Plain,
    /// Text that would become a formula when edited.
    Inert,
    Percent,
    Day,
    Instant,
}

/// The sheet that is being written.
#[derive(Default)]
struct Current<'a> {
    /// Its name in the file.
    name: &'a str,
    hidden: bool,
    /// Sheets it has filled so far.
    filled: u64,
    marks: Option<&'a Marks>,
    noted: BTreeMap<At, &'a str>,
    wanted: BTreeSet<u64>,
    /// The row written last, as the file counts.
    last: u64,
    widths: BTreeMap<u16, usize>,
}

/// The workbook while it is written.
pub(super) struct Book<'a> {
    pub(super) workbook: Workbook,
    said: &'a Said<'a>,
    rows: u64,
    pub(super) names: Names,
    /// Of the sheets, by their index.
    pub(super) titles: Vec<String>,
    /// The first that is not hidden.
    shown: Option<usize>,
    current: Current<'a>,
    formats: Formats,
    /// Where the rows that the list names are written: sheet and row, by sheet and row of the file.
    pub(super) written: BTreeMap<(&'a str, u64), (usize, u32)>,
    fate: Fate,
}

impl<'a> Book<'a> {
    fn new(said: &'a Said<'a>, rows: u64) -> Self {
        Self {
            workbook: Workbook::new(),
            said,
            rows,
            names: Names::default(),
            titles: Vec::new(),
            shown: None,
            current: Current::default(),
            formats: BTreeMap::new(),
            written: BTreeMap::new(),
            fate: Fate { anew: true, ..Fate::default() },
        }
    }

    fn take(&mut self, piece: &Piece<'_>) -> Result<(), XlsxError> {
        match piece {
            Piece::Sheet { name, hidden } => self.begin(name.unwrap_or_default(), *hidden),
            Piece::Unreadable { name } => {
                self.fate.unreadable.push(name.unwrap_or_default().to_owned());
                Ok(())
            }
            Piece::Row { row, place } => self.row(row, *place),
        }
    }

    fn begin(&mut self, name: &str, hidden: bool) -> Result<(), XlsxError> {
        self.close()?;
        let said = self.said;
        let (known, marks) = match said.sheets.get_key_value(name) {
            Some((known, marks)) => (*known, Some(marks)),
            None => {
                (said.lines.iter().map(|line| line.sheet).find(|sheet| *sheet == name).unwrap_or("\0"), None)
            }
        };
        self.current = Current {
            name: known,
            hidden,
            marks,
            noted: marks.map(noted).unwrap_or_default(),
            wanted: said.rows(known),
            ..Current::default()
        };
        self.sheet(if name.is_empty() { stem(&said.file.path) } else { name })
    }

    /// A further sheet for the rows that come.
    fn sheet(&mut self, name: &str) -> Result<(), XlsxError> {
        let title = self.names.unique(name);
        self.current.filled += 1;
        let hidden = self.current.hidden;
        let sheet = self.workbook.add_worksheet_with_constant_memory()?.set_name(&title)?;
        sheet.set_hidden(hidden);
        if !hidden {
            self.shown.get_or_insert(self.titles.len());
        }
        self.titles.push(title);
        Ok(())
    }

    fn row(&mut self, row: &Row<'_>, place: RowPlace) -> Result<(), XlsxError> {
        // The fields of records stand above them as a header.
        let number = place.number + u64::from(row.is_record());
        if self.said.counting == Counting::Rows {
            self.absent(number)?;
        }
        let keys = self.keys(place);
        let at = self.place(number)?;
        let mut cells: BTreeMap<u32, Option<Cell<'_>>> = BTreeMap::new();
        for position in row.filled(usize::MAX) {
            if position >= COLUMNS {
                self.fate.cut = true;
            } else if !row.is_repeated(position) {
                cells.insert(position as u32, Some(row.cell(position)));
            }
        }
        let marked = self.marked(&keys);
        for column in marked.keys() {
            cells.entry(*column).or_insert(None);
        }
        for (column, cell) in cells {
            self.cell(at, column as u16, cell, marked.get(&column).copied(), number)?;
        }
        for key in keys {
            self.written.insert((self.current.name, key), (self.titles.len() - 1, at));
        }
        self.current.last = number;
        Ok(())
    }

    /// Rows the list names that this one is.
    fn keys(&self, place: RowPlace) -> Vec<u64> {
        let (first, last) = match self.said.counting {
            Counting::Rows | Counting::Records => (place.number, place.number),
            Counting::Lines => (place.line, place.last_line),
            Counting::Bytes => (place.offset, place.offset),
        };
        self.current.wanted.range(first..=last).copied().collect()
    }

    /// The gravest mark of each column of these rows.
    fn marked(&self, keys: &[u64]) -> BTreeMap<u32, (At, Severity)> {
        let mut marked: BTreeMap<u32, (At, Severity)> = BTreeMap::new();
        let Some(marks) = self.current.marks else { return marked };
        for key in keys {
            for (at, mark) in marks.range((*key, 0)..=(*key, u32::MAX)) {
                let kept = marked.entry(at.1).or_insert((*at, mark.severity));
                if mark.severity > kept.1 {
                    *kept = (*at, mark.severity);
                }
            }
        }
        marked.into_iter().filter(|(column, _)| (*column as usize) < COLUMNS).collect()
    }

    /// Rows without cells that something is said of, above a row.
    fn absent(&mut self, before: u64) -> Result<(), XlsxError> {
        if before <= self.current.last + 1 {
            return Ok(());
        }
        let missing: Vec<u64> = self.current.wanted.range(self.current.last + 1..before).copied().collect();
        for number in missing {
            let at = self.place(number)?;
            for (column, mark) in self.marked(&[number]) {
                self.cell(at, column as u16, None, Some(mark), number)?;
            }
            self.written.insert((self.current.name, number), (self.titles.len() - 1, at));
            self.current.last = number;
        }
        Ok(())
    }

    /// The row of a sheet, from 0; a further sheet is begun where the last is full.
    fn place(&mut self, number: u64) -> Result<u32, XlsxError> {
        let number = number.max(1) - 1;
        while number / self.rows >= self.current.filled {
            self.fate.split = true;
            self.widths();
            let name = match self.current.name {
                "" | "\0" => stem(&self.said.file.path),
                name => name,
            };
            self.sheet(name)?;
        }
        Ok((number % self.rows) as u32)
    }

    fn cell(
        &mut self,
        row: u32,
        column: u16,
        cell: Option<Cell<'_>>,
        mark: Option<(At, Severity)>,
        number: u64,
    ) -> Result<(), XlsxError> {
        let whole = cell.as_ref().map(Cell::shown).unwrap_or_default();
        let shown = fit(&whole);
        // No text has more characters than bytes, so most need no counting.
        self.fate.cut |= whole.len() > CELL_CHARACTERS && whole.chars().count() > shown.chars().count();
        if number <= MEASURED {
            let wide = unicode_width::UnicodeWidthStr::width(shown.lines().next().unwrap_or_default());
            let width = self.current.widths.entry(column).or_default();
            *width = wide.max(*width);
        }
        let kind = kind(cell.as_ref(), &shown);
        let format = format(&mut self.formats, kind, mark.map(|(_, severity)| rank(severity)));
        let note = mark.and_then(|(at, _)| self.current.noted.get(&at).copied());
        let Some(sheet) = self.workbook.worksheets_mut().last_mut() else { return Ok(()) };
        match cell {
            None => sheet.write_blank(row, column, format)?,
            Some(Cell::Number { value, .. } | Cell::Serial(value)) => {
                sheet.write_number_with_format(row, column, value, format)?
            }
            Some(Cell::Flag(flag)) => sheet.write_boolean_with_format(row, column, flag, format)?,
            Some(_) => sheet.write_string_with_format(row, column, shown, format)?,
        };
        if let Some(note) = note {
            sheet.insert_note(row, column, &boxed(note))?;
        }
        Ok(())
    }

    /// What is left to do for a sheet once its rows are written.
    fn close(&mut self) -> Result<(), XlsxError> {
        if self.titles.is_empty() {
            return Ok(());
        }
        if self.said.counting == Counting::Rows {
            self.absent(self.rows * self.current.filled + 1)?;
        }
        self.widths();
        Ok(())
    }

    fn widths(&mut self) {
        let Some(sheet) = self.workbook.worksheets_mut().last_mut() else { return };
        for (column, width) in &self.current.widths {
            let _ = sheet.set_column_width(*column, (*width as f64 + 2.0).clamp(8.0, 36.0));
        }
        // A copy of a text is text; a mark on every number of it says nothing.
        let last = u32::try_from(self.rows - 1).unwrap_or(u32::MAX);
        let _ = sheet.ignore_error_range(0, 0, last, COLUMNS as u16 - 1, IgnoreError::NumberStoredAsText);
    }

    fn finish(mut self, annotator: &Annotator<'_>) -> Result<Vec<u8>, XlsxError> {
        self.close()?;
        let above = remarks(self.said, &self.fate, annotator);
        let mut lists = self.said.lines.chunks(LIST_AT_MOST);
        self.list(&above, lists.next().unwrap_or_default(), annotator)?;
        lists.try_for_each(|lines| self.list(&[], lines, annotator))?;
        let opened = self.shown.unwrap_or(self.titles.len());
        self.workbook.worksheet_from_index(opened)?.set_active(true);
        self.workbook.save_to_buffer()
    }
}

/// Formats by what a cell holds and how gravely it is marked, each made once.
type Formats = BTreeMap<(Kind, Option<usize>), Format>;

fn format(formats: &mut Formats, kind: Kind, severity: Option<usize>) -> &Format {
    let make = || {
        let format = match kind {
            Kind::Plain => Format::new(),
            Kind::Inert => Format::new().set_quote_prefix(),
            Kind::Percent => Format::new().set_num_format("0.##%"),
            Kind::Day => Format::new().set_num_format("yyyy-mm-dd"),
            Kind::Instant => Format::new().set_num_format("yyyy-mm-dd hh:mm:ss"),
        };
        match severity {
            Some(rank) => format.set_background_color(Color::RGB(COLORS[rank])),
            None => format,
        }
    };
    formats.entry((kind, severity)).or_insert_with(make)
}

fn kind(cell: Option<&Cell<'_>>, shown: &str) -> Kind {
    match cell {
        Some(Cell::Number { percent: true, .. }) => Kind::Percent,
        Some(Cell::Serial(serial)) if serial.fract() == 0.0 => Kind::Day,
        Some(Cell::Serial(_)) => Kind::Instant,
        Some(Cell::Text(_) | Cell::Garbled(_)) if acts(shown) => Kind::Inert,
        _ => Kind::Plain,
    }
}

/// A note in a box that holds its words.
fn boxed(text: &str) -> Note {
    const CHARACTERS: usize = 22;
    const LINE: u32 = 18;
    let lines: usize = text
        .lines()
        .map(|line| unicode_width::UnicodeWidthStr::width(line).div_ceil(2 * CHARACTERS).max(1))
        .sum();
    let height = u32::try_from(lines + 1).unwrap_or(u32::MAX).saturating_mul(LINE).min(600);
    Note::new(text).add_author_prefix(false).set_author("明察 mingcha").set_width(300).set_height(height)
}

/// The name of a file without folders and ending.
fn stem(path: &str) -> &str {
    let file = path.rsplit('/').next().unwrap_or(path);
    file.rsplit_once('.').map_or(file, |(stem, _)| stem)
}
