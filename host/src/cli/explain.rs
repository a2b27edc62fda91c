//! `mingcha explain`: a rule's page.

use std::fmt::Write as _;

use anstyle::Style;
use clap::Args;

use super::common::{self, PackChoice, either};
use crate::config::Config;
use crate::intake;
use crate::manifest::{Language, Manifest, Rule, Scope};
pub(super) use crate::near::nearest;
use crate::{iso_date, page, report};

const BOLD: Style = Style::new().bold();

/// 规则说明:查什么、为什么、依据、怎么改 / a rule's page: what, why, basis, how to mend
#[derive(Debug, Args)]
pub(super) struct Explain {
    /// 规则编号,如 fee/no-portal / the rule's id
    #[arg(value_name = "RULE")]
    rule: String,
    #[command(flatten)]
    packs: PackChoice,
}

impl Explain {
    pub(super) fn run(self, config: &Config, language: Language) -> Result<u8, String> {
        let (packs, _) = self.packs.load_with(config, language)?;
        let manifests: Vec<&Manifest> =
            packs.iter().map(|pack| &pack.manifest).chain([intake::rules::manifest()]).collect();
        let mut rules =
            manifests.iter().flat_map(|manifest| manifest.rules.iter().map(move |rule| (*manifest, rule)));
        if let Some((manifest, rule)) = rules.find(|(_, rule)| rule.id == self.rule) {
            common::print(&text(manifest, rule, language));
            return Ok(super::CLEAN);
        }
        let ids = manifests.iter().flat_map(|manifest| &manifest.rules).map(|rule| rule.id.as_str());
        let (zh, en) = match nearest(&self.rule, ids) {
            Some(near) => (format!("是不是 {near}?"), format!("did you mean {near}?")),
            None => ("用 mingcha rules 查看全部规则".to_owned(), "mingcha rules lists them all".to_owned()),
        };
        Err(either(
            language,
            format!("没有规则 {};{zh}", crate::visible(&self.rule)),
            format!("there is no rule {}; {en}", crate::visible(&self.rule)),
        ))
    }
}

/// The page: title, sections in their order, the bases from the manifest between why and how to mend.
fn text(manifest: &Manifest, rule: &Rule, language: Language) -> String {
    let mut out = String::new();
    let severity = report::severity(rule.severity, language);
    let _ = writeln!(out, "{BOLD}{} {}{BOLD:#} ({severity})", rule.id, rule.title.get(language));
    let _ = writeln!(out, "{}\n", about(manifest, rule, language));
    let page = rule.page.get(language);
    let (before, mend) = match language {
        Language::Zh => (["查什么", "为什么"], ["怎么改", "例"]),
        Language::En => (["What", "Why"], ["How to mend", "Examples"]),
    };
    before.iter().for_each(|heading| push_section(&mut out, heading, &page::section(page, heading)));
    push_section(&mut out, if language == Language::Zh { "依据" } else { "Basis" }, &bases(rule, language));
    mend.iter().for_each(|heading| push_section(&mut out, heading, &page::section(page, heading)));
    if language == Language::En {
        push_section(&mut out, "Examples", &page::section(&rule.page.zh, "例"));
    }
    out
}

fn push_section(out: &mut String, heading: &str, body: &str) {
    if body.is_empty() {
        return;
    }
    let _ = writeln!(out, "{BOLD}{heading}{BOLD:#}");
    let (mut example, mut paragraph) = (false, String::new());
    let mut lines = body.lines().peekable();
    while let Some(line) = lines.next() {
        if let Some(mark) = line.strip_prefix("```") {
            example = !mark.is_empty();
            // What follows the mark are settings the example is run with.
            if let Some(settings) = mark.strip_prefix("csv bad") {
                let _ = writeln!(out, "✗{settings}");
            } else if let Some(settings) = mark.strip_prefix("csv good") {
                let _ = writeln!(out, "✓{settings}");
            }
        } else if example {
            let _ = writeln!(out, "    {line}");
        } else {
            paragraph.push_str(line);
            if !line.is_empty() && !ends_paragraph(lines.peek()) {
                paragraph.push_str(if line.is_ascii() { " " } else { "" });
                continue;
            }
            let _ = writeln!(out, "{}", textwrap::fill(&paragraph, common::width()));
            paragraph.clear();
        }
    }
    out.push('\n');
}

/// The next line begins something new: a blank line, an item of a list, a table, an example, or the end.
fn ends_paragraph(next: Option<&&str>) -> bool {
    next.is_none_or(|next| {
        next.is_empty() || ["- ", "* ", "|", "```", "  "].iter().any(|mark| next.starts_with(mark))
    })
}

fn about(manifest: &Manifest, rule: &Rule, language: Language) -> String {
    let Some(table) = manifest.tables.get(usize::from(rule.over.table)) else {
        return either(language, "读取文件时核查".to_owned(), "checked while files are read".to_owned());
    };
    let zh = match rule.scope {
        Scope::EachRecord => "逐条核查",
        Scope::Group(_) => "分组核查",
        Scope::WholeTable => "全表核查",
    };
    let en = match rule.scope {
        Scope::EachRecord => "each record",
        Scope::Group(_) => "each group of records",
        Scope::WholeTable => "the whole table",
    };
    either(
        language,
        format!("规则包 {} {} · 表 {}({}) · {zh}", manifest.id, manifest.version, table.name, table.label.zh),
        format!(
            "pack {} {} · table {} ({}) · {en}",
            manifest.id, manifest.version, table.name, table.label.en
        ),
    )
}

fn bases(rule: &Rule, language: Language) -> String {
    let line = |basis: &crate::manifest::Basis| {
        let name = report::basis(basis, language);
        let since = basis.since.map(iso_date::text);
        let until = basis.until.map(iso_date::text);
        let days = match (since, until, language) {
            (None, None, _) => String::new(),
            (Some(since), None, Language::Zh) => format!("({since} 起施行)"),
            (since, Some(until), Language::Zh) => {
                format!("({} 至 {until} 前有效)", since.unwrap_or_default())
            }
            (Some(since), None, Language::En) => format!(" (from {since})"),
            (since, Some(until), Language::En) => format!(" ({} until {until})", since.unwrap_or_default()),
        };
        format!("- {name}{days}")
    };
    rule.bases.iter().map(line).collect::<Vec<_>>().join("\n")
}
