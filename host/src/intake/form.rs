//! Forms that are filled in one item per line, its name on the left and its value on the right: no table, and said so.

use super::header::Lookup;
use super::offer::Offer;
use super::problem::ProblemKind;
use super::recognise::Head;
use std::collections::HashMap;

/// A sheet on which names of columns stand one below the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Form {
    /// Index of the offer whose columns they are.
    offer: usize,
    /// How many different columns.
    pub(super) labels: usize,
}

/// Fewer names one below the other say nothing.
const LABELS: usize = 4;

impl Form {
    /// Looks for names of columns that have a value, and no other name, on their right, on lines of their own.
    pub(super) fn of(head: &Head, lookup: &Lookup) -> Option<Self> {
        let mut found: HashMap<usize, Vec<(u16, u64)>> = HashMap::new();
        for row in &head.rows {
            let filled: Vec<&str> =
                row.cells.iter().map(String::as_str).filter(|cell| !cell.is_empty()).collect();
            for pair in filled.windows(2).filter(|_| filled.len() <= CELLS_AT_MOST) {
                let name = pair[0].trim_end_matches([':', '：', ' ', '\u{3000}']);
                let value = lookup.find(pair[1]);
                for entry in lookup.find(name) {
                    let columns = found.entry(entry.offer).or_default();
                    let is_name = value.iter().any(|other| other.offer == entry.offer);
                    if !is_name && columns.iter().all(|(column, _)| *column != entry.column) {
                        columns.push((entry.column, row.number));
                    }
                }
            }
        }
        let lines = |columns: &[(u16, u64)]| {
            let mut lines: Vec<u64> = columns.iter().map(|(_, line)| *line).collect();
            lines.dedup();
            lines.len()
        };
        let likely =
            found.into_iter().filter(|(_, columns)| columns.len() >= LABELS && lines(columns) >= LABELS);
        let best = likely.max_by_key(|(offer, columns)| (columns.len(), std::cmp::Reverse(*offer)))?;
        Some(Self { offer: best.0, labels: best.1.len() })
    }

    /// What is to be said of it.
    pub(super) fn problem(self, offers: &[Offer<'_>]) -> ProblemKind {
        ProblemKind::Form(offers[self.offer].declared.label.clone(), self.labels as u64)
    }
}

/// Lines of a form hold few names and values.
const CELLS_AT_MOST: usize = 8;
