//! The tables of the pack, one a file: what emitters disclose, what the bureau lists, what it inspected.
//!
//! Columns that several tables share have the same headers in each; the spellings of codes stand in [`codes`].

pub mod codes;
pub mod emission_limit;
pub mod emitter_annual;
pub mod emitter_basic;
pub mod emitter_exception;
pub mod emitter_inspection;
pub mod emitter_list;
pub mod emitter_plan;
pub mod emitter_result;
pub mod emitter_snapshot;
