//! Text that would act on a terminal, turn the reading order, or pass for a template.

use mingcha_kit::export::bindings::exports::mingcha::rules::check;
use mingcha_kit::export::bindings::mingcha::rules::{data, log};

use crate::honest;
use crate::{Behaviour, Moment};

/// Clears the screen, sets a title, rings, reverses what follows, hides, ends the line.
pub const NASTY: &str = "前\u{1b}[2J\u{1b}]0;x\u{7}\u{202e}反\u{2066}\u{200b}\u{feff}\0\r\n后";

pub(crate) fn happen(behaviour: Behaviour, moment: Moment) {
    if moment != Moment::Push {
        return;
    }
    match behaviour {
        Behaviour::EscapesEverywhere => log::write(log::Level::Info, NASTY),
        Behaviour::LogFlood => (0..10_000).for_each(|_| log::write(log::Level::Debug, NASTY)),
        Behaviour::LogLineOfTenMebibytes => log::write(log::Level::Warning, &"x".repeat(10 << 20)),
        _ => {}
    }
}

pub(crate) fn spoil(behaviour: Behaviour, outcome: &mut check::Outcome, batch: &data::Batch) {
    let text = || Some(check::Value::Text(NASTY.to_owned()));
    match behaviour {
        Behaviour::EscapesEverywhere => honest::object(outcome, batch, |found| {
            found.arguments = vec![honest::argument("word", NASTY), honest::argument(NASTY, NASTY)];
            found.subject = Some(NASTY.to_owned());
            (found.expected, found.actual, found.difference) = (text(), text(), text());
        }),
        Behaviour::HolesInArguments => honest::object(outcome, batch, |found| {
            let word = "{sample_name}{word}{{expected}}\"'<b>";
            found.arguments = vec![honest::argument("word", word), honest::argument("", "empty")];
        }),
        _ => {}
    }
}
