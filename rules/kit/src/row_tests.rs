//! What a rule sees of a record, with plain columns and with dictionaries.

use std::cell::Cell;

use super::*;
use crate::ColumnData;
use crate::support::*;
use chrono::NaiveTime;

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a day of the calendar")
}

/// Three records: a value, blank, unreadable.
fn three(cells: Cells) -> ColumnData {
    ColumnData { cells, states: vec![0, 1, 2] }
}

fn every_kind() -> Batch {
    batch(
        1,
        vec![
            (NAME, plain(&["卢沟桥", "", "?"])),
            (LOAD_LIMIT, three(Cells::Number(vec![2.5, 0.0, 0.0]))),
            (SPANS, three(Cells::Integer(vec![11, 0, 0]))),
            (COST, three(Cells::Decimal(vec![1234, 0, 0]))),
            (OPENED, three(Cells::Date(vec![31, 0, 0]))),
            (INSPECTED, three(Cells::Instant(vec![86_461, 0, 0]))),
            (TOLLED, three(Cells::Flag(vec![1, 0, 0]))),
            (RIVER, dictionary(&["永定河", "", "?"])),
        ],
    )
}

#[test]
fn every_kind_is_read_by_its_accessor() {
    let batch = every_kind();
    let row = batch.row(0);
    assert_eq!(row.text(NAME), Some("卢沟桥"));
    assert_eq!(row.text(RIVER), Some("永定河"));
    assert_eq!(row.number(LOAD_LIMIT), Some(2.5));
    assert_eq!(row.integer(SPANS), Some(11));
    assert_eq!(row.decimal(COST), Some(Decimal::new(1234, 2)));
    assert_eq!(row.date(OPENED), Some(day(1970, 2, 1)));
    assert_eq!(row.seconds(INSPECTED), Some(86_461));
    let moment = NaiveTime::from_hms_opt(0, 1, 1).map(|time| day(1970, 1, 2).and_time(time));
    assert_eq!(row.instant(INSPECTED), moment);
    assert_eq!(row.flag(TOLLED), Some(true));
}

#[test]
fn blank_and_unreadable_cells_are_none_for_every_accessor() {
    let batch = every_kind();
    for row in [batch.row(1), batch.row(2)] {
        assert_eq!((row.text(NAME), row.text(RIVER)), (None, None));
        assert_eq!((row.number(LOAD_LIMIT), row.integer(SPANS), row.decimal(COST)), (None, None, None));
        assert_eq!((row.date(OPENED), row.instant(INSPECTED), row.seconds(INSPECTED)), (None, None, None));
        assert_eq!(row.flag(TOLLED), None);
        assert_eq!((row.by_value(NAME, str::len), row.by_value(RIVER, str::len)), (None, None));
    }
}

#[test]
fn the_state_tells_blank_from_unreadable() {
    let batch = every_kind();
    for column in BRIDGES.columns {
        let states: Vec<_> = batch.rows().map(|row| row.state(*column)).collect();
        assert_eq!(states, [State::Value, State::Blank, State::Unreadable], "{}", column.name);
        let blank: Vec<_> = batch.rows().map(|row| row.is_blank(*column)).collect();
        assert_eq!(blank, [false, true, false], "{}", column.name);
        assert!(batch.rows().all(|row| row.is_filled(*column) != row.is_blank(*column)));
    }
}

#[test]
fn without_states_every_cell_is_a_value() {
    let cells = Cells::Flag(vec![0, 1]);
    let batch = batch(1, vec![(TOLLED, ColumnData { cells, states: Vec::new() })]);
    let flags: Vec<_> = batch.rows().map(|row| row.flag(TOLLED)).collect();
    assert_eq!(flags, [Some(false), Some(true)]);
}

#[test]
fn reading_a_column_nobody_declared_panics_with_the_names_of_column_and_table() {
    let batch = batch(1, vec![(NAME, plain(&["卢沟桥"]))]);
    let panic = panic_of(|| {
        let _ = batch.row(0).text(RIVER);
    });
    assert_eq!(panic, "column river of bridges is read but not declared by the rule");
}

