//! `mingcha verify-run`: the run of a record once more, and whether it says the same.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::Args;

use super::common::{self, Loading, PackChoice, either};
use super::pack_trust::TrustChoice;
use crate::audit::compare::{compare, unmark};
use crate::audit::record::RunManifest;
use crate::audit::{self, Request, RunRecord};
use crate::config::Config;
use crate::intake::{self, Options};
use crate::iso_date;
use crate::manifest::Language;
use crate::report::{one_line, store};
use crate::runtime::{Execution, SECOND_ENGINE};

/// Differences of findings that are named.
const NAMED: usize = 10;

/// 按核查记录重做一次,看结果是否相同 / repeat the run of a record and say whether it is identical
///
/// 退出码:0 完全相同,1 有不同,2 未能重做。
///
/// Exit codes: 0 identical, 1 it differs, 2 it could not be repeated.
#[derive(Debug, Args)]
pub(super) struct VerifyRun {
    /// 核查记录 / the record
    #[arg(value_name = "RECORD")]
    record: PathBuf,
    /// 当时核查的文件或文件夹,写法与当时相同 / the files or folders of that run, given as they were then
    #[arg(long, required = true, num_args = 1.., value_name = "PATH")]
    inputs: Vec<PathBuf>,
    #[command(flatten)]
    packs: PackChoice,
    #[command(flatten)]
    trust: TrustChoice,
    /// 线程数 / threads
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..), value_name = "N")]
    jobs: Option<u16>,
}

impl VerifyRun {
    pub(super) fn run(self, config: &Config, language: Language) -> Result<u8, String> {
        let mut stored = store::load(&self.record).map_err(|error| error.sentence(language))?;
        unmark(&mut stored);
        let gate = self.trust.gate(config, language)?;
        let loading = Loading { gate: Some(&gate), ..loading(&stored.manifest) };
        let packs = self.choice(&stored.manifest).load_as(loading, language)?;
        let request = request(&stored.manifest, self.jobs).ok_or_else(|| unusable(language))?;
        let intake = intake::read(&self.inputs, &audit::offers(&packs), &request.told);
        let again = audit::run(&packs, &intake, &request, &|_, _| {});
        let differences = differences(&stored, &again, language);
        if differences.is_empty() {
            let id = &stored.manifest.run_id;
            common::print(&either(
                language,
                format!("完全相同:核查 {id} 的清单和 {} 条明细逐字节一致\n", stored.findings.len()),
                format!(
                    "identical: manifest and {} findings of run {id}, byte for byte\n",
                    stored.findings.len()
                ),
            ));
            return Ok(super::CLEAN);
        }
        let head = either(language, "与记录不同:".to_owned(), "it differs from the record:".to_owned());
        let lines: String = differences.iter().fold(head + "\n", |mut text, line| {
            let _ = writeln!(text, "  {}", crate::visible(line));
            text
        });
        common::print(&lines);
        Ok(super::FOUND)
    }

    /// The packs the record names, unless others are given.
    fn choice(&self, manifest: &RunManifest) -> PackChoice {
        if self.packs.packs.is_empty() {
            PackChoice { packs: manifest.packs.iter().map(|pack| pack.id.clone()).collect() }
        } else {
            self.packs.clone()
        }
    }
}

/// How the packs were run then.
fn loading(manifest: &RunManifest) -> Loading<'static> {
    let metered = manifest.packs.iter().any(|pack| pack.execution == Execution::Metered);
    let execution = if metered { Execution::Metered } else { Execution::Compiled };
    Loading { gate: None, execution, verify: manifest.engine.ends_with(SECOND_ENGINE) }
}

fn unusable(language: Language) -> String {
    either(
        language,
        "记录里的核查基准日或报告期读不出,无法重做".to_owned(),
        "the record's as-of date or period cannot be read, so the run cannot be repeated".to_owned(),
    )
}

