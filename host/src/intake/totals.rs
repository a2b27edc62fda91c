//! Stated totals against their columns: the sum of all records above, of a section, or of the records below.
//!
//! Only amounts of money and counts are added up, and only where every record could be read.

use super::batch::{Batch, Cells};
use super::column::Builder;
use super::compose::Reader;
use super::finding::IntakeFinding;
use super::layout::{Layout, Total};
use super::part::Part;
use super::recognise::ColumnMatch;
use super::{Intake, rules};
use crate::manifest::{Column, Kind, Table};

/// Compares every row of totals with the records of its part, which is about to be the next.
pub(super) fn check(part: &Part, reader: &Reader<'_>, intake: &mut Intake) {
    let layout = part.layout();
    let Some(matched) = part.matches.first().filter(|_| !layout.totals.is_empty() && layout.unchecked() == 0)
    else {
        return;
    };
    let of_match =
        reader.offers.iter().find(|offer| offer.pack == matched.pack && offer.table == matched.table);
    let Some(declared) = of_match.map(|offer| offer.declared) else { return };
    for (index, (column, found)) in declared.columns.iter().zip(&matched.columns).enumerate() {
        let Some(found) = found.as_ref().filter(|_| matches!(column.kind, Kind::Decimal | Kind::Integer))
        else {
            continue;
        };
        let Some(sums) = Sums::of(part, declared, index as u16) else { continue };
        for total in layout.totals.iter().filter(|total| !total.label.contains("累计")) {
            intake.findings.extend(differs(total, column, found, &sums, layout).map(|told| IntakeFinding {
                part: Some(intake.parts.len()),
                column: Some(index as u16),
                line: part.is_text().then_some(total.row),
                cell: part.cell_of(total.row, found.position),
                input: part.input,
                ..told
            }));
        }
    }
}

/// Sums of the first so many records, at each break.
struct Sums {
    at: Vec<(u64, i128)>,
    all: i128,
}

impl Sums {
    /// None if a record could not be read, or there is none.
    fn of(part: &Part, declared: &Table, column: u16) -> Option<Self> {
        let breaks = &part.layout().breaks;
        let mut sums = Self { at: vec![(0, 0)], all: 0 };
        let (mut next, mut record) = (breaks.iter().peekable(), 0);
        for chunk in 0..part.chunks() {
            let batch: Batch = part.read(chunk, &part.matches[0], declared, &[column]);
            let data = batch.columns.first()?;
            let (Cells::Decimal(values) | Cells::Integer(values)) = &data.cells else { return None };
            if data.states.contains(&2) {
                return None;
            }
            for value in values {
                while next.next_if(|at| **at <= record).is_some() {
                    sums.at.push((record, sums.all));
                }
                sums.all += i128::from(*value);
                record += 1;
            }
        }
        sums.at.extend(next.map(|_| (record, sums.all)));
        (record > 0).then_some(sums)
    }

    fn until(&self, records: u64) -> i128 {
        self.at.iter().rev().find(|(at, _)| *at <= records).map_or(0, |(_, sum)| *sum)
    }

    /// What a total may stand for: stretches between breaks that end above it or begin below it.
    fn candidates(&self, above: u64) -> impl Iterator<Item = i128> + '_ {
        let here = self.until(above);
        let before = self.at.iter().filter(move |(at, _)| *at < above).map(move |(_, sum)| here - sum);
        let after = self.at.iter().filter(move |(at, _)| *at > above).map(move |(_, sum)| sum - here);
        before.chain(after).chain([self.all - here])
    }
}

fn differs(
    total: &Total,
    column: &Column,
    found: &ColumnMatch,
    sums: &Sums,
    layout: &Layout,
) -> Option<IntakeFinding> {
    let (_, cell) = total.cells.iter().find(|(at, _)| Some(*at) == found.position)?;
    let mut builder = Builder::new(column, Some(found), true);
    builder.push(cell).ok()?;
    let data = builder.finish(1);
    let (Cells::Decimal(values) | Cells::Integer(values)) = &data.cells else { return None };
    let stated = i128::from(*values.first().filter(|_| data.states.is_empty())?);
    let shown = cell.shown();
    let tolerance = tolerance(&shown, stated, layout.records);
    if sums.candidates(total.above).any(|sum| (sum - stated).abs() <= tolerance) {
        return None;
    }
    let section = sums.at.iter().rev().find(|(at, _)| *at < total.above && total.label.contains("小计"));
    let sum = match total.above {
        0 => sums.all,
        above => sums.until(above) - section.map_or(0, |(_, sum)| *sum),
    };
    let finding = IntakeFinding::of_input(rules::TOTAL_DIFFERS, 0, 0)
        .with("label", &total.label)
        .with("header", &found.header)
        .with("stated", &shown)
        .with("sum", in_unit(sum, column));
    Some(finding)
}

/// By how much a stated total may differ, in the column's own units: rounded tables differ in their last digit by up to
/// half of it per record; whole numbers do not.
fn tolerance(shown: &str, stated: i128, records: u64) -> i128 {
    let digits: String = shown.chars().filter(|c| c.is_ascii_digit() || matches!(c, '.' | '-')).collect();
    let decimals = digits.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let (Ok(written), true) = (digits.parse::<f64>(), decimals > 0) else { return 0 };
    if written == 0.0 {
        return 0;
    }
    let last = (stated as f64 / written).abs() * 10_f64.powi(-(decimals as i32));
    (last * 0.5 * (records + 1) as f64).ceil() as i128
}

fn in_unit(sum: i128, column: &Column) -> String {
    let scale = usize::from(column.scale);
    let digits = format!("{:0>width$}", sum.unsigned_abs(), width = scale + 1);
    let (whole, decimals) = digits.split_at(digits.len() - scale);
    let sign = if sum < 0 { "-" } else { "" };
    let number = if scale == 0 { whole.to_owned() } else { format!("{whole}.{decimals}") };
    let number = if scale == 0 { &number } else { number.trim_end_matches('0').trim_end_matches('.') };
    format!("{sign}{number}{}", column.unit.as_deref().unwrap_or_default())
}
