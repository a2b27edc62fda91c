//! However the records come, the rules say the same: in one batch or many, as dictionaries or as plain text, and for
//! rules that look at each record alone also over several sessions.

use std::collections::BTreeMap;

use crate::prelude::*;
use crate::support::*;
use crate::{FindingData, Outcome, Pack, Tally};
use proptest::prelude::*;

rule! {
    /// A bridge has one span at least.
    static SPANLESS = Rule {
        id: "bridge/spanless",
        title: text("无孔", "Spanless"),
        over: Reading::of(&BRIDGES, &[NAME, SPANS]),
        messages: &[Message::new("无孔", "Spanless"), Message::named("many", "多孔", "Many spans")],
        check: Check::Row(spanless),
        ..Rule::EMPTY
    };
}

fn spanless(bridge: &Row, findings: &mut Findings) -> Judged {
    let spans = bridge.integer(SPANS)?;
    let length = bridge.by_value(NAME, str::len)?;
    if spans < 1 {
        findings.at(bridge, SPANS).saying("many").with("length", length);
        findings.at(bridge, SPANS).subject("桥");
        findings.at(bridge, SPANS);
    } else if spans > 4 {
        findings.on(bridge).saying("many").actual(spans);
    }
    JUDGED
}

rule! {
    /// Bridges of one name over one river have as many spans as the first of them.
    static SPANS_DISAGREE = Rule {
        id: "bridge/spans-disagree",
        title: text("孔数不一", "Spans disagree"),
        scope: Scope::Group(&[NAME, RIVER]),
        over: Reading::of(&BRIDGES, &[NAME, RIVER, SPANS]),
        messages: &[Message::new("孔数不一", "Spans disagree")],
        check: Check::Inspection(|_| Box::new(SpansDisagree(Groups::by(&[NAME, RIVER])))),
        ..Rule::EMPTY
    };
}

struct SpansDisagree(Groups<Vec<(Place, i64)>>);

impl Inspection for SpansDisagree {
    fn record(&mut self, row: &Row, _findings: &mut Findings) -> Judged {
        let spans = row.integer(SPANS)?;
        self.0.of(row, Vec::new)?.push((row.cell(SPANS), spans));
        None
    }

    fn close(&mut self, findings: &mut Findings) {
        for (key, bridges) in self.0.iter() {
            findings.judge(|findings| {
                let (first, expected) = *bridges.first()?;
                for (place, spans) in bridges.iter().filter(|(_, spans)| *spans != expected) {
                    let finding = findings.at_place(*place).expected(expected).actual(*spans);
                    finding.subject(key).related(first);
                }
                JUDGED
            });
        }
    }
}

rule! {
    /// Every river has three bridges at least.
    static FEW_BRIDGES = Rule {
        id: "bridge/few-bridges",
        title: text("桥少", "Few bridges"),
        scope: Scope::WholeTable,
        over: Reading::of(&BRIDGES, &[RIVER]),
        messages: &[Message::new("桥少", "Few bridges")],
        check: Check::Inspection(|_| Box::new(FewBridges::default())),
        ..Rule::EMPTY
    };
}

#[derive(Default)]
struct FewBridges(BTreeMap<String, usize>);

impl Inspection for FewBridges {
    fn record(&mut self, row: &Row, _findings: &mut Findings) -> Judged {
        *self.0.entry(row.text(RIVER)?.to_owned()).or_default() += 1;
        None
    }

    fn close(&mut self, findings: &mut Findings) {
        for (river, &bridges) in &self.0 {
            findings.judge(|findings| {
                if bridges < 3 {
                    findings.about(river.as_str()).actual(bridges);
                }
                JUDGED
            });
        }
    }
}

const PACK: Pack = Pack {
    id: "bridges",
    version: "0.1.0",
    title: text("桥梁", "Bridges"),
    tables: &[&BRIDGES],
    rules: &[&SPANLESS, &SPANS_DISAGREE, &FEW_BRIDGES],
    references: &[],
    settings: &[],
};
static ALL: Pack = PACK;
static EACH_RECORD: Pack = Pack { rules: &[&SPANLESS], ..PACK };

