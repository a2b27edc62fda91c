//! What a rule costs: units of fuel per record, on the cases it has. The figure is the same on every machine.

use std::collections::BTreeMap;
use std::path::Path;

use super::{cases_of, material, request_of};
use crate::audit::Request;
use crate::manifest::{Language, Text};
use crate::runtime::Pack;

/// Fuel per record, by rule; rules without a record in their cases have none.
///
/// # Errors
/// Where a case cannot be run; the pack must have been loaded on an engine that counts.
pub fn per_record(pack: &Pack, root: &Path, base: &Request) -> Result<BTreeMap<String, u64>, Text> {
    let mut figures = BTreeMap::new();
    for rule in &pack.manifest.rules {
        let (mut fuel, mut records) = (0, 0);
        for case in cases_of(root, rule) {
            let mut request = request_of(root, &case, &pack.manifest.id, base)?;
            request.rules = vec![rule.id.clone()];
            for material in material::of(pack, &case.files(), &request) {
                let burnt = material
                    .fuel()
                    .map_err(|error| Text::of(error.sentence(Language::Zh), error.sentence(Language::En)))?;
                fuel += burnt.unwrap_or_default();
                records += material.records();
            }
        }
        if let Some(each) = fuel.checked_div(records) {
            figures.insert(rule.id.clone(), each);
        }
    }
    Ok(figures)
}
