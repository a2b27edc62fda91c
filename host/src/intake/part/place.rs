//! Where a record of a part stands, and what is written there: read from the file again, for people.

use super::Part;
use crate::intake::facts;
use crate::intake::layout::{Carried, Chunk, Visit};
use crate::intake::recognise::{How, TableMatch};
use crate::intake::source::{Mark, Row};
use serde::Serialize;
use std::ops::ControlFlow;

/// Where a record, or a cell of it, stands; for people.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct RecordPlace {
    /// Number of the record within its part, from 1.
    pub record: u64,
    /// Row of the sheet, from 1.
    pub row: Option<u32>,
    /// Physical line of the text, from 1; newlines within quotes count.
    pub line: Option<u64>,
    /// Bytes of the text file: of the cell where one is meant, of the record otherwise; end exclusive.
    pub bytes: Option<(u64, u64)>,
    /// The cell as the person's program names it, such as `F12`.
    pub cell: Option<String>,
    /// The header of the column, as written.
    pub header: Option<String>,
    /// The cell as written.
    pub value: Option<String>,
    /// Every declared column that was found, with its cell as written.
    pub cells: Vec<(u16, String)>,
}

impl Part {
    /// The cells that count in the carried columns of a record.
    fn carry<'c>(&self, carried: &'c mut Carried, row: Row<'_>) -> &'c Carried {
        for (slot, fill) in self.body.fill.iter().enumerate() {
            if let Some(position) = fill.position {
                carried.take(slot, row.cell(position as usize));
            }
        }
        carried
    }

    /// Where a record stands, and its cells as written.
    #[must_use]
    pub fn place(&self, record: u64, matched: &TableMatch, column: Option<u16>) -> RecordPlace {
        let mut place = RecordPlace { record, ..RecordPlace::default() };
        let Some((few, chunk)) = self.body.layout.around(record) else { return place };
        let column_match = column.and_then(|column| matched.columns.get(usize::from(column))?.as_ref());
        place.header = column_match.map(|found| found.header.clone()).filter(|header| !header.is_empty());
        // Where the record itself says all that is carried, what stands above it need not be read.
        if !self.place_within(&few, false, matched, column, &mut place) {
            self.place_within(chunk, true, matched, column, &mut place);
        }
        place.value = column
            .and_then(|column| place.cells.iter().find(|(at, _)| *at == column))
            .map(|(_, text)| text.clone());
        place
    }

    /// Finds a record in a chunk; false where it hangs on what is carried down to it, and that is not known.
    fn place_within(
        &self,
        chunk: &Chunk,
        is_whole: bool,
        matched: &TableMatch,
        column: Option<u16>,
        place: &mut RecordPlace,
    ) -> bool {
        let position = column.and_then(|column| position_of(matched, column));
        let mut carried = if is_whole { chunk.carried.clone() } else { Carried::new(self.body.fill.len()) };
        let (wanted, mut known) = (place.record, true);
        self.body.layout.each(&self.body.source, chunk, &mut |visit| {
            let (number, mark, row, statement) = match visit {
                Visit::Section(name, slot) => {
                    if is_whole {
                        carried.section(name, slot);
                    }
                    return ControlFlow::Continue(());
                }
                Visit::Record { number, mark, row, statement } => (number, mark, row, statement),
            };
            if is_whole || number == wanted {
                self.carry(&mut carried, row);
            }
            if number < wanted {
                return ControlFlow::Continue(());
            }
            known = is_whole || (0..self.body.fill.len()).all(|slot| carried.get(slot).is_some());
            if known {
                self.tell(place, (mark, row, statement), position, chunk);
                place.cells = self.cells(matched, row, statement, &carried);
            }
            ControlFlow::Break(())
        });
        known
    }

    /// Where a row stands.
    fn tell(
        &self,
        place: &mut RecordPlace,
        (mark, row, statement): (Mark, Row<'_>, Option<u32>),
        position: Option<u32>,
        chunk: &Chunk,
    ) {
        let position = if position == self.body.statement { statement.or(position) } else { position };
        let number = row.number().filter(|_| !self.body.source.is_records());
        place.row = number.and_then(|number| u32::try_from(number).ok());
        if self.body.source.has_lines() {
            place.line = Some(chunk.line + self.body.source.lines_between(chunk.start, mark));
        }
        place.bytes = self.bytes(mark, row, position);
        place.cell = position.and_then(|position| row.cell_name(position));
    }

    fn bytes(&self, mark: Mark, row: Row<'_>, position: Option<u32>) -> Option<(u64, u64)> {
        let text = match row {
            _ if !self.body.source.has_original_bytes() => return None,
            Row::Text(text) => text,
            Row::Record(row) => return Some((mark.offset, mark.offset + row.length)),
            Row::Sheet(_) => return None,
        };
        let last =
            text.width().checked_sub(1).and_then(|last| text.field_within(last)).map_or(0, |(_, end)| end);
        let range = position.map_or(Some((0, last)), |position| text.field_within(position as usize));
        range.map(|(start, end)| (mark.offset + start, mark.offset + end))
    }

    /// Cells of all columns that were found, as a person sees them.
    fn cells(
        &self,
        matched: &TableMatch,
        row: Row<'_>,
        statement: Option<u32>,
        carried: &Carried,
    ) -> Vec<(u16, String)> {
        let shown = |column: usize| {
            let found = matched.columns[column].as_ref()?;
            let carried =
                || found.slot.and_then(|slot| carried.get(slot)).map(|cell| cell.shown().into_owned());
            if let How::Fact(name) = &found.how {
                return carried().or_else(|| facts::value(&self.facts, name).map(str::to_owned));
            }
            let Some(position) = found.position else { return carried() };
            let at = statement.filter(|_| self.body.statement == Some(position)).unwrap_or(position);
            let own = row.cell(at as usize).shown().into_owned();
            if own.is_empty() { Some(carried().unwrap_or(own)) } else { Some(own) }
        };
        (0..matched.columns.len()).filter_map(|column| Some((column as u16, shown(column)?))).collect()
    }
}

fn position_of(matched: &TableMatch, column: u16) -> Option<u32> {
    matched.columns.get(usize::from(column))?.as_ref()?.position
}
