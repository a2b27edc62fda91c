//! Every rule against its cases and the examples on its page.
//!
//! A case is a folder `fixtures/<domain>/<fault>/fail-<why>` or `pass-<why>`. All rules of the pack run on it. In a
//! failing case its rule must object; in a passing one nobody may. What was said is in `findings.snap` beside the files.

use std::path::{Path, PathBuf};

use mingcha::audit::Request;
use mingcha::cases::{self, Case, examples, listing};
use mingcha::manifest::{Manifest, Rule};
use mingcha::runtime::Pack;

use crate::common::{self, pack_of, packs, root};

fn cases_root() -> PathBuf {
    root().join("fixtures")
}

fn every_rule() -> impl Iterator<Item = (&'static Manifest, &'static Rule)> {
    packs().iter().flat_map(|pack| pack.manifest.rules.iter().map(|rule| (&pack.manifest, rule)))
}

fn pack_with(rule: &Rule) -> &'static Pack {
    &pack_of(rule.id.split('/').next().expect("domain/fault"))[0]
}

fn wording(case: &Case, listing: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(Path::new(&case.folder));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!("findings", listing));
}

#[test]
fn every_rule_objects_to_its_failing_cases_and_to_no_passing_one() {
    let mut mistakes = Vec::new();
    for (manifest, rule) in every_rule() {
        for case in cases::cases_of(&cases_root(), rule) {
            let request = cases::request_of(&cases_root(), &case, &manifest.id, &common::request());
            let request = request.unwrap_or_else(|wrong| panic!("{}", wrong.en));
            let record = cases::run(pack_with(rule), &case.files(), &request);
            mistakes.extend(cases::wrong(&case, &record).map(|wrong| format!("{}: {}", case.id(), wrong.en)));
            if case.must_fail() == Some(true) {
                wording(&case, &listing(&record));
            }
        }
    }
    assert!(mistakes.is_empty(), "{} cases are wrong:\n{}", mistakes.len(), mistakes.join("\n"));
}

#[test]
fn every_rule_has_a_failing_and_a_passing_case_and_every_folder_of_cases_a_rule() {
    let gaps = packs().iter().flat_map(|pack| cases::gaps(&cases_root(), &pack.manifest));
    let gaps: Vec<String> = gaps.map(|gap| gap.en).collect();
    assert!(gaps.is_empty(), "{gaps:#?}");
}

#[test]
fn every_rule_is_one_file_named_after_it() {
    for (manifest, rule) in every_rule() {
        let fault = rule.id.split('/').nth(1).expect("domain/fault").replace('-', "_");
        let file = root().join("rules").join(&manifest.id).join("src").join(format!("{fault}.rs"));
        assert!(file.is_file(), "rule {} is not in {}", rule.id, file.display());
    }
}

#[test]
fn the_examples_on_every_page_are_what_they_are_called_whenever_the_rule_is_in_force() {
    let mut mistakes = Vec::new();
    let days = ["2016-11-30", "2017-07-01", "2023-06-30"];
    let days = days.map(|day| mingcha::iso_date::parse(day).expect("a day"));
    for (_, rule) in every_rule() {
        let mut in_force: Vec<i32> =
            days.into_iter().filter(|day| examples::is_in_force(rule, *day)).collect();
        if in_force.is_empty() {
            in_force.push(days[0]); // moved to a day on which it is in force by `examples`
        }
        for as_of in in_force {
            let request = Request { as_of, ..common::request() };
            let wrong = examples::wrong(pack_with(rule), rule, &request).expect("a temporary folder");
            mistakes.extend(wrong.into_iter().map(|wrong| format!("{}: {}", rule.id, wrong.en)));
        }
    }
    assert!(mistakes.is_empty(), "{} examples are wrong:\n{}", mistakes.len(), mistakes.join("\n"));
}

#[test]
fn the_manifests_of_the_built_in_packs_have_no_grave_faults() {
    let remarks = packs().iter().flat_map(|pack| cases::lint::remarks(&pack.manifest));
    let grave: Vec<String> = remarks.filter(|remark| remark.grave).map(|remark| remark.text.en).collect();
    assert!(grave.is_empty(), "{grave:#?}");
}
