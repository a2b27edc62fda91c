//! Measures intake on generated files whose truth is known, and keeps the table in `docs/intake.md`.
//!
//! `UPDATE_DOCS=1 cargo test --workspace intake_corpus` writes the table anew.

use mingcha::intake::{self, Cells, Intake, Offer, Options, rules};
use mingcha::manifest::{Column, Kind, Table, Text};
use mingcha_fixtures::intake_corpus::{Case, HEADER, KINDS, damaged, encodings};
use std::collections::BTreeMap;
use std::fmt::Write as _;

const SEED: u64 = 20_161_012;

/// A table of these columns of text, the first of them required.
pub(crate) fn table(headers: &[&str]) -> Table {
    let label = |zh: &str| Text { zh: zh.to_owned(), en: String::new() };
    let columns = headers.iter().enumerate().map(|(at, header)| Column {
        name: format!("c{at}"),
        label: label(header),
        aliases: Vec::new(),
        kind: Kind::Text,
        scale: 0,
        unit: None,
        codes: Vec::new(),
        blanks: Vec::new(),
        fill_down: false,
        required: at == 0,
        from_part: None,
    });
    Table {
        name: "t".to_owned(),
        label: label("表"),
        aliases: Vec::new(),
        key: Vec::new(),
        body: None,
        columns: columns.collect(),
    }
}

fn read(bytes: &[u8], table: &Table) -> Intake {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.csv");
    std::fs::write(&path, bytes).expect("a file");
    intake::read(&[path], &[Offer { pack: 0, group: 0, table: 0, declared: table }], &Options::default())
}

/// The cells of the first part, as text.
pub(crate) fn records(found: &Intake, table: &Table) -> Vec<Vec<String>> {
    let Some(part) = found.parts.first() else { return Vec::new() };
    let all: Vec<u16> = (0..table.columns.len() as u16).collect();
    let mut records = Vec::new();
    for chunk in 0..part.chunks() {
        let batch = part.read(chunk, &part.matches[0], table, &all);
        for record in 0..batch.records {
            records.push(batch.columns.iter().map(|column| cell(&column.cells, record)).collect());
        }
    }
    records
}

fn cell(cells: &Cells, at: usize) -> String {
    match cells {
        Cells::Text { offsets, heap } => heap[offsets[at] as usize..offsets[at + 1] as usize].to_owned(),
        Cells::Dictionary { codes, offsets, heap } => {
            let at = codes[at] as usize;
            heap[offsets[at] as usize..offsets[at + 1] as usize].to_owned()
        }
        Cells::Integer(values) | Cells::Decimal(values) | Cells::Instant(values) => values[at].to_string(),
        Cells::Date(values) => values[at].to_string(),
        Cells::Number(values) => values[at].to_string(),
        Cells::Flag(values) => values[at].to_string(),
    }
}

/// Files of a kind: all, read right, damage reported, missed, false alarms.
pub(crate) type Row = [usize; 5];

fn judge(case: &Case, table: &Table) -> Row {
    let found = read(&case.bytes, table);
    let damage = found.findings.iter().any(|finding| finding.rule != rules::ENCODING_GUESSED);
    if case.kind == "sound" {
        let right = records(&found, table) == case.records;
        return [
            1,
            usize::from(right),
            0,
            usize::from(!right),
            usize::from(damage || !found.problems.is_empty()),
        ];
    }
    let near = |line: u64| line.abs_diff(case.line) <= 1;
    let told = found.findings.iter().any(|finding| finding.line.is_some_and(near)) || found.parts.is_empty();
    let others = records(&found, table)
        .iter()
        .all(|record| case.records.contains(record) || case.kind != "mixed-line-ends");
    if !told {
        eprintln!("missed {} in line {}:\n{}", case.kind, case.line, String::from_utf8_lossy(&case.bytes));
    }
    [1, usize::from(others && told), usize::from(told), usize::from(!told), 0]
}

fn measured() -> BTreeMap<(usize, String), Row> {
    let mut rows: BTreeMap<(usize, String), Row> = BTreeMap::new();
    let mut add = |order: usize, kind: &str, judged: Row| {
        let row = rows.entry((order, kind.to_owned())).or_default();
        row.iter_mut().zip(judged).for_each(|(sum, one)| *sum += one);
    };
    let declared = table(&HEADER);
    for case in damaged(1200, SEED) {
        let order = KINDS.iter().position(|kind| *kind == case.kind).unwrap_or(0);
        add(order, case.kind, judge(&case, &declared));
    }
    for case in encodings(600, SEED) {
        add(100, &format!("encoding {}", case.kind), judge_encoding(&case));
    }
    for (order, (kind, judged)) in crate::intake_samples::measured().into_iter().enumerate() {
        add(200 + order, &kind, judged);
    }
    rows
}

/// Read right, or asked about; missed is wrong without a word.
fn judge_encoding(case: &Case) -> Row {
    let text = case.records[0][0].lines().next().unwrap_or_default();
    let headers: Vec<&str> = text.split(',').collect();
    let declared = table(&headers[..1]);
    let options = Options {
        assignments: vec![intake::Assignment::parse("t=a.csv").expect("an assignment")],
        ..Options::default()
    };
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.csv");
    std::fs::write(&path, &case.bytes).expect("a file");
    let found =
        intake::read(&[path], &[Offer { pack: 0, group: 0, table: 0, declared: &declared }], &options);
    let right = !found.parts.is_empty();
    let asked = found.findings.iter().any(|finding| finding.rule == rules::ENCODING_GUESSED);
    if !right && !asked {
        eprintln!("wrong {}: {text} {:?}", case.kind, found.problems);
    }
    [1, usize::from(right), usize::from(asked), usize::from(!right && !asked), 0]
}

#[test]
fn no_damage_is_missed_and_no_sound_file_is_accused() {
    let rows = measured();
    let mut table = "| kind | files | read right | damage reported (encodings: asked) | missed | false alarms |\n| --- | --- | --- | --- | --- | --- |\n".to_owned();
    for ((_, kind), [files, right, told, missed, false_alarms]) in &rows {
        let _ = writeln!(table, "| {kind} | {files} | {right} | {told} | {missed} | {false_alarms} |");
    }
    println!("{table}");
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/intake.md");
    let (begin, end) = ("<!-- measured -->\n", "<!-- end -->");
    let document = std::fs::read_to_string(path).expect("docs/intake.md");
    let (before, rest) = document.split_once(begin).expect("the mark before the table");
    let (kept, after) = rest.split_once(end).expect("the mark after it");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(path, format!("{before}{begin}{table}{end}{after}")).expect("docs/intake.md");
    } else {
        assert_eq!(kept, table, "run with UPDATE_DOCS=1 to write the table anew");
    }
    assert!(rows.values().all(|[_, _, _, missed, false_alarms]| missed + false_alarms == 0), "{rows:?}");
}
