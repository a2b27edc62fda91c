//! Causes: findings that share one are told once, with a sentence. Nothing here knows a rule; what counts is what
//! findings have in common: a factor, a column, a value, a way of writing, a body.
//!
//! Counts are over the findings kept in detail, since only these are known one by one; where a rule has more, the cause
//! says “at least”.

use std::collections::{BTreeMap, BTreeSet};

use mingcha_values::amount::unit_slip;
use mingcha_values::date::parse_date;
use mingcha_values::decimal::Decimal;

use super::cause_words::{self, Told, sentence};
use super::plan::{Named, Reason};
use super::record::{Cause, CauseKind, Finding, PartRecord, RuleRecord, Value};
use crate::intake::rules as intake_rules;
use crate::manifest::Severity;

/// Findings of one factor, value or way of writing that are a cause.
const LEAST: usize = 3;
/// Findings of a whole file or of one body that are a cause.
const LEAST_OF_A_WHOLE: usize = 5;
/// Records with several unreadable cells that are a cause.
const LEAST_SHIFTED: usize = 2;

/// A file or sheet.
type PartKey<'a> = (&'a str, Option<&'a str>);
/// Rule, wording, file or sheet, column.
type At<'a> = (&'a str, &'a str, PartKey<'a>, &'a str);
/// Parts by the name of their file.
pub(super) type Parts<'a> = BTreeMap<&'a str, Vec<&'a PartRecord>>;

/// Finds the causes, and writes each one's number into its findings.
pub(super) fn find(findings: &mut [Finding], rules: &[RuleRecord], parts: &Parts<'_>) -> Vec<Cause> {
    let mut search = Search { rules, parts, causes: missing_columns(rules) };
    let unreadable = intake_rules::manifest().rules[usize::from(intake_rules::UNREADABLE_CELL)].id.as_str();
    let of_unreadable = |finding: &Finding| finding.rule == unreadable;
    let shifted = shifted(findings, unreadable);
    search.claim_all(CauseKind::ShiftedColumns, findings, shifted);
    let slips = groups(findings, LEAST, |finding| Some((at(finding)?, slip(finding)?)));
    search.claim_all(CauseKind::UnitSlip, findings, slips);
    let values = groups(findings, LEAST, |finding| value(finding).filter(|_| of_unreadable(finding)));
    search.claim_all(CauseKind::SameValue, findings, values);
    let spellings = groups(findings, LEAST, |finding| spelling(finding).filter(|_| of_unreadable(finding)));
    search.claim_all(CauseKind::SameSpelling, findings, spellings);
    search.wholes(findings);
    let values = groups(findings, LEAST, value);
    search.claim_all(CauseKind::SameValue, findings, values);
    let spellings = groups(findings, LEAST, |finding| {
        spelling(finding).filter(|(_, shape)| shape.chars().any(|character| !is_of_numbers(character)))
    });
    search.claim_all(CauseKind::SameSpelling, findings, spellings);
    let bodies = groups(findings, LEAST_OF_A_WHOLE, |finding| {
        Some((&finding.rule, &finding.message, finding.body.as_ref()?))
    });
    search.claim_all(CauseKind::SameBody, findings, bodies);
    search.causes
}

/// Findings without a cause, by what they share; groups of at least so many, in order of their first.
fn groups<'f, K: Ord>(
    findings: &'f [Finding],
    least: usize,
    key: impl Fn(&'f Finding) -> Option<K>,
) -> Vec<Vec<usize>> {
    let mut groups: BTreeMap<K, Vec<usize>> = BTreeMap::new();
    let counts = |finding: &Finding| finding.cause.is_none() && finding.suppression.is_none();
    for (index, finding) in findings.iter().enumerate().filter(|(_, finding)| counts(finding)) {
        if let Some(key) = key(finding) {
            groups.entry(key).or_default().push(index);
        }
    }
    let mut groups: Vec<Vec<usize>> = groups.into_values().filter(|group| group.len() >= least).collect();
    groups.sort();
    groups
}

fn at(finding: &Finding) -> Option<At<'_>> {
    let place = finding.place.as_ref()?;
    let column = place.column.as_deref()?;
    Some((&finding.rule, &finding.message, (&place.input, place.sheet.as_deref()), column))
}

/// The cell's value, in one spelling; empty for a blank.
fn value(finding: &Finding) -> Option<(At<'_>, String)> {
    let value = finding.place.as_ref()?.value.as_deref().unwrap_or_default();
    Some((at(finding)?, mingcha_values::text::key(value)))
}

