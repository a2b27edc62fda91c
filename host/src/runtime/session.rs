//! One running instance: open, push, push …, close.
//!
//! A session is used by one thread. After anything but a good answer its store is dropped; it is never entered again.

use wasmtime::{Store, Trap};

use super::bindings::mingcha::rules::{data, log};
use super::bindings::{RulePack, RulePackPre};
use super::limits::Meter;
use super::{CallError, Engine, Execution, Export, Pack, convert};
use crate::intake::ColumnData;
use crate::manifest::{Manifest, Text};

/// What one session keeps in the host.
pub(super) struct State {
    pub(super) meter: Meter,
    lines: Vec<String>,
    max_lines: usize,
    max_line_bytes: usize,
    fault: Option<String>,
}

impl log::Host for State {
    fn write(&mut self, level: log::Level, line: String) {
        let mut end = line.len().min(self.max_line_bytes);
        while !line.is_char_boundary(end) {
            end -= 1;
        }
        let line = crate::visible(&line[..end]);
        if matches!(level, log::Level::Fault) {
            self.fault = Some(line.clone());
        }
        if self.lines.len() < self.max_lines {
            self.lines.push(line);
        }
    }
}

/// A reporting period as packs see it; days since 1970-01-01.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Period {
    /// First day.
    pub first: i32,
    /// Last day.
    pub last: i32,
    /// Canonical name.
    pub name: String,
}

/// What is asked of a session.
#[derive(Clone, Debug)]
pub struct Task {
    /// Indices of the rules.
    pub rules: Vec<u16>,
    /// Which columns of which table will come.
    pub tables: Vec<(u16, Vec<u16>)>,
    /// Days since 1970-01-01.
    pub as_of: i32,
    /// The reporting period, where one was named.
    pub period: Option<Period>,
    /// A JSON object.
    pub settings: String,
    /// Findings wanted in detail, per rule.
    pub keep: u32,
}

/// A value in a finding.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Text.
    Text(String),
    /// A measurement.
    Number(f64),
    /// A count.
    Integer(i64),
    /// Units and scale.
    Decimal(i64, u8),
    /// Days since 1970-01-01.
    Date(i32),
    /// Seconds since 1970-01-01T00:00:00.
    Instant(i64),
    /// Labels of these columns of the rule's table.
    Columns(Vec<u16>),
}

/// A record, or a cell of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Index into the manifest's tables.
    pub table: u16,
    /// The id the host gave the record.
    pub id: u64,
    /// Index into the table's columns.
    pub column: Option<u16>,
}

/// One objection, checked.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// Index of the rule.
    pub rule: u16,
    /// Index of the message.
    pub message: u16,
    /// Where.
    pub at: Option<Place>,
    /// What it is about.
    pub subject: Option<String>,
    /// Named values for the message.
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
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Index of the rule.
    pub rule: u16,
    /// Units judged.
    pub applied: u64,
    /// Units objected to.
    pub failed: u64,
    /// Records left out.
    pub skipped: u64,
    /// Findings per message.
    pub findings: Vec<u64>,
}

/// What one call had to say, checked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outcome {
    /// In detail.
    pub findings: Vec<Found>,
    /// In numbers.
    pub tallies: Vec<Tally>,
}

/// What a session used.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// The most linear memory it had, in bytes.
    pub peak_memory: usize,
    /// What it wrote to the log.
    pub log: Vec<String>,
    /// Instructions it took, where they were counted.
    pub fuel: Option<u64>,
}

/// Which records a batch is of.
#[derive(Clone, Copy)]
struct Records<'i> {
    first_id: u64,
    count: u32,
    /// Empty where they run on.
    ids: &'i [u64],
}

/// A running instance.
pub struct Session<'a> {
    pack: &'a Pack,
    task: &'a Task,
    store: Store<State>,
    instance: RulePack,
    /// Taken so far, where it is counted.
    fuel: u64,
    /// The same session on the other engine.
    second: Option<Box<Session<'a>>>,
}

/// Asks a pack what it is, in an instance of its own.
pub(super) fn describe(engine: &Engine, ready: &RulePackPre<State>) -> Result<Manifest, CallError> {
    let (mut store, instance) = start(engine, ready)?;
    store.set_epoch_deadline(engine.deadline());
    let answer = instance.mingcha_rules_pack().call_describe(&mut store);
    let answer = answer.map_err(|error| call_error(engine, &store, Export::Describe, &error))?;
    Ok(convert::manifest(answer))
}

