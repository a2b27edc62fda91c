//! From counts and answers to the run record: places, sentences, statuses, totals, conclusion.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::Request;
use super::asked::{asked, parts, problems};
use super::collect::{CellFound, Collected, RuleCounts};
use super::feeds::asks_for_cells;
use super::fold;
use super::plan::{Plan, Reason};
use super::record::{
    Conclusion, Finding, PartRecord, ProblemGravity, ProblemRecord, RuleRecord, RunManifest, RunRecord,
    Status, TopValue, Totals,
};
use super::writer::Writer;
use super::{bodies, causes, suppress};
use crate::intake::{self, Intake, IntakeFinding};
use crate::manifest::{Language, Manifest, Rule, Text};
use crate::runtime::Pack;

/// Values a rule objects to most often that are named.
const TOP_VALUES: usize = 5;
/// Characters of each.
const TOP_VALUE_CHARACTERS: usize = 80;

/// Makes the record.
pub(super) fn conclude(
    packs: &[Pack],
    intake: &Intake,
    request: &Request,
    plan: Plan,
    mut collected: Collected,
) -> RunRecord {
    collected.settle();
    let writer = Writer { packs, intake, severities: &request.severities };
    let (mut rules, findings) = answers(&writer, &plan, &collected, request);
    let mut findings = bodies::named(findings, packs, intake);
    for (number, finding) in findings.iter_mut().enumerate() {
        finding.id = number as u64 + 1;
    }
    let manifest = asked(packs, intake, request);
    let suppressions = suppress::apply(&request.suppressions, &manifest.as_of, &mut findings, &mut rules);
    top_values(&mut rules, &findings);
    let parts = parts(packs, intake);
    let causes = causes::find(&mut findings, &rules, &by_file(intake, &parts));
    let problems = problems(intake, packs, request);
    let (mut totals, mut suppressed) = (Totals::default(), Totals::default());
    for rule in &rules {
        totals.merge(rule.findings);
        suppressed.merge(rule.suppressed);
    }
    let conclusion = conclusion(&rules, &problems, &parts, totals.without(suppressed), request);
    let manifest = RunManifest {
        suppressions,
        parts,
        problems,
        rules,
        causes,
        totals,
        suppressed,
        conclusion,
        ..manifest
    };
    let mut record = RunRecord { manifest, findings, timings: None };
    for (pack, units) in collected.fuel {
        record.manifest.packs[pack].fuel = Some(units);
    }
    record.manifest.run_id = run_id(&record.manifest);
    record.seal();
    record
}

/// What became of every rule, and the findings, in the order of the rules.
fn answers(
    writer: &Writer<'_>,
    plan: &Plan,
    collected: &Collected,
    request: &Request,
) -> (Vec<RuleRecord>, Vec<bodies::Owned>) {
    let (mut rules, mut findings) = (Vec::new(), Vec::new());
    intake_rules(writer, collected, request, &mut rules, &mut findings);
    for (pack, loaded) in writer.packs.iter().enumerate() {
        for index in 0..loaded.manifest.rules.len() {
            let index = u16::try_from(index).unwrap_or(u16::MAX);
            let (rule, found) = pack_rule(writer, plan, collected, (pack, index), request.as_of);
            rules.push(rule);
            findings.extend(found.into_iter().map(|found| (Some(pack), found)));
        }
    }
    (rules, findings)
}

/// The values each rule objects to most often, of the findings kept.
fn top_values(rules: &mut [RuleRecord], findings: &[Finding]) {
    let mut counts: BTreeMap<&str, BTreeMap<&str, u64>> = BTreeMap::new();
    for finding in findings {
        let value = finding.place.as_ref().and_then(|place| place.value.as_deref());
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            *counts.entry(&finding.rule).or_default().entry(value).or_default() += 1;
        }
    }
    for rule in rules {
        let Some(values) = counts.remove(rule.id.as_str()) else { continue };
        let mut values: Vec<(&str, u64)> = values.into_iter().collect();
        values.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let top = |(value, findings): (&str, u64)| TopValue {
            value: crate::cut(value, TOP_VALUE_CHARACTERS),
            findings,
        };
        rule.top_values = values.into_iter().take(TOP_VALUES).map(top).collect();
    }
}

