//! Whether the tables, columns, packs and settings that a configuration names exist.

use serde_json::Value;

use super::fault::{ConfigError, Fault, Placed};
use super::schema::{fits, properties};
use super::settings::PackSetting;
use super::tables::TableEntry;
use super::{Config, FILE_NAME};
use crate::audit::plan::is_selected;
use crate::manifest::{Manifest, Table};
use crate::near::nearest;

impl Config {
    /// Looks up every name in what the packs declare.
    ///
    /// # Errors
    /// All names that are none, in the order of their places.
    pub fn check(&self, packs: &[&Manifest]) -> Result<(), ConfigError> {
        let mut faults: Vec<Fault> = Vec::new();
        faults.extend(self.expect.iter().filter_map(|table| table_of(table, packs).err()));
        for entry in &self.tables {
            match table_of(&entry.table, packs) {
                Ok(table) => faults.extend(columns(entry, table)),
                Err(fault) => faults.push(fault),
            }
        }
        faults.extend(self.settings.iter().filter_map(|setting| wrong_setting(setting, packs)));
        faults.extend(self.rules_named().filter_map(|rule| unknown_rule(rule, packs)));
        faults.sort_by_key(|fault| fault.spot);
        faults.dedup();
        let path = self.path.clone().unwrap_or_else(|| FILE_NAME.into());
        if faults.is_empty() { Ok(()) } else { Err(ConfigError::Wrong { path, faults }) }
    }
}

impl Config {
    /// Rules and patterns of rules that it names.
    fn rules_named(&self) -> impl Iterator<Item = &Placed<String>> {
        let severities = self.severities.iter().map(|entry| &entry.rule);
        severities.chain(self.suppressions.iter().map(|entry| &entry.rule))
    }

    /// Without what is about packs and tables that are not among these: the command line may choose fewer than the
    /// configuration was written for.
    #[must_use]
    pub fn only_about(&self, packs: &[&Manifest]) -> Self {
        let has_table =
            |name: &str| packs.iter().flat_map(|pack| &pack.tables).any(|table| table.name == name);
        let mut own = self.clone();
        own.expect.retain(|table| has_table(&table.value));
        own.tables.retain(|entry| has_table(&entry.table.value));
        own.severities.retain(|entry| unknown_rule(&entry.rule, packs).is_none());
        own.suppressions.retain(|entry| unknown_rule(&entry.rule, packs).is_none());
        own.settings.retain(|setting| packs.iter().any(|pack| pack.id == setting.pack.value));
        own
    }
}

fn table_of<'a>(named: &Placed<String>, packs: &[&'a Manifest]) -> Result<&'a Table, Fault> {
    let tables = || packs.iter().flat_map(|pack| &pack.tables);
    tables()
        .find(|table| table.name == named.value)
        .ok_or_else(|| unknown(named, ("表", "table"), tables().map(|table| table.name.as_str())))
}

/// Columns are named as packs name them, or by their Chinese title.
fn columns<'a>(entry: &'a TableEntry, table: &'a Table) -> impl Iterator<Item = Fault> + 'a {
    let known = |column: &&(Placed<String>, Placed<String>)| {
        !table.columns.iter().any(|declared| declared.is_called(&column.1.value))
    };
    entry.columns.iter().filter(known).map(|(_, column)| {
        let names = table.columns.iter().flat_map(|column| [column.name.as_str(), column.label.zh.as_str()]);
        unknown(column, ("列", "column"), names)
    })
}

/// Rules of these packs and intake's own; a pattern must mean at least one.
fn unknown_rule(named: &Placed<String>, packs: &[&Manifest]) -> Option<Fault> {
    let own = crate::intake::rules::manifest();
    let ids = || packs.iter().copied().chain([own]).flat_map(|pack| &pack.rules).map(|rule| rule.id.as_str());
    let known = ids().any(|id| is_selected(std::slice::from_ref(&named.value), id));
    (!known).then(|| unknown(named, ("规则", "rule"), ids()))
}

fn wrong_setting(setting: &PackSetting, packs: &[&Manifest]) -> Option<Fault> {
    let Some(pack) = packs.iter().find(|pack| pack.id == setting.pack.value) else {
        return Some(unknown(&setting.pack, ("规则包", "pack"), packs.iter().map(|pack| pack.id.as_str())));
    };
    let known = properties(&pack.settings);
    let Some(schema) = known.get(&setting.name.value) else {
        return Some(unknown(&setting.name, ("设置", "setting"), known.keys().map(String::as_str)));
    };
    (!fits(schema, &setting.value.value)).then(|| wrong_kind(setting, schema))
}

fn wrong_kind(setting: &PackSetting, schema: &Value) -> Fault {
    let (zh, en) = match schema["type"].as_str().unwrap_or_default() {
        "integer" => ("整数", "a whole number"),
        "number" => ("数", "a number"),
        "boolean" => ("true 或 false", "true or false"),
        "array" => ("文字的列表,如 [\"甲\", \"乙\"]", "a list of texts, such as [\"a\", \"b\"]"),
        _ => ("带引号的文字", "a text in quotes"),
    };
    let (name, default) = (&setting.name.value, &schema["default"]);
    Fault::new(
        setting.value.spot,
        format!("{name} 应是{zh};默认值是 {default}"),
        format!("{name} must be {en}; the default is {default}"),
    )
}

fn unknown<'a>(
    named: &Placed<String>,
    (zh, en): (&str, &str),
    known: impl Iterator<Item = &'a str> + Clone,
) -> Fault {
    let name = &named.value;
    let (zh_hint, en_hint) = match nearest(name, known.clone()) {
        Some(near) => (format!("是不是 {near}?"), format!("did you mean {near}?")),
        None => {
            let all = known.collect::<Vec<_>>().join(" ");
            (format!("现有:{all}"), format!("there are: {all}"))
        }
    };
    Fault::new(
        named.spot,
        format!("没有名为“{name}”的{zh};{zh_hint}"),
        format!("there is no {en} named `{name}`; {en_hint}"),
    )
}
