//! Findings are counted exactly, kept in order, and said with their arguments.

use std::rc::Rc;

use super::*;
use crate::prelude::{Message, Reading, text};
use crate::support::*;
use crate::{JUDGED, Rule};
use proptest::prelude::*;

static RULE: Rule = Rule {
    id: "bridge/unnamed",
    title: text("无名", "Unnamed"),
    over: Reading::of(&BRIDGES, &[NAME]),
    messages: &[Message::new("无名", "Unnamed"), Message::named("twice", "重名", "Named twice")],
    ..Rule::EMPTY
};

fn findings(keep: usize) -> Findings {
    Findings::new(7, &RULE, Rc::new(task(keep)))
}

fn place(id: u64) -> Place {
    Place { table: 0, id, column: None }
}

fn write(findings: &mut Findings, ids: impl IntoIterator<Item = u64>) {
    for id in ids {
        findings.at_place(place(id));
    }
}

fn taken(findings: &mut Findings) -> Outcome {
    let mut outcome = Outcome::default();
    findings.take(&mut outcome);
    outcome
}

fn ids(outcome: &Outcome) -> Vec<u64> {
    outcome.findings.iter().filter_map(|finding| finding.at).map(|place| place.id).collect()
}

fn tally(outcome: &Outcome) -> &Tally {
    assert_eq!(outcome.tallies.len(), 1);
    &outcome.tallies[0]
}

#[test]
fn every_finding_is_counted_however_few_are_kept() {
    for keep in [0, 1, 3, 100] {
        let mut findings = findings(keep);
        write(&mut findings, 0..10);
        let outcome = taken(&mut findings);
        assert_eq!(tally(&outcome).findings, [10, 0]);
        assert_eq!(outcome.findings.len(), keep.min(10));
    }
}

#[test]
fn findings_of_a_record_a_cell_and_a_subject_say_where() {
    let batch = batch(1, vec![(NAME, plain(&["", "石桥"]))]);
    let mut findings = findings(10);
    findings.on(&batch.row(1));
    findings.at(&batch.row(0), NAME);
    findings.about("昌吉市");
    let outcome = taken(&mut findings);
    let said: Vec<_> =
        outcome.findings.iter().map(|finding| (finding.at, finding.subject.as_deref())).collect();
    let cell = place(100).cell(NAME);
    assert_eq!(said, [(Some(place(101)), None), (Some(cell), None), (None, Some("昌吉市"))]);
    assert!(outcome.findings.iter().all(|finding| finding.rule == 7));
}

#[test]
fn the_details_of_a_finding_reach_the_outcome() {
    let mut findings = findings(1);
    let finding = findings.at_place(place(1)).expected(3_i64).actual("三").difference(0.5);
    finding.with("river", "黄河").with("count", 2_usize).subject("石桥").related(place(9));
    let outcome = taken(&mut findings);
    let arguments = [("river", Value::from("黄河")), ("count", Value::Integer(2))];
    let expected = FindingData {
        rule: 7,
        message: 0,
        at: Some(place(1)),
        subject: Some("石桥".to_owned()),
        arguments: arguments.map(|(name, value)| (name.to_owned(), value)).to_vec(),
        expected: Some(Value::Integer(3)),
        actual: Some(Value::from("三")),
        difference: Some(Value::Number(0.5)),
        related: vec![place(9)],
    };
    assert_eq!(outcome.findings, [expected]);
}

#[test]
fn the_first_subjects_are_kept_where_there_is_no_place() {
    let mut findings = findings(2);
    let mut first = ["丙", "乙", "丁", "甲"];
    for subject in first {
        findings.about(subject);
    }
    let outcome = taken(&mut findings);
    first.sort_unstable();
    let kept: Vec<_> = outcome.findings.iter().filter_map(|finding| finding.subject.as_deref()).collect();
    assert_eq!(kept, first[..2]);
}

#[test]
fn later_calls_send_only_what_comes_before_what_is_kept_already() {
    let mut findings = findings(2);
    write(&mut findings, [5, 7]);
    assert_eq!(ids(&taken(&mut findings)), [5, 7]);
    write(&mut findings, [8, 3, 6]);
    let outcome = taken(&mut findings);
    assert_eq!(ids(&outcome), [3]);
    assert_eq!(tally(&outcome).findings, [3, 0]);
}

