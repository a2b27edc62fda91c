//! The command line, as people type it: exit codes, both streams, and a sentence for every bad input.

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use tempfile::TempDir;

use crate::common::root;

/// The program, with a cache of its own.
pub(crate) fn mingcha() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mingcha-tested"));
    let cache = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cache");
    command.env("MINGCHA_CACHE_DIR", cache).env_remove("COLUMNS");
    command
}

/// What a command said: exit code, standard output, standard error.
pub(crate) fn said(arguments: &[&str]) -> (i32, String, String) {
    let output = mingcha().current_dir(root()).args(arguments).output().expect("the program runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("output in UTF-8");
    (output.status.code().expect("an exit code"), text(output.stdout), text(output.stderr))
}

pub(crate) fn folder_with(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, content) in files {
        fs::write(folder.path().join(name), content).expect("a file is written");
    }
    folder
}

fn case(rest: &str) -> String {
    root().join("fixtures").join(rest).to_str().expect("a path in UTF-8").to_owned()
}

fn first_case(rule: &str, kind: &str) -> PathBuf {
    let folder = root().join("fixtures").join(rule);
    let mut cases: Vec<PathBuf> =
        fs::read_dir(folder).expect("cases").map(|entry| entry.expect("an entry").path()).collect();
    cases.sort();
    let named = |path: &PathBuf| {
        path.file_name().and_then(|name| name.to_str()).is_some_and(|name| name.starts_with(kind))
    };
    cases.into_iter().find(named).expect("a case of this kind")
}

fn table_in(case: &Path) -> String {
    let csv = |path: &PathBuf| path.extension().is_some_and(|kind| kind == "csv");
    let mut files: Vec<PathBuf> =
        fs::read_dir(case).expect("files").map(|entry| entry.expect("an entry").path()).filter(csv).collect();
    files.sort();
    files[0].to_str().expect("a path in UTF-8").to_owned()
}

#[test]
fn the_demo_is_checked_alike_on_one_thread_and_on_two() {
    let check = |jobs: &str| {
        said(&[
            "check",
            "fixtures/changji-2016q3",
            "--as-of",
            "2016-11-30",
            "--format",
            "json",
            "--jobs",
            jobs,
        ])
    };
    let (one, two) = (check("1"), check("2"));
    assert_eq!(one.1, two.1, "the record depends on the number of threads");
    assert_eq!((one.0, two.0), (3, 3), "the demo has cells that cannot be read, so the run is inconclusive");
    assert_eq!(one.2, "", "nothing goes to standard error");
}

#[test]
fn a_built_in_pack_saved_to_a_file_finds_the_same() {
    let folder = folder_with(&[]);
    let file = folder.path().join("ppp.wasm");
    let file = file.to_str().expect("a path in UTF-8");
    assert_eq!(said(&["pack", "save", "ppp-quarterly", file]).0, 0);
    let check = |pack: &str| {
        said(&[
            "check",
            "fixtures/changji-2016q3",
            "--as-of",
            "2016-11-30",
            "--pack",
            pack,
            "--format",
            "json",
        ])
    };
    assert_eq!(check("ppp-quarterly"), check(file));
}

#[test]
fn exit_codes_say_clean_found_and_not_started() {
    let failing = table_in(&first_case("ppp/return-code", "fail-"));
    let only = |file: &str, more: &[&str]| {
        let mut arguments = vec!["check", file, "--as-of", "2016-11-30", "--rules", "ppp/return-code"];
        arguments.extend(more);
        said(&arguments).0
    };
    assert_eq!(only(&failing, &[]), 1);
    assert_eq!(only(&failing, &["--fail-on", "never"]), 0);
    assert_eq!(only(&table_in(&first_case("ppp/return-code", "pass-")), &[]), 0);
    assert_eq!(said(&["check", "no-such-folder"]).0, 2);
    assert_eq!(said(&["check"]).0, 2);
}

#[test]
fn a_file_is_found_alike_in_json_and_from_standard_input() {
    let csv = "收费项目,政策依据\n示例占用费,昌州政发〔2015〕12号\n";
    let json = "[{\"收费项目\":\"示例占用费\",\"政策依据\":\"昌州政发〔2015〕12号\"}]";
    let folder = folder_with(&[("a.json", json.as_bytes())]);
    let file = folder.path().join("a.json");
    let arguments = ["--as-of", "2016-11-30", "--rules", "fee/basis-below-province"];
    let from_json = mingcha().arg("check").arg(file).args(arguments).output().expect("the program runs");
    let from_stdin =
        mingcha().args(["check", "-"]).args(arguments).write_stdin(csv).output().expect("the program runs");
    for output in [from_json, from_stdin] {
        assert_eq!(output.status.code(), Some(1));
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(text.contains("“示例占用费”仅有州级文件依据"), "{text}");
    }
}

#[test]
fn tables_says_what_was_recognised() {
    let file = case("changji-2016q3/阜康市/收费目录-合成数据.csv");
    let (code, text, _) = said(&["tables", &file]);
    assert_eq!(code, 0);
    for word in ["收费目录清单", "GB18030", "主管部门 → 部门"] {
        assert!(text.contains(word), "no {word} in:\n{text}");
    }
    let json: serde_json::Value =
        serde_json::from_str(&said(&["tables", &file, "--format", "json"]).1).expect("JSON");
    assert_eq!(json["parts"].as_array().map(Vec::len), Some(1));
}

