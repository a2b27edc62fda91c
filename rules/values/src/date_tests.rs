//! Dates as people write them, and days that never were.

use super::*;
use proptest::prelude::*;

fn ymd(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a date")
}

#[test]
fn every_spelling_of_a_date_is_read() {
    for text in [
        "2016年7月26日",
        "2016年07月26日",
        "2016年7月26号",
        "2016-07-26",
        "2016-7-26",
        "2016/7/26",
        "2016.7.26",
        "20160726",
        "二〇一六年七月二十六日",
        "二○一六年七月二十六日",
        "二零一六年七月二十六日",
        "二O一六年七月廿六日",
        "２０１６年７月２６日",
        "２０１６－０７－２６",
        "２０１６．７．２６",
        " 2016 年 7 月 26 日 ",
        "2016年7月26日(星期二)",
        "2016年7月26日（周二）",
        "2016-07-26 星期二",
        "2016/7/26 0:00:00",
        "2016-07-26T00:00",
    ] {
        assert_eq!(parse_date(text), Ok(ymd(2016, 7, 26)), "{text}");
    }
    assert_eq!(parse_date("二〇一六年十月〇一日"), Ok(ymd(2016, 10, 1)));
    assert_eq!(parse_date("二〇一六年十二月三十日"), Ok(ymd(2016, 12, 30)));
}

#[test]
fn dates_no_calendar_has_are_refused() {
    for text in ["2016-02-30", "2015年2月29日", "2016/13/1", "20161301", "2016-00-10", "2016年7月32日"]
    {
        assert_eq!(parse_date(text), Err(DateError::Impossible), "{text}");
    }
    assert_eq!(parse_date("2016年2月29日"), Ok(ymd(2016, 2, 29)));
}

#[test]
fn text_that_is_no_date_is_refused_by_kind() {
    for text in [
        "无",
        "2016",
        "7月26日",
        "2016-07/26",
        "2016.7",
        "2016年7月26",
        "2024126日",
        "2O16年7月26日",
        "2016-07-26 9:00",
        "201607266",
        "2016--1",
        "a-b-c",
    ] {
        assert_eq!(parse_date(text), Err(DateError::Unrecognised), "{text}");
    }
    assert_eq!(parse_date("16.7.26"), Err(DateError::TwoDigitYear));
    assert_eq!(parse_date("16年7月26日"), Err(DateError::TwoDigitYear));
    assert_eq!(parse_date("2016年7月"), Err(DateError::DayMissing));
    assert_eq!(parse_date(" "), Err(DateError::Empty));
}

#[test]
fn a_wrong_weekday_is_told_with_both_days() {
    let error = DateError::WrongWeekday { date: ymd(2016, 7, 26), stated: Weekday::Sat };
    assert_eq!(parse_date("2016年7月26日(星期六)"), Err(error));
    assert_eq!(error.to_string(), "2016-07-26 is Tue, not Sat");
    assert_eq!(parse_date("2016年12月31日(星期六)"), Ok(ymd(2016, 12, 31)));
    assert_eq!(parse_date("2016年9月18日(周日)"), Ok(ymd(2016, 9, 18)));
}

#[test]
fn a_month_is_a_date_of_month_precision() {
    for text in ["2016年7月", "2016-07", "2016/7", "二〇一六年七月"] {
        assert_eq!(parse_date_precision(text), Ok(DatePrecision::Month(ymd(2016, 7, 1))), "{text}");
    }
    assert_eq!(parse_date_precision("2016-07-26"), Ok(DatePrecision::Day(ymd(2016, 7, 26))));
    assert_eq!(parse_date_precision("2016年13月"), Err(DateError::Impossible));
}

#[test]
fn excel_serials_are_dates() {
    assert_eq!(from_excel_serial(42577.0, false), Some(ymd(2016, 7, 26)));
    assert_eq!(from_excel_serial(42577.9, false), Some(ymd(2016, 7, 26)));
    assert_eq!(from_excel_serial(41115.0, true), Some(ymd(2016, 7, 26)));
    assert_eq!(from_excel_serial(1.0, false), Some(ymd(1900, 1, 1)));
    assert_eq!(from_excel_serial(59.0, false), Some(ymd(1900, 2, 28)));
    assert_eq!(from_excel_serial(60.0, false), None);
    assert_eq!(from_excel_serial(61.0, false), Some(ymd(1900, 3, 1)));
    assert_eq!(from_excel_serial(2_958_465.0, false), Some(ymd(9999, 12, 31)));
    for serial in [0.0, -1.0, 2_958_466.0, f64::NAN, f64::INFINITY] {
        assert_eq!(from_excel_serial(serial, false), None, "{serial}");
    }
    let noon = ymd(2016, 7, 26).and_hms_opt(14, 30, 0);
    assert_eq!(instant_from_excel_serial(42_577.604_166_666_7, false), noon);
}

