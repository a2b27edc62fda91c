//! The records of one pass of a case, to be handed to a pack again and again in other pieces and to other numbers of sessions.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::slice;

use super::slice::column;
use crate::audit::plan::{Pass, plan, table_match};
use crate::audit::{self, Request, Spread, dealt, gathered, record_id, task};
use crate::intake::{self, ColumnData, Intake, Options};
use crate::runtime::{CallError, Outcome, Pack, Session, Task};

/// Records of one part.
struct Sent {
    table: u16,
    first_id: u64,
    records: usize,
    columns: Vec<ColumnData>,
}

/// Everything a pass needs.
pub(super) struct Material<'a> {
    pack: &'a Pack,
    task: Task,
    /// How several sessions may share the records.
    pub(super) spread: Spread,
    /// Where the key by which they are dealt stands among the columns.
    key: Vec<usize>,
    beside: Vec<Sent>,
    main: Vec<Sent>,
}

/// What a pack answered, all pieces together and in no order.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Answer {
    findings: Vec<String>,
    /// Applied, failed, skipped, findings per message; by rule.
    tallies: BTreeMap<u16, Vec<u64>>,
}

impl Answer {
    fn take(&mut self, outcome: Outcome) {
        self.findings.extend(outcome.findings.iter().map(|found| format!("{found:?}")));
        for tally in outcome.tallies {
            let counts = [tally.applied, tally.failed, tally.skipped].into_iter().chain(tally.findings);
            let sums = self.tallies.entry(tally.rule).or_default();
            for (position, count) in counts.enumerate() {
                sums.resize(sums.len().max(position + 1), 0);
                sums[position] += count;
            }
        }
    }
}

/// The material of every pass over these files, as it is on one thread.
pub(super) fn of<'a>(pack: &'a Pack, paths: &[PathBuf], request: &Request) -> Vec<Material<'a>> {
    let (packs, intake) = read(pack, paths);
    let passes = plan(packs, &intake, request).passes;
    passes.into_iter().map(|pass| material(pack, &intake, pass, request)).collect()
}

/// The same, and of rules that share a pass only there the material of those whose records several sessions may share.
pub(super) fn in_all_ways<'a>(pack: &'a Pack, paths: &[PathBuf], request: &Request) -> Vec<Material<'a>> {
    let (packs, intake) = read(pack, paths);
    let mut passes = plan(packs, &intake, request).passes;
    let by_key: Vec<Pass> = passes
        .iter()
        .filter(|pass| pass.spread == Spread::Whole)
        .flat_map(|pass| pass.by_key(packs, &intake))
        .filter(|pass| pass.spread != Spread::Whole)
        .collect();
    passes.extend(by_key);
    passes.into_iter().map(|pass| material(pack, &intake, pass, request)).collect()
}

fn read<'a>(pack: &'a Pack, paths: &[PathBuf]) -> (&'a [Pack], Intake) {
    let packs = slice::from_ref(pack);
    (packs, intake::read(paths, &audit::offers(packs), &Options::default()))
}

fn material<'a>(pack: &'a Pack, intake: &Intake, pass: Pass, request: &Request) -> Material<'a> {
    let beside = pass.beside.iter().flat_map(|(table, columns)| sent(pack, intake, *table, columns, None));
    let place = |column: &u16| pass.columns.iter().position(|sent| sent == column);
    Material {
        pack,
        task: task(slice::from_ref(pack), &pass, request),
        key: if let Spread::Key(key) = &pass.spread {
            key.iter().filter_map(place).collect()
        } else {
            Vec::new()
        },
        beside: beside.collect(),
        main: sent(pack, intake, pass.table, &pass.columns, Some(&pass.parts)),
        spread: pass.spread,
    }
}

fn sent(pack: &Pack, intake: &Intake, table: u16, columns: &[u16], only: Option<&[usize]>) -> Vec<Sent> {
    let declared = &pack.manifest.tables[usize::from(table)];
    let mut all = Vec::new();
    for (index, part) in intake.parts.iter().enumerate() {
        let Some(matched) = table_match(intake, index, 0, table) else { continue };
        if only.is_some_and(|only| !only.contains(&index)) {
            continue;
        }
        for chunk in 0..part.chunks() {
            let batch = part.read(chunk, matched, declared, columns);
            let first_id = record_id(index, batch.first_record);
            all.push(Sent { table, first_id, records: batch.records, columns: batch.columns });
        }
    }
    all
}

