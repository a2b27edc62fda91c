//! `mingcha config check`: whether a configuration is sound, without checking anything else.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use super::common::{self, PackChoice, either};
use crate::config::{Config, FILE_NAME};
use crate::manifest::Language;

/// 配置文件 mingcha.toml / the configuration mingcha.toml
#[derive(Debug, Args)]
#[command(after_help = EXAMPLE)]
pub(super) struct ConfigCommand {
    #[command(subcommand)]
    action: Action,
}

const EXAMPLE: &str = concat!("例 / example:\n", include_str!("../../../docs/mingcha.example.toml"));

#[derive(Debug, Subcommand)]
enum Action {
    /// 检查配置文件是否正确 / is the configuration sound?
    Check {
        /// 配置文件,默认为当前目录的 mingcha.toml / the file; mingcha.toml of this folder if not given
        #[arg(value_name = "FILE")]
        file: Option<PathBuf>,
    },
}

impl ConfigCommand {
    pub(super) fn run(self, named: Option<&Path>, language: Option<Language>) -> Result<u8, String> {
        let Action::Check { file } = self.action;
        let file = file.as_deref().or(named).unwrap_or(Path::new(FILE_NAME));
        let config =
            Config::load(Some(file)).map_err(|error| error.sentence(language.unwrap_or_default()))?;
        let language = language.or(config.language).unwrap_or_default();
        PackChoice::default().load_with(&config, language)?;
        let (file, columns) =
            (file.display(), config.tables.iter().map(|entry| entry.columns.len()).sum::<usize>());
        let (packs, tables, settings) = (config.packs.len(), config.tables.len(), config.settings.len());
        let expected = config.expect.len();
        common::print(&either(
            language,
            format!(
                "{file}:没有问题;规则包 {packs},应报送的表 {expected},文件与表 {tables},表头 {columns},设置 {settings}\n"
            ),
            format!(
                "{file}: sound; packs: {packs}, expected tables: {expected}, tables: {tables}, headers: {columns}, settings: {settings}\n"
            ),
        ));
        Ok(super::CLEAN)
    }
}
