//! Whole columns, for rules that are worth it: what a cell says is worked out once per distinct value, what several rules
//! want to know of every record once per batch.
//!
//! The answers are those of [`Row`]'s accessors, record by record: `None` where the cell is blank or unreadable.

use std::any::Any;
use std::rc::Rc;

use crate::{Batch, Cells, Column};

/// A column of numbers or times, each a value or none.
///
/// ```
/// # use mingcha_kit::{example::*, prelude::*};
/// let batch = batch();
/// assert_eq!(batch.numbers(LIMIT).at(0), Some(20.5));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Values<'a, T> {
    values: &'a [T],
    states: &'a [u8],
}

impl<T: Copy> Values<'_, T> {
    /// The value of record `index`.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// assert_eq!(batch().numbers(LIMIT).at(1), None); // unreadable
    /// ```
    #[inline(always)]
    #[must_use]
    pub fn at(&self, index: usize) -> Option<T> {
        match self.states.get(index) {
            None | Some(0) => self.values.get(index).copied(),
            Some(_) => None,
        }
    }

    /// Whether no record has a value.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// assert!(!batch().numbers(LIMIT).are_missing());
    /// ```
    #[must_use]
    pub fn are_missing(&self) -> bool {
        !self.states.is_empty() && !self.states.contains(&0)
    }
}

/// What a function makes of each cell of a column of text.
///
/// ```
/// # use mingcha_kit::{example::*, prelude::*};
/// let batch = batch();
/// let lengths = batch.per_value(NAME, str::len);
/// assert_eq!(lengths.at(0), Some(6));
/// ```
#[derive(Clone, Debug)]
pub struct PerValue<'a, T> {
    /// Which of `made` each record has; empty where there is one of each record.
    codes: &'a [u32],
    states: &'a [u8],
    made: Vec<T>,
}

impl<T: Copy> PerValue<'_, T> {
    /// Of record `index`.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// let batch = batch();
    /// assert_eq!(batch.per_value(COUNTY, |county| county == "甲县").at(1), Some(true));
    /// ```
    #[inline(always)]
    #[must_use]
    pub fn at(&self, index: usize) -> Option<T> {
        if !matches!(self.states.get(index), None | Some(0)) {
            return None;
        }
        let at = self.codes.get(index).map_or(index, |code| *code as usize);
        self.made.get(at).copied()
    }

    /// Whether this holds of no value there is in the batch, so that no record need be asked.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// let batch = batch();
    /// assert!(batch.per_value(NAME, str::is_empty).none(|is_empty| is_empty));
    /// ```
    #[must_use]
    pub fn none(&self, holds: impl Fn(T) -> bool) -> bool {
        !self.made.iter().any(|made| holds(*made))
    }
}

impl Batch {
    /// A column of measurements.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// assert_eq!(batch().numbers(LIMIT).at(0), Some(20.5));
    /// ```
    ///
    /// # Panics
    /// Where no running rule declared it, or it is of another kind.
    #[must_use]
    pub fn numbers(&self, column: Column) -> Values<'_, f64> {
        let data = self.column(column);
        let Cells::Number(values) = &data.cells else { wrong_kind(column, "numbers") };
        Values { values, states: &data.states }
    }

    /// A column of moments, in seconds since 1970-01-01T00:00:00.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// assert_eq!(batch().seconds(INSPECTED).at(0), batch().row(0).seconds(INSPECTED));
    /// ```
    ///
    /// # Panics
    /// Where no running rule declared it, or it is of another kind.
    #[must_use]
    pub fn seconds(&self, column: Column) -> Values<'_, i64> {
        let data = self.column(column);
        let Cells::Instant(values) = &data.cells else { wrong_kind(column, "seconds") };
        Values { values, states: &data.states }
    }

    /// A column of days, since 1970-01-01.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// assert_eq!(batch().days(OPENED).at(1), None); // blank
    /// ```
    ///
    /// # Panics
    /// Where no running rule declared it, or it is of another kind.
    #[must_use]
    pub fn days(&self, column: Column) -> Values<'_, i32> {
        let data = self.column(column);
        let Cells::Date(values) = &data.cells else { wrong_kind(column, "days") };
        Values { values, states: &data.states }
    }

    /// What `function` makes of the cells of a column of text, worked out once per distinct value.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// let batch = batch();
    /// assert_eq!(batch.per_value(NAME, |name| name.ends_with('桥')).at(1), Some(true));
    /// ```
    ///
    /// # Panics
    /// Where no running rule declared it, or it is of another kind.
    #[must_use]
    pub fn per_value<T>(&self, column: Column, function: impl Fn(&str) -> T) -> PerValue<'_, T> {
        let data = self.column(column);
        let (codes, text) = match &data.cells {
            Cells::Dictionary(codes, text) => (&codes[..], text),
            Cells::Text(text) => (&[][..], text),
            _ => wrong_kind(column, "per_value"),
        };
        let made = (0..text.len()).map(|index| function(text.get(index))).collect();
        PerValue { codes, states: &data.states, made }
    }

    /// What `function` makes of the batch, worked out once however many rules ask.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// let batch = batch();
    /// assert_eq!(*batch.once(|batch| batch.len()), 2);
    /// ```
    #[must_use]
    pub fn once<T: 'static>(&self, function: fn(&Self) -> T) -> Rc<T> {
        let address = function as usize;
        let known = |known: &&(usize, Rc<dyn Any>)| known.0 == address && known.1.is::<T>();
        let found = self.worked_out.borrow().iter().find(known).map(|(_, known)| Rc::clone(known));
        if let Some(found) = found.and_then(|found| found.downcast().ok()) {
            return found;
        }
        let made = Rc::new(function(self));
        let kept: Rc<dyn Any> = Rc::clone(&made) as Rc<dyn Any>;
        self.worked_out.borrow_mut().push((address, kept));
        made
    }
}

#[cold]
fn wrong_kind(column: Column, accessor: &str) -> ! {
    panic!("column {} is {:?}; it cannot be read with `{accessor}`", column.name, column.kind)
}

#[cfg(test)]
#[path = "columns_tests.rs"]
mod tests;
