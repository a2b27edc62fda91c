//! Values of the host to and from those of the generated bindings, and the checks on what a pack answers.
//!
//! Whatever comes from a pack is bounded and checked here before anything else sees it.

use super::Limits;
use super::bindings::exports::mingcha::rules::{check, pack};
use super::bindings::mingcha::rules::data;
use super::check::{COLUMN, within};
use super::session::{Found, Outcome, Period, Place, Tally, Task, Value};
use crate::intake::{Cells, ColumnData};
use crate::manifest::{
    Basis, Code, Column, Kind, Manifest, Message, Presence, Reading, ReferenceData, Rule, Scope, Severity,
    Table, Text,
};
use crate::visible::{visible, visible_block};

/// Answers that are longer than any honest pack needs.
const MAX_ARGUMENTS: usize = 64;
const MAX_RELATED: usize = 1_000;

pub(super) fn table_columns(table: u16, columns: &[u16]) -> check::TableColumns<'_> {
    check::TableColumns { table, columns }
}

pub(super) fn task<'a>(task: &'a Task, tables: &'a [check::TableColumns<'a>]) -> check::Task<'a> {
    let period =
        |period: &'a Period| check::Period { first: period.first, last: period.last, name: &period.name };
    check::Task {
        rules: &task.rules,
        tables,
        as_of: task.as_of,
        period: task.period.as_ref().map(period),
        settings: &task.settings,
        keep: task.keep,
    }
}

pub(super) fn column(column: &ColumnData) -> data::Column<'_> {
    let cells = match &column.cells {
        Cells::Text { offsets, heap } => data::Cells::Text(data::Text { offsets, heap }),
        Cells::Dictionary { codes, offsets, heap } => {
            data::Cells::Dictionary(data::Dictionary { codes, values: data::Text { offsets, heap } })
        }
        Cells::Number(values) => data::Cells::Number(values),
        Cells::Integer(values) => data::Cells::Integer(values),
        Cells::Decimal(values) => data::Cells::Decimal(values),
        Cells::Date(values) => data::Cells::Date(values),
        Cells::Instant(values) => data::Cells::Instant(values),
        Cells::Flag(values) => data::Cells::Flag(values),
    };
    data::Column { cells, states: &column.states }
}

/// A label: one line, or what it says could pass for a line of the report.
fn text(labels: Vec<pack::Label>) -> Text {
    in_both_languages(labels, visible)
}

fn page(labels: Vec<pack::Label>) -> Text {
    in_both_languages(labels, visible_block)
}

fn in_both_languages(labels: Vec<pack::Label>, shown: impl Fn(&str) -> String) -> Text {
    let mut text = Text::default();
    for label in labels {
        match label.language.as_str() {
            "zh" => text.zh = shown(&label.text),
            "en" => text.en = shown(&label.text),
            _ => {}
        }
    }
    if text.en.is_empty() {
        text.en.clone_from(&text.zh);
    }
    text
}

fn each<T, U>(items: Vec<T>, convert: impl Fn(T) -> U) -> Vec<U> {
    items.into_iter().map(convert).collect()
}

fn lines(texts: Vec<String>) -> Vec<String> {
    each(texts, |text| visible(&text))
}

pub(super) fn manifest(manifest: pack::Manifest) -> Manifest {
    Manifest {
        id: visible(&manifest.id),
        version: visible(&manifest.version),
        title: text(manifest.labels),
        tables: each(manifest.tables, table),
        rules: each(manifest.rules, rule),
        references: each(manifest.references, reference),
        settings: visible_block(&manifest.settings),
    }
}

fn table(table: pack::Table) -> Table {
    Table {
        name: visible(&table.name),
        label: text(table.labels),
        aliases: lines(table.aliases),
        key: table.key,
        body: table.body,
        columns: each(table.columns, declared_column),
    }
}

fn declared_column(column: pack::Column) -> Column {
    let code = |code: pack::Code| Code { value: visible(&code.value), spellings: lines(code.spellings) };
    Column {
        name: visible(&column.name),
        label: text(column.labels),
        aliases: lines(column.aliases),
        kind: match column.kind {
            pack::Kind::Text => Kind::Text,
            pack::Kind::Number => Kind::Number,
            pack::Kind::Integer => Kind::Integer,
            pack::Kind::Decimal => Kind::Decimal,
            pack::Kind::Date => Kind::Date,
            pack::Kind::Instant => Kind::Instant,
            pack::Kind::Flag => Kind::Flag,
        },
        scale: column.scale,
        unit: column.unit.as_deref().map(visible),
        codes: each(column.codes, code),
        blanks: lines(column.blanks),
        fill_down: column.fill_down,
        required: column.required,
        from_part: column.from_part.as_deref().map(visible),
    }
}

