//! The law of the day: one folder, checked as of several days, and what each day says of it.

use std::collections::BTreeMap;

use mingcha::audit::RunRecord;
use mingcha::audit::plan::Reason;
use mingcha::audit::record::Status;

use crate::common::{self, packs, root};

fn checked(day: &str) -> RunRecord {
    let mut request = common::request();
    request.as_of = mingcha::iso_date::parse(day).expect("a day");
    common::run(packs(), &[root().join("fixtures/as-of")], &request)
}

/// How often each of these rules objects.
fn findings<'a>(record: &RunRecord, rules: &[&'a str]) -> BTreeMap<&'a str, usize> {
    let count = |rule: &str| record.findings.iter().filter(|finding| finding.rule == rule).count();
    rules.iter().map(|&rule| (rule, count(rule))).collect()
}

/// Per rule, what it finds on each of the days.
const DAYS: [&str; 5] = ["2016-11-30", "2017-07-01", "2017-11-29", "2023-06-30", "2026-03-01"];
const FOUND: &[(&str, [usize; 5])] = &[
    // 环发〔2013〕81号 wants COD tested daily; HJ 819 took its place on 2017-06-01, and a month will do.
    ("env/plan-frequency", [1, 0, 0, 0, 0]),
    // GB 18918 as it stood was amended on 2026-03-01.
    ("env/plan-limit-lax", [1, 1, 1, 1, 0]),
    // A result of 2016 was due the next day; one of 2023 has five working days, whenever it is looked at.
    ("env/manual-late", [1, 1, 1, 1, 1]),
    // Organisation codes counted until the end of 2017.
    ("env/basic-uscc", [0, 0, 0, 1, 1]),
    // 财金〔2014〕113号 held for three years, until 2017-11-29.
    ("ppp/term-bot-range", [1, 1, 0, 0, 0]),
    // 财税〔2017〕20号 took effect on 2017-04-01, 财税〔2018〕4号 on 2018-01-01.
    ("fee/stale-after-event", [0, 1, 1, 2, 2]),
    // 24 hours for major emergencies from the plan of 2016-07-26 on, 48 for all else from 2016-08-12 on.
    ("response/press-conference-late", [1, 1, 1, 1, 1]),
    ("response/reply-late", [1, 1, 1, 1, 1]),
];

/// The last day of one law and the first of the next, and what each finds on both.
const CHANGES: &[(&str, [(&str, usize); 2])] = &[
    ("response/reply-late", [("2016-08-11", 0), ("2016-11-30", 1)]),
    ("env/plan-frequency", [("2017-05-31", 1), ("2017-06-01", 0)]),
    ("ppp/term-bot-range", [("2017-11-28", 1), ("2017-11-29", 0)]),
    ("env/basic-uscc", [("2017-12-31", 0), ("2018-01-01", 1)]),
    ("env/plan-limit-lax", [("2026-02-28", 1), ("2026-03-01", 0)]),
];

#[test]
fn the_law_changes_from_one_day_to_the_next() {
    for (rule, days) in CHANGES {
        for (day, expected) in days {
            assert_eq!(findings(&checked(day), &[rule])[rule], *expected, "{rule} as of {day}");
        }
    }
}

#[test]
fn hours_bind_only_what_happened_since_they_were_laid_down() {
    let record = checked("2016-11-30");
    let late = |id: &str| -> Vec<u64> {
        let of_rule = record.findings.iter().filter(|finding| finding.rule == id);
        of_rule.filter_map(|finding| finding.place.as_ref()?.record).collect()
    };
    assert_eq!(late("response/press-conference-late"), [1], "24 hours, since the plan");
    assert_eq!(
        late("response/reply-late"),
        [3],
        "48 hours; the event of the day before the notice is let be"
    );
    let early = checked("2016-08-11");
    let early = rule(&early, "response/reply-late");
    assert_eq!(early.reasons, [Reason::NotYetInForce { since: "2016-08-12".to_owned() }]);
}

