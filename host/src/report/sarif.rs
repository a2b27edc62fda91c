//! SARIF 2.1.0, for code scanning: the host is the driver, every pack an extension; cells are logical locations. What was
//! not checked is a notification, so that a run without results is no clean run.
//!
//! GitHub takes 25,000 results and 10 MB packed: the gravest go first, and what is left out is said and counted.

use std::collections::BTreeMap;
use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};

use super::escape::{sarif as escaped, uri};
use super::words;
use crate::audit::RunRecord;
use crate::audit::record::{
    Baseline, Conclusion, Finding, Place, ProblemGravity, RuleRecord, Status, canonical_block,
};
use crate::manifest::{Language, Severity};

/// Results that are written at most.
const RESULTS: usize = 25_000;
/// Bytes of the file when packed, at most.
const PACKED_BYTES: usize = 10_000_000;

/// The log.
#[must_use]
pub(super) fn sarif(record: &RunRecord, language: Language) -> Vec<u8> {
    let mut findings: Vec<&Finding> = record.findings.iter().collect();
    findings.sort_by_key(|finding| {
        (finding.suppression.is_some(), std::cmp::Reverse(finding.severity), finding.id)
    });
    findings.truncate(RESULTS);
    loop {
        let bytes = canonical_block(&Log::new(record, language).log(&findings));
        if findings.is_empty() || packed(&bytes) <= PACKED_BYTES {
            return bytes;
        }
        findings.truncate(findings.len() / 2);
    }
}

fn packed(bytes: &[u8]) -> usize {
    // What cannot be packed smaller than this is small enough.
    if bytes.len() <= PACKED_BYTES {
        return bytes.len();
    }
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    let _ = encoder.write_all(bytes);
    encoder.finish().map_or(usize::MAX, |packed| packed.len())
}

/// Where a rule is described: index of the extension (none for the driver), and index of the rule there.
type RuleIndex = (Option<usize>, usize);

struct Log<'a> {
    record: &'a RunRecord,
    language: Language,
    rules: BTreeMap<&'a str, RuleIndex>,
}

impl<'a> Log<'a> {
    fn new(record: &'a RunRecord, language: Language) -> Self {
        let mut rules = BTreeMap::new();
        let packs =
            record.manifest.packs.iter().enumerate().map(|(index, pack)| (Some(index), pack.id.as_str()));
        for (component, pack) in packs.chain([(None, "")]) {
            for (index, rule) in rules_of(record, pack).enumerate() {
                rules.insert(rule.id.as_str(), (component, index));
            }
        }
        Self { record, language, rules }
    }

    fn log(&self, findings: &[&Finding]) -> Value {
        let manifest = &self.record.manifest;
        let extensions: Vec<Value> = manifest.packs.iter().map(|pack| {
            json!({
                "name": pack.id,
                "version": pack.version,
                "fullName": pack.title.get(self.language),
                "rules": rules_of(self.record, &pack.id).map(|rule| self.descriptor(rule)).collect::<Vec<_>>(),
                "properties": { "sha256": pack.sha256, "contract": pack.contract, "trust": pack.trust },
            })
        }).collect();
        let version = manifest.host.rsplit(' ').next().unwrap_or_default();
        let driver = json!({
            "name": "mingcha",
            "version": version,
            "language": tag(self.language),
            "rules": rules_of(self.record, "").map(|rule| self.descriptor(rule)).collect::<Vec<_>>(),
        });
        let other = if self.language == Language::Zh { Language::En } else { Language::Zh };
        json!({
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [{
                "tool": { "driver": driver, "extensions": extensions },
                "language": tag(self.language),
                "translations": self.translations(other),
                "automationDetails": { "id": "mingcha/", "correlationGuid": guid(&manifest.run_id) },
                "invocations": [self.invocation(findings.len())],
                "artifacts": manifest.inputs.iter().map(|input| json!({
                    "location": { "uri": uri(&input.path), "description": { "text": escaped(&input.path) } },
                    "length": input.bytes,
                    "hashes": { "sha-256": input.sha256 },
                })).collect::<Vec<_>>(),
                "results": findings.iter().map(|finding| self.result(finding)).collect::<Vec<_>>(),
                "columnKind": "unicodeCodePoints",
                "properties": { "runId": manifest.run_id, "asOf": manifest.as_of, "conclusion": manifest.conclusion,
                    "totals": manifest.totals, "suppressed": manifest.suppressed },
            }],
        })
    }

