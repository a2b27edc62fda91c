//! Declared times without monitoring, and what they cover.
//!
//! Memory: one entry per record of the table.

use std::collections::HashMap;

use mingcha_kit::prelude::*;
use mingcha_kit::values::text::key;

use crate::points::PointKey;
use crate::pollutants::canonical;
use crate::tables::emitter_exception::{EMITTER_EXCEPTION, FROM, POINT_CODE, POLLUTANT, TO, USCC};

/// What a rule declares to use [`Exceptions`], whether or not the table was handed in.
pub const READING: Reading = Reading::of(&EMITTER_EXCEPTION, &[USCC, FROM])
    .and_optional(&[POINT_CODE, POLLUTANT, TO])
    .presence(Presence::Optional);

/// A declared time without monitoring.
#[derive(Clone, Debug)]
pub struct Exception {
    /// The record.
    pub place: Place,
    point: Option<String>,
    pollutant: Option<String>,
    /// Its first day.
    pub from: NaiveDate,
    /// Its last day; `None` while it goes on.
    pub to: Option<NaiveDate>,
}

impl Exception {
    /// Whether it speaks of this point and pollutant; one that names none speaks of all.
    fn speaks_of(&self, point: &PointKey) -> bool {
        self.point.as_ref().is_none_or(|own| *own == point.point)
            && self.pollutant.as_ref().is_none_or(|own| *own == point.pollutant)
    }

    /// Whether the day lies in it.
    #[must_use]
    pub fn covers(&self, day: NaiveDate) -> bool {
        self.from <= day && self.to.is_none_or(|to| day <= to)
    }

    /// Whether a day between these two lies in it.
    #[must_use]
    pub fn touches(&self, first: NaiveDate, last: NaiveDate) -> bool {
        self.from <= last && self.to.is_none_or(|to| first <= to)
    }
}

/// All of them, by emitter.
#[derive(Debug, Default)]
pub struct Exceptions(HashMap<String, Vec<Exception>>);

impl Exceptions {
    /// Takes a batch; batches of other tables are passed over.
    pub fn add(&mut self, batch: &Batch) {
        if !batch.is_of(&EMITTER_EXCEPTION) {
            return;
        }
        for row in batch.rows() {
            let (Some(emitter), Some(from)) = (row.text(USCC), row.date(FROM)) else { continue };
            self.0.entry(key(emitter)).or_default().push(Exception {
                place: row.place(),
                point: row.text(POINT_CODE).map(key),
                pollutant: row.text(POLLUTANT).map(|pollutant| key(canonical(pollutant))),
                from,
                to: row.date(TO),
            });
        }
    }

    /// Those that speak of this point and pollutant.
    pub fn of<'a>(&'a self, point: &'a PointKey) -> impl Iterator<Item = &'a Exception> {
        self.0.get(&point.emitter).into_iter().flatten().filter(|exception| exception.speaks_of(point))
    }
}
