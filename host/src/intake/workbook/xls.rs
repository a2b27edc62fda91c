//! XLS through the library's dense ranges, so it is looked through first: what its records declare could otherwise ask
//! for more memory than there is, and that ends a program. On the way, percentages and hidden rows are noted.

use super::looks::{Formats, Look, Looks};
use super::{DAYS_1904, Loaded, Trouble, guarded, owned_value, push};
use crate::intake::sheet::{Merge, Sheet, Value};
use calamine::{Reader, SheetType, SheetVisible, Xls, XlsError};
use std::borrow::Cow;
use std::io::{Cursor, Read};

/// Cells of a dense range at most, over all sheets.
const AREA_AT_MOST: u64 = 4_000_000;

/// Reads all sheets of an XLS file.
pub(super) fn load(bytes: &[u8]) -> Result<Vec<Loaded>, Trouble> {
    let mut looks = look_through(bytes)?;
    let mut book: Xls<Cursor<&[u8]>> = Xls::new(Cursor::new(bytes)).map_err(trouble)?;
    let sheets = book.sheets_metadata().to_vec();
    looks.resize_with(sheets.len(), Looks::default);
    let shift = if book.has_1904_epoch() { DAYS_1904 } else { 0.0 };
    let sheets = sheets.into_iter().zip(looks).filter(|(sheet, _)| sheet.typ == SheetType::WorkSheet);
    let loaded = sheets.map(|(sheet, looks)| Loaded {
        hidden: sheet.visible != SheetVisible::Visible,
        sheet: guarded(|| load_sheet(&mut book, &sheet.name, shift, looks)),
        name: sheet.name,
    });
    Ok(loaded.collect())
}

fn load_sheet(book: &mut Xls<Cursor<&[u8]>>, name: &str, shift: f64, looks: Looks) -> Result<Sheet, Trouble> {
    let range = book.worksheet_range(name).map_err(trouble)?;
    let (top, left) = range.start().unwrap_or_default();
    let mut sheet = Sheet::default();
    for (row, column, cell) in range.used_cells() {
        let (row, column) = (top.saturating_add(row as u32), left.saturating_add(column as u32));
        let look = looks.of(row, column);
        let value = match owned_value(cell, shift, look == Look::Percent, &mut sheet) {
            // The library does not know every format of days.
            Value::Number { value, .. } if look == Look::Day => Value::Serial(value + shift),
            value => value,
        };
        push(&mut sheet, row, column, value)?;
    }
    let merge = |region: calamine::Dimensions| Merge {
        rows: (region.start.0.saturating_add(1), region.end.0.saturating_add(1)),
        columns: (region.start.1, region.end.1),
    };
    sheet.merge(book.merge_cells_by_sheet_name(name).unwrap_or_default().into_iter().map(merge).collect());
    looks.settle(&mut sheet);
    sheet.count_from(shift);
    Ok(sheet)
}

/// Reads the records of the workbook's stream for their places and looks only; the looks in the order of the sheets.
fn look_through(bytes: &[u8]) -> Result<Vec<Looks>, Trouble> {
    let damaged = |error: std::io::Error| Trouble::Damaged(error.to_string());
    let opened = cfb::CompoundFile::open(Cursor::new(Cow::Borrowed(bytes)));
    let tidied = || cfb::CompoundFile::open(Cursor::new(Cow::Owned(tidied(bytes))));
    let mut file = opened.or_else(|_| tidied()).map_err(damaged)?;
    let name = if file.is_stream("/Workbook") { "/Workbook" } else { "/Book" };
    let stream = file.open_stream(name).map_err(damaged)?;
    let mut records = Vec::new();
    stream.take(bytes.len() as u64).read_to_end(&mut records).map_err(damaged)?;
    let (mut at, mut area, mut extent, mut seen) = (0, 0_u64, Extent::default(), Seen::default());
    while let Some(&[kind_low, kind_high, low, high]) = records.get(at..at + 4) {
        let kind = u16::from_le_bytes([kind_low, kind_high]);
        let end = at + 4 + usize::from(u16::from_le_bytes([low, high]));
        let data = records.get(at + 4..end).unwrap_or_default();
        match kind {
            BOUNDARY => area += std::mem::take(&mut extent).area(),
            DIMENSIONS => declared(data)?,
            _ if CELLS.contains(&kind) => extent.take(data, kind == RUN),
            _ => {}
        }
        seen.take(kind, at, data);
        at = end;
    }
    if area + extent.area() > AREA_AT_MOST {
        return Err(Trouble::TooManyCells(AREA_AT_MOST));
    }
    Ok(seen.sheets.into_iter().map(|(_, looks)| looks).collect())
}

/// The same file with its table of sectors free beyond the last one: some programs (SheetJS) fill it with ends of chains,
/// which the library refuses.
fn tidied(bytes: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    let half =
        |bytes: &[u8], at: usize| bytes.get(at..at + 2).map_or(0, |b| u16::from_le_bytes([b[0], b[1]]));
    let word =
        |bytes: &[u8], at: usize| usize::from(half(bytes, at)) | usize::from(half(bytes, at + 2)) << 16;
    let size = 1 << half(&bytes, 30).clamp(9, 12);
    let sectors = (bytes.len() / size).saturating_sub(1);
    // The header names the first 109 sectors of the table; a file with more is never so short.
    let tables: Vec<usize> = (0..word(&bytes, 44).min(109)).map(|at| word(&bytes, 76 + 4 * at)).collect();
    for (number, table) in tables.into_iter().enumerate() {
        for entry in 0..size / 4 {
            let at = (table + 1).saturating_mul(size) + 4 * entry;
            let is_beyond = number * (size / 4) + entry >= sectors;
            if let Some(entry) = bytes.get_mut(at..at + 4).filter(|_| is_beyond) {
                entry.fill(0xFF);
            }
        }
    }
    bytes
}

