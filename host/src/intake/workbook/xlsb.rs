//! XLSB, record by record. `calamine` knows only the long records of cells: what a program writes as short ones (SheetJS
//! does) it leaves out without a word, so the records are read here.

use super::looks::{Formats, Look, Looks};
use super::package;
use super::records::{each_record, half, text_at, word};
use super::{DAYS_1904, Loaded, Trouble, guarded, push};
use crate::intake::sheet::{Sheet, Value};
use std::collections::HashMap;
use std::io::Cursor;

type Archive<'a> = zip::ZipArchive<Cursor<&'a [u8]>>;

/// What all sheets share.
#[derive(Debug, Default)]
struct Book {
    /// Name, relationship, and whether it is hidden.
    sheets: Vec<(String, String, bool)>,
    /// Days added to every serial number.
    shift: f64,
    formats: Formats,
    strings: Vec<String>,
}

/// Reads all sheets of an XLSB file.
pub(super) fn load(bytes: &[u8]) -> Result<Vec<Loaded>, Trouble> {
    let archive = zip::ZipArchive::new(Cursor::new(bytes));
    let mut archive: Archive<'_> = archive.map_err(|error| Trouble::Damaged(error.to_string()))?;
    let targets = package::targets(&mut archive, "xl/_rels/workbook.bin.rels");
    let mut book = book(&mut archive)?;
    let mut loaded = Vec::new();
    for (name, id, hidden) in std::mem::take(&mut book.sheets) {
        let Some(target) = targets.get(&id).filter(|target| target.is_worksheet) else { continue };
        let sheet = guarded(|| load_sheet(&mut archive, &target.path, &book));
        loaded.push(Loaded { name, hidden, sheet });
    }
    Ok(loaded)
}

const BUNDLE: u16 = 156;
const PROPERTIES: u16 = 153;
const FORMAT: u16 = 44;
const STYLE: u16 = 47;
const CELL_STYLES: u16 = 617;
const CELL_STYLES_END: u16 = 618;
const STRING: u16 = 19;
const ROW: u16 = 0;
const MERGE: u16 = 176;
const DATA_END: u16 = 146;

fn book(archive: &mut Archive<'_>) -> Result<Book, Trouble> {
    let mut book = Book::default();
    each_record(archive, "xl/workbook.bin", &mut |kind, data| {
        if kind == PROPERTIES && word(data, 0) & 1 == 1 {
            book.shift = DAYS_1904;
        }
        if let (BUNDLE, Some((id, after))) = (kind, text_at(data, 8)) {
            book.sheets.extend(text_at(data, after).map(|(name, _)| (name, id, word(data, 0) != 0)));
        }
        Ok(())
    })?;
    if archive.index_for_name("xl/styles.bin").is_some() {
        let (formats, mut in_cells) = (&mut book.formats, false);
        each_record(archive, "xl/styles.bin", &mut |kind, data| {
            match kind {
                FORMAT => formats.define(half(data, 0), &text_at(data, 2).unwrap_or_default().0),
                CELL_STYLES => in_cells = true,
                CELL_STYLES_END => in_cells = false,
                STYLE if in_cells => formats.style(half(data, 2)),
                _ => {}
            }
            Ok(())
        })?;
    }
    if archive.index_for_name("xl/sharedStrings.bin").is_some() {
        each_record(archive, "xl/sharedStrings.bin", &mut |kind, data| {
            if kind == STRING {
                book.strings.push(text_at(data, 1).unwrap_or_default().0);
            }
            Ok(())
        })?;
    }
    Ok(book)
}

