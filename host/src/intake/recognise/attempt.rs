//! One window of rows taken for a header: which columns of which tables it would be.

use super::head::Label;
use super::{ColumnMatch, Duplicate, How, Unknown};
use crate::intake::header::{Lookup, Strength, in_brackets, likeness};
use crate::manifest::Table;
use mingcha_values::amount::{Unit, unit_in_header};

/// A header as one table would have it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Attempt {
    /// Per declared column.
    pub(crate) columns: Vec<Option<ColumnMatch>>,
    pub(crate) unknown: Vec<Unknown>,
    pub(crate) duplicates: Vec<Duplicate>,
    /// How many headers were found.
    pub(crate) matched: usize,
}

/// A label and a column it may stand for.
#[derive(Clone, Debug)]
struct Claim {
    label: usize,
    column: u16,
    strength: Strength,
    /// The spelling that was found; earlier ones say more.
    spelling: usize,
}

/// For each offer, how many of its columns the labels would be.
pub(crate) fn counts(labels: &[Label], lookup: &Lookup, offers: usize) -> Vec<usize> {
    let mut seen: Vec<Vec<u16>> = vec![Vec::new(); offers];
    for entry in labels.iter().flat_map(|label| &label.spellings).flat_map(|spelling| lookup.find(spelling)) {
        if !seen[entry.offer].contains(&entry.column) {
            seen[entry.offer].push(entry.column);
        }
    }
    seen.into_iter().map(|columns| columns.len()).collect()
}

/// Gives each label its column in the table of one offer.
pub(crate) fn attempt(labels: &[Label], lookup: &Lookup, offer: usize, table: &Table) -> Attempt {
    let mut claims: Vec<Claim> = Vec::new();
    for (label, words) in labels.iter().enumerate() {
        for (spelling, header) in words.spellings.iter().enumerate() {
            let here = lookup.find(header).into_iter().filter(|entry| entry.offer == offer);
            claims.extend(here.map(|entry| Claim {
                label,
                column: entry.column,
                strength: entry.strength,
                spelling,
            }));
        }
    }
    claims.sort_by_key(|claim| (std::cmp::Reverse(claim.strength), claim.spelling, claim.label));
    let mut attempt = Attempt { columns: vec![None; table.columns.len()], ..Attempt::default() };
    let mut settled: Vec<Option<Strength>> = vec![None; table.columns.len()];
    let mut placed = vec![false; labels.len()];
    for claim in claims {
        let label = &labels[claim.label];
        if placed[claim.label] {
            continue;
        }
        let column = usize::from(claim.column);
        if let Some(strength) = settled[column] {
            // 投资金额(已完成) beside 投资金额 is another thing; a second 投资金额 is a duplicate.
            if claim.strength > Strength::Bare || strength == Strength::Bare {
                placed[claim.label] = true;
                let (header, position) = (label.shown.clone(), label.position);
                attempt.duplicates.push(Duplicate { header, position, column: claim.column });
            }
            continue;
        }
        (placed[claim.label], settled[column]) = (true, Some(claim.strength));
        attempt.columns[column] = Some(column_match(label, &claim, table));
        attempt.matched += 1;
    }
    attempt.duplicates.sort_by_key(|duplicate| duplicate.position);
    let left = labels.iter().zip(placed).filter(|(_, placed)| !placed).map(|(label, _)| label);
    let unknown = left.map(|l| Unknown { header: l.shown.clone(), position: l.position, did_you_mean: None });
    attempt.unknown = unknown.collect();
    attempt
}

fn column_match(label: &Label, claim: &Claim, table: &Table) -> ColumnMatch {
    let declared = table.column(claim.column);
    let how = match claim.strength {
        Strength::Own => How::Header,
        Strength::Alias => How::Alias,
        Strength::Bare => How::Bare,
        Strength::Assigned => How::Assigned,
    };
    let money = declared.unit.as_deref().is_some_and(|unit| Unit::parse(unit).is_some());
    let stated = |text: &String| match money {
        true => unit_in_header(text).map(|unit| unit.name().to_owned()),
        false => in_brackets(text).filter(|_| declared.unit.is_some()),
    };
    // The spelling with the words above first: the unit may stand there.
    let unit = label.spellings.iter().rev().find_map(stated);
    ColumnMatch {
        header: label.shown.clone(),
        position: Some(label.position),
        how,
        unit_in_header: unit.is_some(),
        unit,
        slot: None,
    }
}

impl Attempt {
    /// Finds for each unknown header the free column it is most like. Slow, so only for the table that was chosen.
    pub(crate) fn suggest(&mut self, table: &Table) {
        let free = (0..table.columns.len() as u16).filter(|&at| self.columns[usize::from(at)].is_none());
        let free: Vec<u16> = free.collect();
        for unknown in self.unknown.iter_mut().take(SUGGESTIONS_AT_MOST) {
            unknown.did_you_mean = nearest(&unknown.header, &free, table);
        }
    }
}

/// A header so unlike any column is not a misspelling.
const LIKE_ENOUGH: f64 = 0.6;

/// Comparing every header with every column is not worth it in a file of thousands.
const SUGGESTIONS_AT_MOST: usize = 64;

/// The column a misspelt header may have been meant for.
fn nearest(header: &str, free: &[u16], table: &Table) -> Option<u16> {
    if header.chars().count() > 40 {
        return None;
    }
    let likest = |column: u16| {
        let declared = table.column(column);
        let names = std::iter::once(&declared.label.zh).chain(&declared.aliases);
        names.map(|name| likeness(header, name)).fold(0.0, f64::max)
    };
    let scored =
        free.iter().map(|&column| (column, likest(column))).filter(|(_, score)| *score >= LIKE_ENOUGH);
    scored.max_by(|one, other| one.1.total_cmp(&other.1).then(other.0.cmp(&one.0))).map(|(column, _)| column)
}
