//! Text that came from data, made harmless for the format it goes into: what a person sees stays what was written.

use mingcha_values::decimal::Decimal;

/// One cell of a CSV file: spreadsheet programs run what begins like a formula, so an apostrophe goes before it. Plain
/// numbers stay numbers.
#[must_use]
pub(super) fn csv_cell(text: &str) -> String {
    let shown = crate::visible_block(text);
    let acts = shown.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']);
    if acts && Decimal::parse(&shown).is_err() { format!("'{shown}") } else { shown }
}

/// Text within a line of Markdown: nothing of it is markup, a link, a mention or HTML.
#[must_use]
pub(super) fn markdown(text: &str) -> String {
    let shown = crate::visible(text);
    let mut escaped = String::with_capacity(shown.len() + 8);
    for character in shown.chars() {
        match character {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            '.' if ends_in_www(&escaped) => escaped.push_str("\\."),
            _ if "\\`*_{}[]()#+!|:@~$=^".contains(character) => escaped.extend(['\\', character]),
            _ => escaped.push(character),
        }
    }
    escaped
}

/// `www.` alone makes a link in GitHub's dialect.
fn ends_in_www(text: &str) -> bool {
    text.len() >= 3
        && text.is_char_boundary(text.len() - 3)
        && text[text.len() - 3..].eq_ignore_ascii_case("www")
}

/// Text of a SARIF message, in which brackets would be a link and braces a placeholder.
#[must_use]
pub(super) fn sarif(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for character in crate::visible(text).chars() {
        match character {
            '\\' | '[' | ']' => escaped.extend(['\\', character]),
            '{' | '}' => escaped.extend([character, character]),
            _ => escaped.push(character),
        }
    }
    escaped
}

/// A path as the URI of SARIF: relative, with everything but letters, figures and `/-._~` as percent codes.
#[must_use]
pub(super) fn uri(path: &str) -> String {
    use std::fmt::Write as _;
    path.bytes().fold(String::with_capacity(path.len() * 3), |mut uri, byte| {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            let _ = write!(uri, "%{byte:02X}");
        }
        uri
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_defused_and_numbers_are_not() {
        assert_eq!(csv_cell("=HYPERLINK(\"http://a\")"), "'=HYPERLINK(\"http://a\")");
        assert_eq!(csv_cell("@SUM(A1)"), "'@SUM(A1)");
        assert_eq!(csv_cell("＋1+cmd|' /C calc'!A0"), "'＋1+cmd|' /C calc'!A0");
        assert_eq!(csv_cell("-12.50"), "-12.50");
        assert_eq!(csv_cell("收费"), "收费");
    }

    #[test]
    fn markup_in_data_is_text() {
        assert_eq!(markdown("[a](http://b)"), "\\[a\\]\\(http\\://b\\)");
        assert_eq!(markdown("<b>|www.a.cn|"), "&lt;b&gt;\\|www\\.a.cn\\|");
        assert_eq!(markdown("12.5"), "12.5");
    }

    #[test]
    fn a_message_of_sarif_holds_no_link() {
        assert_eq!(sarif("[a](1) {0}"), "\\[a\\](1) {{0}}");
        assert_eq!(uri("昌吉市/a b.csv"), "%E6%98%8C%E5%90%89%E5%B8%82/a%20b.csv");
    }
}
