//! Reporting periods: quarters, halves, months, years, and the `截至` day of a balance.
//!
//! A period without a year (`三季度`) takes the year of its context, which only the caller knows.

use crate::date::{DateError, DatePrecision, full_year, parse_date_precision, small};
use crate::text::{half_width, trimmed};
use chrono::{Datelike, Days, Months, NaiveDate};
use std::fmt;

/// No spelling is longer; it also bounds how often 截至 can nest.
const LONGEST: usize = 40;

/// What sort of period it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PeriodKind {
    /// A calendar year.
    Year,
    /// The first or second half of a year.
    Half,
    /// A quarter.
    Quarter,
    /// A month.
    Month,
    /// Some other run of months within a year, such as 1-9月.
    Months,
    /// A single day up to which figures are counted.
    AsOf,
}

/// A run of days with a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Period {
    first: NaiveDate,
    last: NaiveDate,
    kind: PeriodKind,
}

/// Why a text is no period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PeriodError {
    /// Nothing but space.
    Empty,
    /// None of the spellings.
    Unrecognised,
    /// A quarter, half or month without a year, and no year from the context.
    NoYear,
    /// A quarter, month or day that does not exist, or months in the wrong order.
    Impossible,
}

impl fmt::Display for PeriodError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "empty",
            Self::Unrecognised => "not a period",
            Self::NoYear => "a period without a year",
            Self::Impossible => "no such period",
        })
    }
}

impl std::error::Error for PeriodError {}

impl Period {
    /// The months `first..=last` of a year; a whole quarter, half or year is known as such.
    #[must_use]
    pub fn months(year: i32, first: u32, last: u32) -> Option<Self> {
        if first > last {
            return None;
        }
        let kind = match (first, last) {
            (1, 12) => PeriodKind::Year,
            (1, 6) | (7, 12) => PeriodKind::Half,
            (1, 3) | (4, 6) | (7, 9) | (10, 12) => PeriodKind::Quarter,
            _ if first == last => PeriodKind::Month,
            _ => PeriodKind::Months,
        };
        let start = NaiveDate::from_ymd_opt(year, first, 1)?;
        Some(Self { first: start, last: month_end(NaiveDate::from_ymd_opt(year, last, 1)?), kind })
    }

    /// Quarter 1 to 4 of a year.
    #[must_use]
    pub fn quarter(year: i32, quarter: u32) -> Option<Self> {
        let last = quarter.checked_mul(3)?;
        Self::months(year, last.checked_sub(2)?, last)
    }

    /// Figures counted up to and with this day.
    #[must_use]
    pub const fn as_of(day: NaiveDate) -> Self {
        Self { first: day, last: day, kind: PeriodKind::AsOf }
    }

    /// Reads a period: `2016Q3`, `2016年第三季度`, `三季度`, `2016年7-9月`, `2016年上半年`, `2016年度`, `2016年7月`,
    /// `2016-07`, `截至2016年9月底`. `year_from_context` counts only where the text has none.
    ///
    /// # Errors
    /// [`PeriodError`].
    pub fn parse(text: &str, year_from_context: Option<i32>) -> Result<Self, PeriodError> {
        let text = half_width(trimmed(text)).replace([' ', '\u{3000}', '\u{a0}'], "").to_ascii_uppercase();
        if text.is_empty() {
            return Err(PeriodError::Empty);
        }
        if text.chars().count() > LONGEST {
            return Err(PeriodError::Unrecognised);
        }
        if let Some(day) = text.strip_prefix("截至").or_else(|| text.strip_prefix("截止")) {
            return end_of(day.trim_start_matches('到'), year_from_context);
        }
        if text.ends_with(['底', '末']) {
            return end_of(&text, year_from_context);
        }
        match parse_date_precision(&text) {
            Ok(DatePrecision::Day(day)) => return Ok(Self::as_of(day)),
            Ok(DatePrecision::Month(first)) => {
                return Self::months(first.year(), first.month(), first.month())
                    .ok_or(PeriodError::Impossible);
            }
            Err(DateError::Impossible) => return Err(PeriodError::Impossible),
            Err(_) => {}
        }
        let (year, rest) = split_year(&text);
        let (first, last) = months_of(rest, year.is_some())?;
        let year = year.or(year_from_context).ok_or(PeriodError::NoYear)?;
        Self::months(year, first, last).ok_or(PeriodError::Impossible)
    }

    /// The first day.
    #[must_use]
    pub const fn first(self) -> NaiveDate {
        self.first
    }

    /// The last day.
    #[must_use]
    pub const fn last(self) -> NaiveDate {
        self.last
    }

    /// What sort of period it is.
    #[must_use]
    pub const fn kind(self) -> PeriodKind {
        self.kind
    }

    /// True if the day lies within the period.
    #[must_use]
    pub fn contains(self, day: NaiveDate) -> bool {
        self.first <= day && day <= self.last
    }

