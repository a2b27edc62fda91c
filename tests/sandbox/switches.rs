//! Every switch of the engine bites: a tiny module that needs what is off is refused, and one that needs what is on is not.

use std::path::PathBuf;

use mingcha::runtime::{Cache, Origin, Pack, PackError};

use crate::common;

/// What the engine makes of a component of this text; what is refused for other reasons only is no pack, but was compiled.
fn refusal(text: &str) -> Option<String> {
    let bytes = wat::parse_str(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    let origin = Origin::File(PathBuf::from("switch.wasm"));
    match Pack::load(&common::engine(), &Cache::none(), "switch.wasm", &bytes, origin) {
        Err(PackError::Refused { reason, .. }) => Some(reason),
        Err(PackError::NotAPack { .. }) => None,
        other => panic!("{text}: {other:?}"),
    }
}

/// A switch that is off, a component that needs it, and a word of the refusal.
pub(super) const OFF: [(&str, &str, &str); 14] = [
    ("threads", "(component (core module (memory 1 1 shared)))", "threads"),
    ("gc", "(component (core module (type (struct))))", "gc"),
    ("function references", "(component (core module (func (param (ref func)))))", "function references"),
    ("exceptions", "(component (core module (tag)))", "exceptions"),
    ("tail calls", "(component (core module (func $f return_call $f)))", "tail calls"),
    ("memory64", "(component (core module (memory i64 1)))", "memory64"),
    ("multi-memory", "(component (core module (memory 1) (memory 1)))", "multi"),
    ("custom page sizes", "(component (core module (memory 1 (pagesize 1))))", "custom page sizes"),
    (
        "relaxed SIMD",
        "(component (core module (func (param v128 v128) (result v128) local.get 0 local.get 1 i8x16.relaxed_swizzle)))",
        "relaxed SIMD",
    ),
    (
        "wide arithmetic",
        "(component (core module (func (param i64 i64 i64 i64) (result i64 i64) local.get 0 local.get 1 local.get 2 local.get 3 i64.add128)))",
        "wide arithmetic",
    ),
    ("stack switching", "(component (core module (type $f (func)) (type (cont $f))))", "stack switching"),
    ("component maps", "(component (type (map string u32)))", "map"),
    ("fixed-length lists", "(component (type (list u8 4)))", "fixed"),
    ("component-model async", "(component (type (stream u8)))", "async"),
];

#[test]
fn a_component_that_needs_what_is_off_is_refused() {
    let mut wrong = Vec::new();
    for (name, text, word) in OFF {
        match refusal(text) {
            Some(reason) if reason.to_lowercase().contains(&word.to_lowercase()) => {}
            other => wrong.push(format!("{name}: {other:?}")),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_component_that_needs_what_is_on_is_compiled() {
    let module = "(component (core module
        (memory 1)
        (table 1 funcref)
        (func (result i32) ref.null func i32.const 1 table.grow 0)
        (func (result i32 i32) i32.const 1 i32.const 2)
        (func i32.const 0 i32.const 0 i32.const 0 memory.fill)
        (func (param i32) (result i32) local.get 0 i32.extend8_s)
        (func (param f64) (result i32) local.get 0 i32.trunc_sat_f64_s)
        (func (param v128 v128) (result v128) local.get 0 local.get 1 i8x16.add)))";
    assert_eq!(refusal(module), None);
}
