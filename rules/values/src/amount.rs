//! Amounts of money as tables write them: `12,000万元`, `约3.5亿`, `壹仟贰佰万元整`, `(5.2)`.
//!
//! An amount is a whole number of 分, so that sums agree to the last digit. A cell without a unit counts in the
//! unit of its column; without that too, it is no amount. Prices below one 分 belong to [`crate::standard`].

use crate::decimal::Decimal;
use crate::numeral::figure;
use crate::text::{half_width, trimmed};
use std::fmt;

pub use crate::unit::{Unit, unit_in_header};

/// A sum of money in 分, and how it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Amount {
    fen: i128,
    unit: Option<Unit>,
    approximate: bool,
    finer_than_fen: bool,
}

/// Why a text is no amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AmountError {
    /// Nothing but space.
    Empty,
    /// A number, but neither the cell nor the column says its unit.
    NoUnit,
    /// Not one number with at most one unit of money.
    NotAnAmount,
}

impl fmt::Display for AmountError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "empty",
            Self::NoUnit => "an amount without a unit",
            Self::NotAnAmount => "not an amount of money",
        })
    }
}

impl std::error::Error for AmountError {}

impl Amount {
    /// A whole number of 分, as computed.
    #[must_use]
    pub const fn from_fen(fen: i128) -> Self {
        Self { fen, unit: None, approximate: false, finer_than_fen: false }
    }

    /// Reads a cell; `default_unit` is what the column header says and counts only if the cell has no unit.
    ///
    /// Takes commas, both widths, words (`壹仟贰佰万元整`), mixtures (`1亿2千万元`, `3元5角`), 约 and 左右, and
    /// a negative by sign or by brackets.
    ///
    /// # Errors
    /// [`AmountError`]; a range is not an amount.
    pub fn parse(text: &str, default_unit: Option<Unit>) -> Result<Self, AmountError> {
        let text =
            half_width(trimmed(text)).replace(['圆', '块'], "元").replace([' ', '\u{3000}', '\u{a0}'], "");
        if text.is_empty() {
            return Err(AmountError::Empty);
        }
        let (text, approximate) = without_hedges(&text);
        let (text, negative) = without_sign(&text);
        let Counted { value, unit, written } = counted(&text, default_unit)?;
        if value.is_negative() || text.starts_with(['+', '-']) && negative {
            return Err(AmountError::NotAnAmount); // a second sign
        }
        let (units, one) =
            (i128::from(value.units()) * i128::from(unit.fen()), 10_i128.pow(value.scale().into()));
        let whole = units / one + i128::from(units % one * 2 >= one);
        let fen = if negative { -whole } else { whole };
        Ok(Self { fen, unit: written, approximate, finer_than_fen: units % one != 0 })
    }

    /// The amount in 分.
    #[must_use]
    pub const fn fen(self) -> i128 {
        self.fen
    }

    /// The unit written in the cell itself; None if it came from the column.
    #[must_use]
    pub const fn unit(self) -> Option<Unit> {
        self.unit
    }

    /// True if the cell says 约, 近 or 左右.
    #[must_use]
    pub const fn is_approximate(self) -> bool {
        self.approximate
    }

    /// True if the literal had decimals below one 分 (more than 2 in 元, more than 6 in 万元), rounded half up.
    #[must_use]
    pub const fn is_finer_than_fen(self) -> bool {
        self.finer_than_fen
    }

    /// The amount in a unit with so many decimals, rounded half away from zero. None if it does not fit.
    #[must_use]
    pub fn to(self, unit: Unit, scale: u8) -> Option<Decimal> {
        Decimal::from_wide(self.fen, unit.power(), scale)
    }
}

/// Always in 元 with two decimals: `-52000.00元`.
impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (sign, fen) = (if self.fen < 0 { "-" } else { "" }, self.fen.unsigned_abs());
        write!(f, "{sign}{}.{:02}元", fen / 100, fen % 100)
    }
}

/// The power of ten by which two values of the same thing differ, if it smells of a wrong unit.
///
/// 3, 4, 6 or 8 (or the negative) if a ÷ b is within 1.16 % of that power: |log10(a ÷ b) − k| < 0.005. The values
/// must be in one unit. None for zero and for values of different signs.
#[must_use]
pub fn unit_slip(a: Decimal, b: Decimal) -> Option<i32> {
    if a.is_negative() != b.is_negative() || a.is_zero() || b.is_zero() {
        return None;
    }
    let larger = [3, 4, 6, 8].into_iter().find(|&k| is_power_apart(a, b, k));
    larger.or_else(|| [3, 4, 6, 8].into_iter().find(|&k| is_power_apart(b, a, k)).map(|k| -k))
}

/// True if `large / small` is within 10^±0.005 of 10^k.
fn is_power_apart(large: Decimal, small: Decimal, k: i32) -> bool {
    let (large, small) = (large.normalized(), small.normalized());
    let shift = i32::from(small.scale()) - i32::from(large.scale()) - k;
    let above =
        i128::from(large.units()).unsigned_abs().checked_mul(10_u128.pow(shift.max(0).unsigned_abs()));
    let below =
        i128::from(small.units()).unsigned_abs().checked_mul(10_u128.pow((-shift).max(0).unsigned_abs()));
    let scaled = |value: Option<u128>, factor| value.and_then(|v| v.checked_mul(factor));
    match (scaled(above, 1_000_000), scaled(below, 988_553), scaled(below, 1_011_580)) {
        (Some(value), Some(low), Some(high)) => low < value && value < high,
        _ => false,
    }
}

