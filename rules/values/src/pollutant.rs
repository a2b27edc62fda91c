//! What monitoring tables measure: names of pollutants, units, values with detection limits, emission limits.
//!
//! Multiples and corrections are exact decimals, so that a recomputed figure differs from a published one only if
//! the published one is wrong. Which limit applies to whom is data of the rules, not known here.

use crate::decimal::{Decimal, ratio};
use crate::shipped;
use crate::text::{half_width, key, trimmed};
use std::fmt;

/// Oxygen in dry air as the emission standards count it, %.
const AIR_OXYGEN: i32 = 21;

/// One thing that is measured.
#[derive(Debug, PartialEq, Eq)]
pub struct Pollutant {
    /// The Chinese name to show and compare.
    pub name: &'static str,
    /// The code of HJ 212-2017, where known.
    pub code: Option<&'static str>,
    /// Other names in use; width, case and subscripts do not matter.
    pub aliases: &'static [&'static str],
}

/// The shipped table, which says of every code whether it was seen or recalled.
pub const TABLE: &str = include_str!("../data/pollutants.csv");
const WIDTH: usize = 4;
const CELLS: [&str; shipped::count(TABLE, WIDTH)] = shipped::cells(TABLE);
const ALIASES: &[&str] =
    &shipped::alternatives::<{ shipped::count_alternatives(&CELLS, WIDTH, 2) }>(&CELLS, WIDTH, 2);

/// Every pollutant known.
pub const POLLUTANTS: [Pollutant; CELLS.len() / WIDTH] = {
    let mut pollutants = [const { Pollutant { name: "", code: None, aliases: &[] } }; CELLS.len() / WIDTH];
    let mut row = 0;
    while row < pollutants.len() {
        let (name, code) = (CELLS[row * WIDTH], CELLS[row * WIDTH + 1]);
        let code = if code.is_empty() { None } else { Some(code) };
        pollutants[row] =
            Pollutant { name, code, aliases: shipped::of_row(ALIASES, &CELLS, (WIDTH, 2), row) };
        row += 1;
    }
    pollutants
};

impl Pollutant {
    /// The pollutant a cell names: `CODcr`, `化学需氧量(COD)`, `总氮(以N计)`, `w01018`.
    #[must_use]
    pub fn find(text: &str) -> Option<&'static Self> {
        let whole = key(text);
        let known = |name: &str| POLLUTANTS.iter().find(|pollutant| pollutant.is_called(name));
        known(&whole).or_else(|| {
            let (outside, inside) = whole.split_once('(')?;
            known(outside).or_else(|| known(inside.trim_end_matches(')')))
        })
    }

    /// False for what has no exceedance multiple: pH and dissolved oxygen, where less may be worse, and blackness.
    #[must_use]
    pub fn has_multiple(&self) -> bool {
        !matches!(self.name, "pH值" | "溶解氧" | "林格曼黑度")
    }

    /// Takes a key.
    fn is_called(&self, name: &str) -> bool {
        self.code == Some(name)
            || key(self.name) == name
            || self.aliases.iter().any(|alias| key(alias) == name)
    }
}

/// Canonical units and their other spellings as keys.
const UNITS: [(&str, &[&str]); 10] = [
    ("mg/L", &["mg/l", "毫克/升", "毫克每升"]),
    ("μg/L", &["μg/l", "ug/l", "微克/升"]),
    ("mg/m³", &["mg/m3", "mg/nm3", "毫克/立方米", "毫克/标准立方米", "毫克每立方米"]),
    ("μg/m³", &["μg/m3", "ug/m3", "μg/nm3", "微克/立方米"]),
    ("dB(A)", &["db(a)", "dba", "db", "分贝"]),
    ("无量纲", &["无量纲", "无纲量"]),
    ("个/L", &["个/l", "个/升"]),
    ("倍", &["倍", "稀释倍数"]),
    ("m³", &["m3", "立方米", "方"]),
    ("m²", &["m2", "平方米"]),
];

/// The one spelling of a unit: `毫克/升` and `mg/l` are `mg/L`, `mg/Nm³` is `mg/m³`. None for an unknown unit.
#[must_use]
pub fn canonical_unit(text: &str) -> Option<&'static str> {
    let key = key(text);
    UNITS.iter().find(|(_, spellings)| spellings.contains(&key.as_str())).map(|(unit, _)| *unit)
}

/// Why a text is no measured value or limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MeasuredError {
    /// Nothing but space.
    Empty,
    /// Neither a number nor one of the ways to say that nothing was found.
    Unrecognised,
}

impl fmt::Display for MeasuredError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "empty",
            Self::Unrecognised => "not a measured value",
        })
    }
}

impl std::error::Error for MeasuredError {}

/// A measured value, in the unit of its column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measured {
    /// A number.
    Value(Decimal),
    /// Less than can be detected.
    NotDetected {
        /// The detection limit, if the cell says it.
        limit: Option<Decimal>,
    },
}

