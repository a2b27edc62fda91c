//! A column that a whole file lacks is told once for the file, not once for every record of it.
//!
//! Only the details are folded; counts stay those of the pack.

use super::feed::part_and_record;
use super::plan::table_match;
use super::record::{Finding, Place};
use crate::intake::Intake;
use crate::manifest::{Table, Text};
use crate::runtime::Found;

/// A finding to write, and whether it stands for all of its file.
pub(super) struct Told<'a> {
    pub(super) found: &'a Found,
    pub(super) of_file: bool,
}

/// What speaks of a column that a part does not have: part, table, column, message.
type Absent = (usize, u16, u16, u16);

/// All findings, those about one absent column of one file as one; in the order they came.
pub(super) fn told<'a>(details: &'a [Found], intake: &Intake, pack: usize) -> Vec<Told<'a>> {
    let mut told: Vec<Told<'a>> = Vec::new();
    let mut known: Vec<(Absent, usize)> = Vec::new();
    for found in details {
        let absent = absent(found, intake, pack);
        match absent.and_then(|absent| known.iter().find(|(other, _)| *other == absent)) {
            Some((_, first)) => told[*first].of_file = true,
            None => {
                known.extend(absent.map(|absent| (absent, told.len())));
                told.push(Told { found, of_file: false });
            }
        }
    }
    told
}

fn absent(found: &Found, intake: &Intake, pack: usize) -> Option<Absent> {
    let at = found.at?;
    let (column, (part, _)) = (at.column?, part_and_record(at.id));
    let matched = table_match(intake, part, pack, at.table)?;
    let lacks = matched.columns.get(usize::from(column)).is_some_and(Option::is_none);
    lacks.then_some((part, at.table, column, found.message))
}

/// The finding about the first record, made one about the file.
pub(super) fn of_file(finding: &mut Finding, declared: &Table) {
    let Some(place) = finding.place.take() else { return };
    let column = declared.columns.iter().find(|column| Some(&column.name) == place.column.as_ref());
    let label = column.map(|column| column.label.clone()).unwrap_or_default();
    let first = place.record.unwrap_or_default();
    finding.text = Text {
        zh: format!(
            "文件中没有“{}”这一列,有关的记录都是如此;例如第 {first} 条:{}",
            label.zh, finding.text.zh
        ),
        en: format!(
            "the file has no column “{}”, so this is true of all records it concerns, such as record {first}: {}",
            label.en, finding.text.en
        ),
    };
    finding.place = Some(Place {
        input: place.input,
        sheet: place.sheet,
        column: place.column,
        header: place.header,
        ..Place::default()
    });
    finding.key.clear();
    finding.around.clear();
}
