//! The checks intake makes itself, in the shape of a pack's manifest, so that reports treat them like any other.

mod pages;
mod structure;

use crate::manifest::{Manifest, Message, Presence, Reading, Rule, Scope, Severity, Text};
use std::sync::OnceLock;

/// A cell is not of its column's kind; messages in the order of [`Why`](super::Why).
pub const UNREADABLE_CELL: u16 = 0;
/// Bytes are no text in the file's encoding.
pub const UNDECODABLE_BYTES: u16 = 1;
/// A record has more (message 1) or fewer (message 0) cells than the header.
pub const RAGGED_RECORD: u16 = 2;
/// Text stands behind a closing quote (message 0), or a quote is never closed (message 1).
pub const BROKEN_QUOTE: u16 = 3;
/// The header stands among the records again.
pub const REPEATED_HEADER: u16 = 4;
/// Two headers are the same column.
pub const DUPLICATE_COLUMN: u16 = 5;
/// A cell counts in another unit than its header says.
pub const UNIT_CONFLICT: u16 = 6;
/// A number has more decimals than its column keeps.
pub const ROUNDED: u16 = 7;

/// Some stretches are in another encoding than the rest of the file.
pub const MIXED_ENCODINGS: u16 = 8;
/// Too few characters tell the encoding.
pub const ENCODING_GUESSED: u16 = 9;
/// Another table follows below.
pub const STACKED_TABLES: u16 = 10;
/// A record is divided by another delimiter than the rest.
pub const SECOND_DELIMITER: u16 = 11;
/// A zero byte within the text.
pub const EMBEDDED_NUL: u16 = 12;
/// Lines end in several ways.
pub const MIXED_LINE_ENDS: u16 = 13;
/// The last record breaks off.
pub const TRUNCATED_RECORD: u16 = 14;
/// Something that is no record stands behind the last one.
pub const TRAILING_GARBAGE: u16 = 15;
/// A stated total is not the sum of its column.
pub const TOTAL_DIFFERS: u16 = 16;
/// A record of JSON or Parquet cannot be read.
pub const BROKEN_RECORD: u16 = 17;

/// Rules about cells, which are found as columns are converted; all others are found as a file is understood.
pub const OF_CELLS: [u16; 3] = [UNREADABLE_CELL, UNIT_CONFLICT, ROUNDED];

/// The host's own checks.
#[must_use]
pub fn manifest() -> &'static Manifest {
    static MANIFEST: OnceLock<Manifest> = OnceLock::new();
    MANIFEST.get_or_init(|| Manifest {
        id: "intake".to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        title: text("读取检查", "Intake checks"),
        tables: Vec::new(),
        rules: pages::PAGES.iter().chain(structure::PAGES).map(rule).collect(),
        references: Vec::new(),
        settings: "{}".to_owned(),
    })
}

/// One rule as it stands in the source.
struct Page {
    id: &'static str,
    severity: Severity,
    title: [&'static str; 2],
    zh: &'static str,
    en: &'static str,
    /// Id, Chinese, English.
    messages: &'static [[&'static str; 3]],
}

fn rule(page: &Page) -> Rule {
    let reading =
        Reading { table: 0, columns: Vec::new(), optional_columns: Vec::new(), presence: Presence::Optional };
    Rule {
        id: page.id.to_owned(),
        severity: page.severity,
        title: text(page.title[0], page.title[1]),
        page: text(page.zh, page.en),
        scope: Scope::EachRecord,
        over: reading,
        beside: Vec::new(),
        reports_unreadable: Vec::new(),
        bases: Vec::new(),
        messages: page.messages.iter().map(message).collect(),
        since: None,
        until: None,
    }
}

fn message([id, zh, en]: &[&'static str; 3]) -> Message {
    Message { id: (*id).to_owned(), severity: None, text: text(zh, en) }
}

fn text(zh: &str, en: &str) -> Text {
    Text { zh: zh.to_owned(), en: en.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::Why;

    #[test]
    fn every_rule_stands_where_its_number_says() {
        let ids = [
            (UNREADABLE_CELL, "unreadable-cell"),
            (UNDECODABLE_BYTES, "undecodable-bytes"),
            (RAGGED_RECORD, "ragged-record"),
            (BROKEN_QUOTE, "broken-quote"),
            (REPEATED_HEADER, "repeated-header"),
            (DUPLICATE_COLUMN, "duplicate-column"),
            (UNIT_CONFLICT, "unit-conflict"),
            (ROUNDED, "rounded"),
            (MIXED_ENCODINGS, "mixed-encodings"),
            (ENCODING_GUESSED, "encoding-guessed"),
            (STACKED_TABLES, "stacked-tables"),
            (SECOND_DELIMITER, "second-delimiter"),
            (EMBEDDED_NUL, "embedded-nul"),
            (MIXED_LINE_ENDS, "mixed-line-ends"),
            (TRUNCATED_RECORD, "truncated-record"),
            (TRAILING_GARBAGE, "trailing-garbage"),
            (TOTAL_DIFFERS, "total-differs"),
            (BROKEN_RECORD, "broken-record"),
        ];
        assert_eq!(manifest().rules.len(), ids.len());
        for (index, id) in ids {
            assert_eq!(manifest().rules[usize::from(index)].id, format!("intake/{id}"));
        }
    }

    #[test]
    fn every_reason_has_its_message() {
        let messages = &manifest().rules[usize::from(UNREADABLE_CELL)].messages;
        for (why, id) in [
            (Why::NotANumber, "not-a-number"),
            (Why::NotAWholeNumber, "not-a-whole-number"),
            (Why::NotAnAmount, "not-an-amount"),
            (Why::NotADate, "not-a-date"),
            (Why::DayMissing, "day-missing"),
            (Why::TwoDigitYear, "two-digit-year"),
            (Why::ImpossibleDate, "impossible-date"),
            (Why::WrongWeekday, "wrong-weekday"),
            (Why::NotAFlag, "not-a-flag"),
            (Why::TooLarge, "too-large"),
            (Why::ErrorValue, "error-value"),
            (Why::Undecodable, "undecodable"),
            (Why::DigitsLost, "digits-lost"),
            (Why::ForeignUnit, "foreign-unit"),
        ] {
            assert_eq!(messages[usize::from(why.message())].id, id);
        }
    }

    #[test]
    fn every_page_has_its_headings_in_both_languages() {
        for rule in &manifest().rules {
            assert!(
                ["## 查什么", "## 为什么", "## 怎么改"].iter().all(|head| rule.page.zh.contains(head)),
                "{}",
                rule.id
            );
            assert!(
                ["## What", "## Why", "## How to mend"].iter().all(|head| rule.page.en.contains(head)),
                "{}",
                rule.id
            );
            assert!(!rule.messages.is_empty());
        }
    }
}
