//! Reports: every one is a pure function of the run record.

mod json;
mod text;
mod words;

pub use json::json;
pub(crate) use text::basis_name;
pub use text::{TextOptions, text};
pub use words::{conclusion, reason, severity, status};
