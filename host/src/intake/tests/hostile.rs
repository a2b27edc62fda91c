//! Files made to harm end in a finding or an error, within bounds.

use super::declare::{fees, projects};
use super::formats::{ods, parquet_file};
use super::*;
use proptest::prelude::*;
use rust_xlsxwriter::Workbook;
use std::io::Write;

const CSV: &[u8] = "项目名称,投资金额,签约日期\n甲,1,2016-07-26\n乙,2,2016-07-27\n".as_bytes();

fn problems(name: &str, bytes: &[u8]) -> Vec<ProblemKind> {
    let found = intake(&[(name, bytes)], &[fees(), projects()]);
    found.problems.into_iter().map(|problem| problem.kind).collect()
}

fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in files {
        archive.start_file(*name, zip::write::SimpleFileOptions::default()).expect("a member");
        archive.write_all(bytes).expect("its bytes");
    }
    archive.finish().expect("an archive").into_inner()
}

fn xlsx(sheet: &str) -> Vec<u8> {
    book("", sheet)
}

/// A workbook of one sheet, with what else its properties say.
pub(super) fn book(properties: &str, sheet: &str) -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let packages = "http://schemas.openxmlformats.org/package/2006";
    zipped(&[
        ("[Content_Types].xml", format!("<Types xmlns=\"{packages}/content-types\"/>").as_bytes()),
        ("_rels/.rels", format!("<Relationships xmlns=\"{packages}/relationships\"><Relationship Id=\"r\" Type=\"{office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>").as_bytes()),
        ("xl/workbook.xml", format!("<workbook xmlns=\"{main}\" xmlns:r=\"{office}\">{properties}<sheets><sheet name=\"s\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>").as_bytes()),
        ("xl/_rels/workbook.xml.rels", format!("<Relationships xmlns=\"{packages}/relationships\"><Relationship Id=\"r1\" Type=\"{office}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>").as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ])
}

#[test]
fn a_bomb_is_not_unpacked() {
    let zeros = vec![b' '; 80 << 20];
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gz.write_all(&zeros).expect("bytes");
    assert!(matches!(problems("a.csv.gz", &gz.finish().expect("a file"))[..], [ProblemKind::Bomb(_)]));
    let zst = zstd::encode_all(&zeros[..], 1).expect("a file");
    assert!(matches!(problems("a.csv.zst", &zst)[..], [ProblemKind::Bomb(_)]));
    assert!(matches!(problems("a.zip", &zipped(&[("a.csv", &zeros)]))[..], [ProblemKind::Bomb(_)]));
    let book = zipped(&[("xl/workbook.xml", b"<x/>"), ("xl/worksheets/sheet1.xml", &zeros)]);
    assert!(matches!(problems("a.xlsx", &book)[..], [ProblemKind::Bomb(_)]));
    let deep = (0..5).fold(CSV.to_vec(), |inside, _| zipped(&[("a.zip", &inside)]));
    assert!(problems("a.zip", &deep).contains(&ProblemKind::TooDeep));
}

#[test]
fn a_declared_size_is_not_believed() {
    let cells = |row: u32| {
        format!(
            "<row r=\"{row}\"><c r=\"A{row}\" t=\"inlineStr\"><is><t>项目名称</t></is></c><c r=\"XFD{row}\" t=\"inlineStr\"><is><t>投资金额</t></is></c></row>"
        )
    };
    let sheet = format!(
        "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><dimension ref=\"A1:XFD1048576\"/><sheetData>{}{}</sheetData></worksheet>",
        cells(1),
        cells(1_048_576)
    );
    let found = intake(&[("a.xlsx", &xlsx(&sheet))], &[projects()]);
    assert_eq!(found.parts.len(), 0, "column XFD is too far for a header");
    let rows = "<table:table-row table:number-rows-repeated=\"1048576\"><table:table-cell table:number-columns-repeated=\"16384\" office:value-type=\"float\" office:value=\"1\"/></table:table-row>";
    let content = format!(
        "<office:spreadsheet><table:table table:name=\"a\">{rows}</table:table></office:spreadsheet>"
    );
    let bytes = zipped(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", content.as_bytes()),
    ]);
    assert!(matches!(problems("a.ods", &bytes)[..], [ProblemKind::TooManyCells(_)]));
}

#[test]
fn entities_of_a_workbook_are_not_expanded() {
    let doctype = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c SYSTEM \"file:///etc/passwd\">]>";
    let sheet = format!(
        "{doctype}<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>项目名称</t></is></c><c r=\"B1\" t=\"inlineStr\"><is><t>投资金额</t></is></c></row><row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>&b;&c;</t></is></c><c r=\"B2\"><v>1</v></c></row></sheetData></worksheet>"
    );
    let found = intake(&[("a.xlsx", &xlsx(&sheet))], &[projects()]);
    let said = format!("{:?}", found.parts);
    assert!(!said.contains("aaaaaaaaaa") && !said.contains("root:"));
}

