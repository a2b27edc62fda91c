//! Headers as people write them against columns as packs declare them.
//!
//! Two headers are the same if their keys are; failing that, if their keys without brackets, marks and units are.

use super::offer::{Heading, Offer};
use mingcha_values::amount::Unit;
use mingcha_values::text::key;
use std::collections::{HashMap, HashSet};

/// How well a header fits a column; better ones are greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Strength {
    /// Only without its brackets and units.
    Bare,
    /// One of the column's aliases or its English name.
    Alias,
    /// The column's own header.
    Own,
    /// A person said so.
    Assigned,
}

/// The columns of all offers by the keys of their headers.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lookup {
    by_key: HashMap<String, Vec<Entry>>,
    /// Some assigned header looks like a number.
    has_numbers: bool,
    /// Per offer: keys of what the table is called.
    names: Vec<Vec<TableName>>,
}

/// Something a table is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TableName {
    pub(crate) key: String,
    /// It is part of a longer name of another table.
    pub(crate) within_another: bool,
}

/// A column a header may mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// Index of the offer.
    pub(crate) offer: usize,
    /// Index of the column in its table.
    pub(crate) column: u16,
    /// How well it fits.
    pub(crate) strength: Strength,
}

impl Lookup {
    /// Collects the headers of all columns of all offers.
    pub(crate) fn new(offers: &[Offer<'_>]) -> Self {
        let mut lookup = Self::default();
        for (offer, table) in offers.iter().enumerate() {
            for (column, declared) in table.declared.columns.iter().enumerate() {
                let own = [
                    (declared.label.zh.as_str(), Strength::Own),
                    (declared.label.en.as_str(), Strength::Alias),
                ];
                let aliases = declared.aliases.iter().map(|alias| (alias.as_str(), Strength::Alias));
                let names = own.into_iter().chain([(declared.name.as_str(), Strength::Alias)]).chain(aliases);
                for (name, strength) in names {
                    let entry = Entry { offer, column: column as u16, strength };
                    lookup.add(key(name), entry);
                    lookup.add(bare(name), Entry { strength: Strength::Bare, ..entry });
                }
            }
        }
        lookup.names = offers.iter().map(|offer| table_names(offer, offers)).collect();
        lookup
    }

    /// The same with what a person says of some headers; none if that says nothing of these offers.
    pub(crate) fn with<'h>(
        &self,
        headings: impl Iterator<Item = &'h Heading>,
        offers: &[Offer<'_>],
    ) -> Option<Self> {
        let mut lookup: Option<Self> = None;
        for heading in headings {
            for (offer, table) in offers.iter().enumerate().filter(|(_, o)| o.declared.name == heading.table)
            {
                let column =
                    table.declared.columns.iter().position(|column| column.is_called(&heading.column));
                let Some(column) = column else { continue };
                let entry = Entry { offer, column: column as u16, strength: Strength::Assigned };
                let lookup = lookup.get_or_insert_with(|| self.clone());
                let header = key(&heading.header);
                lookup.has_numbers |= is_number(&header);
                lookup.assign(header, entry);
            }
        }
        lookup
    }

    /// What a person says stands before all that packs know of the same header.
    fn assign(&mut self, key: String, entry: Entry) {
        let entries = self.by_key.entry(key).or_default();
        entries.retain(|known| known.offer != entry.offer);
        entries.push(entry);
    }

    /// What the table of an offer is called.
    pub(crate) fn names(&self, offer: usize) -> &[TableName] {
        self.names.get(offer).map_or(&[], Vec::as_slice)
    }

    /// Keys of the headers of all tables.
    pub(crate) fn keys(&self) -> HashSet<String> {
        self.by_key.keys().cloned().collect()
    }

    fn add(&mut self, key: String, entry: Entry) {
        if key.is_empty() {
            return;
        }
        let entries = self.by_key.entry(key).or_default();
        match entries.iter_mut().find(|known| known.offer == entry.offer && known.column == entry.column) {
            Some(known) => known.strength = known.strength.max(entry.strength),
            None => entries.push(entry),
        }
    }

    /// Columns a header may mean, over all offers.
    pub(crate) fn find(&self, header: &str) -> Vec<Entry> {
        // Numbers and dates are asked for by the thousand.
        if header.len() > HEADER_AT_MOST || (!self.has_numbers && is_number(header)) {
            return Vec::new();
        }
        let key = key(header);
        let full = self.by_key.get(&key).map(Vec::as_slice).unwrap_or_default();
        let mut entries = full.to_vec();
        for entry in self.by_key.get(&bare_key(&key)).map(Vec::as_slice).unwrap_or_default() {
            if !entries.iter().any(|known| known.offer == entry.offer && known.column == entry.column) {
                entries.push(Entry { strength: Strength::Bare, ..*entry });
            }
        }
        entries
    }
}

fn is_number(header: &str) -> bool {
    header.starts_with(|c: char| c.is_ascii_digit()) && header.is_ascii()
}

/// Bytes; a longer cell is no header.
const HEADER_AT_MOST: usize = 200;

/// The keys of all names of a table.
fn table_names(offer: &Offer<'_>, offers: &[Offer<'_>]) -> Vec<TableName> {
    let declared = offer.declared;
    let own = [&declared.name, &declared.label.zh, &declared.label.en].into_iter().chain(&declared.aliases);
    let others = offers.iter().filter(|other| other.declared.name != declared.name);
    let others =
        others.flat_map(|other| std::iter::once(&other.declared.label.zh).chain(&other.declared.aliases));
    let others: Vec<String> = others.map(|name| key(name)).collect();
    let own = own.map(|name| key(name)).filter(|key| !key.is_empty());
    own.map(|key| TableName {
        within_another: others.iter().any(|o| o.len() > key.len() && o.contains(&key)),
        key,
    })
    .collect()
}

