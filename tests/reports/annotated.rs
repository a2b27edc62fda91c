//! Copies of what was handed in, with the findings in them: what was there stays, what is marked is the right cell.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{Cursor, Read as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use calamine::{Data, Reader as _, Sheets, open_workbook_auto};
use rust_xlsxwriter::{Format, Note, Workbook};
use zip::ZipArchive;

use super::{DEMO, json, path};
use crate::cli::said;

const TABLE: &str = "收费目录-合成数据";
const LIST: &str = "明察发现";
const BASIS: &str = "昌州政发〔2015〕12号";

/// What a check of a folder says on standard error, and the folder of its copies.
fn copies(folder: &Path, more: &[&str]) -> (tempfile::TempDir, String) {
    let copies = tempfile::tempdir().expect("a folder");
    let report = format!("annotated={}", path(copies.path()));
    let arguments = ["check", path(folder), "--as-of", "2016-11-30", "--report", &report];
    let (code, _, err) = said(&[&arguments[..], more].concat());
    assert!(matches!(code, 0 | 1 | 3), "{err}");
    (copies, err)
}

fn parts(file: &Path) -> BTreeMap<String, Vec<u8>> {
    let bytes = fs::read(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("a package");
    let mut parts = BTreeMap::new();
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).expect("a part");
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).expect("its bytes");
        parts.insert(part.name().expect("a name").into_owned(), bytes);
    }
    parts
}

fn text(parts: &BTreeMap<String, Vec<u8>>, name: &str) -> String {
    let bytes = parts.get(name).unwrap_or_else(|| panic!("no {name} in {:?}", parts.keys()));
    String::from_utf8(bytes.clone()).expect("UTF-8")
}

