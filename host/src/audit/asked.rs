//! The part of the manifest that says what was asked, of which files, with which packs: all that is needed to ask again.

use std::collections::BTreeMap;

use super::Request;
use super::record::{
    InputRecord, PackRecord, PartRecord, ProblemGravity, ProblemRecord, RunManifest, SCHEMA,
};
use crate::intake::{self, Gravity, Intake, ProblemKind};
use crate::manifest::{Language, Table, Text};
use crate::runtime::{CONTRACT, ENGINE_VERSION, Pack};

/// What was asked, of what; the results are still to come.
pub(super) fn asked(packs: &[Pack], intake: &Intake, request: &Request) -> RunManifest {
    RunManifest {
        schema: SCHEMA.to_owned(),
        host: format!("mingcha {}", env!("CARGO_PKG_VERSION")),
        engine: packs.first().map_or_else(|| ENGINE_VERSION.to_owned(), Pack::engines),
        as_of: crate::iso_date::text(request.as_of),
        period: request.period.as_ref().map(|period| period.name.clone()),
        selected: request.rules.clone(),
        keep: request.keep,
        expected: request.expect.clone(),
        assigned: assigned(intake, request),
        headings: request.told.headings.clone(),
        encoding: request.told.encoding.clone(),
        severities: request.severities.clone(),
        packs: packs.iter().map(|pack| pack_record(pack, request)).collect(),
        inputs: intake.inputs.iter().map(input_record).collect(),
        ..RunManifest::default()
    }
}

/// What the user said files are, under the names the record knows them by.
fn assigned(intake: &Intake, request: &Request) -> Vec<intake::Assignment> {
    let mut assigned = Vec::new();
    for assignment in &request.told.assignments {
        let sheet = assignment.sheet.as_deref();
        let named = intake.inputs.iter().filter(|input| assignment.names(&input.path, sheet));
        let named: Vec<_> = named
            .map(|input| intake::Assignment { file: input.path.clone(), ..assignment.clone() })
            .collect();
        assigned.extend(if named.is_empty() { vec![assignment.clone()] } else { named });
    }
    assigned
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
        limits: pack.limits(),
        execution: pack.execution(),
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
        format: input.format.name().to_owned(),
    }
}

/// Files and sheets that were recognised as tables.
pub(super) fn parts(packs: &[Pack], intake: &Intake) -> Vec<PartRecord> {
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

/// What stands in the way of reading files, and tables that were expected and are not there.
pub(super) fn problems(intake: &Intake, packs: &[Pack], request: &Request) -> Vec<ProblemRecord> {
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
    records.extend(changed_meanwhile(intake).into_iter().map(|(input, why)| changed(intake, input, &why)));
    records
}

/// Files that were changed or became unreadable after they were understood, and why; each once, whatever is in it.
fn changed_meanwhile(intake: &Intake) -> BTreeMap<usize, Text> {
    let is_told = |input: usize| {
        let mut here = intake.problems.iter().filter(|problem| problem.input == Some(input));
        here.any(|problem| matches!(problem.kind, ProblemKind::Unreadable(_)))
    };
    let parts = intake.parts.iter().filter(|part| !is_told(part.input));
    parts.filter_map(|part| Some((part.input, part.fault()?))).collect()
}

/// What was found in such a file does not hold.
fn changed(intake: &Intake, input: usize, why: &Text) -> ProblemRecord {
    let path = intake.inputs[input].path.clone();
    let sentence = Text {
        zh: format!("{path}:核查途中文件有变化或读取出错({}),结果不可靠;请等文件写完后重新核查", why.zh),
        en: format!(
            "{path}: the file changed or failed during the check ({}); check it again once it is written",
            why.en
        ),
    };
    ProblemRecord { path, gravity: ProblemGravity::Unchecked, sentence }
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
