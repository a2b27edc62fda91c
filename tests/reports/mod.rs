//! What comes of a run: the record and every report made from it, comparison, suppression, hostile data, a million
//! findings.

mod annotated;
mod browser;
mod causes;
mod compare;
mod devtools;
mod formats;
mod hostile;
mod schema;
mod split;
mod store;
mod suppressed;
mod volume;

use std::path::Path;

use serde_json::Value;

use crate::cli::said;
use crate::common::root;

/// The arguments that check the demo submission.
const DEMO: [&str; 6] = ["check", "fixtures/changji-2016q3", "--as-of", "2016-11-30", "--period", "2016Q3"];

/// What the program prints of the demo in this format.
fn demo_in(format: &str) -> String {
    let (code, out, err) = said(&[&DEMO[..], &["--format", format]].concat());
    assert_eq!(code, 3, "{err}");
    out
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

fn path(path: &Path) -> &str {
    path.to_str().expect("a path in UTF-8")
}

/// Problems of a document, by a JSON Schema; none where it is valid.
fn problems(schema: &Value, document: &Value) -> Vec<String> {
    let validator = jsonschema::validator_for(schema).expect("the schema is one");
    validator
        .iter_errors(document)
        .take(20)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect()
}

fn committed(file: &str) -> Value {
    let file = root().join(file);
    let text = std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    json(&text)
}
