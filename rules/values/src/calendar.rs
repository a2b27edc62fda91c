//! Working days: the national calendar and Xinjiang's on top of it, for 2016 and 2017.
//!
//! A calendar is a table, and a year outside it is unknown: every answer for such a year is none or an error, never
//! a plain Monday to Friday. Days whose standing is not settled mark each due date they could move. A period begins
//! the day after the event (民法典 第二百零一条; 民法通则 第一百五十四条 before it).

use crate::date::parse_date;
use chrono::{Datelike, Days, NaiveDate, Weekday};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::LazyLock;

/// The shipped table of Xinjiang's days; those of the whole country lie beside it.
pub const TABLE: &str = include_str!("../data/working-days-xinjiang.txt");
static NATIONAL: LazyLock<Calendar> =
    LazyLock::new(|| shipped(include_str!("../data/working-days-national.txt"), None));
static XINJIANG: LazyLock<Calendar> = LazyLock::new(|| shipped(TABLE, Some(&NATIONAL)));

/// Which days are worked in the years it knows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Calendar {
    marks: BTreeMap<NaiveDate, Mark>,
    years: BTreeSet<i32>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Mark {
    working: bool,
    settled: bool,
}

/// The day a period ends, at its close.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// The last day of the period.
    pub date: NaiveDate,
    /// True if a day whose standing is not settled was counted, so that the end may be another day.
    pub unsettled: bool,
}

/// The calendar knows nothing about a year that would have to be counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoData {
    /// The first such year.
    pub year: i32,
}

impl fmt::Display for NoData {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no calendar for {}", self.year)
    }
}

impl std::error::Error for NoData {}

/// A line of a calendar table that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableError {
    /// Its number, from 1.
    pub line: usize,
}

impl fmt::Display for TableError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {} is not: date, off or work, settled or unsettled, source", self.line)
    }
}

impl std::error::Error for TableError {}

/// An entry that is neither a day off, nor a day worked, nor a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EntryError;

impl fmt::Display for EntryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("neither a day with off or work, nor a year")
    }
}

impl std::error::Error for EntryError {}

impl Calendar {
    /// 2016 and 2017 after 国办发明电〔2015〕18号 and 国办发明电〔2016〕17号.
    #[must_use]
    pub fn national() -> &'static Self {
        &NATIONAL
    }

    /// The national calendar with the holidays of the Xinjiang region, some of them not settled.
    #[must_use]
    pub fn xinjiang() -> &'static Self {
        &XINJIANG
    }

    /// Reads a table: a line per exception, `2016-07-06 off settled source`; `#` begins a comment.
    ///
    /// With a `base`, its days stay except where the table says otherwise, and its years are the known ones;
    /// without, every year that has a line is known.
    ///
    /// # Errors
    /// [`TableError`] for the first line of another shape.
    pub fn from_table(table: &str, base: Option<&Self>) -> Result<Self, TableError> {
        let mut calendar = base.cloned().unwrap_or_default();
        for (at, line) in
            table.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
        {
            let (date, mark) = entry(line).ok_or(TableError { line: at + 1 })?;
            calendar.marks.insert(date, mark);
            if base.is_none() {
                calendar.years.insert(date.year());
            }
        }
        Ok(calendar)
    }

    /// With one more entry, `2018-02-15 off` (休, 放假) or `2018-02-11 work` (班, 上班), or a year, `2018`, whose days off
    /// are all among the entries, so that it counts as known.
    ///
    /// # Errors
    /// [`EntryError`] where it is neither.
    pub fn add(&mut self, entry: &str) -> Result<(), EntryError> {
        let mut words = entry.split_whitespace();
        match (words.next(), words.next(), words.next()) {
            (Some(year), None, _) => {
                self.years
                    .insert(year.parse().ok().filter(|year| (1900..2200).contains(year)).ok_or(EntryError)?);
            }
            (Some(day), Some(word), None) => {
                let working = match word {
                    "off" | "休" | "放假" => false,
                    "work" | "班" | "上班" => true,
                    _ => return Err(EntryError),
                };
                let day = parse_date(day).map_err(|_| EntryError)?;
                self.marks.insert(day, Mark { working, settled: true });
            }
            _ => return Err(EntryError),
        }
        Ok(())
    }

    /// True if the day is worked; None if its year is not known.
    #[must_use]
    pub fn is_working_day(&self, date: NaiveDate) -> Option<bool> {
        if !self.years.contains(&date.year()) {
            return None;
        }
        let weekend = matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
        Some(self.marks.get(&date).map_or(!weekend, |mark| mark.working))
    }

    /// True if the table itself is not sure about the day.
    #[must_use]
    pub fn is_unsettled(&self, date: NaiveDate) -> bool {
        self.marks.get(&date).is_some_and(|mark| !mark.settled)
    }

    /// The `n`-th working day strictly after `from`; `from` itself for zero.
    ///
    /// # Errors
    /// [`NoData`] if a year on the way is not known.
    pub fn add_working_days(&self, from: NaiveDate, n: u32) -> Result<Due, NoData> {
        let mut due = Due { date: from, unsettled: false };
        let mut left = n;
        while left > 0 {
            due.date = day_after(due.date)?;
            due.unsettled |= self.is_unsettled(due.date);
            left -= u32::from(self.works(due.date)?);
        }
        Ok(due)
    }

    /// How many working days lie after `from` up to and with `to`; zero if `to` is not later.
    ///
    /// # Errors
    /// [`NoData`] if a year between is not known.
    pub fn working_days_between(&self, from: NaiveDate, to: NaiveDate) -> Result<u32, NoData> {
        let mut count = 0;
        let mut day = from;
        while day < to {
            day = day_after(day)?;
            count += u32::from(self.works(day)?);
        }
        Ok(count)
    }

    /// The day `n` calendar days after `from`, or the next one that is no day of rest.
    ///
    /// # Errors
    /// [`NoData`] if the year of that day is not known.
    pub fn due_calendar_days(&self, from: NaiveDate, n: u32) -> Result<Due, NoData> {
        let date = from.checked_add_days(Days::new(n.into())).ok_or(NoData { year: from.year() })?;
        let mut due = Due { date, unsettled: self.is_unsettled(date) };
        while !self.works(due.date)? {
            due.date = day_after(due.date)?;
            due.unsettled |= self.is_unsettled(due.date);
        }
        Ok(due)
    }

    fn works(&self, date: NaiveDate) -> Result<bool, NoData> {
        self.is_working_day(date).ok_or(NoData { year: date.year() })
    }
}

/// A table that comes with the crate; a test reads it, so it cannot fail for a user.
fn shipped(table: &str, base: Option<&Calendar>) -> Calendar {
    Calendar::from_table(table, base).expect("the shipped calendars are read by a test")
}

/// One line of a table.
fn entry(line: &str) -> Option<(NaiveDate, Mark)> {
    let mut words = line.splitn(4, ' ');
    let date = parse_date(words.next()?).ok()?;
    let working = match words.next()? {
        "work" => true,
        "off" => false,
        _ => return None,
    };
    let settled = match words.next()? {
        "settled" => true,
        "unsettled" => false,
        _ => return None,
    };
    words.next().map(|_source| (date, Mark { working, settled }))
}

/// The next day; the end of chrono's calendar has no data either.
fn day_after(date: NaiveDate) -> Result<NaiveDate, NoData> {
    date.succ_opt().ok_or(NoData { year: date.year() })
}

#[cfg(test)]
#[path = "calendar_tests.rs"]
mod tests;
