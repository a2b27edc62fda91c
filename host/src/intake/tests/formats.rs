//! Each format and package is read, and found by its content.

use super::declare::{fees, projects};
use super::*;
use std::io::Write;

const CSV: &str = "项目名称,投资金额,签约日期\n甲项目,1200.50,2016-07-26\n乙项目,3.5e2,2016-08-01\n";

fn names(found: &Intake) -> Vec<String> {
    column(found, &[fees(), projects()], 0, "name")
}

fn read_file(name: &str, bytes: &[u8]) -> Intake {
    intake(&[(name, bytes)], &[fees(), projects()])
}

fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in files {
        let options = zip::write::SimpleFileOptions::default();
        archive.start_file(*name, options).expect("a member");
        archive.write_all(bytes).expect("its bytes");
    }
    archive.finish().expect("an archive").into_inner()
}

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).expect("bytes");
    encoder.finish().expect("a file")
}

/// A small ODS as LibreOffice writes it: repeated cells and rows, a merged cell, a hidden row.
pub(super) fn ods() -> Vec<u8> {
    let text = |text: &str| {
        format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>")
    };
    let content = format!(
        "<?xml version=\"1.0\"?><office:document-content><office:body><office:spreadsheet><table:table table:name=\"第三季度\">\
         <table:table-row table:number-rows-repeated=\"2\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>\
         <table:table-row>{}{}{}{}</table:table-row>\
         <table:table-row><table:table-cell table:number-rows-spanned=\"2\" office:value-type=\"string\"><text:p>昌吉市</text:p></table:table-cell>{}\
         <table:table-cell office:value-type=\"float\" office:value=\"12.5\"><text:p>12.5</text:p></table:table-cell>\
         <table:table-cell office:value-type=\"date\" office:date-value=\"2016-07-26\"><text:p>16-7-26</text:p></table:table-cell></table:table-row>\
         <table:table-row table:visibility=\"collapse\"><table:covered-table-cell/>{}\
         <table:table-cell office:value-type=\"float\" office:value=\"3\"><text:p>3</text:p></table:table-cell></table:table-row>\
         <table:table-row table:number-rows-repeated=\"1048571\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>\
         </table:table></office:spreadsheet></office:body></office:document-content>",
        text("所属县市"),
        text("项目名称"),
        text("投资金额"),
        text("签约日期"),
        text("甲&amp;&#20057;项目"),
        text("丙项目"),
    );
    zipped(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", content.as_bytes()),
    ])
}

#[test]
fn an_ods_workbook_is_read_with_merges_dates_and_hidden_rows() {
    let tables = [fees(), projects()];
    let found = read_file("a.ods", &ods());
    let kinds: Vec<_> = found.problems.iter().map(|problem| &problem.kind).collect();
    assert_eq!((kinds, found.inputs[0].format), (vec![&ProblemKind::HiddenRows(1, 5)], Format::Ods));
    assert_eq!(names(&found), ["甲&乙项目", "丙项目"]);
    assert_eq!(column(&found, &tables, 0, "region"), ["昌吉市", "昌吉市"]);
    assert_eq!(column(&found, &tables, 0, "invest_amount"), ["1250", "300"]);
    assert_eq!(column(&found, &tables, 0, "signed_on"), ["2016-07-26", "-"]);
    assert_eq!(found.parts[0].hidden_rows, 1);
    let place = found.parts[0].place(2, &found.parts[0].matches[0], Some(0));
    assert_eq!(place.cell.as_deref(), Some("B5"));
}

#[test]
fn json_in_its_shapes_is_read_and_leads_back_to_its_bytes() {
    let tables = [fees(), projects()];
    let shapes = [
        ("a.json", "[{\"项目名称\":\"甲\",\"投资金额\":1200.50},\n {\"投资金额\":0.10,\"项目名称\":\"乙\"}]"),
        ("b.ndjson", "{\"项目名称\":\"甲\",\"投资金额\":1200.50}\n{\"项目名称\":\"乙\",\"投资金额\":0.10}\n"),
        (
            "c.json",
            "{\"说明\":\"x\",\"项目\":[[\"项目名称\",\"投资金额\"],[\"甲\",1200.50],\n[\"乙\",0.10]]}",
        ),
    ];
    for (name, text) in shapes {
        let found = read_file(name, text.as_bytes());
        assert_eq!((&found.problems[..], &found.findings[..]), (&[][..], &[][..]), "{name}");
        assert_eq!(names(&found), ["甲", "乙"], "{name}");
        assert_eq!(column(&found, &tables, 0, "invest_amount"), ["120050", "10"], "{name}");
        let place = found.parts[0].place(2, &found.parts[0].matches[0], Some(2));
        assert_eq!(
            (place.line, place.row, place.cell, place.value.as_deref()),
            (Some(2), None, None, Some("0.10"))
        );
        let (start, end) = place.bytes.expect("bytes");
        assert!(text[start as usize..end as usize].contains('乙'), "{name}");
    }
    let broken =
        "{\"项目名称\":\"甲\",\"投资金额\":1}\n{\"项目名称\":\"乙\",\n{\"项目名称\":\"丙\",\"投资金额\":3}\n";
    let found = read_file("d.ndjson", broken.as_bytes());
    assert_eq!(names(&found), ["甲", "丙"]);
    assert_eq!((found.findings[0].rule, found.findings[0].line), (rules::BROKEN_RECORD, Some(2)));
    assert_eq!(found.parts[0].unchecked(), 1);
}

