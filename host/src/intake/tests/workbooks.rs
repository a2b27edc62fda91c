//! Sheets: merged cells, hidden rows, dates, percentages, numbers cut by a spreadsheet program.

use super::declare::{fees, projects};
use super::*;
use proptest::prelude::*;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, XlsxError};

/// A form as offices fill it in: title, preamble, two header rows, merged cells, a section, a total, a note.
fn form() -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let plain = Format::new();
    let day = Format::new().set_num_format("yyyy\"年\"m\"月\"d\"日\"");
    let sheet = book.add_worksheet().set_name("第三季度")?;
    sheet.merge_range(0, 0, 0, 5, "昌吉市2016年第三季度PPP项目信息公开表", &plain)?;
    sheet.write(1, 0, "填报单位:")?.write(1, 1, "昌吉市财政局")?.write(1, 4, "单位:亿元")?;
    for (at, header) in ["序号", "所属\n县市", "项目名称", "投资金额"].into_iter().enumerate() {
        sheet.merge_range(2, at as u16, 3, at as u16, header, &plain)?;
    }
    sheet.merge_range(2, 4, 2, 5, "中标结果", &plain)?;
    sheet.write(3, 4, "中标社会资本")?.write(3, 5, "签约日期")?;
    sheet.merge_range(4, 1, 6, 1, "昌吉市", &plain)?;
    for (row, name) in ["甲项目", "乙项目", "丙项目"].into_iter().enumerate() {
        let row = 4 + row as u32;
        sheet.write(row, 0, row - 3)?.write(row, 2, name)?.write(row, 3, 1.2)?.write(row, 4, "某公司")?;
        sheet.write_with_format(row, 5, ExcelDateTime::from_ymd(2016, 7, 26)?, &day)?;
    }
    sheet.merge_range(7, 0, 7, 5, "阜康市", &plain)?;
    sheet.write(8, 0, 1)?.write(8, 2, "丁项目")?.write(8, 3, "3000万元")?;
    sheet.write(9, 0, "合计")?.write(9, 3, 3.9)?;
    sheet.merge_range(10, 0, 10, 5, "注:本表数据截至9月底。", &plain)?;
    let hidden = book.add_worksheet().set_name("隐藏")?;
    hidden
        .set_hidden(true)
        .write(4, 2, "项目名称")?
        .write(4, 5, "投资金额(万元)")?
        .write(5, 2, "戊")?
        .write(5, 5, 7)?;
    book.add_worksheet().set_name("填表说明")?.write(0, 0, "请如实填写")?;
    book.save_to_buffer()
}

#[test]
fn a_form_with_merged_cells_is_read() {
    let tables = [fees(), projects()];
    let bytes = form().expect("a workbook");
    let found = intake(&[("昌吉.xlsx", &bytes)], &tables);
    let kinds: Vec<_> = found.problems.iter().map(|problem| &problem.kind).collect();
    assert_eq!(
        (found.parts.len(), kinds, &found.findings[..]),
        (2, vec![&ProblemKind::HiddenSheet], &[][..])
    );
    let part = &found.parts[0];
    assert_eq!((part.sheet.as_deref(), part.header_rows.as_slice()), (Some("第三季度"), &[3_u64, 4][..]));
    assert_eq!(column(&found, &tables, 0, "name"), ["甲项目", "乙项目", "丙项目", "丁项目"]);
    assert_eq!(column(&found, &tables, 0, "region"), ["昌吉市", "昌吉市", "昌吉市", "阜康市"]);
    assert_eq!(column(&found, &tables, 0, "invest_amount"), ["1200000", "1200000", "1200000", "300000"]);
    assert_eq!(column(&found, &tables, 0, "signed_on"), ["2016-07-26", "2016-07-26", "2016-07-26", "-"]);
    assert_eq!(column(&found, &tables, 0, "period"), ["2016Q3"; 4]);
    assert_eq!(column(&found, &tables, 0, "winner")[0], "某公司");
}

#[test]
fn cells_are_named_as_the_program_shows_them() {
    let tables = [fees(), projects()];
    let bytes = form().expect("a workbook");
    let found = intake(&[("昌吉.xlsx", &bytes)], &tables);
    let part = &found.parts[0];
    let place = part.place(4, &part.matches[0], Some(2));
    assert_eq!(
        (place.row, place.cell.as_deref(), place.value.as_deref()),
        (Some(9), Some("D9"), Some("3000万元"))
    );
    let place = part.place(2, &part.matches[0], Some(1));
    assert_eq!(
        (place.cell.as_deref(), place.value.as_deref(), place.line),
        (Some("B6"), Some("昌吉市"), None)
    );
    let hidden = &found.parts[1];
    assert!(hidden.hidden);
    let place = hidden.place(1, &hidden.matches[0], Some(2));
    assert_eq!((place.cell.as_deref(), place.header.as_deref()), (Some("F6"), Some("投资金额(万元)")));
}

