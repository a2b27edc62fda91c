//! `mingcha check`: the main job.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use clap::{Args, ValueEnum};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::common::{self, Loading, PackChoice, either};
use super::output::{self, Output};
use super::pack_trust::TrustChoice;
use crate::audit::compare;
use crate::audit::record::{Baseline, Conclusion, RunRecord, Totals};
use crate::audit::{self, Phase, Request, Stopwatch};
use crate::config::Config;
use crate::intake::{self, Intake};
use crate::iso_date;
use crate::manifest::{Language, Severity};
use crate::report::store;
use crate::runtime::{self, Execution, Pack};
use crate::trust::Gate;

/// 核查文件、工作簿或文件夹 / check files, workbooks or folders
///
/// 退出码:0 没有达到 --fail-on 的问题;1 有;2 未能开始(用法、没有可读的输入、规则包有误);3 已运行但有内容未能核查。
///
/// Exit codes: 0 nothing at or above --fail-on; 1 something; 2 could not start; 3 ran, but something could not be checked.
#[derive(Debug, Args)]
#[command(
    after_help = "例 / examples:\n  mingcha check 收费目录.xlsx\n  mingcha check 报送/ --as-of 2016-11-30 --period 2016Q3\n  \
                        mingcha check 报送/ --rules 'fee/*' --format json > 结果.json"
)]
pub(super) struct Check {
    /// 要核查的文件、工作簿或文件夹 / files, workbooks or folders
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    packs: PackChoice,
    #[command(flatten)]
    trust: TrustChoice,
    /// 同时用解释器运行规则包并逐批比对结果 / also run packs by the interpreter, and compare batch by batch
    #[arg(long)]
    verify: bool,
    /// 按指令数而不是时钟限制规则包,并记录指令数;只用一个线程 / limit packs by instructions, not by the clock, and record
    /// how many they took; on one thread
    #[arg(long, conflicts_with = "verify")]
    metered: bool,
    /// 只核查这些规则,可用 *,可重复 / only these rules; * is any text; repeatable
    #[arg(long, value_name = "GLOB")]
    rules: Vec<String>,
    /// 核查基准日,默认今天(北京时间)/ the day the audit speaks of; today in Beijing if not given
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
    /// 报告期,如 2016Q3 / reporting period
    #[arg(long, value_name = "PERIOD")]
    period: Option<String>,
    #[command(flatten)]
    output: Output,
    /// 把整个核查记录写进这个文件夹 / write the whole run record into this folder
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// 与较早的核查记录比较,标出新增的 / compare with an earlier run record and mark what is new
    #[arg(long, value_name = "RECORD")]
    baseline: Option<PathBuf>,
    /// 只有比 --baseline 新增的问题才使退出码为 1 / only what is new since --baseline counts for the exit code
    #[arg(long, requires = "baseline")]
    fail_on_new: bool,
    /// 每条规则保留多少条明细,all 为全部;总数不受影响 / findings kept in detail per rule; totals stay exact
    #[arg(long, default_value = "1000", value_name = "N|all")]
    keep: String,
    /// 发现何种程度的问题时退出码为 1 / from which severity on the exit code is 1
    #[arg(long, value_enum, default_value = "error", value_name = "error|warning|notice|never")]
    fail_on: FailOn,
    /// 线程数,默认为处理器核数 / threads; as many as cores if not given
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..), value_name = "N")]
    jobs: Option<u16>,
    /// 指定某文件(或工作表)是某张表,可重复 / say which table a file or sheet is; repeatable
    #[arg(long = "table", value_name = "NAME=FILE[#SHEET]")]
    tables: Vec<String>,
    /// 必须报送的表,可重复 / a table that must have been handed in; repeatable
    #[arg(long, value_name = "TABLE")]
    expect: Vec<String>,
    /// 规则包的设置,如 timely-days=15,可重复;pack inspect 列出有哪些 / a pack's setting; repeatable
    #[arg(long = "set", value_name = "NAME=VALUE")]
    settings: Vec<String>,
    /// 文本文件的编码,默认自动判断 / encoding of text files; found by evidence if not given
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,
    /// 不理会配置中的豁免 / as if the configuration suppressed nothing
    #[arg(long)]
    no_suppressions: bool,
    /// 在标准错误输出各阶段、规则包和最慢规则的用时,规则包的日志,内存峰值 / say on standard error where the time went, and what
    /// packs wrote to their log
    #[arg(long)]
    timings: bool,
    /// 不显示进度 / no progress bar
    #[arg(long)]
    no_progress: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum FailOn {
    Error,
    Warning,
    Notice,
    Never,
}

