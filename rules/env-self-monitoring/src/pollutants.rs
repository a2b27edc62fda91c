//! What the rules know of a pollutant beyond its name, and its names as the tables' code list.

use mingcha_kit::Code;
use mingcha_kit::values::pollutant::{self, Pollutant};

/// Canonical names with their other spellings: rules, keys and groups see one name for one pollutant.
pub const POLLUTANTS: &[Code] = &CODES;

const CODES: [Code; pollutant::POLLUTANTS.len()] = {
    let mut codes = [Code::plain(""); pollutant::POLLUTANTS.len()];
    let mut index = 0;
    while index < codes.len() {
        codes[index] = Code::spelt(pollutant::POLLUTANTS[index].name, pollutant::POLLUTANTS[index].aliases);
        index += 1;
    }
    codes
};

/// The name to compare by: `化学需氧量(COD)` is 化学需氧量; an unknown name stays as written.
#[must_use]
pub fn canonical(text: &str) -> &str {
    Pollutant::find(text).map_or(text, |pollutant| pollutant.name)
}

/// Whether it is noise, which is not discharged anywhere.
#[must_use]
pub fn is_noise(text: &str) -> bool {
    text.contains("噪声") || text.contains("噪音") || text.contains("声级")
}

/// Whether “times over the limit” means anything for it: not for pH, dissolved oxygen, blackness and noise.
#[must_use]
pub fn has_multiple(text: &str) -> bool {
    !is_noise(text) && Pollutant::find(text).is_none_or(Pollutant::has_multiple)
}

/// Whether it is acidity.
#[must_use]
pub fn is_acidity(text: &str) -> bool {
    canonical(text) == "pH值"
}

/// Whether it is no pollutant but a state of the water or gas, reported beside them: temperature, flow, oxygen.
#[must_use]
pub fn is_beside(text: &str) -> bool {
    ["温", "压", "流量", "流速", "湿度", "含湿量", "氧含量", "含氧量", "负荷", "工况"]
        .iter()
        .any(|word| text.contains(word))
}

/// Whether it may be below zero: temperatures and pressures are reported beside pollutants.
#[must_use]
pub fn may_be_negative(text: &str) -> bool {
    ["温", "压"].iter().any(|word| text.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_brackets_are_seen_through() {
        assert_eq!(canonical("化学需氧量(COD)"), "化学需氧量");
        assert_eq!(canonical("烟尘"), "颗粒物");
        assert_eq!(canonical("总镉"), "总镉");
    }

    #[test]
    fn noise_and_ph_have_no_multiple() {
        assert!(has_multiple("COD") && has_multiple("总镉"));
        assert!(!["pH", "溶解氧", "昼间噪声"].into_iter().any(has_multiple));
    }

    #[test]
    fn what_is_reported_beside_pollutants_is_none() {
        assert!(is_beside("烟气流速") && is_beside("污水流量") && is_beside("含氧量"));
        assert!(!["溶解氧", "氨氮", "化学需氧量", "pH值"].into_iter().any(is_beside));
    }

    #[test]
    fn only_temperatures_and_pressures_are_below_zero() {
        assert!(may_be_negative("烟气温度") && may_be_negative("烟气静压"));
        assert!(!may_be_negative("氨氮"));
    }
}
