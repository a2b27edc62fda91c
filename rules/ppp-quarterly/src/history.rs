//! A project through the quarters: which rows speak of the same project, and which of them came before.
//!
//! The quarter before may stand in a table of its own or in the project table under an earlier reporting period; here
//! both are one history. Memory: one entry per project and quarter.

use std::collections::HashMap;

use mingcha_kit::prelude::{Datelike as _, Judged, NaiveDate};
use mingcha_kit::{Basis, Batch, Column, Place, Row, Task, values};

use crate::stages::Stage;
use crate::tables::project::{
    OPERATION_MODE, PROGRESS_NOTE, PROJECT_ID, PROJECT_NAME, REGION_CODE, REPORT_PERIOD, STAGE,
};
use crate::{statements, units};

/// What is read of each row, beside what the rule itself wants of it.
pub(crate) const COLUMNS: &[Column] = &[REPORT_PERIOD, REGION_CODE, PROJECT_ID, PROJECT_NAME, OPERATION_MODE];

/// When a row speaks: the last day of its reporting period, then the table it came in.
///
/// A row of the table of the quarter before precedes those of the project table even where a folder named after the
/// present quarter gave both the same period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Quarter {
    last: NaiveDate,
    /// Whether it stands in the project table.
    pub(crate) reported_now: bool,
}

impl Quarter {
    /// The quarter of a row of the project table.
    pub(crate) fn of(row: &Row) -> Self {
        let last = last_day(row).or_else(|| Some(row.task().period.as_ref()?.last));
        Self { last: last.unwrap_or(NaiveDate::MAX), reported_now: true }
    }

    /// The quarter of a row of the table of the quarter before.
    pub(crate) fn before(row: &Row) -> Self {
        Self { last: last_day(row).unwrap_or(NaiveDate::MIN), reported_now: false }
    }

    /// Its last day; `None` where no period is known.
    pub(crate) fn last(self) -> Option<NaiveDate> {
        (self.last != NaiveDate::MAX).then_some(self.last)
    }

    /// Whether nothing was left out between the two, as far as can be told.
    pub(crate) fn follows(self, earlier: Self) -> bool {
        const LONGEST_QUARTER: i64 = 92;
        !earlier.reported_now || (self.last - earlier.last).num_days() <= LONGEST_QUARTER
    }
}

/// The last day of the reporting period a row of the project table names.
pub(crate) fn last_day(row: &Row) -> Option<NaiveDate> {
    let year = context_year(row.task());
    values::period::Period::parse(row.text(REPORT_PERIOD)?, Some(year)).ok().map(values::period::Period::last)
}

/// Whether a document held at the end of the period a row of the project table speaks of; the day of the audit counts where
/// none is known. `None` where it did not.
pub(crate) fn was_under(basis: &Basis, row: &Row) -> Judged {
    let period = || row.task().period.as_ref().map(|period| period.last);
    let day = last_day(row).or_else(period).unwrap_or(row.task().as_of);
    basis.holds_on(day).then_some(())
}

/// The year a row of the project table speaks of.
pub(crate) fn year_of(row: &Row) -> i32 {
    last_day(row).map_or_else(|| context_year(row.task()), |day| day.year())
}

/// The last day until which a row may be the newest of its project: the day of the audit, but not after the end of the
/// quarter that follows its own, for then there ought to be another.
pub(crate) fn newest_until(row: &Row) -> NaiveDate {
    let quarter = |day: NaiveDate| values::period::Period::quarter(day.year(), day.month0() / 3 + 1);
    let following = last_day(row).and_then(quarter).map(|quarter| quarter.next().last());
    following.map_or(row.task().as_of, |last| last.min(row.task().as_of))
}

/// The year of a period written without one.
pub(crate) fn context_year(task: &Task) -> i32 {
    task.period.as_ref().map_or(task.as_of, |period| period.last).year()
}

/// The note on a row, as a key to compare it by.
pub(crate) fn note(row: &Row) -> Option<String> {
    row.text(PROGRESS_NOTE).map(values::text::key)
}

/// Whether a note explains a change: one that stood there word for word in the quarter before does not.
pub(crate) fn explains(now: Option<&String>, before: Option<&String>) -> bool {
    now.is_some() && now != before
}

/// What a project is known by: its number, else its name within its region.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Identity {
    id: Option<String>,
    named: Option<(String, String)>,
}

