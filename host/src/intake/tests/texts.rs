//! Encodings, dialects, headers and assignments of delimited text.

use super::declare::{fees, previous, projects};
use super::*;
use crate::manifest::Language;
use proptest::prelude::*;

fn gbk(text: &str) -> Vec<u8> {
    encoding_rs::GBK.encode(text).0.into_owned()
}

const FEES: &str = "昌吉市2016年收费目录清单,,,,\r\n填报单位:昌吉市财政局,,填报日期:2016年10月12日,,\r\n\
    序号,部门,收费项目,政策依据,涉企\r\n教育部门,,,,\r\n1,,学费,\"财综〔2003〕4号,\n教财〔2003〕4号\",否\r\n\
    2,,住宿费,同上,\r\n,,,,\r\n公安部门,,,,\r\n3,公安局,证照费,发改价格〔2004〕2831号,√\r\n4,,,,\r\n\
    合计,,3项,,\r\n注:1.本表一式两份,,,,\r\n2.按季更新,,,,\r\n";

#[test]
fn a_gbk_form_is_read_with_its_sections_totals_and_notes() {
    let tables = [fees(), projects()];
    let found = intake(&[("收费.csv", &gbk(FEES))], &tables);
    assert_eq!((found.parts.len(), &found.problems[..], &found.findings[..]), (1, &[][..], &[][..]));
    let part = &found.parts[0];
    assert_eq!((part.records(), part.header_rows.as_slice()), (3, &[3_u64][..]));
    assert_eq!(part.encoding.as_ref().map(|found| found.name.as_str()), Some("GB18030"));
    assert_eq!(column(&found, &tables, 0, "department"), ["教育部门", "教育部门", "公安局"]);
    assert_eq!(column(&found, &tables, 0, "item"), ["学费", "住宿费", "证照费"]);
    assert_eq!(column(&found, &tables, 0, "related"), ["0", "-", "1"]);
    let reasons: Vec<(u64, SkipReason)> =
        part.skipped.iter().map(|skipped| (skipped.row, skipped.reason)).collect();
    use SkipReason::{Note, OnlyNumbered, Section, Total};
    assert_eq!(
        reasons,
        [(4, Section), (9, Section), (11, OnlyNumbered), (12, Total), (13, Note), (14, Note)]
    );
    assert_eq!(part.blank_rows, 1);
    assert_eq!(facts::value(&part.facts, "region"), Some("昌吉市"));
    assert_eq!(facts::value(&part.facts, "published-on"), Some("2016年10月12日"));
}

#[test]
fn a_place_leads_back_to_the_bytes() {
    let tables = [fees()];
    let bytes = gbk(FEES);
    let found = intake(&[("收费.csv", &bytes)], &tables);
    let part = &found.parts[0];
    let place = part.place(2, &part.matches[0], Some(2));
    assert_eq!((place.line, place.row, place.cell), (Some(7), None, None));
    assert_eq!((place.header.as_deref(), place.value.as_deref()), (Some("收费项目"), Some("住宿费")));
    let (start, end) = place.bytes.expect("bytes");
    assert_eq!(&bytes[start as usize..end as usize], &gbk("住宿费")[..]);
    let (start, end) = part.place(1, &part.matches[0], Some(3)).bytes.expect("bytes");
    assert_eq!(&bytes[start as usize..end as usize], &gbk("财综〔2003〕4号,\n教财〔2003〕4号")[..]);
    assert_eq!(place.cells[1], (1, "教育部门".to_owned()));
}

#[test]
fn units_come_from_the_cell_the_header_or_the_preamble() {
    let tables = [projects()];
    let header =
        "项目名称;投资金额(亿元);签约日期\n甲;1.2;2016-7-26\n乙;5000万元;42577\n丙;待补充;2016年7月\n";
    let found = intake(&[("2016Q3_昌吉市.csv", header.as_bytes())], &tables);
    assert_eq!(column(&found, &tables, 0, "invest_amount"), ["1200000", "500000", "!"]);
    assert_eq!(column(&found, &tables, 0, "signed_on"), ["2016-07-26", "2016-07-26", "!"]);
    assert_eq!(column(&found, &tables, 0, "period"), ["2016Q3"; 3]);
    assert_eq!(column(&found, &tables, 0, "region"), ["昌吉市"; 3]);
    let part = &found.parts[0];
    let batch = part.read(0, &part.matches[0], &tables[0], &[2, 3]);
    let why: Vec<_> = batch.unreadable.iter().map(|cell| (cell.record, cell.column, cell.why)).collect();
    assert_eq!(why, [(3, 2, Why::NotAnAmount), (3, 3, Why::DayMissing)]);
    assert_eq!(
        batch.remarks.iter().map(|remark| (remark.record, remark.rule)).collect::<Vec<_>>(),
        [(2, rules::UNIT_CONFLICT)]
    );
    let above = "单位:元\t\n项目名称\t投资金额\n甲\t12000\n";
    let found = intake(&[("a.tsv", above.as_bytes())], &tables);
    assert_eq!(column(&found, &tables, 0, "invest_amount"), ["120"]);
}

