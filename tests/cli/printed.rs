//! Commands that check nothing: what they print of tables, of rules and of the program itself.

use super::{case, folder_with, said};

#[test]
fn tables_says_what_was_recognised() {
    let file = case("changji-2016q3/阜康市/收费目录-合成数据.csv");
    let (code, text, _) = said(&["tables", &file]);
    assert_eq!(code, 0);
    for word in ["收费目录清单", "GB18030", "表头  第 3 行", "主管部门 → 部门"] {
        assert!(text.contains(word), "no {word} in:\n{text}");
    }
    let json: serde_json::Value =
        serde_json::from_str(&said(&["tables", &file, "--format", "json"]).1).expect("JSON");
    assert_eq!(json["parts"].as_array().map(Vec::len), Some(1));
}

#[test]
fn tables_says_why_a_row_is_no_record_in_the_reader_s_language() {
    let folder = folder_with(&[("a.csv", "收费项目,政策依据\n甲费,财综〔2004〕100号\n合计,\n".as_bytes())]);
    let file = folder.path().join("a.csv");
    let tables = |language: &str| said(&["tables", file.to_str().expect("UTF-8"), "--lang", language]).1;
    let (zh, en) = (tables("zh"), tables("en"));
    assert!(zh.contains("  跳过  第 3 行 合计或小计 合计\n"), "{zh}");
    assert!(en.contains("  skipped      row 3: total 合计\n"), "{en}");
}

#[test]
fn rules_are_listed_as_text_and_as_json() {
    let (code, text, _) = said(&["rules"]);
    assert_eq!(code, 0);
    assert!(text.contains("fee/no-portal") && text.contains("intake/unreadable-cell"), "{text}");
    let (_, json, _) = said(&["rules", "env-self-monitoring", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let declared = &crate::common::pack_of("env")[0].manifest.rules;
    assert_eq!(json[0]["rules"].as_array().map(Vec::len), Some(declared.len()));
}

#[test]
fn a_rule_is_explained_in_both_languages() {
    let (code, zh, _) = said(&["explain", "fee/basis-below-province"]);
    assert_eq!(code, 0);
    for heading in ["查什么", "为什么", "依据", "怎么改", "财综〔2004〕100号"] {
        assert!(zh.contains(heading), "no {heading} in:\n{zh}");
    }
    let (code, en, _) = said(&["explain", "fee/basis-below-province", "--lang", "en"]);
    assert_eq!(code, 0);
    for heading in ["What", "Why", "Basis", "How to mend"] {
        assert!(en.contains(heading), "no {heading} in:\n{en}");
    }
    // A line of the page with a dash or a Chinese word in it is followed by another one.
    let (_, page, _) = said(&["explain", "response/press-conference-late", "--lang", "en"]);
    assert!(page.replace('\n', " ").contains("clock hours, days of rest included"), "{page}");
}

#[test]
fn completions_and_the_manual_come_from_the_command_line() {
    for (arguments, word) in [
        (&["completions", "bash"][..], "verify-run"),
        (&["completions", "fish"], "verify-run"),
        (&["man"], ".TH mingcha"),
    ] {
        let (code, out, _) = said(arguments);
        assert_eq!((code, out.contains(word)), (0, true), "{arguments:?}");
    }
    let folder = folder_with(&[]);
    let out = folder.path().to_str().expect("a path in UTF-8");
    assert_eq!(said(&["man", "--out", out]).0, 0);
    assert!(folder.path().join("mingcha-check.1").is_file());
}
