//! How long ago something was, in whole months.

use mingcha_kit::prelude::{Datelike as _, NaiveDate};

/// Whole months from one day to a later one: 31 January to 28 February is none, to 1 March one.
pub(crate) fn between(from: NaiveDate, to: NaiveDate) -> i32 {
    let months = |day: NaiveDate| day.year() * 12 + day.month0().cast_signed();
    months(to) - months(from) - i32::from(to.day() < from.day())
}

/// More than so many months: the day on which they are full is not more.
pub(crate) fn more_than(months: i32, from: NaiveDate, to: NaiveDate) -> bool {
    to.pred_opt().is_some_and(|before| between(from, before) >= months)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).expect("a day of the calendar")
    }

    #[test]
    fn a_month_is_full_on_the_same_day_of_the_next() {
        assert_eq!(between(day(2016, 1, 31), day(2016, 2, 29)), 0);
        assert_eq!(between(day(2016, 1, 31), day(2016, 3, 1)), 1);
        assert_eq!(between(day(2015, 5, 30), day(2016, 11, 30)), 18);
    }

    #[test]
    fn the_day_on_which_they_are_full_is_not_more() {
        assert!(!more_than(6, day(2016, 5, 30), day(2016, 11, 30)));
        assert!(more_than(6, day(2016, 5, 29), day(2016, 11, 30)));
        assert!(!more_than(12, day(2016, 2, 29), day(2017, 2, 28)));
        assert!(more_than(12, day(2016, 2, 29), day(2017, 3, 2)));
    }
}
