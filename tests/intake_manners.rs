//! However a file is gone through, what is read of it is the same: the plain way over the whole file at once, and the
//! fast way in stretches so short that every record crosses the edge of one.

use std::path::{Path, PathBuf};

use mingcha::audit::{self, Request};
use mingcha::intake::{self, Cells, Intake, Manner, Offer, Options};
use mingcha::manifest::{Column, Kind, Table, Text};
use mingcha_fixtures::intake_corpus::{Case, HEADER, damaged, encodings};
use serde_json::json;

use crate::common::{self, packs, root};

const PLAIN: Manner = Manner { window: 1 << 30, chunk: 1 << 20, jobs: 1, plain: true };

/// Stretches of all sizes, and chunks of a few records.
const FAST: [Manner; 4] = [
    Manner { window: 1, chunk: 1, jobs: 1, plain: false },
    Manner { window: 53, chunk: 300, jobs: 1, plain: false },
    Manner { window: 1024, chunk: 100, jobs: 2, plain: false },
    Manner { window: 1 << 20, chunk: 1 << 20, jobs: 1, plain: false },
];

fn column(at: usize, header: &str, kind: Kind) -> Column {
    Column {
        name: format!("c{at}"),
        label: Text { zh: header.to_owned(), en: String::new() },
        aliases: Vec::new(),
        kind,
        scale: if kind == Kind::Decimal { 2 } else { 0 },
        unit: None,
        codes: Vec::new(),
        blanks: Vec::new(),
        fill_down: at == 3,
        required: at == 0,
        from_part: None,
    }
}

fn table(columns: &[(&str, Kind)]) -> Table {
    let columns = columns.iter().enumerate().map(|(at, (header, kind))| column(at, header, *kind)).collect();
    let label = Text { zh: "表".to_owned(), en: String::new() };
    Table { name: "t".to_owned(), label, aliases: Vec::new(), key: Vec::new(), body: None, columns }
}

fn value(cells: &Cells, at: usize) -> serde_json::Value {
    let text =
        |heap: &str, offsets: &[u32], at: usize| json!(heap[offsets[at] as usize..offsets[at + 1] as usize]);
    match cells {
        Cells::Text { offsets, heap } => text(heap, offsets, at),
        Cells::Dictionary { codes, offsets, heap } => text(heap, offsets, codes[at] as usize),
        Cells::Number(values) => json!(values[at].to_bits()),
        Cells::Integer(values) | Cells::Decimal(values) | Cells::Instant(values) => json!(values[at]),
        Cells::Date(values) => json!(values[at]),
        Cells::Flag(values) => json!(values[at]),
    }
}

/// All that can be known of files: findings, problems, how they were understood, every cell, and where it stands.
fn everything(found: &Intake, tables: &dyn Fn(usize, u16) -> Table) -> Vec<String> {
    let mut told: Vec<String> = found.findings.iter().map(|finding| format!("{finding:?}")).collect();
    told.extend(found.problems.iter().map(|problem| format!("{problem:?}")));
    told.extend(found.inputs.iter().map(|input| format!("{input:?}")));
    for part in &found.parts {
        told.push(serde_json::to_string(part).expect("a part"));
        let Some(matched) = part.matches.first() else { continue };
        let declared = tables(matched.pack, matched.table);
        let all: Vec<u16> = (0..declared.columns.len() as u16).collect();
        let mut reading = part.reading(matched, &declared, &all);
        let mut doubts = Vec::new();
        for chunk in 0..part.chunks() {
            let batch = reading.read(chunk);
            assert_eq!(
                batch,
                part.read(chunk, matched, &declared, &all),
                "what was read before changed a batch"
            );
            for at in 0..batch.records {
                let cells = batch
                    .columns
                    .iter()
                    .map(|column| (value(&column.cells, at), column.states.get(at).copied().unwrap_or(0)));
                told.push(format!("{} {:?}", batch.first_record + at as u64, cells.collect::<Vec<_>>()));
            }
            doubts.extend(batch.unreadable.iter().map(|cell| (0, cell.record, format!("{cell:?}"))));
            doubts.extend(batch.remarks.iter().map(|remark| (1, remark.record, format!("{remark:?}"))));
        }
        doubts.sort_by_key(|doubt| (doubt.0, doubt.1));
        told.extend(doubts.into_iter().map(|doubt| doubt.2));
        for record in (1..=part.records()).step_by(1 + part.records() as usize / 40) {
            let at = all.get(record as usize % all.len()).copied();
            told.push(format!("{:?}", part.place(record, matched, at)));
        }
    }
    told
}

