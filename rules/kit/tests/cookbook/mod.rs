//! The recipes of `docs/authors/cookbook.md` as rules that compile and run, over a list of synthetic fees.

use std::collections::HashMap;

use mingcha_kit::batch::BatchData;
use mingcha_kit::prelude::*;
use mingcha_kit::{Cells, ColumnData, Outcome, Pack, Session, Settings};

use catalogue::{CATALOGUE, CATALOGUE_NUMBER};

mod catalogue {
    use mingcha_kit::prelude::*;

    table! {
        /// Numbers that exist.
        pub(super) static CATALOGUE = Table::named("catalogue", "目录", "Catalogue").key(&[CATALOGUE_NUMBER]);
        /// 编号
        pub(super) const CATALOGUE_NUMBER = Column::text("number", "编号", "Number");
    }
}

table! {
    /// What was published.
    static LIST = Table::named("list", "清单", "List").key(&[NUMBER]);
    /// 编号
    const NUMBER = Column::text("number", "编号", "Number");
    /// 制发日期
    const ISSUED = Column::date("issued", "制发日期", "Issued");
    /// 公开日期
    const PUBLISHED = Column::date("published", "公开日期", "Published");
}

const DOCUMENT: &str = "《中华人民共和国政府信息公开条例》";
const PLAIN: &[Message] = &[Message::new("{number}", "{number}")];

static UNKNOWN: Rule = Rule {
    id: "list/unknown",
    messages: PLAIN,
    over: Reading::of(&LIST, &[NUMBER]),
    beside: &[Reading::of(&CATALOGUE, &[CATALOGUE_NUMBER])],
    scope: Scope::EachRecord,
    check: Check::Inspection(|_| Box::new(Known::default())),
    ..Rule::EMPTY
};

#[derive(Default)]
struct Known(std::collections::HashSet<String>);

impl Inspection for Known {
    fn beside(&mut self, batch: &Batch) {
        self.0.extend(batch.rows().filter_map(|row| row.text(CATALOGUE_NUMBER).map(str::to_owned)));
    }
    fn record(&mut self, row: &Row, findings: &mut Findings) -> Judged {
        if !self.0.contains(row.text(NUMBER)?) {
            findings.at(row, NUMBER);
        }
        JUDGED
    }
}

static REPEATED: Rule = Rule {
    id: "list/repeated",
    messages: PLAIN,
    over: Reading::of(&LIST, &[NUMBER]),
    scope: Scope::Group(&[NUMBER]),
    check: Check::Inspection(|_| Box::new(Repeated(Groups::by(&[NUMBER])))),
    ..Rule::EMPTY
};

struct Repeated(Groups<Vec<Place>>);

impl Inspection for Repeated {
    fn record(&mut self, row: &Row, _: &mut Findings) -> Judged {
        self.0.of(row, Vec::new)?.push(row.cell(NUMBER));
        None
    }
    fn close(&mut self, findings: &mut Findings) {
        for (_, places) in self.0.iter() {
            findings.judge(|findings| {
                if let [first, second, ..] = places.as_slice() {
                    findings.at_place(*second).related(*first);
                }
                JUDGED
            });
        }
    }
}

const OLD: Basis = Basis::read(DOCUMENT, "第十八条").since(2008, 5, 1).until(2019, 5, 15);

static LATE: Rule = Rule {
    id: "list/late",
    messages: PLAIN,
    over: Reading::of(&LIST, &[NUMBER, ISSUED, PUBLISHED]),
    bases: &[OLD],
    since: OLD.since,
    until: OLD.until,
    check: Check::Row(late),
    ..Rule::EMPTY
};

fn late(row: &Row, findings: &mut Findings) -> Judged {
    use values::calendar::Calendar;

    let (issued, published) = (row.date(ISSUED)?, row.date(PUBLISHED)?);
    let due = Calendar::national().add_working_days(issued, 20).ok()?;
    if published > due.date {
        findings.at(row, PUBLISHED).expected(due.date).actual(published);
    }
    JUDGED
}

