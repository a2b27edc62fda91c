//! Chinese numerals, and figures that mix them with digits (`1亿2千万`, `12亿3000万`).
//!
//! The crate `chinese-number` reads pure words; what it refuses (several digits before a word, decimals) is
//! split here at 亿 and 万. Nothing here knows about money or dates.

use crate::decimal::Decimal;
use chinese_number::{ChineseCountMethod, ChineseToNumber};

/// No number in words is longer; it also bounds how often 亿 and 万 can nest.
const LONGEST: usize = 40;

/// The number a whole text says, in digits, words or both: `12.5`, `一百二十三`, `壹仟贰佰万`, `12亿3000万`.
///
/// None if it is no number, is ambiguous (`12亿5`), or does not fit a [`Decimal`].
#[must_use]
pub fn figure(text: &str) -> Option<Decimal> {
    if let Ok(plain) = Decimal::parse(text) {
        return Some(plain);
    }
    if text.starts_with(['-', '+', '负', '負']) || text.chars().count() > LONGEST {
        return None;
    }
    let split = || match text.contains(['亿', '億']) {
        true => split_at(text, ['亿', '億'], 8),
        false => split_at(text, ['万', '萬'], 4).or_else(|| small(text)),
    };
    words(text).or_else(split)
}

/// Digits written as Chinese words without place names, as in the years 二〇一六 and 二○一六.
///
/// At most nine digits. None if any character is something else.
#[must_use]
pub fn digits(text: &str) -> Option<u32> {
    let count = text.chars().count();
    if count == 0 || count > 9 {
        return None;
    }
    // O for zero stands among Chinese digits; among ASCII ones it is a misreading that somebody should see.
    if text.contains(['O', 'o']) && text.contains(|c: char| matches!(c, '1'..='9')) {
        return None;
    }
    text.chars().try_fold(0_u32, |sum, c| Some(sum * 10 + digit(c)?))
}

/// One digit: ASCII, Chinese, or one of the circles used for zero.
fn digit(c: char) -> Option<u32> {
    match c {
        '〇' | '○' | '零' | 'O' | 'o' | '◯' => Some(0),
        _ => c
            .to_digit(10)
            .or_else(|| "一二三四五六七八九".chars().position(|d| d == c).map(|at| at as u32 + 1)),
    }
}

/// Every word a whole number may be written with, small, capital and traditional.
const WORDS: &str = "〇零一二三四五六七八九两壹贰叁肆伍陆柒捌玖弍貳叄參陸兩十百千万亿拾佰仟萬億";

/// A number wholly in words, or with single digits before the words (`1千2百`).
fn words(text: &str) -> Option<Decimal> {
    let text = text.replace('廿', "二十").replace('卅', "三十").replace('○', "〇");
    // The crate asserts on words of its own beyond these (角, 兆 and others), so it never sees them.
    if !text.chars().all(|c| c.is_ascii_digit() || WORDS.contains(c)) {
        return None;
    }
    let whole: i64 = text.as_str().to_number(ChineseCountMethod::TenThousand).ok()?;
    Some(Decimal::new(whole, 0))
}

/// `high 亿 low` or `high 万 low`, where `low` is smaller than one of the word.
fn split_at(text: &str, word: [char; 2], power: u8) -> Option<Decimal> {
    let (high, low) = text.rsplit_once(word)?;
    let one = Decimal::new(10_i64.checked_pow(power.into())?, 0);
    let high = figure(high)?.checked_mul(one)?;
    if low.is_empty() {
        return Some(high);
    }
    // 12亿5 says 12.5亿 to some and 12亿零5 to others.
    let bare = low.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '+' | '−'));
    if bare && (low.len() < 3 || !low.bytes().all(|b| b.is_ascii_digit())) {
        return None;
    }
    let low = figure(low.trim_start_matches(['零', '〇'])).filter(|_| low.chars().count() > 1)?;
    if low < one { high.checked_add(low) } else { None }
}

/// `3.5千`, `20百`: digits before one small place name.
fn small(text: &str) -> Option<Decimal> {
    let last = text.chars().last()?;
    let one = match last {
        '千' | '仟' => 1000,
        '百' | '佰' => 100,
        _ => return None,
    };
    let head = Decimal::parse(&text[..text.len() - last.len_utf8()]).ok()?;
    head.checked_mul(Decimal::new(one, 0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn figures_in_words_digits_and_both_are_read() {
        for (text, value) in [
            ("12.5", "12.5"),
            ("一亿二千万", "120000000"),
            ("壹仟贰佰万", "12000000"),
            ("一百二十三", "123"),
            ("1千2百", "1200"),
            ("1亿2千万", "120000000"),
            ("12亿3000万", "1230000000"),
            ("12亿零30万", "1200300000"),
            ("1.2亿", "120000000"),
            ("3.5千", "3500"),
            ("廿六", "26"),
            ("卅", "30"),
            ("两", "2"),
            ("叁佰贰拾伍万零陆", "3250006"),
            ("12万500", "120500"),
            ("一万亿", "1000000000000"),
        ] {
            assert_eq!(figure(text), Decimal::parse(value).ok(), "{text}");
        }
    }

    #[test]
    fn ambiguous_and_empty_figures_are_refused() {
        for text in [
            "",
            "万",
            "亿",
            "12亿5",
            "1亿20000万",
            "1万-500",
            "1万2.5",
            "12万20",
            "1万-2万",
            "一二三",
            "亿亿亿",
            "-",
            "负五",
            "1.2.3",
            "abc",
        ] {
            assert_eq!(figure(text), None, "{text}");
        }
    }

    #[test]
    fn a_long_text_is_refused_before_it_is_split() {
        assert_eq!(figure(&"万".repeat(100_000)), None);
        assert_eq!(figure(&"一亿".repeat(100_000)), None);
    }

    #[test]
    fn years_are_read_digit_by_digit() {
        for year in ["二〇一六", "二○一六", "二零一六", "二O一六", "2016"] {
            assert_eq!(digits(year), Some(2016), "{year}");
        }
        assert_eq!(digits("2O16"), None);
        assert_eq!(digits("二十六"), None);
        assert_eq!(digits(""), None);
        assert_eq!(digits("1234567890"), None);
    }

    proptest! {
        #[test]
        fn no_text_panics(text in any::<String>(), near in "[0-9一二三十百千万亿零廿.,负]{0,30}") {
            let _ = (figure(&text), digits(&text), figure(&near), digits(&near));
        }
    }
}
