//! 重点排污单位自行监测及信息公开: what key emitters must disclose of their own monitoring, and what gives it the lie.
//!
//! One rule a file, named after its fault. Rules that compare with a figure of law take it from `data/`, by date.

pub mod automatic_days;
pub mod bases;
pub mod emission_limits;
pub mod entrusting;
pub mod exceptions;
pub mod five_days;
pub mod frequency;
pub mod limit;
pub mod manual_line;
pub mod measurement;
pub mod minimum_frequencies;
pub mod moments;
pub mod oxygen;
pub mod planned;
pub mod plans;
pub mod points;
pub mod pollutants;
pub mod series;
pub mod shipped;
pub mod slots;
pub mod standards;
pub mod tables;
pub mod units;
pub mod units_of;

pub mod annual_arithmetic;
pub mod annual_missing;
pub mod auto_gap;
pub mod auto_interval;
pub mod auto_late;
pub mod averaging_mismatch;
pub mod basic_coordinates;
pub mod basic_fields;
pub mod basic_late_change;
pub mod basic_phone;
pub mod basic_region;
pub mod basic_uscc;
pub mod compliance_flag;
pub mod duplicate_result;
pub mod emitter_undisclosed;
pub mod exceedance;
pub mod exceedance_unexplained;
pub mod exception_generic;
pub mod exception_overlap;
pub mod exception_reason;
pub mod flatline;
pub mod inspection_missing;
pub mod just_below_limit;
pub mod lab_missing;
pub mod limit_vs_plan;
pub mod list_missing;
pub mod manual_gap;
pub mod manual_late;
pub mod multiple_missing;
pub mod multiple_spurious;
pub mod multiple_wrong;
pub mod nh3n_temperature;
pub mod o2_missing;
pub mod o2_wrong;
pub mod plan_auto_required;
pub mod plan_duplicate;
pub mod plan_frequency;
pub mod plan_items;
pub mod plan_late_change;
pub mod plan_limit_lax;
pub mod plan_limit_strict;
pub mod plan_missing;
pub mod plan_noise;
pub mod plan_standard_unknown;
pub mod plan_unit;
pub mod point_without_result;
pub mod result_fields;
pub mod result_future;
pub mod result_negative;
pub mod result_number;
pub mod result_ph;
pub mod result_unit;
pub mod retention;
pub mod unplanned_result;

use mingcha_kit::settings::{CALENDAR_DAYS, SPELLINGS};
use mingcha_kit::values::{calendar, division, pollutant};
use mingcha_kit::{Pack, ReferenceData, text};

/// The pack.
pub static PACK: Pack = Pack {
    id: "env-self-monitoring",
    version: env!("CARGO_PKG_VERSION"),
    title: text("重点排污单位自行监测及信息公开", "Emitters' self-monitoring and its disclosure"),
    tables: &[
        &tables::emitter_list::EMITTER_LIST,
        &tables::emitter_basic::EMITTER_BASIC,
        &tables::emitter_plan::EMITTER_PLAN,
        &tables::emitter_result::EMITTER_RESULT,
        &tables::emitter_exception::EMITTER_EXCEPTION,
        &tables::emitter_annual::EMITTER_ANNUAL,
        &tables::emitter_inspection::EMITTER_INSPECTION,
        &tables::emission_limit::EMISSION_LIMIT,
        &tables::emitter_snapshot::EMITTER_SNAPSHOT,
    ],
    rules: &[
        &list_missing::RULE,
        &emitter_undisclosed::RULE,
        &basic_fields::RULE,
        &basic_uscc::RULE,
        &basic_region::RULE,
        &basic_coordinates::RULE,
        &basic_phone::RULE,
        &lab_missing::RULE,
        &basic_late_change::RULE,
        &plan_missing::RULE,
        &plan_items::RULE,
        &plan_late_change::RULE,
        &plan_frequency::RULE,
        &plan_noise::RULE,
        &plan_auto_required::RULE,
        &plan_standard_unknown::RULE,
        &plan_limit_lax::RULE,
        &plan_limit_strict::RULE,
        &plan_unit::RULE,
        &plan_duplicate::RULE,
        &result_fields::RULE,
        &result_number::RULE,
        &result_negative::RULE,
        &result_ph::RULE,
        &result_unit::RULE,
        &result_future::RULE,
        &compliance_flag::RULE,
        &multiple_wrong::RULE,
        &multiple_missing::RULE,
        &multiple_spurious::RULE,
        &exceedance::RULE,
        &exceedance_unexplained::RULE,
        &limit_vs_plan::RULE,
        &averaging_mismatch::RULE,
        &nh3n_temperature::RULE,
        &o2_missing::RULE,
        &o2_wrong::RULE,
        &manual_late::RULE,
        &auto_late::RULE,
        &auto_interval::RULE,
        &auto_gap::RULE,
        &manual_gap::RULE,
        &point_without_result::RULE,
        &unplanned_result::RULE,
        &exception_reason::RULE,
        &exception_generic::RULE,
        &exception_overlap::RULE,
        &flatline::RULE,
        &just_below_limit::RULE,
        &duplicate_result::RULE,
        &annual_missing::RULE,
        &annual_arithmetic::RULE,
        &retention::RULE,
        &inspection_missing::RULE,
    ],
    references: &[
        ReferenceData::shipped("emission-limits", emission_limits::DATA),
        ReferenceData::shipped("minimum-frequencies", minimum_frequencies::DATA),
        ReferenceData::shipped("standards", standards::DATA),
        ReferenceData::shipped("pollutants", pollutant::TABLE),
        ReferenceData::shipped("pollutant-units", units_of::DATA),
        ReferenceData::shipped("reference-oxygen", oxygen::DATA),
        ReferenceData::shipped("divisions", division::TABLE),
        ReferenceData::shipped("working-days", calendar::TABLE),
    ],
    settings: &[
        &auto_late::TOLERANCE_HOURS,
        &flatline::LEAST_RUN,
        &basic_coordinates::WEST,
        &basic_coordinates::EAST,
        &basic_coordinates::SOUTH,
        &basic_coordinates::NORTH,
        &plan_standard_unknown::MORE_STANDARDS,
        &plan_unit::MORE_UNITS,
        &exception_generic::GENERIC_REASONS,
        &inspection_missing::INSPECTION_DEADLINE,
        &units::BOUND_UNITS,
        &just_below_limit::LEAST,
        &just_below_limit::SHARE,
        &just_below_limit::FROM,
        &minimum_frequencies::MINIMUM_FREQUENCIES,
        &oxygen::REFERENCE_OXYGEN,
        &CALENDAR_DAYS,
        &SPELLINGS,
    ],
};

mingcha_kit::export_pack!(crate::PACK);

#[cfg(test)]
mod batches_tests;
#[cfg(test)]
mod screens_tests;
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pack_has_no_mistakes() {
        assert_eq!(mingcha_kit::lint(&PACK), Vec::<String>::new());
    }
}
