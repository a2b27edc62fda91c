//! Identity numbers of organisations: unified credit codes (GB 32100-2015) and the two kinds they replaced.
//!
//! A failed check is a fact, not a verdict: early codes of one province fail it and are in use. In 2016 many firms
//! still wrote a 15-digit registration number or a 9-character organisation code; [`IdentityCode`] tells them apart.

use crate::text::{half_width, trimmed};
use std::fmt;

/// The 31 characters of a credit code in the order of their values: no I, O, Z, S, V.
const ALPHABET: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";

/// Weights of the first 17 characters, 3^(i−1) mod 31.
const WEIGHTS: [u32; 17] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

/// Weights of the first 8 characters of an organisation code (GB 11714).
const ORGANISATION_WEIGHTS: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];

/// A unified social credit code with the right check character.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct UnifiedCreditCode(String);

/// Why a text is no unified credit code. The first fault found, from left to right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CreditCodeError {
    /// Not 18 characters.
    Length(
        /// How many there are.
        usize,
    ),
    /// A character the standard does not use.
    Character(
        /// Its place, from 1.
        usize,
    ),
    /// The division, characters 3 to 8, is not all digits.
    Division,
    /// The last character is not the right one.
    Check {
        /// What it should be.
        expected: char,
    },
}

impl fmt::Display for CreditCodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Length(length) => write!(f, "{length} characters, not 18"),
            Self::Character(place) => write!(f, "character {place} is not used in credit codes"),
            Self::Division => f.write_str("characters 3 to 8 are not a division code"),
            Self::Check { expected } => write!(f, "the check character should be {expected}"),
        }
    }
}

impl std::error::Error for CreditCodeError {}

impl UnifiedCreditCode {
    /// Reads a code in either width and either case; spaces inside are a fault.
    ///
    /// # Errors
    /// [`CreditCodeError`].
    pub fn parse(text: &str) -> Result<Self, CreditCodeError> {
        let code = half_width(trimmed(text)).to_uppercase();
        let length = code.chars().count();
        if length != 18 {
            return Err(CreditCodeError::Length(length));
        }
        if let Some(at) = code.chars().position(|c| value(c).is_none()) {
            return Err(CreditCodeError::Character(at + 1));
        }
        if !code[2..8].bytes().all(|b| b.is_ascii_digit()) {
            return Err(CreditCodeError::Division);
        }
        let expected = check_character(&code[..17]);
        if code.ends_with(expected) { Ok(Self(code)) } else { Err(CreditCodeError::Check { expected }) }
    }

    /// The 18 characters, in upper case.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The six digits of the division where the organisation was registered (GB/T 2260).
    #[must_use]
    pub fn division(&self) -> &str {
        &self.0[2..8]
    }

    /// The organisation code inside, nine characters.
    #[must_use]
    pub fn organisation_code(&self) -> &str {
        &self.0[8..17]
    }
}

impl fmt::Display for UnifiedCreditCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// Any of the numbers an organisation may be known by.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum IdentityCode {
    /// 统一社会信用代码, 18 characters.
    Unified(UnifiedCreditCode),
    /// 组织机构代码, nine characters without the hyphen (GB 11714; the check rule recalled and tried on two codes).
    Organisation(String),
    /// 工商注册号, 15 digits; its check digit is not verified here.
    Registration(String),
}

impl IdentityCode {
    /// Reads any of the three, told apart by length; the hyphen of an organisation code may be left out.
    ///
    /// # Errors
    /// [`CreditCodeError`]; for other lengths the length, as if a unified code was meant.
    pub fn parse(text: &str) -> Result<Self, CreditCodeError> {
        let code = half_width(trimmed(text)).to_uppercase();
        let bare = code.replace(['-', '－', '—'], "");
        match bare.chars().count() {
            9 => organisation(&bare).map(|()| Self::Organisation(bare)),
            15 => match bare.chars().position(|c| !c.is_ascii_digit()) {
                None => Ok(Self::Registration(bare)),
                Some(at) => Err(CreditCodeError::Character(at + 1)),
            },
            _ => UnifiedCreditCode::parse(&code).map(Self::Unified),
        }
    }
}

/// The value of a character of a credit code.
fn value(c: char) -> Option<u32> {
    ALPHABET.chars().position(|known| known == c).map(|at| at as u32)
}

/// The character that must follow these 17.
fn check_character(code: &str) -> char {
    let sum: u32 = code.chars().zip(WEIGHTS).map(|(c, weight)| value(c).unwrap_or(0) * weight).sum();
    let at = (31 - sum % 31) % 31;
    ALPHABET.chars().nth(at as usize).unwrap_or('0')
}

