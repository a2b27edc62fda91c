//! What a pack is, and what is wrong with it before it ever runs.

use chrono::NaiveDate;
use mingcha_values::shipped::said;

use crate::{Column, Message, Rule, Setting, Table, Text};

/// A table of facts inside the pack: calendar, limits, policy events.
///
/// ```
/// # use mingcha_kit::{example::*, prelude::*};
/// use mingcha_kit::ReferenceData;
///
/// const LOADS: ReferenceData = ReferenceData {
///     name: "load-classes",
///     version: "2015.1",
///     source: "JTG D60—2015",
///     holds: (NaiveDate::from_ymd_opt(2015, 12, 1), None),
///     verified: false,
/// };
/// assert!(!LOADS.verified);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct ReferenceData {
    /// Kebab-case.
    pub name: &'static str,
    /// Its version or date of making.
    pub version: &'static str,
    /// Where it was taken from.
    pub source: &'static str,
    /// First and last-plus-one day it speaks of.
    pub holds: (Option<NaiveDate>, Option<NaiveDate>),
    /// Every entry was read at the source.
    pub verified: bool,
}

impl ReferenceData {
    /// A table that lies in a file as [`mingcha_values::shipped`] reads it, whose first lines say all but the name.
    ///
    /// # Panics
    /// At compile time, where it says no version or no source, or a day that is none.
    ///
    /// ```
    /// use mingcha_kit::ReferenceData;
    /// const FACTS: &str = "# version 2026-11-23\n# source 某通知\n# standing read\nname\n甲\n";
    /// let facts = ReferenceData::shipped("facts", FACTS);
    /// assert!(facts.verified && facts.version == "2026-11-23");
    /// ```
    #[must_use]
    pub const fn shipped(name: &'static str, table: &'static str) -> Self {
        let (version, source) = (said(table, "version"), said(table, "source"));
        assert!(!version.is_empty() && !source.is_empty(), "a table says neither its version nor its source");
        let holds = (day(said(table, "since")), day(said(table, "until")));
        let verified = mingcha_values::shipped::is(said(table, "standing"), "read");
        Self { name, version, source, holds, verified }
    }
}

/// `2016-01-01`; `None` where nothing is said.
const fn day(text: &str) -> Option<NaiveDate> {
    let bytes = text.as_bytes();
    if bytes.is_empty() {
        return None;
    }
    assert!(bytes.len() == 10, "a day is written 2016-01-01");
    let (mut digits, mut at) = (0, 0);
    while at < bytes.len() {
        if bytes[at] != b'-' {
            digits = digits * 10 + (bytes[at] - b'0') as u32;
        }
        at += 1;
    }
    let day = NaiveDate::from_ymd_opt((digits / 10_000) as i32, digits / 100 % 100, digits % 100);
    assert!(day.is_some(), "no day of the calendar");
    day
}

/// A pack: all rules of one domain and the tables they read.
///
/// ```
/// # use mingcha_kit::{example::*, prelude::*};
/// use mingcha_kit::Pack;
///
/// static PACK: Pack = Pack {
///     id: "bridges",
///     version: "0.1.0",
///     title: text("桥梁", "Bridges"),
///     tables: &[&BRIDGES],
///     rules: &[],
///     references: &[],
///     settings: &[&GRACE],
/// };
/// assert_eq!(PACK.index_of(&BRIDGES), 0);
/// ```
#[derive(Clone, Copy)]
pub struct Pack {
    /// Kebab-case.
    pub id: &'static str,
    /// Semantic version.
    pub version: &'static str,
    /// Its title.
    pub title: Text,
    /// The tables it reads.
    pub tables: &'static [&'static Table],
    /// The rules it checks.
    pub rules: &'static [&'static Rule],
    /// The facts it carries.
    pub references: &'static [ReferenceData],
    /// The choices it leaves to its user.
    pub settings: &'static [&'static Setting],
}

impl Pack {
    /// Index of a table.
    ///
    /// # Panics
    /// Where a rule reads a table the pack does not list: a mistake of the author.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// assert_eq!(PACK.index_of(&BRIDGES), 0);
    /// ```
    #[must_use]
    pub fn index_of(&self, table: &Table) -> u16 {
        let position = self.tables.iter().position(|candidate| candidate.name == table.name);
        let Some(position) = position else {
            panic!("table {} is read by a rule but not listed in the pack's tables", table.name);
        };
        u16::try_from(position).expect("fewer than 65,536 tables")
    }
}

/// Headings a page must have, in Chinese above the line `---` and in English below.
const HEADINGS: [(&str, &str); 3] =
    [("## 查什么", "## What"), ("## 为什么", "## Why"), ("## 怎么改", "## How to mend")];

