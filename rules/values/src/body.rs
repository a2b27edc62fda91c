//! Bodies of government under their old and their new names, without the place before them.
//!
//! Only names that changed are here. A later body took over the tasks of several, so that two old names are never one
//! body on account of the new one.

use crate::date::parse_date;
use crate::shipped;
use chrono::NaiveDate;

/// The shipped table.
pub const TABLE: &str = include_str!("../data/bodies.csv");
const WIDTH: usize = 3;
const CELLS: [&str; shipped::count(TABLE, WIDTH)] = shipped::cells(TABLE);

/// Whether one of these is the later name of the other on that day: 工商局 and 市场监督管理局.
#[must_use]
pub fn is_renamed(a: &str, b: &str, day: NaiveDate) -> bool {
    CELLS.chunks_exact(WIDTH).any(|row| {
        let one_of = |names: &str, body: &str| names.split('/').any(|name| name == body);
        let follows = |old: &str, new: &str| one_of(row[0], old) && one_of(row[1], new);
        (follows(a, b) || follows(b, a)) && parse_date(row[2]).is_ok_and(|since| since <= day)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn renamed(a: &str, b: &str, day: &str) -> bool {
        is_renamed(a, b, parse_date(day).expect("a day"))
    }

    #[test]
    fn every_row_has_a_day() {
        assert!(CELLS.chunks_exact(WIDTH).all(|row| parse_date(row[2]).is_ok()));
    }

    #[test]
    fn a_later_name_stands_for_the_old_one_from_its_day_on() {
        assert!(renamed("工商局", "市场监督管理局", "2019-01-01"));
        assert!(renamed("市场监管局", "质监局", "2018-03-17"));
        assert!(!renamed("工商局", "市场监督管理局", "2018-03-16"));
    }

    #[test]
    fn two_old_names_are_two_bodies() {
        assert!(!renamed("工商局", "食药监局", "2019-01-01"));
        assert!(!renamed("水利局", "自然资源局", "2019-01-01"));
    }
}
