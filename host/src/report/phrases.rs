//! Phrases that several reports say: places, bases, how to mend, suppressions, numbers of findings.

use super::words::either;
use crate::audit::RunRecord;
use crate::audit::record::{Finding, RuleRecord, Suppression, Totals, Value};
use crate::audit::render;
use crate::manifest::{Basis, Language};

/// Sheet and cell, or line, or record: what a person needs to find it in its file.
#[must_use]
pub(super) fn place(finding: &Finding, language: Language) -> String {
    let Some(place) = &finding.place else {
        let sheet = finding.related.first().and_then(|place| place.sheet.clone());
        return sheet.unwrap_or_default();
    };
    let zh = language == Language::Zh;
    let header = place.header.as_ref().or(place.column.as_ref());
    let column = match (header, zh) {
        (Some(header), true) => format!("“{header}”"),
        (Some(header), false) => format!(" “{header}”"),
        (None, _) => String::new(),
    };
    match (&place.sheet, &place.cell, place.row, place.line) {
        (Some(sheet), Some(cell), ..) => format!("{sheet}!{cell}"),
        (Some(sheet), None, Some(row), _) if zh => format!("{sheet} 第{row}行"),
        (Some(sheet), None, Some(row), _) => format!("{sheet} row {row}"),
        (Some(sheet), None, None, Some(line)) if zh => format!("{sheet} 第{line}行{column}"),
        (Some(sheet), None, None, Some(line)) => format!("{sheet} line {line}{column}"),
        (Some(sheet), None, None, None) => sheet.clone(),
        (None, _, _, Some(line)) if zh => format!("第{line}行{column}"),
        (None, _, _, Some(line)) => format!("line {line}{column}"),
        (None, Some(cell), ..) => cell.clone(),
        (None, ..) => match place.record {
            Some(record) if zh => format!("第{record}条{column}"),
            Some(record) => format!("record {record}{column}"),
            None => String::new(),
        },
    }
}

/// The cell as written, where the sentence does not quote it already.
#[must_use]
pub(super) fn quoted(finding: &Finding, language: Language) -> Option<String> {
    let value = crate::visible(finding.place.as_ref()?.value.as_deref()?);
    let text = finding.text.get(language);
    let said = text.contains(&value) || text.contains(&in_words(&value, language));
    let value = crate::cut(&value, 40);
    (!said && !value.is_empty()).then(|| match language {
        Language::Zh => format!("〔原值:{value}〕"),
        Language::En => format!(" [says: {value}]"),
    })
}

/// A date as sentences write it; other values as they are.
fn in_words(value: &str, language: Language) -> String {
    match mingcha_values::date::parse_date(value) {
        Ok(day) => render::show(&Value::Date(day.to_string()), language),
        Err(_) => value.to_owned(),
    }
}

/// Document and article, and whether the wording was read.
#[must_use]
pub fn basis(basis: &Basis, language: Language) -> String {
    bases(std::slice::from_ref(basis), language)
}

/// Documents with their articles; those of one document together.
#[must_use]
pub(super) fn bases(bases: &[Basis], language: Language) -> String {
    let same = |a: &Basis, b: &Basis| a.document == b.document && a.verified == b.verified;
    let (joint, mark) = match language {
        Language::Zh => ("、", "〔依据待核〕"),
        Language::En => (", ", " [not verified]"),
    };
    let name = |bases: &[Basis]| {
        let articles: Vec<&str> =
            bases.iter().map(|basis| basis.article.as_str()).filter(|text| !text.is_empty()).collect();
        let space = if articles.is_empty() { "" } else { " " };
        let mark = if bases[0].verified { "" } else { mark };
        format!("{}{space}{}{mark}", bases[0].document, articles.join(joint))
    };
    let names: Vec<String> = bases.chunk_by(same).map(name).collect();
    names.join(either(language, ";", "; "))
}

/// How to mend it: the first paragraph of that section of the rule's page, on one line.
#[must_use]
pub(super) fn mend(rule: &RuleRecord, language: Language) -> String {
    let text = rule.mend.get(language);
    let first = text.split("\n\n").next().unwrap_or_default();
    first.lines().map(str::trim).collect::<Vec<_>>().join(either(language, "", " "))
}

/// Why a finding does not count, who says so, and until when.
#[must_use]
pub(super) fn suppression(said: &Suppression, language: Language) -> String {
    let or_nothing = |text: &Option<String>, zh: &str, en: &str| {
        text.as_ref().map_or_else(String::new, |text| match language {
            Language::Zh => format!(",{zh}{text}"),
            Language::En => format!(", {en}{text}"),
        })
    };
    format!(
        "{}({}{}{}{})",
        said.reason,
        said.by,
        or_nothing(&said.authority, "", ""),
        or_nothing(&said.on, "", "on "),
        or_nothing(&said.until, "有效至 ", "until ")
    )
}

/// Findings by severity: `错误 3,警告 2,提示 0`.
#[must_use]
pub(super) fn totals(totals: Totals, language: Language) -> String {
    let Totals { error, warning, notice } = totals;
    match language {
        Language::Zh => format!("错误 {error},警告 {warning},提示 {notice}"),
        Language::En => {
            [counted(error, "error"), counted(warning, "warning"), counted(notice, "notice")].join(", ")
        }
    }
}

/// An English count: `1 error`, `2 errors`.
#[must_use]
pub fn counted(count: impl Into<u64>, noun: &str) -> String {
    let count = count.into();
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}

/// Units a rule judged; of the record of one body nobody knows it.
#[must_use]
pub(super) fn applied(record: &RunRecord, rule: &RuleRecord) -> String {
    if record.manifest.body.is_some() { "—".to_owned() } else { rule.applied.to_string() }
}

/// The body a record is about, where it is about one.
#[must_use]
pub(super) fn body(record: &RunRecord, language: Language) -> Option<String> {
    let body = record.manifest.body.as_deref()?;
    Some(crate::visible(super::packages::named(body, language)))
}

/// That some findings are not shown.
#[must_use]
pub(super) fn more(count: usize, language: Language) -> String {
    match language {
        Language::Zh => format!("… 另有 {count} 处"),
        Language::En => format!("… and {count} more"),
    }
}