impl Check {
    pub(super) fn run(self, config: &Config, language: Language) -> Result<u8, String> {
        let mut request = self.request(language)?;
        let mut options = common::options(&self.tables, self.encoding.as_deref(), language)?;
        options.manner.jobs = request.jobs;
        let watch = Stopwatch::default();
        let baseline = self.baseline.as_deref().map(store::load).transpose();
        let baseline = baseline.map_err(|error| error.sentence(language))?;
        let gate = self.trust.gate(config, language)?;
        let load = || self.packs.load_with_as(self.loading(&gate), config, language);
        let (packs, config) = watch.during(Phase::Load, load, |_| 0)?;
        self.check_names(&packs, language)?;
        config.add_to(&mut options);
        if request.expect.is_empty() {
            request.expect = config.expected();
        }
        request.settings = super::settings::settings(&self.settings, &config, &packs, language)?;
        request.severities = config.severities();
        if !self.no_suppressions {
            request.suppressions = config.suppressions();
        }
        request.told = options.clone();
        let mut files = self.output.open(language)?;
        files.keep_copies_apart(&self.paths, language)?;
        if let Some(folder) = &self.out {
            output::make_folder(folder, language)?;
        }
        let intake = self.understand(&packs, &options, &watch, language)?;
        let mut targets = files
            .targets(intake.inputs.iter().map(|input| (input.path.as_str(), input.format.name())), language);
        targets.extend(self.out.iter().flat_map(|folder| store::FILES.map(|file| folder.join(file))));
        let inputs = intake.inputs.iter().map(|input| input.location.as_path());
        output::spare_inputs(&targets, inputs, language)?;
        let mut record = self.audit(&packs, &intake, &request, &watch, language);
        if let Some(baseline) = &baseline {
            compare::mark(&mut record, baseline);
        }
        if let Some(folder) = &self.out {
            store::save(&record, folder).map_err(|error| error.sentence(language))?;
        }
        self.output.write(&record, files, &self.paths, language)?;
        Ok(self.exit_code(&record))
    }

    /// Reads the files; a run over nothing is a mistake.
    fn understand(
        &self,
        packs: &[Pack],
        options: &intake::Options,
        watch: &Stopwatch,
        language: Language,
    ) -> Result<Intake, String> {
        let understand = || intake::read(&self.paths, &audit::offers(packs), options);
        let intake = watch.during(Phase::Understand, understand, |intake| {
            let counts = intake.parts.iter().flat_map(|part| [part.records(), part.unchecked()]);
            counts.fold(0, u64::saturating_add)
        });
        common::something_to_check(&intake, language)?;
        Ok(intake)
    }

    /// Runs the rules, with a bar for people who wait, and says where the time went if asked.
    fn audit(
        &self,
        packs: &[Pack],
        intake: &Intake,
        request: &Request,
        watch: &Stopwatch,
        language: Language,
    ) -> RunRecord {
        let bar = Bar::new(self.no_progress);
        let progress = |done, all| bar.show(done, all);
        let record = match self.timings {
            true => audit::run_timed(packs, intake, request, &progress, watch),
            false => audit::run(packs, intake, request, &progress),
        };
        bar.clear();
        if let Some(timings) = &record.timings {
            common::note(&timings.text(language));
        }
        record
    }

