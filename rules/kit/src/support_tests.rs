//! What the tests of this crate share: one table with a column of every kind, and batches of it written as text.
//!
//! In cells written as text, `""` is blank and `"?"` is unreadable.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;

use crate::batch::BatchData;
use crate::prelude::*;
use crate::{Cells, ColumnData, FindingData, Outcome, Pack, Session, Settings, Tally, TextData};

table! {
    /// Bridges, with a column of every kind.
    pub(crate) static BRIDGES = Table::named("bridges", "桥梁", "Bridges").key(&[NAME]);
    /// 桥名
    pub(crate) const NAME = Column::text("name", "桥名", "Bridge");
    /// 限载
    pub(crate) const LOAD_LIMIT = Column::number("load_limit", "限载", "Load limit");
    /// 孔数
    pub(crate) const SPANS = Column::integer("spans", "孔数", "Spans");
    /// 造价
    pub(crate) const COST = Column::decimal("cost", "造价", "Cost", 2);
    /// 通车日
    pub(crate) const OPENED = Column::date("opened", "通车日", "Opened");
    /// 末次检查
    pub(crate) const INSPECTED = Column::instant("inspected", "末次检查", "Inspected");
    /// 收费
    pub(crate) const TOLLED = Column::flag("tolled", "收费", "Tolled");
    /// 河
    pub(crate) const RIVER = Column::text("river", "河", "River");
}

/// Rivers, to look bridges up in.
pub(crate) mod rivers {
    use crate::prelude::*;

    table! {
        /// Rivers.
        pub(crate) static RIVERS = Table::named("rivers", "河流", "Rivers").key(&[NAME]);
        /// 河名
        pub(crate) const NAME = Column::text("name", "河名", "River");
        /// 长度
        pub(crate) const LENGTH_KM = Column::number("length_km", "长度", "Length");
    }
}

/// A task that keeps this many findings in detail.
pub(crate) fn task(keep: usize) -> Task {
    let as_of = NaiveDate::from_ymd_opt(2026, 7, 1).expect("a day of the calendar");
    Task { as_of, period: None, settings: Settings::default(), keep, tables: vec![BRIDGES.name] }
}

fn states(cells: &[&str]) -> Vec<u8> {
    let state = |cell: &&str| match *cell {
        "" => 1,
        "?" => 2,
        _ => 0,
    };
    cells.iter().map(state).collect()
}

fn value<'a>(cell: &&'a str) -> &'a str {
    if *cell == "?" { "" } else { cell }
}

/// A column of plain text.
pub(crate) fn plain(cells: &[&str]) -> ColumnData {
    ColumnData { cells: Cells::Text(cells.iter().map(value).collect()), states: states(cells) }
}

/// The same as a dictionary.
pub(crate) fn dictionary(cells: &[&str]) -> ColumnData {
    let mut values: Vec<&str> = Vec::new();
    let mut code = |text| {
        let known = values.iter().position(|known| *known == text);
        known.unwrap_or_else(|| {
            values.push(text);
            values.len() - 1
        })
    };
    let codes = cells.iter().map(|cell| u32::try_from(code(value(cell))).expect("few values")).collect();
    let values: TextData = values.into_iter().collect();
    ColumnData { cells: Cells::Dictionary(codes, values), states: states(cells) }
}

/// A column of counts.
pub(crate) fn integers(cells: &[&str]) -> ColumnData {
    let values = cells.iter().map(|cell| cell.parse().unwrap_or(0)).collect();
    ColumnData { cells: Cells::Integer(values), states: states(cells) }
}

/// Columns of records that run on from `first_id`.
pub(crate) fn data(first_id: u64, columns: Vec<ColumnData>) -> BatchData {
    let records = columns.first().map_or(0, |column| column.cells.len());
    BatchData { records, first_id, ids: Vec::new(), columns }
}

/// A batch of bridges with these columns, apart from any session.
pub(crate) fn batch(serial: u64, columns: Vec<(Column, ColumnData)>) -> Batch {
    let (order, columns): (Vec<u16>, Vec<_>) =
        columns.into_iter().map(|(column, data)| (column.index, data)).unzip();
    Batch::new((0, &BRIDGES), &order, data(100 * serial, columns), (Rc::new(task(10)), Rc::default()), serial)
}

/// A session of all the pack's rules; table `i` comes with the columns `orders[i]`.
pub(crate) fn session(pack: &'static Pack, orders: &[&[Column]], task: Task) -> Session {
    let rules: Vec<u16> = (0..).take(pack.rules.len()).collect();
    Session::open(pack, &rules, announced(orders), task).expect("rules and columns of the pack")
}

/// The columns of each table by their positions.
pub(crate) fn announced(orders: &[&[Column]]) -> HashMap<u16, Vec<u16>> {
    let indices = |columns: &&[Column]| columns.iter().map(|column| column.index).collect();
    (0..).zip(orders.iter().map(indices)).collect()
}

/// Findings as the host orders them, cut to `keep` for each rule, and the tallies summed.
pub(crate) fn summed(outcomes: Vec<Outcome>, keep: usize) -> (Vec<FindingData>, Vec<Tally>) {
    let mut findings = Vec::new();
    let mut tallies: Vec<Tally> = Vec::new();
    for outcome in outcomes {
        findings.extend(outcome.findings);
        outcome.tallies.into_iter().for_each(|tally| add(&mut tallies, tally));
    }
    findings.sort_by(|a, b| order(a).cmp(&order(b)));
    let kept = findings.chunk_by(|a, b| a.rule == b.rule).flat_map(|of_rule| of_rule.iter().take(keep));
    let kept = kept.cloned().collect();
    tallies.sort_by_key(|tally| tally.rule);
    (kept, tallies)
}

fn order(finding: &FindingData) -> (u16, Option<Place>, Option<&str>, u16) {
    (finding.rule, finding.at, finding.subject.as_deref(), finding.message)
}

fn add(tallies: &mut Vec<Tally>, tally: Tally) {
    let Some(sum) = tallies.iter_mut().find(|sum| sum.rule == tally.rule) else {
        tallies.push(tally);
        return;
    };
    sum.applied += tally.applied;
    sum.failed += tally.failed;
    sum.skipped += tally.skipped;
    sum.findings.iter_mut().zip(&tally.findings).for_each(|(sum, count)| *sum += count);
}

/// The words of the panic that `act` ends in.
pub(crate) fn panic_of(act: impl FnOnce()) -> String {
    let panic = catch_unwind(AssertUnwindSafe(act)).expect_err("a panic");
    panic.downcast_ref::<String>().cloned().expect("words")
}
