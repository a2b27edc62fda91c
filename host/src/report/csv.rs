//! One line per finding, for spreadsheet programs: UTF-8 with its mark, so that they read Chinese, and nothing that acts.

use std::collections::BTreeMap;

use super::escape::csv_cell;
use super::phrases;
use super::words::{self, either};
use crate::audit::RunRecord;
use crate::audit::record::{Finding, RuleRecord};
use crate::audit::render;
use crate::manifest::Language;

/// Headers, in both languages; the workbook of findings has the same.
pub(super) const HEADERS: [[&str; 2]; 23] = [
    ["序号", "number"],
    ["程度", "severity"],
    ["规则", "rule"],
    ["规则名称", "title"],
    ["单位", "body"],
    ["文件", "file"],
    ["工作表", "sheet"],
    ["单元格", "cell"],
    ["行", "line"],
    ["列", "column"],
    ["原值", "value"],
    ["问题", "finding"],
    ["应为", "expected"],
    ["实为", "actual"],
    ["相差", "difference"],
    ["记录", "record"],
    ["依据", "basis"],
    ["怎么改", "how to mend"],
    ["原因", "cause"],
    ["豁免", "suppressed"],
    ["与上次相比", "baseline"],
    ["指纹", "fingerprint"],
    ["记录标识", "record key"],
];

/// The findings that were kept, suppressed ones too.
#[must_use]
pub(super) fn csv(record: &RunRecord, language: Language) -> Vec<u8> {
    let rules: BTreeMap<&str, &RuleRecord> =
        record.manifest.rules.iter().map(|rule| (rule.id.as_str(), rule)).collect();
    let mut writer = ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(Vec::new());
    // Writing to memory does not fail.
    let _ = writer.write_record(HEADERS.map(|[zh, en]| either(language, zh, en)));
    for finding in &record.findings {
        let rule = rules.get(finding.rule.as_str()).copied();
        let line = line(record, finding, rule, language);
        let _ = writer.write_record(line.iter().map(|cell| csv_cell(cell)));
    }
    let mut bytes = "\u{feff}".as_bytes().to_vec();
    bytes.extend(writer.into_inner().unwrap_or_default());
    bytes
}

/// The cells of a finding, as written.
pub(super) fn line(
    record: &RunRecord,
    finding: &Finding,
    rule: Option<&RuleRecord>,
    language: Language,
) -> [String; HEADERS.len()] {
    let place = finding.nearest_place();
    let text = |text: Option<&String>| text.cloned().unwrap_or_default();
    let value =
        |value: &Option<_>| value.as_ref().map_or_else(String::new, |value| render::show(value, language));
    let row = place.and_then(|place| place.row.map(u64::from).or(place.line));
    let key: Vec<&str> = finding.subject.iter().chain(finding.key.values()).map(String::as_str).collect();
    let cause = finding.cause.and_then(|id| record.manifest.cause(id));
    [
        finding.id.to_string(),
        words::severity(finding.severity, language).to_owned(),
        finding.rule.clone(),
        rule.map_or_else(String::new, |rule| rule.title.get(language).to_owned()),
        text(finding.body.as_ref()),
        text(place.map(|place| &place.input)),
        text(place.and_then(|place| place.sheet.as_ref())),
        text(place.and_then(|place| place.cell.as_ref())),
        row.map_or_else(String::new, |row| row.to_string()),
        text(place.and_then(|place| place.header.as_ref())),
        text(finding.place.as_ref().and_then(|place| place.value.as_ref())),
        finding.text.get(language).to_owned(),
        value(&finding.expected),
        value(&finding.actual),
        value(&finding.difference),
        key.join(either(language, "、", ", ")),
        rule.map_or_else(String::new, |rule| phrases::bases(&rule.bases, language)),
        rule.map_or_else(String::new, |rule| phrases::mend(rule, language)),
        cause.map_or_else(String::new, |cause| cause.sentence.get(language).to_owned()),
        finding.suppression.as_ref().map_or_else(String::new, |said| phrases::suppression(said, language)),
        finding.baseline.map_or("", |state| words::baseline(state, language)).to_owned(),
        finding.fingerprint.clone(),
        finding.record_key.clone(),
    ]
}
