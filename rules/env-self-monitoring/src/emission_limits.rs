//! The limits of national emission standards, dated, those the user adds, and which of them a line of a plan may at most
//! have.
//!
//! `data/limits.csv` says of every figure whether it was read in a copy of the standard or recalled. For a standard and
//! pollutant the user gives a limit of, on a day it holds, only the user's limits count.

use std::borrow::Cow;
use std::sync::LazyLock;

use mingcha_kit::prelude::*;
use mingcha_kit::values::text::key;

use crate::limit::{Limit, is_above};
use crate::pollutants::canonical;
use crate::shipped::{self, Holds, names_any};
use crate::tables::emission_limit::{
    CONDITION, EMISSION_LIMIT, GRADE, LIMIT, NUMBER, POLLUTANT, SINCE, UNIT, UNTIL,
};

/// What a rule declares to use [`Limits`], whether or not the user adds any.
pub const READING: Reading = Reading::of(&EMISSION_LIMIT, &[NUMBER, POLLUTANT, LIMIT, SINCE])
    .and_optional(&[GRADE, CONDITION, UNIT, UNTIL])
    .presence(Presence::Optional);

/// Mostly written in the table shipped.
type Words = Cow<'static, str>;

/// The shipped table.
pub const DATA: &str = include_str!("../data/limits.csv");
static ROWS: LazyLock<Vec<EmissionLimit>> = LazyLock::new(|| shipped::rows(DATA, row));

/// One figure of one standard.
#[derive(Clone, Debug)]
pub struct EmissionLimit {
    standard: Words,
    pollutant: Words,
    grade: Words,
    condition: Words,
    /// As the standard prints it.
    pub written: Words,
    /// What it says.
    pub limit: Limit,
    /// Its unit; empty where the user gave none.
    pub unit: Words,
    holds: Holds,
    read: bool,
}

fn row(cells: [&'static str; 9]) -> Option<EmissionLimit> {
    let [standard, pollutant, grade, condition, written, unit, since, until, standing] = cells;
    let (limit, holds) = (Limit::parse(written)?, Holds::parse(since, until)?);
    let [standard, pollutant, grade, condition, written, unit] =
        [standard, pollutant, grade, condition, written, unit].map(Cow::Borrowed);
    let read = standing == "read";
    Some(EmissionLimit { standard, pollutant, grade, condition, written, limit, unit, holds, read })
}

impl EmissionLimit {
    /// From a line of the user's; `None` where its limit is none.
    fn of(line: &Row) -> Option<Self> {
        let cell = |column| Cow::Owned(line.text(column).unwrap_or_default().to_owned());
        let written = line.text(LIMIT)?;
        Some(Self {
            standard: Cow::Owned(key(line.text(NUMBER)?)),
            pollutant: Cow::Owned(canonical(line.text(POLLUTANT)?).to_owned()),
            grade: cell(GRADE),
            condition: cell(CONDITION),
            written: Cow::Owned(written.to_owned()),
            limit: Limit::parse(written)?,
            unit: cell(UNIT),
            holds: Holds::between(line.date(SINCE)?, line.date(UNTIL)),
            read: true,
        })
    }
}

/// What a plan says of the standard it goes by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standard {
    /// Of those shipped; empty for any other.
    number: String,
    /// The cell as a key.
    written: String,
    /// Standard and grade as a key, to look for words in.
    words: String,
}

impl Standard {
    /// From the cells: `GB 18918-2002`, `《城镇污水处理厂污染物排放标准》(GB18918-2002)一级A标准`. `None` where it names none
    /// of the national standards shipped, or another year of one.
    #[must_use]
    pub fn parse(standard: &str, grade: Option<&str>) -> Option<Self> {
        Some(Self::named(standard, grade)).filter(|standard| !standard.number.is_empty())
    }

    /// From the cells, also where it is none of those shipped.
    #[must_use]
    pub fn named(standard: &str, grade: Option<&str>) -> Self {
        let written = key(standard);
        let words = key(&format!("{standard} {}", grade.unwrap_or_default()));
        let number = numbered(&words).filter(|named| is_shipped(*named)).map(|(number, _)| number.to_owned());
        let words = words.replace("标准", "").replace(['的', '(', ')', '《', '》'], "");
        let words = words.replace("1级", "一级").replace("2级", "二级").replace("3级", "三级");
        Self { number: number.unwrap_or_default(), written, words }
    }
}

fn is_shipped((number, year): (&str, Option<&str>)) -> bool {
    let shipped = [("18918", "2002"), ("13223", "2011"), ("13271", "2014"), ("8978", "1996")];
    shipped.iter().any(|&(known, of)| known == number && year.is_none_or(|year| year == of))
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
pub struct Extreme<'a> {
    /// The row.
    pub row: &'a EmissionLimit,
    /// Every row it was chosen among was read in a copy of the standard, or given by the user.
    pub verified: bool,
}

/// The limits shipped, and those the user adds.
#[derive(Clone, Debug, Default)]
pub struct Limits {
    added: Vec<EmissionLimit>,
}

