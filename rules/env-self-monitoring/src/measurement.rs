//! What a record of results says, where several columns say it together: how, when and how much was measured.

use std::rc::Rc;

use mingcha_kit::PerValue;
use mingcha_kit::prelude::*;
use mingcha_kit::values::date;

use crate::limit::Limit;
use crate::tables::codes::{AUTOMATIC, MANUAL};
use crate::tables::emitter_result::{
    LIMIT_VALUE, METHOD, PERIOD_END, PERIOD_START, QUALIFIER, SAMPLED_ON, VALUE, VALUE_CORRECTED, WATER_TEMP,
};

/// The value to be compared with a limit.
#[derive(Clone, Copy, Debug)]
pub struct Measurement {
    /// It, in the unit of the record.
    pub value: f64,
    /// Less than can be detected.
    pub not_detected: bool,
    /// Corrected to the reference oxygen.
    pub corrected: bool,
}

impl Measurement {
    /// Where it stands.
    #[must_use]
    pub const fn column(self) -> Column {
        if self.corrected { VALUE_CORRECTED } else { VALUE }
    }
}

/// The value corrected to the reference oxygen where one is given, else the value as measured.
///
/// Reads VALUE, and as optional columns VALUE_CORRECTED and QUALIFIER.
#[inline]
pub fn measured(result: &Row) -> Option<Measurement> {
    let correction = result.number(VALUE_CORRECTED);
    let value = correction.or_else(|| result.number(VALUE))?;
    let not_detected = value == 0.0 || is_marked(result);
    Some(Measurement { value, not_detected, corrected: correction.is_some() })
}

/// Marked as not detected beside the value, which is then the detection limit.
#[inline]
pub fn is_marked(result: &Row) -> bool {
    result.text(QUALIFIER) == Some("ND")
}

/// The limit of the record; of two figures the one for its water's temperature, where that is given.
///
/// Reads LIMIT_VALUE, and as optional column WATER_TEMP.
#[inline]
pub fn limit_of(result: &Row) -> Option<Limit> {
    match result.by_value(LIMIT_VALUE, Limit::parse)?? {
        two @ Limit::ByTemperature(..) => {
            Some(result.number(WATER_TEMP).map_or(two, |temperature| two.at_temperature(temperature)))
        }
        limit => Some(limit),
    }
}

/// Whether the value is beyond the limit; `None` where one is missing, or where the temperature decides and is not given.
///
/// Reads what [`measured`] and [`limit_of`] read.
#[inline]
pub fn is_beyond(result: &Row) -> Option<bool> {
    let measured = measured(result)?;
    limit_of(result)?.is_exceeded(measured.value, measured.not_detected)
}

/// What [`is_beyond`] says of the records of a batch.
#[derive(Debug)]
pub struct Beyond {
    /// Of each.
    pub verdicts: Vec<Option<bool>>,
    /// Those of which it is true, by their index.
    pub records: Vec<u32>,
    /// Of how many it is false.
    pub within: u64,
}

/// What [`is_beyond`] says of each record of a batch, worked out once for all rules that ask.
#[must_use]
pub fn beyond(results: &Batch) -> Rc<Beyond> {
    results.once(|results| {
        let verdicts = verdicts(results);
        let all = || (0..).zip(&verdicts);
        let records =
            all().filter(|(_, verdict)| **verdict == Some(true)).map(|(record, _)| record).collect();
        let within = all().filter(|(_, verdict)| **verdict == Some(false)).count() as u64;
        Beyond { verdicts, records, within }
    })
}

fn verdicts(results: &Batch) -> Vec<Option<bool>> {
    let limits = results.per_value(LIMIT_VALUE, Limit::parse);
    let (corrected, values) = (results.numbers(VALUE_CORRECTED), results.numbers(VALUE));
    let (marked, warmth) = (marked(results), results.numbers(WATER_TEMP));
    if corrected.are_missing() && warmth.are_missing() && marked.none(|is_marked| is_marked) {
        let is_beyond = |index| {
            let value = values.at(index)?;
            limits.at(index)??.is_exceeded(value, value == 0.0)
        };
        return (0..results.len()).map(is_beyond).collect();
    }
    let is_beyond = |index| {
        let value = corrected.at(index).or_else(|| values.at(index))?;
        let limit = limits.at(index)??;
        let limit = warmth.at(index).map_or(limit, |temperature| limit.at_temperature(temperature));
        limit.is_exceeded(value, value == 0.0 || marked.at(index) == Some(true))
    };
    (0..results.len()).map(is_beyond).collect()
}

