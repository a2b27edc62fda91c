//! Reports: every one is a pure function of the run record.

mod json;
mod text;
mod trust;
mod words;

pub use json::json;
pub(crate) use text::basis_name;
pub use text::{TextOptions, text};
pub use trust::{line as trust_line, lines as trust_lines};
pub use words::{conclusion, reason, severity, status};
