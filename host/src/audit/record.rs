//! The run record: what was checked, with what, on which input, and what was found. Every report is a function of it.
//!
//! Nothing in it depends on threads, on the time of day or on the machine, so that the same run gives the same bytes:
//! how long a run took and how much memory it used are not part of it.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

pub use super::canonical::{canonical_block, canonical_line};
pub use super::finding::{Baseline, Finding, Neighbour, Place, Suppression, Value};
use super::plan::Reason;
pub use super::standing::{BaselineRecord, Cause, CauseKind, SuppressionRecord};
use crate::intake::{Assignment, Heading};
use crate::manifest::{Basis, ReferenceData, Severity, Text};
use crate::runtime::{Execution, Limits};
use crate::trust::Trust;

/// The version of this record's shape.
pub const SCHEMA: &str = "mingcha-run/1";

/// One run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RunRecord {
    /// What was done, and its result in numbers.
    pub manifest: RunManifest,
    /// What was found, in detail.
    pub findings: Vec<Finding>,
    /// Where the time went, where that was asked for. The one thing that differs from run to run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(skip)]
    pub timings: Option<super::Timings>,
}

impl RunRecord {
    /// Writes the digests of the findings and of the manifest itself into the manifest.
    pub fn seal(&mut self) {
        let mut hash = Sha256::new();
        self.findings.iter().for_each(|finding| hash.update(canonical_line(finding)));
        self.manifest.findings_sha256 = crate::hex(&hash.finalize());
        self.manifest.record_sha256 = self.manifest.digest();
    }
}

/// What was done, and its result in numbers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RunManifest {
    /// The version of the record's shape.
    pub schema: String,
    /// Hash over inputs, packs, settings, as-of date and all else that was asked: two runs with the same id did the same.
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
    /// Names of tables that had to be handed in.
    pub expected: Vec<String>,
    /// What the user said files are.
    pub assigned: Vec<Assignment>,
    /// What the user said headers are.
    pub headings: Vec<Heading>,
    /// The encoding the user said text files are in.
    pub encoding: Option<String>,
    /// Severities the user gave to rules.
    pub severities: BTreeMap<String, Severity>,
    /// Only the findings of this body are here, taken out of the record of a whole run; empty for those that name none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// What the user had suppressed, whether it met a finding or not.
    pub suppressions: Vec<SuppressionRecord>,
    /// The earlier run that findings are compared with.
    pub baseline: Option<BaselineRecord>,
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
    /// What several findings share; each is told once.
    pub causes: Vec<Cause>,
    /// Findings in all, suppressed ones too.
    pub totals: Totals,
    /// Findings among them that are suppressed.
    pub suppressed: Totals,
    /// What follows from it.
    pub conclusion: Conclusion,
    /// SHA-256 of the findings, one JSON object a line.
    pub findings_sha256: String,
    /// SHA-256 of this manifest with this field empty, and so of the whole record: to be noted where the run is cited.
    pub record_sha256: String,
}

impl RunManifest {
    /// What [`record_sha256`](Self::record_sha256) has to be.
    #[must_use]
    pub fn digest(&self) -> String {
        let unsealed = Self { record_sha256: String::new(), ..self.clone() };
        crate::hex(&Sha256::digest(canonical_block(&unsealed)))
    }

    /// The cause with this number.
    #[must_use]
    pub fn cause(&self, id: u32) -> Option<&Cause> {
        self.causes.get((id as usize).checked_sub(1)?)
    }
}

/// A pack as it was run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
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
    /// What it was allowed to use.
    pub limits: Limits,
    /// How it was run; compiled where nothing is said.
    #[serde(default, skip_serializing_if = "Execution::is_compiled")]
    pub execution: Execution,
    /// Instructions its sessions took, where they were counted and some session ended well; comparable under one engine only.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub fuel: Option<u64>,
    /// What the user set, as a JSON object.
    pub settings: serde_json::Value,
    /// Facts it carries.
    pub references: Vec<ReferenceData>,
}

/// A file that was read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct InputRecord {
    /// As people know it.
    pub path: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// Its size.
    pub bytes: u64,
    /// What it is.
    pub format: String,
}

/// A file or sheet that was recognised as a table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ProblemGravity {
    /// Worth knowing: not a table at all, like a text file in a folder.
    Note,
    /// It was meant to be checked, and was not.
    Unchecked,
}

/// A file or folder that could not be used.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ProblemRecord {
    /// As people know it.
    pub path: String,
    /// How grave.
    pub gravity: ProblemGravity,
    /// What happened and what to do.
    pub sentence: Text,
}

/// What became of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
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
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
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
    /// Findings among them that are suppressed.
    pub suppressed: Totals,
    /// Findings kept in detail.
    pub kept: u64,
    /// No finding was left out of them: each is kept, or folded into one about its whole file.
    pub complete: bool,
    /// The values objected to most often, counted over the findings kept in detail.
    pub top_values: Vec<TopValue>,
    /// What it rests on, of what holds on the as-of date.
    pub bases: Vec<Basis>,
    /// How to mend it: that section of its page.
    pub mend: Text,
}

impl RuleRecord {
    /// A rule of a pack, of which nothing is known but what became of it.
    #[must_use]
    pub(crate) fn unjudged(pack: &str, id: &str, severity: Severity, status: Status) -> Self {
        Self {
            id: id.to_owned(),
            pack: pack.to_owned(),
            title: Text::default(),
            severity,
            table: None,
            status,
            reasons: Vec::new(),
            applied: 0,
            passed: 0,
            failed: 0,
            skipped: 0,
            findings: Totals::default(),
            suppressed: Totals::default(),
            kept: 0,
            complete: true,
            top_values: Vec::new(),
            bases: Vec::new(),
            mend: Text::default(),
        }
    }

    /// It is a pack's and was given something to judge, whatever came of it.
    #[must_use]
    pub fn ran(&self) -> bool {
        let ran = match self.status {
            Status::Passed | Status::Failed | Status::NotChecked | Status::Error => true,
            Status::NotApplicable => self.reasons.contains(&Reason::NothingApplicable),
            Status::NotSelected => false,
        };
        ran && self.table.is_some()
    }
}

/// A value, and how often it was objected to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TopValue {
    /// As written.
    pub value: String,
    /// Findings about it, of those kept in detail.
    pub findings: u64,
}

/// Findings by severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
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

    /// These findings without those.
    #[must_use]
    pub fn without(self, other: Self) -> Self {
        Self {
            error: self.error.saturating_sub(other.error),
            warning: self.warning.saturating_sub(other.warning),
            notice: self.notice.saturating_sub(other.notice),
        }
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

impl Conclusion {
    /// What follows from the findings that count, where all was checked.
    #[must_use]
    pub fn of(counted: Totals) -> Self {
        match counted {
            Totals { error: 0, warning: 0, notice: 0 } => Self::Conform,
            Totals { error: 0, .. } => Self::ConformWithWarnings,
            _ => Self::NonConform,
        }
    }
}

/// What follows from a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Conclusion {
    /// Nothing was found.
    Conform,
    /// Warnings or notices, no errors.
    ConformWithWarnings,
    /// Errors were found.
    NonConform,
    /// Something that was handed in could not be checked; what was found is true, what was not found is not known.
    #[default]
    Inconclusive,
}
