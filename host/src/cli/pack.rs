//! `mingcha pack`: what a pack is.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use sha2::{Digest as _, Sha256};

use super::common::{self, PackChoice, either};
use crate::author::{self, Profile, sections};
use crate::config::Config;
use crate::iso_date;
use crate::manifest::{Language, ReferenceData};
use crate::runtime::{CONTRACT, Origin, Pack};

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
                    common::print(&text(&pack, language));
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

fn text(pack: &Pack, language: Language) -> String {
    let manifest = &pack.manifest;
    let mut out = String::new();
    let origin = match &pack.origin {
        Origin::BuiltIn => either(language, "内置".to_owned(), "built in".to_owned()),
        Origin::File(path) => path.display().to_string(),
    };
    let imports = if pack.imports.is_empty() { "—".to_owned() } else { pack.imports.join(" ") };
    let _ = writeln!(out, "{} {} {}", manifest.id, manifest.version, manifest.title.get(language));
    let names = match language {
        Language::Zh => ["来源", "大小", "摘要", "接口", "导入", "规则", "表", "参考数据", "设置"],
        Language::En => {
            ["from", "size", "sha256", "contract", "imports", "rules", "tables", "facts", "settings"]
        }
    };
    let bytes = format!("{} B", pack.bytes);
    for (name, value) in names.into_iter().zip([origin.as_str(), &bytes, &pack.digest, CONTRACT, &imports]) {
        let _ = writeln!(out, "{name}: {value}");
    }
    out.push_str(&limits(pack, language));
    let _ = writeln!(out, "{}: {}", names[5], manifest.rules.len());
    for rule in &manifest.rules {
        let _ = writeln!(out, "  {} {}", rule.id, rule.title.get(language));
    }
    let _ = writeln!(out, "{}: {}", names[6], manifest.tables.len());
    for table in &manifest.tables {
        let _ = writeln!(out, "  {} {} ({})", table.name, table.label.get(language), table.columns.len());
    }
    let _ = writeln!(out, "{}: {}", names[7], manifest.references.len());
    for reference in &manifest.references {
        let _ = writeln!(out, "  {}", about(reference, language));
    }
    let settings = settings(&manifest.settings, language);
    let _ = writeln!(out, "{}: {}", names[8], settings.len());
    for setting in settings {
        let _ = writeln!(out, "  {setting}");
    }
    out
}

/// What it asks for at the start and may use at most, and whose signature lies beside it.
fn limits(pack: &Pack, language: Language) -> String {
    let (memory, elements) = pack.needs();
    let may = pack.limits();
    let (memory, cap) = (memory >> 10, may.memory_bytes >> 10);
    let limits = either(
        language,
        format!(
            "开始时内存 {memory} KiB(上限 {cap} KiB)、函数表 {elements} 项(上限 {})、每次调用 {} 毫秒",
            may.table_elements, may.call_millis
        ),
        format!(
            "memory {memory} KiB at the start (at most {cap} KiB), table elements {elements} (at most {}), {} ms a call",
            may.table_elements, may.call_millis
        ),
    );
    let signers = match &pack.origin {
        Origin::BuiltIn => either(language, "内置,不需签名".to_owned(), "built in, needs none".to_owned()),
        Origin::File(path) => claimed(&crate::trust::envelope_path(path), language),
    };
    let (limit, signature) = (
        either(language, "限额".to_owned(), "limits".to_owned()),
        either(language, "签名".to_owned(), "signature".to_owned()),
    );
    format!("{limit}: {limits}\n{signature}: {signers}\n")
}

/// Whose key a signature claims; nothing is verified here.
fn claimed(file: &std::path::Path, language: Language) -> String {
    let envelope = std::fs::read(file).ok();
    let envelope = envelope.and_then(|text| serde_json::from_slice::<crate::trust::Envelope>(&text).ok());
    let Some(envelope) = envelope else {
        return either(language, "没有".to_owned(), "none".to_owned());
    };
    let keys = crate::visible(&envelope.claimed().collect::<Vec<_>>().join(" "));
    either(
        language,
        format!("自称密钥 {keys}(用 mingcha pack verify 验证)"),
        format!("claims key {keys} (verify it with mingcha pack verify)"),
    )
}

/// Name, default and purpose of each setting.
fn settings(schema: &str, language: Language) -> Vec<String> {
    let schema: serde_json::Value = serde_json::from_str(schema).unwrap_or_default();
    let purpose = if language == Language::Zh { "title" } else { "description" };
    let line = |(name, setting): (&String, &serde_json::Value)| {
        format!("{name} = {}  {}", setting["default"], setting[purpose].as_str().unwrap_or_default())
    };
    schema["properties"]
        .as_object()
        .map(|properties| properties.iter().map(line).collect())
        .unwrap_or_default()
}

/// Name, version, standing and days; below them the source.
fn about(reference: &ReferenceData, language: Language) -> String {
    let day = |day: Option<i32>| day.map_or("…".to_owned(), iso_date::text);
    let standing = match (reference.verified, language) {
        (true, Language::Zh) => "已核",
        (true, Language::En) => "verified",
        (false, Language::Zh) => "待核",
        (false, Language::En) => "not verified",
    };
    let (since, until) = (day(reference.since), day(reference.until));
    let options = textwrap::Options::new(common::width()).initial_indent("    ").subsequent_indent("    ");
    let source = textwrap::fill(&reference.source, options);
    format!("{} {} [{standing}] {since} – {until}\n{source}", reference.name, reference.version)
}
