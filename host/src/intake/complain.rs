//! What is to be said of a file or sheet as a whole, once it was looked at: that it is no table, or lacks something.

use super::compose::{Place, Reader};
use super::offer::{Heading, Offer};
use super::problem::{Nearest, ProblemKind};
use super::recognise::{Head, How, Nearby, Recognised};
use super::{Gravity, Intake, sniff};
use crate::manifest::{Table, Text};

/// What is to be said of a source that is no table.
pub(super) fn unrecognised(
    near: Option<Nearby>,
    head: &Head,
    is_records: bool,
    place: &Place<'_>,
    reader: &Reader<'_>,
    intake: &Intake,
) -> Option<ProblemKind> {
    let named = sniff::is_named_like_a_table(place.path);
    if let Some(assigned) = reader.assigned(place) {
        Some(ProblemKind::NotThatTable(assigned.to_owned()))
    } else if is_records && is_of_something_else(place, near.as_ref()) {
        let known = intake.problems.iter().any(|problem| problem.input == Some(place.input));
        (!known).then(|| no_table(Gravity::Note))
    } else if holds_a_table(head) && (place.sheet.is_some() || named) {
        Some(ProblemKind::NoTable(near.map(|near| nearest(near, reader.offers))))
    } else if place.sheet.is_none() {
        let meant = named && !place.path.to_ascii_lowercase().ends_with(".txt");
        Some(no_table(if meant { Gravity::Unchecked } else { Gravity::Note }))
    } else {
        None
    }
}

fn no_table(gravity: Gravity) -> ProblemKind {
    let what = Text { zh: "没有表格的文本".to_owned(), en: "text without a table".to_owned() };
    ProblemKind::Unsupported(what, gravity)
}

/// JSON is written for many ends; without a header that comes near one of a table, it is not meant as one.
fn is_of_something_else(place: &Place<'_>, near: Option<&Nearby>) -> bool {
    let misspelt = near.is_some_and(|near| !near.did_you_mean.is_empty());
    place.path.to_ascii_lowercase().ends_with(".json") && !misspelt
}

/// At least two rows of two cells.
fn holds_a_table(head: &Head) -> bool {
    head.rows.iter().filter(|row| row.filled() >= 2).count() >= 2
}

fn nearest(near: Nearby, offers: &[Offer<'_>]) -> Nearest {
    let table = offers[near.offer].declared;
    let label = |column: u16| table.column(column).label.zh.clone();
    Nearest {
        table: table.label.zh.clone(),
        table_en: table.label.en.clone(),
        matched: near.matched,
        missing: near.missing.iter().map(|&column| label(column)).collect(),
        did_you_mean: near.did_you_mean.into_iter().map(|(header, column)| (header, label(column))).collect(),
    }
}

/// The required columns that are not there, where it is taken for the table all the same.
pub(super) fn lacks(recognised: &Recognised, declared: &Table) -> Option<ProblemKind> {
    let first = &recognised.matches[0];
    let label = |column: u16| declared.column(column).label.zh.clone();
    let meant = first.unknown.iter().filter_map(|unknown| Some((&unknown.header, unknown.did_you_mean?)));
    let meant = meant.filter(|(_, column)| first.missing.contains(column));
    (!first.missing.is_empty()).then(|| {
        ProblemKind::HeaderMissing(Nearest {
            table: declared.label.zh.clone(),
            table_en: declared.label.en.clone(),
            matched: recognised.matched,
            missing: first.missing.iter().map(|&column| label(column)).collect(),
            did_you_mean: meant.map(|(header, column)| (header.clone(), label(column))).collect(),
        })
    })
}

/// Headers that a person gave to columns of this file, and that it does not have.
pub(super) fn unused_headings<'a>(
    recognised: &'a Recognised,
    declared: &'a Table,
    place: &'a Place<'_>,
    reader: &'a Reader<'_>,
) -> impl Iterator<Item = ProblemKind> + 'a {
    let of_file = |said: &&Heading| {
        said.file.is_some() && said.table == declared.name && said.holds_for(place.path, place.sheet)
    };
    let is_used = |said: &Heading| {
        let columns = declared.columns.iter().zip(&recognised.matches[0].columns);
        columns.into_iter().any(|(column, found)| {
            column.is_called(&said.column) && found.as_ref().is_some_and(|found| found.how == How::Assigned)
        })
    };
    let unused = reader.options.headings.iter().filter(of_file).filter(move |said| !is_used(said));
    unused.map(|said| ProblemKind::UnusedHeading(said.header.clone(), said.table.clone()))
}
