//! The engine's settings, in one place, and the clock that stops calls.

use std::sync::Arc;
use std::time::Duration;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use wasmtime::{Config, Strategy};

use super::Limits;

/// The exact engine a run used; part of the run record and of the cache's names.
pub const ENGINE_VERSION: &str = "wasmtime 48.0.8";

/// What a run record adds to the engine where the interpreter had to agree.
pub const SECOND_ENGINE: &str = " + Pulley";

/// One tick of the clock that stops calls.
const TICK: Duration = Duration::from_millis(10);

/// How packs are run. Findings must not depend on it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Execution {
    /// As machine code, stopped by the clock.
    #[default]
    Compiled,
    /// As machine code that counts its instructions, stopped by their number: alike on every machine.
    Metered,
    /// By Pulley, the interpreter: a second opinion on what the compiler made of a pack.
    Interpreted,
}

impl Execution {
    /// The usual way.
    #[must_use]
    pub fn is_compiled(&self) -> bool {
        *self == Self::Compiled
    }

    /// How much longer than a compiled call one may take by the clock; it is the last resort where fuel is counted.
    fn patience(self) -> u64 {
        match self {
            Self::Compiled => 1,
            Self::Metered => 10,
            Self::Interpreted => 50,
        }
    }
}

/// Compiles and runs packs. Cheap to clone.
#[derive(Clone)]
pub struct Engine {
    pub(super) inner: wasmtime::Engine,
    pub(super) limits: Limits,
    pub(super) execution: Execution,
    _ticker: Arc<Ticker>,
}

impl Engine {
    /// An engine under these limits.
    ///
    /// # Errors
    /// Where the engine does not start on this machine.
    pub fn new(limits: Limits) -> Result<Self, wasmtime::Error> {
        Self::running(limits, Execution::Compiled)
    }

    /// An engine that runs packs in this way.
    ///
    /// # Errors
    /// Where the engine does not start on this machine.
    pub fn running(limits: Limits, execution: Execution) -> Result<Self, wasmtime::Error> {
        let mut config = settings(&limits)?;
        config.consume_fuel(execution == Execution::Metered);
        if execution == Execution::Interpreted {
            config.target("pulley64")?;
        }
        Self::with(limits, &config, execution)
    }

    /// An engine that lets calls run for ever: only good for measuring what it costs to be able to stop them.
    ///
    /// # Errors
    /// Where the engine does not start on this machine.
    pub fn unstopped(limits: Limits) -> Result<Self, wasmtime::Error> {
        let mut config = settings(&limits)?;
        config.epoch_interruption(false);
        Self::with(limits, &config, Execution::Compiled)
    }

    /// An engine whose sessions count the fuel they burn: slower, and the same figure on every machine.
    ///
    /// # Errors
    /// Where the engine does not start on this machine.
    pub fn metered(limits: Limits) -> Result<Self, wasmtime::Error> {
        Self::running(limits, Execution::Metered)
    }

    fn with(limits: Limits, config: &Config, execution: Execution) -> Result<Self, wasmtime::Error> {
        let inner = wasmtime::Engine::new(config)?;
        let ticker = Arc::new(Ticker::start(&inner)?);
        Ok(Self { inner, limits, execution, _ticker: ticker })
    }

    /// The limits packs run under.
    #[must_use]
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// A call's deadline in ticks; one more, since the current tick has already begun.
    pub(super) fn deadline(&self) -> u64 {
        let ticks = self.limits.call().as_millis().div_ceil(TICK.as_millis());
        let ticks = u64::try_from(ticks).unwrap_or(u64::MAX);
        ticks.saturating_mul(self.execution.patience()).min(u64::MAX / 2) + 1
    }
}

/// Everything the contract does not need is off, so that it can be neither attacked nor relied upon; what could make two
/// machines disagree is pinned.
fn settings(limits: &Limits) -> Result<Config, wasmtime::Error> {
    let mut config = Config::new();
    config.strategy(Strategy::Cranelift);
    config.concurrency_support(false).shared_memory(false).gc_support(false);
    config.wasm_gc(false).wasm_function_references(false).wasm_exceptions(false).wasm_threads(false);
    config.wasm_tail_call(false).wasm_memory64(false).wasm_multi_memory(false).wasm_custom_page_sizes(false);
    config.wasm_relaxed_simd(false).relaxed_simd_deterministic(true).wasm_wide_arithmetic(false);
    config
        .wasm_component_model(true)
        .wasm_component_model_map(false)
        .wasm_component_model_fixed_length_lists(false);
    config.cranelift_nan_canonicalization(true).epoch_interruption(true);
    config.memory_may_move(false).max_wasm_stack(limits.stack_bytes);
    config.wasm_backtrace_max_frames(std::num::NonZeroUsize::new(20));
    Ok(config)
}

/// Advances the engine's epoch until the engine is dropped.
struct Ticker {
    stop: Arc<std::sync::atomic::AtomicBool>,
}

impl Ticker {
    fn start(engine: &wasmtime::Engine) -> std::io::Result<Self> {
        let stop = Arc::new(std::sync::atomic::AtomicBool::new(false));
        let (engine, stopped) = (engine.weak(), Arc::clone(&stop));
        let tick = move || {
            while !stopped.load(std::sync::atomic::Ordering::Relaxed) {
                std::thread::sleep(TICK);
                let Some(engine) = engine.upgrade() else { return };
                engine.increment_epoch();
            }
        };
        std::thread::Builder::new().name("mingcha-ticker".to_owned()).spawn(tick)?;
        Ok(Self { stop })
    }
}

impl Drop for Ticker {
    fn drop(&mut self) {
        self.stop.store(true, std::sync::atomic::Ordering::Relaxed);
    }
}

#[cfg(test)]
#[path = "engine_tests.rs"]
mod tests;
