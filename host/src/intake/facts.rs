//! Facts of a part: what title and preamble rows, sheet, file and folder names say of all its records.
//!
//! A fact is text as a cell would hold it, so that a column taken from it converts like any other.

use mingcha_values::amount::Unit;
use mingcha_values::date::{DateError, parse_date, parse_instant};
use mingcha_values::division::Division;
use mingcha_values::period::{Period, PeriodKind};
use mingcha_values::text::{key, trimmed};
use serde::Serialize;

/// One fact of a part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fact {
    /// `reporter`, `published-on`, `unit`, `period`, `region`, `title`; `unit-of-COLUMN` for a unit in a header.
    pub name: String,
    /// As a cell would hold it.
    pub value: String,
    /// Where it was found.
    pub source: FactSource,
}

/// Where a fact was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FactSource {
    /// A row above the header or below the records.
    Row,
    /// The name of the sheet.
    Sheet,
    /// The name of the file.
    File,
    /// The name of a folder it lies in.
    Folder,
}

/// The names around a table, from the nearest to the farthest.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    /// Of the sheet; empty for text.
    pub(crate) sheet: String,
    /// Of the file, without its extension.
    pub(crate) file: String,
    /// Of the folders, the innermost first.
    pub(crate) folders: Vec<String>,
}

impl Names {
    /// From a path as reports show it.
    pub(crate) fn new(path: &str, sheet: Option<&str>) -> Self {
        let mut parts: Vec<&str> = path.split('/').collect();
        let file = parts.pop().unwrap_or_default();
        let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
        let folders = parts.iter().rev().map(|&part| part.to_owned()).collect();
        Self { sheet: sheet.unwrap_or_default().to_owned(), file: stem.to_owned(), folders }
    }

    /// Every name with what it is, nearest first.
    pub(crate) fn each(&self) -> impl Iterator<Item = (FactSource, &str)> {
        let near = [(FactSource::Sheet, self.sheet.as_str()), (FactSource::File, self.file.as_str())];
        near.into_iter().chain(self.folders.iter().map(|name| (FactSource::Folder, name.as_str())))
    }
}

/// Labels before a colon, and the fact they stand for; for one fact, the best label first.
const LABELS: [(&str, &str); 30] = [
    ("填报单位", "reporter"),
    ("填报部门", "reporter"),
    ("填报机构", "reporter"),
    ("报送单位", "reporter"),
    ("上报单位", "reporter"),
    ("编报单位", "reporter"),
    ("编制单位", "reporter"),
    ("制表单位", "reporter"),
    ("公开单位", "reporter"),
    ("发布单位", "reporter"),
    ("单位名称", "reporter"),
    ("企业名称", "reporter"),
    ("公开日期", "published-on"),
    ("公开时间", "published-on"),
    ("发布日期", "published-on"),
    ("发布时间", "published-on"),
    ("公布日期", "published-on"),
    ("公示日期", "published-on"),
    ("填报日期", "published-on"),
    ("填报时间", "published-on"),
    ("填表日期", "published-on"),
    ("报送日期", "published-on"),
    ("制表日期", "published-on"),
    ("报告期", "period"),
    ("报表期", "period"),
    ("所属期", "period"),
    ("所属季度", "period"),
    ("填报期", "period"),
    ("金额单位", "unit"),
    ("单位", "unit"),
];

/// Bytes; a longer row above a header is prose.
const LINE_AT_MOST: usize = 4000;

/// Bytes; a longer row of one cell is prose.
const TITLE_AT_MOST: usize = 240;

/// Facts stated in rows of text, each row's cells in order.
pub(crate) fn in_rows<'a>(rows: impl IntoIterator<Item = &'a [String]>) -> Vec<Fact> {
    let mut found: Vec<(usize, Fact)> = Vec::new();
    for row in rows {
        let cells: Vec<&str> = row.iter().map(|cell| trimmed(cell)).filter(|cell| !cell.is_empty()).collect();
        let line = cells.join("\t").replace('：', ":");
        if line.len() > LINE_AT_MOST {
            continue;
        }
        for (rank, &(label, name)) in LABELS.iter().enumerate() {
            let Some(value) = after_label(&line, label).and_then(|value| understood(name, value)) else {
                continue;
            };
            found.push((rank, Fact { name: name.to_owned(), value, source: FactSource::Row }));
        }
        if let Some(period) = cells.iter().find_map(|cell| period_in(cell)) {
            found.push((
                LABELS.len(),
                Fact { name: "period".to_owned(), value: period, source: FactSource::Row },
            ));
        }
    }
    found.sort_by_key(|(rank, _)| *rank);
    let mut facts: Vec<Fact> = Vec::new();
    for (_, fact) in found {
        if !facts.iter().any(|known| known.name == fact.name) {
            facts.push(fact);
        }
    }
    facts
}

