//! Exact decimals: money in the column's unit, percentages, and other numbers with a scale.

use super::{Converter, Doubt, Measure, Read};
use crate::intake::batch::Why;
use crate::intake::cell::{Cell, fifteen_digits};
use mingcha_values::amount::{Amount, AmountError, Unit};
use mingcha_values::decimal::{Decimal, DecimalError};

impl Converter<'_> {
    /// An exact number, as a whole number of 10^-scale.
    pub(crate) fn decimal(&self, cell: &Cell<'_>) -> Read<i64> {
        if let Some(read) = self.common(cell) {
            return read.map(|()| 0);
        }
        let scale = self.declared.scale;
        if let Measure::Money { .. } = self.measure {
            return self.money(cell, scale);
        }
        let value = match cell {
            Cell::Number { value, percent: true } if self.measure == Measure::Percent => {
                super::number::decimal(fifteen_digits(value * 100.0)).ok_or(DecimalError::TooLarge)
            }
            Cell::Number { value, .. } => super::number::decimal(*value).ok_or(DecimalError::TooLarge),
            Cell::Text(text) => Decimal::parse(&self.without_unit(text)),
            _ => Err(DecimalError::NotANumber),
        };
        match value {
            Ok(_) if self.measure == Measure::Foreign => Read::Unreadable(Why::ForeignUnit),
            Ok(value) => scaled(value, scale, None),
            Err(DecimalError::TooLarge) => Read::Unreadable(Why::TooLarge),
            Err(_) => Read::Unreadable(Why::NotANumber),
        }
    }

    /// Money in the column's unit, as a whole number of 10^-scale.
    pub(super) fn money(&self, cell: &Cell<'_>, scale: u8) -> Read<i64> {
        let Measure::Money { declared, default, header } = self.measure else {
            return Read::Unreadable(Why::NotAnAmount);
        };
        let plain = match cell {
            Cell::Number { value, .. } => super::number::decimal(*value),
            Cell::Text(text) => Decimal::parse(text).ok(),
            _ => return Read::Unreadable(Why::NotAnAmount),
        };
        if let Some(value) = plain {
            return converted(value, default, declared)
                .map_or(Read::Unreadable(Why::TooLarge), |v| scaled(v, scale, None));
        }
        let Cell::Text(text) = cell else { return Read::Unreadable(Why::TooLarge) };
        match Amount::parse(text, Some(default)) {
            Ok(amount) => {
                let conflict = header.zip(amount.unit()).filter(|(header, cell)| header != cell);
                let conflict = conflict.map(|(header, cell)| Doubt::UnitConflict(cell, header));
                let doubt = conflict.or(amount.is_finer_than_fen().then_some(Doubt::Rounded));
                match amount.to(declared, scale) {
                    Some(value) => with_doubt(value.units(), doubt),
                    None => Read::Unreadable(Why::TooLarge),
                }
            }
            Err(AmountError::Empty) => Read::Blank,
            Err(_) => Read::Unreadable(Why::NotAnAmount),
        }
    }
}

/// A number of one unit in another; every unit is a power of ten of every other.
fn converted(value: Decimal, from: Unit, to: Unit) -> Option<Decimal> {
    let (from, to) = (from.fen(), to.fen());
    if from >= to {
        return value.checked_mul(Decimal::new(from / to, 0));
    }
    let power = (to / from).ilog10() as u8;
    let value = value.normalized();
    match value.scale().checked_add(power) {
        Some(scale) if scale <= mingcha_values::decimal::MAX_SCALE => {
            Some(Decimal::new(value.units(), scale))
        }
        _ => value.checked_mul(Decimal::new(1, power)),
    }
}

/// At the column's scale, with a doubt where decimals are lost.
fn scaled(value: Decimal, scale: u8, doubt: Option<Doubt>) -> Read<i64> {
    match value.rescale(scale) {
        Some(kept) => with_doubt(kept.units(), doubt.or((kept != value).then_some(Doubt::Rounded))),
        None => Read::Unreadable(Why::TooLarge),
    }
}

fn with_doubt(units: i64, doubt: Option<Doubt>) -> Read<i64> {
    match doubt {
        Some(doubt) => Read::Doubtful(units, doubt),
        None => Read::Value(units),
    }
}
