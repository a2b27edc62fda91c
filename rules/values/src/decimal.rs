//! Exact decimal numbers: a whole number of units and how many of its digits are decimals.
//!
//! The type of money, rates and measured values. Floating point is only an exit ([`Decimal::to_f64`]), never
//! inside. Two decimals are equal if their values are, whatever their scales: `12.5 == 12.50`.

use crate::text::half_width;
use std::cmp::Ordering;
use std::fmt;

/// Most decimals a number may have; more is an error, not a rounding.
pub const MAX_SCALE: u8 = 18;

/// `units × 10^-scale`.
#[derive(Debug, Clone, Copy, Default)]
pub struct Decimal {
    units: i64,
    scale: u8,
}

/// Why a text is no decimal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecimalError {
    /// Nothing but space.
    Empty,
    /// A character that does not belong to a number, or commas not in groups of three.
    NotANumber,
    /// More digits than fit.
    TooLarge,
}

impl fmt::Display for DecimalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "empty",
            Self::NotANumber => "not a number",
            Self::TooLarge => "number too large",
        })
    }
}

impl std::error::Error for DecimalError {}

impl Decimal {
    /// Zero, without decimals.
    pub const ZERO: Self = Self { units: 0, scale: 0 };

    /// `units × 10^-scale`. A scale over [`MAX_SCALE`] is taken as [`MAX_SCALE`].
    #[must_use]
    pub const fn new(units: i64, scale: u8) -> Self {
        Self { units, scale: if scale > MAX_SCALE { MAX_SCALE } else { scale } }
    }

    /// The whole number, counted in 10^-[`scale`](Self::scale).
    #[must_use]
    pub const fn units(self) -> i64 {
        self.units
    }

    /// How many decimals the number is written with.
    #[must_use]
    pub const fn scale(self) -> u8 {
        self.scale
    }

    /// Reads `-1,234.50`, in either width, with a sign and commas in groups of three.
    ///
    /// The decimals written are kept as the scale. No exponent, no unit, no percent sign.
    ///
    /// # Errors
    /// [`DecimalError`]; also for more than 18 decimals.
    pub fn parse(text: &str) -> Result<Self, DecimalError> {
        let text = half_width(crate::text::trimmed(text));
        if text.is_empty() {
            return Err(DecimalError::Empty);
        }
        let (negative, body) = match text.strip_prefix(['-', '−']) {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(&text)),
        };
        let (whole, decimals) = body.split_once('.').unwrap_or((body, ""));
        let whole = ungrouped(whole).ok_or(DecimalError::NotANumber)?;
        if (whole.is_empty() && decimals.is_empty()) || !decimals.bytes().all(|b| b.is_ascii_digit()) {
            return Err(DecimalError::NotANumber);
        }
        if decimals.len() > usize::from(MAX_SCALE) {
            return Err(DecimalError::TooLarge);
        }
        let sign = if negative { "-" } else { "" };
        let units = format!("{sign}{whole}{decimals}").parse().map_err(|_| DecimalError::TooLarge)?;
        Ok(Self { units, scale: decimals.len() as u8 })
    }

    /// The decimal a spreadsheet shows for a floating-point cell: 15 significant digits, no zeros at the end.
    ///
    /// None for what is not finite or does not fit. Numbers below 10^-18 are rounded to it.
    #[must_use]
    pub fn from_f64(value: f64) -> Option<Self> {
        let shown = format!("{value:.14e}");
        let (mantissa, exponent) = shown.split_once('e')?;
        let (mantissa, exponent) = (Self::parse(mantissa).ok()?, exponent.parse::<i32>().ok()?);
        let scale = i32::from(mantissa.scale) - exponent;
        let units = i128::from(mantissa.units);
        let exact = match u8::try_from(scale.unsigned_abs()) {
            Ok(power) if scale < 0 => Self::from_wide(units.checked_mul(ten(power)?)?, 0, 0)?,
            Ok(power) if power <= 38 => Self::from_wide(units, power, power.min(MAX_SCALE))?,
            _ if scale < 0 => return None,
            _ => Self::ZERO,
        };
        Some(exact.normalized())
    }

    /// The same value with another number of decimals, rounded half away from zero. None if it does not fit.
    #[must_use]
    pub fn rescale(self, scale: u8) -> Option<Self> {
        Self::from_wide(i128::from(self.units), self.scale, scale)
    }

    /// The same value without zeros at the end of its decimals.
    #[must_use]
    pub fn normalized(self) -> Self {
        let mut short = self;
        while short.scale > 0 && short.units % 10 == 0 {
            short = Self { units: short.units / 10, scale: short.scale - 1 };
        }
        short
    }

    /// The sum, with the larger scale of the two. None if it does not fit.
    #[must_use]
    pub fn checked_add(self, other: Self) -> Option<Self> {
        let scale = self.scale.max(other.scale);
        Self::from_wide(self.wide(scale) + other.wide(scale), scale, scale)
    }

    /// The difference, with the larger scale of the two. None if it does not fit.
    #[must_use]
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        let scale = self.scale.max(other.scale);
        Self::from_wide(self.wide(scale) - other.wide(scale), scale, scale)
    }

    /// The exact product; its scale is the sum of the scales. None if it does not fit.
    #[must_use]
    pub fn checked_mul(self, other: Self) -> Option<Self> {
        let scale = self.scale + other.scale;
        Self::from_wide(i128::from(self.units) * i128::from(other.units), scale, scale)
    }

    /// The distance from zero. None for the one number whose opposite does not fit.
    #[must_use]
    pub fn checked_abs(self) -> Option<Self> {
        Some(Self { units: self.units.checked_abs()?, ..self })
    }

    /// True below zero.
    #[must_use]
    pub const fn is_negative(self) -> bool {
        self.units < 0
    }

    /// True for zero of any scale.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.units == 0
    }

    /// The nearest floating-point number, for display and statistics only.
    #[must_use]
    pub fn to_f64(self) -> f64 {
        self.units as f64 / 10_f64.powi(self.scale.into())
    }

    /// `units × 10^-from` rounded half away from zero to `to` decimals.
    pub(crate) fn from_wide(units: i128, from: u8, to: u8) -> Option<Self> {
        if to > MAX_SCALE {
            return None;
        }
        let units = if to >= from {
            units.checked_mul(ten(to - from)?)?
        } else {
            divided_half_up(units, ten(from - to)?)?
        };
        Some(Self { units: i64::try_from(units).ok()?, scale: to })
    }

    /// The units this number would have at a scale not below its own. 2^63 × 10^18 fits.
    fn wide(self, scale: u8) -> i128 {
        i128::from(self.units) * ten(scale.saturating_sub(self.scale)).unwrap_or(1)
    }
}

