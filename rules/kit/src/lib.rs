//! What an author of rules works with: tables and columns to declare, rows to look at, findings to write.
//!
//! A pack is one `static` [`Pack`], its tables ([`table!`]), its rules ([`rule!`]) and one call of [`export_pack!`].
//! Nothing here knows a domain, and nothing reads a clock, a file or the network: what a rule may know of the
//! world stands in its [`Task`] and in the columns it declared.
//!
//! ```
//! use mingcha_kit::prelude::*;
//!
//! table! {
//!     /// Bridges and their load limits.
//!     pub static BRIDGES = Table::named("bridges", "桥梁清单", "Bridges").key(&[NAME]);
//!     /// 桥名
//!     pub const NAME = Column::text("name", "桥名", "Bridge").required();
//!     /// 限载
//!     pub const LIMIT = Column::number("limit", "限载", "Load limit").unit("t");
//! }
//!
//! rule! {
//!     /// ## 查什么
//!     /// 限载应大于零。
//!     /// ---
//!     /// ## What
//!     /// A load limit is above zero.
//!     pub static LIMIT_POSITIVE = Rule {
//!         id: "bridge/limit-positive",
//!         title: text("限载不大于零", "Load limit not above zero"),
//!         over: Reading::of(&BRIDGES, &[LIMIT]),
//!         messages: &[Message::new("{name}的限载“{limit}”不大于零", "Load limit “{limit}” of {name} is not above zero")],
//!         check: Check::Row(limit_positive),
//!         ..Rule::EMPTY
//!     };
//! }
//!
//! fn limit_positive(bridge: &Row, findings: &mut Findings) -> Judged {
//!     if bridge.number(LIMIT)? <= 0.0 {
//!         findings.at(bridge, LIMIT);
//!     }
//!     JUDGED
//! }
//! ```

pub mod batch;
mod column;
mod columns;
#[cfg(not(target_arch = "wasm32"))]
#[doc(hidden)]
pub mod example;
pub mod export;
mod findings;
mod groups;
mod incoming;
mod manifest;
mod row;
mod rule;
mod screen;
mod session;
pub mod settings;
mod spellings;
mod together;

pub use batch::{Batch, Cells, ColumnData, State, TextData};
pub use column::{Code, Column, Kind, Table};
pub use columns::{PerValue, Values};
pub use findings::{Finding, FindingData, Findings, Outcome, Place, Tally, Value};
pub use groups::Groups;
pub use manifest::{Pack, ReferenceData, lint};
pub use mingcha_values as values;
pub use row::Row;
pub use rule::{
    Basis, Check, Inspection, JUDGED, Judged, Message, Presence, Reading, Rule, Scope, Severity, Text, text,
};
pub use screen::{Glance, Screen};
pub use session::{ReportingPeriod, Session, Task};
pub use settings::{Setting, Settings};

/// What a file of rules imports.
pub mod prelude {
    pub use crate::{
        Basis, Batch, Check, Column, Findings, Glance, Groups, Inspection, JUDGED, Judged, Message, Place,
        Presence, Reading, Row, Rule, Scope, Screen, Setting, Severity, State, Table, Task, Value, rule,
        table, text,
    };
    pub use chrono::{Datelike, Days, NaiveDate, NaiveDateTime};
    pub use mingcha_values as values;
    pub use mingcha_values::decimal::Decimal;
}

#[cfg(test)]
mod split_tests;
#[cfg(test)]
#[path = "support_tests.rs"]
mod support;
