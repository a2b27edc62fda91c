//! Spelling of text: blanks, widths, and keys to compare by.
//!
//! Nothing here changes a cell: every function gives a slice or a copy, because the literal is what a report
//! quotes. `无` is not among the blanks: in some columns it is a legal answer, so the column decides.

use std::borrow::Cow;

/// Removes what only looks like nothing from both ends: white space, U+3000, U+00A0, U+200B, and the BOM.
#[must_use]
pub fn trimmed(text: &str) -> &str {
    text.trim_matches(is_space)
}

/// True for every character [`trimmed`] removes.
fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}' | '\u{a0}' | '\u{3000}')
}

/// Full-width digits and letters as ASCII, and full-width punctuation that belongs to a number or date.
///
/// Punctuation is changed only where a digit makes it part of a number: `１２，０００` becomes `12,000`, while the
/// comma of `共3项，其中` stays. Brackets are left alone; the parsers take both widths.
#[must_use]
pub fn half_width(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_full_width) {
        return Cow::Borrowed(text);
    }
    let all: Vec<char> = text.chars().collect();
    let digit = |at: Option<&char>| at.is_some_and(|c| narrow(*c).is_ascii_digit());
    let narrowed = all.iter().enumerate().map(|(at, &c)| {
        let before = at > 0 && digit(all.get(at - 1));
        let after = digit(all.get(at + 1));
        let belongs = match c {
            '，' | '．' | '：' | '／' | '～' => before && after,
            '－' | '＋' => after,
            '％' => before,
            _ => narrow(c).is_ascii_alphanumeric(),
        };
        if belongs { narrow(c) } else { c }
    });
    Cow::Owned(narrowed.collect())
}

/// True for U+FF01 to U+FF5E, the full-width copies of printable ASCII.
fn is_full_width(c: char) -> bool {
    ('\u{ff01}'..='\u{ff5e}').contains(&c)
}

/// The ASCII twin of a full-width character; any other character as it is.
pub(crate) fn narrow(c: char) -> char {
    if !is_full_width(c) {
        return c;
    }
    char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c)
}

/// A key to compare headers, names and units by; never to be shown.
///
/// One width, one form of brackets, dashes and quotes, no spaces, `SO₂` as `so2`, `m²` and `㎡` as `m2`,
/// `µ` (U+00B5) as `μ` (U+03BC), ASCII letters in lower case.
#[must_use]
pub fn key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !is_space(*c)) {
        match squared(c) {
            Some(letters) => key.push_str(letters),
            None => key.push(folded(c)),
        }
    }
    key
}

/// Unit signs that are one character and mean several.
fn squared(c: char) -> Option<&'static str> {
    Some(match c {
        '㎡' => "m2",
        '㎥' => "m3",
        '㎎' => "mg",
        '㎏' => "kg",
        '㎞' => "km",
        '㎜' => "mm",
        '㎝' => "cm",
        _ => return None,
    })
}

/// One character of a key.
fn folded(c: char) -> char {
    match c {
        '\u{2080}'..='\u{2089}' => shifted(c, 0x2080, '0'),
        '²' | '³' => shifted(c, 0xB2, '2'),
        '¹' => '1',
        'ₓ' => 'x',
        'µ' => 'μ',
        '【' | '〔' | '﹝' | '〖' => '[',
        '】' | '〕' | '﹞' | '〗' => ']',
        '–' | '—' | '―' | '−' | '─' => '-',
        '・' | '•' | '‧' | '∙' => '·',
        '“' | '”' => '"',
        '‘' | '’' => '\'',
        _ => narrow(c).to_ascii_lowercase(),
    }
}

/// The ASCII digit as far from `first` as `c` is from `base`.
fn shifted(c: char, base: u32, first: char) -> char {
    char::from_u32(u32::from(c) - base + u32::from(first)).unwrap_or(c)
}

/// True if a cell says nothing: empty, a dash or dots of any length, `/`, `\`, `N/A`, `null`, `暂无`, `待定`.
#[must_use]
pub fn is_blank_spelling(text: &str) -> bool {
    let key = key(text);
    let only = |mark: char| key.chars().all(|c| c == mark);
    only('-')
        || only('…')
        || (key.len() >= 3 && only('.'))
        || matches!(key.as_str(), "/" | "\\" | "n/a" | "null" | "暂无" | "待定")
}

/// True if a cell points to the one above: `同上`, `〃`, `″`, `同前`.
#[must_use]
pub fn is_ditto(text: &str) -> bool {
    matches!(trimmed(text), "同上" | "〃" | "″" | "同前")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn trimming_takes_the_spaces_nobody_sees() {
        assert_eq!(trimmed("\u{feff}\u{3000} 昌吉市\u{a0}\u{200b}\r\n"), "昌吉市");
        assert_eq!(trimmed("昌 吉"), "昌 吉");
    }

    #[test]
    fn full_width_numbers_become_ascii() {
        assert_eq!(half_width("１２，０００．５万元"), "12,000.5万元");
        assert_eq!(half_width("12，000万元"), "12,000万元");
        assert_eq!(half_width("２０１６－０７－２６　１４：００"), "2016-07-26　14:00");
        assert_eq!(half_width("５０％"), "50%");
        assert_eq!(half_width("ＤＡ００１"), "DA001");
    }

    #[test]
    fn punctuation_of_prose_keeps_its_width() {
        assert_eq!(half_width("共3项，其中：涉企（2项）"), "共3项，其中：涉企（2项）");
        assert!(matches!(half_width("共3项、涉企"), Cow::Borrowed(_)));
    }

    #[test]
    fn keys_of_the_same_header_are_equal() {
        assert_eq!(key("投资金额（万元）"), key(" 投资 金额(万元)"));
        assert_eq!(key("电话："), key("电话:"));
        assert_eq!(key("SO₂"), key("ＳＯ2"));
        assert_eq!(key("NOₓ"), key("NOx"));
        assert_eq!(key("PM₂.₅"), key("pm2.5"));
        assert_eq!(key("µg/m³"), key("μg/㎥"));
        assert_eq!(key("元/㎡"), key("元／m²"));
        assert_eq!(key("财税〔2016〕11号"), key("财税﹝2016﹞11号"));
    }

    #[test]
    fn every_spelling_of_nothing_is_blank() {
        let blanks =
            ["", " ", "\u{3000}", "-", "--", "—", "——", "－", "/", "／", "\\", "N/A", "n/a", "null", "NULL"];
        for blank in blanks.into_iter().chain(["暂无", "待定", "…", "……", "...", "......"]) {
            assert!(is_blank_spelling(blank), "{blank}");
        }
    }

    #[test]
    fn a_word_that_may_be_an_answer_is_not_blank() {
        for answer in ["无", "0", "否", "-5", "暂无收费", ".", "同上", "N", "A-"] {
            assert!(!is_blank_spelling(answer), "{answer}");
        }
    }

    #[test]
    fn dittos_are_known() {
        assert!(["同上", "〃", "″", " 同前 "].into_iter().all(is_ditto));
        assert!(!is_ditto("同上级规定"));
    }

    proptest! {
        #[test]
        fn no_text_panics_and_keys_are_stable(text in any::<String>()) {
            let _ = (trimmed(&text), half_width(&text), is_blank_spelling(&text), is_ditto(&text));
            let once = key(&text);
            prop_assert_eq!(key(&once), once);
        }

        #[test]
        fn half_width_is_stable(text in "[０-９，．：0-9,年月（）－ａ]{0,12}") {
            let once = half_width(&text).into_owned();
            prop_assert_eq!(half_width(&once).into_owned(), once);
        }
    }
}
