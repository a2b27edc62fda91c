//! The term of a contract in years: `30年(含建设期2年)`, `2年零6个月`, `建设期2年+运营期28年`.
//!
//! The parts are what the text says; whether they add up is a rule's question, not the parser's.

use crate::decimal::{Decimal, ratio};
use crate::numeral::figure;
use crate::text::{half_width, trimmed};
use std::fmt;

/// What stands between the parts of a term.
const SEPARATORS: [char; 7] = ['+', ',', '，', ';', '；', '、', '和'];

/// A contract term in years, to four decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    /// The whole term, with the time of building.
    pub years: Decimal,
    /// The time of building (建设期), if the text says it.
    pub build_years: Option<Decimal>,
    /// The time of operation (运营期), if the text says it.
    pub operation_years: Option<Decimal>,
}

/// Why a text is no term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TermError {
    /// Nothing but space.
    Empty,
    /// No length of time, a range of them, or words around it.
    Unrecognised,
    /// Zero or less.
    NotPositive,
}

impl fmt::Display for TermError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "empty",
            Self::Unrecognised => "not a term of years",
            Self::NotPositive => "a term of no length",
        })
    }
}

impl std::error::Error for TermError {}

impl Term {
    /// Reads a term. A bare number counts in years; 个月 are twelfths of a year.
    ///
    /// `30年(不含建设期2年)` is 32 years; `20年(2+18)` names building first. The whole term wins over its parts.
    ///
    /// # Errors
    /// [`TermError`].
    pub fn parse(text: &str) -> Result<Self, TermError> {
        let text = half_width(trimmed(text))
            .replace([' ', '\u{3000}', '\u{a0}'], "")
            .replace('（', "(")
            .replace('）', ")");
        if text.is_empty() {
            return Err(TermError::Empty);
        }
        let bracketed = text.split_once('(').map(|(whole, inside)| Some((whole, inside.strip_suffix(')')?)));
        let term = match bracketed {
            Some(parts) => parts.and_then(|(whole, inside)| with_parts(whole, inside)),
            None => only_parts(&text).or_else(|| whole_and_parts(&text)).or_else(|| only_whole(&text)),
        };
        let term = term.ok_or(TermError::Unrecognised)?;
        if term.years <= Decimal::ZERO { Err(TermError::NotPositive) } else { Ok(term) }
    }
}

/// `30年` in brackets' front, `含建设期2年` or `2+18` inside.
fn with_parts(whole: &str, inside: &str) -> Option<Term> {
    let years = length(whole_term(whole))?;
    if let Some((build, operation)) = inside.split_once('+')
        && let (Some(build), Some(operation)) = (length(build), length(operation))
    {
        return Some(Term { years, build_years: Some(build), operation_years: Some(operation) });
    }
    let excluded = inside.starts_with("不含") || inside.starts_with("不包括");
    let (build_years, operation_years) = parts(inside)?;
    let years = if excluded { years.checked_add(build_years?)? } else { years };
    Some(Term { years, build_years, operation_years })
}

/// `建设期2年+运营期28年`, where the term is the sum.
fn only_parts(text: &str) -> Option<Term> {
    let (build, operation) = parts(text)?;
    Some(Term { years: build?.checked_add(operation?)?, build_years: build, operation_years: operation })
}

/// `合作期30年,其中建设期2年`, without brackets.
fn whole_and_parts(text: &str) -> Option<Term> {
    let (at, mark) = text.char_indices().find(|(_, c)| SEPARATORS.contains(c) && *c != '+')?;
    with_parts(&text[..at], &text[at + mark.len_utf8()..])
}

fn only_whole(text: &str) -> Option<Term> {
    Some(Term { years: length(whole_term(text))?, build_years: None, operation_years: None })
}

/// The times of building and of operation in a text; None if it has anything else.
fn parts(text: &str) -> Option<(Option<Decimal>, Option<Decimal>)> {
    let (mut build, mut operation) = (None, None);
    for piece in text.split(SEPARATORS) {
        let leads = ["不含", "不包括", "其中", "包含", "包括", "含"];
        let piece = leads.iter().fold(piece, |piece, lead| piece.strip_prefix(lead).unwrap_or(piece));
        let piece = piece.trim_start_matches([':', '：']);
        // Both 建设期2年 and 2年建设期 are written.
        let named = |names: [&'static str; 4]| {
            names
                .iter()
                .find_map(|name| piece.strip_prefix(name).or_else(|| piece.strip_suffix(name)))
                .map(after_colon)
        };
        if let Some(rest) = named(["建设期限", "建设期", "建设", "建造期"]) {
            build = Some(length(rest)?);
        } else {
            operation = Some(length(named(["运营期限", "运营期", "运营", "经营期"])?)?);
        }
    }
    (build.is_some() || operation.is_some()).then_some((build, operation))
}

