//! The run record: what was checked, with what, on which input, and what was found. Every report is a function of it.
//!
//! Nothing in it depends on threads, on the time of day or on the machine, so that the same run gives the same bytes.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::plan::Reason;
use crate::manifest::{Basis, ReferenceData, Severity, Text};
use crate::runtime::Limits;
use crate::trust::Trust;

/// The version of this record's shape.
pub const SCHEMA: &str = "mingcha-run/1";

/// One run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RunRecord {
    /// What was done, and its result in numbers.
    pub manifest: RunManifest,
    /// What was found, in detail.
    pub findings: Vec<Finding>,
}

/// What was done, and its result in numbers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RunManifest {
    /// The version of the record's shape.
    pub schema: String,
    /// Hash over inputs, packs, settings, as-of date and period: two runs with the same id did the same.
    pub run_id: String,
    /// Program and version.
    pub host: String,
    /// Engine and version.
    pub engine: String,
    /// The day the audit speaks of.
    pub as_of: String,
    /// The reporting period.
    pub period: Option<String>,
    /// Patterns of the rules chosen; empty for all.
    pub selected: Vec<String>,
    /// Findings kept in detail, per rule.
    pub keep: u32,
    /// What packs were allowed to use.
    pub limits: Limits,
    /// Packs that were run.
    pub packs: Vec<PackRecord>,
    /// Files that were read.
    pub inputs: Vec<InputRecord>,
    /// Files and sheets that were recognised as tables.
    pub parts: Vec<PartRecord>,
    /// Files and folders that could not be used.
    pub problems: Vec<ProblemRecord>,
    /// Every rule of every pack, and intake's own.
    pub rules: Vec<RuleRecord>,
    /// Findings in all.
    pub totals: Totals,
    /// What follows from it.
    pub conclusion: Conclusion,
    /// SHA-256 of the findings, one JSON object a line.
    pub findings_sha256: String,
}

/// A pack as it was run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PackRecord {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: String,
    /// Its title.
    pub title: Text,
    /// SHA-256 of the component.
    pub sha256: String,
    /// The contract it speaks.
    pub contract: String,
    /// Who answers for it.
    pub trust: Trust,
    /// Instructions its sessions took, where they were counted; comparable under one engine only.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub fuel: Option<u64>,
    /// What the user set, as a JSON object.
    pub settings: serde_json::Value,
    /// Facts it carries.
    pub references: Vec<ReferenceData>,
}

/// A file that was read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct InputRecord {
    /// As people know it.
    pub path: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// Its size.
    pub bytes: u64,
    /// What it is.
    pub format: serde_json::Value,
}

/// A file or sheet that was recognised as a table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PartRecord {
    /// Index of its file.
    pub input: usize,
    /// The sheet, of a workbook.
    pub sheet: Option<String>,
    /// The table it is.
    pub table: String,
    /// The table's name for people.
    pub title: Text,
    /// Records read.
    pub records: u64,
    /// Rows of data too damaged to be a record: no rule saw them.
    pub damaged: u64,
    /// How its columns were matched, what was skipped, and what else intake knows of it.
    pub details: serde_json::Value,
}

/// How grave it is that something could not be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProblemGravity {
    /// Worth knowing: not a table at all, like a text file in a folder.
    Note,
    /// It was meant to be checked, and was not.
    Unchecked,
}

/// A file or folder that could not be used.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProblemRecord {
    /// As people know it.
    pub path: String,
    /// How grave.
    pub gravity: ProblemGravity,
    /// What happened and what to do.
    pub sentence: Text,
}

/// What became of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Checked everywhere, nothing found.
    Passed,
    /// Something was found.
    Failed,
    /// There was nothing to check.
    NotApplicable,
    /// It could not be checked, or not everywhere.
    NotChecked,
    /// The user did not choose it.
    NotSelected,
    /// Its pack did not answer as it must.
    Error,
}

