//! Working days of the nation and of Xinjiang, against known days and an independent calendar.

use super::*;
use proptest::prelude::*;

fn day(text: &str) -> NaiveDate {
    parse_date(text).expect(text)
}

fn working(calendar: &Calendar, from: &str, n: u32) -> String {
    calendar.add_working_days(day(from), n).map_or_else(|error| error.to_string(), |due| due.date.to_string())
}

fn days_of(year: i32) -> impl Iterator<Item = NaiveDate> {
    NaiveDate::from_ymd_opt(year, 1, 1)
        .expect("a year")
        .iter_days()
        .take_while(move |date| date.year() == year)
}

#[test]
fn the_years_have_the_working_days_the_state_council_gave_them() {
    let count =
        |year| days_of(year).filter(|date| Calendar::national().is_working_day(*date) == Some(true)).count();
    assert_eq!((count(2016), count(2017)), (250, 249));
}

#[test]
fn the_months_of_2016_have_the_right_working_days() {
    let month = |month| {
        let all = days_of(2016).filter(|date| date.month() == month);
        all.filter(|date| Calendar::national().is_working_day(*date) == Some(true)).count()
    };
    let counts: Vec<usize> = (1..=12).map(month).collect();
    assert_eq!(counts, [20, 18, 23, 20, 21, 21, 21, 23, 21, 18, 22, 22]);
}

#[test]
fn the_national_calendar_agrees_with_an_independent_one() {
    for date in days_of(2016).chain(days_of(2017)) {
        let theirs = holiday_cn::is_workday(&date.to_string()).ok();
        assert_eq!(Calendar::national().is_working_day(date), theirs, "{date}");
    }
}

#[test]
fn twenty_working_days_end_where_the_oracle_says() {
    let (national, xinjiang) = (Calendar::national(), Calendar::xinjiang());
    for (from, nat, xj) in [
        ("2016-03-31", "2016-04-29", "2016-04-29"),
        ("2016-06-30", "2016-07-28", "2016-07-29"),
        ("2016-09-30", "2016-11-02", "2016-11-02"),
        ("2016-12-31", "2017-02-03", "2017-02-03"),
        ("2017-03-31", "2017-05-02", "2017-05-02"),
        ("2017-06-30", "2017-07-28", "2017-07-28"),
        ("2017-09-30", "2017-11-03", "2017-11-03"),
        ("2016-07-31", "2016-08-26", "2016-08-26"),
        ("2016-08-31", "2016-09-29", "2016-10-09"),
        ("2016-10-31", "2016-11-28", "2016-11-28"),
        ("2016-11-30", "2016-12-28", "2016-12-28"),
    ] {
        assert_eq!(working(national, from, 20), nat, "{from}");
        assert_eq!(working(xinjiang, from, 20), xj, "{from} in Xinjiang");
    }
}

#[test]
fn three_working_days_end_where_the_oracle_says() {
    let (national, xinjiang) = (Calendar::national(), Calendar::xinjiang());
    for (from, nat, xj) in [
        ("2016-07-04", "2016-07-07", "2016-07-08"),
        ("2016-07-26", "2016-07-29", "2016-07-29"),
        ("2016-09-09", "2016-09-14", "2016-09-20"),
        ("2016-09-13", "2016-09-19", "2016-09-20"),
        ("2016-09-30", "2016-10-10", "2016-10-10"),
        ("2016-02-05", "2016-02-15", "2016-02-15"),
        ("2017-01-25", "2017-02-04", "2017-02-04"),
    ] {
        assert_eq!(working(national, from, 3), nat, "{from}");
        assert_eq!(working(xinjiang, from, 3), xj, "{from} in Xinjiang");
    }
}

#[test]
fn calendar_days_roll_over_days_of_rest() {
    for (from, due) in [
        ("2016-01-20", "2016-02-14"),
        ("2016-09-14", "2016-10-08"),
        ("2016-12-12", "2017-01-03"),
        ("2016-07-06", "2016-07-26"),
    ] {
        let end = Calendar::national().due_calendar_days(day(from), 20);
        assert_eq!(end, Ok(Due { date: day(due), unsettled: false }), "{from}");
    }
}

