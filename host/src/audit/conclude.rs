//! From counts and answers to the run record: places, sentences, statuses, totals, conclusion.

use sha2::{Digest, Sha256};

use super::Request;
use super::collect::{Collected, RuleCounts};
use super::fold;
use super::plan::{Plan, Reason};
use super::record::{
    Conclusion, Finding, InputRecord, PackRecord, PartRecord, ProblemGravity, ProblemRecord, RuleRecord,
    RunManifest, RunRecord, SCHEMA, Status, Totals,
};
use super::writer::Writer;
use crate::intake::{self, Gravity, Intake, IntakeFinding};
use crate::manifest::{Language, Manifest, Rule, Table, Text};
use crate::runtime::{CONTRACT, ENGINE_VERSION, Limits, Pack};

/// Makes the record.
pub(super) fn conclude(
    packs: &[Pack],
    intake: &Intake,
    request: &Request,
    plan: Plan,
    mut collected: Collected,
) -> RunRecord {
    collected.settle();
    let writer = Writer { packs, intake };
    let mut findings = Vec::new();
    let mut rules = Vec::new();
    intake_rules(&writer, intake, &collected, request.keep, &mut rules, &mut findings);
    for (pack, loaded) in packs.iter().enumerate() {
        for index in 0..loaded.manifest.rules.len() {
            let index = u16::try_from(index).unwrap_or(u16::MAX);
            let (rule, found) = pack_rule(&writer, &plan, &collected, (pack, index), request.as_of);
            rules.push(rule);
            findings.extend(found);
        }
    }
    for (number, finding) in findings.iter_mut().enumerate() {
        finding.id = number as u64 + 1;
    }
    let mut totals = Totals::default();
    rules.iter().for_each(|rule| totals.merge(rule.findings));
    let problems = problems(intake, packs, request);
    let parts = parts(packs, intake);
    let conclusion = conclusion(&rules, &problems, &parts, totals);
    let findings_sha256 = digest_of(&findings);
    let mut manifest = RunManifest {
        schema: SCHEMA.to_owned(),
        run_id: String::new(),
        host: format!("mingcha {}", env!("CARGO_PKG_VERSION")),
        engine: packs.first().map_or_else(|| ENGINE_VERSION.to_owned(), Pack::engines),
        as_of: crate::iso_date::text(request.as_of),
        period: request.period.as_ref().map(|period| period.name.clone()),
        selected: request.rules.clone(),
        keep: request.keep,
        limits: packs.first().map_or_else(Limits::default, Pack::limits),
        packs: packs.iter().map(|pack| pack_record(pack, request)).collect(),
        inputs: intake.inputs.iter().map(input_record).collect(),
        parts,
        problems,
        rules,
        totals,
        conclusion,
        findings_sha256,
    };
    for (pack, units) in collected.fuel {
        manifest.packs[pack].fuel = Some(units);
    }
    manifest.run_id = run_id(&manifest);
    RunRecord { manifest, findings }
}

fn pack_record(pack: &Pack, request: &Request) -> PackRecord {
    let settings = request.settings.get(&pack.manifest.id).and_then(|json| serde_json::from_str(json).ok());
    PackRecord {
        id: pack.manifest.id.clone(),
        version: pack.manifest.version.clone(),
        title: pack.manifest.title.clone(),
        sha256: pack.digest.clone(),
        contract: CONTRACT.to_owned(),
        trust: pack.trust.clone(),
        fuel: None,
        settings: settings.unwrap_or_else(|| serde_json::json!({})),
        references: pack.manifest.references.clone(),
    }
}

fn input_record(input: &intake::Input) -> InputRecord {
    InputRecord {
        path: input.path.clone(),
        sha256: input.sha256.clone(),
        bytes: input.bytes,
        format: serde_json::to_value(input.format).unwrap_or_default(),
    }
}

