//! Writing findings: where, in which wording, with which values.
//!
//! Every finding is counted; only the first `keep` of a rule, in order of place, are kept in detail, so that a file
//! whose every row is wrong costs counters and no strings.

use std::collections::BinaryHeap;

use chrono::{NaiveDate, NaiveDateTime};
use mingcha_values::date;
use mingcha_values::decimal::Decimal;

use crate::{Column, Judged, Row, Rule, Task};

/// A record, or a cell of it. Small: keep as many as you like.
///
/// ```
/// # use mingcha_kit::{example::*, prelude::*};
/// let place = batch().row(1).cell(LIMIT);
/// assert_eq!((place.id, place.column), (1, Some(LIMIT.index)));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Index into the pack's tables.
    pub table: u16,
    /// The id the host gave the record.
    pub id: u64,
    /// Index into the table's columns.
    pub column: Option<u16>,
}

impl Place {
    /// The record's cell in this column.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// assert_eq!(batch().row(1).place().cell(LIMIT).column, Some(LIMIT.index));
    /// ```
    #[must_use]
    pub const fn cell(mut self, column: Column) -> Self {
        self.column = Some(column.index);
        self
    }
}

/// A value in a finding; written in the reader's language by the host.
///
/// ```
/// # use mingcha_kit::{example::*, prelude::*};
/// assert_eq!(Value::from(3_u32), Value::Integer(3));
/// assert_eq!(Value::from("甲县"), Value::Text("甲县".to_owned()));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Text.
    Text(String),
    /// A measurement.
    Number(f64),
    /// A count.
    Integer(i64),
    /// Exact.
    Decimal(Decimal),
    /// A day.
    Date(NaiveDate),
    /// A moment.
    Instant(NaiveDateTime),
    /// The headers of these columns, as a list.
    Columns(Vec<u16>),
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::Text(value.to_owned())
    }
}

impl From<&[Column]> for Value {
    fn from(columns: &[Column]) -> Self {
        Self::Columns(columns.iter().map(|column| column.index).collect())
    }
}

impl From<&Vec<Column>> for Value {
    fn from(columns: &Vec<Column>) -> Self {
        Self::from(columns.as_slice())
    }
}

impl From<usize> for Value {
    fn from(value: usize) -> Self {
        Self::Integer(i64::try_from(value).unwrap_or(i64::MAX))
    }
}

macro_rules! value_from {
    ($($from:ty => $case:ident),+) => { $(
        impl From<$from> for Value {
            fn from(value: $from) -> Self {
                Self::$case(value.into())
            }
        }
    )+ };
}
value_from!(String => Text, f64 => Number, i64 => Integer, i32 => Integer, u32 => Integer, u8 => Integer,
    Decimal => Decimal, NaiveDate => Date, NaiveDateTime => Instant);

/// A finding in detail, as it goes to the host.
///
/// ```
/// # use mingcha_kit::{example::*, prelude::*};
/// fn unopened(bridge: &Row, findings: &mut Findings) -> Judged {
///     if bridge.is_blank(OPENED) {
///         findings.at(bridge, OPENED).expected(day(2016, 10, 1));
///     }
///     JUDGED
/// }
/// let found = &outcome(Check::Row(unopened)).findings[0];
/// assert_eq!(found.expected, Some(Value::Date(day(2016, 10, 1))));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct FindingData {
    /// Index into the pack's rules.
    pub rule: u16,
    /// Index into the rule's messages.
    pub message: u16,
    /// Where.
    pub at: Option<Place>,
    /// What it is about.
    pub subject: Option<String>,
    /// What the holes of the message stand for.
    pub arguments: Vec<(String, Value)>,
    /// What ought to stand there.
    pub expected: Option<Value>,
    /// What stands there.
    pub actual: Option<Value>,
    /// By how much they differ.
    pub difference: Option<Value>,
    /// Other records that belong to it.
    pub related: Vec<Place>,
}

