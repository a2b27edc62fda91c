//! A sheet in memory: only the cells that are there, whatever the sheet says of its size.

use super::cell::Cell;
use std::borrow::Cow;

/// Cells of one sheet, row by row.
#[derive(Debug, Default)]
pub(crate) struct Sheet {
    rows: Vec<RowStart>,
    cells: Vec<Stored>,
    strings: Vec<Box<str>>,
    merges: Vec<Merge>,
    hidden_rows: u64,
    /// Days to add to a number that is a day of its calendar.
    shift: f64,
    first_hidden: Option<u32>,
}

/// Where the cells of a row begin.
#[derive(Debug)]
struct RowStart {
    /// As the person's program numbers it, from 1.
    number: u32,
    first: usize,
}

/// One cell.
#[derive(Clone, Debug)]
struct Stored {
    column: u32,
    /// It repeats the cell above it, with which it is merged.
    repeated: bool,
    value: Value,
}

/// A value without borrowed parts; text is an index into the strings.
#[derive(Clone, Debug)]
pub(crate) enum Value {
    /// Index of a string.
    Text(u32),
    /// See [`Cell::Number`].
    Number { value: f64, percent: bool },
    /// See [`Cell::Serial`].
    Serial(f64),
    /// See [`Cell::Flag`].
    Flag(bool),
    /// See [`Cell::Fault`].
    Fault(&'static str),
}

/// A merged region, inclusive, rows from 1, columns from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Merge {
    /// First and last row.
    pub(crate) rows: (u32, u32),
    /// First and last column.
    pub(crate) columns: (u32, u32),
}

impl Sheet {
    /// Takes the next cell; cells must come row by row. False if it came too late.
    pub(crate) fn push(&mut self, row: u32, column: u32, value: Value) -> bool {
        match self.rows.last() {
            Some(last) if last.number == row => {
                if self.cells.last().is_some_and(|cell| cell.column >= column) {
                    return false;
                }
            }
            Some(last) if last.number > row => return false,
            _ => self.rows.push(RowStart { number: row, first: self.cells.len() }),
        }
        self.cells.push(Stored { column, repeated: false, value });
        true
    }

    /// Says how many days later than that of 1900 its calendar begins.
    pub(crate) fn count_from(&mut self, shift: f64) {
        self.shift = shift;
    }

    /// How many days later than that of 1900 its calendar begins.
    pub(crate) fn shift(&self) -> f64 {
        self.shift
    }

    /// Says which of the rows with cells are hidden, by their numbers.
    pub(crate) fn hide(&mut self, is_hidden: impl Fn(u32) -> bool) {
        let mut hidden =
            self.rows.iter().map(|row| row.number).filter(|number| is_hidden(*number)).peekable();
        self.first_hidden = hidden.peek().copied();
        self.hidden_rows = hidden.count() as u64;
    }

    /// How many rows with cells are hidden, and the first of them.
    pub(crate) fn hidden_rows(&self) -> (u64, Option<u32>) {
        (self.hidden_rows, self.first_hidden)
    }

    /// Keeps a text and gives its index.
    pub(crate) fn string(&mut self, text: &str) -> u32 {
        self.strings.push(text.into());
        (self.strings.len() - 1) as u32
    }

    /// How many rows have a cell.
    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    /// How many cells there are.
    pub(crate) fn cells(&self) -> usize {
        self.cells.len()
    }

    /// The row at an index (not a row number).
    pub(crate) fn row(&self, index: usize) -> Option<SheetRow<'_>> {
        let start = self.rows.get(index)?;
        let end = self.rows.get(index + 1).map_or(self.cells.len(), |next| next.first);
        Some(SheetRow { sheet: self, number: start.number, cells: &self.cells[start.first..end] })
    }

    /// The merged regions that begin in a row, from left to right.
    pub(crate) fn merges_from(&self, row: u32) -> &[Merge] {
        let from = self.merges.partition_point(|merge| merge.rows.0 < row);
        let to = self.merges.partition_point(|merge| merge.rows.0 <= row);
        &self.merges[from..to]
    }

    /// Keeps the merged regions, and repeats the first cell of each in the rows below that have other cells.
    ///
    /// Only the region's first column is filled: what is merged across belongs to its first column.
    pub(crate) fn merge(&mut self, mut merges: Vec<Merge>) {
        merges.sort_by_key(|merge| (merge.rows.0, merge.columns.0));
        let mut below: Vec<(usize, Stored)> = Vec::new();
        for merge in &merges {
            let Ok(top) = self.rows.binary_search_by_key(&merge.rows.0, |row| row.number) else { continue };
            let Some(value) = self.row(top).and_then(|row| row.stored(merge.columns.0).cloned()) else {
                continue;
            };
            let rows = self.rows[top + 1..].iter().take_while(|row| row.number <= merge.rows.1).count();
            for index in top + 1..=top + rows {
                if below.len() < FILLED_AT_MOST
                    && self.row(index).is_some_and(|r| r.stored(merge.columns.0).is_none())
                {
                    below.push((
                        index,
                        Stored { column: merge.columns.0, repeated: true, value: value.value.clone() },
                    ));
                }
            }
        }
        self.merges = merges;
        if !below.is_empty() {
            self.insert(below);
        }
    }

    /// Puts cells into rows, each by its row's index.
    fn insert(&mut self, mut added: Vec<(usize, Stored)>) {
        added.sort_by_key(|(row, cell)| (*row, cell.column));
        added.dedup_by_key(|(row, cell)| (*row, cell.column));
        let old = std::mem::take(&mut self.cells);
        let mut cells = Vec::with_capacity(old.len() + added.len());
        let (mut old, mut added) = (old.into_iter(), added.into_iter().peekable());
        let ends: Vec<usize> = self.rows.iter().skip(1).map(|row| row.first).chain([old.len()]).collect();
        let mut taken = 0;
        for (index, end) in ends.into_iter().enumerate() {
            self.rows[index].first = cells.len();
            let from = cells.len();
            cells.extend(old.by_ref().take(end - taken));
            taken = end;
            while let Some((_, cell)) = added.next_if(|(row, _)| *row == index) {
                cells.push(cell);
            }
            cells[from..].sort_by_key(|cell: &Stored| cell.column);
        }
        self.cells = cells;
    }
}

