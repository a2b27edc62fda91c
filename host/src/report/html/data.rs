//! The findings as the page's script reads them: columns of small numbers for the filters, and chunks of details.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use crate::audit::RunRecord;
use crate::audit::record::{Finding, RuleRecord, Value};
use crate::audit::render;
use crate::manifest::{Language, Severity, Text};
use crate::report::{phrases, words};

/// Findings of one chunk.
const CHUNK: usize = 500;
/// Characters of a value; the file has the whole of it.
const VALUE_CHARACTERS: usize = 400;

/// What findings name by number: rules that found something, bodies, files.
pub(super) struct Catalogue<'a> {
    rules: Vec<&'a RuleRecord>,
    bodies: Vec<&'a str>,
    files: Vec<&'a str>,
    rule_numbers: BTreeMap<&'a str, usize>,
    body_numbers: BTreeMap<&'a str, usize>,
    file_numbers: BTreeMap<&'a str, usize>,
}

impl<'a> Catalogue<'a> {
    /// Numbers them in the order of the record.
    pub(super) fn of(record: &'a RunRecord) -> Self {
        let (rule_names, rule_numbers) =
            numbered(record.findings.iter().map(|finding| finding.rule.as_str()));
        let (bodies, body_numbers) = numbered(record.findings.iter().map(body));
        let (files, file_numbers) = numbered(record.findings.iter().map(file));
        let by_id: BTreeMap<&str, &RuleRecord> =
            record.manifest.rules.iter().map(|rule| (rule.id.as_str(), rule)).collect();
        let rules = rule_names.iter().filter_map(|id| by_id.get(id).copied()).collect();
        Self { rules, bodies, files, rule_numbers, body_numbers, file_numbers }
    }

    /// Rules that found something, in the order of their numbers.
    pub(super) fn rules(&self) -> &[&'a RuleRecord] {
        &self.rules
    }

    /// Bodies, in the order of their numbers; an empty one stands for findings that name none.
    pub(super) fn bodies(&self) -> &[&'a str] {
        &self.bodies
    }

    /// Numbers of a finding's rule and body.
    pub(super) fn numbers(&self, finding: &Finding) -> (usize, usize) {
        let of = |numbers: &BTreeMap<&str, usize>, name| numbers.get(name).copied().unwrap_or_default();
        (of(&self.rule_numbers, finding.rule.as_str()), of(&self.body_numbers, body(finding)))
    }

    /// What filters need of every finding.
    pub(super) fn index(&self, record: &RunRecord) -> String {
        let numbers: Vec<(usize, usize)> =
            record.findings.iter().map(|finding| self.numbers(finding)).collect();
        let mark = |language| words::either(language, "〔依据待核〕", "[not verified]");
        embedded(&json!({
            "size": CHUNK,
            "mark": [mark(Language::Zh), mark(Language::En)],
            "rules": self.rules.iter().map(|rule| rule_json(rule)).collect::<Vec<_>>(),
            "bodies": self.bodies.iter().map(|body| shown(body)).collect::<Vec<_>>(),
            "files": self.files.iter().map(|file| shown(file)).collect::<Vec<_>>(),
            "severity": record.findings.iter().map(|finding| severity(finding.severity)).collect::<Vec<_>>(),
            "rule": numbers.iter().map(|(rule, _)| rule).collect::<Vec<_>>(),
            "body": numbers.iter().map(|(_, body)| body).collect::<Vec<_>>(),
        }))
    }

    /// Details, so many findings each.
    pub(super) fn chunks(&self, record: &RunRecord) -> Vec<String> {
        let details = |findings: &[Finding]| {
            embedded(&findings.iter().map(|finding| self.detail(record, finding)).collect())
        };
        record.findings.chunks(CHUNK).map(details).collect()
    }

    fn detail(&self, record: &RunRecord, finding: &Finding) -> Json {
        let place = finding.nearest_place();
        let around = |cell: &crate::audit::record::Neighbour| {
            json!([shown(&cell.header), cell.cell.as_deref().unwrap_or_default(), shown(&cell.value)])
        };
        let column = finding.place.as_ref().and_then(|place| place.column.as_deref());
        json!([
            both(|language| shown(&phrases::place(finding, language))),
            self.file_numbers.get(file(finding)),
            pair(&finding.text),
            place.and_then(|place| place.header.as_deref()).map(shown),
            place.and_then(|place| place.value.as_deref()).map(shown),
            finding.around.iter().map(around).collect::<Vec<_>>(),
            place.and_then(|place| place.row.map(u64::from).or(place.line)),
            finding.around.iter().position(|cell| Some(cell.column.as_str()) == column),
            facts(record, finding),
        ])
    }
}

/// What only some findings have.
fn facts(record: &RunRecord, finding: &Finding) -> Json {
    let value = |value: &Option<Value>| {
        value.as_ref().map(|value| both(|language| shown(&render::show(value, language))))
    };
    let cause = finding.cause.and_then(|id| record.manifest.cause(id));
    let facts = [
        ("expected", value(&finding.expected)),
        ("actual", value(&finding.actual)),
        ("difference", value(&finding.difference)),
        ("cause", cause.map(|cause| pair(&cause.sentence))),
        (
            "baseline",
            finding.baseline.map(|state| both(|language| words::baseline(state, language).to_owned())),
        ),
        (
            "suppressed",
            finding
                .suppression
                .as_ref()
                .map(|said| both(|language| shown(&phrases::suppression(said, language)))),
        ),
    ];
    facts
        .into_iter()
        .filter_map(|(name, value)| Some((name.to_owned(), value?)))
        .collect::<serde_json::Map<_, _>>()
        .into()
}

fn rule_json(rule: &RuleRecord) -> Json {
    json!({
        "id": rule.id,
        "title": pair(&rule.title),
        "basis": both(|language| shown(&phrases::bases(&rule.bases, language))),
        "mend": both(|language| shown(&phrases::mend(rule, language))),
    })
}

fn both(say: impl Fn(Language) -> String) -> Json {
    json!([say(Language::Zh), say(Language::En)])
}

fn pair(text: &Text) -> Json {
    both(|language| crate::visible(text.get(language)))
}

fn shown(text: &str) -> String {
    crate::visible(&crate::cut(text, VALUE_CHARACTERS))
}

fn severity(severity: Severity) -> u8 {
    match severity {
        Severity::Error => 0,
        Severity::Warning => 1,
        Severity::Notice => 2,
    }
}

fn body(finding: &Finding) -> &str {
    finding.body.as_deref().unwrap_or_default()
}

fn file(finding: &Finding) -> &str {
    finding.nearest_place().map_or("", |place| place.input.as_str())
}

/// The different names in the order they come, and the number of each.
fn numbered<'a>(names: impl Iterator<Item = &'a str>) -> (Vec<&'a str>, BTreeMap<&'a str, usize>) {
    let (mut list, mut numbers) = (Vec::new(), BTreeMap::new());
    for name in names {
        numbers.entry(name).or_insert_with(|| {
            list.push(name);
            list.len() - 1
        });
    }
    (list, numbers)
}

/// JSON that may stand in a script element: nothing in it ends the element or begins a comment.
fn embedded(value: &Json) -> String {
    crate::json_safe(value.to_string().replace('<', "\\u003c"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_the_data_ends_its_element() {
        let text = "</script><!--<script>\u{202e}";
        let page = embedded(&json!([text]));
        assert!(!page.contains('<') && !page.contains('\u{202e}'), "{page}");
        assert_eq!(serde_json::from_str::<Vec<String>>(&page).ok(), Some(vec![text.to_owned()]));
    }
}
