//! One finding, as it stands in the run record: rule, sentence, place, what was expected, and what tells it from others.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::manifest::{Severity, Text};

/// A value in a finding.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
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
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
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
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
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
    /// The cells around the one meant, in the order of the file; bounded.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub around: Vec<Neighbour>,
    /// The same fault of the same record in another run: a hash over rule, key, subject, column and value.
    pub fingerprint: String,
    /// The same question to the same record in another run, whatever the cell says: a hash over rule, key, subject and
    /// column.
    pub record_key: String,
    /// Number of the cause it shares with others.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub cause: Option<u32>,
    /// How it stands to an earlier run.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub baseline: Option<Baseline>,
    /// It is suppressed: by whom, why, until when.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub suppression: Option<Suppression>,
}

impl Finding {
    /// The file, sheet and cell it is about; for what is absent, those of the records it ought to stand among.
    #[must_use]
    pub fn nearest_place(&self) -> Option<&Place> {
        self.place.as_ref().or_else(|| self.related.first())
    }
}

/// A cell of the record a finding is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Neighbour {
    /// English name of its column.
    pub column: String,
    /// The header above it.
    pub header: String,
    /// The cell, as the spreadsheet program names it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub cell: Option<String>,
    /// Its value as written; long ones are cut.
    pub value: String,
}

/// How a finding stands to an earlier run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Baseline {
    /// That run had no such finding.
    New,
    /// That run had it too.
    Persisting,
    /// That run objected to the same cell, which said something else.
    Changed,
}

/// Why a finding does not count, and who says so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Suppression {
    /// Why.
    pub reason: String,
    /// Who says so.
    pub by: String,
    /// The authority behind it, where an auditor decided.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub authority: Option<String>,
    /// The day it was decided.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub on: Option<String>,
    /// The last day it holds.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub until: Option<String>,
}
