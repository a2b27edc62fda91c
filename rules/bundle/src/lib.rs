//! The shipped packs as component bytes.
//!
//! The build script compiles each pack crate to WebAssembly and encodes it; nothing here runs one, and no pack is a Rust
//! dependency of this crate: host and packs meet only as bytes.

/// A pack that ships with the host.
#[derive(Clone, Copy, Debug)]
pub struct Bundled {
    /// The name of its crate, which is also its id.
    pub name: &'static str,
    /// The component.
    pub bytes: &'static [u8],
}

macro_rules! bundled {
    ($name:literal) => {
        Bundled { name: $name, bytes: include_bytes!(concat!(env!("OUT_DIR"), "/", $name, ".wasm")) }
    };
}

/// The packs built into the host, in the order they are run and reported.
pub const PACKS: &[Bundled] = &[
    bundled!("fee-catalogue"),
    bundled!("ppp-quarterly"),
    bundled!("env-self-monitoring"),
    bundled!("public-response"),
];

/// The pack that misbehaves on request: the sandbox's sparring partner, never part of the host.
#[cfg(feature = "hostile")]
pub const HOSTILE: Bundled = bundled!("hostile");

/// The duties these packs were chosen for, and which rules cover which: JSON, read by `mingcha rules --matrix`.
///
/// It stands here because it speaks of the packs together. The host names no rule, and no pack knows the others or
/// the duties that nobody covers.
pub const DUTIES: &str = include_str!("../duties.json");
