//! Measurements and counts.

use super::{Converter, Measure, Read};
use crate::intake::batch::Why;
use crate::intake::cell::{Cell, fifteen_digits};
use mingcha_values::decimal::Decimal;
use mingcha_values::degrees::parse_degrees;
use mingcha_values::text::{half_width, key, trimmed};
use std::borrow::Cow;

/// Spellings of one unit; the first is the key of the others.
const SAME: [&[&str]; 11] = [
    &["mg/l", "毫克/升", "毫克每升"],
    &["mg/m3", "毫克/立方米", "mg/nm3", "毫克每立方米"],
    &["μg/m3", "微克/立方米", "ug/m3"],
    &["t", "吨"],
    &["kg", "千克", "公斤"],
    &["天", "日", "d"],
    &["小时", "h", "时"],
    &["年", "a"],
    &["m2", "平方米"],
    &["m3", "立方米"],
    &["db(a)", "db", "分贝", "dba"],
];

/// What may follow a count.
const COUNTERS: [&str; 12] = ["个", "家", "次", "项", "人", "天", "户", "件", "条", "例", "起", "处"];

/// Whether two spellings mean one unit.
pub(super) fn same_unit(one: &str, other: &str) -> bool {
    let (one, other) = (key(one), key(other));
    one == other || SAME.iter().any(|same| same.contains(&one.as_str()) && same.contains(&other.as_str()))
}

/// Whether a word in the brackets of a header is a unit and not a note.
pub(super) fn looks_like_unit(word: &str) -> bool {
    let word = key(word);
    SAME.iter().any(|same| same.contains(&word.as_str())) || word == "%" || word == "‰" || word == "月"
}

impl Converter<'_> {
    /// A measurement of digits alone (`-12.34`), where that is all there is to it.
    #[inline]
    pub(crate) fn quick_number(&self, bytes: &[u8]) -> Option<f64> {
        if self.takes_plain_numbers { quick_number(bytes) } else { None }
    }

    /// A measurement.
    pub(crate) fn number(&self, cell: &Cell<'_>) -> Read<f64> {
        if let Some(read) = self.common(cell) {
            return read.map(|()| 0.0);
        }
        if let Measure::Money { .. } = self.measure {
            return self.money(cell, 6).map(|units| Decimal::new(units, 6).to_f64());
        }
        let read = match cell {
            Cell::Number { value, percent: true } if self.measure == Measure::Percent => {
                Read::Value(fifteen_digits(value * 100.0))
            }
            Cell::Number { value, .. } => Read::Value(fifteen_digits(*value)),
            Cell::Text(text) => self.number_in(text),
            _ => Read::Unreadable(Why::NotANumber),
        };
        match read {
            Read::Value(value) if !value.is_finite() => Read::Unreadable(Why::TooLarge),
            Read::Value(_) if self.measure == Measure::Foreign => Read::Unreadable(Why::ForeignUnit),
            read => read,
        }
    }

    fn number_in(&self, text: &str) -> Read<f64> {
        if self.detection && self.is_below_detection(text) {
            return Read::Value(0.0);
        }
        if self.declared.unit.as_deref() == Some("°")
            && let Some(degrees) = parse_degrees(text)
        {
            return Read::Value(fifteen_digits(degrees));
        }
        let bare = self.without_unit(text);
        if let Some(value) = plain_number(&bare) {
            return Read::Value(value);
        }
        let scientific =
            bare.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+' | b'e' | b'E'));
        match bare.parse() {
            Ok(value) if scientific => Read::Value(value),
            _ => Read::Unreadable(Why::NotANumber),
        }
    }

    /// `未检出`, `<0.5`, `0.5L`: nothing was detected.
    fn is_below_detection(&self, text: &str) -> bool {
        let key = key(text);
        if self.codes.get(&key) == Some(&"ND") {
            return true;
        }
        let number = |text: &str| plain_number(&self.without_unit(text)).is_some();
        key.strip_prefix('<').is_some_and(number)
            || key.strip_suffix('l').is_some_and(|rest| plain_number(rest).is_some())
    }

    /// A count.
    pub(crate) fn integer(&self, cell: &Cell<'_>) -> Read<i64> {
        if let Some(read) = self.common(cell) {
            return read.map(|()| 0);
        }
        let whole = match cell {
            Cell::Number { value, .. } => decimal(*value),
            Cell::Text(text) => {
                let bare = self.without_unit(text);
                let bare = COUNTERS.iter().find_map(|counter| bare.strip_suffix(counter)).unwrap_or(&bare);
                Decimal::parse(bare).ok()
            }
            _ => None,
        };
        let Some(whole) = whole.map(Decimal::normalized) else { return Read::Unreadable(Why::NotANumber) };
        if whole.scale() > 0 { Read::Unreadable(Why::NotAWholeNumber) } else { Read::Value(whole.units()) }
    }

    /// The text in half width, without the column's unit or a percent sign at its end.
    pub(super) fn without_unit<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let text = half_width(trimmed(text));
        let strip = |text: &str| {
            let digits_end = text.rfind(|c: char| c.is_ascii_digit()).map_or(0, |at| at + 1);
            let suffix = trimmed(text.get(digits_end..).unwrap_or_default());
            let percent = self.measure == Measure::Percent && matches!(suffix, "%" | "％");
            let unit = self
                .declared
                .unit
                .as_deref()
                .is_some_and(|unit| !suffix.is_empty() && same_unit(suffix, unit));
            if percent || unit { Some(digits_end) } else { None }
        };
        match (strip(&text), text) {
            (Some(end), Cow::Borrowed(text)) => Cow::Borrowed(&text[..end]),
            (Some(end), Cow::Owned(text)) => Cow::Owned(text[..end].to_owned()),
            (None, text) => text,
        }
    }
}