#[test]
fn of_one_place_the_first_by_subject_and_message_are_kept_whatever_the_order_they_were_written_in() {
    let said = [("乙", "default"), ("丙", "default"), ("乙", "twice")];
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        let mut findings = findings(2);
        for (subject, message) in order.map(|at| said[at]) {
            findings.at_place(place(1)).subject(subject).saying(message);
        }
        let outcome = taken(&mut findings);
        let mut kept: Vec<_> =
            outcome.findings.iter().map(|finding| (finding.subject.as_deref(), finding.message)).collect();
        kept.sort_unstable();
        assert_eq!(kept, [(Some("丙"), 0), (Some("乙"), 0)], "{order:?}");
    }
}

#[test]
fn details_that_displace_one_another_do_not_pile_up() {
    for falling in [0, 1] {
        let mut findings = findings(2);
        write(&mut findings, (0..10_000).map(|id| 10_000 - falling * id));
        assert!(findings.details.len() <= 1_004);
        let outcome = taken(&mut findings);
        assert_eq!(ids(&outcome), if falling == 0 { [10_000, 10_000] } else { [1, 2] });
        assert_eq!(tally(&outcome).findings, [10_000, 0]);
    }
}

#[test]
fn saying_moves_the_count_to_the_other_message() {
    for keep in [0, 5] {
        let mut findings = findings(keep);
        findings.at_place(place(1));
        findings.at_place(place(2)).saying("twice");
        findings.at_place(place(3)).saying("twice").saying("default");
        let outcome = taken(&mut findings);
        assert_eq!(tally(&outcome).findings, [2, 1]);
        let messages: Vec<_> = outcome.findings.iter().map(|finding| finding.message).collect();
        assert_eq!(messages, &[0, 1, 0][..keep.min(3)]);
    }
}

#[test]
fn saying_what_the_rule_cannot_say_panics_with_both_names() {
    for keep in [0, 5] {
        let panic = panic_of(|| {
            findings(keep).at_place(place(1)).saying("thrice");
        });
        assert_eq!(panic, "rule bridge/unnamed has no message thrice");
    }
}

#[test]
fn judge_counts_units_applied_and_failed() {
    let mut findings = findings(1);
    findings.judge(|_| None);
    findings.judge(|_| JUDGED);
    findings.judge(|findings| {
        findings.at_place(place(1));
        findings.at_place(place(2)).saying("twice");
        JUDGED
    });
    findings.judge(|findings| {
        findings.about("没有");
        None
    });
    let outcome = taken(&mut findings);
    let tally = tally(&outcome);
    assert_eq!((tally.applied, tally.failed, tally.skipped), (3, 2, 0));
}

#[test]
fn units_counted_in_columns_are_added_to_those_judged() {
    let mut findings = findings(1);
    findings.judge(|_| JUDGED);
    findings.count(40, 2);
    findings.skip();
    let outcome = taken(&mut findings);
    let tally = tally(&outcome);
    assert_eq!((tally.applied, tally.failed, tally.skipped), (41, 2, 1));
}

#[test]
fn a_call_with_nothing_to_say_sends_no_tally() {
    let mut findings = findings(1);
    assert_eq!(taken(&mut findings), Outcome::default());
    findings.judge(|_| JUDGED);
    assert_eq!(tally(&taken(&mut findings)).applied, 1);
    assert_eq!(taken(&mut findings), Outcome::default());
}

proptest! {
    #[test]
    fn the_kept_are_the_first_by_place_whatever_the_order_they_were_written_in(
        order in Just((0..20_u64).collect::<Vec<_>>()).prop_shuffle(),
        keep in 0..25_usize,
        calls in 1..6_usize,
    ) {
        let mut findings = findings(keep);
        let mut sent = Vec::new();
        let mut counted = 0;
        for written in order.chunks(order.len().div_ceil(calls)) {
            write(&mut findings, written.iter().copied());
            let outcome = taken(&mut findings);
            prop_assert!(outcome.findings.len() <= keep);
            counted += tally(&outcome).findings[0];
            sent.extend(ids(&outcome));
        }
        sent.sort_unstable();
        sent.truncate(keep);
        prop_assert_eq!(sent, (0..20).take(keep).collect::<Vec<_>>());
        prop_assert_eq!(counted, 20);
    }
}