#[test]
fn damaged_records_are_told_and_left_out() {
    let tables = [projects()];
    let text = "项目名称,投资金额,签约日期\n甲,1,2016-07-01\n乙,2\n丙,3,2016-07-03,多\n丁,4,\"2016-07-04\"x\n戊,5,2016-07-05,\n\
        项目名称,投资金额,签约日期\n\"己,6,2016-07-06\n庚,7,2016-07-07\n";
    let found = intake(&[("a.csv", text.as_bytes())], &tables);
    assert_eq!(column(&found, &tables, 0, "name"), ["甲", "戊", "庚"]);
    let told: Vec<_> =
        found.findings.iter().map(|finding| (finding.rule, finding.message, finding.line)).collect();
    use rules::{BROKEN_QUOTE, RAGGED_RECORD, REPEATED_HEADER};
    let expected = [
        (RAGGED_RECORD, 0, Some(3)),
        (RAGGED_RECORD, 1, Some(4)),
        (BROKEN_QUOTE, 0, Some(5)),
        (BROKEN_QUOTE, 1, Some(8)),
        (REPEATED_HEADER, 0, Some(7)),
    ];
    assert_eq!((told.as_slice(), found.parts[0].unchecked()), (&expected[..], 4));
}

#[test]
fn undecodable_bytes_are_told_and_the_rest_is_read() {
    let tables = [projects()];
    let mut bytes = "项目名称,投资金额\n甲,1\n乙".as_bytes().to_vec();
    bytes.extend(b"\xff\xfe,2\n");
    bytes.extend("丙,3\n".as_bytes());
    let found = intake(&[("a.csv", &bytes)], &tables);
    assert_eq!(column(&found, &tables, 0, "name"), ["甲", "!", "丙"]);
    let finding = &found.findings[0];
    assert_eq!((finding.rule, finding.line, finding.part), (rules::UNDECODABLE_BYTES, Some(3), Some(0)));
}

#[test]
fn a_name_tells_tables_of_equal_columns_apart() {
    let tables = [projects(), previous()];
    let text = "项目名称,投资金额\n甲,1\n".as_bytes();
    let found =
        intake(&[("a.csv", text), ("上期/b.csv", text), ("上期.csv", text), ("本期.csv", text)], &tables);
    let names: Vec<(&str, u16)> = found
        .parts
        .iter()
        .map(|part| (found.inputs[part.input].path.as_str(), part.matches[0].table))
        .collect();
    assert_eq!(names, [("a.csv", 0), ("上期/b.csv", 1), ("上期.csv", 1), ("本期.csv", 0)]);
    let assignments = vec![Assignment::parse("previous=a.csv").expect("an assignment")];
    let found = with_options(&[("a.csv", text)], &tables, &Options { assignments, ..Options::default() });
    assert_eq!(found.parts[0].matches[0].table, 1);
}

#[test]
fn a_person_may_say_which_header_is_which_column() {
    let tables = [projects(), previous()];
    let text = "项目,投资金额,总数,2016\n甲,9,1,2016-07-26\n".as_bytes();
    let heading = |header: &str, column: &str, file: Option<&str>| Heading {
        table: "projects".to_owned(),
        file: file.map(str::to_owned),
        sheet: None,
        header: header.to_owned(),
        column: column.to_owned(),
    };
    let headings = vec![
        heading("项目", "name", None),
        heading("总 数", "投资金额", Some("a.csv")),
        heading("２０１６", "signed_on", Some("a.csv")),
        heading("没有", "winner", Some("a.csv")),
    ];
    let options = Options { headings, ..Options::default() };
    let found = with_options(&[("a.csv", text), ("b.csv", text)], &tables, &options);
    assert_eq!(column(&found, &tables, 0, "name"), ["甲"]);
    assert_eq!(column(&found, &tables, 0, "invest_amount"), ["100"]);
    assert_eq!(column(&found, &tables, 0, "signed_on"), ["2016-07-26"]);
    assert_eq!(column(&found, &tables, 1, "invest_amount"), ["900"]);
    assert_eq!(found.parts[0].matches[0].columns[0].as_ref().map(|c| &c.how), Some(&How::Assigned));
    let kinds: Vec<_> = found.problems.iter().map(|problem| (problem.path.as_str(), &problem.kind)).collect();
    let unused = ProblemKind::UnusedHeading("没有".to_owned(), "projects".to_owned());
    assert_eq!(kinds, [("a.csv", &unused)]);
}

