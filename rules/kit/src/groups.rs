//! State per group of records, found fast.
//!
//! The key is the text of the group's columns. Where these are dictionaries, as they mostly are, which records of a batch
//! belong together is told from their codes, once for all rules, and the key is built once per group and batch.

use std::collections::HashMap;
use std::rc::Rc;

use crate::together::{Known, NOWHERE, Sorted, Together};
use crate::{Batch, Column, Row};

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
    /// The batch looked at last.
    together: Option<Rc<Together>>,
    serial: u64,
    /// Who numbers the groups, and one more than the slot of each number, 0 where it is not known yet.
    known: Option<Rc<Known>>,
    slots: Vec<u32>,
}

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
        let (index, states, slots) = Default::default();
        Self { columns, index, states, together: None, serial: u64::MAX, known: None, slots }
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

    /// Visits the groups of a batch, each with its state, made by `new` of its first record where the group is new, and with
    /// its records, by their index and in order. Records with a blank cell in the key are in none.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// let mut counties: Groups<usize> = Groups::by(&[COUNTY]);
    /// counties.each(&batch(), |_| 0, |bridges, records| *bridges += records.len());
    /// assert_eq!(counties.get("甲县"), Some(&2));
    /// ```
    pub fn each(
        &mut self,
        batch: &Batch,
        mut new: impl FnMut(&Row) -> S,
        mut visit: impl FnMut(&mut S, &[u32]),
    ) {
        let together = batch.together(self.columns);
        let own = self.sorted_by_key(batch, &together, |_| true, &mut new);
        for records in together.sorted().unwrap_or(&own).groups() {
            let Some(first) = records.first().map(|first| batch.row(*first as usize)) else { continue };
            if let Some(state) = self.of(&first, || new(&first)) {
                visit(state, records);
            }
        }
    }

    /// The same of the records of which `pick` makes something, and with what it made of them; groups without such a record
    /// are not visited.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// let (bridges, mut counties) = (batch(), Groups::by(&[COUNTY]));
    /// let limits = bridges.numbers(LIMIT);
    /// counties.each_picked(&bridges, |index| limits.at(index), |_| Vec::new(), |all, limits| all.extend_from_slice(limits));
    /// assert_eq!(counties.get("甲县"), Some(&vec![(0, 20.5)])); // the other is unreadable
    /// ```
    pub fn each_picked<T>(
        &mut self,
        batch: &Batch,
        pick: impl Fn(usize) -> Option<T>,
        mut new: impl FnMut(&Row) -> S,
        mut visit: impl FnMut(&mut S, &[(u32, T)]),
    ) {
        let together = batch.together(self.columns);
        let own = self.sorted_by_key(batch, &together, |index| pick(index).is_some(), &mut new);
        let mut picked: Vec<(u32, T)> = Vec::new();
        for records in together.sorted().unwrap_or(&own).groups() {
            picked.clear();
            picked.extend(records.iter().filter_map(|&record| Some((record, pick(record as usize)?))));
            let Some(first) = picked.first().map(|first| batch.row(first.0 as usize)) else { continue };
            if let Some(state) = self.of(&first, || new(&first)) {
                visit(state, &picked);
            }
        }
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

    #[inline]
    fn slot(&mut self, row: &Row, new: impl FnOnce() -> S) -> Option<usize> {
        if self.serial != row.batch().serial {
            self.begin(row.batch());
        }
        let number = self.together.as_ref().and_then(|together| together.number(row.index(), row.batch()));
        let Some(number) = number else { return self.look_up(row, new) };
        if number == NOWHERE {
            return None;
        }
        let known = self.slots.get(number as usize).and_then(|slot| slot.checked_sub(1));
        if let Some(slot) = known {
            return Some(slot as usize);
        }
        let slot = self.look_up(row, new)?;
        if self.slots.len() <= number as usize {
            self.slots.resize(number as usize + 1, 0);
        }
        self.slots[number as usize] = u32::try_from(slot + 1).unwrap_or(0);
        Some(slot)
    }

    /// Another batch; of another session, numbers mean nothing.
    fn begin(&mut self, batch: &Batch) {
        self.serial = batch.serial;
        self.together = Some(batch.together(self.columns));
        if !self.known.as_ref().is_some_and(|known| Rc::ptr_eq(known, &batch.known)) {
            self.known = Some(Rc::clone(&batch.known));
            self.slots.clear();
        }
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

    /// The records of a batch by group, where only their keys tell; else none.
    fn sorted_by_key(
        &mut self,
        batch: &Batch,
        together: &Together,
        wanted: impl Fn(usize) -> bool,
        new: &mut impl FnMut(&Row) -> S,
    ) -> Sorted {
        if together.sorted().is_some() {
            return Sorted::default();
        }
        let mut number = |row: Row| {
            let slot = if wanted(row.index()) { self.slot(&row, || new(&row)) } else { None };
            slot.and_then(|slot| u32::try_from(slot).ok()).unwrap_or(NOWHERE)
        };
        let numbers: Vec<u32> = batch.rows().map(&mut number).collect();
        Sorted::by(&numbers, self.states.len())
    }
}

#[cfg(test)]
#[path = "groups_tests.rs"]
mod tests;
