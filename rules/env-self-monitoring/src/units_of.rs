//! In which units a pollutant may be planned.

use std::sync::LazyLock;

use mingcha_kit::values::pollutant::canonical_unit;
use mingcha_kit::values::text::key;

use crate::pollutants::is_noise;
use crate::shipped;

/// The shipped table.
pub const DATA: &str = include_str!("../data/pollutant-units.csv");
static ROWS: LazyLock<Vec<Units>> = LazyLock::new(|| shipped::rows(DATA, row));

struct Units {
    pollutants: &'static str,
    medium: &'static str,
    units: Vec<&'static str>,
}

fn row(cells: [&'static str; 3]) -> Option<Units> {
    let [pollutants, medium, units] = cells;
    let units: Vec<_> = units.split(' ').filter(|unit| !unit.is_empty()).collect();
    (!units.is_empty()).then_some(Units { pollutants, medium, units })
}

/// The units of a pollutant in a medium, the usual one first; `None` where none are known.
#[must_use]
pub fn units_of(pollutant: &str, medium: Option<&str>) -> Option<&'static [&'static str]> {
    if is_noise(pollutant) {
        return Some(&["dB(A)"]);
    }
    let fits = |row: &&Units| row.medium.is_empty() || medium == Some(row.medium);
    let named = |row: &&Units| row.pollutants.split('/').any(|name| name == pollutant);
    ROWS.iter().find(|row| named(row) && fits(row)).map(|row| row.units.as_slice())
}

/// One spelling of a unit, known or not: `毫克/升(以N计)` is `mg/l`.
#[must_use]
pub fn spelling(unit: &str) -> String {
    let without_remark = unit.split(['(', '（']).next().unwrap_or(unit);
    let known = canonical_unit(unit).or_else(|| canonical_unit(without_remark));
    known.map_or_else(|| key(unit), key)
}
