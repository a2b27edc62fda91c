//! The user's own spellings, put right in each batch before a rule sees it.
//!
//! Whole cells of text only; what a column called `stage` says is the same in every table. What a finding quotes stays as
//! the person wrote it. A column the pack does not have is another pack's: `--set` speaks to all of them.

use std::collections::HashMap;

use mingcha_values::text::key;

use crate::batch::{BatchData, TextData};
use crate::settings::{SPELLINGS, spelling};
use crate::{Cells, Column, Pack, Settings, Table};

/// What each spelling stands for, by the column's English name.
#[derive(Debug, Default)]
pub(crate) struct Spellings(HashMap<&'static str, HashMap<String, String>>);

impl Spellings {
    /// Those the user set.
    pub(crate) fn of(pack: &Pack, settings: &Settings) -> Self {
        let mut spellings = Self::default();
        for (column, written, meant) in settings.list(&SPELLINGS).into_iter().filter_map(spelling) {
            let declared = pack.tables.iter().flat_map(|table| table.columns);
            for known in declared.filter(|known| is_called(known, column)) {
                spellings.0.entry(known.name).or_default().insert(key(written), meant.to_owned());
            }
        }
        spellings
    }

    /// Puts the cells of a batch right.
    pub(crate) fn apply(&self, table: &Table, order: &[u16], data: &mut BatchData) {
        if self.0.is_empty() {
            return;
        }
        for (&index, column) in order.iter().zip(&mut data.columns) {
            let Some(known) = self.0.get(table.columns[usize::from(index)].name) else { continue };
            match &mut column.cells {
                Cells::Text(text) => *text = meant(text, known),
                Cells::Dictionary(codes, text) => *text = distinct(codes, &meant(text, known)),
                _ => {}
            }
        }
    }
}

fn is_called(column: &Column, name: &str) -> bool {
    column.name == name || key(column.zh) == key(name)
}

fn meant(text: &TextData, known: &HashMap<String, String>) -> TextData {
    let cells = (0..text.len()).map(|index| text.get(index));
    cells.map(|cell| known.get(&key(cell)).map_or(cell, String::as_str)).collect()
}

/// The values of a dictionary, each once again, and the codes renamed after them: groups are told by code. A code that
/// stands for nothing is that of a cell without a value.
fn distinct(codes: &mut [u32], values: &TextData) -> TextData {
    let (mut known, mut each): (HashMap<&str, u32>, Vec<&str>) = Default::default();
    let code = |value| {
        *known.entry(value).or_insert_with(|| {
            each.push(value);
            each.len() as u32 - 1
        })
    };
    let renamed: Vec<u32> = (0..values.len()).map(|index| values.get(index)).map(code).collect();
    for code in codes {
        *code = renamed.get(*code as usize).copied().unwrap_or(0);
    }
    each.into_iter().collect()
}

#[cfg(test)]
#[path = "spellings_tests.rs"]
mod tests;