#[test]
fn every_spelling_of_an_instant_is_read() {
    let sunday = ymd(2016, 7, 3).and_hms_opt(9, 0, 0).expect("a time");
    assert_eq!(parse_instant("2016年7月3日(星期日) 9:00"), Ok(sunday));
    assert_eq!(parse_instant("2016-07-03(星期日)9:00"), Ok(sunday));
    let at = |hour, minute, second| ymd(2016, 7, 1).and_hms_opt(hour, minute, second).expect("a time");
    for (text, instant) in [
        ("2016-07-01 14:00", at(14, 0, 0)),
        ("2016/7/1 14:00:00", at(14, 0, 0)),
        ("2016-07-01T14:00:05", at(14, 0, 5)),
        ("2016年7月1日14时30分", at(14, 30, 0)),
        ("2016年7月1日 14时", at(14, 0, 0)),
        ("2016年7月1日14时30分15秒", at(14, 30, 15)),
        ("2016年7月1日14：30", at(14, 30, 0)),
        ("２０１６－０７－０１　１４：００", at(14, 0, 0)),
        ("2016年7月1日(星期五) 9:05", at(9, 5, 0)),
        ("2016-07-01（周五） 9:05", at(9, 5, 0)),
        ("20160701 08:00", at(8, 0, 0)),
        ("2016-06-30 24:00", at(0, 0, 0)),
    ] {
        assert_eq!(parse_instant(text), Ok(instant), "{text}");
    }
}

#[test]
fn instants_without_a_clock_time_are_refused() {
    for text in ["2016-07-01", "2016年7月1日", "2016年7月1日(星期五)"] {
        assert_eq!(parse_instant(text), Err(DateError::TimeMissing), "{text}");
    }
    for text in ["2016-07-01 25:00", "2016-07-01 24:01", "2016-07-01 10:60", "2016-02-30 10:00"] {
        assert_eq!(parse_instant(text), Err(DateError::Impossible), "{text}");
    }
    for text in ["14:00", "2016-07-01 14", "2016-07-01 下午", "2016-07-01 1:2:3:4", "无"] {
        assert_eq!(parse_instant(text), Err(DateError::Unrecognised), "{text}");
    }
}

#[test]
fn the_epoch_is_1970() {
    assert_eq!(days_since_epoch(ymd(1970, 1, 1)), 0);
    assert_eq!(days_since_epoch(ymd(2016, 7, 26)), 17008);
    assert_eq!(from_days(17008), Some(ymd(2016, 7, 26)));
    assert_eq!(from_days(-1), Some(ymd(1969, 12, 31)));
    let noon = ymd(1970, 1, 2).and_hms_opt(12, 0, 0).expect("a time");
    assert_eq!(seconds_since_epoch(noon), 129_600);
    assert_eq!(from_seconds(129_600), Some(noon));
    assert_eq!(from_seconds(i64::MAX), None);
}

proptest! {
    #[test]
    fn no_text_panics(text in any::<String>(), near in "[0-9〇一二十年月日TO时分:./() 星期周-]{0,24}") {
        let _ = (parse_date(&text), parse_date_precision(&text), parse_instant(&text));
        let _ = (parse_date(&near), parse_date_precision(&near), parse_instant(&near));
    }

    #[test]
    fn serials_never_panic(serial in any::<f64>(), date1904 in any::<bool>()) {
        let _ = (from_excel_serial(serial, date1904), instant_from_excel_serial(serial, date1904));
    }

    #[test]
    fn a_written_date_reads_back(days in -300_000_i32..2_900_000) {
        let date = from_days(days).expect("within the calendar");
        prop_assert_eq!(parse_date(&written(date)), Ok(date));
        prop_assert_eq!(parse_date(&date.to_string()), Ok(date));
        prop_assert_eq!(days_since_epoch(date), days);
    }
}
