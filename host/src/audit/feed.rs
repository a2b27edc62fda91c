//! Reading every part once and handing its columns to the sessions that want them.
//!
//! Per table, workers take chunks in order. Each feeds the sessions of its own for rules that judge records alone, then
//! waits for its turn to feed the one session of the rules that must see everything, so that records reach it in order
//! while other chunks are being read.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use super::collect::Collected;
use super::feeds::{Feed, feeds};
use super::plan::{Pass, Plan, table_match};
use super::{Phase, Progress, Request, Stopwatch};
use crate::intake::{Batch, ColumnData, Intake, Reading};
use crate::manifest::Text;
use crate::runtime::{CallError, Export, Pack, Session, Task};

/// Bits of a record's id that count records within a part.
const RECORD_BITS: u32 = 40;

/// The id of a record: its part, and its number within it.
#[must_use]
pub(crate) fn record_id(part: usize, record: u64) -> u64 {
    ((part as u64) << RECORD_BITS) | record
}

/// The part and the number behind an id.
#[must_use]
pub(super) fn part_and_record(id: u64) -> (usize, u64) {
    (usize::try_from(id >> RECORD_BITS).unwrap_or(usize::MAX), id & ((1 << RECORD_BITS) - 1))
}

/// What all feeds share.
struct Run<'a> {
    packs: &'a [Pack],
    intake: &'a Intake,
    plan: &'a Plan,
    tasks: &'a [Task],
    progress: Progress<'a>,
    watch: Option<&'a Stopwatch>,
    records: u64,
    done: Mutex<u64>,
    collected: Mutex<Collected>,
}

