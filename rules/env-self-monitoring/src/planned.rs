//! What the plan says of the point and pollutant of a result, found by the point's code or name.
//!
//! Memory: one entry per planned line, and per point and pollutant with results.

use std::collections::HashMap;

use mingcha_kit::prelude::*;

use crate::points::PointKey;
use crate::tables::emitter_plan::{self, EMITTER_PLAN, POINT_NAME};
use crate::tables::emitter_result::{POINT_CODE, POLLUTANT, USCC};

/// What the lines of the plans say, as far as a rule wants to know.
pub struct Planned<T> {
    read: fn(&Row) -> Option<T>,
    lines: HashMap<PointKey, Vec<T>>,
    points: Groups<Vec<T>>,
}

impl<T: Clone> Planned<T> {
    /// Reads of each line what `read` makes of it. The rule declares of the plan USCC and POLLUTANT, as optional
    /// columns POINT_CODE and POINT_NAME, and what `read` reads; of the results USCC, POINT_CODE and POLLUTANT.
    #[must_use]
    pub fn by(read: fn(&Row) -> Option<T>) -> Self {
        Self { read, lines: HashMap::new(), points: Groups::by(&[USCC, POINT_CODE, POLLUTANT]) }
    }

    /// Takes a batch; batches of other tables are passed over.
    pub fn add(&mut self, batch: &Batch) {
        if !batch.is_of(&EMITTER_PLAN) {
            return;
        }
        for line in batch.rows() {
            if let Some(said) = (self.read)(&line) {
                for key in keys(&line) {
                    self.lines.entry(key).or_default().push(said.clone());
                }
            }
        }
    }

    /// Visits the points and pollutants of a batch of results, each with what is said of it and with its records.
    pub fn each(&mut self, results: &Batch, mut visit: impl FnMut(&[T], &[u32])) {
        let lines = &self.lines;
        let said = |result: &Row| said_of(lines, result);
        self.points.each(results, said, |said, records| visit(said, records));
    }

    /// What is said of the result's point and pollutant, in the order of the plan; nothing where the plan has neither.
    /// `None` where the result does not say whose it is, where or of what.
    pub fn of(&mut self, result: &Row) -> Option<&[T]> {
        let lines = &self.lines;
        let said = self.points.of(result, || said_of(lines, result))?;
        Some(said)
    }
}

fn said_of<T: Clone>(lines: &HashMap<PointKey, Vec<T>>, result: &Row) -> Vec<T> {
    let cell = |column| result.text(column).unwrap_or_default();
    let key = PointKey::new(cell(USCC), cell(POINT_CODE), cell(POLLUTANT));
    lines.get(&key).cloned().unwrap_or_default()
}

/// The names a line of a plan can be found by: code and name of its point, with each pollutant of the cell.
#[must_use]
pub fn keys(line: &Row) -> Vec<PointKey> {
    let cell = line.text(emitter_plan::POLLUTANT).unwrap_or_default();
    pollutants(cell).flat_map(|pollutant| keys_of(line, pollutant)).collect()
}

/// The names by which one of its pollutants can be found.
#[must_use]
pub fn keys_of(line: &Row, pollutant: &str) -> Vec<PointKey> {
    let Some(emitter) = line.text(emitter_plan::USCC) else { return Vec::new() };
    let points = [line.text(emitter_plan::POINT_CODE), line.text(POINT_NAME)];
    let mut keys: Vec<_> =
        points.into_iter().flatten().map(|point| PointKey::new(emitter, point, pollutant)).collect();
    keys.dedup();
    keys
}

/// The pollutants a cell names: plans put several into one, `化学需氧量、氨氮`.
pub fn pollutants(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(['、', ',', '，', ';', '；']).map(str::trim).filter(|one| !one.is_empty())
}
