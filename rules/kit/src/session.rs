//! One session: the rules of a task over the batches of its tables.
//!
//! Knows nothing of WebAssembly, so that the same rules run natively, in benchmarks and in an author's debugger.

use std::collections::HashMap;
use std::rc::Rc;

use chrono::NaiveDate;

use crate::batch::BatchData;
use crate::spellings::Spellings;
use crate::together::Known;
use crate::{
    Batch, Check, Column, Findings, Glance, Inspection, Outcome, Pack, Row, Rule, Screen, Settings, incoming,
};

/// The reporting period the audit speaks of.
///
/// ```
/// # use mingcha_kit::{example::*, prelude::*};
/// use mingcha_kit::ReportingPeriod;
///
/// let (first, last) = (day(2016, 7, 1), day(2016, 9, 30));
/// let task = Task { period: Some(ReportingPeriod { first, last, name: "2016Q3".to_owned() }), ..task() };
/// assert!(task.period.is_some_and(|period| period.last < task.as_of));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportingPeriod {
    /// First day.
    pub first: NaiveDate,
    /// Last day.
    pub last: NaiveDate,
    /// Canonical name, `2016Q3`.
    pub name: String,
}

/// What the host asks of a session.
///
/// ```
/// # use mingcha_kit::{example::*, prelude::*};
/// fn opened_after(bridge: &Row, findings: &mut Findings) -> Judged {
///     if bridge.date(OPENED)? > bridge.task().as_of {
///         findings.at(bridge, OPENED);
///     }
///     JUDGED
/// }
/// assert!(outcome(Check::Row(opened_after)).findings.is_empty());
/// ```
#[derive(Clone, Debug)]
pub struct Task {
    /// The day the audit speaks of: rules have no clock.
    pub as_of: NaiveDate,
    /// The reporting period, where one was named.
    pub period: Option<ReportingPeriod>,
    /// What the user set.
    pub settings: Settings,
    /// Findings kept in detail per rule.
    pub keep: usize,
    /// Names of the tables that will be pushed: a reference table not among them was not handed in.
    pub tables: Vec<&'static str>,
}

impl Task {
    /// The working days, with what the user says of them in the setting `calendar-days`.
    ///
    /// ```
    /// use mingcha_kit::{Settings, prelude::*};
    /// let as_of = NaiveDate::from_ymd_opt(2016, 11, 30).expect("a day");
    /// let task = Task { as_of, period: None, settings: Settings::default(), keep: 10, tables: Vec::new() };
    /// assert_eq!(task.calendar().is_working_day(as_of), Some(true));
    /// ```
    #[must_use]
    pub fn calendar(&self) -> &mingcha_values::calendar::Calendar {
        self.settings.calendar()
    }

    /// Whether this table was handed in.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// assert!(task().has(&BRIDGES));
    /// ```
    #[must_use]
    pub fn has(&self, table: &crate::Table) -> bool {
        self.tables.contains(&table.name)
    }
}

/// A rule at work.
struct Running {
    rule: &'static Rule,
    findings: Findings,
    inspection: Option<Box<dyn Inspection>>,
    /// Screens are asked; else every record is looked at.
    screened: bool,
}

/// The rules of one task at work.
///
/// ```
/// # use mingcha_kit::{example::*, prelude::*};
/// use mingcha_kit::{Pack, Session};
///
/// static UNOPENED: Rule = Rule {
///     over: Reading::of(&BRIDGES, &[]).and_optional(&[OPENED]),
///     messages: &[Message::new("{name}", "{name}")],
///     check: Check::Row(|bridge, findings| {
///         if bridge.is_blank(OPENED) {
///             findings.on(bridge);
///         }
///         JUDGED
///     }),
///     ..Rule::EMPTY
/// };
/// static PACK: Pack = Pack {
///     id: "bridges",
///     version: "0.1.0",
///     title: text("桥梁", "Bridges"),
///     tables: &[&BRIDGES],
///     rules: &[&UNOPENED],
///     references: &[],
///     settings: &[],
/// };
///
/// let all = BRIDGES.columns.iter().map(|column| column.index).collect();
/// let mut session = Session::open(&PACK, &[0], [(0, all)].into(), task())?;
/// assert_eq!(session.push(0, records())?.findings.len(), 1);
/// assert!(session.close().findings.is_empty());
/// # Ok::<(), String>(())
/// ```
pub struct Session {
    pack: &'static Pack,
    task: Rc<Task>,
    running: Vec<Running>,
    spellings: Spellings,
    orders: HashMap<u16, Vec<u16>>,
    batches: u64,
    known: Rc<Known>,
}

impl Session {
    /// Begins a session of the pack's rules with these indices; `orders` says which columns of which table come, and
    /// in which order.
    ///
    /// # Errors
    /// A sentence, where an index is out of range, a column a rule reads is not announced, or a setting is not what the pack
    /// declared.
    ///
    /// ```
    /// # use mingcha_kit::example::*;
    /// # static PACK: mingcha_kit::Pack = mingcha_kit::example::PACK;
    /// assert!(mingcha_kit::Session::open(&PACK, &[7], [].into(), task()).is_err()); // there is no rule 7
    /// ```
    pub fn open(
        pack: &'static Pack,
        rules: &[u16],
        orders: HashMap<u16, Vec<u16>>,
        task: Task,
    ) -> Result<Self, String> {
        task.settings.check(pack.settings)?;
        incoming::announced(pack, rules, &orders)?;
        let spellings = Spellings::of(pack, &task.settings);
        let task = Rc::new(task);
        let running = rules.iter().map(|&index| start(pack, index, &task)).collect::<Result<_, _>>()?;
        Ok(Self { pack, task, running, spellings, orders, batches: 0, known: Rc::default() })
    }