fn load_sheet(archive: &mut Archive<'_>, path: &str, book: &Book) -> Result<Sheet, Trouble> {
    let mut reading = Reading { book, sheet: Sheet::default(), shared: HashMap::new() };
    let (mut looks, mut row, mut before, mut ended) = (Looks::default(), 0, None::<u32>, false);
    each_record(archive, path, &mut |kind, data| {
        match kind {
            ROW => {
                (row, before) = (word(data, 0), None);
                if data.get(11).is_some_and(|flags| flags & 0x10 != 0) {
                    looks.hide(row);
                }
            }
            MERGE => looks.merge((word(data, 0), word(data, 4)), (word(data, 8), word(data, 12))),
            DATA_END => ended = true,
            _ if kind <= LAST_SHORT || kind == RICH => {
                let is_short = (FIRST_SHORT..=LAST_SHORT).contains(&kind);
                // A short record stands in the column behind the one before.
                let column = if is_short { before.map_or(0, |column| column + 1) } else { word(data, 0) };
                before = Some(column);
                let content = data.get(if is_short { 4 } else { 8 }..).unwrap_or_default();
                let style = word(data, if is_short { 0 } else { 4 }) & 0x00FF_FFFF;
                let kind = if is_short { kind - FIRST_SHORT + 1 } else { kind };
                if let Some(value) = reading.value(kind, style as usize, content)? {
                    push(&mut reading.sheet, row, column, value)?;
                }
            }
            _ => {}
        }
        Ok(())
    })?;
    if !ended {
        return Err(Trouble::Damaged("the sheet does not end".to_owned()));
    }
    looks.settle(&mut reading.sheet);
    reading.sheet.count_from(book.shift);
    Ok(reading.sheet)
}

/// Records of cells without a column, in the order of those with one.
const FIRST_SHORT: u16 = 12;
const LAST_SHORT: u16 = 18;
/// A cell of text with formats within.
const RICH: u16 = 62;

/// A sheet while it is read.
struct Reading<'a> {
    book: &'a Book,
    sheet: Sheet,
    /// Strings of the workbook by their index, and where the sheet keeps them.
    shared: HashMap<u32, u32>,
}

impl Reading<'_> {
    /// The value of a cell, by the kind of its long record; none for a blank one.
    fn value(&mut self, kind: u16, style: usize, content: &[u8]) -> Result<Option<Value>, Trouble> {
        let broken = || Trouble::Damaged("a cell is truncated".to_owned());
        let real = || content.first_chunk::<8>().map(|bytes| f64::from_le_bytes(*bytes)).ok_or_else(broken);
        let first = || content.first().copied().ok_or_else(broken);
        Ok(Some(match kind {
            2 => self.number(rk(word(content, 0)), style),
            5 | 9 => self.number(real()?, style),
            3 | 11 => Value::Fault(fault(first()?)),
            4 | 10 => Value::Flag(first()? != 0),
            6 | 8 => self.text(&text_at(content, 0).ok_or_else(broken)?.0),
            RICH => self.text(&text_at(content, 1).ok_or_else(broken)?.0),
            7 => {
                let index = word(content, 0);
                let text = self.book.strings.get(index as usize);
                let text =
                    text.ok_or_else(|| Trouble::Damaged("a string is missing: truncated".to_owned()))?;
                Value::Text(*self.shared.entry(index).or_insert_with(|| self.sheet.string(text)))
            }
            _ => return Ok(None),
        }))
    }

    fn number(&self, value: f64, style: usize) -> Value {
        match self.book.formats.look(style) {
            Look::Day => Value::Serial(value + self.book.shift),
            Look::Percent => Value::Number { value, percent: true },
            Look::Plain => Value::Number { value, percent: false },
        }
    }

    fn text(&mut self, text: &str) -> Value {
        Value::Text(self.sheet.string(text))
    }
}

/// A number in thirty bits: whole or the upper half of a float, perhaps in hundredths.
fn rk(bits: u32) -> f64 {
    let value = match bits & 2 {
        0 => f64::from_bits(u64::from(bits & !3) << 32),
        _ => f64::from(bits.cast_signed() >> 2),
    };
    if bits & 1 == 1 { value / 100.0 } else { value }
}

fn fault(code: u8) -> &'static str {
    match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0F => "#VALUE!",
        0x17 => "#REF!",
        0x1D => "#NAME?",
        0x24 => "#NUM!",
        0x2A => "#N/A",
        _ => "#DATA!",
    }
}
