//! Damage to the structure of a file is told with its place, and nothing sound is accused.

use super::declare::{fees, projects};
use super::*;

const SOUND: &str = "项目名称,投资金额,签约日期,报告期\r\n甲,1,2016-07-01,2016Q3\r\n\"乙\",2,2016-07-02,2016Q3\r\n丙,3,2016-07-03,2016Q3\r\n\
    丁,4,2016-07-04,2016Q3\r\n";

fn told(text: &[u8]) -> Vec<(&'static str, Option<u64>)> {
    let found = intake(&[("a.csv", text)], &[fees(), projects()]);
    assert!(!found.parts.is_empty(), "{:?}", found.problems);
    let rules = &rules::manifest().rules;
    found.findings.iter().map(|f| (&rules[usize::from(f.rule)].id["intake/".len()..], f.line)).collect()
}

fn changed(from: &str, to: &str) -> Vec<u8> {
    assert!(SOUND.contains(from));
    SOUND.replacen(from, to, 1).into_bytes()
}

#[test]
fn a_sound_file_is_not_accused() {
    assert_eq!(told(SOUND.as_bytes()), []);
    assert_eq!(told(SOUND.trim_end().as_bytes()), []);
    assert_eq!(told(changed("\"乙\"", "\"乙 \"\"x\"\"\n二\"").as_slice()), []);
    assert_eq!(told(format!("{SOUND}\r\n注:数据截至9月底\r\n").as_bytes()), []);
    assert_eq!(told(format!("{SOUND}合计,10,,\r\n").as_bytes()), []);
}

#[test]
fn every_kind_of_damage_is_told_with_its_line() {
    let cases: [(&str, Vec<u8>, u64); 16] = [
        ("ragged-record", changed("甲,1,", "甲,"), 2),
        ("ragged-record", changed("甲,1,", "甲,1,9,"), 2),
        ("broken-quote", changed("\"乙\"", "\"乙"), 3),
        ("broken-quote", changed("\"乙\"", "\"乙\"x"), 3),
        ("broken-quote", changed("丙,", "丙\"丁,"), 4),
        ("broken-quote", changed("\"乙\"", "\"乙 \\\"x\\\"\""), 3),
        ("second-delimiter", changed("丙,3,2016-07-03,2016Q3", "丙;3;2016-07-03;2016Q3"), 4),
        ("embedded-nul", changed("丙", "丙\0"), 4),
        ("mixed-line-ends", changed("甲,1,2016-07-01,2016Q3\r\n", "甲,1,2016-07-01,2016Q3\n"), 2),
        ("truncated-record", SOUND.trim_end().trim_end_matches("04,2016Q3").into(), 5),
        ("truncated-record", format!("{SOUND}戊").into(), 6),
        ("trailing-garbage", format!("{SOUND}(4 rows affected)\r\n").into(), 6),
        ("trailing-garbage", format!("{SOUND}\u{1a}").into(), 6),
        (
            "stacked-tables",
            format!("{SOUND}\r\n单位名称,负责人,电话,备注\r\n昌吉市财政局,张三,0994,无\r\n").into(),
            7,
        ),
        ("stacked-tables", format!("{SOUND}\r\n单位名称,负责人\r\n昌吉市财政局,张三\r\n").into(), 7),
        (
            "stacked-tables",
            format!("{SOUND}序号,部门,收费项目,政策依据\r\n1,公安局,证照费,财综〔2004〕1号\r\n").into(),
            1,
        ),
    ];
    for (rule, text, line) in cases {
        let told = told(&text);
        assert!(
            told.contains(&(rule, Some(line))),
            "{rule} in line {line}: {told:?}\n{}",
            String::from_utf8_lossy(&text)
        );
    }
}

#[test]
fn records_that_are_not_sound_are_counted_as_not_checked() {
    let text = changed("丙,3,2016-07-03,2016Q3", "丙;3;2016-07-03;2016Q3");
    let found = intake(&[("a.csv", &text)], &[projects()]);
    assert_eq!((found.parts[0].records(), found.parts[0].unchecked()), (3, 1));
}

#[test]
fn a_wrong_total_is_told_and_a_right_one_is_not() {
    let found = |total: &str| told(format!("{SOUND}合计,{total},,\r\n").as_bytes());
    assert_eq!(found("10"), []);
    assert_eq!(found("11"), [("total-differs", Some(6))]);
    let sections = "项目名称,投资金额\n甲,1\n乙,2\n小计,3\n丙,4\n小计,4\n总计,7\n";
    assert_eq!(told(sections.as_bytes()), []);
    assert_eq!(told("项目名称,投资金额\n合计,7\n甲,3\n乙,4\n".as_bytes()), []);
}
