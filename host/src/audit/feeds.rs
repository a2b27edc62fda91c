//! What is to be read: per table of a pack, its columns, its chunks and the shares that want them. Reads nothing itself.
//!
//! Where intake's rules about cells are asked for, every column of a kind is read of every table, whatever else is; else
//! only what the chosen rules read.

use std::collections::BTreeSet;

use super::Request;
use super::plan::{is_selected, table_match, typed_columns};
use super::spread::{Share, Spread};
use crate::intake::{Intake, TableMatch, rules as intake_rules};
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

/// Whether intake's rules about cells are asked for: by name, or because no rules were chosen.
pub(super) fn asks_for_cells(request: &Request) -> bool {
    let id = |rule: &u16| &intake_rules::manifest().rules[usize::from(*rule)].id;
    intake_rules::OF_CELLS.iter().any(|rule| is_selected(&request.rules, id(rule)))
}

/// Every table that some rule judges, or looks things up in; and those in which only cells are looked at.
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
    if asks_for_cells(request) {
        add_unread_parts(packs, intake, &mut feeds);
        for feed in &mut feeds {
            let mut columns = typed_columns(packs, intake, feed.pack, feed.table);
            columns.extend(&feed.columns);
            feed.columns = columns.into_iter().collect();
        }
    }
    feeds
}

/// Parts that no rule reads, as the first table they were recognised as.
fn add_unread_parts<'a>(packs: &'a [Pack], intake: &Intake, feeds: &mut Vec<Feed<'a>>) {
    let read: BTreeSet<usize> = feeds.iter().flat_map(|feed| &feed.chunks).map(|(part, _)| *part).collect();
    for (part, found) in intake.parts.iter().enumerate().filter(|(part, _)| !read.contains(part)) {
        let Some(TableMatch { pack, table, .. }) = found.matches.first() else { continue };
        let at = feeds.iter().position(|feed| (feed.pack, feed.table) == (*pack, *table));
        let at = at.unwrap_or_else(|| {
            feeds.push(feed_of(packs, intake, &[], *pack, *table));
            feeds.len() - 1
        });
        feeds[at].chunks.extend((0..found.chunks()).map(|chunk| (part, chunk)));
        feeds[at].chunks.sort_unstable();
    }
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
