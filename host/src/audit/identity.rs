//! What tells a finding from others, in this run and in the next: its record's key, not its row or its file's name.

use sha2::{Digest, Sha256};

use super::record::{Finding, Place};

/// Writes fingerprint and record key into a finding; `cells` are those of its record, for records without a key.
pub(super) fn identify(finding: &mut Finding, cells: &[(u16, String)]) {
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
            _ => cells.iter().for_each(|(column, text)| {
                hash.add(&column.to_string());
                hash.add_value(text);
                with_value.add(&column.to_string());
                with_value.add_value(text);
            }),
        }
    }
    finding.record_key = hash.finish();
    finding.fingerprint = with_value.finish();
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
