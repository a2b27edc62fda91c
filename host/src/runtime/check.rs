//! Whether what a pack says of itself can be worked with; after this, no index in a manifest is out of range.

use super::Limits;
use crate::manifest::{Manifest, Rule, Scope, Table};

/// More than any honest pack has.
const MAX_TABLES: usize = 1_000;
const MAX_COLUMNS: usize = 2_000;
const MAX_RULES: usize = 5_000;

/// Whether a manifest can be worked with: names are there and unique, every index is in range, sizes are sane.
pub(super) fn manifest(manifest: &Manifest, limits: &Limits) -> Result<(), String> {
    check_texts(&serde_json::to_value(manifest).map_err(|error| error.to_string())?, limits)?;
    kebab(&manifest.id, "pack id")?;
    limit(manifest.tables.len(), MAX_TABLES, "tables")?;
    limit(manifest.rules.len(), MAX_RULES, "rules")?;
    unique(manifest.tables.iter().map(|table| &table.name), "table")?;
    unique(manifest.rules.iter().map(|rule| &rule.id), "rule")?;
    for table in &manifest.tables {
        check_table(table).map_err(|what| format!("table {}: {what}", table.name))?;
    }
    for rule in &manifest.rules {
        check_rule(rule, manifest).map_err(|what| format!("rule {}: {what}", rule.id))?;
    }
    match serde_json::from_str(&manifest.settings) {
        Ok(serde_json::Value::Object(_)) => Ok(()),
        _ => Err("the schema of its settings is no JSON object".to_owned()),
    }
}

/// Every text of a manifest, wherever it stands.
fn check_texts(value: &serde_json::Value, limits: &Limits) -> Result<(), String> {
    match value {
        serde_json::Value::String(text) => limit(text.len(), limits.text_bytes, "bytes of text"),
        serde_json::Value::Array(values) => values.iter().try_for_each(|value| check_texts(value, limits)),
        serde_json::Value::Object(values) => values.values().try_for_each(|value| check_texts(value, limits)),
        _ => Ok(()),
    }
}

fn kebab(name: &str, what: &str) -> Result<(), String> {
    let good =
        |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    if name.len() <= 100 && name.split('-').all(good) {
        return Ok(());
    }
    Err(format!("the {what} “{}” is not lower-case words joined by hyphens", crate::visible::cut(name, 100)))
}

fn limit(count: usize, limit: usize, what: &str) -> Result<(), String> {
    if count <= limit { Ok(()) } else { Err(format!("{count} {what}, at most {limit} are taken")) }
}

fn unique<'a>(names: impl Iterator<Item = &'a String>, what: &str) -> Result<(), String> {
    let mut seen = std::collections::HashSet::new();
    for name in names {
        if name.is_empty() || !seen.insert(name) {
            return Err(format!("{what} “{name}” has no name or has one twice"));
        }
    }
    Ok(())
}

pub(super) fn within(indices: impl IntoIterator<Item = u16>, count: usize, what: &str) -> Result<(), String> {
    match indices.into_iter().find(|index| usize::from(*index) >= count) {
        Some(index) => Err(format!("there is no {what} {index}")),
        None => Ok(()),
    }
}

fn check_table(table: &Table) -> Result<(), String> {
    limit(table.columns.len(), MAX_COLUMNS, "columns")?;
    unique(table.columns.iter().map(|column| &column.name), "column")?;
    within(table.key.iter().copied().chain(table.body), table.columns.len(), "column")?;
    let Some(column) = table.columns.iter().find(|column| column.scale > 9 || column.label.zh.is_empty())
    else {
        return Ok(());
    };
    Err(format!("column {} has no Chinese header, or a scale above 9", column.name))
}

fn check_rule(rule: &Rule, manifest: &Manifest) -> Result<(), String> {
    let Some((domain, fault)) = rule.id.split_once('/') else {
        return Err("the id is not domain/fault".to_owned());
    };
    kebab(domain, "domain")?;
    kebab(fault, "fault")?;
    if rule.messages.is_empty() || rule.title.zh.is_empty() {
        return Err("it has no message or no Chinese title".to_owned());
    }
    for reading in rule.beside.iter().chain([&rule.over]) {
        within([reading.table], manifest.tables.len(), "table")?;
        let columns = manifest.tables[usize::from(reading.table)].columns.len();
        within(reading.all_columns(), columns, "column")?;
    }
    let columns = manifest.tables[usize::from(rule.over.table)].columns.len();
    within(rule.reports_unreadable.iter().copied(), columns, "column")?;
    match &rule.scope {
        Scope::Group(group) => within(group.iter().copied(), columns, "column"),
        Scope::EachRecord | Scope::WholeTable => Ok(()),
    }
}
