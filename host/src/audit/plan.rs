//! Which rules run, on which parts, in which sessions; and for those that do not, why.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Request;
use super::spread::Spread;
use crate::intake::{Intake, TableMatch};
use crate::manifest::{Kind, Presence, Reading, Rule, Scope, Text};
use crate::runtime::Pack;

/// A table or column, by its name and by what people call it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Named {
    /// In English, snake_case.
    pub name: String,
    /// For people.
    pub title: Text,
}

/// Why a rule was not checked, or not everywhere.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", tag = "code")]
pub enum Reason {
    /// Its table was not handed in.
    TableNotHandedIn {
        /// The tables; any one of them would do.
        tables: Vec<Named>,
    },
    /// It does not apply yet on the as-of date.
    NotYetInForce {
        /// First day it applies.
        since: String,
    },
    /// It no longer applies on the as-of date.
    NoLongerInForce {
        /// First day it no longer applied.
        until: String,
    },
    /// The file lacks a column it needs.
    ColumnMissing {
        /// The file, and the sheet behind `#`.
        part: String,
        /// The columns.
        columns: Vec<Named>,
    },
    /// The file lacks a column it needs, which no form has to have.
    ColumnNotAsked {
        /// The file, and the sheet behind `#`.
        part: String,
        /// The columns.
        columns: Vec<Named>,
    },
    /// Cells it needs are unreadable on some records.
    CellsUnreadable {
        /// How many records.
        records: u64,
    },
    /// Nothing it applies to was found.
    NothingApplicable,
    /// What it rests on no longer holds on the as-of date, and nothing else it rests on applies to what was found.
    BasisExpired {
        /// The document.
        document: String,
        /// First day it no longer held.
        until: String,
    },
    /// The pack did not answer as it must.
    PackFailed {
        /// What happened, in Chinese.
        zh: String,
        /// What happened, in English.
        en: String,
    },
}

impl Reason {
    /// It lies in what was handed in: the rule could not be checked, or not everywhere.
    #[must_use]
    pub fn is_incomplete(&self) -> bool {
        matches!(
            self,
            Self::ColumnMissing { .. } | Self::ColumnNotAsked { .. } | Self::CellsUnreadable { .. }
        )
    }

    /// It is incomplete, and whoever handed it in owes what is missing.
    #[must_use]
    pub fn is_owed(&self) -> bool {
        self.is_incomplete() && !matches!(self, Self::ColumnNotAsked { .. })
    }
}

/// Rules that share a session: of one pack, over one table, on the same parts; either all judge records alone, or none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pass {
    /// Index of the pack.
    pub pack: usize,
    /// Index of the table they judge.
    pub table: u16,
    /// How its records may be spread over sessions.
    pub spread: Spread,
    /// Indices of the parts.
    pub parts: Vec<usize>,
    /// Indices of the rules.
    pub rules: Vec<u16>,
    /// Columns of the judged table that are sent.
    pub columns: Vec<u16>,
    /// Reference tables and their columns.
    pub beside: Vec<(u16, Vec<u16>)>,
}

/// What was decided about one rule.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decision {
    /// It was chosen by the user.
    pub selected: bool,
    /// It runs, at least on some parts.
    pub runs: bool,
    /// Why it does not, or not everywhere.
    pub reasons: Vec<Reason>,
}

/// Columns of a table whose cells are more than text, and that some part has: what is written there must be readable,
/// whether a rule asks for it or not.
#[must_use]
pub fn typed_columns(packs: &[Pack], intake: &Intake, pack: usize, table: u16) -> BTreeSet<u16> {
    let declared = &packs[pack].manifest.tables[usize::from(table)];
    let mut columns = BTreeSet::new();
    for matched in intake.parts.iter().flat_map(|part| &part.matches) {
        if (matched.pack, matched.table) == (pack, table) {
            let found = declared.columns.iter().zip(&matched.columns).enumerate();
            let typed = found.filter(|(_, (column, found))| column.kind != Kind::Text && found.is_some());
            columns.extend(typed.filter_map(|(index, _)| u16::try_from(index).ok()));
        }
    }
    columns
}

/// What will be done.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// The sessions.
    pub passes: Vec<Pass>,
    /// Per pack and rule.
    pub decisions: Vec<Vec<Decision>>,
}

/// The parts of each table of each pack.
struct Parts<'a> {
    intake: &'a Intake,
    of: BTreeMap<(usize, u16), Vec<usize>>,
}

