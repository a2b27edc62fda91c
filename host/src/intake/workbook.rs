//! Workbooks: the cells of every sheet, with what Excel knows and a text file does not: dates, percentages, merges.
//!
//! The library reads cells one by one; its dense ranges are never used, because two cells can claim a whole sheet.

use super::sheet::{Merge, Sheet, Value};
use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsx, XlsxError};
use mingcha_values::date::parse_instant;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// One sheet of a workbook.
#[derive(Debug)]
pub(super) struct Loaded {
    pub(super) name: String,
    pub(super) hidden: bool,
    pub(super) sheet: Result<Sheet, Trouble>,
}

/// Why a workbook or sheet cannot be read.
#[derive(Debug)]
pub(super) enum Trouble {
    Encrypted,
    Damaged(String),
    TooManyCells(u64),
}

/// Cells of a sheet at most; a form has some thousand, a year of hourly values some million.
pub(super) const CELLS_AT_MOST: u64 = 20_000_000;

/// Days between the two calendars of Excel.
const DAYS_1904: f64 = 1462.0;

type Book<'a> = Xlsx<Cursor<&'a [u8]>>;

/// Reads all sheets of an XLSX or XLSM file.
pub(super) fn load(bytes: &[u8]) -> Result<Vec<Loaded>, Trouble> {
    guarded(|| {
        let mut book: Book<'_> = Xlsx::new(Cursor::new(bytes)).map_err(Trouble::from)?;
        let sheets = book.sheets_metadata().to_vec();
        let sheets = sheets.into_iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
        let loaded = sheets.map(|sheet| Loaded {
            hidden: sheet.visible != SheetVisible::Visible,
            sheet: guarded(|| load_sheet(&mut book, &sheet.name)),
            name: sheet.name,
        });
        Ok(loaded.collect())
    })
}

/// The library does not panic on purpose; a file made to make it is a damaged file.
fn guarded<T>(read: impl FnOnce() -> Result<T, Trouble>) -> Result<T, Trouble> {
    catch_unwind(AssertUnwindSafe(read))
        .unwrap_or_else(|_| Err(Trouble::Damaged("unexpected structure".to_owned())))
}

fn load_sheet(book: &mut Book<'_>, name: &str) -> Result<Sheet, Trouble> {
    let shift = if book.has_1904_epoch() { DAYS_1904 } else { 0.0 };
    let merges = book.merge_cells_by_sheet_name(name).unwrap_or_default();
    let mut cells = book.worksheet_cells_reader(name).map_err(Trouble::from)?;
    let percent: Vec<bool> = cells.styles().iter().map(is_percentage).collect();
    let mut sheet = Sheet::default();
    let mut shared: std::collections::HashMap<*const u8, u32> = std::collections::HashMap::new();
    while let Some((cell, style)) = cells.next_cell_with_style_id().map_err(Trouble::from)? {
        let (row, column) = cell.get_position();
        let percent = percent.get(style).copied().unwrap_or(false);
        let value = match cell.get_value() {
            DataRef::Empty => continue,
            DataRef::SharedString(text) => {
                // One string of the workbook is kept once, however many cells show it.
                let index = *shared.entry(text.as_ptr()).or_insert_with(|| sheet.string(text));
                Value::Text(index)
            }
            other => value(other, shift, percent, &mut sheet),
        };
        if !sheet.push(row.saturating_add(1), column, value) {
            return Err(Trouble::Damaged("cells out of order".to_owned()));
        }
        if sheet.cells() as u64 > CELLS_AT_MOST {
            return Err(Trouble::TooManyCells(CELLS_AT_MOST));
        }
    }
    let merge = |region: calamine::Dimensions| Merge {
        rows: (region.start.0.saturating_add(1), region.end.0.saturating_add(1)),
        columns: (region.start.1, region.end.1),
    };
    sheet.merge(merges.into_iter().map(merge).collect());
    Ok(sheet)
}

fn value(cell: &DataRef<'_>, shift: f64, percent: bool, sheet: &mut Sheet) -> Value {
    match cell {
        DataRef::Int(whole) => Value::Number { value: *whole as f64, percent },
        DataRef::Float(value) => Value::Number { value: *value, percent },
        DataRef::Bool(flag) => Value::Flag(*flag),
        DataRef::DateTime(at) if at.is_datetime() => Value::Serial(at.as_f64() + shift),
        DataRef::DateTime(at) => Value::Number { value: at.as_f64(), percent: false },
        DataRef::DateTimeIso(text) => match parse_instant(text.trim_end_matches('Z')) {
            Ok(at) => Value::Text(sheet.string(&at.to_string())),
            Err(_) => Value::Text(sheet.string(text)),
        },
        DataRef::Error(error) => Value::Fault(fault(error)),
        DataRef::String(text) | DataRef::DurationIso(text) => Value::Text(sheet.string(text)),
        DataRef::SharedString(text) => Value::Text(sheet.string(text)),
        DataRef::Empty => Value::Text(sheet.string("")),
    }
}

fn fault(error: &calamine::CellErrorType) -> &'static str {
    use calamine::CellErrorType::{Div0, GettingData, NA, Name, Null, Num, Ref, Value};
    match error {
        Div0 => "#DIV/0!",
        NA => "#N/A",
        Name => "#NAME?",
        Null => "#NULL!",
        Num => "#NUM!",
        Ref => "#REF!",
        Value => "#VALUE!",
        GettingData => "#DATA!",
    }
}

/// Whether a format shows numbers in per cent: `0.00%`, but not `0"%"`.
fn is_percentage(style: &calamine::Style) -> bool {
    let code = style.number_format.as_ref().map_or("", |format| format.format_code.as_str());
    code.split('"').step_by(2).any(|bare| bare.contains('%'))
}

impl From<XlsxError> for Trouble {
    fn from(error: XlsxError) -> Self {
        match error {
            XlsxError::Password => Trouble::Encrypted,
            other => Trouble::Damaged(other.to_string()),
        }
    }
}
