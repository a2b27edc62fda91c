//! Counties and parks: which one a row is of, and which of the ten must be there.

use std::collections::BTreeSet;

use mingcha_kit::values::division::{BOUND, Division};
use mingcha_kit::{Column, Row, Task, values};

use crate::settings::BOUND_UNITS;
use crate::tables::project::REGION_CODE;

/// The division a cell names, by code, name or a body's name.
pub(crate) fn division_of(row: &Row, column: Column) -> Option<&'static Division> {
    row.by_value(column, find).flatten()
}

/// What a project's region is compared by: the division's code, or what is written where it is none.
pub(crate) fn region_key(row: &Row) -> Option<String> {
    region_key_in(row, REGION_CODE)
}

/// The same, of a table with a region column of its own.
pub(crate) fn region_key_in(row: &Row, column: Column) -> Option<String> {
    let code = division_of(row, column).map(|division| division.code.to_owned());
    code.or_else(|| row.text(column).map(values::text::key))
}

/// Which units must be there, in the order of their codes: those in the data, those the user names, and all ten as
/// soon as the data holds two. One department checking its own file is not told that nine others are missing.
pub(crate) fn expected(task: &Task, in_data: &BTreeSet<&'static str>) -> Vec<&'static Division> {
    let named: Vec<_> =
        task.settings.list(&BOUND_UNITS).into_iter().filter_map(find).map(|unit| unit.code).collect();
    let all = named.is_empty() && BOUND.iter().filter(|unit| in_data.contains(unit.code)).count() > 1;
    BOUND
        .into_iter()
        .filter(|unit| all || named.contains(&unit.code) || in_data.contains(unit.code))
        .collect()
}

fn find(text: &str) -> Option<&'static Division> {
    Division::find(text).or_else(|| Division::find_in(text))
}