/// The title above a header: the first row that holds one cell, perhaps repeated, and no label.
pub(crate) fn title_in<'a>(rows: impl IntoIterator<Item = &'a [String]>) -> Option<Fact> {
    let title = rows.into_iter().find_map(|row| {
        let mut filled = row.iter().map(|cell| trimmed(cell)).filter(|cell| !cell.is_empty());
        let alone = filled.next()?;
        filled.all(|cell| cell == alone).then_some(())?;
        (alone.len() <= TITLE_AT_MOST && !alone.contains([':', '：'])).then(|| alone.to_owned())
    });
    title.map(|value| Fact { name: "title".to_owned(), value, source: FactSource::Row })
}

/// What stands after a label and its colon, up to the next gap or label.
fn after_label<'a>(line: &'a str, label: &str) -> Option<&'a str> {
    let (at, _) = line.match_indices(label).find(|(at, _)| {
        let stands_alone = !line[..*at].ends_with(is_han) || label != "单位";
        stands_alone && line[at + label.len()..].trim_start().starts_with(':')
    })?;
    let rest = line[at + label.len()..].trim_start().strip_prefix(':')?.trim_start();
    let gap =
        ["\t", "  ", "\u{3000}", "\n"].iter().filter_map(|gap| rest.find(gap)).min().unwrap_or(rest.len());
    let next =
        LABELS.iter().filter_map(|(other, _)| rest.find(&format!("{other}:"))).min().unwrap_or(rest.len());
    Some(trimmed(&rest[..gap.min(next)]).trim_end_matches([')', '）', ';', '；', ',', '，']))
}

fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// The value of a fact, if the text can be one.
fn understood(name: &str, value: &str) -> Option<String> {
    match name {
        "published-on" => {
            let day = parse_date(value).is_ok() || parse_instant(value).is_ok();
            let nearly =
                matches!(parse_date(value), Err(DateError::WrongWeekday { .. } | DateError::Impossible));
            (day || nearly).then(|| value.to_owned())
        }
        "period" => period_in(value).or_else(|| Period::parse(value, None).ok().map(Period::name)),
        "unit" => {
            let unit = value.split(['、', '/', '(']).next().unwrap_or(value);
            Unit::parse(unit).map(|unit| unit.name().to_owned())
        }
        _ => (!value.is_empty() && value.chars().count() <= 60).then(|| value.to_owned()),
    }
}

/// The reporting period a title or name mentions, by its canonical name: the longest one in the text.
pub(crate) fn period_in(text: &str) -> Option<String> {
    let characters: Vec<(usize, char)> = key(text).chars().take(80).enumerate().collect();
    let starts =
        |at: usize| matches!(characters[at].1, '2' | '二') && (at == 0 || !is_digit(characters[at - 1].1));
    let mut best: Option<(usize, Period)> = None;
    for start in (0..characters.len()).filter(|&at| starts(at)) {
        for end in (start + 5..=characters.len().min(start + 14)).rev() {
            // 2016-07-26 and 2016年7月26日 are days, not months.
            if characters.get(end).is_some_and(|(_, c)| is_digit(*c) || matches!(c, '-' | '/' | '.')) {
                continue;
            }
            let words: String = characters[start..end].iter().map(|(_, c)| *c).collect();
            let period = Period::parse(&words, None).ok().filter(|period| period.kind() != PeriodKind::AsOf);
            if let Some(period) = period.filter(|_| best.is_none_or(|(length, _)| end - start > length)) {
                best = Some((end - start, period));
            }
        }
    }
    best.map(|(_, period)| period.name())
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}

/// Adds what the names around the table say: its period, its region unless the reporter tells it, and to its title the
/// names of sheet and file, each of which may be the one that says what list this is.
pub(crate) fn with_names(mut facts: Vec<Fact>, names: &Names) -> Vec<Fact> {
    let has = |facts: &[Fact], name: &str| facts.iter().any(|fact| fact.name == name);
    if !has(&facts, "period") {
        let found = names.each().find_map(|(source, name)| Some((source, period_in(name)?)));
        facts.extend(found.map(|(source, value)| Fact { name: "period".to_owned(), value, source }));
    }
    let reporter =
        facts.iter().find(|fact| fact.name == "reporter").map(|fact| (fact.source, fact.value.clone()));
    let named = names.each().map(|(source, name)| (source, name.to_owned()));
    let region = reporter
        .into_iter()
        .chain(named)
        .find_map(|(source, text)| Some((source, Division::find_in(&text)?)));
    facts.extend(region.map(|(source, division)| Fact {
        name: "region".to_owned(),
        value: division.name.to_owned(),
        source,
    }));
    titled(facts, names)
}

