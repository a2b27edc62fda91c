//! Telephone numbers that can be dialled, and those that cannot.

use super::*;
use proptest::prelude::*;

fn shown(text: &str) -> String {
    let one = |result: &Result<Telephone, TelephoneError>| match result {
        Ok(telephone) => telephone.to_string(),
        Err(error) => error.to_string(),
    };
    Telephone::parse_all(text).iter().map(one).collect::<Vec<_>>().join(" | ")
}

#[test]
fn every_spelling_of_a_landline_is_read() {
    for (text, number) in [
        ("0994-2345678", "0994-2345678"),
        ("0994 2345678", "0994-2345678"),
        ("(0994)2345678", "0994-2345678"),
        ("（0994）2345678", "0994-2345678"),
        ("09942345678", "0994-2345678"),
        ("０９９４－２３４５６７８", "0994-2345678"),
        ("0994—2345678", "0994-2345678"),
        ("0994-2345678-123", "0994-2345678转123"),
        ("0994-2345678转123", "0994-2345678转123"),
        ("09942345678-123", "0994-2345678转123"),
        ("010-66012399", "010-66012399"),
        ("01066012399", "010-66012399"),
        ("0991-2345678", "0991-2345678"),
        ("2345678", "2345678"),
        ("2345678转801", "2345678转801"),
    ] {
        assert_eq!(shown(text), number, "{text}");
    }
}

#[test]
fn kinds_are_told_apart() {
    let kind = |text| Telephone::parse(text).map(|telephone| telephone.kind);
    assert_eq!(kind("0994-2345678"), Ok(TelephoneKind::Landline));
    assert_eq!(kind("2345678"), Ok(TelephoneKind::Local));
    assert_eq!(kind("13999912345"), Ok(TelephoneKind::Mobile));
    assert_eq!(kind("139-9991-2345"), Ok(TelephoneKind::Mobile));
    assert_eq!(kind("+86 13999912345"), Ok(TelephoneKind::Mobile));
    for service in
        ["12345", "12358", "12315", "12369", "12333", "12331", "12350", "110", "119", "120", "95598"]
    {
        assert_eq!(kind(service), Ok(TelephoneKind::Service), "{service}");
    }
    assert_eq!(kind("400-810-8888"), Ok(TelephoneKind::TollFree));
    assert_eq!(kind("8008108888"), Ok(TelephoneKind::TollFree));
    assert_eq!(shown("4008108888"), "400-810-8888");
}

#[test]
fn several_numbers_in_a_cell_are_several_results() {
    assert_eq!(shown("0994-2345678、12345"), "0994-2345678 | 12345");
    assert_eq!(shown("0994-2345678/2345679"), "0994-2345678 | 0994-2345679");
    assert_eq!(shown("0994-2345678,无"), "0994-2345678 | not a telephone number");
    assert_eq!(shown("13999912345，0991-2345678"), "13999912345 | 0991-2345678");
    assert_eq!(shown("0994-2345678 13999912345"), "0994-2345678 | 13999912345");
    assert_eq!(shown("投诉电话：0994-2345678;12358"), "0994-2345678 | 12358");
    assert!(Telephone::parse_all(" ").is_empty());
}

#[test]
fn numbers_of_the_wrong_length_are_refused() {
    for text in
        ["0994-234567", "0994-23456789", "234567", "123456789", "1399991234", "0994", "12", "400-810-888"]
    {
        assert_eq!(Telephone::parse(text), Err(TelephoneError::Length), "{text}");
    }
    for text in ["无", "见附件", "0994-23A5678", "-", "", "2345678转", "O994-2345678"] {
        assert_eq!(Telephone::parse(text), Err(TelephoneError::NotANumber), "{text}");
    }
}

#[test]
fn placeholders_are_not_numbers() {
    for text in ["0994-0000000", "1111111", "12345678", "0994-1234567", "13888888888", "13812345678"] {
        assert_eq!(Telephone::parse(text), Err(TelephoneError::Placeholder), "{text}");
    }
}

#[test]
fn another_area_is_a_fact_not_a_fault() {
    let other = |text| Telephone::parse(text).map(|telephone| telephone.has_other_area());
    assert_eq!(other("0991-2345678"), Ok(true));
    assert_eq!(other("0994-2345678"), Ok(false));
    assert_eq!(other("2345678"), Ok(false));
}

proptest! {
    #[test]
    fn no_text_panics(text in any::<String>(), near in "[0-9()（）转、/ +-]{0,24}") {
        let _ = (Telephone::parse_all(&text), Telephone::parse(&near));
        for telephone in Telephone::parse_all(&near).into_iter().flatten() {
            prop_assert_eq!(Telephone::parse(&telephone.to_string()), Ok(telephone));
        }
    }
}