/// A rule and what became of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RuleRecord {
    /// `domain/fault`.
    pub id: String,
    /// The pack it belongs to; `intake` for the host's own.
    pub pack: String,
    /// Its title.
    pub title: Text,
    /// How grave its findings are, mostly.
    pub severity: Severity,
    /// The table it judges; none for the host's own.
    pub table: Option<String>,
    /// What became of it.
    pub status: Status,
    /// Why it was not checked, or not everywhere.
    pub reasons: Vec<Reason>,
    /// Units judged.
    pub applied: u64,
    /// Units nothing was found about.
    pub passed: u64,
    /// Units objected to.
    pub failed: u64,
    /// Records left out because a cell it needs was unreadable.
    pub skipped: u64,
    /// Findings by severity.
    pub findings: Totals,
    /// Findings kept in detail.
    pub kept: u64,
    /// What it rests on, of what holds on the as-of date.
    pub bases: Vec<Basis>,
    /// How to mend it: that section of its page.
    pub mend: Text,
}

/// Findings by severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    /// Against a written rule, or against logic.
    pub error: u64,
    /// Probably wrong.
    pub warning: u64,
    /// Worth knowing.
    pub notice: u64,
}

impl Totals {
    /// Adds findings of one severity.
    pub fn add(&mut self, severity: Severity, count: u64) {
        match severity {
            Severity::Error => self.error = self.error.saturating_add(count),
            Severity::Warning => self.warning = self.warning.saturating_add(count),
            Severity::Notice => self.notice = self.notice.saturating_add(count),
        }
    }

    /// Adds the findings of another count.
    pub fn merge(&mut self, other: Self) {
        self.error = self.error.saturating_add(other.error);
        self.warning = self.warning.saturating_add(other.warning);
        self.notice = self.notice.saturating_add(other.notice);
    }

    /// Findings of all severities.
    #[must_use]
    pub fn all(&self) -> u64 {
        self.error.saturating_add(self.warning).saturating_add(self.notice)
    }

    /// Findings of this severity or a graver one.
    #[must_use]
    pub fn at_least(&self, severity: Severity) -> u64 {
        match severity {
            Severity::Error => self.error,
            Severity::Warning => self.error.saturating_add(self.warning),
            Severity::Notice => self.all(),
        }
    }
}

/// What follows from a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Conclusion {
    /// Nothing was found.
    Conform,
    /// Warnings or notices, no errors.
    ConformWithWarnings,
    /// Errors were found.
    NonConform,
    /// Something that was handed in could not be checked; what was found is true, what was not found is not known.
    Inconclusive,
}

/// A value in a finding.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind", content = "value")]
pub enum Value {
    /// Text.
    Text(String),
    /// A measurement.
    Number(f64),
    /// A count.
    Integer(i64),
    /// Exact, in figures.
    Decimal(String),
    /// A day.
    Date(String),
    /// A moment.
    Instant(String),
    /// Columns, by their labels.
    Columns(Vec<Text>),
}

/// A record or cell, as a person can find it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The file.
    pub input: String,
    /// The sheet, of a workbook.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub sheet: Option<String>,
    /// The record within the part, from 1.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub record: Option<u64>,
    /// The row of the sheet, as the spreadsheet program counts.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub row: Option<u32>,
    /// The physical line of the text file.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub line: Option<u64>,
    /// First byte of the record and the one after its last.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub bytes: Option<(u64, u64)>,
    /// The cell, as the spreadsheet program names it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub cell: Option<String>,
    /// English name of the column.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub column: Option<String>,
    /// The header above it, as written.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub header: Option<String>,
    /// The cell's value, as written.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub value: Option<String>,
}

/// One objection.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// Number within the run, from 1.
    pub id: u64,
    /// The rule.
    pub rule: String,
    /// The wording.
    pub message: String,
    /// How grave.
    pub severity: Severity,
    /// The sentence, in both languages.
    pub text: Text,
    /// Where; none where it is about something that is not there.
    pub place: Option<Place>,
    /// What it is about, where that is more than the record.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub subject: Option<String>,
    /// The body (county, bureau, emitter) the record belongs to.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub body: Option<String>,
    /// What identifies the record: the table's key columns, as written.
    #[serde(skip_serializing_if = "BTreeMap::is_empty", default)]
    pub key: BTreeMap<String, String>,
    /// What the holes of the wording stand for.
    #[serde(skip_serializing_if = "BTreeMap::is_empty", default)]
    pub arguments: BTreeMap<String, Value>,
    /// What ought to stand there.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub expected: Option<Value>,
    /// What stands there.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub actual: Option<Value>,
    /// By how much they differ.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub difference: Option<Value>,
    /// Other records that belong to it.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub related: Vec<Place>,
    /// The same fault of the same record in another run: a hash over rule, key, subject, column and value.
    pub fingerprint: String,
}
