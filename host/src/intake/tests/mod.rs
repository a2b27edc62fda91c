//! Whole files through intake: text in several encodings, and workbooks written by another library.

mod damage;
pub(super) mod declare;
mod formats;
mod hostile;
mod records;
mod texts;
mod workbooks;

use super::*;
use crate::manifest::Table;
use std::path::Path;

/// Reads files written to a folder.
pub(super) fn intake(files: &[(&str, &[u8])], tables: &[Table]) -> Intake {
    with_options(files, tables, &Options::default())
}

/// The same, with options.
pub(super) fn with_options(files: &[(&str, &[u8])], tables: &[Table], options: &Options) -> Intake {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, bytes) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap_or(Path::new("/"))).expect("a folder");
        std::fs::write(path, bytes).expect("a file");
    }
    let offers: Vec<Offer<'_>> = tables
        .iter()
        .enumerate()
        .map(|(table, declared)| Offer { group: 0, pack: 0, table: table as u16, declared })
        .collect();
    read(&[folder.path().to_owned()], &offers, options)
}

/// All cells of one column of a part as text; `-` for blank and `!` for unreadable.
pub(super) fn column(intake: &Intake, tables: &[Table], part: usize, name: &str) -> Vec<String> {
    let part = &intake.parts[part];
    let matched = &part.matches[0];
    let declared = &tables[usize::from(matched.table)];
    let index = declared.columns.iter().position(|column| column.name == name).expect("a column") as u16;
    (0..part.chunks()).flat_map(|chunk| shown(&part.read(chunk, matched, declared, &[index]))).collect()
}

#[test]
fn parts_are_read_from_any_thread() {
    fn shared<T: Send + Sync>() {}
    shared::<Intake>();
}

fn shown(batch: &Batch) -> Vec<String> {
    let column = &batch.columns[0];
    let value = |at: usize| match &column.cells {
        Cells::Text { offsets, heap } => heap[offsets[at] as usize..offsets[at + 1] as usize].to_owned(),
        Cells::Dictionary { codes, offsets, heap } => {
            let at = codes[at] as usize;
            heap[offsets[at] as usize..offsets[at + 1] as usize].to_owned()
        }
        Cells::Number(values) => values[at].to_string(),
        Cells::Integer(values) | Cells::Decimal(values) | Cells::Instant(values) => values[at].to_string(),
        Cells::Date(values) => crate::iso_date::text(values[at]),
        Cells::Flag(values) => values[at].to_string(),
    };
    let state = |at: usize| column.states.get(at).copied().unwrap_or(0);
    (0..batch.records)
        .map(|at| match state(at) {
            0 => value(at),
            1 => "-".to_owned(),
            _ => "!".to_owned(),
        })
        .collect()
}
