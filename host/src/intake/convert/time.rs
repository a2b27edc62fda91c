//! Days and moments, as text or as serial numbers of a spreadsheet.

use super::{Converter, Read};
use crate::intake::batch::Why;
use crate::intake::cell::Cell;
use chrono::{NaiveDateTime, NaiveTime};
use mingcha_values::date::{
    DateError, days_since_epoch, from_excel_serial, instant_from_excel_serial, parse_date, parse_instant,
    seconds_since_epoch,
};

/// Serial numbers from 1954 to 2119: a number outside of them is not a day.
const SERIALS: std::ops::Range<f64> = 20_000.0..80_000.0;

impl Converter<'_> {
    /// A day written `2016-07-26` or `2016/07/26`, or such a day with a time: seconds since 1970-01-01T00:00:00.
    #[inline]
    pub(crate) fn quick_seconds(&self, bytes: &[u8], day: &mut LastDay) -> Option<i64> {
        if self.takes_plain_times { quick_seconds(bytes, day) } else { None }
    }

    /// A day written `2016-07-26` or `2016/07/26`: days since 1970-01-01.
    #[inline]
    pub(crate) fn quick_day(&self, bytes: &[u8]) -> Option<i32> {
        if bytes.len() != 10 || !self.takes_plain_times {
            return None;
        }
        quick_day(bytes)
    }

    /// A day, since 1970-01-01.
    pub(crate) fn date(&self, cell: &Cell<'_>) -> Read<i32> {
        self.moment(cell).map(|at| days_since_epoch(at.date()))
    }

    /// Seconds since 1970-01-01T00:00:00; a day alone is its midnight.
    pub(crate) fn instant(&self, cell: &Cell<'_>) -> Read<i64> {
        self.moment(cell).map(seconds_since_epoch)
    }

    fn moment(&self, cell: &Cell<'_>) -> Read<NaiveDateTime> {
        if let Some(read) = self.common(cell) {
            return read.map(|()| NaiveDateTime::default());
        }
        let found = match cell {
            Cell::Serial(serial) => of_serial(*serial).ok_or(Why::ImpossibleDate),
            Cell::Number { value, percent: false } => of_number(*value, self.shift),
            Cell::Text(text) => in_text(text, self.shift),
            _ => Err(Why::NotADate),
        };
        found.map_or_else(Read::Unreadable, Read::Value)
    }
}

/// The day that was read last: times that follow one another are mostly of one.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct LastDay {
    written: [u8; 10],
    /// None where it is no such day, as ten zero bytes are none.
    day: Option<i32>,
}

impl LastDay {
    #[inline]
    fn of(&mut self, written: &[u8; 10]) -> Option<i32> {
        if self.written != *written {
            *self = Self { written: *written, day: quick_day(written) };
        }
        self.day
    }
}

/// `2016-07-26`, `2016-07-26 14:05` or `2016-07-26 14:05:09`, and the same with slashes.
#[inline]
fn quick_seconds(bytes: &[u8], last: &mut LastDay) -> Option<i64> {
    let (day, time) = bytes.split_first_chunk()?;
    let day = i64::from(last.of(day)?) * 86_400;
    let (hour, minute, second) = match time {
        [] => (0, 0, 0),
        [b' ', h, hh, b':', m, mm] => (two(*h, *hh)?, two(*m, *mm)?, 0),
        [b' ', h, hh, b':', m, mm, b':', s, ss] => (two(*h, *hh)?, two(*m, *mm)?, two(*s, *ss)?),
        _ => return None,
    };
    if hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    Some(day + i64::from(hour * 3600 + minute * 60 + second))
}

#[inline]
fn two(tens: u8, ones: u8) -> Option<i32> {
    (tens.is_ascii_digit() && ones.is_ascii_digit())
        .then(|| i32::from(tens - b'0') * 10 + i32::from(ones - b'0'))
}