#[test]
fn the_plan_day_leaves_three_clear_days() {
    assert_eq!(Calendar::national().working_days_between(day("2016-07-26"), day("2016-07-29")), Ok(3));
    assert_eq!(Calendar::national().working_days_between(day("2016-07-29"), day("2016-07-26")), Ok(0));
    assert_eq!(Calendar::xinjiang().working_days_between(day("2016-07-04"), day("2016-07-08")), Ok(3));
}

#[test]
fn a_due_date_that_counts_an_unsettled_day_says_so() {
    let unsettled = |from, n| Calendar::xinjiang().add_working_days(day(from), n).map(|due| due.unsettled);
    assert_eq!(unsettled("2016-08-31", 20), Ok(true));
    assert_eq!(unsettled("2016-09-09", 3), Ok(true));
    assert_eq!(unsettled("2016-07-04", 3), Ok(false));
    assert_eq!(unsettled("2016-09-09", 0), Ok(false));
    assert_eq!(unsettled("2016-09-20", 10), Ok(false));
    assert_eq!(unsettled("2017-06-20", 10), Ok(true));
    let rolled = Calendar::xinjiang().due_calendar_days(day("2016-08-29"), 20);
    assert_eq!(rolled, Ok(Due { date: day("2016-09-18"), unsettled: true }));
    let past = Calendar::xinjiang().due_calendar_days(day("2016-08-31"), 20);
    assert_eq!(past, Ok(Due { date: day("2016-09-20"), unsettled: false }));
}

#[test]
fn a_year_without_data_is_unknown_not_guessed() {
    for calendar in [Calendar::national(), Calendar::xinjiang()] {
        assert_eq!(calendar.is_working_day(day("2018-01-02")), None);
        assert_eq!(calendar.is_working_day(day("2015-12-31")), None);
        assert_eq!(calendar.add_working_days(day("2017-12-20"), 20), Err(NoData { year: 2018 }));
        assert_eq!(
            calendar.working_days_between(day("2014-12-01"), day("2016-01-10")),
            Err(NoData { year: 2014 })
        );
        assert_eq!(calendar.due_calendar_days(day("2017-12-20"), 20), Err(NoData { year: 2018 }));
        assert_eq!(
            calendar.add_working_days(NaiveDate::MAX, 1).map_err(|e| e.year),
            Err(NaiveDate::MAX.year())
        );
    }
    assert_eq!(working(Calendar::national(), "2015-12-31", 1), "2016-01-04");
}

#[test]
fn the_shipped_tables_mark_only_days_that_are_exceptions() {
    for (date, mark) in &Calendar::national().marks {
        let weekend = matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
        assert_eq!(mark.working, weekend, "{date}");
    }
    assert_eq!(Calendar::xinjiang().marks.values().filter(|mark| !mark.settled).count(), 5);
}

#[test]
fn a_table_of_another_shape_is_refused_by_line() {
    for line in [
        "2016-07-06",
        "2016-07-06 off",
        "2016-07-06 free settled x",
        "2016-02-30 off settled x",
        "x off settled y",
    ] {
        assert_eq!(
            Calendar::from_table(&format!("# head\n\n{line}"), None),
            Err(TableError { line: 3 }),
            "{line}"
        );
    }
    assert_eq!(Calendar::from_table("2016-07-06 off settled", None), Err(TableError { line: 1 }));
}

proptest! {
    #[test]
    fn no_table_panics(table in any::<String>()) {
        let _ = Calendar::from_table(&table, None);
    }

    #[test]
    fn counting_back_gives_the_days_added(offset in 0_u64..600, n in 1_u32..60) {
        let from = day("2016-01-01") + Days::new(offset);
        if let Ok(due) = Calendar::xinjiang().add_working_days(from, n) {
            prop_assert_eq!(Calendar::xinjiang().working_days_between(from, due.date), Ok(n));
            prop_assert_eq!(Calendar::xinjiang().is_working_day(due.date), Some(true));
        }
    }
}
