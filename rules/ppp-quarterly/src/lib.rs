//! Rules on the quarterly disclosure of PPP projects: what is published, whether it holds together, and when.
//!
//! One file per fault; `tables` says what is read. Beside them: `modes`, `stages`, `terms`, `notes` and `statements` read
//! cells that several rules need, `publicity`, `shares` and `months` count days, money and months, `history` puts the
//! quarters of a project side by side, `units` knows who must publish.

mod bases;
mod history;
mod modes;
mod months;
mod notes;
mod publicity;
mod settings;
mod shares;
mod stages;
mod statements;
mod tables;
mod terms;
mod units;

mod award_notice_late;
mod boo_transfer;
mod commitment_not_sum;
mod contact_missing;
mod contact_phone;
mod contract_late;
mod contract_publication_late;
mod core_field_changed;
mod date_order;
mod deferred_disclosure;
mod disappeared;
mod duplicate_name;
mod equity_sum;
mod evaluation_missing;
mod execution_no_winner;
mod execution_thin;
mod fiscal_7_to_10;
mod fiscal_over_10;
mod fixed_return_words;
mod gov_equity;
mod gov_pay_over_5;
mod gov_pay_zero;
mod invest_changed;
mod invest_positive;
mod invest_unit_slip;
mod method_code;
mod mode_code;
mod mode_not_in_113;
mod preaward_short;
mod quarter_missing;
mod required_fields;
mod return_code;
mod single_source_publicity;
mod stage_code;
mod stage_regression;
mod stage_skip;
mod stale;
mod term_below_10;
mod term_bot_range;
mod term_dates;
mod term_mc;
mod term_missing_number;
mod term_om;
mod term_over_30;
mod term_sum;
mod user_pay_subsidy;
mod winner_too_early;
mod winner_uscc;
mod zero_statement;

use mingcha_kit::settings::{CALENDAR_DAYS, SPELLINGS};
use mingcha_kit::values::{calendar, division};
use mingcha_kit::{Pack, ReferenceData, text};

use tables::{contact::CONTACT, fiscal::FISCAL, previous::PREVIOUS, project::PROJECT};

/// The pack.
pub static PACK: Pack = Pack {
    id: "ppp-quarterly",
    version: env!("CARGO_PKG_VERSION"),
    title: text("PPP项目季度公开", "Quarterly disclosure of PPP projects"),
    tables: &[&PROJECT, &PREVIOUS, &CONTACT, &FISCAL],
    rules: &[
        &required_fields::RULE,
        &return_code::RULE,
        &mode_code::RULE,
        &mode_not_in_113::RULE,
        &stage_code::RULE,
        &term_missing_number::RULE,
        &term_om::RULE,
        &term_mc::RULE,
        &term_bot_range::RULE,
        &term_below_10::RULE,
        &term_over_30::RULE,
        &boo_transfer::RULE,
        &term_sum::RULE,
        &term_dates::RULE,
        &invest_positive::RULE,
        &invest_unit_slip::RULE,
        &invest_changed::RULE,
        &core_field_changed::RULE,
        &stage_regression::RULE,
        &stage_skip::RULE,
        &disappeared::RULE,
        &duplicate_name::RULE,
        &execution_no_winner::RULE,
        &winner_too_early::RULE,
        &method_code::RULE,
        &date_order::RULE,
        &award_notice_late::RULE,
        &contract_late::RULE,
        &contract_publication_late::RULE,
        &preaward_short::RULE,
        &single_source_publicity::RULE,
        &winner_uscc::RULE,
        &gov_equity::RULE,
        &equity_sum::RULE,
        &fixed_return_words::RULE,
        &user_pay_subsidy::RULE,
        &gov_pay_zero::RULE,
        &fiscal_over_10::RULE,
        &fiscal_7_to_10::RULE,
        &gov_pay_over_5::RULE,
        &commitment_not_sum::RULE,
        &evaluation_missing::RULE,
        &deferred_disclosure::RULE,
        &quarter_missing::RULE,
        &zero_statement::RULE,
        &stale::RULE,
        &execution_thin::RULE,
        &contact_missing::RULE,
        &contact_phone::RULE,
    ],
    references: &[
        ReferenceData::shipped("working-days", calendar::TABLE),
        ReferenceData::shipped("divisions", division::TABLE),
        ReferenceData::shipped("modes-and-terms", modes::DATA),
        ReferenceData::shipped("stages", stages::DATA),
    ],
    settings: &[
        &settings::BOUND_UNITS,
        &settings::QUARTER_DEADLINE,
        &settings::INVESTMENT_CHANGE,
        &settings::FISCAL_WARNING,
        &modes::USUAL_TERMS,
        &CALENDAR_DAYS,
        &SPELLINGS,
    ],
};

mingcha_kit::export_pack!(crate::PACK);

#[cfg(test)]
mod tests {
    use super::PACK;

    #[test]
    fn the_pack_has_no_mistakes() {
        assert_eq!(mingcha_kit::lint(&PACK), Vec::<String>::new());
    }
}
