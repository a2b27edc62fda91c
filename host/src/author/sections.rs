//! What a built pack says of itself without being run: custom sections of the component, one text each.
//!
//! `version`, `licenses` and `source` are called as other WebAssembly tools call them. They are the author's claims: what
//! counts at a run is what the pack describes and the digest of its bytes.

use std::borrow::Cow;

use wasm_encoder::{ComponentSection as _, CustomSection};
use wasmparser::{Parser, Payload};

use super::PackCrate;
use crate::runtime::CONTRACT;

/// Names of the sections, in the order they are written.
pub const NAMES: [&str; 5] = ["mingcha:name", "version", "licenses", "source", "mingcha:contract"];

/// The component with its sections; what the crate does not say has none.
pub(super) fn added(mut component: Vec<u8>, from: &PackCrate) -> Vec<u8> {
    let values = [
        Some(from.name.as_str()),
        Some(from.version.as_str()),
        from.licence.as_deref(),
        from.source.as_deref(),
        Some(CONTRACT),
    ];
    for (name, value) in NAMES.into_iter().zip(values) {
        let Some(value) = value else { continue };
        let section = CustomSection { name: Cow::Borrowed(name), data: Cow::Borrowed(value.as_bytes()) };
        section.append_to_component(&mut component);
    }
    component
}

/// What is in a component, without its being run; sizes in bytes.
#[derive(Debug, Default)]
pub struct Anatomy {
    /// How many modules.
    pub modules: usize,
    /// Code of all modules.
    pub code: usize,
    /// Data of all modules.
    pub data: usize,
    /// Custom sections outside of modules, in their order.
    pub custom: Vec<Custom>,
}

/// A custom section.
#[derive(Debug)]
pub struct Custom {
    /// Its name, as it stands there.
    pub name: String,
    /// Its size.
    pub bytes: usize,
    /// Which of [`NAMES`] it has, and what it says; none of sections nobody here knows.
    pub said: Option<(&'static str, String)>,
}

impl Anatomy {
    /// As far as the bytes can be read.
    #[must_use]
    pub fn of(component: &[u8]) -> Self {
        let mut found = Self::default();
        let mut depth = 0_u32;
        for payload in Parser::new(0).parse_all(component).map_while(Result::ok) {
            match payload {
                Payload::ModuleSection { .. } => (found.modules, depth) = (found.modules + 1, depth + 1),
                Payload::ComponentSection { .. } => depth += 1,
                Payload::End(_) => depth = depth.saturating_sub(1),
                Payload::CodeSectionStart { size, .. } => found.code += size as usize,
                Payload::DataSection(data) => {
                    found.data += usize::try_from(data.range().end - data.range().start).unwrap_or(0);
                }
                Payload::CustomSection(section) if depth == 0 => {
                    found.custom.push(Custom::of(section.name(), section.data()));
                }
                _ => {}
            }
        }
        found
    }
}

impl Custom {
    fn of(name: &str, data: &[u8]) -> Self {
        let known = NAMES.into_iter().find(|known| *known == name);
        let said = known.map(|known| (known, crate::visible(&String::from_utf8_lossy(data))));
        Self { name: name.to_owned(), bytes: data.len(), said }
    }
}

/// What the sections of a component say, by name; bytes that are no component say nothing.
#[must_use]
pub fn read(component: &[u8]) -> Vec<(&'static str, String)> {
    Anatomy::of(component).custom.into_iter().filter_map(|section| section.said).collect()
}
