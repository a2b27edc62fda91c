//! `mingcha pack diff`: what changed between two versions of a pack, and what that changes on given data. How they declare
//! themselves is compared in `pack_declared`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use clap::Args;

use super::common::{self, Loading, PackChoice, either};
use super::pack_declared::declared;
use super::pack_trust::TrustChoice;
use crate::audit::compare::compare;
use crate::audit::plan::Reason;
use crate::audit::record::{Conclusion, Finding, RuleRecord, Status};
use crate::audit::{self, Request, RunRecord};
use crate::config::Config;
use crate::intake;
use crate::iso_date;
use crate::manifest::{Language, Severity, Text};
use crate::report;
use crate::runtime::Pack;

/// 比较两个规则包:规则、依据、表、设置、导入的变化;加 --on 比较在数据上的结果 / what changed between two packs; with --on,
/// findings added and gone
///
/// 退出码:0 没有变化;1 有;2 未能开始;3 --on 的文件有内容未能核查。
///
/// Exit codes: 0 nothing changed; 1 something did; 2 could not start; 3 not all of --on could be checked.
#[derive(Debug, Args)]
pub(super) struct Diff {
    /// 旧规则包 / the old pack
    #[arg(value_name = "OLD")]
    old: String,
    /// 新规则包 / the new pack
    #[arg(value_name = "NEW")]
    new: String,
    /// 在这些文件上运行两者,列出新增和消失的问题,可重复 / run both over these files; repeatable
    #[arg(long, value_name = "PATH")]
    on: Vec<PathBuf>,
    /// 核查基准日,默认今天 / the day the audit speaks of; today if not given
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
    #[command(flatten)]
    trust: TrustChoice,
}

impl Diff {
    pub(super) fn run(self, config: &Config, language: Language) -> Result<u8, String> {
        let gate = self.trust.gate(config, language)?;
        // The lock pins the old one: it must not keep anybody from looking at the new one.
        let gate = crate::trust::Gate { lock: None, ..gate };
        let gate = (!self.on.is_empty()).then_some(&gate);
        let load = |name: &String| {
            let choice = PackChoice { packs: vec![name.clone()] };
            choice.load_as(Loading { gate, ..Loading::default() }, language)
        };
        let (old, new) = (load(&self.old)?, load(&self.new)?);
        let (Some(first), Some(second)) = (old.first(), new.first()) else { return Ok(super::CLEAN) };
        let mut lines = declared(first, second, language);
        let mut code = super::CLEAN;
        if !self.on.is_empty() {
            let as_of = self.day(language)?;
            let runs = [self.audited(&old, as_of, language)?, self.audited(&new, as_of, language)?];
            lines.extend(found(&runs[0], &runs[1], language));
            if tell_unchecked(&runs, language) {
                code = super::INCONCLUSIVE;
            }
        }
        if lines.is_empty() {
            common::print(&either(language, "没有变化\n".to_owned(), "nothing changed\n".to_owned()));
            return Ok(code);
        }
        let lines: Vec<String> = lines.iter().map(|line| crate::visible(line)).collect();
        common::print(&(lines.join("\n") + "\n"));
        Ok(code.max(super::FOUND))
    }

    fn day(&self, language: Language) -> Result<i32, String> {
        let Some(text) = &self.as_of else { return Ok(common::today_in_beijing()) };
        iso_date::parse(text).ok_or_else(|| {
            either(
                language,
                format!("--as-of {text}:不是日期,请写成 2016-11-30 的样子"),
                format!("--as-of {text}: not a date; write it like 2016-11-30"),
            )
        })
    }

    fn audited(&self, packs: &[Pack], as_of: i32, language: Language) -> Result<RunRecord, String> {
        let jobs = std::thread::available_parallelism().map_or(1, usize::from);
        let request = Request { keep: u32::MAX, ..Request::on(as_of, jobs) };
        let intake = intake::read(&self.on, &audit::offers(packs), &intake::Options::default());
        common::something_to_check(&intake, language)?;
        Ok(audit::run(packs, &intake, &request, &|_, _| {}))
    }
}