impl Material<'_> {
    /// Records of the table that is judged.
    pub(super) fn records(&self) -> u64 {
        self.main.iter().map(|sent| sent.records as u64).sum()
    }

    /// What the pack answers where no batch has more than `size` records and they are dealt to so many sessions: one after
    /// the other, or by key. As in a run, a session that got no record then has nothing to say.
    pub(super) fn answer(&self, size: usize, sessions: usize) -> Result<Answer, CallError> {
        let mut answer = Answer::default();
        let mut open = Vec::new();
        for _ in 0..sessions {
            open.push((self.open(size, &mut answer)?, false));
        }
        for (next, piece) in self.main.iter().flat_map(|sent| pieces(sent, size)).enumerate() {
            if self.key.is_empty() || sessions == 1 {
                let (session, is_fed) = &mut open[next % sessions];
                *is_fed = true;
                answer.take(push(session, &piece)?);
            } else {
                self.push_by_key(&piece, &mut open, &mut answer)?;
            }
        }
        for (session, is_fed) in open {
            if is_fed || self.key.is_empty() || sessions == 1 {
                answer.take(session.close()?.0);
            }
        }
        answer.findings.sort_unstable();
        Ok(answer)
    }

    fn push_by_key(
        &self,
        piece: &Sent,
        open: &mut [(Session<'_>, bool)],
        answer: &mut Answer,
    ) -> Result<(), CallError> {
        let keys: Vec<&ColumnData> = self.key.iter().map(|place| &piece.columns[*place]).collect();
        let dealt = dealt(&keys, piece.records, open.len());
        for ((session, is_fed), records) in
            open.iter_mut().zip(dealt).filter(|(_, records)| !records.is_empty())
        {
            *is_fed = true;
            let ids: Vec<u64> = records.iter().map(|record| piece.first_id + u64::from(*record)).collect();
            let columns: Vec<ColumnData> =
                piece.columns.iter().map(|column| gathered(column, &records)).collect();
            answer.take(session.push_scattered(piece.table, &ids, &columns.iter().collect::<Vec<_>>())?);
        }
        Ok(())
    }

    /// What one session burns on these records; none on an engine that does not count.
    pub(super) fn fuel(&self) -> Result<Option<u64>, CallError> {
        let mut session = self.open(usize::MAX, &mut Answer::default())?;
        let before = session.fuel();
        for sent in &self.main {
            for piece in pieces(sent, usize::MAX) {
                push(&mut session, &piece)?;
            }
        }
        // Much is said only at the end: groups and whole tables are judged there.
        let after = session.close()?.1.fuel;
        Ok(after.zip(before).map(|(after, before)| after.saturating_sub(before)))
    }

    fn open(&self, size: usize, answer: &mut Answer) -> Result<Session<'_>, CallError> {
        let mut session = Session::open(self.pack, &self.task)?;
        for sent in &self.beside {
            for piece in pieces(sent, size) {
                answer.take(push(&mut session, &piece)?);
            }
        }
        Ok(session)
    }
}

fn pieces(sent: &Sent, size: usize) -> impl Iterator<Item = Sent> {
    let size = size.min(sent.records).max(1);
    (0..sent.records).step_by(size).map(move |start| {
        let end = (start + size).min(sent.records);
        Sent {
            table: sent.table,
            first_id: sent.first_id + start as u64,
            records: end - start,
            columns: sent.columns.iter().map(|whole| column(whole, start..end)).collect(),
        }
    })
}

fn push(session: &mut Session<'_>, sent: &Sent) -> Result<Outcome, CallError> {
    let columns: Vec<&ColumnData> = sent.columns.iter().collect();
    session.push(sent.table, sent.first_id, u32::try_from(sent.records).unwrap_or(u32::MAX), &columns)
}