impl Measured {
    /// Reads `12.3`, `未检出`, `ND`, `<0.5`, `0.5L`.
    ///
    /// # Errors
    /// [`MeasuredError`].
    pub fn parse(text: &str) -> Result<Self, MeasuredError> {
        let text =
            half_width(trimmed(text)).replace(['＜', '﹤'], "<").replace([' ', '\u{3000}', '\u{a0}'], "");
        if text.is_empty() {
            return Err(MeasuredError::Empty);
        }
        if matches!(text.to_ascii_uppercase().as_str(), "未检出" | "ND" | "N.D." | "低于检出限" | "<DL")
        {
            return Ok(Self::NotDetected { limit: None });
        }
        let below = text.strip_prefix('<').or_else(|| text.strip_suffix(['L', 'l']));
        let number = Decimal::parse(below.unwrap_or(&text)).map_err(|_| MeasuredError::Unrecognised)?;
        match below {
            Some(_) if number.is_negative() => Err(MeasuredError::Unrecognised),
            Some(_) => Ok(Self::NotDetected { limit: Some(number) }),
            None => Ok(Self::Value(number)),
        }
    }

    /// The number; None if nothing was detected.
    #[must_use]
    pub fn value(self) -> Option<Decimal> {
        match self {
            Self::Value(value) => Some(value),
            Self::NotDetected { .. } => None,
        }
    }
}

/// `12.3`, `<0.5`, `未检出`.
impl fmt::Display for Measured {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Value(value) => value.fmt(f),
            Self::NotDetected { limit: Some(limit) } => write!(f, "<{limit}"),
            Self::NotDetected { limit: None } => f.write_str("未检出"),
        }
    }
}

/// A limit, in the unit of its column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// No more than this.
    AtMost(Decimal),
    /// Two figures, `5(8)`: the one in brackets applies in the case the standard names, such as cold water.
    Two {
        /// The figure outside the brackets.
        usual: Decimal,
        /// The figure in brackets.
        bracketed: Decimal,
    },
    /// From and to, as for pH.
    Range {
        /// The lower end.
        low: Decimal,
        /// The upper end.
        high: Decimal,
    },
    /// 不得检出.
    NotDetectable,
}

impl Limit {
    /// Reads `50`, `≤50`, `5(8)`, `6-9`, `6～9`, `10³`, `不得检出`.
    ///
    /// # Errors
    /// [`MeasuredError`]; also for a range the wrong way round.
    pub fn parse(text: &str) -> Result<Self, MeasuredError> {
        let text = half_width(trimmed(text))
            .replace('（', "(")
            .replace('）', ")")
            .replace([' ', '\u{3000}', '\u{a0}'], "");
        if text.is_empty() {
            return Err(MeasuredError::Empty);
        }
        if text == "不得检出" {
            return Ok(Self::NotDetectable);
        }
        read_limit(text.strip_prefix('≤').unwrap_or(&text)).ok_or(MeasuredError::Unrecognised)
    }
}

fn read_limit(text: &str) -> Option<Limit> {
    if let Some((usual, bracketed)) = text.split_once('(') {
        return Some(Limit::Two { usual: power(usual)?, bracketed: power(bracketed.strip_suffix(')')?)? });
    }
    if let Some(value) = power(text) {
        return Some(Limit::AtMost(value));
    }
    let (low, high) = text.split_once(['-', '–', '—', '~', '～', '至'])?;
    let (low, high) = (power(low)?, power(high)?);
    (low <= high).then_some(Limit::Range { low, high })
}

/// A number that is not negative, or a power such as `10³`.
fn power(text: &str) -> Option<Decimal> {
    if let Some(exponent) = text.strip_prefix("10").filter(|rest| rest.chars().count() == 1) {
        let exponents = ["²", "³", "⁴", "⁵", "⁶"];
        if let Some(at) = exponents.iter().position(|known| *known == exponent) {
            return Some(Decimal::new(100 * 10_i64.pow(at as u32), 0));
        }
    }
    Decimal::parse(text).ok().filter(|value| !value.is_negative())
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AtMost(value) => value.fmt(f),
            Self::Two { usual, bracketed } => write!(f, "{usual}({bracketed})"),
            Self::Range { low, high } => write!(f, "{low}-{high}"),
            Self::NotDetectable => f.write_str("不得检出"),
        }
    }
}

/// 超标倍数, (value − limit) ÷ limit to two decimals, half up; zero for a value within the limit.
///
/// Both in the same unit. None if the limit is not above zero. Not defined for pH: ask
/// [`Pollutant::has_multiple`] first.
#[must_use]
pub fn exceedance_multiple(value: Decimal, limit: Decimal) -> Option<Decimal> {
    if limit <= Decimal::ZERO {
        return None;
    }
    if value <= limit {
        return Some(Decimal::new(0, 2));
    }
    ratio(value.checked_sub(limit)?, limit, 2)
}

/// 折算浓度, measured × (21 − reference) ÷ (21 − oxygen) to so many decimals, half up.
///
/// Oxygen in percent of volume, the concentration in any unit. None unless both are from 0 to below 21.
#[must_use]
pub fn oxygen_corrected(
    measured: Decimal,
    oxygen: Decimal,
    reference: Decimal,
    scale: u8,
) -> Option<Decimal> {
    let air = Decimal::from(AIR_OXYGEN);
    let usable = |oxygen: Decimal| !oxygen.is_negative() && oxygen < air;
    if !usable(oxygen) || !usable(reference) {
        return None;
    }
    let above = measured.normalized().checked_mul(air.checked_sub(reference)?.normalized())?;
    ratio(above, air.checked_sub(oxygen)?, scale)
}

#[cfg(test)]
#[path = "pollutant_tests.rs"]
mod tests;
