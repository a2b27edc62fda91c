//! `[settings.PACK]`: what a pack leaves to its user, by the pack's id.

use serde_json::{Value, json};
use toml::de::DeValue;

use super::fault::Placed;
use super::section::Section;

/// One setting of one pack.
#[derive(Clone, Debug, PartialEq)]
pub struct PackSetting {
    /// The pack's id.
    pub pack: Placed<String>,
    /// The setting.
    pub name: Placed<String>,
    /// Its value.
    pub value: Placed<Value>,
}

/// Reads the settings of all packs.
pub(super) fn read(file: &mut Section<'_>) -> Vec<PackSetting> {
    let Some(section) = file.section("settings") else { return Vec::new() };
    let mut settings = Vec::new();
    for (pack, value) in section.each() {
        let Some(own) = section.as_section(&pack.value, value) else { continue };
        for (name, value) in own.each() {
            let spot = own.at(value);
            match json_of(value.get_ref()) {
                Some(value) => {
                    settings.push(PackSetting { pack: pack.clone(), name, value: Placed { spot, value } });
                }
                None => {
                    let zh = format!("{} 的值应是数、文字、true/false,或文字的列表", name.value);
                    let en =
                        format!("{} must be a number, a text, true/false, or a list of texts", name.value);
                    own.fault(spot, zh, en);
                }
            }
        }
    }
    settings
}

/// As packs take it; none for dates and tables, which no setting is.
fn json_of(value: &DeValue<'_>) -> Option<Value> {
    Some(match value {
        DeValue::String(text) => json!(text),
        DeValue::Integer(number) => json!(i64::from_str_radix(number.as_str(), number.radix()).ok()?),
        DeValue::Float(number) => {
            json!(number.as_str().parse::<f64>().ok().filter(|number| number.is_finite())?)
        }
        DeValue::Boolean(flag) => json!(flag),
        DeValue::Array(items) => {
            Value::Array(items.iter().map(|item| json_of(item.get_ref())).collect::<Option<_>>()?)
        }
        DeValue::Datetime(_) | DeValue::Table(_) => return None,
    })
}
