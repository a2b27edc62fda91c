//! Findings that share a cause are told once.

use mingcha::audit::RunRecord;
use mingcha::audit::record::{Cause, CauseKind};
use mingcha::manifest::Language;
use mingcha::report::{self, Options};

use crate::cli::folder_with;
use crate::common::{self, packs};

const PROJECT: &str = "报告期,所属县市/园区,项目编号,项目名称,投资金额(万元),运作方式,合作期限,更新日期\n";

fn run(name: &str, content: &str) -> RunRecord {
    let folder = folder_with(&[(name, content.as_bytes())]);
    common::run(packs(), &[folder.path().to_owned()], &common::request())
}

/// Projects, with this investment, mode and update each.
fn projects(cells: &[[&str; 3]]) -> RunRecord {
    let row = |(number, [invest, mode, updated]): (usize, &[&str; 3])| {
        format!("2016Q3,昌吉市,CS-PPP-{number:03},虚构项目{number}号,{invest},{mode},25年,{updated}\n")
    };
    run(
        "PPP项目信息-合成数据.csv",
        &(PROJECT.to_owned() + &cells.iter().enumerate().map(row).collect::<String>()),
    )
}

fn cause(record: &RunRecord, kind: CauseKind) -> &Cause {
    let kinds: Vec<_> = record.manifest.causes.iter().map(|cause| (cause.kind, &cause.sentence.zh)).collect();
    let found = record.manifest.causes.iter().find(|cause| cause.kind == kind);
    found.unwrap_or_else(|| panic!("no {kind:?} among {kinds:?}"))
}

#[test]
fn one_spelling_of_dates_is_one_cause() {
    let record = projects(&["2016-7", "2016-8", "2016-9", "2015-12"].map(|month| ["1200", "BOT", month]));
    let cause = cause(&record, CauseKind::SameSpelling);
    assert_eq!((cause.findings, cause.column.as_deref()), (4, Some("updated_on")), "{cause:?}");
    assert!(
        cause.sentence.zh.contains("“更新日期”列") && cause.sentence.zh.contains("“2016-7”"),
        "{cause:?}"
    );
    let members = record.findings.iter().filter(|finding| finding.cause == Some(cause.id));
    assert_eq!(members.count(), 4);
}

#[test]
fn one_unknown_value_is_one_cause() {
    let record = projects(&[
        ["1200", "自拟方式", "2016-10-12"],
        ["900", "自拟方式", "2016-10-12"],
        ["30", "自拟方式", "2016-10-12"],
    ]);
    let cause = cause(&record, CauseKind::SameValue);
    assert_eq!((cause.findings, cause.value.as_deref()), (3, Some("自拟方式")), "{cause:?}");
}

#[test]
fn cells_that_slipped_sideways_are_one_cause() {
    let head = "报告期,所属县市/园区,项目编号,项目名称,运作方式,中标日期,中标金额(万元),更新日期\n";
    let rows: String = (1..=2)
        .map(|number| {
            format!("2016Q3,昌吉市,CS-{number},虚构项目{number}号,BOT,乙公司,2016-9-{number},1200.5\n")
        })
        .collect();
    let record = run("PPP项目信息-合成数据.csv", &(head.to_owned() + &rows));
    let cause = cause(&record, CauseKind::ShiftedColumns);
    assert_eq!(cause.findings, 6, "{cause:?}");
}

#[test]
fn a_whole_file_is_one_cause() {
    let rows: String =
        (1..=6).map(|number| format!("示例局,示例占用费{number},昌州政发〔2015〕{number}号\n")).collect();
    let record = run("收费目录-合成数据.csv", &format!("执收单位,收费项目,政策依据\n{rows}"));
    let cause = cause(&record, CauseKind::WholeColumn);
    assert_eq!((cause.findings, cause.at_least), (6, false), "{cause:?}");
}

#[test]
fn a_missing_column_is_one_cause_with_its_rules() {
    let record = run("PPP项目信息-合成数据.csv", "项目名称,运作方式,合作期限\n虚构项目,BOT,25年\n");
    let cause = cause(&record, CauseKind::MissingColumn);
    assert!(!cause.rules.is_empty() && cause.sentence.zh.contains("缺少"), "{cause:?}");
}

#[test]
fn the_text_report_folds_a_cause_and_unfolds_it_on_demand() {
    let record = projects(&["2016-7", "2016-8", "2016-9", "2015-12"].map(|month| ["1200", "BOT", month]));
    let told = |unfold| {
        let options = Options { language: Language::Zh, width: 100, shown: usize::MAX, unfold };
        report::text(&record, options)
    };
    let sentence = &cause(&record, CauseKind::SameSpelling).sentence.zh;
    let (folded, unfolded) = (told(false), told(true));
    assert!(folded.contains(sentence.as_str()) && !folded.contains("“2016-9”"), "{folded}");
    assert!(unfolded.contains("“2016-9”"), "{unfolded}");
}

#[test]
fn a_single_fault_has_no_cause() {
    let record = projects(&[["1200", "自拟方式", "2016-10-12"], ["900", "BOT", "2016-10-12"]]);
    assert!(record.findings.iter().all(|finding| finding.message != "unknown" || finding.cause.is_none()));
    assert!(!record.manifest.causes.iter().any(|cause| cause.kind == CauseKind::SameValue));
}
