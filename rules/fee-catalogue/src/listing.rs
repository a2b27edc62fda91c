//! What rules that compare items of a list remember of a row.

use mingcha_kit::prelude::*;
use values::text::{is_ditto, key};

use crate::tables::fee_catalogue::{
    BASIS, CATALOGUE_ID, CHARGING_UNIT, DEPARTMENT, FUND_MODE, ITEM_NAME, LIST_TITLE, NATURE, PAYER_SCOPE,
    PUBLISHED_ON, REGION_CODE, REPORTER, ROW_NO, STANDARD_TEXT, STANDARD_UNIT, STATUS, VALID, in_force,
    is_of_enterprises,
};

/// What [`Listed`] and [`Outline`](crate::outline::Outline) read, beside the name.
pub(crate) const COLUMNS: &[Column] = &[
    ROW_NO,
    DEPARTMENT,
    CHARGING_UNIT,
    NATURE,
    FUND_MODE,
    BASIS,
    STANDARD_TEXT,
    STANDARD_UNIT,
    PAYER_SCOPE,
    VALID,
    STATUS,
    REGION_CODE,
    CATALOGUE_ID,
    REPORTER,
    PUBLISHED_ON,
    LIST_TITLE,
];

/// An item that is being collected, as keys to compare by.
#[derive(Debug)]
pub(crate) struct Listed {
    /// Whose and which list it is in: lists of two counties have the same items.
    pub(crate) list: String,
    /// 部门
    pub(crate) department: String,
    /// 征收对象
    pub(crate) payers: String,
    /// 收费标准, with its unit
    pub(crate) standard: Option<String>,
    /// 资金管理方式
    pub(crate) fund_mode: Option<String>,
    /// 收费性质
    pub(crate) nature: Option<String>,
}

impl Listed {
    /// `None` where the row has no name or is not being collected.
    pub(crate) fn read(row: &Row) -> Option<Self> {
        row.text(ITEM_NAME)?;
        in_force(row).filter(|collected| *collected)?;
        let stated = |column| row.text(column).filter(|cell| !is_ditto(cell)).map(key);
        let unit = row.text(STANDARD_UNIT).map(key).unwrap_or_default();
        Some(Self {
            list: list_of(row),
            department: key_of(row, &[DEPARTMENT]),
            payers: key_of(row, &[PAYER_SCOPE]),
            standard: stated(STANDARD_TEXT).map(|standard| standard + "\u{1f}" + &unit),
            fund_mode: stated(FUND_MODE),
            nature: stated(NATURE),
        })
    }
}

/// Whose and which list the row is in. The list of enterprise fees repeats what stands in the full one.
pub(crate) fn list_of(row: &Row) -> String {
    let mut list = key_of(row, &[REGION_CODE, CATALOGUE_ID, REPORTER, PUBLISHED_ON]);
    if row.text(LIST_TITLE).is_some_and(is_of_enterprises) {
        list.push_str("\u{1f}涉企");
    }
    list
}

/// The cells of these columns, blank ones too, as one key.
pub(crate) fn key_of(row: &Row, columns: &[Column]) -> String {
    let cells = columns.iter().map(|&column| row.text(column).map(key).unwrap_or_default());
    cells.collect::<Vec<_>>().join("\u{1f}")
}
