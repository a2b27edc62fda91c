//! Names of fees as lists write them: numbering in front, restrictions in brackets behind.
//!
//! Two keys: one keeps the restriction, because `签证费(加急)` beside `签证费(普通)` is no repetition; the other drops
//! it, because a notice that ends `育林基金` also ends `育林基金(含维简费)`.

use mingcha_kit::values::text::{self, trimmed};

/// Marks people put before a name: levied on enterprises, new, changed.
const FLAGS: [char; 9] = ['▲', '△', '★', '☆', '※', '*', '●', '■', '◆'];
const CHINESE_DIGITS: &str = "一二三四五六七八九十百";

/// How deep a number stands: 0 a section `一、`, 1 `1.`, 2 `(1)` or `1.1`, 3 `①`. `None` where the text begins with none.
pub(crate) fn depth(text: &str) -> Option<u8> {
    numbering(trimmed(text).trim_start_matches(FLAGS)).map(|(depth, _)| depth)
}

/// The name without numbering and flags, otherwise as written.
pub(crate) fn unnumbered(name: &str) -> &str {
    let name = trimmed(trimmed(name).trim_start_matches(FLAGS));
    let rest = numbering(name).map_or(name, |(_, rest)| trimmed(rest).trim_start_matches(FLAGS));
    if rest.is_empty() { name } else { trimmed(rest) }
}

/// What identifies a name with its restrictions.
pub(crate) fn key(name: &str) -> String {
    text::key(unnumbered(name)).replace(['《', '》', '"', '、', ',', '*'], "")
}

/// What identifies a name whatever its restrictions.
pub(crate) fn bare_key(name: &str) -> String {
    let key = key(name);
    let bare = without_brackets(&key);
    if bare.is_empty() { key } else { bare }
}

/// Numbering at the front, and what follows it. Bare digits count only where a separator or nothing follows them:
/// `0-3岁婴幼儿` is a name.
fn numbering(text: &str) -> Option<(u8, &str)> {
    let first = text.chars().next()?;
    let after = &text[first.len_utf8()..];
    match first {
        '⒈'..='⒛' => Some((1, after)),
        '⑴'..='⒇' => Some((2, after)),
        '①'..='⑳' | '㉑'..='㉟' => Some((3, after)),
        '(' | '（' => {
            let (inside, rest) = after.split_once([')', '）'])?;
            counted(inside).map(|section| (if section { 0 } else { 2 }, rest))
        }
        _ if CHINESE_DIGITS.contains(first) => {
            let rest = text.trim_start_matches(|c| CHINESE_DIGITS.contains(c));
            separated(rest).map(|rest| (0, rest))
        }
        _ => decimal_numbering(text),
    }
}

/// `1`, `1.`, `1、`, `1)`, `1.2`, `1-2-3`.
fn decimal_numbering(text: &str) -> Option<(u8, &str)> {
    let mut depth = 0;
    let mut rest = text;
    loop {
        let digits = rest.trim_start_matches(is_digit);
        if digits.len() == rest.len() {
            return None;
        }
        depth += 1;
        let deeper = digits.strip_prefix(['.', '．', '-']).filter(|deeper| deeper.starts_with(is_digit));
        let Some(deeper) = deeper else {
            rest = digits;
            break;
        };
        rest = deeper;
    }
    if let Some(rest) = rest.strip_prefix([')', '）']) {
        return Some((3, rest));
    }
    separated(rest).map(|rest| (depth.min(3), rest))
}

/// What follows a separator; numbering may also be all there is.
fn separated(rest: &str) -> Option<&str> {
    if rest.is_empty() {
        return Some(rest);
    }
    rest.strip_prefix(|c: char| matches!(c, '.' | '．' | '、' | ',' | '，') || c.is_whitespace())
}

/// Whether the inside of brackets is a number, and then whether a Chinese one.
fn counted(inside: &str) -> Option<bool> {
    let inside = trimmed(inside);
    if inside.is_empty() {
        return None;
    }
    if inside.chars().all(is_digit) {
        return Some(false);
    }
    inside.chars().all(|c| CHINESE_DIGITS.contains(c)).then_some(true)
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

/// Without everything in round or square brackets, nested ones too.
fn without_brackets(key: &str) -> String {
    let mut open = 0_u32;
    let mut rest = String::with_capacity(key.len());
    for c in key.chars() {
        match c {
            '(' | '[' => open += 1,
            ')' | ']' => open = open.saturating_sub(1),
            _ if open == 0 => rest.push(c),
            _ => {}
        }
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_of_numbering_has_its_depth() {
        for (text, expected) in [
            ("一、", 0),
            ("一", 0),
            ("（二）", 0),
            ("十一、证照费", 0),
            ("1", 1),
            ("1.", 1),
            ("12、", 1),
            ("１．", 1),
            ("⒈", 1),
            ("(1)", 2),
            ("（12）", 2),
            ("⑴", 2),
            ("1.1", 2),
            ("3-2", 2),
            ("①", 3),
            ("1)", 3),
            ("1.1.1", 3),
            ("▲1.证照费", 1),
        ] {
            assert_eq!(depth(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn a_name_that_begins_with_a_figure_is_not_numbered() {
        for name in [
            "0-3岁婴幼儿早期教育费",
            "110千伏以上增容费",
            "12.5兆瓦",
            "一次性补偿费",
            "(含加急)认证费",
            "证照费",
            "",
        ] {
            assert_eq!(depth(name), None, "{name}");
            assert_eq!(unnumbered(name), name);
        }
    }

    #[test]
    fn names_are_equal_without_numbering_flags_and_width() {
        assert_eq!(key("(1)机动车号牌工本费"), key("▲ 机动车号牌工本费"));
        assert_eq!(key("①《护照》工本费"), key("护照工本费"));
        assert_ne!(key("签证费(加急)"), key("签证费（普通）"));
        assert_eq!(bare_key("签证费(加急)"), bare_key("签证费（普通）"));
        assert_eq!(bare_key("2.育林基金(含维简费(林业部门))"), "育林基金");
        assert_eq!(bare_key("(限于国家机关)"), key("(限于国家机关)"));
    }
}