static LEAST: Setting = Setting::integer("least-days", 20, text("最多工作日", "Most working days"));

static HASTY: Rule = Rule {
    id: "list/hasty",
    messages: PLAIN,
    over: Reading::of(&LIST, &[ISSUED, PUBLISHED]),
    check: Check::Row(hasty),
    ..Rule::EMPTY
};

fn hasty(row: &Row, findings: &mut Findings) -> Judged {
    let days = findings.task().settings.integer(&LEAST);
    if (row.date(PUBLISHED)? - row.date(ISSUED)?).num_days() < days {
        findings.on(row);
    }
    JUDGED
}

static PACK: Pack = Pack {
    id: "cookbook",
    version: "0.1.0",
    title: text("常用写法", "Cookbook"),
    tables: &[&LIST, &CATALOGUE],
    rules: &[&UNKNOWN, &REPEATED, &LATE, &HASTY],
    references: &[],
    settings: &[&LEAST],
};

fn numbers(numbers: &[&str]) -> ColumnData {
    ColumnData { cells: Cells::Text(numbers.iter().collect()), states: Vec::new() }
}

fn days(dates: &[(i32, u32, u32)]) -> ColumnData {
    let day = |&(year, month, day)| {
        values::date::days_since_epoch(NaiveDate::from_ymd_opt(year, month, day).expect("a day"))
    };
    ColumnData { cells: Cells::Date(dates.iter().map(day).collect()), states: Vec::new() }
}

fn batch(columns: Vec<ColumnData>) -> BatchData {
    let records = columns.first().map_or(0, |column| column.cells.len());
    BatchData { records, first_id: 0, ids: Vec::new(), columns }
}

/// Two numbers of the catalogue and three of the list, of which the second is unknown and late, the third repeated.
fn outcomes(settings: &str) -> Vec<Outcome> {
    let settings = Settings::parse(settings).expect("settings");
    let as_of = NaiveDate::from_ymd_opt(2016, 11, 30).expect("a day");
    let task = Task { as_of, period: None, settings, keep: 10, tables: vec![LIST.name, CATALOGUE.name] };
    let orders = HashMap::from([(0, vec![0, 1, 2]), (1, vec![0])]);
    let mut session = Session::open(&PACK, &[0, 1, 2, 3], orders, task).expect("a pack that opens");
    let list = vec![
        numbers(&["甲1", "乙9", "甲1"]),
        days(&[(2016, 3, 1), (2016, 3, 1), (2016, 3, 1)]),
        days(&[(2016, 3, 25), (2016, 6, 1), (2016, 3, 28)]),
    ];
    vec![
        session.push(1, batch(vec![numbers(&["甲1", "甲2"])])).expect("a catalogue"),
        session.push(0, batch(list)).expect("a list"),
        session.close(),
    ]
}

/// The records a rule objects to.
fn objected(outcomes: &[Outcome], rule: u16) -> Vec<u64> {
    let findings = outcomes.iter().flat_map(|outcome| &outcome.findings);
    findings.filter(|finding| finding.rule == rule).filter_map(|finding| Some(finding.at?.id)).collect()
}

#[test]
fn the_recipes_find_what_they_are_for() {
    let outcomes = outcomes("{}");
    assert_eq!(objected(&outcomes, 0), [1], "a number the other table does not have");
    assert_eq!(objected(&outcomes, 1), [2], "a number met before");
    assert_eq!(objected(&outcomes, 2), [1], "more than twenty working days");
    assert!(objected(&outcomes, 3).is_empty(), "all took twenty days or more");
}

#[test]
fn a_setting_of_the_user_moves_the_line() {
    assert_eq!(objected(&outcomes(r#"{ "least-days": 26 }"#), 3), [0]);
}
