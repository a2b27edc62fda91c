//! What tells a finding from others, in this run and in the next: its record's key, not its row or its file's name.

use sha2::{Digest, Sha256};

use super::record::{Finding, Place};

/// Writes fingerprint and record key into a finding; `cells` are those of its record, for records without a key, `own`
/// is the column of the cell meant: its value may be another one next time.
pub(super) fn identify(finding: &mut Finding, cells: &[(u16, String)], own: Option<u16>) {
    let mut hash = Fields::default();
    hash.add(&finding.rule);
    for (name, value) in &finding.key {
        hash.add(name);
        hash.add_value(value);
    }
    hash.add(finding.subject.as_deref().unwrap_or_default());
    let place = finding.place.as_ref();
    hash.add(place.and_then(|place| place.column.as_deref()).unwrap_or_default());
    let mut with_value = hash.clone();
    with_value.add_value(place.and_then(|place| place.value.as_deref()).unwrap_or_default());
    if finding.key.is_empty() && finding.subject.is_none() {
        match place {
            Some(place) if cells.is_empty() => {
                hash.add_place(place);
                with_value.add_place(place);
            }
            _ => {
                hash.add_cells(others(cells, own));
                with_value.add_cells(cells.iter().collect());
            }
        }
    }
    finding.record_key = hash.finish();
    finding.fingerprint = with_value.finish();
}

/// The cells that say which record it is, whatever the one meant says; all, where there is something in no other.
fn others(cells: &[(u16, String)], own: Option<u16>) -> Vec<&(u16, String)> {
    let others = || cells.iter().filter(|(column, _)| Some(*column) != own);
    if others().all(|(_, text)| text.is_empty()) { cells.iter().collect() } else { others().collect() }
}

/// A hash over texts, each with its length, so that no two lists of texts look alike.
#[derive(Clone, Default)]
struct Fields(Sha256);

impl Fields {
    fn add(&mut self, text: &str) {
        self.0.update((text.len() as u64).to_le_bytes());
        self.0.update(text);
    }

    /// A cell's value, in one spelling.
    fn add_value(&mut self, text: &str) {
        self.add(&mingcha_values::text::key(text));
    }

    /// Cells of a record, each with its column.
    fn add_cells(&mut self, cells: Vec<&(u16, String)>) {
        for (column, text) in cells {
            self.add(&column.to_string());
            self.add_value(text);
        }
    }

    /// The structure of a file has no key: the file and the line it is at.
    fn add_place(&mut self, place: &Place) {
        self.add(&place.input);
        self.add(place.sheet.as_deref().unwrap_or_default());
        self.add(place.cell.as_deref().unwrap_or_default());
        self.add(&place.line.unwrap_or_default().to_string());
    }

    fn finish(self) -> String {
        crate::hex(&self.0.finalize()[..8])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A finding at the second cell of a record without a key.
    fn at_second_cell(cells: [&str; 2]) -> Finding {
        let place =
            Place { column: Some("limit".to_owned()), value: Some(cells[1].to_owned()), ..Place::default() };
        let mut finding =
            Finding { rule: "bridge/limit".to_owned(), place: Some(place), ..Finding::default() };
        identify(&mut finding, &[(0, cells[0].to_owned()), (1, cells[1].to_owned())], Some(1));
        finding
    }

    #[test]
    fn a_cell_that_is_wrong_in_another_way_is_the_same_question_to_the_same_record() {
        let (old, new) = (at_second_cell(["东桥", "-5"]), at_second_cell(["东桥", "0"]));
        assert_eq!(old.record_key, new.record_key);
        assert_ne!(old.fingerprint, new.fingerprint);
        assert_ne!(old.record_key, at_second_cell(["西桥", "-5"]).record_key);
    }

    #[test]
    fn records_with_nothing_but_the_wrong_cell_are_not_taken_for_one_another() {
        assert_ne!(at_second_cell(["", "-5"]).record_key, at_second_cell(["", "0"]).record_key);
    }
}
