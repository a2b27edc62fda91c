//! A pack that misbehaves on request, so that the sandbox is attacked by something that really runs.
//!
//! What it does is written into its own data section ([`Behaviour::written_into`]), not asked of it at run time: so even
//! `describe` can misbehave, and one build serves every case. It speaks to the host through the generated bindings,
//! since the kit would not let it lie. Beneath every lie is an honest answer (`honest`), which the families of
//! behaviours then spoil: `stop` and `memory` never answer, `places`, `counts`, `sizes` and `texts` answer wrongly,
//! `manifest` lies about what the pack is. Nothing here is unsafe code; what Rust cannot do, it does not try.

mod behaviour;
mod counts;
mod honest;
mod manifest;
mod memory;
mod places;
mod sizes;
mod stop;
mod texts;

use std::cell::RefCell;

use mingcha_kit::export::bindings::exports::mingcha::rules::{check, pack};
use mingcha_kit::export::bindings::mingcha::rules::data;

pub use behaviour::Behaviour;
pub use texts::NASTY;

/// The component's exports.
#[derive(Debug)]
pub struct Hostile;

// Elsewhere the linker takes no export names with colons, and nobody calls them.
#[cfg(target_arch = "wasm32")]
mod exported {
    use super::Hostile;
    mingcha_kit::export::bindings::export!(Hostile with_types_in mingcha_kit::export::bindings);
}

/// The call in which something may happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Moment {
    Describe,
    Open,
    /// Of the table that is judged; reference tables are taken quietly, with one exception.
    Push,
    Close,
}

thread_local! {
    static TASK: RefCell<Option<check::Task>> = const { RefCell::new(None) };
}

impl pack::Guest for Hostile {
    fn describe() -> pack::Manifest {
        let behaviour = Behaviour::chosen();
        happen(behaviour, Moment::Describe);
        manifest::manifest(behaviour)
    }
}

impl check::Guest for Hostile {
    fn open(task: check::Task) -> Result<(), String> {
        let behaviour = Behaviour::chosen();
        happen(behaviour, Moment::Open);
        stop::refuse(behaviour, Moment::Open)?;
        match TASK.replace(Some(task)) {
            Some(_) if behaviour == Behaviour::RemembersSessions => {
                Err("a session was here before".to_owned())
            }
            _ => Ok(()),
        }
    }

    fn push(batch: data::Batch) -> Result<check::Outcome, String> {
        let behaviour = Behaviour::chosen();
        TASK.with_borrow(|task| {
            let task = task.as_ref().ok_or("push before open")?;
            if batch.table != honest::TABLE {
                return Ok(places::answer_to_a_reference_table(behaviour, task));
            }
            happen(behaviour, Moment::Push);
            stop::refuse(behaviour, Moment::Push)?;
            stop::panic_in_one_group(behaviour, task, &batch);
            let mut outcome = honest::outcome(task, &batch);
            places::spoil(behaviour, &mut outcome, task, &batch);
            counts::spoil(behaviour, &mut outcome);
            sizes::spoil(behaviour, &mut outcome, task, &batch);
            texts::spoil(behaviour, &mut outcome, &batch);
            Ok(outcome)
        })
    }

    fn close() -> Result<check::Outcome, String> {
        let behaviour = Behaviour::chosen();
        happen(behaviour, Moment::Close);
        TASK.with_borrow(|task| Ok(counts::at_close(behaviour, task.as_ref().ok_or("close before open")?)))
    }
}

/// What goes on beside the answer, or instead of it.
fn happen(behaviour: Behaviour, moment: Moment) {
    stop::happen(behaviour, moment);
    memory::happen(behaviour, moment);
    texts::happen(behaviour, moment);
}
