//! `mingcha rules`: what is checked.

use std::fmt::Write as _;

use clap::{Args, ValueEnum};
use unicode_width::UnicodeWidthStr as _;

use super::common::{self, PackChoice};
use crate::config::Config;
use crate::intake;
use crate::manifest::{Language, Manifest};
use crate::report;

/// 列出核查的规则 / list what is checked
#[derive(Debug, Args)]
pub(super) struct Rules {
    /// 只列这个规则包 / only this pack (id)
    #[arg(value_name = "PACK")]
    pack: Option<String>,
    #[command(flatten)]
    packs: PackChoice,
    /// 输出格式 / format
    #[arg(long, value_enum, default_value = "text", value_name = "text|json")]
    format: Format,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    Text,
    Json,
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
        match self.format {
            Format::Text => common::print(&text(&chosen, language)),
            Format::Json => {
                let json = serde_json::to_string_pretty(&chosen).map_err(|error| error.to_string())?;
                common::print(&format!("{json}\n"));
            }
        }
        Ok(super::CLEAN)
    }
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