impl Identity {
    fn of(row: &Row) -> Option<Self> {
        statements::leave_alone(row)?;
        let id = row.text(PROJECT_ID).map(values::text::key);
        let region = units::region_key(row).unwrap_or_default();
        let named = row.text(PROJECT_NAME).map(|name| (region, values::text::key(name)));
        (id.is_some() || named.is_some()).then_some(Self { id, named })
    }

    /// Numbers decide where both have one; names only where one has none.
    fn is(&self, other: &Self) -> bool {
        match (&self.id, &other.id) {
            (Some(one), Some(another)) => one == another,
            _ => self.named.is_some() && self.named == other.named,
        }
    }

    /// Number or name agrees: enough to say that a project has not vanished.
    fn resembles(&self, other: &Self) -> bool {
        (self.id.is_some() && self.id == other.id) || (self.named.is_some() && self.named == other.named)
    }
}

/// A row, in short.
#[derive(Debug)]
pub(crate) struct Entry<S> {
    identity: Identity,
    /// When it speaks.
    pub(crate) quarter: Quarter,
    /// Where it stands.
    pub(crate) place: Place,
    /// What the rule wanted of it.
    pub(crate) state: S,
}

/// Rows of all quarters.
#[derive(Debug)]
pub(crate) struct History<S> {
    entries: Vec<Entry<S>>,
    /// Positions in `entries`, by number and by region with name.
    by_id: HashMap<String, Vec<usize>>,
    by_name: HashMap<(String, String), Vec<usize>>,
}

impl<S> Default for History<S> {
    fn default() -> Self {
        Self { entries: Vec::new(), by_id: HashMap::new(), by_name: HashMap::new() }
    }
}

impl<S> History<S> {
    /// Remembers a row; not a zero statement, and not one without number and name.
    pub(crate) fn remember(&mut self, row: &Row, quarter: Quarter, state: S) {
        let Some(identity) = Identity::of(row) else { return };
        let position = self.entries.len();
        if let Some(id) = &identity.id {
            self.by_id.entry(id.clone()).or_default().push(position);
        }
        if let Some(named) = &identity.named {
            self.by_name.entry(named.clone()).or_default().push(position);
        }
        self.entries.push(Entry { identity, quarter, place: row.place(), state });
    }

    /// All rows, in the order they came.
    pub(crate) fn entries(&self) -> &[Entry<S>] {
        &self.entries
    }

    /// The rows of the project table that have an earlier quarter, each with its project's rows in the last one.
    pub(crate) fn compared(&self) -> impl Iterator<Item = (&Entry<S>, Vec<&Entry<S>>)> {
        let now = self.entries.iter().filter(|entry| entry.quarter.reported_now);
        now.map(|entry| (entry, self.before(entry))).filter(|(_, before)| !before.is_empty())
    }

    /// Whether a project, or one that looks like it, has a row in that quarter.
    pub(crate) fn has(&self, entry: &Entry<S>, quarter: Quarter) -> bool {
        self.candidates(entry)
            .any(|other| other.quarter == quarter && other.identity.resembles(&entry.identity))
    }

    fn before<'a>(&'a self, entry: &'a Entry<S>) -> Vec<&'a Entry<S>> {
        let earlier = |other: &&Entry<S>| other.quarter < entry.quarter && other.identity.is(&entry.identity);
        let Some(last) = self.candidates(entry).filter(earlier).map(|other| other.quarter).max() else {
            return Vec::new();
        };
        let mut before: Vec<_> =
            self.candidates(entry).filter(earlier).filter(|other| other.quarter == last).collect();
        before.sort_by_key(|other| other.place);
        before.dedup_by_key(|other| other.place);
        before
    }

    fn candidates<'a>(&'a self, entry: &'a Entry<S>) -> impl Iterator<Item = &'a Entry<S>> {
        let by_id = entry.identity.id.as_ref().and_then(|id| self.by_id.get(id));
        let by_name = entry.identity.named.as_ref().and_then(|named| self.by_name.get(named));
        by_id.into_iter().chain(by_name).flatten().map(|&position| &self.entries[position])
    }
}

impl History<Stage> {
    /// Takes in the stages of the quarter before.
    pub(crate) fn remember_stages_before(&mut self, batch: &Batch) {
        for row in batch.rows() {
            if let Some(stage) = row.text(STAGE).and_then(Stage::parse) {
                self.remember(&row, Quarter::before(&row), stage);
            }
        }
    }

    /// Takes in a row's stage; `None` where it says none.
    pub(crate) fn remember_stage(&mut self, row: &Row) -> Option<()> {
        self.remember(row, Quarter::of(row), Stage::parse(row.text(STAGE)?)?);
        Some(())
    }
}
