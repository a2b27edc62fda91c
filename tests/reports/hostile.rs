//! Data that wants to act: formulas, scripts, terminal escapes, bidi marks, links. It goes through every format, and is
//! text in all of them.

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use super::formats::sarif_schema;
use super::{json, path, problems};
use crate::cli::said;

const NAME: &str = "=HYPERLINK(\"\"http://例.cn\"\",\"\"点\"\")<script>alert(1)</script>\u{1b}[31m\u{202e}\u{2066}\u{200b}\u{61c}|[链接](javascript:alert(1))`x`";
const UNIT: &str = "@SUM(1+1)*cmd|' /C calc'!A0 <img src=x onerror=alert(1)> ${{7*7}} www.例.cn";
const FILE: &str = "<b>收费目录-合成数据 [x](y)&.csv";

/// The file, in a folder of its own.
fn handed_in() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let table = format!(
        "部门,执收单位,收费项目,政策依据,收费标准\r\n\"{UNIT}\",\"{UNIT}\",\"{NAME}\",昌州政发〔2015〕12号,+1+1\r\n\"{UNIT}\",\"{UNIT}\",\"{NAME}\",昌州政发〔2015〕12号,+1+1\r\n"
    );
    fs::write(folder.path().join(FILE), table).expect("a file");
    folder
}

/// The file, checked, in this format.
fn hostile_in(format: &str) -> String {
    let folder = handed_in();
    let (code, out, err) =
        said(&["check", path(folder.path()), "--as-of", "2016-11-30", "--format", format, "--full"]);
    assert!(matches!(code, 1 | 3), "{err}");
    out
}

/// What steers a terminal or turns the order of reading.
fn acts(character: char) -> bool {
    character.is_control() && !matches!(character, '\n' | '\r' | '\t')
        || matches!(character,
            '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{e0000}'..='\u{e007f}')
}

#[test]
fn nothing_that_acts_on_a_terminal_leaves_in_any_format() {
    for format in ["text", "json", "ndjson", "csv", "md", "junit", "sarif", "html"] {
        let out = hostile_in(format);
        let body = out.trim_start_matches('\u{feff}');
        assert_eq!(body.chars().find(|character| acts(*character)), None, "in {format}");
        assert!(body.contains("HYPERLINK"), "{format} does not show the value at all");
    }
}

#[test]
fn programs_get_the_value_as_it_was_written() {
    let name = NAME.replace("\"\"", "\"");
    let record = json(&hostile_in("json"));
    let findings = record["findings"].as_array().expect("findings");
    assert!(findings.iter().any(|finding| finding["place"]["value"] == name.as_str()
        || finding["key"].as_object().is_some_and(|key| key.values().any(|value| value == name.as_str()))));
}

#[test]
fn no_cell_of_the_csv_is_a_formula() {
    let text = hostile_in("csv");
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let mut defused = 0;
    for row in reader.records() {
        for cell in row.expect("a line").iter() {
            assert!(!cell.starts_with(['=', '+', '-', '@']), "a formula: {cell}");
            defused += usize::from(cell.starts_with('\''));
        }
    }
    assert!(defused > 0, "the fixture holds no formula");
}

#[test]
fn markdown_holds_no_markup_of_the_data() {
    let page = hostile_in("md");
    for markup in ["<", "](", "http:", "`x`", "www.例"] {
        assert!(!page.contains(markup), "{markup} in {page}");
    }
}

#[test]
fn xml_and_sarif_hold_the_data_as_text() {
    let xml = hostile_in("junit");
    assert!(!xml.contains("<script") && !xml.contains("<img"));
    assert!(junit_parser::from_reader(std::io::Cursor::new(&xml)).is_ok());
    let log = json(&hostile_in("sarif"));
    assert_eq!(problems(&sarif_schema(), &log), Vec::<String>::new());
    let texts = log["runs"][0]["results"].as_array().expect("results").iter();
    for text in texts.filter_map(|result| result["message"]["text"].as_str()) {
        assert!(!text.contains("[链接](") && !text.contains("${{7"), "{text}");
    }
}

/// Everything of a folder and the folders in it: path and bytes.
fn files(folder: &Path, found: &mut Vec<(PathBuf, Vec<u8>)>) {
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            files(&path, found);
        } else {
            found.push((path.clone(), fs::read(&path).expect("a file")));
        }
    }
}

#[test]
fn workbooks_copies_and_packages_hold_the_data_as_text() {
    let (folder, out) = (handed_in(), tempfile::tempdir().expect("a folder"));
    let at = |name: &str| path(&out.path().join(name)).to_owned();
    let (all, split) = (format!("all={}", at("全部")), format!("all={}", at("分单位")));
    let arguments = ["check", path(folder.path()), "--as-of", "2016-11-30"];
    let (code, _, err) = said(&[&arguments[..], &["--report", &all]].concat());
    assert!(matches!(code, 1 | 3), "{err}");
    said(&[&arguments[..], &["--split-by", "body", "--report", &split]].concat());
    let mut found = Vec::new();
    files(out.path(), &mut found);
    let (mut workbooks, mut pages) = (0, 0);
    for (file, bytes) in found {
        let name = file.display().to_string();
        assert!(!name.chars().any(acts) && file.starts_with(out.path()), "{name}");
        if name.ends_with(".xlsx") {
            workbooks += 1;
            let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a package");
            for index in 0..archive.len() {
                let mut text = String::new();
                archive.by_index(index).expect("a part").read_to_string(&mut text).expect("XML");
                assert!(!text.contains("<f>") && !text.contains("<script"), "{name}: {text}");
                assert!(!text.contains("TargetMode=\"External\""), "{name} leads outside");
                assert!(!text.chars().any(acts), "{name}: {text}");
            }
        } else if name.ends_with(".html") {
            pages += 1;
            let text = String::from_utf8(bytes).expect("UTF-8");
            assert!(!text.contains("<script>alert") && !text.contains("<img"), "{name}");
            assert!(!text.chars().any(acts), "{name}");
        }
    }
    assert_eq!(
        (workbooks, pages),
        (3, 4),
        "the workbook of findings, a copy, a package; three pages and the list"
    );
}
