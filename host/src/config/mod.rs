//! `mingcha.toml`: what an office settles once for all its runs. The command line wins over it.
//!
//! Strict: a key nobody knows is an error with its place, never ignored. Reading knows nothing of packs; whether tables,
//! columns and settings exist is asked with [`Config::check`] once the packs are loaded.
//!
//! A further section is a field of [`Config`], a file beside `tables.rs` that reads it from its `Section`, a line in
//! `Config::of`, and, where it names things of packs, one in `check.rs`.

mod check;
mod fault;
mod schema;
mod section;
mod settings;
mod severities;
mod suppressions;
mod tables;

#[cfg(test)]
mod tests;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use toml::de::DeTable;

pub use fault::{ConfigError, Fault, Placed, Spot};
pub use schema::{Described, described, fits, properties};
pub use settings::PackSetting;
pub use severities::RuleSeverity;
pub use suppressions::SuppressionEntry;
pub use tables::TableEntry;

use crate::audit::record::SuppressionRecord;
use crate::intake::Options;
use crate::manifest::{Language, Severity};
use section::Reading;
pub(crate) use section::Section;

/// The name looked for in the working directory.
pub const FILE_NAME: &str = "mingcha.toml";

/// All that a configuration says; empty where there is none.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Config {
    /// Where it was read from.
    pub path: Option<PathBuf>,
    /// `language`
    pub language: Option<Language>,
    /// `packs`, as `--pack` takes them; files relative to the configuration.
    pub packs: Vec<Placed<String>>,
    /// `expect`: tables that must have been handed in.
    pub expect: Vec<Placed<String>>,
    /// `[[tables]]`: which file is which table, and which header which column.
    pub tables: Vec<TableEntry>,
    /// `[settings.PACK]`
    pub settings: Vec<PackSetting>,
    /// `[severities]`
    pub severities: Vec<RuleSeverity>,
    /// `[[suppressions]]`
    pub suppressions: Vec<SuppressionEntry>,
}

impl Config {
    /// The named file, or `mingcha.toml` in the working directory if there is one.
    ///
    /// # Errors
    /// It cannot be read, or says what it must not.
    pub fn load(named: Option<&Path>) -> Result<Self, ConfigError> {
        match named {
            Some(path) => Self::read(path),
            None if Path::new(FILE_NAME).is_file() => Self::read(Path::new(FILE_NAME)),
            None => Ok(Self::default()),
        }
    }

    fn read(path: &Path) -> Result<Self, ConfigError> {
        let mut config = read_with(path, Self::of)?;
        let folder = path.parent().unwrap_or(Path::new(""));
        for pack in config.packs.iter_mut().filter(|pack| folder.join(&pack.value).is_file()) {
            pack.value = folder.join(&pack.value).to_string_lossy().into_owned();
        }
        config.path = Some(path.to_owned());
        Ok(config)
    }

    /// Reads the text of a configuration.
    ///
    /// # Errors
    /// All that is wrong with it, in the order of their places.
    pub fn parse(text: &str) -> Result<Self, Vec<Fault>> {
        parse_with(text, Self::of)
    }

    fn of(file: &mut Section<'_>) -> Self {
        Self {
            path: None,
            language: language(file),
            packs: file.texts("packs"),
            expect: file.texts("expect"),
            tables: tables::read(file),
            settings: settings::read(file),
            severities: severities::read(file),
            suppressions: suppressions::read(file),
        }
    }

    /// The tables that must have been handed in, by their names.
    #[must_use]
    pub fn expected(&self) -> Vec<String> {
        self.expect.iter().map(|table| table.value.clone()).collect()
    }

    /// How grave rules are taken, by their ids.
    #[must_use]
    pub fn severities(&self) -> BTreeMap<String, Severity> {
        self.severities.iter().map(|entry| (entry.rule.value.clone(), entry.severity)).collect()
    }

    /// What does not count.
    #[must_use]
    pub fn suppressions(&self) -> Vec<SuppressionRecord> {
        self.suppressions.iter().map(|entry| entry.suppression.clone()).collect()
    }

    /// Adds what it says of files to what the command line says of them, which comes first and so wins.
    pub fn add_to(&self, options: &mut Options) {
        options.assignments.extend(self.tables.iter().filter_map(TableEntry::assignment));
        options.headings.extend(self.tables.iter().flat_map(TableEntry::headings));
    }
}

fn language(file: &mut Section<'_>) -> Option<Language> {
    let named = file.text("language")?;
    match named.value.as_str() {
        "zh" => Some(Language::Zh),
        "en" => Some(Language::En),
        other => {
            let zh = format!("language 只能是 \"zh\" 或 \"en\",不能是“{other}”");
            file.fault(named.spot, zh, format!("language is \"zh\" or \"en\", not `{other}`"));
            None
        }
    }
}

/// Reads a TOML file of ours strictly, every fault with its place.
pub(crate) fn read_with<T>(path: &Path, read: impl FnOnce(&mut Section<'_>) -> T) -> Result<T, ConfigError> {
    let unreadable = |source| ConfigError::Unreadable { path: path.to_owned(), source };
    let text = fs::read_to_string(path).map_err(unreadable)?;
    let wrong = |faults| ConfigError::Wrong { path: path.to_owned(), faults };
    parse_with(text.trim_start_matches('\u{feff}'), read).map_err(wrong)
}

fn parse_with<T>(text: &str, read: impl FnOnce(&mut Section<'_>) -> T) -> Result<T, Vec<Fault>> {
    let document = DeTable::parse(text).map_err(|error| vec![not_toml(text, &error)])?;
    let reading = Reading { text, faults: RefCell::default() };
    let mut file = Section::whole(&reading, document.get_ref());
    let value = read(&mut file);
    file.close();
    let mut faults = reading.faults.into_inner();
    faults.sort_by_key(|fault| fault.spot);
    if faults.is_empty() { Ok(value) } else { Err(faults) }
}

fn not_toml(text: &str, error: &toml::de::Error) -> Fault {
    let spot = Spot::of(text, error.span().map_or(0, |span| span.start));
    let line = text.lines().nth(spot.line - 1).unwrap_or_default().trim();
    let zh = format!("这里不合 TOML 的写法:“{line}”;文字要加双引号,键和值之间用 =,同一个键只能写一次");
    Fault::new(spot, zh, format!("not TOML: {} in `{line}`", error.message()))
}