fn book(file: &Path) -> Sheets<std::io::BufReader<fs::File>> {
    open_workbook_auto(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

/// The copy of a file: a workbook keeps its name.
fn copy_of(folder: &Path, input: &str) -> PathBuf {
    let same = folder.join(input);
    if same.is_file() { same } else { folder.join(format!("{input}.xlsx")) }
}

/// What is in a cell such as `F12`.
fn cell_of(file: &Path, sheet: &str, cell: &str) -> Data {
    let range = book(file).worksheet_range(sheet).unwrap_or_else(|error| panic!("{sheet}: {error}"));
    let (letters, row) = cell.split_at(cell.bytes().take_while(u8::is_ascii_uppercase).count());
    let column = letters.bytes().fold(0, |sum, letter| sum * 26 + u32::from(letter - b'A') + 1) - 1;
    let row: u32 = row.parse().expect("a row");
    range.get_value((row - 1, column)).cloned().unwrap_or(Data::Empty)
}

/// A workbook with a merged cell, a formula, a format, a note, a hidden row and a hidden sheet.
fn workbook(file: &Path) {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("目录").expect("a name");
    for (column, head) in (0..).zip(["执收单位", "收费项目", "政策依据", "收费标准", "合计"])
    {
        sheet.write_string(0, column, head).expect("a cell");
    }
    sheet.merge_range(1, 0, 2, 0, "示例局", &Format::new().set_bold()).expect("a merged cell");
    let money = Format::new().set_num_format("#,##0.00 \"元\"").set_italic();
    for (row, item) in (1..).zip(["示例甲费", "示例乙费", "示例丙费"]) {
        sheet.write_string(row, 1, item).expect("a cell");
        sheet
            .write_string_with_format(
                row,
                2,
                BASIS,
                &Format::new().set_underline(rust_xlsxwriter::FormatUnderline::Single),
            )
            .expect("a cell");
        sheet.write_number_with_format(row, 3, 12.5, &money).expect("a cell");
        sheet.write_formula(row, 4, format!("=D{0}*2", row + 1).as_str()).expect("a formula");
    }
    sheet.write_string(3, 0, "示例局").expect("a cell");
    sheet.insert_note(1, 2, &Note::new("原有的批注").add_author_prefix(false)).expect("a note");
    sheet.set_row_hidden(3).expect("a hidden row");
    let hidden = book.add_worksheet().set_name("旧目录").expect("a name").set_hidden(true);
    for (column, (head, cell)) in
        (0..).zip([("执收单位", "示例局"), ("收费项目", "示例丁费"), ("政策依据", BASIS)])
    {
        hidden.write_string(4, column, head).expect("a cell");
        hidden.write_string(5, column, cell).expect("a cell");
    }
    book.save(file).expect("a workbook");
}

#[test]
fn a_copy_keeps_what_the_workbook_has_and_the_original_stays_as_it_is() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("收费目录-合成数据.xlsx");
    workbook(&file);
    let before = fs::read(&file).expect("the file");
    let (copies, err) = copies(folder.path(), &["--rules", "fee/basis-below-province"]);
    assert!(err.contains("批注副本 1 个"), "{err}");
    assert_eq!(fs::read(&file).expect("the file"), before, "the original was touched");
    let (old, new) = (parts(&file), parts(&copies.path().join("收费目录-合成数据.xlsx")));
    for (name, bytes) in &old {
        let may_change =
            ["[Content_Types].xml", "xl/workbook.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels"];
        let of_sheet =
            ["xl/worksheets/", "xl/comments", "xl/drawings/"].iter().any(|start| name.starts_with(start));
        assert!(
            may_change.contains(&name.as_str()) || of_sheet || new.get(name) == Some(bytes),
            "{name} changed"
        );
    }
    let sheet = text(&new, "xl/worksheets/sheet1.xml");
    for kept in ["<f>D2*2</f>", "<mergeCell ref=\"A2:A3\"/>", "hidden=\"1\""] {
        assert!(sheet.contains(kept), "no {kept} in {sheet}");
    }
    let comments = text(&new, "xl/comments1.xml");
    assert!(comments.contains("原有的批注") && comments.contains("怎么改:"), "{comments}");
    assert_eq!(comments.matches("<comment ref=").count(), 3, "{comments}");
    assert!(text(&new, "xl/styles.xml").contains("#,##0.00"), "the format of a number is gone");
    let mut book = book(&copies.path().join("收费目录-合成数据.xlsx"));
    assert_eq!(book.sheet_names(), ["目录", "旧目录", LIST]);
    let range = book.worksheet_range("目录").expect("a sheet");
    assert_eq!(range.get_value((1, 3)), Some(&Data::Float(12.5)));
}

#[test]
fn a_marked_cell_keeps_its_format_but_for_the_colour() {
    let folder = tempfile::tempdir().expect("a folder");
    workbook(&folder.path().join("收费目录-合成数据.xlsx"));
    let (copies, _) = copies(folder.path(), &["--rules", "fee/basis-below-province"]);
    let new = parts(&copies.path().join("收费目录-合成数据.xlsx"));
    let (sheet, styles) = (text(&new, "xl/worksheets/sheet1.xml"), text(&new, "xl/styles.xml"));
    let style = |cell: &str| -> usize {
        let tag = sheet.split_once(&format!("<c r=\"{cell}\"")).expect("the cell").1;
        let tag = tag.split_once('>').expect("its tag").0;
        let number = tag.split_once("s=\"").and_then(|(_, rest)| rest.split_once('"'));
        number.expect("a style").0.parse().expect("a number")
    };
    let formats =
        styles.split_once("<cellXfs").expect("formats").1.split_once("</cellXfs>").expect("their end").0;
    let formats: Vec<&str> = formats.split("<xf ").skip(1).collect();
    let attribute = |format: usize, name: &str| {
        let found =
            formats[format].split_once(&format!("{name}=\"")).and_then(|(_, rest)| rest.split_once('"'));
        found.map(|(value, _)| value.to_owned())
    };
    let (marked, plain) = (style("C2"), style("D2"));
    assert_ne!(attribute(marked, "fontId"), attribute(0, "fontId"), "the marked cell is underlined no more");
    let fills = styles.split_once("<fills").expect("fills").1.split_once("</fills>").expect("their end").0;
    let fill =
        |format| attribute(format, "fillId").and_then(|fill| fill.parse::<usize>().ok()).expect("a fill");
    let fills: Vec<&str> = fills.split("<fill>").skip(1).collect();
    assert!(fills[fill(marked)].contains("FFF8B4AE"), "an error is red: {}", fills[fill(marked)]);
    assert!(!fills[fill(plain)].contains("FFF8B4AE"), "the cell beside it is not");
}

#[test]
fn rows_and_sheets_that_are_hidden_are_marked_where_they_are() {
    let folder = tempfile::tempdir().expect("a folder");
    workbook(&folder.path().join("收费目录-合成数据.xlsx"));
    let (copies, _) = copies(folder.path(), &["--rules", "fee/basis-below-province"]);
    let new = parts(&copies.path().join("收费目录-合成数据.xlsx"));
    let list = text(&new, "xl/worksheets/mingcha0_0.xml").replace("&apos;", "'");
    for target in ["'目录'!C2", "'目录'!C3", "'目录'!C4", "'旧目录'!C6"] {
        assert!(list.contains(&format!("location=\"{target}\"")), "no link to {target}: {list}");
    }
}

#[test]
fn a_copy_can_be_handed_in_and_marked_again() {
    let folder = tempfile::tempdir().expect("a folder");
    workbook(&folder.path().join("收费目录-合成数据.xlsx"));
    let (first, _) = copies(folder.path(), &["--rules", "fee/basis-below-province"]);
    let (second, _) = copies(first.path(), &["--rules", "fee/basis-below-province"]);
    let mut book = book(&second.path().join("收费目录-合成数据.xlsx"));
    assert_eq!(book.sheet_names(), ["目录", "旧目录", LIST, &format!("{LIST} (2)")]);
    assert!(book.worksheet_range(&format!("{LIST} (2)")).expect("a sheet").height() > 4);
}

/// Text of the notes of a copy, and the places its list leads to.
fn notes_and_links(file: &Path) -> (String, Vec<String>) {
    let parts = parts(file);
    let notes =
        parts.keys().filter(|name| name.starts_with("xl/comments")).map(|name| text(&parts, name)).collect();
    let is_sheet = |name: &&String| name.starts_with("xl/worksheets/") && name.ends_with(".xml");
    let sheets = parts.keys().filter(is_sheet).map(|name| text(&parts, name).replace("&apos;", "'"));
    let links = sheets.flat_map(|sheet| {
        let links: Vec<String> = sheet
            .split("location=\"")
            .skip(1)
            .filter_map(|rest| Some(rest.split_once('"')?.0.to_owned()))
            .collect();
        links
    });
    (notes, links.collect())
}

#[test]
fn a_text_becomes_a_workbook_whose_rows_are_those_a_spreadsheet_shows() {
    let table = format!(
        "执收单位,收费项目,政策依据,备注\r\n示例局,\"示例甲费\r\n(第二行)\",财综〔2012〕41号,0012\r\n\r\n示例局,示例乙费,{BASIS},-3\r\n"
    );
    let bytes = encoding_rs::GBK.encode(&table).0.into_owned();
    let folder = crate::cli::folder_with(&[("收费目录-合成数据.csv", &bytes)]);
    let (copies, _) = copies(folder.path(), &["--rules", "fee/basis-below-province"]);
    let file = copies.path().join("收费目录-合成数据.csv.xlsx");
    let mut book = book(&file);
    assert_eq!(book.sheet_names(), [TABLE, LIST]);
    let range = book.worksheet_range(TABLE).expect("a sheet");
    let cell = |row, column| range.get_value((row, column)).map(ToString::to_string).unwrap_or_default();
    assert_eq!((cell(3, 1).as_str(), cell(3, 2).as_str()), ("示例乙费", BASIS));
    assert_eq!(
        (cell(1, 3).as_str(), cell(3, 3).as_str()),
        ("0012", "-3"),
        "figures stay as they were written"
    );
    let (notes, links) = notes_and_links(&file);
    assert_eq!(links, [format!("'{TABLE}'!C4")]);
    assert!(notes.contains("ref=\"C4\"") && !notes.contains("ref=\"C2\""), "{notes}");
}

#[test]
fn records_are_marked_too() {
    let lines = format!(
        "{{\"收费项目\":\"示例甲费\",\"政策依据\":\"财综〔2012〕41号\"}}\n{{\"收费项目\":\"示例乙费\",\"政策依据\":\"{BASIS}\"}}\n"
    );
    let array = format!("[{}]", lines.trim_end().replace('\n', ","));
    let folder = crate::cli::folder_with(&[
        ("甲-合成数据.ndjson", lines.as_bytes()),
        ("乙-合成数据.json", array.as_bytes()),
    ]);
    let (copies, _) = copies(folder.path(), &["--rules", "fee/basis-below-province"]);
    for file in ["甲-合成数据.ndjson.xlsx", "乙-合成数据.json.xlsx"] {
        let links = notes_and_links(&copies.path().join(file)).1;
        assert!(links.len() == 1 && links[0].ends_with("!B3"), "{file}: {links:?}");
    }
}

#[test]
fn every_finding_of_the_demo_with_a_cell_is_linked_from_its_copy_and_the_cell_says_what_it_quotes() {
    let folder = tempfile::tempdir().expect("a folder");
    let (report, record) = (format!("annotated={}", path(folder.path())), folder.path().join("结果.json"));
    let as_json = format!("json={}", path(&record));
    let (code, _, err) = said(&[&DEMO[..], &["--report", &report, "--report", &as_json]].concat());
    assert_eq!(code, 3, "{err}");
    let record = json(&fs::read_to_string(record).expect("the record"));
    let mut meant: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for finding in record["findings"].as_array().expect("findings") {
        let place = &finding["place"];
        let (Some(input), Some(cell)) = (place["input"].as_str(), place["cell"].as_str()) else { continue };
        let sheet = place["sheet"].as_str().expect("a cell is of a sheet");
        meant.entry(input).or_default().insert(format!("'{sheet}'!{cell}"));
        let quoted = place["value"].as_str().unwrap_or_default();
        match cell_of(&copy_of(folder.path(), input), sheet, cell) {
            Data::String(found) => assert_eq!(found.trim(), quoted.trim(), "{input} {sheet}!{cell}"),
            found => assert_eq!(found == Data::Empty, quoted.is_empty(), "{input} {sheet}!{cell}"),
        }
    }
    assert!(!meant.is_empty(), "the demo has workbooks with findings");
    for (input, cells) in meant {
        let links: BTreeSet<String> = notes_and_links(&copy_of(folder.path(), input)).1.into_iter().collect();
        assert!(cells.is_subset(&links), "{input}: {cells:?} are not all among {links:?}");
    }
}

#[test]
fn what_cannot_be_opened_gets_no_copy_and_a_sentence() {
    let table = format!("收费项目,政策依据\n示例甲费,{BASIS}\n");
    let folder = crate::cli::folder_with(&[
        ("收费目录-合成数据.csv", table.as_bytes()),
        ("损坏-合成数据.xlsx", b"PK\x03\x04 no package"),
        ("加密-合成数据.xlsx", &encrypted()),
    ]);
    let (copies, err) = copies(folder.path(), &[]);
    for (file, why) in [("损坏-合成数据.xlsx", "损坏"), ("加密-合成数据.xlsx", "密码")] {
        let line = err.lines().find(|line| line.contains(file) && line.contains("没有制作批注副本"));
        assert!(line.is_some_and(|line| line.contains(why)), "{file}: {err}");
    }
    assert_eq!(fs::read_dir(copies.path()).expect("the copies").count(), 1);
}

/// A compound file with the stream that workbooks behind a password have.
fn encrypted() -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).expect("a compound file");
    file.create_stream("EncryptedPackage").expect("a stream");
    file.create_stream("EncryptionInfo").expect("a stream");
    file.into_inner().into_inner()
}