#[test]
fn percentages_error_values_and_long_codes_are_what_they_are() -> Result<(), XlsxError> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write(0, 0, "收费项目")?.write(0, 1, "政策依据")?.write(0, 2, "是否涉企")?;
    sheet.write(1, 0, "甲")?.write(1, 1, 650_123_199_001_011_234.0)?.write(1, 2, true)?;
    sheet.write_with_format(2, 1, 0.35, &Format::new().set_num_format("0.0%"))?;
    sheet.write(2, 0, 20160726)?.write(2, 2, "否")?;
    let bytes = book.save_to_buffer()?;
    let tables = [fees()];
    let found = intake(&[("a.xlsx", &bytes)], &tables);
    assert_eq!(column(&found, &tables, 0, "basis"), ["!", "35%"]);
    assert_eq!(column(&found, &tables, 0, "item"), ["甲", "20160726"]);
    assert_eq!(column(&found, &tables, 0, "related"), ["1", "0"]);
    let part = &found.parts[0];
    let batch = part.read(0, &part.matches[0], &tables[0], &[3]);
    assert_eq!(batch.unreadable.first().map(|cell| cell.why), Some(Why::DigitsLost));
    Ok(())
}

/// The same XLSB file with its mark that days count from 1904.
fn counting_from_1904(xlsb: &[u8]) -> Vec<u8> {
    use std::io::{Cursor, Read, Write};
    let mut from = zip::ZipArchive::new(Cursor::new(xlsb)).expect("an archive");
    let mut to = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..from.len() {
        let mut file = from.by_index(at).expect("a member");
        let (name, mut bytes) = (file.name().expect("a name").into_owned(), Vec::new());
        file.read_to_end(&mut bytes).expect("its bytes");
        if name == "xl/workbook.bin" {
            // The record 153, seven bits a byte, and the length of its data; its first bit is the mark.
            let record = bytes.windows(2).position(|pair| pair == [0x99, 0x01]).expect("the properties");
            bytes[record + 3] |= 1;
        }
        to.start_file(name, zip::write::SimpleFileOptions::default()).expect("a member");
        to.write_all(&bytes).expect("its bytes");
    }
    to.finish().expect("an archive").into_inner()
}

#[test]
fn an_xlsb_workbook_may_count_from_1904() {
    let bytes = include_bytes!("../../../../fixtures/formats/sheetjs-合成数据.xlsb");
    let tables = [projects()];
    let days = |bytes: &[u8]| column(&intake(&[("a.xlsb", bytes)], &tables), &tables, 0, "signed_on");
    assert_eq!(days(bytes)[..2], ["2016-07-26", "2016-08-01"]);
    assert_eq!(days(&counting_from_1904(bytes))[..2], ["2020-07-27", "2020-08-02"]);
}

#[test]
fn an_xlsb_sheet_that_breaks_off_is_damaged() {
    let sound: &[u8] = include_bytes!("../../../../fixtures/formats/sheetjs-合成数据.xlsb");
    let kinds = |bytes: &[u8]| -> Vec<ProblemKind> {
        intake(&[("a.xlsb", bytes)], &[projects()]).problems.into_iter().map(|problem| problem.kind).collect()
    };
    assert!(kinds(&sound[..sound.len() / 2]).iter().any(|kind| matches!(kind, ProblemKind::Damaged(_))));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn no_damage_to_a_workbook_panics(at in 0.0..1.0_f64, put in any::<u8>(), keep in 0.5..1.0_f64) {
        let mut bytes = form().expect("a workbook");
        let at = (at * bytes.len() as f64) as usize;
        bytes[at] = put;
        bytes.truncate((keep.mul_add(2.0, -0.5).min(1.0) * bytes.len() as f64) as usize);
        let tables = [fees(), projects()];
        let found = intake(&[("a.xlsx", &bytes)], &tables);
        for part in &found.parts {
            let _ = part.read(0, &part.matches[0], &tables[usize::from(part.matches[0].table)], &[0, 1, 2]);
        }
    }
}