/// Feeds every table that some rule judges, or looks things up in.
pub(super) fn feed(
    packs: &[Pack],
    intake: &Intake,
    plan: &Plan,
    request: &Request,
    (progress, watch): (Progress<'_>, Option<&Stopwatch>),
) -> Collected {
    let feeds = feeds(packs, intake, plan, request);
    let records = |feed: &Feed<'_>| feed.records(intake);
    let tasks: Vec<Task> = plan.passes.iter().map(|pass| task(packs, pass, request)).collect();
    let run = Run {
        packs,
        intake,
        plan,
        tasks: &tasks,
        progress,
        watch,
        records: feeds.iter().map(records).sum(),
        done: Mutex::new(0),
        collected: Mutex::new(Collected::new(request.keep)),
    };
    for feed in &feeds {
        run.feed_table(feed, request.jobs);
    }
    run.collected.into_inner().unwrap_or_else(PoisonError::into_inner)
}

/// What is asked of the sessions of a pass.
pub(crate) fn task(packs: &[Pack], pass: &Pass, request: &Request) -> Task {
    let mut tables = pass.beside.clone();
    tables.push((pass.table, pass.columns.clone()));
    let settings = request.settings.get(&packs[pass.pack].manifest.id).cloned();
    Task {
        rules: pass.rules.clone(),
        tables,
        as_of: request.as_of,
        period: request.period.clone(),
        settings: settings.unwrap_or_else(|| "{}".to_owned()),
        keep: request.keep,
    }
}

/// The sessions that must see everything, and whose turn it is to feed them.
struct Whole<'a> {
    turn: usize,
    /// A worker panicked: its turn will never end, so nobody waits for it.
    broken: bool,
    sessions: Vec<(usize, Option<Session<'a>>)>,
}

/// Frees those who wait for a worker that panics.
struct Guard<'w, 'a> {
    whole: &'w Mutex<Whole<'a>>,
    turned: &'w Condvar,
}

impl Drop for Guard<'_, '_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            lock(self.whole).broken = true;
            self.turned.notify_all();
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl<'a> Run<'a> {
    fn feed_table(&self, feed: &Feed<'_>, jobs: usize) {
        let next = AtomicUsize::new(0);
        let sessions = feed.whole.iter().map(|&pass| (pass, self.open(pass))).collect();
        let whole = Mutex::new(Whole { turn: 0, broken: false, sessions });
        let turned = Condvar::new();
        let workers = jobs.clamp(1, feed.chunks.len().max(1));
        std::thread::scope(|scope| {
            for _ in 1..workers {
                scope.spawn(|| self.work(feed, &next, &whole, &turned));
            }
            self.work(feed, &next, &whole, &turned);
        });
        let whole = whole.into_inner().unwrap_or_else(PoisonError::into_inner);
        self.close_all(whole.sessions);
    }

    /// One worker: chunk after chunk, until there are no more.
    fn work(&self, feed: &Feed<'_>, next: &AtomicUsize, whole: &Mutex<Whole<'a>>, turned: &Condvar) {
        let _guard = Guard { whole, turned };
        let mut sessions: Vec<(usize, Option<Session<'a>>)> = Vec::new();
        let mut reading = None;
        loop {
            let position = next.fetch_add(1, Ordering::Relaxed);
            let Some(&(part, chunk)) = feed.chunks.get(position) else { break };
            if sessions.is_empty() {
                sessions = feed.split.iter().map(|&pass| (pass, self.open(pass))).collect();
            }
            let batch = self.read(feed, part, chunk, &mut reading);
            if let Some(batch) = &batch {
                self.push_all(&mut sessions, feed, position, batch);
            }
            let mut whole = lock(whole);
            while whole.turn != position && !whole.broken {
                whole = turned.wait(whole).unwrap_or_else(PoisonError::into_inner);
            }
            if let Some(batch) = &batch {
                self.push_all(&mut whole.sessions, feed, position, batch);
                self.report_progress(batch.records);
            }
            whole.turn += 1;
            turned.notify_all();
        }
        self.close_all(sessions);
    }

    /// Reads a chunk; a worker goes on with the reading of a part that it has begun.
    fn read<'r>(
        &'r self,
        feed: &'r Feed<'_>,
        part: usize,
        chunk: usize,
        reading: &mut Option<Reading<'r>>,
    ) -> Option<Batch> {
        let matched = table_match(self.intake, part, feed.pack, feed.table)?;
        let source = &self.intake.parts[part];
        let mut begun = reading.take().filter(|reading| reading.is_of(source));
        let reading = reading
            .insert(begun.take().unwrap_or_else(|| source.reading(matched, feed.declared, &feed.columns)));
        let mut batch = self.reading(|| reading.read(chunk));
        batch.unreadable.retain(|cell| !self.is_reported_by_a_rule(feed, part, cell.column));
        lock(&self.collected).cells(feed.pack, feed.table, part, &batch);
        Some(batch)
    }

    /// Reads records, under the watch where there is one.
    fn reading(&self, read: impl FnOnce() -> Batch) -> Batch {
        match self.watch {
            Some(watch) => watch.during(Phase::Read, read, |batch| batch.records as u64),
            None => read(),
        }
    }

    /// Calls a session of this pass that judges so many records, under the watch where there is one.
    fn checking<T>(&self, pass: &Pass, records: u64, call: impl FnOnce() -> T) -> T {
        let began = Instant::now();
        let answer = call();
        if let Some(watch) = self.watch {
            watch.checked(pass, began, records);
        }
        answer
    }

    /// A rule that runs on this part objects to unreadable cells of this column itself.
    fn is_reported_by_a_rule(&self, feed: &Feed<'_>, part: usize, column: u16) -> bool {
        let rules = &self.packs[feed.pack].manifest.rules;
        let reports = |rule: &u16| rules[usize::from(*rule)].reports_unreadable.contains(&column);
        let passes = feed.split.iter().chain(&feed.whole).map(|pass| &self.plan.passes[*pass]);
        passes.into_iter().any(|pass| pass.parts.contains(&part) && pass.rules.iter().any(reports))
    }

    fn report_progress(&self, records: usize) {
        let mut done = lock(&self.done);
        *done += records as u64;
        (self.progress)(*done, self.records);
    }

    /// A session of this pass that has seen its reference tables; none where it failed.
    fn open(&self, index: usize) -> Option<Session<'a>> {
        match self.open_pass(index) {
            Ok(session) => Some(session),
            Err(error) => {
                self.fail(index, 0, error);
                None
            }
        }
    }

    fn open_pass(&self, index: usize) -> Result<Session<'a>, CallError> {
        let pass = &self.plan.passes[index];
        let open = || Session::open(&self.packs[pass.pack], &self.tasks[index]);
        let mut session = self.checking(pass, 0, open)?;
        for (table, columns) in &pass.beside {
            let declared = &self.packs[pass.pack].manifest.tables[usize::from(*table)];
            for part in 0..self.intake.parts.len() {
                let Some(matched) = table_match(self.intake, part, pass.pack, *table) else { continue };
                let mut reading = self.intake.parts[part].reading(matched, declared, columns);
                for chunk in 0..self.intake.parts[part].chunks() {
                    let batch = self.reading(|| reading.read(chunk));
                    let all: Vec<&ColumnData> = batch.columns.iter().collect();
                    let outcome = self
                        .checking(pass, 0, || push(&mut session, *table, part, &batch, &all))
                        .map_err(|error| self.named(error, part, &batch))?;
                    let outcome = self.sound(pass, outcome, Export::Push, 0)?;
                    lock(&self.collected).outcome(pass, outcome);
                }
            }
        }
        Ok(session)
    }

    fn push_all(
        &self,
        sessions: &mut [(usize, Option<Session<'a>>)],
        feed: &Feed<'_>,
        position: usize,
        batch: &Batch,
    ) {
        let part = feed.chunks[position].0;
        for (index, slot) in sessions {
            let pass = &self.plan.passes[*index];
            let Some(session) = slot else { continue };
            if !pass.parts.contains(&part) {
                continue;
            }
            let columns = project(&feed.columns, &pass.columns, batch);
            let push = || push(session, pass.table, part, batch, &columns);
            let answer = self.checking(pass, batch.records as u64, push);
            match answer.and_then(|outcome| self.sound(pass, outcome, Export::Push, batch.records as u64)) {
                Ok(outcome) => lock(&self.collected).outcome(pass, outcome),
                Err(error) => {
                    self.fail(*index, position + 1, self.named(error, part, batch));
                    *slot = None;
                }
            }
        }
    }

    fn close_all(&self, sessions: Vec<(usize, Option<Session<'a>>)>) {
        for (index, session) in sessions {
            let Some(session) = session else { continue };
            let pass = &self.plan.passes[index];
            let closed = self.checking(pass, 0, || session.close()).and_then(|(outcome, usage)| {
                lock(&self.collected).used(pass, &usage);
                if let Some(watch) = self.watch {
                    watch.said(pass.pack, usage.log);
                }
                self.sound(pass, outcome, Export::Close, 0)
            });
            match closed {
                Ok(outcome) => lock(&self.collected).outcome(pass, outcome),
                Err(error) => self.fail(index, usize::MAX, error),
            }
        }
    }

    /// A finding must name a record that was handed over, and rules that judge each record alone must have judged no
    /// others than the `records` of this call: else what they find would depend on how the work was split.
    fn sound(
        &self,
        pass: &Pass,
        outcome: crate::runtime::Outcome,
        export: Export,
        records: u64,
    ) -> Result<crate::runtime::Outcome, CallError> {
        let judged = outcome.tallies.iter().map(|tally| tally.applied.max(tally.skipped)).max().unwrap_or(0);
        if pass.splittable && judged > records {
            let what = Text::of(
                format!("交给它 {records} 条记录,却说判定了 {judged} 条"),
                format!("{judged} records judged where {records} were sent"),
            );
            return Err(CallError::Answer { export, what });
        }
        let places = outcome.findings.iter().flat_map(|found| found.at.iter().chain(&found.related));
        for place in places {
            let (part, record) = part_and_record(place.id);
            let known = part < self.intake.parts.len()
                && table_match(self.intake, part, pass.pack, place.table).is_some()
                && (1..=self.intake.parts[part].records()).contains(&record);
            if !known {
                let (id, table) = (place.id, place.table);
                let what = Text::of(
                    format!("有一条明细指向没有交给它的记录 {id}(表 {table})"),
                    format!("a finding names record {id} of table {table}, which was not sent"),
                );
                return Err(CallError::Answer { export, what });
            }
        }
        Ok(outcome)
    }

    /// A disagreement of engines names the file and the records it is about.
    fn named(&self, error: CallError, part: usize, batch: &Batch) -> CallError {
        let CallError::Disagreement { export, what, .. } = error else { return error };
        let part = &self.intake.parts[part];
        let sheet = part.sheet.as_deref().map(|sheet| format!(" {sheet}")).unwrap_or_default();
        let last = batch.first_record + batch.records as u64 - 1;
        let batch = format!("{}{sheet} [{}–{last}]", self.intake.inputs[part.input].path, batch.first_record);
        CallError::Disagreement { export, batch: Some(batch), what }
    }

    fn fail(&self, index: usize, position: usize, error: CallError) {
        lock(&self.collected).failed(index, position, error);
    }
}

/// Of the columns that were read, those that are wanted, in the order they are wanted.
fn project<'b>(read: &[u16], wanted: &[u16], batch: &'b Batch) -> Vec<&'b ColumnData> {
    let position = |column: &u16| read.binary_search(column).ok();
    wanted.iter().filter_map(position).map(|position| &batch.columns[position]).collect()
}

fn push(
    session: &mut Session<'_>,
    table: u16,
    part: usize,
    batch: &Batch,
    columns: &[&ColumnData],
) -> Result<crate::runtime::Outcome, CallError> {
    let records = u32::try_from(batch.records).unwrap_or(u32::MAX);
    session.push(table, record_id(part, batch.first_record), records, columns)
}
