//! Counties, parks and the prefecture: which one a cell names, and which of them must be there.

use std::collections::BTreeSet;

use mingcha_kit::prelude::*;
use mingcha_kit::values::division::{self, Division};

/// Who must be there, where the data handed in does not show it.
pub static BOUND_UNITS: Setting = Setting::list(
    "bound-units",
    &[],
    text(
        "应当公开检查情况的单位(代码或名称);不填时,数据中出现两个以上的,按自治州、七县市、三园区全部检查",
        "Units that must publish inspections (codes or names); if empty, the prefecture, its counties and parks as soon as the data holds two of them",
    ),
);

/// The division a cell names, by code, name or a body's name.
#[must_use]
pub fn find(text: &str) -> Option<&'static Division> {
    Division::find(text).or_else(|| Division::find_in(text))
}

/// Which units must be there: those in the data, those the user names, and all as soon as the data holds two. A county
/// that checks its own file is not told that the others are missing.
#[must_use]
pub fn expected(task: &Task, in_data: &BTreeSet<&'static str>) -> Vec<&'static Division> {
    let named: Vec<_> =
        task.settings.list(&BOUND_UNITS).into_iter().filter_map(find).map(|unit| unit.code).collect();
    let all = named.is_empty() && in_data.len() > 1;
    division::all().filter(|unit| all || named.contains(&unit.code) || in_data.contains(unit.code)).collect()
}
