//! The pack as it would be if it meant well: two tables, three rules, and an answer that holds together.

use mingcha_kit::export::bindings::exports::mingcha::rules::{check, pack};
use mingcha_kit::export::bindings::mingcha::rules::data;

/// The table that is judged.
pub(crate) const TABLE: u16 = 0;
/// The table beside it.
const REFERENCE: u16 = 1;
/// Its column of numbers.
pub(crate) const VALUE: u16 = 1;
/// Objects to negative numbers, whatever the behaviour.
const HONEST: u16 = 0;
/// Judges each record alone; its answers are spoilt.
pub(crate) const RECORD_LIAR: u16 = 1;
/// Judges the table as a whole; its answers are spoilt.
pub(crate) const TABLE_LIAR: u16 = 2;

pub(crate) fn labels(zh: &str, en: &str) -> Vec<pack::Label> {
    let label =
        |language: &str, text: &str| pack::Label { language: language.to_owned(), text: text.to_owned() };
    vec![label("zh", zh), label("en", en)]
}

pub(crate) fn manifest() -> pack::Manifest {
    pack::Manifest {
        id: "hostile".to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        labels: labels("敌意测试规则包", "Hostile pack"),
        tables: vec![
            table(
                "hostile_table",
                ("敌意测试表", "Hostile table"),
                [
                    column("sample_name", ("试样名称", "Sample"), pack::Kind::Text),
                    column("sample_value", ("试样数值", "Sample value"), pack::Kind::Number),
                ],
            ),
            table(
                "hostile_reference",
                ("敌意对照表", "Hostile reference table"),
                [
                    column("reference_name", ("对照名称", "Reference"), pack::Kind::Text),
                    column("reference_note", ("对照说明", "Reference note"), pack::Kind::Text),
                ],
            ),
        ],
        rules: vec![
            rule("hostile/negative", ("数值为负", "Negative value"), pack::Scope::EachRecord, Vec::new()),
            rule(
                "hostile/record-liar",
                ("逐行造假", "Lies record by record"),
                pack::Scope::EachRecord,
                beside(),
            ),
            rule(
                "hostile/table-liar",
                ("整表造假", "Lies about the table"),
                pack::Scope::WholeTable,
                beside(),
            ),
        ],
        references: Vec::new(),
        settings: "{}".to_owned(),
    }
}

fn table(name: &str, (zh, en): (&str, &str), columns: [pack::Column; 2]) -> pack::Table {
    let (name, labels) = (name.to_owned(), labels(zh, en));
    pack::Table { name, labels, aliases: Vec::new(), key: vec![0], body: None, columns: columns.into() }
}

pub(crate) fn column(name: &str, (zh, en): (&str, &str), kind: pack::Kind) -> pack::Column {
    pack::Column {
        name: name.to_owned(),
        labels: labels(zh, en),
        aliases: Vec::new(),
        kind,
        scale: 0,
        unit: None,
        codes: Vec::new(),
        blanks: Vec::new(),
        fill_down: false,
        required: true,
        from_part: None,
    }
}

fn rule(id: &str, (zh, en): (&str, &str), scope: pack::Scope, beside: Vec<pack::Reading>) -> pack::Rule {
    pack::Rule {
        id: id.to_owned(),
        severity: pack::Severity::Warning,
        labels: labels(zh, en),
        page: labels("## 怎么改\n换一个规则包。", "## How to mend\nTake another pack."),
        scope,
        over: reading(TABLE, pack::Presence::Needed),
        beside,
        reports_unreadable: Vec::new(),
        bases: Vec::new(),
        messages: vec![message()],
        since: None,
        until: None,
    }
}

fn beside() -> Vec<pack::Reading> {
    vec![reading(REFERENCE, pack::Presence::Optional)]
}

fn reading(table: u16, presence: pack::Presence) -> pack::Reading {
    pack::Reading { table, columns: vec![0, 1], optional_columns: Vec::new(), presence }
}

fn message() -> pack::Message {
    let texts = labels("{sample_name}:{word}", "{sample_name}: {word}");
    pack::Message { id: "found".to_owned(), severity: None, texts }
}

/// Objects to negative numbers where the honest rule was asked for; the others have looked and found nothing.
pub(crate) fn outcome(task: &check::Task, batch: &data::Batch) -> check::Outcome {
    let mut outcome = check::Outcome { findings: Vec::new(), tallies: Vec::new() };
    for &rule in &task.rules {
        let mut tally = tally(rule, u64::from(batch.records), 0);
        if rule == HONEST {
            let found = negatives(task, batch);
            (tally.failed, tally.findings[0]) = (found.len() as u64, found.len() as u64);
            outcome.findings.extend(found.into_iter().take(task.keep as usize));
        }
        outcome.tallies.push(tally);
    }
    outcome
}

fn negatives(task: &check::Task, batch: &data::Batch) -> Vec<check::Finding> {
    let sent = task.tables.iter().find(|table| table.table == TABLE);
    let position = sent.and_then(|sent| sent.columns.iter().position(|&column| column == VALUE));
    let Some(column) = position.and_then(|position| batch.columns.get(position)) else { return Vec::new() };
    let data::Cells::Number(values) = &column.cells else { return Vec::new() };
    let ids = (batch.first_id..).zip(values).filter(|(_, value)| **value < 0.0).map(|(id, _)| id);
    ids.map(|id| finding(HONEST, Some(id), "负数")).collect()
}

/// Counts with `failed` findings.
pub(crate) fn tally(rule: u16, applied: u64, failed: u64) -> check::Tally {
    check::Tally { rule, applied, failed, skipped: 0, findings: vec![failed] }
}

/// An objection to this record's number, with one argument.
pub(crate) fn finding(rule: u16, record: Option<u64>, word: &str) -> check::Finding {
    check::Finding {
        rule,
        message: 0,
        at: record.map(|id| check::Place { table: TABLE, id, column: Some(VALUE) }),
        subject: None,
        arguments: vec![argument("word", word)],
        expected: None,
        actual: None,
        difference: None,
        related: Vec::new(),
    }
}

pub(crate) fn argument(name: &str, text: &str) -> check::Argument {
    check::Argument { name: name.to_owned(), value: check::Value::Text(text.to_owned()) }
}

/// Adds a finding about the first record to the answers of the rules that lie, counted as it should be.
pub(crate) fn object(
    outcome: &mut check::Outcome,
    batch: &data::Batch,
    change: impl Fn(&mut check::Finding),
) {
    for tally in outcome.tallies.iter_mut().filter(|tally| tally.rule != HONEST) {
        (tally.failed, tally.findings[0]) = (1, 1);
        let mut finding = finding(tally.rule, Some(batch.first_id), "无");
        change(&mut finding);
        outcome.findings.push(finding);
    }
}
