//! Whether a value is beyond a limit.
//!
//! One value, one limit: whether the limit is a mean over a longer time than the value is another question.

use mingcha_kit::values::decimal::Decimal;
use mingcha_kit::values::pollutant::{self, canonical_unit};
use mingcha_kit::values::text::trimmed;

/// What floating point may lose of a figure with a few decimals.
const GUARD: f64 = 1e-9;

/// A limit, ready to be compared with measurements.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Limit {
    /// `50`
    AtMost(f64),
    /// `6-9`
    Between(f64, f64),
    /// `5(8)`: the first figure for water above 12 ℃, the other for colder water.
    ByTemperature(f64, f64),
    /// `不得检出`
    NotDetectable,
}

impl Limit {
    /// Reads a limit, with or without its unit. `None` where it is none.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Some(match pollutant::Limit::parse(without_unit(trimmed(text))).ok()? {
            pollutant::Limit::AtMost(most) => Self::AtMost(most.to_f64()),
            pollutant::Limit::Range { low, high } => Self::Between(low.to_f64(), high.to_f64()),
            pollutant::Limit::Two { usual, bracketed } => {
                Self::ByTemperature(usual.to_f64(), bracketed.to_f64())
            }
            pollutant::Limit::NotDetectable => Self::NotDetectable,
        })
    }

    /// From the two cells of a plan, upper and lower limit.
    #[must_use]
    pub fn of_plan(high: Option<&str>, low: Option<&str>) -> Option<Self> {
        let high = Self::parse(high?)?;
        match (high, low.and_then(Self::parse)) {
            (Self::AtMost(most), Some(Self::AtMost(least))) if 0.0 < least && least < most => {
                Some(Self::Between(least, most))
            }
            _ => Some(high),
        }
    }

    /// Whether a value is beyond it; what was not detected never is. `None` where that hangs on the temperature.
    #[must_use]
    pub fn is_exceeded(self, value: f64, not_detected: bool) -> Option<bool> {
        if not_detected {
            return Some(false);
        }
        match self {
            Self::AtMost(most) => Some(is_above(value, most)),
            Self::Between(least, most) => Some(is_above(value, most) || is_above(least, value)),
            Self::ByTemperature(warm, cold) => match (is_above(value, warm), is_above(value, cold)) {
                (_, true) => Some(true),
                (false, _) => Some(false),
                (true, false) => None,
            },
            Self::NotDetectable => Some(value > 0.0),
        }
    }

    /// The limit for water of this temperature, ℃.
    #[must_use]
    pub fn at_temperature(self, temperature: f64) -> Self {
        match self {
            Self::ByTemperature(warm, _) if temperature > 12.0 => Self::AtMost(warm),
            Self::ByTemperature(_, cold) => Self::AtMost(cold),
            other => other,
        }
    }

    /// The highest value any reading of it allows; `None` where it forbids detection.
    #[must_use]
    pub const fn laxest(self) -> Option<f64> {
        match self {
            Self::AtMost(most) | Self::Between(_, most) | Self::ByTemperature(_, most) => Some(most),
            Self::NotDetectable => None,
        }
    }

    /// The highest value every reading of it allows; zero where it forbids detection.
    #[must_use]
    pub const fn strictest(self) -> f64 {
        match self {
            Self::AtMost(most) | Self::Between(_, most) => most,
            Self::ByTemperature(warm, cold) => warm.min(cold),
            Self::NotDetectable => 0.0,
        }
    }

    /// Times over the limit to two decimals, half up; only for a plain upper limit above zero.
    #[must_use]
    pub fn multiple(self, value: f64) -> Option<f64> {
        let Self::AtMost(most) = self else { return None };
        pollutant::exceedance_multiple(exact(value)?, exact(most)?).map(Decimal::to_f64)
    }

    /// Whether the two are the same limit, or one is a figure of the other.
    #[must_use]
    pub fn agrees_with(self, other: Self) -> bool {
        match (self, other) {
            (Self::AtMost(a), Self::AtMost(b)) => are_equal(a, b),
            (Self::Between(a, b), Self::Between(c, d))
            | (Self::ByTemperature(a, b), Self::ByTemperature(c, d)) => are_equal(a, c) && are_equal(b, d),
            (Self::AtMost(one), Self::Between(a, b) | Self::ByTemperature(a, b))
            | (Self::Between(a, b) | Self::ByTemperature(a, b), Self::AtMost(one)) => {
                are_equal(one, a) || are_equal(one, b)
            }
            (Self::NotDetectable, Self::NotDetectable) => true,
            _ => false,
        }
    }
}

/// Whether `a` is greater than `b` by more than floating point can lose.
#[inline]
#[must_use]
pub fn is_above(a: f64, b: f64) -> bool {
    a - b > GUARD * b.abs().max(1.0)
}

