//! Pages about rules as Markdown, for the folder `docs/rules` and for whoever wants them elsewhere.
//!
//! What `explain` shows, with the settings a rule's page names; an index of each pack.

use std::fmt::Write as _;

use crate::config::{Described, described};
use crate::manifest::{Basis, Language, Manifest, ReferenceData, Rule, Scope};
use crate::{iso_date, page, report};

/// A rule's page.
#[must_use]
pub fn rule_page(manifest: &Manifest, rule: &Rule, language: Language) -> String {
    let zh = language == Language::Zh;
    let mut out = format!(
        "# {}\n\n`{}` · {} · {}\n",
        rule.title.get(language),
        rule.id,
        report::severity(rule.severity, language),
        about(manifest, rule, language)
    );
    let page = rule.page.get(language);
    let (before, mend, basis, facts, settings, examples) = if zh {
        (["查什么", "为什么"], "怎么改", "依据", "参考数据", "设置", "例")
    } else {
        (["What", "Why"], "How to mend", "Basis", "Facts", "Settings", "Examples")
    };
    let mut section = |heading: &str, body: &str| {
        if !body.is_empty() {
            let _ = write!(out, "\n## {heading}\n\n{}\n", body.trim());
        }
    };
    before.iter().for_each(|heading| section(heading, &page::section(page, heading)));
    section(basis, &bases(rule, language));
    section(facts, &facts_named(manifest, rule, language));
    section(settings, &settings_named(manifest, rule, language));
    section(mend, &page::section(page, mend));
    section(examples, &marked(&page::section(&rule.page.zh, "例"), language));
    out
}

/// The rules of a pack, each with a link to its page in the folder beside.
#[must_use]
pub fn pack_index(manifest: &Manifest, language: Language) -> String {
    let zh = language == Language::Zh;
    let header =
        if zh { "| 规则 | 程度 | 查什么 | 依据 |" } else { "| rule | severity | what | basis |" };
    let mut out = format!("# {}\n\n{header}\n| --- | --- | --- | --- |\n", manifest.title.get(language));
    for rule in &manifest.rules {
        let bases: Vec<String> = rule.bases.iter().map(|basis| report::basis(basis, language)).collect();
        let severity = report::severity(rule.severity, language);
        let title = rule.title.get(language);
        let _ =
            writeln!(out, "| [`{0}`]({0}.md) | {severity} | {title} | {1} |", rule.id, bases.join("<br>"));
    }
    out
}

/// The good and the bad example, said so above each.
fn marked(examples: &str, language: Language) -> String {
    let (bad, good) = if language == Language::Zh {
        ("✗ 不合规:", "✓ 合规:")
    } else {
        ("✗ objected to:", "✓ in order:")
    };
    examples
        .replace("```csv bad", &format!("\n{bad}\n\n```csv"))
        .replace("```csv good", &format!("\n{good}\n\n```csv"))
}

/// Where the rule looks.
pub(crate) fn about(manifest: &Manifest, rule: &Rule, language: Language) -> String {
    let zh = language == Language::Zh;
    let Some(table) = manifest.tables.get(usize::from(rule.over.table)) else {
        return if zh { "读取文件时核查" } else { "checked while files are read" }.to_owned();
    };
    let (scope_zh, scope_en) = match rule.scope {
        Scope::EachRecord => ("逐条核查", "each record"),
        Scope::Group(_) => ("分组核查", "each group of records"),
        Scope::WholeTable => ("全表核查", "the whole table"),
    };
    let Manifest { id, version, .. } = manifest;
    if zh {
        format!("规则包 {id} {version} · 表 {}({}) · {scope_zh}", table.name, table.label.zh)
    } else {
        format!("pack {id} {version} · table {} ({}) · {scope_en}", table.name, table.label.en)
    }
}

/// What it rests on, an item each.
pub(crate) fn bases(rule: &Rule, language: Language) -> String {
    let line = |basis: &Basis| {
        format!("- {}{}", report::basis(basis, language), days(basis.since, basis.until, language))
    };
    rule.bases.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// The days something holds, in brackets; nothing where it says none.
fn days(since: Option<i32>, until: Option<i32>, language: Language) -> String {
    match (since.map(iso_date::text), until.map(iso_date::text), language) {
        (None, None, _) => String::new(),
        (Some(since), None, Language::Zh) => format!("({since} 起施行)"),
        (since, Some(until), Language::Zh) => format!("({} 至 {until} 前有效)", since.unwrap_or_default()),
        (Some(since), None, Language::En) => format!(" (from {since})"),
        (since, Some(until), Language::En) => format!(" ({} until {until})", since.unwrap_or_default()),
    }
}

/// The tables of facts that the rule's page names, an item each: version, days, standing, source.
fn facts_named(manifest: &Manifest, rule: &Rule, language: Language) -> String {
    let named =
        manifest.references.iter().filter(|facts| rule.page.zh.contains(&format!("`{}`", facts.name)));
    let line = |facts: &ReferenceData| {
        let standing = match (facts.verified, language) {
            (true, Language::Zh) => "已核",
            (true, Language::En) => "verified",
            (false, Language::Zh) => "待核",
            (false, Language::En) => "not verified",
        };
        let days = days(facts.since, facts.until, language);
        format!("- `{}` {} [{standing}]{days}  {}", facts.name, facts.version, facts.source)
    };
    named.map(line).collect::<Vec<_>>().join("\n")
}

/// The pack's settings that the rule's page names, an item each.
fn settings_named(manifest: &Manifest, rule: &Rule, language: Language) -> String {
    let settings = described(&manifest.settings, language).into_iter();
    let named = settings.filter(|setting| rule.page.zh.contains(&format!("`{}`", setting.name)));
    let line = |Described { name, default, purpose }| format!("- `{name}` = `{default}`  {purpose}");
    named.map(line).collect::<Vec<_>>().join("\n")
}
