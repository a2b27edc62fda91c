//! The pack as a component: generated bindings, and values to and from them. The only place that sees them.
//!
//! An author calls [`export_pack!`](crate::export_pack) once; everything else here is for the macro.

use std::cell::RefCell;

use crate::batch::BatchData;
use crate::findings::{days, seconds};
use crate::manifest::pages;
use crate::{
    Cells, Column, ColumnData, FindingData, Kind, Message, Outcome, Pack, Place, Presence, Reading,
    ReferenceData, ReportingPeriod, Rule, Scope, Session, Settings, Severity, Table, Tally, Task, Text,
    TextData, Value,
};
use mingcha_values::date;

/// Generated from `wit/`; public only because the export macro must reach it.
#[doc(hidden)]
pub mod bindings {
    wit_bindgen::generate!({
        path: "../../wit",
        world: "rule-pack",
        pub_export_macro: true,
        default_bindings_module: "mingcha_kit::export::bindings",
    });
}

use bindings::exports::mingcha::rules::{check, pack};

thread_local! {
    static SESSION: RefCell<Option<Session>> = const { RefCell::new(None) };
}

/// Makes the crate a rule pack: `export_pack!(crate::PACK);` with a `static PACK: Pack`.
///
/// ```
/// use mingcha_kit::{Pack, prelude::*};
///
/// static PACK: Pack = Pack {
///     id: "bridges",
///     version: "0.1.0",
///     title: text("桥梁", "Bridges"),
///     tables: &[],
///     rules: &[],
///     references: &[],
///     settings: &[],
/// };
/// mingcha_kit::export_pack!(crate::PACK);
/// # fn main() {}
/// ```
#[macro_export]
macro_rules! export_pack {
    ($pack:path) => {
        // Elsewhere the linker takes no export names with colons, and nobody calls them.
        #[cfg(target_arch = "wasm32")]
        #[doc(hidden)]
        pub mod exported {
            struct Component;

            impl $crate::export::bindings::exports::mingcha::rules::pack::Guest for Component {
                fn describe() -> $crate::export::bindings::exports::mingcha::rules::pack::Manifest {
                    $crate::export::describe(&$pack)
                }
            }

            impl $crate::export::bindings::exports::mingcha::rules::check::Guest for Component {
                fn open(task: $crate::export::bindings::exports::mingcha::rules::check::Task) -> Result<(), String> {
                    $crate::export::open(&$pack, task)
                }
                fn push(
                    batch: $crate::export::bindings::mingcha::rules::data::Batch,
                ) -> Result<$crate::export::bindings::exports::mingcha::rules::check::Outcome, String> {
                    $crate::export::push(batch)
                }
                fn close() -> Result<$crate::export::bindings::exports::mingcha::rules::check::Outcome, String> {
                    $crate::export::close()
                }
            }

            $crate::export::bindings::export!(Component with_types_in $crate::export::bindings);
        }
    };
}

/// Hands panics to the host's log, so that an author sees more than "unreachable".
fn report_panics() {
    std::panic::set_hook(Box::new(|panic| {
        use bindings::mingcha::rules::log;
        log::write(log::Level::Fault, &panic.to_string());
    }));
}

#[doc(hidden)]
#[must_use]
pub fn describe(pack: &'static Pack) -> pack::Manifest {
    report_panics();
    pack::Manifest {
        id: pack.id.to_owned(),
        version: pack.version.to_owned(),
        labels: labels(pack.title),
        tables: pack.tables.iter().map(|table| table_to_wit(table)).collect(),
        rules: pack.rules.iter().map(|rule| rule_to_wit(pack, rule)).collect(),
        references: pack.references.iter().map(reference_to_wit).collect(),
        settings: Settings::schema(pack.settings),
    }
}

