//! What agrees meets, whatever it comes as; what is gathered is what was there.

use proptest::prelude::*;

use super::*;

fn plain(cells: &[&str]) -> ColumnData {
    let (offsets, heap) = end_to_end(cells.iter().copied());
    ColumnData { cells: Cells::Text { offsets, heap }, states: Vec::new() }
}

/// With values nobody uses before and between those in use.
fn coded(cells: &[&str]) -> ColumnData {
    let values: Vec<&str> = cells.iter().flat_map(|cell| ["没有", *cell]).collect();
    let (offsets, heap) = end_to_end(values.into_iter());
    let codes = (0..).step_by(2).map(|code| code + 1).take(cells.len()).collect();
    ColumnData { cells: Cells::Dictionary { codes, offsets, heap }, states: Vec::new() }
}

fn with_states(column: ColumnData, states: &[u8]) -> ColumnData {
    ColumnData { states: states.to_vec(), ..column }
}

/// Which instance each record of these columns goes to.
fn places(keys: &[&ColumnData], records: usize, instances: usize) -> Vec<usize> {
    let mut places = vec![usize::MAX; records];
    for (instance, records) in dealt(keys, records, instances).iter().enumerate() {
        assert!(records.is_sorted(), "records come in order");
        for record in records {
            assert_eq!(std::mem::replace(&mut places[*record as usize], instance), usize::MAX);
        }
    }
    assert!(places.iter().all(|place| *place < instances), "every record goes somewhere");
    places
}

/// The texts of a column, and none where there is no value.
fn read(column: &ColumnData) -> Vec<Option<String>> {
    let cell = |record: usize| match &column.cells {
        Cells::Text { offsets, heap } => text(offsets, heap, record).to_owned(),
        Cells::Dictionary { codes, offsets, heap } => text(offsets, heap, codes[record] as usize).to_owned(),
        Cells::Number(values) => values[record].to_string(),
        Cells::Integer(values) | Cells::Decimal(values) | Cells::Instant(values) => {
            values[record].to_string()
        }
        Cells::Date(values) => values[record].to_string(),
        Cells::Flag(values) => values[record].to_string(),
    };
    let count = match &column.cells {
        Cells::Text { offsets, .. } => offsets.len() - 1,
        Cells::Dictionary { codes, .. } => codes.len(),
        Cells::Number(values) => values.len(),
        Cells::Integer(values) | Cells::Decimal(values) | Cells::Instant(values) => values.len(),
        Cells::Date(values) => values.len(),
        Cells::Flag(values) => values.len(),
    };
    (0..count).map(|record| is_value(column, record).then(|| cell(record))).collect()
}

proptest! {
    #[test]
    fn equal_keys_meet_however_they_come(
        cells in prop::collection::vec((prop::sample::select(vec!["甲", "乙", "丙", "丁", "戊", "", "A1"]), 0..3_i64), 1..60),
        instances in 1..9_usize,
    ) {
        let names: Vec<&str> = cells.iter().map(|(name, _)| *name).collect();
        let numbers = |of: fn(Vec<i64>) -> Cells| ColumnData {
            cells: of(cells.iter().map(|(_, number)| *number).collect()),
            states: Vec::new(),
        };
        let number = numbers(Cells::Integer);
        let usual = places(&[&plain(&names), &number], names.len(), instances);
        prop_assert_eq!(&places(&[&coded(&names), &number], names.len(), instances), &usual);
        for (one, place) in cells.iter().zip(&usual) {
            for (other, other_place) in cells.iter().zip(&usual) {
                prop_assert!(one != other || place == other_place);
            }
        }
        // Alone in its batch, a record goes where it goes among others.
        for (record, place) in usual.iter().enumerate() {
            let alone = ColumnData { cells: Cells::Integer(vec![cells[record].1]), states: Vec::new() };
            prop_assert_eq!(places(&[&coded(&names[record..=record]), &alone], 1, instances), [*place]);
        }
    }

    #[test]
    fn what_is_gathered_is_what_was_there(
        cells in prop::collection::vec((prop::sample::select(vec!["甲", "乙", "", "长一些的"]), 0..3_u8), 1..40),
        instances in 1..5_usize,
    ) {
        let names: Vec<&str> = cells.iter().map(|(name, _)| *name).collect();
        let states: Vec<u8> = cells.iter().map(|(_, state)| *state).collect();
        for whole in [plain(&names), coded(&names), with_states(plain(&names), &states), with_states(coded(&names), &states)] {
            for records in dealt(&[&whole], names.len(), instances) {
                let piece = gathered(&whole, &records);
                let expected: Vec<_> = records.iter().map(|record| read(&whole)[*record as usize].clone()).collect();
                prop_assert_eq!(read(&piece), expected);
            }
        }
    }
}

#[test]
fn many_keys_go_to_every_instance() {
    let names: Vec<String> = (0..1_000).map(|number| format!("DW{number:03}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let shares: Vec<usize> = dealt(&[&plain(&names)], names.len(), 7).iter().map(Vec::len).collect();
    assert!(shares.iter().all(|share| (100..200).contains(share)), "{shares:?}");
}

#[test]
fn what_rules_may_take_for_one_meets() {
    let spellings = ["dw001", "ＤＷ００１", "DW 001", "\u{a0}Dw001"];
    let places_of = |cells: &[&str]| places(&[&plain(cells)], cells.len(), 64);
    assert!(places_of(&spellings).windows(2).all(|pair| pair[0] == pair[1]));
    let nothing = with_states(coded(&["甲", "乙", " ", ""]), &[1, 2, 0, 0]);
    assert!(places(&[&nothing], 4, 64).windows(2).all(|pair| pair[0] == pair[1]));
    let zeros = ColumnData { cells: Cells::Number(vec![0.0, -0.0]), states: Vec::new() };
    assert_eq!(places(&[&zeros], 2, 64)[0], places(&[&zeros], 2, 64)[1]);
}

#[test]
fn a_dictionary_leaves_behind_what_nobody_uses() {
    let piece = gathered(&coded(&["甲", "乙", "丙"]), &[2, 0]);
    let Cells::Dictionary { codes, offsets, heap } = piece.cells else { panic!("a dictionary") };
    assert_eq!((codes, offsets, heap.as_str()), (vec![0, 1], vec![0, 3, 6], "丙甲"));
}

#[test]
fn cells_of_every_kind_are_gathered() {
    let kinds = [
        Cells::Number(vec![1.0, 2.0, 3.0]),
        Cells::Integer(vec![1, 2, 3]),
        Cells::Decimal(vec![1, 2, 3]),
        Cells::Date(vec![1, 2, 3]),
        Cells::Instant(vec![1, 2, 3]),
        Cells::Flag(vec![1, 0, 3]),
    ];
    for cells in kinds {
        let whole = ColumnData { cells, states: vec![0, 1, 0] };
        let (all, piece) = (read(&whole), gathered(&whole, &[1, 2]));
        assert_eq!(read(&piece), all[1..]);
        assert_eq!(piece.states, [1, 0]);
    }
}
