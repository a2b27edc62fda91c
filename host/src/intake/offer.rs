//! What the caller brings: the tables packs offer to read, and what a person said about the files.

use crate::manifest::Table;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A table of a loaded pack.
#[derive(Clone, Copy, Debug)]
pub struct Offer<'a> {
    /// Tables of one group compete for a file; those of another know nothing of it and take nothing from it.
    pub group: usize,
    /// Index of the pack, as the caller counts.
    pub pack: usize,
    /// Index into the pack's tables.
    pub table: u16,
    /// The declaration.
    pub declared: &'a Table,
}

/// What a person said beside the paths.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The encoding of all text files, instead of the one found.
    pub encoding: Option<String>,
    /// Which file or sheet is which table, instead of what their headers say; of several for one sheet, the first counts.
    pub assignments: Vec<Assignment>,
    /// Which header is which column, before what the packs know.
    pub headings: Vec<Heading>,
    /// How the bytes are gone through.
    pub manner: Manner,
}

/// How files are gone through. What is read of them, and where it is said to stand, does not depend on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Manner {
    /// Bytes of a text that are in memory at once; one record may be longer.
    pub window: usize,
    /// Bytes of a text that are read as one batch, about.
    pub chunk: u64,
    /// Threads.
    pub jobs: usize,
    /// Every row and cell by the plain way, as if there were no other like it: slow, and what the fast way is measured by.
    pub plain: bool,
}

impl Default for Manner {
    fn default() -> Self {
        Self { window: 1 << 20, chunk: 1 << 20, jobs: 1, plain: false }
    }
}

/// A header that a person says is a column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Heading {
    /// Name of the declared table.
    pub table: String,
    /// The file it holds for; all files of the table if none.
    pub file: Option<String>,
    /// The sheet, for workbooks.
    pub sheet: Option<String>,
    /// As written in the file, or without its spaces and in other widths.
    pub header: String,
    /// Name or Chinese title of the declared column.
    pub column: String,
}

impl Heading {
    /// Whether it holds for this file and this sheet.
    pub(crate) fn holds_for(&self, path: &str, sheet: Option<&str>) -> bool {
        self.file.as_ref().is_none_or(|file| is_named(file, self.sheet.as_deref(), path, sheet))
    }
}

/// `--table NAME=FILE[#SHEET]`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Assignment {
    /// Name of the declared table.
    pub table: String,
    /// The file, as given or as the report names it.
    pub file: String,
    /// The sheet, for workbooks.
    pub sheet: Option<String>,
    /// The file need not be among those handed in.
    pub standing: bool,
}

impl Assignment {
    /// Reads `NAME=FILE` or `NAME=FILE#SHEET`; None if there is no `=` or a side of it is empty.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (table, rest) = text.split_once('=')?;
        let (file, sheet) = match rest.rsplit_once('#') {
            Some((file, sheet)) if !file.is_empty() && !sheet.is_empty() => (file, Some(sheet.to_owned())),
            _ => (rest, None),
        };
        if table.is_empty() || file.is_empty() {
            return None;
        }
        Some(Self { table: table.to_owned(), file: file.to_owned(), sheet, standing: false })
    }

    /// Whether it speaks of this file (by the name in reports or any tail of the path) and this sheet.
    pub(crate) fn names(&self, path: &str, sheet: Option<&str>) -> bool {
        is_named(&self.file, self.sheet.as_deref(), path, sheet)
    }
}

fn is_named(file: &str, of: Option<&str>, path: &str, sheet: Option<&str>) -> bool {
    let file = file.replace('\\', "/");
    let file = file.trim_start_matches("./");
    let same = |long: &str, short: &str| long == short || long.ends_with(&format!("/{short}"));
    (same(path, file) || same(file, path)) && (of.is_none() || of == sheet)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_assignment_names_a_table_a_file_and_perhaps_a_sheet() {
        let plain = Assignment::parse("ppp_previous=上期/昌吉市.csv").expect("an assignment");
        assert_eq!(
            (plain.table.as_str(), plain.file.as_str(), plain.sheet),
            ("ppp_previous", "上期/昌吉市.csv", None)
        );
        let sheet = Assignment::parse("fee=a.xlsx#目录").expect("an assignment");
        assert_eq!(sheet.sheet.as_deref(), Some("目录"));
        assert!(["", "=", "a=", "=b", "ab"].into_iter().all(|text| Assignment::parse(text).is_none()));
    }

    #[test]
    fn an_assignment_finds_its_file_however_the_path_was_given() {
        let given = Assignment::parse("t=./data/a.csv").expect("an assignment");
        assert!(given.names("a.csv", None));
        assert!(given.names("data/a.csv", None));
        assert!(!given.names("b/a.csv.bak", None));
        let sheet = Assignment::parse("t=a.xlsx#目录").expect("an assignment");
        assert!(sheet.names("x/a.xlsx", Some("目录")));
        assert!(!sheet.names("x/a.xlsx", Some("说明")));
    }
}
