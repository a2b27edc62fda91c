//! Which standards a plan names, and whether each of them is one that held on a day.
//!
//! Only national standards are known; one of a province or a city is recognised by its head and not judged.

use std::sync::LazyLock;

use mingcha_kit::prelude::NaiveDate;
use mingcha_kit::values::text::key;

use crate::shipped::{self, Holds, bare};

/// The shipped table.
pub const DATA: &str = include_str!("../data/standards.csv");
static ROWS: LazyLock<Vec<Edition>> = LazyLock::new(|| shipped::rows(DATA, row));

/// One edition of one standard.
#[derive(Clone, Debug)]
pub struct Edition {
    /// `GB 18918-2002`.
    pub name: String,
    /// `18918`, and the year.
    number: (&'static str, &'static str),
    /// As a key, without marks of punctuation.
    title: String,
    holds: Holds,
}

fn row(cells: [&'static str; 6]) -> Option<Edition> {
    let [head, year, title, since, until, _] = cells;
    let number = head.rsplit(' ').next()?;
    let holds = Holds::parse(since, until)?;
    Some(Edition { name: format!("{head}-{year}"), number: (number, year), title: bare(title), holds })
}

/// What is wrong with the standards a cell names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// No number and no known title.
    NoStandard,
    /// A number that is not in the table.
    Unknown(String),
    /// Another edition of this standard holds on that day, which is named where there is one.
    NotInForce(String, Option<String>),
}

/// The first fault of the standards named in a cell on a day; `None` where all of them are known, or are not national.
#[must_use]
pub fn fault(text: &str, day: NaiveDate) -> Option<Fault> {
    let written = key(text);
    let named = numbers(&written);
    if named.is_empty() {
        return (!is_known_by_name(text)).then_some(Fault::NoStandard);
    }
    named.iter().filter(|named| named.is_national()).find_map(|named| named.fault(day))
}

/// A number in a cell.
#[derive(Debug, PartialEq, Eq)]
struct Named<'a> {
    head: &'a str,
    number: &'a str,
    year: Option<String>,
}

impl Named<'_> {
    fn is_national(&self) -> bool {
        !self.head.starts_with("db")
    }

    fn fault(&self, day: NaiveDate) -> Option<Fault> {
        let editions: Vec<_> = ROWS.iter().filter(|row| row.number.0 == self.number).collect();
        let meant = |row: &&&Edition| self.year.as_deref().is_none_or(|year| year == row.number.1);
        let named: Vec<_> = editions.iter().filter(meant).collect();
        if named.is_empty() {
            return Some(Fault::Unknown(self.to_string()));
        }
        if named.iter().any(|row| row.holds.on(day)) {
            return None;
        }
        let other = editions.iter().find(|row| row.holds.on(day)).map(|row| row.name.clone());
        Some(Fault::NotInForce(self.to_string(), other))
    }
}

/// `GB 18918-2002`.
impl std::fmt::Display for Named<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.head.to_uppercase(), self.number)?;
        self.year.as_ref().map_or(Ok(()), |year| write!(f, "-{year}"))
    }
}

/// Every number of a standard in a key: `gb18918-2002`, `gb/t14848-93`, `hj/t92`, `db65/4275`.
fn numbers(key: &str) -> Vec<Named<'_>> {
    let starts = key.char_indices().filter(|&(at, _)| {
        let alone = !key[..at].ends_with(|c: char| c.is_ascii_alphabetic());
        alone && HEADS.iter().any(|head| key[at..].starts_with(head))
    });
    starts.filter_map(|(at, _)| number_at(&key[at..])).collect()
}

/// What numbers of standards begin with.
const HEADS: [&str; 4] = ["gb", "hj", "cj", "db"];

fn number_at(text: &str) -> Option<Named<'_>> {
    let is_head = |c: char| c.is_ascii_alphabetic() || c == '/';
    let (head, rest) = text.split_at(text.find(|c| !is_head(c))?);
    let rest = rest.trim_start_matches(['-', '.']);
    let digits = |text: &str| text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, rest) = rest.split_at(digits(rest));
    let year = rest.strip_prefix(['-', ':']).map(|rest| &rest[..digits(rest)]);
    let year = year.and_then(|year| match year.len() {
        2 => Some(format!("19{year}")),
        4 => Some(year.to_owned()),
        _ => None,
    });
    (!number.is_empty()).then_some(Named { head: head.trim_end_matches('/'), number, year })
}

/// Without a number: a title in the table, or what limits are also taken from.
fn is_known_by_name(text: &str) -> bool {
    let text = bare(text);
    let other = ["环评", "环境影响", "批复", "许可证", "协议", "地方标准", "超低排放"];
    other.iter().any(|word| text.contains(word)) || ROWS.iter().any(|row| text.contains(&row.title))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(text: &str, year: i32) -> Option<Fault> {
        fault(text, NaiveDate::from_ymd_opt(year, 9, 30).expect("a day"))
    }

    #[test]
    fn every_row_can_be_read() {
        assert!(ROWS.len() > 100);
    }

    #[test]
    fn numbers_and_titles_are_recognised_as_plans_write_them() {
        for text in [
            "GB 18918-2002",
            "ＧＢ18918—2002",
            "《城镇污水处理厂污染物排放标准》(GB18918-2002)一级A标准",
            "城镇污水处理厂污染物排放标准",
            "GB 14554-93",
            "GB/T14848-1993",
            "GB 18918",
            "GB 18918-2002、GB 3838-2002",
            "DB 65/ 4275-2019",
            "昌州环评〔2015〕12号批复",
            "超低排放限值",
        ] {
            assert_eq!(on(text, 2016), None, "{text}");
        }
    }

    #[test]
    fn what_is_not_in_the_table_is_named() {
        assert_eq!(on("国家标准", 2016), Some(Fault::NoStandard));
        assert_eq!(on("GB 18981-2002", 2016), Some(Fault::Unknown("GB 18981-2002".to_owned())));
        assert_eq!(on("GB 18918-2020", 2016), Some(Fault::Unknown("GB 18918-2020".to_owned())));
        assert_eq!(
            on("GB 18918-2002、GB 99999", 2016),
            Some(Fault::Unknown("GB 99999".to_owned())),
            "the second one"
        );
    }

    #[test]
    fn an_edition_before_or_after_its_time_names_the_one_that_held() {
        let old = ("GB 13223-2003".to_owned(), Some("GB 13223-2011".to_owned()));
        assert_eq!(on("GB13223-2003", 2016), Some(Fault::NotInForce(old.0, old.1)));
        assert_eq!(on("GB13223-2003", 2013), None);
        let new = ("GB/T 14848-2017".to_owned(), Some("GB/T 14848-1993".to_owned()));
        assert_eq!(on("GB/T 14848-2017", 2016), Some(Fault::NotInForce(new.0, new.1)));
    }
}
