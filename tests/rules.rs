//! Every rule against its cases and the examples on its page.
//!
//! A case is a folder `fixtures/<domain>/<fault>/fail-<why>` or `pass-<why>`. All rules of the pack run on it. In a
//! failing case its rule must object; in a passing one nobody may. What was said is in `findings.snap` beside the files.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use mingcha::audit::plan::Reason;
use mingcha::audit::{Request, RunRecord};
use mingcha::manifest::{Language, Manifest, Rule};
use mingcha::{page, report};
use serde::Deserialize;

use crate::common::{self, pack_of, packs, root};

/// What a case may say in its `case.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Case {
    as_of: Option<String>,
    period: Option<String>,
    #[serde(default)]
    settings: BTreeMap<String, toml::Value>,
}

fn folders(path: &Path) -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = fs::read_dir(path)
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()))
        .map(|entry| entry.expect("a folder's entry").path())
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    folders
}

fn name(path: &Path) -> &str {
    path.file_name().and_then(|name| name.to_str()).expect("a name in UTF-8")
}

fn every_rule() -> impl Iterator<Item = (&'static Manifest, &'static Rule)> {
    packs().iter().flat_map(|pack| pack.manifest.rules.iter().map(|rule| (&pack.manifest, rule)))
}

fn cases_of(rule: &Rule) -> Vec<PathBuf> {
    let folder = root().join("fixtures").join(&rule.id);
    assert!(folder.is_dir(), "rule {} has no folder {}", rule.id, folder.display());
    folders(&folder)
}

/// The files of a case, without what describes it.
fn files(case: &Path) -> Vec<PathBuf> {
    let of_the_case = |path: &PathBuf| {
        let kind = path.extension().and_then(|kind| kind.to_str());
        path.is_file() && !matches!(kind, Some("toml" | "snap" | "new"))
    };
    let entries = fs::read_dir(case).expect("a case is a folder");
    let mut files: Vec<PathBuf> =
        entries.map(|entry| entry.expect("an entry").path()).filter(of_the_case).collect();
    files.sort();
    files
}

fn request_of(case: &Path, pack: &str) -> Request {
    let description = fs::read_to_string(case.join("case.toml")).unwrap_or_default();
    let described: Case = toml::from_str(&description)
        .unwrap_or_else(|error| panic!("{}: {error}", case.join("case.toml").display()));
    let mut request = common::request();
    if let Some(day) = &described.as_of {
        request.as_of = mingcha::iso_date::parse(day).unwrap_or_else(|| panic!("{day} is not a date"));
    }
    request.period = described.period.as_deref().map(|text| mingcha::audit::period(text).expect("a period"));
    if !described.settings.is_empty() {
        let json = serde_json::to_string(&described.settings).expect("settings are JSON");
        request.settings.insert(pack.to_owned(), json);
    }
    request
}

/// What was found, for people to review: rule, place, sentence in both languages.
fn listing(record: &RunRecord) -> String {
    let mut text = String::new();
    for finding in &record.findings {
        let place = finding.place.as_ref();
        let line = place.and_then(|place| place.line).map_or(String::new(), |line| format!(":{line}"));
        let row = place.and_then(|place| place.cell.clone()).map_or(String::new(), |cell| format!("!{cell}"));
        let column =
            place.and_then(|place| place.column.clone()).map_or(String::new(), |name| format!(" {name}"));
        let file = place.map_or("-", |place| place.input.as_str());
        let severity = format!("{:?}", finding.severity).to_lowercase();
        let _ = writeln!(text, "{severity}[{}] {file}{line}{row}{column}", finding.rule);
        let _ = writeln!(text, "  {}\n  {}", finding.text.zh, finding.text.en);
    }
    for rule in &record.manifest.rules {
        for reason in &rule.reasons {
            if !matches!(reason, Reason::TableNotHandedIn { .. } | Reason::NothingApplicable) {
                let status = report::status(rule.status, Language::Zh);
                let _ = writeln!(text, "{status}[{}] {}", rule.id, report::reason(reason, Language::Zh));
            }
        }
    }
    for problem in &record.manifest.problems {
        let _ = writeln!(text, "problem {}", problem.sentence.zh);
    }
    text
}

fn verdict(rule: &Rule, case: &Path, record: &RunRecord, mistakes: &mut Vec<String>) {
    let shown = format!("{}/{}", rule.id, name(case));
    let objects = record.findings.iter().any(|finding| finding.rule == rule.id);
    match name(case).split_once('-').map(|(verdict, _)| verdict) {
        Some("fail") if objects => {}
        Some("fail") => mistakes.push(format!("{shown}: {} does not object\n{}", rule.id, listing(record))),
        Some("pass") if record.findings.is_empty() && record.manifest.problems.is_empty() => {}
        Some("pass") => mistakes.push(format!("{shown}: something objects\n{}", listing(record))),
        _ => mistakes.push(format!("{shown}: a case is called fail-<why> or pass-<why>")),
    }
}

