//! 执行期限: first and last day of an item, in one cell.

use mingcha_kit::prelude::*;
use values::date::parse_date;
use values::text::trimmed;

/// First and last day, each open where the cell does not say it. A cell of another shape (`长期`) is open at both ends.
pub(crate) fn validity(cell: &str) -> (Option<NaiveDate>, Option<NaiveDate>) {
    let day =
        |text: &str| parse_date(trimmed(text).trim_start_matches('自').trim_end_matches(['起', '止'])).ok();
    let between = |mark: &str| {
        let (from, to) = cell.split_once(mark)?;
        let days = (day(from), day(to));
        (days != (None, None)).then_some(days)
    };
    let marks = ["至", "到", "~", "～", "—", "–", " - "];
    marks.into_iter().find_map(between).unwrap_or_else(|| match day(cell) {
        Some(day) if trimmed(cell).ends_with('起') => (Some(day), None),
        last => (None, last),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_open_at_either_end_are_read() {
        let day = |text| Some(parse_date(text).expect("a day"));
        assert_eq!(validity("2015年1月1日至2018年12月31日"), (day("2015-01-01"), day("2018-12-31")));
        assert_eq!(validity("2015-01-01—2018-12-31"), (day("2015-01-01"), day("2018-12-31")));
        assert_eq!(validity("至2018-12-31止"), (None, day("2018-12-31")));
        assert_eq!(validity("自2015年1月1日起"), (day("2015-01-01"), None));
        assert_eq!(validity("2018.12.31"), (None, day("2018-12-31")));
        assert_eq!(validity("长期"), (None, None));
    }
}
