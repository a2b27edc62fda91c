//! The whole run record as one JSON object: the same run gives the same bytes.

use crate::audit::RunRecord;

/// The record, indented, with a line end.
#[must_use]
pub fn json(record: &RunRecord) -> String {
    let mut text = serde_json::to_string_pretty(record).unwrap_or_default();
    text.push('\n');
    text
}
