//! What a person types: one file per command. The only place that prints.

mod check;
mod common;
mod explain;
mod pack;
mod rules;
mod settings;
mod tables;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

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
    /// 报告和提示的语言 / language of reports and messages
    #[arg(long, global = true, value_enum, default_value = "zh", value_name = "zh|en")]
    lang: Language,
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
    let language = arguments.lang;
    let code = match arguments.command {
        Command::Check(check) => check.run(language),
        Command::Tables(tables) => tables.run(language),
        Command::Rules(rules) => rules.run(language),
        Command::Explain(explain) => explain.run(language),
        Command::Pack(pack) => pack.run(language),
    };
    match code {
        Ok(code) => ExitCode::from(code),
        Err(sentence) => {
            common::complain(&sentence);
            ExitCode::from(NOT_STARTED)
        }
    }
}
