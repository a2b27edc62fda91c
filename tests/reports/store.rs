//! Stored records: any report can be made of them, the run can be repeated, and a changed one is refused.

use std::fs;
use std::path::Path;

use super::{DEMO, demo_in, path};
use crate::cli::said;

fn stored(folder: &Path) {
    let (code, _, err) = said(&[&DEMO[..], &["--out", path(folder)]].concat());
    assert_eq!(code, 3, "{err}");
}

#[test]
fn every_report_of_a_stored_record_is_that_of_the_run() {
    let folder = tempfile::tempdir().expect("a folder");
    stored(folder.path());
    for format in ["text", "json", "ndjson", "csv", "md", "junit", "sarif"] {
        let (code, out, err) = said(&["report", path(folder.path()), "--format", format]);
        assert_eq!(code, 0, "{err}");
        assert!(out == demo_in(format), "{format} differs between check and report");
    }
}

#[test]
fn one_option_writes_every_format_into_a_folder() {
    let folder = tempfile::tempdir().expect("a folder");
    let all = format!("all={}", path(folder.path()));
    said(&[&DEMO[..], &["--report", &all]].concat());
    for file in [
        "report.txt",
        "report.json",
        "report.ndjson",
        "findings.csv",
        "report.md",
        "junit.xml",
        "report.sarif",
        "report.html",
        "findings.xlsx",
        "annotated/昌吉市/收费目录-合成数据.xlsx",
        "annotated/昌吉市/交易服务收费-合成数据.csv.xlsx",
    ] {
        assert!(fs::metadata(folder.path().join(file)).is_ok_and(|file| file.len() > 1_000), "no {file}");
    }
    let left = fs::read_dir(folder.path()).expect("a folder").flatten();
    assert!(left.into_iter().all(|file| !path(&file.path()).ends_with(".partial")));
}

#[test]
fn a_run_that_is_repeated_is_identical() {
    let folder = tempfile::tempdir().expect("a folder");
    stored(folder.path());
    let (code, out, err) = said(&["verify-run", path(folder.path()), "--inputs", DEMO[1], "--jobs", "1"]);
    assert_eq!((code, out.contains("完全相同")), (0, true), "{out}{err}");
}

#[test]
fn a_run_on_other_files_says_where_it_differs() {
    let folder = tempfile::tempdir().expect("a folder");
    stored(folder.path());
    let (code, out, _) =
        said(&["verify-run", path(folder.path()), "--inputs", "fixtures/changji-2016q3/阜康市"]);
    assert_eq!(code, 1);
    assert!(out.contains("文件 ") && out.contains("不再有的问题"), "{out}");
}

#[test]
fn a_record_that_was_changed_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    stored(folder.path());
    let file = folder.path().join("findings.ndjson");
    let text = fs::read_to_string(&file).expect("findings");
    fs::write(&file, text.lines().skip(1).collect::<Vec<_>>().join("\n") + "\n").expect("written");
    let (code, _, err) = said(&["report", path(folder.path())]);
    assert_eq!((code, err.contains("改动")), (2, true), "{err}");
}

#[test]
fn a_manifest_that_was_changed_is_refused_whatever_was_changed() {
    let folder = tempfile::tempdir().expect("a folder");
    stored(folder.path());
    let file = folder.path().join("manifest.json");
    let text = fs::read_to_string(&file).expect("a manifest");
    for (was, became) in [
        ("\"as_of\": \"2016-11-30\"", "\"as_of\": \"2016-11-29\""),
        ("\"status\": \"failed\"", "\"status\": \"passed\""),
    ] {
        assert!(text.contains(was), "no {was} in the manifest");
        fs::write(&file, text.replacen(was, became, 1)).expect("written");
        let (code, _, err) = said(&["report", path(folder.path())]);
        assert_eq!((code, err.contains("改动")), (2, true), "{was}: {err}");
    }
}

#[test]
fn a_report_that_cannot_be_written_is_told_before_the_run() {
    let (code, out, err) = said(&[&DEMO[..], &["--report", "csv=没有这个文件夹/结果.csv"]].concat());
    assert_eq!((code, out.as_str()), (2, ""), "the run was made all the same");
    assert!(err.contains("没有这个文件夹/结果.csv"), "{err}");
}

#[test]
fn no_report_takes_the_place_of_a_file_that_was_handed_in() {
    let table = "收费项目,政策依据\n示例占用费,昌州政发〔2015〕12号\n";
    let folder = crate::cli::folder_with(&[("目录-合成数据.csv", table.as_bytes())]);
    let file = folder.path().join("目录-合成数据.csv");
    let report = format!("csv={}", path(&file));
    let (code, _, err) = said(&["check", path(folder.path()), "--as-of", "2016-11-30", "--report", &report]);
    assert_eq!((code, err.contains("目录-合成数据.csv")), (2, true), "{err}");
    assert_eq!(fs::read_to_string(&file).expect("the file is still there"), table);
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1, "something was left behind");
}

#[test]
fn a_report_made_later_knows_the_files_of_its_run_wherever_they_lie() {
    let table = "收费项目,政策依据\n示例占用费,昌州政发〔2015〕12号\n";
    let folder = crate::cli::folder_with(&[("目录-合成数据.csv", table.as_bytes())]);
    let (file, record) = (folder.path().join("目录-合成数据.csv"), folder.path().join("记录"));
    let (code, _, err) = said(&["check", path(&file), "--as-of", "2016-11-30", "--out", path(&record)]);
    assert!(matches!(code, 1 | 3), "{err}");
    let moved = folder.path().join("已移走.csv");
    fs::rename(&file, &moved).expect("the file is moved");
    let report = |file: &Path| said(&["report", path(&record), "--report", &format!("csv={}", path(file))]);
    let (code, _, err) = report(&moved);
    assert_eq!((code, err.contains("报告不能写在它上面")), (2, true), "{err}");
    assert_eq!(fs::read_to_string(&moved).expect("the file is still there"), table);
    let other = folder.path().join("结果.csv");
    fs::write(&other, "旧").expect("an older report");
    assert_eq!(report(&other).0, 0);
    assert!(fs::read_to_string(&other).expect("the new report").contains("示例占用费"));
}

#[test]
fn reports_written_among_the_files_are_not_read_by_the_same_run() {
    let table = "收费项目,政策依据\n示例占用费,昌州政发〔2015〕12号\n";
    let folder = crate::cli::folder_with(&[("目录-合成数据.csv", table.as_bytes())]);
    let (report, record) = (folder.path().join("结果.csv"), folder.path().join("记录"));
    let report = format!("csv={}", path(&report));
    let arguments =
        ["check", path(folder.path()), "--as-of", "2016-11-30", "--rules", "fee/basis-below-province"];
    let (code, out, err) = said(&[&arguments[..], &["--report", &report, "--out", path(&record)]].concat());
    assert_eq!(code, 1, "{out}{err}");
    assert!(folder.path().join("结果.csv").is_file() && record.join("manifest.json").is_file());
}
