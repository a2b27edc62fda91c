//! Files of records that are no grid: JSON, NDJSON and Parquet. Their fields become columns, their names the header.

pub(super) mod json;
pub(super) mod parquet;

use super::sheet::{Sheet, Value, Written};
use super::workbook::{CELLS_AT_MOST, Trouble};
use std::collections::HashMap;

/// Different names of fields at most; more is no table.
const FIELDS_AT_MOST: usize = 20_000;

/// Number, place, and cells by column.
type Record = (u32, Written, Vec<(u32, Value)>);

/// A table of records while it is filled.
#[derive(Debug)]
struct Records {
    fields: HashMap<String, u32>,
    names: Vec<String>,
    rows: Vec<Record>,
    sheet: Sheet,
    cells: u64,
}

impl Records {
    fn new() -> Self {
        let sheet = Sheet::of_records();
        Self { fields: HashMap::new(), names: Vec::new(), rows: Vec::new(), sheet, cells: 0 }
    }

    /// The column of a field, in the order fields first appear.
    fn field(&mut self, name: &str) -> Result<u32, Trouble> {
        if let Some(&column) = self.fields.get(name) {
            return Ok(column);
        }
        if self.names.len() >= FIELDS_AT_MOST {
            return Err(Trouble::Damaged(format!("more than {FIELDS_AT_MOST} different fields")));
        }
        let column = self.names.len() as u32;
        self.fields.insert(name.to_owned(), column);
        self.names.push(name.to_owned());
        Ok(column)
    }

    /// Takes a record; its number is that of a person who counts records, or lines.
    fn record(&mut self, number: u32, written: Written, mut cells: Vec<(u32, Value)>) -> Result<(), Trouble> {
        self.cells += cells.len() as u64;
        if self.cells > CELLS_AT_MOST {
            return Err(Trouble::TooManyCells(CELLS_AT_MOST));
        }
        // Of a name that comes twice, the first counts; JSON leaves it open.
        cells.sort_by_key(|(column, _)| *column);
        cells.dedup_by_key(|(column, _)| *column);
        self.rows.push((number, written, cells));
        Ok(())
    }

    /// The sheet: a header of the fields' names, then the records.
    fn finish(mut self) -> Sheet {
        if self.names.is_empty() {
            return self.sheet;
        }
        for (column, name) in self.names.iter().enumerate() {
            let text = self.sheet.string(name);
            self.sheet.push(0, column as u32, Value::Text(text));
        }
        self.sheet.write_down(Written::default());
        for (number, written, cells) in self.rows {
            let mut begun = false;
            for (column, value) in cells {
                begun |= self.sheet.push(number, column, value);
            }
            if begun {
                self.sheet.write_down(written);
            }
        }
        self.sheet
    }
}
