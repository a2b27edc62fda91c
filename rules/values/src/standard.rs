//! Fee standards: a price or rate, perhaps a range or ceiling, and what it is charged per.
//!
//! `0.019-0.033元/吨·公里`, `≤120元/件`, `3‰`, `每人次50元`. One standard per text: a cell that lists several
//! (`1.整车货物:… 2.…`) is refused, because which one applies is a question for a reader.

use crate::amount::Unit;
use crate::decimal::Decimal;
use crate::text::{half_width, trimmed};
use std::fmt;

/// What a standard counts in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// A sum of money.
    Money(Unit),
    /// Hundredths of a base, %.
    Percent,
    /// Thousandths of a base, ‰.
    PerMille,
}

/// One fee standard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standard {
    /// The least that may be charged; None if the text gives only a ceiling.
    pub min: Option<Decimal>,
    /// The most that may be charged; None if the text gives only a floor. Equal to `min` for a fixed price.
    pub max: Option<Decimal>,
    /// What `min` and `max` count in; None for a bare number.
    pub measure: Option<Measure>,
    /// What is counted, as written: `件`, `吨·公里`, `次/天`. None if the text does not say.
    pub per: Option<String>,
}

/// Why a text is no fee standard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StandardError {
    /// Nothing but space.
    Empty,
    /// No number, several standards, or words around the number.
    Unrecognised,
    /// A range whose ends are the wrong way round or count in different things.
    Range,
}

impl fmt::Display for StandardError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "empty",
            Self::Unrecognised => "not one fee standard",
            Self::Range => "the ends of the range do not fit together",
        })
    }
}

impl std::error::Error for StandardError {}

/// Words that make the number a ceiling or a floor.
const CEILING: [&str; 9] = ["≤", "<=", "＜", "<", "不超过", "不高于", "最高不超过", "最高", "上限"];
const FLOOR: [&str; 8] = ["≥", ">=", "＞", ">", "不低于", "不少于", "最低", "下限"];

#[derive(Clone, Copy, PartialEq)]
enum Bound {
    Fixed,
    Ceiling,
    Floor,
}

impl Standard {
    /// Reads one standard. Ranges are joined by `-`, `—`, `~`, `～`, `至` or `到`.
    ///
    /// # Errors
    /// [`StandardError`].
    pub fn parse(text: &str) -> Result<Self, StandardError> {
        let text =
            half_width(trimmed(text)).replace([' ', '\u{3000}', '\u{a0}'], "").replace(['圆', '块'], "元");
        if text.is_empty() {
            return Err(StandardError::Empty);
        }
        let (per_before, rest) = per_before(&text);
        let (bound, rest) = bound_before(rest);
        let (first, first_measure, rest) = value(rest).ok_or(StandardError::Unrecognised)?;
        let joined = ["--", "——", "-", "—", "–", "~", "～", "至", "到"]
            .iter()
            .find_map(|mark| rest.strip_prefix(mark));
        let (last, measure, rest) = match joined {
            Some(rest) => value(rest).ok_or(StandardError::Unrecognised)?,
            None => (first, first_measure, rest),
        };
        if first > last || first_measure.is_some_and(|m| Some(m) != measure) {
            return Err(StandardError::Range);
        }
        let (rest, bound) = bound_after(rest, bound);
        let per = per_before.or(per_after(rest)?);
        let min = (bound != Bound::Ceiling).then_some(first);
        let max = (bound != Bound::Floor).then_some(last);
        Ok(Self { min, max, measure, per })
    }
}

/// `每件` and `每人次` before the number.
fn per_before(text: &str) -> (Option<String>, &str) {
    let Some(rest) = text.strip_prefix('每') else { return (None, text) };
    let starts = |at: &usize| {
        let tail = &rest[*at..];
        tail.starts_with(|c: char| c.is_ascii_digit())
            || CEILING.iter().chain(&FLOOR).any(|word| tail.starts_with(word))
    };
    match rest.char_indices().map(|(at, _)| at).find(starts) {
        Some(at) if at > 0 => (Some(rest[..at].to_owned()), &rest[at..]),
        _ => (None, text),
    }
}

/// `≤`, `不超过` and their like before the number.
fn bound_before(text: &str) -> (Bound, &str) {
    let cut = |words: &'static [&str]| {
        words.iter().filter_map(|word| text.strip_prefix(word)).min_by_key(|rest| rest.len())
    };
    match (cut(&CEILING), cut(&FLOOR)) {
        (Some(rest), _) => (Bound::Ceiling, rest),
        (None, Some(rest)) => (Bound::Floor, rest),
        (None, None) => (Bound::Fixed, text),
    }
}

/// `以下`, `以内`, `以上` and `起` at the end.
fn bound_after(text: &str, bound: Bound) -> (&str, Bound) {
    let cut = |words: [&str; 2]| words.iter().find_map(|word| text.strip_suffix(word));
    match (cut(["以下", "以内"]), cut(["以上", "起"])) {
        (Some(rest), _) => (rest, Bound::Ceiling),
        (None, Some(rest)) => (rest, Bound::Floor),
        (None, None) => (text, bound),
    }
}

