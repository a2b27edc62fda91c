//! `mingcha pack diff`: what changed between two versions of a pack, and what that changes on given data.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use clap::Args;
use serde_json::{Value, json};

use super::common::{self, Loading, PackChoice, either};
use super::pack_trust::TrustChoice;
use crate::audit::compare::compare;
use crate::audit::plan::Reason;
use crate::audit::record::{Conclusion, Finding, RuleRecord, Status};
use crate::audit::{self, Request, RunRecord};
use crate::config::Config;
use crate::intake;
use crate::iso_date;
use crate::manifest::{Basis, Language, Rule, Severity, Table, Text};
use crate::report;
use crate::runtime::Pack;

/// 比较两个规则包:规则、依据、表、设置、导入的变化;加 --on 比较在数据上的结果 / what changed between two packs; with --on,
/// findings added and gone
///
/// 退出码:0 没有变化;1 有;2 未能开始;3 --on 的文件有内容未能核查。
/// Exit codes: 0 nothing changed; 1 something did; 2 could not start; 3 not all of --on could be checked.
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
        let mut code = super::CLEAN;
        if !self.on.is_empty() {
            let as_of = self.day(language)?;
            let runs = [self.audited(&old, as_of, language)?, self.audited(&new, as_of, language)?];
            lines.extend(found(&runs[0], &runs[1], language));
            if tell_unchecked(&runs, language) {
                code = super::INCONCLUSIVE;
            }
        }
        if lines.is_empty() {
            common::print(&either(language, "没有变化\n".to_owned(), "nothing changed\n".to_owned()));
            return Ok(code);
        }
        let lines: Vec<String> = lines.iter().map(|line| crate::visible(line)).collect();
        common::print(&(lines.join("\n") + "\n"));
        Ok(code.max(super::FOUND))
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

    fn audited(&self, packs: &[Pack], as_of: i32, language: Language) -> Result<RunRecord, String> {
        let jobs = std::thread::available_parallelism().map_or(1, usize::from);
        let request = Request { keep: u32::MAX, ..Request::on(as_of, jobs) };
        let intake = intake::read(&self.on, &audit::offers(packs), &intake::Options::default());
        common::something_to_check(&intake, language)?;
        Ok(audit::run(packs, &intake, &request, &|_, _| {}))
    }
}

/// Says on standard error what of the files was not read and which rules did not judge all they should; whether there
/// was any such thing.
fn tell_unchecked(runs: &[RunRecord; 2], language: Language) -> bool {
    let problems = runs.iter().flat_map(|run| &run.manifest.problems);
    let problems: BTreeSet<String> =
        problems.map(|problem| problem.sentence.get(language).to_owned()).collect();
    problems.iter().for_each(|problem| common::complain(&crate::visible(problem)));
    for run in runs {
        let packs = run.manifest.packs.iter().map(|pack| format!("{} {}", pack.id, pack.version));
        let packs = packs.collect::<Vec<_>>().join(" ");
        let owed =
            |rule: &&RuleRecord| rule.status == Status::Error || rule.reasons.iter().any(Reason::is_owed);
        for rule in run.manifest.rules.iter().filter(owed) {
            let status = report::status(rule.status, language);
            common::complain(&crate::visible(&format!("{packs}: {} {status}", rule.id)));
        }
    }
    runs.iter().any(|run| run.manifest.conclusion == Conclusion::Inconclusive)
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
    lines.extend(tables(&old.manifest.tables, &new.manifest.tables, language));
    lines.extend(rules(old, new, language));
    lines
}

/// What is declared of a table or of a column, field by field.
type Declared = serde_json::Map<String, Value>;

/// Tables and columns gone, added and declared otherwise.
fn tables(old: &[Table], new: &[Table], language: Language) -> Vec<String> {
    let word = |zh: &str, en: &str| either(language, zh.to_owned(), en.to_owned());
    let of_tables =
        |tables: &[Table]| tables.iter().map(|table| (table.name.clone(), of_table(table))).collect();
    let of_columns = |tables: &[Table]| tables.iter().flat_map(of_columns).collect();
    let mut lines = declarations(&word("表", "table"), &of_tables(old), &of_tables(new));
    lines.extend(declarations(&word("列", "column"), &of_columns(old), &of_columns(new)));
    lines
}

/// Columns are named, since their numbers change where others come and go.
fn of_table(table: &Table) -> Declared {
    let names = |columns: &[u16]| -> Vec<&str> {
        columns.iter().map(|column| table.column(*column).name.as_str()).collect()
    };
    let mut declared = fields(&table.label);
    declared.insert("aliases".to_owned(), json!(table.aliases));
    declared.insert("key".to_owned(), json!(names(&table.key)));
    declared.insert("body".to_owned(), json!(table.body.map(|body| names(&[body]))));
    declared
}

fn of_columns(table: &Table) -> impl Iterator<Item = (String, Declared)> {
    table.columns.iter().map(|column| (format!("{}.{}", table.name, column.name), fields(column)))
}

fn fields(value: &impl serde::Serialize) -> Declared {
    match serde_json::to_value(value) {
        Ok(Value::Object(fields)) => fields,
        _ => Declared::new(),
    }
}