impl<'a> Session<'a> {
    /// Begins a session.
    ///
    /// # Errors
    /// Where the pack does not start, refuses, or breaks a limit.
    pub fn open(pack: &'a Pack, task: &'a Task) -> Result<Self, CallError> {
        let (store, instance) = start(&pack.engine, pack.ready()?)?;
        let second = pack.second.as_deref().map(|second| Self::open(second, task).map(Box::new)).transpose();
        let second = second.map_err(|error| disagreement(Export::Open, None, error.what()))?;
        let mut session = Self { pack, task, store, instance, fuel: 0, second };
        session.count();
        session.arm();
        let tables: Vec<_> =
            task.tables.iter().map(|(table, columns)| convert::table_columns(*table, columns)).collect();
        let asked = convert::task(task, &tables);
        let answer = session.instance.mingcha_rules_check().call_open(&mut session.store, asked);
        session.finish(Export::Open, answer)?;
        Ok(session)
    }

    /// Hands over a batch of records that run on from `first_id`; `columns` in the order of the task.
    ///
    /// # Errors
    /// Where the pack refuses, breaks a limit, or answers against the contract.
    pub fn push(
        &mut self,
        table: u16,
        first_id: u64,
        records: u32,
        columns: &[&ColumnData],
    ) -> Result<Outcome, CallError> {
        self.hand_over(table, Records { first_id, count: records, ids: &[] }, columns)
    }

    /// Hands over a batch of scattered records, by their rising ids; `columns` in the order of the task.
    ///
    /// # Errors
    /// Where the pack refuses, breaks a limit, or answers against the contract.
    pub fn push_scattered(
        &mut self,
        table: u16,
        ids: &[u64],
        columns: &[&ColumnData],
    ) -> Result<Outcome, CallError> {
        let first_id = ids.first().copied().unwrap_or_default();
        let count = u32::try_from(ids.len()).unwrap_or(u32::MAX);
        self.hand_over(table, Records { first_id, count, ids }, columns)
    }

    fn hand_over(
        &mut self,
        table: u16,
        which: Records<'_>,
        arguments: &[&ColumnData],
    ) -> Result<Outcome, CallError> {
        self.arm();
        let Records { first_id, count: records, ids } = which;
        let columns: Vec<_> = arguments.iter().map(|column| convert::column(column)).collect();
        let batch = data::Batch { table, records, first_id, ids, columns: &columns };
        let answer = self.instance.mingcha_rules_check().call_push(&mut self.store, batch);
        let outcome = self.finish(Export::Push, answer)?;
        let outcome = convert::outcome(outcome, &self.pack.manifest, self.pack.limits(), self.task)
            .map_err(|what| CallError::Answer { export: Export::Push, what })?;
        if let Some(second) = &mut self.second {
            let batch = format!("{table}:{first_id}+{records}");
            compare(Export::Push, Some(batch), &outcome, second.hand_over(table, which, arguments))?;
        }
        Ok(outcome)
    }

    /// Ends the session.
    ///
    /// # Errors
    /// Where the pack refuses, breaks a limit, or answers against the contract.
    pub fn close(mut self) -> Result<(Outcome, Usage), CallError> {
        self.arm();
        let answer = self.instance.mingcha_rules_check().call_close(&mut self.store);
        let outcome = self.finish(Export::Close, answer)?;
        let outcome = convert::outcome(outcome, &self.pack.manifest, self.pack.limits(), self.task)
            .map_err(|what| CallError::Answer { export: Export::Close, what })?;
        let fuel = self.fuel();
        if let Some(second) = self.second {
            compare(Export::Close, None, &outcome, second.close().map(|(outcome, _)| outcome))?;
        }
        let state = self.store.into_data();
        Ok((outcome, Usage { peak_memory: state.meter.peak, log: state.lines, fuel }))
    }

    /// Fuel burnt since it was opened; none on an engine that does not count.
    #[must_use]
    pub fn fuel(&self) -> Option<u64> {
        (self.pack.engine.execution == Execution::Metered).then_some(self.fuel)
    }

