//! Never answers: spins, panics, recurses, refuses.

use std::hint::black_box;

use mingcha_kit::export::bindings::exports::mingcha::rules::check;
use mingcha_kit::export::bindings::mingcha::rules::{data, log};

use crate::honest::TABLE_LIAR;
use crate::{Behaviour, Moment, NASTY};

pub(crate) fn happen(behaviour: Behaviour, moment: Moment) {
    match (behaviour, moment) {
        (Behaviour::SpinInDescribe, Moment::Describe)
        | (Behaviour::SpinInOpen, Moment::Open)
        | (Behaviour::SpinInPush, Moment::Push)
        | (Behaviour::SpinInClose, Moment::Close) => spin(),
        (Behaviour::Panic, Moment::Push) => panic!("as requested"),
        (Behaviour::LastWordsWithEscapes, Moment::Push) => {
            log::write(log::Level::Fault, NASTY);
            std::process::abort();
        }
        (Behaviour::DeepRecursion, Moment::Push) => drop(deeper(0)),
        _ => {}
    }
}

pub(crate) fn refuse(behaviour: Behaviour, moment: Moment) -> Result<(), String> {
    match (behaviour, moment) {
        (Behaviour::RefuseInOpen, Moment::Open) => Err(NASTY.to_owned()),
        (Behaviour::RefuseAtLength, Moment::Push) => Err(NASTY.repeat(100_000 / NASTY.chars().count())),
        _ => Ok(()),
    }
}

/// At the group whose number is 2.
pub(crate) fn panic_in_one_group(behaviour: Behaviour, task: &check::Task, batch: &data::Batch) {
    let is_two =
        |column: &data::Column| matches!(&column.cells, data::Cells::Number(values) if values.contains(&2.0));
    let concerned = behaviour == Behaviour::PanicInOneGroup && task.rules.contains(&TABLE_LIAR);
    assert!(!(concerned && batch.columns.iter().any(is_two)), "as requested");
}

fn spin() -> ! {
    let mut turns = 0_u64;
    loop {
        turns = black_box(turns.wrapping_add(1));
    }
}

/// Ends only after more calls than any stack holds; `black_box` keeps it from becoming a loop.
fn deeper(depth: u64) -> u64 {
    if black_box(depth) == u64::MAX { depth } else { black_box(deeper(depth + 1)) ^ depth }
}
