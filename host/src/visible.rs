//! Text that came from outside, made safe to show: what could act on a terminal or turn the reading order stays visible
//! as its code point instead.

use std::fmt::Write as _;

/// One line: control characters, line ends among them, and bidi controls become `<U+001B>`.
#[must_use]
pub fn visible(text: &str) -> String {
    escape(text, |_| false)
}

/// Several lines: line ends and tabs stay.
#[must_use]
pub fn visible_block(text: &str) -> String {
    escape(text, |character| character == '\n' || character == '\t')
}

/// JSON in which nothing acts on a terminal: such characters stand as `\\u` escapes, which mean the same.
#[must_use]
pub(crate) fn json_safe(json: String) -> String {
    let is_safe = |character: char| !acts(character) || matches!(character, '\n' | '\r' | '\t');
    if json.chars().all(is_safe) {
        return json;
    }
    let mut safe = String::with_capacity(json.len());
    for character in json.chars() {
        if is_safe(character) {
            safe.push(character);
            continue;
        }
        for unit in character.encode_utf16(&mut [0; 2]) {
            let _ = write!(safe, "\\u{unit:04x}");
        }
    }
    safe
}

fn escape(text: &str, keep: impl Fn(char) -> bool) -> String {
    if !text.chars().any(|character| acts(character) && !keep(character)) {
        return text.to_owned();
    }
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        if acts(character) && !keep(character) {
            let _ = write!(shown, "<U+{:04X}>", u32::from(character));
        } else {
            shown.push(character);
        }
    }
    shown
}

/// Control characters, and those that change the direction of text or hide in it.
fn acts(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{061c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}' | '\u{e0000}'..='\u{e007f}')
}

/// At most so many characters, with an ellipsis where something was cut.
#[must_use]
pub fn cut(text: &str, characters: usize) -> String {
    match text.char_indices().nth(characters) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_and_bidi_marks_are_shown_not_obeyed() {
        assert_eq!(visible("红\u{1b}[31m字\u{202e}abc"), "红<U+001B>[31m字<U+202E>abc");
    }

    #[test]
    fn a_block_keeps_its_line_ends() {
        assert_eq!(visible_block("一\n二\u{7}"), "一\n二<U+0007>");
        assert_eq!(visible("一\n二"), "一<U+000A>二");
    }

    #[test]
    fn json_with_escapes_means_what_it_meant() {
        let safe = json_safe("\"a\u{202e}b\u{e0001}\u{7f}\"".to_owned());
        assert_eq!(safe, "\"a\\u202eb\\udb40\\udc01\\u007f\"");
        assert_eq!(serde_json::from_str::<String>(&safe).ok().as_deref(), Some("a\u{202e}b\u{e0001}\u{7f}"));
    }

    #[test]
    fn cutting_counts_characters() {
        assert_eq!(cut("收费目录清单", 3), "收费目…");
        assert_eq!(cut("收费", 3), "收费");
    }
}
