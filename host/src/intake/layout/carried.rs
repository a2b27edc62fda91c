//! What a cell that is written once for several records says of those below it.

use crate::intake::cell::Cell;

/// Cells carried down columns that are written once for several records.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Carried {
    cells: Vec<Option<Cell<'static>>>,
}

impl Carried {
    /// For so many columns.
    pub(crate) fn new(columns: usize) -> Self {
        Self { cells: vec![None; columns] }
    }

    /// Takes the cell of a column of the next record.
    pub(crate) fn take(&mut self, slot: usize, cell: Cell<'_>) {
        if let Some(carried) = self.cells.get_mut(slot)
            && !cell.is_nothing()
            && carried.as_ref() != Some(&cell)
        {
            *carried = Some(cell.into_owned());
        }
    }

    /// What counts in a column of the record last taken.
    pub(crate) fn get(&self, slot: usize) -> Option<&Cell<'static>> {
        self.cells.get(slot)?.as_ref()
    }

    /// A section begins: nothing is carried into it but its own name, in one column.
    pub(crate) fn section(&mut self, name: &str, slot: usize) {
        self.cells.fill(None);
        if let Some(cell) = self.cells.get_mut(slot) {
            *cell = Some(Cell::Text(name.to_owned().into()));
        }
    }
}
