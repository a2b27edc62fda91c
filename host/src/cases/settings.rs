//! What holds in a case: `case.toml` of the case, else of its rule, its domain, or the folder of all cases.

use std::fs;
use std::path::Path;

use serde::Deserialize;

use super::Case;
use crate::audit::Request;
use crate::manifest::Text;

const FILE: &str = "case.toml";

/// What `case.toml` may say.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Described {
    as_of: Option<String>,
    period: Option<String>,
    #[serde(default)]
    settings: toml::Table,
}

/// The request a case is run with: `base`, and over it what the files say, the nearest last.
///
/// # Errors
/// Where one of them cannot be read or says what cannot be.
pub fn request_of(root: &Path, case: &Case, pack: &str, base: &Request) -> Result<Request, Text> {
    let mut request = base.clone();
    let mut settings = toml::Table::new();
    let mut folder = root.to_owned();
    apply(&folder, &mut request, &mut settings)?;
    for step in case.id().split('/') {
        folder.push(step);
        apply(&folder, &mut request, &mut settings)?;
    }
    set(&mut request, pack, &settings);
    Ok(request)
}

/// What holds for all cases of a pack.
///
/// # Errors
/// Where the file cannot be read or says what cannot be.
pub fn base_of(root: &Path, pack: &str, base: &Request) -> Result<Request, Text> {
    let mut request = base.clone();
    let mut settings = toml::Table::new();
    apply(root, &mut request, &mut settings)?;
    set(&mut request, pack, &settings);
    Ok(request)
}

/// Puts settings of a pack into a request, beside those it has.
pub(super) fn set(request: &mut Request, pack: &str, settings: &toml::Table) {
    if settings.is_empty() {
        return;
    }
    let before = request.settings.get(pack).and_then(|json| serde_json::from_str(json).ok());
    let mut all: serde_json::Map<String, serde_json::Value> = before.unwrap_or_default();
    for (name, value) in settings {
        all.insert(name.clone(), serde_json::to_value(value).unwrap_or_default());
    }
    request.settings.insert(pack.to_owned(), serde_json::Value::Object(all).to_string());
}

fn apply(folder: &Path, request: &mut Request, settings: &mut toml::Table) -> Result<(), Text> {
    let file = folder.join(FILE);
    if !file.is_file() {
        return Ok(());
    }
    let text = fs::read_to_string(&file).map_err(|error| crate::author::about(&file, &error))?;
    let wrong =
        |what: &str| Text::of(format!("{}:{what}", file.display()), format!("{}: {what}", file.display()));
    let described: Described = toml::from_str(&text).map_err(|error| wrong(&error.to_string()))?;
    if let Some(day) = &described.as_of {
        request.as_of = crate::iso_date::parse(day).ok_or_else(|| wrong(&format!("as-of = \"{day}\"")))?;
    }
    if let Some(period) = &described.period {
        let known = crate::audit::period(period).ok_or_else(|| wrong(&format!("period = \"{period}\"")))?;
        request.period = Some(known);
    }
    settings.extend(described.settings);
    Ok(())
}
