//! State per group of records, found fast.
//!
//! The key is the text of the group's columns. Where these are dictionaries, as they mostly are, the group of a
//! combination of codes is looked up once per batch instead of building the key for every record.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use crate::{Batch, Cells, Column, Row};

/// A state per group, in the order the groups were first met.
///
/// ```
/// # use mingcha_kit::{example::*, prelude::*};
/// let (bridges, mut counties) = (batch(), Groups::by(&[COUNTY]));
/// for bridge in bridges.rows() {
///     *counties.of(&bridge, || 0).expect("a county") += 1;
/// }
/// assert_eq!(counties.iter().collect::<Vec<_>>(), [("甲县", &2)]);
/// ```
#[derive(Debug)]
pub struct Groups<S> {
    columns: &'static [Column],
    index: HashMap<String, usize>,
    states: Vec<(String, S)>,
    /// By the codes of up to four columns, 32 bits each.
    codes: HashMap<u128, usize, BuildHasherDefault<CodesHasher>>,
    /// The same where the batch allows of few combinations: one more than the slot, 0 where it is not known yet.
    few: Vec<u32>,
    /// How many values each column's dictionary has; empty where the combinations are many.
    sizes: Vec<usize>,
    serial: u64,
}

/// Combinations of codes that are looked up in a plain list.
const FEW: usize = 1 << 16;

impl<S> Groups<S> {
    /// Groups of records that agree in these columns.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// let groups: Groups<u32> = Groups::by(&[COUNTY, NAME]);
    /// assert!(groups.is_empty());
    /// ```
    #[must_use]
    pub fn by(columns: &'static [Column]) -> Self {
        Self {
            columns,
            index: HashMap::new(),
            states: Vec::new(),
            codes: HashMap::default(),
            few: Vec::new(),
            sizes: Vec::new(),
            serial: u64::MAX,
        }
    }

    /// The state of the record's group, made by `new` where the group is new. `None` where a cell of the key is blank.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// let (bridges, mut spans) = (batch(), Groups::by(&[SPANS]));
    /// assert_eq!(spans.of(&bridges.row(0), || 7), Some(&mut 7));
    /// assert_eq!(spans.of(&bridges.row(1), || 7), None); // no spans written
    /// ```
    pub fn of(&mut self, row: &Row, new: impl FnOnce() -> S) -> Option<&mut S> {
        let slot = self.slot(row, new)?;
        Some(&mut self.states[slot].1)
    }

    /// All groups: the cells of the key joined with U+001F, and the state.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// let (bridges, mut counties) = (batch(), Groups::by(&[COUNTY]));
    /// counties.of(&bridges.row(0), Vec::new).expect("a county").push(bridges.row(0).place());
    /// assert_eq!(counties.iter().next().map(|(county, places)| (county, places.len())), Some(("甲县", 1)));
    /// ```
    pub fn iter(&self) -> impl Iterator<Item = (&str, &S)> {
        self.states.iter().map(|(key, state)| (key.as_str(), state))
    }

    /// All groups, to be changed or emptied.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// let (bridges, mut counties) = (batch(), Groups::by(&[COUNTY]));
    /// counties.of(&bridges.row(0), Vec::new).expect("a county").push(bridges.row(0).place());
    /// counties.iter_mut().for_each(|(_, places)| places.clear());
    /// assert_eq!(counties.get("甲县"), Some(&Vec::new()));
    /// ```
    pub fn iter_mut(&mut self) -> impl Iterator<Item = (&str, &mut S)> {
        self.states.iter_mut().map(|(key, state)| (key.as_str(), state))
    }

    /// The state of a group by its key, as [`Row::key`] writes it.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// let (bridges, mut counties) = (batch(), Groups::by(&[COUNTY]));
    /// counties.of(&bridges.row(0), Vec::new).expect("a county").push(bridges.row(0).place());
    /// assert_eq!(counties.get("甲县").map(Vec::len), Some(1));
    /// ```
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&S> {
        self.index.get(key).map(|&slot| &self.states[slot].1)
    }

    /// How many groups.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// let (bridges, mut counties) = (batch(), Groups::by(&[COUNTY]));
    /// counties.of(&bridges.row(0), Vec::new).expect("a county").push(bridges.row(0).place());
    /// assert_eq!(counties.len(), 1);
    /// ```
    #[must_use]
    pub fn len(&self) -> usize {
        self.states.len()
    }

    /// Whether there are none.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// let (bridges, mut counties) = (batch(), Groups::by(&[COUNTY]));
    /// counties.of(&bridges.row(0), Vec::new).expect("a county").push(bridges.row(0).place());
    /// assert!(!counties.is_empty());
    /// ```
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.states.is_empty()
    }

    fn slot(&mut self, row: &Row, new: impl FnOnce() -> S) -> Option<usize> {
        if self.serial != row.batch().serial {
            self.begin(row.batch());
        }
        if let Some(at) = self.position_of(row) {
            if let Some(slot) = self.few[at].checked_sub(1) {
                return Some(slot as usize);
            }
            let slot = self.look_up(row, new)?;
            self.few[at] = u32::try_from(slot + 1).unwrap_or(0);
            return Some(slot);
        }
        let codes = self.codes_of(row);
        if let Some(slot) = codes.and_then(|codes| self.codes.get(&codes)) {
            return Some(*slot);
        }
        let slot = self.look_up(row, new)?;
        if let Some(codes) = codes {
            self.codes.insert(codes, slot);
        }
        Some(slot)
    }

    /// A batch with dictionaries of its own.
    fn begin(&mut self, batch: &Batch) {
        self.serial = batch.serial;
        self.codes.clear();
        self.few.clear();
        let size = |column: &Column| match &batch.column(*column).cells {
            Cells::Dictionary(_, values) => Some(values.len()),
            _ => None,
        };
        self.sizes = self.columns.iter().map(size).collect::<Option<_>>().unwrap_or_default();
        let combinations = self.sizes.iter().try_fold(1_usize, |product, size| product.checked_mul(*size));
        match combinations.filter(|&all| all <= FEW && !self.sizes.is_empty()) {
            Some(all) => self.few.resize(all, 0),
            None => self.sizes.clear(),
        }
    }

    /// Where the combination of codes of a record stands among all there can be.
    #[inline]
    fn position_of(&self, row: &Row) -> Option<usize> {
        if self.sizes.is_empty() {
            return None;
        }
        let mut position = 0;
        for (column, size) in self.columns.iter().zip(&self.sizes) {
            position = position * size + row.code(*column)? as usize;
        }
        Some(position)
    }

    fn look_up(&mut self, row: &Row, new: impl FnOnce() -> S) -> Option<usize> {
        let key = row.key(self.columns)?;
        if let Some(&slot) = self.index.get(&key) {
            return Some(slot);
        }
        self.states.push((key.clone(), new()));
        self.index.insert(key, self.states.len() - 1);
        Some(self.states.len() - 1)
    }

    fn codes_of(&self, row: &Row) -> Option<u128> {
        if self.columns.len() > 4 {
            return None;
        }
        let mut codes = 0;
        for column in self.columns {
            codes = codes << 32 | u128::from(row.code(*column)?);
        }
        Some(codes)
    }
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

#[cfg(test)]
#[path = "groups_tests.rs"]
mod tests;
