//! As of which day a list speaks: the newest version published under its number or for its division.
//!
//! A list without a published version speaks as of the day of the audit.

use std::collections::HashMap;

use mingcha_kit::prelude::*;

use crate::tables::fee_publication::{CATALOGUE_ID, FEE_PUBLICATION, REGION_CODE, VERSION_DATE};
use crate::tables::{fee_catalogue, fee_publication};

/// How a rule over the list reads the publications.
pub(crate) const READING: Reading = Reading::of(&FEE_PUBLICATION, &[VERSION_DATE])
    .and_optional(&[CATALOGUE_ID, REGION_CODE])
    .presence(Presence::Optional);

/// What identifies a division, however it is written.
pub(crate) fn region_key(text: &str) -> String {
    values::division::Division::find(text)
        .map_or_else(|| values::text::key(text), |division| division.code.to_owned())
}

/// What identifies the list a publication is of: its number, else its division, else nothing.
pub(crate) fn list_key(publication: &Row) -> String {
    let number =
        publication.text(fee_publication::CATALOGUE_ID).map(|id| format!("#{}", values::text::key(id)));
    number.or_else(|| publication.text(fee_publication::REGION_CODE).map(region_key)).unwrap_or_default()
}

/// The newest version of each list. Memory: one entry per list and division.
#[derive(Debug, Default)]
pub(crate) struct Versions {
    by_number: HashMap<String, NaiveDate>,
    by_region: HashMap<String, NaiveDate>,
}

impl Versions {
    /// Adds publications.
    pub(crate) fn read(&mut self, batch: &Batch) {
        for row in batch.rows() {
            let Some(version) = row.date(VERSION_DATE) else { continue };
            if let Some(number) = row.text(CATALOGUE_ID) {
                keep_newest(&mut self.by_number, values::text::key(number), version);
            }
            keep_newest(
                &mut self.by_region,
                row.by_value(REGION_CODE, region_key).unwrap_or_default(),
                version,
            );
        }
    }

    /// The day the list with this row speaks of.
    pub(crate) fn of(&self, row: &Row) -> NaiveDate {
        self.known(row).unwrap_or(row.task().as_of)
    }

    /// That day, where a version of the list was published.
    pub(crate) fn known(&self, row: &Row) -> Option<NaiveDate> {
        let by_number =
            row.text(fee_catalogue::CATALOGUE_ID).and_then(|id| self.by_number.get(&values::text::key(id)));
        let region = row.by_value(fee_catalogue::REGION_CODE, region_key);
        let found = by_number.or_else(|| match &region {
            Some(region) => self.by_region.get(region).or_else(|| self.by_region.get("")),
            None => self.the_only_one(),
        });
        found.copied()
    }

    /// A list that does not say whose it is belongs to the only division there is.
    fn the_only_one(&self) -> Option<&NaiveDate> {
        self.by_region.values().next().filter(|_| self.by_region.len() == 1)
    }
}

fn keep_newest(versions: &mut HashMap<String, NaiveDate>, key: String, version: NaiveDate) {
    versions.entry(key).and_modify(|newest| *newest = version.max(*newest)).or_insert(version);
}
