//! `mingcha test`: builds a pack, reads its manifest with a critic's eye, and runs every case in every way.
//!
//! The order: build, manifest, `describe` again, cases (verdict, wording, other pieces and orders), examples on pages,
//! fuel. Whatever is wrong is a [`Check`] with sentences; an `Err` is a pack that never came to be tested.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::{Built, Profile, build, cases_root};
use crate::audit::Request;
use crate::cases::{self, Case, examples, fuel, lint, listing, robust, snapshot};
use crate::manifest::{Language, Manifest, Text};
use crate::runtime::{Cache, Engine, Limits, Origin, Pack};

/// How a pack is tested.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Wordings that changed are kept as right.
    pub accept: bool,
    /// How it is built; the cost of rules is told of packs as they are shipped only.
    pub profile: Profile,
}

/// Something that was looked at.
#[derive(Clone, Debug)]
pub struct Check {
    /// What it is called.
    pub name: Text,
    /// What is wrong with it; nothing where it holds.
    pub wrong: Vec<Text>,
}

/// What a rule burns per record, now and at the last test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cost {
    /// The rule.
    pub rule: String,
    /// Units of fuel per record.
    pub now: u64,
    /// The same at the last test, where there was one.
    pub before: Option<u64>,
}

/// All that a test came to.
#[derive(Clone, Debug)]
pub struct Report {
    /// Id of the pack.
    pub id: String,
    /// Its version.
    pub version: String,
    /// Size of the component in bytes.
    pub bytes: usize,
    /// Everything that was looked at.
    pub checks: Vec<Check>,
    /// Worth a look, and no fault.
    pub remarks: Vec<Text>,
    /// What the rules cost; empty where it was not measured.
    pub costs: Vec<Cost>,
}

impl Report {
    /// How many checks do not hold.
    #[must_use]
    pub fn failed(&self) -> usize {
        self.checks.iter().filter(|check| !check.wrong.is_empty()).count()
    }
}

/// Tests the pack in this folder.
///
/// # Errors
/// Where it does not build or load, or its cases cannot be read.
pub fn run(folder: &Path, options: Options) -> Result<Report, Text> {
    let built = build(folder, options.profile)?;
    let pack = load(&built, Engine::new(Limits::default()))?;
    let root = cases_root(&built.from.folder);
    let base = cases::base_of(&root, &pack.manifest.id, &request())?;
    let mut checks = vec![manifest_check(&pack.manifest), describe_check(&pack)];
    let gaps = cases::gaps(&root, &pack.manifest);
    checks
        .push(Check { name: Text::of("每条规则都有用例", "every rule has its cases"), wrong: gaps });
    for rule in &pack.manifest.rules {
        for case in cases::cases_of(&root, rule) {
            checks.push(case_check(&pack, &root, &case, options.accept)?);
        }
        let wrong = examples::wrong(&pack, rule, &base).map_err(|error| super::about(&root, &error))?;
        checks.push(Check {
            name: Text::of(format!("{} 说明页的例子", rule.id), format!("{} page", rule.id)),
            wrong,
        });
    }
    let costs = match options.profile {
        Profile::Release => costs(&built, &root, &base)?,
        Profile::Quick => Vec::new(),
    };
    let remarks = lint::remarks(&pack.manifest).into_iter().filter(|remark| !remark.grave);
    let (id, version) = (pack.manifest.id.clone(), pack.manifest.version.clone());
    Ok(Report {
        id,
        version,
        bytes: pack.bytes,
        checks,
        remarks: remarks.map(|remark| remark.text).collect(),
        costs,
    })
}

/// What is asked where no `case.toml` says otherwise: the first day of 2016, everything.
fn request() -> Request {
    Request::on(crate::iso_date::parse("2016-01-01").unwrap_or_default(), 1)
}

fn load(built: &Built, engine: Result<Engine, wasmtime::Error>) -> Result<Pack, Text> {
    let engine = engine.map_err(|error| {
        Text::of(
            format!("WebAssembly 引擎无法启动:{error:#}"),
            format!("the WebAssembly engine does not start: {error:#}"),
        )
    })?;
    let origin = Origin::File(PathBuf::from(&built.from.name));
    Pack::load(&engine, &Cache::none(), &built.from.name, &built.bytes, origin)
        .map_err(|error| Text::of(error.sentence(Language::Zh), error.sentence(Language::En)))
}

fn manifest_check(manifest: &Manifest) -> Check {
    let grave = lint::remarks(manifest).into_iter().filter(|remark| remark.grave);
    Check { name: Text::of("清单", "manifest"), wrong: grave.map(|remark| remark.text).collect() }
}

fn describe_check(pack: &Pack) -> Check {
    let wrong = match pack.describe_again() {
        Ok(manifest) if manifest == pack.manifest => Vec::new(),
        Ok(_) => vec![Text::of("再问一次,清单就不一样了", "asked again, it describes itself otherwise")],
        Err(error) => vec![Text::of(error.sentence(Language::Zh), error.sentence(Language::En))],
    };
    Check { name: Text::of("清单两次相同", "describe is stable"), wrong }
}

fn case_check(pack: &Pack, root: &Path, case: &Case, accept: bool) -> Result<Check, Text> {
    let request = cases::request_of(root, case, &pack.manifest.id, &request())?;
    let record = cases::run(pack, &case.files(), &request);
    let mut wrong: Vec<Text> = cases::wrong(case, &record).into_iter().collect();
    if case.must_fail() == Some(true) && wrong.is_empty() {
        let listing = listing(&record);
        let changed = snapshot::wrong(&case.folder, &listing);
        match changed {
            Some(_) if accept => snapshot::accept(&case.folder, &listing)?,
            changed => wrong.extend(changed),
        }
    }
    wrong.extend(robust::wrong(pack, case, &request).map_err(|error| super::about(&case.folder, &error))?);
    Ok(Check { name: Text::of(case.id(), case.id()), wrong })
}

/// Cost of every rule, compared with the last figures kept beside what was built.
fn costs(built: &Built, root: &Path, base: &Request) -> Result<Vec<Cost>, Text> {
    let pack = load(built, Engine::metered(Limits::default()))?;
    let figures = fuel::per_record(&pack, root, base)?;
    // Packs of one workspace share their target folder.
    let file = built.from.target.join(format!("{}.fuel.json", built.from.name));
    let before: BTreeMap<String, u64> =
        fs::read(&file).ok().and_then(|json| serde_json::from_slice(&json).ok()).unwrap_or_default();
    let json = serde_json::to_vec_pretty(&figures).unwrap_or_default();
    super::write(&file, &json)?;
    let cost = |(rule, now): (String, u64)| Cost { before: before.get(&rule).copied(), rule, now };
    Ok(figures.into_iter().map(cost).collect())
}