#[test]
fn the_wrong_accessor_panics_with_the_names_of_column_and_accessor() {
    let batch = every_kind();
    let row = batch.row(0);
    type Read = fn(Row);
    let reads: [(&str, &str, Read); 9] = [
        ("load_limit is Number", "text", |row| assert!(row.text(LOAD_LIMIT).is_none())),
        ("name is Text", "number", |row| assert!(row.number(NAME).is_none())),
        ("cost is Decimal", "integer", |row| assert!(row.integer(COST).is_none())),
        ("spans is Integer", "decimal", |row| assert!(row.decimal(SPANS).is_none())),
        ("inspected is Instant", "date", |row| assert!(row.date(INSPECTED).is_none())),
        ("opened is Date", "instant", |row| assert!(row.instant(OPENED).is_none())),
        ("opened is Date", "instant", |row| assert!(row.seconds(OPENED).is_none())),
        ("river is Text", "flag", |row| assert!(row.flag(RIVER).is_none())),
        ("tolled is Flag", "by_value", |row| assert!(row.by_value(TOLLED, str::len).is_none())),
    ];
    for (column, accessor, read) in reads {
        let panic = panic_of(|| read(row));
        assert_eq!(panic, format!("column {column}; it cannot be read with `{accessor}`"));
    }
}

thread_local! {
    static CALLS: Cell<usize> = const { Cell::new(0) };
}

fn counted_length(text: &str) -> usize {
    CALLS.set(CALLS.get() + 1);
    text.chars().count()
}

fn lengths(batch: &Batch) -> Vec<Option<usize>> {
    batch.rows().map(|row| row.by_value(RIVER, counted_length)).collect()
}

const RIVER_CELLS: [&str; 7] = ["黄河", "永定河", "黄河", "", "永定河", "?", "黄河"];

#[test]
fn by_value_works_out_each_distinct_value_of_a_dictionary_once() {
    let batch = batch(1, vec![(RIVER, dictionary(&RIVER_CELLS))]);
    CALLS.set(0);
    let once = lengths(&batch);
    assert_eq!(once, [Some(2), Some(3), Some(2), None, Some(3), None, Some(2)]);
    assert_eq!(CALLS.get(), 2);
    assert_eq!(lengths(&batch), once);
    assert_eq!(CALLS.get(), 2);
}

#[test]
fn by_value_gives_the_same_on_plain_text() {
    let as_dictionary = batch(1, vec![(RIVER, dictionary(&RIVER_CELLS))]);
    let as_text = batch(2, vec![(RIVER, plain(&RIVER_CELLS))]);
    CALLS.set(0);
    assert_eq!(lengths(&as_text), lengths(&as_dictionary));
    assert_eq!(CALLS.get(), 5 + 2);
}

#[test]
fn by_value_remembers_by_column_and_by_function() {
    let batch = batch(1, vec![(NAME, dictionary(&["a", "bb"])), (RIVER, dictionary(&["ccc", "dddd"]))]);
    for row in [batch.row(0), batch.row(1), batch.row(0)] {
        let (name, river) = (row.text(NAME).expect("a name"), row.text(RIVER).expect("a river"));
        assert_eq!(row.by_value(NAME, str::len), Some(name.len()));
        assert_eq!(row.by_value(RIVER, str::len), Some(river.len()));
        assert_eq!(row.by_value(NAME, str::to_uppercase), Some(name.to_uppercase()));
        assert_eq!(row.by_value(RIVER, |text| text.len() * 10), Some(river.len() * 10));
    }
}

#[test]
fn a_record_is_placed_by_its_own_id_or_by_counting_on_from_the_first() {
    let running_on = every_kind();
    assert_eq!(running_on.row(2).place(), Place { table: 0, id: 102, column: None });
    assert_eq!(running_on.row(1).cell(COST), Place { table: 0, id: 101, column: Some(COST.index) });
    let mut scattered = every_kind();
    scattered.ids = vec![5, 90, 91];
    assert_eq!(scattered.row(1).place().id, 90);
}

#[test]
fn a_key_joins_cells_of_every_kind_and_is_none_where_one_is_no_value() {
    let batch = every_kind();
    let key = batch.row(0).key(BRIDGES.columns).expect("a key");
    let cells: Vec<_> = key.split('\u{1f}').collect();
    assert_eq!(cells, ["卢沟桥", "2.5", "11", "12.34", "1970-02-01", "86461", "true", "永定河"]);
    for column in BRIDGES.columns {
        assert!(batch.row(0).key(&[*column]).is_some(), "{}", column.name);
        assert_eq!(batch.row(1).key(&[*column]), None, "{}", column.name);
        assert_eq!(batch.row(2).key(&[*column]), None, "{}", column.name);
    }
}
