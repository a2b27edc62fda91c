//! A session from opening to closing, without a host.

use std::cell::RefCell;

use super::*;
use crate::prelude::{JUDGED, Judged, Message, Reading, Scope, text};
use crate::support::*;
use crate::{ColumnData, Tally};

static SPANLESS: Rule = Rule { id: "bridge/spanless", ..SPANLESS_RULE };
static REPORTING: Rule =
    Rule { id: "bridge/spans-unreadable", reports_unreadable: &[SPANS], ..SPANLESS_RULE };
static ACCEPTING: Rule = Rule { id: "bridge/spans-missing", accepts_unreadable: &[SPANS], ..SPANLESS_RULE };
static OPTIONAL: Rule = Rule {
    id: "bridge/spans-optional",
    over: Reading::of(&BRIDGES, &[NAME]).and_optional(&[SPANS]),
    ..SPANLESS_RULE
};

const SPANLESS_RULE: Rule = Rule {
    over: Reading::of(&BRIDGES, &[NAME, SPANS]),
    messages: &[Message::new("无孔", "Spanless")],
    check: Check::Row(spanless),
    ..Rule::EMPTY
};

fn spanless(bridge: &Row, findings: &mut Findings) -> Judged {
    if bridge.integer(SPANS).is_none_or(|spans| spans < 1) {
        findings.at(bridge, SPANS);
    }
    JUDGED
}

const EMPTY_PACK: Pack = Pack {
    id: "bridges",
    version: "0.1.0",
    title: text("桥梁", "Bridges"),
    tables: &[&BRIDGES, &rivers::RIVERS],
    rules: &[],
    references: &[],
    settings: &[],
};

static PACK: Pack = Pack { rules: &[&SPANLESS, &REPORTING, &ACCEPTING, &OPTIONAL], ..EMPTY_PACK };

fn two_columns() -> Vec<ColumnData> {
    vec![plain(&["石桥", "木桥", "铁桥", "?"]), integers(&["3", "0", "?", "2"])]
}

#[test]
fn an_unreadable_needed_cell_skips_the_record_and_counts_it() {
    let outcome =
        session(&PACK, &[&[NAME, SPANS]], task(10)).push(0, data(1, two_columns())).expect("a batch");
    let expected = |rule| Tally { rule, applied: 2, failed: 1, skipped: 2, findings: vec![1] };
    assert_eq!(outcome.tallies[0], expected(0));
    assert_eq!(outcome.tallies[3], expected(3), "of an optional column too");
    let ids: Vec<_> =
        outcome.findings.iter().filter(|f| f.rule == 0).filter_map(|f| f.at).map(|p| p.id).collect();
    assert_eq!(ids, [2]);
}

#[test]
fn a_rule_that_reports_or_accepts_unreadable_cells_sees_them() {
    let outcome =
        session(&PACK, &[&[NAME, SPANS]], task(10)).push(0, data(1, two_columns())).expect("a batch");
    for rule in [1, 2] {
        let expected = Tally { rule, applied: 3, failed: 2, skipped: 1, findings: vec![2] };
        assert_eq!(outcome.tallies[usize::from(rule)], expected);
    }
}

#[test]
fn only_the_rules_asked_for_run() {
    let mut session = Session::open(&PACK, &[2], announced(&[&[NAME, SPANS]]), task(10)).expect("a rule");
    let outcome = session.push(0, data(1, two_columns())).expect("a batch");
    assert_eq!(outcome.tallies.iter().map(|tally| tally.rule).collect::<Vec<_>>(), [2]);
    assert!(outcome.findings.iter().all(|finding| finding.rule == 2));
}

#[test]
fn a_rule_over_batches_gets_them_whole_and_counts_for_itself() {
    static COUNTING: Rule = Rule {
        id: "bridge/counted",
        check: Check::Batch(|batch, findings| findings.count(batch.len() as u64, 0)),
        ..SPANLESS_RULE
    };
    static COUNTING_PACK: Pack = Pack { rules: &[&COUNTING], ..EMPTY_PACK };
    let mut session = session(&COUNTING_PACK, &[&[NAME, SPANS]], task(10));
    let outcome = session.push(0, data(1, two_columns())).expect("a batch");
    assert_eq!(outcome.tallies, [Tally { applied: 4, findings: vec![0], ..Tally::default() }]);
}

thread_local! {
    /// What the rules below were given: their names, and the table.
    static SEEN: RefCell<Vec<(&'static str, &'static str)>> = const { RefCell::new(Vec::new()) };
}

