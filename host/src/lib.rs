//! mingcha (明察): checks what government bodies disclose against the rules that bind them.
//!
//! The story: [`intake`] reads what was submitted into tables, [`runtime`] runs packs of rules within limits, [`audit`]
//! puts the two together and makes the run record, [`report`] writes it for people and programs, [`cli`] is what a
//! person types; [`author`] and [`cases`] serve those who write packs. Everything between intake and report is values in, values out.

pub mod audit;
pub mod author;
pub mod cases;
pub mod cli;
pub mod config;
pub mod handbook;
pub mod intake;

pub mod iso_date;
pub mod manifest;
pub mod matrix;
pub mod near;
pub mod page;
pub mod report;
pub mod runtime;
mod system;
pub mod trust;
mod visible;

pub use system::system_words;
pub(crate) use visible::json_safe;
pub use visible::{cut, visible, visible_block};

/// Bytes in hexadecimal.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
