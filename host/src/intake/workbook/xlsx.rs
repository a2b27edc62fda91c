//! XLSX and XLSM. The library reads cells one by one; its dense ranges are never used, because two cells can claim a
//! whole sheet.

use super::{DAYS_1904, Loaded, Trouble, guarded, push, value};
use super::{looks, package};
use crate::intake::sheet::{Merge, Sheet, Value};
use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsx, XlsxError};
use std::collections::HashSet;
use std::io::Cursor;

type Book<'a> = Xlsx<Cursor<&'a [u8]>>;

/// Reads all sheets of an XLSX or XLSM file.
pub(super) fn load(bytes: &[u8]) -> Result<Vec<Loaded>, Trouble> {
    let mut book: Book<'_> = Xlsx::new(Cursor::new(bytes)).map_err(Trouble::from)?;
    let sheets = book.sheets_metadata().to_vec();
    let mut hidden = package::hidden_rows(bytes);
    let sheets = sheets.into_iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    let loaded = sheets.map(|sheet| Loaded {
        hidden: sheet.visible != SheetVisible::Visible,
        sheet: guarded(|| {
            load_sheet(&mut book, &sheet.name, &hidden.remove(&sheet.name).unwrap_or_default())
        }),
        name: sheet.name,
    });
    Ok(loaded.collect())
}

fn load_sheet(book: &mut Book<'_>, name: &str, hidden: &HashSet<u32>) -> Result<Sheet, Trouble> {
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
        push(&mut sheet, row, column, value)?;
    }
    let merge = |region: calamine::Dimensions| Merge {
        rows: (region.start.0.saturating_add(1), region.end.0.saturating_add(1)),
        columns: (region.start.1, region.end.1),
    };
    sheet.merge(merges.into_iter().map(merge).collect());
    sheet.count_from(shift);
    sheet.hide(|row| hidden.contains(&(row - 1)));
    Ok(sheet)
}

fn is_percentage(style: &calamine::Style) -> bool {
    style.number_format.as_ref().is_some_and(|format| looks::is_percentage(&format.format_code))
}

impl From<XlsxError> for Trouble {
    fn from(error: XlsxError) -> Self {
        match error {
            XlsxError::Password => Trouble::Encrypted,
            other => Trouble::Damaged(other.to_string()),
        }
    }
}
