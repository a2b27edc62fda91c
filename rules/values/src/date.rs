//! Dates and points in time as tables write them. GB/T 9704-2012 7.3.5.4 asks for `2016年7月26日`.
//!
//! A year is always written in full here: `16.7.26` is an error with its own name, because no reader can be sure
//! of it. All times are civil times of one place; nothing knows a time zone.

use crate::numeral::{digits, figure};
use crate::text::{half_width, trimmed};
use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Weekday};
use std::fmt;

/// Why a text is no date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateError {
    /// Nothing but space.
    Empty,
    /// None of the spellings.
    Unrecognised,
    /// The year has two digits.
    TwoDigitYear,
    /// A month without a day, where a day is needed.
    DayMissing,
    /// A date without a time, where a time is needed.
    TimeMissing,
    /// A date or time no calendar or clock has: 30 February, 25:00.
    Impossible,
    /// The weekday in brackets is not that of the date.
    WrongWeekday {
        /// The date that was read.
        date: NaiveDate,
        /// The weekday the text says.
        stated: Weekday,
    },
}

impl fmt::Display for DateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("empty"),
            Self::Unrecognised => f.write_str("not a date"),
            Self::TwoDigitYear => f.write_str("year with two digits"),
            Self::DayMissing => f.write_str("a month without a day"),
            Self::TimeMissing => f.write_str("a date without a time"),
            Self::Impossible => f.write_str("no such date or time"),
            Self::WrongWeekday { date, stated } => write!(f, "{date} is {}, not {stated}", date.weekday()),
        }
    }
}

impl std::error::Error for DateError {}

/// A date known to the day or only to the month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DatePrecision {
    /// A whole date.
    Day(NaiveDate),
    /// A month, as its first day.
    Month(NaiveDate),
}

/// Reads a date to the day.
///
/// `2016年7月26日` (号), `2016-07-26`, `2016/7/26`, `2016.7.26`, `20160726`, `二〇一六年七月二十六日`, all in either
/// width, and each followed by a weekday in brackets if it is the right one. A midnight that an export of a table
/// added (`2016/7/26 0:00:00`) is dropped; any other time is an error.
///
/// # Errors
/// [`DateError`]; `2016年7月` is [`DateError::DayMissing`].
pub fn parse_date(text: &str) -> Result<NaiveDate, DateError> {
    match parse_date_precision(text)? {
        DatePrecision::Day(date) => Ok(date),
        DatePrecision::Month(_) => Err(DateError::DayMissing),
    }
}

/// Reads a date to the day or, as in `2016年7月` and `2016-07`, to the month.
///
/// # Errors
/// [`DateError`].
pub fn parse_date_precision(text: &str) -> Result<DatePrecision, DateError> {
    let text = half_width(trimmed(text));
    let text = without_midnight(&text).replace([' ', '\u{3000}', '\u{a0}'], "");
    if text.is_empty() {
        return Err(DateError::Empty);
    }
    let (text, weekday) = without_weekday(&text);
    let precision = whole_date(text)?;
    if let (DatePrecision::Day(date), Some(stated)) = (precision, weekday)
        && date.weekday() != stated
    {
        return Err(DateError::WrongWeekday { date, stated });
    }
    Ok(precision)
}

/// Reads a point in time: a date as in [`parse_date`], then `14:00`, `14:00:00`, `14时30分` or `14时`.
///
/// Between the two stand spaces, `T` or, after 日, nothing. `24:00` is midnight of the next day.
///
/// # Errors
/// [`DateError`]; a date alone is [`DateError::TimeMissing`].
pub fn parse_instant(text: &str) -> Result<NaiveDateTime, DateError> {
    let text = half_width(trimmed(text)).replace(['\u{3000}', '\u{a0}'], " ");
    if text.is_empty() {
        return Err(DateError::Empty);
    }
    let cut = date_end(&text);
    let (date, time) = text.split_at(cut);
    let date = parse_date(date)?;
    let time = time.trim_start_matches('T').replace(' ', "");
    if time.is_empty() {
        return Err(DateError::TimeMissing);
    }
    clock(&time).and_then(|since| {
        date.and_time(NaiveTime::MIN).checked_add_signed(since).ok_or(DateError::Impossible)
    })
}

