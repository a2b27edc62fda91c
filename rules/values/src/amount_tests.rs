//! Amounts as forms write them, with units in the cell, the header, both or neither.

use super::*;
use crate::unit::UNITS;
use proptest::prelude::*;

fn yuan(text: &str, default_unit: Option<Unit>) -> String {
    Amount::parse(text, default_unit).map_or_else(|error| error.to_string(), |amount| amount.to_string())
}

#[test]
fn every_spelling_of_an_amount_is_read() {
    for (text, value) in [
        ("12,000万元", "120000000.00元"),
        ("12，000万元", "120000000.00元"),
        ("1.2亿元", "120000000.00元"),
        ("约3.5亿", "350000000.00元"),
        ("1亿2千万元", "120000000.00元"),
        ("12亿3000万元", "1230000000.00元"),
        ("壹仟贰佰万元整", "12000000.00元"),
        ("一亿二千万", "120000000.00元"),
        ("１２００万元", "12000000.00元"),
        ("-5.2万元", "-52000.00元"),
        ("(5.2)万元", "-52000.00元"),
        ("（5.2万元）", "-52000.00元"),
        ("负5.2万元", "-52000.00元"),
        ("人民币 10,000 万元", "100000000.00元"),
        ("¥100.50元", "100.50元"),
        ("￥5,000.00", "5000.00元"),
        ("¥3万", "30000.00元"),
        ("1000万元人民币", "10000000.00元"),
        ("3元5角", "3.50元"),
        ("3元零5分", "3.05元"),
        ("5角2分", "0.52元"),
        ("5角", "0.50元"),
        ("52分", "0.52元"),
        ("壹佰圆整", "100.00元"),
        ("20百元", "2000.00元"),
        ("3千元", "3000.00元"),
        ("三千元", "3000.00元"),
        ("2百万元", "2000000.00元"),
        ("4千万元", "40000000.00元"),
        ("500万左右", "5000000.00元"),
        ("0元", "0.00元"),
    ] {
        assert_eq!(yuan(text, None), value, "{text}");
    }
}

#[test]
fn a_cell_without_a_unit_counts_in_the_unit_of_its_column() {
    assert_eq!(yuan("-5.2", Some(Unit::TenThousandYuan)), "-52000.00元");
    assert_eq!(yuan("(5.2)", Some(Unit::TenThousandYuan)), "-52000.00元");
    assert_eq!(yuan("1,200", Some(Unit::Yuan)), "1200.00元");
    assert_eq!(yuan("一千二百", Some(Unit::Yuan)), "1200.00元");
    assert_eq!(yuan("¥500", Some(Unit::TenThousandYuan)), "500.00元");
    assert_eq!(yuan("3.5亿", Some(Unit::TenThousandYuan)), "350000000.00元");
    assert_eq!(Amount::parse("1200", None), Err(AmountError::NoUnit));
}

#[test]
fn the_unit_of_the_literal_is_kept() {
    let unit = |text| Amount::parse(text, Some(Unit::Yuan)).expect(text).unit();
    assert_eq!(unit("12,000万元"), Some(Unit::TenThousandYuan));
    assert_eq!(unit("3.5亿"), Some(Unit::HundredMillionYuan));
    assert_eq!(unit("壹仟贰佰万元整"), Some(Unit::TenThousandYuan));
    assert_eq!(unit("2百万元"), Some(Unit::MillionYuan));
    assert_eq!(unit("3元5角"), Some(Unit::Jiao));
    assert_eq!(unit("12"), None);
}

#[test]
fn what_is_not_one_amount_is_refused() {
    for text in [
        "0.019-0.033元",
        "5%",
        "无",
        "万元",
        "元",
        "--5元",
        "-(5元)",
        "5元/件",
        "1亿20000万元",
        "5元-3角",
        "3元15角",
        "1万-500元",
        "5元5",
        "12,00元",
    ] {
        assert_eq!(Amount::parse(text, Some(Unit::Yuan)), Err(AmountError::NotAnAmount), "{text}");
    }
    assert_eq!(Amount::parse("\u{3000}", None), Err(AmountError::Empty));
}

#[test]
fn decimals_below_one_fen_are_told() {
    let amount = |text| Amount::parse(text, None).expect(text);
    assert!(!amount("1.234567万元").is_finer_than_fen());
    assert!(amount("1.2345678万元").is_finer_than_fen());
    assert!(amount("0.019元").is_finer_than_fen());
    assert_eq!(amount("0.019元").fen(), 2);
    assert!(!amount("0.120元").is_finer_than_fen());
    assert!(amount("约3.5亿").is_approximate() && !amount("3.5亿").is_approximate());
}

