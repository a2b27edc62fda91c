//! Pollutants by all their names, and their units.

use super::*;
use proptest::prelude::*;

fn decimal(text: &str) -> Decimal {
    Decimal::parse(text).expect(text)
}

#[test]
fn every_alias_names_its_pollutant() {
    for (text, name) in [
        ("COD", "化学需氧量"),
        ("CODcr", "化学需氧量"),
        ("CODCr", "化学需氧量"),
        ("化学需氧量", "化学需氧量"),
        ("化学需氧量(COD)", "化学需氧量"),
        ("NH3-N", "氨氮"),
        ("NH₃-N", "氨氮"),
        ("TP", "总磷"),
        ("TN", "总氮"),
        ("总氮（以N计）", "总氮"),
        ("SO2", "二氧化硫"),
        ("SO₂", "二氧化硫"),
        ("NOx", "氮氧化物"),
        ("NOₓ", "氮氧化物"),
        ("烟尘", "颗粒物"),
        ("BOD5", "五日生化需氧量"),
        ("BOD₅", "五日生化需氧量"),
        ("SS", "悬浮物"),
        ("ｐＨ", "pH值"),
        ("PM₂.₅", "细颗粒物"),
        ("w01018", "化学需氧量"),
        ("a21026", "二氧化硫"),
    ] {
        assert_eq!(Pollutant::find(text).map(|pollutant| pollutant.name), Some(name), "{text}");
    }
    assert_eq!(Pollutant::find("其他"), None);
}

#[test]
fn no_name_stands_for_two_pollutants() {
    for pollutant in &POLLUTANTS {
        for name in pollutant.aliases.iter().chain([&pollutant.name]).chain(&pollutant.code) {
            let called = POLLUTANTS.iter().filter(|other| other.is_called(&key(name))).count();
            assert_eq!(called, 1, "{name}");
        }
    }
}

#[test]
fn spellings_of_a_unit_are_one_unit() {
    for (unit, spellings) in [
        ("mg/L", &["mg/L", "mg/l", "毫克/升", "ｍｇ／Ｌ", "MG/L"][..]),
        ("mg/m³", &["mg/m³", "mg/m3", "mg/Nm³", "mg/Nm3", "毫克/立方米", "mg/㎥"]),
        ("μg/m³", &["µg/m³", "μg/m3", "ug/m3"]),
        ("m²", &["㎡", "m²", "m2", "平方米"]),
        ("m³", &["m³", "立方米"]),
        ("dB(A)", &["dB(A)", "dB（A）", "分贝"]),
    ] {
        for spelling in spellings {
            assert_eq!(canonical_unit(spelling), Some(unit), "{spelling}");
        }
    }
    assert_eq!(canonical_unit("kg/t"), None);
}

#[test]
fn measured_values_and_their_absence_are_read() {
    assert_eq!(Measured::parse("12.3"), Ok(Measured::Value(decimal("12.3"))));
    assert_eq!(Measured::parse("１２．３"), Ok(Measured::Value(decimal("12.3"))));
    assert_eq!(Measured::parse("-1"), Ok(Measured::Value(decimal("-1"))));
    for text in ["未检出", "ND", "nd", "<DL", "低于检出限"] {
        assert_eq!(Measured::parse(text), Ok(Measured::NotDetected { limit: None }), "{text}");
    }
    for text in ["<0.5", "＜0.5", "＜０．５", "0.5L", "0.5l", "< 0.5"] {
        let limit = Some(decimal("0.5"));
        assert_eq!(Measured::parse(text), Ok(Measured::NotDetected { limit }), "{text}");
    }
    for text in ["达标", "5-8", "<", "L", "-0.5L", "1.2.3", "12mg/L"] {
        assert_eq!(Measured::parse(text), Err(MeasuredError::Unrecognised), "{text}");
    }
    assert_eq!(Measured::parse(" "), Err(MeasuredError::Empty));
    assert_eq!(Measured::parse("0.5L").map(Measured::value), Ok(None));
}

