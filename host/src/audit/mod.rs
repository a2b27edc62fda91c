//! One run: which rules can be checked on what was handed in, checking them, and the record of it.
//!
//! The order of events: [`plan`] decides, rule by rule, whether and on which parts it can run; `feed` reads every part
//! once and hands its columns to the sessions that want them; `collect` merges what they answer; `conclude` gives every
//! rule its status and makes the [`RunRecord`]. Nothing of it depends on how many threads did the work.

mod asked;
mod bodies;
mod canonical;
mod cause_words;
mod causes;
mod collect;
pub mod compare;
mod conclude;
mod deal;
mod feed;
mod feeds;
mod finding;
mod fold;
mod identity;
mod lines;
pub mod plan;
pub mod record;
pub mod render;
mod sessions;
mod spread;
mod standing;
mod suppress;
pub mod timings;
mod writer;

use std::collections::BTreeMap;

pub(crate) use deal::{dealt, gathered};
pub(crate) use feed::{record_id, task};
pub use record::RunRecord;
use record::SuppressionRecord;
pub use spread::Spread;
pub use timings::{Phase, Stopwatch, Timings};

use crate::intake::{Intake, Offer, Options};
use crate::manifest::Severity;
use crate::runtime::{Origin, Pack, Period};

/// What is asked of a run.
#[derive(Clone, Debug)]
pub struct Request {
    /// The day the audit speaks of, in days since 1970-01-01.
    pub as_of: i32,
    /// The reporting period.
    pub period: Option<Period>,
    /// Patterns (`fee/*`) of the rules to check; empty for all.
    pub rules: Vec<String>,
    /// Names of tables that must have been handed in.
    pub expect: Vec<String>,
    /// Findings kept in detail, per rule.
    pub keep: u32,
    /// Threads.
    pub jobs: usize,
    /// Settings per pack id, as JSON objects.
    pub settings: BTreeMap<String, String>,
    /// Severities of rules, where they are not to be the pack's.
    pub severities: BTreeMap<String, Severity>,
    /// Findings that do not count, though they stay in the record.
    pub suppressions: Vec<SuppressionRecord>,
    /// What intake was told of the files, for the record.
    pub told: Options,
}

impl Request {
    /// For this day and on so many threads: every rule as the packs have it, up to a thousand findings of each in detail.
    #[must_use]
    pub fn on(as_of: i32, jobs: usize) -> Self {
        Self {
            as_of,
            period: None,
            rules: Vec::new(),
            expect: Vec::new(),
            keep: 1_000,
            jobs,
            settings: BTreeMap::new(),
            severities: BTreeMap::new(),
            suppressions: Vec::new(),
            told: Options::default(),
        }
    }
}

/// A reporting period as people write it (`2016Q3`, `2016年三季度`, `2016-07`); none where it is none.
#[must_use]
pub fn period(text: &str) -> Option<Period> {
    let period = mingcha_values::period::Period::parse(text, None).ok()?;
    let days = mingcha_values::date::days_since_epoch;
    Some(Period { first: days(period.first()), last: days(period.last()), name: period.name() })
}

/// Told how far the run is: records done, records in all.
pub type Progress<'a> = &'a (dyn Fn(u64, u64) + Sync);

/// Every table of these packs, as intake wants them: those of the built-in packs know of each other, as they were made
/// together; a pack from elsewhere stands alone.
#[must_use]
pub fn offers(packs: &[Pack]) -> Vec<Offer<'_>> {
    let tables = |(pack, loaded): (usize, &'_ Pack)| (pack, loaded.manifest.tables.len());
    let mut offers = Vec::new();
    for (pack, count) in packs.iter().enumerate().map(tables) {
        let group = if packs[pack].origin == Origin::BuiltIn { 0 } else { pack + 1 };
        for table in 0..count {
            let declared = &packs[pack].manifest.tables[table];
            offers.push(Offer { group, pack, table: u16::try_from(table).unwrap_or(u16::MAX), declared });
        }
    }
    offers
}

/// Checks what was read against the rules of the packs.
#[must_use]
pub fn run(packs: &[Pack], intake: &Intake, request: &Request, progress: Progress<'_>) -> RunRecord {
    run_spread(packs, intake, request, progress, None)
}

/// The same, with rules that judge groups over so many instances, or as many as pay; what is found does not depend on it.
#[must_use]
pub fn run_spread(
    packs: &[Pack],
    intake: &Intake,
    request: &Request,
    progress: Progress<'_>,
    instances: Option<usize>,
) -> RunRecord {
    let plan = plan::plan(packs, intake, request);
    let collected = feed::feed(packs, intake, &plan, request, (progress, None), instances);
    conclude::conclude(packs, intake, request, plan, collected)
}

/// The same, saying in the record where the time went: each rule by itself, so that its time can be told.
#[must_use]
pub fn run_timed(
    packs: &[Pack],
    intake: &Intake,
    request: &Request,
    progress: Progress<'_>,
    watch: &Stopwatch,
) -> RunRecord {
    let mut plan = plan::plan(packs, intake, request);
    plan.apart(packs, intake);
    let collected = feed::feed(packs, intake, &plan, request, (progress, Some(watch)), None);
    let concluded = || conclude::conclude(packs, intake, request, plan, collected);
    let mut record = watch.during(Phase::Conclude, concluded, |_| 0);
    record.timings = Some(watch.timings(packs));
    record
}
