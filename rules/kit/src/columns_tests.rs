//! A column says of each record what its row says.

use std::cell::Cell as Counter;

use crate::prelude::*;
use crate::support::*;
use crate::{Cells, ColumnData};

#[test]
fn what_is_made_of_text_is_what_the_rows_say_plain_or_as_a_dictionary() {
    let cells = ["石桥", "", "木桥", "?", "石桥"];
    for make in [plain, dictionary] {
        let batch = batch(1, vec![(NAME, make(&cells))]);
        let lengths = batch.per_value(NAME, str::len);
        let by_row: Vec<_> = batch.rows().map(|row| row.by_value(NAME, str::len)).collect();
        assert_eq!((0..5).map(|index| lengths.at(index)).collect::<Vec<_>>(), by_row);
        assert!(lengths.none(|length| length > 6) && !lengths.none(|length| length == 6));
    }
}

#[test]
fn numbers_and_times_are_values_or_none() {
    let cells = Cells::Number(vec![1.5, 0.0]);
    let limits = ColumnData { cells, states: vec![0, 1] };
    let inspected = ColumnData { cells: Cells::Instant(vec![60, 120]), states: Vec::new() };
    let opened = ColumnData { cells: Cells::Date(vec![0, 0]), states: vec![1, 2] };
    let batch = batch(1, vec![(LOAD_LIMIT, limits), (INSPECTED, inspected), (OPENED, opened)]);
    let numbers = batch.numbers(LOAD_LIMIT);
    assert_eq!((numbers.at(0), numbers.at(1), numbers.are_missing()), (Some(1.5), None, false));
    assert_eq!(batch.seconds(INSPECTED).at(1), Some(120));
    assert!(batch.days(OPENED).are_missing());
}

thread_local! {
    static ASKED: Counter<usize> = const { Counter::new(0) };
}

#[test]
fn what_rules_share_is_worked_out_once_per_batch() {
    fn length(batch: &Batch) -> usize {
        ASKED.set(ASKED.get() + 1);
        batch.len()
    }
    let (one, other) = (batch(1, vec![(NAME, plain(&["石桥"]))]), batch(2, vec![(NAME, plain(&[]))]));
    assert_eq!([*one.once(length), *one.once(length), *other.once(length)], [1, 1, 0]);
    assert_eq!(ASKED.get(), 2);
}

#[test]
fn groups_are_visited_with_their_records_in_order() {
    let names = ["石桥", "木桥", "", "石桥", "木桥", "石桥"];
    for make in [plain, dictionary] {
        let batch = batch(1, vec![(NAME, make(&names))]);
        let (mut groups, mut seen) = (Groups::by(&[NAME]), Vec::new());
        let first = |row: &Row| row.place().id;
        groups.each(&batch, first, |first, records| seen.push((*first, records.to_vec())));
        assert_eq!(seen, [(100, vec![0, 3, 5]), (101, vec![1, 4])]);
    }
}
