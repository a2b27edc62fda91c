//! Which government funds there are: the list the pack ships, recalled and marked so, or the user's own.
//!
//! A fund that a notice ended or merged stays here; `abolished-listed` and `merged-old-name` speak of it.

use std::collections::HashMap;

use mingcha_kit::prelude::*;
use values::date::parse_date;
use values::shipped::rows as shipped_rows;

use crate::item_name::bare_key;
use crate::settings::NATIONAL_FUNDS;

/// The shipped list: name, other names and parts, first day, first day no longer, standing.
pub(crate) const SHIPPED: &str = include_str!("../data/national-funds.csv");

/// First day and first day no longer, open where nothing is said.
type Span = (Option<NaiveDate>, Option<NaiveDate>);

/// The national list.
#[derive(Debug)]
pub(crate) struct Funds {
    by_name: HashMap<String, Span>,
    /// The user's list, not the one that was recalled.
    pub(crate) verified: bool,
}

impl Funds {
    /// The user's where there is one.
    pub(crate) fn of(task: &Task) -> Self {
        let own = task.settings.list(&NATIONAL_FUNDS);
        if own.is_empty() {
            return Self {
                by_name: shipped_rows(SHIPPED).filter_map(shipped).flatten().collect(),
                verified: false,
            };
        }
        Self { by_name: own.into_iter().map(|name| (bare_key(name), (None, None))).collect(), verified: true }
    }

    /// Whether a fund with this [`bare_key`] is on the list that day.
    pub(crate) fn has(&self, key: &str, day: NaiveDate) -> bool {
        let holds = |(since, until): &Span| since.is_none_or(|d| d <= day) && until.is_none_or(|d| day < d);
        self.by_name.get(key).is_some_and(holds)
    }
}

fn shipped(line: &'static str) -> Option<impl Iterator<Item = (String, Span)>> {
    let &[name, others, since, until, _] = line.split(',').collect::<Vec<_>>().as_slice() else {
        return None;
    };
    let day = |cell: &str| parse_date(cell).ok();
    let span = (day(since), day(until));
    let names = others.split('、').chain([name]).filter(|name| !name.is_empty());
    Some(names.map(move |name| (bare_key(name), span)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use mingcha_kit::Settings;

    fn funds(settings: &str) -> Funds {
        let settings = Settings::parse(settings).expect("settings");
        let as_of = parse_date("2016-11-30").expect("a day");
        Funds::of(&Task { as_of, period: None, settings, keep: 10, tables: Vec::new() })
    }

    #[test]
    fn every_shipped_line_is_read() {
        assert!(shipped_rows(SHIPPED).all(|line| shipped(line).is_some_and(|names| names.count() > 0)));
        let days: Vec<&str> =
            shipped_rows(SHIPPED).flat_map(|line| line.split(',').skip(2).take(2)).collect();
        assert!(days.iter().all(|day| day.is_empty() || parse_date(day).is_ok()));
    }

    #[test]
    fn a_fund_is_on_the_list_until_it_was_cancelled() {
        let day = |text| parse_date(text).expect("a day");
        let funds = funds("{}");
        assert!(funds.has("新型墙体材料专项基金", day("2017-03-31")));
        assert!(!funds.has("新型墙体材料专项基金", day("2017-04-01")));
        assert!(funds.has(&bare_key("地方教育费附加"), day("2016-01-01")), "by another name");
    }

    #[test]
    fn the_list_of_the_user_replaces_the_shipped_one() {
        let funds = funds(r#"{"national-funds": ["示例基金"]}"#);
        let day = parse_date("2016-11-30").expect("a day");
        assert!(funds.verified && funds.has("示例基金", day) && !funds.has("教育费附加", day));
    }
}
