//! Bodies by their names: where a table knows its body by a code, and what was handed in says whose code it is.
//!
//! A table names bodies where its body is another column than its key; a table in the same pack whose body is that key
//! takes the names from it. Codes of divisions are named by what is known of divisions. Nothing else changes: keys,
//! fingerprints and cells stay as written.

use std::collections::{BTreeMap, BTreeSet};

use mingcha_values::division::Division;

use super::record::Finding;
use crate::intake::{Cells, Intake};
use crate::manifest::Table;
use crate::runtime::Pack;

/// A finding, and the pack whose table its body is of.
pub(super) type Owned = (Option<usize>, Finding);

/// Puts names in the place of codes.
pub(super) fn named(mut findings: Vec<Owned>, packs: &[Pack], intake: &Intake) -> Vec<Finding> {
    let mut codes: BTreeMap<usize, BTreeSet<String>> = BTreeMap::new();
    for (pack, finding) in &findings {
        if let (Some(pack), Some(body)) = (pack, finding.body.as_ref().filter(|body| is_code(body))) {
            codes.entry(*pack).or_default().insert(body.clone());
        }
    }
    let names: BTreeMap<usize, BTreeMap<String, String>> = codes
        .into_iter()
        .map(|(pack, codes)| (pack, names(&codes, pack, &packs[pack].manifest.tables, intake)))
        .collect();
    for (pack, finding) in &mut findings {
        let Some((pack, body)) = pack.zip(finding.body.as_mut()) else { continue };
        if let Some(name) = names.get(&pack).and_then(|names| names.get(body)) {
            body.clone_from(name);
        }
    }
    findings.into_iter().map(|(_, finding)| finding).collect()
}

fn is_code(body: &str) -> bool {
    body.bytes().any(|byte| byte.is_ascii_digit())
}

/// What these codes are called in the tables of one pack.
fn names(
    codes: &BTreeSet<String>,
    pack: usize,
    tables: &[Table],
    intake: &Intake,
) -> BTreeMap<String, String> {
    let division = |code: &String| Some((code.clone(), Division::find(code)?.name.to_owned()));
    let mut names: BTreeMap<String, String> = codes.iter().filter_map(division).collect();
    for (table, columns) in naming(tables) {
        read(intake, (pack, table), &tables[usize::from(table)], columns, |code, name| {
            if codes.contains(code) {
                names.entry(code.to_owned()).or_insert_with(|| name.to_owned());
            }
        });
    }
    names
}

/// Tables that say the names of what others know by a code, with their columns of code and name.
fn naming(tables: &[Table]) -> impl Iterator<Item = (u16, [u16; 2])> {
    let codes: BTreeSet<&str> =
        tables.iter().filter_map(|table| Some(table.column(table.body?).name.as_str())).collect();
    tables.iter().enumerate().filter_map(move |(index, table)| {
        let (&[code], name) = (table.key.as_slice(), table.body?) else { return None };
        let serves = code != name && codes.contains(table.column(code).name.as_str());
        serves.then_some((u16::try_from(index).ok()?, [code, name]))
    })
}

/// Reads two columns of text of all parts of a table.
fn read(
    intake: &Intake,
    (pack, table): (usize, u16),
    declared: &Table,
    columns: [u16; 2],
    mut each: impl FnMut(&str, &str),
) {
    for part in &intake.parts {
        let matched = part.matches.iter().find(|matched| (matched.pack, matched.table) == (pack, table));
        let Some(matched) = matched else { continue };
        for chunk in 0..part.chunks() {
            let batch = part.read(chunk, matched, declared, &columns);
            for record in 0..batch.records {
                let cells = batch.columns.iter().map(|column| text(&column.cells, record));
                if let [Some(code), Some(name)] = cells.collect::<Vec<_>>()[..]
                    && !code.is_empty()
                    && !name.is_empty()
                {
                    each(code, name);
                }
            }
        }
    }
}

fn text(cells: &Cells, record: usize) -> Option<&str> {
    let (value, offsets, heap) = match cells {
        Cells::Text { offsets, heap } => (record, offsets, heap),
        Cells::Dictionary { codes, offsets, heap } => (*codes.get(record)? as usize, offsets, heap),
        _ => return None,
    };
    heap.get(*offsets.get(value)? as usize..*offsets.get(value + 1)? as usize)
}
