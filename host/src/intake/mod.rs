//! Intake: bytes → tables. Finds what was handed in, how it is written, and which declared table it is.
//!
//! [`read`] goes through every file from end to end a few times at most, in stretches: for its digest and encoding, for
//! the damage and the rows of its tables, again for packs from elsewhere, which stand alone. The records of a [`Part`]
//! are then read in chunks from any thread, from the file again where it is a text. Nothing here prints, and nothing
//! repairs: what does not fit becomes a [`Problem`] (of a file), an [`IntakeFinding`] (of a place in it) or an
//! [`Unreadable`] cell. Tables are known only as declared by packs, never by name.

mod again;
mod apart;
mod batch;
mod blob;
mod cell;
mod column;
mod complain;
mod compose;
mod convert;
mod damage;
mod facts;
mod finding;
mod form;
#[doc(hidden)]
pub mod fuzzing;
mod header;
mod input;
mod layout;
mod offer;
mod packed;
mod part;
mod problem;
mod problem_words;
mod quiet;
mod recognise;
mod records;
pub mod rules;
mod sheet;
mod sniff;
mod source;
mod spelling;
mod text;
mod totals;
mod walk;
mod words;
mod workbook;

#[cfg(test)]
mod tests;

pub use again::{Again, TextManner, again};
pub(crate) use again::{Piece, RowPlace};
pub use batch::{Batch, Cells, ColumnData, Remark, Unreadable, Why};
pub(crate) use cell::{Cell, column_name};
pub use facts::{Fact, FactSource};
pub use finding::IntakeFinding;
pub use input::{Format, Input};
pub use layout::{SkipReason, Skipped};
pub use offer::{Assignment, Heading, Manner, Offer, Options};
pub use part::{Part, Reading, RecordPlace};
pub use problem::{Gravity, Nearest, Problem, ProblemKind};
pub use recognise::{ColumnMatch, Duplicate, How, TableMatch, Unknown};
pub(crate) use source::Row;
pub use text::{Dialect, EncodingFound, EncodingHow};

use std::path::PathBuf;

/// All that came of the paths given.
#[derive(Debug, Default)]
pub struct Intake {
    /// Every file that was opened, in the order its path sorts.
    pub inputs: Vec<Input>,
    /// The files and sheets that are a table of some pack.
    pub parts: Vec<Part>,
    /// What is wrong with the structure of the data.
    pub findings: Vec<IntakeFinding>,
    /// What could not be read, or not as its name says.
    pub problems: Vec<Problem>,
}

/// The files that paths lead to, wherever they lie.
#[must_use]
pub fn locations(paths: &[PathBuf]) -> Vec<PathBuf> {
    walk::walk(paths).files.into_iter().map(|file| file.location).collect()
}

/// Reads files and folders and matches them to the tables of the packs.
///
/// Never panics and never prints: whatever is wrong is in the answer.
#[must_use]
pub fn read(paths: &[PathBuf], offers: &[Offer<'_>], options: &Options) -> Intake {
    let mut intake = Intake::default();
    let found = walk::walk(paths);
    intake.problems.extend(found.problems);
    apart::read(found.files, offers, options, &mut intake);
    problem::about_assignments(options, offers, &mut intake);
    intake
}