impl<'a> Parts<'a> {
    fn new(intake: &'a Intake) -> Self {
        let mut of: BTreeMap<(usize, u16), Vec<usize>> = BTreeMap::new();
        for (index, part) in intake.parts.iter().enumerate() {
            for matched in &part.matches {
                of.entry((matched.pack, matched.table)).or_default().push(index);
            }
        }
        Self { intake, of }
    }

    fn of(&self, pack: usize, table: u16) -> &[usize] {
        self.of.get(&(pack, table)).map_or(&[], Vec::as_slice)
    }

    fn matched(&self, part: usize, pack: usize, table: u16) -> Option<&'a TableMatch> {
        table_match(self.intake, part, pack, table)
    }
}

/// How a part matches a table of a pack.
#[must_use]
pub fn table_match(intake: &Intake, part: usize, pack: usize, table: u16) -> Option<&TableMatch> {
    intake.parts[part].matches.iter().find(|matched| matched.pack == pack && matched.table == table)
}

impl Plan {
    /// Gives every rule a pass of its own.
    pub(super) fn apart(&mut self, packs: &[Pack], intake: &Intake) {
        let single = |whole: &Pass, rule: u16| whole.of_some(packs, intake, vec![rule]);
        let passes = self.passes.iter();
        self.passes = passes
            .flat_map(|whole| whole.rules.iter().map(move |&rule| (whole, rule)))
            .map(|(whole, rule)| single(whole, rule))
            .collect();
    }
}

impl Pass {
    /// The pass of some of its rules.
    pub(super) fn of_some(&self, packs: &[Pack], intake: &Intake, rules: Vec<u16>) -> Self {
        pass(packs, &Parts::new(intake), (self.pack, self.table), self.parts.clone(), rules)
    }
}

/// Decides, rule by rule.
#[must_use]
pub fn plan(packs: &[Pack], intake: &Intake, request: &Request) -> Plan {
    let parts = Parts::new(intake);
    let mut plan = Plan::default();
    let mut passes: BTreeMap<(usize, u16, bool, Vec<usize>), Vec<u16>> = BTreeMap::new();
    for (pack, loaded) in packs.iter().enumerate() {
        let mut decisions = Vec::new();
        for (index, rule) in loaded.manifest.rules.iter().enumerate() {
            let (decision, on) = decide(loaded, pack, rule, &parts, request);
            if decision.runs {
                let alone = rule.scope == Scope::EachRecord;
                let index = u16::try_from(index).unwrap_or(u16::MAX);
                passes.entry((pack, rule.over.table, alone, on)).or_default().push(index);
            }
            decisions.push(decision);
        }
        plan.decisions.push(decisions);
    }
    plan.passes = passes
        .into_iter()
        .map(|((pack, table, _, on), rules)| pass(packs, &parts, (pack, table), on, rules))
        .collect();
    plan
}

fn pass(
    packs: &[Pack],
    parts: &Parts<'_>,
    (pack, table): (usize, u16),
    on: Vec<usize>,
    rules: Vec<u16>,
) -> Pass {
    let mut columns = BTreeSet::new();
    let mut beside: BTreeMap<u16, BTreeSet<u16>> = BTreeMap::new();
    for &index in &rules {
        let rule = &packs[pack].manifest.rules[usize::from(index)];
        columns.extend(rule.over.all_columns());
        if let Scope::Group(group) = &rule.scope {
            columns.extend(group);
        }
        for reading in rule.beside.iter().filter(|reading| !parts.of(pack, reading.table).is_empty()) {
            beside.entry(reading.table).or_default().extend(reading.all_columns());
        }
    }
    let beside = beside.into_iter().map(|(table, columns)| (table, columns.into_iter().collect())).collect();
    let spread = Spread::of(&packs[pack].manifest, &rules);
    Pass { pack, table, spread, parts: on, rules, columns: columns.into_iter().collect(), beside }
}

fn decide(
    loaded: &Pack,
    pack: usize,
    rule: &Rule,
    parts: &Parts<'_>,
    request: &Request,
) -> (Decision, Vec<usize>) {
    let mut decision = Decision { selected: is_selected(&request.rules, &rule.id), ..Decision::default() };
    if !decision.selected {
        return (decision, Vec::new());
    }
    if let Some(reason) =
        out_of_force(rule, request.as_of).or_else(|| table_missing(loaded, pack, rule, parts))
    {
        decision.reasons.push(reason);
        return (decision, Vec::new());
    }
    for reading in &rule.beside {
        let missing = columns_missing(loaded, pack, reading, parts);
        decision.reasons.extend(missing.into_values());
    }
    if !decision.reasons.is_empty() {
        return (decision, Vec::new());
    }
    let mut missing = columns_missing(loaded, pack, &rule.over, parts);
    let on: Vec<usize> =
        parts.of(pack, rule.over.table).iter().copied().filter(|part| !missing.contains_key(part)).collect();
    decision.reasons.extend(std::mem::take(&mut missing).into_values());
    decision.runs = !on.is_empty();
    (decision, on)
}

