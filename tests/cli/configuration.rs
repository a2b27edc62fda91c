//! What `mingcha.toml` settles, what the command line overrides, and what is said of a wrong one.

use std::fs;
use std::path::Path;

use super::{folder_with, mingcha};

/// What `tables` says to standard error in a folder.
fn run_errors(folder: &Path) -> String {
    let output = mingcha().current_dir(folder).args(["tables", "a.csv"]).output().expect("the program runs");
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn a_configuration_settles_what_the_command_line_may_override() {
    let config = "language = \"en\"\nexpect = [\"fee_collection\"]\n\n[[tables]]\ntable = \"fee_catalogue\"\nfile = \"a.csv\"\n\
        columns = { \"名目\" = \"收费项目\", \"文件\" = \"basis\" }\n\n[settings.fee-catalogue]\ntimely-days = 15\n";
    let table = "名目,文件\n示例占用费,昌州政发〔2015〕12号\n";
    let folder = folder_with(&[("mingcha.toml", config.as_bytes()), ("a.csv", table.as_bytes())]);
    let run = |arguments: &[&str]| {
        let arguments = ["check", "a.csv", "--as-of", "2016-11-30", "--rules", "fee/basis-below-province"]
            .iter()
            .chain(arguments);
        let output = mingcha().current_dir(folder.path()).args(arguments).output().expect("the program runs");
        (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned())
    };
    let (code, out) = run(&[]);
    assert_eq!(code, Some(3), "{out}");
    assert!(out.contains("fee_collection") && out.contains("示例占用费"), "{out}");
    assert!(out.contains("conclusion:"), "the configuration's language: {out}");
    assert!(run_errors(folder.path()).contains("using the configuration mingcha.toml"));
    let (code, out) = run(&["--expect", "fee_catalogue", "--lang", "zh"]);
    assert_eq!(code, Some(1), "{out}");
    assert!(out.contains("结论:") && out.contains("示例占用费"), "{out}");
}

#[test]
fn a_wrong_configuration_stops_the_run_and_says_where() {
    let folder = folder_with(&[
        ("a.csv", b"1,2\n"),
        ("mingcha.toml", "expct = []\n[settings.fee-catalog]\ntimely-days = 1\n".as_bytes()),
    ]);
    let run = |arguments: &[&str]| {
        let output = mingcha().current_dir(folder.path()).args(arguments).output().expect("the program runs");
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let (code, err) = run(&["check", "a.csv"]);
    assert_eq!(code, Some(2));
    assert!(err.contains("mingcha.toml:1:1: 不认识 expct;是不是 expect?"), "{err}");
    fs::write(folder.path().join("mingcha.toml"), "[settings.fee-catalog]\ntimely-days = 1\n")
        .expect("a file");
    let (code, err) = run(&["--lang", "en", "config", "check"]);
    assert_eq!(code, Some(2));
    assert!(
        err.contains("mingcha.toml:1:11: there is no pack named `fee-catalog`; did you mean fee-catalogue?"),
        "{err}"
    );
    fs::write(folder.path().join("好.toml"), "[settings.fee-catalogue]\ntimely-days = 1\n").expect("a file");
    assert_eq!(run(&["config", "check", "好.toml"]).0, Some(0));
    assert_eq!(run(&["config", "check", "没有.toml"]).0, Some(2));
}

#[test]
fn the_configuration_suppresses_and_weighs_and_the_command_line_may_ignore_it() {
    let config = "[[suppressions]]\nrule = \"fee/basis-below-province\"\nkey = { item_name = \"示例占用费\" }\n\
        reason = \"已报批\"\nby = \"张三\"\nuntil = \"2017-06-30\"\n";
    let table = "收费项目,政策依据\n示例占用费,昌州政发〔2015〕12号\n";
    let folder = folder_with(&[("mingcha.toml", config.as_bytes()), ("a.csv", table.as_bytes())]);
    let run = |more: &[&str]| {
        let arguments = ["check", "a.csv", "--as-of", "2016-11-30", "--rules", "fee/basis-below-province"];
        let output = mingcha().current_dir(folder.path()).args(arguments).args(more).output();
        let output = output.expect("the program runs");
        (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned())
    };
    let (code, out) = run(&[]);
    assert_eq!(code, Some(0), "{out}");
    assert!(out.contains("已报批") && out.contains("张三"), "{out}");
    assert_eq!(run(&["--no-suppressions"]).0, Some(1));
    let weighed = "[severities]\n\"fee/basis-below-province\" = \"notice\"\n";
    fs::write(folder.path().join("mingcha.toml"), weighed).expect("a file");
    assert_eq!(run(&[]).0, Some(0));
    assert_eq!(run(&["--fail-on", "notice"]).0, Some(1));
}
