//! `mingcha check`: exit codes, both streams, what holds on any number of threads and in any format.

use std::fs;

use super::{case, first_case, folder_with, mingcha, said, table_in};

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

#[test]
fn a_run_in_which_no_rule_had_anything_to_judge_is_no_pass() {
    let file = table_in(&first_case("fee/basis-below-province", "pass-"));
    let (code, out, _) = said(&["check", &file, "--as-of", "2016-11-30", "--rules", "ppp/*"]);
    assert_eq!(code, 3);
    assert!(out.contains("等于没有核查"), "{out}");
    assert_eq!(said(&["check", &file, "--as-of", "2016-11-30", "--rules", "intake/*"]).0, 0);
}

#[test]
fn cells_nobody_can_read_are_found_whichever_of_intake_s_rules_are_asked_for_and_no_other_answer_speaks_for_them()
 {
    let table =
        "报告期,项目编号,项目名称,投资金额(万元),运作方式,更新日期\n2016Q3,CS-1,虚构项目,1200,BOT,不是日期\n";
    let folder = folder_with(&[("PPP项目信息-合成数据.csv", table.as_bytes())]);
    let file = folder.path().display().to_string();
    let check = |rules: &str| said(&["check", &file, "--as-of", "2016-11-30", "--rules", rules]);
    for rules in ["intake/unreadable-cell", "intake/*", "*"] {
        let (code, out, _) = check(rules);
        assert!(code != 0 && out.contains("不是日期"), "{rules}: {out}");
        assert!(!out.contains("等于没有核查"), "{rules}: {out}");
    }
    let (code, out, _) = check("ppp/invest-positive");
    assert!(code == 0 && out.contains("通过 16,未选 147"), "{out}");
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
        findings[0]["text"]["zh"]
            .as_str()
            .is_some_and(|text| text.starts_with("文件中没有“部门”和“资金管理方式”这 2 列"))
    );
    let rules = record["rules"].as_array().or(record["manifest"]["rules"].as_array()).expect("rules");
    let rule = rules.iter().find(|rule| rule["id"] == "fee/required-fields").expect("the rule");
    assert_eq!((rule["failed"].as_u64(), rule["findings"]["error"].as_u64()), (Some(3), Some(3)));
    assert_eq!(check("text").matches("文件中没有").count(), 1);
}

#[test]
fn a_blank_cell_is_told_by_its_row_though_its_file_lacks_a_column_too() {
    let table = "收费项目,政策依据,资金管理方式\n甲费,财综〔2004〕100号,缴入地方国库\n乙费,财综〔2004〕101号,\n丙费,财综〔2004〕102号,缴入地方国库\n";
    let folder = folder_with(&[("a.csv", table.as_bytes())]);
    let arguments = ["check", "a.csv", "--as-of", "2016-11-30", "--rules", "fee/required-fields"];
    let output = mingcha().current_dir(folder.path()).args(arguments).output().expect("the program runs");
    let out = String::from_utf8_lossy(&output.stdout).replace(['\n', ' '], "");
    assert!(out.contains("文件中没有“部门”这一列"), "{out}");
    assert!(out.contains("第3行") && out.contains("“乙费”缺少必填项:部门、资金管理方式"), "{out}");
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
fn no_line_of_the_text_report_is_wider_than_eighty_columns_and_none_ends_within_a_day() {
    use unicode_width::UnicodeWidthStr as _;
    for language in ["zh", "en"] {
        let demo = ["check", "fixtures/changji-2016q3", "--as-of", "2016-11-30", "--lang", language];
        for line in said(&demo).1.lines() {
            assert!(line.width() <= 80, "{} columns: {line}", line.width());
            let in_a_number = |before: &str| before.ends_with(|last: char| last.is_ascii_digit());
            assert!(!line.strip_suffix('-').is_some_and(in_a_number), "a day or number is broken: {line}");
        }
    }
}

#[test]
fn nothing_is_styled_where_there_is_no_terminal() {
    let (_, out, err) = said(&["check", &case("changji-2016q3/阜康市"), "--as-of", "2016-11-30"]);
    assert!(!out.contains('\u{1b}') && !err.contains('\u{1b}'));
}
