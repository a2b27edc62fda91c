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

/// What the sections of a component say, by name; bytes that are no component say nothing.
#[must_use]
pub fn read(component: &[u8]) -> Vec<(&'static str, String)> {
    let mut found = Vec::new();
    let mut depth = 0_u32;
    for payload in Parser::new(0).parse_all(component) {
        match payload {
            Ok(Payload::ModuleSection { .. } | Payload::ComponentSection { .. }) => depth += 1,
            Ok(Payload::End(_)) => depth = depth.saturating_sub(1),
            Ok(Payload::CustomSection(section)) if depth == 0 => {
                let name = NAMES.into_iter().find(|name| *name == section.name());
                found.extend(
                    name.map(|name| (name, crate::visible(&String::from_utf8_lossy(section.data())))),
                );
            }
            Ok(_) => {}
            Err(_) => break,
        }
    }
    found
}
