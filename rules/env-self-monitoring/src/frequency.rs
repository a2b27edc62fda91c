//! How often a plan has a point tested: reading the cell, and comparing two frequencies.

use std::cmp::Ordering;
use std::fmt;

use mingcha_kit::values::numeral::figure;
use mingcha_kit::values::text::{half_width, trimmed};

/// A frequency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Frequency {
    /// All the time, by instruments.
    Continuous,
    /// So many times in so many units: `1次/2月` is once in two months.
    Times {
        /// Tests.
        times: u32,
        /// Units they are spread over.
        every: u32,
        /// The unit.
        unit: Unit,
    },
}

/// A unit of time in a frequency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// 时
    Hour,
    /// 日
    Day,
    /// 工作日
    WorkingDay,
    /// 周
    Week,
    /// 月
    Month,
    /// 季
    Quarter,
    /// 半年
    HalfYear,
    /// 年
    Year,
}

/// How a unit is written; longer spellings before those they begin with.
const UNITS: [(&str, Unit); 12] = [
    ("小时", Unit::Hour),
    ("时", Unit::Hour),
    ("工作日", Unit::WorkingDay),
    ("日", Unit::Day),
    ("天", Unit::Day),
    ("周", Unit::Week),
    ("星期", Unit::Week),
    ("半年", Unit::HalfYear),
    ("月", Unit::Month),
    ("季度", Unit::Quarter),
    ("季", Unit::Quarter),
    ("年", Unit::Year),
];

impl Unit {
    const fn name(self) -> &'static str {
        match self {
            Self::Hour => "小时",
            Self::Day => "日",
            Self::WorkingDay => "工作日",
            Self::Week => "周",
            Self::Month => "月",
            Self::Quarter => "季",
            Self::HalfYear => "半年",
            Self::Year => "年",
        }
    }

    /// How many of them a year has, nearly.
    const fn per_year(self) -> u64 {
        match self {
            Self::Hour => 8760,
            Self::Day => 365,
            Self::WorkingDay => 250,
            Self::Week => 52,
            Self::Month => 12,
            Self::Quarter => 4,
            Self::HalfYear => 2,
            Self::Year => 1,
        }
    }

    /// How many days the shortest of them has.
    const fn shortest_days(self) -> u32 {
        match self {
            Self::Hour | Self::Day | Self::WorkingDay => 1,
            Self::Week => 7,
            Self::Month => 28,
            Self::Quarter => 90,
            Self::HalfYear => 181,
            Self::Year => 365,
        }
    }
}

impl Frequency {
    /// Reads `1次/月`, `每季度一次`, `2次/年`, `连续`, or a bare `1` with its unit from the cell beside.
    #[must_use]
    pub fn parse(text: &str, unit: Option<&str>) -> Option<Self> {
        let text = half_width(trimmed(text)).replace([' ', '\u{3000}', '\u{a0}'], "").replace('／', "/");
        if ["连续", "实时", "在线", "自动"].iter().any(|word| text.contains(word)) {
            return Some(Self::Continuous);
        }
        let text = ["至少", "不少于", "不低于", "≥"].iter().fold(text, |text, word| text.replace(word, ""));
        let (times, rest) = match (text.split_once('次'), text.split_once('/')) {
            (Some((before, after)), _) => {
                let (head, times) = number_at_end(before);
                (times, format!("{head}{after}"))
            }
            (None, Some((times, after))) => (figure_u32(times)?, after.to_owned()),
            (None, None) => match figure_u32(&text) {
                Some(times) => (times, String::new()),
                None => (1, text),
            },
        };
        let rest = if rest.is_empty() { unit.unwrap_or_default() } else { &rest };
        let (every, unit) = interval(rest)?;
        (times > 0 && every > 0).then_some(Self::Times { times, every, unit })
    }

    /// Whether it is clearly less often than `least`: 4 times a month still counts as weekly, 30 as daily.
    #[must_use]
    pub fn is_below(self, least: Self) -> bool {
        let (Self::Times { times: a, every: k, unit }, Self::Times { times: b, every: l, unit: least }) =
            (self, least)
        else {
            return false;
        };
        let ours = u64::from(a) * unit.per_year() * u64::from(l);
        let theirs = u64::from(b) * least.per_year() * u64::from(k);
        ours * 10 < theirs * 9
    }

    /// Fewer tests a year before more; all the time comes last.
    #[must_use]
    pub fn by_tests_a_year(self, other: Self) -> Ordering {
        let tests = |frequency| match frequency {
            Self::Continuous => (u64::MAX, 1),
            Self::Times { times, every, unit } => (u64::from(times) * unit.per_year(), u64::from(every)),
        };
        let ((ours, k), (theirs, l)) = (tests(self), tests(other));
        (u128::from(ours) * u128::from(l)).cmp(&(u128::from(theirs) * u128::from(k)))
    }

    /// Whether tests are made on working days only.
    #[must_use]
    pub fn is_on_working_days(self) -> bool {
        matches!(self, Self::Times { unit: Unit::WorkingDay, .. })
    }

    /// How many days a period must have for a test to fall due in it.
    #[must_use]
    pub fn days_between(self) -> u32 {
        match self {
            Self::Continuous => 1,
            Self::Times { times, every, unit } => (unit.shortest_days() * every / times).max(1),
        }
    }
}

