//! What shells, manuals and other programs want to know: `mingcha completions`, `mingcha man`, `mingcha schema`.

use std::path::PathBuf;

use clap::{Args, Command, ValueEnum};
use clap_complete::Shell;

use super::common;
use crate::audit::record::{Finding, RunManifest, RunRecord, canonical_block};
use crate::manifest::Language;
use crate::report::store::StoreError;

/// 输出命令行补全脚本 / print a completion script for a shell
#[derive(Debug, Args)]
#[command(
    after_help = "例 / example:\n  mingcha completions bash > ~/.local/share/bash-completion/completions/mingcha"
)]
pub(super) struct Completions {
    /// 命令行程序 / the shell
    #[arg(value_enum)]
    shell: Shell,
}

impl Completions {
    pub(super) fn run(self, mut command: Command) -> u8 {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut command, "mingcha", &mut script);
        common::print_bytes(&script);
        super::CLEAN
    }
}

/// 输出手册页 / print the manual page
#[derive(Debug, Args)]
pub(super) struct Man {
    /// 把每个命令的手册页写进这个文件夹 / write a page per command into this folder
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

impl Man {
    pub(super) fn run(self, command: Command, language: Language) -> Result<u8, String> {
        let mut page = Vec::new();
        let made = match &self.out {
            Some(folder) => {
                std::fs::create_dir_all(folder).and_then(|()| clap_mangen::generate_to(command, folder))
            }
            None => clap_mangen::Man::new(command).render(&mut page),
        };
        made.map_err(|error| StoreError::Write(self.out.unwrap_or_default(), error).sentence(language))?;
        common::print_bytes(&page);
        Ok(super::CLEAN)
    }
}

/// 输出核查记录或配置的 JSON Schema / print the JSON Schema of run records or of the configuration
#[derive(Debug, Args)]
pub(super) struct Schema {
    /// record 为整个记录,manifest 为 manifest.json,finding 为 findings.ndjson 的一行,config 为 mingcha.toml
    /// / `record` for the whole, `manifest` for manifest.json, `finding` for a line of findings.ndjson, `config` for mingcha.toml
    #[arg(value_enum)]
    of: Document,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Document {
    Record,
    Manifest,
    Finding,
    Config,
}

/// Written by hand, since the configuration is read key by key; a test holds the two together.
const CONFIG: &str = include_str!("../../../docs/schema/mingcha.toml.schema.json");

impl Schema {
    pub(super) fn run(self) -> u8 {
        let schema = match self.of {
            Document::Record => schemars::schema_for!(RunRecord),
            Document::Manifest => schemars::schema_for!(RunManifest),
            Document::Finding => schemars::schema_for!(Finding),
            Document::Config => {
                common::print_bytes(CONFIG.as_bytes());
                return super::CLEAN;
            }
        };
        common::print_bytes(&canonical_block(&schema));
        super::CLEAN
    }
}
