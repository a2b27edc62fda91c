//! The cases of a pack, and what they prove. Built-in packs and those of other authors go through the same door.
//!
//! A case is a folder `<domain>/<fault>/fail-<why>` or `pass-<why>`. All rules of the pack run on it: in a failing case its
//! rule must object, in a passing one nobody may. What was said lies in `findings.snap` beside the files.

pub mod examples;
pub mod fuel;
pub mod lint;
mod listing;
mod material;
pub mod robust;
mod settings;
mod slice;
pub mod snapshot;

use std::fs;
use std::path::{Path, PathBuf};

pub use listing::listing;
pub use settings::{base_of, request_of};

use crate::audit::{self, Request, RunRecord};
use crate::intake::{self, Options};
use crate::manifest::{Manifest, Rule, Text};
use crate::runtime::Pack;

/// One case.
#[derive(Clone, Debug)]
pub struct Case {
    /// Its folder.
    pub folder: PathBuf,
    /// The rule it is about.
    pub rule: String,
    /// `fail-<why>` or `pass-<why>`.
    pub name: String,
}

impl Case {
    /// Its name among all cases.
    #[must_use]
    pub fn id(&self) -> String {
        format!("{}/{}", self.rule, self.name)
    }

    /// Whether its rule must object to it; none where its name says neither.
    #[must_use]
    pub fn must_fail(&self) -> Option<bool> {
        match self.name.split_once('-')?.0 {
            "fail" => Some(true),
            "pass" => Some(false),
            _ => None,
        }
    }

    /// Its files, without what describes it.
    #[must_use]
    pub fn files(&self) -> Vec<PathBuf> {
        let of_the_case = |path: &PathBuf| {
            let kind = path.extension().and_then(|kind| kind.to_str());
            path.is_file() && !matches!(kind, Some("toml" | "snap" | "new"))
        };
        entries(&self.folder).into_iter().filter(of_the_case).collect()
    }
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    paths
}

fn folders(folder: &Path) -> Vec<(PathBuf, String)> {
    let named = |path: PathBuf| {
        let name = path.file_name()?.to_str()?.to_owned();
        path.is_dir().then_some((path, name))
    };
    entries(folder).into_iter().filter_map(named).collect()
}

/// The cases of a rule, by name.
#[must_use]
pub fn cases_of(root: &Path, rule: &Rule) -> Vec<Case> {
    let case = |(folder, name)| Case { folder, rule: rule.id.clone(), name };
    folders(&root.join(&rule.id)).into_iter().map(case).collect()
}

/// The pack run over these files and folders.
#[must_use]
pub fn run(pack: &Pack, paths: &[PathBuf], request: &Request) -> RunRecord {
    let packs = std::slice::from_ref(pack);
    let intake = intake::read(paths, &audit::offers(packs), &Options::default());
    audit::run(packs, &intake, request, &|_, _| {})
}

/// What is wrong with the outcome of a case; none where it is as its name says.
#[must_use]
pub fn wrong(case: &Case, record: &RunRecord) -> Option<Text> {
    let objects = record.findings.iter().any(|finding| finding.rule == case.rule);
    let silent = record.findings.is_empty() && record.manifest.problems.is_empty();
    let rule = &case.rule;
    let (zh, en) = match case.must_fail() {
        Some(true) if objects => return None,
        Some(false) if silent => return None,
        Some(true) => (format!("{rule} 应当报,却没有报"), format!("{rule} does not object")),
        Some(false) => ("不应有任何发现,却有".to_owned(), "something objects".to_owned()),
        None => (
            format!("用例文件夹应叫 fail-… 或 pass-…,不是 {}", case.name),
            format!("a case is called fail-<why> or pass-<why>, not {}", case.name),
        ),
    };
    let listing = listing(record);
    Some(Text::of(format!("{zh}\n{listing}"), format!("{en}\n{listing}")))
}

/// Cases that are missing, and folders of cases no rule has.
#[must_use]
pub fn gaps(root: &Path, manifest: &Manifest) -> Vec<Text> {
    let mut gaps = Vec::new();
    for rule in &manifest.rules {
        let cases = cases_of(root, rule);
        for (kind, must_fail) in [("fail-…", true), ("pass-…", false)] {
            if !cases.iter().any(|case| case.must_fail() == Some(must_fail)) {
                let missing = root.join(&rule.id).join(kind);
                gaps.push(Text::of(
                    format!("缺少用例 {}", missing.display()),
                    format!("this case is missing: {}", missing.display()),
                ));
            }
        }
    }
    gaps.extend(strays(root, manifest));
    gaps
}

fn strays(root: &Path, manifest: &Manifest) -> Vec<Text> {
    let mut domains: Vec<&str> = manifest.rules.iter().filter_map(|rule| rule.id.split('/').next()).collect();
    domains.dedup();
    let mut strays = Vec::new();
    for domain in domains {
        for (folder, name) in folders(&root.join(domain)) {
            let id = format!("{domain}/{name}");
            if !manifest.rules.iter().any(|rule| rule.id == id) {
                let shown = folder.display();
                strays
                    .push(Text::of(format!("{shown} 不属于任何规则"), format!("{shown} belongs to no rule")));
            }
        }
    }
    strays
}
