//! Some records of a column, as if the file had been read in smaller pieces.

use std::ops::Range;

use crate::intake::{Cells, ColumnData};

/// The cells of these records.
pub(super) fn column(column: &ColumnData, records: Range<usize>) -> ColumnData {
    let states = if column.states.is_empty() { Vec::new() } else { column.states[records.clone()].to_vec() };
    ColumnData { cells: cells(&column.cells, records), states }
}

fn cells(cells: &Cells, records: Range<usize>) -> Cells {
    match cells {
        Cells::Text { offsets, heap } => text(offsets, heap, records),
        Cells::Dictionary { codes, offsets, heap } => {
            Cells::Dictionary { codes: codes[records].to_vec(), offsets: offsets.clone(), heap: heap.clone() }
        }
        Cells::Number(values) => Cells::Number(values[records].to_vec()),
        Cells::Integer(values) => Cells::Integer(values[records].to_vec()),
        Cells::Decimal(values) => Cells::Decimal(values[records].to_vec()),
        Cells::Date(values) => Cells::Date(values[records].to_vec()),
        Cells::Instant(values) => Cells::Instant(values[records].to_vec()),
        Cells::Flag(values) => Cells::Flag(values[records].to_vec()),
    }
}

fn text(offsets: &[u32], heap: &str, records: Range<usize>) -> Cells {
    let bounds = &offsets[records.start..=records.end];
    let (first, last) = (bounds[0], bounds[bounds.len() - 1]);
    Cells::Text {
        offsets: bounds.iter().map(|offset| offset - first).collect(),
        heap: heap[first as usize..last as usize].to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Cells, ColumnData, column};

    #[test]
    fn a_piece_of_a_column_of_text_has_its_own_heap() {
        let whole = ColumnData {
            cells: Cells::Text { offsets: vec![0, 3, 3, 9], heap: "甲乙丙".to_owned() },
            states: vec![0, 1, 0],
        };
        let piece = ColumnData {
            cells: Cells::Text { offsets: vec![0, 0, 6], heap: "乙丙".to_owned() },
            states: vec![1, 0],
        };
        assert_eq!(column(&whole, 1..3), piece);
    }
}