#[doc(hidden)]
pub fn open(pack: &'static Pack, task: check::Task) -> Result<(), String> {
    report_panics();
    let day = |days| date::from_days(days).ok_or_else(|| format!("{days} days is no date"));
    let period = task.period.map(|period| {
        Ok::<_, String>(ReportingPeriod {
            first: day(period.first)?,
            last: day(period.last)?,
            name: period.name,
        })
    });
    let known =
        |columns: &check::TableColumns| pack.tables.get(usize::from(columns.table)).map(|table| table.name);
    let tables = task.tables.iter().filter_map(known).collect();
    let orders = task.tables.into_iter().map(|columns| (columns.table, columns.columns)).collect();
    let asked = Task {
        as_of: day(task.as_of)?,
        period: period.transpose()?,
        settings: Settings::parse(&task.settings)?,
        keep: task.keep as usize,
        tables,
    };
    let session = Session::open(pack, &task.rules, orders, asked)?;
    SESSION.with_borrow_mut(|slot| *slot = Some(session));
    Ok(())
}

#[doc(hidden)]
pub fn push(batch: check::Batch) -> Result<check::Outcome, String> {
    SESSION.with_borrow_mut(|slot| {
        let session = slot.as_mut().ok_or("push before open")?;
        let columns = batch.columns.into_iter().map(column_from_wit).collect();
        let data =
            BatchData { records: batch.records as usize, first_id: batch.first_id, ids: batch.ids, columns };
        session.push(batch.table, data).map(outcome_to_wit)
    })
}

#[doc(hidden)]
pub fn close() -> Result<check::Outcome, String> {
    SESSION.with_borrow_mut(|slot| {
        let mut session = slot.take().ok_or("close before open")?;
        Ok(outcome_to_wit(session.close()))
    })
}

fn labels(text: Text) -> Vec<pack::Label> {
    label_pair(text.zh, text.en)
}

fn label_pair(zh: &str, en: &str) -> Vec<pack::Label> {
    let label =
        |language: &str, text: &str| pack::Label { language: language.to_owned(), text: text.to_owned() };
    vec![label("zh", zh), label("en", en)]
}

fn strings(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|&text| text.to_owned()).collect()
}

fn indices(columns: &[Column]) -> Vec<u16> {
    columns.iter().map(|column| column.index).collect()
}

fn table_to_wit(table: &Table) -> pack::Table {
    pack::Table {
        name: table.name.to_owned(),
        labels: label_pair(table.zh, table.en),
        aliases: strings(table.aliases),
        key: indices(table.key),
        body: table.body.map(|column| column.index),
        columns: table.columns.iter().map(column_to_wit).collect(),
    }
}

fn column_to_wit(column: &Column) -> pack::Column {
    let code =
        |code: &crate::Code| pack::Code { value: code.value.to_owned(), spellings: strings(code.spellings) };
    pack::Column {
        name: column.name.to_owned(),
        labels: label_pair(column.zh, column.en),
        aliases: strings(column.aliases),
        kind: match column.kind {
            Kind::Text => pack::Kind::Text,
            Kind::Number => pack::Kind::Number,
            Kind::Integer => pack::Kind::Integer,
            Kind::Decimal => pack::Kind::Decimal,
            Kind::Date => pack::Kind::Date,
            Kind::Instant => pack::Kind::Instant,
            Kind::Flag => pack::Kind::Flag,
        },
        scale: column.scale,
        unit: column.unit.map(str::to_owned),
        codes: column.codes.iter().map(code).collect(),
        blanks: strings(column.blanks),
        fill_down: column.fill_down,
        required: column.required,
        from_part: column.from_part.map(str::to_owned),
    }
}

fn rule_to_wit(pack: &Pack, rule: &Rule) -> pack::Rule {
    let (zh, en) = pages(rule.page);
    pack::Rule {
        id: rule.id.to_owned(),
        severity: severity_to_wit(rule.severity),
        labels: labels(rule.title),
        page: label_pair(&zh, &en),
        scope: match rule.scope {
            Scope::EachRecord => pack::Scope::EachRecord,
            Scope::Group(columns) => pack::Scope::Group(indices(columns)),
            Scope::WholeTable => pack::Scope::WholeTable,
        },
        over: reading_to_wit(pack, &rule.over),
        beside: rule.beside.iter().map(|reading| reading_to_wit(pack, reading)).collect(),
        reports_unreadable: indices(rule.reports_unreadable),
        bases: rule.bases.iter().map(basis_to_wit).collect(),
        messages: rule.messages.iter().map(message_to_wit).collect(),
        since: rule.since.map(days),
        until: rule.until.map(days),
    }
}

