//! The matrix for a terminal.

use std::fmt::Write as _;

use textwrap::Options;

use super::{Matrix, extent, standing, summary};
use crate::manifest::Language;

/// As text of so many columns.
#[must_use]
pub fn text(matrix: &Matrix, language: Language, width: usize) -> String {
    let zh = language == Language::Zh;
    let mut out = String::new();
    wrapped(&mut out, "", &summary(matrix, language), width);
    let mut section = "";
    for duty in &matrix.duties {
        if duty.section != section {
            section = &duty.section;
            let _ = writeln!(out, "\n{section}");
        }
        let head = format!(
            "[{}] {} {} ({})",
            extent(duty.extent, language),
            duty.id,
            duty.title.get(language),
            duty.frequency.get(language)
        );
        entry(&mut out, &head, &duty.rules, duty.why.get(language), width);
    }
    let _ = writeln!(out, "\n{}", if zh { "条文" } else { "Articles" });
    for article in &matrix.articles {
        let space = if article.article.is_empty() { "" } else { " " };
        let standing = standing(article, language);
        let standing = if standing.is_empty() { standing } else { format!(" ({standing})") };
        let extent = extent(article.extent, language);
        let head = format!("[{extent}] {}{space}{}{standing}", article.document, article.article);
        entry(&mut out, &head, &article.rules, article.why.get(language), width);
    }
    let _ = writeln!(out, "\n{}", if zh { "不引条文的规则" } else { "Rules that rest on no article" });
    for rule in &matrix.without_basis {
        let why =
            rule.why.as_ref().map_or(if zh { "未说明" } else { "not said" }, |why| why.get(language));
        entry(&mut out, &rule.rule, &[], why, width);
    }
    out
}

fn entry(out: &mut String, head: &str, rules: &[String], why: &str, width: usize) {
    wrapped(out, "  ", head, width);
    if !rules.is_empty() {
        // Ids are not broken at their slash.
        let options = indented(RULES, RULES, width).word_separator(textwrap::WordSeparator::AsciiSpace);
        let _ = writeln!(out, "{}", textwrap::fill(&rules.join(" "), options));
    }
    wrapped(out, RULES, why, width);
}

/// What stands before rules and reasons.
const RULES: &str = "      ";

/// Further lines are indented at least a little.
fn wrapped(out: &mut String, indent: &str, text: &str, width: usize) {
    let further = if indent.is_empty() || indent == RULES { indent } else { "    " };
    let _ = writeln!(out, "{}", textwrap::fill(text, indented(indent, further, width)));
}

fn indented<'a>(first: &'a str, further: &'a str, width: usize) -> Options<'a> {
    Options::new(width)
        .initial_indent(first)
        .subsequent_indent(further)
        .word_splitter(textwrap::WordSplitter::NoHyphenation)
}