fn read(paths: &[PathBuf], offers: &[Offer<'_>], manner: Manner) -> Intake {
    intake::read(paths, offers, &Options { manner, ..Options::default() })
}

fn agree(
    paths: &[PathBuf],
    offers: &[Offer<'_>],
    tables: &dyn Fn(usize, u16) -> Table,
    what: &dyn Fn() -> String,
) {
    let plainly = everything(&read(paths, offers, PLAIN), tables);
    for manner in FAST {
        let fast = everything(&read(paths, offers, manner), tables);
        let differs = plainly.iter().zip(&fast).find(|(plain, fast)| plain != fast);
        assert!(plainly == fast, "{manner:?} reads otherwise: {differs:#?} in {}", what());
    }
}

/// A file of the corpus as several tables: of text alone, and of other kinds.
fn agree_on(case: &Case, folder: &Path, tables: &[Table]) {
    let path = folder.join("a.csv");
    std::fs::write(&path, &case.bytes).expect("a file");
    for table in tables {
        let offers = [Offer { pack: 0, group: 0, table: 0, declared: table }];
        let shown = || format!("{}:\n{}", case.kind, String::from_utf8_lossy(&case.bytes));
        agree(std::slice::from_ref(&path), &offers, &|_, _| table.clone(), &shown);
    }
}

#[test]
fn damaged_files_are_read_alike_in_stretches_and_whole() {
    use Kind::{Date, Decimal, Instant, Number, Text as Words};
    let kinds = [[Words; 5], [Words, Number, Date, Words, Words], [Words, Decimal, Instant, Words, Words]];
    let tables = kinds.map(|kinds| table(&HEADER.into_iter().zip(kinds).collect::<Vec<_>>()));
    let folder = tempfile::tempdir().expect("a folder");
    for case in damaged(300, 7) {
        agree_on(&case, folder.path(), &tables);
    }
}

#[test]
fn files_of_any_encoding_are_read_alike_in_stretches_and_whole() {
    let folder = tempfile::tempdir().expect("a folder");
    for case in encodings(120, 7) {
        let first = case.records[0][0].lines().next().unwrap_or_default();
        let header = first.split(',').next().unwrap_or_default();
        agree_on(&case, folder.path(), &[table(&[(header, Kind::Text)])]);
    }
}

#[test]
fn the_demo_is_read_alike_in_stretches_and_whole() {
    let offers = audit::offers(packs());
    let tables = |pack: usize, table: u16| packs()[pack].manifest.tables[usize::from(table)].clone();
    agree(&[root().join("fixtures/changji-2016q3")], &offers, &tables, &|| "the demo".to_owned());
}

#[test]
fn the_record_of_a_run_does_not_depend_on_stretches_chunks_or_threads() {
    let paths = [root().join("fixtures/changji-2016q3")];
    let run = |manner: Manner| {
        let intake = read(&paths, &audit::offers(packs()), manner);
        let request = Request { jobs: manner.jobs, ..common::request() };
        serde_json::to_string(&audit::run(packs(), &intake, &request, &|_, _| {})).expect("a record")
    };
    let plainly = run(PLAIN);
    assert!(FAST.into_iter().all(|manner| run(manner) == plainly));
}
