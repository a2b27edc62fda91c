//! Which waste gas is corrected to a reference oxygen, and to which.
//!
//! Only where the plan names a standard known to ask for it: oxygen is measured in other gases too. What the standards
//! correct is in [`is_corrected`], the reference oxygen in `data/reference-oxygen.csv`.

use std::sync::LazyLock;

use mingcha_kit::prelude::*;
use mingcha_kit::values::text::key;

use crate::emission_limits::Standard;
use crate::pollutants::canonical;
use crate::shipped::{self, names_any};
use crate::tables::emitter_plan::{self, EMITTER_PLAN, STANDARD_GRADE, STANDARD_NO};

/// The shipped table.
pub const DATA: &str = include_str!("../data/reference-oxygen.csv");
static ROWS: LazyLock<Vec<Reference>> = LazyLock::new(|| shipped::rows(DATA, row));

struct Reference {
    standard: &'static str,
    fuel: &'static str,
    oxygen: f64,
}

fn row(cells: [&'static str; 4]) -> Option<Reference> {
    let [standard, fuel, oxygen, _] = cells;
    Some(Reference { standard, fuel, oxygen: oxygen.parse().ok()? })
}

/// What a rule declares of the plan to use [`references`].
pub const READING: Reading =
    Reading::of(&EMITTER_PLAN, &[emitter_plan::USCC, emitter_plan::POLLUTANT, STANDARD_NO]).and_optional(&[
        emitter_plan::POINT_CODE,
        emitter_plan::POINT_NAME,
        STANDARD_GRADE,
    ]);

/// The reference oxygen a line of a plan may mean, in percent: one figure where it names the fuel, else all of the
/// standard. `None` where the standard asks for no correction.
#[must_use]
pub fn references(line: &Row) -> Option<Vec<f64>> {
    let (standard, grade) = (line.text(STANDARD_NO)?, line.text(STANDARD_GRADE));
    let words = words_of(standard, grade);
    let own = line.task().settings.entries(&REFERENCE_OXYGEN, own);
    let own = own.iter().find(|(named, _)| named.iter().all(|word| words.contains(word.as_str())));
    own.map(|(_, oxygen)| vec![*oxygen]).or_else(|| of_standard(standard, grade))
}

/// Reference oxygen in place of that shipped.
pub static REFERENCE_OXYGEN: Setting = Setting::list(
    "reference-oxygen",
    &[],
    text(
        "基准氧含量(%),优先于随附的数据,每项写作“GB 13271 生物质=9”:标准编号、燃料等字样,等号后是百分数",
        "Reference oxygen in per cent before that shipped, each as “GB 13271 生物质=9”: words of the standard and grade, and the figure",
    ),
)
.entries(text("“GB 13271 生物质=9”", "“GB 13271 生物质=9”"), |entry| own(entry).is_some());

/// Words the standard and grade of a plan must have, and the oxygen.
fn own(entry: &str) -> Option<(Vec<String>, f64)> {
    let (words, oxygen) = entry.split_once(['=', '＝'])?;
    let words: Vec<_> = words.split_whitespace().map(key).collect();
    let oxygen =
        oxygen.trim().trim_end_matches('%').parse().ok().filter(|oxygen| (0.0..21.0).contains(oxygen))?;
    (!words.is_empty()).then_some((words, oxygen))
}

fn words_of(standard: &str, grade: Option<&str>) -> String {
    key(&format!("{standard} {}", grade.unwrap_or_default()))
}

fn of_standard(standard: &str, grade: Option<&str>) -> Option<Vec<f64>> {
    // Another year of the standard is another standard.
    Standard::parse(standard, grade)?;
    let words = words_of(standard, grade);
    let rows: Vec<_> = ROWS.iter().filter(|row| words.contains(row.standard)).collect();
    let named = rows.iter().find(|row| names_any(&words.replace("大气", ""), row.fuel));
    let references: Vec<_> =
        named.map_or_else(|| rows.iter().map(|row| row.oxygen).collect(), |row| vec![row.oxygen]);
    (!references.is_empty()).then_some(references)
}

/// Whether it is one of the pollutants these standards give limits at reference oxygen for; blackness and what is
/// reported beside pollutants is not.
#[must_use]
pub fn is_corrected(pollutant: &str) -> bool {
    ["颗粒物", "二氧化硫", "氮氧化物", "汞及其化合物"].contains(&canonical(pollutant))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_reference_oxygen_can_be_read() {
        assert_eq!(ROWS.len(), 5);
    }

    #[test]
    fn the_fuel_chooses_the_reference() {
        assert_eq!(of_standard("GB 13223-2011", Some("新建燃煤锅炉")), Some(vec![6.0]));
        assert_eq!(of_standard("火电厂大气污染物排放标准(GB13223-2011)", Some("燃气轮机")), Some(vec![15.0]));
        assert_eq!(of_standard("GB 13271-2014", Some("在用燃气锅炉")), Some(vec![3.5]));
        assert_eq!(of_standard("锅炉大气污染物排放标准 GB 13271-2014", None), Some(vec![9.0, 3.5]));
    }

    #[test]
    fn the_user_names_words_and_a_figure() {
        assert_eq!(
            own("GB 13271 生物质=9%"),
            Some((vec!["gb".into(), "13271".into(), "生物质".into()], 9.0))
        );
        assert!(["生物质", "=9", "GB 13271=21"].into_iter().all(|entry| own(entry).is_none()));
    }

    #[test]
    fn other_standards_ask_for_no_correction() {
        assert_eq!(of_standard("GB 16171-2012", Some("表5")), None);
        assert_eq!(of_standard("GB 13223-2003", None), None);
        assert_eq!(of_standard("GB 18918-2002", Some("一级A")), None);
    }

    #[test]
    fn only_what_has_a_limit_at_reference_oxygen_is_corrected() {
        assert!(is_corrected("烟尘") && is_corrected("NOx"));
        assert!(!["林格曼黑度", "烟气温度", "氨"].into_iter().any(is_corrected));
    }
}