#[test]
fn wide_and_long_lines_are_read_in_reasonable_time() {
    let wide = |cell: &str| vec![cell; 20_000].join(",");
    let text = format!("项目名称,投资金额,{}\n甲,1,{}\n", wide("x"), wide("1"));
    let found = intake(&[("a.csv", text.as_bytes())], &[projects()]);
    assert_eq!((found.parts.len(), found.parts[0].records()), (1, 1));
    let columns: String = (0..16_384)
        .map(|at| {
            let text = ["项目名称", "投资金额", "签约日期"].get(at).copied().unwrap_or("其他");
            format!(
                "<c r=\"{}1\" t=\"inlineStr\"><is><t>{text}</t></is></c>",
                super::super::cell::column_name(at as u32)
            )
        })
        .collect();
    let sheet = format!(
        "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData><row r=\"1\">{columns}</row>\
         <row r=\"2\"><c r=\"A2\"><v>1</v></c><c r=\"XFD2\"><v>2</v></c></row></sheetData></worksheet>"
    );
    let found = intake(&[("a.xlsx", &xlsx(&sheet))], &[projects()]);
    assert_eq!((found.parts.len(), found.parts[0].records()), (1, 1));
    let long = format!("项目名称,投资金额\n{},1\n", "甲".repeat(4 << 20));
    let found = intake(&[("a.csv", long.as_bytes())], &[projects()]);
    assert_eq!(found.parts[0].records(), 1);
}

#[test]
fn formulas_that_share_themselves_are_not_followed() {
    let formula = |at: &str, text: &str| {
        format!("<c r=\"{at}\"><f t=\"shared\" ref=\"A2:B3\" si=\"0\">{text}</f><v>1</v></c>")
    };
    let header = |at: &str, text: &str| format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>{text}</t></is></c>");
    let sheet = format!(
        "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData><row r=\"1\">{}{}</row><row r=\"2\">{}{}</row>\
         <row r=\"3\"><c r=\"A3\"><f t=\"shared\" si=\"0\"/><v>2</v></c><c r=\"B3\"><f t=\"shared\" si=\"7\"/></c></row></sheetData></worksheet>",
        header("A1", "项目名称"),
        header("B1", "投资金额"),
        formula("A2", "A3+B2"),
        formula("B2", "A2"),
    );
    let tables = [projects()];
    let found = intake(&[("a.xlsx", &xlsx(&sheet))], &tables);
    assert_eq!(column(&found, &tables, 0, "name"), ["1", "2"]);
    assert_eq!(column(&found, &tables, 0, "invest_amount"), ["100", "-"]);
}

#[test]
fn a_broken_page_of_parquet_costs_only_its_group() {
    let (sound, tables) = (parquet_of(&[&["甲", "乙"], &["丙", "丁"]]), [projects()]);
    assert_eq!(
        column(&intake(&[("a.parquet", &sound)], &tables), &tables, 0, "name"),
        ["甲", "乙", "丙", "丁"]
    );
    let mut broken = sound.clone();
    broken[4..24].fill(0xff);
    let found = intake(&[("a.parquet", &broken)], &tables);
    assert_eq!(column(&found, &tables, 0, "name"), ["丙", "丁"]);
    let told: Vec<_> =
        found.findings.iter().map(|f| (f.rule, f.message, f.line, f.offset, f.cell.clone())).collect();
    assert_eq!(
        told,
        [(rules::BROKEN_RECORD, 1, None, None, None)],
        "it has a group and records, but no lines"
    );
    let argument = |hole: &str| {
        found.findings[0].arguments.iter().find(|(name, _)| name == hole).map(|(_, value)| value.as_str())
    };
    assert_eq!(["group", "first", "count"].map(argument), [Some("1"), Some("1"), Some("2")]);
    assert_eq!(found.parts[0].unchecked(), 2);
    let footless = &sound[..sound.len() - 40];
    assert!(matches!(problems("a.parquet", footless)[..], [ProblemKind::Damaged(_)]));
}