    /// Looks at every record by itself, as if no rule had a [`Screen`]: the same is found, only slower.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// # use std::collections::HashMap;
    /// # use mingcha_kit::Session;
    /// let session = Session::open(&PACK, &[], HashMap::new(), task()).expect("a session").unscreened();
    /// ```
    #[must_use]
    pub fn unscreened(mut self) -> Self {
        self.running.iter_mut().for_each(|running| running.screened = false);
        self
    }

    /// Takes a batch of a table: reference tables first and whole, then the rules' own.
    ///
    /// # Errors
    /// A sentence, where the batch is not what the task announced.
    ///
    /// ```
    /// # use mingcha_kit::example::*;
    /// # static PACK: mingcha_kit::Pack = mingcha_kit::example::PACK;
    /// let all = BRIDGES.columns.iter().map(|column| column.index).collect();
    /// let mut session = mingcha_kit::Session::open(&PACK, &[], [(0, all)].into(), task())?;
    /// assert!(session.push(0, records())?.findings.is_empty());
    /// # Ok::<(), String>(())
    /// ```
    pub fn push(&mut self, table_index: u16, mut data: BatchData) -> Result<Outcome, String> {
        let Some(order) = self.orders.get(&table_index) else {
            return Err(format!("table {table_index} was not announced"));
        };
        let table = self.pack.tables[usize::from(table_index)];
        incoming::fits(table, order, &data)?;
        self.spellings.apply(table, order, &mut data);
        self.batches += 1;
        let shared = (Rc::clone(&self.task), Rc::clone(&self.known));
        let batch = Batch::new((table_index, table), order, data, shared, self.batches);
        let mut outcome = Outcome::default();
        for running in &mut self.running {
            running.take(&batch);
            running.findings.take(&mut outcome);
        }
        Ok(outcome)
    }

    /// Ends the session.
    ///
    /// ```
    /// # use mingcha_kit::example::*;
    /// # static PACK: mingcha_kit::Pack = mingcha_kit::example::PACK;
    /// let all = BRIDGES.columns.iter().map(|column| column.index).collect();
    /// let mut session = mingcha_kit::Session::open(&PACK, &[], [(0, all)].into(), task())?;
    /// assert!(session.close().findings.is_empty());
    /// # Ok::<(), String>(())
    /// ```
    pub fn close(&mut self) -> Outcome {
        let mut outcome = Outcome::default();
        for running in &mut self.running {
            if let Some(inspection) = &mut running.inspection {
                inspection.close(&mut running.findings);
            }
            running.findings.take(&mut outcome);
        }
        outcome
    }
}

fn start(pack: &'static Pack, index: u16, task: &Rc<Task>) -> Result<Running, String> {
    let Some(&rule) = pack.rules.get(usize::from(index)) else {
        return Err(format!("the pack has no rule {index}"));
    };
    let inspection = match rule.check {
        Check::Inspection(new) => Some(new(task)),
        Check::Row(_) | Check::Batch(_) => None,
    };
    Ok(Running { rule, findings: Findings::new(index, rule, Rc::clone(task)), inspection, screened: true })
}

impl Running {
    fn take(&mut self, batch: &Batch) {
        if !batch.is_of(self.rule.over.table) {
            if let Some(inspection) = &mut self.inspection
                && self.rule.beside.iter().any(|reading| batch.is_of(reading.table))
            {
                inspection.beside(batch);
            }
            return;
        }
        if let Check::Batch(check) = self.rule.check {
            check(batch, &mut self.findings);
            return;
        }
        let guarded = self.guarded_columns(batch);
        if guarded.is_empty()
            && self.screened
            && let Some(screen) = self.screen(batch)
        {
            return self.look_closely(batch, &screen);
        }
        for row in batch.rows() {
            if guarded.iter().any(|&column| row.state(column) == crate::State::Unreadable) {
                self.findings.skip();
            } else {
                self.judge(&row);
            }
        }
    }

    fn screen(&mut self, batch: &Batch) -> Option<Screen> {
        match &mut self.inspection {
            Some(inspection) => inspection.screen(batch, &mut self.findings),
            None => self.rule.screen.map(|screen| screen(batch)),
        }
    }

    /// Judges the records that a screen does not know; counts those it lets pass.
    fn look_closely(&mut self, batch: &Batch, screen: &Screen) {
        match screen {
            Screen::All(Glance::Look) => batch.rows().for_each(|row| self.judge(&row)),
            Screen::All(Glance::Passes) => self.findings.count(batch.len() as u64, 0),
            Screen::All(Glance::Aside) => {}
            Screen::Sifted { passed, look } => {
                self.findings.count(*passed, 0);
                look.iter().for_each(|&index| self.judge(&batch.row(index as usize)));
            }
        }
    }

    fn judge(&mut self, row: &Row) {
        let Self { rule, findings, inspection, .. } = self;
        match (rule.check, inspection) {
            (Check::Row(check), _) => findings.judge(|findings| check(row, findings)),
            (_, Some(inspection)) => findings.judge(|findings| inspection.record(row, findings)),
            _ => {}
        }
    }

    /// Columns the rule reads values of, of which this batch has unreadable cells.
    fn guarded_columns(&self, batch: &Batch) -> Vec<Column> {
        let rule = self.rule;
        let unmoved = |column: &Column| {
            rule.reports_unreadable.contains(column) || rule.accepts_unreadable.contains(column)
        };
        let read = rule.over.columns.iter().chain(rule.over.optional);
        read.filter(|column| !unmoved(column) && batch.has_unreadable(**column)).copied().collect()
    }
}

#[cfg(test)]
#[path = "session_tests.rs"]
mod tests;