/// Exact counts of one rule in one call.
///
/// ```
/// # use mingcha_kit::{example::*, prelude::*};
/// fn unopened(bridge: &Row, findings: &mut Findings) -> Judged {
///     if bridge.is_blank(OPENED) {
///         findings.on(bridge);
///     }
///     JUDGED
/// }
/// let tally = &outcome(Check::Row(unopened)).tallies[0];
/// assert_eq!((tally.applied, tally.failed, &tally.findings[..]), (2, 1, &[1, 0][..]));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Index into the pack's rules.
    pub rule: u16,
    /// Units judged.
    pub applied: u64,
    /// Units objected to.
    pub failed: u64,
    /// Records left out because a needed cell was unreadable.
    pub skipped: u64,
    /// Findings per message.
    pub findings: Vec<u64>,
}

/// What one call has to say.
///
/// ```
/// # use mingcha_kit::{example::*, prelude::*};
/// let outcome = outcome(Check::Row(|_, _| None));
/// assert!(outcome.findings.is_empty() && outcome.tallies.is_empty());
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outcome {
    /// In detail.
    pub findings: Vec<FindingData>,
    /// In numbers.
    pub tallies: Vec<Tally>,
}

/// What decides which findings are kept: place first, then what it is about.
type Order = (Option<Place>, Option<String>);

/// Where one rule writes what it objects to.
///
/// ```
/// # use mingcha_kit::{example::*, prelude::*};
/// fn light(bridge: &Row, findings: &mut Findings) -> Judged {
///     let limit = bridge.number(LIMIT)?;
///     if limit < 30.0 {
///         findings.at(bridge, LIMIT).expected(30.0).actual(limit);
///     }
///     JUDGED
/// }
/// assert_eq!(outcome(Check::Row(light)).findings.len(), 1);
/// ```
pub struct Findings {
    rule: &'static Rule,
    task: std::rc::Rc<Task>,
    kept: BinaryHeap<Order>,
    tally: Tally,
    /// Findings written so far, in detail or not: whether a unit failed is asked for every record.
    written: u64,
    details: Vec<FindingData>,
}

impl Findings {
    pub(crate) fn new(index: u16, rule: &'static Rule, task: std::rc::Rc<Task>) -> Self {
        let tally = Tally { rule: index, findings: vec![0; rule.messages.len()], ..Tally::default() };
        Self { rule, task, kept: BinaryHeap::new(), tally, written: 0, details: Vec::new() }
    }