/// The text without the colon, 为 or 共 it begins with.
fn after_colon(text: &str) -> &str {
    text.trim_start_matches([':', '：', '为', '共', '约'])
}

/// The text without a name such as 合作期 before the number.
fn whole_term(text: &str) -> &str {
    let names = ["合作期限", "合作期", "特许经营期限", "特许经营期", "合同期限", "期限", "总期限"];
    after_colon(names.iter().find_map(|name| text.strip_prefix(name)).unwrap_or(text))
}

/// A length of time in years: `25`, `25年`, `二十年`, `2年零6个月`, `2年半`, `36个月`.
fn length(text: &str) -> Option<Decimal> {
    if let Some(years) = text.strip_suffix("年半") {
        return figure(years)?.checked_add(Decimal::new(5, 1));
    }
    let (years, months) = match text.split_once('年') {
        Some((years, months)) => (figure(years)?, months.trim_start_matches(['零', '又'])),
        None if text.ends_with('月') => (Decimal::ZERO, text),
        None => (figure(text)?, ""),
    };
    if months.is_empty() {
        return Some(years);
    }
    let months = figure(months.strip_suffix("个月").or_else(|| months.strip_suffix('月'))?)?;
    years.checked_add(ratio(months, Decimal::new(12, 0), 4)?.normalized())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(text: &str) -> String {
        let part = |years: Option<Decimal>| years.map_or_else(|| "-".to_owned(), |years| years.to_string());
        match Term::parse(text) {
            Ok(term) => format!("{} {} {}", term.years, part(term.build_years), part(term.operation_years)),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn every_spelling_of_a_term_is_read() {
        for (text, term) in [
            ("30年(含建设期2年)", "30 2 -"),
            ("30年（含建设期2年）", "30 2 -"),
            ("30年(其中:建设期2年,运营期28年)", "30 2 28"),
            ("30年（其中建设期2年、运营期28年）", "30 2 28"),
            ("30年(建设期24个月)", "30 2 -"),
            ("30年(不含建设期2年)", "32 2 -"),
            ("20年(2+18)", "20 2 18"),
            ("25", "25 - -"),
            ("25年", "25 - -"),
            ("２５年", "25 - -"),
            ("2.5年", "2.5 - -"),
            ("2年零6个月", "2.5 - -"),
            ("2年6个月", "2.5 - -"),
            ("2年半", "2.5 - -"),
            ("36个月", "3 - -"),
            ("7个月", "0.5833 - -"),
            ("建设期2年+运营期28年", "30 2 28"),
            ("建设期2年,运营期28年", "30 2 28"),
            ("建设期18个月+运营期10年", "11.5 1.5 10"),
            ("二十年", "20 - -"),
            ("三十年(含建设期两年)", "30 2 -"),
            ("合作期限:30年", "30 - -"),
            ("30年(含2年建设期)", "30 2 -"),
            ("合作期30年,其中建设期2年,运营期28年", "30 2 28"),
            ("14年(建设4+运营10)", "14 4 10"),
            ("建设3年运营30年", "not a term of years"),
        ] {
            assert_eq!(shown(text), term, "{text}");
        }
    }

    #[test]
    fn what_is_no_term_is_refused() {
        for text in [
            "长期",
            "20-30年",
            "年",
            "建设期2年",
            "30年(待定)",
            "30年(含建设期)",
            "30年(含建设期2年",
            "三十",
            "5天",
        ] {
            let expected = if text == "三十" { "30 - -" } else { "not a term of years" };
            assert_eq!(shown(text), expected, "{text}");
        }
        assert_eq!(Term::parse("0年"), Err(TermError::NotPositive));
        assert_eq!(Term::parse("-3"), Err(TermError::NotPositive));
        assert_eq!(Term::parse(""), Err(TermError::Empty));
    }

    #[test]
    fn parts_that_do_not_add_up_are_left_to_the_rules() {
        assert_eq!(shown("20年(2+20)"), "20 2 20");
    }

    proptest! {
        #[test]
        fn no_text_panics(text in any::<String>(), near in "[0-9二十.]{0,4}[年个月零半]{0,4}[(（]?[含建设期运营0-9+年]{0,10}[)）]?") {
            let _ = (Term::parse(&text), Term::parse(&near));
        }
    }
}