/// The date of an Excel serial number, its fraction of a day dropped. 42577 is 2016-07-26.
///
/// `date1904` says which of the two calendars the workbook uses. None below the first day, from the year 10000 on,
/// and for serial 60 of the 1900 calendar, the 29 February 1900 that never was.
#[must_use]
pub fn from_excel_serial(serial: f64, date1904: bool) -> Option<NaiveDate> {
    let days = serial.floor();
    let lowest = if date1904 { 0.0 } else { 1.0 };
    if !(lowest..2_958_466.0).contains(&days) || (!date1904 && days == 60.0) {
        return None;
    }
    let first = match (date1904, days < 60.0) {
        (true, _) => NaiveDate::from_ymd_opt(1904, 1, 1)?,
        (false, true) => NaiveDate::from_ymd_opt(1899, 12, 31)?,
        (false, false) => NaiveDate::from_ymd_opt(1899, 12, 30)?,
    };
    first.checked_add_days(Days::new(days as u64))
}

/// The point in time of an Excel serial number, rounded to the second. None as for [`from_excel_serial`].
#[must_use]
pub fn instant_from_excel_serial(serial: f64, date1904: bool) -> Option<NaiveDateTime> {
    let date = from_excel_serial(serial, date1904)?;
    let seconds = (serial.fract() * 86_400.0).round() as i64;
    date.and_time(NaiveTime::MIN).checked_add_signed(TimeDelta::seconds(seconds))
}

/// Days from 1970-01-01 to the date; negative before.
#[must_use]
pub fn days_since_epoch(date: NaiveDate) -> i32 {
    date.to_epoch_days()
}

/// The date so many days after 1970-01-01. None outside chrono's calendar.
#[must_use]
pub fn from_days(days: i32) -> Option<NaiveDate> {
    NaiveDate::from_epoch_days(days)
}

/// Seconds from 1970-01-01 00:00 to the instant, both taken as times of the same place.
#[must_use]
pub fn seconds_since_epoch(instant: NaiveDateTime) -> i64 {
    instant.and_utc().timestamp()
}

/// The instant so many seconds after 1970-01-01 00:00 of the same place. None outside chrono's calendar.
#[must_use]
pub fn from_seconds(seconds: i64) -> Option<NaiveDateTime> {
    chrono::DateTime::from_timestamp(seconds, 0).map(|instant| instant.naive_utc())
}

/// The date as a form should write it (GB/T 9704-2012): `2016年7月26日`, no leading zeros.
#[must_use]
pub fn written(date: NaiveDate) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

/// Where the date of an instant ends: at `T`, after a weekday in brackets, after 日, or at the last space.
fn date_end(text: &str) -> usize {
    let after =
        |marks: [char; 2]| text.find(marks).and_then(|at| Some(at + text[at..].chars().next()?.len_utf8()));
    let ends = [text.find('T'), after([')', '）']), after(['日', '号']), text.rfind(' ')];
    ends.into_iter().flatten().next().unwrap_or(text.len())
}

/// The text without a midnight after a space or `T`.
fn without_midnight(text: &str) -> &str {
    let midnight = |time: &str| time.contains(':') && time.chars().all(|c| matches!(c, '0' | ':'));
    match text.rsplit_once([' ', 'T']) {
        Some((date, time)) if midnight(time) => date,
        _ => text,
    }
}

/// The text before a weekday (`(星期六)`, `（周六）`, `星期六`), and that weekday.
fn without_weekday(text: &str) -> (&str, Option<Weekday>) {
    let bare = text.trim_end_matches([')', '）']);
    let found = ["星期", "礼拜", "周"].iter().find_map(|word| bare.rsplit_once(word));
    let Some((head, day)) = found else { return (text, None) };
    let weekday = match day {
        "一" => Weekday::Mon,
        "二" => Weekday::Tue,
        "三" => Weekday::Wed,
        "四" => Weekday::Thu,
        "五" => Weekday::Fri,
        "六" => Weekday::Sat,
        "日" | "天" => Weekday::Sun,
        _ => return (text, None),
    };
    (head.trim_end_matches(['(', '（']), Some(weekday))
}

