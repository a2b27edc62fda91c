//! The limits of national emission standards, dated, and which of them a line of a plan may at most have.
//!
//! `data/limits.csv` says of every figure whether it was read in a copy of the standard or recalled.

use std::sync::LazyLock;

use mingcha_kit::prelude::NaiveDate;
use mingcha_kit::values::text::key;

use crate::limit::{Limit, is_above};
use crate::shipped::{self, Holds, names_any};

static ROWS: LazyLock<Vec<EmissionLimit>> =
    LazyLock::new(|| shipped::rows(include_str!("../data/limits.csv"), row));

/// One figure of one standard.
#[derive(Clone, Copy, Debug)]
pub struct EmissionLimit {
    standard: &'static str,
    pollutant: &'static str,
    grade: &'static str,
    condition: &'static str,
    /// As the standard prints it.
    pub written: &'static str,
    /// What it says.
    pub limit: Limit,
    /// Its unit.
    pub unit: &'static str,
    holds: Holds,
    read: bool,
}

fn row(cells: [&'static str; 9]) -> Option<EmissionLimit> {
    let [standard, pollutant, grade, condition, written, unit, since, until, standing] = cells;
    let (limit, holds) = (Limit::parse(written)?, Holds::parse(since, until)?);
    Some(EmissionLimit {
        standard,
        pollutant,
        grade,
        condition,
        written,
        limit,
        unit,
        holds,
        read: standing == "read",
    })
}

/// What a plan says of the standard it goes by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standard {
    number: String,
    /// Standard and grade as a key, to look for words in.
    words: String,
}

impl Standard {
    /// From the cells: `GB 18918-2002`, `《城镇污水处理厂污染物排放标准》(GB18918-2002)一级A标准`. `None` where it names none
    /// of the national standards shipped, or another year of one.
    #[must_use]
    pub fn parse(standard: &str, grade: Option<&str>) -> Option<Self> {
        let words = key(&format!("{standard} {}", grade.unwrap_or_default()));
        let (number, year) = numbered(&words)?;
        let shipped = [("18918", "2002"), ("13223", "2011"), ("13271", "2014"), ("8978", "1996")];
        if !shipped.iter().any(|&(known, of)| known == number && year.is_none_or(|year| year == of)) {
            return None;
        }
        let words = words
            .replace("标准", "")
            .replace(['的', '(', ')', '《', '》'], "")
            .replace("1级", "一级")
            .replace("2级", "二级");
        Some(Self { number: number.to_owned(), words: words.replace("3级", "三级") })
    }
}

/// `gb18918-2002` somewhere in the key: the number, and the year where there is one.
fn numbered(key: &str) -> Option<(&str, Option<&str>)> {
    let after = &key[key.find("gb")? + 2..];
    let after = after.strip_prefix("/t").unwrap_or(after);
    let digits = |text: &str| text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, rest) = after.split_at(digits(after));
    let year = rest.strip_prefix('-').map(|rest| &rest[..digits(rest)]).filter(|year| year.len() == 4);
    (!number.is_empty()).then_some((number, year))
}

/// The laxest limit a plan can mean, or the strictest, and whether it can be relied on.
#[derive(Clone, Copy, Debug)]
pub struct Extreme {
    /// The row.
    pub row: &'static EmissionLimit,
    /// Every row it was chosen among was read in a copy of the standard.
    pub verified: bool,
}

/// The laxest limit of the standard for a pollutant on a day, among those the plan's words leave open.
#[must_use]
pub fn ceiling(standard: &Standard, pollutant: &str, day: NaiveDate) -> Option<Extreme> {
    let highest = |row: &EmissionLimit| row.limit.laxest().unwrap_or_default();
    extreme(&open(standard, pollutant, day), |row, best| is_above(highest(row), highest(best)))
}

/// The strictest of them.
#[must_use]
pub fn floor(standard: &Standard, pollutant: &str, day: NaiveDate) -> Option<Extreme> {
    let lowest = |row: &EmissionLimit| row.limit.strictest();
    extreme(&open(standard, pollutant, day), |row, best| is_above(lowest(best), lowest(row)))
}

