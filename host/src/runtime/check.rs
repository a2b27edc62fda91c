//! Whether what a pack says of itself can be worked with; after this, no index in a manifest is out of range.

use super::Limits;
use crate::manifest::{Manifest, Rule, Scope, Table, Text};

/// More than any honest pack has.
const MAX_TABLES: usize = 1_000;
const MAX_COLUMNS: usize = 2_000;
const MAX_RULES: usize = 5_000;

/// What something is called, in Chinese and in English.
type Name = (&'static str, &'static str);
const TABLE: Name = ("表", "table");
const RULE: Name = ("规则", "rule");
pub(super) const COLUMN: Name = ("列", "column");

/// Whether a manifest can be worked with: names are there and unique, every index is in range, sizes are sane.
pub(super) fn manifest(manifest: &Manifest, limits: &Limits) -> Result<(), Text> {
    let texts =
        serde_json::to_value(manifest).map_err(|error| Text::of(error.to_string(), error.to_string()))?;
    check_texts(&texts, limits)?;
    kebab(&manifest.id, ("规则包编号", "pack id"))?;
    limit(manifest.tables.len(), MAX_TABLES, ("张表", "tables"))?;
    limit(manifest.rules.len(), MAX_RULES, ("条规则", "rules"))?;
    unique(manifest.tables.iter().map(|table| &table.name), TABLE)?;
    unique(manifest.rules.iter().map(|rule| &rule.id), RULE)?;
    for table in &manifest.tables {
        check_table(table).map_err(|what| about(TABLE, &table.name, &what))?;
    }
    for rule in &manifest.rules {
        check_rule(rule, manifest).map_err(|what| about(RULE, &rule.id, &what))?;
    }
    match serde_json::from_str(&manifest.settings) {
        Ok(serde_json::Value::Object(_)) => Ok(()),
        _ => Err(Text::of("设置的格式说明不是 JSON 对象", "the schema of its settings is no JSON object")),
    }
}

/// Whose fault it is, before what it is.
fn about((zh, en): Name, name: &str, what: &Text) -> Text {
    Text::of(format!("{zh} {name}:{}", what.zh), format!("{en} {name}: {}", what.en))
}

/// Every text of a manifest, wherever it stands.
fn check_texts(value: &serde_json::Value, limits: &Limits) -> Result<(), Text> {
    match value {
        serde_json::Value::String(text) => {
            limit(text.len(), limits.text_bytes, ("字节的文字", "bytes of text"))
        }
        serde_json::Value::Array(values) => values.iter().try_for_each(|value| check_texts(value, limits)),
        serde_json::Value::Object(values) => values.values().try_for_each(|value| check_texts(value, limits)),
        _ => Ok(()),
    }
}

fn kebab(name: &str, (zh, en): Name) -> Result<(), Text> {
    let good =
        |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    if name.len() <= 100 && name.split('-').all(good) {
        return Ok(());
    }
    let name = crate::visible::cut(name, 100);
    Err(Text::of(
        format!("{zh}“{name}”不是用连字符连接的小写英文单词"),
        format!("the {en} “{name}” is not lower-case words joined by hyphens"),
    ))
}

fn limit(count: usize, limit: usize, (zh, en): Name) -> Result<(), Text> {
    if count <= limit {
        return Ok(());
    }
    Err(Text::of(
        format!("有 {count} {zh},最多接受 {limit}"),
        format!("{count} {en}, at most {limit} are taken"),
    ))
}

fn unique<'a>(names: impl Iterator<Item = &'a String>, (zh, en): Name) -> Result<(), Text> {
    let mut seen = std::collections::HashSet::new();
    for name in names {
        if name.is_empty() || !seen.insert(name) {
            return Err(Text::of(
                format!("{zh}“{name}”没有名称或名称重复"),
                format!("{en} “{name}” has no name or has one twice"),
            ));
        }
    }
    Ok(())
}

pub(super) fn within(
    indices: impl IntoIterator<Item = u16>,
    count: usize,
    (zh, en): Name,
) -> Result<(), Text> {
    match indices.into_iter().find(|index| usize::from(*index) >= count) {
        Some(index) => Err(Text::of(format!("没有{zh} {index}"), format!("there is no {en} {index}"))),
        None => Ok(()),
    }
}

fn check_table(table: &Table) -> Result<(), Text> {
    limit(table.columns.len(), MAX_COLUMNS, ("列", "columns"))?;
    unique(table.columns.iter().map(|column| &column.name), COLUMN)?;
    within(table.key.iter().copied().chain(table.body), table.columns.len(), COLUMN)?;
    let Some(column) = table.columns.iter().find(|column| column.scale > 9 || column.label.zh.is_empty())
    else {
        return Ok(());
    };
    let name = &column.name;
    Err(Text::of(
        format!("列 {name} 没有中文表头,或小数位数超过 9"),
        format!("column {name} has no Chinese header, or a scale above 9"),
    ))
}

fn check_rule(rule: &Rule, manifest: &Manifest) -> Result<(), Text> {
    let Some((domain, fault)) = rule.id.split_once('/') else {
        return Err(Text::of("编号不是 领域/问题 的样子", "the id is not domain/fault"));
    };
    kebab(domain, ("领域", "domain"))?;
    kebab(fault, ("问题", "fault"))?;
    if rule.messages.is_empty() || rule.title.zh.is_empty() {
        return Err(Text::of("没有提示语或没有中文标题", "it has no message or no Chinese title"));
    }
    for reading in rule.beside.iter().chain([&rule.over]) {
        within([reading.table], manifest.tables.len(), TABLE)?;
        let columns = manifest.tables[usize::from(reading.table)].columns.len();
        within(reading.all_columns(), columns, COLUMN)?;
    }
    let columns = manifest.tables[usize::from(rule.over.table)].columns.len();
    within(rule.reports_unreadable.iter().copied(), columns, COLUMN)?;
    match &rule.scope {
        Scope::Group(group) => within(group.iter().copied(), columns, COLUMN),
        Scope::EachRecord | Scope::WholeTable => Ok(()),
    }
}
