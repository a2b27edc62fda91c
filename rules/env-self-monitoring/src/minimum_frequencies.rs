//! How often manual tests are made at least, dated, by industry, medium and pollutant.
//!
//! `data/minimum-frequencies.csv` says of every figure whether it was read or recalled.

use std::borrow::Cow;
use std::sync::LazyLock;

use mingcha_kit::prelude::*;
use mingcha_kit::values::date::parse_date;

use crate::frequency::Frequency;
use crate::pollutants::canonical;
use crate::shipped::{self, Holds, names_any};
use crate::tables::codes::MEDIA;

/// The shipped table.
pub const DATA: &str = include_str!("../data/minimum-frequencies.csv");
static ROWS: LazyLock<Vec<Minimum>> = LazyLock::new(|| shipped::rows(DATA, row));

/// Least frequencies in place of those shipped.
pub static MINIMUM_FREQUENCIES: Setting = Setting::list(
    "minimum-frequencies",
    &[],
    text(
        "手工监测最低频次,优先于随附的频次,每项写作“废水 化学需氧量/氨氮 1次/周”,后面可加起始日期;污染物写“全部”的,用于没有另写一项的各种污染物",
        "Least frequencies of manual tests before those shipped, each as “废水 化学需氧量/氨氮 1次/周”, perhaps with its first day; 全部 for all pollutants that no other entry names",
    ),
)
.entries(
    text("“废水 化学需氧量/氨氮 1次/周”,可加起始日期", "“废水 化学需氧量/氨氮 1次/周”, perhaps with a first day"),
    |entry| own(entry).is_some(),
);

/// A least frequency.
#[derive(Clone, Debug)]
pub struct Minimum {
    industry: &'static str,
    medium: Cow<'static, str>,
    pollutants: Cow<'static, str>,
    /// What it says.
    pub frequency: Frequency,
    holds: Holds,
    /// The figure was read in a copy of the document, or the user vouches for it.
    pub verified: bool,
}

