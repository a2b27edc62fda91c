//! A spelling and what it stands for are one value afterwards, also to those who look at codes.

use super::*;
use crate::prelude::*;
use crate::settings::SPELLINGS;
use crate::support::*;
use crate::{ColumnData, FindingData, Tally};

static RULE: Rule = Rule {
    id: "test/second-bridge",
    over: Reading::of(&BRIDGES, &[RIVER]),
    messages: &[Message::new("第二座", "A second bridge")],
    check: Check::Inspection(|_| Box::new(Second(Groups::by(&[RIVER])))),
    ..Rule::EMPTY
};

static PACK: Pack = Pack {
    id: "test",
    version: "1.0.0",
    title: text("甲", "A"),
    tables: &[&BRIDGES],
    rules: &[&RULE],
    references: &[],
    settings: &[&SPELLINGS],
};

/// Objects to every bridge over a river but the first.
struct Second(Groups<u64>);

impl Inspection for Second {
    fn screen(&mut self, bridges: &Batch, findings: &mut Findings) -> Option<Screen> {
        let visit = |known: &mut u64, records: &[u32]| {
            for record in records {
                findings.judge(|findings| object(known, &bridges.row(*record as usize), findings));
            }
        };
        self.0.each(bridges, |_| 0, visit);
        Some(Screen::All(Glance::Aside))
    }

    fn record(&mut self, bridge: &Row, findings: &mut Findings) -> Judged {
        object(self.0.of(bridge, || 0)?, bridge, findings)
    }
}

fn object(known: &mut u64, bridge: &Row, findings: &mut Findings) -> Judged {
    *known += 1;
    if *known > 1 {
        findings.at(bridge, RIVER).actual(i64::try_from(*known).unwrap_or(0));
    }
    JUDGED
}

const CELLS: [&str; 6] = ["黄河", "大河", "永定河", "", "大河", "黄河"];

fn said(make: fn(&[&str]) -> ColumnData, size: usize, screened: bool) -> (Vec<FindingData>, Vec<Tally>) {
    let settings =
        Settings::parse(r#"{"spellings": ["river:大河=黄河", "河:无河=永定河"]}"#).expect("settings");
    let mut session = session(&PACK, &[&[RIVER]], Task { settings, ..task(100) });
    if !screened {
        session = session.unscreened();
    }
    let batches = CELLS.chunks(size).enumerate();
    let batches = batches.map(|(number, cells)| data((number * size) as u64, vec![make(cells)]));
    let mut outcomes: Vec<_> = batches.map(|batch| session.push(0, batch).expect("as announced")).collect();
    outcomes.push(session.close());
    summed(outcomes, 100)
}

#[test]
fn a_spelling_of_the_key_makes_one_group_in_batches_of_any_size() {
    let expected = said(plain, CELLS.len(), false);
    let places: Vec<_> = expected.0.iter().filter_map(|finding| finding.at).map(|place| place.id).collect();
    assert_eq!(places, [1, 4, 5]);
    for make in [plain as fn(&[&str]) -> ColumnData, dictionary] {
        for (size, screened) in [(1, true), (1, false), (4, true), (CELLS.len(), true), (CELLS.len(), false)]
        {
            assert_eq!(said(make, size, screened), expected, "batches of {size}, screened {screened}");
        }
    }
}

#[test]
fn a_dictionary_holds_each_value_once() {
    let known = [(key("大河"), "黄河".to_owned())].into();
    let values: TextData = ["大河", "永定河", "黄河"].iter().collect();
    let mut codes = [0, 1, 2, 9];
    let values = distinct(&mut codes, &meant(&values, &known));
    assert_eq!(codes, [0, 1, 0, 0]);
    assert_eq!((values.len(), values.get(0), values.get(1)), (2, "黄河", "永定河"));
}