#[test]
fn limits_have_one_figure_two_or_a_range() {
    assert_eq!(Limit::parse("50"), Ok(Limit::AtMost(decimal("50"))));
    assert_eq!(Limit::parse("≤50"), Ok(Limit::AtMost(decimal("50"))));
    for text in ["5(8)", "5（8）", "５（８）"] {
        assert_eq!(
            Limit::parse(text),
            Ok(Limit::Two { usual: decimal("5"), bracketed: decimal("8") }),
            "{text}"
        );
    }
    for text in ["6-9", "6~9", "6～9", "6—9", "6–9", "6至9", "６～９"] {
        assert_eq!(Limit::parse(text), Ok(Limit::Range { low: decimal("6"), high: decimal("9") }), "{text}");
    }
    assert_eq!(Limit::parse("10³"), Ok(Limit::AtMost(decimal("1000"))));
    assert_eq!(Limit::parse("10⁴"), Ok(Limit::AtMost(decimal("10000"))));
    assert_eq!(Limit::parse("不得检出"), Ok(Limit::NotDetectable));
    for text in ["9-6", "-5", "5(", "5()", "无", "6-7-9"] {
        assert_eq!(Limit::parse(text), Err(MeasuredError::Unrecognised), "{text}");
    }
    assert_eq!(Limit::parse(""), Err(MeasuredError::Empty));
}

#[test]
fn exceedance_multiples_are_exact() {
    for (value, limit, multiple) in [
        ("62", "50", "0.24"),
        ("50", "50", "0.00"),
        ("50.4", "50", "0.01"),
        ("45.5", "20", "1.28"),
        ("0.52", "0.5", "0.04"),
        ("104.9", "100", "0.05"),
        ("360", "200", "0.80"),
        ("30", "50", "0.00"),
    ] {
        let found = exceedance_multiple(decimal(value), decimal(limit)).map(|multiple| multiple.to_string());
        assert_eq!(found.as_deref(), Some(multiple), "{value} over {limit}");
    }
    assert_eq!(exceedance_multiple(decimal("1"), Decimal::ZERO), None);
    assert_eq!(exceedance_multiple(decimal("1"), decimal("-1")), None);
    assert!(!Pollutant::find("pH").expect("known").has_multiple());
    assert!(Pollutant::find("COD").expect("known").has_multiple());
}

#[test]
fn oxygen_is_corrected_to_the_reference() {
    let corrected = |c, oxygen, reference, scale| {
        oxygen_corrected(decimal(c), decimal(oxygen), decimal(reference), scale).map(|c| c.to_string())
    };
    assert_eq!(corrected("40", "9", "6", 2).as_deref(), Some("50.00"));
    assert_eq!(corrected("40", "6", "6", 1).as_deref(), Some("40.0"));
    assert_eq!(corrected("35.5", "8.5", "3.5", 2).as_deref(), Some("49.70"));
    assert_eq!(corrected("40", "21", "6", 2), None);
    assert_eq!(corrected("40", "22", "6", 2), None);
    assert_eq!(corrected("40", "-1", "6", 2), None);
}

proptest! {
    #[test]
    fn no_text_panics(text in any::<String>(), near in "[<≤]?[0-9.³]{0,5}[-~(L至]?[0-9.]{0,3}\\)?") {
        let _ = (Pollutant::find(&text), canonical_unit(&text), Measured::parse(&text), Limit::parse(&text));
        let _ = (Measured::parse(&near), Limit::parse(&near));
    }

    #[test]
    fn shown_values_and_limits_read_back(near in "[<≤]?[0-9]{1,5}(\\.[0-9]{1,3})?[-(L]?[0-9]{0,3}\\)?") {
        if let Ok(measured) = Measured::parse(&near) {
            prop_assert_eq!(Measured::parse(&measured.to_string()), Ok(measured));
        }
        if let Ok(limit) = Limit::parse(&near) {
            prop_assert_eq!(Limit::parse(&limit.to_string()), Ok(limit));
        }
    }

    #[test]
    fn formulas_never_panic(a in any::<i64>(), s in 0_u8..=18, b in any::<i64>(), t in 0_u8..=18) {
        let (a, b) = (Decimal::new(a, s), Decimal::new(b, t));
        let _ = (exceedance_multiple(a, b), oxygen_corrected(a, b, Decimal::from(6), 2), oxygen_corrected(b, a, b, 2));
    }
}
