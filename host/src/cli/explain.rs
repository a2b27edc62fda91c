//! `mingcha explain`: a rule's page.

use std::fmt::Write as _;

use anstyle::Style;
use clap::{Args, ValueEnum};

use super::common::{self, PackChoice, either};
use crate::config::Config;
use crate::handbook::{about, bases};
use crate::manifest::{Language, Manifest, Rule};
pub(super) use crate::near::nearest;
use crate::{handbook, intake, page, report};

const BOLD: Style = Style::new().bold();

/// 规则说明:查什么、为什么、依据、怎么改 / a rule's page: what, why, basis, how to mend
#[derive(Debug, Args)]
pub(super) struct Explain {
    /// 规则编号,如 fee/no-portal / the rule's id
    #[arg(value_name = "RULE")]
    rule: String,
    #[command(flatten)]
    packs: PackChoice,
    /// 输出格式 / format
    #[arg(long, value_enum, default_value = "text", value_name = "text|md")]
    format: Format,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    Text,
    Md,
}

impl Explain {
    pub(super) fn run(self, config: &Config, language: Language) -> Result<u8, String> {
        let (packs, _) = self.packs.load_with(config, language)?;
        let manifests: Vec<&Manifest> =
            packs.iter().map(|pack| &pack.manifest).chain([intake::rules::manifest()]).collect();
        let mut rules =
            manifests.iter().flat_map(|manifest| manifest.rules.iter().map(move |rule| (*manifest, rule)));
        if let Some((manifest, rule)) = rules.find(|(_, rule)| rule.id == self.rule) {
            common::print(&match self.format {
                Format::Text => text(manifest, rule, language),
                Format::Md => handbook::rule_page(manifest, rule, language),
            });
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
    before
        .iter()
        .for_each(|heading| push_section(&mut out, heading, &page::section(page, heading), language));
    push_section(
        &mut out,
        if language == Language::Zh { "依据" } else { "Basis" },
        &bases(rule, language),
        language,
    );
    mend.iter().for_each(|heading| push_section(&mut out, heading, &page::section(page, heading), language));
    if language == Language::En {
        push_section(&mut out, "Examples", &page::section(&rule.page.zh, "例"), language);
    }
    out
}

fn push_section(out: &mut String, heading: &str, body: &str, language: Language) {
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
                paragraph.push_str(if language == Language::En || line.is_ascii() { " " } else { "" });
                continue;
            }
            let _ = writeln!(out, "{}", textwrap::fill(&paragraph, common::wrapping()));
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
