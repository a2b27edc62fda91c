//! Bindings generated from `wit/`. Only this folder sees them.
//!
//! Arguments borrow: a batch is lowered straight from the host's columns, without a copy on the host's side.

wasmtime::component::bindgen!({
    path: "../wit",
    world: "rule-pack",
    ownership: Borrowing { duplicate_if_necessary: true },
});