/// Says on standard error what of the files was not read and which rules did not judge all they should; whether there
/// was any such thing.
fn tell_unchecked(runs: &[RunRecord; 2], language: Language) -> bool {
    let problems = runs.iter().flat_map(|run| &run.manifest.problems);
    let problems: BTreeSet<String> =
        problems.map(|problem| problem.sentence.get(language).to_owned()).collect();
    problems.iter().for_each(|problem| common::complain(&crate::visible(problem)));
    for run in runs {
        let packs = run.manifest.packs.iter().map(|pack| format!("{} {}", pack.id, pack.version));
        let packs = packs.collect::<Vec<_>>().join(" ");
        let owed =
            |rule: &&RuleRecord| rule.status == Status::Error || rule.reasons.iter().any(Reason::is_owed);
        for rule in run.manifest.rules.iter().filter(owed) {
            let status = report::status(rule.status, language);
            common::complain(&crate::visible(&format!("{packs}: {} {status}", rule.id)));
        }
    }
    runs.iter().any(|run| run.manifest.conclusion == Conclusion::Inconclusive)
}

/// What became of findings and of rules from one run to the other.
fn found(old: &RunRecord, new: &RunRecord, language: Language) -> Vec<String> {
    let comparison = compare(old, new);
    let told = |sign: &str, finding: &Finding| {
        let line = format!("{sign} {} {} {}", finding.rule, place(finding), finding.text.get(language));
        line.trim_end().to_owned()
    };
    let gone = comparison.resolved.iter().map(|finding| told("-", finding));
    let unknown = comparison.unknown.iter().map(|finding| told("?", finding));
    let added = comparison.new.iter().map(|finding| told("+", finding));
    let changed = comparison.changed.iter().map(|(_, finding)| told("~", finding));
    // The same cell may be told of in other words, or more or less gravely.
    let before: BTreeSet<_> = old.findings.iter().map(said).collect();
    let reworded = comparison.persisting.iter().filter(|finding| !before.contains(&said(finding)));
    let lines = gone.chain(unknown).chain(added).chain(changed);
    lines.chain(reworded.map(|finding| told("~", finding))).chain(statuses(old, new, language)).collect()
}

fn said(finding: &Finding) -> (&str, &Text, Severity) {
    (&finding.fingerprint, &finding.text, finding.severity)
}

/// Rules of both packs of which another became than passing or failing: those two are told by the findings.
fn statuses(old: &RunRecord, new: &RunRecord, language: Language) -> Vec<String> {
    let before: BTreeMap<&str, Status> =
        old.manifest.rules.iter().map(|rule| (rule.id.as_str(), rule.status)).collect();
    let judged = |status: Status| matches!(status, Status::Passed | Status::Failed);
    let word = either(language, "规则".to_owned(), "rule".to_owned());
    let line = |rule: &RuleRecord| {
        let (was, is) = (*before.get(rule.id.as_str())?, rule.status);
        let differs = was != is && !(judged(was) && judged(is));
        let [was, is] = [was, is].map(|status| report::status(status, language));
        differs.then(|| format!("~ {word} {}: {was} → {is}", rule.id))
    };
    new.manifest.rules.iter().filter_map(line).collect()
}

fn place(finding: &Finding) -> String {
    let Some(place) = &finding.place else { return finding.subject.clone().unwrap_or_default() };
    let sheet = place.sheet.as_deref().map(|sheet| format!(" {sheet}")).unwrap_or_default();
    let line = place.line.map(|line| format!(":{line}")).unwrap_or_default();
    let cell = place.cell.as_deref().map(|cell| format!("!{cell}")).unwrap_or_default();
    format!("{}{sheet}{line}{cell}", place.input)
}
