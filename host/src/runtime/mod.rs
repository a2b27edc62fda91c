//! Runs packs within limits.
//!
//! Nothing here reads submitted data, prints, or knows a rule by name. A pack that breaks a limit becomes a
//! [`CallError`]; it never becomes a finding, because the data is not to blame.

mod bindings;
mod cache;
mod check;
mod convert;
mod engine;
mod error;
mod limits;
mod pack;
mod session;

pub use cache::Cache;
pub use engine::{ENGINE_VERSION, Engine, Execution, SECOND_ENGINE};
pub use error::{CallError, Export, PackError};
pub use limits::Limits;
pub use pack::{CONTRACT, Origin, Pack};
pub use session::{Found, Outcome, Period, Place, Session, Tally, Task, Usage, Value};
