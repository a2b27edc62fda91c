//! Rules on the quarterly disclosure of PPP projects: what is published, whether it holds together, and when.
//!
//! One file per fault; `tables` says what is read. Beside them: `modes`, `stages` and `zero_statement` read cells that
//! several rules need, `history` puts the quarters of a project side by side, `units` knows who must publish.

mod bases;
mod history;
mod modes;
mod settings;
mod stages;
mod tables;
mod units;
mod zero_statement;

mod award_notice_late;
mod contact_missing;
mod date_order;
mod disappeared;
mod execution_no_winner;
mod fiscal_over_10;
mod invest_positive;
mod invest_unit_slip;
mod mode_code;
mod quarter_missing;
mod required_fields;
mod return_code;
mod stage_code;
mod stage_regression;
mod term_bot_range;
mod term_missing_number;
mod term_sum;

use mingcha_kit::prelude::NaiveDate;
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
        &stage_code::RULE,
        &term_missing_number::RULE,
        &term_bot_range::RULE,
        &term_sum::RULE,
        &invest_positive::RULE,
        &invest_unit_slip::RULE,
        &stage_regression::RULE,
        &disappeared::RULE,
        &execution_no_winner::RULE,
        &date_order::RULE,
        &award_notice_late::RULE,
        &fiscal_over_10::RULE,
        &quarter_missing::RULE,
        &contact_missing::RULE,
    ],
    references: &[ReferenceData {
        name: "working-days",
        version: "2016-2017",
        source: "国办发明电〔2015〕18号、国办发明电〔2016〕17号及新疆少数民族习惯节日放假安排",
        holds: (NaiveDate::from_ymd_opt(2016, 1, 1), NaiveDate::from_ymd_opt(2018, 1, 1)),
        verified: false,
    }],
    settings: &[&settings::BOUND_UNITS, &settings::QUARTER_DEADLINE],
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
