//! What is to be read: per table of a pack, its columns, its chunks and the shares that want them. Reads nothing itself.

use std::collections::BTreeSet;

use super::Request;
use super::plan::{table_match, typed_columns};
use super::spread::{Share, Spread};
use crate::intake::Intake;
use crate::manifest::Table;
use crate::runtime::Pack;

/// One table of one pack on its way through.
pub(super) struct Feed<'a> {
    pub(super) pack: usize,
    pub(super) table: u16,
    pub(super) declared: &'a Table,
    pub(super) columns: Vec<u16>,
    pub(super) chunks: Vec<(usize, usize)>,
    /// Shares that judge records alone, by index.
    pub(super) alone: Vec<usize>,
    /// Those that are fed in turn.
    pub(super) in_turn: Vec<usize>,
}

impl Feed<'_> {
    /// Records of all its parts.
    pub(super) fn records(&self, intake: &Intake) -> u64 {
        let parts: BTreeSet<usize> = self.chunks.iter().map(|(part, _)| *part).collect();
        parts.into_iter().map(|part| intake.parts[part].records()).sum()
    }
}

/// Every table that some rule judges, or looks things up in.
pub(super) fn feeds<'a>(
    packs: &'a [Pack],
    intake: &Intake,
    shares: &[Share],
    request: &Request,
) -> Vec<Feed<'a>> {
    let mut tables = BTreeSet::new();
    for Share { pass, .. } in shares {
        tables.insert((pass.pack, pass.table));
        tables.extend(pass.beside.iter().map(|(table, _)| (pass.pack, *table)));
    }
    let mut feeds: Vec<Feed<'a>> =
        tables.into_iter().map(|(pack, table)| feed_of(packs, intake, shares, pack, table)).collect();
    // Whoever chooses rules has only what these rules read looked at.
    for feed in feeds.iter_mut().filter(|_| request.rules.is_empty()) {
        let mut columns = typed_columns(packs, intake, feed.pack, feed.table);
        columns.extend(&feed.columns);
        feed.columns = columns.into_iter().collect();
    }
    feeds
}

fn feed_of<'a>(packs: &'a [Pack], intake: &Intake, shares: &[Share], pack: usize, table: u16) -> Feed<'a> {
    let mut columns = BTreeSet::new();
    let (mut alone, mut in_turn, mut parts) = (Vec::new(), Vec::new(), BTreeSet::new());
    let of_the_pack =
        shares.iter().map(|share| &share.pass).enumerate().filter(|(_, pass)| pass.pack == pack);
    for (index, pass) in of_the_pack {
        if pass.table == table {
            columns.extend(&pass.columns);
            parts.extend(&pass.parts);
            if pass.spread == Spread::Records { alone.push(index) } else { in_turn.push(index) }
        }
        for (_, beside) in pass.beside.iter().filter(|(beside, _)| *beside == table) {
            columns.extend(beside);
            parts.extend(
                (0..intake.parts.len()).filter(|&part| table_match(intake, part, pack, table).is_some()),
            );
        }
    }
    let chunks =
        parts.into_iter().flat_map(|part| (0..intake.parts[part].chunks()).map(move |chunk| (part, chunk)));
    let declared = &packs[pack].manifest.tables[usize::from(table)];
    Feed {
        pack,
        table,
        declared,
        columns: columns.into_iter().collect(),
        chunks: chunks.collect(),
        alone,
        in_turn,
    }
}
