//! The run record for programs: as one JSON object, or as lines. The same run gives the same bytes.

use crate::audit::RunRecord;
use crate::audit::record::{canonical_block, canonical_line};

/// The record, indented, keys sorted, with a line end.
#[must_use]
pub fn json(record: &RunRecord) -> String {
    String::from_utf8(canonical_block(record)).unwrap_or_default()
}

/// The manifest as the first line, then one finding a line.
#[must_use]
pub fn ndjson(record: &RunRecord) -> Vec<u8> {
    let mut bytes = canonical_line(&record.manifest);
    bytes.extend(super::store::findings_bytes(record));
    bytes
}
