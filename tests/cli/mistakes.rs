//! A sentence for every bad input, in the language asked for.

use super::{folder_with, said};

/// Arguments, and what standard error must say in Chinese.
fn complains(arguments: &[&str], words: &[&str]) {
    let (code, out, err) = said(arguments);
    assert_eq!(code, 2, "{arguments:?}: {out}{err}");
    assert_eq!(out, "", "{arguments:?} prints to standard output");
    for word in words {
        assert!(err.contains(word), "{arguments:?} does not say “{word}”:\n{err}");
    }
    assert!(!err.contains("panicked"), "{err}");
}

#[test]
fn every_bad_input_has_a_sentence() {
    let folder = folder_with(&[
        ("空.csv", b""),
        ("只有表头.csv", "项目名称,运作方式,合作期限\n".as_bytes()),
        ("无关.csv", "甲,乙\n1,2\n".as_bytes()),
        ("名不副实.xlsx", "项目名称,运作方式\n".as_bytes()),
    ]);
    let empty = tempfile::tempdir().expect("a temporary folder");
    let at = |name: &str| folder.path().join(name).to_str().expect("a path in UTF-8").to_owned();
    complains(&["check", "没有这个文件.xlsx"], &["没有这个文件.xlsx"]);
    complains(&["check", &at("空.csv")], &["空.csv"]);
    complains(&["check", &at("只有表头.csv")], &["只有表头.csv"]);
    complains(&["check", &at("无关.csv")], &["无关.csv"]);
    complains(&["check", &at("名不副实.xlsx")], &["名不副实.xlsx"]);
    complains(&["check", empty.path().to_str().expect("UTF-8")], &["没有可以核查的表格"]);
    complains(&["check", ".", "--as-of", "昨天"], &["--as-of", "2016-11-30"]);
    complains(&["check", ".", "--period", "去年"], &["--period", "2016Q3"]);
    complains(&["check", ".", "--keep", "许多"], &["--keep"]);
    complains(&["check", ".", "--table", "没有等号"], &["--table", "="]);
    complains(&["check", ".", "--rules", "fee/no-portl"], &["fee/no-portal"]);
    complains(&["check", ".", "--expect", "emiter_plan"], &["emitter_plan"]);
    complains(&["check", ".", "--table", "emiter_plan=a.csv"], &["emitter_plan"]);
    complains(&["check", ".", "--encoding", "klingon"], &["klingon", "gb18030"]);
    complains(&["check", ".", "--report", "pdf=x"], &["--report"]);
    complains(&["check", ".", "--set", "timely-day=15"], &["timely-days"]);
    complains(&["check", ".", "--set", "timely-days=许多"], &["整数", "20"]);
    complains(&["check", ".", "--set", "timely-days"], &["名称=值"]);
    complains(&["explain", "basis-below-provinc"], &["fee/basis-below-province"]);
    complains(&["pack", "inspect", "没有.wasm"], &["没有.wasm"]);
    complains(&["rules", "没有"], &["fee-catalogue"]);
    complains(&["check", ".", "--keep", "0"], &["--keep 0", "1 或更大"]);
    complains(&["check", ".", "--jobs", "0"], &["--jobs", "不合要求"]);
    complains(&["check", ".", "--formt", "json"], &["不认识参数", "--format"]);
    complains(&["chek", "."], &["没有命令 chek", "check"]);
    complains(&["check", ".", "--fail-on", "grave"], &["没有“grave”这个值", "warning"]);
    complains(&["pack", "inspect", "intake"], &["mingcha rules intake"]);
    complains(&["pack", "inspect", "fee-catalog"], &["没有规则包 fee-catalog", "fee-catalogue"]);
    complains(&["explain", "fee/no-por"], &["fee/no-portal"]);
    complains(&["report", "没有这个记录"], &["没有这个记录", "--out"]);
    complains(&["check", ".", "--baseline", "没有这个记录"], &["没有这个记录"]);
}

#[test]
fn a_mistake_is_told_in_english_to_those_who_ask_for_it() {
    let (code, _, err) = said(&["--lang", "en", "check", ".", "--formt", "json"]);
    assert_eq!((code, err.contains("不认识")), (2, false), "{err}");
}
