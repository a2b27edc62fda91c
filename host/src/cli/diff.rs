//! `mingcha diff`: two run records compared.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::common;
use crate::audit::compare::compare;
use crate::manifest::Language;
use crate::report::{diff, store};

/// 比较两次核查:新增、已解决、仍在、已改未对 / compare two runs: new, resolved, persisting, changed
///
/// 按记录的关键列比较,行的次序和文件名变了也认得。退出码:0 没有新增,1 有新增。
///
/// Records are known by their key, whatever their row or file. Exit codes: 0 nothing new, 1 something new.
#[derive(Debug, Args)]
pub(super) struct Diff {
    /// 较早的核查记录 / the older record
    #[arg(value_name = "OLD")]
    old: PathBuf,
    /// 较新的核查记录 / the newer record
    #[arg(value_name = "NEW")]
    new: PathBuf,
    /// 输出格式 / format
    #[arg(
        long,
        value_enum,
        default_value = "text",
        hide_possible_values = true,
        value_name = "text|json|md"
    )]
    format: Format,
    /// 全部列出 / show all of them
    #[arg(long)]
    full: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
    Md,
}

impl Diff {
    pub(super) fn run(self, language: Language) -> Result<u8, String> {
        let load = |path: &PathBuf| store::load(path).map_err(|error| error.sentence(language));
        let (old, new) = (load(&self.old)?, load(&self.new)?);
        let comparison = compare(&old, &new);
        let runs = [&old, &new];
        match self.format {
            Format::Json => common::print_bytes(&diff::json(runs, &comparison)),
            Format::Text | Format::Md => {
                let md = self.format == Format::Md;
                common::print(&diff::text(runs, &comparison, language, self.full, md));
            }
        }
        Ok(if comparison.new.is_empty() { super::CLEAN } else { super::FOUND })
    }
}
