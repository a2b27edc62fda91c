//! The lists as the ledger sees them: which items may be charged, where, and from when till when.

use std::collections::{BTreeSet, HashMap};

use mingcha_kit::prelude::*;

use crate::item_name::bare_key;
use crate::tables::SERVICE_FEE;
use crate::tables::fee_catalogue::{self, FEE_CATALOGUE};
use crate::tables::fee_collection::{NATURE, PAYER_TYPE, PERSON};
use crate::validity::validity;
use crate::versions::region_key;

/// How a rule over the ledger reads the lists.
pub(crate) const READING: Reading = Reading::of(&FEE_CATALOGUE, &[fee_catalogue::ITEM_NAME]).and_optional(&[
    fee_catalogue::REGION_CODE,
    fee_catalogue::NATURE,
    fee_catalogue::BASIS,
    fee_catalogue::ENTERPRISE_RELATED,
    fee_catalogue::FIRST_SET_ON,
    fee_catalogue::VALID,
]);

/// First and last day an item may be charged, open where nothing is said.
pub(crate) type Span = (Option<NaiveDate>, Option<NaiveDate>);

/// Items by key and division (empty where the list does not say whose it is), and what the lists hold at all.
/// Memory: one entry per item and division.
#[derive(Debug, Default)]
pub(crate) struct Lists {
    items: HashMap<String, Vec<(String, Span)>>,
    regions: BTreeSet<String>,
    natures: BTreeSet<String>,
    flagged: bool,
    beyond_enterprises: bool,
}

impl Lists {
    /// Adds lists.
    pub(crate) fn read(&mut self, batch: &Batch) {
        for item in batch.rows() {
            if let Some(name) = item.text(fee_catalogue::ITEM_NAME) {
                self.add(name, &item);
            }
        }
    }

    /// Whether lists of this sort of charge were handed in. Rows that do not say their nature are fees or funds.
    pub(crate) fn speak_of(&self, charge: &Row) -> bool {
        let enterprises_only = self.flagged && !self.beyond_enterprises;
        if enterprises_only && charge.text(PAYER_TYPE) == Some(PERSON) {
            return false;
        }
        let Some(nature) = charge.text(NATURE) else { return true };
        self.natures.contains(nature) || (nature != SERVICE_FEE && self.natures.contains(""))
    }

    /// Spans of the item under this key in the lists that count for the division.
    pub(crate) fn spans<'a>(&'a self, key: &str, region: &'a str) -> impl Iterator<Item = Span> + use<'a> {
        let own = !region.is_empty() && self.regions.contains(region);
        let counts = move |of: &str| of.is_empty() || !own || of == region;
        let spans = self.items.get(key).map(Vec::as_slice).unwrap_or_default();
        spans.iter().filter(move |(of, _)| counts(of)).map(|(_, span)| *span)
    }

    fn add(&mut self, name: &str, item: &Row) {
        let region = item.by_value(fee_catalogue::REGION_CODE, region_key).unwrap_or_default();
        let (from, to) = item.text(fee_catalogue::VALID).map(validity).unwrap_or_default();
        let span = (from.max(item.date(fee_catalogue::FIRST_SET_ON)), to);
        let spans = self.items.entry(bare_key(name)).or_default();
        if !spans.contains(&(region.clone(), span)) {
            spans.push((region.clone(), span));
        }
        self.regions.insert(region);
        // A heading has no basis, and what it leaves unsaid means nothing.
        let nature =
            item.text(fee_catalogue::NATURE).or_else(|| item.is_filled(fee_catalogue::BASIS).then_some(""));
        if let Some(nature) = nature.filter(|nature| !self.natures.contains(*nature)) {
            self.natures.insert(nature.to_owned());
        }
        let flag = item.flag(fee_catalogue::ENTERPRISE_RELATED);
        self.flagged |= flag == Some(true);
        self.beyond_enterprises |= flag == Some(false);
    }
}
