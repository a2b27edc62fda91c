//! Files that others wrote: one form by several spreadsheet programs, and the CSV files of csv-spectrum with what they
//! ought to be. What is counted here stands in the table of `docs/intake.md`.

use std::fs;
use std::path::{Path, PathBuf};

use mingcha::intake::{self, Format, Intake, Offer, Options, Part, ProblemKind, rules};
use mingcha::manifest::{Kind, Table};

use crate::common::root;
use crate::intake_corpus::{Row, records, table};

/// The form of `fixtures/formats`.
pub(crate) fn form() -> Table {
    let mut table = table(&["项目名称", "所属县市", "投资金额", "签约日期", "股权比例"]);
    table.columns[1].fill_down = true;
    table.columns[2].unit = Some("万元".to_owned());
    (table.columns[2].kind, table.columns[2].scale) = (Kind::Decimal, 2);
    table.columns[3].kind = Kind::Date;
    table
}

fn read(file: &Path, table: &Table) -> Intake {
    intake::read(
        &[file.to_owned()],
        &[Offer { pack: 0, group: 0, table: 0, declared: table }],
        &Options::default(),
    )
}

fn files(folder: &str, is_one: impl Fn(&str) -> bool) -> Vec<PathBuf> {
    let entries = fs::read_dir(root().join("fixtures").join(folder)).expect("a folder");
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    files.retain(|file| is_one(&name(file)));
    files.sort();
    files
}

fn name(file: &Path) -> String {
    file.file_name().and_then(|name| name.to_str()).expect("a name in UTF-8").to_owned()
}

/// Every sample of the form that can be opened.
pub(crate) fn forms() -> Vec<PathBuf> {
    files("formats", |name| name.contains("合成数据") && !name.contains("密码"))
}

/// What every form says: project, county, amount in fen of 万元, days since 1970, share as a person sees it.
const EXPECTED: [[&str; 5]; 4] = [
    ["甲项目", "昌吉市", "120050", "17008", "35%"],
    ["乙项目", "昌吉市", "35000", "17014", "12.5%"],
    ["丙项目", "昌吉市", "700", "17015", "5%"],
    ["丁项目", "阜康市", "4000", "17074", "100%"],
];

/// What is wrong with how a form was read; empty if nothing is.
///
/// The XLS files of SheetJS do not say that the row is hidden.
fn wrong(found: &Intake, table: &Table) -> Vec<String> {
    let hides = found.inputs[0].format != Format::Xls || !found.inputs[0].path.starts_with("sheetjs");
    let mut wrong = Vec::new();
    let mut expect = |what: &str, is: bool| wrong.extend((!is).then(|| what.to_owned()));
    expect("no findings", found.findings.is_empty());
    let kinds: Vec<_> = found.problems.iter().map(|problem| &problem.kind).collect();
    expect(
        "what is hidden is said",
        !hides || kinds == [&ProblemKind::HiddenRows(1, 6), &ProblemKind::HiddenSheet],
    );
    expect("two sheets", found.parts.len() == 2);
    let Some([shown, hidden]) = found.parts.get(..2) else { return wrong };
    expect("cells", records(found, table) == EXPECTED);
    expect("the hidden row", !hides || shown.hidden_rows == 1);
    expect("the hidden sheet", hidden.records() == 1 && !shown.hidden && hidden.hidden);
    expect("the header", shown.header_rows == [3]);
    expect("cell names", shown.place(3, &shown.matches[0], Some(2)).cell.as_deref() == Some("D6"));
    wrong
}

#[test]
fn one_form_by_several_programs_is_read_alike() {
    let table = form();
    let forms = forms();
    let kinds: Vec<Format> = forms
        .iter()
        .map(|file| {
            let found = read(file, &table);
            assert_eq!(
                wrong(&found, &table),
                [""; 0],
                "{}: {:?} {:?}",
                name(file),
                found.problems,
                records(&found, &table)
            );
            found.inputs[0].format
        })
        .collect();
    for kind in [Format::Xlsx, Format::Xlsb, Format::Xls, Format::Ods] {
        assert!(kinds.contains(&kind), "no sample of {kind:?}");
    }
    assert!(forms.iter().any(|file| name(file).ends_with(".xlsm")));
}

#[test]
fn a_workbook_behind_a_password_says_so() {
    for file in files("formats", |name| name.contains("密码")) {
        let kinds: Vec<_> = read(&file, &form()).problems.into_iter().map(|problem| problem.kind).collect();
        assert_eq!(kinds, [ProblemKind::Encrypted], "{}", name(&file));
    }
}

/// A CSV file of csv-spectrum: read right, damage reported, missed, false alarms.
fn spectrum(file: &Path) -> Row {
    let json = file
        .with_extension("json")
        .file_name()
        .map(|name| root().join("fixtures/csv-spectrum/json").join(name));
    let json = fs::read_to_string(json.expect("a name")).expect("its JSON");
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let objects = json.as_array().cloned().unwrap_or_else(|| vec![json]);
    let text = fs::read_to_string(file).expect("a CSV file");
    let headers: Vec<&str> = text.lines().next().unwrap_or_default().split(',').collect();
    let table = table(&headers);
    let cells = |object: &serde_json::Value| -> Vec<String> {
        headers.iter().map(|header| object[*header].as_str().unwrap_or_default().to_owned()).collect()
    };
    let expected: Vec<Vec<String>> = objects.iter().map(cells).collect();
    let found = read(file, &table);
    let told = found.findings.iter().any(|finding| finding.rule != rules::ENCODING_GUESSED);
    let right = records(&found, &table) == expected;
    [1, usize::from(right), usize::from(told), usize::from(!right && !told), usize::from(right && told)]
}

/// Every sample with what came of it, for the table of the documentation.
pub(crate) fn measured() -> Vec<(String, Row)> {
    let table = form();
    let mut rows: Vec<(String, Row)> = Vec::new();
    for file in forms() {
        let right = wrong(&read(&file, &table), &table).is_empty();
        let kind = file.extension().map(|kind| kind.to_string_lossy().to_uppercase()).unwrap_or_default();
        let program = name(&file).split('-').next().unwrap_or_default().to_owned();
        add(&mut rows, format!("{kind} by {program}"), [1, usize::from(right), 0, usize::from(!right), 0]);
    }
    for file in files("csv-spectrum/csvs", |_| true) {
        let apart = if name(&file).starts_with("location") { " location_coordinates" } else { "" };
        add(&mut rows, format!("csv-spectrum{apart}"), spectrum(&file));
    }
    rows
}

fn add(rows: &mut Vec<(String, Row)>, kind: String, counted: Row) {
    match rows.iter_mut().find(|(known, _)| *known == kind) {
        Some((_, row)) => row.iter_mut().zip(counted).for_each(|(sum, one)| *sum += one),
        None => rows.push((kind, counted)),
    }
}

/// Every cell of every record leads back to itself.
pub(crate) fn places_of<'a>(
    part: &'a Part,
    table: &'a Table,
) -> impl Iterator<Item = intake::RecordPlace> + 'a {
    let columns = 0..u16::try_from(table.columns.len()).unwrap_or(0);
    (1..=part.records()).flat_map(move |record| {
        columns.clone().map(move |column| part.place(record, &part.matches[0], Some(column)))
    })
}