    fn arm(&mut self) {
        self.store.set_epoch_deadline(self.pack.engine.deadline());
        fill(&self.pack.engine, &mut self.store);
    }

    /// Adds what the last call took.
    fn count(&mut self) {
        let left = self.store.get_fuel().unwrap_or_default();
        self.fuel = self.fuel.saturating_add(self.pack.engine.limits().call_fuel.saturating_sub(left));
    }

    fn finish<T>(
        &mut self,
        export: Export,
        answer: wasmtime::Result<Result<T, String>>,
    ) -> Result<T, CallError> {
        self.count();
        match answer {
            Ok(Ok(value)) => Ok(value),
            Ok(Err(said)) => {
                Err(CallError::Refused { export, said: crate::visible(&crate::cut(&said, 500)) })
            }
            Err(error) => Err(call_error(&self.pack.engine, &self.store, export, &error)),
        }
    }
}

/// Gives the next call its instructions, where they are counted; elsewhere the store takes none.
fn fill(engine: &Engine, store: &mut Store<State>) {
    let _ = store.set_fuel(engine.limits().call_fuel);
}

fn disagreement(export: Export, batch: Option<String>, what: Text) -> CallError {
    CallError::Disagreement { export, batch, what }
}

/// Whether the other engine came to the same.
fn compare(
    export: Export,
    batch: Option<String>,
    first: &Outcome,
    second: Result<Outcome, CallError>,
) -> Result<(), CallError> {
    let second = match second {
        Ok(second) if *first == second => return Ok(()),
        Ok(second) => second,
        Err(error) => return Err(disagreement(export, batch, error.what())),
    };
    let told = |outcome: &Outcome| crate::cut(&format!("{:?} {:?}", outcome.tallies, outcome.findings), 300);
    let (first, second) = (told(first), told(&second));
    let what = Text {
        zh: format!("编译执行得到 {first},解释执行得到 {second}"),
        en: format!("compiled it gives {first}, interpreted {second}"),
    };
    Err(disagreement(export, batch, what))
}

/// Where an instance lives, with all its limits set; every session and every `describe` has one of its own.
pub(super) fn store(engine: &Engine) -> Store<State> {
    let limits = engine.limits();
    let state = State {
        meter: Meter::new(limits),
        lines: Vec::new(),
        max_lines: limits.log_lines,
        max_line_bytes: limits.log_line_bytes,
        fault: None,
    };
    let mut store = Store::new(&engine.inner, state);
    store.limiter(|state| &mut state.meter);
    store.set_hostcall_fuel(limits.answer_bytes);
    store.set_max_component_handles(1_000);
    store.epoch_deadline_trap();
    store.set_epoch_deadline(engine.deadline());
    fill(engine, &mut store);
    store
}

fn start(engine: &Engine, ready: &RulePackPre<State>) -> Result<(Store<State>, RulePack), CallError> {
    let mut store = store(engine);
    match ready.instantiate(&mut store) {
        Ok(instance) => Ok((store, instance)),
        Err(error) => Err(call_error(engine, &store, Export::Start, &error)),
    }
}

/// What went wrong, in our words; the engine's own only where we have none.
fn call_error(engine: &Engine, store: &Store<State>, export: Export, error: &wasmtime::Error) -> CallError {
    let limits = engine.limits();
    let state = store.data();
    match error.downcast_ref::<Trap>() {
        Some(Trap::Interrupt) => return CallError::Deadline { export, millis: limits.call_millis },
        Some(Trap::OutOfFuel) => return CallError::Fuel { export, units: limits.call_fuel },
        Some(Trap::StackOverflow) => return CallError::Stack { export, bytes: limits.stack_bytes },
        _ if state.meter.refused => return CallError::Memory { export, bytes: limits.memory_bytes },
        Some(trap) => {
            let said = state.fault.clone().unwrap_or_else(|| trap.to_string());
            return CallError::Trapped { export, said };
        }
        None => {}
    }
    let said = format!("{error:#}");
    if said.contains("too much data") || said.contains("fuel") {
        return CallError::AnswerTooLarge { export, bytes: limits.answer_bytes };
    }
    CallError::Trapped { export, said: crate::visible(&crate::cut(&said, 500)) }
}
