//! Which records of a batch agree in some columns, told from the codes of their dictionaries, without building a key.
//!
//! Worked out once per batch and shared by all rules that look at the same groups. Numbers are those of the batch alone.

use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use crate::{Batch, Cells, Column, ColumnData, State};

/// Instead of a number, where a cell of the key is no value.
pub(crate) const NOWHERE: u32 = u32::MAX;

/// Combinations of codes that are looked up in a plain list.
const FEW: usize = 1 << 16;

/// Columns of which the codes fit into one number.
const COLUMNS: usize = 4;

/// The records of a batch by groups.
#[derive(Debug)]
pub(crate) struct Together {
    columns: &'static [Column],
    /// Per record, which group; empty where some column is no dictionary, or there are too many of them.
    numbers: Vec<u32>,
    groups: usize,
    sorted: OnceCell<Sorted>,
    known: OnceCell<Vec<u32>>,
}

/// The number of each key of some columns.
type Numbers = (&'static [Column], HashMap<String, u32>);

/// The groups a session has met, by their columns and keys: a number for each that holds over all batches, so that a rule
/// finds its state without building the key again.
#[derive(Debug, Default)]
pub(crate) struct Known {
    by_columns: RefCell<Vec<Numbers>>,
}

impl Known {
    /// The numbers of these keys, in order; new ones are given the next.
    fn numbers(&self, columns: &'static [Column], keys: impl Iterator<Item = String>) -> Vec<u32> {
        let mut by_columns = self.by_columns.borrow_mut();
        let at = by_columns.iter().position(|(known, _)| *known == columns).unwrap_or(by_columns.len());
        if at == by_columns.len() {
            by_columns.push((columns, HashMap::new()));
        }
        let known = &mut by_columns[at].1;
        let number = |key: String| {
            let next = known.len() as u32;
            *known.entry(key).or_insert(next)
        };
        keys.map(number).collect()
    }
}

/// Records group by group, in order within each.
#[derive(Debug, Default)]
pub(crate) struct Sorted {
    /// Where each group begins; one more than groups.
    starts: Vec<u32>,
    records: Vec<u32>,
}

impl Together {
    pub(crate) fn of(batch: &Batch, columns: &'static [Column]) -> Self {
        let data: Vec<&ColumnData> = columns.iter().map(|column| batch.column(*column)).collect();
        let codes: Option<Vec<_>> = data.iter().map(|data| codes_of(data)).collect();
        let (numbers, groups) = match codes.filter(|codes| codes.len() <= COLUMNS) {
            Some(codes) => numbered(batch.len(), &codes, &data),
            None => (Vec::new(), 0),
        };
        Self { columns, numbers, groups, sorted: OnceCell::new(), known: OnceCell::new() }
    }

    pub(crate) fn is_by(&self, columns: &[Column]) -> bool {
        self.columns == columns
    }

    /// The group of a record, by its number over all batches, or [`NOWHERE`]; `None` where only the record's key tells.
    #[inline(always)]
    pub(crate) fn number(&self, record: usize, batch: &Batch) -> Option<u32> {
        let number = self.numbers.get(record).copied()?;
        Some(self.over_all(batch).get(number as usize).copied().unwrap_or(NOWHERE))
    }

    fn over_all(&self, batch: &Batch) -> &[u32] {
        self.known.get_or_init(|| {
            let mut firsts = vec![NOWHERE; self.groups];
            for (record, number) in (0..).zip(&self.numbers) {
                if let Some(first) = firsts.get_mut(*number as usize).filter(|first| **first == NOWHERE) {
                    *first = record;
                }
            }
            let key = |first: u32| batch.row(first as usize).key(self.columns).unwrap_or_default();
            let keys = firsts.into_iter().map(key);
            batch.known.numbers(self.columns, keys)
        })
    }

    /// The records by group; `None` where only their keys tell.
    pub(crate) fn sorted(&self) -> Option<&Sorted> {
        (!self.numbers.is_empty()).then(|| self.sorted.get_or_init(|| Sorted::by(&self.numbers, self.groups)))
    }
}

impl Sorted {
    /// The records of each group.
    pub(crate) fn groups(&self) -> impl Iterator<Item = &[u32]> {
        self.starts.windows(2).map(|bounds| &self.records[bounds[0] as usize..bounds[1] as usize])
    }

    /// Puts records with the same number together.
    pub(crate) fn by(numbers: &[u32], groups: usize) -> Self {
        let mut starts = vec![0_u32; groups + 1];
        for &number in numbers.iter().filter(|number| **number != NOWHERE) {
            starts[number as usize + 1] += 1;
        }
        for group in 0..groups {
            starts[group + 1] += starts[group];
        }
        let (mut next, all) = (starts.clone(), starts.last().copied().unwrap_or(0));
        let mut records = vec![0; all as usize];
        for (record, &number) in (0..).zip(numbers) {
            if let Some(at) = next.get_mut(number as usize) {
                records[*at as usize] = record;
                *at += 1;
            }
        }
        Self { starts, records }
    }
}

/// Codes, and how many values they stand for.
fn codes_of(data: &ColumnData) -> Option<(&[u32], usize)> {
    match &data.cells {
        Cells::Dictionary(codes, values) => Some((codes, values.len())),
        _ => None,
    }
}

fn numbered(records: usize, codes: &[(&[u32], usize)], data: &[&ColumnData]) -> (Vec<u32>, usize) {
    let combinations = codes.iter().try_fold(1_usize, |product, (_, size)| product.checked_mul(*size));
    let mut numbers = vec![0; records];
    for data in data.iter().filter(|data| !data.states.is_empty()) {
        for (record, number) in numbers.iter_mut().enumerate() {
            if data.state(record) != State::Value {
                *number = NOWHERE;
            }
        }
    }
    let groups = match combinations.filter(|all| *all <= FEW) {
        Some(all) => from_a_list(&mut numbers, codes, all),
        None => from_a_map(&mut numbers, codes),
    };
    (numbers, groups)
}

/// Numbers the records that are not [`NOWHERE`]: the code of a cell without a value may stand for anything.
fn from_a_list(numbers: &mut [u32], codes: &[(&[u32], usize)], combinations: usize) -> usize {
    for (codes, size) in codes {
        for (number, code) in numbers.iter_mut().zip(*codes) {
            if *number != NOWHERE {
                *number = *number * *size as u32 + code;
            }
        }
    }
    let (mut known, mut groups) = (vec![NOWHERE; combinations], 0);
    for number in numbers.iter_mut().filter(|number| **number != NOWHERE) {
        let known = &mut known[*number as usize];
        if *known == NOWHERE {
            *known = groups;
            groups += 1;
        }
        *number = *known;
    }
    groups as usize
}

fn from_a_map(numbers: &mut [u32], codes: &[(&[u32], usize)]) -> usize {
    let mut known: HashMap<u128, u32, BuildHasherDefault<CodesHasher>> = HashMap::default();
    for (record, number) in numbers.iter_mut().enumerate().filter(|(_, number)| **number != NOWHERE) {
        let key = codes.iter().fold(0, |key, (codes, _)| key << 32 | u128::from(codes[record]));
        let next = known.len() as u32;
        *number = *known.entry(key).or_insert(next);
    }
    known.len()
}

/// Looked up for every record, with keys nobody outside chooses: multiplication instead of the standard hasher.
#[derive(Debug, Default)]
struct CodesHasher(u64);

impl Hasher for CodesHasher {
    fn finish(&self) -> u64 {
        self.0 ^ self.0 >> 32
    }

    fn write_u128(&mut self, codes: u128) {
        const ODD: u64 = 0x9E37_79B9_7F4A_7C15;
        let (high, low) = ((codes >> 64) as u64, codes as u64);
        self.0 = (high.wrapping_mul(ODD) ^ high >> 32 ^ low).wrapping_mul(ODD);
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.write_u128(u128::from(self.0) << 64 | u128::from(byte));
        }
    }
}