impl Limits {
    /// Takes a batch of the user's limits; batches of other tables are passed over.
    pub fn add(&mut self, batch: &Batch) {
        if batch.is_of(&EMISSION_LIMIT) {
            self.added.extend(batch.rows().filter_map(|line| EmissionLimit::of(&line)));
        }
    }

    /// The laxest limit of the standard for a pollutant on a day, among those the plan's words leave open.
    #[must_use]
    pub fn ceiling(&self, standard: &Standard, pollutant: &str, day: NaiveDate) -> Option<Extreme<'_>> {
        let highest = |row: &EmissionLimit| row.limit.laxest().unwrap_or_default();
        extreme(&self.open(standard, pollutant, day), |row, best| is_above(highest(row), highest(best)))
    }

    /// The strictest of them.
    #[must_use]
    pub fn floor(&self, standard: &Standard, pollutant: &str, day: NaiveDate) -> Option<Extreme<'_>> {
        let lowest = |row: &EmissionLimit| row.limit.strictest();
        extreme(&self.open(standard, pollutant, day), |row, best| is_above(lowest(best), lowest(row)))
    }

    /// The rows for a pollutant on a day that the plan's words leave open.
    fn open(&self, standard: &Standard, pollutant: &str, day: NaiveDate) -> Vec<&EmissionLimit> {
        let holding = |row: &&EmissionLimit| row.pollutant == pollutant && row.holds.on(day);
        let added = || self.added.iter().filter(|row| standard.written.contains(row.standard.as_ref()));
        if added().any(|row| holding(&row)) {
            return standard.left_open(added().collect(), holding);
        }
        standard.left_open(ROWS.iter().filter(|row| row.standard == standard.number).collect(), holding)
    }
}

impl Standard {
    /// Of the rows of the standard that hold, those whose grade and condition the plan states, as far as it does.
    fn left_open<'a>(
        &self,
        rows: Vec<&'a EmissionLimit>,
        holding: impl Fn(&&EmissionLimit) -> bool,
    ) -> Vec<&'a EmissionLimit> {
        let stated = |word: &str| !word.is_empty() && names_any(&self.words, &key(word));
        let grade_stated = rows.iter().any(|row| stated(&row.grade));
        let mut open: Vec<_> = rows
            .into_iter()
            .filter(holding)
            .filter(|row| !grade_stated || row.grade.is_empty() || stated(&row.grade))
            .collect();
        if open.iter().any(|row| stated(&row.condition)) {
            open.retain(|row| stated(&row.condition));
        }
        open
    }
}

/// The first row that no other beats.
fn extreme<'a>(
    open: &[&'a EmissionLimit],
    beats: impl Fn(&EmissionLimit, &EmissionLimit) -> bool,
) -> Option<Extreme<'a>> {
    let row = open.iter().copied().reduce(|best, row| if beats(row, best) { row } else { best })?;
    Some(Extreme { row, verified: open.iter().all(|row| row.read) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ceiling_of(standard: &str, grade: &str, pollutant: &str) -> Option<(&'static str, bool)> {
        static SHIPPED: Limits = Limits { added: Vec::new() };
        let day = NaiveDate::from_ymd_opt(2016, 9, 30)?;
        let ceiling = SHIPPED.ceiling(&Standard::parse(standard, Some(grade))?, pollutant, day)?;
        Some((ceiling.row.written.as_ref(), ceiling.verified))
    }

    #[test]
    fn every_row_can_be_read_and_names_a_known_pollutant() {
        assert!(ROWS.len() > 130);
        assert!(ROWS.iter().all(|row| crate::pollutants::canonical(&row.pollutant) == row.pollutant));
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
        let floor_of = |standard: &str, grade, pollutant| -> Option<String> {
            let standard = Standard::parse(standard, Some(grade)).expect("a standard");
            let floor = Limits::default().floor(&standard, pollutant, day)?.row.written.to_string();
            Some(floor)
        };
        assert_eq!(floor_of("GB 18918-2002", "", "化学需氧量").as_deref(), Some("50"));
        assert_eq!(floor_of("GB 18918-2002", "一级B", "化学需氧量").as_deref(), Some("60"));
        assert_eq!(floor_of("GB 13223-2011", "燃煤锅炉", "二氧化硫").as_deref(), Some("50"));
        assert_eq!(floor_of("GB 13223-2011", "新建燃煤锅炉", "二氧化硫").as_deref(), Some("100"));
    }

    #[test]
    fn other_standards_and_other_years_are_not_judged() {
        assert_eq!(ceiling_of("GB 16297-1996", "二级", "颗粒物"), None);
        assert_eq!(ceiling_of("GB 13223-2003", "", "二氧化硫"), None);
        let day = NaiveDate::from_ymd_opt(2026, 3, 1).expect("a day");
        let standard = Standard::parse("GB 18918-2002", None).expect("a standard");
        assert!(Limits::default().ceiling(&standard, "化学需氧量", day).is_none());
    }
}
