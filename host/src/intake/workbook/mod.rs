//! Workbooks: the cells of every sheet, with what a spreadsheet knows and a text file does not: dates, percentages, merges.
//!
//! Cells are taken one by one wherever the format allows; what a file declares of its size is never believed.

mod looks;
mod ods;
mod package;
mod records;
mod xls;
mod xlsb;
mod xlsx;

use super::quiet;
use super::sheet::{Sheet, Value};
use crate::manifest::Text;
use calamine::{Data, DataRef};
use mingcha_values::date::parse_instant;

/// One sheet of a workbook.
#[derive(Debug)]
pub(super) struct Loaded {
    pub(super) name: String,
    pub(super) hidden: bool,
    pub(super) sheet: Result<Sheet, Trouble>,
}

/// Why a workbook or sheet cannot be read.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    Encrypted,
    Damaged(String),
    TooManyCells(u64),
    /// The system did not let us: its words.
    Unreadable(Text),
}

/// Kinds of workbooks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BookKind {
    /// XLSX and XLSM.
    Xlsx,
    Xlsb,
    Xls,
    Ods,
}

/// Cells of a sheet at most; a form has some thousand, a year of hourly values some million.
pub(super) const CELLS_AT_MOST: u64 = 20_000_000;

/// Days between the two calendars of Excel.
const DAYS_1904: f64 = 1462.0;

/// Reads all sheets of a workbook.
pub(super) fn load(kind: BookKind, bytes: &[u8]) -> Result<Vec<Loaded>, Trouble> {
    guarded(|| match kind {
        BookKind::Xlsx => xlsx::load(bytes),
        BookKind::Xlsb => xlsb::load(bytes),
        BookKind::Xls => xls::load(bytes),
        BookKind::Ods => ods::load(bytes),
    })
}

/// The libraries do not panic on purpose; a file made to make them is a damaged file.
pub(super) fn guarded<T>(read: impl FnOnce() -> Result<T, Trouble>) -> Result<T, Trouble> {
    quiet::caught(read).unwrap_or_else(|| Err(Trouble::Damaged("unexpected structure".to_owned())))
}

/// Adds a cell; rows and columns from 0.
fn push(sheet: &mut Sheet, row: u32, column: u32, value: Value) -> Result<(), Trouble> {
    if !sheet.push(row.saturating_add(1), column, value) {
        return Err(Trouble::Damaged("cells out of order".to_owned()));
    }
    if sheet.cells() as u64 > CELLS_AT_MOST {
        return Err(Trouble::TooManyCells(CELLS_AT_MOST));
    }
    Ok(())
}

fn value(cell: &DataRef<'_>, shift: f64, percent: bool, sheet: &mut Sheet) -> Value {
    match cell {
        DataRef::Int(whole) => Value::Number { value: *whole as f64, percent },
        DataRef::Float(value) => Value::Number { value: *value, percent },
        DataRef::Bool(flag) => Value::Flag(*flag),
        DataRef::DateTime(at) if at.is_datetime() => Value::Serial(at.as_f64() + shift),
        DataRef::DateTime(at) => Value::Number { value: at.as_f64(), percent: false },
        DataRef::DateTimeIso(text) => iso(text, sheet),
        DataRef::Error(error) => Value::Fault(fault(error)),
        DataRef::String(text) | DataRef::DurationIso(text) => Value::Text(sheet.string(text)),
        DataRef::SharedString(text) => Value::Text(sheet.string(text)),
        DataRef::Empty => Value::Text(sheet.string("")),
    }
}

/// The same of a cell that owns its text.
fn owned_value(cell: &Data, shift: f64, percent: bool, sheet: &mut Sheet) -> Value {
    match cell {
        Data::Int(whole) => Value::Number { value: *whole as f64, percent },
        Data::Float(value) => Value::Number { value: *value, percent },
        Data::Bool(flag) => Value::Flag(*flag),
        Data::DateTime(at) if at.is_datetime() => Value::Serial(at.as_f64() + shift),
        Data::DateTime(at) => Value::Number { value: at.as_f64(), percent: false },
        Data::DateTimeIso(text) => iso(text, sheet),
        Data::Error(error) => Value::Fault(fault(error)),
        Data::String(text) | Data::DurationIso(text) => Value::Text(sheet.string(text)),
        Data::Empty => Value::Text(sheet.string("")),
    }
}

/// `2016-07-26T00:00:00` as people write it.
fn iso(text: &str, sheet: &mut Sheet) -> Value {
    match parse_instant(text.trim_end_matches('Z')) {
        Ok(at) => Value::Text(sheet.string(&at.to_string())),
        Err(_) => Value::Text(sheet.string(text)),
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
