//! Whatever a pack answers, the host refuses it or has an outcome that holds together: no panic, no index out of range.

use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;

use super::*;

fn reading(columns: Vec<u16>) -> Reading {
    Reading { table: 0, columns, optional_columns: Vec::new(), presence: Presence::Needed }
}

fn declared(id: &str, messages: usize) -> Rule {
    let text = Text { zh: "题".to_owned(), en: "title".to_owned() };
    let message = Message { id: "m".to_owned(), severity: None, text: text.clone() };
    Rule {
        id: id.to_owned(),
        severity: Severity::Error,
        title: text.clone(),
        page: text,
        scope: Scope::EachRecord,
        over: reading(vec![0]),
        beside: Vec::new(),
        reports_unreadable: Vec::new(),
        bases: Vec::new(),
        messages: vec![message; messages],
        since: None,
        until: None,
    }
}

/// One table of one column; the second of its rules is not asked for.
fn setting() -> (Manifest, Task, Limits) {
    let column = Column {
        name: "a".to_owned(),
        label: Text::default(),
        aliases: Vec::new(),
        kind: Kind::Text,
        scale: 0,
        unit: None,
        codes: Vec::new(),
        blanks: Vec::new(),
        fill_down: false,
        required: true,
        from_part: None,
    };
    let table = Table {
        name: "t".to_owned(),
        label: Text::default(),
        aliases: Vec::new(),
        key: Vec::new(),
        body: None,
        columns: vec![column],
    };
    let manifest = Manifest {
        id: "p".to_owned(),
        version: "1.0.0".to_owned(),
        title: Text::default(),
        tables: vec![table],
        rules: vec![declared("d/one", 2), declared("d/two", 1), declared("d/three", 1)],
        references: Vec::new(),
        settings: "{}".to_owned(),
    };
    let task = Task {
        rules: vec![0, 2],
        tables: vec![(0, vec![0])],
        as_of: 0,
        period: None,
        settings: "{}".to_owned(),
        keep: 3,
    };
    (manifest, task, Limits { text_bytes: 16, ..Limits::default() })
}

fn index() -> impl Strategy<Value = u16> {
    prop_oneof![8 => 0..3_u16, 1 => any::<u16>()]
}

fn count() -> impl Strategy<Value = u64> {
    prop_oneof![8 => 0..4_u64, 1 => any::<u64>()]
}

fn value() -> impl Strategy<Value = check::Value> {
    prop_oneof![
        ".{0,8}".prop_map(check::Value::Text),
        any::<f64>().prop_map(check::Value::Number),
        any::<i64>().prop_map(check::Value::Integer),
        any::<(i64, u8)>().prop_map(check::Value::Decimal),
        any::<i32>().prop_map(check::Value::Date),
        any::<i64>().prop_map(check::Value::Instant),
        vec(index(), 0..3).prop_map(check::Value::Columns),
    ]
}

fn place() -> impl Strategy<Value = check::Place> {
    (
        prop_oneof![4 => Just(0_u16), 1 => index()],
        any::<u64>(),
        of(prop_oneof![4 => Just(0_u16), 1 => index()]),
    )
        .prop_map(|(table, id, column)| check::Place { table, id, column })
}

fn finding() -> impl Strategy<Value = check::Finding> {
    let argument = ("[a-z]{0,3}", value()).prop_map(|(name, value)| check::Argument { name, value });
    let about = (of(place()), of(".{0,8}"), vec(argument, 0..3), vec(place(), 0..2));
    (
        prop_oneof![Just(0_u16), Just(2), index()],
        prop_oneof![4 => Just(0_u16), 1 => index()],
        about,
        vec(of(value()), 3),
    )
        .prop_map(|(rule, message, (at, subject, arguments, related), mut values)| check::Finding {
            rule,
            message,
            at,
            subject,
            arguments,
            expected: values.pop().flatten(),
            actual: values.pop().flatten(),
            difference: values.pop().flatten(),
            related,
        })
}

fn tally() -> impl Strategy<Value = check::Tally> {
    (prop_oneof![Just(0_u16), Just(2), index()], count(), count(), count(), vec(count(), 0..3)).prop_map(
        |(rule, applied, failed, skipped, findings)| check::Tally {
            rule,
            applied,
            failed,
            skipped,
            findings,
        },
    )
}

/// What holds of every outcome that is let through.
fn holds_together(outcome: &Outcome, manifest: &Manifest, task: &Task, limits: Limits) -> bool {
    let tallies = outcome.tallies.iter().all(|tally| {
        let messages = manifest.rules[usize::from(tally.rule)].messages.len();
        task.rules.contains(&tally.rule) && tally.findings.len() == messages && tally.failed <= tally.applied
    });
    let findings = outcome.findings.iter().all(|found| {
        let messages = manifest.rules[usize::from(found.rule)].messages.len();
        let places = found.at.iter().chain(&found.related);
        let counted: u64 = outcome
            .tallies
            .iter()
            .filter(|tally| tally.rule == found.rule)
            .flat_map(|tally| &tally.findings)
            .sum();
        let sent = outcome.findings.iter().filter(|other| other.rule == found.rule).count() as u64;
        // A control character is shown as up to ten.
        let short = found.subject.as_ref().is_none_or(|subject| subject.len() <= limits.text_bytes * 10);
        usize::from(found.message) < messages
            && places.into_iter().all(|place| place.table == 0 && place.column.unwrap_or(0) == 0)
            && sent <= counted.min(u64::from(task.keep))
            && short
    });
    tallies && findings
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_arbitrary_answer_is_refused_or_holds_together(
        findings in vec(finding(), 0..4),
        tallies in vec(tally(), 0..3),
    ) {
        let (manifest, task, limits) = setting();
        let answer = check::Outcome { findings, tallies };
        if let Ok(outcome) = outcome(answer, &manifest, limits, &task) {
            prop_assert!(holds_together(&outcome, &manifest, &task, limits), "{outcome:?}");
        }
    }
}

#[test]
fn an_answer_in_order_is_let_through() {
    let (manifest, task, limits) = setting();
    let tally = check::Tally { rule: 0, applied: 2, failed: 1, skipped: 0, findings: vec![1, 0] };
    let answer = check::Outcome { findings: Vec::new(), tallies: vec![tally] };
    assert!(outcome(answer, &manifest, limits, &task).is_ok());
}
