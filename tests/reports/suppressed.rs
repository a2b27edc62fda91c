//! What is suppressed stays in every report, marked, with the reason and who says so; it counts for nothing.

use std::fs;
use std::io::Read as _;

use super::formats::sarif_schema;
use super::{json, path, problems};
use crate::cli::{mingcha, said};

const REASON: &str = "已报自治区补办批文";
const RULE: &str = "fee/basis-below-province";

/// A folder with a table of two faulty items, and a configuration that suppresses the first.
fn handed_in() -> tempfile::TempDir {
    let config = format!(
        "[[suppressions]]\nrule = \"{RULE}\"\nkey = {{ \"item_name\" = \"示例甲费\" }}\nreason = \"{REASON}\"\nby = \"督查室 张三\"\nauthority = \"州人民政府督查室\"\non = \"2016-11-01\"\nuntil = \"2017-06-30\"\n"
    );
    let table = "收费项目,政策依据\n示例甲费,昌州政发〔2015〕12号\n示例乙费,昌州政发〔2015〕12号\n";
    crate::cli::folder_with(&[
        ("mingcha.toml", config.as_bytes()),
        ("收费目录-合成数据.csv", table.as_bytes()),
    ])
}

fn checked(folder: &tempfile::TempDir, more: &[&str]) -> String {
    let config = path(&folder.path().join("mingcha.toml")).to_owned();
    let table = path(&folder.path().join("收费目录-合成数据.csv")).to_owned();
    let arguments = ["check", &table, "--config", &config, "--as-of", "2016-11-30", "--rules", RULE];
    let output = mingcha().args(arguments).args(more).output().expect("the program runs");
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[test]
fn every_format_of_text_shows_it_with_its_reason() {
    let folder = handed_in();
    for format in ["text", "json", "ndjson", "csv", "md", "sarif", "html"] {
        let out = checked(&folder, &["--format", format]);
        assert!(out.contains(REASON) && out.contains("张三"), "{format}: {out}");
    }
    let junit = checked(&folder, &["--format", "junit"]);
    assert!(junit.contains("name=\"suppressed\" value=\"1\""), "{junit}");
}

#[test]
fn sarif_says_who_accepts_it_and_why() {
    let folder = handed_in();
    let log = json(&checked(&folder, &["--format", "sarif"]));
    assert_eq!(problems(&sarif_schema(), &log), Vec::<String>::new());
    let results = log["runs"][0]["results"].as_array().expect("results");
    let suppressed: Vec<_> = results.iter().filter(|result| result["suppressions"].is_array()).collect();
    assert_eq!((results.len(), suppressed.len()), (2, 1));
    let said = &suppressed[0]["suppressions"][0];
    assert_eq!((said["kind"].as_str(), said["status"].as_str()), (Some("external"), Some("accepted")));
    let why = said["justification"].as_str().expect("a justification");
    assert!(why.contains(REASON) && why.contains("州人民政府督查室") && why.contains("2016-11-01"), "{why}");
    assert!(results.iter().all(|result| result["locations"][0]["logicalLocations"][0]["name"].is_string()));
}

#[test]
fn a_marked_copy_lists_it_and_colours_its_cell_no_more() {
    let folder = handed_in();
    let marked = |more: &[&str]| {
        let out = tempfile::tempdir().expect("a folder");
        let report = format!("annotated={}", path(out.path()));
        checked(&folder, &[&["--report", report.as_str()], more].concat());
        let file = fs::File::open(out.path().join("收费目录-合成数据.csv.xlsx")).expect("a copy");
        let mut archive = zip::ZipArchive::new(file).expect("a package");
        let mut part = |name: &str| {
            let mut text = String::new();
            archive.by_name(name).expect("a part").read_to_string(&mut text).expect("XML");
            text
        };
        (part("xl/comments1.xml").matches("<comment ref=").count(), part("xl/worksheets/sheet2.xml"))
    };
    let (notes, list) = marked(&[]);
    assert_eq!(notes, 1);
    assert!(list.contains("[已豁免:") && list.contains(REASON), "{list}");
    let (notes, list) = marked(&["--no-suppressions"]);
    assert_eq!(notes, 2);
    assert!(!list.contains("已豁免"), "{list}");
}

#[test]
fn a_package_of_a_body_says_what_does_not_count() {
    let (folder, out) = (handed_in(), tempfile::tempdir().expect("a folder"));
    let record = out.path().join("记录");
    checked(&folder, &["--out", path(&record)]);
    let packages = format!("md={}", path(&out.path().join("分单位")));
    assert_eq!(said(&["report", path(&record), "--split-by", "body", "--report", &packages]).0, 0);
    let notice = fs::read_to_string(out.path().join("分单位/未注明单位/整改通知.html")).expect("a notice");
    assert!(
        notice.contains("<strong>1</strong> 错误") && notice.contains("<strong>1</strong> 已豁免"),
        "{notice}"
    );
}
