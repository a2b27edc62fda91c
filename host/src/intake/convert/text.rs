//! Text, code lists, and yes or no.

use super::{Converter, Read};
use crate::intake::batch::Why;
use crate::intake::cell::Cell;
use mingcha_values::text::{key, trimmed};
use std::borrow::Cow;

/// Keys that mean yes.
const YES: [&str; 14] = ["是", "有", "y", "yes", "true", "t", "1", "√", "✓", "✔", "☑", "▲", "●", "对"];

/// Keys that mean no.
const NO: [&str; 15] = ["否", "无", "n", "no", "false", "f", "0", "×", "✗", "✘", "x", "不", "非", "☐", "□"];

/// From here on a number has more digits than a spreadsheet keeps.
const DIGITS_LOST_FROM: f64 = 1e15;

impl Converter<'_> {
    /// Text, or the value of the code it spells.
    pub(crate) fn text<'c>(&'c self, cell: &'c Cell<'_>) -> Read<Cow<'c, str>> {
        if let Some(read) = self.common(cell) {
            return read.map(|()| Cow::Borrowed(""));
        }
        let lost = match cell {
            Cell::Number { value, .. } => value.abs() >= DIGITS_LOST_FROM,
            Cell::Text(text) => is_cut_by_excel(text),
            _ => false,
        };
        if lost {
            return Read::Unreadable(Why::DigitsLost);
        }
        let shown = cell.shown();
        let code = if self.codes.is_empty() { None } else { self.codes.get(&key(&shown)) };
        Read::Value(code.map_or(shown, |value| Cow::Borrowed(*value)))
    }

    /// 1 for yes, 0 for no.
    pub(crate) fn flag(&self, cell: &Cell<'_>) -> Read<u8> {
        if let Some(read) = self.common(cell) {
            return read.map(|()| 0);
        }
        let key = match cell {
            Cell::Flag(flag) => return Read::Value(u8::from(*flag)),
            other => key(&other.shown()),
        };
        let key = self.codes.get(&key).map_or(key, |value| super::key(value));
        match (YES.contains(&key.as_str()), NO.contains(&key.as_str())) {
            (true, _) => Read::Value(1),
            (_, true) => Read::Value(0),
            _ => Read::Unreadable(Why::NotAFlag),
        }
    }
}

/// `9.1E+17`: what a spreadsheet leaves of a code of eighteen digits when it is saved as text.
fn is_cut_by_excel(text: &str) -> bool {
    let text = trimmed(text);
    let Some((mantissa, exponent)) = text.split_once("E+").or_else(|| text.split_once("e+")) else {
        return false;
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let (whole, decimals) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
    whole.len() == 1 && digits(whole) && digits(decimals) && exponent.len() == 2 && digits(exponent)
}