#[test]
fn a_setting_changes_what_is_found() {
    let failing = table_in(&first_case("env/flatline", "fail-24-equal"));
    let flatline = |more: &[&str]| {
        let mut arguments = vec![
            "check",
            &failing,
            "--as-of",
            "2016-11-30",
            "--rules",
            "env/flatline",
            "--fail-on",
            "warning",
        ];
        arguments.extend(more);
        said(&arguments).0
    };
    assert_eq!(flatline(&[]), 1);
    assert_eq!(flatline(&["--set", "flatline-run=25"]), 0);
}

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
fn a_column_that_is_not_there_is_told_once_per_file_and_counted_per_record() {
    let records = "甲费,财综〔2004〕100号\n乙费,财综〔2004〕101号\n丙费,财综〔2004〕102号\n";
    let folder = folder_with(&[("a.csv", format!("收费项目,政策依据\n{records}").as_bytes())]);
    let check = |format: &str| {
        let arguments =
            ["check", "a.csv", "--as-of", "2016-11-30", "--rules", "fee/required-fields", "--format", format];
        let output = mingcha().current_dir(folder.path()).args(arguments).output().expect("the program runs");
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    let record: serde_json::Value = serde_json::from_str(&check("json")).expect("JSON");
    let findings = record["findings"].as_array().expect("findings");
    assert_eq!(findings.len(), 1, "{findings:?}");
    assert_eq!(findings[0]["place"]["record"], serde_json::Value::Null);
    assert!(
        findings[0]["text"]["zh"].as_str().is_some_and(|text| text.starts_with("文件中没有“部门”这一列"))
    );
    let rules = record["rules"].as_array().or(record["manifest"]["rules"].as_array()).expect("rules");
    let rule = rules.iter().find(|rule| rule["id"] == "fee/required-fields").expect("the rule");
    assert_eq!((rule["failed"].as_u64(), rule["findings"]["error"].as_u64()), (Some(3), Some(3)));
    assert_eq!(check("text").matches("这一列").count(), 1);
}

#[test]
fn a_file_that_lacks_one_header_is_checked_as_far_as_it_goes() {
    let text = "收费项木,政策依据,收费标准\n甲费,昌州政发〔2015〕12号,10元/人\n";
    let folder = folder_with(&[("a.csv", text.as_bytes())]);
    let arguments = ["check", "a.csv", "--as-of", "2016-11-30"];
    let output = mingcha().current_dir(folder.path()).args(arguments).output().expect("the program runs");
    let out = String::from_utf8_lossy(&output.stdout).replace(['\n', ' '], "");
    assert_eq!(output.status.code(), Some(3), "{out}");
    for words in ["“收费项木”是否应为“收费项目”", "a.csv缺少", "收费项目(13条)", "fee/basis-below-province"]
    {
        assert!(out.contains(words), "no {words} in {out}");
    }
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
fn a_missing_expected_table_makes_the_run_inconclusive() {
    let file = table_in(&first_case("ppp/return-code", "pass-"));
    let (code, out, _) = said(&[
        "check",
        &file,
        "--as-of",
        "2016-11-30",
        "--rules",
        "ppp/return-code",
        "--expect",
        "emitter_plan",
    ]);
    assert_eq!(code, 3);
    assert!(out.contains("emitter_plan"), "{out}");
}

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

#[test]
fn a_run_in_which_no_rule_had_anything_to_judge_is_no_pass() {
    let file = table_in(&first_case("fee/basis-below-province", "pass-"));
    let (code, out, _) = said(&["check", &file, "--as-of", "2016-11-30", "--rules", "ppp/*"]);
    assert_eq!(code, 3);
    assert!(out.contains("等于没有核查"), "{out}");
    assert_eq!(said(&["check", &file, "--as-of", "2016-11-30", "--rules", "intake/*"]).0, 0);
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
fn a_report_file_holds_what_standard_output_says() {
    let folder = folder_with(&[]);
    let file = folder.path().join("结果.json");
    let report = format!("json={}", file.display());
    let failing = table_in(&first_case("ppp/return-code", "fail-"));
    let (_, out, _) =
        said(&["check", &failing, "--as-of", "2016-11-30", "--format", "json", "--report", &report]);
    assert_eq!(fs::read_to_string(file).expect("the report was written"), out);
}

#[test]
fn no_line_of_the_text_report_is_wider_than_eighty_columns() {
    use unicode_width::UnicodeWidthStr as _;
    for language in ["zh", "en"] {
        let demo = ["check", "fixtures/changji-2016q3", "--as-of", "2016-11-30", "--lang", language];
        for line in said(&demo).1.lines() {
            assert!(line.width() <= 80, "{} columns: {line}", line.width());
        }
    }
}

#[test]
fn nothing_is_styled_where_there_is_no_terminal() {
    let (_, out, err) = said(&["check", &case("changji-2016q3/阜康市"), "--as-of", "2016-11-30"]);
    assert!(!out.contains('\u{1b}') && !err.contains('\u{1b}'));
}
