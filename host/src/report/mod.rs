//! Reports: every one is a pure function of the run record; [`annotated`] copies alone are one of the files too. Only
//! [`store`] touches the disk.

pub mod annotated;
mod csv;
pub mod diff;
mod escape;
mod html;
mod json;
mod junit;
mod markdown;
pub mod packages;
mod phrases;
mod sarif;
pub mod store;
mod text;
mod trust;
mod words;
mod xlsx;

pub use json::{json, ndjson};
pub use phrases::{basis, counted};
pub use text::text;
pub use trust::{line as trust_line, lines as trust_lines};
pub use words::{conclusion, reason, severity, status};

use crate::audit::RunRecord;
use crate::manifest::Language;

/// A format that a record can be written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For people, at a terminal.
    Text,
    /// The whole record.
    Json,
    /// The whole record: the manifest, then one finding a line.
    Ndjson,
    /// One finding a line, for spreadsheet programs.
    Csv,
    /// For people, to be put on a page.
    Md,
    /// For build servers.
    Junit,
    /// For code scanning.
    Sarif,
    /// For people, in a browser: one page.
    Html,
    /// For people, as a workbook of findings.
    Xlsx,
}

impl Format {
    /// All of them, in the order people are told of them.
    pub const ALL: [Self; 9] = [
        Self::Text,
        Self::Json,
        Self::Ndjson,
        Self::Csv,
        Self::Md,
        Self::Junit,
        Self::Sarif,
        Self::Html,
        Self::Xlsx,
    ];

    /// What a person writes for it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Json => "json",
            Self::Ndjson => "ndjson",
            Self::Csv => "csv",
            Self::Md => "md",
            Self::Junit => "junit",
            Self::Sarif => "sarif",
            Self::Html => "html",
            Self::Xlsx => "xlsx",
        }
    }

    /// The file it is written to where a folder is named.
    #[must_use]
    pub fn file_name(self) -> &'static str {
        match self {
            Self::Text => "report.txt",
            Self::Json => "report.json",
            Self::Ndjson => "report.ndjson",
            Self::Csv => "findings.csv",
            Self::Md => "report.md",
            Self::Junit => "junit.xml",
            Self::Sarif => "report.sarif",
            Self::Html => "report.html",
            Self::Xlsx => "findings.xlsx",
        }
    }
}

/// How a report is laid out.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// The reader's language.
    pub language: Language,
    /// Columns of the terminal.
    pub width: usize,
    /// Findings shown per file and rule; the rest are counted.
    pub shown: usize,
    /// Findings of one cause are shown one by one.
    pub unfold: bool,
}

impl Options {
    /// Everything, at eighty columns: for files.
    #[must_use]
    pub fn whole(language: Language) -> Self {
        Self { language, width: 80, shown: usize::MAX, unfold: true }
    }
}

/// A finding on one line: rule, file, place, sentence.
#[must_use]
pub fn one_line(finding: &crate::audit::record::Finding, language: Language) -> String {
    let file = finding.nearest_place().map_or("", |place| place.input.as_str());
    let place = phrases::place(finding, language);
    crate::visible(&format!("{} {file} {place} {}", finding.rule, finding.text.get(language)))
}

/// The record in a format. Text carries styles for a terminal.
///
/// # Errors
/// Where a workbook cannot be put together, as it needs the system's folder for unfinished files.
pub fn render(record: &RunRecord, format: Format, options: Options) -> std::io::Result<Vec<u8>> {
    Ok(match format {
        Format::Text => text(record, options).into_bytes(),
        Format::Json => json(record).into_bytes(),
        Format::Ndjson => ndjson(record),
        Format::Csv => csv::csv(record, options.language),
        Format::Md => markdown::markdown(record, options).into_bytes(),
        Format::Junit => junit::junit(record, options.language),
        Format::Sarif => sarif::sarif(record, options.language),
        Format::Html => html::html(record, options.language),
        Format::Xlsx => xlsx::xlsx(record, options.language)?,
    })
}
