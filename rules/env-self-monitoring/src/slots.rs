//! The days, weeks, months and years into which a frequency puts its tests.

use mingcha_kit::prelude::*;

use crate::frequency::{Frequency, Unit};

/// So many tests in each slot of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slots {
    length: Length,
    /// Tests a slot wants.
    pub tests: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Length {
    Day,
    /// From Monday to Sunday.
    Week,
    /// So many, counted from January.
    Months(u32),
}

impl Slots {
    /// The slots of a frequency. `None` where the calendar has none: continuous, by the hour, every second day or week.
    #[must_use]
    pub fn of(frequency: Frequency) -> Option<Self> {
        let Frequency::Times { times, every, unit } = frequency else { return None };
        let months = |months: u32| {
            let length = months.checked_mul(every).filter(|&length| length <= 12 && 12 % length == 0)?;
            Some(Length::Months(length))
        };
        let length = match (unit, every) {
            (Unit::Day | Unit::WorkingDay, 1) => Length::Day,
            (Unit::Week, 1) => Length::Week,
            (Unit::Month, _) => months(1)?,
            (Unit::Quarter, _) => months(3)?,
            (Unit::HalfYear, _) => months(6)?,
            (Unit::Year, _) => months(12)?,
            (Unit::Hour | Unit::Day | Unit::WorkingDay | Unit::Week, _) => return None,
        };
        Some(Self { length, tests: times })
    }

    /// The first and last day of the slot a day lies in.
    #[must_use]
    pub fn around(self, day: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
        match self.length {
            Length::Day => Some((day, day)),
            Length::Week => {
                let first = day.checked_sub_days(Days::new(day.weekday().num_days_from_monday().into()))?;
                Some((first, first.checked_add_days(Days::new(6))?))
            }
            Length::Months(months) => {
                let month = (day.month0() / months) * months;
                let first = NaiveDate::from_ymd_opt(day.year(), month + 1, 1)?;
                let next = match month + months {
                    12 => NaiveDate::from_ymd_opt(day.year() + 1, 1, 1)?,
                    month => NaiveDate::from_ymd_opt(day.year(), month + 1, 1)?,
                };
                Some((first, next.pred_opt()?))
            }
        }
    }

    /// The slots that lie wholly between two days, in order.
    pub fn within(self, first: NaiveDate, last: NaiveDate) -> impl Iterator<Item = (NaiveDate, NaiveDate)> {
        let following = move |slot: &(NaiveDate, NaiveDate)| self.around(slot.1.succ_opt()?);
        std::iter::successors(self.around(first), following)
            .skip_while(move |slot| slot.0 < first)
            .take_while(move |slot| slot.1 <= last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2016, month, day).expect("a day of the calendar")
    }

    fn slots(frequency: &str) -> Option<Slots> {
        Slots::of(Frequency::parse(frequency, None)?)
    }

    fn around(frequency: &str, date: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
        slots(frequency)?.around(date)
    }

    #[test]
    fn a_day_lies_in_the_slot_of_its_frequency() {
        assert_eq!(around("1次/日", day(2, 29)), Some((day(2, 29), day(2, 29))));
        assert_eq!(around("1次/周", day(9, 18)), Some((day(9, 12), day(9, 18))), "Sunday ends the week");
        assert_eq!(around("1次/月", day(2, 3)), Some((day(2, 1), day(2, 29))), "a leap year");
        assert_eq!(around("1次/季", day(12, 31)), Some((day(10, 1), day(12, 31))));
        assert_eq!(around("1次/2月", day(4, 1)), Some((day(3, 1), day(4, 30))));
        assert_eq!(around("1次/半年", day(7, 1)), Some((day(7, 1), day(12, 31))));
    }

    #[test]
    fn some_frequencies_have_no_slots() {
        for frequency in ["连续", "1次/2周", "每4小时1次", "1次/5月", "1次/2年"] {
            assert_eq!(slots(frequency), None, "{frequency}");
        }
    }

    #[test]
    fn only_whole_slots_lie_within() {
        let within = |frequency, first, last| -> usize {
            slots(frequency).map_or(0, |slots| slots.within(first, last).count())
        };
        assert_eq!(within("1次/月", day(7, 1), day(9, 30)), 3);
        assert_eq!(within("1次/月", day(7, 2), day(9, 29)), 1);
        assert_eq!(within("1次/周", day(9, 5), day(9, 18)), 2);
        assert_eq!(within("1次/年", day(7, 1), day(9, 30)), 0);
        assert_eq!(within("1次/日", day(9, 5), day(9, 5)), 1);
    }
}
