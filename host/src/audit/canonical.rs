//! Values as bytes that are the same whenever the values are: what is hashed, signed and compared.

use serde::Serialize;

/// A value as one line of canonical JSON: keys sorted, no spaces, what acts on terminals escaped, a line end.
#[must_use]
pub fn canonical_line(value: &impl Serialize) -> Vec<u8> {
    crate::json_safe(sorted(value).to_string() + "\n").into_bytes()
}

/// A value as indented canonical JSON: keys sorted, two spaces, what acts on terminals escaped, a line end.
#[must_use]
pub fn canonical_block(value: &impl Serialize) -> Vec<u8> {
    crate::json_safe(format!("{:#}\n", sorted(value))).into_bytes()
}

fn sorted(value: &impl Serialize) -> serde_json::Value {
    let mut value = serde_json::to_value(value).unwrap_or_default();
    value.sort_all_objects();
    value
}