fn by_file<'a>(intake: &'a Intake, parts: &'a [PartRecord]) -> causes::Parts<'a> {
    let mut by_file = causes::Parts::new();
    for part in parts {
        by_file.entry(&intake.inputs[part.input].path).or_default().push(part);
    }
    by_file
}

fn pack_rule(
    writer: &Writer<'_>,
    plan: &Plan,
    collected: &Collected,
    (pack, index): (usize, u16),
    as_of: i32,
) -> (RuleRecord, Vec<Finding>) {
    let manifest = &writer.packs[pack].manifest;
    let rule = &manifest.rules[usize::from(index)];
    let decision = &plan.decisions[pack][usize::from(index)];
    let mut reasons = decision.reasons.clone();
    let failure = plan.passes.iter().enumerate().find_map(|(number, pass)| {
        let (_, error) = collected.failures.get(&number)?;
        (pass.pack == pack && pass.rules.contains(&index)).then_some(error)
    });
    let nothing = RuleCounts::default();
    let counts = match failure {
        Some(_) => &nothing,
        None => collected.rules.get(&(pack, index)).unwrap_or(&nothing),
    };
    if let Some(error) = failure {
        reasons
            .push(Reason::PackFailed { zh: error.sentence(Language::Zh), en: error.sentence(Language::En) });
    }
    if counts.skipped > 0 {
        reasons.push(Reason::CellsUnreadable { records: counts.skipped });
    }
    let status = status(decision.selected, decision.runs, failure.is_some(), counts, &mut reasons);
    if reasons.contains(&Reason::NothingApplicable) {
        reasons.extend(expired(rule, as_of));
    }
    let found: Vec<Finding> = fold::told(&counts.details, writer.intake, (pack, rule.over.table))
        .iter()
        .map(|told| writer.finding(pack, rule, told))
        .collect();
    let mut record = rule_record(manifest, rule, status, reasons);
    record.severity = writer.severities.get(&rule.id).copied().unwrap_or(rule.severity);
    record.bases.retain(|basis| basis.holds_on(as_of));
    record.table = Some(manifest.tables[usize::from(rule.over.table)].name.clone());
    (record.applied, record.failed, record.skipped) = (counts.applied, counts.failed, counts.skipped);
    record.passed = counts.applied - counts.failed;
    for (message, count) in counts.findings.iter().enumerate() {
        let message = u16::try_from(message).unwrap_or(u16::MAX);
        record.findings.add(writer.severity(rule, message), *count);
    }
    record.kept = found.len() as u64;
    record.complete = counts.details.len() as u64 >= record.findings.all();
    (record, found)
}

/// What the rule rests on that no longer holds: perhaps why nothing applied.
fn expired(rule: &Rule, as_of: i32) -> impl Iterator<Item = Reason> {
    let ended =
        rule.bases.iter().filter_map(move |basis| Some((basis, basis.until.filter(|day| *day <= as_of)?)));
    ended.map(|(basis, until)| Reason::BasisExpired {
        document: basis.document.clone(),
        until: crate::iso_date::text(until),
    })
}

fn status(
    selected: bool,
    runs: bool,
    broken: bool,
    counts: &RuleCounts,
    reasons: &mut Vec<Reason>,
) -> Status {
    let incomplete = reasons.iter().any(Reason::is_incomplete);
    match (selected, broken, runs) {
        (false, ..) => Status::NotSelected,
        (_, true, _) => Status::Error,
        (_, _, false) if incomplete => Status::NotChecked,
        (_, _, false) => Status::NotApplicable,
        _ if counts.failed > 0 => Status::Failed,
        _ if incomplete => Status::NotChecked,
        _ if counts.applied == 0 => {
            reasons.push(Reason::NothingApplicable);
            Status::NotApplicable
        }
        _ => Status::Passed,
    }
}

fn rule_record(manifest: &Manifest, rule: &Rule, status: Status, reasons: Vec<Reason>) -> RuleRecord {
    RuleRecord {
        title: rule.title.clone(),
        reasons,
        bases: rule.bases.clone(),
        mend: Text {
            zh: crate::page::section(&rule.page.zh, "怎么改"),
            en: crate::page::section(&rule.page.en, "How to mend"),
        },
        ..RuleRecord::unjudged(&manifest.id, &rule.id, rule.severity, status)
    }
}