/// A number with what it counts in, and the rest of the text.
fn value(text: &str) -> Option<(Decimal, Option<Measure>, &str)> {
    let end = text.find(|c: char| !matches!(c, '0'..='9' | '.' | ',')).unwrap_or(text.len());
    let number = Decimal::parse(&text[..end]).ok()?;
    let rest = &text[end..];
    if let Some(rest) = rest.strip_prefix(['%', '％']) {
        return Some((number, Some(Measure::Percent), rest));
    }
    if let Some(rest) = rest.strip_prefix('‰') {
        return Some((number, Some(Measure::PerMille), rest));
    }
    match Unit::prefix(rest) {
        Some((unit, rest)) => Some((number, Some(Measure::Money(unit)), rest)),
        None => Some((number, None, rest)),
    }
}

/// `/件` and `每件` after the number; None if the text ends there.
fn per_after(text: &str) -> Result<Option<String>, StandardError> {
    if text.is_empty() {
        return Ok(None);
    }
    let per =
        text.strip_prefix(['/', '／', '每']).filter(|per| !per.is_empty() && !per.contains(is_another_value));
    per.map(|per| Some(per.to_owned())).ok_or(StandardError::Unrecognised)
}

/// A counting unit has no digits (but `m2`, `m3`) and no sentence marks.
fn is_another_value(c: char) -> bool {
    (c.is_ascii_digit() && !matches!(c, '2' | '3'))
        || matches!(c, ',' | ';' | ':' | '。' | '，' | '；' | '：' | '元')
}

/// As written in a form: `0.019-0.033元/吨·公里`, `≤120元/件`.
impl fmt::Display for Standard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.min, self.max) {
            (Some(min), Some(max)) if min == max => write!(f, "{max}")?,
            (Some(min), Some(max)) => write!(f, "{min}-{max}")?,
            (None, Some(max)) => write!(f, "≤{max}")?,
            (Some(min), None) => write!(f, "≥{min}")?,
            (None, None) => {}
        }
        f.write_str(match self.measure {
            Some(Measure::Money(unit)) => unit.name(),
            Some(Measure::Percent) => "%",
            Some(Measure::PerMille) => "‰",
            None => "",
        })?;
        self.per.as_ref().map_or(Ok(()), |per| write!(f, "/{per}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(text: &str) -> String {
        Standard::parse(text).map_or_else(|error| error.to_string(), |standard| standard.to_string())
    }

    #[test]
    fn prices_ranges_ceilings_and_rates_are_read() {
        for (text, standard) in [
            ("0.019-0.033元/吨·公里", "0.019-0.033元/吨·公里"),
            ("0.019元—0.033元/吨.公里", "0.019-0.033元/吨.公里"),
            ("≤120元/件", "≤120元/件"),
            ("不超过120元/件", "≤120元/件"),
            ("最高不超过120元/件", "≤120元/件"),
            ("120元/件以下", "≤120元/件"),
            ("≥5元/次", "≥5元/次"),
            ("50元/人次", "50元/人次"),
            ("1.05元/升", "1.05元/升"),
            ("220元/吨·月", "220元/吨·月"),
            ("５０元／人次", "50元/人次"),
            ("每件120元", "120元/件"),
            ("每平方米不超过30元", "≤30元/平方米"),
            ("120元每件", "120元/件"),
            ("10元/次/天", "10元/次/天"),
            ("5元/m2", "5元/m2"),
            ("2万元/宗", "2万元/宗"),
            ("3‰", "3‰"),
            ("0.5%-1%", "0.5-1%"),
            ("50元", "50元"),
            ("50", "50"),
        ] {
            assert_eq!(shown(text), standard, "{text}");
        }
    }

    #[test]
    fn a_range_knows_its_ends() {
        let fee = Standard::parse("0.019-0.033元/吨·公里").expect("a standard");
        assert_eq!((fee.min, fee.max), (Decimal::parse("0.019").ok(), Decimal::parse("0.033").ok()));
        assert_eq!(fee.measure, Some(Measure::Money(Unit::Yuan)));
        assert_eq!(fee.per.as_deref(), Some("吨·公里"));
        let ceiling = Standard::parse("≤120元/件").expect("a standard");
        assert_eq!((ceiling.min, ceiling.max), (None, Some(Decimal::new(120, 0))));
    }

    #[test]
    fn a_number_without_a_unit_says_so() {
        let bare = Standard::parse("50").expect("a number");
        assert_eq!((bare.measure, bare.per), (None, None));
    }

    #[test]
    fn what_is_not_one_standard_is_refused() {
        for text in [
            "免费",
            "按规定执行",
            "1.整车货物:0.019元/吨公里 2.零担0.033元",
            "50元/人,儿童25元/人",
            "元/件",
            "50元/",
        ] {
            assert_eq!(Standard::parse(text), Err(StandardError::Unrecognised), "{text}");
        }
        assert_eq!(Standard::parse("5-3元/件"), Err(StandardError::Range));
        assert_eq!(Standard::parse("5角-3元/件"), Err(StandardError::Range));
        assert_eq!(Standard::parse(" "), Err(StandardError::Empty));
    }

    proptest! {
        #[test]
        fn no_text_panics(text in any::<String>(), near in "[每≤不超过]{0,3}[0-9.]{0,5}[-~至]?[0-9.]{0,5}[元万%‰]{0,2}[/每件以下]{0,4}") {
            let _ = (Standard::parse(&text), Standard::parse(&near));
        }

        #[test]
        fn a_shown_standard_reads_back(text in "≤?[1-9][0-9]{0,3}(\\.[0-9]{1,3})?(元|万元|%|‰)(/(件|吨·公里|次))?") {
            let standard = Standard::parse(&text);
            prop_assert_eq!(standard.clone().and_then(|s| Standard::parse(&s.to_string())), standard);
        }
    }
}
