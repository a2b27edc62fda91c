//! What two versions of a pack declare, compared: packs, tables, columns, rules. No pack is run, and nothing is printed.
//!
//! Columns are known by their names, since their numbers change where others come and go.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::common::either;
use crate::iso_date;
use crate::manifest::{Basis, Language, Manifest, Reading, Rule, Scope, Table};
use crate::runtime::Pack;

/// What the packs say of themselves, where they differ.
pub(super) fn declared(old: &Pack, new: &Pack, language: Language) -> Vec<String> {
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
    lines.extend(rules(&old.manifest, &new.manifest, language));
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

fn of_table(table: &Table) -> Declared {
    let mut declared = fields(&table.label);
    declared.insert("aliases".to_owned(), json!(table.aliases));
    declared.insert("key".to_owned(), json!(names(table, &table.key)));
    declared.insert("body".to_owned(), json!(table.body.map(|body| names(table, &[body]))));
    declared
}

fn names<'t>(table: &'t Table, columns: &[u16]) -> Vec<&'t str> {
    columns.iter().map(|column| table.column(*column).name.as_str()).collect()
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

/// A rule, and the pack that declares it.
type Of<'p> = (&'p Manifest, &'p Rule);

fn rules(old: &Manifest, new: &Manifest, language: Language) -> Vec<String> {
    let word = either(language, "规则".to_owned(), "rule".to_owned());
    let mut lines = Vec::new();
    let ids: BTreeSet<&str> = old.rules.iter().chain(&new.rules).map(|rule| rule.id.as_str()).collect();
    for id in ids {
        let [was, is] = [old, new].map(|pack| Some((pack, pack.rules.iter().find(|rule| rule.id == id)?)));
        match (was, is) {
            (Some(_), None) => lines.push(format!("- {word} {id}")),
            (None, Some((_, rule))) => lines.push(format!("+ {word} {id} {}", rule.title.get(language))),
            (Some(was), Some(is)) => changed(&word, was, is, language, &mut lines),
            (None, None) => {}
        }
    }
    lines
}

/// Of which tables a rule reads which columns, and how much of them it must see in one place; in whichever order.
fn reads((pack, rule): Of<'_>) -> Value {
    let reading = |reading: &Reading| {
        let table = &pack.tables[usize::from(reading.table)];
        let [columns, optional] = [&reading.columns, &reading.optional_columns].map(|of| set(table, of));
        json!([table.name, columns, optional, reading.presence])
    };
    let scope = match &rule.scope {
        Scope::Group(columns) => json!(set(judged((pack, rule)), columns)),
        whole @ (Scope::EachRecord | Scope::WholeTable) => json!(whole),
    };
    let beside: Vec<Value> = rule.beside.iter().map(reading).collect();
    json!([scope, reading(&rule.over), beside])
}

fn judged<'p>((pack, rule): Of<'p>) -> &'p Table {
    &pack.tables[usize::from(rule.over.table)]
}

/// Columns whose unreadable cells it reports itself.
fn unreadable(of: Of<'_>) -> BTreeSet<&str> {
    set(judged(of), &of.1.reports_unreadable)
}

fn set<'t>(table: &'t Table, columns: &[u16]) -> BTreeSet<&'t str> {
    names(table, columns).into_iter().collect()
}

/// In which respects a rule changed; its bases one by one.
fn changed(word: &str, old: Of<'_>, new: Of<'_>, language: Language, lines: &mut Vec<String>) {
    let ((_, was), (_, is)) = (old, new);
    let mut respects = Vec::new();
    let mut compare = |same: bool, zh: &'static str, en: &'static str| {
        if !same {
            respects.push(if language == Language::Zh { zh } else { en });
        }
    };
    compare(was.severity == is.severity, "程度", "severity");
    compare(was.title == is.title && was.page == is.page, "说明", "page");
    compare(was.messages == is.messages, "提示语", "messages");
    compare(reads(old) == reads(new), "所读的列", "what it reads");
    compare(unreadable(old) == unreadable(new), "自行报告读不出的列", "unreadable cells it reports");
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest::{Column, Kind, Presence, Severity, Text};

    fn column(name: &str, kind: Kind) -> Column {
        Column::plain(name, name, kind)
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

    fn rule(scope: Scope, columns: Vec<u16>, optional_columns: Vec<u16>) -> Rule {
        Rule {
            id: "list/gap".to_owned(),
            severity: Severity::Error,
            title: Text::of("缺", "gap"),
            page: Text::default(),
            scope,
            over: Reading { table: 0, columns, optional_columns, presence: Presence::Needed },
            beside: Vec::new(),
            reports_unreadable: vec![0],
            bases: Vec::new(),
            messages: Vec::new(),
            since: None,
            until: None,
        }
    }

    fn pack(columns: &[&str], rule: Rule) -> Manifest {
        let columns = columns.iter().map(|name| column(name, Kind::Text)).collect();
        Manifest {
            id: "p".to_owned(),
            version: "1.0.0".to_owned(),
            title: Text::of("包", "pack"),
            tables: table(columns, Vec::new()),
            rules: vec![rule],
            references: Vec::new(),
            settings: "{}".to_owned(),
        }
    }

    #[test]
    fn a_rule_reads_what_it_read_where_only_the_numbers_of_its_columns_changed() {
        let old = pack(&["name", "day"], rule(Scope::Group(vec![1]), vec![0], vec![1]));
        let mut moved = rule(Scope::Group(vec![2]), vec![1], vec![2]);
        moved.reports_unreadable = vec![1];
        let new = pack(&["number", "name", "day"], moved);
        assert_eq!(rules(&old, &new, Language::En), Vec::<String>::new());
        // The same numbers are other columns now.
        let other = pack(&["number", "name"], rule(Scope::Group(vec![1]), vec![0], vec![1]));
        let said = rules(&old, &other, Language::En);
        assert_eq!(said, ["~ rule list/gap: what it reads unreadable cells it reports"]);
    }
}
