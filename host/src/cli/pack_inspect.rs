//! `mingcha pack inspect`: what a pack is, asks for and holds.

use std::borrow::Cow;
use std::fmt::Write as _;

use super::common::{self, either};
use crate::author::sections::{Anatomy, Custom};
use crate::config::{Described, described};
use crate::iso_date;
use crate::manifest::{Language, ReferenceData};
use crate::runtime::{CONTRACT, Origin, Pack};

/// What it is, line by line.
pub(super) fn text(pack: &Pack, language: Language) -> String {
    let manifest = &pack.manifest;
    let mut out = String::new();
    let origin = match &pack.origin {
        Origin::BuiltIn => either(language, "内置".to_owned(), "built in".to_owned()),
        Origin::File(path) => crate::visible(&path.display().to_string()),
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
    out.push_str(&contents(pack, language));
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
    let settings = described(&manifest.settings, language);
    let _ = writeln!(out, "{}: {}", names[8], settings.len());
    for Described { name, default, purpose } in settings {
        let _ = writeln!(out, "  {name} = {default}  {purpose}");
    }
    out
}

/// What its file holds, without its being run: code, data, and what its sections say, known ones in full.
fn contents(pack: &Pack, language: Language) -> String {
    let Anatomy { modules, code, data, custom } = Anatomy::of(&bytes(pack));
    let mut out = either(
        language,
        format!("内容: 模块 {modules} 个、代码 {code} B、数据 {data} B\n"),
        format!("contents: {modules} modules, {code} B of code, {data} B of data\n"),
    );
    let sections = either(language, "自定义段".to_owned(), "custom sections".to_owned());
    let _ = writeln!(out, "{sections}: {}", custom.len());
    for Custom { name, bytes, said } in custom {
        let value = said.map(|(_, value)| value).unwrap_or_default();
        let _ = writeln!(out, "{}", format!("  {} ({bytes} B) {value}", crate::visible(&name)).trim_end());
    }
    out
}

/// The component's bytes once more; none where the file is gone.
fn bytes(pack: &Pack) -> Cow<'static, [u8]> {
    match &pack.origin {
        Origin::BuiltIn => {
            let bundled = mingcha_bundle::PACKS.iter().find(|bundled| bundled.name == pack.manifest.id);
            Cow::Borrowed(bundled.map_or(&[][..], |bundled| bundled.bytes))
        }
        Origin::File(path) => Cow::Owned(std::fs::read(path).unwrap_or_default()),
    }
}

/// What it asks for at the start and may use at most, and whose signature lies beside it.
fn limits(pack: &Pack, language: Language) -> String {
    let (limit, signature) = (
        either(language, "限额".to_owned(), "limits".to_owned()),
        either(language, "签名".to_owned(), "signature".to_owned()),
    );
    format!("{limit}: {}\n{signature}: {}\n", asked(pack, language), signers(pack, language))
}

/// Memory, table and time in one line.
pub(super) fn asked(pack: &Pack, language: Language) -> String {
    let (memory, elements) = pack.needs();
    let may = pack.limits();
    let (memory, cap) = (memory >> 10, may.memory_bytes >> 10);
    either(
        language,
        format!(
            "开始时内存 {memory} KiB(上限 {cap} KiB)、函数表 {elements} 项(上限 {})、每次调用 {} 毫秒",
            may.table_elements, may.call_millis
        ),
        format!(
            "memory {memory} KiB at the start (at most {cap} KiB), table elements {elements} (at most {}), {} ms a call",
            may.table_elements, may.call_millis
        ),
    )
}

/// Whose signature lies beside it.
pub(super) fn signers(pack: &Pack, language: Language) -> String {
    match &pack.origin {
        Origin::BuiltIn => either(language, "内置,不需签名".to_owned(), "built in, needs none".to_owned()),
        Origin::File(path) => claimed(&crate::trust::envelope_path(path), language),
    }
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
    let options = common::wrapping().initial_indent("    ").subsequent_indent("    ");
    let source = textwrap::fill(&reference.source, options);
    format!("{} {} [{standing}] {since} – {until}\n{source}", reference.name, reference.version)
}