fn severity_to_wit(severity: Severity) -> pack::Severity {
    match severity {
        Severity::Notice => pack::Severity::Notice,
        Severity::Warning => pack::Severity::Warning,
        Severity::Error => pack::Severity::Error,
    }
}

fn reading_to_wit(pack: &Pack, reading: &Reading) -> pack::Reading {
    pack::Reading {
        table: pack.index_of(reading.table),
        columns: indices(reading.columns),
        optional_columns: indices(reading.optional),
        presence: match reading.presence {
            Presence::Needed => pack::Presence::Needed,
            Presence::AnyOf => pack::Presence::AnyOf,
            Presence::Optional => pack::Presence::Optional,
        },
    }
}

fn basis_to_wit(basis: &crate::Basis) -> pack::Basis {
    pack::Basis {
        document: basis.document.to_owned(),
        article: basis.article.to_owned(),
        since: basis.since.map(days),
        until: basis.until.map(days),
        verified: basis.verified,
    }
}

fn message_to_wit(message: &Message) -> pack::Message {
    pack::Message {
        id: message.id.to_owned(),
        severity: message.severity.map(severity_to_wit),
        texts: labels(message.text),
    }
}

fn reference_to_wit(reference: &ReferenceData) -> pack::ReferenceData {
    pack::ReferenceData {
        name: reference.name.to_owned(),
        version: reference.version.to_owned(),
        source: reference.source.to_owned(),
        since: reference.holds.0.map(days),
        until: reference.holds.1.map(days),
        verified: reference.verified,
    }
}

fn column_from_wit(column: bindings::mingcha::rules::data::Column) -> ColumnData {
    use bindings::mingcha::rules::data;
    let text = |text: data::Text| TextData { offsets: text.offsets, heap: text.heap };
    let cells = match column.cells {
        data::Cells::Text(values) => Cells::Text(text(values)),
        data::Cells::Dictionary(dictionary) => Cells::Dictionary(dictionary.codes, text(dictionary.values)),
        data::Cells::Number(values) => Cells::Number(values),
        data::Cells::Integer(values) => Cells::Integer(values),
        data::Cells::Decimal(values) => Cells::Decimal(values),
        data::Cells::Date(values) => Cells::Date(values),
        data::Cells::Instant(values) => Cells::Instant(values),
        data::Cells::Flag(values) => Cells::Flag(values),
    };
    ColumnData { cells, states: column.states }
}

fn outcome_to_wit(outcome: Outcome) -> check::Outcome {
    check::Outcome {
        findings: outcome.findings.into_iter().map(finding_to_wit).collect(),
        tallies: outcome.tallies.into_iter().map(tally_to_wit).collect(),
    }
}

fn finding_to_wit(finding: FindingData) -> check::Finding {
    let argument = |(name, value)| check::Argument { name, value: value_to_wit(value) };
    check::Finding {
        rule: finding.rule,
        message: finding.message,
        at: finding.at.map(place_to_wit),
        subject: finding.subject,
        arguments: finding.arguments.into_iter().map(argument).collect(),
        expected: finding.expected.map(value_to_wit),
        actual: finding.actual.map(value_to_wit),
        difference: finding.difference.map(value_to_wit),
        related: finding.related.into_iter().map(place_to_wit).collect(),
    }
}

fn place_to_wit(place: Place) -> check::Place {
    check::Place { table: place.table, id: place.id, column: place.column }
}

fn value_to_wit(value: Value) -> check::Value {
    match value {
        Value::Text(text) => check::Value::Text(text),
        Value::Number(number) => check::Value::Number(number),
        Value::Integer(integer) => check::Value::Integer(integer),
        Value::Decimal(decimal) => check::Value::Decimal((decimal.units(), decimal.scale())),
        Value::Date(date) => check::Value::Date(days(date)),
        Value::Instant(instant) => check::Value::Instant(seconds(instant)),
        Value::Columns(columns) => check::Value::Columns(columns),
    }
}

fn tally_to_wit(tally: Tally) -> check::Tally {
    let Tally { rule, applied, failed, skipped, findings } = tally;
    check::Tally { rule, applied, failed, skipped, findings }
}