/// Whether a rule id matches one of the patterns; no patterns match all.
#[must_use]
pub fn is_selected(patterns: &[String], id: &str) -> bool {
    patterns.is_empty() || patterns.iter().any(|pattern| matches_pattern(pattern, id))
}

/// `*` stands for any run of characters.
fn matches_pattern(pattern: &str, text: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == text,
        Some((head, tail)) => text.strip_prefix(head).is_some_and(|rest| {
            rest.char_indices()
                .map(|(at, _)| at)
                .chain([rest.len()])
                .any(|at| matches_pattern(tail, &rest[at..]))
        }),
    }
}

fn out_of_force(rule: &Rule, as_of: i32) -> Option<Reason> {
    let text = crate::iso_date::text;
    match (rule.since, rule.until) {
        (Some(since), _) if as_of < since => Some(Reason::NotYetInForce { since: text(since) }),
        (_, Some(until)) if as_of >= until => Some(Reason::NoLongerInForce { until: text(until) }),
        _ => None,
    }
}

fn table_missing(loaded: &Pack, pack: usize, rule: &Rule, parts: &Parts<'_>) -> Option<Reason> {
    let absent = |reading: &Reading| parts.of(pack, reading.table).is_empty();
    let name = |reading: &Reading| {
        let table = &loaded.manifest.tables[usize::from(reading.table)];
        Named { name: table.name.clone(), title: table.label.clone() }
    };
    let needed = rule.beside.iter().filter(|reading| reading.presence == Presence::Needed);
    if let Some(reading) = needed.chain([&rule.over]).find(|reading| absent(reading)) {
        return Some(Reason::TableNotHandedIn { tables: vec![name(reading)] });
    }
    let any_of: Vec<&Reading> =
        rule.beside.iter().filter(|reading| reading.presence == Presence::AnyOf).collect();
    if !any_of.is_empty() && any_of.iter().all(|reading| absent(reading)) {
        return Some(Reason::TableNotHandedIn { tables: any_of.into_iter().map(name).collect() });
    }
    None
}

/// Per part of the table that lacks a needed column, the reason to give.
fn columns_missing(
    loaded: &Pack,
    pack: usize,
    reading: &Reading,
    parts: &Parts<'_>,
) -> BTreeMap<usize, Reason> {
    let declared = &loaded.manifest.tables[usize::from(reading.table)];
    let mut missing = BTreeMap::new();
    for &part in parts.of(pack, reading.table) {
        let Some(matched) = parts.matched(part, pack, reading.table) else { continue };
        let lacks = |column: &&u16| matched.columns[usize::from(**column)].is_none();
        let named = |column: &u16| {
            let column = declared.column(*column);
            Named { name: column.name.clone(), title: column.label.clone() }
        };
        let columns: Vec<Named> = reading.columns.iter().filter(lacks).map(named).collect();
        if columns.is_empty() {
            continue;
        }
        let name = part_name(parts.intake, part);
        let reason = match reading.presence {
            Presence::Optional => Reason::ColumnNotAsked { part: name, columns },
            Presence::Needed | Presence::AnyOf => Reason::ColumnMissing { part: name, columns },
        };
        missing.insert(part, reason);
    }
    missing
}

/// How a part is called in reports: the file, and the sheet behind `#`.
#[must_use]
pub fn part_name(intake: &Intake, part: usize) -> String {
    let part = &intake.parts[part];
    let path = &intake.inputs[part.input].path;
    part.sheet.as_ref().map_or_else(|| path.clone(), |sheet| format!("{path}#{sheet}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_any_run_of_characters() {
        assert!(matches_pattern("fee/*", "fee/no-portal"));
        assert!(matches_pattern("*-late", "env/auto-late"));
        assert!(matches_pattern("*/*-missing*", "fee/hotline-missing"));
        assert!(!matches_pattern("fee/*", "ppp/no-portal"));
        assert!(!matches_pattern("fee/no", "fee/no-portal"));
    }

    #[test]
    fn no_pattern_selects_everything() {
        assert!(is_selected(&[], "fee/no-portal"));
    }
}
