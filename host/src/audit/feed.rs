//! Reading every part once and handing its columns to the sessions that want them.
//!
//! Per table, workers take chunks in order. Each feeds the sessions of its own for rules that judge records alone, then
//! waits for its turn at each *line* of the others, so that records reach these in order while other chunks are being
//! read. Rules that must see everything have one session, in the first line; those that judge groups have one there too,
//! or one in each line, and each record is dealt to one of them by its key.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use super::collect::Collected;
use super::feeds::{Feed, feeds};
use super::lines::{Guard, Line, Slot, each_of, lock};
use super::plan::{Pass, Plan, table_match};
use super::spread::{Share, spread};
use super::{Phase, Progress, Request, Stopwatch};
use crate::intake::{Batch, Intake, Reading};
use crate::runtime::{Pack, Task};

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
pub(super) struct Run<'a> {
    pub(super) packs: &'a [Pack],
    pub(super) intake: &'a Intake,
    pub(super) shares: &'a [Share],
    pub(super) tasks: &'a [Task],
    pub(super) jobs: usize,
    pub(super) progress: Progress<'a>,
    pub(super) watch: Option<&'a Stopwatch>,
    pub(super) records: u64,
    pub(super) done: Mutex<u64>,
    pub(super) collected: Mutex<Collected>,
}

/// Feeds every table that some rule judges, or looks things up in; rules that judge groups over so many instances, if it
/// is given.
///
/// Where a pack fails over several instances, all rules of the pass are asked again in one: what they do there counts, so
/// that nobody sees on how many it ran.
pub(super) fn feed(
    packs: &[Pack],
    intake: &Intake,
    plan: &Plan,
    request: &Request,
    (progress, watch): (Progress<'_>, Option<&Stopwatch>),
    instances: Option<usize>,
) -> Collected {
    // Times are to be of the rules alone, whatever the threads.
    let instances = if watch.is_some() { Some(1) } else { instances };
    let shares = spread((packs, intake), plan, request, instances);
    let collected = Collected::new(request.keep, packs);
    let mut collected = feed_shares((packs, intake), &shares, request, (progress, watch), collected);
    let dealt = |pass: &usize| {
        shares.iter().filter(|share| share.of == *pass).map(|share| share.instances).sum::<usize>() > 1
    };
    let again: Vec<usize> = collected.failures.keys().copied().filter(dealt).collect();
    for &pass in &again {
        collected.forget(pass, &plan.passes[pass]);
    }
    let again: Vec<Share> = again.into_iter().map(|pass| Share::whole(plan, pass)).collect();
    if again.is_empty() {
        return collected;
    }
    collected.hears_of_cells = false;
    feed_shares((packs, intake), &again, request, (&|_, _| {}, None), collected)
}

fn feed_shares(
    (packs, intake): (&[Pack], &Intake),
    shares: &[Share],
    request: &Request,
    (progress, watch): (Progress<'_>, Option<&Stopwatch>),
    collected: Collected,
) -> Collected {
    let feeds = feeds(packs, intake, shares, request);
    let records = |feed: &Feed<'_>| feed.records(intake);
    let tasks: Vec<Task> = shares.iter().map(|share| task(packs, &share.pass, request)).collect();
    let run = Run {
        packs,
        intake,
        shares,
        tasks: &tasks,
        jobs: request.jobs,
        progress,
        watch,
        records: feeds.iter().map(records).sum(),
        done: Mutex::new(0),
        collected: Mutex::new(collected),
    };
    for feed in &feeds {
        run.feed_table(feed);
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

impl<'a> Run<'a> {
    fn feed_table(&self, feed: &Feed<'_>) {
        let next = AtomicUsize::new(0);
        let lines = self.lines(feed);
        let workers = self.jobs.clamp(1, feed.chunks.len().max(1));
        std::thread::scope(|scope| {
            for _ in 1..workers {
                scope.spawn(|| self.work(feed, &next, &lines));
            }
            self.work(feed, &next, &lines);
        });
        let slots: Vec<Slot<'a>> = lines.into_iter().flat_map(Line::into_slots).collect();
        each_of(slots, self.jobs, |slot| self.close(slot));
    }

    /// The sessions that are fed in turn, opened: the first of each share in the first line, and so on.
    fn lines(&self, feed: &Feed<'_>) -> Vec<Line<'a>> {
        let instances = |share: &usize| self.shares[*share].instances;
        let count = feed.in_turn.iter().map(instances).max().unwrap_or(0);
        let of_line = |line| feed.in_turn.iter().filter(move |share| line < instances(share));
        let wanted = (0..count).flat_map(|line| of_line(line).map(move |share| (*share, line))).collect();
        let mut slots =
            each_of(wanted, self.jobs, |(share, instance)| self.open(share, instance)).into_iter();
        let mut line = |line| Line::new(slots.by_ref().take(of_line(line).count()).collect());
        (0..count).map(&mut line).collect()
    }

    /// One worker: chunk after chunk, until there are no more.
    fn work(&self, feed: &Feed<'_>, next: &AtomicUsize, lines: &[Line<'a>]) {
        let _guard = Guard(lines);
        let mut own: Vec<Slot<'a>> = Vec::new();
        let mut reading = None;
        loop {
            let position = next.fetch_add(1, Ordering::Relaxed);
            let Some(&(part, chunk)) = feed.chunks.get(position) else { break };
            if own.is_empty() {
                own = feed.alone.iter().map(|&share| self.open(share, 0)).collect();
            }
            let batch = self.read(feed, part, chunk, &mut reading);
            let pieces = batch.as_ref().map(|batch| self.deal(feed, part, batch)).unwrap_or_default();
            let push = |slots: &mut [Slot<'a>]| {
                if let Some(batch) = &batch {
                    self.push_all(slots, feed, position, batch, &pieces);
                }
            };
            push(&mut own);
            lines.iter().for_each(|line| line.in_turn(position, push));
            if let Some(batch) = &batch {
                self.report_progress(batch.records);
            }
        }
        own.into_iter().for_each(|slot| self.close(slot));
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
    pub(super) fn reading(&self, read: impl FnOnce() -> Batch) -> Batch {
        match self.watch {
            Some(watch) => watch.during(Phase::Read, read, |batch| batch.records as u64),
            None => read(),
        }
    }

    /// A rule that runs on this part objects to unreadable cells of this column itself.
    fn is_reported_by_a_rule(&self, feed: &Feed<'_>, part: usize, column: u16) -> bool {
        let rules = &self.packs[feed.pack].manifest.rules;
        let reports = |rule: &u16| rules[usize::from(*rule)].reports_unreadable.contains(&column);
        let passes = feed.alone.iter().chain(&feed.in_turn).map(|share| &self.shares[*share].pass);
        passes.into_iter().any(|pass| pass.parts.contains(&part) && pass.rules.iter().any(reports))
    }

    fn report_progress(&self, records: usize) {
        let mut done = lock(&self.done);
        *done += records as u64;
        (self.progress)(*done, self.records);
    }
}
