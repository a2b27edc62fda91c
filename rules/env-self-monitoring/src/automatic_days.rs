//! Which means of which day were handed in, of one point and pollutant that is measured by instruments.
//!
//! Whole hours: a mean is known by the hour it begins in, so two of one hour count once.

use std::collections::BTreeMap;

use mingcha_kit::prelude::*;
use mingcha_kit::values::date;

use crate::points::{Media, PointKey};
use crate::tables::codes::{STACK_GAS, WASTEWATER};
use crate::tables::emitter_result::{POINT_CODE, POLLUTANT, USCC};

/// Means seen of a point and pollutant.
#[derive(Debug)]
pub struct AutomaticDays {
    /// The first record.
    pub first: Place,
    /// The emitter's code, as written.
    pub emitter: String,
    /// The point, as written.
    pub point: String,
    /// The pollutant, as written.
    pub pollutant: String,
    /// All three, spelt one way.
    pub key: PointKey,
    /// How many means a day has.
    pub means: u32,
    /// A bit for each mean, by day since 1970-01-01.
    seen: BTreeMap<i64, u32>,
    /// The day looked at last, which is mostly that of the next record, and its bits.
    current: (i64, u32),
}

impl AutomaticDays {
    /// None where nobody says whether gas or water leaves at the point.
    #[must_use]
    pub fn of(result: &Row, media: &Media) -> Option<Self> {
        let (emitter, point, pollutant) =
            (result.text(USCC)?, result.text(POINT_CODE)?, result.text(POLLUTANT)?);
        let key = PointKey::new(emitter, point, pollutant);
        let means = match media.at(emitter, point)? {
            STACK_GAS => 24,
            WASTEWATER => 12,
            _ => return None,
        };
        let [emitter, point, pollutant] = [emitter, point, pollutant].map(str::to_owned);
        let (first, seen) = (result.place(), BTreeMap::new());
        Some(Self { first, emitter, point, pollutant, key, means, seen, current: (0, 0) })
    }

    /// Marks the mean from `start` to `end`, in seconds; its length is the usual one where the start is not given.
    pub fn mark(&mut self, start: Option<i64>, end: i64) {
        let hours = if self.means == 24 { 1 } else { 2 };
        let start = start.filter(|&start| start < end).unwrap_or(end - hours * 3600);
        let (day, hour) = (start.div_euclid(86_400), start.rem_euclid(86_400) / 3600);
        if day != self.current.0 {
            self.flush();
            self.current = (day, 0);
        }
        self.current.1 |= 1 << (hour >> (hours - 1));
    }

    /// Puts the last day to the others; to be called before anything is asked.
    pub fn flush(&mut self) {
        let (day, means) = self.current;
        if means != 0 {
            *self.seen.entry(day).or_default() |= means;
        }
    }

    /// The first and the last day with data, since 1970-01-01.
    #[must_use]
    pub fn span(&self) -> Option<(i64, i64)> {
        self.seen.keys().next().copied().zip(self.seen.keys().next_back().copied())
    }

    /// How many means of a day there are.
    #[must_use]
    pub fn found(&self, day: NaiveDate) -> u32 {
        self.seen.get(&number(day)).map_or(0, |means| means.count_ones())
    }
}

/// A day as a number since 1970-01-01.
#[must_use]
pub fn number(day: NaiveDate) -> i64 {
    i64::from(date::days_since_epoch(day))
}

/// The day of such a number.
#[must_use]
pub fn date_of(day: i64) -> Option<NaiveDate> {
    date::from_days(i32::try_from(day).ok()?)
}
