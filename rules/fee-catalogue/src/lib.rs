//! Fee catalogues: lists of administrative fees and government funds, their publication, and what is charged.
//!
//! One file per rule, named like the fault it looks for. What several rules know about lists stands in the modules
//! beside them: names and numbering of items, headings, sources, policy events, versions. Nothing here looks at a
//! clock or a file.

use mingcha_kit::settings::{CALENDAR_DAYS, SPELLINGS};
use mingcha_kit::values::{body, calendar, division, issuer};
use mingcha_kit::{Pack, ReferenceData, text};

mod abolished_listed;
mod bases;
mod basis_after_publication;
mod basis_below_province;
mod basis_ditto;
mod basis_unparsed;
mod charged_above_standard;
mod charged_after_abolition;
mod charged_exempt_payer;
mod charged_outside_list;
mod conflicting_item;
mod dated_events;
mod docno_bracket;
mod docno_broken;
mod docno_padded;
mod docno_year;
mod duplicate_item;
mod enterprise_flag_missing;
mod enterprise_law_basis;
mod events;
mod exemption_unmarked;
mod expired_validity;
mod fund_mode_unknown;
mod fund_not_national;
mod fund_set_locally;
mod funds;
mod hotline_format;
mod hotline_missing;
mod item_name;
mod listing;
mod lists;
mod merged_old_name;
mod nature_missing;
mod never_updated_year;
mod newest;
mod no_portal;
mod no_public_media;
mod orphan_subitem;
mod other_unit_charging;
mod outline;
mod prices;
mod publishers;
mod reclassified_as_service;
mod required_fields;
mod set_level_unauthorised;
mod settings;
mod sources;
mod stale_after_event;
mod standard_missing;
mod standard_no_unit;
mod tables;
mod trading_market_missing;
mod unsaid;
mod validity;
mod versions;
mod wrong_account;
mod wrong_bill;

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
        &standard_no_unit::RULE,
        &basis_unparsed::RULE,
        &basis_ditto::RULE,
        &docno_broken::RULE,
        &docno_bracket::RULE,
        &docno_padded::RULE,
        &docno_year::RULE,
        &basis_after_publication::RULE,
        &set_level_unauthorised::RULE,
        &basis_below_province::RULE,
        &fund_set_locally::RULE,
        &fund_not_national::RULE,
        &enterprise_law_basis::RULE,
        &enterprise_flag_missing::RULE,
        &nature_missing::RULE,
        &fund_mode_unknown::RULE,
        &abolished_listed::RULE,
        &merged_old_name::RULE,
        &exemption_unmarked::RULE,
        &expired_validity::RULE,
        &stale_after_event::RULE,
        &never_updated_year::RULE,
        &hotline_missing::RULE,
        &hotline_format::RULE,
        &no_portal::RULE,
        &no_public_media::RULE,
        &duplicate_item::RULE,
        &conflicting_item::RULE,
        &orphan_subitem::RULE,
        &charged_outside_list::RULE,
        &charged_after_abolition::RULE,
        &charged_above_standard::RULE,
        &charged_exempt_payer::RULE,
        &wrong_account::RULE,
        &wrong_bill::RULE,
        &reclassified_as_service::RULE,
        &other_unit_charging::RULE,
        &trading_market_missing::RULE,
    ],
    references: &[
        ReferenceData::shipped("fee-policy-events", events::SHIPPED),
        ReferenceData::shipped("national-funds", funds::SHIPPED),
        ReferenceData::shipped("issuer-heads", issuer::TABLE),
        ReferenceData::shipped("divisions", division::TABLE),
        ReferenceData::shipped("bodies", body::TABLE),
        ReferenceData::shipped("working-days", calendar::TABLE),
    ],
    settings: &[
        &settings::TIMELY_DAYS,
        &settings::MAX_AGE_DAYS,
        &settings::LAW_NEEDED_SINCE,
        &settings::AMOUNT_TOLERANCE,
        &settings::NATIONAL_FUNDS,
        &settings::CENTRAL_HEADS,
        &settings::REGIONAL_HEADS,
        &settings::PREFECTURE_HEADS,
        &settings::COUNTY_HEADS,
        &CALENDAR_DAYS,
        &SPELLINGS,
    ],
};

mingcha_kit::export_pack!(crate::PACK);

#[cfg(test)]
mod tests {
    #[test]
    fn the_pack_has_no_mistakes() {
        assert_eq!(mingcha_kit::lint(&super::PACK), Vec::<String>::new());
    }
}
