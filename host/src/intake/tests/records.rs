//! JSON, NDJSON and Parquet in stretches; lists of rows that do not grow with the file; what is no table but looks so.

use super::declare::{fees, projects};
use super::hostile::book;
use super::*;

fn tables() -> [Table; 2] {
    [fees(), projects()]
}

/// Records with a text of changing length, some of them in other orders, with blanks or escapes.
fn objects(count: usize) -> Vec<String> {
    (0..count)
        .map(|at| match at % 4 {
            0 => format!("{{\"项目名称\":\"甲{at}\",\"投资金额\":{at}.25}}"),
            1 => format!(
                "{{\"投资金额\":{at}, \"备注\":\"{}\", \"项目名称\":\"乙{at}\"}}",
                "x]}\\\"".repeat(at % 50)
            ),
            2 => format!("{{\"项目名称\":\"丙\\u4e59{at}\",\"投资金额\":null,\"嵌套\":{{\"a\":[1,{{}}]}}}}"),
            _ => format!("{{ \"项目名称\" : \"丁{at}\" , \"投资金额\" : 1e3 }}"),
        })
        .collect()
}

#[test]
fn records_read_alike_in_stretches_of_any_size() {
    let objects = objects(700);
    let shapes = [
        ("a.ndjson", objects.join("\n")),
        ("b.json", format!("[{}]", objects.join(" ,\n"))),
        ("c.json", format!("{{\"说明\":[],\"项目\":[{}\n]}}", objects.join(","))),
    ];
    for (name, text) in shapes {
        let read = |window: usize, chunk: u64| {
            let manner = Manner { window, chunk, ..Manner::default() };
            let options = Options { manner, ..Options::default() };
            let found = with_options(&[(name, text.as_bytes())], &tables(), &options);
            assert_eq!((&found.problems[..], &found.findings[..]), (&[][..], &[][..]), "{name}");
            let columns =
                ["name", "invest_amount"].map(|column_name| column(&found, &tables(), 0, column_name));
            let place = found.parts[0].place(601, &found.parts[0].matches[0], Some(0));
            let (start, end) = place.bytes.expect("bytes");
            assert_eq!(&text[start as usize..end as usize], objects[600], "{name}");
            assert_eq!(place.line, Some(1 + text[..start as usize].matches('\n').count() as u64), "{name}");
            columns
        };
        let whole = read(1 << 20, 1 << 20);
        assert_eq!((whole[0].len(), whole[0][2].as_str(), whole[1][3].as_str()), (700, "丙乙2", "100000"));
        for (window, chunk) in [(1, 500), (64, 64), (1000, 10_000)] {
            assert_eq!(read(window, chunk), whole, "{name} in stretches of {window}");
        }
    }
}

#[test]
fn a_file_of_records_that_breaks_off_is_read_as_far_as_it_goes() {
    let objects = objects(20).join(",\n");
    let cut = format!("[{objects},\n{{\"项目名称\":\"戊");
    let found = intake(&[("a.json", cut.as_bytes())], &tables());
    assert_eq!((found.parts[0].records(), found.parts[0].unchecked()), (20, 1));
    assert_eq!((found.findings[0].rule, found.findings[0].line), (rules::BROKEN_RECORD, Some(21)));
    for strange in [format!("[{objects}] x"), format!("[{objects} {{}}]"), format!("[{objects},]")] {
        let found = intake(&[("a.json", strange.as_bytes())], &tables());
        assert_eq!(
            (found.parts[0].records(), found.parts[0].unchecked()),
            (20, 1),
            "{}",
            &strange[strange.len() - 9..]
        );
        assert_eq!(found.findings[0].rule, rules::BROKEN_RECORD);
    }
}

