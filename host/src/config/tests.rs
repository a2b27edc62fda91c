//! What a configuration may say, and how each fault in one is told.

use super::*;
use crate::manifest::{Column, Kind, Manifest, Table, Text};

const WHOLE: &str = r#"
language = "en"
packs = ["built-in"]
expect = ["fees"]

[[tables]]
table = "fees"
file = "收费.xlsx"
sheet = "目录"
columns = { "收费名目" = "item", "依据" = "政策依据" }

[[tables]]
table = "fees"
[tables.columns]
"名目" = "item"

[settings.fee-pack]
days = 15
heads = ["甲", "乙"]
"#;

fn pack() -> Manifest {
    let text = |zh: &str| Text { zh: zh.to_owned(), en: String::new() };
    let column = |name: &str, zh: &str| Column::plain(name, zh, Kind::Text);
    let columns = vec![column("item", "收费项目"), column("basis", "政策依据")];
    let table = Table {
        name: "fees".to_owned(),
        label: text("收费"),
        aliases: Vec::new(),
        key: Vec::new(),
        body: None,
        columns,
    };
    let settings =
        r#"{"properties":{"days":{"type":"integer","default":20},"heads":{"type":"array","default":[]}}}"#;
    Manifest {
        id: "fee-pack".to_owned(),
        version: "1.0.0".to_owned(),
        title: text("收费"),
        tables: vec![table],
        rules: Vec::new(),
        references: Vec::new(),
        settings: settings.to_owned(),
    }
}

/// Line, column, and both sentences of every fault.
fn faults(text: &str) -> Vec<(usize, usize, String, String)> {
    let found = match Config::parse(text) {
        Err(faults) => faults,
        Ok(config) => match config.check(&[&pack()]) {
            Err(ConfigError::Wrong { faults, .. }) => faults,
            other => panic!("{text} is taken: {other:?}"),
        },
    };
    found.into_iter().map(|f| (f.spot.line, f.spot.column, f.text.zh, f.text.en)).collect()
}

#[test]
fn all_that_it_may_say_is_read() {
    let config = Config::parse(WHOLE).expect("a configuration");
    assert_eq!(config.language, Some(Language::En));
    assert_eq!(config.packs[0].value, "built-in");
    assert_eq!((config.expect[0].value.as_str(), config.expect[0].spot.line), ("fees", 4));
    let mut options = Options::default();
    config.add_to(&mut options);
    let [assignment] = &options.assignments[..] else { panic!("{:?}", options.assignments) };
    assert_eq!((assignment.file.as_str(), assignment.sheet.as_deref()), ("收费.xlsx", Some("目录")));
    let headings: Vec<_> =
        options.headings.iter().map(|h| (h.header.as_str(), h.column.as_str(), h.file.is_some())).collect();
    assert_eq!(headings, [("收费名目", "item", true), ("依据", "政策依据", true), ("名目", "item", false)]);
    let settings: Vec<_> =
        config.settings.iter().map(|s| (s.name.value.as_str(), s.value.value.to_string())).collect();
    assert_eq!(settings, [("days", "15".to_owned()), ("heads", "[\"甲\",\"乙\"]".to_owned())]);
    config.check(&[&pack()]).expect("it names what there is");
}

#[test]
fn every_fault_is_told_with_its_line_column_and_what_was_meant() {
    let cases: [(&str, (usize, usize), &str, &str); 13] = [
        ("langauge = \"zh\"", (1, 1), "是不是 language?", "did you mean language?"),
        ("language = \"fr\"", (1, 12), "\"zh\" 或 \"en\"", "not `fr`"),
        ("packs = [1]", (1, 10), "packs 应是带引号的文字", "packs must be a text"),
        (
            "\n[[tables]]\ntable = \"fees\"\nfiel = \"a\"\nfile = \"b\"",
            (4, 1),
            "是不是 file?",
            "did you mean file?",
        ),
        ("[[tables]]\nfile = \"a\"", (1, 1), "缺少 table", "needs table"),
        ("[[tables]]\ntable = \"fees\"", (1, 1), "file", "needs file"),
        ("[tables]\ntable = \"fees\"", (1, 1), "[[tables]]", "[[tables]]"),
        ("[[tables]]\ntable = \"fee\"\nfile = \"a\"", (2, 9), "是不是 fees?", "did you mean fees?"),
        (
            "[[tables]]\ntable = \"fees\"\ncolumns = { \"甲\" = \"收费项\" }",
            (3, 19),
            "是不是 收费项目?",
            "收费项目",
        ),
        ("expect = [\"feess\"]", (1, 11), "是不是 fees?", "did you mean fees?"),
        ("[settings.fee-packs]\ndays = 1", (1, 11), "是不是 fee-pack?", "did you mean fee-pack?"),
        ("[settings.fee-pack]\nday = 1", (2, 1), "是不是 days?", "did you mean days?"),
        ("[settings.fee-pack]\ndays = \"多\"", (2, 8), "days 应是整数;默认值是 20", "a whole number"),
    ];
    for (text, place, zh, en) in cases {
        let found = faults(text);
        let [(line, column, chinese, english)] = &found[..] else { panic!("{text}: {found:?}") };
        assert_eq!((*line, *column), place, "{text}: {chinese}");
        assert!(chinese.contains(zh) && english.contains(en), "{text}: {chinese} / {english}");
    }
}

#[test]
fn all_faults_are_told_at_once_in_their_order() {
    let found = faults("zzzzzz = 1\nlanguage = 2\npacks = \"a\"\nexpct = []");
    assert_eq!(found.iter().map(|fault| fault.0).collect::<Vec<_>>(), [1, 2, 4]);
}

#[test]
fn what_is_no_toml_is_told_with_its_place() {
    let found = faults("packs = [\"a\"]\nlanguage = zh\n");
    assert_eq!((found.len(), found[0].0), (1, 2));
    assert!(found[0].2.contains("language = zh") && found[0].3.starts_with("not TOML: "), "{found:?}");
}

const SUPPRESSION: &str = "[[suppressions]]\nrule = \"demo/a\"\nkey = { item = \"停车费\" }\nreason = \"已报批\"\nby = \"张三\"\nuntil = \"2017-06-30\"\n";

#[test]
fn a_suppression_says_who_why_and_until_when() {
    let config = Config::parse(SUPPRESSION).expect("a configuration");
    let suppressions = config.suppressions();
    assert_eq!((suppressions[0].rule.as_str(), suppressions[0].said.by.as_str()), ("demo/a", "张三"));
    assert_eq!(suppressions[0].key.get("item").map(String::as_str), Some("停车费"));
    assert_eq!(suppressions[0].said.until.as_deref(), Some("2017-06-30"));
    for without in ["reason", "by", "until", "rule"] {
        let lines: Vec<&str> = SUPPRESSION.lines().filter(|line| !line.starts_with(without)).collect();
        let faults = Config::parse(&lines.join("\n")).expect_err("it lacks something");
        assert!(faults[0].text.zh.contains(without), "{without}: {faults:?}");
    }
}

#[test]
fn severities_and_suppressions_name_rules_that_exist() {
    let config = "[severities]\n\"intake/roundd\" = \"notice\"\n";
    let config = Config::parse(config).expect("a configuration");
    let ConfigError::Wrong { faults, .. } = config.check(&[&pack()]).expect_err("no such rule") else {
        panic!("another error")
    };
    assert!(faults[0].text.zh.contains("intake/rounded"), "{faults:?}");
    let grave = Config::parse("[severities]\n\"intake/rounded\" = \"grave\"\n").expect_err("no severity");
    assert!(grave[0].text.zh.contains("warning"), "{grave:?}");
}
