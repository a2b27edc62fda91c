//! Whether a change was made public within five days (环发〔2013〕81号 art. 20).
//!
//! Calendar days; a fifth day of rest moves to the next working day. Where the calendar is not sure of a day, or has no data
//! for the year, only what is late whatever the holidays is called late.

use mingcha_kit::prelude::*;
use mingcha_kit::values::calendar::Calendar;

/// How many days.
const DAYS: u32 = 5;

/// No holiday with the weekends about it is longer.
const LONGEST_REST: Days = Days::new(9);

/// A change that was published too late.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Late {
    /// Days from the change to its publication.
    pub days: i64,
    /// The last day on which it would have been in time.
    pub due: NaiveDate,
    /// A local holiday may have moved that day.
    pub unsettled: bool,
}

/// How late it was; `None` where it was in time, or where nobody knows the holidays and the delay is short.
#[must_use]
pub fn lateness(changed: NaiveDate, published: NaiveDate, calendar: &Calendar) -> Option<Late> {
    let plain = changed.checked_add_days(Days::new(DAYS.into()))?;
    let beyond_doubt = published > plain.checked_add_days(LONGEST_REST)?;
    let (due, unsettled) = match calendar.due_calendar_days(changed, DAYS) {
        Ok(due) => (due.date, due.unsettled && !beyond_doubt),
        Err(_) if beyond_doubt => (plain, false),
        Err(_) => return None,
    };
    let days = published.signed_duration_since(changed).num_days();
    (published > due).then_some(Late { days, due, unsettled })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn late(changed: (i32, u32, u32), published: (i32, u32, u32)) -> Option<(i64, bool)> {
        let day = |(year, month, day)| NaiveDate::from_ymd_opt(year, month, day).expect("a day");
        lateness(day(changed), day(published), Calendar::xinjiang()).map(|late| (late.days, late.unsettled))
    }

    #[test]
    fn the_fifth_day_is_in_time_and_the_sixth_is_not() {
        assert_eq!(late((2016, 5, 4), (2016, 5, 9)), None);
        assert_eq!(late((2016, 5, 4), (2016, 5, 10)), Some((6, false)));
        assert_eq!(late((2016, 5, 4), (2016, 5, 3)), None);
    }

    #[test]
    fn a_fifth_day_of_rest_moves_to_the_next_working_day() {
        // Thursday; the fifth day is a Tuesday within the national holiday, worked again on Saturday 8 October.
        assert_eq!(late((2016, 9, 29), (2016, 10, 8)), None);
        assert_eq!(late((2016, 9, 29), (2016, 10, 9)), Some((10, false)));
    }

    #[test]
    fn a_doubtful_holiday_makes_it_doubtful_but_not_for_ever() {
        assert_eq!(late((2016, 9, 7), (2016, 9, 19)), Some((12, true)));
        assert_eq!(late((2016, 9, 7), (2016, 9, 22)), Some((15, false)));
    }

    #[test]
    fn without_a_calendar_only_a_long_delay_is_late() {
        assert_eq!(late((2019, 5, 6), (2019, 5, 14)), None);
        assert_eq!(late((2019, 5, 6), (2019, 5, 21)), Some((15, false)));
    }
}
