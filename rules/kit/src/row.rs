//! One record, and its cells.
//!
//! Every accessor answers `None` where the cell is blank or unreadable, so that `?` in a rule means “does not apply”.

use chrono::{NaiveDate, NaiveDateTime};
use mingcha_values::date;
use mingcha_values::decimal::Decimal;

use crate::{Batch, Cells, Column, Place, State, Task};

/// One record.
///
/// ```
/// # use mingcha_kit::{example::*, prelude::*};
/// let bridges = batch();
/// let (east, west) = (bridges.row(0), bridges.row(1));
/// assert_eq!(east.number(LIMIT), Some(20.5));
/// assert_eq!((west.number(LIMIT), west.state(LIMIT)), (None, State::Unreadable));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    batch: &'a Batch,
    index: usize,
}

#[cold]
fn wrong_kind(column: Column, accessor: &str) -> ! {
    panic!("column {} is {:?}; it cannot be read with `{accessor}`", column.name, column.kind)
}

/// Reads the cell where it is a value.
macro_rules! read {
    ($row:ident, $column:ident, $case:ident, $accessor:literal) => {{
        let data = $row.batch.column($column);
        match (&data.cells, data.state($row.index)) {
            (Cells::$case(values), State::Value) => Some(values[$row.index]),
            (Cells::$case(_), _) => None,
            _ => wrong_kind($column, $accessor),
        }
    }};
}

impl<'a> Row<'a> {
    pub(crate) fn new(batch: &'a Batch, index: usize) -> Self {
        Self { batch, index }
    }

