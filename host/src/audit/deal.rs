//! Dealing the records of a batch to several instances, so that all that agree in a key meet in one of them.
//!
//! What agrees is never parted, however its cells come: as text or as a dictionary, in whatever batch. What does not agree
//! may meet all the same. Text agrees where its [`key`] does, since rules look at keys where people write one thing in
//! two ways; blank and unreadable cells agree with each other and with text that says nothing.

use std::hash::BuildHasher as _;

use foldhash::fast::FixedState;
use mingcha_values::text::key;

use crate::intake::{Cells, ColumnData};

/// Instead of a hash, of a cell without a value.
const NOTHING: u64 = 0;
const ODD: u64 = 0x9E37_79B9_7F4A_7C15;

/// Which of so many records go to each of so many instances, in order.
pub(crate) fn dealt(keys: &[&ColumnData], records: usize, instances: usize) -> Vec<Vec<u32>> {
    let mut sums = vec![0_u64; records];
    for column in keys {
        let hash = hash_of(column);
        for (record, sum) in sums.iter_mut().enumerate() {
            let value = if is_value(column, record) { hash(record) } else { NOTHING };
            *sum = (sum.rotate_left(23) ^ value).wrapping_mul(ODD);
        }
    }
    let mut dealt = vec![Vec::new(); instances];
    for (record, sum) in (0..).zip(sums) {
        // The high half of the sum, scaled to the number of instances.
        let instance = ((sum >> 32) * instances as u64) >> 32;
        dealt[instance as usize].push(record);
    }
    dealt
}

fn is_value(column: &ColumnData, record: usize) -> bool {
    column.states.get(record).is_none_or(|state| *state == 0)
}

/// The hash of each cell that is a value; of a dictionary's values, each is looked at once.
fn hash_of(column: &ColumnData) -> Box<dyn Fn(usize) -> u64 + '_> {
    match &column.cells {
        Cells::Text { offsets, heap } => Box::new(|record| of_text(text(offsets, heap, record))),
        Cells::Dictionary { codes, offsets, heap } => {
            let count = offsets.len().saturating_sub(1);
            let values: Vec<u64> = (0..count).map(|value| of_text(text(offsets, heap, value))).collect();
            Box::new(move |record| values.get(codes[record] as usize).copied().unwrap_or(NOTHING))
        }
        // Both zeros are one number.
        Cells::Number(values) => Box::new(|record| hash((values[record] + 0.0).to_bits().cast_signed())),
        Cells::Integer(values) | Cells::Decimal(values) | Cells::Instant(values) => {
            Box::new(|record| hash(values[record]))
        }
        Cells::Date(values) => Box::new(|record| hash(values[record].into())),
        Cells::Flag(values) => Box::new(|record| hash((values[record] != 0).into())),
    }
}

fn hash(value: i64) -> u64 {
    FixedState::default().hash_one(value)
}

fn of_text(text: &str) -> u64 {
    let key = key(text);
    if key.is_empty() { NOTHING } else { FixedState::default().hash_one(key) }
}

fn text<'h>(offsets: &[u32], heap: &'h str, index: usize) -> &'h str {
    &heap[offsets[index] as usize..offsets[index + 1] as usize]
}

/// The cells of these records.
pub(crate) fn gathered(column: &ColumnData, records: &[u32]) -> ColumnData {
    let states = if column.states.is_empty() { Vec::new() } else { of(&column.states, records) };
    let cells = match &column.cells {
        Cells::Text { offsets, heap } => {
            let cells = records.iter().map(|record| text(offsets, heap, *record as usize));
            let (offsets, heap) = end_to_end(cells);
            Cells::Text { offsets, heap }
        }
        Cells::Dictionary { codes, offsets, heap } => dictionary(&of(codes, records), offsets, heap),
        Cells::Number(values) => Cells::Number(of(values, records)),
        Cells::Integer(values) => Cells::Integer(of(values, records)),
        Cells::Decimal(values) => Cells::Decimal(of(values, records)),
        Cells::Date(values) => Cells::Date(of(values, records)),
        Cells::Instant(values) => Cells::Instant(of(values, records)),
        Cells::Flag(values) => Cells::Flag(of(values, records)),
    };
    ColumnData { cells, states }
}

fn of<T: Copy>(values: &[T], records: &[u32]) -> Vec<T> {
    records.iter().map(|record| values[*record as usize]).collect()
}

fn end_to_end<'t>(texts: impl Iterator<Item = &'t str>) -> (Vec<u32>, String) {
    let (mut offsets, mut heap) = (vec![0], String::new());
    for text in texts {
        heap.push_str(text);
        offsets.push(heap.len() as u32); // no longer than the heap it comes from
    }
    (offsets, heap)
}

/// A dictionary of the values these codes stand for and no others, in the order they come.
fn dictionary(codes: &[u32], offsets: &[u32], heap: &str) -> Cells {
    const UNMET: u32 = u32::MAX;
    let mut renamed = vec![UNMET; offsets.len()];
    let mut met = Vec::new();
    let mut rename = |code: &u32| {
        let renamed = &mut renamed[*code as usize];
        if *renamed == UNMET {
            *renamed = met.len() as u32;
            met.push(*code as usize);
        }
        *renamed
    };
    let codes = codes.iter().map(&mut rename).collect();
    let (offsets, heap) = end_to_end(met.into_iter().map(|value| text(offsets, heap, value)));
    Cells::Dictionary { codes, offsets, heap }
}

#[cfg(test)]
#[path = "deal_tests.rs"]
mod tests;