/// Doing it twice changes nothing: a name already in the title is not added.
fn titled(mut facts: Vec<Fact>, names: &Names) -> Vec<Fact> {
    let near = names.each().filter(|(source, name)| *source != FactSource::Folder && !name.is_empty());
    for (source, name) in near {
        match facts.iter_mut().find(|fact| fact.name == "title") {
            Some(title) if title.value.contains(name) => {}
            Some(title) => title.value = format!("{} / {name}", title.value),
            None => facts.push(Fact { name: "title".to_owned(), value: name.to_owned(), source }),
        }
    }
    facts
}

/// The value of a fact.
pub(crate) fn value<'a>(facts: &'a [Fact], name: &str) -> Option<&'a str> {
    facts.iter().find(|fact| fact.name == name).map(|fact| fact.value.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn facts(rows: &[&[&str]]) -> Vec<(String, String)> {
        let rows: Vec<Vec<String>> =
            rows.iter().map(|row| row.iter().map(|c| (*c).to_owned()).collect()).collect();
        in_rows(rows.iter().map(Vec::as_slice)).into_iter().map(|fact| (fact.name, fact.value)).collect()
    }

    fn pair(name: &str, value: &str) -> (String, String) {
        (name.to_owned(), value.to_owned())
    }

    #[test]
    fn a_preamble_in_one_cell_or_in_many_says_the_same() {
        let expected =
            [pair("reporter", "昌吉市财政局"), pair("published-on", "2016年10月12日"), pair("unit", "万元")];
        assert_eq!(facts(&[&["填报单位：昌吉市财政局  填报日期：2016年10月12日  单位：万元"]]), expected);
        assert_eq!(
            facts(&[&["填报单位:", "昌吉市财政局", "", "填报日期", ":2016年10月12日", "(单位：万元)"]]),
            expected
        );
    }

    #[test]
    fn a_title_tells_the_period() {
        assert_eq!(facts(&[&["昌吉市2016年第三季度PPP项目信息公开表"]]), [pair("period", "2016Q3")]);
        for (text, period) in [
            ("2016Q3_昌吉市", Some("2016Q3")),
            ("二〇一六年三季度", Some("2016Q3")),
            ("PPP201609", None),
            ("2016年7-9月情况", Some("2016Q3")),
            ("2016年度报告", Some("2016")),
            ("2016-10-18", None),
            ("填报日期:2016年10月8日", None),
            ("报告", None),
        ] {
            assert_eq!(period_in(text).as_deref(), period, "{text}");
        }
    }

    #[test]
    fn a_unit_of_something_else_is_no_unit_of_money() {
        assert_eq!(facts(&[&["填报单位：州财政局"]]), [pair("reporter", "州财政局")]);
        assert_eq!(facts(&[&["单位：昌吉市财政局"]]), []);
    }

    #[test]
    fn the_nearest_name_tells_the_region() {
        let names = Names::new("阜康市/呼图壁县/上报.csv", Some("Sheet1"));
        let region = |facts| value(&with_names(facts, &names), "region").map(str::to_owned);
        assert_eq!(region(Vec::new()).as_deref(), Some("呼图壁县"));
        let reporter = in_rows([&["填报单位:奇台县财政局".to_owned()][..]]);
        assert_eq!(region(reporter).as_deref(), Some("奇台县"));
    }

    #[test]
    fn the_title_is_what_row_sheet_and_file_call_the_table() {
        let rows = [vec!["填报单位:昌吉市财政局".to_owned()], vec![String::new(), "收费目录清单".to_owned()]];
        let above: Vec<Fact> = title_in(rows.iter().map(Vec::as_slice)).into_iter().collect();
        let names = Names::new("上报/涉企收费目录清单.xlsx", Some("目录"));
        let once = with_names(above, &names);
        assert_eq!(value(&once, "title"), Some("收费目录清单 / 涉企收费目录清单"), "目录 is in it already");
        assert_eq!(with_names(once.clone(), &names), once);
        assert_eq!(value(&with_names(Vec::new(), &names), "title"), Some("目录 / 涉企收费目录清单"));
    }

    proptest! {
        #[test]
        fn no_text_panics(cells in prop::collection::vec("[填报单位日期公开:： \\t2016年7-9月万元第三季度a)]{0,20}|\\PC{0,20}", 0..4)) {
            let _ = in_rows([cells.as_slice()]);
            cells.iter().for_each(|cell| drop(period_in(cell)));
        }
    }
}
