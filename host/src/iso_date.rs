//! Days since 1970-01-01 written as `2016-07-26` in everything that leaves the host.

use mingcha_values::date;
use serde::{Deserialize, Deserializer, Serializer, de::Error as _};

/// As text for people and files.
#[must_use]
pub fn text(days: i32) -> String {
    date::from_days(days).map_or_else(|| format!("{days} d"), |date| date.format("%Y-%m-%d").to_string())
}

/// The day a text names, in days since 1970-01-01; none where it names none.
#[must_use]
pub fn parse(text: &str) -> Option<i32> {
    Some(date::days_since_epoch(date::parse_date(text).ok()?))
}

pub(crate) fn serialize<S: Serializer>(days: &Option<i32>, serializer: S) -> Result<S::Ok, S::Error> {
    match days {
        Some(days) => serializer.serialize_some(&text(*days)),
        None => serializer.serialize_none(),
    }
}

pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<i32>, D::Error> {
    let Some(text) = Option::<String>::deserialize(deserializer)? else { return Ok(None) };
    parse(&text).map(Some).ok_or_else(|| D::Error::custom(format!("{text} is not a date")))
}
