//! What stands in the way of reading a file or sheet, each in one sentence: what happened, where, what to do.

use super::Intake;
use super::offer::{Offer, Options};
use crate::manifest::{Language, Text};
use serde::Serialize;

/// Something about a file or sheet as a whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// Index of the input, where the file could be opened.
    pub input: Option<usize>,
    /// The path as reports name it.
    pub path: String,
    /// The sheet, where it is about one.
    pub sheet: Option<String>,
    /// What it is.
    pub kind: ProblemKind,
}

/// What is wrong with a file or sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProblemKind {
    /// Cannot be opened or read: why.
    Unreadable(Text),
    /// No such file or folder.
    Missing,
    /// Holds not a single byte.
    Empty,
    /// A folder without files.
    EmptyFolder,
    /// A header, and no record below it.
    HeaderOnly,
    /// The sheet is hidden; it was read like any other.
    HiddenSheet,
    /// Rows of the sheet are hidden and were read like any other: how many, and the first of them.
    HiddenRows(u64, u32),
    /// No pack has a table with these headers.
    NoTable(Option<Nearest>),
    /// Names of columns of a table stand one below the other, each with one value: the table, how many names.
    Form(Text, u64),
    /// It is taken for a table, though a required header is not there.
    HeaderMissing(Nearest),
    /// It was read, as what it is: what its name says, what it is.
    Misnamed(String, String),
    /// A kind of file that holds no table, or that is not read; and whether it was meant as one.
    Unsupported(Text, Gravity),
    /// Protected by a password.
    Encrypted,
    /// Broken: the library's own words.
    Damaged(String),
    /// Larger than what is taken: bytes, limit.
    TooLarge(u64, u64),
    /// A sheet with more cells than are taken: the limit.
    TooManyCells(u64),
    /// Would unpack to more than its size bears out: the limit in bytes.
    Bomb(u64),
    /// More files in an archive than are taken: the limit.
    TooManyMembers(u64),
    /// Archives within archives, deeper than they are opened.
    TooDeep,
    /// A member's name led out of its archive; it was read under a tame one.
    StrangeName,
    /// No table was recognised in the encoding a text was read in, but there is one in another: the two.
    OtherEncoding(String, String),
    /// An encoding nobody knows by this name.
    UnknownEncoding(String),
    /// An assignment names a table no pack has.
    UnknownTable(String),
    /// An assignment names a file or sheet that was not handed in.
    UnusedAssignment(String),
    /// An assigned table has none of its columns there.
    NotThatTable(String),
    /// A header that a person gave to a column of a table is not there: header, table.
    UnusedHeading(String, String),
}

/// The table a file comes nearest to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Nearest {
    /// Its Chinese name.
    pub table: String,
    /// Its English name.
    pub table_en: String,
    /// How many of its headers were found.
    pub matched: usize,
    /// Headers it would need.
    pub missing: Vec<String>,
    /// Headers as written, and those they may have been meant for.
    pub did_you_mean: Vec<(String, String)>,
}

/// Whether data handed in went unchecked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Gravity {
    /// Worth knowing; nothing was lost.
    Note,
    /// Something handed in was not checked.
    Unchecked,
}

impl Problem {
    /// Whether data handed in went unchecked.
    #[must_use]
    pub fn gravity(&self) -> Gravity {
        match self.kind.clone() {
            ProblemKind::Misnamed(..)
            | ProblemKind::StrangeName
            | ProblemKind::HiddenSheet
            | ProblemKind::HiddenRows(..) => Gravity::Note,
            ProblemKind::Unsupported(_, gravity) => gravity,
            _ => Gravity::Unchecked,
        }
    }

    /// One sentence for people.
    #[must_use]
    pub fn sentence(&self, language: Language) -> String {
        let place = match &self.sheet {
            Some(sheet) => format!("{} [{sheet}]", self.path),
            None => self.path.clone(),
        };
        match language {
            Language::Zh => format!("{place}:{}", self.kind.zh()),
            Language::En => format!("{place}: {}", self.kind.en()),
        }
    }
}

/// Assignments that speak of tables or files that are not there.
pub(super) fn about_assignments(options: &Options, offers: &[Offer<'_>], intake: &mut Intake) {
    for assignment in &options.assignments {
        let known = offers.iter().any(|offer| offer.declared.name == assignment.table);
        let parts = intake.parts.iter().map(|part| (part.input, part.sheet.as_deref()));
        let problems =
            intake.problems.iter().filter_map(|problem| Some((problem.input?, problem.sheet.as_deref())));
        let mut seen = parts.chain(problems);
        let used = seen.any(|(input, sheet)| assignment.names(&intake.inputs[input].path, sheet));
        let kind = match (known, used) {
            (false, _) if !assignment.standing => ProblemKind::UnknownTable(assignment.table.clone()),
            (true, false) if !assignment.standing => ProblemKind::UnusedAssignment(assignment.table.clone()),
            _ => continue,
        };
        intake.problems.push(Problem {
            input: None,
            path: assignment.file.clone(),
            sheet: assignment.sheet.clone(),
            kind,
        });
    }
}