#[test]
fn a_stored_record_gives_the_same_copies_and_refuses_files_that_changed() {
    let table = format!("收费项目,政策依据\n示例甲费,{BASIS}\n");
    let folder = crate::cli::folder_with(&[("收费目录-合成数据.csv", table.as_bytes())]);
    let stored = tempfile::tempdir().expect("a folder");
    let (copies, _) = copies(folder.path(), &["--out", path(stored.path())]);
    let again = tempfile::tempdir().expect("a folder");
    let report = format!("annotated={}", path(again.path()));
    let arguments = ["report", path(stored.path()), "--report", &report];
    let with_inputs = [&arguments[..], &["--inputs", path(folder.path())]].concat();
    assert_eq!(said(&with_inputs).0, 0);
    let name = "收费目录-合成数据.csv.xlsx";
    let sheets = |folder: &Path| parts(&folder.join(name)).remove("xl/worksheets/sheet1.xml");
    assert_eq!(sheets(again.path()), sheets(copies.path()));
    let (code, _, err) = said(&arguments);
    assert_eq!((code, err.contains("--inputs")), (2, true), "{err}");
    fs::write(folder.path().join("收费目录-合成数据.csv"), table + "示例局,,\n").expect("a file");
    fs::remove_file(again.path().join(name)).expect("the copy");
    let (_, _, err) = said(&with_inputs);
    assert!(err.contains("有改动") && !again.path().join(name).exists(), "{err}");
}