/// Of which records [`is_marked`] is true.
#[must_use]
pub fn marked(results: &Batch) -> PerValue<'_, bool> {
    results.per_value(QUALIFIER, |mark| mark == "ND")
}

/// A rule that has something to say only of what is beyond its limit.
#[must_use]
pub fn only_beyond(results: &Batch) -> Screen {
    Screen::sifted(0, beyond(results).records.clone())
}

/// Measured by instruments, all day: said so, or reported for a time with a beginning and an end.
///
/// Reads as optional columns METHOD, PERIOD_END, SAMPLED_ON.
#[inline]
pub fn is_automatic(result: &Row) -> bool {
    match result.text(METHOD) {
        Some(method) => method == AUTOMATIC,
        None => result.is_filled(PERIOD_END) && result.is_blank(SAMPLED_ON),
    }
}

/// What [`is_automatic`] says of each record of a batch, worked out once for all rules that ask.
#[must_use]
pub fn automatic(results: &Batch) -> Rc<Vec<bool>> {
    results.once(|results| {
        let methods = results.per_value(METHOD, |method| method == AUTOMATIC);
        let (ends, sampled) = (results.column(PERIOD_END), results.column(SAMPLED_ON));
        let reported = |index| ends.state(index) != State::Blank && sampled.state(index) == State::Blank;
        (0..results.len()).map(|index| methods.at(index).unwrap_or_else(|| reported(index))).collect()
    })
}

/// A sample tested in a laboratory: said so, or reported with the day of sampling.
///
/// Reads as optional columns METHOD, PERIOD_END, SAMPLED_ON.
#[inline]
pub fn is_manual(result: &Row) -> bool {
    match result.text(METHOD) {
        Some(method) => method == MANUAL,
        None => result.is_filled(SAMPLED_ON) && result.is_blank(PERIOD_END),
    }
}

/// A rule that has something to say only of what [`is_manual`].
#[must_use]
pub fn only_manual(results: &Batch) -> Screen {
    let methods = results.per_value(METHOD, |method| method == MANUAL);
    if methods.none(|is_manual| is_manual) && results.days(SAMPLED_ON).are_missing() {
        return Screen::All(Glance::Aside);
    }
    let (ends, sampled) = (results.column(PERIOD_END), results.column(SAMPLED_ON));
    let reported = |index| ends.state(index) == State::Blank && sampled.state(index) != State::Blank;
    Screen::only(results, |index| methods.at(index).unwrap_or_else(|| reported(index)))
}

/// The day it was measured, since 1970-01-01: of the sample, else on which the period began or ended.
///
/// A number, because a calendar date would have to be worked out for each record. Reads as optional columns
/// SAMPLED_ON, PERIOD_START, PERIOD_END.
#[inline]
pub fn day_number(result: &Row) -> Option<i32> {
    let period = result.seconds(PERIOD_START).or_else(|| result.seconds(PERIOD_END));
    match period {
        Some(second) if result.is_blank(SAMPLED_ON) => i32::try_from(second.div_euclid(86_400)).ok(),
        _ => result.date(SAMPLED_ON).map(date::days_since_epoch),
    }
}

/// What [`day_number`] says of each record of a batch, worked out once for all rules that ask.
#[must_use]
pub fn day_numbers(results: &Batch) -> Rc<Vec<Option<i32>>> {
    results.once(|results| {
        let (starts, ends) = (results.seconds(PERIOD_START), results.seconds(PERIOD_END));
        let sampled = results.column(SAMPLED_ON);
        let day = |index| match starts.at(index).or_else(|| ends.at(index)) {
            Some(second) if sampled.state(index) == State::Blank => {
                i32::try_from(second.div_euclid(86_400)).ok()
            }
            _ => day_number(&results.row(index)),
        };
        (0..results.len()).map(day).collect()
    })
}
