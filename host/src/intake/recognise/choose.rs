//! The choice between tables and header rows.

use super::attempt::{Attempt, attempt, counts};
use super::head::{Counts, Head};
use super::{ColumnMatch, How, TableMatch};
use crate::intake::facts::{self, Fact, Names};
use crate::intake::header::{Lookup, TableName};
use crate::intake::offer::Offer;
use crate::manifest::Table;
use mingcha_values::amount::Unit;
use mingcha_values::text::key;

/// A source that is a table.
#[derive(Debug)]
pub(crate) struct Recognised {
    /// The best offer first, then offers of the same name in other packs.
    pub(crate) matches: Vec<TableMatch>,
    /// Index of the first and last row of the header among the head's rows.
    pub(crate) header: (usize, usize),
    /// What the rows above and the names say.
    pub(crate) facts: Vec<Fact>,
    /// How many headers were found.
    pub(crate) matched: usize,
}

/// The table a source comes nearest to, where it is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Nearby {
    /// Index of the offer.
    pub(crate) offer: usize,
    pub(crate) matched: usize,
    /// Required columns that no header is.
    pub(crate) missing: Vec<u16>,
    /// Headers that may have been meant for a missing column.
    pub(crate) did_you_mean: Vec<(String, u16)>,
}

/// One way to read the source as a table.
struct Candidate {
    offer: usize,
    header: (usize, usize),
    attempt: Attempt,
    facts: Vec<Fact>,
}

