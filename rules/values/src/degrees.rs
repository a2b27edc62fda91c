//! Angles as forms write them: `87.3`, `87°18′00″`, `东经87度18分`, `E87°18.5'`.
//!
//! Longitude or latitude is told by the column, not by the words about the figure; nobody here lies west or south.

use crate::text::{half_width, trimmed};

/// Degrees; `None` where the text is no angle, or minutes or seconds are sixty or more.
#[must_use]
pub fn parse_degrees(text: &str) -> Option<f64> {
    let text = half_width(trimmed(text)).to_uppercase().replace([' ', '\u{3000}', '\u{a0}'], "");
    let bare =
        ["东经", "北纬", "经度", "纬度"].iter().find_map(|word| text.strip_prefix(word)).unwrap_or(&text);
    let bare =
        bare.trim_start_matches([':', '：']).trim_start_matches(['E', 'N']).trim_end_matches(['E', 'N']);
    let (degrees, rest) = cut(bare, &["°", "º", "度"])?;
    let (minutes, rest) = part(rest, &["′", "'", "’", "分"])?;
    let (seconds, rest) = part(rest, &["″", "\"", "”", "''", "秒"])?;
    (rest.is_empty() && minutes < 60.0 && seconds < 60.0)
        .then_some(degrees + minutes / 60.0 + seconds / 3600.0)
}

/// The figure before one of the marks, and what comes after it.
fn cut<'a>(text: &'a str, marks: &[&str]) -> Option<(f64, &'a str)> {
    let (at, mark) = marks.iter().filter_map(|mark| Some((text.find(mark)?, mark))).min()?;
    let figure = &text[..at];
    let plain = !figure.is_empty() && figure.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    Some((figure.parse().ok().filter(|_| plain)?, &text[at + mark.len()..]))
}

/// The same, where the part may be missing.
fn part<'a>(text: &'a str, marks: &[&str]) -> Option<(f64, &'a str)> {
    if text.is_empty() { Some((0.0, text)) } else { cut(text, marks) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn degrees_minutes_and_seconds_are_read() {
        for (text, degrees) in [
            ("87°18′00″", 87.3),
            ("87°18'36\"", 87.31),
            ("东经87度18分36秒", 87.31),
            ("E 87°18.6′", 87.31),
            ("44°00′36″N", 44.01),
            ("87.3°", 87.3),
            ("８７度１８分", 87.3),
        ] {
            let read = parse_degrees(text).unwrap_or_default();
            assert!((read - degrees).abs() < 1e-9, "{text}: {read}");
        }
    }

    #[test]
    fn what_is_no_angle_is_refused() {
        for text in ["", "87.3", "87°60′", "87°18′75″", "东经", "87°18′36″左右", "°18′", "-87°"]
        {
            assert_eq!(parse_degrees(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_panics(text in any::<String>(), near in "[东经]{0,2}[0-9.]{0,4}[°度]?[0-9.]{0,4}[′分']?[0-9.]{0,4}[″秒\"]?") {
            let _ = (parse_degrees(&text), parse_degrees(&near));
        }
    }
}