#[test]
fn no_copy_takes_the_place_of_a_file_that_was_handed_in_or_lies_among_them() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("收费目录-合成数据.xlsx");
    workbook(&file);
    let before = fs::read(&file).expect("the file");
    let refused = |input: &Path, copies: &Path, why: &str| {
        let report = format!("annotated={}", path(copies));
        let (code, _, err) = said(&["check", path(input), "--as-of", "2016-11-30", "--report", &report]);
        assert_eq!((code, err.contains(why)), (2, true), "{err}");
        assert_eq!(fs::read(&file).expect("the file"), before);
    };
    refused(&file, folder.path(), "报告不能写在它上面");
    refused(folder.path(), folder.path(), "在要核查的文件夹里面");
    refused(folder.path(), &folder.path().join("批注"), "在要核查的文件夹里面");
    let all = format!("all={}", path(&folder.path().join("报告")));
    let (code, _, err) = said(&["check", path(folder.path()), "--as-of", "2016-11-30", "--report", &all]);
    assert!(matches!(code, 1 | 3) && err.contains("在要核查的文件夹里面"), "{err}");
    assert!(!folder.path().join("报告/annotated").exists());
}

#[test]
fn a_report_made_later_spares_the_files_it_reads_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("收费目录-合成数据.xlsx");
    workbook(&file);
    let before = fs::read(&file).expect("the file");
    let stored = tempfile::tempdir().expect("a folder");
    let (code, _, err) = said(&["check", path(&file), "--as-of", "2016-11-30", "--out", path(stored.path())]);
    assert!(matches!(code, 1 | 3), "{err}");
    for report in [format!("annotated={}", path(folder.path())), format!("csv={}", path(&file))] {
        let (code, _, err) =
            said(&["report", path(stored.path()), "--inputs", path(&file), "--report", &report]);
        assert_eq!((code, err.contains("报告不能写在它上面")), (2, true), "{report}: {err}");
        assert_eq!(fs::read(&file).expect("the file"), before, "{report}");
    }
}