/// Finds the table a source is; `only` restricts the choice to tables of that name.
pub(crate) fn recognise(
    head: &Head,
    offers: &[Offer<'_>],
    lookup: &Lookup,
    names: &Names,
    only: Option<&str>,
) -> Result<Recognised, Option<Nearby>> {
    let asked = |offer: &usize| only.is_none_or(|name| offers[*offer].declared.name == name);
    let best: Vec<Candidate> = (0..offers.len())
        .filter(asked)
        .filter_map(|offer| best_header(head, offers, lookup, offer, names))
        .collect();
    let least = if only.is_some() { 1 } else { 2 };
    let (whole, partial): (Vec<_>, Vec<_>) = best.into_iter().partition(|candidate| {
        let missing = missing(candidate, offers);
        candidate.attempt.matched >= least
            && (missing.is_empty() || only.is_some())
            && by_header(candidate, offers)
    });
    let title: Vec<&str> = head.rows.iter().take(3).flat_map(|row| &row.cells).map(String::as_str).collect();
    let named = |candidate: &Candidate| named(lookup.names(candidate.offer), names, &title);
    if let Some((offer, header)) = likeliest(&whole, offers, &named) {
        return Ok(recognised(whole, offers, offer, header));
    }
    let (near, far): (Vec<_>, Vec<_>) =
        partial.into_iter().partition(|candidate| only.is_none() && is_near(candidate, head, offers));
    match likeliest(&near, offers, &named) {
        Some((offer, header)) => Ok(recognised(near, offers, offer, header)),
        None => Err(nearest(far, offers)),
    }
}

/// The candidate with most headers, then fewest missing, then the plainest name; its offer and header.
fn likeliest(
    candidates: &[Candidate],
    offers: &[Offer<'_>],
    named: &dyn Fn(&Candidate) -> [u8; 4],
) -> Option<(usize, (usize, usize))> {
    let likelier = |one: &&Candidate, other: &&Candidate| {
        let missing = |candidate: &Candidate| missing(candidate, offers).len();
        let matched = one.attempt.matched.cmp(&other.attempt.matched);
        matched
            .then_with(|| missing(other).cmp(&missing(one)))
            .then_with(|| named(one).cmp(&named(other)))
            .then(other.offer.cmp(&one.offer))
    };
    candidates.iter().max_by(likelier).map(|candidate| (candidate.offer, candidate.header))
}

/// Whether a source that lacks a required column is meant as this table all the same: it lacks only one, and either that
/// one is misspelt, or most of its headers are of this table.
fn is_near(candidate: &Candidate, head: &Head, offers: &[Offer<'_>]) -> bool {
    /// Fewer headers are shared by tables of different things.
    const HEADERS: usize = 4;
    let missing = missing(candidate, offers);
    let (matched, table) = (candidate.attempt.matched, offers[candidate.offer].declared);
    let [missing] = missing[..] else { return false };
    let mut attempt = candidate.attempt.clone();
    attempt.suggest(table);
    let misspelt = attempt.unknown.iter().any(|unknown| unknown.did_you_mean == Some(missing));
    let filled = head.rows[candidate.header.1].filled();
    misspelt && matched >= 2 || matched >= HEADERS && matched * 3 >= filled * 2
}

/// The window of rows in which most columns of one offer are found; the lowest and uppermost among equals.
fn best_header(
    head: &Head,
    offers: &[Offer<'_>],
    lookup: &Lookup,
    offer: usize,
    names: &Names,
) -> Option<Candidate> {
    let mut best: Option<(usize, usize, usize)> = None;
    for last in 0..head.rows.len() {
        for height in 1..=3.min(last + 1) {
            let count = head.count(last, height, offer, lookup, offers.len());
            if count > best.map_or(0, |(count, ..)| count) {
                best = Some((count, last, height));
            }
        }
    }
    let (_, last, height) = best?;
    let attempt = attempt(&head.labels(last, height), lookup, offer, offers[offer].declared);
    let positions: Vec<u32> = attempt.columns.iter().flatten().filter_map(|column| column.position).collect();
    let header = (head.top(last + 1 - height, &positions), head.bottom(last, &positions));
    let facts = head.facts_above(header.0, names);
    let mut attempt = attempt;
    take_facts(&mut attempt.columns, offers[offer].declared, &facts);
    Some(Candidate { offer, header, attempt, facts })
}

/// Columns no header is are taken from the facts of the part; units above the header hold where it has none.
pub(crate) fn take_facts(columns: &mut [Option<ColumnMatch>], table: &Table, facts: &[Fact]) {
    let unit_above = facts::value(facts, "unit");
    for (declared, found) in table.columns.iter().zip(columns) {
        let money = declared.unit.as_deref().is_some_and(|unit| Unit::parse(unit).is_some());
        match found {
            Some(found) if found.unit.is_none() && money => found.unit = unit_above.map(str::to_owned),
            Some(_) => {}
            None => {
                let fact = declared.from_part.as_deref().filter(|name| facts::value(facts, name).is_some());
                *found = fact.map(|name| ColumnMatch::without_header(How::Fact(name.to_owned())));
            }
        }
    }
}

/// Required columns that are neither a header nor a fact.
fn missing(candidate: &Candidate, offers: &[Offer<'_>]) -> Vec<u16> {
    let columns = offers[candidate.offer].declared.columns.iter().zip(&candidate.attempt.columns).enumerate();
    columns
        .filter(|(_, (declared, found))| declared.required && found.is_none())
        .map(|(at, _)| at as u16)
        .collect()
}

/// Whether a required column is found by its header, or none is required.
fn by_header(candidate: &Candidate, offers: &[Offer<'_>]) -> bool {
    let columns = || offers[candidate.offer].declared.columns.iter().zip(&candidate.attempt.columns);
    let found = |found: &Option<ColumnMatch>| found.as_ref().is_some_and(|found| found.position.is_some());
    !columns().any(|(declared, _)| declared.required)
        || columns().any(|(declared, match_)| declared.required && found(match_))
}

/// How plainly sheet, file, title and folders name the table, the nearest first.
///
/// A name that is part of a longer name of another table (`PPP项目信息表` of `上期PPP项目信息表`) says less than that one.
fn named(own: &[TableName], names: &Names, title: &[&str]) -> [u8; 4] {
    let level = |text: &str| {
        let text = key(text);
        let hits = own.iter().filter(|name| text.contains(&name.key));
        hits.map(|name| if name.within_another { 1 } else { 2 }).max().unwrap_or(0)
    };
    let folder = names.folders.iter().map(|folder| level(folder)).max().unwrap_or(0);
    let title = title.iter().map(|cell| level(cell)).max().unwrap_or(0);
    [level(&names.sheet), level(&names.file), title, folder]
}

/// The chosen candidate, and those of the same table in other packs.
fn recognised(
    candidates: Vec<Candidate>,
    offers: &[Offer<'_>],
    chosen: usize,
    header: (usize, usize),
) -> Recognised {
    let name = &offers[chosen].declared.name;
    let mut same: Vec<Candidate> = candidates
        .into_iter()
        .filter(|candidate| offers[candidate.offer].declared.name == *name && candidate.header == header)
        .collect();
    same.sort_by_key(|candidate| (candidate.offer != chosen, candidate.offer));
    let matched = same.first().map_or(0, |candidate| candidate.attempt.matched);
    let facts = same.first().map(|candidate| candidate.facts.clone()).unwrap_or_default();
    for candidate in &mut same {
        candidate.attempt.suggest(offers[candidate.offer].declared);
    }
    let matches = same.into_iter().map(|candidate| TableMatch {
        missing: missing(&candidate, offers),
        pack: offers[candidate.offer].pack,
        table: offers[candidate.offer].table,
        columns: candidate.attempt.columns,
        unknown: candidate.attempt.unknown,
        duplicates: candidate.attempt.duplicates,
    });
    Recognised { matches: matches.collect(), header, facts, matched }
}

/// What the source comes nearest to: most headers found, then fewest missing.
fn nearest(partial: Vec<Candidate>, offers: &[Offer<'_>]) -> Option<Nearby> {
    let order = |candidate: &Candidate| {
        (
            candidate.attempt.matched,
            std::cmp::Reverse(missing(candidate, offers).len()),
            std::cmp::Reverse(candidate.offer),
        )
    };
    let mut candidate = partial.into_iter().max_by_key(order)?;
    candidate.attempt.suggest(offers[candidate.offer].declared);
    let missing = missing(&candidate, offers);
    let meant = candidate.attempt.unknown.iter();
    let meant = meant.filter_map(|unknown| Some((unknown.header.clone(), unknown.did_you_mean?)));
    Some(Nearby {
        offer: candidate.offer,
        matched: candidate.attempt.matched,
        did_you_mean: meant.filter(|(_, column)| missing.contains(column)).collect(),
        missing,
    })
}

impl Head {
    /// What the rows above a row and the names around the table say.
    fn facts_above(&self, row: usize, names: &Names) -> Vec<Fact> {
        let read = || {
            let above = || self.rows[..row].iter().map(|row| row.cells.as_slice());
            let mut stated = facts::in_rows(above());
            stated.extend(facts::title_in(above()));
            facts::with_names(stated, names)
        };
        self.facts.borrow_mut().entry(row).or_insert_with(read).clone()
    }

    /// How many columns of an offer a window of rows would hold.
    fn count(&self, last: usize, height: usize, offer: usize, lookup: &Lookup, offers: usize) -> usize {
        if height > 1 && self.is_silent(last, lookup, offers) && self.is_silent(last - 1, lookup, offers) {
            return 0;
        }
        let counted =
            |cache: &Counts| cache.get(&(last, height)).map(|counts| counts.get(offer).copied().unwrap_or(0));
        if let Some(count) = counted(&self.counts.borrow()) {
            return count;
        }
        let counts = counts(&self.labels(last, height), lookup, offers);
        self.counts.borrow_mut().insert((last, height), counts);
        counted(&self.counts.borrow()).unwrap_or(0)
    }

    /// Whether a row alone holds no header of any table.
    fn is_silent(&self, row: usize, lookup: &Lookup, offers: usize) -> bool {
        (0..offers).all(|offer| self.count(row, 1, offer, lookup, offers) == 0)
    }
}
