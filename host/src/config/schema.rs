//! What a pack's JSON Schema asks of its settings: the small part of it that packs use.

use serde_json::{Map, Value};

/// The settings a schema knows, each with its own schema.
#[must_use]
pub fn properties(schema: &str) -> Map<String, Value> {
    let schema: Value = serde_json::from_str(schema).unwrap_or_default();
    schema["properties"].as_object().cloned().unwrap_or_default()
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
