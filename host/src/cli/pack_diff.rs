//! `mingcha pack diff`: what changed between two versions of a pack, and what that changes on given data.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::PathBuf;

use clap::Args;

use super::common::{self, Loading, PackChoice, either};
use super::pack_trust::TrustChoice;
use crate::audit::record::Finding;
use crate::audit::{self, Request};
use crate::config::Config;
use crate::intake;
use crate::iso_date;
use crate::manifest::{Basis, Language, Rule};
use crate::runtime::Pack;

/// 比较两个规则包:规则、依据、表、设置、导入的变化;加 --on 比较在数据上的结果 / what changed between two packs; with --on,
/// findings added and gone
///
/// 退出码:0 没有变化;1 有。Exit codes: 0 nothing changed; 1 something did.
#[derive(Debug, Args)]
pub(super) struct Diff {
    /// 旧规则包 / the old pack
    #[arg(value_name = "OLD")]
    old: String,
    /// 新规则包 / the new pack
    #[arg(value_name = "NEW")]
    new: String,
    /// 在这些文件上运行两者,列出新增和消失的问题,可重复 / run both over these files; repeatable
    #[arg(long, value_name = "PATH")]
    on: Vec<PathBuf>,
    /// 核查基准日,默认今天 / the day the audit speaks of; today if not given
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
    #[command(flatten)]
    trust: TrustChoice,
}

impl Diff {
    pub(super) fn run(self, config: &Config, language: Language) -> Result<u8, String> {
        let gate = self.trust.gate(config, language)?;
        // The lock pins the old one: it must not keep anybody from looking at the new one.
        let gate = crate::trust::Gate { lock: None, ..gate };
        let gate = (!self.on.is_empty()).then_some(&gate);
        let load = |name: &String| {
            let choice = PackChoice { packs: vec![name.clone()] };
            choice.load_as(Loading { gate, ..Loading::default() }, language)
        };
        let (old, new) = (load(&self.old)?, load(&self.new)?);
        let (Some(first), Some(second)) = (old.first(), new.first()) else { return Ok(super::CLEAN) };
        let mut lines = declared(first, second, language);
        if !self.on.is_empty() {
            let as_of = self.day(language)?;
            lines.extend(found(&self.findings(&old, as_of), &self.findings(&new, as_of), language));
        }
        if lines.is_empty() {
            common::print(&either(language, "没有变化\n".to_owned(), "nothing changed\n".to_owned()));
            return Ok(super::CLEAN);
        }
        common::print(&(lines.join("\n") + "\n"));
        Ok(super::FOUND)
    }

    fn day(&self, language: Language) -> Result<i32, String> {
        let Some(text) = &self.as_of else { return Ok(common::today_in_beijing()) };
        iso_date::parse(text).ok_or_else(|| {
            either(
                language,
                format!("--as-of {text}:不是日期,请写成 2016-11-30 的样子"),
                format!("--as-of {text}: not a date; write it like 2016-11-30"),
            )
        })
    }

    fn findings(&self, packs: &[Pack], as_of: i32) -> BTreeMap<String, Finding> {
        let request = Request {
            as_of,
            period: None,
            rules: Vec::new(),
            expect: Vec::new(),
            keep: u32::MAX,
            jobs: std::thread::available_parallelism().map_or(1, usize::from),
            settings: BTreeMap::new(),
            severities: BTreeMap::new(),
            suppressions: Vec::new(),
            told: intake::Options::default(),
        };
        let intake = intake::read(&self.on, &audit::offers(packs), &intake::Options::default());
        let record = audit::run(packs, &intake, &request, &|_, _| {});
        let by_place = |finding: Finding| (format!("{}\n{}", place(&finding), finding.text.zh), finding);
        record.findings.into_iter().map(by_place).collect()
    }
}

/// What the packs say of themselves, where they differ.
fn declared(old: &Pack, new: &Pack, language: Language) -> Vec<String> {
    let mut lines = Vec::new();
    let mut say = |zh: &str, en: &str, old: &str, new: &str| {
        if old != new {
            lines.push(format!("{}: {old} → {new}", either(language, zh.to_owned(), en.to_owned())));
        }
    };
    say("编号", "id", &old.manifest.id, &new.manifest.id);
    say("版本", "version", &old.manifest.version, &new.manifest.version);
    say("摘要", "sha256", &old.digest, &new.digest);
    say("导入", "imports", &old.imports.join(" "), &new.imports.join(" "));
    let (asked, signers) = (super::pack_inspect::asked, super::pack_inspect::signers);
    say("限额", "limits", &asked(old, language), &asked(new, language));
    say("签名", "signature", &signers(old, language), &signers(new, language));
    say("参考数据", "facts", &json(&old.manifest.references), &json(&new.manifest.references));
    say("设置", "settings", &old.manifest.settings, &new.manifest.settings);
    let tables = |pack: &Pack| {
        let columns = |table: &crate::manifest::Table| {
            table.columns.iter().map(|column| format!("{}.{}", table.name, column.name)).collect::<Vec<_>>()
        };
        pack.manifest.tables.iter().flat_map(columns).collect::<BTreeSet<_>>()
    };
    let (column_zh, column_en) = ("列", "column");
    let word = either(language, column_zh.to_owned(), column_en.to_owned());
    let (before, now) = (tables(old), tables(new));
    lines.extend(before.difference(&now).map(|column| format!("- {word} {column}")));
    lines.extend(now.difference(&before).map(|column| format!("+ {word} {column}")));
    lines.extend(rules(old, new, language));
    lines
}