/// More repeated cells than any form has; a region may claim a whole sheet.
const FILLED_AT_MOST: usize = 4_000_000;

/// One row of a sheet.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SheetRow<'a> {
    sheet: &'a Sheet,
    /// As the person's program numbers it, from 1.
    pub(crate) number: u32,
    cells: &'a [Stored],
}

impl<'a> SheetRow<'a> {
    /// One more than the last column that has a cell.
    pub(crate) fn width(&self) -> usize {
        self.cells.last().map_or(0, |cell| cell.column as usize + 1)
    }

    /// The cell at a column, from 0.
    pub(crate) fn cell(&self, column: usize) -> Cell<'a> {
        self.stored(column as u32).map_or(Cell::Blank, |stored| self.sheet.value(&stored.value))
    }

    /// Whether the cell only repeats the one above it.
    pub(crate) fn is_repeated(&self, column: usize) -> bool {
        self.stored(column as u32).is_some_and(|stored| stored.repeated)
    }

    /// Columns that have a cell, in order.
    pub(crate) fn columns(&self) -> impl Iterator<Item = usize> + use<'a> {
        self.cells.iter().map(|cell| cell.column as usize)
    }

    fn stored(&self, column: u32) -> Option<&'a Stored> {
        let guess = self.cells.get(column as usize).filter(|cell| cell.column == column);
        guess.or_else(|| {
            self.cells.binary_search_by_key(&column, |cell| cell.column).ok().map(|at| &self.cells[at])
        })
    }

    /// The merged regions that begin in this row.
    pub(crate) fn merges(&self) -> &'a [Merge] {
        self.sheet.merges_from(self.number)
    }
}

impl Sheet {
    fn value(&self, value: &Value) -> Cell<'_> {
        match *value {
            Value::Text(index) => {
                Cell::from_text(Cow::Borrowed(self.strings.get(index as usize).map_or("", |text| &**text)))
            }
            Value::Number { value, percent } => Cell::Number { value, percent },
            Value::Serial(serial) => Cell::Serial(serial),
            Value::Flag(flag) => Cell::Flag(flag),
            Value::Fault(fault) => Cell::Fault(fault),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(value: f64) -> Value {
        Value::Number { value, percent: false }
    }

    #[test]
    fn merged_cells_are_repeated_only_where_a_row_has_others() {
        let mut sheet = Sheet::default();
        let text = sheet.string("财政局");
        assert!(sheet.push(3, 0, Value::Text(text)));
        assert!(sheet.push(3, 1, number(1.0)));
        assert!(sheet.push(4, 1, number(2.0)));
        assert!(sheet.push(7, 1, number(3.0)));
        sheet.merge(vec![Merge { rows: (3, 1_048_576), columns: (0, 0) }]);
        assert_eq!(sheet.len(), 3);
        let row = sheet.row(1).expect("a row");
        assert_eq!((row.number, row.cell(0).shown().into_owned()), (4, "财政局".to_owned()));
        assert!(row.is_repeated(0) && !row.is_repeated(1));
        assert_eq!(sheet.row(2).expect("a row").cell(1), Cell::Number { value: 3.0, percent: false });
    }

    #[test]
    fn cells_out_of_order_are_refused() {
        let mut sheet = Sheet::default();
        assert!(sheet.push(2, 5, number(1.0)));
        assert!(!sheet.push(2, 5, number(1.0)));
        assert!(!sheet.push(1, 9, number(1.0)));
        assert!(sheet.push(2, 16_383, number(1.0)));
        assert_eq!(sheet.row(0).expect("a row").width(), 16_384);
    }
}
