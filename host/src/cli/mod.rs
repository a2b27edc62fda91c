//! What a person types: one file per command. The only place that prints.

mod annotated;
mod check;
mod common;
mod config;
mod diff;
mod explain;
mod new;
mod output;
mod pack;
mod pack_declared;
mod pack_diff;
mod pack_inspect;
mod pack_trust;
mod report;
mod rules;
mod settings;
mod shell;
mod split;
mod tables;
mod test;
mod usage;
mod verify;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{CommandFactory as _, Parser, Subcommand};

use crate::config::Config;
use crate::manifest::Language;

/// Ran, and nothing at or above `--fail-on` was found.
const CLEAN: u8 = 0;
/// Ran, and something was found.
const FOUND: u8 = 1;
/// Could not start.
const NOT_STARTED: u8 = 2;
/// Ran, but something handed in could not be checked.
const INCONCLUSIVE: u8 = 3;

/// 明察:按法规规则核查政务公开报送的表格 / checks government disclosures against the rules that bind them
#[derive(Debug, Parser)]
#[command(
    name = "mingcha",
    bin_name = "mingcha",
    version,
    max_term_width = 100,
    arg_required_else_help = true
)]
struct Arguments {
    /// 报告和提示的语言,默认中文 / language of reports and messages; Chinese if not given
    #[arg(long, global = true, value_enum, hide_possible_values = true, value_name = "zh|en")]
    lang: Option<Language>,
    /// 配置文件,默认为当前目录的 mingcha.toml(如有)/ configuration; mingcha.toml of this folder, if there is one
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Check(Box<check::Check>),
    Report(report::Report),
    Diff(diff::Diff),
    VerifyRun(verify::VerifyRun),
    Tables(tables::Tables),
    Rules(rules::Rules),
    Explain(explain::Explain),
    Pack(pack::PackCommand),
    Config(config::ConfigCommand),
    Completions(shell::Completions),
    Man(shell::Man),
    Schema(shell::Schema),
    New(new::New),
    Test(test::Test),
}

/// Does what the command line says; the exit code says how it went.
#[must_use]
pub fn run() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            usage::complain(&error);
            return ExitCode::from(if error.use_stderr() { NOT_STARTED } else { CLEAN });
        }
    };
    match arguments.run() {
        Ok(code) => ExitCode::from(code),
        Err(sentence) => {
            common::complain(&sentence);
            ExitCode::from(NOT_STARTED)
        }
    }
}

impl Arguments {
    fn run(self) -> Result<u8, String> {
        if let Command::Config(command) = self.command {
            return command.run(self.config.as_deref(), self.lang);
        }
        let config = Config::load(self.config.as_deref())
            .map_err(|error| error.sentence(self.lang.unwrap_or_default()))?;
        let language = self.lang.or(config.language).unwrap_or_default();
        if let (Some(path), Command::Check(_) | Command::Tables(_)) = (&config.path, &self.command) {
            // A file that happens to lie here must not change a run unseen.
            let path = crate::visible(&path.display().to_string());
            let (zh, en) = (format!("采用配置文件 {path}"), format!("using the configuration {path}"));
            common::complain(&common::either(language, zh, en));
        }
        match self.command {
            Command::Check(check) => check.run(&config, language),
            Command::Report(report) => report.run(language),
            Command::Diff(diff) => diff.run(language),
            Command::VerifyRun(verify) => verify.run(&config, language),
            Command::Tables(tables) => tables.run(&config, language),
            Command::Rules(rules) => rules.run(&config, language),
            Command::Explain(explain) => explain.run(&config, language),
            Command::Pack(pack) => pack.run(&config, language),
            Command::Completions(completions) => Ok(completions.run(Self::command())),
            Command::Man(man) => man.run(Self::command(), language),
            Command::Schema(schema) => Ok(schema.run()),
            Command::New(new) => new.run(language),
            Command::Test(test) => test.run(language),
            Command::Config(_) => Ok(CLEAN),
        }
    }
}