/// Days since 1970-01-01, after Howard Hinnant's `days_from_civil`, for the years in which nobody wonders.
#[inline]
fn quick_day(bytes: &[u8]) -> Option<i32> {
    let &[a, b, c, d, mark, m, mm, again, n, nn] = bytes else { return None };
    if mark != again || !matches!(mark, b'-' | b'/') {
        return None;
    }
    let year = two(a, b)? * 100 + two(c, d)?;
    let (month, day) = (two(m, mm)?, two(n, nn)?);
    if !(1950..2100).contains(&year) || !(1..=12).contains(&month) {
        return None;
    }
    let february = if year % 4 == 0 { 29 } else { 28 };
    let last = [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month as usize - 1];
    if !(1..=last).contains(&day) {
        return None;
    }
    let shifted = if month <= 2 { year - 1 } else { year };
    let of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
    let (era, year) = (shifted / 400, shifted % 400);
    Some(era * 146_097 + year * 365 + year / 4 - year / 100 + of_year - 719_468)
}

fn of_serial(serial: f64) -> Option<NaiveDateTime> {
    if serial.fract() == 0.0 {
        return from_excel_serial(serial, false).map(|day| day.and_time(NaiveTime::MIN));
    }
    instant_from_excel_serial(serial, false)
}

/// 42577 is a serial number, 20160726 a day without marks.
fn of_number(value: f64, shift: f64) -> Result<NaiveDateTime, Why> {
    if SERIALS.contains(&(value + shift)) {
        return of_serial(value + shift).ok_or(Why::ImpossibleDate);
    }
    if value.fract() == 0.0 && (1e7..1e8).contains(&value) {
        return in_text(&format!("{value}"), 0.0);
    }
    Err(Why::NotADate)
}

fn in_text(text: &str, shift: f64) -> Result<NaiveDateTime, Why> {
    let error = match parse_date(text) {
        Ok(day) => return Ok(day.and_time(NaiveTime::MIN)),
        Err(error) => error,
    };
    match (error, parse_instant(text)) {
        (_, Ok(at)) => Ok(at),
        (DateError::Unrecognised, Err(late)) => {
            let serial = text.trim().parse::<f64>().ok().map(|serial| serial + shift);
            let serial = serial.filter(|serial| SERIALS.contains(serial));
            serial.and_then(of_serial).ok_or(why(late))
        }
        (error, Err(_)) => Err(why(error)),
    }
}

fn why(error: DateError) -> Why {
    match error {
        DateError::DayMissing => Why::DayMissing,
        DateError::TwoDigitYear => Why::TwoDigitYear,
        DateError::Impossible => Why::ImpossibleDate,
        DateError::WrongWeekday { .. } => Why::WrongWeekday,
        DateError::Empty | DateError::Unrecognised | DateError::TimeMissing => Why::NotADate,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn slowly(text: &str) -> Option<i64> {
        in_text(text, 0.0).ok().map(seconds_since_epoch)
    }

    #[test]
    fn every_day_is_the_same_read_quickly_or_slowly() {
        for number in -8_000..48_000 {
            let day = mingcha_values::date::from_days(number).expect("a day").to_string();
            let expected = ("1950".."2100").contains(&&day[..4]).then_some(number);
            assert_eq!(quick_day(day.as_bytes()), expected, "{day}");
        }
    }

    proptest! {
        #[test]
        fn a_moment_read_quickly_is_the_moment_read_slowly(
            text in "(19|20)[0-9]{2}[-/][0-3][0-9][-/][0-4][0-9]( [0-3][0-9]:[0-7][0-9](:[0-7][0-9])?)?",
        ) {
            let (mut last, slow) = (LastDay::default(), slowly(&text));
            for _ in 0..2 {
                let quick = quick_seconds(text.as_bytes(), &mut last);
                prop_assert!(quick.is_none() || quick == slow);
            }
        }
    }
}
