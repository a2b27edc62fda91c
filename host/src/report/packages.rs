//! A run taken apart by body, ready to be sent back: for each county, park, bureau or emitter a record with its findings
//! only, a cover page with the totals, and one page that lists the packages.
//!
//! How many records a rule judged is known for the whole run, not body by body, so packages do not say it; nor do they tell
//! what was not checked, which no body can be held to.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;

use super::words::{self, either};
use super::{Format, phrases};
use crate::audit::RunRecord;
use crate::audit::record::{Conclusion, Finding, RuleRecord, RunManifest, Status, Totals};
use crate::manifest::{Language, Severity};

/// Formats a package may be written in: those for people.
pub const FORMATS: [Format; 5] = [Format::Text, Format::Csv, Format::Md, Format::Html, Format::Xlsx];

/// What goes to one body.
pub struct Package {
    /// As it is written first; empty for findings that name none.
    pub body: String,
    /// The name of its folder: no two alike, whatever the system.
    pub folder: String,
    /// Its findings, and what of the run is about them.
    pub record: RunRecord,
}

/// Findings by body, in the order of the bodies' names; those without one last.
#[must_use]
pub fn by_body(record: &RunRecord, language: Language) -> Vec<Package> {
    let mut bodies: BTreeMap<(bool, String), Vec<&Finding>> = BTreeMap::new();
    for finding in &record.findings {
        let key = mingcha_values::text::key(finding.body.as_deref().unwrap_or_default());
        bodies.entry((key.is_empty(), key.to_string())).or_default().push(finding);
    }
    let mut folders = BTreeSet::from([index_name(language).to_owned()]);
    let rules = record.manifest.rules.iter().enumerate();
    let rules: BTreeMap<&str, usize> = rules.map(|(number, rule)| (rule.id.as_str(), number)).collect();
    let package = |findings: Vec<&Finding>| {
        let body = findings[0].body.clone().unwrap_or_default();
        let folder = folder(named(&body, language), &mut folders);
        let record = only(record, &rules, &findings, &body);
        Package { body, folder, record }
    };
    bodies.into_values().map(package).collect()
}

/// What findings without a body are filed under.
#[must_use]
pub fn named(body: &str, language: Language) -> &str {
    if body.trim().is_empty() { either(language, "未注明单位", "No body named") } else { body }
}

/// The file of the cover page.
#[must_use]
pub fn notice_name(language: Language) -> &'static str {
    either(language, "整改通知.html", "notice.html")
}

/// The file that lists the packages.
#[must_use]
pub fn index_name(language: Language) -> &'static str {
    either(language, "目录.html", "index.html")
}

/// The record of these findings alone; `numbers` are those of the run's rules.
fn only(record: &RunRecord, numbers: &BTreeMap<&str, usize>, findings: &[&Finding], body: &str) -> RunRecord {
    let mut by_rule: BTreeMap<usize, Vec<&Finding>> = BTreeMap::new();
    for finding in findings {
        if let Some(number) = numbers.get(finding.rule.as_str()) {
            by_rule.entry(*number).or_default().push(finding);
        }
    }
    let rules = by_rule.iter().map(|(number, own)| rule_of(&record.manifest.rules[*number], own));
    let rules: Vec<RuleRecord> = rules.collect();
    let (mut totals, mut suppressed) = (Totals::default(), Totals::default());
    for rule in &rules {
        totals.merge(rule.findings);
        suppressed.merge(rule.suppressed);
    }
    let mut findings: Vec<Finding> = findings.iter().map(|finding| (*finding).clone()).collect();
    // A cause tells of all that share it, other bodies' findings too.
    findings.iter_mut().for_each(|finding| finding.cause = None);
    let manifest = RunManifest {
        body: Some(body.to_owned()),
        rules,
        totals,
        suppressed,
        conclusion: Conclusion::of(totals.without(suppressed)),
        ..asked(&record.manifest, &findings)
    };
    let mut part = RunRecord { manifest, findings, timings: None };
    part.seal();
    part
}

fn rule_of(rule: &RuleRecord, own: &[&Finding]) -> RuleRecord {
    let (mut totals, mut suppressed) = (Totals::default(), Totals::default());
    for finding in own {
        totals.add(finding.severity, 1);
        if finding.suppression.is_some() {
            suppressed.add(finding.severity, 1);
        }
    }
    RuleRecord {
        status: Status::Failed,
        reasons: Vec::new(),
        applied: totals.all(),
        passed: 0,
        failed: totals.all(),
        skipped: 0,
        findings: totals,
        suppressed,
        kept: totals.all(),
        top_values: Vec::new(),
        ..rule.clone()
    }
}