/// How the cell is written: figures and Latin letters stand for themselves no more.
fn spelling(finding: &Finding) -> Option<(At<'_>, String)> {
    let value = finding.place.as_ref()?.value.as_deref()?;
    let mut shape = String::new();
    for character in value.chars() {
        let class = match character {
            digit if digit.is_numeric() && digit.is_ascii() => '0',
            letter if letter.is_ascii_alphabetic() => 'a',
            other => other,
        };
        if !(class == '0' && shape.ends_with('0') || class == 'a' && shape.ends_with('a')) {
            shape.push(class);
        }
    }
    shape.contains('0').then_some((at(finding)?, shape))
}

fn is_of_numbers(character: char) -> bool {
    character.is_ascii_digit() || matches!(character, '.' | ',' | '-' | '+' | '%' | ' ')
}

/// The power of ten between what stands there and what ought to, or what it was compared with.
fn slip(finding: &Finding) -> Option<i32> {
    let actual = decimal(finding.actual.as_ref()?)?;
    let others = finding.expected.iter().chain(finding.arguments.values());
    others.filter_map(decimal).find_map(|other| unit_slip(actual, other))
}

fn decimal(value: &Value) -> Option<Decimal> {
    match value {
        Value::Number(number) => Decimal::from_f64(*number),
        Value::Integer(integer) => Some(Decimal::new(*integer, 0)),
        Value::Decimal(text) => Decimal::parse(text).ok(),
        _ => None,
    }
}

/// Unreadable cells of records of which several cells cannot be read, one of them because it is of another kind.
fn shifted(findings: &[Finding], unreadable: &str) -> Vec<Vec<usize>> {
    let mut records: BTreeMap<(PartKey<'_>, u64), Vec<usize>> = BTreeMap::new();
    for (index, finding) in findings.iter().enumerate().filter(|(_, finding)| finding.rule == unreadable) {
        let Some(place) = &finding.place else { continue };
        let part = (place.input.as_str(), place.sheet.as_deref());
        records.entry((part, place.record.unwrap_or_default())).or_default().push(index);
    }
    let mut parts: BTreeMap<PartKey<'_>, (usize, Vec<usize>)> = BTreeMap::new();
    for ((part, _), cells) in records {
        if cells.len() > 1 && cells.iter().any(|&cell| is_of_another_kind(&findings[cell])) {
            let (records, all) = parts.entry(part).or_default();
            *records += 1;
            all.extend(cells);
        }
    }
    parts.into_values().filter(|(records, _)| *records >= LEAST_SHIFTED).map(|(_, cells)| cells).collect()
}

/// A number where a date is asked for, or the other way round.
fn is_of_another_kind(finding: &Finding) -> bool {
    let Some(value) = finding.place.as_ref().and_then(|place| place.value.as_deref()) else { return false };
    let is_a_date = parse_date(value).is_ok();
    let is_a_number = Decimal::parse(value).is_ok();
    match finding.message.as_str() {
        "not-a-date" => is_a_number,
        "not-a-number" | "not-a-whole-number" | "not-an-amount" | "not-a-flag" => is_a_date,
        _ => false,
    }
}

/// Files that lack a column which rules need.
fn missing_columns(rules: &[RuleRecord]) -> Vec<Cause> {
    let mut missing: BTreeMap<(&str, &Named), (Severity, Vec<String>)> = BTreeMap::new();
    for rule in rules {
        for reason in &rule.reasons {
            let Reason::ColumnMissing { part, columns } = reason else { continue };
            for column in columns {
                let entry = missing.entry((part, column)).or_insert((rule.severity, Vec::new()));
                entry.0 = entry.0.max(rule.severity);
                entry.1.push(rule.id.clone());
            }
        }
    }
    let mut causes = Vec::new();
    for ((part, column), (severity, rules)) in missing {
        let (input, sheet) = part.split_once('#').map_or((part, None), |(input, sheet)| (input, Some(sheet)));
        causes.push(Cause {
            id: number_of(&causes),
            kind: CauseKind::MissingColumn,
            severity,
            input: Some(input.to_owned()),
            sheet: sheet.map(str::to_owned),
            column: Some(column.name.clone()),
            value: None,
            findings: 0,
            at_least: false,
            sentence: cause_words::missing_column(part, &column.title, rules.len()),
            rules,
        });
    }
    causes
}

/// The number of the next cause.
fn number_of(causes: &[Cause]) -> u32 {
    u32::try_from(causes.len() + 1).unwrap_or(u32::MAX)
}

struct Search<'a> {
    rules: &'a [RuleRecord],
    parts: &'a Parts<'a>,
    causes: Vec<Cause>,
}

