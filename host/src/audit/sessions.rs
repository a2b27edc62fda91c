//! The sessions of a share: opening, handing over, ending. What they answer is looked at before it counts.

use std::time::Instant;

use super::deal::{dealt, gathered};
use super::feed::{Run, part_and_record, record_id};
use super::feeds::Feed;
use super::lines::{Slot, lock};
use super::plan::{Pass, table_match};
use super::spread::{Share, Spread};
use crate::intake::{Batch, ColumnData};
use crate::manifest::{Scope, Text};
use crate::runtime::{CallError, Export, Outcome, Session, Tally};

/// Records that go to one session, of those of a batch.
pub(super) enum Piece {
    All,
    Some { ids: Vec<u64>, columns: Vec<ColumnData> },
    None,
}

/// By share, the pieces of a batch for its instances; none for shares that take it whole.
pub(super) type Pieces = Vec<(usize, Vec<Piece>)>;

impl<'a> Run<'a> {
    /// Deals a batch to the instances of the shares that have several.
    pub(super) fn deal(&self, feed: &Feed<'_>, part: usize, batch: &Batch) -> Pieces {
        let mut pieces = Pieces::new();
        for &index in &feed.in_turn {
            let Share { pass, instances, .. } = &self.shares[index];
            let Spread::Key(key) = &pass.spread else { continue };
            if *instances > 1 && pass.parts.contains(&part) {
                let columns = project(&feed.columns, &pass.columns, batch);
                let keys = project(&feed.columns, key, batch);
                let dealt = dealt(&keys, batch.records, *instances);
                let piece = |records: Vec<u32>| piece(part, batch, &columns, &records);
                pieces.push((index, dealt.into_iter().map(piece).collect()));
            }
        }
        pieces
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

    /// A session of this share that has seen its reference tables; none where it failed.
    pub(super) fn open(&self, share: usize, instance: usize) -> Slot<'a> {
        let session = self.open_pass(share).map_err(|error| self.fail(share, 0, error)).ok();
        Slot { share, instance, session, is_fed: false }
    }

    fn open_pass(&self, index: usize) -> Result<Session<'a>, CallError> {
        let pass = &self.shares[index].pass;
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

    pub(super) fn push_all(
        &self,
        slots: &mut [Slot<'a>],
        feed: &Feed<'_>,
        position: usize,
        batch: &Batch,
        pieces: &Pieces,
    ) {
        let part = feed.chunks[position].0;
        for slot in slots {
            let pass = &self.shares[slot.share].pass;
            if !pass.parts.contains(&part) {
                continue;
            }
            let dealt = pieces.iter().find(|(share, _)| *share == slot.share);
            let piece = dealt.map_or(&Piece::All, |(_, pieces)| &pieces[slot.instance]);
            let whole = || project(&feed.columns, &pass.columns, batch);
            if let Err(error) = self.push_piece(slot, part, batch, piece, whole) {
                self.fail(slot.share, position + 1, self.named(error, part, batch));
                slot.session = None;
            }
        }
    }

    /// Pushes what of a batch goes to this session, where it still stands.
    fn push_piece<'b>(
        &self,
        slot: &mut Slot<'a>,
        part: usize,
        batch: &'b Batch,
        piece: &Piece,
        whole: impl FnOnce() -> Vec<&'b ColumnData>,
    ) -> Result<(), CallError> {
        let pass = &self.shares[slot.share].pass;
        let records = match piece {
            Piece::All => batch.records,
            Piece::Some { ids, .. } => ids.len(),
            Piece::None => return Ok(()),
        };
        let Some(session) = &mut slot.session else { return Ok(()) };
        slot.is_fed = true;
        let answer = self.checking(pass, records as u64, || match piece {
            Piece::Some { ids, columns } => {
                session.push_scattered(pass.table, ids, &columns.iter().collect::<Vec<_>>())
            }
            Piece::All | Piece::None => push(session, pass.table, part, batch, &whole()),
        })?;
        let outcome = self.sound(pass, answer, Export::Push, records as u64)?;
        lock(&self.collected).outcome(pass, outcome);
        Ok(())
    }

    /// Ends a session. Of several among which records were dealt, one without any has nothing to say.
    pub(super) fn close(&self, slot: Slot<'a>) {
        let Share { pass, instances, .. } = &self.shares[slot.share];
        let Some(session) = slot.session.filter(|_| *instances == 1 || slot.is_fed) else { return };
        let closed = self.checking(pass, 0, || session.close()).and_then(|(outcome, usage)| {
            lock(&self.collected).used(pass, &usage);
            if let Some(watch) = self.watch {
                watch.said(pass.pack, usage.log);
            }
            self.sound(pass, outcome, Export::Close, 0)
        });
        match closed {
            Ok(outcome) => lock(&self.collected).outcome(pass, outcome),
            Err(error) => self.fail(slot.share, usize::MAX, error),
        }
    }

    /// A finding must name a record that was handed over. Rules that judge each record alone must have judged no others
    /// than the `records` of this call, and those that judge groups none where none were sent: else what they find would
    /// depend on how the work was split.
    fn sound(
        &self,
        pass: &Pass,
        outcome: Outcome,
        export: Export,
        records: u64,
    ) -> Result<Outcome, CallError> {
        let rules = &self.packs[pass.pack].manifest.rules;
        let is_bound = |tally: &&Tally| match rules[usize::from(tally.rule)].scope {
            Scope::EachRecord => true,
            Scope::Group(_) => export == Export::Push && records == 0,
            Scope::WholeTable => false,
        };
        let bound = outcome.tallies.iter().filter(is_bound);
        let judged = bound.map(|tally| tally.applied.max(tally.skipped)).max().unwrap_or(0);
        if judged > records {
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

    fn fail(&self, share: usize, position: usize, error: CallError) {
        lock(&self.collected).failed(self.shares[share].of, position, error);
    }
}

/// Of the columns that were read, those that are wanted, in the order they are wanted.
fn project<'b>(read: &[u16], wanted: &[u16], batch: &'b Batch) -> Vec<&'b ColumnData> {
    let position = |column: &u16| read.binary_search(column).ok();
    wanted.iter().filter_map(position).map(|position| &batch.columns[position]).collect()
}

fn piece(part: usize, batch: &Batch, columns: &[&ColumnData], records: &[u32]) -> Piece {
    if records.is_empty() {
        return Piece::None;
    }
    if records.len() == batch.records {
        return Piece::All;
    }
    let first = record_id(part, batch.first_record);
    Piece::Some {
        ids: records.iter().map(|record| first + u64::from(*record)).collect(),
        columns: columns.iter().map(|column| gathered(column, records)).collect(),
    }
}

fn push(
    session: &mut Session<'_>,
    table: u16,
    part: usize,
    batch: &Batch,
    columns: &[&ColumnData],
) -> Result<Outcome, CallError> {
    let records = u32::try_from(batch.records).unwrap_or(u32::MAX);
    session.push(table, record_id(part, batch.first_record), records, columns)
}