fn parts(packs: &[Pack], intake: &Intake) -> Vec<PartRecord> {
    let record = |part: &intake::Part| {
        let matched = part.matches.first()?;
        let table = &packs[matched.pack].manifest.tables[usize::from(matched.table)];
        Some(PartRecord {
            input: part.input,
            sheet: part.sheet.clone(),
            table: table.name.clone(),
            title: table.label.clone(),
            records: part.records(),
            damaged: part.unchecked(),
            details: details(part, matched, table),
        })
    };
    intake.parts.iter().filter_map(record).collect()
}

/// How a part was read, for whoever doubts it: encoding, header, which header is which column, what was skipped.
fn details(part: &intake::Part, matched: &intake::TableMatch, table: &Table) -> serde_json::Value {
    let mut details = serde_json::to_value(part).unwrap_or_default();
    let columns: serde_json::Map<_, _> = table
        .columns
        .iter()
        .zip(&matched.columns)
        .filter_map(|(declared, found)| {
            Some((declared.name.clone(), serde_json::to_value(found.as_ref()?).ok()?))
        })
        .collect();
    if let Some(object) = details.as_object_mut() {
        for known in ["input", "sheet", "matches"] {
            object.remove(known);
        }
        object.insert("columns".to_owned(), columns.into());
        object.insert("unknown".to_owned(), serde_json::to_value(&matched.unknown).unwrap_or_default());
        object.insert("duplicates".to_owned(), serde_json::to_value(&matched.duplicates).unwrap_or_default());
    }
    details
}

fn problems(intake: &Intake, packs: &[Pack], request: &Request) -> Vec<ProblemRecord> {
    let record = |problem: &intake::Problem| ProblemRecord {
        path: problem.path.clone(),
        gravity: match problem.gravity() {
            Gravity::Note => ProblemGravity::Note,
            Gravity::Unchecked => ProblemGravity::Unchecked,
        },
        sentence: Text { zh: problem.sentence(Language::Zh), en: problem.sentence(Language::En) },
    };
    let mut records: Vec<_> = intake.problems.iter().map(record).collect();
    records.extend(request.expect.iter().filter_map(|table| not_handed_in(packs, intake, table)));
    records
}

/// A table the user expects, and nobody handed in.
fn not_handed_in(packs: &[Pack], intake: &Intake, expected: &str) -> Option<ProblemRecord> {
    let declared = |pack: usize, table: u16| &packs[pack].manifest.tables[usize::from(table)];
    let matches = intake.parts.iter().flat_map(|part| &part.matches);
    if matches.into_iter().any(|matched| declared(matched.pack, matched.table).name == expected) {
        return None;
    }
    let mut tables = packs.iter().flat_map(|pack| &pack.manifest.tables);
    let title =
        tables.find(|table| table.name == expected).map(|table| table.label.clone()).unwrap_or_default();
    Some(ProblemRecord {
        path: expected.to_owned(),
        gravity: ProblemGravity::Unchecked,
        sentence: Text {
            zh: format!("{expected}({}):要求报送,但没有收到;请补报,或去掉 --expect", title.zh),
            en: format!(
                "{expected} ({}): expected, but not handed in; hand it in, or leave out --expect",
                title.en
            ),
        },
    })
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
    let found: Vec<Finding> = fold::told(&counts.details, writer.intake, pack)
        .iter()
        .map(|told| writer.finding(pack, rule, told))
        .collect();
    let mut record = rule_record(manifest, rule, status, reasons);
    record.bases.retain(|basis| basis.holds_on(as_of));
    record.table = Some(manifest.tables[usize::from(rule.over.table)].name.clone());
    (record.applied, record.failed, record.skipped) = (counts.applied, counts.failed, counts.skipped);
    record.passed = counts.applied - counts.failed;
    for (message, count) in counts.findings.iter().enumerate() {
        record.findings.add(rule.severity_of(u16::try_from(message).unwrap_or(u16::MAX)), *count);
    }
    record.kept = found.len() as u64;
    (record, found)
}