impl<'a> Search<'a> {
    fn rule(&self, id: &str) -> Option<&'a RuleRecord> {
        self.rules.iter().find(|rule| rule.id == id)
    }

    fn part(&self, (input, sheet): PartKey<'_>) -> Option<&'a PartRecord> {
        self.parts.get(input)?.iter().copied().find(|part| part.sheet.as_deref() == sheet)
    }

    /// Rules that object to every record of a file or sheet.
    fn wholes(&mut self, findings: &mut [Finding]) {
        let groups = groups(findings, LEAST_OF_A_WHOLE, |finding| {
            let place = finding.place.as_ref()?;
            Some((&finding.rule, (place.input.as_str(), place.sheet.as_deref())))
        });
        for group in groups {
            let places = || group.iter().filter_map(|&index| findings[index].place.as_ref());
            let records: BTreeSet<u64> = places().filter_map(|place| place.record).collect();
            let columns: BTreeSet<Option<&str>> = places().map(|place| place.column.as_deref()).collect();
            let kind = match columns.len() {
                1 if !columns.contains(&None) => CauseKind::WholeColumn,
                _ => CauseKind::WholePart,
            };
            if self.is_whole(&findings[group[0]], &records) {
                self.claim(kind, findings, &group);
            }
        }
    }

    /// At least 95 of 100 records; where not all findings were kept, of the records up to the last one kept.
    fn is_whole(&self, first: &Finding, records: &BTreeSet<u64>) -> bool {
        let Some((place, rule)) = first.place.as_ref().zip(self.rule(&first.rule)) else { return false };
        let Some(part) = self.part((&place.input, place.sheet.as_deref())) else { return false };
        let all = if !rule.complete { records.last().copied().unwrap_or(u64::MAX) } else { part.records };
        records.len() >= LEAST_OF_A_WHOLE && records.len() as u64 * 100 >= all.saturating_mul(95)
    }

    fn claim_all(&mut self, kind: CauseKind, findings: &mut [Finding], groups: Vec<Vec<usize>>) {
        for group in groups {
            self.claim(kind, findings, &group);
        }
    }

    fn claim(&mut self, kind: CauseKind, findings: &mut [Finding], group: &[usize]) {
        let id = number_of(&self.causes);
        let Some(first) = group.first().map(|&index| &findings[index]) else { return };
        let Some(rule) = self.rule(&first.rule) else { return };
        let place = first.nearest_place();
        let (count, at_least) = self.count(kind, rule, group.len() as u64);
        let with_column =
            !matches!(kind, CauseKind::WholePart | CauseKind::ShiftedColumns | CauseKind::SameBody);
        let with_value = matches!(kind, CauseKind::SameValue | CauseKind::SameSpelling);
        let power = slip(first).unwrap_or_default();
        let told = Told { kind, first, title: &rule.title, count, at_least, power };
        self.causes.push(Cause {
            id,
            kind,
            rules: vec![rule.id.clone()],
            severity: group.iter().map(|&index| findings[index].severity).max().unwrap_or(rule.severity),
            input: place.map(|place| place.input.clone()),
            sheet: place.and_then(|place| place.sheet.clone()),
            column: place.filter(|_| with_column).and_then(|place| place.column.clone()),
            value: place.filter(|_| with_value).and_then(|place| place.value.clone()),
            findings: count,
            at_least,
            sentence: sentence(&told),
        });
        for &index in group {
            findings[index].cause = Some(id);
        }
    }

    /// How many findings, and whether there may be more: a rule that objects to all of the only file of its table has
    /// all its findings there, kept or not.
    fn count(&self, kind: CauseKind, rule: &RuleRecord, kept: u64) -> (u64, bool) {
        if rule.complete {
            return (kept, false);
        }
        let parts = self.parts.values().flatten().filter(|part| Some(&part.table) == rule.table.as_ref());
        let is_whole = matches!(kind, CauseKind::WholeColumn | CauseKind::WholePart);
        if is_whole && parts.count() == 1 && kept == rule.kept && rule.failed == rule.applied {
            return (rule.findings.all(), false);
        }
        (kept, true)
    }
}