/// `-12.34` exactly: fifteen digits and a power of ten up to 10²² are exact, so their quotient is rounded once.
#[inline]
fn quick_number(bytes: &[u8]) -> Option<f64> {
    let (digits, negative) = match bytes {
        [b'-', digits @ ..] => (digits, true),
        digits => (digits, false),
    };
    if digits.is_empty() || digits.len() > 16 {
        return None;
    }
    let (mut whole, mut point) = (0_u64, None);
    for (at, byte) in digits.iter().enumerate() {
        match byte {
            b'0'..=b'9' => whole = whole * 10 + u64::from(byte - b'0'),
            b'.' if point.is_none() && at > 0 && at + 1 < digits.len() => point = Some(at + 1),
            _ => return None,
        }
    }
    let decimals = point.map_or(0, |point| digits.len() - point);
    if digits.len() - usize::from(point.is_some()) > 15 {
        return None;
    }
    let value = whole as f64 / TENS[decimals];
    Some(if negative { -value } else { value })
}

const TENS: [f64; 16] =
    [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

/// `-1,234.5` as a number.
fn plain_number(text: &str) -> Option<f64> {
    let bytes = text.as_bytes();
    let digits = |b: &u8| b.is_ascii_digit() || matches!(b, b'.' | b'-');
    if bytes.len() <= 17 && bytes.iter().all(digits) {
        return text.parse().ok();
    }
    Decimal::parse(text).ok().map(Decimal::to_f64)
}

/// A number of a workbook as its person sees it, with at most eighteen decimals.
pub(super) fn decimal(value: f64) -> Option<Decimal> {
    let text = crate::intake::cell::plain(value);
    let cut = text.find('.').map_or(text.len(), |point| text.len().min(point + 19));
    Decimal::parse(&text[..cut]).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_number_read_quickly_is_the_number_read_slowly(text in "-?[0-9]{0,9}[.]?[0-9]{0,9}|[-0-9.,e ]{0,8}") {
            if let Some(quick) = quick_number(text.as_bytes()) {
                prop_assert_eq!(Some(quick.to_bits()), text.parse::<f64>().ok().map(f64::to_bits));
                prop_assert_eq!(Some(quick), plain_number(&text));
            }
        }
    }
}
