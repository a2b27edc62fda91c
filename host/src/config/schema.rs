//! What a pack's JSON Schema asks of its settings: the small part of it that packs use.

use serde_json::{Map, Value};

use crate::manifest::Language;

/// The settings a schema knows, each with its own schema; no text of it acts on a terminal.
#[must_use]
pub fn properties(schema: &str) -> Map<String, Value> {
    let schema: Value = serde_json::from_str(schema).unwrap_or_default();
    match shown(schema["properties"].clone()) {
        Value::Object(properties) => properties,
        _ => Map::new(),
    }
}

/// A stranger's characters may stand as escapes in JSON, and are characters again once it is read.
fn shown(value: Value) -> Value {
    match value {
        Value::String(text) => Value::String(crate::visible(&text)),
        Value::Array(items) => items.into_iter().map(shown).collect(),
        Value::Object(fields) => {
            fields.into_iter().map(|(name, field)| (crate::visible(&name), shown(field))).collect()
        }
        other => other,
    }
}

/// A setting as people are told of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Described {
    /// Its name.
    pub name: String,
    /// As JSON.
    pub default: String,
    /// What it is for, in the reader's language.
    pub purpose: String,
}

/// The settings a schema knows, for people; no text of it acts on a terminal.
#[must_use]
pub fn described(schema: &str, language: Language) -> Vec<Described> {
    let purpose = if language == Language::Zh { "title" } else { "description" };
    let told = |(name, setting): (String, Value)| Described {
        name,
        default: setting["default"].to_string(),
        purpose: setting[purpose].as_str().unwrap_or_default().to_owned(),
    };
    properties(schema).into_iter().map(told).collect()
}

/// Whether a value is of the type its schema asks for.
#[must_use]
pub fn fits(schema: &Value, value: &Value) -> bool {
    match schema["type"].as_str() {
        Some("integer") => value.is_i64(),
        Some("number") => value.is_number(),
        Some("boolean") => value.is_boolean(),
        Some("string") => value.is_string(),
        Some("array") => value.as_array().is_some_and(|items| items.iter().all(Value::is_string)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_of_json_do_not_bring_back_what_acts_on_a_terminal() {
        let schema = r#"{"properties":{"a\u001b[2J":{"type":"string","default":["\u202eb"],
            "title":"\u009bc\nd","description":"e\u0007"}}}"#;
        for (language, purpose) in [(Language::Zh, "<U+009B>c<U+000A>d"), (Language::En, "e<U+0007>")] {
            let told = Described {
                name: "a<U+001B>[2J".to_owned(),
                default: "[\"<U+202E>b\"]".to_owned(),
                purpose: purpose.to_owned(),
            };
            assert_eq!(described(schema, language), [told]);
        }
        assert_eq!(described("[]", Language::Zh), []);
    }
}