/// What was asked, and of the files those the findings are in.
fn asked(manifest: &RunManifest, findings: &[Finding]) -> RunManifest {
    let places = || findings.iter().filter_map(Finding::nearest_place);
    let files: BTreeSet<&str> = places().map(|place| place.input.as_str()).collect();
    let mut numbers = BTreeMap::new();
    let mut inputs = Vec::new();
    for (number, input) in manifest.inputs.iter().enumerate() {
        if files.contains(input.path.as_str()) {
            numbers.insert(number, inputs.len());
            inputs.push(input.clone());
        }
    }
    let parts = manifest.parts.iter().filter_map(|part| {
        let mut part = part.clone();
        part.input = *numbers.get(&part.input)?;
        Some(part)
    });
    RunManifest {
        parts: parts.collect(),
        inputs,
        suppressions: Vec::new(),
        baseline: None,
        problems: Vec::new(),
        causes: Vec::new(),
        ..manifest.clone()
    }
}

/// Characters of the name of a folder.
const FOLDER_CHARACTERS: usize = 50;

/// A name every system allows, and no other package has.
fn folder(body: &str, taken: &mut BTreeSet<String>) -> String {
    const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "com", "lpt"];
    let allowed = |character: char| match character {
        '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' => '_',
        other => other,
    };
    let name: String = crate::visible(body).chars().map(allowed).take(FOLDER_CHARACTERS).collect();
    let name = name.trim_matches(|character: char| character == '.' || character.is_whitespace());
    let stem = name.split('.').next().unwrap_or_default().to_ascii_lowercase();
    let device = DEVICES.contains(&stem.trim_end_matches(|character: char| character.is_ascii_digit()));
    let name = if name.is_empty() || device { format!("_{name}") } else { name.to_owned() };
    let (mut unique, mut number) = (name.clone(), 2);
    while !taken.insert(unique.to_lowercase()) {
        unique = format!("{name} ({number})");
        number += 1;
    }
    unique
}

/// A rule with findings, as pages tell it.
struct RuleLine {
    id: String,
    title: String,
    severity: &'static str,
    findings: u64,
    mend: String,
    basis: String,
}

#[derive(Template)]
#[template(path = "notice.html")]
struct NoticePage<'a> {
    zh: bool,
    body: &'a str,
    /// The findings name a body.
    addressed: bool,
    manifest: &'a RunManifest,
    period: &'a str,
    totals: Totals,
    suppressed: u64,
    complete: bool,
    files: Vec<(String, usize)>,
    rules: Vec<RuleLine>,
    reports: &'a [&'static str],
}

/// The cover page: whose it is, the totals, which files and rules, and where the findings are. What is suppressed is told
/// in one number and counted nowhere else.
#[must_use]
pub fn notice(package: &Package, reports: &[&'static str], language: Language) -> Vec<u8> {
    let manifest = &package.record.manifest;
    let mut files: BTreeMap<String, usize> = BTreeMap::new();
    for finding in package.record.findings.iter().filter(|finding| finding.suppression.is_none()) {
        let file = finding.nearest_place().map_or("—", |place| place.input.as_str());
        *files.entry(crate::visible(file)).or_default() += 1;
    }
    let counted = |rule: &RuleRecord| rule.findings.without(rule.suppressed);
    let mut rules: Vec<&RuleRecord> = manifest.rules.iter().filter(|rule| counted(rule).all() > 0).collect();
    let gravest = |rule: &&RuleRecord| {
        let of = |severity| counted(rule).at_least(severity);
        std::cmp::Reverse((of(Severity::Error), of(Severity::Warning), of(Severity::Notice)))
    };
    rules.sort_by_key(gravest);
    let body = crate::visible(named(&package.body, language));
    let page = NoticePage {
        zh: language == Language::Zh,
        body: &body,
        addressed: !package.body.trim().is_empty(),
        manifest,
        period: manifest.period.as_deref().unwrap_or("—"),
        totals: manifest.totals.without(manifest.suppressed),
        suppressed: manifest.suppressed.all(),
        complete: manifest.rules.iter().all(|rule| rule.complete),
        files: files.into_iter().collect(),
        rules: rules.into_iter().map(|rule| rule_line(rule, language)).collect(),
        reports,
    };
    // Writing to memory does not fail.
    page.render().unwrap_or_default().into_bytes()
}

fn rule_line(rule: &RuleRecord, language: Language) -> RuleLine {
    RuleLine {
        id: rule.id.clone(),
        title: crate::visible(rule.title.get(language)),
        severity: words::severity(rule.severity, language),
        findings: rule.findings.without(rule.suppressed).all(),
        mend: crate::visible(&phrases::mend(rule, language)),
        basis: crate::visible(&phrases::bases(&rule.bases, language)),
    }
}

/// A package as the list has it.
struct IndexLine {
    body: String,
    link: String,
    totals: Totals,
    suppressed: u64,
}

#[derive(Template)]
#[template(path = "packages.html")]
struct IndexPage<'a> {
    zh: bool,
    manifest: &'a RunManifest,
    period: &'a str,
    lines: Vec<IndexLine>,
    verdict: &'static str,
}

