//! Every behaviour ends in its outcome, and nobody else suffers.

use std::collections::BTreeSet;
use std::fmt::Debug;
use std::time::{Duration, Instant};

use hostile::Behaviour;
use mingcha::audit::plan::Reason;
use mingcha::audit::record::{Conclusion, RuleRecord, RunRecord, Status};
use mingcha::manifest::Language;
use mingcha::runtime::{CallError, Pack, PackError, Session, Task, Usage};

use super::arena::{self, Arena, KEEP, MEMORY_BYTES};
use super::expected::{Expected, cases};
use super::texts::SHOWN;

/// No limit of the sandbox: how long a case may take before something hangs.
const HANGS_AFTER: Duration = Duration::from_secs(20);

#[test]
#[expect(clippy::print_stdout, reason = "the scoreboard")]
fn each_behaviour_ends_in_its_outcome_and_other_packs_are_not_disturbed() {
    let mut wrong = Vec::new();
    for (behaviour, expected) in cases() {
        let started = Instant::now();
        let result = attempt(behaviour, &expected).and_then(|()| in_time(started));
        let verdict = if result.is_ok() { "ok" } else { "WRONG" };
        let seconds = started.elapsed().as_secs_f32();
        let name = behaviour.name();
        println!("{verdict:5} {name:32} {seconds:4.1} s  {}", mingcha::cut(&expected.sentence(), 100));
        wrong.extend(result.err().map(|what| format!("{name}: {what}")));
    }
    assert!(wrong.is_empty(), "{} behaviours came to something else:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_behaviour_has_an_expected_outcome() {
    let names: Vec<&str> = cases().iter().map(|(behaviour, _)| behaviour.name()).collect();
    let all: BTreeSet<&str> = Behaviour::ALL.iter().map(|behaviour| behaviour.name()).collect();
    assert_eq!(names.iter().copied().collect::<BTreeSet<_>>(), all);
    assert_eq!(names.len(), all.len(), "a behaviour stands in the table twice");
}

fn attempt(behaviour: Behaviour, expected: &Expected) -> Result<(), String> {
    let arena = Arena::get();
    let pack = match (arena.load(behaviour), expected) {
        (Err(PackError::Describe { call, .. }), Expected::NotLoaded(wanted)) => {
            return same_call("error", [&call.sentence(Language::Zh), &call.sentence(Language::En)], wanted);
        }
        (Ok(_), Expected::NotLoaded(_)) => return Err("it was loaded".to_owned()),
        (Err(error), _) => return Err(format!("it was not loaded: {error}")),
        (Ok(pack), _) => pack,
    };
    match (arena.check_beside(&pack), expected) {
        (
            Err(PackError::DuplicateRule { rule, owner, .. }),
            Expected::NotBeside { rule: wanted, owner: known },
        ) => {
            return same("owner", &(rule.as_str(), owner.as_str()), &(*wanted, *known));
        }
        (Ok(()), Expected::NotBeside { .. }) => return Err("it may run beside the pack it copies".to_owned()),
        (Err(error), _) => return Err(format!("it may not run: {error}")),
        (Ok(()), _) => {}
    }
    let record = arena.run_beside(pack, 1);
    for (rule, wanted) in expected_of_rules(expected) {
        check_rule(&record, rule, wanted)?;
    }
    let conclusion =
        if *expected == Expected::Runs { Conclusion::NonConform } else { Conclusion::Inconclusive };
    same("conclusion", &record.manifest.conclusion, &conclusion)?;
    let (before, beside) = (&arena.undisturbed, &record);
    same("other pack", &arena::of_the_built_in_pack(beside), &arena::of_the_built_in_pack(before))?;
    let again = arena.load(behaviour).map_err(|error| error.to_string())?;
    same("run on two threads", &arena.run_beside(again, 2), &record)?;
    let again = arena.load(behaviour).map_err(|error| error.to_string())?;
    same("run over three instances", &arena.run_spread(again, 3), &record)
}

/// The honest rule shares the sessions of the one that lies record by record, and their fate.
fn expected_of_rules(expected: &Expected) -> [(&'static str, Option<&CallError>); 3] {
    let (records, table) = match expected {
        Expected::Runs | Expected::NotLoaded(_) | Expected::NotBeside { .. } => (None, None),
        Expected::Stopped { records, table } => (Some(records), Some(table)),
        Expected::TableStopped(table) => (None, Some(table)),
        Expected::RecordsStopped(records) => (Some(records), None),
    };
    [("hostile/negative", records), ("hostile/record-liar", records), ("hostile/table-liar", table)]
}

fn check_rule(record: &RunRecord, id: &str, error: Option<&CallError>) -> Result<(), String> {
    let rule: &RuleRecord =
        arena::rules_of(record, "hostile").find(|rule| rule.id == id).ok_or("a rule is gone")?;
    let found = record.findings.iter().filter(|finding| finding.rule == id).count();
    let Some(call) = error else {
        let honest = id == "hostile/negative";
        same(id, &(rule.status == Status::Error), &false)?;
        return if honest { same(id, &(rule.status, found), &(Status::Failed, 1)) } else { Ok(()) };
    };
    same(id, &(rule.status, found), &(Status::Error, 0))?;
    let [Reason::PackFailed { zh, en }] = rule.reasons.as_slice() else {
        return Err(format!("{id} ends for {:?}", rule.reasons));
    };
    same_call(id, [zh, en], call)
}

/// In both languages; what of an answer breaks the contract is expected in English, and must be said in Chinese, too.
fn same_call(what: &str, [zh, en]: [&String; 2], wanted: &CallError) -> Result<(), String> {
    same(what, en, &wanted.sentence(Language::En))?;
    let CallError::Answer { .. } = wanted else { return same(what, zh, &wanted.sentence(Language::Zh)) };
    let said = zh.split_once("不符合接口约定:").and_then(|(_, said)| said.split_once(";有关规则"));
    let is_chinese = |said: &str| said.chars().any(|character| ('一'..='龥').contains(&character));
    same(what, &said.is_some_and(|(said, _)| is_chinese(said)), &true)
        .map_err(|error| format!("{error}: {zh}"))
}

fn same<T: PartialEq + Debug>(what: &str, is: &T, should_be: &T) -> Result<(), String> {
    if is == should_be {
        return Ok(());
    }
    Err(format!(
        "{what} is {}\n  and not {}",
        mingcha::cut(&format!("{is:?}"), 2_000),
        mingcha::cut(&format!("{should_be:?}"), 2_000)
    ))
}

fn in_time(started: Instant) -> Result<(), String> {
    let took = started.elapsed();
    if took < HANGS_AFTER { Ok(()) } else { Err(format!("it took {took:?}")) }
}

#[test]
fn memory_stays_under_the_cap() {
    let usage = session(Behaviour::MemoryToTheCapQuietly);
    assert!(usage.peak_memory <= MEMORY_BYTES, "{} bytes", usage.peak_memory);
    assert!(usage.peak_memory > MEMORY_BYTES - (4 << 20), "it took only {} bytes", usage.peak_memory);
}

#[test]
fn the_log_is_bounded_and_shown_not_obeyed() {
    let usage = session(Behaviour::LogFlood);
    assert_eq!(usage.log.len(), mingcha::runtime::Limits::default().log_lines);
    assert!(usage.log.iter().all(|line| line == SHOWN));
}

/// One session over one empty batch.
fn session(behaviour: Behaviour) -> Usage {
    let pack: Pack = Arena::get().load(behaviour).expect("it loads");
    let task = Task {
        rules: vec![1],
        tables: vec![(0, Vec::new())],
        as_of: crate::common::AS_OF,
        period: None,
        settings: "{}".to_owned(),
        keep: KEEP,
    };
    let mut session = Session::open(&pack, &task).expect("it opens");
    session.push(0, 1, 0, &[]).expect("it takes a batch");
    session.close().expect("it closes").1
}
