//! State per group of records, found fast.
//!
//! The key is the text of the group's columns. Where these are dictionaries, as they mostly are, the group of a
//! combination of codes is looked up once per batch instead of building the key for every record.

use std::collections::HashMap;

use crate::{Column, Row};

/// A state per group, in the order the groups were first met.
#[derive(Debug)]
pub struct Groups<S> {
    columns: &'static [Column],
    index: HashMap<String, usize>,
    states: Vec<(String, S)>,
    codes: HashMap<[u32; 4], usize>,
    serial: u64,
}

impl<S> Groups<S> {
    /// Groups of records that agree in these columns.
    #[must_use]
    pub fn by(columns: &'static [Column]) -> Self {
        Self { columns, index: HashMap::new(), states: Vec::new(), codes: HashMap::new(), serial: u64::MAX }
    }

    /// The state of the record's group, made by `new` where the group is new. `None` where a cell of the key is blank.
    pub fn of(&mut self, row: &Row, new: impl FnOnce() -> S) -> Option<&mut S> {
        let slot = self.slot(row, new)?;
        Some(&mut self.states[slot].1)
    }

    /// All groups: the cells of the key joined with U+001F, and the state.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &S)> {
        self.states.iter().map(|(key, state)| (key.as_str(), state))
    }

    /// All groups, to be changed or emptied.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = (&str, &mut S)> {
        self.states.iter_mut().map(|(key, state)| (key.as_str(), state))
    }

    /// The state of a group by its key, as [`Row::key`] writes it.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&S> {
        self.index.get(key).map(|&slot| &self.states[slot].1)
    }

    /// How many groups.
    #[must_use]
    pub fn len(&self) -> usize {
        self.states.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.states.is_empty()
    }

    fn slot(&mut self, row: &Row, new: impl FnOnce() -> S) -> Option<usize> {
        if self.serial != row.batch().serial {
            self.serial = row.batch().serial;
            self.codes.clear();
        }
        let codes = self.codes_of(row);
        if let Some(slot) = codes.and_then(|codes| self.codes.get(&codes)) {
            return Some(*slot);
        }
        let key = row.key(self.columns)?;
        let slot = match self.index.get(&key) {
            Some(&slot) => slot,
            None => {
                self.states.push((key.clone(), new()));
                self.index.insert(key, self.states.len() - 1);
                self.states.len() - 1
            }
        };
        if let Some(codes) = codes {
            self.codes.insert(codes, slot);
        }
        Some(slot)
    }

    fn codes_of(&self, row: &Row) -> Option<[u32; 4]> {
        let mut codes = [0; 4];
        for (position, &column) in self.columns.iter().enumerate() {
            *codes.get_mut(position)? = row.code(column)?;
        }
        Some(codes)
    }
}