/// A date without its weekday.
fn whole_date(text: &str) -> Result<DatePrecision, DateError> {
    if text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()) {
        return day(&text[..4], &text[4..6], &text[6..]);
    }
    if let Some((year, rest)) = text.split_once('年') {
        let (month, rest) = rest.split_once('月').ok_or(DateError::Unrecognised)?;
        return match rest.strip_suffix(['日', '号']) {
            Some(date) => day(year, month, date),
            None if rest.is_empty() => self::month(year, month),
            None => Err(DateError::Unrecognised),
        };
    }
    let mark =
        ['-', '/', '.'].into_iter().find(|mark| text.contains(*mark)).ok_or(DateError::Unrecognised)?;
    let parts: Vec<&str> = text.split(mark).collect();
    if !parts.iter().all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit())) {
        return Err(DateError::Unrecognised);
    }
    match parts[..] {
        [year, month, date] => day(year, month, date),
        [year, month] if mark != '.' => self::month(year, month),
        _ => Err(DateError::Unrecognised),
    }
}

/// A whole date of three written numbers.
fn day(year: &str, month: &str, day: &str) -> Result<DatePrecision, DateError> {
    let (month, day) = small(month).zip(small(day)).ok_or(DateError::Unrecognised)?;
    let date = NaiveDate::from_ymd_opt(full_year(year)?, month, day);
    date.map(DatePrecision::Day).ok_or(DateError::Impossible)
}

/// A month of two written numbers.
fn month(year: &str, month: &str) -> Result<DatePrecision, DateError> {
    let month = small(month).ok_or(DateError::Unrecognised)?;
    let date = NaiveDate::from_ymd_opt(full_year(year)?, month, 1);
    date.map(DatePrecision::Month).ok_or(DateError::Impossible)
}

/// A year of four digits, ASCII or Chinese.
pub(crate) fn full_year(text: &str) -> Result<i32, DateError> {
    let year = digits(text).and_then(|year| i32::try_from(year).ok()).ok_or(DateError::Unrecognised)?;
    match text.chars().count() {
        4 if year >= 1000 => Ok(year),
        2 => Err(DateError::TwoDigitYear),
        _ => Err(DateError::Unrecognised),
    }
}

/// A month, day, hour, minute or second: one or two digits, or words such as 二十六.
pub(crate) fn small(text: &str) -> Option<u32> {
    if text.bytes().all(|b| b.is_ascii_digit()) {
        return (1..=2).contains(&text.len()).then(|| text.parse().ok())?;
    }
    let zero = text.replace(['○', 'O', '零'], "〇");
    let words = zero.strip_prefix('〇').filter(|rest| !rest.is_empty()).unwrap_or(&zero);
    let known = words.chars().all(|c| "〇一二三四五六七八九十廿卅".contains(c));
    let value = known.then(|| figure(words))?.filter(|value| value.scale() == 0)?;
    u32::try_from(value.units()).ok()
}

/// Time since midnight; 24:00 is a whole day.
fn clock(text: &str) -> Result<TimeDelta, DateError> {
    let text = text.replace(['时', '点', '：'], ":").replace('分', ":").replace('秒', "");
    let mut parts = text.trim_end_matches(':').split(':').map(small);
    let whole_hour = text.ends_with(':');
    let hour = parts.next().flatten().ok_or(DateError::Unrecognised)?;
    let minute = match parts.next() {
        Some(minute) => minute.ok_or(DateError::Unrecognised)?,
        None if whole_hour => 0,
        None => return Err(DateError::Unrecognised),
    };
    let second = parts.next().unwrap_or(Some(0)).ok_or(DateError::Unrecognised)?;
    if parts.next().is_some() {
        return Err(DateError::Unrecognised);
    }
    let end_of_day = hour == 24 && minute == 0 && second == 0;
    if (hour > 23 && !end_of_day) || minute > 59 || second > 59 {
        return Err(DateError::Impossible);
    }
    Ok(TimeDelta::seconds(i64::from(hour * 3600 + minute * 60 + second)))
}

#[cfg(test)]
#[path = "date_tests.rs"]
mod tests;
