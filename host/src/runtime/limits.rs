//! What a pack may use. Every limit has a unit, a default, and a test in which the hostile pack runs into it.

use std::time::Duration;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wasmtime::{Error, ResourceLimiter};

/// What a pack may use; part of the run record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Limits {
    /// Linear memory of one session, in bytes.
    pub memory_bytes: usize,
    /// Time of one call, in milliseconds.
    pub call_millis: u64,
    /// Instructions of one call, where they are counted (`--metered`).
    pub call_fuel: u64,
    /// One text in an answer, in bytes.
    pub text_bytes: usize,
    /// All that one answer may make the host allocate, in bytes.
    pub answer_bytes: usize,
    /// A component, in bytes.
    pub pack_bytes: usize,
    /// Native stack a pack may use, in bytes.
    pub stack_bytes: usize,
    /// Elements of one table of function references.
    pub table_elements: usize,
    /// Lines a session may write to the log; further ones are dropped.
    pub log_lines: usize,
    /// One line of the log, in bytes; longer ones are cut.
    pub log_line_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            memory_bytes: 256 << 20,
            call_millis: 10_000,
            call_fuel: 20_000_000_000,
            text_bytes: 64 << 10,
            answer_bytes: 8 << 20,
            pack_bytes: 32 << 20,
            stack_bytes: 512 << 10,
            table_elements: 100_000,
            log_lines: 100,
            log_line_bytes: 1 << 10,
        }
    }
}

impl Limits {
    /// Time of one call.
    #[must_use]
    pub fn call(&self) -> Duration {
        Duration::from_millis(self.call_millis)
    }
}

/// Counts a session's memory and refuses what goes past the cap; by a fixed cap, never by the machine's pressure.
#[derive(Debug)]
pub(super) struct Meter {
    cap: usize,
    table_cap: usize,
    /// The most linear memory the session has had.
    pub(super) peak: usize,
    /// Growth was refused: what follows, mostly a panic, is for want of memory.
    pub(super) refused: bool,
}

impl Meter {
    pub(super) fn new(limits: &Limits) -> Self {
        Self { cap: limits.memory_bytes, table_cap: limits.table_elements, peak: 0, refused: false }
    }
}

impl ResourceLimiter for Meter {
    fn memory_growing(
        &mut self,
        _current: usize,
        desired: usize,
        _maximum: Option<usize>,
    ) -> Result<bool, Error> {
        let allowed = desired <= self.cap;
        self.refused |= !allowed;
        if allowed {
            self.peak = self.peak.max(desired);
        }
        Ok(allowed)
    }

    fn table_growing(
        &mut self,
        _current: usize,
        desired: usize,
        _maximum: Option<usize>,
    ) -> Result<bool, Error> {
        let allowed = desired <= self.table_cap;
        self.refused |= !allowed;
        Ok(allowed)
    }

    fn instances(&self) -> usize {
        16
    }

    fn tables(&self) -> usize {
        16
    }

    fn memories(&self) -> usize {
        1
    }
}
