//! `--set NAME=VALUE` and `[settings]`: what a pack leaves to its user, checked against the pack's own schema before
//! anything runs.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::common::either;
use crate::config::{Config, properties};
use crate::manifest::Language;
use crate::runtime::Pack;

/// The settings per pack, as JSON objects; the error is a sentence.
pub(super) fn settings(
    chosen: &[String],
    config: &Config,
    packs: &[Pack],
    language: Language,
) -> Result<BTreeMap<String, String>, String> {
    let schemas: Vec<(&str, Map<String, Value>)> =
        packs.iter().map(|pack| (pack.manifest.id.as_str(), properties(&pack.manifest.settings))).collect();
    let mut settings: BTreeMap<String, Map<String, Value>> = BTreeMap::new();
    for set in &config.settings {
        let own = settings.entry(set.pack.value.clone()).or_default();
        own.insert(set.name.value.clone(), set.value.value.clone());
    }
    for text in chosen {
        let Some((name, value)) = text.split_once('=') else {
            return Err(either(
                language,
                format!("--set {text}:应写成 名称=值"),
                format!("--set {text}: write NAME=VALUE"),
            ));
        };
        let mut known = false;
        for (pack, properties) in &schemas {
            let Some(schema) = properties.get(name) else { continue };
            known = true;
            let value = typed(schema, value).ok_or_else(|| wrong(name, value, schema, language))?;
            settings.entry((*pack).to_owned()).or_default().insert(name.to_owned(), value);
        }
        if !known {
            return Err(unknown(name, &schemas, language));
        }
    }
    Ok(settings.into_iter().map(|(pack, values)| (pack, Value::Object(values).to_string())).collect())
}

/// The value as the schema wants it; a list is written with commas between its items.
fn typed(schema: &Value, text: &str) -> Option<Value> {
    match schema["type"].as_str()? {
        "integer" => text.parse::<i64>().ok().map(|number| json!(number)),
        "number" => text.parse::<f64>().ok().filter(|number| number.is_finite()).map(|number| json!(number)),
        "boolean" => text.parse::<bool>().ok().map(|flag| json!(flag)),
        "array" => {
            let items = text.split([',', '，', '、']).map(str::trim).filter(|item| !item.is_empty());
            Some(items.map(|item| json!(item)).collect())
        }
        "string" => Some(json!(text)),
        _ => None,
    }
}

fn wrong(name: &str, value: &str, schema: &Value, language: Language) -> String {
    let kind = schema["type"].as_str().unwrap_or_default();
    let zh = match kind {
        "integer" => "整数",
        "number" => "数",
        "boolean" => "true 或 false",
        _ => kind,
    };
    either(
        language,
        format!("--set {name}={value}:“{value}”不是{zh};默认值是 {}", schema["default"]),
        format!("--set {name}={value}: “{value}” is no {kind}; the default is {}", schema["default"]),
    )
}

fn unknown(name: &str, schemas: &[(&str, Map<String, Value>)], language: Language) -> String {
    let names = || schemas.iter().flat_map(|(_, properties)| properties.keys().map(String::as_str));
    let known = names().collect::<Vec<_>>().join(" ");
    let (zh, en) = match super::explain::nearest(name, names()) {
        Some(near) => (format!("是不是 {near}?"), format!("did you mean {near}?")),
        None => (format!("现有:{known}"), format!("there are: {known}")),
    };
    either(
        language,
        format!("--set {name}:没有这个设置;{zh}"),
        format!("--set {name}: there is no such setting; {en}"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_read_as_its_schema_wants_it() {
        assert_eq!(typed(&json!({ "type": "integer" }), "20"), Some(json!(20)));
        assert_eq!(typed(&json!({ "type": "integer" }), "2.5"), None);
        assert_eq!(typed(&json!({ "type": "number" }), "2.5"), Some(json!(2.5)));
        assert_eq!(
            typed(&json!({ "type": "array" }), "昌吉市、奇台县,652302"),
            Some(json!(["昌吉市", "奇台县", "652302"]))
        );
        assert_eq!(typed(&json!({ "type": "boolean" }), "是"), None);
    }
}
