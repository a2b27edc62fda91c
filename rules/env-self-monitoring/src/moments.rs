//! Which times of a series have been seen: a bit for each, in any order.
//!
//! A time is a period or a day, to the minute. Periods of one length that begin at the same minute of their grid (hours
//! from midnight) share chunks of 512 bits, so that a year of hourly means takes about a kilobyte and a half.

use std::collections::HashMap;

use mingcha_kit::prelude::*;
use mingcha_kit::values::date;

use crate::tables::emitter_result::{PERIOD_END, PERIOD_START, SAMPLED_ON};

/// The time a result speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// In minutes, so that the mean of an hour and that of two which end together are told apart; 0 where it is not known.
    length: u32,
    /// Its end, or its day, in minutes since 1970-01-01.
    at: i64,
    /// Of a sample nothing but the day is known.
    pub only_a_day: bool,
}

const DAY: i64 = 24 * 60;

impl Moment {
    /// The period of a result, else the day of its sample.
    ///
    /// Reads as optional columns PERIOD_START, PERIOD_END, SAMPLED_ON.
    #[must_use]
    pub fn of(result: &Row) -> Option<Self> {
        Self::of_period(result.seconds(PERIOD_START), result.seconds(PERIOD_END)).or_else(|| {
            let day = date::days_since_epoch(result.date(SAMPLED_ON)?);
            Some(Self { length: 0, at: i64::from(day) * DAY, only_a_day: true })
        })
    }

    /// Of the moment between two seconds, or at the one that is known.
    fn of_period(start: Option<i64>, end: Option<i64>) -> Option<Self> {
        let minute = |second: i64| second.div_euclid(60);
        let (length, at) = match (start.map(minute), end.map(minute)) {
            (Some(start), Some(end)) => (u32::try_from(end - start).unwrap_or(0), end),
            (Some(at), None) | (None, Some(at)) => (0, at),
            (None, None) => return None,
        };
        Some(Self { length, at, only_a_day: false })
    }

    /// How far apart two neighbours of the series are.
    const fn step(self) -> i64 {
        match (self.only_a_day, self.length) {
            (true, _) => DAY,
            (false, 0) => 60,
            (false, length) => length as i64,
        }
    }
}

/// The moment of each record of a batch by its index, as [`Moment::of`] tells it.
pub fn moments(results: &Batch) -> impl Fn(usize) -> Option<Moment> {
    let (starts, ends) = (results.seconds(PERIOD_START), results.seconds(PERIOD_END));
    move |index| {
        let period = Moment::of_period(starts.at(index), ends.at(index));
        period.or_else(|| Moment::of(&results.row(index)))
    }
}

/// Bits in a chunk.
const BITS: i64 = 512;

/// Which grid, and which stretch of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Stretch {
    length: u32,
    only_a_day: bool,
    phase: i64,
    number: i64,
}

/// Times seen. Grows with the time they span, not with the number of records.
#[derive(Debug, Default)]
pub struct Moments {
    index: HashMap<Stretch, usize>,
    chunks: Vec<[u64; 8]>,
    /// The one looked at last, which is mostly that of the next record.
    current: Option<(Stretch, usize)>,
}

impl Moments {
    /// Whether it had not been seen.
    pub fn insert(&mut self, moment: Moment) -> bool {
        let (stretch, word, bit) = place(moment);
        let chunk = self.chunk(stretch).unwrap_or_else(|| {
            self.chunks.push([0; 8]);
            self.index.insert(stretch, self.chunks.len() - 1);
            self.chunks.len() - 1
        });
        self.current = Some((stretch, chunk));
        let bits = &mut self.chunks[chunk][word];
        let new = *bits & bit == 0;
        *bits |= bit;
        new
    }

    /// Whether it has been seen.
    #[must_use]
    pub fn has(&self, moment: Moment) -> bool {
        let (stretch, word, bit) = place(moment);
        self.chunk(stretch).is_some_and(|chunk| self.chunks[chunk][word] & bit != 0)
    }

    fn chunk(&self, stretch: Stretch) -> Option<usize> {
        match self.current {
            Some((current, chunk)) if current == stretch => Some(chunk),
            _ => self.index.get(&stretch).copied(),
        }
    }
}

/// The stretch of a moment, the word of its chunk, and its bit.
fn place(moment: Moment) -> (Stretch, usize, u64) {
    // Division by a number the compiler knows is much cheaper, and most steps are these.
    let (slot, phase) = match moment.step() {
        60 => (moment.at.div_euclid(60), moment.at.rem_euclid(60)),
        120 => (moment.at.div_euclid(120), moment.at.rem_euclid(120)),
        DAY => (moment.at.div_euclid(DAY), moment.at.rem_euclid(DAY)),
        step => (moment.at.div_euclid(step), moment.at.rem_euclid(step)),
    };
    let (number, within) = (slot.div_euclid(BITS), slot.rem_euclid(BITS));
    let (length, only_a_day) = (moment.length, moment.only_a_day);
    let word = usize::try_from(within / 64).unwrap_or_default();
    (Stretch { length, only_a_day, phase, number }, word, 1 << (within % 64))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hour(end: i64) -> Moment {
        Moment { length: 60, at: end * 60, only_a_day: false }
    }

    #[test]
    fn a_time_is_new_once_in_any_order() {
        let mut seen = Moments::default();
        let hours = || (0..2_000).map(|step| hour(step * 7 % 2_000 + 400_000));
        assert!(hours().all(|hour| seen.insert(hour)));
        assert!(!hours().any(|hour| seen.insert(hour)));
        assert!(seen.has(hour(400_000)) && !seen.has(hour(402_000)));
    }

    #[test]
    fn periods_of_other_lengths_and_days_are_other_times() {
        let mut seen = Moments::default();
        let at = 1_000 * DAY;
        for length in [60, 120, 1_440] {
            assert!(seen.insert(Moment { length, at, only_a_day: false }), "{length}");
        }
        assert!(seen.insert(Moment { length: 0, at, only_a_day: true }));
    }

    #[test]
    fn a_minute_apart_is_another_time() {
        let mut seen = Moments::default();
        assert!((0..60).all(|minute| seen.insert(Moment {
            length: 60,
            at: 600 + minute,
            only_a_day: false
        })));
        assert!(!seen.insert(hour(10)));
    }

    #[test]
    fn a_year_of_hours_is_small() {
        let mut seen = Moments::default();
        (0..8_784).for_each(|end| {
            seen.insert(hour(end));
        });
        assert_eq!(seen.chunks.len(), 18);
    }
}
