//! Counts that do not add up.

use mingcha_kit::export::bindings::exports::mingcha::rules::check;

use crate::Behaviour;
use crate::honest::{self, RECORD_LIAR};

/// As high as a count may be.
const HIGHEST: u64 = (1 << 53) - 1;

pub(crate) fn spoil(behaviour: Behaviour, outcome: &mut check::Outcome) {
    let Some(tally) = outcome.tallies.last_mut() else { return };
    match behaviour {
        Behaviour::MoreFailedThanApplied => {
            (tally.failed, tally.findings) = (tally.applied + 1, vec![tally.applied + 1])
        }
        Behaviour::FindingNotCounted => outcome.findings.push(honest::finding(tally.rule, None, "无")),
        Behaviour::CountsThatOverflow => (tally.failed, tally.findings) = (1, vec![u64::MAX]),
        Behaviour::CountsForMoreMessages => tally.findings = vec![0; 1_000],
        Behaviour::CountsOverAndOver => {
            let high =
                check::Tally { applied: HIGHEST, failed: HIGHEST, findings: vec![HIGHEST], ..tally.clone() };
            outcome.tallies = vec![high; 4_096];
        }
        Behaviour::MoreJudgedThanSent => tally.applied = HIGHEST,
        _ => {}
    }
}

/// What is left to say at the end: nothing.
pub(crate) fn at_close(behaviour: Behaviour, task: &check::Task) -> check::Outcome {
    let late = behaviour == Behaviour::JudgesRecordsAtClose && task.rules.contains(&RECORD_LIAR);
    let tallies = if late { vec![honest::tally(RECORD_LIAR, 1, 0)] } else { Vec::new() };
    check::Outcome { findings: Vec::new(), tallies }
}
