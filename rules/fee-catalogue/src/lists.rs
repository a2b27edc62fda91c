//! The lists as the ledger sees them: which items may be charged, where, from when till when, and what the list says of
//! each.
//!
//! The list of the charge's own division counts; where none was handed in, all lists do.

use std::collections::{BTreeSet, HashMap};

use mingcha_kit::prelude::*;

use crate::events::Events;
use crate::item_name::bare_key;
use crate::tables::SERVICE_FEE;
use crate::tables::fee_catalogue::{self, FEE_CATALOGUE, is_of_enterprises};
use crate::tables::fee_collection::{ITEM_NAME, NATURE, PAYER_TYPE, PERSON, REGION_CODE};
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
    fee_catalogue::LIST_TITLE,
    fee_catalogue::STATUS,
    fee_catalogue::FUND_MODE,
    fee_catalogue::STANDARD_TEXT,
    fee_catalogue::STANDARD_UNIT,
    fee_catalogue::CHARGING_UNIT,
]);

/// First and last day an item may be charged, open where nothing is said.
type Span = (Option<NaiveDate>, Option<NaiveDate>);

/// One item of a list, with what the rule wanted to know of it.
#[derive(Debug, PartialEq)]
pub(crate) struct Entry<T> {
    region: String,
    span: Span,
    /// What the rule's question was answered with.
    pub(crate) said: T,
}

impl<T> Entry<T> {
    /// Whether the item had been set up and not expired that day.
    pub(crate) fn holds(&self, day: NaiveDate) -> bool {
        self.span.0.is_none_or(|from| from <= day) && self.span.1.is_none_or(|to| day <= to)
    }
}

/// Items by key, and what the lists hold at all. Memory: one entry per item, division and answer.
#[derive(Debug)]
pub(crate) struct Lists<T> {
    question: fn(&Row) -> T,
    items: HashMap<String, Vec<Entry<T>>>,
    /// Empty for a list that does not say whose it is.
    regions: BTreeSet<String>,
    natures: BTreeSet<String>,
    flagged: bool,
    beyond_enterprises: bool,
}

impl<T: PartialEq> Lists<T> {
    /// Asks this of every row of the lists.
    pub(crate) fn asking(question: fn(&Row) -> T) -> Self {
        Self {
            question,
            items: HashMap::new(),
            regions: BTreeSet::new(),
            natures: BTreeSet::new(),
            flagged: false,
            beyond_enterprises: false,
        }
    }

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

    /// The entries a charge may mean, in force or not. Reads item and division of the charge.
    pub(crate) fn of_charge(&self, charge: &Row, events: &Events) -> Option<Vec<&Entry<T>>> {
        let [whole, last] = charge.by_value(ITEM_NAME, keys)?;
        let region = charge.by_value(REGION_CODE, region_key).unwrap_or_default();
        let own = !region.is_empty() && self.regions.contains(&region);
        let counts = |entry: &&Entry<T>| entry.region.is_empty() || !own || entry.region == region;
        let mut keys: Vec<&str> = events.also_called(&whole).chain([whole.as_str(), &last]).collect();
        keys.sort_unstable();
        keys.dedup();
        let entries = keys.into_iter().filter_map(|key| self.items.get(key)).flatten();
        Some(entries.filter(counts).collect())
    }

    /// Those of them that were in force on the day of the charge.
    pub(crate) fn of_charge_on(
        &self,
        charge: &Row,
        events: &Events,
        day: NaiveDate,
    ) -> Option<Vec<&Entry<T>>> {
        let mut entries = self.of_charge(charge, events)?;
        entries.retain(|entry| entry.holds(day));
        Some(entries)
    }

    fn add(&mut self, name: &str, item: &Row) {
        let region = item.by_value(fee_catalogue::REGION_CODE, region_key).unwrap_or_default();
        let (from, to) = item.text(fee_catalogue::VALID).map(validity).unwrap_or_default();
        let span = (from.max(item.date(fee_catalogue::FIRST_SET_ON)), to);
        let entry = Entry { region: region.clone(), span, said: (self.question)(item) };
        let entries = self.items.entry(bare_key(name)).or_default();
        if !entries.contains(&entry) {
            entries.push(entry);
        }
        self.regions.insert(region);
        // A heading has no basis, and what it leaves unsaid means nothing.
        let nature =
            item.text(fee_catalogue::NATURE).or_else(|| item.is_filled(fee_catalogue::BASIS).then_some(""));
        if let Some(nature) = nature.filter(|nature| !self.natures.contains(*nature)) {
            self.natures.insert(nature.to_owned());
        }
        let titled = || item.text(fee_catalogue::LIST_TITLE).is_some_and(is_of_enterprises).then_some(true);
        let flag = item.flag(fee_catalogue::ENTERPRISE_RELATED).or_else(titled);
        self.flagged |= flag == Some(true);
        self.beyond_enterprises |= flag == Some(false);
    }
}

/// Keys of the whole name and of its last part: `证照费-护照工本费` may stand in a list as `护照工本费`.
fn keys(name: &str) -> [String; 2] {
    let last = name
        .rsplit(['-', '－', '—', ':', '：', '/', '\\'])
        .map(values::text::trimmed)
        .find(|part| !part.is_empty());
    [bare_key(name), last.map(bare_key).unwrap_or_default()]
}
