//! `[[tables]]`: which file or sheet is which table, and which header stands for which column.

use super::fault::Placed;
use super::section::Section;
use crate::intake::{Assignment, Heading};

/// One `[[tables]]`.
#[derive(Clone, Debug, PartialEq)]
pub struct TableEntry {
    /// `table`: name of a declared table.
    pub table: Placed<String>,
    /// `file`: the file that is this table; without it, `columns` hold for every file of the table.
    pub file: Option<String>,
    /// `sheet`: the sheet, for workbooks.
    pub sheet: Option<String>,
    /// `columns`: headers as written in the file, each with the name or title of a declared column.
    pub columns: Vec<(Placed<String>, Placed<String>)>,
}

impl TableEntry {
    /// What `--table` would say.
    pub(super) fn assignment(&self) -> Option<Assignment> {
        let file = self.file.clone()?;
        Some(Assignment { table: self.table.value.clone(), file, sheet: self.sheet.clone(), standing: true })
    }

    /// Its headers, one by one.
    pub(super) fn headings(&self) -> impl Iterator<Item = Heading> {
        self.columns.iter().map(|(header, column)| Heading {
            table: self.table.value.clone(),
            file: self.file.clone(),
            sheet: self.sheet.clone(),
            header: header.value.clone(),
            column: column.value.clone(),
        })
    }
}

/// Reads all entries.
pub(super) fn read(file: &mut Section<'_>) -> Vec<TableEntry> {
    file.sections("tables").into_iter().filter_map(entry).collect()
}

fn entry(mut section: Section<'_>) -> Option<TableEntry> {
    let table = section.text("table");
    let (file, sheet) = (section.text("file"), section.text("sheet"));
    let columns = section.section("columns").map(columns).unwrap_or_default();
    if table.is_none() {
        let zh = "[[tables]] 缺少 table = \"表名\"".to_owned();
        section.fault(section.spot(), zh, "[[tables]] needs table = \"NAME\"".to_owned());
    } else if file.is_none() && columns.is_empty() {
        let zh = "[[tables]] 要写 file(哪个文件是这张表)或 columns(哪个表头是哪一列)".to_owned();
        let en = "[[tables]] needs file (which file it is) or columns (which header is which column)";
        section.fault(section.spot(), zh, en.to_owned());
    }
    if let Some(sheet) = sheet.as_ref().filter(|_| file.is_none()) {
        let zh = "写了 sheet 就要写 file".to_owned();
        section.fault(sheet.spot, zh, "sheet needs file beside it".to_owned());
    }
    section.close();
    Some(TableEntry {
        table: table?,
        file: file.map(|file| file.value),
        sheet: sheet.map(|sheet| sheet.value),
        columns,
    })
}

fn columns(section: Section<'_>) -> Vec<(Placed<String>, Placed<String>)> {
    let entries = section.each().into_iter();
    entries
        .filter_map(|(header, value)| {
            let column = section.as_text(&header.value, value)?;
            Some((header, column))
        })
        .collect()
}
