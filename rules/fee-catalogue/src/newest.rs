//! The newest published version of each list: one list goes through several channels, on several days.

use std::cmp::Reverse;
use std::collections::HashMap;

use mingcha_kit::prelude::*;

use crate::listing::key_of;
use crate::tables::fee_publication::{CATALOGUE_ID, FUNDS_ONLY, PUBLISHER, REGION_CODE, SCOPE, VERSION_DATE};
use crate::versions::list_key;

/// What [`NewestVersions`] reads, beside the version date.
pub(crate) const COLUMNS: &[Column] = &[CATALOGUE_ID, REGION_CODE, PUBLISHER, SCOPE];

/// The newest version of a list, the first record that names it, and whether it holds funds alone.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Newest {
    /// 版本日期
    pub(crate) version: NaiveDate,
    /// Its first record.
    pub(crate) place: Place,
    /// The list holds funds alone.
    pub(crate) funds_only: bool,
}

/// Memory: one entry per list.
#[derive(Debug, Default)]
pub(crate) struct NewestVersions(HashMap<String, Newest>);

impl NewestVersions {
    /// Takes a publication; `None` where it has no version date.
    pub(crate) fn take(&mut self, publication: &Row) -> Option<()> {
        let version = publication.date(VERSION_DATE)?;
        let funds_only = publication.text(SCOPE) == Some(FUNDS_ONLY);
        let here = Newest { version, place: publication.place(), funds_only };
        let list = [list_key(publication), key_of(publication, &[PUBLISHER, SCOPE])].join("\u{1e}");
        let newest = self.0.entry(list).or_insert(here);
        if (here.version, Reverse(here.place)) > (newest.version, Reverse(newest.place)) {
            *newest = here;
        }
        Some(())
    }

    /// All of them, in the order of their records.
    pub(crate) fn in_order(&self) -> Vec<Newest> {
        let mut lists: Vec<Newest> = self.0.values().copied().collect();
        lists.sort_unstable_by_key(|list| list.place);
        lists
    }
}