/// What the records say of looks.
#[derive(Debug, Default)]
struct Seen {
    formats: Formats,
    is_biff8: bool,
    /// Where each sheet begins, and its looks.
    sheets: Vec<(usize, Looks)>,
    /// The sheets that have begun and not ended, each by its index; none for what is no sheet, such as a chart.
    open: Vec<Option<usize>>,
}

impl Seen {
    fn take(&mut self, kind: u16, at: usize, data: &[u8]) {
        let number =
            |at: usize| data.get(at..at + 2).map_or(0, |bytes| u16::from_le_bytes([bytes[0], bytes[1]]));
        match kind {
            BOUNDARY => {
                self.is_biff8 |= number(0) == 0x0600;
                self.open.push(self.sheets.iter().position(|(begins, _)| *begins == at));
            }
            END => drop(self.open.pop()),
            SHEET => {
                let begins = usize::from(number(0)) | usize::from(number(2)) << 16;
                self.sheets.push((begins, Looks::default()));
            }
            FORMAT => self.formats.define(number(0), &self.code(data)),
            STYLE => self.formats.style(number(2)),
            ROW if number(12) & 0x20 != 0 => self.of_sheet(|looks, _| looks.hide(number(0).into())),
            RUN => {
                let styles = data.get(4..).unwrap_or_default().chunks_exact(6);
                let styles = styles.map(|cell| u16::from_le_bytes([cell[0], cell[1]]));
                styles.zip(number(2)..).for_each(|(style, column)| self.cell(number(0), column, style));
            }
            _ if CELLS.contains(&kind) => self.cell(number(0), number(2), number(4)),
            _ => {}
        }
    }

    fn cell(&mut self, row: u16, column: u16, style: u16) {
        self.of_sheet(|looks, formats| looks.take(row.into(), column.into(), formats.look(style.into())));
    }

    fn of_sheet(&mut self, tell: impl FnOnce(&mut Looks, &Formats)) {
        if let Some((_, looks)) = self.open.last().copied().flatten().and_then(|at| self.sheets.get_mut(at)) {
            tell(looks, &self.formats);
        }
    }

    /// The code of a format; letters beyond Latin do not matter here.
    fn code(&self, data: &[u8]) -> String {
        let (wide, text) = match (self.is_biff8, data.get(4)) {
            (true, Some(flags)) => (flags & 1 == 1, data.get(5..)),
            _ => (false, data.get(3..)),
        };
        let step = if wide { 2 } else { 1 };
        text.unwrap_or_default().iter().step_by(step).map(|&byte| char::from(byte)).collect()
    }
}

/// Ends a sheet.
const END: u16 = 0x000A;
/// Names a sheet and says where it begins.
const SHEET: u16 = 0x0085;
/// A number format of the workbook's own.
const FORMAT: u16 = 0x041E;
/// A style of cells.
const STYLE: u16 = 0x00E0;
/// A row and whether it is hidden.
const ROW: u16 = 0x0208;
/// Begins a sheet.
const BOUNDARY: u16 = 0x0809;
/// What a sheet says of its size.
const DIMENSIONS: u16 = 0x0200;
/// Records that begin with a row and a column.
const CELLS: [u16; 8] = [0x0203, 0x0204, 0x00D6, 0x0205, 0x027E, 0x00FD, 0x00BD, 0x0006];

/// One of them holds several cells of a row, and ends with its last column (MULRK).
const RUN: u16 = 0x00BD;

/// Rows and columns that have a cell.
#[derive(Debug, Default)]
struct Extent {
    found: Option<[(u16, u16); 2]>,
}

impl Extent {
    fn take(&mut self, data: &[u8], is_run: bool) {
        let Some(&[row_low, row_high, low, high]) = data.get(..4) else { return };
        let (row, column) = (u16::from_le_bytes([row_low, row_high]), u16::from_le_bytes([low, high]));
        if let Some(&[low, high]) = data.last_chunk::<2>().filter(|_| is_run) {
            self.widen(row, u16::from_le_bytes([low, high]));
        }
        self.widen(row, column);
    }

    fn widen(&mut self, row: u16, column: u16) {
        let [rows, columns] = self.found.unwrap_or([(row, row), (column, column)]);
        let wider = |(from, to): (u16, u16), at: u16| (from.min(at), to.max(at));
        self.found = Some([wider(rows, row), wider(columns, column)]);
    }

    /// Cells of the dense range.
    fn area(&self) -> u64 {
        let Some([rows, columns]) = self.found else { return 0 };
        let size = |(from, to): (u16, u16)| u64::from(to - from) + 1;
        size(rows) * size(columns)
    }
}

/// Refuses a size no sheet can have; memory would be set aside for it.
fn declared(data: &[u8]) -> Result<(), Trouble> {
    let wide = data.len() >= 14;
    let number = |at: usize| -> u64 {
        let bytes = data.get(at..at + if wide && at < 8 { 4 } else { 2 }).unwrap_or_default();
        bytes.iter().rev().fold(0, |sum, byte| sum << 8 | u64::from(*byte))
    };
    let at = if wide { [0, 4, 8, 10] } else { [0, 2, 4, 6] };
    let [top, bottom, left, right] = at.map(number);
    if top > bottom || left > 65_535 || bottom > 65_536 || right > 256 {
        return Err(Trouble::Damaged(format!("declared size {bottom} x {right}")));
    }
    Ok(())
}

fn trouble(error: XlsError) -> Trouble {
    match error {
        XlsError::Password => Trouble::Encrypted,
        other => Trouble::Damaged(other.to_string()),
    }
}