#[test]
fn records_in_other_encodings_are_read_and_bytes_that_are_none_are_told() {
    let text = format!("[{}]", objects(9).join(",\n"));
    let expected = column(&intake(&[("a.json", text.as_bytes())], &tables()), &tables(), 0, "name");
    let gb = encoding_rs::GB18030.encode(&text).0.into_owned();
    let wide: Vec<u8> = [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    for (bytes, encoding) in
        [(gb, "GB18030"), (wide, "UTF-16LE"), ([b"\xef\xbb\xbf", text.as_bytes()].concat(), "UTF-8")]
    {
        let found = intake(&[("a.json", &bytes)], &tables());
        assert_eq!(column(&found, &tables(), 0, "name"), expected, "{encoding}");
        assert_eq!(found.parts[0].encoding.as_ref().map(|found| found.name.as_str()), Some(encoding));
    }
    let mut broken = text.into_bytes();
    let at = broken.windows(3).position(|bytes| bytes == "甲".as_bytes()).expect("a name");
    broken[at] = 0xff;
    let found = intake(&[("a.json", &broken)], &tables());
    assert_eq!(
        found.findings.first().map(|finding| (finding.rule, finding.offset)),
        Some((rules::UNDECODABLE_BYTES, Some(at as u64)))
    );
    assert_eq!(column(&found, &tables(), 0, "name")[..2], ["!".to_owned(), "乙1".to_owned()]);
}

#[test]
fn damaged_rows_beyond_those_listed_are_counted() {
    let good = "项目名称,投资金额,签约日期\n甲,1,2016-07-26\n乙,2,2016-07-26\n";
    let text = format!("{good}{}丙,3,2016-07-26\n丁,\"4", "短,1\n".repeat(2500));
    let found = intake(&[("a.csv", text.as_bytes())], &tables());
    assert_eq!((found.parts[0].records(), found.parts[0].unchecked()), (3, 2501));
    let of = |rule: u16| found.findings.iter().filter(move |finding| finding.rule == rule);
    let ragged: (usize, u64) =
        (of(rules::RAGGED_RECORD).count(), of(rules::RAGGED_RECORD).map(|f| f.more).sum());
    assert_eq!(ragged, (1000, 1500));
    assert_eq!(of(rules::TRUNCATED_RECORD).map(|f| f.line).collect::<Vec<_>>(), [Some(2505)]);
    let skipped = &found.parts[0].skipped_rows;
    assert_eq!(skipped[&SkipReason::Ragged], 2500);
    assert_eq!(found.parts[0].skipped.len(), 1001);
    let lines = format!("{{\"项目名称\":\"甲\",\"投资金额\":1}}\n{}", "{\"项目名称\":\n".repeat(1200));
    let found = intake(&[("a.ndjson", lines.as_bytes())], &tables());
    assert_eq!((found.parts[0].unchecked(), found.findings.len()), (1200, 1000));
    assert_eq!(found.findings.iter().map(|finding| 1 + finding.more).sum::<u64>(), 1200);
}

#[test]
fn plain_numbers_of_days_follow_the_calendar_of_their_workbook() {
    let text = |at: &str, text: &str| format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>{text}</t></is></c>");
    let sheet = format!(
        "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData><row r=\"1\">{}{}{}</row>\
         <row r=\"2\">{}<c r=\"B2\"><v>1</v></c><c r=\"C2\"><v>41115</v></c></row>\
         <row r=\"3\">{}<c r=\"B3\"><v>1</v></c><c r=\"C3\"><v>20160726</v></c></row></sheetData></worksheet>",
        text("A1", "项目名称"),
        text("B1", "投资金额"),
        text("C1", "签约日期"),
        text("A2", "甲"),
        text("A3", "乙"),
    );
    let days = |properties: &str| {
        column(&intake(&[("a.xlsx", &book(properties, &sheet))], &tables()), &tables(), 0, "signed_on")
    };
    assert_eq!(days("<workbookPr date1904=\"1\"/>"), ["2016-07-26", "2016-07-26"]);
    assert_eq!(days("")[0], "2012-07-25");
}

#[test]
fn a_form_with_one_item_per_line_is_said_to_be_one() {
    let form = "PPP项目信息表\n项目名称,虚构污水厂\n投资金额(万元),1200\n所属县市：,昌吉市\n签约日期,2016-07-26\n中标社会资本,虚构公司\n";
    let found = intake(&[("a.csv", form.as_bytes())], &tables());
    assert!(
        matches!(&found.problems[..], [Problem { kind: ProblemKind::Form(table, 5), .. }] if table.zh == "项目信息表"),
        "{:?}",
        found.problems
    );
    assert_eq!((found.parts.len(), found.problems[0].gravity()), (0, Gravity::Unchecked));
    let pairs = "项目名称,虚构污水厂,投资金额,1200\n所属县市,昌吉市,签约日期,2016-07-26\n中标社会资本,虚构公司,备注,无\n报告期,2016Q3,负责人,张三\n";
    let found = intake(&[("a.csv", pairs.as_bytes())], &tables());
    assert!(
        matches!(&found.problems[..], [Problem { kind: ProblemKind::Form(..), .. }]),
        "{:?}",
        found.problems
    );
}

#[test]
fn a_record_longer_than_any_may_be_is_said_to_be_and_the_others_are_read() {
    let record = |name: &str| format!("{{\"项目名称\":\"{name}\",\"投资金额\":1}}");
    let long = record(&"长".repeat(3 << 20));
    let lines = [record("甲"), long, record("乙")];
    for (name, text) in [("a.ndjson", lines.join("\n")), ("b.json", format!("[{}]", lines.join(",\n")))] {
        let found = intake(&[(name, text.as_bytes())], &tables());
        assert_eq!(column(&found, &tables(), 0, "name"), ["甲", "乙"], "{name}");
        let told: Vec<_> = found.findings.iter().map(|f| (f.rule, f.message, f.line)).collect();
        assert_eq!(
            (told, found.parts[0].unchecked()),
            (vec![(rules::BROKEN_RECORD, 2, Some(2))], 1),
            "{name}"
        );
    }
}

#[test]
fn a_file_that_ends_between_two_records_is_said_to_be_cut() {
    let records = objects(20).join(",\n");
    let told = |text: &str| {
        let found = intake(&[("a.json", text.as_bytes())], &tables());
        let told: Vec<_> = found.findings.iter().map(|f| (f.rule, f.message, f.line)).collect();
        (found.parts[0].records(), found.parts[0].unchecked(), told)
    };
    for whole in [
        format!("[{records}]\n"),
        format!("{{\"项目\":[{records}]}}"),
        format!("{{\"说明\":[],\"项目\":[{records}]}}\n"),
    ] {
        assert_eq!(told(&whole), (20, 0, vec![]), "{whole}");
        let bracket = whole.rfind(']').expect("a bracket");
        let cut = (20, 1, vec![(rules::BROKEN_RECORD, 0, Some(20))]);
        assert_eq!(told(&whole[..bracket]), cut, "{whole}");
    }
    let without_brace = format!("{{\"项目\":[{records}]");
    assert_eq!(told(&without_brace), (20, 1, vec![(rules::BROKEN_RECORD, 0, Some(20))]));
    let followed = format!("{{\"项目\":[{records}]}}\n{{\"项目\":[{records}]}}");
    assert_eq!(told(&followed), (20, 1, vec![(rules::BROKEN_RECORD, 0, Some(21))]));
    let header = "[[\"项目名称\",\"投资金额\"],[\"甲\",1],[\"乙\",2]";
    assert_eq!(told(header), (2, 1, vec![(rules::BROKEN_RECORD, 0, Some(1))]));
}

#[test]
fn an_array_larger_than_a_record_may_be_is_read_to_its_last_row_whole_or_cut() {
    let long = "长".repeat(1 << 10);
    let rows: Vec<String> = (0..4000).map(|at| format!("[\"甲{at}\",{at},\"{long}\"]")).collect();
    let cut = format!("[[\"项目名称\",\"投资金额\",\"备注\"],{}", rows.join(","));
    assert!(cut.len() > 9 << 20);
    for (text, unchecked) in [(format!("{cut}]"), 0), (cut.clone(), 1)] {
        let found = intake(&[("a.json", text.as_bytes())], &tables());
        assert_eq!((found.parts[0].records(), found.parts[0].unchecked()), (4000, unchecked));
    }
}