/// What was asked of the run, from its record.
fn request(manifest: &RunManifest, jobs: Option<u16>) -> Option<Request> {
    let period = match &manifest.period {
        Some(name) => Some(audit::period(name)?),
        None => None,
    };
    let settings = manifest.packs.iter().map(|pack| (pack.id.clone(), pack.settings.to_string()));
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let metered = loading(manifest).execution == Execution::Metered;
    Some(Request {
        as_of: iso_date::parse(&manifest.as_of)?,
        period,
        rules: manifest.selected.clone(),
        expect: manifest.expected.clone(),
        keep: manifest.keep,
        jobs: if metered { 1 } else { jobs.map_or(cores, usize::from) },
        settings: settings.collect(),
        severities: manifest.severities.clone(),
        suppressions: manifest.suppressions.clone(),
        told: Options {
            encoding: manifest.encoding.clone(),
            assignments: manifest.assigned.clone(),
            headings: manifest.headings.clone(),
            ..Options::default()
        },
    })
}

/// Where two runs of the same differ, from the cause to the effect; none where their bytes are the same.
fn differences(stored: &RunRecord, again: &RunRecord, language: Language) -> Vec<String> {
    let (old, new) = (&stored.manifest, &again.manifest);
    let mut lines = Vec::new();
    let mut differs = |zh: &str, en: &str, name: &str, was: &str, is: &str| {
        if was != is {
            lines.push(either(
                language,
                format!("{zh}{name}:{was} → {is}"),
                format!("{en}{name}: {was} → {is}"),
            ));
        }
    };
    differs("程序", "program", "", &old.host, &new.host);
    differs("引擎", "engine", "", &old.engine, &new.engine);
    for pack in &old.packs {
        let now = new.packs.iter().find(|other| other.id == pack.id);
        let now = now.map_or("—", |other| other.sha256.as_str());
        differs("规则包 ", "pack ", &pack.id, &pack.sha256, now);
    }
    for input in &old.inputs {
        let now = new.inputs.iter().find(|other| other.path == input.path);
        let now = now.map_or("—", |other| other.sha256.as_str());
        differs("文件 ", "file ", &input.path, &input.sha256, now);
    }
    for input in new.inputs.iter().filter(|input| old.inputs.iter().all(|other| other.path != input.path)) {
        differs("文件 ", "file ", &input.path, "—", &input.sha256);
    }
    for rule in &old.rules {
        let Some(now) = new.rules.iter().find(|other| other.id == rule.id) else { continue };
        let told = |rule: &audit::record::RuleRecord| {
            format!("{} {}", crate::report::status(rule.status, language), rule.failed)
        };
        differs("规则 ", "rule ", &rule.id, &told(rule), &told(now));
    }
    lines.extend(findings(stored, again, language));
    let same = lines.is_empty() && report_bytes(stored) == report_bytes(again);
    if !same && lines.is_empty() {
        lines.push(either(
            language,
            "清单的其他内容(如未能核查的文件、读取方式)".to_owned(),
            "other parts of the manifest, such as files that could not be checked, or how files were read"
                .to_owned(),
        ));
    }
    lines
}

fn report_bytes(record: &RunRecord) -> Vec<u8> {
    crate::audit::record::canonical_block(record)
}

fn findings(stored: &RunRecord, again: &RunRecord, language: Language) -> Vec<String> {
    let comparison = compare(stored, again);
    let gone: Vec<_> = comparison.resolved.iter().chain(&comparison.unknown).copied().collect();
    let changed: Vec<_> = comparison.changed.iter().map(|(_, new)| *new).collect();
    let mut lines = Vec::new();
    for ([zh, en], found) in [
        (["多出的问题", "findings only now"], &comparison.new),
        (["不再有的问题", "findings only then"], &gone),
        (["内容不同的问题", "findings that differ"], &changed),
    ] {
        if found.is_empty() {
            continue;
        }
        lines.push(either(language, format!("{zh}:{}", found.len()), format!("{en}: {}", found.len())));
        lines.extend(found.iter().take(NAMED).map(|finding| format!("  {}", one_line(finding, language))));
    }
    lines
}
