//! Fee catalogues: lists of administrative fees and government funds, their publication, and what is charged.
//!
//! One file per rule, named like the fault it looks for. What several rules know about lists stands in the modules
//! beside them: names and numbering of items, headings, sources, policy events, versions. Nothing here looks at a
//! clock or a file.

use mingcha_kit::prelude::NaiveDate;
use mingcha_kit::{Pack, ReferenceData, text};

mod abolished_listed;
mod bases;
mod basis_below_province;
mod basis_ditto;
mod basis_unparsed;
mod charged_after_abolition;
mod charged_outside_list;
mod conflicting_item;
mod docno_bracket;
mod docno_broken;
mod duplicate_item;
mod events;
mod fund_set_locally;
mod hotline_missing;
mod item_name;
mod listing;
mod lists;
mod no_portal;
mod outline;
mod publishers;
mod required_fields;
mod set_level_unauthorised;
mod settings;
mod sources;
mod stale_after_event;
mod standard_missing;
mod tables;
mod validity;
mod versions;

/// The pack.
pub static PACK: Pack = Pack {
    id: "fee-catalogue",
    version: env!("CARGO_PKG_VERSION"),
    title: text("收费目录清单", "Fee catalogues"),
    tables: &[
        &tables::fee_catalogue::FEE_CATALOGUE,
        &tables::fee_publication::FEE_PUBLICATION,
        &tables::fee_policy_event::FEE_POLICY_EVENT,
        &tables::fee_collection::FEE_COLLECTION,
        &tables::trading_service_fee::TRADING_SERVICE_FEE,
    ],
    rules: &[
        &required_fields::RULE,
        &standard_missing::RULE,
        &basis_unparsed::RULE,
        &basis_ditto::RULE,
        &docno_broken::RULE,
        &docno_bracket::RULE,
        &set_level_unauthorised::RULE,
        &basis_below_province::RULE,
        &fund_set_locally::RULE,
        &abolished_listed::RULE,
        &stale_after_event::RULE,
        &hotline_missing::RULE,
        &no_portal::RULE,
        &duplicate_item::RULE,
        &conflicting_item::RULE,
        &charged_outside_list::RULE,
        &charged_after_abolition::RULE,
    ],
    references: &[events::REFERENCE, HEADS, CALENDAR],
    settings: &[
        &settings::TIMELY_DAYS,
        &settings::CENTRAL_HEADS,
        &settings::REGIONAL_HEADS,
        &settings::PREFECTURE_HEADS,
        &settings::COUNTY_HEADS,
    ],
};

/// Which level issues under which head of a document number.
const HEADS: ReferenceData = ReferenceData {
    name: "issuer-heads",
    version: "1",
    source: "已公布的各级收费目录清单;自治区、州、县市代字待核",
    holds: (None, None),
    verified: false,
};

/// Working days.
const CALENDAR: ReferenceData = ReferenceData {
    name: "working-days-xinjiang",
    version: "1",
    source: "国办发明电〔2015〕18号、国办发明电〔2016〕17号及自治区节假日安排",
    holds: (NaiveDate::from_ymd_opt(2016, 1, 1), NaiveDate::from_ymd_opt(2018, 1, 1)),
    verified: false,
};

mingcha_kit::export_pack!(crate::PACK);

#[cfg(test)]
mod tests {
    #[test]
    fn the_pack_has_no_mistakes() {
        assert_eq!(mingcha_kit::lint(&super::PACK), Vec::<String>::new());
    }
}