    /// Objects to a cell.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// fn look(bridge: &Row, findings: &mut Findings) -> Judged {
    ///     findings.at(bridge, LIMIT);
    ///     JUDGED
    /// }
    /// assert_eq!(outcome(Check::Row(look)).findings[0].at, Some(batch().row(0).cell(LIMIT)));
    /// ```
    pub fn at(&mut self, row: &Row, column: Column) -> Finding<'_> {
        self.write(Some(row.cell(column)), None)
    }

    /// Objects to a record as a whole.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// fn look(bridge: &Row, findings: &mut Findings) -> Judged {
    ///     findings.on(bridge);
    ///     JUDGED
    /// }
    /// assert_eq!(outcome(Check::Row(look)).findings[0].at, Some(batch().row(0).place()));
    /// ```
    pub fn on(&mut self, row: &Row) -> Finding<'_> {
        self.write(Some(row.place()), None)
    }

    /// Objects to a record or cell remembered from before.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// fn look(bridge: &Row, findings: &mut Findings) -> Judged {
    ///     let remembered = bridge.cell(NAME);
    ///     findings.at_place(remembered);
    ///     JUDGED
    /// }
    /// assert_eq!(outcome(Check::Row(look)).findings.len(), 2);
    /// ```
    pub fn at_place(&mut self, place: Place) -> Finding<'_> {
        self.write(Some(place), None)
    }

    /// Objects to something that is not there, named by `subject`: a county without a contact, a day without data.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// fn look(bridge: &Row, findings: &mut Findings) -> Judged {
    ///     if bridge.is_blank(OPENED) {
    ///         findings.about("乙县");
    ///     }
    ///     JUDGED
    /// }
    /// assert_eq!(outcome(Check::Row(look)).findings[0].subject.as_deref(), Some("乙县"));
    /// ```
    pub fn about(&mut self, subject: impl Into<String>) -> Finding<'_> {
        self.write(None, Some(subject.into()))
    }

    /// Judges one unit that is not a record: a group, a county, a day. For [`Inspection::close`](crate::Inspection::close).
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// fn look(bridges: &Batch, findings: &mut Findings) {
    ///     findings.judge(|findings| {
    ///         if bridges.len() < 3 {
    ///             findings.about("甲县");
    ///         }
    ///         JUDGED
    ///     });
    /// }
    /// assert_eq!(outcome(Check::Batch(look)).tallies[0].failed, 1);
    /// ```
    #[inline]
    pub fn judge(&mut self, judge: impl FnOnce(&mut Self) -> Judged) {
        let before = self.written;
        if judge(self).is_some() || self.written > before {
            self.tally.applied += 1;
            self.tally.failed += u64::from(self.written > before);
        }
    }

    /// Counts units judged in columns; of `failed` units each has its finding.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// fn look(bridges: &Batch, findings: &mut Findings) {
    ///     findings.count(bridges.len() as u64, 0);
    /// }
    /// assert_eq!(outcome(Check::Batch(look)).tallies[0].applied, 2);
    /// ```
    pub fn count(&mut self, applied: u64, failed: u64) {
        self.tally.applied += applied;
        self.tally.failed += failed;
    }

    /// What the host asked of this session.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// fn look(bridge: &Row, findings: &mut Findings) -> Judged {
    ///     if findings.task().as_of > day(2016, 1, 1) {
    ///         findings.on(bridge);
    ///     }
    ///     JUDGED
    /// }
    /// assert_eq!(outcome(Check::Row(look)).findings.len(), 2);
    /// ```
    #[must_use]
    pub fn task(&self) -> &Task {
        &self.task
    }

    pub(crate) fn skip(&mut self) {
        self.tally.skipped += 1;
    }

    pub(crate) fn take(&mut self, outcome: &mut Outcome) {
        self.cut();
        outcome.findings.append(&mut self.details);
        let empty =
            Tally { rule: self.tally.rule, findings: vec![0; self.rule.messages.len()], ..Tally::default() };
        if self.tally != empty {
            outcome.tallies.push(std::mem::replace(&mut self.tally, empty));
        }
    }

    /// Leaves the first `keep` in the order the host sorts them.
    fn cut(&mut self) {
        if self.details.len() > self.task.keep {
            self.details.sort_by(|a, b| (a.at, &a.subject, a.message).cmp(&(b.at, &b.subject, b.message)));
            self.details.truncate(self.task.keep);
        }
    }

    fn write(&mut self, at: Option<Place>, subject: Option<String>) -> Finding<'_> {
        self.tally.findings[0] += 1;
        self.written += 1;
        let detail = self.wanted(at, subject.as_ref()).then(|| {
            self.kept.push((at, subject.clone()));
            if self.details.len() >= self.task.keep.saturating_mul(2).saturating_add(1_000) {
                self.cut();
            }
            let rule = self.tally.rule;
            let (arguments, related) = (Vec::new(), Vec::new());
            let (expected, actual, difference) = (None, None, None);
            self.details.push(FindingData {
                rule,
                message: 0,
                at,
                subject,
                arguments,
                expected,
                actual,
                difference,
                related,
            });
            self.details.len() - 1
        });
        Finding { message: 0, detail, findings: self }
    }

    /// Among the first `keep` in order of place so far; what it displaces, the host drops. One at the last of these
    /// places is wanted too: its subject and message, which decide then, are not written yet.
    fn wanted(&mut self, at: Option<Place>, subject: Option<&String>) -> bool {
        if self.kept.len() < self.task.keep {
            return true;
        }
        let Some((last_at, last_subject)) = self.kept.peek() else { return false };
        let wanted = (at, subject) <= (*last_at, last_subject.as_ref());
        if wanted {
            self.kept.pop();
        }
        wanted
    }
}

/// A finding being written. Complete as it is; the methods add to it.
///
/// ```
/// # use mingcha_kit::{example::*, prelude::*};
/// fn look(bridge: &Row, findings: &mut Findings) -> Judged {
///     let opened = bridge.date(OPENED)?;
///     findings.at(bridge, OPENED).saying("other").actual(opened);
///     JUDGED
/// }
/// assert_eq!(outcome(Check::Row(look)).tallies[0].findings, [0, 1]);
/// ```
pub struct Finding<'a> {
    findings: &'a mut Findings,
    message: usize,
    detail: Option<usize>,
}

