//! `mingcha pack`: what a pack is.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::common::{self, PackChoice, either};
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
        }
        Ok(super::CLEAN)
    }
}

fn save(id: &str, file: &std::path::Path, language: Language) -> Result<(), String> {
    let Some(pack) = mingcha_bundle::PACKS.iter().find(|pack| pack.name == id) else {
        let known = mingcha_bundle::PACKS.iter().map(|pack| pack.name).collect::<Vec<_>>().join(" ");
        return Err(either(
            language,
            format!("没有内置规则包 {id};现有:{known}"),
            format!("there is no built-in pack {id}; there are: {known}"),
        ));
    };
    std::fs::write(file, pack.bytes).map_err(|error| {
        either(
            language,
            format!("{}:写不进去({})", file.display(), crate::system_words(&error).zh),
            format!("{}: cannot be written ({error})", file.display()),
        )
    })
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

fn about(reference: &ReferenceData, language: Language) -> String {
    let day = |day: Option<i32>| day.map_or("…".to_owned(), iso_date::text);
    let standing = match (reference.verified, language) {
        (true, Language::Zh) => "已核",
        (true, Language::En) => "verified",
        (false, Language::Zh) => "待核",
        (false, Language::En) => "not verified",
    };
    let (since, until) = (day(reference.since), day(reference.until));
    format!("{} {} [{standing}] {since} – {until} {}", reference.name, reference.version, reference.source)
}