/// The key of a header without brackets and what is in them, marks of duty (`*`), and a unit at its end.
pub(crate) fn bare(header: &str) -> String {
    bare_key(&key(header))
}

fn bare_key(key: &str) -> String {
    let (mut bare, mut depth) = (String::with_capacity(key.len()), 0_usize);
    for c in key.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            '*' | '★' | '※' | '#' | ':' => {}
            _ if depth == 0 => bare.push(c),
            _ => {}
        }
    }
    let cut = bare
        .rfind([',', '/', '、'])
        .filter(|at| Unit::parse(bare[*at..].trim_start_matches([',', '/', '、'])).is_some());
    if let Some(at) = cut {
        bare.truncate(at);
    }
    let unit = ["百万元", "千万元", "亿元", "万元", "千元"].iter().find(|unit| bare.ends_with(**unit));
    match unit {
        Some(unit) if bare.len() > unit.len() => bare[..bare.len() - unit.len()].to_owned(),
        _ => bare,
    }
}

/// What the brackets of a header hold, such as `mg/L` or `万元`; None if there are none.
pub(crate) fn in_brackets(header: &str) -> Option<String> {
    let key = key(header).replace('[', "(").replace(']', ")");
    let (_, rest) = key.split_once('(')?;
    let inside = rest.split(')').next()?;
    let inside = inside.rsplit(':').next().unwrap_or(inside);
    (!inside.is_empty()).then(|| inside.to_owned())
}

/// How alike two headers are: 1 for the same, 0 for nothing in common.
pub(crate) fn likeness(one: &str, other: &str) -> f64 {
    let (one, other) = (bare(one), bare(other));
    // A likeness of one half needs half of the letters.
    if one.is_empty() || other.is_empty() || one.len() > other.len() * 2 || other.len() > one.len() * 2 {
        return 0.0;
    }
    strsim::normalized_damerau_levenshtein(&one, &other)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::tests::declare;
    use proptest::prelude::*;

    #[test]
    fn headers_are_bared_of_units_notes_and_marks() {
        for (header, expected) in [
            ("投资金额（万元）", "投资金额"),
            ("投资\n金额 (单位：万元)", "投资金额"),
            ("*项目名称", "项目名称"),
            ("投资金额/亿元", "投资金额"),
            ("投资金额万元", "投资金额"),
            ("所属县市/园区", "所属县市/园区"),
            ("中标(成交)社会资本", "中标社会资本"),
            ("(万元)", ""),
        ] {
            assert_eq!(bare(header), expected, "{header}");
        }
        assert_eq!(in_brackets("浓度（mg/m³）").as_deref(), Some("mg/m3"));
    }

    #[test]
    fn a_columns_own_header_beats_an_alias_beats_a_bare_one() {
        let table = declare::projects();
        let offers = [Offer { group: 0, pack: 0, table: 0, declared: &table }];
        let lookup = Lookup::new(&offers);
        let strength = |header| lookup.find(header).first().map(|entry| (entry.column, entry.strength));
        assert_eq!(strength("投资金额"), Some((2, Strength::Own)));
        assert_eq!(strength("项目总投资"), Some((2, Strength::Alias)));
        assert_eq!(strength("invest_amount"), Some((2, Strength::Alias)));
        assert_eq!(strength("总投资（万元）"), None);
        assert_eq!(strength("投资金额（万元）"), Some((2, Strength::Bare)));
    }

    proptest! {
        #[test]
        fn no_header_panics(header in "\\PC{0,40}|[()\\[\\]（）*:/万元,、a]{0,20}") {
            let _ = (bare(&header), in_brackets(&header), likeness(&header, "投资金额"));
        }
    }
}