/// `a / b` rounded half away from zero to `scale` decimals. None if `b` is zero or the result does not fit.
#[must_use]
pub fn ratio(a: Decimal, b: Decimal, scale: u8) -> Option<Decimal> {
    let common = a.scale.max(b.scale);
    let (above, below) = (a.wide(common), b.wide(common));
    if below == 0 || scale > MAX_SCALE {
        return None;
    }
    let shift = ten(scale)?;
    // Whole part and remainder apart, so that large numbers of large scales do not overflow.
    let whole = (above / below).checked_mul(shift)?;
    let part = divided_half_up((above % below).checked_mul(shift)?, below)?;
    Decimal::from_wide(whole.checked_add(part)?, scale, scale)
}

/// 10^power, up to 38.
fn ten(power: u8) -> Option<i128> {
    10_i128.checked_pow(power.into())
}

/// `a / b` rounded half away from zero.
fn divided_half_up(a: i128, b: i128) -> Option<i128> {
    let (quotient, rest) = (a.checked_div(b)?, a.checked_rem(b)?);
    let up = rest.unsigned_abs() >= b.unsigned_abs() - rest.unsigned_abs();
    let away = if (a < 0) == (b < 0) { 1 } else { -1 };
    Some(if up && rest != 0 { quotient + away } else { quotient })
}

/// Digits without their commas; None if a comma stands where no group of three follows.
fn ungrouped(whole: &str) -> Option<String> {
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let digits = |group: &str| group.bytes().all(|b| b.is_ascii_digit());
    let rest: Vec<&str> = groups.collect();
    let first_fits = rest.is_empty() || (1..=3).contains(&first.len());
    let rest_fits = rest.iter().all(|group| group.len() == 3 && digits(group));
    (digits(first) && first_fits && rest_fits).then(|| first.to_owned() + &rest.concat())
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Decimal {}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        let scale = self.scale.max(other.scale);
        self.wide(scale).cmp(&other.wide(scale))
    }
}

impl From<i32> for Decimal {
    fn from(whole: i32) -> Self {
        Self::new(whole.into(), 0)
    }
}

/// All decimals of the scale, no commas: `-0.05`, `12.50`.
impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scale = usize::from(self.scale);
        let digits = format!("{:0width$}", self.units.unsigned_abs(), width = scale + 1);
        let (whole, decimals) = digits.split_at(digits.len() - scale);
        let point = if scale == 0 { "" } else { "." };
        // Not f.pad: a precision would cut the digits off instead of rounding them.
        f.pad_integral(self.units >= 0, "", &format!("{whole}{point}{decimals}"))
    }
}

#[cfg(test)]
#[path = "decimal_tests.rs"]
mod tests;