#[test]
fn every_rule_objects_to_its_failing_cases_and_to_no_passing_one() {
    let mut mistakes = Vec::new();
    for (manifest, rule) in every_rule() {
        let domain = rule.id.split('/').next().expect("domain/fault");
        for case in cases_of(rule) {
            let record = common::run(pack_of(domain), &files(&case), &request_of(&case, &manifest.id));
            verdict(rule, &case, &record, &mut mistakes);
            if name(&case).starts_with("fail-") {
                let mut settings = insta::Settings::clone_current();
                settings.set_snapshot_path(&case);
                settings.set_prepend_module_to_snapshot(false);
                settings.set_omit_expression(true);
                settings.bind(|| insta::assert_snapshot!("findings", listing(&record)));
            }
        }
    }
    assert!(mistakes.is_empty(), "{} cases are wrong:\n{}", mistakes.len(), mistakes.join("\n"));
}

#[test]
fn every_rule_has_a_failing_and_a_passing_case() {
    let lacks = |rule: &Rule, kind: &str| !cases_of(rule).iter().any(|case| name(case).starts_with(kind));
    let missing: Vec<String> = every_rule()
        .flat_map(|(_, rule)| ["fail-", "pass-"].map(|kind| (rule, kind)))
        .filter(|(rule, kind)| lacks(rule, kind))
        .map(|(rule, kind)| format!("fixtures/{}/{kind}…", rule.id))
        .collect();
    assert!(missing.is_empty(), "these cases are missing: {missing:?}");
}

#[test]
fn every_folder_of_cases_belongs_to_a_rule() {
    for pack in packs() {
        let domain = pack.manifest.rules[0].id.split('/').next().expect("domain/fault");
        for folder in folders(&root().join("fixtures").join(domain)) {
            let id = format!("{domain}/{}", name(&folder));
            assert!(
                pack.manifest.rules.iter().any(|rule| rule.id == id),
                "{} belongs to no rule",
                folder.display()
            );
        }
    }
}

#[test]
fn every_rule_is_one_file_named_after_it() {
    for (manifest, rule) in every_rule() {
        let fault = rule.id.split('/').nth(1).expect("domain/fault").replace('-', "_");
        let file = root().join("rules").join(&manifest.id).join("src").join(format!("{fault}.rs"));
        assert!(file.is_file(), "rule {} is not in {}", rule.id, file.display());
    }
}

/// The fenced examples of a page that bear this mark, and the settings they are run with: `csv bad least=4`.
#[derive(Default)]
struct Examples {
    files: Vec<String>,
    settings: BTreeMap<String, toml::Value>,
}

fn examples(rule: &Rule, mark: &str) -> Examples {
    let section = page::section(&rule.page.zh, "例");
    let fence = format!("```csv {mark}");
    let mut examples = Examples::default();
    let mut lines = section.lines();
    while let Some(line) = lines.next() {
        let Some(settings) = line.trim().strip_prefix(&fence) else { continue };
        let settings = settings.trim().replace(' ', "\n");
        examples.settings.extend(
            toml::from_str::<BTreeMap<String, toml::Value>>(&settings)
                .unwrap_or_else(|error| panic!("{}: {line}: {error}", rule.id)),
        );
        let body: Vec<&str> = lines.by_ref().take_while(|line| line.trim() != "```").collect();
        examples.files.push(body.join("\n") + "\n");
    }
    examples
}

fn objects_to(pack: &str, rule: &Rule, examples: &Examples) -> (bool, String) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (number, example) in examples.files.iter().enumerate() {
        fs::write(folder.path().join(format!("例{number}.csv")), example).expect("an example is written");
    }
    let domain = rule.id.split('/').next().expect("domain/fault");
    let mut request = common::request();
    if !examples.settings.is_empty() {
        let json = serde_json::to_string(&examples.settings).expect("settings are JSON");
        request.settings.insert(pack.to_owned(), json);
    }
    let record = common::run(pack_of(domain), &[folder.path().to_owned()], &request);
    (record.findings.iter().any(|finding| finding.rule == rule.id), listing(&record))
}

#[test]
fn the_examples_on_every_page_are_what_they_are_called() {
    let mut mistakes = Vec::new();
    for (manifest, rule) in every_rule() {
        for (mark, wanted) in [("bad", true), ("good", false)] {
            let examples = examples(rule, mark);
            let (objects, listing) = objects_to(&manifest.id, rule, &examples);
            if examples.files.is_empty() || objects != wanted {
                mistakes.push(format!("{}: the {mark} example is none\n{listing}", rule.id));
            }
        }
    }
    assert!(mistakes.is_empty(), "{} examples are wrong:\n{}", mistakes.len(), mistakes.join("\n"));
}
