//! 重点排污单位自行监测及信息公开: what key emitters must disclose of their own monitoring, and what gives it the lie.
//!
//! One rule a file, named after its fault. Rules that compare with a figure of law take it from `data/`, by date.

pub mod bases;
pub mod emission_limits;
pub mod exceptions;
pub mod frequency;
pub mod limit;
pub mod manual_line;
pub mod measurement;
pub mod minimum_frequencies;
pub mod moments;
pub mod oxygen;
pub mod planned;
pub mod points;
pub mod pollutants;
pub mod series;
pub mod shipped;
pub mod slots;
pub mod tables;

pub mod annual_missing;
pub mod auto_gap;
pub mod auto_interval;
pub mod auto_late;
pub mod averaging_mismatch;
pub mod basic_fields;
pub mod basic_uscc;
pub mod compliance_flag;
pub mod duplicate_result;
pub mod emitter_undisclosed;
pub mod exceedance;
pub mod exceedance_unexplained;
pub mod exception_overlap;
pub mod flatline;
pub mod just_below_limit;
pub mod limit_vs_plan;
pub mod manual_gap;
pub mod manual_late;
pub mod multiple_missing;
pub mod multiple_spurious;
pub mod multiple_wrong;
pub mod nh3n_temperature;
pub mod o2_missing;
pub mod o2_wrong;
pub mod plan_frequency;
pub mod plan_items;
pub mod plan_limit_lax;
pub mod point_without_result;
pub mod result_fields;
pub mod result_future;
pub mod result_negative;
pub mod result_number;
pub mod result_ph;
pub mod result_unit;
pub mod retention;
pub mod unplanned_result;

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
        &tables::emitter_snapshot::EMITTER_SNAPSHOT,
    ],
    rules: &[
        &emitter_undisclosed::RULE,
        &basic_fields::RULE,
        &basic_uscc::RULE,
        &plan_items::RULE,
        &plan_frequency::RULE,
        &plan_limit_lax::RULE,
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
        &exception_overlap::RULE,
        &flatline::RULE,
        &just_below_limit::RULE,
        &duplicate_result::RULE,
        &annual_missing::RULE,
        &retention::RULE,
    ],
    references: &[
        ReferenceData {
            name: "emission-limits",
            version: "2026-11-23",
            source: "GB 18918-2002、GB 13223-2011、GB 13271-2014、GB 8978-1996;逐行注明已核或待核",
            holds: (None, None),
            verified: false,
        },
        ReferenceData {
            name: "minimum-frequencies",
            version: "2026-11-23",
            source: "环发〔2013〕81号、HJ 819-2017;逐行注明已核或待核",
            holds: (bases::SINCE_81, None),
            verified: false,
        },
        ReferenceData {
            name: "reference-oxygen",
            version: "2026-11-23",
            source: "GB 13223-2011、GB 13271-2014 的基准氧含量;待核",
            holds: (bases::GB_13223_OXYGEN.since, None),
            verified: false,
        },
    ],
    settings: &[
        &auto_late::TOLERANCE_HOURS,
        &flatline::LEAST_RUN,
        &just_below_limit::LEAST,
        &just_below_limit::SHARE,
        &just_below_limit::FROM,
    ],
};

mingcha_kit::export_pack!(crate::PACK);

#[cfg(test)]
mod batches_tests;
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pack_has_no_mistakes() {
        assert_eq!(mingcha_kit::lint(&PACK), Vec::<String>::new());
    }
}