    /// Text, trimmed; `None` where blank.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// assert_eq!(batch().row(0).text(NAME), Some("东桥"));
    /// ```
    #[inline(always)]
    #[must_use]
    pub fn text(&self, column: Column) -> Option<&'a str> {
        let data = self.batch.column(column);
        if data.state(self.index) != State::Value {
            return None;
        }
        match &data.cells {
            Cells::Text(text) => Some(text.get(self.index)),
            Cells::Dictionary(codes, values) => Some(values.get(codes[self.index] as usize)),
            _ => wrong_kind(column, "text"),
        }
    }

    /// A measurement in the column's unit.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// assert_eq!(batch().row(0).number(LIMIT), Some(20.5));
    /// ```
    #[inline(always)]
    #[must_use]
    pub fn number(&self, column: Column) -> Option<f64> {
        read!(self, column, Number, "number")
    }

    /// A count.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// assert_eq!(batch().row(0).integer(SPANS), Some(3));
    /// ```
    #[inline(always)]
    #[must_use]
    pub fn integer(&self, column: Column) -> Option<i64> {
        read!(self, column, Integer, "integer")
    }

    /// Money or a share, exact, at the column's scale and in its unit.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// assert_eq!(batch().row(0).decimal(COST), Some(Decimal::new(120_050, 2)));
    /// ```
    #[inline(always)]
    #[must_use]
    pub fn decimal(&self, column: Column) -> Option<Decimal> {
        read!(self, column, Decimal, "decimal").map(|units| Decimal::new(units, column.scale))
    }

    /// A calendar day.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// assert_eq!(batch().row(0).date(OPENED), Some(day(2015, 10, 1)));
    /// ```
    #[inline(always)]
    #[must_use]
    pub fn date(&self, column: Column) -> Option<NaiveDate> {
        date::from_days(read!(self, column, Date, "date")?)
    }

    /// A moment, local civil time.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// assert_eq!(batch().row(0).instant(INSPECTED), Some(moment(day(2016, 9, 1), 8)));
    /// ```
    #[inline(always)]
    #[must_use]
    pub fn instant(&self, column: Column) -> Option<NaiveDateTime> {
        date::from_seconds(self.seconds(column)?)
    }

    /// A moment as seconds since 1970-01-01T00:00:00, local civil time.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// assert_eq!(batch().row(0).seconds(INSPECTED), Some(1_472_716_800));
    /// ```
    #[inline(always)]
    #[must_use]
    pub fn seconds(&self, column: Column) -> Option<i64> {
        read!(self, column, Instant, "instant")
    }

    /// Yes or no.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// assert_eq!(batch().row(0).flag(TOLLED), Some(true));
    /// ```
    #[inline(always)]
    #[must_use]
    pub fn flag(&self, column: Column) -> Option<bool> {
        read!(self, column, Flag, "flag").map(|flag| flag != 0)
    }

    /// What is in the cell, whatever its kind.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// assert_eq!(batch().row(0).state(LIMIT), State::Value);
    /// ```
    #[inline(always)]
    #[must_use]
    pub fn state(&self, column: Column) -> State {
        self.batch.column(column).state(self.index)
    }

    /// Nothing is written there.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// assert!(batch().row(1).is_blank(OPENED));
    /// assert!(!batch().row(1).is_blank(LIMIT)); // unreadable, so something stands there
    /// ```
    #[inline(always)]
    #[must_use]
    pub fn is_blank(&self, column: Column) -> bool {
        self.state(column) == State::Blank
    }

    /// Something is written there, readable or not.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// assert!(batch().row(1).is_filled(LIMIT)); // unreadable, but filled
    /// ```
    #[inline(always)]
    #[must_use]
    pub fn is_filled(&self, column: Column) -> bool {
        !self.is_blank(column)
    }

    /// What `function` makes of the text; worked out once per distinct value where the column is a dictionary.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// fn characters(name: &str) -> usize {
    ///     name.chars().count()
    /// }
    /// assert_eq!(batch().row(0).by_value(COUNTY, characters), Some(2));
    /// ```
    // Split, so that no caller copies a whole `Column` for each record.
    #[inline(always)]
    #[must_use]
    pub fn by_value<T: Clone + 'static>(&self, column: Column, function: fn(&str) -> T) -> Option<T> {
        let data = self.batch.column(column);
        if data.state(self.index) != State::Value {
            return None;
        }
        match &data.cells {
            Cells::Text(text) => Some(function(text.get(self.index))),
            Cells::Dictionary(codes, values) => {
                Some(self.batch.remembered(column.index, codes[self.index] as usize, values, function))
            }
            _ => wrong_kind(column, "by_value"),
        }
    }

    /// The record, to be named in a finding, now or later.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// assert_eq!(batch().row(1).place().id, 1);
    /// ```
    #[inline(always)]
    #[must_use]
    pub fn place(&self) -> Place {
        Place { table: self.batch.table_index, id: self.batch.id(self.index), column: None }
    }

    /// One of its cells, to be named in a finding, now or later.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// assert_eq!(batch().row(1).cell(LIMIT), batch().row(1).place().cell(LIMIT));
    /// ```
    #[inline(always)]
    #[must_use]
    pub fn cell(&self, column: Column) -> Place {
        self.place().cell(column)
    }

    /// What the host asked of this session: as-of date, period, settings.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// assert_eq!(batch().row(0).task().as_of, day(2016, 11, 30));
    /// ```
    #[inline(always)]
    #[must_use]
    pub fn task(&self) -> &'a Task {
        &self.batch.task
    }

    pub(crate) fn batch(&self) -> &'a Batch {
        self.batch
    }

    #[inline(always)]
    pub(crate) fn index(&self) -> usize {
        self.index
    }

    /// What identifies the record's group: its cells in these columns, as text. `None` where one is blank.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// assert_eq!(batch().row(0).key(&[COUNTY, SPANS]).as_deref(), Some("甲县\u{1f}3"));
    /// assert_eq!(batch().row(1).key(&[COUNTY, SPANS]), None);
    /// ```
    #[must_use]
    pub fn key(&self, columns: &[Column]) -> Option<String> {
        let mut key = String::new();
        for (position, &column) in columns.iter().enumerate() {
            if position > 0 {
                key.push('\u{1f}');
            }
            self.push_key(column, &mut key)?;
        }
        Some(key)
    }

    fn push_key(&self, column: Column, key: &mut String) -> Option<()> {
        use std::fmt::Write as _;
        let written = match column.kind {
            crate::Kind::Text => {
                key.push_str(self.text(column)?);
                Ok(())
            }
            crate::Kind::Number => write!(key, "{}", self.number(column)?),
            crate::Kind::Integer => write!(key, "{}", self.integer(column)?),
            crate::Kind::Decimal => write!(key, "{}", self.decimal(column)?),
            crate::Kind::Date => write!(key, "{}", self.date(column)?),
            crate::Kind::Instant => write!(key, "{}", self.seconds(column)?),
            crate::Kind::Flag => write!(key, "{}", self.flag(column)?),
        };
        written.ok()
    }
}

#[cfg(test)]
#[path = "row_tests.rs"]
mod tests;