#[test]
fn compressed_files_and_folders_are_opened() {
    let gz = gzipped(CSV.as_bytes());
    let zst = zstd::encode_all(CSV.as_bytes(), 3).expect("a file");
    for (name, bytes) in [("a.csv.gz", &gz), ("a.csv.zst", &zst)] {
        let found = read_file(name, bytes);
        assert_eq!((&found.problems[..], found.inputs.len()), (&[][..], 2), "{name}");
        assert_eq!(found.inputs[1].path, "a.csv");
        assert_eq!(names(&found), ["甲项目", "乙项目"]);
    }
    let zip = zipped(&[("昌吉/b.csv", CSV.as_bytes()), ("../a.csv.gz", &gz), ("__MACOSX/x", b"x")]);
    let found = read_file("报送.zip", &zip);
    let paths: Vec<&str> = found.inputs.iter().map(|input| input.path.as_str()).collect();
    assert_eq!(paths, ["报送.zip", "报送.zip/a.csv.gz", "报送.zip/a.csv", "报送.zip/昌吉/b.csv"]);
    assert!(matches!(found.problems[..], [Problem { kind: ProblemKind::StrangeName, .. }]));
    assert_eq!(found.parts.len(), 2);
}

/// A Parquet file of names, amounts and days.
pub(super) fn parquet_file() -> Vec<u8> {
    use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int32Type};
    use parquet::file::properties::WriterProperties;
    use parquet::file::writer::SerializedFileWriter;
    let schema = "message m { required binary 项目名称 (UTF8); optional double 投资金额; required int32 签约日期 (DATE); }";
    let schema = std::sync::Arc::new(parquet::schema::parser::parse_message_type(schema).expect("a schema"));
    let properties = WriterProperties::builder().set_compression(parquet::basic::Compression::SNAPPY).build();
    let mut writer = SerializedFileWriter::new(Vec::new(), schema, properties.into()).expect("a writer");
    let mut group = writer.next_row_group().expect("a group");
    let mut column = group.next_column().expect("a column").expect("a column");
    let names = [ByteArray::from("甲项目"), ByteArray::from("乙项目")];
    column.typed::<ByteArrayType>().write_batch(&names, None, None).expect("values");
    column.close().expect("a column");
    let mut column = group.next_column().expect("a column").expect("a column");
    column.typed::<DoubleType>().write_batch(&[12.5], Some(&[1, 0]), None).expect("values");
    column.close().expect("a column");
    let mut column = group.next_column().expect("a column").expect("a column");
    column.typed::<Int32Type>().write_batch(&[17_008, 17_009], None, None).expect("values");
    column.close().expect("a column");
    group.close().expect("a group");
    writer.into_inner().expect("a file")
}

#[test]
fn parquet_is_read() {
    let tables = [fees(), projects()];
    let found = read_file("a.parquet", &parquet_file());
    assert_eq!(&found.problems[..], &[][..]);
    assert_eq!(names(&found), ["甲项目", "乙项目"]);
    assert_eq!(column(&found, &tables, 0, "invest_amount"), ["1250", "-"]);
    assert_eq!(column(&found, &tables, 0, "signed_on"), ["2016-07-26", "2016-07-27"]);
    assert_eq!(found.parts[0].place(2, &found.parts[0].matches[0], Some(0)).row, None);
}

#[test]
fn content_decides_and_a_disagreement_is_said() {
    for (name, bytes) in [("a.csv", ods()), ("a.xlsx", parquet_file()), ("a.json", gzipped(CSV.as_bytes()))] {
        let found = read_file(name, &bytes);
        assert!(matches!(found.problems[0].kind, ProblemKind::Misnamed(..)), "{name}");
        assert_eq!(names(&found).len(), 2, "{name}");
    }
}
