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

const EXAMPLE: &str = r#"例 / example:
  language = "zh"                      # 报告的语言 / language of reports
  packs = ["built-in", "规则/自定.wasm"]  # 同 --pack / as --pack
  expect = ["表名"]                     # 必须报送的表 / as --expect

  [[tables]]                           # 哪个文件是哪张表 / as --table
  table = "表名"
  file = "报送/收费.xlsx"
  sheet = "目录"
  columns = { "收费名目" = "收费项目" }    # 表头 = 列的名称 / header = name or title of a column

  [[tables]]                           # 不写 file:对该表的所有文件有效 / without file: all files of the table
  table = "表名"
  columns = { "文件依据" = "basis" }

  [settings.fee-catalogue]             # 同 --set / as --set
  timely-days = 15"#;

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