#[test]
fn what_cannot_be_used_is_said_in_one_sentence() {
    let tables = [projects()];
    let found = intake(
        &[
            ("1.csv", b""),
            ("2.csv", "项目名称,投资金额\n".as_bytes()),
            ("3.csv", "姓名,年龄\n张,3\n".as_bytes()),
            ("4.xlsx", "项目名称,投资金额\n甲,1\n".as_bytes()),
            ("5.csv", "项目名秤,投资金额,合同签订日期\n甲,1,2016-01-01\n".as_bytes()),
            ("6.pdf", b"%PDF-1.4"),
            ("7.xlsx", b"PK\x03\x04"),
        ],
        &tables,
    );
    let kinds: Vec<(&str, &ProblemKind)> =
        found.problems.iter().map(|p| (p.path.as_str(), &p.kind)).collect();
    assert!(matches!(kinds[0], ("1.csv", ProblemKind::Empty)));
    assert!(matches!(kinds[1], ("2.csv", ProblemKind::HeaderOnly)));
    assert!(matches!(kinds[2], ("3.csv", ProblemKind::NoTable(None))));
    assert!(matches!(kinds[3], ("4.xlsx", ProblemKind::Misnamed(..))));
    assert!(matches!(kinds[5], ("6.pdf", ProblemKind::Unsupported(..))));
    assert!(matches!(kinds[6], ("7.xlsx", ProblemKind::Damaged(_))));
    assert!(matches!(kinds[4], ("5.csv", ProblemKind::HeaderMissing(_))));
    let nearest = found.problems[4].sentence(Language::Zh);
    assert!(nearest.starts_with("5.csv:") && nearest.contains("“项目名秤”是否应为“项目名称”"), "{nearest}");
    assert!(found.problems.iter().all(|problem| !problem.sentence(Language::En).contains('\n')));
    let unchecked = |problem: &Problem| problem.gravity() == Gravity::Unchecked;
    assert!(unchecked(&found.problems[1]) && unchecked(&found.problems[4]));
    assert_eq!(found.parts.len(), 3);
    assert_eq!((found.parts[2].records(), &found.parts[2].matches[0].missing[..]), (1, &[0][..]));
}

#[test]
fn headers_that_only_match_in_another_encoding_than_the_one_named_are_told_as_such() {
    let header = "项目名称,投资金额,合同签订日期\n".as_bytes();
    let records = gbk("昌吉市污水处理厂,1,2016-07-01\n奇台县供热管网,2,2016-07-02\n");
    let options = |encoding: &str| Options { encoding: Some(encoding.to_owned()), ..Options::default() };
    let file = |parts: &[&[u8]]| parts.concat();
    for (bytes, named, other) in [
        (file(&[header, header]), "gb18030", "UTF-8"),
        (file(&[&gbk("项目名称,投资金额\n"), &records]), "utf-8", "GB18030"),
    ] {
        let found = with_options(&[("a.csv", &bytes)], &[projects()], &options(named));
        let kinds: Vec<_> = found.problems.iter().map(|problem| &problem.kind).collect();
        assert!(matches!(kinds[..], [ProblemKind::OtherEncoding(_, works)] if works == other), "{kinds:?}");
    }
    let unknown = with_options(&[("a.csv", &gbk("甲,乙\n1,2\n3,4\n"))], &[projects()], &options("utf-8"));
    assert!(
        matches!(unknown.problems[..], [Problem { kind: ProblemKind::NoTable(_), .. }]),
        "{:?}",
        unknown.problems
    );
}

#[test]
fn what_libraries_say_of_damage_is_told_in_chinese() {
    let cut = |bytes: Vec<u8>| bytes[..bytes.len() / 2].to_vec();
    let gz = include_bytes!("../../../../fixtures/formats/sheetjs-合成数据.xlsx").to_vec();
    for (name, bytes) in
        [("a.xlsx", cut(gz)), ("b.json", b"[{\"a\": 1},".to_vec()), ("c.parquet", b"PAR1xx".to_vec())]
    {
        let found = intake(&[(name, &bytes)], &[projects()]);
        let told = found.problems[0].sentence(Language::Zh);
        let words = told.split_once('(').and_then(|(_, rest)| rest.split_once(')')).map(|(words, _)| words);
        let words = words.unwrap_or_else(|| panic!("{told}"));
        let english = words.split(|c: char| !c.is_ascii_lowercase()).any(|word| word.len() > 2);
        assert!(!english, "{name}: {told}");
    }
}

