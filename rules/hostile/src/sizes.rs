//! Answers that are too long, or just not.

use mingcha_kit::export::bindings::exports::mingcha::rules::check;
use mingcha_kit::export::bindings::mingcha::rules::data;

use crate::Behaviour;
use crate::honest;

/// What the host takes by default, in bytes and in number.
const TEXT_BYTES: usize = 64 << 10;
const ARGUMENTS: usize = 64;
const RELATED: usize = 1_000;

pub(crate) fn spoil(
    behaviour: Behaviour,
    outcome: &mut check::Outcome,
    task: &check::Task,
    batch: &data::Batch,
) {
    let mut word = |bytes: usize| {
        let text = "x".repeat(bytes);
        honest::object(outcome, batch, |found| found.arguments = vec![honest::argument("word", &text)]);
    };
    match behaviour {
        Behaviour::ArgumentOfTenMebibytes => word(10 << 20),
        Behaviour::TextPastTheLimit => word(TEXT_BYTES + 1),
        Behaviour::TextAtTheLimit => word(TEXT_BYTES),
        Behaviour::TooManyArguments => honest::object(outcome, batch, |found| {
            found.arguments = vec![honest::argument("word", "无"); ARGUMENTS + 1];
        }),
        Behaviour::TooManyRelated => honest::object(outcome, batch, |found| {
            found.related = found.at.iter().copied().cycle().take(RELATED + 1).collect();
        }),
        Behaviour::FindingsPastKeep => flood(outcome, batch, task.keep + 1),
        Behaviour::FloodOfFindings => flood(outcome, batch, 60_000),
        _ => {}
    }
}

/// So many findings about the first record, counted as they should be.
fn flood(outcome: &mut check::Outcome, batch: &data::Batch, count: u32) {
    let Some(tally) = outcome.tallies.last_mut() else { return };
    (tally.failed, tally.findings[0]) = (1, u64::from(count));
    let finding = honest::finding(tally.rule, Some(batch.first_id), "无");
    outcome.findings = vec![finding; count as usize];
}
