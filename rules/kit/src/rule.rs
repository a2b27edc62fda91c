//! Declaring a rule: what it looks for, what it reads, what it rests on, and the function that looks.

use chrono::NaiveDate;

use crate::{Batch, Column, Findings, Row, Screen, Table, Task};

/// Text in both languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text {
    /// Chinese.
    pub zh: &'static str,
    /// English.
    pub en: &'static str,
}

/// Text in both languages, Chinese first.
#[must_use]
pub const fn text(zh: &'static str, en: &'static str) -> Text {
    Text { zh, en }
}

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// Worth knowing.
    Notice,
    /// Probably wrong, or wrong without a written rule against it.
    Warning,
    /// Against a written rule, or against logic.
    Error,
}

/// What a rule rests on: document and article, and the days it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Basis {
    /// Title or number of the document or standard.
    pub document: &'static str,
    /// Article, table or clause; empty for the whole.
    pub article: &'static str,
    /// First day it holds.
    pub since: Option<NaiveDate>,
    /// First day it no longer holds.
    pub until: Option<NaiveDate>,
    /// Its wording was read, not recalled.
    pub verified: bool,
}

impl Basis {
    /// A basis whose wording was read.
    #[must_use]
    pub const fn read(document: &'static str, article: &'static str) -> Self {
        Self { document, article, since: None, until: None, verified: true }
    }

    /// A basis recalled but not read: reports mark it 依据待核.
    #[must_use]
    pub const fn recalled(document: &'static str, article: &'static str) -> Self {
        Self { document, article, since: None, until: None, verified: false }
    }

    /// First day it holds.
    ///
    /// # Panics
    /// At compile time, where there is no such day.
    #[must_use]
    pub const fn since(mut self, year: i32, month: u32, day: u32) -> Self {
        self.since = Some(NaiveDate::from_ymd_opt(year, month, day).expect("a day of the calendar"));
        self
    }

    /// First day it no longer holds.
    ///
    /// # Panics
    /// At compile time, where there is no such day.
    #[must_use]
    pub const fn until(mut self, year: i32, month: u32, day: u32) -> Self {
        self.until = Some(NaiveDate::from_ymd_opt(year, month, day).expect("a day of the calendar"));
        self
    }
}

/// One wording of a rule's findings. Holes: `{argument}`, else `{column_name}` for the record's cell as written,
/// `{expected}`, `{actual}`, `{difference}`, `{subject}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Message {
    /// Unique within the rule; `default` for the first.
    pub id: &'static str,
    /// Where it differs from the rule's.
    pub severity: Option<Severity>,
    /// The template.
    pub text: Text,
}

impl Message {
    /// The rule's usual wording.
    #[must_use]
    pub const fn new(zh: &'static str, en: &'static str) -> Self {
        Self::named("default", zh, en)
    }

    /// A further wording, chosen with [`Finding::saying`](crate::Finding::saying).
    #[must_use]
    pub const fn named(id: &'static str, zh: &'static str, en: &'static str) -> Self {
        Self { id, severity: None, text: text(zh, en) }
    }

    /// Findings in this wording weigh differently from the rule's others.
    #[must_use]
    pub const fn weighing(mut self, severity: Severity) -> Self {
        self.severity = Some(severity);
        self
    }
}

/// Whether a reference table must have been handed in for the rule to run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// It must; without it the rule is not applicable.
    Needed,
    /// At least one of the rule's tables so marked must.
    AnyOf,
    /// The rule runs without it.
    Optional,
}

/// Which columns of which table a rule reads.
#[derive(Clone, Copy, Debug)]
pub struct Reading {
    /// The table.
    pub table: &'static Table,
    /// Without these the rule does not run: on a file that lacks one, on a record where one is unreadable.
    pub columns: &'static [Column],
    /// Blank where the file lacks them.
    pub optional: &'static [Column],
    /// For reference tables.
    pub presence: Presence,
}

impl Reading {
    /// Columns the rule cannot do without.
    #[must_use]
    pub const fn of(table: &'static Table, columns: &'static [Column]) -> Self {
        Self { table, columns, optional: &[], presence: Presence::Needed }
    }

    /// Columns it can do without: blank where the file lacks them.
    #[must_use]
    pub const fn and_optional(mut self, columns: &'static [Column]) -> Self {
        self.optional = columns;
        self
    }

    /// Whether the rule can do without this reference table.
    #[must_use]
    pub const fn presence(mut self, presence: Presence) -> Self {
        self.presence = presence;
        self
    }
}

