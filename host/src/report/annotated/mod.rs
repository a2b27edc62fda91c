//! What was handed in, given back with its findings in it: marked cells in the colour of the gravest finding, a note on
//! each, and a list of findings with links to the cells. The files themselves are not touched.
//!
//! An XLSX keeps all it has: only marks are added to its own package. Of all other files a workbook is made anew, which
//! has their cells and nothing of their looks. The record does not hold the files, so this alone of all reports needs them.

mod fresh;
mod fresh_list;
#[cfg(test)]
mod fresh_tests;
mod marks;
mod merges;
mod notes;
mod package;
mod parts;
mod remarks;
mod sheet;
mod styles;

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Component, Path, PathBuf};

use crate::audit::RunRecord;
use crate::audit::record::{Finding, RuleRecord};
use crate::intake::{Again, Format, TextManner};
use crate::manifest::{Language, Severity};
use crate::report::phrases;

/// Colours of errors, warnings and notices.
const COLORS: [u32; 3] = [0x00F8_B4AE, 0x00FF_D98A, 0x00BD_D7EE];
/// Findings of one list; Excel ends at 65,530 links.
const LIST_AT_MOST: usize = 65_000;

/// Makes copies of what one run checked.
pub struct Annotator<'a> {
    record: &'a RunRecord,
    language: Language,
    rules: BTreeMap<&'a str, RuleSaid<'a>>,
    by_file: BTreeMap<&'a str, Vec<&'a Finding>>,
}

/// A rule, and what is said of each of its findings alike.
struct RuleSaid<'a> {
    rule: &'a RuleRecord,
    mend: String,
    bases: String,
}

/// A copy.
pub struct Marked {
    /// The workbook.
    pub bytes: Vec<u8>,
    /// It was made anew from the cells: without formats, formulas and macros.
    pub anew: bool,
}

impl<'a> Annotator<'a> {
    /// For a run.
    #[must_use]
    pub fn new(record: &'a RunRecord, language: Language) -> Self {
        let mut by_file: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
        for finding in &record.findings {
            if let Some(place) = finding.nearest_place() {
                by_file.entry(&place.input).or_default().push(finding);
            }
        }
        let said = |rule: &'a RuleRecord| RuleSaid {
            rule,
            mend: phrases::mend(rule, language),
            bases: phrases::bases(&rule.bases, language),
        };
        let rules = record.manifest.rules.iter().map(|rule| (rule.id.as_str(), said(rule))).collect();
        Self { record, language, rules, by_file }
    }

    fn findings(&self, path: &str) -> &[&'a Finding] {
        self.by_file.get(path).map_or(&[], Vec::as_slice)
    }

    /// Whether there is a copy to be made of an input: it is a table, or something was found in it.
    #[must_use]
    pub fn wants(&self, input: usize) -> bool {
        let manifest = &self.record.manifest;
        let is_table = manifest.parts.iter().any(|part| part.input == input);
        is_table || manifest.inputs.get(input).is_some_and(|file| !self.findings(&file.path).is_empty())
    }

    /// The copy of an input.
    ///
    /// # Errors
    /// Where its cells cannot be read.
    pub fn copy(&self, input: usize, file: &Again) -> io::Result<Marked> {
        let unknown = || io::Error::new(io::ErrorKind::NotFound, "no such input in the record");
        let said = marks::said(self, input).ok_or_else(unknown)?;
        if file.format() == Format::Xlsx
            && let Ok(bytes) = package::marked(&file.bytes(), &said, self)
        {
            return Ok(Marked { bytes, anew: false });
        }
        let bytes = fresh::fresh(file, &said, &self.manner(input), self)?;
        Ok(Marked { bytes, anew: true })
    }

    /// How a text was read at the first reading.
    fn manner(&self, input: usize) -> TextManner {
        let mut parts = self.record.manifest.parts.iter().filter(|part| part.input == input);
        let Some(part) = parts.next() else { return TextManner::default() };
        let text = |pointer: &str| part.details.pointer(pointer)?.as_str().map(str::to_owned);
        TextManner {
            encoding: text("/encoding/name"),
            delimiter: text("/dialect/delimiter").and_then(|delimiter| delimiter.chars().next()),
        }
    }
}

/// The names copies get, in the order of the inputs (path, format), no two alike: that of the file where it stays a
/// workbook of its kind, else with `.xlsx` behind it; and the name it gets where it has to be made anew.
#[must_use]
pub fn names<'a>(inputs: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<[PathBuf; 2]> {
    let mut taken = BTreeSet::new();
    let name = |(path, format): (&str, &str)| {
        let inside: PathBuf =
            Path::new(path).components().filter(|part| matches!(part, Component::Normal(_))).collect();
        let lower = path.to_ascii_lowercase();
        let stays =
            format == "xlsx" && [".xlsx", ".xlsm", ".xltx", ".xltm"].iter().any(|end| lower.ends_with(end));
        let (mut number, mut extra) = (1, String::new());
        loop {
            let with = |ending: &str| {
                let mut name = inside.clone().into_os_string();
                name.push(ending);
                PathBuf::from(name)
            };
            let anew = with(&format!("{extra}.xlsx"));
            let same = if stays && extra.is_empty() { inside.clone() } else { anew.clone() };
            let anew = if lower.ends_with(".xlsx") && stays { same.clone() } else { anew };
            if !taken.contains(&same) && !taken.contains(&anew) {
                taken.extend([same.clone(), anew.clone()]);
                return [same, anew];
            }
            number += 1;
            extra = format!(" ({number})");
        }
    };
    inputs.map(name).collect()
}

fn rank(severity: Severity) -> usize {
    match severity {
        Severity::Error => 0,
        Severity::Warning => 1,
        Severity::Notice => 2,
    }
}

fn list_name(language: Language) -> &'static str {
    super::words::either(language, "明察发现", "Findings")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_stay_in_their_folder_and_no_two_have_one_name() {
        let inputs = [
            ("昌吉市/目录.xlsx", "xlsx"),
            ("昌吉市/目录.csv", "text"),
            ("../目录.csv", "text"),
            ("/目录.csv", "text"),
            ("宏.xlsm", "xlsx"),
            ("旧.xls", "xlsx"),
        ];
        let names = names(inputs.into_iter());
        let told: Vec<[&str; 2]> =
            names.iter().map(|pair| [0, 1].map(|at| pair[at].to_str().expect("UTF-8"))).collect();
        assert_eq!(
            told,
            [
                ["昌吉市/目录.xlsx", "昌吉市/目录.xlsx"],
                ["昌吉市/目录.csv.xlsx", "昌吉市/目录.csv.xlsx"],
                ["目录.csv.xlsx", "目录.csv.xlsx"],
                ["目录.csv (2).xlsx", "目录.csv (2).xlsx"],
                ["宏.xlsm", "宏.xlsm.xlsx"],
                ["旧.xls.xlsx", "旧.xls.xlsx"],
            ]
        );
    }
}
