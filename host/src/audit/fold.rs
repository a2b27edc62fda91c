//! Columns that a whole file lacks are told once for the file, not once for every record of it.
//!
//! Only the details are folded; counts stay those of the pack.

use super::feed::part_and_record;
use super::plan::table_match;
use super::record::{Finding, Place};
use crate::intake::Intake;
use crate::manifest::{Table, Text};
use crate::runtime::{Found, Value};

/// A finding to write, and the columns its file lacks where it stands for all of the file; else none.
pub(super) struct Told<'a> {
    pub(super) found: &'a Found,
    pub(super) lacking: Vec<u16>,
}

/// What speaks of a column that a part does not have: part, table, column, message.
type Absent = (usize, u16, u16, u16);

/// Findings about one absent column: the number of the first, and the absent columns that all of them name.
struct Known {
    absent: Absent,
    first: usize,
    lacking: Vec<u16>,
}

/// All findings of a rule over this table, those about one absent column of one file as one; in the order they came.
pub(super) fn told<'a>(details: &'a [Found], intake: &Intake, (pack, over): (usize, u16)) -> Vec<Told<'a>> {
    let mut told: Vec<Told<'a>> = Vec::new();
    let mut known: Vec<Known> = Vec::new();
    for found in details {
        let Some((absent, lacking)) = absent(found, intake, pack, over) else {
            told.push(Told { found, lacking: Vec::new() });
            continue;
        };
        match known.iter_mut().find(|known| known.absent == absent) {
            Some(known) => {
                known.lacking.retain(|column| lacking.contains(column));
                told[known.first].lacking.clone_from(&known.lacking);
            }
            None => {
                known.push(Known { absent, first: told.len(), lacking });
                told.push(Told { found, lacking: Vec::new() });
            }
        }
    }
    told
}

/// The absent column a finding is about, and all absent columns it names: columns among its arguments are of the table
/// its rule judges. None where it names one that is there: then a cell of this very record is to be mended.
fn absent(found: &Found, intake: &Intake, pack: usize, over: u16) -> Option<(Absent, Vec<u16>)> {
    let at = found.at?;
    let (column, (part, _)) = (at.column?, part_and_record(at.id));
    let matched = table_match(intake, part, pack, at.table)?;
    let lacks = |column: &u16| matched.columns.get(usize::from(*column)).is_some_and(Option::is_none);
    let named = found.arguments.iter().filter(|_| at.table == over).filter_map(|(_, value)| match value {
        Value::Columns(columns) => Some(columns),
        _ => None,
    });
    let mut lacking = vec![column];
    for &named in named.flatten() {
        if !lacking.contains(&named) {
            lacking.push(named);
        }
    }
    lacking.iter().all(lacks).then_some(((part, at.table, column, found.message), lacking))
}

/// The finding about the first record, made one about the file and the columns it lacks; as it is, where it lacks none.
pub(super) fn of_file(finding: &mut Finding, declared: &Table, lacking: &[u16]) {
    if lacking.is_empty() {
        return;
    }
    let Some(place) = finding.place.take() else { return };
    let columns = columns(declared, lacking);
    let first = place.record.unwrap_or_default();
    finding.text = Text {
        zh: format!("文件中没有{},有关的记录都是如此;例如第 {first} 条:{}", columns.zh, finding.text.zh),
        en: format!(
            "the file has no {}, so this is true of all records it concerns, such as record {first}: {}",
            columns.en, finding.text.en
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

/// Columns by their labels, as a person lists them.
fn columns(declared: &Table, columns: &[u16]) -> Text {
    let quoted = |label: &dyn Fn(&Text) -> String| -> Vec<String> {
        columns.iter().map(|column| format!("“{}”", label(&declared.column(*column).label))).collect()
    };
    let zh = listed(&quoted(&|label| label.zh.clone()), "、", "和");
    let en = listed(&quoted(&|label| label.en.clone()), ", ", " and ");
    match columns.len() {
        1 => Text { zh: format!("{zh}这一列"), en: format!("column {en}") },
        count => Text { zh: format!("{zh}这 {count} 列"), en: format!("columns {en}") },
    }
}

/// The last of several behind a word of its own.
fn listed(items: &[String], comma: &str, and: &str) -> String {
    match items.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{}{and}{last}", rest.join(comma)),
        _ => items.concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::listed;

    #[test]
    fn the_last_of_several_stands_behind_a_word() {
        let of = |items: &[&str]| {
            let items: Vec<String> = items.iter().map(|&item| item.to_owned()).collect();
            listed(&items, "、", "和")
        };
        assert_eq!([of(&["甲"]), of(&["甲", "乙"]), of(&["甲", "乙", "丙"])], ["甲", "甲和乙", "甲、乙和丙"]);
    }
}