fn declarations(
    word: &str,
    old: &BTreeMap<String, Declared>,
    new: &BTreeMap<String, Declared>,
) -> Vec<String> {
    let gone = old.keys().filter(|name| !new.contains_key(*name)).map(|name| format!("- {word} {name}"));
    let added = new.keys().filter(|name| !old.contains_key(*name)).map(|name| format!("+ {word} {name}"));
    let both = old.iter().filter_map(|(name, was)| Some((name, was, new.get(name)?)));
    let changed = both.flat_map(|(name, was, is)| {
        let fields = is.iter().filter(|(field, value)| was.get(*field) != Some(*value));
        fields.map(move |(field, value)| {
            format!("~ {word} {name}: {field} {} → {value}", was.get(field).unwrap_or(&Value::Null))
        })
    });
    gone.chain(added).chain(changed).collect()
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
    compare(
        was.reports_unreadable == is.reports_unreadable,
        "自行报告读不出的列",
        "unreadable cells it reports",
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

/// What became of findings and of rules from one run to the other.
fn found(old: &RunRecord, new: &RunRecord, language: Language) -> Vec<String> {
    let comparison = compare(old, new);
    let told = |sign: &str, finding: &Finding| {
        let line = format!("{sign} {} {} {}", finding.rule, place(finding), finding.text.get(language));
        line.trim_end().to_owned()
    };
    let gone = comparison.resolved.iter().map(|finding| told("-", finding));
    let unknown = comparison.unknown.iter().map(|finding| told("?", finding));
    let added = comparison.new.iter().map(|finding| told("+", finding));
    let changed = comparison.changed.iter().map(|(_, finding)| told("~", finding));
    // The same cell may be told of in other words, or more or less gravely.
    let before: BTreeSet<_> = old.findings.iter().map(said).collect();
    let reworded = comparison.persisting.iter().filter(|finding| !before.contains(&said(finding)));
    let lines = gone.chain(unknown).chain(added).chain(changed);
    lines.chain(reworded.map(|finding| told("~", finding))).chain(statuses(old, new, language)).collect()
}

fn said(finding: &Finding) -> (&str, &Text, Severity) {
    (&finding.fingerprint, &finding.text, finding.severity)
}

/// Rules of both packs of which another became than passing or failing: those two are told by the findings.
fn statuses(old: &RunRecord, new: &RunRecord, language: Language) -> Vec<String> {
    let before: BTreeMap<&str, Status> =
        old.manifest.rules.iter().map(|rule| (rule.id.as_str(), rule.status)).collect();
    let judged = |status: Status| matches!(status, Status::Passed | Status::Failed);
    let word = either(language, "规则".to_owned(), "rule".to_owned());
    let line = |rule: &RuleRecord| {
        let (was, is) = (*before.get(rule.id.as_str())?, rule.status);
        let differs = was != is && !(judged(was) && judged(is));
        let [was, is] = [was, is].map(|status| report::status(status, language));
        differs.then(|| format!("~ {word} {}: {was} → {is}", rule.id))
    };
    new.manifest.rules.iter().filter_map(line).collect()
}

fn place(finding: &Finding) -> String {
    let Some(place) = &finding.place else { return finding.subject.clone().unwrap_or_default() };
    let sheet = place.sheet.as_deref().map(|sheet| format!(" {sheet}")).unwrap_or_default();
    let line = place.line.map(|line| format!(":{line}")).unwrap_or_default();
    let cell = place.cell.as_deref().map(|cell| format!("!{cell}")).unwrap_or_default();
    format!("{}{sheet}{line}{cell}", place.input)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest::{Column, Kind};

    fn column(name: &str, kind: Kind) -> Column {
        Column {
            name: name.to_owned(),
            label: Text::of(name, name),
            aliases: Vec::new(),
            kind,
            scale: 0,
            unit: None,
            codes: Vec::new(),
            blanks: Vec::new(),
            fill_down: false,
            required: false,
            from_part: None,
        }
    }

    fn table(columns: Vec<Column>, key: Vec<u16>) -> Vec<Table> {
        let label = Text::of("清单", "list");
        vec![Table { name: "list".to_owned(), label, aliases: Vec::new(), key, body: None, columns }]
    }

    #[test]
    fn a_column_that_is_declared_otherwise_is_told_with_what_changed() {
        let day = column("day", Kind::Date);
        let old = table(vec![column("name", Kind::Text), day.clone(), column("gone", Kind::Text)], vec![0]);
        let stricter = Column {
            required: true,
            aliases: vec!["日期".to_owned()],
            from_part: Some("period".to_owned()),
            ..column("day", Kind::Text)
        };
        let new = table(vec![stricter, column("name", Kind::Text)], vec![1]);
        assert_eq!(
            tables(&old, &new, Language::En),
            [
                "- column list.gone",
                "~ column list.day: aliases [] → [\"日期\"]",
                "~ column list.day: from_part null → \"period\"",
                "~ column list.day: kind \"date\" → \"text\"",
                "~ column list.day: required false → true",
            ]
        );
        let other_key = table(vec![column("name", Kind::Text), day, column("gone", Kind::Text)], vec![1]);
        let said = tables(&old, &other_key, Language::Zh);
        assert_eq!(said, ["~ 表 list: key [\"name\"] → [\"day\"]"], "{said:?}");
    }
}