fn rules(old: &Pack, new: &Pack, language: Language) -> Vec<String> {
    let word = either(language, "规则".to_owned(), "rule".to_owned());
    let mut lines = Vec::new();
    let by_id = |pack: &Pack, id: &str| pack.manifest.rules.iter().find(|rule| rule.id == id).cloned();
    let ids: BTreeSet<&str> =
        old.manifest.rules.iter().chain(&new.manifest.rules).map(|rule| rule.id.as_str()).collect();
    for id in ids {
        match (by_id(old, id), by_id(new, id)) {
            (Some(_), None) => lines.push(format!("- {word} {id}")),
            (None, Some(rule)) => lines.push(format!("+ {word} {id} {}", rule.title.get(language))),
            (Some(was), Some(is)) => changed(&word, &was, &is, language, &mut lines),
            (None, None) => {}
        }
    }
    lines
}

/// In which respects a rule changed; its bases one by one.
fn changed(word: &str, was: &Rule, is: &Rule, language: Language, lines: &mut Vec<String>) {
    let mut respects = Vec::new();
    let mut compare = |same: bool, zh: &'static str, en: &'static str| {
        if !same {
            respects.push(if language == Language::Zh { zh } else { en });
        }
    };
    compare(was.severity == is.severity, "程度", "severity");
    compare(was.title == is.title && was.page == is.page, "说明", "page");
    compare(was.messages == is.messages, "提示语", "messages");
    compare(
        was.scope == is.scope && json(&was.over) == json(&is.over) && json(&was.beside) == json(&is.beside),
        "所读的列",
        "what it reads",
    );
    compare((was.since, was.until) == (is.since, is.until), "适用日期", "when it applies");
    compare(was.bases == is.bases, "依据", "bases");
    if !respects.is_empty() {
        lines.push(format!("~ {word} {}: {}", is.id, respects.join(" ")));
    }
    let only = |of: &'_ [Basis], other: &[Basis]| -> Vec<String> {
        of.iter().filter(|basis| !other.contains(basis)).map(basis).collect()
    };
    lines.extend(only(&was.bases, &is.bases).into_iter().map(|basis| format!("    - {basis}")));
    lines.extend(only(&is.bases, &was.bases).into_iter().map(|basis| format!("    + {basis}")));
}

fn basis(basis: &Basis) -> String {
    let day = |day: Option<i32>| day.map_or("…".to_owned(), iso_date::text);
    let read = if basis.verified { "" } else { " [待核 / not verified]" };
    let (document, article) = (&basis.document, &basis.article);
    format!("{document} {article} {} – {}{read}", day(basis.since), day(basis.until))
}

fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// Findings gone and added.
fn found(
    old: &BTreeMap<String, Finding>,
    new: &BTreeMap<String, Finding>,
    language: Language,
) -> Vec<String> {
    let told = |sign: &str, finding: &Finding| {
        let mut line = format!("{sign} {} ", finding.rule);
        let _ = write!(line, "{} {}", place(finding), finding.text.get(language));
        crate::visible(line.trim_end())
    };
    let gone = old.iter().filter(|(key, _)| !new.contains_key(*key)).map(|(_, finding)| told("-", finding));
    let added = new.iter().filter(|(key, _)| !old.contains_key(*key)).map(|(_, finding)| told("+", finding));
    gone.chain(added).collect()
}

fn place(finding: &Finding) -> String {
    let Some(place) = &finding.place else { return finding.subject.clone().unwrap_or_default() };
    let sheet = place.sheet.as_deref().map(|sheet| format!(" {sheet}")).unwrap_or_default();
    let line = place.line.map(|line| format!(":{line}")).unwrap_or_default();
    let cell = place.cell.as_deref().map(|cell| format!("!{cell}")).unwrap_or_default();
    format!("{}{sheet}{line}{cell}", place.input)
}