/// Intake's own rules: what it objects to in cells and in the structure of files.
fn intake_rules(
    writer: &Writer<'_>,
    collected: &Collected,
    request: &Request,
    rules: &mut Vec<RuleRecord>,
    findings: &mut Vec<bodies::Owned>,
) {
    let (manifest, intake) = (intake::rules::manifest(), writer.intake);
    let records: u64 = intake.parts.iter().map(intake::Part::records).sum();
    for (index, rule) in manifest.rules.iter().enumerate() {
        let index = u16::try_from(index).unwrap_or(u16::MAX);
        let mut totals = Totals::default();
        let structure: Vec<&IntakeFinding> =
            intake.findings.iter().filter(|found| found.rule == index).collect();
        for found in &structure {
            totals.add(writer.severity(rule, found.message), 1 + found.more);
        }
        let mut found: Vec<bodies::Owned> =
            structure.iter().map(|found| (None, writer.structure_finding(rule, found))).collect();
        if let Some(cells) = collected.cells.get(&index) {
            for (message, count) in &cells.findings {
                totals.add(writer.severity(rule, *message), *count);
            }
            let of_cell = |found: &CellFound| (Some(found.pack), writer.cell_finding(rule, found));
            found.extend(cells.details.iter().map(of_cell));
        }
        found.truncate(request.keep as usize);
        // Of cells nobody asked for, only those that other rules read were looked at.
        let looked = asks_for_cells(request) || !intake::rules::OF_CELLS.contains(&index);
        let status = match (totals.all(), looked) {
            (1.., _) => Status::Failed,
            (0, true) => Status::Passed,
            (0, false) => Status::NotSelected,
        };
        let mut record = rule_record(manifest, rule, status, Vec::new());
        record.severity = writer.severities.get(&rule.id).copied().unwrap_or(rule.severity);
        (record.applied, record.findings, record.kept) =
            (if looked { records } else { 0 }.max(totals.all()), totals, found.len() as u64);
        record.complete = record.kept >= totals.all();
        record.failed = totals.all();
        record.passed = record.applied - record.failed;
        rules.push(record);
        findings.extend(found);
    }
}

fn conclusion(
    rules: &[RuleRecord],
    problems: &[ProblemRecord],
    parts: &[PartRecord],
    counted: Totals,
    request: &Request,
) -> Conclusion {
    let incomplete =
        |rule: &RuleRecord| rule.status == Status::Error || rule.reasons.iter().any(Reason::is_owed);
    let unchecked = |problem: &ProblemRecord| problem.gravity == ProblemGravity::Unchecked;
    if rules.iter().any(incomplete)
        || problems.iter().any(unchecked)
        || parts.iter().any(|part| part.damaged > 0)
        || nothing_ran(rules, request)
    {
        return Conclusion::Inconclusive;
    }
    Conclusion::of(counted)
}

/// No rule of a pack had anything to judge: silence would look like a pass. Whoever asks for intake's own rules alone
/// gets what was asked.
fn nothing_ran(rules: &[RuleRecord], request: &Request) -> bool {
    let asked_for_intake = !request.rules.is_empty()
        && rules
            .iter()
            .any(|rule| rule.table.is_none() && super::plan::is_selected(&request.rules, &rule.id));
    !asked_for_intake && !rules.iter().any(RuleRecord::ran)
}

/// The same for two runs that were asked the same of the same files and packs.
fn run_id(manifest: &RunManifest) -> String {
    let asked = serde_json::json!({
        "host": manifest.host,
        "as_of": manifest.as_of,
        "period": manifest.period,
        "selected": manifest.selected,
        "keep": manifest.keep,
        "expected": manifest.expected,
        "assigned": manifest.assigned,
        "headings": manifest.headings,
        "encoding": manifest.encoding,
        "severities": manifest.severities,
        "suppressions": manifest.suppressions,
        "packs": manifest.packs.iter().map(|pack| (&pack.id, &pack.sha256, &pack.settings)).collect::<Vec<_>>(),
        "inputs": manifest.inputs.iter().map(|input| (&input.path, &input.sha256)).collect::<Vec<_>>(),
    });
    crate::hex(&Sha256::digest(asked.to_string())[..16])
}
