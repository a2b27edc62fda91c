//! What a line of a plan says, where several columns say it together.

use mingcha_kit::prelude::*;

use crate::tables::emitter_plan::{CHANGED_ON, PUBLISHED_ON};

/// The day whose law a line of a plan is judged by: it was published, else changed; else the day of the audit.
///
/// Reads as optional columns PUBLISHED_ON and CHANGED_ON.
#[must_use]
pub fn day(line: &Row) -> NaiveDate {
    line.date(PUBLISHED_ON).or_else(|| line.date(CHANGED_ON)).unwrap_or(line.task().as_of)
}
