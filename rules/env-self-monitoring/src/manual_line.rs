//! A line of a plan that wants tests by hand, the tests made for it, and the stretches in which there were too few.
//!
//! A plan may put several pollutants into one line; here each is a line of its own.

use std::collections::BTreeMap;

use mingcha_kit::prelude::*;

use crate::exceptions::Exceptions;
use crate::frequency::Frequency;
use crate::planned;
use crate::points::PointKey;
use crate::slots::Slots;
use crate::tables::codes::MANUAL;
use crate::tables::emitter_plan::{FREQ_N, FREQ_UNIT, METHOD, POINT_CODE, POINT_NAME, POLLUTANT, USCC};

/// A line of a plan and the tests made for it.
pub struct Line {
    /// The names results may find it by.
    pub keys: Vec<PointKey>,
    /// The emitter's credit code, as written; point and pollutant too.
    pub emitter: String,
    /// The point's code, else its name.
    pub point: String,
    /// The pollutant.
    pub pollutant: String,
    /// The record of the plan.
    pub place: Place,
    /// How often it is to be tested.
    pub frequency: Frequency,
    /// The stretches of the calendar it wants tests in.
    pub slots: Slots,
    /// By the first day of the slot.
    tests: BTreeMap<NaiveDate, u32>,
    /// The days of the first and the last test.
    pub first_and_last: Option<(NaiveDate, NaiveDate)>,
}

/// Slots in a row with too few tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// First day of the first slot.
    pub first: NaiveDate,
    /// Last day of the last.
    pub last: NaiveDate,
    /// Tests the plan wants in them.
    pub wanted: u32,
    /// Tests there are.
    pub found: u32,
}

impl Line {
    /// One for each pollutant of the line; none where the line wants no tests by hand that the calendar can count.
    #[must_use]
    pub fn of(line: &Row) -> Vec<Self> {
        let cell = line.text(POLLUTANT).unwrap_or_default();
        planned::pollutants(cell).filter_map(|pollutant| Self::of_pollutant(line, pollutant)).collect()
    }

    fn of_pollutant(line: &Row, pollutant: &str) -> Option<Self> {
        let written = line.text(FREQ_N)?;
        if line.text(METHOD)? != MANUAL {
            return None;
        }
        let frequency = Frequency::parse(written, line.text(FREQ_UNIT))?;
        let point = line.text(POINT_CODE).or(line.text(POINT_NAME))?;
        let [emitter, point, pollutant] = [line.text(USCC)?, point, pollutant].map(str::to_owned);
        Some(Self {
            keys: planned::keys_of(line, &pollutant),
            emitter,
            point,
            pollutant,
            place: line.place(),
            frequency,
            slots: Slots::of(frequency)?,
            tests: BTreeMap::new(),
            first_and_last: None,
        })
    }

    /// Takes over what another line about the same point and pollutant wants, where that is less, or as much and it stands
    /// before.
    pub fn relax(&mut self, other: &Self) {
        let wants = other.frequency.by_tests_a_year(self.frequency);
        if wants.then(other.place.cmp(&self.place)).is_lt() {
            (self.frequency, self.slots, self.place) = (other.frequency, other.slots, other.place);
        }
    }

    /// Counts a test.
    pub fn count(&mut self, day: NaiveDate) {
        let Some((slot, _)) = self.slots.around(day) else { return };
        *self.tests.entry(slot).or_default() += 1;
        let (first, last) = self.first_and_last.unwrap_or((day, day));
        self.first_and_last = Some((first.min(day), last.max(day)));
    }

    /// Which of these slots, in order, have too few tests and no declared exception in them. Slots that follow one another
    /// here are one gap, whatever was left out between them.
    pub fn gaps(
        &self,
        slots: impl Iterator<Item = (NaiveDate, NaiveDate)>,
        exceptions: &Exceptions,
    ) -> Vec<Gap> {
        let excused = |(first, last): (NaiveDate, NaiveDate)| {
            self.keys
                .iter()
                .flat_map(|key| exceptions.of(key))
                .any(|exception| exception.touches(first, last))
        };
        let (mut gaps, mut goes_on): (Vec<Gap>, bool) = Default::default();
        for slot in slots {
            let found = self.tests.get(&slot.0).copied().unwrap_or_default();
            let is_gap = found < self.slots.tests && !excused(slot);
            let went_on = std::mem::replace(&mut goes_on, is_gap);
            if !is_gap {
                continue;
            }
            match gaps.last_mut().filter(|_| went_on) {
                Some(gap) => {
                    gap.last = slot.1;
                    gap.wanted += self.slots.tests;
                    gap.found += found;
                }
                None => gaps.push(Gap { first: slot.0, last: slot.1, wanted: self.slots.tests, found }),
            }
        }
        gaps
    }
}
