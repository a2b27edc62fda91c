//! The sandbox under attack: every behaviour of the hostile pack, and everything that is no pack at all, each with its
//! exact outcome; other packs' findings stay complete.
//!
//! The scoreboard: `cargo test --workspace --test all sandbox -- --nocapture`.

mod arena;
mod bad_packs;
mod behaviours;
mod command_line;
mod engines;
mod expected;
#[cfg(target_os = "linux")]
mod host_memory;
mod mutants;
mod rewritten;
mod scoreboard;
mod switches;
mod texts;