#[test]
fn copies_go_into_one_folder() {
    let folder = tempfile::tempdir().expect("a folder");
    let reports = ["甲", "乙"].map(|name| format!("annotated={}", path(&folder.path().join(name))));
    let (code, _, err) =
        said(&[&super::DEMO[..], &["--report", &reports[0], "--report", &reports[1]]].concat());
    assert_eq!((code, err.contains("批注副本只写入一个")), (2, true), "{err}");
    assert!(!folder.path().join("乙").exists());
}

#[test]
fn a_hundred_thousand_findings_are_listed_and_the_gravest_have_notes() {
    let head = "报告期,所属县市/园区,项目编号,项目名称,投资金额(万元),运作方式,更新日期,公开日期\n";
    let rows: String =
        (0..50_000).map(|n| format!("2016Q3,昌吉市,CS-{n},虚构项目{n},1200,BOT,错,错\n")).collect();
    let folder =
        crate::cli::folder_with(&[("PPP项目信息-合成数据.csv", (head.to_owned() + &rows).as_bytes())]);
    let as_json = folder.path().join("结果.json");
    let report = format!("json={}", path(&as_json));
    let (copies, _) = copies(folder.path(), &["--keep", "all", "--report", &report]);
    let record = json(&fs::read_to_string(as_json).expect("the record"));
    let found = record["findings"].as_array().map_or(0, Vec::len);
    assert!(found >= 100_000, "{found} findings only");
    let mut book = book(&copies.path().join("PPP项目信息-合成数据.csv.xlsx"));
    let lists: Vec<_> =
        book.sheet_names().iter().skip(1).map(|name| book.worksheet_range(name).expect("a list")).collect();
    assert_eq!(lists.len(), found.div_ceil(65_000));
    let above: Vec<String> = lists[0].rows().take(8).map(|row| row[0].to_string()).collect();
    assert!(above.iter().any(|line| line.contains("最多加 5000 条批注")), "{above:?}");
    let severities = ["错误", "警告", "提示"];
    let is_finding = |row: &&[Data]| severities.contains(&row[0].to_string().as_str());
    assert_eq!(lists.iter().map(|list| list.rows().filter(is_finding).count()).sum::<usize>(), found);
}

