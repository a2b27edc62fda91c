//! Cells as people write them become the values their columns declare, or are unreadable.

use super::*;
use crate::intake::recognise::How;
use crate::intake::tests::declare;
use crate::manifest::Kind;
use proptest::prelude::*;

fn found(unit: Option<&str>, in_header: bool) -> ColumnMatch {
    let unit = unit.map(str::to_owned);
    ColumnMatch {
        position: Some(0),
        unit,
        unit_in_header: in_header,
        ..ColumnMatch::without_header(How::Header)
    }
}

fn text(text: &str) -> Cell<'_> {
    Cell::from_text(text.into())
}

fn days(text: &str) -> i32 {
    let day = mingcha_values::date::parse_date(text).expect("a date");
    mingcha_values::date::days_since_epoch(day)
}

#[test]
fn money_is_counted_in_the_declared_unit() {
    let mut column = declare::column("invest", Kind::Decimal);
    (column.unit, column.scale) = (Some("万元".into()), 6);
    for (stated, cell, units) in [
        (None, "12,000", 12_000_000_000),
        (None, "1.2亿元", 12_000_000_000),
        (Some("元"), "120000", 12_000_000),
        (Some("亿元"), "1.2", 12_000_000_000),
        (None, "１２００", 1_200_000_000),
        (None, "(5.2)", -5_200_000),
        (None, "约3.5亿", 35_000_000_000),
        (None, "壹仟贰佰万元整", 1_200_000_000),
    ] {
        let header = found(stated, false);
        assert_eq!(Converter::new(&column, &header).decimal(&text(cell)), Read::Value(units), "{cell}");
    }
    let header = found(None, false);
    let converter = Converter::new(&column, &header);
    assert_eq!(converter.decimal(&Cell::Number { value: 0.1 + 0.2, percent: false }), Read::Value(300_000));
    assert_eq!(converter.decimal(&text("按规定")), Read::Unreadable(Why::NotAnAmount));
    assert_eq!(converter.decimal(&text("——")), Read::Blank);
    assert_eq!(converter.decimal(&text("1.23456789")), Read::Doubtful(1_234_568, Doubt::Rounded));
}

#[test]
fn a_cell_in_another_unit_than_its_header_is_doubtful() {
    let mut column = declare::column("invest", Kind::Decimal);
    (column.unit, column.scale) = (Some("万元".into()), 2);
    let header = found(Some("万元"), true);
    let doubt = Doubt::UnitConflict(Unit::HundredMillionYuan, Unit::TenThousandYuan);
    let converter = Converter::new(&column, &header);
    assert_eq!(converter.decimal(&text("1.2亿元")), Read::Doubtful(1_200_000, doubt));
    assert_eq!(converter.decimal(&text("1.2万元")), Read::Value(120));
}

#[test]
fn measurements_take_detection_limits_units_and_percentages() {
    let mut column = declare::column("value", Kind::Number);
    column.codes = vec![declare::code("ND", &["未检出"])];
    column.unit = Some("mg/L".into());
    let header = found(None, false);
    let converter = Converter::new(&column, &header);
    for (cell, value) in [
        ("12.5", 12.5),
        ("１２．５", 12.5),
        ("1,234.5", 1234.5),
        ("12.5 mg/l", 12.5),
        ("未检出", 0.0),
        ("ND", 0.0),
        ("<0.5", 0.0),
        ("＜0.5", 0.0),
        ("0.05L", 0.0),
        ("1.2E-3", 0.0012),
        ("-3", -3.0),
    ] {
        assert_eq!(converter.number(&text(cell)), Read::Value(value), "{cell}");
    }
    assert_eq!(converter.number(&text("约")), Read::Unreadable(Why::NotANumber));
    let mut share = declare::column("share", Kind::Decimal);
    (share.unit, share.scale) = (Some("%".into()), 2);
    let converter = Converter::new(&share, &header);
    assert_eq!(converter.decimal(&text("35.5%")), Read::Value(3550));
    assert_eq!(converter.decimal(&text("35.5")), Read::Value(3550));
    assert_eq!(converter.decimal(&Cell::Number { value: 0.355, percent: true }), Read::Value(3550));
}