/// Checks nine characters of an organisation code: letters count A = 10 and on.
fn organisation(code: &str) -> Result<(), CreditCodeError> {
    let mut sum = 0;
    for (at, (c, weight)) in code.chars().zip(ORGANISATION_WEIGHTS).enumerate() {
        sum +=
            c.to_digit(36).filter(|_| c.is_ascii_alphanumeric()).ok_or(CreditCodeError::Character(at + 1))?
                * weight;
    }
    let expected = match 11 - sum % 11 {
        10 => 'X',
        11 => '0',
        digit => char::from_digit(digit, 10).unwrap_or('0'),
    };
    if code.ends_with(expected) { Ok(()) } else { Err(CreditCodeError::Check { expected }) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn real_and_synthetic_codes_are_valid() {
        for code in [
            "91110108551385082Q",
            "91110000600037341L",
            "91350100M000100Y43",
            "9131000063159284XQ",
            "1165230052601815X9",
            "11652323908301663K",
            "12652300131860916F",
            "916523003909960332",
            "916523010824628146",
            "91652302948219939M",
        ] {
            assert_eq!(UnifiedCreditCode::parse(code).map(|c| c.to_string()).as_deref(), Ok(code));
        }
    }

    #[test]
    fn the_worked_example_of_the_standard_ends_in_3() {
        assert_eq!(check_character("91350100M000100Y4"), '3');
        let error = CreditCodeError::Character(18);
        assert_eq!(UnifiedCreditCode::parse("91350100M000100Y4Z"), Err(error));
        assert_eq!(
            UnifiedCreditCode::parse("91350100M000100Y44"),
            Err(CreditCodeError::Check { expected: '3' })
        );
    }

    #[test]
    fn a_wrong_check_character_is_told_with_the_right_one() {
        let expected = |code| match UnifiedCreditCode::parse(code) {
            Err(CreditCodeError::Check { expected }) => Some(expected),
            _ => None,
        };
        assert_eq!(expected("91310115MA1H8R7C6D"), Some('7'));
        assert!(expected("91350211M0000XUF46").is_some());
        assert!(expected("91350100M0001TGQXM").is_some());
    }

    #[test]
    fn a_code_with_check_digit_zero_is_valid() {
        let code =
            (0..100).map(|n| format!("916523000000000{n:02}")).find(|code| check_character(code) == '0');
        let code = code.expect("one of a hundred") + "0";
        assert!(UnifiedCreditCode::parse(&code).is_ok(), "{code}");
    }

    #[test]
    fn codes_of_villages_and_of_the_army_may_begin_with_letters() {
        for head in ["A16523000000000", "N26523000000000", "Y16523000000000"] {
            let code = format!("{head}00{}", check_character(&format!("{head}00")));
            assert!(UnifiedCreditCode::parse(&code).is_ok(), "{code}");
        }
    }

    #[test]
    fn faults_are_told_by_kind() {
        assert_eq!(UnifiedCreditCode::parse(""), Err(CreditCodeError::Length(0)));
        assert_eq!(UnifiedCreditCode::parse("9111010855138508"), Err(CreditCodeError::Length(16)));
        assert_eq!(UnifiedCreditCode::parse("91110108551385O82Q"), Err(CreditCodeError::Character(15)));
        assert_eq!(UnifiedCreditCode::parse("9111A108551385082Q"), Err(CreditCodeError::Division));
        assert_eq!(
            UnifiedCreditCode::parse("昌吉市昌吉市昌吉市昌吉市昌吉市昌吉市"),
            Err(CreditCodeError::Character(1))
        );
    }

    #[test]
    fn width_and_case_do_not_matter() {
        for text in
            ["91110108551385082q", "９１１１０１０８５５１３８５０８２Ｑ", " 91110108551385082Q\u{3000}"]
        {
            assert_eq!(
                UnifiedCreditCode::parse(text).map(|c| c.division().to_owned()).as_deref(),
                Ok("110108")
            );
        }
    }

    #[test]
    fn older_numbers_are_told_apart() {
        assert_eq!(IdentityCode::parse("55138508-2"), Ok(IdentityCode::Organisation("551385082".into())));
        assert_eq!(IdentityCode::parse("600037341"), Ok(IdentityCode::Organisation("600037341".into())));
        assert_eq!(IdentityCode::parse("551385083"), Err(CreditCodeError::Check { expected: '2' }));
        assert_eq!(IdentityCode::parse("63159284-X"), Ok(IdentityCode::Organisation("63159284X".into())));
        let registration = IdentityCode::Registration("652300050000123".into());
        assert_eq!(IdentityCode::parse("652300050000123"), Ok(registration));
        assert_eq!(IdentityCode::parse("65230005000012A"), Err(CreditCodeError::Character(15)));
        assert!(matches!(IdentityCode::parse("91110108551385082Q"), Ok(IdentityCode::Unified(_))));
        assert_eq!(IdentityCode::parse("12345"), Err(CreditCodeError::Length(5)));
    }

    #[test]
    fn the_code_inside_a_unified_code_passes_its_own_check() {
        let code = UnifiedCreditCode::parse("91110108551385082Q").expect("valid");
        assert!(IdentityCode::parse(code.organisation_code()).is_ok());
    }

    proptest! {
        #[test]
        fn no_text_panics(text in any::<String>(), near in "[0-9A-Z一]{15,18}") {
            let _ = (UnifiedCreditCode::parse(&text), IdentityCode::parse(&text));
            let _ = (UnifiedCreditCode::parse(&near), IdentityCode::parse(&near));
        }

        #[test]
        fn the_expected_check_character_makes_a_code_valid(head in "[19][12]65230[0-9][0-9A-HJ-NPQRTUWXY]{9}") {
            let code = format!("{head}{}", check_character(&head));
            prop_assert_eq!(UnifiedCreditCode::parse(&code).map(|c| c.to_string()), Ok(code));
        }
    }
}