/// The first row that no other beats.
fn extreme(
    open: &[&'static EmissionLimit],
    beats: impl Fn(&EmissionLimit, &EmissionLimit) -> bool,
) -> Option<Extreme> {
    let row = open.iter().copied().reduce(|best, row| if beats(row, best) { row } else { best })?;
    Some(Extreme { row, verified: open.iter().all(|row| row.read) })
}

/// The rows for a pollutant on a day that the plan's words leave open.
fn open(standard: &Standard, pollutant: &str, day: NaiveDate) -> Vec<&'static EmissionLimit> {
    let of_standard = || ROWS.iter().filter(|row| row.standard == standard.number);
    let stated = |word: &str| !word.is_empty() && names_any(&standard.words, &key(word));
    let grade_stated = of_standard().any(|row| stated(row.grade));
    let mut open: Vec<_> = of_standard()
        .filter(|row| row.pollutant == pollutant && row.holds.on(day))
        .filter(|row| !grade_stated || row.grade.is_empty() || stated(row.grade))
        .collect();
    if open.iter().any(|row| stated(row.condition)) {
        open.retain(|row| stated(row.condition));
    }
    open
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ceiling_of(standard: &str, grade: &str, pollutant: &str) -> Option<(&'static str, bool)> {
        let day = NaiveDate::from_ymd_opt(2016, 9, 30)?;
        let ceiling = ceiling(&Standard::parse(standard, Some(grade))?, pollutant, day)?;
        Some((ceiling.row.written, ceiling.verified))
    }

    #[test]
    fn every_row_can_be_read_and_names_a_known_pollutant() {
        assert!(ROWS.len() > 130);
        assert!(ROWS.iter().all(|row| crate::pollutants::canonical(row.pollutant) == row.pollutant));
    }

    #[test]
    fn the_grade_chooses_the_row() {
        assert_eq!(ceiling_of("GB 18918-2002", "一级A", "化学需氧量"), Some(("50", true)));
        assert_eq!(
            ceiling_of("《城镇污水处理厂污染物排放标准》(GB18918-2002)一级B标准", "", "化学需氧量"),
            Some(("60", true))
        );
        assert_eq!(ceiling_of("GB 18918-2002", "一级标准的A标准", "化学需氧量"), Some(("50", true)));
        assert_eq!(ceiling_of("GB 18918", "一级A", "氨氮"), Some(("5(8)", true)));
        assert_eq!(ceiling_of("GB 18918-2002", "三级", "氨氮"), None);
    }

    #[test]
    fn what_the_plan_leaves_open_is_taken_in_its_favour() {
        assert_eq!(ceiling_of("GB 18918-2002", "", "化学需氧量"), Some(("120", true)));
        assert_eq!(ceiling_of("GB13223-2011", "燃煤锅炉", "二氧化硫"), Some(("200", false)));
        assert_eq!(ceiling_of("GB13223-2011", "燃煤锅炉(新建)", "二氧化硫"), Some(("100", true)));
        assert_eq!(ceiling_of("GB13271-2014", "燃气锅炉 在用", "氮氧化物"), Some(("400", false)));
    }

    #[test]
    fn the_strictest_row_is_the_one_no_other_undercuts() {
        let day = NaiveDate::from_ymd_opt(2016, 9, 30).expect("a day");
        let floor_of = |standard: &str, grade, pollutant| {
            let standard = Standard::parse(standard, Some(grade)).expect("a standard");
            floor(&standard, pollutant, day).map(|floor| floor.row.written)
        };
        assert_eq!(floor_of("GB 18918-2002", "", "化学需氧量"), Some("50"));
        assert_eq!(floor_of("GB 18918-2002", "一级B", "化学需氧量"), Some("60"));
        assert_eq!(floor_of("GB 13223-2011", "燃煤锅炉", "二氧化硫"), Some("50"));
        assert_eq!(floor_of("GB 13223-2011", "新建燃煤锅炉", "二氧化硫"), Some("100"));
    }

    #[test]
    fn other_standards_and_other_years_are_not_judged() {
        assert_eq!(ceiling_of("GB 16297-1996", "二级", "颗粒物"), None);
        assert_eq!(ceiling_of("GB 13223-2003", "", "二氧化硫"), None);
        let day = NaiveDate::from_ymd_opt(2026, 3, 1).expect("a day");
        let standard = Standard::parse("GB 18918-2002", None).expect("a standard");
        assert!(ceiling(&standard, "化学需氧量", day).is_none());
    }
}