impl Finding<'_> {
    fn add(self, change: impl FnOnce(&mut FindingData)) -> Self {
        if let Some(detail) = self.detail {
            change(&mut self.findings.details[detail]);
        }
        self
    }

    /// In another wording of the rule.
    ///
    /// # Panics
    /// Where the rule has no message of that id: a mistake of the author.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// fn look(bridge: &Row, findings: &mut Findings) -> Judged {
    ///     findings.on(bridge).saying("other");
    ///     JUDGED
    /// }
    /// assert_eq!(outcome(Check::Row(look)).findings[0].message, 1);
    /// ```
    pub fn saying(mut self, message: &str) -> Self {
        let rule = self.findings.rule;
        let Some(index) = rule.messages.iter().position(|candidate| candidate.id == message) else {
            panic!("rule {} has no message {message}", rule.id);
        };
        self.findings.tally.findings[self.message] -= 1;
        self.findings.tally.findings[index] += 1;
        self.message = index;
        let index = u16::try_from(index).expect("fewer than 65,536 messages");
        self.add(|detail| detail.message = index)
    }

    /// What `{name}` stands for in the message.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// fn look(bridge: &Row, findings: &mut Findings) -> Judged {
    ///     findings.on(bridge).with("days", 20);
    ///     JUDGED
    /// }
    /// assert_eq!(outcome(Check::Row(look)).findings[0].arguments[0].1, Value::Integer(20));
    /// ```
    pub fn with(self, name: &str, value: impl Into<Value>) -> Self {
        self.add(|detail| detail.arguments.push((name.to_owned(), value.into())))
    }

    /// What ought to stand there.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// fn look(bridge: &Row, findings: &mut Findings) -> Judged {
    ///     findings.at(bridge, LIMIT).expected(30.0);
    ///     JUDGED
    /// }
    /// assert_eq!(outcome(Check::Row(look)).findings[0].expected, Some(Value::Number(30.0)));
    /// ```
    pub fn expected(self, value: impl Into<Value>) -> Self {
        self.add(|detail| detail.expected = Some(value.into()))
    }

    /// What stands there.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// fn look(bridge: &Row, findings: &mut Findings) -> Judged {
    ///     findings.at(bridge, LIMIT).actual(bridge.number(LIMIT)?);
    ///     JUDGED
    /// }
    /// assert_eq!(outcome(Check::Row(look)).findings[0].actual, Some(Value::Number(20.5)));
    /// ```
    pub fn actual(self, value: impl Into<Value>) -> Self {
        self.add(|detail| detail.actual = Some(value.into()))
    }

    /// By how much they differ.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// fn look(bridge: &Row, findings: &mut Findings) -> Judged {
    ///     findings.at(bridge, LIMIT).difference(9.5);
    ///     JUDGED
    /// }
    /// assert_eq!(outcome(Check::Row(look)).findings[0].difference, Some(Value::Number(9.5)));
    /// ```
    pub fn difference(self, value: impl Into<Value>) -> Self {
        self.add(|detail| detail.difference = Some(value.into()))
    }

    /// The body, point, project or day it is about, where that is more than the record.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// fn look(bridge: &Row, findings: &mut Findings) -> Judged {
    ///     findings.on(bridge).subject("甲县");
    ///     JUDGED
    /// }
    /// assert_eq!(outcome(Check::Row(look)).findings[0].subject.as_deref(), Some("甲县"));
    /// ```
    pub fn subject(self, subject: impl Into<String>) -> Self {
        self.add(|detail| detail.subject = Some(subject.into()))
    }

    /// Another record that belongs to it.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// fn look(bridge: &Row, findings: &mut Findings) -> Judged {
    ///     findings.at(bridge, LIMIT).related(bridge.cell(NAME));
    ///     JUDGED
    /// }
    /// assert_eq!(outcome(Check::Row(look)).findings[0].related, [batch().row(0).cell(NAME)]);
    /// ```
    pub fn related(self, place: Place) -> Self {
        self.add(|detail| detail.related.push(place))
    }
}

pub(crate) fn days(date: NaiveDate) -> i32 {
    date::days_since_epoch(date)
}

pub(crate) fn seconds(instant: NaiveDateTime) -> i64 {
    date::seconds_since_epoch(instant)
}

#[cfg(test)]
#[path = "findings_tests.rs"]
mod tests;
