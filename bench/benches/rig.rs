//! The same rules over the same columns, in the sandbox and in native code, fed alike by one loop.

use std::collections::{BTreeSet, HashMap};
use std::path::PathBuf;

use mingcha::audit::plan::{self, Pass, Plan, typed_columns};
use mingcha::audit::{self, Request};
use mingcha::intake::{self, Batch, Cells, ColumnData, Intake, Manner, Options};
use mingcha::runtime::{Cache, Engine, Origin, Pack, Session, Task};
use mingcha_kit::batch::BatchData;
use mingcha_kit::{self as kit, Settings, TextData};

/// 2017-12-01.
pub(crate) const AS_OF: i32 = 17_501;

/// What is checked, and with what.
pub(crate) struct Rig {
    pub(crate) packs: Vec<Pack>,
    pub(crate) paths: Vec<PathBuf>,
}

/// Files that were read, and what is to be done with them.
pub(crate) struct Ready {
    pub(crate) intake: Intake,
    plan: Plan,
}

/// Whether the batches of a table are wanted.
type Wanted<'a> = &'a dyn Fn(u16) -> bool;

/// Takes a batch: its part, its columns, and itself.
type Take<'a> = &'a mut dyn FnMut(usize, &[u16], &Batch);

/// Where rules run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Where {
    Sandbox,
    Native,
}

enum Running<'a> {
    Sandbox(Session<'a>),
    Native(Box<kit::Session>),
}

pub(crate) fn request(jobs: usize) -> Request {
    Request::on(AS_OF, jobs)
}

impl Rig {
    pub(crate) fn new(engine: &Engine, paths: Vec<PathBuf>) -> Self {
        let of = mingcha_bundle::PACKS.iter().filter(|pack| pack.name == "env-self-monitoring");
        let load = |pack: &mingcha_bundle::Bundled| {
            Pack::load(engine, &Cache::of_the_user(), pack.name, pack.bytes, Origin::BuiltIn).expect("a pack")
        };
        Self { packs: of.map(load).collect(), paths }
    }

    pub(crate) fn understand(&self, jobs: usize) -> Intake {
        let manner = Manner { jobs, ..Manner::default() };
        intake::read(&self.paths, &audit::offers(&self.packs), &Options { manner, ..Options::default() })
    }

    pub(crate) fn ready(&self) -> Ready {
        let intake = self.understand(1);
        let plan = plan::plan(&self.packs, &intake, &request(1));
        Ready { intake, plan }
    }

    /// The product's own run.
    pub(crate) fn run(&self, jobs: usize) -> audit::RunRecord {
        let intake = self.understand(jobs);
        audit::run(&self.packs, &intake, &request(jobs), &|_, _| {})
    }

    /// Reads every record, as columns that rules ask for, and hands each batch over.
    pub(crate) fn each_batch(
        &self,
        ready: &Ready,
        wanted: impl Fn(u16) -> bool,
        visit: &mut dyn FnMut(usize, &[u16], Batch),
    ) {
        for (index, part) in ready.intake.parts.iter().enumerate() {
            let matched = &part.matches[0];
            if !wanted(matched.table) {
                continue;
            }
            let columns = self.columns(ready, matched.table);
            let declared = &self.packs[0].manifest.tables[usize::from(matched.table)];
            let mut reading = part.reading(matched, declared, &columns);
            for chunk in 0..part.chunks() {
                visit(index, &columns, reading.read(chunk));
            }
        }
    }

    fn columns(&self, ready: &Ready, table: u16) -> Vec<u16> {
        let mut columns: BTreeSet<u16> = typed_columns(&self.packs, &ready.intake, 0, table);
        for pass in &ready.plan.passes {
            columns.extend(pass.columns.iter().filter(|_| pass.table == table));
            columns
                .extend(pass.beside.iter().filter(|beside| beside.0 == table).flat_map(|beside| &beside.1));
        }
        columns.into_iter().collect()
    }

    /// Tasks of the passes; without rules, so that batches are only handed over, if so asked.
    pub(crate) fn tasks(&self, ready: &Ready, with_rules: bool) -> Vec<Task> {
        let task = |pass: &Pass| {
            let mut tables = pass.beside.clone();
            tables.push((pass.table, pass.columns.clone()));
            let rules = if with_rules { pass.rules.clone() } else { Vec::new() };
            let settings = "{}".to_owned();
            Task { rules, tables, as_of: AS_OF, period: None, settings, keep: 1_000 }
        };
        ready.plan.passes.iter().map(task).collect()
    }