fn rule(rule: pack::Rule) -> Rule {
    Rule {
        id: visible(&rule.id),
        severity: severity(rule.severity),
        title: text(rule.labels),
        page: page(rule.page),
        scope: match rule.scope {
            pack::Scope::EachRecord => Scope::EachRecord,
            pack::Scope::Group(columns) => Scope::Group(columns),
            pack::Scope::WholeTable => Scope::WholeTable,
        },
        over: reading(rule.over),
        beside: each(rule.beside, reading),
        reports_unreadable: rule.reports_unreadable,
        bases: each(rule.bases, basis),
        messages: each(rule.messages, message),
        since: rule.since,
        until: rule.until,
    }
}

fn severity(severity: pack::Severity) -> Severity {
    match severity {
        pack::Severity::Notice => Severity::Notice,
        pack::Severity::Warning => Severity::Warning,
        pack::Severity::Error => Severity::Error,
    }
}

fn reading(reading: pack::Reading) -> Reading {
    Reading {
        table: reading.table,
        columns: reading.columns,
        optional_columns: reading.optional_columns,
        presence: match reading.presence {
            pack::Presence::Needed => Presence::Needed,
            pack::Presence::AnyOf => Presence::AnyOf,
            pack::Presence::Optional => Presence::Optional,
        },
    }
}

fn basis(basis: pack::Basis) -> Basis {
    Basis {
        document: visible(&basis.document),
        article: visible(&basis.article),
        since: basis.since,
        until: basis.until,
        verified: basis.verified,
    }
}

fn message(message: pack::Message) -> Message {
    Message { id: visible(&message.id), severity: message.severity.map(severity), text: text(message.texts) }
}

fn reference(reference: pack::ReferenceData) -> ReferenceData {
    ReferenceData {
        name: visible(&reference.name),
        version: visible(&reference.version),
        source: visible(&reference.source),
        since: reference.since,
        until: reference.until,
        verified: reference.verified,
    }
}

/// What a call had to say, where it holds together.
pub(super) fn outcome(
    outcome: check::Outcome,
    manifest: &Manifest,
    limits: Limits,
    task: &Task,
) -> Result<Outcome, Text> {
    let judge = Judge { manifest, task, limits };
    let mut tallies: Vec<Tally> = Vec::with_capacity(task.rules.len());
    for tally in outcome.tallies {
        if tallies.iter().any(|counted| counted.rule == tally.rule) {
            let rule = tally.rule;
            return Err(Text::of(
                format!("对规则 {rule} 计数两次"),
                format!("it counts twice for rule {rule}"),
            ));
        }
        tallies.push(judge.tally(tally)?);
    }
    let mut details = vec![0_u64; manifest.rules.len()];
    let mut findings = Vec::with_capacity(outcome.findings.len());
    for finding in outcome.findings {
        let found = judge.finding(finding)?;
        details[usize::from(found.rule)] += 1;
        findings.push(found);
    }
    for (rule, &sent) in details.iter().enumerate().filter(|(_, sent)| **sent > 0) {
        let id = &manifest.rules[rule].id;
        let counted = tallies.iter().filter(|tally| usize::from(tally.rule) == rule);
        let counted: u64 = counted.flat_map(|tally| &tally.findings).sum();
        if sent > counted {
            return Err(Text::of(
                format!("{id} 给出 {sent} 条明细,计数却是 {counted}"),
                format!("{id} sent {sent} findings and counted {counted}"),
            ));
        }
        if sent > u64::from(task.keep) {
            return Err(Text::of(
                format!("{id} 给出 {sent} 条明细,最多只要 {}", task.keep),
                format!("{id} sent {sent} findings where at most {} were asked for", task.keep),
            ));
        }
    }
    Ok(Outcome { findings, tallies })
}

struct Judge<'a> {
    manifest: &'a Manifest,
    task: &'a Task,
    limits: Limits,
}

