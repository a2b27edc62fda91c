//! Merging what sessions answer: counts are added up, details are kept to the first so many in order of place.
//!
//! The result is the same however the work was split: every session keeps the first `keep` of its own, and the first
//! `keep` of all of them are among these.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::plan::Pass;
use crate::intake::{Batch, rules as intake_rules};
use crate::manifest::Scope;
use crate::runtime::{CallError, Found, Outcome, Pack, Usage};

/// What is known of one rule so far.
#[derive(Debug, Default)]
pub(super) struct RuleCounts {
    pub(super) applied: u64,
    pub(super) failed: u64,
    pub(super) skipped: u64,
    pub(super) findings: Vec<u64>,
    pub(super) details: Vec<Found>,
    /// It judges groups, which may come from several sessions.
    grouped: bool,
}

/// A doubt of intake about one cell.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct CellFound {
    pub(super) part: usize,
    pub(super) record: u64,
    pub(super) column: u16,
    pub(super) pack: usize,
    pub(super) table: u16,
    pub(super) message: u16,
    pub(super) arguments: Vec<(String, String)>,
}

/// Counts and details of one of intake's own rules.
#[derive(Debug, Default)]
pub(super) struct CellCounts {
    pub(super) findings: BTreeMap<u16, u64>,
    pub(super) details: Vec<CellFound>,
}

/// All answers of a run.
#[derive(Debug)]
pub(super) struct Collected {
    keep: usize,
    /// Doubts of intake are taken down.
    pub(super) hears_of_cells: bool,
    /// Per pack and rule.
    pub(super) rules: BTreeMap<(usize, u16), RuleCounts>,
    /// Per rule of intake.
    pub(super) cells: BTreeMap<u16, CellCounts>,
    /// The error that ended a planned pass, and the position of the chunk it ended at.
    pub(super) failures: BTreeMap<usize, (usize, CallError)>,
    /// Instructions per pack, of sessions that ended well; none where they were not counted.
    pub(super) fuel: BTreeMap<usize, u64>,
}

impl Collected {
    pub(super) fn new(keep: u32, packs: &[Pack]) -> Self {
        let mut rules = BTreeMap::new();
        for (pack, loaded) in packs.iter().enumerate() {
            for (rule, declared) in (0..).zip(&loaded.manifest.rules) {
                let grouped = matches!(declared.scope, Scope::Group(_));
                rules.insert((pack, rule), RuleCounts { grouped, ..RuleCounts::default() });
            }
        }
        let (cells, failures, fuel) = Default::default();
        Self { keep: keep as usize, hears_of_cells: true, rules, cells, failures, fuel }
    }

    pub(super) fn outcome(&mut self, pass: &Pass, outcome: Outcome) {
        for tally in outcome.tallies {
            let counts = self.rules.entry((pass.pack, tally.rule)).or_default();
            // A pack may claim any numbers; they end at the highest there is.
            counts.applied = counts.applied.saturating_add(tally.applied);
            counts.failed = counts.failed.saturating_add(tally.failed);
            counts.skipped = counts.skipped.saturating_add(tally.skipped);
            counts.findings.resize(tally.findings.len().max(counts.findings.len()), 0);
            for (sum, count) in counts.findings.iter_mut().zip(tally.findings) {
                *sum = sum.saturating_add(count);
            }
        }
        for found in outcome.findings {
            let counts = self.rules.entry((pass.pack, found.rule)).or_default();
            counts.details.push(found);
            if counts.details.len() > 2 * self.keep + 1_000 {
                counts.cut(self.keep);
            }
        }
    }

    pub(super) fn cells(&mut self, pack: usize, table: u16, part: usize, batch: &Batch) {
        if !self.hears_of_cells {
            return;
        }
        for cell in &batch.unreadable {
            let message = cell.why.message();
            let found = CellFound {
                part,
                record: cell.record,
                column: cell.column,
                pack,
                table,
                message,
                arguments: Vec::new(),
            };
            self.cell(intake_rules::UNREADABLE_CELL, found);
        }
        for remark in &batch.remarks {
            let arguments = remark.arguments.clone();
            let (record, column, message) = (remark.record, remark.column, remark.message);
            self.cell(remark.rule, CellFound { part, record, column, pack, table, message, arguments });
        }
    }

    fn cell(&mut self, rule: u16, found: CellFound) {
        let keep = self.keep;
        let counts = self.cells.entry(rule).or_default();
        *counts.findings.entry(found.message).or_default() += 1;
        counts.details.push(found);
        if counts.details.len() > 2 * keep + 1_000 {
            counts.details.sort();
            counts.details.truncate(keep);
        }
    }

    pub(super) fn used(&mut self, pass: &Pass, usage: &Usage) {
        if let Some(units) = usage.fuel {
            let sum = self.fuel.entry(pass.pack).or_default();
            *sum = sum.saturating_add(units);
        }
    }

    /// The error at the earliest chunk counts: which worker came first must not show.
    pub(super) fn failed(&mut self, pass: usize, position: usize, error: CallError) {
        let earlier = self.failures.get(&pass).is_some_and(|(known, _)| *known <= position);
        if !earlier {
            self.failures.insert(pass, (position, error));
        }
    }

    /// As if the rules of this planned pass had not been asked.
    pub(super) fn forget(&mut self, index: usize, pass: &Pass) {
        self.failures.remove(&index);
        for &rule in &pass.rules {
            if let Some(counts) = self.rules.get_mut(&(pass.pack, rule)) {
                *counts = RuleCounts { grouped: counts.grouped, ..RuleCounts::default() };
            }
        }
    }

    /// Puts details in their order and cuts them to what is kept.
    pub(super) fn settle(&mut self) {
        for counts in self.rules.values_mut() {
            counts.cut(self.keep);
        }
        for counts in self.cells.values_mut() {
            counts.details.sort();
            counts.details.truncate(self.keep);
        }
    }
}

impl RuleCounts {
    /// The first so many in order of place, then of subject; stable, since one record's findings come from one session.
    /// Those of groups may come from several, so they are told apart by all they say.
    fn cut(&mut self, keep: usize) {
        let order = |a: &Found, b: &Found| (a.at, &a.subject, a.message).cmp(&(b.at, &b.subject, b.message));
        if self.grouped {
            self.details.sort_by(|a, b| order(a, b).then_with(|| by_what_they_say(a, b)));
        } else {
            self.details.sort_by(order);
        }
        self.details.truncate(keep);
    }
}

fn by_what_they_say(a: &Found, b: &Found) -> Ordering {
    let said = |found: &Found| {
        format!("{:?}", (&found.arguments, &found.expected, &found.actual, &found.difference))
    };
    a.related.cmp(&b.related).then_with(|| said(a).cmp(&said(b)))
}