    /// The canonical name: `2016`, `2016H1`, `2016Q3`, `2016-07`, `2016-01..09` for other months, `2016-09-30` for a
    /// day. [`Period::parse`] reads every one of them.
    #[must_use]
    pub fn name(self) -> String {
        let (year, month) = (self.first.year(), self.first.month());
        match self.kind {
            PeriodKind::Year => format!("{year:04}"),
            PeriodKind::Half => format!("{year:04}H{}", month / 6 + 1),
            PeriodKind::Quarter => format!("{year:04}Q{}", month / 3 + 1),
            PeriodKind::Month => format!("{year:04}-{month:02}"),
            PeriodKind::Months => format!("{year:04}-{month:02}..{:02}", self.last.month()),
            PeriodKind::AsOf => self.first.to_string(),
        }
    }

    /// The period of the same kind before this one; for odd months the same months a year before.
    ///
    /// For a day, the same day of the month before, month end staying month end.
    #[must_use]
    pub fn previous(self) -> Self {
        self.moved(NaiveDate::checked_sub_months)
    }

    /// The period of the same kind after this one, as [`previous`](Self::previous).
    #[must_use]
    pub fn next(self) -> Self {
        self.moved(NaiveDate::checked_add_months)
    }

    /// Stays where it is at the ends of chrono's calendar, 262 thousand years away.
    fn moved(self, by: fn(NaiveDate, Months) -> Option<NaiveDate>) -> Self {
        let step = Months::new(match self.kind {
            PeriodKind::Year | PeriodKind::Months => 12,
            PeriodKind::Half => 6,
            PeriodKind::Quarter => 3,
            PeriodKind::Month | PeriodKind::AsOf => 1,
        });
        let (Some(first), Some(last)) = (by(self.first, step), by(self.last, step)) else { return self };
        let at_month_end = self.last == month_end(self.last);
        let last = if at_month_end { month_end(last) } else { last };
        Self { first: if self.kind == PeriodKind::AsOf { last } else { first }, last, kind: self.kind }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.name())
    }
}

/// The last day of the month of a date.
fn month_end(date: NaiveDate) -> NaiveDate {
    let next = date.with_day(1).and_then(|first| first.checked_add_months(Months::new(1)));
    next.and_then(|next| next.checked_sub_days(Days::new(1))).unwrap_or(date)
}

/// The last day of what stands before 底 or 末, or the day itself.
fn end_of(text: &str, year_from_context: Option<i32>) -> Result<Period, PeriodError> {
    let text = text.trim_end_matches(['底', '末']);
    if text.is_empty() {
        return Err(PeriodError::Unrecognised);
    }
    let text = if text.ends_with('年') && !text.ends_with("半年") {
        format!("{text}度")
    } else {
        text.to_owned()
    };
    Ok(Period::as_of(Period::parse(&text, year_from_context)?.last))
}

/// `2016年`, `2016-` or `2016` before the rest.
fn split_year(text: &str) -> (Option<i32>, &str) {
    let cut = text.char_indices().nth(4).map_or(text.len(), |(at, _)| at);
    match full_year(&text[..cut]) {
        Ok(year) => (Some(year), text[cut..].trim_start_matches(['年', '-', '/'])),
        Err(_) => (None, text),
    }
}

/// First and last month of what stands after the year.
fn months_of(text: &str, has_year: bool) -> Result<(u32, u32), PeriodError> {
    let whole_year = if has_year {
        matches!(text, "" | "度" | "全年" | "年度")
    } else {
        matches!(text, "全年" | "年度")
    };
    match text {
        _ if whole_year => return Ok((1, 12)),
        "上半年" | "H1" => return Ok((1, 6)),
        "下半年" | "H2" => return Ok((7, 12)),
        "前三季度" | "前3季度" => return Ok((1, 9)),
        _ => {}
    }
    let quarter = text.strip_prefix('Q').or_else(|| {
        let named = text.strip_suffix("季度").or_else(|| text.strip_suffix('季'))?;
        Some(named.strip_prefix('第').unwrap_or(named))
    });
    if let Some(quarter) = quarter {
        return match small(quarter).ok_or(PeriodError::Unrecognised)? {
            quarter @ 1..=4 => Ok((quarter * 3 - 2, quarter * 3)),
            _ => Err(PeriodError::Impossible),
        };
    }
    month_range(text)
}

/// `7-9月`, `7月至9月`, `7月`, `07..09`.
fn month_range(text: &str) -> Result<(u32, u32), PeriodError> {
    let Some(months) = text.strip_suffix('月').or_else(|| text.contains("..").then_some(text)) else {
        return Err(PeriodError::Unrecognised);
    };
    let marks = ["..", "—", "–", "－", "~", "～", "至", "到"];
    let months = marks.iter().fold(months.replace("——", "-"), |months, mark| months.replace(mark, "-"));
    let (first, last) = months.split_once('-').unwrap_or((&months, &months));
    let first = small(first.trim_end_matches('月')).ok_or(PeriodError::Unrecognised)?;
    let last = small(last).ok_or(PeriodError::Unrecognised)?;
    if (1..=12).contains(&first) && (first..=12).contains(&last) {
        Ok((first, last))
    } else {
        Err(PeriodError::Impossible)
    }
}

#[cfg(test)]
#[path = "period_tests.rs"]
mod tests;
