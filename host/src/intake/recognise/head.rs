//! The first rows of a source as text, and the header each column would have if it ended at a given row.

use crate::intake::facts::Fact;
use crate::intake::source::{Mark, Row, Source};
use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::ControlFlow;

/// Rows looked at; a header further down is not found.
const ROWS: usize = 30;

/// Columns looked at.
pub(crate) const COLUMNS: usize = 4096;

/// The first rows of a source.
#[derive(Debug, Default)]
pub(crate) struct Head {
    pub(crate) rows: Vec<HeadRow>,
    /// What was counted before.
    pub(super) counts: RefCell<Counts>,
    /// What the rows above a row say.
    pub(super) facts: RefCell<HashMap<usize, Vec<Fact>>>,
}

/// Per last row and height of a window: how many columns of each offer it would hold.
pub(super) type Counts = HashMap<(usize, usize), Vec<usize>>;

/// One of the first rows.
#[derive(Debug)]
pub(crate) struct HeadRow {
    pub(crate) mark: Mark,
    /// Sheet row or physical line, from 1.
    pub(crate) number: u64,
    /// What its cells show; line breaks and all.
    pub(crate) cells: Vec<String>,
    /// The same, with merged cells repeated over the columns they span.
    spread: Vec<String>,
    /// For each column, the last row (of the sheet) that its cell is merged down to.
    bottom: Vec<u64>,
    /// Cells repeated from the row above.
    repeated: Vec<bool>,
}

/// What may be the header of one column.
#[derive(Debug)]
pub(crate) struct Label {
    pub(crate) position: u32,
    /// Likeliest spelling first.
    pub(crate) spellings: Vec<String>,
    /// For people.
    pub(crate) shown: String,
}

impl Head {
    /// Reads the first rows.
    pub(crate) fn new(source: &Source) -> Self {
        let mut rows: Vec<HeadRow> = Vec::new();
        let first = source.first();
        source.each(first, None, &mut |mark, row| {
            let number = row.number().unwrap_or_else(|| 1 + source.lines_between(first, mark));
            rows.push(HeadRow::new(mark, number, row));
            if rows.len() < ROWS { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        Self { rows, counts: RefCell::default(), facts: RefCell::default() }
    }

    /// What each column would be called by the `height` rows that end with row `last`.
    pub(crate) fn labels(&self, last: usize, height: usize) -> Vec<Label> {
        let Some(lower) = self.rows.get(last) else { return Vec::new() };
        let upper: Vec<&HeadRow> =
            (1..height).filter_map(|up| self.rows.get(last.checked_sub(up)?)).collect();
        let width = upper.iter().map(|row| row.cells.len()).chain([lower.cells.len()]).max().unwrap_or(0);
        (0..width).filter_map(|column| label(lower, &upper, column)).collect()
    }

    /// The last row that belongs to a header ending at `last`: cells merged downwards reach further.
    pub(crate) fn bottom(&self, last: usize, positions: &[u32]) -> usize {
        let Some(row) = self.rows.get(last) else { return last };
        let lowest =
            positions.iter().filter_map(|&at| row.bottom.get(at as usize)).max().copied().unwrap_or(0);
        let inside = |row: &&HeadRow| row.number <= lowest;
        last + self.rows[last + 1..].iter().take_while(inside).count().min(3)
    }

    /// The first row of a header ending at `last`: cells repeated from above begin further up.
    pub(crate) fn top(&self, first: usize, positions: &[u32]) -> usize {
        let repeats =
            |row: &HeadRow| positions.iter().any(|&at| row.repeated.get(at as usize) == Some(&true));
        (0..=first).rev().take(4).find(|&at| !repeats(&self.rows[at])).unwrap_or(first)
    }
}

impl HeadRow {
    fn new(mark: Mark, number: u64, row: Row<'_>) -> Self {
        let width = row.width().min(COLUMNS);
        let cells: Vec<String> = (0..width).map(|at| beginning(&row.cell(at).shown())).collect();
        let repeated = (0..width).map(|at| row.is_repeated(at)).collect();
        let mut spread = cells.clone();
        let mut bottom = vec![number; width];
        for merge in row.merges() {
            let (from, to) = (merge.columns.0 as usize, (merge.columns.1 as usize + 1).min(COLUMNS));
            let Some(text) = cells.get(from).cloned() else { continue };
            if spread.len() < to {
                spread.resize(to, String::new());
                bottom.resize(to, number);
            }
            spread[from..to].fill(text);
            bottom[from..to].fill(u64::from(merge.rows.1));
        }
        if row.number().is_none() {
            spread_right(&mut spread);
        }
        Self { mark, number, cells, spread, bottom, repeated }
    }

    /// How many cells say something.
    pub(crate) fn filled(&self) -> usize {
        self.cells.iter().filter(|cell| !cell.is_empty()).count()
    }

    fn at(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", String::as_str)
    }

    fn above(&self, column: usize) -> &str {
        self.spread.get(column).map_or("", String::as_str)
    }
}

/// No header and no fact is longer; a cell may be as long as its file.
const CELL_AT_MOST: usize = 8_192;

fn beginning(text: &str) -> String {
    text[..text.floor_char_boundary(CELL_AT_MOST)].to_owned()
}

/// A text file cannot merge cells: what was merged stands in the first one and leaves the others blank.
fn spread_right(cells: &mut [String]) {
    for at in 1..cells.len() {
        if cells[at].is_empty() {
            cells[at] = cells[at - 1].clone();
        }
    }
}

/// The header of one column; none if every row leaves it blank.
fn label(lower: &HeadRow, upper: &[&HeadRow], column: usize) -> Option<Label> {
    let own = lower.at(column);
    if own.is_empty() {
        let above = upper.iter().map(|row| row.at(column)).find(|cell| !cell.is_empty())?;
        return Some(Label {
            position: column as u32,
            spellings: vec![above.to_owned()],
            shown: above.to_owned(),
        });
    }
    let above: Vec<&str> =
        upper.iter().map(|row| row.above(column)).filter(|cell| !cell.is_empty() && *cell != own).collect();
    let mut spellings: Vec<String> = above.iter().map(|cell| format!("{cell}{own}")).collect();
    if let [near, far] = above[..] {
        spellings.insert(0, format!("{far}{near}{own}"));
    }
    spellings.push(own.to_owned());
    Some(Label { position: column as u32, spellings, shown: own.to_owned() })
}
