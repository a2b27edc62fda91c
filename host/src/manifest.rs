//! What a pack says of itself, as the host keeps it: plain values, checked when the pack was loaded.
//!
//! The shapes follow the interface `pack` of `wit/rules.wit`, where each field is documented. Indices (`u16`) are known
//! to be in range once a [`Manifest`] exists.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A language of the reader.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum Language {
    /// Chinese.
    #[default]
    Zh,
    /// English.
    En,
}

/// The same text in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Text {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Text {
    /// From both wordings.
    #[must_use]
    pub fn of(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }

    /// In the reader's language.
    #[must_use]
    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::Zh => &self.zh,
            Language::En => &self.en,
        }
    }
}

/// How grave a finding is.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Worth knowing.
    #[default]
    Notice,
    /// Probably wrong.
    Warning,
    /// Against a written rule, or against logic.
    Error,
}

/// What the cells of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Text as written, trimmed.
    Text,
    /// A measurement.
    Number,
    /// A count.
    Integer,
    /// Exact, at the column's scale.
    Decimal,
    /// A calendar day.
    Date,
    /// A moment, local civil time.
    Instant,
    /// Yes or no.
    Flag,
}

/// One value of a code list and the other spellings of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Code {
    /// What rules see.
    pub value: String,
    /// What people write.
    pub spellings: Vec<String>,
}

/// A column a pack can read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// snake_case.
    pub name: String,
    /// Its header.
    pub label: Text,
    /// Other headers.
    pub aliases: Vec<String>,
    /// What its cells are.
    pub kind: Kind,
    /// Digits after the point, for decimals.
    pub scale: u8,
    /// Unit of the values rules see.
    pub unit: Option<String>,
    /// Code list.
    pub codes: Vec<Code>,
    /// Further spellings of "nothing".
    pub blanks: Vec<String>,
    /// Merged or repeated cells are filled down.
    pub fill_down: bool,
    /// A file without it is not this table.
    pub required: bool,
    /// Fact of the file it may be taken from.
    pub from_part: Option<String>,
}

#[cfg(test)]
impl Column {
    /// A column without any extras.
    pub(crate) fn plain(name: &str, title: &str, kind: Kind) -> Self {
        Self {
            name: name.to_owned(),
            label: Text { zh: title.to_owned(), en: title.to_owned() },
            aliases: Vec::new(),
            kind,
            scale: 0,
            unit: None,
            codes: Vec::new(),
            blanks: Vec::new(),
            fill_down: false,
            required: false,
            from_part: None,
        }
    }
}

impl Column {
    /// Whether a person may mean it by this name.
    #[must_use]
    pub fn is_called(&self, name: &str) -> bool {
        self.name == name || self.label.zh == name
    }
}

/// A table a pack can read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// snake_case.
    pub name: String,
    /// Its name for people.
    pub label: Text,
    /// Sheet and file names that stand for it.
    pub aliases: Vec<String>,
    /// Columns that identify a record.
    pub key: Vec<u16>,
    /// The column naming the body a record belongs to.
    pub body: Option<u16>,
    /// Its columns.
    pub columns: Vec<Column>,
}

impl Table {
    /// A column by index.
    #[must_use]
    pub fn column(&self, index: u16) -> &Column {
        &self.columns[usize::from(index)]
    }
}

/// How much of its table a rule must see in one place.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// Each record alone.
    EachRecord,
    /// All records that agree in these columns.
    Group(Vec<u16>),
    /// All records.
    WholeTable,
}

/// Whether a reference table must have been handed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Presence {
    /// It must.
    Needed,
    /// At least one so marked must.
    AnyOf,
    /// The rule runs without it.
    Optional,
}

/// Which columns of which table a rule reads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// Index of the table.
    pub table: u16,
    /// Needed columns.
    pub columns: Vec<u16>,
    /// Columns that are blank where the file lacks them.
    pub optional_columns: Vec<u16>,
    /// For reference tables.
    pub presence: Presence,
}

impl Reading {
    /// Needed and optional columns.
    pub fn all_columns(&self) -> impl Iterator<Item = u16> {
        self.columns.iter().chain(&self.optional_columns).copied()
    }
}

/// What a rule rests on; dates in days since 1970-01-01.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Basis {
    /// Title or number of the document.
    pub document: String,
    /// Article, table or clause.
    pub article: String,
    /// First day it holds.
    #[serde(with = "crate::iso_date")]
    #[schemars(with = "Option<String>")]
    pub since: Option<i32>,
    /// First day it no longer holds.
    #[serde(with = "crate::iso_date")]
    #[schemars(with = "Option<String>")]
    pub until: Option<i32>,
    /// Its wording was read, not recalled.
    pub verified: bool,
}

impl Basis {
    /// Whether it holds on this day.
    #[must_use]
    pub fn holds_on(&self, day: i32) -> bool {
        self.since.is_none_or(|since| since <= day) && self.until.is_none_or(|until| day < until)
    }
}

/// One wording of a rule's findings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// Kebab-case.
    pub id: String,
    /// Where it differs from the rule's.
    pub severity: Option<Severity>,
    /// Templates.
    pub text: Text,
}

/// One fault a pack looks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// `domain/fault`.
    pub id: String,
    /// How grave.
    pub severity: Severity,
    /// Its title.
    pub title: Text,
    /// Its page, in Markdown.
    pub page: Text,
    /// How much it must see in one place.
    pub scope: Scope,
    /// The table it judges.
    pub over: Reading,
    /// Reference tables.
    pub beside: Vec<Reading>,
    /// Columns whose unreadable cells it reports itself.
    pub reports_unreadable: Vec<u16>,
    /// What it rests on.
    pub bases: Vec<Basis>,
    /// Its wordings.
    pub messages: Vec<Message>,
    /// First day it applies to.
    #[serde(with = "crate::iso_date")]
    pub since: Option<i32>,
    /// First day it no longer does.
    #[serde(with = "crate::iso_date")]
    pub until: Option<i32>,
}

impl Rule {
    /// The severity of findings in this wording.
    #[must_use]
    pub fn severity_of(&self, message: u16) -> Severity {
        self.messages.get(usize::from(message)).and_then(|message| message.severity).unwrap_or(self.severity)
    }
}

/// A table of facts inside the pack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ReferenceData {
    /// Kebab-case.
    pub name: String,
    /// Version or date of making.
    pub version: String,
    /// Where it was taken from.
    pub source: String,
    /// First day it speaks of.
    #[serde(with = "crate::iso_date")]
    #[schemars(with = "Option<String>")]
    pub since: Option<i32>,
    /// First day it no longer speaks of.
    #[serde(with = "crate::iso_date")]
    #[schemars(with = "Option<String>")]
    pub until: Option<i32>,
    /// Every entry was read at the source.
    pub verified: bool,
}

/// All a pack says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Kebab-case.
    pub id: String,
    /// Semantic version.
    pub version: String,
    /// Its title.
    pub title: Text,
    /// Tables it reads.
    pub tables: Vec<Table>,
    /// Rules it checks.
    pub rules: Vec<Rule>,
    /// Facts it carries.
    pub references: Vec<ReferenceData>,
    /// JSON Schema of its settings.
    pub settings: String,
}
