//! Decimal arithmetic: exact, rounded half up, and refusing to overflow.

use super::*;
use proptest::prelude::*;

fn decimal(text: &str) -> Decimal {
    Decimal::parse(text).expect(text)
}

#[test]
fn numbers_keep_the_decimals_they_were_written_with() {
    for (text, shown) in [
        ("12", "12"),
        ("12.50", "12.50"),
        ("-0.05", "-0.05"),
        ("+3", "3"),
        (".5", "0.5"),
        ("5.", "5"),
        ("12,000", "12000"),
        ("１２，０００．５０", "12000.50"),
        ("−5.2", "-5.2"),
        (" 1,234,567.8 ", "1234567.8"),
    ] {
        assert_eq!(decimal(text).to_string(), shown, "{text}");
    }
}

#[test]
fn text_that_is_no_number_is_refused() {
    for text in ["-", ".", "1.2.3", "1,2", "12,00", ",123", "1,,234", "1e5", "5%", "十", "1 2", "--1", "0x1"]
    {
        assert_eq!(Decimal::parse(text), Err(DecimalError::NotANumber), "{text}");
    }
    assert_eq!(Decimal::parse(" "), Err(DecimalError::Empty));
    assert_eq!(Decimal::parse("99999999999999999999"), Err(DecimalError::TooLarge));
    assert_eq!(Decimal::parse("0.0000000000000000001"), Err(DecimalError::TooLarge));
}

#[test]
fn equal_values_of_different_scales_are_equal() {
    assert_eq!(decimal("12.5"), decimal("12.500"));
    assert!(decimal("0.1") < decimal("0.11"));
    assert!(decimal("-1") < decimal("0.000000000000000001"));
    assert!(Decimal::new(i64::MAX, 0) > Decimal::new(i64::MAX, 18));
}

#[test]
fn rounding_is_half_away_from_zero() {
    for (text, scale, shown) in [
        ("0.125", 2, "0.13"),
        ("-0.125", 2, "-0.13"),
        ("0.124", 2, "0.12"),
        ("1.275", 2, "1.28"),
        ("2.5", 0, "3"),
        ("-2.5", 0, "-3"),
        ("12", 2, "12.00"),
        ("0.4", 0, "0"),
    ] {
        assert_eq!(decimal(text).rescale(scale).expect(text).to_string(), shown);
    }
    assert_eq!(Decimal::new(i64::MAX, 0).rescale(1), None);
    assert_eq!(Decimal::ZERO.rescale(19), None);
}

#[test]
fn arithmetic_is_exact_and_checked() {
    assert_eq!(decimal("0.1").checked_add(decimal("0.2")), Some(decimal("0.3")));
    assert_eq!(decimal("1").checked_sub(decimal("0.9")), Some(decimal("0.1")));
    assert_eq!(decimal("1.5").checked_mul(decimal("1.5")), Some(decimal("2.25")));
    assert_eq!(Decimal::new(i64::MAX, 0).checked_add(decimal("1")), None);
    assert_eq!(Decimal::new(i64::MIN, 0).checked_sub(decimal("1")), None);
    assert_eq!(Decimal::new(i64::MAX, 0).checked_mul(decimal("2")), None);
    assert_eq!(Decimal::new(i64::MIN, 0).checked_abs(), None);
    assert_eq!(decimal("-2").checked_abs(), Some(decimal("2")));
}

#[test]
fn ratios_round_half_up() {
    let shown = |a, b, scale| ratio(decimal(a), decimal(b), scale).map(|r| r.to_string());
    assert_eq!(shown("1", "3", 4).as_deref(), Some("0.3333"));
    assert_eq!(shown("2", "3", 2).as_deref(), Some("0.67"));
    assert_eq!(shown("-1", "8", 2).as_deref(), Some("-0.13"));
    assert_eq!(shown("1", "-8", 2).as_deref(), Some("-0.13"));
    assert_eq!(shown("95", "100", 3).as_deref(), Some("0.950"));
    assert_eq!(shown("0.52", "0.5", 2).as_deref(), Some("1.04"));
    assert_eq!(shown("1", "0", 2), None);
}

#[test]
fn normalising_drops_only_zeros_after_the_point() {
    assert_eq!(decimal("100.500").normalized().to_string(), "100.5");
    assert_eq!(decimal("100").normalized().to_string(), "100");
    assert_eq!(decimal("0.00").normalized().to_string(), "0");
}

#[test]
fn a_cell_of_a_spreadsheet_is_the_number_it_shows() {
    let shown = |value| Decimal::from_f64(value).map(|decimal| decimal.to_string());
    for (value, text) in [
        (0.1 + 0.2, "0.3"),
        (12.5, "12.5"),
        (-1200.0, "-1200"),
        (0.0, "0"),
        (-0.0, "0"),
        (1e15, "1000000000000000"),
        (42_577.604_166_666_7, "42577.6041666667"),
        (1e-18, "0.000000000000000001"),
        (1e-30, "0"),
        (1e-300, "0"),
    ] {
        assert_eq!(shown(value).as_deref(), Some(text), "{value}");
    }
    for value in [f64::NAN, f64::INFINITY, 1e19, 1e300] {
        assert_eq!(shown(value), None, "{value}");
    }
}

#[test]
fn a_width_pads_and_a_precision_does_not_cut() {
    assert_eq!(format!("[{:>6}] {:.1}", decimal("-1.25"), decimal("1.25")), "[ -1.25] 1.25");
}

proptest! {
    #[test]
    fn floating_point_comes_back(whole in -1_000_000_000_000_i64..1_000_000_000_000, scale in 0_u8..=3, any in any::<f64>()) {
        let value = Decimal::new(whole, scale);
        prop_assert_eq!(Decimal::from_f64(value.to_f64()), Some(value));
        let _ = Decimal::from_f64(any);
    }

    #[test]
    fn no_text_panics(text in any::<String>(), near in "[-+]?[0-9,.]{0,25}") {
        let _ = (Decimal::parse(&text), Decimal::parse(&near));
    }

    #[test]
    fn a_shown_decimal_reads_back(units in any::<i64>(), scale in 0_u8..=18) {
        let value = Decimal::new(units, scale);
        prop_assert_eq!(Decimal::parse(&value.to_string()), Ok(value));
        prop_assert_eq!(value.normalized(), value);
    }

    #[test]
    fn arithmetic_never_panics(a in any::<i64>(), s in 0_u8..=18, b in any::<i64>(), t in 0_u8..=18, to in 0_u8..40) {
        let (a, b) = (Decimal::new(a, s), Decimal::new(b, t));
        let _ = (a.checked_add(b), a.checked_sub(b), a.checked_mul(b), ratio(a, b, to), a.rescale(to), a.cmp(&b));
        if let Some(again) = a.checked_add(b).and_then(|sum| sum.checked_sub(b)) {
            prop_assert_eq!(again, a);
        }
    }
}
