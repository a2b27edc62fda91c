//! `mingcha rules`: what is checked.

use std::fmt::Write as _;

use clap::{Args, ValueEnum};
use unicode_width::UnicodeWidthStr as _;

use super::common::{self, PackChoice};
use crate::config::Config;
use crate::manifest::{Language, Manifest};
use crate::{intake, matrix, report};

/// 列出核查的规则 / list what is checked
#[derive(Debug, Args)]
pub(super) struct Rules {
    /// 只列这个规则包 / only this pack (id)
    #[arg(value_name = "PACK")]
    pack: Option<String>,
    #[command(flatten)]
    packs: PackChoice,
    /// 列出每项职责、每条条文由哪些规则覆盖 / which rules cover which duty and article, and how fully
    #[arg(long)]
    matrix: bool,
    /// 输出格式(md 只用于 --matrix)/ format; md goes with --matrix
    #[arg(long, value_enum, default_value = "text", value_name = "text|json|md")]
    format: Format,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    Text,
    Json,
    Md,
}

impl Rules {
    pub(super) fn run(self, config: &Config, language: Language) -> Result<u8, String> {
        let (packs, _) = self.packs.load_with(config, language)?;
        let all = packs.iter().map(|pack| &pack.manifest).chain([intake::rules::manifest()]);
        let chosen: Vec<&Manifest> =
            all.filter(|m| self.pack.as_ref().is_none_or(|id| *id == m.id)).collect();
        if chosen.is_empty() {
            let ids = packs.iter().map(|pack| pack.manifest.id.as_str()).collect::<Vec<_>>().join("、");
            let name = self.pack.unwrap_or_default();
            return Err(common::either(
                language,
                format!("没有规则包 {name};现有:{ids}"),
                format!("there is no pack {name}; there are: {ids}"),
            ));
        }
        let covered = self.matrix.then(|| matrix::matrix(&chosen));
        let shown = match (self.format, &covered) {
            (Format::Text, None) => text(&chosen, language),
            (Format::Text, Some(matrix)) => matrix::text(matrix, language, common::width()),
            (Format::Json, None) => json(&chosen)?,
            (Format::Json, Some(matrix)) => json(matrix)?,
            (Format::Md, Some(matrix)) => matrix::markdown(matrix, language, None),
            (Format::Md, None) => {
                return Err(common::either(
                    language,
                    "--format md 只用于 --matrix;单条规则用 mingcha explain 规则编号 --format md".to_owned(),
                    "--format md goes with --matrix; for one rule: mingcha explain RULE --format md"
                        .to_owned(),
                ));
            }
        };
        common::print(&shown);
        Ok(super::CLEAN)
    }
}

fn json(value: &impl serde::Serialize) -> Result<String, String> {
    serde_json::to_string_pretty(value).map(|json| json + "\n").map_err(|error| error.to_string())
}

fn text(manifests: &[&Manifest], language: Language) -> String {
    let mut out = String::new();
    let widest =
        manifests.iter().flat_map(|manifest| &manifest.rules).map(|rule| rule.id.width()).max().unwrap_or(0);
    for manifest in manifests {
        let count = manifest.rules.len();
        let _ = match language {
            Language::Zh => {
                writeln!(out, "{} {} {}({count} 条)", manifest.id, manifest.version, manifest.title.zh)
            }
            Language::En => {
                writeln!(out, "{} {} {} (rules: {count})", manifest.id, manifest.version, manifest.title.en)
            }
        };
        for rule in &manifest.rules {
            let severity = report::severity(rule.severity, language);
            let padding = " ".repeat(widest - rule.id.width());
            let unverified = rule.bases.iter().any(|basis| !basis.verified);
            let mark = match (unverified, language) {
                (true, Language::Zh) => " 〔依据待核〕",
                (true, Language::En) => " [basis not verified]",
                (false, _) => "",
            };
            let _ = writeln!(out, "  {}{padding}  {severity}  {}{mark}", rule.id, rule.title.get(language));
        }
        out.push('\n');
    }
    out
}