    fn loading<'a>(&self, gate: &'a Gate) -> Loading<'a> {
        let execution = if self.metered { Execution::Metered } else { Execution::Compiled };
        Loading { gate: Some(gate), execution, verify: self.verify }
    }

    fn request(&self, language: Language) -> Result<Request, String> {
        let no_date = |text: &str| {
            either(
                language,
                format!("--as-of {text}:不是日期,请写成 2016-11-30 的样子"),
                format!("--as-of {text}: not a date; write it like 2016-11-30"),
            )
        };
        let as_of = match &self.as_of {
            Some(text) => iso_date::parse(text).ok_or_else(|| no_date(text))?,
            None => common::today_in_beijing(),
        };
        let keep = match self.keep.as_str() {
            "all" => u32::MAX,
            text => text.parse().ok().filter(|keep| *keep > 0).ok_or_else(|| {
                either(
                    language,
                    format!("--keep {text}:请写 1 或更大的数,或 all"),
                    format!("--keep {text}: write a number from 1 on, or all"),
                )
            })?,
        };
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        // Every session has a beginning that costs instructions: their number must not depend on the machine.
        let jobs = if self.metered { 1 } else { self.jobs.map_or(cores, usize::from).min(256) };
        Ok(Request {
            period: self.period.as_deref().map(|text| period(text, language)).transpose()?,
            rules: self.rules.clone(),
            expect: self.expect.clone(),
            keep,
            ..Request::on(as_of, jobs)
        })
    }

    /// A misspelt rule or table would otherwise check nothing, quietly.
    fn check_names(&self, packs: &[Pack], language: Language) -> Result<(), String> {
        let own = &intake::rules::manifest().rules;
        let ids =
            || packs.iter().flat_map(|pack| &pack.manifest.rules).chain(own).map(|rule| rule.id.as_str());
        for pattern in &self.rules {
            if !ids().any(|id| audit::plan::is_selected(std::slice::from_ref(pattern), id)) {
                return Err(unknown(language, "--rules", pattern, ids()));
            }
        }
        let tables = || packs.iter().flat_map(|pack| &pack.manifest.tables).map(|table| table.name.as_str());
        let assigned = self.tables.iter().filter_map(|text| Some(("--table", text.split_once('=')?.0)));
        let expected = self.expect.iter().map(|table| ("--expect", table.as_str()));
        for (option, table) in expected.chain(assigned) {
            if !tables().any(|name| name == table) {
                return Err(unknown(language, option, table, tables()));
            }
        }
        Ok(())
    }

    fn exit_code(&self, record: &RunRecord) -> u8 {
        let totals = self.counted(record);
        let found = match self.fail_on {
            FailOn::Error => totals.at_least(Severity::Error),
            FailOn::Warning => totals.at_least(Severity::Warning),
            FailOn::Notice => totals.at_least(Severity::Notice),
            FailOn::Never => 0,
        };
        match record.manifest.conclusion {
            Conclusion::Inconclusive => super::INCONCLUSIVE,
            _ if found > 0 => super::FOUND,
            _ => super::CLEAN,
        }
    }

    /// Findings that count for the exit code. Those that were not kept cannot be compared and count as new.
    fn counted(&self, record: &RunRecord) -> Totals {
        let counted = record.manifest.totals.without(record.manifest.suppressed);
        let mut known = Totals::default();
        let is_known =
            |state: Option<Baseline>| matches!(state, Some(Baseline::Persisting | Baseline::Changed));
        for finding in
            record.findings.iter().filter(|finding| self.fail_on_new && finding.suppression.is_none())
        {
            known.add(finding.severity, u64::from(is_known(finding.baseline)));
        }
        counted.without(known)
    }
}

fn unknown<'a>(language: Language, option: &str, name: &str, known: impl Iterator<Item = &'a str>) -> String {
    let near = super::explain::nearest(name, known);
    let (zh, en) = match near {
        Some(near) => (format!(";是不是 {near}?"), format!("; did you mean {near}?")),
        None => (";用 mingcha rules 查看全部".to_owned(), "; see mingcha rules".to_owned()),
    };
    either(
        language,
        format!("{option} {name}:没有这个名称{zh}"),
        format!("{option} {name}: there is no such name{en}"),
    )
}

fn period(text: &str, language: Language) -> Result<runtime::Period, String> {
    audit::period(text).ok_or_else(|| {
        either(
            language,
            format!("--period {text}:不是报告期,请写成 2016Q3、2016-07 或 2016 的样子"),
            format!("--period {text}: not a period; write it like 2016Q3, 2016-07 or 2016"),
        )
    })
}

/// A progress bar that appears when a run takes longer than a second.
struct Bar {
    bar: ProgressBar,
    since: Instant,
}

impl Bar {
    fn new(off: bool) -> Self {
        let target = if off { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
        let bar = ProgressBar::with_draw_target(None, target);
        if let Ok(style) = ProgressStyle::with_template("{wide_bar} {human_pos}/{human_len} {eta}") {
            bar.set_style(style);
        }
        Self { bar, since: Instant::now() }
    }

    fn show(&self, done: u64, all: u64) {
        if self.since.elapsed() > Duration::from_secs(1) {
            self.bar.set_length(all);
            self.bar.set_position(done);
        }
    }

    fn clear(&self) {
        self.bar.finish_and_clear();
    }
}
