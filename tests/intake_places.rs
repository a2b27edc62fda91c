//! Places read back: the cell that a place names is looked up in the file without the host, and must hold the value that
//! the place quotes. Texts by bytes and line, JSON by bytes, workbooks by the name of the cell through dense ranges, which
//! the host never uses.

use std::io::{Cursor, Write as _};

use calamine::{Data, Reader, Sheets};
use encoding_rs::{BIG5, Encoding, GB18030, UTF_8};
use mingcha::intake::{self, Intake, Offer, Options, RecordPlace, rules};
use mingcha::manifest::Table;
use mingcha_fixtures::intake_corpus::{HEADER, damaged};

use crate::intake_corpus::table;
use crate::intake_samples::{form, forms, places_of};

fn read(name: &str, bytes: &[u8], table: &Table) -> Intake {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).expect("a file");
    intake::read(&[path], &[Offer { pack: 0, group: 0, table: 0, declared: table }], &Options::default())
}

/// A text with what moves places: quotes, line breaks and delimiters within cells, blank lines, a preamble, a total.
const TEXT: &str = "昌吉市2016年第三季度PPP项目信息公开表,,,,\r\n项目名称,投资金额,合同签订日期,中标社会资本,报告期\r\n\
    甲项目,1200.5,2016-07-26,\"某公司\r\n(联合体)\",2016Q3\r\n\r\n\"乙,项目\",350,,\"“丁”\"\"戊\"\"公司\", 2016Q3 \r\n\
    \"丙\n项目\",7,2016-08-02,己公司,2016Q3\r\n合计,1557.5,,,\r\n";

/// The physical lines from a line on.
fn from_line(text: &str, line: u64) -> &str {
    let (mut rest, mut number) = (text, 1);
    while number < line {
        let end = rest.find(['\n', '\r']).expect("the text has that many lines");
        rest = rest[end..].strip_prefix("\r\n").unwrap_or_else(|| &rest[end + 1..]);
        number += 1;
    }
    rest
}

fn unquoted(cell: &str) -> String {
    cell.replace("\"\"", "\"").trim().to_owned()
}

/// Looks a place of a text up; `own_bytes` says that it must tell its bytes.
fn check_text(place: &RecordPlace, file: &[u8], encoding: &'static Encoding, own_bytes: bool) {
    let (text, _, _) = encoding.decode(file);
    let value = place.value.clone().expect("a value");
    let record = from_line(&text, place.line.expect("a line"));
    let quoted = value.replace('"', "\"\"");
    assert!(record.contains(&quoted), "{place:?} is not in or below its line");
    let first = &place.cells.first().expect("a first cell").1;
    assert!(
        record.trim_start_matches(['"', '\u{feff}']).starts_with(first),
        "{place:?} does not begin in its line"
    );
    match place.bytes {
        Some((start, end)) => {
            let bytes = &file[start as usize..end as usize];
            assert_eq!(unquoted(&encoding.decode_without_bom_handling(bytes).0), value, "{place:?}");
        }
        None => assert!(!own_bytes, "{place:?} does not tell its bytes"),
    }
}

