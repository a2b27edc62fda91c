//! `mingcha pack`: what a pack is.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use sha2::{Digest as _, Sha256};

use super::common::{self, PackChoice, either};
use crate::author::{self, Profile, sections};
use crate::config::Config;
use crate::manifest::Language;

/// 规则包 / rule packs
#[derive(Debug, Args)]
pub(super) struct PackCommand {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    #[command(flatten)]
    Trust(super::pack_trust::Action),
    Diff(super::pack_diff::Diff),
    /// 查看规则包:规则、表、参考数据、摘要、导入 / what a pack is: rules, tables, facts, digest, imports
    Inspect {
        /// 内置规则包的编号或 .wasm 文件 / id of a built-in pack, or a .wasm file
        #[arg(value_name = "FILE|ID")]
        pack: String,
    },
    /// 把内置规则包存成文件 / copy a built-in pack to a file
    Save {
        /// 内置规则包的编号 / its id
        #[arg(value_name = "ID")]
        id: String,
        /// 目标文件 / where to
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// 构建规则包:发布版、可复现,生成 .wasm / build a pack as it is shipped: the same source, the same bytes
    Build {
        /// 规则包的文件夹 / folder of the pack
        #[arg(default_value = ".", value_name = "DIR")]
        folder: PathBuf,
        /// 目标文件,默认为该文件夹下的 名字.wasm / where to; NAME.wasm in that folder, if not given
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
}

impl PackCommand {
    pub(super) fn run(self, config: &Config, language: Language) -> Result<u8, String> {
        match self.action {
            Action::Trust(action) => return action.run(config, language),
            Action::Diff(diff) => return diff.run(config, language),
            Action::Inspect { pack } => {
                for pack in (PackChoice { packs: vec![pack] }).load(language)? {
                    common::print(&super::pack_inspect::text(&pack, language));
                }
            }
            Action::Save { id, file } => save(&id, &file, language)?,
            Action::Build { folder, output } => build(&folder, output, language)?,
        }
        Ok(super::CLEAN)
    }
}

fn save(id: &str, file: &Path, language: Language) -> Result<(), String> {
    let Some(pack) = mingcha_bundle::PACKS.iter().find(|pack| pack.name == id) else {
        let known = mingcha_bundle::PACKS.iter().map(|pack| pack.name).collect::<Vec<_>>().join(" ");
        return Err(either(
            language,
            format!("没有内置规则包 {id};现有:{known}"),
            format!("there is no built-in pack {id}; there are: {known}"),
        ));
    };
    write(file, pack.bytes, language)
}

fn write(file: &Path, bytes: &[u8], language: Language) -> Result<(), String> {
    std::fs::write(file, bytes).map_err(|error| {
        either(
            language,
            format!("{}:写不进去({})", file.display(), crate::system_words(&error).zh),
            format!("{}: cannot be written ({error})", file.display()),
        )
    })
}

/// Builds, writes, and says what was written: file, size, digest, sections.
fn build(folder: &Path, output: Option<PathBuf>, language: Language) -> Result<(), String> {
    let built = author::build(folder, Profile::Release).map_err(|text| text.get(language).to_owned())?;
    let file = output.unwrap_or_else(|| folder.join(format!("{}.wasm", built.from.name)));
    write(&file, &built.bytes, language)?;
    let digest = crate::hex(&Sha256::digest(&built.bytes));
    let mut out = format!("{} ({} B)\nsha256: {digest}\n", file.display(), built.bytes.len());
    for (name, value) in sections::read(&built.bytes) {
        let _ = writeln!(out, "{name}: {value}");
    }
    common::print(&out);
    Ok(())
}
