//! Tables of facts that come with the pack, as comma-separated text: no quotes, no commas inside cells, `#` comments.

use mingcha_kit::prelude::NaiveDate;
use mingcha_kit::values;
use mingcha_kit::values::date::parse_date;
use mingcha_kit::values::text::key;

/// The days a row holds: from the first until the day before the second.
#[derive(Clone, Copy, Debug)]
pub struct Holds {
    since: NaiveDate,
    until: Option<NaiveDate>,
}

impl Holds {
    /// From the two cells of a row. An empty end means that it still holds.
    #[must_use]
    pub fn parse(since: &str, until: &str) -> Option<Self> {
        let until = if until.is_empty() { None } else { Some(parse_date(until).ok()?) };
        Some(Self { since: parse_date(since).ok()?, until })
    }

    /// From the days themselves.
    #[must_use]
    pub const fn between(since: NaiveDate, until: Option<NaiveDate>) -> Self {
        Self { since, until }
    }

    /// Whether it holds on this day.
    #[must_use]
    pub fn on(self, day: NaiveDate) -> bool {
        self.since <= day && self.until.is_none_or(|until| day < until)
    }
}

/// The rows of a table with `N` columns, each made by `row`.
///
/// # Panics
/// Where a row is not what its header says; a test of each table reads it all.
#[must_use]
pub fn rows<T, const N: usize>(table: &'static str, row: fn([&'static str; N]) -> Option<T>) -> Vec<T> {
    values::shipped::rows(table)
        .map(|line| {
            let cells: Vec<_> = line.split(',').collect();
            let read = <[&str; N]>::try_from(cells).ok().and_then(row);
            read.unwrap_or_else(|| panic!("a shipped table has a row that cannot be read: {line}"))
        })
        .collect()
}

/// Whether the text names one of the alternatives of a cell, `畜禽/畜牧`; an empty cell asks for nothing.
#[must_use]
pub fn names_any(text: &str, alternatives: &str) -> bool {
    alternatives.is_empty() || alternatives.split('/').any(|word| text.contains(word))
}

/// A key without marks of punctuation.
#[must_use]
pub fn bare(text: &str) -> String {
    key(text).chars().filter(|c| c.is_alphanumeric()).collect()
}