/// The page that lists the packages of a run.
#[must_use]
pub fn index(record: &RunRecord, packages: &[Package], language: Language) -> Vec<u8> {
    let line = |package: &Package| IndexLine {
        body: crate::visible(named(&package.body, language)),
        link: format!(
            "{}/{}",
            super::escape::uri(&package.folder),
            super::escape::uri(notice_name(language))
        ),
        totals: package.record.manifest.totals.without(package.record.manifest.suppressed),
        suppressed: package.record.manifest.suppressed.all(),
    };
    let page = IndexPage {
        zh: language == Language::Zh,
        manifest: &record.manifest,
        period: record.manifest.period.as_deref().unwrap_or("—"),
        lines: packages.iter().map(line).collect(),
        verdict: words::conclusion(record.manifest.conclusion, language),
    };
    page.render().unwrap_or_default().into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::record::Place;

    #[test]
    fn folders_have_names_that_every_system_allows_and_no_two_are_alike() {
        let mut taken = BTreeSet::new();
        let mut name = |body: &str| folder(body, &mut taken);
        assert_eq!(name("昌吉市/住建局"), "昌吉市_住建局");
        assert_eq!(name("昌吉市:住建局"), "昌吉市_住建局 (2)");
        assert_eq!(name("../../etc"), "_.._etc");
        assert_eq!(name(".."), "_");
        assert_eq!(name("COM1.局"), "_COM1.局");
        assert_eq!(name("局\u{202e}\n"), "局_U+202E__U+000A_");
        assert_eq!(name(&"长".repeat(300)).chars().count(), FOLDER_CHARACTERS);
        assert_eq!((name("ABC"), name("abc")), ("ABC".to_owned(), "abc (2)".to_owned()));
    }

    fn rule(id: &str) -> RuleRecord {
        RuleRecord::unjudged("demo", id, Severity::Error, Status::Failed)
    }

    fn notice_of(findings: Vec<Finding>) -> String {
        let rules = vec![rule("demo/counted"), rule("demo/excused")];
        let manifest = RunManifest { rules, ..RunManifest::default() };
        let packages = by_body(&RunRecord { manifest, findings, timings: None }, Language::Zh);
        String::from_utf8(notice(&packages[0], &[], Language::Zh)).expect("a page in UTF-8")
    }

    fn found(rule: &str, file: &str, body: Option<&str>, excused: bool) -> Finding {
        Finding {
            rule: rule.to_owned(),
            severity: Severity::Error,
            body: body.map(str::to_owned),
            place: Some(Place { input: file.to_owned(), ..Place::default() }),
            suppression: excused
                .then(|| serde_json::from_str(r#"{"reason":"","by":""}"#).expect("a suppression")),
            ..Finding::default()
        }
    }

    #[test]
    fn a_notice_counts_what_is_suppressed_once_and_asks_for_nothing_about_it() {
        let body = Some("示例局");
        let notice = notice_of(vec![
            found("demo/counted", "甲.csv", body, false),
            found("demo/excused", "甲.csv", body, true),
            found("demo/excused", "乙.csv", body, true),
        ]);
        assert!(notice.contains("<strong>1</strong> 错误") && notice.contains("<strong>2</strong> 已豁免"));
        assert!(notice.contains("<td>甲.csv</td><td class=\"number\">1</td>"), "{notice}");
        assert!(!notice.contains("乙.csv") && !notice.contains("demo/excused"), "{notice}");
        assert!(notice.contains("贵单位有下列问题") && notice.contains("改正"), "{notice}");
    }

    #[test]
    fn whoever_has_nothing_to_mend_or_is_not_named_is_not_told_to_mend() {
        let excused = notice_of(vec![found("demo/excused", "甲.csv", Some("示例局"), true)]);
        assert!(excused.contains("均已豁免") && !excused.contains("贵单位有下列问题"), "{excused}");
        assert!(!excused.contains("按规则") && !excused.contains("按文件"), "{excused}");
        let nobody = notice_of(vec![found("demo/counted", "甲.csv", None, false)]);
        assert!(nobody.contains("没有注明单位") && !nobody.contains("贵单位"), "{nobody}");
    }

    #[test]
    fn spellings_of_one_body_go_into_one_package_and_findings_without_one_into_their_own() {
        let finding = |id, body: Option<&str>| Finding {
            id,
            rule: "demo/fault".to_owned(),
            severity: Severity::Error,
            body: body.map(str::to_owned),
            ..Finding::default()
        };
        let findings = vec![
            finding(1, Some("甲局")),
            finding(2, None),
            finding(3, Some(" 甲局")),
            finding(4, Some("乙局")),
        ];
        let record = RunRecord { manifest: RunManifest::default(), findings, timings: None };
        let packages = by_body(&record, Language::Zh);
        let told: Vec<(&str, Vec<u64>)> = packages
            .iter()
            .map(|package| (package.folder.as_str(), package.record.findings.iter().map(|f| f.id).collect()))
            .collect();
        assert_eq!(told.last(), Some(&("未注明单位", vec![2])));
        assert!(told.contains(&("甲局", vec![1, 3])) && told.contains(&("乙局", vec![4])), "{told:?}");
    }
}
