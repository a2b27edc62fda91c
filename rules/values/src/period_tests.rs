//! Reporting periods as forms name them.

use super::*;
use proptest::prelude::*;

fn name(text: &str) -> String {
    Period::parse(text, None).map_or_else(|error| error.to_string(), Period::name)
}

fn ymd(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a date")
}

#[test]
fn every_spelling_of_a_period_is_read() {
    for (text, canonical) in [
        ("2016Q3", "2016Q3"),
        ("2016q3", "2016Q3"),
        ("2016-Q3", "2016Q3"),
        ("２０１６Ｑ３", "2016Q3"),
        ("2016年第三季度", "2016Q3"),
        ("2016年三季度", "2016Q3"),
        ("2016年第3季度", "2016Q3"),
        ("二〇一六年三季度", "2016Q3"),
        ("2016年7-9月", "2016Q3"),
        ("2016年7月-9月", "2016Q3"),
        ("2016年7月至9月", "2016Q3"),
        ("2016年7—9月", "2016Q3"),
        ("2016年七至九月", "2016Q3"),
        ("2016年上半年", "2016H1"),
        ("2016年下半年", "2016H2"),
        ("2016H2", "2016H2"),
        ("2016年1-6月", "2016H1"),
        ("2016年度", "2016"),
        ("2016年", "2016"),
        ("2016", "2016"),
        ("2016年全年", "2016"),
        ("2016年7月", "2016-07"),
        ("2016-07", "2016-07"),
        ("2016/7", "2016-07"),
        ("2016年前三季度", "2016-01..09"),
        ("2016年1-9月", "2016-01..09"),
        ("2016-01..09", "2016-01..09"),
        ("截至2016年9月底", "2016-09-30"),
        ("截止2016年9月末", "2016-09-30"),
        ("截至2016年9月30日", "2016-09-30"),
        ("2016年三季度末", "2016-09-30"),
        ("2016年底", "2016-12-31"),
        ("2016-09-30", "2016-09-30"),
    ] {
        assert_eq!(name(text), canonical, "{text}");
    }
}

#[test]
fn a_period_without_a_year_takes_that_of_its_context() {
    let named = |text| Period::parse(text, Some(2016)).map(Period::name);
    assert_eq!(named("三季度").as_deref(), Ok("2016Q3"));
    assert_eq!(named("第一季度").as_deref(), Ok("2016Q1"));
    assert_eq!(named("Q4").as_deref(), Ok("2016Q4"));
    assert_eq!(named("上半年").as_deref(), Ok("2016H1"));
    assert_eq!(named("7-9月").as_deref(), Ok("2016Q3"));
    assert_eq!(named("7月").as_deref(), Ok("2016-07"));
    assert_eq!(named("截至9月底").as_deref(), Ok("2016-09-30"));
    assert_eq!(named("2015年三季度").as_deref(), Ok("2015Q3"));
    assert_eq!(Period::parse("三季度", None), Err(PeriodError::NoYear));
}

#[test]
fn a_period_knows_its_days() {
    let quarter = Period::quarter(2016, 1).expect("a quarter");
    assert_eq!((quarter.first(), quarter.last()), (ymd(2016, 1, 1), ymd(2016, 3, 31)));
    assert!(quarter.contains(ymd(2016, 2, 29)) && !quarter.contains(ymd(2016, 4, 1)));
    let day = Period::parse("截至2016年2月底", None).expect("a day");
    assert_eq!((day.first(), day.last(), day.kind()), (ymd(2016, 2, 29), ymd(2016, 2, 29), PeriodKind::AsOf));
}

#[test]
fn what_is_no_period_is_refused_by_kind() {
    for text in ["五季度", "2016Q5", "2016Q0", "2016年13月", "2016年9-7月", "2016-13"] {
        assert_eq!(Period::parse(text, Some(2016)), Err(PeriodError::Impossible), "{text}");
    }
    for text in ["无", "季度", "Q", "2016年季", "本季度", "16年三季度", "2016年度三季度x", "月", "底"]
    {
        assert_eq!(Period::parse(text, Some(2016)), Err(PeriodError::Unrecognised), "{text}");
    }
    assert_eq!(Period::parse(&"截至".repeat(100_000), Some(2016)), Err(PeriodError::Unrecognised));
    assert_eq!(Period::parse("", Some(2016)), Err(PeriodError::Empty));
}

#[test]
fn periods_have_neighbours_of_their_kind() {
    for (text, before, after) in [
        ("2016Q1", "2015Q4", "2016Q2"),
        ("2016Q4", "2016Q3", "2017Q1"),
        ("2016H1", "2015H2", "2016H2"),
        ("2016", "2015", "2017"),
        ("2016-01", "2015-12", "2016-02"),
        ("2016-01..09", "2015-01..09", "2017-01..09"),
        ("2016-02-29", "2016-01-31", "2016-03-31"),
        ("2016-09-15", "2016-08-15", "2016-10-15"),
    ] {
        let period = Period::parse(text, None).expect(text);
        assert_eq!((period.previous().name().as_str(), period.next().name().as_str()), (before, after));
        assert_eq!(period.next().previous(), period, "{text}");
    }
}

proptest! {
    #[test]
    fn no_text_panics(text in any::<String>(), near in "(截至)?[0-9二〇一六年]{0,5}[第QH]?[0-9一二三四上下半月季度年至-]{0,8}[底末]?") {
        let _ = (Period::parse(&text, None), Period::parse(&near, Some(2016)), Period::parse(&near, None));
    }

    #[test]
    fn a_name_reads_back(year in 1000_i32..9999, first in 1_u32..=12, last in 1_u32..=12) {
        if let Some(period) = Period::months(year, first, last) {
            prop_assert_eq!(Period::parse(&period.name(), None), Ok(period));
        }
    }
}