/// `1次/月`, `1次/2周`.
impl fmt::Display for Frequency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Continuous => f.write_str("连续"),
            Self::Times { times, every: 1, unit } => write!(f, "{times}次/{}", unit.name()),
            Self::Times { times, every, unit } => write!(f, "{times}次/{every}{}", unit.name()),
        }
    }
}

/// `/月`, `每2周`, `次/季度`, `月(枯水期)`.
fn interval(text: &str) -> Option<(u32, Unit)> {
    let text = text.trim_start_matches(['次', '/', '每', '(', '（', '隔']);
    let (at, unit) =
        UNITS.iter().filter_map(|&(word, unit)| Some((text.find(word)?, unit))).min_by_key(|(at, _)| *at)?;
    let every = match text[..at].trim_end_matches('个') {
        "" => 1,
        written => figure_u32(written)?,
    };
    Some((every, unit))
}

/// What stands before the number at the end, and the number; once where there is none.
fn number_at_end(text: &str) -> (&str, u32) {
    let mut starts = text.char_indices().map(|(at, _)| at);
    let found = starts.find_map(|at| figure_u32(&text[at..]).map(|times| (&text[..at], times)));
    found.unwrap_or((text, 1))
}

fn figure_u32(text: &str) -> Option<u32> {
    if text == "两" {
        return Some(2);
    }
    let figure = figure(text)?.normalized();
    if figure.scale() > 0 { None } else { u32::try_from(figure.units()).ok() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn times(times: u32, every: u32, unit: Unit) -> Option<Frequency> {
        Some(Frequency::Times { times, every, unit })
    }

    #[test]
    fn frequencies_are_read_as_plans_write_them() {
        for (text, unit, frequency) in [
            ("1次/月", None, times(1, 1, Unit::Month)),
            ("1", Some("月"), times(1, 1, Unit::Month)),
            ("1", Some("次/日"), times(1, 1, Unit::Day)),
            ("２次／年", None, times(2, 1, Unit::Year)),
            ("1/季", None, times(1, 1, Unit::Quarter)),
            ("每月1次", None, times(1, 1, Unit::Month)),
            ("每季度一次", None, times(1, 1, Unit::Quarter)),
            ("1次/半年", None, times(1, 1, Unit::HalfYear)),
            ("每半年一次", None, times(1, 1, Unit::HalfYear)),
            ("1次/2周", None, times(1, 2, Unit::Week)),
            ("每两个月一次", None, times(1, 2, Unit::Month)),
            ("至少1次/周", None, times(1, 1, Unit::Week)),
            ("每日", None, times(1, 1, Unit::Day)),
            ("1次/工作日", None, times(1, 1, Unit::WorkingDay)),
            ("每个工作日一次", None, times(1, 1, Unit::WorkingDay)),
            ("每4小时1次", None, times(1, 4, Unit::Hour)),
            ("1次/季度(昼夜各一次)", None, times(1, 1, Unit::Quarter)),
            ("连续监测", None, Some(Frequency::Continuous)),
        ] {
            assert_eq!(Frequency::parse(text, unit), frequency, "{text} {unit:?}");
        }
        assert!(
            ["", "1", "按需", "0次/月", "1次/批"].iter().all(|text| Frequency::parse(text, None).is_none())
        );
    }

    #[test]
    fn less_often_is_below_and_calendar_quirks_are_not() {
        let parse = |text| Frequency::parse(text, None).expect("a frequency");
        for (frequency, least) in [
            ("1次/季", "1次/月"),
            ("5次/周", "1次/日"),
            ("1次/2周", "1次/周"),
            ("1次/年", "1次/半年"),
            ("1次/工作日", "1次/日"),
        ] {
            assert!(parse(frequency).is_below(parse(least)), "{frequency} {least}");
        }
        for (frequency, least) in [
            ("30次/月", "1次/日"),
            ("4次/月", "1次/周"),
            ("7次/周", "1次/日"),
            ("12次/年", "1次/月"),
            ("1次/工作日", "1次/周"),
        ] {
            assert!(!parse(frequency).is_below(parse(least)), "{frequency} {least}");
        }
        assert!(!parse("连续").is_below(parse("1次/日")));
    }

    #[test]
    fn frequencies_are_compared_by_tests_a_year() {
        let parse = |text| Frequency::parse(text, None).expect("a frequency");
        for (fewer, more) in
            [("1次/工作日", "1次/日"), ("1次/周", "5次/月"), ("1次/2月", "7次/年"), ("30次/日", "连续")]
        {
            assert_eq!(parse(fewer).by_tests_a_year(parse(more)), Ordering::Less, "{fewer} {more}");
            assert_eq!(parse(more).by_tests_a_year(parse(fewer)), Ordering::Greater, "{fewer} {more}");
        }
        assert_eq!(parse("1次/季").by_tests_a_year(parse("4次/年")), Ordering::Equal);
    }

    #[test]
    fn one_test_falls_into_so_many_days() {
        let days = |text| Frequency::parse(text, None).map(Frequency::days_between);
        assert_eq!(
            [days("1次/日"), days("1次/月"), days("1次/季"), days("1次/年")],
            [Some(1), Some(28), Some(90), Some(365)]
        );
        assert_eq!(days("连续"), Some(1));
    }
}