#[test]
fn a_file_that_shares_few_headers_with_a_table_is_not_taken_for_it() {
    let found = intake(
        &[("a.csv", "单位,投资金额,报告期,年份\n甲,1,2016Q3,2016\n乙,2,2016Q3,2016\n".as_bytes())],
        &[projects()],
    );
    assert!(
        matches!(found.problems[..], [Problem { kind: ProblemKind::NoTable(Some(_)), .. }]),
        "{:?}",
        found.problems
    );
    assert_eq!(found.parts.len(), 0);
}

#[test]
fn chunks_read_apart_are_the_whole() {
    let tables = [fees()];
    let mut text = "序号,部门,收费项目\n".to_owned();
    for at in 0..40_000 {
        let department = if at % 10_000 == 0 { format!("部门{}", at / 10_000) } else { String::new() };
        text.push_str(&format!("{at},{department},项目{at}\n"));
    }
    let found = intake(&[("a.csv", text.as_bytes())], &tables);
    let part = &found.parts[0];
    assert_eq!((part.records(), part.chunks()), (40_000, 3));
    let departments = column(&found, &tables, 0, "department");
    assert!(departments.iter().enumerate().all(|(at, name)| *name == format!("部门{}", at / 10_000)));
    assert_eq!(column(&found, &tables, 0, "item")[39_999], "项目39999");
    for record in [1, 128, 129, 16_384, 16_385, 29_953, 30_000, 40_000] {
        let place = part.place(record, &part.matches[0], Some(2));
        assert_eq!((place.line, place.value), (Some(record + 1), Some(format!("项目{}", record - 1))));
        assert_eq!(place.cells[1].1, format!("部门{}", (record - 1) / 10_000));
    }
    assert_eq!(part.place(40_001, &part.matches[0], None).line, None);
}

#[test]
fn a_statement_of_nothing_is_a_record() {
    let tables = [projects()];
    let text = "序号,项目名称,投资金额\n目前我县尚无PPP项目,,\n";
    let found = intake(&[("奇台县.csv", text.as_bytes())], &tables);
    assert_eq!(column(&found, &tables, 0, "name"), ["目前我县尚无PPP项目"]);
    assert_eq!(column(&found, &tables, 0, "invest_amount"), ["-"]);
    let part = &found.parts[0];
    assert_eq!(part.place(1, &part.matches[0], Some(0)).value.as_deref(), Some("目前我县尚无PPP项目"));
}

#[test]
fn sections_may_name_a_column_that_has_no_header() {
    let tables = [projects()];
    let text = "序号,项目名称,投资金额\n阜康市,,\n1,甲,1\n奇台县,,\n1,乙,2\n";
    let found = intake(&[("全州.csv", text.as_bytes())], &tables);
    assert_eq!(column(&found, &tables, 0, "region"), ["阜康市", "奇台县"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn no_edit_of_a_sound_file_panics(at in 0..400_usize, gone in 0..9_usize, put in prop::collection::vec(any::<u8>(), 0..6)) {
        let mut bytes = gbk(FEES);
        let at = at.min(bytes.len());
        let end = (at + gone).min(bytes.len());
        bytes.splice(at..end, put);
        let tables = [fees(), projects()];
        let found = intake(&[("a.csv", &bytes)], &tables);
        for part in &found.parts {
            let matched = &part.matches[0];
            for record in 0..=part.records() + 1 {
                let _ = part.place(record, matched, Some(1));
            }
            let declared = &tables[usize::from(matched.table)];
            let all: Vec<u16> = (0..declared.columns.len() as u16).collect();
            let batch = part.read(0, matched, declared, &all);
            prop_assert_eq!(batch.records as u64, part.records());
        }
    }

    #[test]
    fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..120)) {
        let _ = intake(&[("a.csv", &bytes)], &[projects()]);
    }
}

#[test]
fn a_space_written_in_four_bytes_is_no_value_to_be_carried_down() {
    let rows = "项目名称,所属县市,投资金额\n甲,6区,1\n乙,\u{a0},2\n丙,,3\n丁,,4\n";
    let bytes = encoding_rs::GB18030.encode(rows).0;
    assert!(bytes.windows(4).any(|four| four == [0x81, 0x30, 0x84, 0x32]));
    for plain in [true, false] {
        let manner = Manner { plain, chunk: 19, ..Manner::default() };
        let options = Options { manner, encoding: Some("gb18030".to_owned()), ..Options::default() };
        let found = with_options(&[("a.csv", &bytes)], &[projects()], &options);
        assert_eq!(column(&found, &[projects()], 0, "region"), ["6区"; 4], "{plain}");
    }
}
