//! Findings as sentences: templates filled with values, in the reader's language.

use super::record::Value;
use crate::manifest::{Language, Table, Text};
use crate::runtime;

/// A value of a pack's answer as it stands in the record.
#[must_use]
pub fn value(value: &runtime::Value, table: &Table) -> Value {
    match value {
        runtime::Value::Text(text) => Value::Text(text.clone()),
        runtime::Value::Number(number) => Value::Number(*number),
        runtime::Value::Integer(integer) => Value::Integer(*integer),
        runtime::Value::Decimal(units, scale) => Value::Decimal(decimal(*units, *scale)),
        runtime::Value::Date(days) => Value::Date(crate::iso_date::text(*days)),
        runtime::Value::Instant(seconds) => Value::Instant(instant(*seconds)),
        runtime::Value::Columns(columns) => {
            Value::Columns(columns.iter().map(|column| table.column(*column).label.clone()).collect())
        }
    }
}

fn decimal(units: i64, scale: u8) -> String {
    mingcha_values::decimal::Decimal::new(units, scale).to_string()
}

fn instant(seconds: i64) -> String {
    let instant = mingcha_values::date::from_seconds(seconds);
    instant.map_or_else(|| format!("{seconds} s"), |instant| instant.format("%Y-%m-%d %H:%M").to_string())
}

/// A value as the reader writes it: `2016年7月26日` in Chinese, `2016-07-26` in English.
#[must_use]
pub fn show(value: &Value, language: Language) -> String {
    match (value, language) {
        (Value::Text(text) | Value::Decimal(text), _) => text.clone(),
        (Value::Number(number), _) => format!("{number}"),
        (Value::Integer(integer), _) => integer.to_string(),
        (Value::Date(text) | Value::Instant(text), Language::En) => text.clone(),
        (Value::Date(text) | Value::Instant(text), Language::Zh) => chinese_date(text),
        (Value::Columns(labels), _) => {
            let joint = if language == Language::Zh { "、" } else { ", " };
            labels.iter().map(|label| label.get(language)).collect::<Vec<_>>().join(joint)
        }
    }
}

fn chinese_date(iso: &str) -> String {
    let (day, time) = iso.split_once(' ').map_or((iso, ""), |(day, time)| (day, time));
    let numbers: Option<Vec<u32>> = day.split('-').map(|part| part.parse().ok()).collect();
    match numbers.as_deref() {
        Some([year, month, day]) if time.is_empty() => format!("{year}年{month}月{day}日"),
        Some([year, month, day]) => format!("{year}年{month}月{day}日{time}"),
        _ => iso.to_owned(),
    }
}

/// A template with its holes filled, in both languages; `fill` says what a name stands for.
#[must_use]
pub fn sentence(template: &Text, fill: impl Fn(&str, Language) -> Option<String>) -> Text {
    Text {
        zh: filled(&template.zh, |name| fill(name, Language::Zh)),
        en: filled(&template.en, |name| fill(name, Language::En)),
    }
}

/// A hole nobody knows stays as it is, for its author to see.
fn filled(template: &str, fill: impl Fn(&str) -> Option<String>) -> String {
    let mut text = String::with_capacity(template.len() * 2);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let Some((name, behind)) = after.split_once('}') else {
            text.push('{');
            rest = after;
            continue;
        };
        match fill(name) {
            Some(value) => text.push_str(&value),
            None => {
                text.push('{');
                text.push_str(name);
                text.push('}');
            }
        }
        rest = behind;
    }
    text.push_str(rest);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holes_are_filled_and_unknown_ones_stay() {
        let known = |name: &str| (name == "item_name").then(|| "停车费".to_owned());
        assert_eq!(filled("“{item_name}”的{what}", known), "“停车费”的{what}");
        assert_eq!(filled("{", known), "{");
        assert_eq!(filled("没有洞", known), "没有洞");
    }

    #[test]
    fn dates_are_written_in_the_readers_way() {
        let day = Value::Date("2016-07-26".to_owned());
        assert_eq!(show(&day, Language::Zh), "2016年7月26日");
        assert_eq!(show(&day, Language::En), "2016-07-26");
        assert_eq!(show(&Value::Instant("2016-07-26 14:00".to_owned()), Language::Zh), "2016年7月26日14:00");
    }
}
