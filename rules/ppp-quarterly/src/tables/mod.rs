//! What the pack reads, one table per file. Rules import the columns from here by the name of their table.

pub(crate) mod contact;
pub(crate) mod fiscal;
pub(crate) mod previous;
pub(crate) mod project;
