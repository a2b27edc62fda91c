//! One cell of a source, before anybody knows what it should be.

use mingcha_values::{date, text};
use std::borrow::Cow;

/// A cell as its file has it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cell<'a> {
    /// Nothing, or only space.
    Blank,
    /// Text as written, with its spaces.
    Text(Cow<'a, str>),
    /// Text with bytes that could not be decoded, shown as U+FFFD.
    Garbled(Cow<'a, str>),
    /// A number of a workbook; in per cent, if it is shown as such.
    Number {
        /// The stored value: 0.35 for 35 %.
        value: f64,
        /// Whether the cell's format is a percentage.
        percent: bool,
    },
    /// A day and time of a workbook, as a serial number of the 1900 calendar.
    Serial(f64),
    /// TRUE or FALSE of a workbook.
    Flag(bool),
    /// An error value of a formula.
    Fault(&'static str),
}

impl<'a> Cell<'a> {
    /// Text, or blank if it is only space.
    pub(crate) fn from_text(written: Cow<'a, str>) -> Self {
        if text::trimmed(&written).is_empty() { Cell::Blank } else { Cell::Text(written) }
    }

    pub(crate) fn is_blank(&self) -> bool {
        matches!(self, Cell::Blank)
    }

    /// Blank, a spelling of nothing, or a sign for the same as above.
    pub(crate) fn is_nothing(&self) -> bool {
        match self {
            Cell::Blank => true,
            // No such spelling has a digit, and most cells have.
            Cell::Text(text) => {
                text.len() <= 24
                    && !text.bytes().any(|byte| byte.is_ascii_digit())
                    && (text::is_blank_spelling(text) || text::is_ditto(text))
            }
            _ => false,
        }
    }

    /// What a person sees in the cell, trimmed.
    pub(crate) fn shown(&self) -> Cow<'_, str> {
        match self {
            Cell::Blank => Cow::Borrowed(""),
            Cell::Text(written) | Cell::Garbled(written) => Cow::Borrowed(text::trimmed(written)),
            Cell::Number { value, percent: true } => {
                Cow::Owned(format!("{}%", plain(fifteen_digits(value * 100.0))))
            }
            Cell::Number { value, percent: false } => Cow::Owned(plain(*value)),
            Cell::Serial(serial) => Cow::Owned(serial_shown(*serial)),
            Cell::Flag(flag) => Cow::Borrowed(if *flag { "TRUE" } else { "FALSE" }),
            Cell::Fault(fault) => Cow::Borrowed(fault),
        }
    }

    /// The same cell, for as long as this one is there.
    pub(crate) fn borrowed(&'a self) -> Cell<'a> {
        match self {
            Cell::Text(written) => Cell::Text(Cow::Borrowed(written)),
            Cell::Garbled(written) => Cell::Garbled(Cow::Borrowed(written)),
            Cell::Blank => Cell::Blank,
            Cell::Number { value, percent } => Cell::Number { value: *value, percent: *percent },
            Cell::Serial(serial) => Cell::Serial(*serial),
            Cell::Flag(flag) => Cell::Flag(*flag),
            Cell::Fault(fault) => Cell::Fault(fault),
        }
    }

    /// The same cell, owning its text.
    pub(crate) fn into_owned(self) -> Cell<'static> {
        match self {
            Cell::Text(written) => Cell::Text(Cow::Owned(written.into_owned())),
            Cell::Garbled(written) => Cell::Garbled(Cow::Owned(written.into_owned())),
            Cell::Blank => Cell::Blank,
            Cell::Number { value, percent } => Cell::Number { value, percent },
            Cell::Serial(serial) => Cell::Serial(serial),
            Cell::Flag(flag) => Cell::Flag(flag),
            Cell::Fault(fault) => Cell::Fault(fault),
        }
    }
}

/// A number without exponent and without digits that only binary arithmetic made.
pub(crate) fn plain(value: f64) -> String {
    format!("{}", fifteen_digits(value))
}

/// A number as spreadsheets keep it for people: fifteen significant digits.
pub(crate) fn fifteen_digits(value: f64) -> f64 {
    if value == value.trunc() && value.abs() < 1e15 {
        return value;
    }
    format!("{value:.14e}").parse().unwrap_or(value)
}

/// `2016-07-26`, with the time where there is one.
fn serial_shown(serial: f64) -> String {
    if serial.fract() == 0.0 {
        return date::from_excel_serial(serial, false).map_or_else(|| plain(serial), |day| day.to_string());
    }
    let instant = date::instant_from_excel_serial(serial, false);
    instant.map_or_else(|| plain(serial), |at| at.format("%Y-%m-%d %H:%M:%S").to_string())
}

/// The name of a column: 0 is `A`, 26 is `AA`.
pub(crate) fn column_name(mut position: u32) -> String {
    let mut letters = Vec::new();
    loop {
        letters.push(b'A' + (position % 26) as u8);
        if position < 26 {
            break;
        }
        position = position / 26 - 1;
    }
    letters.iter().rev().map(|&letter| char::from(letter)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_named_as_spreadsheets_name_them() {
        let names = [(0, "A"), (25, "Z"), (26, "AA"), (27, "AB"), (701, "ZZ"), (702, "AAA"), (16383, "XFD")];
        assert!(names.into_iter().all(|(position, name)| column_name(position) == name));
    }

    #[test]
    fn cells_show_what_a_person_sees() {
        assert_eq!(Cell::Number { value: 12.0, percent: false }.shown(), "12");
        assert_eq!(Cell::Number { value: 0.1 + 0.2, percent: false }.shown(), "0.3");
        assert_eq!(Cell::Number { value: 0.07, percent: true }.shown(), "7%");
        assert_eq!(Cell::Serial(42577.0).shown(), "2016-07-26");
        assert_eq!(Cell::Serial(42577.5).shown(), "2016-07-26 12:00:00");
        assert_eq!(Cell::from_text(" \u{3000}".into()), Cell::Blank);
        assert_eq!(Cell::Text(" 昌吉 ".into()).shown(), "昌吉");
    }
}
