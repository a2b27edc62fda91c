//! The published schemas are those of the types, and what the program writes is valid by them.

use mingcha::config::Config;
use serde_json::Value;

use super::{committed, demo_in, json, problems};
use crate::cli::said;

#[test]
fn the_published_schemas_are_those_of_the_program() {
    for document in ["record", "manifest", "finding"] {
        let (code, printed, _) = said(&["schema", document]);
        assert_eq!(code, 0);
        let file = format!("docs/schema/run-{document}.schema.json");
        assert_eq!(json(&printed), committed(&file), "the types changed: mingcha schema {document} > {file}");
    }
}

#[test]
fn the_record_of_the_demo_is_valid_by_its_schema() {
    let record = json(&demo_in("json"));
    assert_eq!(problems(&committed("docs/schema/run-record.schema.json"), &record), Vec::<String>::new());
}

#[test]
fn every_line_of_ndjson_is_valid_by_its_schema() {
    let text = demo_in("ndjson");
    let mut lines = text.lines().map(json);
    let manifest = lines.next().expect("a first line");
    assert_eq!(problems(&committed("docs/schema/run-manifest.schema.json"), &manifest), Vec::<String>::new());
    let schema = committed("docs/schema/run-finding.schema.json");
    let mut findings = 0;
    for finding in lines {
        assert_eq!(problems(&schema, &finding), Vec::<String>::new());
        findings += 1;
    }
    assert_eq!(
        Some(findings),
        manifest["rules"]
            .as_array()
            .map(|rules| { rules.iter().filter_map(|rule| rule["kept"].as_u64()).sum() })
    );
}

/// The keys that may stand where this configuration has one that nobody knows.
fn keys(config: &str) -> Vec<String> {
    let faults = Config::parse(config).expect_err("an unknown key");
    let known = faults.iter().find_map(|fault| fault.text.en.split_once("here may stand: "));
    let mut keys: Vec<String> = known.expect("the known keys").1.split(' ').map(str::to_owned).collect();
    keys.sort();
    keys
}

#[test]
fn the_schema_of_the_configuration_has_the_keys_that_are_read() {
    let schema = committed("docs/schema/mingcha.toml.schema.json");
    for (config, place) in [
        ("qqqqqqqq = 1", "/properties"),
        ("[[tables]]\nqqqqqqqq = 1", "/properties/tables/items/properties"),
        ("[[suppressions]]\nqqqqqqqq = 1", "/properties/suppressions/items/properties"),
    ] {
        let properties = schema.pointer(place).and_then(Value::as_object).expect("properties");
        assert_eq!(properties.keys().cloned().collect::<Vec<_>>(), keys(config), "{place}");
    }
}

#[test]
fn the_example_of_the_configuration_is_valid_by_its_schema() {
    let help = said(&["config", "--help"]).1;
    let example = help.split_once("例 / example:\n").expect("an example").1;
    let example: Value = toml::from_str(example).expect("TOML");
    assert_eq!(problems(&committed("docs/schema/mingcha.toml.schema.json"), &example), Vec::<String>::new());
}