fn are_equal(a: f64, b: f64) -> bool {
    !is_above(a, b) && !is_above(b, a)
}

/// The decimal a measurement was written as: the shortest that gives the same number.
pub(crate) fn exact(value: f64) -> Option<Decimal> {
    // A decimal of at most fifteen digits that gives this number is the only one, and most measurements are such.
    let millionths = (value * 1e6).round();
    if millionths.abs() < 1e15 && millionths / 1e6 == value {
        return Some(Decimal::new(millionths as i64, 6).normalized());
    }
    Decimal::parse(&value.to_string()).ok()
}

fn without_unit(text: &str) -> &str {
    let unit = text.char_indices().map(|(at, _)| at).find(|&at| canonical_unit(&text[at..]).is_some());
    unit.map_or(text, |at| &text[..at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_read_with_and_without_their_unit() {
        for (text, limit) in [
            ("50", Limit::AtMost(50.0)),
            ("≤0.5mg/L", Limit::AtMost(0.5)),
            ("100 mg/m3", Limit::AtMost(100.0)),
            ("65dB(A)", Limit::AtMost(65.0)),
            ("６～９", Limit::Between(6.0, 9.0)),
            ("6.0—9.0无量纲", Limit::Between(6.0, 9.0)),
            ("5（8）mg/L", Limit::ByTemperature(5.0, 8.0)),
            ("不得检出", Limit::NotDetectable),
        ] {
            assert_eq!(Limit::parse(text), Some(limit), "{text}");
        }
        assert!(["", "无", "见附件", "9-6", "mg/L"].iter().all(|text| Limit::parse(text).is_none()));
    }

    #[test]
    fn a_value_on_the_limit_is_within_it() {
        assert_eq!(Limit::AtMost(50.0).is_exceeded(50.0, false), Some(false));
        assert_eq!(Limit::AtMost(50.0).is_exceeded(50.01, false), Some(true));
        assert_eq!(Limit::AtMost(0.3).is_exceeded(0.1 + 0.2, false), Some(false));
        assert_eq!(Limit::Between(6.0, 9.0).is_exceeded(5.9, false), Some(true));
    }

    #[test]
    fn between_the_two_figures_nobody_knows() {
        let limit = Limit::ByTemperature(5.0, 8.0);
        assert_eq!(limit.is_exceeded(5.0, false), Some(false));
        assert_eq!(limit.is_exceeded(6.0, false), None);
        assert_eq!(limit.is_exceeded(8.1, false), Some(true));
    }

    #[test]
    fn the_temperature_of_the_water_chooses_the_figure() {
        let limit = Limit::ByTemperature(5.0, 8.0);
        assert_eq!(limit.at_temperature(12.1), Limit::AtMost(5.0));
        assert_eq!(limit.at_temperature(12.0), Limit::AtMost(8.0));
        assert_eq!(Limit::AtMost(50.0).at_temperature(3.0), Limit::AtMost(50.0));
    }

    #[test]
    fn what_was_not_detected_never_exceeds() {
        assert_eq!(Limit::NotDetectable.is_exceeded(0.0, true), Some(false));
        assert_eq!(Limit::AtMost(0.1).is_exceeded(0.5, true), Some(false));
        assert_eq!(Limit::NotDetectable.is_exceeded(0.01, false), Some(true));
    }

    #[test]
    fn multiples_are_rounded_half_up() {
        for (value, limit, multiple) in [
            (62.0, 50.0, 0.24),
            (50.0, 50.0, 0.0),
            (50.4, 50.0, 0.01),
            (45.5, 20.0, 1.28),
            (0.52, 0.5, 0.04),
            (104.9, 100.0, 0.05),
            (360.0, 200.0, 0.8),
        ] {
            assert_eq!(Limit::AtMost(limit).multiple(value), Some(multiple), "{value} of {limit}");
        }
        assert_eq!(Limit::Between(6.0, 9.0).multiple(10.0), None);
    }

    #[test]
    fn a_plan_gives_its_limit_in_one_cell_or_two() {
        assert_eq!(Limit::of_plan(Some("9"), Some("6")), Some(Limit::Between(6.0, 9.0)));
        assert_eq!(Limit::of_plan(Some("6-9"), None), Some(Limit::Between(6.0, 9.0)));
        assert_eq!(Limit::of_plan(Some("50"), Some("0")), Some(Limit::AtMost(50.0)));
        assert_eq!(Limit::of_plan(None, Some("5")), None);
    }

    #[test]
    fn one_figure_of_a_two_figure_limit_agrees_with_it() {
        let limit = Limit::ByTemperature(5.0, 8.0);
        assert!(limit.agrees_with(Limit::AtMost(8.0)));
        assert!(!limit.agrees_with(Limit::AtMost(10.0)));
        assert!(!Limit::AtMost(60.0).agrees_with(Limit::AtMost(50.0)));
    }
}