    fn descriptor(&self, rule: &RuleRecord) -> Value {
        let help = super::phrases::mend(rule, self.language);
        let bases = super::phrases::bases(&rule.bases, self.language);
        let mut descriptor = json!({
            "id": rule.id,
            "shortDescription": { "text": escaped(rule.title.get(self.language)) },
            "fullDescription": { "text": escaped(&format!("{} {bases}", rule.title.get(self.language))) },
            "defaultConfiguration": { "level": level(rule.severity), "enabled": rule.status != Status::NotSelected },
            "properties": { "applied": rule.applied, "failed": rule.failed, "skipped": rule.skipped,
                "status": rule.status, "findings": rule.findings },
        });
        if !help.is_empty() {
            descriptor["help"] = json!({ "text": escaped(&help) });
        }
        descriptor
    }

    /// Titles in the other language.
    fn translations(&self, other: Language) -> Vec<Value> {
        let titles = |pack: &str| -> Vec<Value> {
            let title = |rule: &RuleRecord| json!({ "id": rule.id, "shortDescription": { "text": escaped(rule.title.get(other)) } });
            rules_of(self.record, pack).map(title).collect()
        };
        let translation = |name: &str, index: Option<usize>, rules: Vec<Value>| {
            let mut component = json!({ "name": name });
            if let Some(index) = index {
                component["index"] = json!(index);
            }
            json!({ "name": name, "language": tag(other), "contents": ["localizedData"], "rules": rules,
                "associatedComponent": component })
        };
        let packs = self.record.manifest.packs.iter().enumerate();
        let packs = packs.map(|(index, pack)| translation(&pack.id, Some(index), titles(&pack.id)));
        [translation("mingcha", None, titles(""))].into_iter().chain(packs).collect()
    }

    fn invocation(&self, written: usize) -> Value {
        let manifest = &self.record.manifest;
        let mut notes: Vec<Value> = Vec::new();
        for problem in &manifest.problems {
            let level = if problem.gravity == ProblemGravity::Unchecked { "error" } else { "note" };
            notes.push(json!({ "level": level, "message": { "text": escaped(problem.sentence.get(self.language)) } }));
        }
        for rule in manifest.rules.iter().filter(|rule| rule.status != Status::NotSelected) {
            let level = match rule.status {
                Status::Error => "error",
                Status::NotApplicable => "none",
                _ => "warning",
            };
            for reason in &rule.reasons {
                let text = format!(
                    "{} ({}) {}",
                    rule.id,
                    words::status(rule.status, self.language),
                    words::reason(reason, self.language)
                );
                notes.push(json!({ "level": level, "message": { "text": escaped(&text) },
                    "associatedRule": self.reference(&rule.id) }));
            }
        }
        let all = manifest.totals.all();
        if (written as u64) < all {
            let text = match self.language {
                Language::Zh => format!("共 {all} 处,这里写出 {written} 处;全部明细见核查记录"),
                Language::En => format!(
                    "{all} findings, {written} of them here; all that were kept are in the run record"
                ),
            };
            notes.push(json!({ "level": "warning", "message": { "text": text } }));
        }
        json!({
            "executionSuccessful": manifest.conclusion != Conclusion::Inconclusive,
            "toolExecutionNotifications": notes,
        })
    }