    /// Runs all rules over batches that `feed` gives, reference tables first; how many units failed.
    pub(crate) fn check(
        &self,
        ready: &Ready,
        tasks: &[Task],
        place: Where,
        feed: &dyn Fn(Wanted<'_>, Take<'_>),
    ) -> u64 {
        let mut failed = 0;
        let mut running: Vec<Running<'_>> = tasks.iter().map(|task| self.open(task, place)).collect();
        for judged in [false, true] {
            // Reference tables are what some pass looks things up in; a table may be both.
            let wanted = |table: u16| {
                let looks_up = |pass: &Pass| pass.beside.iter().any(|beside| beside.0 == table);
                ready.plan.passes.iter().any(|pass| if judged { pass.table == table } else { looks_up(pass) })
            };
            feed(&wanted, &mut |part, columns, batch| {
                let table = ready.intake.parts[part].matches[0].table;
                for ((running, pass), task) in running.iter_mut().zip(&ready.plan.passes).zip(tasks) {
                    let Some((_, wanted)) = task.tables.iter().find(|(sent, _)| *sent == table) else {
                        continue;
                    };
                    if (pass.table == table) == judged {
                        failed += running.push(table, part, batch, &project(columns, wanted, batch));
                    }
                }
            });
        }
        failed + running.into_iter().map(Running::close).sum::<u64>()
    }

    fn open<'a>(&'a self, task: &'a Task, place: Where) -> Running<'a> {
        if place == Where::Sandbox {
            return Running::Sandbox(Session::open(&self.packs[0], task).expect("a session"));
        }
        let pack = &env_self_monitoring::PACK;
        let asked = kit::Task {
            as_of: mingcha_values::date::from_days(task.as_of).expect("a day"),
            period: None,
            settings: Settings::parse("{}").expect("settings"),
            keep: task.keep as usize,
            tables: task.tables.iter().map(|(table, _)| pack.tables[usize::from(*table)].name).collect(),
        };
        let orders: HashMap<u16, Vec<u16>> = task.tables.iter().cloned().collect();
        Running::Native(Box::new(kit::Session::open(pack, &task.rules, orders, asked).expect("a session")))
    }
}

impl Running<'_> {
    fn push(&mut self, table: u16, part: usize, batch: &Batch, columns: &[&ColumnData]) -> u64 {
        let first_id = (part as u64) << 40 | batch.first_record;
        match self {
            Self::Sandbox(session) => {
                let outcome =
                    session.push(table, first_id, batch.records as u32, columns).expect("an answer");
                outcome.tallies.iter().map(|tally| tally.failed).sum()
            }
            Self::Native(session) => {
                let columns = columns.iter().map(|column| native(column)).collect();
                let data = BatchData { records: batch.records, first_id, ids: Vec::new(), columns };
                let outcome = session.push(table, data).expect("an answer");
                outcome.tallies.iter().map(|tally| tally.failed).sum()
            }
        }
    }

    fn close(self) -> u64 {
        match self {
            Self::Sandbox(session) => {
                session.close().expect("an answer").0.tallies.iter().map(|tally| tally.failed).sum()
            }
            Self::Native(mut session) => session.close().tallies.iter().map(|tally| tally.failed).sum(),
        }
    }
}

fn project<'b>(read: &[u16], wanted: &[u16], batch: &'b Batch) -> Vec<&'b ColumnData> {
    let position = |column: &u16| read.binary_search(column).expect("a column that was read");
    wanted.iter().map(|column| &batch.columns[position(column)]).collect()
}

/// A copy, as a pack gets one.
pub(crate) fn native(column: &ColumnData) -> kit::ColumnData {
    let cells = match &column.cells {
        Cells::Text { offsets, heap } => {
            kit::Cells::Text(TextData { offsets: offsets.clone(), heap: heap.clone() })
        }
        Cells::Dictionary { codes, offsets, heap } => {
            let values = TextData { offsets: offsets.clone(), heap: heap.clone() };
            kit::Cells::Dictionary(codes.clone(), values)
        }
        Cells::Number(values) => kit::Cells::Number(values.clone()),
        Cells::Integer(values) => kit::Cells::Integer(values.clone()),
        Cells::Decimal(values) => kit::Cells::Decimal(values.clone()),
        Cells::Date(values) => kit::Cells::Date(values.clone()),
        Cells::Instant(values) => kit::Cells::Instant(values.clone()),
        Cells::Flag(values) => kit::Cells::Flag(values.clone()),
    };
    kit::ColumnData { cells, states: column.states.clone() }
}
