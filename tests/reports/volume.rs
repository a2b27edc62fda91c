//! Every cell bad, a million times: totals are exact, and neither the record nor the memory grows with it.

use std::fmt::Write as _;
use std::fs;
use std::process::{Command, Stdio};

use serde_json::Value;

use super::{json, path};

/// Unreadable cells of every record.
const BAD_CELLS: u64 = 8;
/// Memory that ten times the records may need in addition, in KiB.
const MORE_KIB: u64 = 16 << 10;
/// A rule that remembers nothing, over cells that cannot be read: what grows then are findings.
const FORGETFUL: [&str; 2] = ["--rules", "ppp/date-order"];

/// Records of which eight cells each cannot be read.
fn table(records: u64) -> String {
    let head = "报告期,所属县市/园区,项目编号,项目名称,投资金额(万元),运作方式,更新日期,公开日期,资格预审日期,\
        采购公告日期,中标日期,中标结果公告日期,合同签订日期,合同公告日期\n";
    (0..records).fold(head.to_owned(), |mut text, number| {
        let _ = writeln!(text, "2016Q3,昌吉市,CS-{number},虚构项目{number},1200,BOT,错,错,错,错,错,错,错,错");
        text
    })
}

/// The record of a check of so many bad records, and the most memory it took, in KiB.
fn checked(records: u64, choice: &[&str]) -> (Value, u64) {
    let folder = tempfile::tempdir().expect("a folder");
    let (file, report) = (folder.path().join("PPP项目信息-合成数据.csv"), folder.path().join("结果.json"));
    fs::write(&file, table(records)).expect("a file");
    let output = format!("json={}", path(&report));
    let mut child = Command::new(env!("CARGO_BIN_EXE_mingcha-tested"))
        .args([
            "check",
            path(&file),
            "--as-of",
            "2016-11-30",
            "--keep",
            "50",
            "--jobs",
            "2",
            "--report",
            &output,
        ])
        .args(choice)
        .env("MINGCHA_CACHE_DIR", std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("cache"))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    let mut peak = 0;
    while child.try_wait().expect("the program runs").is_none() {
        let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kib = line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok());
        peak = kib.unwrap_or(peak).max(peak);
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    let record = json(&fs::read_to_string(report).expect("the report"));
    (record, peak)
}

/// Unreadable cells told by intake, and how many of them are kept in detail.
fn unreadable(record: &Value) -> (Option<u64>, Option<u64>) {
    let mut rules = record["manifest"]["rules"].as_array().expect("rules").iter();
    let rule = rules.find(|rule| rule["id"] == "intake/unreadable-cell").expect("the rule");
    (rule["findings"]["error"].as_u64(), rule["kept"].as_u64())
}

#[test]
#[cfg(target_os = "linux")]
fn a_million_findings_are_counted_exactly() {
    let (small, _) = checked(12_500, &[]);
    let (record, _) = checked(125_000, &[]);
    assert_eq!(unreadable(&small), (Some(12_500 * BAD_CELLS), Some(50)));
    assert_eq!(unreadable(&record), (Some(125_000 * BAD_CELLS), Some(50)));
    let sizes = [&small, &record].map(|record| record["findings"].as_array().map_or(0, Vec::len));
    assert!(sizes[1] <= sizes[0] + 50, "kept findings grow with the records: {sizes:?}");
}

#[test]
#[cfg(target_os = "linux")]
fn memory_does_not_grow_with_findings() {
    let (small, small_peak) = checked(12_500, &FORGETFUL);
    let (record, peak) = checked(125_000, &FORGETFUL);
    let findings = |record| unreadable(record).0.expect("a count");
    assert!(findings(&small) > 12_500 && findings(&record) == 10 * findings(&small), "too few cells are bad");
    assert!(
        peak < small_peak + MORE_KIB,
        "ten times the records took {peak} KiB, where a tenth took {small_peak} KiB"
    );
}