/// A plan by GB 18918 alone, with limits handed in beside it or without.
fn plan_by_gb_18918(day: &str, limits: Option<&str>) -> RunRecord {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let header =
        "统一社会信用代码,排放口编号,污染源类别,污染物名称,监测方式,执行标准,标准等级,限值上限,限值单位";
    let line = "91652302948219939M,DW001,废水,化学需氧量,手工,GB 18918-2002,一级A,60,mg/L";
    std::fs::write(folder.path().join("方案.csv"), format!("{header}\n{line}\n")).expect("a file");
    if let Some(limit) = limits {
        let header = "限值标准编号,污染物名称,等级,限值,单位,实施日期";
        let line = format!("GB 18918-2002,化学需氧量,一级A,{limit},mg/L,2026-03-01");
        std::fs::write(folder.path().join("补充排放限值.csv"), format!("{header}\n{line}\n"))
            .expect("a file");
    }
    let mut request = common::request();
    request.as_of = mingcha::iso_date::parse(day).expect("a day");
    common::run(packs(), &[folder.path().to_owned()], &request)
}

#[test]
fn figures_the_amendment_changed_are_judged_only_by_limits_handed_in() {
    let lax = |day, limits| {
        let record = plan_by_gb_18918(day, limits);
        let judged = rule(&record, "env/plan-limit-lax");
        (judged.status, judged.reasons.clone())
    };
    assert_eq!(lax("2026-02-28", None).0, Status::Failed);
    let (status, reasons) = lax("2026-03-01", None);
    assert_eq!(status, Status::NotApplicable);
    let expired = |reason: &Reason| {
        matches!(reason, Reason::BasisExpired { document, until }
            if document.contains("GB 18918") && until == "2026-03-01")
    };
    assert!(reasons.iter().any(expired), "{reasons:?}");
    assert_eq!(lax("2026-03-01", Some("50")).0, Status::Failed);
    assert_eq!(lax("2026-03-01", Some("60")).0, Status::Passed);
}

#[test]
fn each_day_gives_the_findings_of_its_law() {
    let rules: Vec<&str> = FOUND.iter().map(|(rule, _)| *rule).collect();
    for (index, day) in DAYS.into_iter().enumerate() {
        let expected: BTreeMap<&str, usize> =
            FOUND.iter().map(|(rule, counts)| (*rule, counts[index])).collect();
        assert_eq!(findings(&checked(day), &rules), expected, "as of {day}");
    }
}

fn rule<'a>(record: &'a RunRecord, id: &str) -> &'a mingcha::audit::record::RuleRecord {
    record.manifest.rules.iter().find(|rule| rule.id == id).expect("a rule of the packs")
}

#[test]
fn a_rule_outside_its_days_is_not_applicable_and_says_why() {
    let expired = checked("2017-11-29");
    let expired = rule(&expired, "ppp/term-bot-range");
    assert_eq!(expired.status, Status::NotApplicable);
    assert_eq!(expired.reasons, [Reason::NoLongerInForce { until: "2017-11-29".to_owned() }]);
    let early = checked("2013-12-31");
    let early = rule(&early, "env/manual-late");
    assert_eq!(early.status, Status::NotApplicable);
    assert_eq!(early.reasons, [Reason::NotYetInForce { since: "2014-01-01".to_owned() }]);
}

#[test]
fn a_report_names_the_bases_of_its_day_only() {
    let cites = |day: &str, rule_id: &str, document: &str| {
        let record = checked(day);
        rule(&record, rule_id).bases.iter().any(|basis| basis.document.contains(document))
    };
    for (day, five_days) in [("2016-11-30", false), ("2022-12-31", false), ("2023-06-30", true)] {
        assert_eq!(cites(day, "env/manual-late", "环办监测〔2023〕5号"), five_days, "as of {day}");
    }
    for (day, hj_819) in [("2017-05-31", false), ("2017-06-01", true)] {
        assert_eq!(cites(day, "env/plan-frequency", "HJ 819-2017"), hj_819, "as of {day}");
    }
    for (day, amended) in [("2026-02-28", true), ("2026-03-01", false)] {
        assert_eq!(cites(day, "env/plan-limit-lax", "GB 18918"), amended, "as of {day}");
    }
}