/// Whether LibreOffice is there to open copies with. Where `MINGCHA_OFFICE=required` it must be.
fn has_office() -> bool {
    let found = Command::new("soffice").arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    let required = std::env::var("MINGCHA_OFFICE").is_ok_and(|wish| wish == "required");
    assert!(
        found.is_ok() || !required,
        "soffice does not start; install it with: apt-get install libreoffice-calc"
    );
    found.is_ok()
}

/// What LibreOffice makes of these files, in a folder of its own.
fn converted(files: &[PathBuf], kind: &str) -> tempfile::TempDir {
    let out = tempfile::tempdir().expect("a folder");
    let home = format!("-env:UserInstallation=file://{}", path(&out.path().join("home")));
    let status = Command::new("soffice")
        .args([&home, "--headless", "--convert-to", kind, "--outdir", path(out.path())])
        .args(files)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    assert!(status.is_ok_and(|status| status.success()), "soffice fails");
    out
}

#[test]
fn libreoffice_opens_copies_and_sees_marks_and_notes() {
    if !has_office() {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    workbook(&folder.path().join("收费目录-合成数据.xlsx"));
    let (copies, _) = copies(folder.path(), &["--rules", "fee/basis-below-province"]);
    let page = converted(&[copies.path().join("收费目录-合成数据.xlsx")], "fods");
    let page = fs::read_to_string(page.path().join("收费目录-合成数据.fods")).expect("what soffice made");
    assert!(page.contains("#f8b4ae"), "no marked cell");
    assert!(page.contains("原有的批注") && page.matches("<office:annotation ").count() >= 4, "no notes");
    assert!(page.contains("of:=[.D2]*2"), "no formula");
    assert!(page.contains("明察核查结果:"), "no list");
}