#[test]
fn places_of_texts_read_back_in_every_encoding() {
    let declared = table(&HEADER);
    let wide = |text: &str| -> Vec<u8> {
        [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
    };
    let files: [(Vec<u8>, &'static Encoding, bool); 4] = [
        (TEXT.as_bytes().to_vec(), UTF_8, true),
        (format!("\u{feff}{TEXT}").into_bytes(), UTF_8, true),
        (GB18030.encode(TEXT).0.into_owned(), GB18030, true),
        (wide(TEXT), encoding_rs::UTF_16LE, false),
    ];
    for (file, encoding, own_bytes) in files {
        let found = read("a.csv", &file, &declared);
        assert_eq!(found.parts[0].records(), 3, "{encoding:?}: {:?}", found.findings);
        let places: Vec<_> = places_of(&found.parts[0], &declared).collect();
        assert_eq!(places.len(), 15);
        places.iter().for_each(|place| check_text(place, &file, encoding, own_bytes));
    }
    let text = "公安部門,證照費,收費依據\r\n教育局,\"學\r\n費\",環境保護稅\r\n供水,無,金額\r\n";
    let declared = table(&["公安部門", "證照費", "收費依據"]);
    let file = BIG5.encode(text).0.into_owned();
    let found = read("a.csv", &file, &declared);
    let places: Vec<_> = places_of(&found.parts[0], &declared).collect();
    assert_eq!(places.len(), 6);
    places.iter().for_each(|place| check_text(place, &file, BIG5, true));
}

#[test]
fn places_of_generated_tables_read_back() {
    let declared = table(&HEADER);
    let mut checked = 0;
    for case in damaged(300, 7).into_iter().filter(|case| case.kind == "sound") {
        let encoding = if std::str::from_utf8(&case.bytes).is_ok() { UTF_8 } else { GB18030 };
        let found = read("a.csv", &case.bytes, &declared);
        for place in places_of(&found.parts[0], &declared) {
            check_text(&place, &case.bytes, encoding, true);
            checked += 1;
        }
    }
    assert!(checked > 1_000, "only {checked} cells were looked up");
}

#[test]
fn bytes_that_a_finding_names_are_the_damaged_ones() {
    let declared = table(&HEADER);
    let mut checked = 0;
    for case in damaged(300, 11) {
        let found = read("a.csv", &case.bytes, &declared);
        for finding in &found.findings {
            let Some(offset) = finding.offset else { continue };
            let at = offset as usize;
            let line = case.bytes[..at].iter().filter(|byte| **byte == b'\n').count() as u64 + 1;
            match (finding.rule, case.kind) {
                (rules::EMBEDDED_NUL, _) => assert_eq!((case.bytes[at], finding.line), (0, Some(line))),
                (rules::UNDECODABLE_BYTES, "undecodable-bytes") => {
                    assert_eq!((case.bytes[at], finding.line), (0xff, Some(line)));
                }
                (rules::RAGGED_RECORD, _) => assert_eq!(finding.line, Some(line)),
                _ => continue,
            }
            checked += 1;
        }
    }
    assert!(checked >= 60, "only {checked} findings were looked up");
}

#[test]
fn places_of_json_read_back() {
    let declared = table(&HEADER);
    let array =
        "[{\"项目名称\":\"甲\",\"投资金额\":1200.50},\n\n {\"投资金额\":0.10,\"项目名称\":\"乙\\\"丙\"}]";
    let lines =
        "{\"项目名称\":\"甲\",\"投资金额\":1200.50}\n\n{\"投资金额\":0.10,\"项目名称\":\"乙\\\"丙\"}\n";
    for (name, text) in [("a.json", array), ("a.ndjson", lines)] {
        let found = read(name, text.as_bytes(), &declared);
        let places: Vec<_> =
            places_of(&found.parts[0], &declared).filter(|place| place.value.is_some()).collect();
        assert_eq!(places.len(), 4, "{name}");
        for place in places {
            let (start, end) = place.bytes.expect("bytes");
            let line = text[..start as usize].matches('\n').count() as u64 + 1;
            assert_eq!(place.line, Some(line), "{name}");
            let record: serde_json::Value =
                serde_json::from_str(&text[start as usize..end as usize]).expect("one record");
            let cell = &record[place.header.as_deref().expect("a header")];
            let value = place.value.as_deref().expect("a value");
            let same =
                cell.as_str().map_or_else(|| value.parse().ok() == cell.as_f64(), |text| text == value);
            assert!(same, "{name}: {cell} is not {value}");
        }
    }
}

#[test]
fn places_in_compressed_files_are_those_of_what_is_inside() {
    let declared = table(&HEADER);
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gz.write_all(TEXT.as_bytes()).expect("bytes");
    let found = read("a.csv.gz", &gz.finish().expect("a file"), &declared);
    let places: Vec<_> = places_of(&found.parts[0], &declared).collect();
    assert_eq!(places.len(), 15);
    places.iter().for_each(|place| check_text(place, TEXT.as_bytes(), UTF_8, true));
}

/// `D6` is row 5 and column 3.
fn row_and_column(cell: &str) -> (u32, u32) {
    let letters = cell.chars().take_while(char::is_ascii_alphabetic);
    let column = letters.clone().fold(0, |sum, letter| sum * 26 + (letter as u32 - 'A' as u32 + 1));
    (cell[letters.count()..].parse::<u32>().expect("a row") - 1, column - 1)
}

/// Whether a cell shows a value: a number in any format, a day, or text.
fn shows(cell: &Data, value: &str) -> bool {
    let day = mingcha::iso_date::parse(value).map(|days| f64::from(days) + 25_569.0);
    let is_number = |number: f64| {
        let share =
            value.strip_suffix('%').and_then(|share| share.parse::<f64>().ok()).map(|share| share / 100.0);
        let shown = share.or(day).or_else(|| value.parse().ok());
        shown == Some(number) || day == Some(number + 1462.0)
    };
    match cell {
        Data::String(text) => text == value,
        Data::Float(number) => is_number(*number),
        Data::Int(number) => is_number(*number as f64),
        Data::DateTime(at) => day == Some(at.as_f64()) || day == Some(at.as_f64() + 1462.0),
        Data::DateTimeIso(text) => text.starts_with(value),
        _ => false,
    }
}

#[test]
fn places_of_workbooks_read_back_through_the_names_of_their_cells() {
    let declared = form();
    for file in forms() {
        let bytes = std::fs::read(&file).expect("a workbook");
        let mut book: Sheets<_> =
            calamine::open_workbook_auto_from_rs(Cursor::new(bytes)).expect("a workbook");
        let options = Options::default();
        let found = intake::read(
            std::slice::from_ref(&file),
            &[Offer { pack: 0, group: 0, table: 0, declared: &declared }],
            &options,
        );
        // Of an XLSB file, `calamine` leaves out what is written in short records; the rest must be where it says.
        let is_partial = file.extension().is_some_and(|kind| kind == "xlsb");
        let mut checked = 0;
        for part in &found.parts {
            let range = book.worksheet_range(part.sheet.as_deref().expect("a sheet")).expect("its cells");
            for place in places_of(part, &declared)
                .filter(|place| place.value.as_deref().is_some_and(|v| !v.is_empty()))
            {
                let (row, column) = row_and_column(place.cell.as_deref().expect("a cell"));
                // Of merged cells, the first one holds what all of them show.
                let at = |row| range.get_value((row, column)).filter(|cell| **cell != Data::Empty);
                if is_partial && at(row).is_none() {
                    continue;
                }
                let cell = (0..=row).rev().find_map(at);
                let value = place.value.as_deref().unwrap_or_default();
                let shown = cell.is_some_and(|cell| shows(cell, value));
                assert!(shown, "{}: {place:?} is {cell:?}", file.display());
                checked += 1;
            }
        }
        assert!(checked == if is_partial { 3 } else { 22 }, "{}: {checked}", file.display());
    }
}
