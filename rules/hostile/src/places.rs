//! Speaks of what was not asked, not sent, or does not exist.

use mingcha_kit::export::bindings::exports::mingcha::rules::check;
use mingcha_kit::export::bindings::mingcha::rules::data;

use crate::Behaviour;
use crate::honest::{self, RECORD_LIAR, TABLE, TABLE_LIAR};

/// No rule, table, column or message has this index.
const NONE: u16 = 999;

pub(crate) fn spoil(
    behaviour: Behaviour,
    outcome: &mut check::Outcome,
    task: &check::Task,
    batch: &data::Batch,
) {
    let last = batch.first_id + u64::from(batch.records);
    let at = |table, id, column| Some(check::Place { table, id, column });
    match behaviour {
        Behaviour::RecordAfterTheLast => {
            honest::object(outcome, batch, |found| found.at = at(TABLE, last, None))
        }
        Behaviour::RecordOfNoPart => {
            honest::object(outcome, batch, |found| found.at = at(TABLE, u64::MAX, None))
        }
        Behaviour::RelatedRecordOfNoPart => {
            honest::object(outcome, batch, |found| found.related.extend(at(TABLE, u64::MAX, None)));
        }
        Behaviour::RecordOfUnsentTable => {
            honest::object(outcome, batch, |found| found.at = at(NONE, last, None))
        }
        Behaviour::ColumnThatDoesNotExist => {
            honest::object(outcome, batch, |found| found.at = at(TABLE, batch.first_id, Some(NONE)));
        }
        Behaviour::RuleNotAskedFor => {
            let other = if task.rules.contains(&TABLE_LIAR) { RECORD_LIAR } else { TABLE_LIAR };
            outcome.tallies.push(honest::tally(other, 1, 0));
        }
        Behaviour::RuleThatDoesNotExist => honest::object(outcome, batch, |found| found.rule = NONE),
        Behaviour::MessageThatDoesNotExist => honest::object(outcome, batch, |found| found.message = NONE),
        _ => spoil_values(behaviour, outcome, batch),
    }
}

fn spoil_values(behaviour: Behaviour, outcome: &mut check::Outcome, batch: &data::Batch) {
    let mut actual =
        |value: check::Value| honest::object(outcome, batch, |found| found.actual = Some(value.clone()));
    match behaviour {
        Behaviour::ColumnsThatDoNotExist => actual(check::Value::Columns(vec![0, NONE])),
        Behaviour::DecimalOfScale200 => actual(check::Value::Decimal((1, 200))),
        Behaviour::NumberThatIsNone => actual(check::Value::Number(f64::NAN)),
        Behaviour::DaysOutsideTheCalendar => honest::object(outcome, batch, |found| {
            found.actual = Some(check::Value::Date(i32::MAX));
            found.expected = Some(check::Value::Instant(i64::MIN));
        }),
        _ => {}
    }
}

/// A reference table asks for no answer, so the honest one is empty.
pub(crate) fn answer_to_a_reference_table(behaviour: Behaviour, task: &check::Task) -> check::Outcome {
    let mut outcome = check::Outcome { findings: Vec::new(), tallies: Vec::new() };
    let liar = task.rules.iter().find(|rule| [RECORD_LIAR, TABLE_LIAR].contains(rule));
    if let (Behaviour::RecordOfNoPartForReference, Some(&rule)) = (behaviour, liar) {
        outcome.tallies.push(honest::tally(rule, 1, 1));
        outcome.findings.push(honest::finding(rule, Some(u64::MAX), "无"));
    }
    outcome
}
