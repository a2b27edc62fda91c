//! Groups are told apart by the values of their columns, in whatever batch these come.

use super::*;
use crate::support::*;
use crate::{Batch, Cells, ColumnData, TextData};

type Make = fn(&[&str]) -> ColumnData;
type Half = [(&'static str, &'static str); 4];

/// Pairs of name and river, as two batches.
const HALVES: [Half; 2] = [
    [("石桥", "黄河"), ("木桥", "黄河"), ("石桥", "黄河"), ("石桥", "")],
    [("木桥", "永定河"), ("石桥", "黄河"), ("?", "黄河"), ("木桥", "黄河")],
];

fn batches(makes: [Make; 2]) -> Vec<Batch> {
    let pair = |(serial, (half, make)): (u64, (&Half, Make))| {
        let (names, rivers): (Vec<_>, Vec<_>) = half.iter().copied().unzip();
        batch(serial, vec![(NAME, make(&names)), (RIVER, make(&rivers))])
    };
    (1..).zip(HALVES.iter().zip(makes)).map(pair).collect()
}

fn collected(columns: &'static [Column], batches: &[Batch]) -> Vec<(String, Vec<u64>)> {
    let mut groups = Groups::by(columns);
    for row in batches.iter().flat_map(Batch::rows) {
        if let Some(ids) = groups.of(&row, Vec::new) {
            ids.push(row.place().id);
        }
    }
    groups.iter().map(|(key, ids)| (key.to_owned(), ids.clone())).collect()
}

#[test]
fn groups_are_the_same_over_dictionaries_and_plain_text_and_over_several_batches() {
    let expected = [
        ("石桥\u{1f}黄河".to_owned(), vec![100, 102, 201]),
        ("木桥\u{1f}黄河".to_owned(), vec![101, 203]),
        ("木桥\u{1f}永定河".to_owned(), vec![200]),
    ];
    for makes in [[plain as Make, plain], [dictionary, dictionary], [plain, dictionary], [dictionary, plain]]
    {
        assert_eq!(collected(&[NAME, RIVER], &batches(makes)), expected);
    }
}

#[test]
fn codes_of_one_batch_mean_nothing_in_the_next() {
    let first = batch(1, vec![(RIVER, dictionary(&["黄河", "永定河"]))]);
    let second = batch(2, vec![(RIVER, dictionary(&["永定河", "黄河"]))]);
    let expected = [("黄河".to_owned(), vec![100, 201]), ("永定河".to_owned(), vec![101, 200])];
    assert_eq!(collected(&[RIVER], &[first, second]), expected);
}

#[test]
fn a_blank_or_unreadable_cell_of_the_key_is_no_group() {
    for make in [plain as Make, dictionary] {
        let batch = batch(1, vec![(NAME, make(&["石桥", "", "?"])), (RIVER, make(&["", "黄河", "黄河"]))]);
        let mut groups = Groups::by(&[NAME, RIVER]);
        assert!(batch.rows().all(|row| groups.of(&row, || ()).is_none()));
        assert!(groups.is_empty());
    }
}

#[test]
fn a_state_is_made_once_and_found_again_by_its_key() {
    let batch =
        batch(1, vec![(NAME, dictionary(&["石桥", "木桥", "石桥"])), (SPANS, integers(&["3", "1", "3"]))]);
    let mut groups = Groups::by(&[NAME, SPANS]);
    let mut made = 0;
    for row in batch.rows() {
        let count = groups.of(&row, || {
            made += 1;
            0
        });
        *count.expect("no cell is blank") += 1;
    }
    assert_eq!((made, groups.len()), (2, 2));
    let key = batch.row(0).key(&[NAME, SPANS]).expect("no cell is blank");
    assert_eq!(groups.get(&key), Some(&2));
    assert_eq!(groups.get("石桥"), None);
    groups.iter_mut().for_each(|(_, count)| *count *= 10);
    assert_eq!(groups.get(&key), Some(&20));
}

#[test]
fn keys_of_more_columns_than_codes_have_room_for_are_still_groups() {
    let cells = ["甲", "乙", "甲"];
    let batch = batch(1, vec![(NAME, dictionary(&cells)), (RIVER, dictionary(&cells))]);
    let found = collected(&[NAME, RIVER, NAME, RIVER, NAME], &[batch]);
    let ids: Vec<_> = found.into_iter().map(|(_, ids)| ids).collect();
    assert_eq!(ids, [vec![100, 102], vec![101]]);
}

#[test]
fn no_columns_make_one_group_of_all_records() {
    let batch = batch(1, vec![(NAME, plain(&["石桥", ""]))]);
    assert_eq!(collected(&[], &[batch]), [(String::new(), vec![100, 101])]);
}

#[test]
fn groups_are_told_apart_however_many_combinations_there_could_be() {
    let names: Vec<String> = (0..400).map(|number| format!("桥{number}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let batch = batch(1, vec![(NAME, dictionary(&names)), (RIVER, dictionary(&names))]);
    let found = collected(&[NAME, RIVER], &[batch]);
    assert_eq!(found.len(), 400);
    assert!((0..).zip(&found).all(|(number, (_, ids))| *ids == [100 + number]));
}

#[test]
fn a_blank_cell_may_have_any_code_and_the_dictionary_be_empty() {
    let none = ColumnData { cells: Cells::Dictionary(vec![7, 0], TextData::default()), states: vec![1, 2] };
    let past = ColumnData {
        cells: Cells::Dictionary(vec![u32::MAX, 0, 0], ["黄河"].into_iter().collect()),
        states: vec![1, 0, 0],
    };
    assert_eq!(collected(&[RIVER], &[batch(1, vec![(RIVER, none)])]), []);
    let beside = (NAME, dictionary(&["石桥", "石桥", ""]));
    let found = collected(&[NAME, RIVER], &[batch(1, vec![beside, (RIVER, past)])]);
    assert_eq!(found, [("石桥\u{1f}黄河".to_owned(), vec![101])]);
}

#[test]
fn only_wanted_records_are_handed_over_with_codes_or_without() {
    for make in [plain as Make, dictionary] {
        let batch = batch(1, vec![(RIVER, make(&["黄河", "永定河", "黄河", "黄河", "", "黄河"]))]);
        let (mut groups, mut seen) = (Groups::by(&[RIVER]), Vec::new());
        let pick = |index: usize| [2, 4, 5].contains(&index).then_some(10 * index);
        groups.each_picked(
            &batch,
            pick,
            |first| first.index(),
            |first, records| seen.push((*first, records.to_vec())),
        );
        assert_eq!(seen, [(2, vec![(2, 20), (5, 50)])]);
    }
}
