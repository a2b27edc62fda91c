//! How often manual tests are made at least, dated, by industry, medium and pollutant.
//!
//! `data/minimum-frequencies.csv` says of every figure whether it was read or recalled.

use std::sync::LazyLock;

use mingcha_kit::prelude::NaiveDate;

use crate::frequency::Frequency;
use crate::shipped::{self, Holds, names_any};

static ROWS: LazyLock<Vec<Minimum>> =
    LazyLock::new(|| shipped::rows(include_str!("../data/minimum-frequencies.csv"), row));

/// A least frequency.
#[derive(Clone, Debug)]
pub struct Minimum {
    industry: &'static str,
    medium: &'static str,
    pollutants: &'static str,
    /// What it says.
    pub frequency: Frequency,
    holds: Holds,
    /// The figure was read in a copy of the document.
    pub verified: bool,
}

fn row(cells: [&'static str; 8]) -> Option<Minimum> {
    let [industry, medium, pollutants, times, unit, since, until, standing] = cells;
    let (frequency, holds) = (Frequency::parse(times, Some(unit))?, Holds::parse(since, until)?);
    Some(Minimum { industry, medium, pollutants, frequency, holds, verified: standing == "read" })
}

/// The least frequency for a pollutant in a medium on a day, in an industry where that is known.
#[must_use]
pub fn minimum(
    industry: Option<&str>,
    medium: &str,
    pollutant: &str,
    day: NaiveDate,
) -> Option<&'static Minimum> {
    ROWS.iter().find(|row| {
        row.medium == medium
            && row.holds.on(day)
            && names_any(industry.unwrap_or_default(), row.industry)
            && (row.pollutants.is_empty() || row.pollutants.split('/').any(|name| name == pollutant))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn least(industry: Option<&str>, medium: &str, pollutant: &str, day: (i32, u32, u32)) -> Option<String> {
        let day = NaiveDate::from_ymd_opt(day.0, day.1, day.2)?;
        minimum(industry, medium, pollutant, day).map(|minimum| minimum.frequency.to_string())
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
}
