//! What the source of a pack declares, as far as the first draft of a rule must know: a table and its columns.
//!
//! It reads lines as `table!` has them written and understands no Rust beyond that.

use std::fs;
use std::path::Path;

use super::about;
use crate::manifest::Text;

/// A column, as declared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Column {
    pub(super) constant: String,
    pub(super) kind: String,
    pub(super) name: String,
    pub(super) zh: String,
    pub(super) en: String,
    required: bool,
}

/// A table, as declared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Table {
    /// `list`, `tables::list`
    pub(super) module: String,
    pub(super) constant: String,
    pub(super) columns: Vec<Column>,
}

impl Table {
    /// The column the draft asks about: the first of text.
    pub(super) fn asked(&self) -> Option<&Column> {
        self.columns.iter().find(|column| column.kind == "text")
    }

    /// Columns a file must have to be this table, and the one that is asked about.
    fn shown(&self) -> impl Iterator<Item = &Column> {
        let asked = self.asked();
        self.columns.iter().filter(move |column| column.required || Some(*column) == asked)
    }

    pub(super) fn header(&self) -> String {
        self.shown().map(|column| column.zh.as_str()).collect::<Vec<_>>().join(",")
    }

    pub(super) fn row(&self, asked: &str) -> String {
        let cell = |column: &Column| if Some(column) == self.asked() { asked } else { sample(&column.kind) };
        self.shown().map(cell).collect::<Vec<_>>().join(",")
    }
}

fn sample(kind: &str) -> &'static str {
    match kind {
        "text" => "虚构甲",
        "date" => "2016-01-05",
        "instant" => "2016-01-05 08:00:00",
        "flag" => "是",
        _ => "1",
    }
}

/// The first table declared in the sources, by name of file.
pub(super) fn first_table(source: &Path) -> Result<Table, Text> {
    tables_in(source, "")?.ok_or_else(|| {
        Text::of(
            format!(
                "{}:没有找到含文字列的 table! 声明,新规则不知道读哪张表;请先声明一张表",
                source.display()
            ),
            format!(
                "{}: no table! with a column of text is declared here; declare one first",
                source.display()
            ),
        )
    })
}

fn tables_in(folder: &Path, module: &str) -> Result<Option<Table>, Text> {
    let entries = fs::read_dir(folder).map_err(|error| about(folder, &error))?;
    let mut paths: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    for path in paths {
        let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        let inner = if module.is_empty() { stem.to_owned() } else { format!("{module}::{stem}") };
        let table = if path.is_dir() {
            tables_in(&path, &inner)?
        } else {
            table_of(&fs::read_to_string(&path).unwrap_or_default(), &inner)
        };
        if let Some(table) = table.filter(|table| table.asked().is_some()) {
            return Ok(Some(table));
        }
    }
    Ok(None)
}

fn table_of(source: &str, module: &str) -> Option<Table> {
    let mut lines = source.lines().skip_while(|line| !line.starts_with("table! {"));
    let mut table: Option<Table> = None;
    // A declaration may run over lines: up to its semicolon it is one.
    let body: Vec<&str> = lines.by_ref().take_while(|line| *line != "}").skip(1).collect();
    let code: Vec<&str> = body.into_iter().filter(|line| !line.trim_start().starts_with("//")).collect();
    for declared in code.join(" ").split(';') {
        if let (None, Some(constant)) = (&table, between(declared, "static ", " = Table::named(")) {
            table = Some(Table { module: module.to_owned(), constant, columns: Vec::new() });
        } else if let (Some(table), Some(column)) = (&mut table, column_of(declared)) {
            table.columns.push(column);
        }
    }
    table
}

fn column_of(declared: &str) -> Option<Column> {
    let texts: Vec<&str> = declared.split('"').collect();
    let [_, name, _, zh, _, en, ..] = texts.as_slice() else { return None };
    Some(Column {
        constant: between(declared, "const ", " = Column::")?,
        kind: between(declared, "Column::", "(")?,
        name: (*name).to_owned(),
        zh: (*zh).to_owned(),
        en: (*en).to_owned(),
        required: declared.contains(".required()"),
    })
}

fn between(text: &str, before: &str, after: &str) -> Option<String> {
    let rest = &text[text.find(before)? + before.len()..];
    Some(rest[..rest.find(after)?].trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::table_of;

    #[test]
    fn a_table_is_read_as_it_was_declared() {
        let source = include_str!("../../templates/pack/list.rs.txt");
        let table = table_of(source, "list").expect("the template declares a table");
        assert_eq!(table.constant, "LIST");
        assert_eq!(table.header(), "文号,印发日期");
        assert_eq!(table.row("待改"), "待改,2016-01-05");
    }
}
