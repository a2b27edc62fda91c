//! XLSB cell by cell; XLS through the library's dense ranges, so it is looked through first: what its records declare
//! could otherwise ask for more memory than there is, and that ends a program.
//!
//! Neither tells the formats of its cells, so a percentage is its number: 35 % is 0.35.

use super::{DAYS_1904, Loaded, Trouble, guarded, owned_value, push, value};
use crate::intake::sheet::{Merge, Sheet};
use calamine::{DataRef, Reader, SheetType, SheetVisible, Xls, XlsError, Xlsb, XlsbError};
use std::io::{Cursor, Read};

/// Cells of a dense range at most, over all sheets.
const AREA_AT_MOST: u64 = 4_000_000;

/// Reads all sheets of an XLSB file.
pub(super) fn load_xlsb(bytes: &[u8]) -> Result<Vec<Loaded>, Trouble> {
    let mut book: Xlsb<Cursor<&[u8]>> = Xlsb::new(Cursor::new(bytes)).map_err(xlsb_trouble)?;
    let sheets = book.sheets_metadata().to_vec();
    let shift = if book.has_1904_epoch() { DAYS_1904 } else { 0.0 };
    let sheets = sheets.into_iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    let loaded = sheets.map(|sheet| Loaded {
        hidden: sheet.visible != SheetVisible::Visible,
        sheet: guarded(|| xlsb_sheet(&mut book, &sheet.name, shift)),
        name: Some(sheet.name),
    });
    Ok(loaded.collect())
}

fn xlsb_sheet(book: &mut Xlsb<Cursor<&[u8]>>, name: &str, shift: f64) -> Result<Sheet, Trouble> {
    let mut cells = book.worksheet_cells_reader(name).map_err(xlsb_trouble)?;
    let mut sheet = Sheet::default();
    while let Some(cell) = cells.next_cell().map_err(xlsb_trouble)? {
        let (row, column) = cell.get_position();
        if !matches!(cell.get_value(), DataRef::Empty) {
            let value = value(cell.get_value(), shift, false, &mut sheet);
            push(&mut sheet, row, column, value)?;
        }
    }
    Ok(sheet)
}

/// Reads all sheets of an XLS file.
pub(super) fn load_xls(bytes: &[u8]) -> Result<Vec<Loaded>, Trouble> {
    look_through(bytes)?;
    let mut book: Xls<Cursor<&[u8]>> = Xls::new(Cursor::new(bytes)).map_err(xls_trouble)?;
    let sheets = book.sheets_metadata().to_vec();
    let shift = if book.has_1904_epoch() { DAYS_1904 } else { 0.0 };
    let sheets = sheets.into_iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    let loaded = sheets.map(|sheet| Loaded {
        hidden: sheet.visible != SheetVisible::Visible,
        sheet: guarded(|| xls_sheet(&mut book, &sheet.name, shift)),
        name: Some(sheet.name),
    });
    Ok(loaded.collect())
}

fn xls_sheet(book: &mut Xls<Cursor<&[u8]>>, name: &str, shift: f64) -> Result<Sheet, Trouble> {
    let range = book.worksheet_range(name).map_err(xls_trouble)?;
    let (top, left) = range.start().unwrap_or_default();
    let mut sheet = Sheet::default();
    for (row, column, cell) in range.used_cells() {
        let value = owned_value(cell, shift, &mut sheet);
        push(&mut sheet, top.saturating_add(row as u32), left.saturating_add(column as u32), value)?;
    }
    let merge = |region: calamine::Dimensions| Merge {
        rows: (region.start.0.saturating_add(1), region.end.0.saturating_add(1)),
        columns: (region.start.1, region.end.1),
    };
    sheet.merge(book.merge_cells_by_sheet_name(name).unwrap_or_default().into_iter().map(merge).collect());
    Ok(sheet)
}

/// Reads the records of the workbook's stream for their places only.
fn look_through(bytes: &[u8]) -> Result<(), Trouble> {
    let damaged = |error: std::io::Error| Trouble::Damaged(error.to_string());
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(damaged)?;
    let name = if file.is_stream("/Workbook") { "/Workbook" } else { "/Book" };
    let stream = file.open_stream(name).map_err(damaged)?;
    let mut records = Vec::new();
    stream.take(bytes.len() as u64).read_to_end(&mut records).map_err(damaged)?;
    let (mut at, mut area, mut extent) = (0, 0_u64, Extent::default());
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
        at = end;
    }
    if area + extent.area() > AREA_AT_MOST { Err(Trouble::TooManyCells(AREA_AT_MOST)) } else { Ok(()) }
}

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

fn xls_trouble(error: XlsError) -> Trouble {
    match error {
        XlsError::Password => Trouble::Encrypted,
        other => Trouble::Damaged(other.to_string()),
    }
}

fn xlsb_trouble(error: XlsbError) -> Trouble {
    match error {
        XlsbError::Password => Trouble::Encrypted,
        other => Trouble::Damaged(other.to_string()),
    }
}