#[test]
fn counts_are_whole() {
    let column = declare::column("count", Kind::Integer);
    let header = found(None, false);
    let converter = Converter::new(&column, &header);
    assert_eq!(converter.integer(&text("1,200家")), Read::Value(1200));
    assert_eq!(converter.integer(&text("3.0")), Read::Value(3));
    assert_eq!(converter.integer(&Cell::Number { value: 7.0, percent: false }), Read::Value(7));
    assert_eq!(converter.integer(&text("3.5")), Read::Unreadable(Why::NotAWholeNumber));
}

#[test]
fn days_are_read_in_every_spelling() {
    let column = declare::column("day", Kind::Date);
    let header = found(None, false);
    let converter = Converter::new(&column, &header);
    for cell in [
        "2016年7月26日",
        "2016-07-26",
        "2016/7/26",
        "2016.7.26",
        "20160726",
        "二〇一六年七月二十六日",
        "42577",
        "2016/7/26 13:00",
    ] {
        assert_eq!(converter.date(&text(cell)), Read::Value(days("2016-07-26")), "{cell}");
    }
    assert_eq!(converter.date(&Cell::Serial(42577.25)), Read::Value(days("2016-07-26")));
    assert_eq!(
        converter.date(&Cell::Number { value: 42577.0, percent: false }),
        Read::Value(days("2016-07-26"))
    );
    assert_eq!(converter.date(&text("2016年7月")), Read::Unreadable(Why::DayMissing));
    assert_eq!(converter.date(&text("2016-02-30")), Read::Unreadable(Why::ImpossibleDate));
    assert_eq!(converter.date(&text("16.7.26")), Read::Unreadable(Why::TwoDigitYear));
    assert_eq!(converter.date(&text("待补")), Read::Unreadable(Why::NotADate));
    assert_eq!(
        converter.instant(&text("2016-07-26 01:00")),
        Read::Value(i64::from(days("2016-07-26")) * 86_400 + 3600)
    );
    assert_eq!(converter.instant(&text("2016-07-26")), Read::Value(i64::from(days("2016-07-26")) * 86_400));
}

#[test]
fn codes_flags_and_lost_digits() {
    let mut column = declare::column("stage", Kind::Text);
    column.codes = vec![declare::code("执行", &["执行阶段"])];
    column.blanks = vec!["未定".into()];
    let header = found(None, false);
    let converter = Converter::new(&column, &header);
    assert_eq!(converter.text(&text(" 执行 阶段 ")), Read::Value("执行".into()));
    assert_eq!(converter.text(&text("其他")), Read::Value("其他".into()));
    assert_eq!(converter.text(&text("未定")), Read::Blank);
    assert_eq!(converter.text(&text("9.1E+17")), Read::Unreadable(Why::DigitsLost));
    assert_eq!(
        converter.text(&Cell::Number { value: 9.1e17, percent: false }),
        Read::Unreadable(Why::DigitsLost)
    );
    assert_eq!(
        converter.text(&Cell::Number { value: 652300.0, percent: false }),
        Read::Value("652300".into())
    );
    assert_eq!(converter.text(&text("#N/A")), Read::Unreadable(Why::ErrorValue));
    let flag = declare::column("flag", Kind::Flag);
    let converter = Converter::new(&flag, &header);
    assert!(["是", "√", "▲", "Y", "1", "yes"].iter().all(|yes| converter.flag(&text(yes)) == Read::Value(1)));
    assert!(["否", "N", "0", "×"].iter().all(|no| converter.flag(&text(no)) == Read::Value(0)));
    assert_eq!(converter.flag(&text("可能")), Read::Unreadable(Why::NotAFlag));
}

proptest! {
    #[test]
    fn no_cell_panics(cell in "[0-9.,<L%万亿元年月日/:E+-]{0,14}|\\PC{0,20}", number in any::<f64>(), percent in any::<bool>()) {
        for unit in [None, Some("万元"), Some("%"), Some("mg/L")] {
            let mut column = declare::column("x", Kind::Decimal);
            (column.unit, column.scale) = (unit.map(str::to_owned), 6);
            let header = found(None, false);
            let converter = Converter::new(&column, &header);
            for cell in [text(&cell), Cell::Number { value: number, percent }, Cell::Serial(number), Cell::Flag(percent)] {
                let _ = (converter.number(&cell), converter.integer(&cell), converter.decimal(&cell), converter.flag(&cell));
                let _ = (converter.date(&cell), converter.instant(&cell), converter.text(&cell));
            }
        }
    }
}