/// Name, river and spans, as text.
type Record = (&'static str, &'static str, &'static str);

/// A record with the id the host gave it.
type Numbered = (u64, Record);

/// How many records a batch has, and which of its text columns are dictionaries.
type Part = (usize, (bool, bool));

fn pushed(pack: &'static Pack, records: &[Numbered], parts: &[Part], keep: usize) -> Vec<Outcome> {
    let mut session = session(pack, &[&[NAME, RIVER, SPANS]], task(keep));
    let mut outcomes = Vec::new();
    let mut rest = records;
    let mut parts = parts.iter().cycle();
    while !rest.is_empty() {
        let &(size, dictionaries) = parts.next().expect("one part at least");
        let (now, later) = rest.split_at(size.min(rest.len()));
        rest = later;
        let outcome = session.push(0, batch_of(now, dictionaries)).expect("a batch as announced");
        let of_rule = |rule| outcome.findings.iter().filter(move |finding| finding.rule == rule).count();
        assert!((0..3).all(|rule| of_rule(rule) <= keep));
        outcomes.push(outcome);
    }
    outcomes.push(session.close());
    outcomes
}

fn batch_of(records: &[Numbered], (names, rivers): (bool, bool)) -> crate::batch::BatchData {
    let column = |cell: fn(&Record) -> &'static str| -> Vec<_> {
        records.iter().map(|(_, record)| cell(record)).collect()
    };
    let text = |cells: &[&str], coded| if coded { dictionary(cells) } else { plain(cells) };
    let columns = vec![
        text(&column(|record| record.0), names),
        text(&column(|record| record.1), rivers),
        integers(&column(|record| record.2)),
    ];
    let ids = records.iter().map(|(id, _)| *id).collect();
    crate::batch::BatchData { ids, ..data(0, columns) }
}

fn in_one_batch(pack: &'static Pack, records: &[Numbered], keep: usize) -> (Vec<FindingData>, Vec<Tally>) {
    summed(pushed(pack, records, &[(records.len(), (false, false))], keep), keep)
}

fn records() -> impl Strategy<Value = Vec<Numbered>> {
    let name = prop::sample::select(vec!["石桥", "木桥", "铁桥", "", "?"]);
    let river = prop::sample::select(vec!["黄河", "永定河", "渭河", "淮河", "", "?"]);
    let spans = prop::sample::select(vec!["0", "1", "2", "5", "", "?"]);
    let numbered = |records: Vec<Record>| (0..).step_by(3).zip(records).collect();
    prop::collection::vec((name, river, spans), 1..40).prop_map(numbered)
}

fn parts() -> impl Strategy<Value = Vec<Part>> {
    prop::collection::vec((1..40_usize, any::<(bool, bool)>()), 1..8)
}

proptest! {
    #[test]
    fn any_split_into_batches_gives_the_same_findings_and_tallies(
        records in records(),
        parts in parts(),
        small in 0..6_usize,
    ) {
        for keep in [1000, small] {
            let whole = in_one_batch(&ALL, &records, keep);
            prop_assert_eq!(summed(pushed(&ALL, &records, &parts, keep), keep), whole);
        }
    }

    #[test]
    fn records_of_a_row_rule_may_be_split_over_two_sessions(
        records in records(),
        sides in prop::collection::vec(any::<bool>(), 40),
        parts in parts(),
        small in 0..6_usize,
    ) {
        let side = |wanted| -> Vec<Numbered> {
            records.iter().zip(&sides).filter(|(_, side)| **side == wanted).map(|(record, _)| *record).collect()
        };
        for keep in [1000, small] {
            let mut outcomes = pushed(&EACH_RECORD, &side(false), &parts, keep);
            outcomes.extend(pushed(&EACH_RECORD, &side(true), &parts, keep));
            prop_assert_eq!(summed(outcomes, keep), in_one_batch(&EACH_RECORD, &records, keep));
        }
    }
}

#[test]
fn the_rules_of_these_tests_do_find_something() {
    let records = [(0, ("石桥", "黄河", "0")), (3, ("石桥", "黄河", "5")), (6, ("木桥", "渭河", "?"))];
    let (findings, tallies) = in_one_batch(&ALL, &records, 10);
    let counts: Vec<_> = tallies.iter().map(|tally| (tally.applied, tally.failed, tally.skipped)).collect();
    assert_eq!(counts, [(2, 2, 1), (1, 1, 1), (2, 2, 0)]);
    assert_eq!(findings.len(), 7);
}
