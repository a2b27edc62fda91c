//! Whether what comes is what was announced, so that nothing behind it can run out of a column, a text or a dictionary.
//!
//! Looked at once for each batch: no rule and no accessor looks again.

use std::collections::HashMap;

use crate::batch::BatchData;
use crate::{Cells, Column, ColumnData, Kind, Pack, Reading, Table, TextData};

/// Whether the columns announced are there, each once, and are all the rules read.
pub(crate) fn announced(pack: &Pack, rules: &[u16], orders: &HashMap<u16, Vec<u16>>) -> Result<(), String> {
    for (&table, columns) in orders {
        let Some(known) = pack.tables.get(usize::from(table)) else {
            return Err(format!("the pack has no table {table}"));
        };
        if let Some(column) = columns.iter().find(|&&column| usize::from(column) >= known.columns.len()) {
            return Err(format!("table {} has no column {column}", known.name));
        }
        if columns.iter().enumerate().any(|(position, column)| columns[..position].contains(column)) {
            return Err(format!("a column of {} was announced twice", known.name));
        }
    }
    for rule in rules.iter().filter_map(|&rule| pack.rules.get(usize::from(rule))) {
        for reading in rule.beside.iter().chain([&rule.over]) {
            if let Some(column) = unannounced(pack, reading, orders) {
                let (rule, table) = (rule.id, reading.table.name);
                return Err(format!("{rule} reads {} of {table}, which was not announced", column.name));
            }
        }
    }
    Ok(())
}

/// A column that is read and does not come with its table; of a table that does not come, nothing is read.
fn unannounced(pack: &Pack, reading: &Reading, orders: &HashMap<u16, Vec<u16>>) -> Option<Column> {
    let table = pack.tables.iter().position(|table| table.name == reading.table.name)?;
    let order = orders.get(&u16::try_from(table).ok()?)?;
    let mut read = reading.columns.iter().chain(reading.optional);
    read.find(|column| !order.contains(&column.index)).copied()
}

/// Whether the batch has the columns announced, each of its kind and with as many cells as there are records.
pub(crate) fn fits(table: &Table, order: &[u16], data: &BatchData) -> Result<(), String> {
    let BatchData { records, first_id, ids, columns } = data;
    let name = table.name;
    if columns.len() != order.len() {
        return Err(format!("{} columns of {name} came, {} were announced", columns.len(), order.len()));
    }
    if !ids.is_empty() && ids.len() != *records {
        return Err(format!("{} ids of {name} came with {records} records", ids.len()));
    }
    if first_id.checked_add(*records as u64).is_none() {
        return Err(format!("the ids of {name} run past the highest there is"));
    }
    for (column, &index) in columns.iter().zip(order) {
        let declared = &table.columns[usize::from(index)];
        column_fits(declared, column, *records)
            .map_err(|what| format!("column {} of {name} {what}", declared.name))?;
    }
    Ok(())
}

fn column_fits(declared: &Column, column: &ColumnData, records: usize) -> Result<(), String> {
    let (cells, states) = (column.cells.len(), column.states.len());
    if cells != records {
        return Err(format!("has {cells} cells, not {records}"));
    }
    if states != 0 && states != records {
        return Err(format!("has {states} states, not {records}"));
    }
    if !is_of(declared.kind, &column.cells) {
        return Err(format!("is not of the kind {:?}", declared.kind));
    }
    let (texts, codes): (&TextData, &[u32]) = match &column.cells {
        Cells::Text(texts) => (texts, &[]),
        Cells::Dictionary(codes, texts) => (texts, codes),
        _ => return Ok(()),
    };
    if !is_cut_well(texts) {
        return Err("has texts that are cut where no text ends".to_owned());
    }
    let is_value = |index: usize| column.states.get(index).is_none_or(|state| *state == 0);
    match codes.iter().enumerate().find(|(index, code)| **code as usize >= texts.len() && is_value(*index)) {
        Some((_, code)) => Err(format!("has the code {code} in a dictionary of {}", texts.len())),
        None => Ok(()),
    }
}

fn is_of(kind: Kind, cells: &Cells) -> bool {
    matches!(
        (kind, cells),
        (Kind::Text, Cells::Text(_) | Cells::Dictionary(..))
            | (Kind::Number, Cells::Number(_))
            | (Kind::Integer, Cells::Integer(_))
            | (Kind::Decimal, Cells::Decimal(_))
            | (Kind::Date, Cells::Date(_))
            | (Kind::Instant, Cells::Instant(_))
            | (Kind::Flag, Cells::Flag(_))
    )
}

/// Each text ends where the next begins, between characters and within the heap.
fn is_cut_well(texts: &TextData) -> bool {
    let rising = texts.offsets.windows(2).all(|pair| pair[0] <= pair[1]);
    rising && texts.offsets.iter().all(|&offset| texts.heap.is_char_boundary(offset as usize))
}

#[cfg(test)]
#[path = "incoming_tests.rs"]
mod tests;
