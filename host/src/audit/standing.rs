//! What stands beside findings in the manifest: their common causes, suppressions, the run they are compared with.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::finding::Suppression;
use crate::manifest::{Severity, Text};

/// A suppression as the user wrote it, and what came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SuppressionRecord {
    /// The rule it speaks of, or a pattern of rules.
    pub rule: String,
    /// Only findings whose record has these cells: name of a column, and its value.
    pub key: BTreeMap<String, String>,
    /// Only the finding with this fingerprint.
    pub fingerprint: Option<String>,
    /// Who, why and until when.
    #[serde(flatten)]
    pub said: Suppression,
    /// Its last day was before the as-of date: it does nothing any more.
    pub expired: bool,
    /// Findings it met, of those kept in detail.
    pub findings: u64,
}

/// The earlier run that findings are compared with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct BaselineRecord {
    /// Its run id.
    pub run_id: String,
    /// Its as-of date.
    pub as_of: String,
    /// Findings kept in detail that it had not.
    pub new: u64,
    /// Findings kept in detail that it had too.
    pub persisting: u64,
    /// Findings of it that are gone.
    pub resolved: u64,
}

/// What several findings share.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Cause {
    /// Number within the run, from 1; findings name it.
    pub id: u32,
    /// What they share.
    pub kind: CauseKind,
    /// The rules; one, mostly.
    pub rules: Vec<String>,
    /// How grave the gravest finding is.
    pub severity: Severity,
    /// The file.
    pub input: Option<String>,
    /// The sheet, of a workbook.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub sheet: Option<String>,
    /// English name of the column.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub column: Option<String>,
    /// The value they share, or one that stands for all.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub value: Option<String>,
    /// How many findings; none for a missing column, which keeps rules from running.
    pub findings: u64,
    /// There may be more findings of this cause, beyond those kept in detail.
    pub at_least: bool,
    /// The cause in one sentence.
    pub sentence: Text,
}

/// What findings of one cause share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CauseKind {
    /// A file lacks a column.
    MissingColumn,
    /// Cells of neighbouring columns cannot be read: the record slipped sideways.
    ShiftedColumns,
    /// What stands there differs from what ought to by the factor of a unit.
    UnitSlip,
    /// Every record of a file or sheet, in one column.
    WholeColumn,
    /// Every record of a file or sheet.
    WholePart,
    /// One value.
    SameValue,
    /// One way of writing.
    SameSpelling,
    /// One body.
    SameBody,
}