/// Takes away what does not change the number, and says whether one of the words was 约 or its like.
fn without_hedges(text: &str) -> (String, bool) {
    const LEADS: [&str; 7] = ["大约", "约", "近", "≈", "人民币", "¥", "￥"];
    let (mut rest, mut approximate, mut sign) = (text, false, false);
    while let Some((lead, tail)) = LEADS.iter().find_map(|lead| Some((*lead, rest.strip_prefix(*lead)?))) {
        approximate |= !matches!(lead, "人民币" | "¥" | "￥");
        sign |= matches!(lead, "¥" | "￥");
        rest = tail;
    }
    if let Some(head) = rest.strip_suffix("左右") {
        (rest, approximate) = (head, true);
    }
    let whole = ["人民币", "整", "正"].iter().find_map(|word| rest.strip_suffix(word)).unwrap_or(rest);
    // ¥ says 元 as much as the word does.
    let unit = if sign && whole.ends_with(|c: char| c.is_ascii_digit()) { "元" } else { "" };
    (format!("{whole}{unit}"), approximate)
}

/// The text without its sign, and whether it was negative: `-5`, `负5`, `(5.2)`, `(5.2)万元`.
fn without_sign(text: &str) -> (String, bool) {
    let text = text.replace('（', "(").replace('）', ")");
    if let Some(rest) = text.strip_prefix(['-', '−', '－', '负', '負']) {
        return (rest.to_owned(), true);
    }
    match text.strip_prefix('(').and_then(|rest| rest.split_once(')')) {
        Some((inside, after)) if after.is_empty() || Unit::parse(after).is_some() => {
            (format!("{inside}{after}"), true)
        }
        _ => (text, false),
    }
}

/// A number, the unit it counts in, and the unit the cell wrote.
struct Counted {
    value: Decimal,
    unit: Unit,
    written: Option<Unit>,
}

/// Reads a text without sign and hedges.
fn counted(text: &str, default_unit: Option<Unit>) -> Result<Counted, AmountError> {
    let end = text.find(|c: char| !matches!(c, '0'..='9' | '.' | ',')).unwrap_or(text.len());
    let (number, rest) = text.split_at(end);
    if let (Ok(value), Some(unit)) = (Decimal::parse(number), Unit::parse(rest)) {
        return Ok(Counted { value, unit, written: Some(unit) });
    }
    if let Some(written) = last_word(text) {
        let value = in_words(text).ok_or(AmountError::NotAnAmount)?;
        return Ok(Counted { value, unit: Unit::Yuan, written: Some(written) });
    }
    let value = figure(text).ok_or(AmountError::NotAnAmount)?;
    default_unit.map(|unit| Counted { value, unit, written: None }).ok_or(AmountError::NoUnit)
}

/// What a number in words counts in: the last of 亿, 万, 元, 角, 分, leaving 元 aside if it follows 亿 or 万.
fn last_word(text: &str) -> Option<Unit> {
    let last =
        text.strip_suffix('元').filter(|head| head.ends_with(['万', '萬', '亿', '億'])).unwrap_or(text);
    match last.chars().rfind(|c| "万萬亿億元角分".contains(*c))? {
        '亿' | '億' => Some(Unit::HundredMillionYuan),
        '万' | '萬' => Some(Unit::TenThousandYuan),
        '元' => Some(Unit::Yuan),
        '角' => Some(Unit::Jiao),
        _ => Some(Unit::Fen),
    }
}

/// 元 of a spelling with several parts: `1亿2千万元`, `3元5角2分`, `壹佰元零伍分`.
fn in_words(text: &str) -> Option<Decimal> {
    let (yuan, coins) = match text.split_once('元') {
        Some((yuan, coins)) => (figure(yuan)?, coins),
        None if text.ends_with(['角', '分']) => (Decimal::ZERO, text),
        None => (figure(text)?, ""),
    };
    if coins.is_empty() {
        return Some(yuan);
    }
    let coins = coins.strip_prefix('零').unwrap_or(coins);
    let (jiao, fen) = coins.split_once('角').map_or(("", coins), |(jiao, fen)| (jiao, fen));
    let fen = if fen.is_empty() { "" } else { fen.strip_suffix('分')? };
    let tenths = coin(jiao)?.checked_mul(Decimal::new(1, 1))?;
    yuan.checked_add(tenths)?
        .checked_add(coin(fen.strip_prefix('零').unwrap_or(fen))?.checked_mul(Decimal::new(1, 2))?)
}

/// None of 角 or 分, or one to nine of them.
fn coin(text: &str) -> Option<Decimal> {
    if text.is_empty() {
        return Some(Decimal::ZERO);
    }
    figure(text).filter(|count| count.scale() == 0 && (0..10).contains(&count.units()))
}

#[cfg(test)]
#[path = "amount_tests.rs"]
mod tests;