fn status(
    selected: bool,
    runs: bool,
    broken: bool,
    counts: &RuleCounts,
    reasons: &mut Vec<Reason>,
) -> Status {
    let incomplete = reasons.iter().any(is_incomplete);
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

/// The reason lies in what was handed in: the rule could not be checked, or not everywhere.
fn is_incomplete(reason: &Reason) -> bool {
    matches!(reason, Reason::ColumnMissing { .. } | Reason::CellsUnreadable { .. })
}

fn rule_record(manifest: &Manifest, rule: &Rule, status: Status, reasons: Vec<Reason>) -> RuleRecord {
    RuleRecord {
        id: rule.id.clone(),
        pack: manifest.id.clone(),
        title: rule.title.clone(),
        severity: rule.severity,
        table: None,
        status,
        reasons,
        applied: 0,
        passed: 0,
        failed: 0,
        skipped: 0,
        findings: Totals::default(),
        kept: 0,
        bases: rule.bases.clone(),
        mend: Text {
            zh: crate::page::section(&rule.page.zh, "怎么改"),
            en: crate::page::section(&rule.page.en, "How to mend"),
        },
    }
}

/// Intake's own rules: what it objects to in cells and in the structure of files.
fn intake_rules(
    writer: &Writer<'_>,
    intake: &Intake,
    collected: &Collected,
    keep: u32,
    rules: &mut Vec<RuleRecord>,
    findings: &mut Vec<Finding>,
) {
    let manifest = intake::rules::manifest();
    let records: u64 = intake.parts.iter().map(intake::Part::records).sum();
    for (index, rule) in manifest.rules.iter().enumerate() {
        let index = u16::try_from(index).unwrap_or(u16::MAX);
        let mut totals = Totals::default();
        let structure: Vec<&IntakeFinding> =
            intake.findings.iter().filter(|found| found.rule == index).collect();
        for found in &structure {
            totals.add(rule.severity_of(found.message), 1);
        }
        let mut found: Vec<Finding> =
            structure.iter().map(|found| writer.structure_finding(rule, found)).collect();
        if let Some(cells) = collected.cells.get(&index) {
            for (message, count) in &cells.findings {
                totals.add(rule.severity_of(*message), *count);
            }
            found.extend(cells.details.iter().map(|found| writer.cell_finding(rule, found)));
        }
        found.truncate(keep as usize);
        let status = if totals.all() > 0 { Status::Failed } else { Status::Passed };
        let mut record = rule_record(manifest, rule, status, Vec::new());
        (record.applied, record.findings, record.kept) =
            (records.max(totals.all()), totals, found.len() as u64);
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
    totals: Totals,
) -> Conclusion {
    let incomplete = |rule: &RuleRecord| {
        matches!(rule.status, Status::Error | Status::NotChecked) || rule.reasons.iter().any(is_incomplete)
    };
    let unchecked = |problem: &ProblemRecord| problem.gravity == ProblemGravity::Unchecked;
    if rules.iter().any(incomplete)
        || problems.iter().any(unchecked)
        || parts.iter().any(|part| part.damaged > 0)
    {
        return Conclusion::Inconclusive;
    }
    match totals {
        Totals { error: 0, warning: 0, notice: 0 } => Conclusion::Conform,
        Totals { error: 0, .. } => Conclusion::ConformWithWarnings,
        _ => Conclusion::NonConform,
    }
}

fn digest_of(findings: &[Finding]) -> String {
    let mut hash = Sha256::new();
    for finding in findings {
        hash.update(serde_json::to_vec(finding).unwrap_or_default());
        hash.update(b"\n");
    }
    crate::hex(&hash.finalize())
}

/// The same for two runs that were asked the same of the same files and packs.
fn run_id(manifest: &RunManifest) -> String {
    let asked = serde_json::json!({
        "host": manifest.host,
        "as_of": manifest.as_of,
        "period": manifest.period,
        "selected": manifest.selected,
        "keep": manifest.keep,
        "packs": manifest.packs.iter().map(|pack| (&pack.id, &pack.sha256, &pack.settings)).collect::<Vec<_>>(),
        "inputs": manifest.inputs.iter().map(|input| (&input.path, &input.sha256)).collect::<Vec<_>>(),
    });
    crate::hex(&Sha256::digest(asked.to_string())[..16])
}