struct Witness(&'static str);

impl Inspection for Witness {
    fn beside(&mut self, batch: &Batch) {
        SEEN.with_borrow_mut(|seen| seen.push((self.0, batch.table().name)));
    }

    fn record(&mut self, row: &Row, _findings: &mut Findings) -> Judged {
        SEEN.with_borrow_mut(|seen| seen.push((self.0, row.batch().table().name)));
        None
    }

    fn close(&mut self, findings: &mut Findings) {
        SEEN.with_borrow_mut(|seen| seen.push((self.0, "close")));
        findings.judge(|findings| {
            findings.about("昌吉市");
            JUDGED
        });
    }
}

static LOOKING: Rule = Rule {
    id: "bridge/looking",
    scope: Scope::WholeTable,
    beside: &[Reading::of(&rivers::RIVERS, &[rivers::NAME])],
    check: Check::Inspection(|_| Box::new(Witness("looking"))),
    ..SPANLESS_RULE
};
static ALONE: Rule = Rule {
    id: "bridge/alone",
    scope: Scope::WholeTable,
    check: Check::Inspection(|_| Box::new(Witness("alone"))),
    ..SPANLESS_RULE
};
static WITNESSES: Pack = Pack { rules: &[&LOOKING, &ALONE, &SPANLESS], ..EMPTY_PACK };

#[test]
fn reference_tables_reach_only_the_rules_that_declared_them() {
    let mut session = session(&WITNESSES, &[&[NAME, SPANS], &[rivers::NAME]], task(10));
    SEEN.take();
    let outcome = session.push(1, data(1, vec![plain(&["黄河", "永定河"])])).expect("rivers");
    assert_eq!(outcome, Outcome::default());
    assert_eq!(SEEN.take(), [("looking", "rivers")]);
    session.push(0, data(1, vec![plain(&["石桥"]), integers(&["3"])])).expect("bridges");
    assert_eq!(SEEN.take(), [("looking", "bridges"), ("alone", "bridges")]);
    let outcome = session.close();
    assert_eq!(SEEN.take(), [("looking", "close"), ("alone", "close")]);
    let tallies: Vec<_> =
        outcome.tallies.iter().map(|tally| (tally.rule, tally.applied, tally.failed)).collect();
    assert_eq!(tallies, [(0, 1, 1), (1, 1, 1)]);
}

#[test]
fn unreadable_records_are_kept_from_rules_with_memory_too() {
    let mut session = session(&WITNESSES, &[&[NAME, SPANS]], task(10));
    SEEN.take();
    let outcome = session.push(0, data(1, two_columns())).expect("a batch");
    assert_eq!(SEEN.take().len(), 2 * 2);
    assert!(outcome.tallies.iter().all(|tally| tally.skipped == 2));
}

#[test]
fn a_task_knows_which_tables_were_handed_in() {
    assert!(task(1).has(&BRIDGES));
    assert!(!task(1).has(&rivers::RIVERS));
}

fn refused(table: u16, data: BatchData) -> String {
    session(&PACK, &[&[NAME, SPANS]], task(10)).push(table, data).expect_err("a wrong batch")
}

#[test]
fn a_table_nobody_announced_is_an_error() {
    assert_eq!(refused(1, data(1, vec![plain(&["黄河"])])), "table 1 was not announced");
    assert_eq!(refused(9, data(1, two_columns())), "table 9 was not announced");
}

#[test]
fn a_batch_with_columns_missing_or_left_over_is_an_error() {
    let one = data(1, vec![plain(&["石桥"])]);
    assert_eq!(refused(0, one), "1 columns of bridges came, 2 were announced");
    let three = data(1, vec![plain(&["石桥"]), integers(&["3"]), integers(&["3"])]);
    assert_eq!(refused(0, three), "3 columns of bridges came, 2 were announced");
}

#[test]
fn a_column_of_another_length_than_the_batch_is_an_error() {
    for spans in [integers(&[]), integers(&["3"]), integers(&["3", "3", "3"])] {
        let cells = spans.cells.len();
        let batch = data(1, vec![dictionary(&["石桥", "木桥"]), spans]);
        assert_eq!(refused(0, batch), format!("column spans of bridges has {cells} cells, not 2"));
    }
}

#[test]
fn states_of_another_length_than_the_batch_are_an_error() {
    let mut batch = data(1, two_columns());
    batch.columns[1].states.pop();
    assert_eq!(refused(0, batch), "column spans of bridges has 3 states, not 4");
}

#[test]
fn ids_of_another_length_than_the_batch_are_an_error() {
    for ids in [vec![1], vec![1, 2, 3, 4, 5]] {
        let count = ids.len();
        let batch = BatchData { ids, ..data(1, two_columns()) };
        assert_eq!(refused(0, batch), format!("{count} ids of bridges came with 4 records"));
    }
}

#[test]
fn a_refused_batch_leaves_no_trace() {
    let mut session = session(&PACK, &[&[NAME, SPANS]], task(10));
    session.push(0, data(1, vec![plain(&["石桥"])])).expect_err("a column is missing");
    assert_eq!(session.close(), Outcome::default());
}

#[test]
fn a_batch_of_no_records_says_nothing() {
    let mut session = session(&PACK, &[&[NAME, SPANS]], task(10));
    let nothing = data(1, vec![plain(&[]), integers(&[])]);
    assert_eq!(session.push(0, nothing), Ok(Outcome::default()));
}

#[test]
fn a_task_with_tables_columns_or_rules_the_pack_has_not_is_an_error() {
    let open = |rules: &[u16], orders| Session::open(&PACK, rules, orders, task(1)).err();
    assert_eq!(open(&[4], HashMap::new()), Some("the pack has no rule 4".to_owned()));
    assert_eq!(open(&[0], HashMap::from([(2, vec![0])])), Some("the pack has no table 2".to_owned()));
    assert_eq!(open(&[0], HashMap::from([(1, vec![2])])), Some("table rivers has no column 2".to_owned()));
    assert_eq!(open(&[0], announced(&[&[NAME, SPANS]])), None);
}
