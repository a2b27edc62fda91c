//! From one record to the next, along the bytes.

use super::stretch::{Counted, JsonValue, Line, Piece, Stretch};
use super::{Records, Shape};

/// Goes along records.
pub(super) struct Walk<'b> {
    stretch: Stretch<'b>,
    shape: Shape,
    at: u64,
    /// A record stands above, so that a comma must come.
    follows: bool,
    stopped: bool,
}

/// What stands at an offset.
pub(super) struct Found<'s> {
    pub(super) at: u64,
    pub(super) piece: Result<&'s [u8], Broke>,
}

/// Why there is no record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Broke {
    /// The file ends within it.
    Cut,
    /// It is longer than a record may be.
    TooLong,
    /// What stands there is neither a comma nor an end; nothing after it is read.
    Syntax,
}

impl<'b> Walk<'b> {
    /// From a record on, up to an offset.
    pub(super) fn new(records: &'b Records, from: u64, end: u64) -> Self {
        let stretch = Stretch::new(&records.blob, end, records.manner.window);
        // A record that is sought from its own first byte has its comma behind it.
        Self { stretch, shape: records.shape, at: from, follows: false, stopped: false }
    }

    /// The next record, or what is there instead of it.
    pub(super) fn next(&mut self) -> Option<Found<'_>> {
        let at = match self.shape {
            Shape::Rows => self.at,
            Shape::Lines => self.stretch.after_space(self.at),
            Shape::Objects | Shape::Arrays => match self.element()? {
                Ok(at) => at,
                Err(at) => {
                    self.stopped = true;
                    return Some(Found { at, piece: Err(Broke::Syntax) });
                }
            },
        };
        if at >= self.stretch.end() {
            return None;
        }
        let Piece { bytes, end, ended, too_long } = match self.shape {
            Shape::Rows => self.stretch.record(at, &mut Counted::default()),
            Shape::Lines => self.stretch.record(at, &mut Line),
            Shape::Objects | Shape::Arrays => self.stretch.record(at, &mut JsonValue::default()),
        };
        (self.at, self.follows) = (end, true);
        let piece = match (too_long, ended) {
            (true, _) => Err(Broke::TooLong),
            (false, false) => Err(Broke::Cut),
            (false, true) => Ok(if self.shape == Shape::Rows { bytes } else { bytes.trim_ascii_end() }),
        };
        Some(Found { at, piece })
    }

    /// Where the next element begins; an error where something else stands. None at the end.
    fn element(&mut self) -> Option<Result<u64, u64>> {
        let mut at = self.stretch.after_space(self.at);
        if self.stopped || at >= self.stretch.end() {
            return None;
        }
        let before = at;
        if self.follows {
            if self.stretch.byte(at) != Some(b',') {
                return Some(Err(at));
            }
            at = self.stretch.after_space(at + 1);
        }
        match self.stretch.byte(at) {
            // After a comma a record was promised; where only those up to here are asked for, nobody minds.
            None => Some(Err(before)),
            Some(b',' | b':' | b']' | b'}') => Some(Err(at)),
            Some(_) => Some(Ok(at)),
        }
    }
}