/// How much of its table a rule must see in one place. Its findings must not depend on how the rest is split.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Each record alone.
    EachRecord,
    /// All records that agree in these columns together.
    Group(&'static [Column]),
    /// All records together.
    WholeTable,
}

/// What a rule says of a record: [`JUDGED`], or `None` where it does not apply, which `?` on a blank cell gives.
pub type Judged = Option<()>;

/// The rule applied; whether it objected shows in the findings.
pub const JUDGED: Judged = Some(());

/// A rule that remembers: one is made for each session.
pub trait Inspection {
    /// A batch of a reference table; all of them come before the first record.
    fn beside(&mut self, _batch: &Batch) {}

    /// A record of the rule's table. A rule that judges groups only collects here, and answers `None`.
    fn record(&mut self, row: &Row, findings: &mut Findings) -> Judged;

    /// What can be told of a batch's records from its columns, so that [`record`](Self::record) sees only the others. A
    /// rule that collects may take records in here and leave them aside; it is asked for each batch before its records.
    fn screen(&mut self, _batch: &Batch, _findings: &mut Findings) -> Option<Screen> {
        None
    }

    /// Everything was seen. Groups are judged here, each within [`Findings::judge`].
    fn close(&mut self, _findings: &mut Findings) {}
}

/// The function that looks.
#[derive(Clone, Copy)]
pub enum Check {
    /// Each row alone.
    Row(fn(&Row, &mut Findings) -> Judged),
    /// Each batch as columns, for rules that are worth it; it counts for itself with [`Findings::count`].
    Batch(fn(&Batch, &mut Findings)),
    /// With memory: reference tables, groups, the whole table.
    Inspection(fn(&Task) -> Box<dyn Inspection>),
}

/// One fault a pack looks for.
#[derive(Clone, Copy)]
pub struct Rule {
    /// `domain/fault`, naming the fault.
    pub id: &'static str,
    /// Its title.
    pub title: Text,
    /// How grave it is.
    pub severity: Severity,
    /// Its page, filled in by [`rule!`](crate::rule) from the doc comment: Chinese, a line `---`, English.
    pub page: &'static str,
    /// How much it must see in one place.
    pub scope: Scope,
    /// The table it judges.
    pub over: Reading,
    /// Tables it looks things up in.
    pub beside: &'static [Reading],
    /// Columns whose unreadable cells it objects to itself.
    pub reports_unreadable: &'static [Column],
    /// Columns it only asks whether something is written in: an unreadable cell there does not stop it.
    pub accepts_unreadable: &'static [Column],
    /// What it rests on.
    pub bases: &'static [Basis],
    /// Its wordings, the usual one first.
    pub messages: &'static [Message],
    /// First day it applies to, compared with the as-of date.
    pub since: Option<NaiveDate>,
    /// First day it no longer does.
    pub until: Option<NaiveDate>,
    /// What can be told of a batch's records from its columns, for a [`Check::Row`] that is worth it.
    pub screen: Option<fn(&Batch) -> Screen>,
    /// The function that looks.
    pub check: Check,
}

static NOTHING: Table = Table::named("", "", "");

impl Rule {
    /// What a rule leaves unsaid: an error, each record alone, no reference tables, no dates.
    pub const EMPTY: Self = Self {
        id: "",
        title: text("", ""),
        severity: Severity::Error,
        page: "",
        scope: Scope::EachRecord,
        over: Reading::of(&NOTHING, &[]),
        beside: &[],
        reports_unreadable: &[],
        accepts_unreadable: &[],
        bases: &[],
        messages: &[],
        since: None,
        until: None,
        screen: None,
        check: Check::Row(|_, _| None),
    };
}

/// Declares a rule whose doc comment is its page.
///
/// Headings are fixed. Chinese first: `## 查什么`, `## 为什么`, `## 怎么改`, `## 例`; then a line `---`; then
/// `## What`, `## Why`, `## How to mend`. The examples are fenced blocks marked `csv bad` and `csv good`, which a test
/// runs, with settings where the mark goes on (`csv bad least=4`); the section on bases is written by the host from `bases`.
#[macro_export]
macro_rules! rule {
    ( $(#[doc = $line:literal])+ $vis:vis static $name:ident = Rule { $($body:tt)* }; ) => {
        $(#[doc = $line])+
        $vis static $name: $crate::Rule = $crate::Rule { page: concat!($($line, "\n"),+), $($body)* };
    };
}
