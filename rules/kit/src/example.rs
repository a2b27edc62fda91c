//! What the examples of this crate's pages share: one table, two of its records, and a way to run a rule on them.
//!
//! Hidden from the pages, and absent from packs.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};

use crate::batch::BatchData;
use crate::prelude::*;
use crate::{Cells, ColumnData, Outcome, Pack, Session, Settings};

table! {
    /// Bridges, with a column of every kind.
    pub static BRIDGES = Table::named("bridges", "桥梁清单", "Bridges").key(&[NAME]).body(COUNTY);
    /// 桥名
    pub const NAME = Column::text("name", "桥名", "Bridge");
    /// 县市
    pub const COUNTY = Column::text("county", "县市", "County");
    /// 限载
    pub const LIMIT = Column::number("limit", "限载", "Load limit").unit("t");
    /// 孔数
    pub const SPANS = Column::integer("spans", "孔数", "Spans");
    /// 造价
    pub const COST = Column::decimal("cost", "造价", "Cost", 2).unit("万元");
    /// 通车日期
    pub const OPENED = Column::date("opened", "通车日期", "Opened");
    /// 末次检查
    pub const INSPECTED = Column::instant("inspected", "末次检查", "Inspected");
    /// 收费
    pub const TOLLED = Column::flag("tolled", "收费", "Tolled");
}

/// A choice of the user.
pub static GRACE: Setting = Setting::integer("grace-days", 15, text("宽限天数", "Days of grace"));

/// A day of the calendar.
///
/// # Panics
/// Where there is no such day.
#[must_use]
pub fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a day of the calendar")
}

/// That day at `hour` o'clock.
///
/// # Panics
/// Where there is no such hour.
#[must_use]
pub fn moment(date: NaiveDate, hour: u32) -> NaiveDateTime {
    date.and_hms_opt(hour, 0, 0).expect("an hour of the day")
}

/// What a session of the examples is asked: as of 2016-11-30, nothing set.
#[must_use]
pub fn task() -> Task {
    let (as_of, settings) = (day(2016, 11, 30), Settings::default());
    Task { as_of, period: None, settings, keep: 100, tables: vec![BRIDGES.name] }
}

/// 东桥 of 甲县 in full, and 西桥 of 甲县, of which only the load limit stands there and cannot be read.
#[must_use]
pub fn records() -> BatchData {
    let (opened, seen) = (day(2015, 10, 1), moment(day(2016, 9, 1), 8));
    let half = |cells| ColumnData { cells, states: vec![0, 1] };
    let columns = vec![
        ColumnData { cells: Cells::Text(["东桥", "西桥"].iter().collect()), states: Vec::new() },
        ColumnData { cells: Cells::Dictionary(vec![0, 0], ["甲县"].iter().collect()), states: Vec::new() },
        ColumnData { cells: Cells::Number(vec![20.5, 0.0]), states: vec![0, 2] },
        half(Cells::Integer(vec![3, 0])),
        half(Cells::Decimal(vec![120_050, 0])),
        half(Cells::Date(vec![crate::findings::days(opened), 0])),
        half(Cells::Instant(vec![crate::findings::seconds(seen), 0])),
        half(Cells::Flag(vec![1, 0])),
    ];
    BatchData { records: 2, first_id: 0, ids: Vec::new(), columns }
}

/// The two records as a batch.
#[must_use]
pub fn batch() -> Batch {
    let order: Vec<u16> = BRIDGES.columns.iter().map(|column| column.index).collect();
    Batch::new((0, &BRIDGES), &order, records(), (std::rc::Rc::new(task()), std::rc::Rc::default()), 1)
}

/// A rule over all columns that looks in this way, with the messages `default` and `other`.
#[must_use]
pub fn rule(check: Check) -> Rule {
    const MESSAGES: &[Message] =
        &[Message::new("{name}", "{name}"), Message::named("other", "{name}", "{name}")];
    let over = Reading::of(&BRIDGES, &[]).and_optional(BRIDGES.columns);
    Rule {
        id: "bridge/example",
        over,
        messages: MESSAGES,
        accepts_unreadable: BRIDGES.columns,
        check,
        ..Rule::EMPTY
    }
}

/// A pack of these bridges, with no rule yet.
pub const PACK: Pack = Pack {
    id: "bridges",
    version: "0.1.0",
    title: text("桥梁", "Bridges"),
    tables: &[&BRIDGES],
    rules: &[],
    references: &[],
    settings: &[&GRACE],
};

/// What the rule says of the two records.
///
/// # Panics
/// Where the rule cannot run on them.
#[must_use]
pub fn outcome(check: Check) -> Outcome {
    let rules: &'static [&'static Rule] = Box::leak(Box::new([&*Box::leak(Box::new(rule(check)))]));
    let pack = Box::leak(Box::new(Pack { rules, ..PACK }));
    let order = BRIDGES.columns.iter().map(|column| column.index).collect();
    let mut session =
        Session::open(pack, &[0], HashMap::from([(0, order)]), task()).expect("a pack that opens");
    let mut outcome = session.push(0, records()).expect("records that fit");
    let closing = session.close();
    outcome.findings.extend(closing.findings);
    outcome.tallies.extend(closing.tallies);
    outcome
}