/// A Parquet file of names and amounts, one group of rows each.
fn parquet_of(groups: &[&[&str]]) -> Vec<u8> {
    use parquet::data_type::{ByteArray, ByteArrayType, DoubleType};
    let schema = "message m { required binary 项目名称 (UTF8); required double 投资金额; }";
    let schema = std::sync::Arc::new(parquet::schema::parser::parse_message_type(schema).expect("a schema"));
    let mut writer = parquet::file::writer::SerializedFileWriter::new(Vec::new(), schema, Default::default())
        .expect("a writer");
    for names in groups {
        let mut group = writer.next_row_group().expect("a group");
        let mut column = group.next_column().expect("a column").expect("a column");
        let texts: Vec<ByteArray> = names.iter().map(|name| ByteArray::from(*name)).collect();
        column.typed::<ByteArrayType>().write_batch(&texts, None, None).expect("values");
        column.close().expect("a column");
        let mut column = group.next_column().expect("a column").expect("a column");
        column.typed::<DoubleType>().write_batch(&vec![1.0; names.len()], None, None).expect("values");
        column.close().expect("a column");
        group.close().expect("a group");
    }
    writer.into_inner().expect("a file")
}

fn samples() -> Vec<(&'static str, Vec<u8>)> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (at, header) in ["项目名称", "投资金额", "签约日期"].into_iter().enumerate() {
        sheet.write(0, at as u16, header).expect("a cell");
        sheet.write(1, at as u16, 1).expect("a cell");
    }
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gz.write_all(CSV).expect("bytes");
    vec![
        ("a.csv", CSV.to_vec()),
        ("b.csv", encoding_rs::GB18030.encode(&String::from_utf8_lossy(CSV)).0.into_owned()),
        ("c.csv", String::from_utf8_lossy(CSV).encode_utf16().flat_map(u16::to_le_bytes).collect()),
        ("a.xlsx", book.save_to_buffer().expect("a workbook")),
        ("a.ods", ods()),
        ("a.parquet", parquet_file()),
        ("a.json", "[{\"项目名称\":\"甲\",\"投资金额\":1}]".into()),
        ("a.ndjson", "{\"项目名称\":\"甲\",\"投资金额\":1}\n{\"项目名称\":\"乙\"}\n".into()),
        ("a.csv.gz", gz.finish().expect("a file")),
        ("a.csv.zst", zstd::encode_all(CSV, 1).expect("a file")),
        ("a.zip", zipped(&[("../a.csv", CSV)])),
        ("a.xlsm", include_bytes!("../../../../fixtures/formats/sheetjs-合成数据.xlsm").to_vec()),
        ("a.xlsb", include_bytes!("../../../../fixtures/formats/sheetjs-合成数据.xlsb").to_vec()),
        ("a.xls", include_bytes!("../../../../fixtures/formats/xlwt-合成数据.xls").to_vec()),
        ("b.xlsx", include_bytes!("../../../../fixtures/formats/msoffcrypto-密码-合成数据.xlsx").to_vec()),
    ]
}

/// Reads all there is, so that a panic in any stage shows.
fn read_through(name: &str, bytes: &[u8]) {
    let tables = [fees(), projects()];
    let found = intake(&[(name, bytes)], &tables);
    for part in &found.parts {
        let matched = &part.matches[0];
        let declared = &tables[usize::from(matched.table)];
        let all: Vec<u16> = (0..declared.columns.len() as u16).collect();
        for chunk in 0..part.chunks() {
            let _ = part.read(chunk, matched, declared, &all);
        }
        for record in 0..=part.records().min(4) {
            let _ = part.place(record, matched, Some(1));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn no_damage_to_a_file_of_any_format_panics(
        bits in prop::collection::vec((0.0..1.0_f64, 0..8_u8), 1..6), keep in 0.3..1.6_f64, put in prop::collection::vec(any::<u8>(), 0..8),
    ) {
        for (name, sound) in samples() {
            let mut bytes = sound.clone();
            for (at, bit) in &bits {
                let at = (at * bytes.len() as f64) as usize;
                bytes[at] ^= 1 << bit;
            }
            let length = (keep.min(1.0) * bytes.len() as f64) as usize;
            bytes.truncate(length);
            bytes.extend(&put);
            read_through(name, &bytes);
        }
    }
}

#[test]
fn archives_beside_one_that_lies_too_deep_are_read() {
    let deep = (0..4).fold(CSV.to_vec(), |inside, _| zipped(&[("a.zip", &inside)]));
    let sound = zipped(&[("b.zip", &zipped(&[("项目.csv", CSV)]))]);
    let file = zipped(&[("1.zip", &deep), ("2.zip", &deep), ("3.zip", &deep), ("z.zip", &sound)]);
    let found = intake(&[("a.zip", &file)], &[projects()]);
    let deep = found.problems.iter().filter(|problem| problem.kind == ProblemKind::TooDeep);
    assert_eq!((deep.count(), found.problems.len(), found.parts.len()), (3, 3, 1));
}
