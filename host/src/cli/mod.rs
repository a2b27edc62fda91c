//! What a person types: one file per command. The only place that prints.

mod check;
mod common;
mod config;
mod explain;
mod pack;
mod pack_diff;
mod pack_trust;
mod rules;
mod settings;
mod tables;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

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
    #[arg(long, global = true, value_enum, value_name = "zh|en")]
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
    Tables(tables::Tables),
    Rules(rules::Rules),
    Explain(explain::Explain),
    Pack(pack::PackCommand),
    Config(config::ConfigCommand),
}

/// Does what the command line says; the exit code says how it went.
#[must_use]
pub fn run() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            let _ = error.print();
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
        match self.command {
            Command::Check(check) => check.run(&config, language),
            Command::Tables(tables) => tables.run(&config, language),
            Command::Rules(rules) => rules.run(&config, language),
            Command::Explain(explain) => explain.run(&config, language),
            Command::Pack(pack) => pack.run(&config, language),
            Command::Config(_) => Ok(CLEAN),
        }
    }
}
