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
            Cell::Number { value, percent: false } => of_number(*value),
            Cell::Text(text) => in_text(text),
            _ => Err(Why::NotADate),
        };
        found.map_or_else(Read::Unreadable, Read::Value)
    }
}

fn of_serial(serial: f64) -> Option<NaiveDateTime> {
    if serial.fract() == 0.0 {
        return from_excel_serial(serial, false).map(|day| day.and_time(NaiveTime::MIN));
    }
    instant_from_excel_serial(serial, false)
}

/// 42577 is a serial number, 20160726 a day without marks.
fn of_number(value: f64) -> Result<NaiveDateTime, Why> {
    if SERIALS.contains(&value) {
        return of_serial(value).ok_or(Why::ImpossibleDate);
    }
    if value.fract() == 0.0 && (1e7..1e8).contains(&value) {
        return in_text(&format!("{value}"));
    }
    Err(Why::NotADate)
}

fn in_text(text: &str) -> Result<NaiveDateTime, Why> {
    let error = match parse_date(text) {
        Ok(day) => return Ok(day.and_time(NaiveTime::MIN)),
        Err(error) => error,
    };
    match (error, parse_instant(text)) {
        (_, Ok(at)) => Ok(at),
        (DateError::Unrecognised, Err(late)) => {
            let serial = text.trim().parse().ok().filter(|serial| SERIALS.contains(serial));
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
