//! A run taken apart by body: a folder each, with a cover page and its findings only.

use std::fs;
use std::path::Path;

use super::{DEMO, demo_in, json, path};
use crate::cli::said;

/// Two departments that write their names in ways that want to leave their folder, and before them an item without one.
const TABLE: &str = "部门,收费项目,政策依据\n,示例丁费,昌州政发〔2015〕12号\n../示例甲局,示例甲费,昌州政发〔2015〕12号\n示例乙局:<b>,示例乙费,昌州政发〔2015〕12号\n示例乙局:<b>,示例丙费,昌州政发〔2015〕12号\n";

fn split(arguments: &[&str], folder: &Path, formats: &[&str]) -> String {
    let reports: Vec<String> = formats.iter().map(|format| format!("{format}={}", path(folder))).collect();
    let reports = reports.iter().flat_map(|report| ["--report", report.as_str()]);
    let (code, _, err) =
        said(&arguments.iter().copied().chain(["--split-by", "body"]).chain(reports).collect::<Vec<_>>());
    assert!(matches!(code, 0 | 1 | 3), "{err}");
    err
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder").flatten();
    let mut names: Vec<String> =
        entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

fn read(folder: &Path, file: &str) -> String {
    fs::read_to_string(folder.join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

#[test]
fn each_body_gets_its_findings_and_those_without_one_are_in_a_package_of_their_own() {
    let files = crate::cli::folder_with(&[("收费目录-合成数据.csv", TABLE.as_bytes())]);
    let (out, stored) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let arguments = [
        "check",
        path(files.path()),
        "--as-of",
        "2016-11-30",
        "--rules",
        "fee/basis-below-province",
        "--out",
        path(stored.path()),
    ];
    let err = split(&arguments, out.path(), &["html", "md", "xlsx"]);
    assert!(err.contains("按单位拆成 3 份"), "{err}");
    assert_eq!(names(out.path()), ["_示例甲局", "未注明单位", "目录.html", "示例乙局__b_"]);
    for package in ["_示例甲局", "未注明单位", "示例乙局__b_"] {
        assert_eq!(
            names(&out.path().join(package)),
            ["findings.xlsx", "report.html", "report.md", "整改通知.html"]
        );
    }
    let of_second = read(&out.path().join("示例乙局__b_"), "report.md");
    assert!(of_second.contains("示例乙费") && of_second.contains("示例丙费"), "{of_second}");
    assert!(!of_second.contains("示例甲") && !of_second.contains("示例丁"), "{of_second}");
    assert!(of_second.contains("| — | 2 |"), "how many were judged is not known by body: {of_second}");
    let notice = read(&out.path().join("示例乙局__b_"), "整改通知.html");
    assert!(
        notice.contains("<strong>2</strong> 错误") && notice.contains("示例乙局:&#60;b&#62;:"),
        "{notice}"
    );
    assert!(!notice.contains("<b>") && notice.contains("href=\"report.html\""), "{notice}");
    let index = read(out.path(), "目录.html");
    assert!(index.contains("示例甲局") && index.contains("未注明单位") && !index.contains("<b>"), "{index}");
    let again = tempfile::tempdir().expect("a folder");
    split(&["report", path(stored.path())], again.path(), &["html", "md", "xlsx"]);
    assert_eq!(names(again.path()), names(out.path()));
    assert_eq!(read(&again.path().join("示例乙局__b_"), "report.md"), of_second);
}

#[test]
fn packages_neither_lie_among_the_files_nor_take_their_place() {
    let out = tempfile::tempdir().expect("a folder");
    let own = out.path().join("示例甲局");
    fs::create_dir(&own).expect("a folder");
    let file = own.join("findings.csv");
    let table = "部门,收费项目,政策依据\n示例甲局,示例甲费,昌州政发〔2015〕12号\n";
    fs::write(&file, table).expect("a file");
    let stored = tempfile::tempdir().expect("a folder");
    let check = ["check", path(&file), "--as-of", "2016-11-30", "--table", "fee_catalogue=findings.csv"];
    let (code, _, err) = said(&[&check[..], &["--out", path(stored.path())]].concat());
    assert!(matches!(code, 1 | 3), "{err}");
    let report = format!("csv={}", path(out.path()));
    let split = ["--split-by", "body", "--report", report.as_str()];
    let later = ["report", path(stored.path()), "--inputs", path(&file)];
    for arguments in [&check[..], &later[..]] {
        let (code, _, err) = said(&[arguments, &split[..]].concat());
        assert_eq!((code, err.contains("报告不能写在它上面")), (2, true), "{err}");
    }
    let (code, _, err) =
        said(&[&["check", path(out.path()), "--as-of", "2016-11-30"][..], &split[..]].concat());
    assert_eq!((code, err.contains("在要核查的文件夹里面")), (2, true), "{err}");
    assert_eq!(fs::read_to_string(&file).expect("the file"), table);
}

#[test]
fn the_packages_of_the_demo_hold_every_finding_once() {
    let out = tempfile::tempdir().expect("a folder");
    split(&DEMO, out.path(), &["csv"]);
    let packages = names(out.path()).into_iter().filter(|name| name != "目录.html");
    let lines = packages.map(|package| {
        let text = read(&out.path().join(package), "findings.csv");
        csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes()).records().count()
    });
    let findings = json(&demo_in("json"))["findings"].as_array().map(Vec::len);
    assert_eq!(Some(lines.sum::<usize>()), findings);
}

#[test]
fn what_is_no_format_for_people_is_not_split() {
    let (code, out, err) = said(&[&DEMO[..], &["--split-by", "body", "--report", "sarif=某处"]].concat());
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(err.contains("sarif=某处") && err.contains("html"), "{err}");
    assert_eq!(said(&[&DEMO[..], &["--split-by", "body"]].concat()).0, 2, "there is nowhere to write");
}
