//! Causes as sentences, in both languages. The file is not named: reports show causes under it.

use super::record::{CauseKind, Finding, Place};
use crate::manifest::Text;

/// What a sentence is made of.
pub(super) struct Told<'a> {
    pub(super) kind: CauseKind,
    pub(super) first: &'a Finding,
    pub(super) title: &'a Text,
    pub(super) count: u64,
    pub(super) at_least: bool,
    /// The power of ten, of a unit slip.
    pub(super) power: i32,
}

/// The cause in one sentence.
pub(super) fn sentence(told: &Told<'_>) -> Text {
    let (zh, en) = (counted_zh(told), counted_en(told));
    let column = column(told.first.place.as_ref());
    let part = part(told.first.place.as_ref());
    let (title, value) = (told.title, shown_value(told.first));
    let (zh, en) = match told.kind {
        CauseKind::ShiftedColumns => (
            format!("{}{zh}单元格读不出,其中有的像是旁边一列的内容:这些行可能错了列", part.zh),
            format!(
                "{} has {en} unreadable cells, some of them like the next column's: these rows may have slipped sideways",
                part.en
            ),
        ),
        CauseKind::UnitSlip => (
            format!("{}{zh}都恰好相差约 {} 倍,像是填错了单位", column.zh, factor(told.power)),
            format!(
                "{}: {en} all off by almost exactly {}, as if in a wrong unit",
                column.en,
                factor(told.power)
            ),
        ),
        CauseKind::WholeColumn => (
            format!("{}整列{zh}同样:{}", column.zh, title.zh),
            format!("{}, the whole column ({en}): {}", column.en, title.en),
        ),
        CauseKind::WholePart => (
            format!("{}每条记录都如此({}):{}", part.zh, zh.trim(), title.zh),
            format!("{}, every record ({en}): {}", part.en, title.en),
        ),
        CauseKind::SameValue if value.is_empty() => (
            format!("{}{zh}都是空白:{}", column.zh, title.zh),
            format!("{}: {en} all blank: {}", column.en, title.en),
        ),
        CauseKind::SameValue => (
            format!("{}{zh}都写作“{value}”:{}", column.zh, title.zh),
            format!("{}: {en} all say “{value}”: {}", column.en, title.en),
        ),
        CauseKind::SameSpelling => (
            format!("{}{zh}都是“{value}”这样的写法:{}", column.zh, title.zh),
            format!("{}: {en} all written like “{value}”: {}", column.en, title.en),
        ),
        CauseKind::SameBody | CauseKind::MissingColumn => {
            let body = crate::visible(told.first.body.as_deref().unwrap_or_default());
            (format!("“{body}”{zh}同样:{}", title.zh), format!("“{body}” ({en}): {}", title.en))
        }
    };
    Text { zh, en }
}

/// A column that a file lacks, and how many rules need it.
pub(super) fn missing_column(part: &str, column: &Text, rules: usize) -> Text {
    let part = crate::visible(part);
    let plural = if rules == 1 { "" } else { "s" };
    Text {
        zh: format!("{part} 缺少“{}”列,{rules} 条规则在这里无从核查", column.zh),
        en: format!(
            "{part} lacks column {}, which {rules} rule{plural} could not be checked without",
            column.en
        ),
    }
}

fn counted_zh(told: &Told<'_>) -> String {
    if told.at_least { format!("至少 {} 处", told.count) } else { format!(" {} 处", told.count) }
}

fn counted_en(told: &Told<'_>) -> String {
    if told.at_least { format!("at least {}", told.count) } else { told.count.to_string() }
}

fn factor(power: i32) -> &'static str {
    match power.abs() {
        3 => "1000",
        4 => "10000",
        6 => "1000000",
        _ => "100000000",
    }
}

fn shown_value(finding: &Finding) -> String {
    let value = finding.place.as_ref().and_then(|place| place.value.as_deref()).unwrap_or_default();
    crate::cut(&crate::visible(value), 40)
}

/// `目录!E 列“金额”`, or only the header where there are no cells.
fn column(place: Option<&Place>) -> Text {
    let Some(place) = place else { return Text::default() };
    let header = crate::visible(place.header.as_deref().or(place.column.as_deref()).unwrap_or_default());
    let letters =
        place.cell.as_deref().map(|cell| cell.trim_end_matches(|digit: char| digit.is_ascii_digit()));
    let sheet =
        place.sheet.as_deref().map(crate::visible).map_or_else(String::new, |sheet| format!("{sheet}!"));
    match letters {
        Some(letters) => Text {
            zh: format!("{sheet}{letters} 列“{header}”"),
            en: format!("{sheet}{letters} “{header}”"),
        },
        None => Text { zh: format!("“{header}”列"), en: format!("“{header}”") },
    }
}

fn part(place: Option<&Place>) -> Text {
    match place.and_then(|place| place.sheet.as_deref()).map(crate::visible) {
        Some(sheet) => Text { zh: format!("工作表“{sheet}”"), en: format!("sheet “{sheet}”") },
        None => Text { zh: "这个文件".to_owned(), en: "this file".to_owned() },
    }
}
