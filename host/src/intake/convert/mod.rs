//! One cell into a value of its column's kind. Spellings are those of `mingcha-values`; nothing is parsed here twice.

mod money;
mod number;
mod text;
mod time;

pub(crate) use time::LastDay;

use super::batch::Why;
use super::cell::Cell;
use super::recognise::ColumnMatch;
use super::rules;
use crate::manifest::Column;
use mingcha_values::amount::Unit;
use mingcha_values::text::{is_blank_spelling, key};
use std::collections::{HashMap, HashSet};

/// What became of a cell.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Read<T> {
    /// A value.
    Value(T),
    /// A value with a doubt.
    Doubtful(T, Doubt),
    /// A spelling of nothing.
    Blank,
    /// Not of the column's kind.
    Unreadable(Why),
}

impl<T> Read<T> {
    pub(crate) fn map<U>(self, change: impl FnOnce(T) -> U) -> Read<U> {
        match self {
            Read::Value(value) => Read::Value(change(value)),
            Read::Doubtful(value, doubt) => Read::Doubtful(change(value), doubt),
            Read::Blank => Read::Blank,
            Read::Unreadable(why) => Read::Unreadable(why),
        }
    }
}

/// A doubt about a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Doubt {
    /// The cell counts in another unit than its header.
    UnitConflict(Unit, Unit),
    /// More decimals than the column keeps.
    Rounded,
}

impl Doubt {
    /// Rule, message and what its holes stand for.
    pub(crate) fn told(self) -> (u16, u16, Vec<(String, String)>) {
        match self {
            Doubt::UnitConflict(cell, header) => {
                let holes = [("cell-unit", cell), ("header-unit", header)];
                let holes = holes.map(|(hole, unit)| (hole.to_owned(), unit.name().to_owned()));
                (rules::UNIT_CONFLICT, 0, holes.into())
            }
            Doubt::Rounded => (rules::ROUNDED, 0, Vec::new()),
        }
    }
}

/// Reads the cells of one column.
#[derive(Debug)]
pub(crate) struct Converter<'a> {
    declared: &'a Column,
    /// Value of a code by the key of its spelling.
    codes: HashMap<String, &'a str>,
    blanks: HashSet<String>,
    measure: Measure,
    /// Cells below a detection limit count as 0.
    detection: bool,
    /// Days to add to a number that is a day.
    shift: f64,
    /// Digits alone mean the number they write.
    takes_plain_numbers: bool,
    /// Digits and marks of a date mean that date.
    takes_plain_times: bool,
}

/// What the numbers of a column count in.
#[derive(Clone, Debug, PartialEq)]
enum Measure {
    /// No unit, or one that cells may repeat.
    Plain,
    /// Money: the unit rules see, the unit of cells that name none, and the header's own.
    Money { declared: Unit, default: Unit, header: Option<Unit> },
    /// Hundredths.
    Percent,
    /// The header names a unit that cannot be converted.
    Foreign,
}

impl<'a> Converter<'a> {
    /// For a column as it was found.
    pub(crate) fn new(declared: &'a Column, found: &ColumnMatch) -> Self {
        let spelt = |code: &'a crate::manifest::Code| {
            std::iter::once(&code.value)
                .chain(&code.spellings)
                .map(|spelling| (key(spelling), code.value.as_str()))
        };
        let codes: HashMap<String, &'a str> = declared.codes.iter().rev().flat_map(spelt).collect();
        let blanks: HashSet<String> = declared.blanks.iter().map(|blank| key(blank)).collect();
        let measure = Measure::of(declared, found);
        // No spelling of a code or of nothing may have a digit where digits are to be taken at once.
        let plain = !codes.keys().chain(&blanks).any(|known| known.bytes().any(|b| b.is_ascii_digit()));
        Self {
            declared,
            codes,
            blanks,
            takes_plain_numbers: plain && matches!(measure, Measure::Plain | Measure::Percent),
            takes_plain_times: plain,
            measure,
            shift: 0.0,
            detection: declared.codes.iter().any(|code| code.value == "ND"),
        }
    }

    /// Numbers that are days count from a day so many days later than the calendar of 1900.
    pub(crate) fn count_from(&mut self, shift: f64) {
        self.shift = shift;
    }

    /// What every kind has in common: blank, an error value, undecodable.
    fn common(&self, cell: &Cell<'_>) -> Option<Read<()>> {
        match cell {
            Cell::Blank => Some(Read::Blank),
            Cell::Garbled(_) => Some(Read::Unreadable(Why::Undecodable)),
            Cell::Fault(_) => Some(Read::Unreadable(Why::ErrorValue)),
            Cell::Text(text) if self.is_blank(text) => Some(Read::Blank),
            Cell::Text(text) if is_error_value(text) => Some(Read::Unreadable(Why::ErrorValue)),
            _ => None,
        }
    }

    fn is_blank(&self, text: &str) -> bool {
        // No spelling of nothing has a digit, except perhaps the column's own; most cells have.
        if self.blanks.is_empty() && text.bytes().any(|byte| byte.is_ascii_digit()) {
            return false;
        }
        text.len() <= 60
            && (is_blank_spelling(text) || (!self.blanks.is_empty() && self.blanks.contains(&key(text))))
    }
}

/// What spreadsheets write where a formula failed.
fn is_error_value(text: &str) -> bool {
    const VALUES: [&str; 7] = ["#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NULL!", "#NUM!"];
    text.starts_with('#') && VALUES.contains(&text.trim_end())
}

impl Measure {
    fn of(declared: &Column, found: &ColumnMatch) -> Self {
        let Some(unit) = declared.unit.as_deref() else { return Measure::Plain };
        if let Some(declared) = Unit::parse(unit) {
            let stated = found.unit.as_deref().and_then(Unit::parse);
            let header = stated.filter(|_| found.unit_in_header);
            return Measure::Money { declared, default: stated.unwrap_or(declared), header };
        }
        if key(unit) == "%" {
            return Measure::Percent;
        }
        match found.unit.as_deref() {
            Some(header) if number::looks_like_unit(header) && !number::same_unit(header, unit) => {
                Measure::Foreign
            }
            _ => Measure::Plain,
        }
    }
}

#[cfg(test)]
mod tests;