/// What is wrong with a pack, a sentence each; empty where nothing is. A pack's own test asserts that.
///
/// ```
/// # use mingcha_kit::{example::*, prelude::*};
/// use mingcha_kit::{Pack, lint};
///
/// static PACK: Pack = Pack {
///     id: "bridges",
///     version: "0.1.0",
///     title: text("桥梁", "Bridges"),
///     tables: &[&BRIDGES, &BRIDGES],
///     rules: &[],
///     references: &[],
///     settings: &[],
/// };
/// assert_eq!(lint(&PACK), ["table bridges is declared twice"]);
/// ```
#[must_use]
pub fn lint(pack: &Pack) -> Vec<String> {
    let mut mistakes = Vec::new();
    duplicates("table", pack.tables.iter().map(|table| table.name), &mut mistakes);
    duplicates("rule", pack.rules.iter().map(|rule| rule.id), &mut mistakes);
    duplicates("setting", pack.settings.iter().map(|setting| setting.name), &mut mistakes);
    for table in pack.tables {
        duplicates(&format!("column of {}", table.name), table.columns.iter().map(|c| c.name), &mut mistakes);
    }
    for rule in pack.rules {
        mistakes.extend(lint_rule(pack, rule).into_iter().map(|mistake| format!("{}: {mistake}", rule.id)));
    }
    mistakes
}

fn duplicates<'a>(what: &str, names: impl Iterator<Item = &'a str>, mistakes: &mut Vec<String>) {
    let mut names: Vec<_> = names.collect();
    names.sort_unstable();
    for pair in names.windows(2).filter(|pair| pair[0] == pair[1]) {
        mistakes.push(format!("{what} {} is declared twice", pair[0]));
    }
}

fn lint_rule(pack: &Pack, rule: &Rule) -> Vec<String> {
    let mut mistakes = Vec::new();
    let well_formed =
        rule.id.split_once('/').is_some_and(|(domain, fault)| is_kebab(domain) && is_kebab(fault));
    if !well_formed {
        mistakes.push("the id is not domain/fault in kebab-case".to_owned());
    }
    if rule.title.zh.is_empty() || rule.title.en.is_empty() {
        mistakes.push("the title is missing in one language".to_owned());
    }
    lint_page(rule, &mut mistakes);
    if rule.messages.is_empty() {
        mistakes.push("it has no message".to_owned());
    }
    duplicates("message", rule.messages.iter().map(|message| message.id), &mut mistakes);
    for message in rule.messages {
        lint_message(message, &mut mistakes);
    }
    lint_readings(pack, rule, &mut mistakes);
    mistakes
}

fn lint_page(rule: &Rule, mistakes: &mut Vec<String>) {
    let (zh, en) = pages(rule.page);
    for (heading_zh, heading_en) in HEADINGS {
        if !zh.lines().any(|line| line == heading_zh) {
            mistakes.push(format!("the page has no heading “{heading_zh}”"));
        }
        if !en.lines().any(|line| line == heading_en) {
            mistakes.push(format!("the page has no heading “{heading_en}”"));
        }
    }
    for example in ["```csv bad", "```csv good"] {
        if !zh.lines().any(|line| line.starts_with(example)) {
            mistakes.push(format!("the page has no example that begins with {example}"));
        }
    }
}

fn lint_message(message: &Message, mistakes: &mut Vec<String>) {
    if message.text.zh.is_empty() || message.text.en.is_empty() {
        mistakes.push(format!("message {} is missing in one language", message.id));
    }
    let (mut zh, mut en) = (holes(message.text.zh), holes(message.text.en));
    zh.sort_unstable();
    en.sort_unstable();
    if zh != en {
        mistakes.push(format!("message {} has other holes in Chinese than in English", message.id));
    }
}

fn holes(template: &str) -> Vec<&str> {
    template.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect()
}

fn lint_readings(pack: &Pack, rule: &Rule, mistakes: &mut Vec<String>) {
    for reading in rule.beside.iter().chain([&rule.over]) {
        if !pack.tables.iter().any(|table| table.name == reading.table.name) {
            mistakes.push(format!("it reads table “{}”, which the pack does not list", reading.table.name));
        }
        let known = |column: &&Column| reading.table.columns.get(usize::from(column.index)) == Some(*column);
        for column in reading.columns.iter().chain(reading.optional).filter(|column| !known(column)) {
            mistakes.push(format!("column {} is not one of table {}", column.name, reading.table.name));
        }
    }
    if rule.beside.iter().any(|reading| reading.table.name == rule.over.table.name) {
        mistakes.push("it reads its own table as a reference table".to_owned());
    }
}

fn is_kebab(text: &str) -> bool {
    !text.is_empty()
        && text.split('-').all(|word| {
            !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        })
}

/// The Chinese and the English half of a page.
pub(crate) fn pages(page: &str) -> (String, String) {
    let lines: Vec<&str> = page.lines().map(|line| line.strip_prefix(' ').unwrap_or(line)).collect();
    let cut = lines.iter().position(|line| *line == "---").unwrap_or(lines.len());
    let (zh, en) = lines.split_at(cut);
    (zh.join("\n").trim().to_owned(), en.get(1..).unwrap_or_default().join("\n").trim().to_owned())
}

#[cfg(test)]
#[path = "manifest_tests.rs"]
mod tests;