impl Judge<'_> {
    fn rule(&self, index: u16) -> Result<&Rule, Text> {
        if !self.task.rules.contains(&index) {
            return Err(Text::of(
                format!("说到没有问它的规则 {index}"),
                format!("it speaks of rule {index}, which was not asked for"),
            ));
        }
        Ok(&self.manifest.rules[usize::from(index)])
    }

    fn tally(&self, tally: check::Tally) -> Result<Tally, Text> {
        let rule = self.rule(tally.rule)?;
        let check::Tally { rule: index, applied, failed, skipped, findings } = tally;
        let total = findings.iter().try_fold(0_u64, |sum, count| sum.checked_add(*count));
        let sound = findings.len() == rule.messages.len()
            && failed <= applied
            && total.is_some_and(|total| total < 1 << 53 && total >= failed && (total == 0) == (failed == 0));
        if sound && applied < 1 << 53 && skipped < 1 << 53 {
            return Ok(Tally { rule: index, applied, failed, skipped, findings });
        }
        let found = crate::cut(&format!("{findings:?}"), 100);
        let id = &rule.id;
        Err(Text::of(
            format!("{id} 的计数对不上(适用 {applied}、不通过 {failed}、发现 {found})"),
            format!("the counts of {id} do not add up ({applied} applied, {failed} failed, {found} found)"),
        ))
    }

    fn finding(&self, finding: check::Finding) -> Result<Found, Text> {
        let rule = self.rule(finding.rule)?;
        let name = &rule.id;
        if usize::from(finding.message) >= rule.messages.len() {
            return Err(Text::of(
                format!("{name} 没有提示语 {}", finding.message),
                format!("{name} has no message {}", finding.message),
            ));
        }
        if finding.arguments.len() > MAX_ARGUMENTS || finding.related.len() > MAX_RELATED {
            return Err(Text::of(
                format!("{name} 有一条明细的参数或相关记录太多"),
                format!("a finding of {name} has too many arguments or related records"),
            ));
        }
        let value = |value: Option<check::Value>| value.map(|value| self.value(value, rule)).transpose();
        let argument =
            |argument: check::Argument| Ok((self.text(argument.name)?, self.value(argument.value, rule)?));
        Ok(Found {
            rule: finding.rule,
            message: finding.message,
            at: finding.at.map(|place| self.place(place, name)).transpose()?,
            subject: finding.subject.map(|subject| self.text(subject)).transpose()?,
            arguments: finding.arguments.into_iter().map(argument).collect::<Result<_, Text>>()?,
            expected: value(finding.expected)?,
            actual: value(finding.actual)?,
            difference: value(finding.difference)?,
            related: finding
                .related
                .into_iter()
                .map(|place| self.place(place, name))
                .collect::<Result<_, _>>()?,
        })
    }

    fn place(&self, place: check::Place, rule: &str) -> Result<Place, Text> {
        let check::Place { table, id, column } = place;
        let Some((_, sent)) = self.task.tables.iter().find(|(sent, _)| *sent == table) else {
            return Err(Text::of(
                format!("{rule} 有一条明细指向没有交给它的表 {table}"),
                format!("a finding of {rule} is placed in table {table}, which was not sent"),
            ));
        };
        let columns = self.manifest.tables[usize::from(table)].columns.len();
        if column.is_some_and(|column| usize::from(column) >= columns) || sent.is_empty() {
            return Err(Text::of(
                format!("{rule} 有一条明细指向不存在的列"),
                format!("a finding of {rule} is placed in a column that does not exist"),
            ));
        }
        Ok(Place { table, id, column })
    }

    fn text(&self, text: String) -> Result<String, Text> {
        if text.len() > self.limits.text_bytes {
            let (bytes, most) = (text.len(), self.limits.text_bytes);
            return Err(Text::of(
                format!("有一段文字长 {bytes} 字节,最多接受 {most}"),
                format!("a text has {bytes} bytes, at most {most} are taken"),
            ));
        }
        Ok(visible(&text))
    }

    fn value(&self, value: check::Value, rule: &Rule) -> Result<Value, Text> {
        Ok(match value {
            check::Value::Text(text) => Value::Text(self.text(text)?),
            check::Value::Number(number) if !number.is_finite() => {
                return Err(Text::of(
                    format!("有一个值是 {number},不是数"),
                    format!("a value is {number}, which is no number"),
                ));
            }
            check::Value::Number(number) => Value::Number(number),
            check::Value::Integer(integer) => Value::Integer(integer),
            check::Value::Decimal((_, scale)) if scale > 18 => {
                return Err(Text::of(
                    format!("有一个小数的位数是 {scale}"),
                    format!("a decimal has scale {scale}"),
                ));
            }
            check::Value::Decimal((units, scale)) => Value::Decimal(units, scale),
            check::Value::Date(days) => Value::Date(days),
            check::Value::Instant(seconds) => Value::Instant(seconds),
            check::Value::Columns(columns) => {
                within(
                    columns.iter().copied(),
                    self.manifest.tables[usize::from(rule.over.table)].columns.len(),
                    COLUMN,
                )?;
                Value::Columns(columns)
            }
        })
    }
}

#[cfg(test)]
#[path = "convert_tests.rs"]
mod tests;
