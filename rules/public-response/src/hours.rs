//! Clock hours from an event to the word about it, and whether they were too many.
//!
//! A day without a time of day is taken in favour of whoever answers: the event at its end, the answer at its beginning;
//! and where the order of the two is looked at, the event at its beginning, the answer at its end.

use mingcha_kit::prelude::*;

const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;

/// What came of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// Within so many hours, or they are not over.
    InTime,
    /// After they were over.
    Late,
    /// Not at all, though the hours are over.
    Never,
    /// Before the event: one of the two times is wrong.
    Before,
}

/// Whether an event was answered within so many hours; times in seconds, and the day of the audit.
pub(crate) fn answer(occurred: i64, answered: Option<i64>, hours: i64, as_of: NaiveDate) -> Answer {
    let is_day = |moment: i64| moment % DAY == 0;
    let occurred_last = if is_day(occurred) { occurred + DAY } else { occurred };
    let due = occurred_last + hours * HOUR;
    match answered {
        Some(answered) if answered + if is_day(answered) { DAY - 1 } else { 0 } < occurred => Answer::Before,
        Some(answered) if answered > due => Answer::Late,
        None if i64::from(values::date::days_since_epoch(as_of)) * DAY > due => Answer::Never,
        _ => Answer::InTime,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVENT: i64 = 1_471_000_000 / DAY * DAY + 8 * HOUR;

    fn day_after(days: u64) -> NaiveDate {
        let day = values::date::from_days((EVENT / DAY) as i32).expect("a day");
        day.checked_add_days(Days::new(days)).expect("a day")
    }

    #[test]
    fn hours_are_counted_by_the_clock() {
        let within = |seconds| answer(EVENT, Some(EVENT + seconds), 24, day_after(30));
        assert_eq!(within(24 * HOUR), Answer::InTime);
        assert_eq!(within(24 * HOUR + 1), Answer::Late);
        assert_eq!(within(50 * HOUR), Answer::Late);
    }

    #[test]
    fn silence_is_late_once_the_hours_are_over() {
        assert_eq!(answer(EVENT, None, 24, day_after(1)), Answer::InTime);
        assert_eq!(answer(EVENT, None, 24, day_after(2)), Answer::Never);
    }

    #[test]
    fn an_answer_before_the_event_is_none() {
        let morning = EVENT - 8 * HOUR;
        assert_eq!(answer(EVENT, Some(EVENT - 1), 24, day_after(9)), Answer::Before);
        assert_eq!(answer(EVENT, Some(EVENT), 24, day_after(9)), Answer::InTime);
        assert_eq!(answer(EVENT, Some(morning), 24, day_after(9)), Answer::InTime, "the same day");
        assert_eq!(answer(EVENT, Some(morning - DAY), 24, day_after(9)), Answer::Before);
        assert_eq!(answer(morning, Some(morning + HOUR), 24, day_after(9)), Answer::InTime);
    }

    #[test]
    fn a_day_without_a_time_is_taken_in_favour() {
        let morning = EVENT - 8 * HOUR;
        assert_eq!(answer(morning, Some(morning + 47 * HOUR), 24, day_after(9)), Answer::InTime);
        assert_eq!(answer(morning, Some(morning + 49 * HOUR), 24, day_after(9)), Answer::Late);
        assert_eq!(answer(EVENT, Some(morning + DAY), 24, day_after(9)), Answer::InTime);
    }
}
