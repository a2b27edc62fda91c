//! One run: which rules can be checked on what was handed in, checking them, and the record of it.
//!
//! The order of events: [`plan`] decides, rule by rule, whether and on which parts it can run; `feed` reads every part
//! once and hands its columns to the sessions that want them; `collect` merges what they answer; `conclude` gives every
//! rule its status and makes the [`RunRecord`]. Nothing of it depends on how many threads did the work.

mod collect;
mod conclude;
mod feed;
mod fold;
pub mod plan;
pub mod record;
pub mod render;
mod writer;

use std::collections::BTreeMap;

pub(crate) use feed::{record_id, task};
pub use record::RunRecord;

use crate::intake::{Intake, Offer};
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
    let plan = plan::plan(packs, intake, request);
    let collected = feed::feed(packs, intake, &plan, request, progress);
    conclude::conclude(packs, intake, request, plan, collected)
}
