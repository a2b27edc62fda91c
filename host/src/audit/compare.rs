//! Two runs side by side: which findings are new, which persist, which changed, which are gone; and which nobody can
//! tell of, because their rule was not checked again. Rows may have been sorted anew and files renamed in between.
//!
//! Only findings kept in detail can be compared; [`Comparison::partial`] names rules that had more.

use std::collections::{BTreeMap, BTreeSet};

use super::RunRecord;
use super::plan::Reason;
use super::record::{Baseline, BaselineRecord, Finding, RuleRecord, Status};

/// What became of findings from one run to the next.
#[derive(Debug, Default)]
pub struct Comparison<'a> {
    /// Only in the newer run.
    pub new: Vec<&'a Finding>,
    /// In both: the newer one's.
    pub persisting: Vec<&'a Finding>,
    /// The same question to the same record, another value: the older one's, the newer one's.
    pub changed: Vec<(&'a Finding, &'a Finding)>,
    /// Only in the older run, and their rule was checked again.
    pub resolved: Vec<&'a Finding>,
    /// Only in the older run, and their rule was not checked again, or not everywhere, or their file is not there.
    pub unknown: Vec<&'a Finding>,
    /// Rules with more findings than were kept, in either run.
    pub partial: Vec<&'a str>,
}

/// Compares two runs.
#[must_use]
pub fn compare<'a>(old: &'a RunRecord, new: &'a RunRecord) -> Comparison<'a> {
    let mut comparison = Comparison { partial: partial(old, new), ..Comparison::default() };
    let (pairs, old_left, new_left) =
        paired(old.findings.iter(), new.findings.iter(), |finding| &finding.fingerprint);
    comparison.persisting = pairs.into_iter().map(|(_, new)| new).collect();
    let (pairs, gone, added) =
        paired(old_left.into_iter(), new_left.into_iter(), |finding| &finding.record_key);
    comparison.changed = pairs;
    comparison.new = added;
    let again = Again::new(old, new);
    (comparison.resolved, comparison.unknown) = gone.into_iter().partition(|finding| again.checked(finding));
    comparison
}

/// What the newer run checked of what the older one did.
struct Again<'a> {
    /// Rules that were checked everywhere, with the table they judge.
    rules: BTreeMap<&'a str, Option<&'a str>>,
    /// Tables of which fewer files were handed in.
    fewer: BTreeSet<&'a str>,
    files: BTreeSet<&'a str>,
}

impl<'a> Again<'a> {
    fn new(old: &'a RunRecord, new: &'a RunRecord) -> Self {
        let everywhere = |rule: &&RuleRecord| {
            matches!(rule.status, Status::Passed | Status::Failed)
                && !rule.reasons.iter().any(Reason::is_incomplete)
        };
        let rules = new.manifest.rules.iter().filter(everywhere);
        let parts = |run: &RunRecord, table: &str| {
            run.manifest.parts.iter().filter(|part| part.table == table).count()
        };
        let tables = old.manifest.parts.iter().map(|part| part.table.as_str());
        Self {
            rules: rules.map(|rule| (rule.id.as_str(), rule.table.as_deref())).collect(),
            fewer: tables.filter(|table| parts(new, table) < parts(old, table)).collect(),
            files: new.manifest.inputs.iter().map(|input| input.path.as_str()).collect(),
        }
    }

    /// Its rule was checked everywhere, and its file is there, under whatever name.
    fn checked(&self, finding: &Finding) -> bool {
        let file = finding.nearest_place().map(|place| place.input.as_str());
        let is_there = file.is_none_or(|file| self.files.contains(file));
        let Some(table) = self.rules.get(finding.rule.as_str()) else { return false };
        is_there || table.is_none_or(|table| !self.fewer.contains(table))
    }
}

fn partial<'a>(old: &'a RunRecord, new: &'a RunRecord) -> Vec<&'a str> {
    let rules = old.manifest.rules.iter().chain(&new.manifest.rules);
    let cut: BTreeSet<&str> = rules.filter(|rule| !rule.complete).map(|rule| rule.id.as_str()).collect();
    cut.into_iter().collect()
}

type Paired<'a> = (Vec<(&'a Finding, &'a Finding)>, Vec<&'a Finding>, Vec<&'a Finding>);

/// Pairs what has the same name, each with one other only: three duplicates of which one is mended are two.
fn paired<'a>(
    old: impl Iterator<Item = &'a Finding>,
    new: impl Iterator<Item = &'a Finding>,
    name: impl Fn(&'a Finding) -> &'a String,
) -> Paired<'a> {
    let mut waiting: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    let mut olds: Vec<&Finding> = old.collect();
    olds.reverse();
    olds.into_iter().for_each(|finding| waiting.entry(name(finding)).or_default().push(finding));
    let (mut pairs, mut added) = (Vec::new(), Vec::new());
    for finding in new {
        match waiting.get_mut(name(finding).as_str()).and_then(Vec::pop) {
            Some(old) => pairs.push((old, finding)),
            None => added.push(finding),
        }
    }
    let mut gone: Vec<&Finding> = waiting.into_values().flatten().collect();
    gone.sort_by_key(|finding| finding.id);
    (pairs, gone, added)
}

/// Marks the findings of a run by how they stand to an earlier one.
pub fn mark(record: &mut RunRecord, baseline: &RunRecord) {
    let (states, said) = {
        let comparison = compare(baseline, record);
        let mut states: BTreeMap<u64, Baseline> = BTreeMap::new();
        states.extend(comparison.new.iter().map(|finding| (finding.id, Baseline::New)));
        states.extend(comparison.persisting.iter().map(|finding| (finding.id, Baseline::Persisting)));
        states.extend(comparison.changed.iter().map(|(_, finding)| (finding.id, Baseline::Changed)));
        let said = BaselineRecord {
            run_id: baseline.manifest.run_id.clone(),
            as_of: baseline.manifest.as_of.clone(),
            new: comparison.new.len() as u64,
            persisting: (comparison.persisting.len() + comparison.changed.len()) as u64,
            resolved: comparison.resolved.len() as u64,
        };
        (states, said)
    };
    for finding in &mut record.findings {
        finding.baseline = states.get(&finding.id).copied();
    }
    record.manifest.baseline = Some(said);
    record.seal();
}

/// Takes the marks away again.
pub fn unmark(record: &mut RunRecord) {
    for finding in &mut record.findings {
        finding.baseline = None;
    }
    record.manifest.baseline = None;
    record.seal();
}