fn row(cells: [&'static str; 8]) -> Option<Minimum> {
    let [industry, medium, pollutants, times, unit, since, until, standing] = cells;
    let (frequency, holds) = (Frequency::parse(times, Some(unit))?, Holds::parse(since, until)?);
    let [medium, pollutants] = [medium, pollutants].map(Cow::Borrowed);
    Some(Minimum { industry, medium, pollutants, frequency, holds, verified: standing == "read" })
}

/// An entry of the user's.
fn own(entry: &str) -> Option<Minimum> {
    let mut words = entry.split_whitespace();
    let (medium, pollutants, frequency) = (words.next()?, words.next()?, words.next()?);
    let since = words.next().map_or(Some(NaiveDate::MIN), |day| parse_date(day).ok())?;
    let known = MEDIA.iter().any(|code| code.value == medium);
    let names: Vec<_> = pollutants.split('/').filter(|name| *name != "全部").map(canonical).collect();
    (known && words.next().is_none()).then_some(Minimum {
        industry: "",
        medium: Cow::Owned(medium.to_owned()),
        pollutants: Cow::Owned(names.join("/")),
        frequency: Frequency::parse(frequency, None)?,
        holds: Holds::between(since, None),
        verified: true,
    })
}

/// The least frequencies: the user's before those shipped, and of the user's those that name pollutants first.
#[derive(Clone, Debug, Default)]
pub struct Minimums(Vec<Minimum>);

impl Minimums {
    /// With what the user set.
    #[must_use]
    pub fn of(task: &Task) -> Self {
        Self::own(task.settings.list(&MINIMUM_FREQUENCIES))
    }

    fn own(entries: Vec<&str>) -> Self {
        let mut minimums: Vec<_> = entries.into_iter().filter_map(own).collect();
        minimums.sort_by_key(|minimum| minimum.pollutants.is_empty());
        Self(minimums)
    }

    /// That of a pollutant in a medium on a day, in an industry where that is known.
    #[must_use]
    pub fn least(
        &self,
        industry: Option<&str>,
        medium: &str,
        pollutant: &str,
        day: NaiveDate,
    ) -> Option<&Minimum> {
        self.0.iter().chain(ROWS.iter()).find(|row| {
            row.medium == medium
                && row.holds.on(day)
                && names_any(industry.unwrap_or_default(), row.industry)
                && (row.pollutants.is_empty() || row.pollutants.split('/').any(|name| name == pollutant))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn least(industry: Option<&str>, medium: &str, pollutant: &str, day: (i32, u32, u32)) -> Option<String> {
        let day = NaiveDate::from_ymd_opt(day.0, day.1, day.2)?;
        let minimums = Minimums::default();
        minimums.least(industry, medium, pollutant, day).map(|minimum| minimum.frequency.to_string())
    }

    #[test]
    fn the_regime_follows_the_date() {
        assert_eq!(least(None, "废水", "化学需氧量", (2017, 5, 31)).as_deref(), Some("1次/日"));
        assert_eq!(least(None, "废水", "化学需氧量", (2017, 6, 1)).as_deref(), Some("1次/月"));
        assert_eq!(least(None, "废水", "化学需氧量", (2013, 12, 31)), None);
    }

    #[test]
    fn the_industry_may_change_it() {
        assert_eq!(least(Some("畜禽养殖"), "废水", "氨氮", (2016, 1, 1)).as_deref(), Some("1次/月"));
        assert_eq!(least(Some("水泥制造"), "无组织废气", "颗粒物", (2018, 1, 1)).as_deref(), Some("1次/季"));
        assert_eq!(least(None, "无组织废气", "颗粒物", (2018, 1, 1)).as_deref(), Some("1次/年"));
    }

    #[test]
    fn other_pollutants_have_their_own_row() {
        assert_eq!(least(None, "有组织废气", "二氧化硫", (2016, 1, 1)).as_deref(), Some("1次/周"));
        assert_eq!(least(None, "有组织废气", "汞及其化合物", (2016, 1, 1)).as_deref(), Some("1次/季"));
        assert_eq!(least(None, "周边环境", "颗粒物", (2016, 1, 1)), None);
    }

    #[test]
    fn an_entry_that_names_the_pollutant_stands_before_one_for_all() {
        let minimums = Minimums::own(vec!["废水 全部 1次/季", "废水 COD 1次/周"]);
        let least = |pollutant| {
            let day = NaiveDate::from_ymd_opt(2016, 9, 1)?;
            minimums.least(None, "废水", pollutant, day).map(|minimum| minimum.frequency.to_string())
        };
        assert_eq!(least("化学需氧量").as_deref(), Some("1次/周"));
        assert_eq!(least("氨氮").as_deref(), Some("1次/季"));
    }

    #[test]
    fn the_user_may_say_another_frequency_from_a_day_on() {
        let day = |text| parse_date(text).expect("a day");
        let minimums = Minimums::own(vec!["废水 COD/氨氮 1次/周 2016-09-01", "厂界噪声 全部 1次/月"]);
        let least = |medium, pollutant, on| {
            minimums.least(None, medium, pollutant, day(on)).map(|row| row.frequency.to_string())
        };
        assert_eq!(least("废水", "化学需氧量", "2016-08-31").as_deref(), Some("1次/日"));
        assert_eq!(least("废水", "化学需氧量", "2016-09-01").as_deref(), Some("1次/周"));
        assert_eq!(least("废水", "总磷", "2016-09-01").as_deref(), Some("1次/月"));
        assert_eq!(least("厂界噪声", "昼间噪声", "2016-09-01").as_deref(), Some("1次/月"));
        assert!(
            ["废水 COD", "河水 COD 1次/周", "废水 COD 按需"].into_iter().all(|entry| own(entry).is_none())
        );
    }
}