#[test]
fn an_amount_is_shown_in_any_unit() {
    let amount = Amount::parse("1.2亿元", None).expect("an amount");
    let shown = |unit, scale| amount.to(unit, scale).map(|d| d.to_string());
    assert_eq!(shown(Unit::TenThousandYuan, 2).as_deref(), Some("12000.00"));
    assert_eq!(shown(Unit::HundredMillionYuan, 0).as_deref(), Some("1"));
    assert_eq!(shown(Unit::Fen, 0).as_deref(), Some("12000000000"));
    assert_eq!(Amount::from_fen(i128::MAX).to(Unit::Fen, 0), None);
}

#[test]
fn units_are_known_by_name() {
    for (unit, _, name, _) in UNITS {
        assert_eq!(Unit::parse(name), Some(unit));
        assert_eq!(unit.name(), name);
    }
    assert_eq!(Unit::parse("亿"), Some(Unit::HundredMillionYuan));
    assert_eq!(Unit::parse("人民币万元"), Some(Unit::TenThousandYuan));
    assert_eq!(Unit::Yuan.fen(), 100);
    assert_eq!(Unit::HundredMillionYuan.fen(), 10_000_000_000);
    assert_eq!(Unit::parse("美元"), None);
}

#[test]
fn headers_say_their_unit() {
    let wan = Some(Unit::TenThousandYuan);
    for header in [
        "投资金额(万元)",
        "投资金额（万元）",
        "投资金额（单位：万元）",
        "投资金额/万元",
        "投资金额:万元",
        "投资额万元",
    ] {
        assert_eq!(unit_in_header(header), wan, "{header}");
    }
    assert_eq!(unit_in_header("总投资(含征地)(亿元)"), Some(Unit::HundredMillionYuan));
    assert_eq!(unit_in_header("收费标准(元/件)"), Some(Unit::Yuan));
    for header in ["投资金额", "合作期限(年)", "积分", "占比(%)", "", "单元", "数量(件/万元)"]
    {
        assert_eq!(unit_in_header(header), None, "{header}");
    }
}

#[test]
fn a_wrong_unit_shows_in_the_ratio() {
    let slip = |a, b| unit_slip(Decimal::parse(a).expect(a), Decimal::parse(b).expect(b));
    assert_eq!(slip("120000000", "12000"), Some(4));
    assert_eq!(slip("12000", "120000000"), Some(-4));
    assert_eq!(slip("1.2", "12000"), Some(-4));
    assert_eq!(slip("1000", "1"), Some(3));
    assert_eq!(slip("1000000", "1"), Some(6));
    assert_eq!(slip("1", "100000000"), Some(-8));
    assert_eq!(slip("10100", "1"), Some(4));
    assert_eq!(slip("-12000", "-1.2"), Some(4));
    for (a, b) in [
        ("1", "1"),
        ("100", "1"),
        ("100000", "1"),
        ("10200", "1"),
        ("9800", "1"),
        ("-10000", "1"),
        ("0", "1"),
    ] {
        assert_eq!(slip(a, b), None, "{a} {b}");
    }
}

proptest! {
    #[test]
    fn no_text_panics(text in any::<String>(), near in "[-(约]{0,2}[0-9一二百千万亿元角分.,]{0,20}[)整]?") {
        let _ = (Amount::parse(&text, Some(Unit::Yuan)), Amount::parse(&near, None), unit_in_header(&text));
        let _ = (unit_in_header(&near), Unit::parse(&near));
    }

    #[test]
    fn a_shown_amount_reads_back(fen in -1_000_000_000_000_000_i128..1_000_000_000_000_000) {
        let read = Amount::parse(&Amount::from_fen(fen).to_string(), None).map(Amount::fen);
        prop_assert_eq!(read, Ok(fen));
    }

    #[test]
    fn slips_never_panic(a in any::<i64>(), s in 0_u8..=18, b in any::<i64>(), t in 0_u8..=18) {
        let (a, b) = (Decimal::new(a, s), Decimal::new(b, t));
        prop_assert_eq!(unit_slip(a, b), unit_slip(b, a).map(|k| -k));
    }
}