    fn reference(&self, id: &str) -> Value {
        match self.rules.get(id) {
            Some((Some(component), index)) => {
                json!({ "id": id, "index": index, "toolComponent": { "index": component } })
            }
            Some((None, index)) => json!({ "id": id, "index": index }),
            None => json!({ "id": id }),
        }
    }

    fn result(&self, finding: &Finding) -> Value {
        let mut result = json!({
            "ruleId": finding.rule,
            "rule": self.reference(&finding.rule),
            "kind": "fail",
            "level": level(finding.severity),
            "message": { "text": escaped(finding.text.get(self.language)) },
            "partialFingerprints": { "finding/v1": finding.fingerprint, "record/v1": finding.record_key },
            "properties": { "message": finding.message, "body": finding.body, "key": finding.key, "subject": finding.subject,
                "expected": finding.expected, "actual": finding.actual, "difference": finding.difference },
        });
        if let Some(place) = finding.nearest_place() {
            result["locations"] = json!([self.location(place)]);
        }
        if let Some(cause) = finding.cause.and_then(|id| self.record.manifest.cause(id)) {
            result["properties"]["cause"] = json!(cause.sentence.get(self.language));
        }
        let related = if finding.place.is_some() { &finding.related[..] } else { &[] };
        if !related.is_empty() {
            result["relatedLocations"] = related.iter().take(10).map(|place| self.location(place)).collect();
        }
        if let Some(said) = &finding.suppression {
            result["suppressions"] = json!([{ "kind": "external", "status": "accepted",
                "justification": escaped(&super::phrases::suppression(said, self.language)) }]);
        }
        if let Some(state) = finding.baseline {
            result["baselineState"] = json!(match state {
                Baseline::New => "new",
                Baseline::Persisting => "unchanged",
                Baseline::Changed => "updated",
            });
        }
        result
    }

    fn location(&self, place: &Place) -> Value {
        let index = self.record.manifest.inputs.iter().position(|input| input.path == place.input);
        let mut physical = json!({ "artifactLocation": { "uri": uri(&place.input) } });
        if let Some(index) = index {
            physical["artifactLocation"]["index"] = json!(index);
        }
        // A region speaks of lines of text; a row of a sheet is none, yet viewers want a line to show.
        let line = place.line.or(place.row.map(u64::from)).filter(|line| *line > 0);
        if let Some(line) = line {
            physical["region"] = json!({ "startLine": line });
        }
        let mut location = json!({ "physicalLocation": physical });
        let sheet = place.sheet.as_deref();
        if let Some(cell) = &place.cell {
            let full = sheet.map_or_else(|| cell.clone(), |sheet| format!("{sheet}!{cell}"));
            location["logicalLocations"] =
                json!([{ "name": cell, "fullyQualifiedName": crate::visible(&full), "kind": "cell" }]);
        } else if let Some(header) = &place.header {
            location["logicalLocations"] = json!([{ "name": crate::visible(header), "kind": "column" }]);
        }
        location
    }
}

/// Rules of a pack; those of the host's own under an empty name.
fn rules_of<'a>(record: &'a RunRecord, pack: &str) -> impl Iterator<Item = &'a RuleRecord> {
    let packs = &record.manifest.packs;
    let pack = pack.to_owned();
    record.manifest.rules.iter().filter(move |rule| {
        if pack.is_empty() { packs.iter().all(|known| known.id != rule.pack) } else { rule.pack == pack }
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Notice => "note",
    }
}

fn tag(language: Language) -> &'static str {
    words::either(language, "zh-CN", "en-US")
}

/// The run id in the form of a GUID.
fn guid(run_id: &str) -> String {
    let part = |range: std::ops::Range<usize>| run_id.get(range).unwrap_or("00000000");
    format!(
        "{}-{}-{}-{}-{}",
        part(0..8),
        part(8..12),
        format_args!("4{}", part(13..16)),
        format_args!("8{}", part(17..20)),
        part(20..32)
    )
}
