//! The second engine and the counted one: the same findings, and the same figure every time.

use hostile::Behaviour;
use mingcha::audit::plan::Reason;
use mingcha::audit::record::{RunRecord, Status};
use mingcha::runtime::{Cache, CallError, Engine, Execution, Export, Limits, Pack};

use super::arena::{Arena, rules_of};
use super::command_line;

fn load(execution: Execution, behaviour: Behaviour, limits: Limits) -> Pack {
    let engine = Engine::running(limits, execution).expect("the engine starts");
    let bytes = super::arena::component(behaviour);
    let origin = mingcha::runtime::Origin::File(behaviour.name().into());
    Pack::load(&engine, &Cache::none(), behaviour.name(), &bytes, origin).expect("it loads")
}

fn compiled(behaviour: Behaviour) -> Pack {
    load(Execution::Compiled, behaviour, Limits::default())
}

fn interpreted(behaviour: Behaviour) -> Pack {
    load(Execution::Interpreted, behaviour, Limits::default())
}

/// The rules of the hostile pack that broke, and what is said of each.
pub(super) fn errors(record: &RunRecord) -> Vec<(String, String)> {
    let broken = rules_of(record, "hostile").filter(|rule| rule.status == Status::Error);
    let said = |reason: &Reason| match reason {
        Reason::PackFailed { en, .. } => en.clone(),
        other => panic!("{other:?}"),
    };
    broken.map(|rule| (rule.id.clone(), said(&rule.reasons[0]))).collect()
}

#[test]
fn the_interpreter_agrees_with_the_compiler() {
    let pack = compiled(Behaviour::WellBehaved).with_second_opinion(interpreted(Behaviour::WellBehaved));
    assert!(pack.engines().ends_with("+ Pulley"));
    let record = Arena::get().run_beside(pack, 2);
    assert_eq!(errors(&record), []);
    let once = Arena::get().run_beside(compiled(Behaviour::WellBehaved), 2);
    assert_eq!(record.findings, once.findings);
}

#[test]
fn a_disagreement_is_an_error_that_names_the_batch() {
    let pack = compiled(Behaviour::WellBehaved).with_second_opinion(interpreted(Behaviour::HolesInArguments));
    let errors = errors(&Arena::get().run_beside(pack, 1));
    assert_eq!(errors.len(), 3, "{errors:?}");
    for (rule, said) in errors {
        let named = "compiler and interpreter disagree in push on 1-敌意测试表-合成数据.csv [1–3]";
        assert!(said.starts_with(named), "{rule}: {said}");
    }
}

#[test]
fn check_verify_agrees_on_a_table() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = command_line::pack(folder.path(), Behaviour::WellBehaved);
    let plain = command_line::check(&path, &["--format", "json"]);
    let verified = command_line::check(&path, &["--format", "json", "--verify"]);
    let json = |bytes: &[u8]| serde_json::from_slice::<serde_json::Value>(bytes).expect("JSON");
    let (plain, verified) = (json(&plain.stdout), json(&verified.stdout));
    assert_eq!(plain["findings"], verified["findings"]);
    assert_eq!(verified["manifest"]["engine"], "wasmtime 48.0.8 + Pulley");
}

#[test]
fn the_interpreter_agrees_on_the_demo() {
    let check = |more: &[&str]| {
        let demo = ["check", "fixtures/changji-2016q3", "--as-of", "2016-11-30", "--format", "json"];
        let (_, json, _) = crate::cli::said(&[demo.as_slice(), more].concat());
        serde_json::from_str::<serde_json::Value>(&json).expect("JSON")
    };
    let (plain, verified) = (check(&[]), check(&["--verify"]));
    assert_eq!(plain["findings"], verified["findings"]);
    assert_eq!(plain["manifest"]["rules"], verified["manifest"]["rules"]);
    assert!(verified["manifest"]["engine"].as_str().expect("an engine").ends_with("Pulley"));
}

#[test]
fn a_run_is_repeated_by_the_engines_that_made_it_with_packs_as_trusted_as_then() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = command_line::pack(folder.path(), Behaviour::WellBehaved);
    for (number, option) in ["--verify", "--metered"].into_iter().enumerate() {
        let record = folder.path().join(number.to_string());
        let out = record.to_str().expect("a path in UTF-8");
        command_line::check(&path, &[option, "--out", out]);
        let mut again = crate::cli::mingcha();
        again.args(["verify-run", out, "--pack"]).arg(&path).args(["--pack", "ppp-quarterly"]);
        again.arg("--inputs").args(Arena::get().files());
        let unsigned = again.output().expect("it runs");
        assert_eq!(unsigned.status.code(), Some(2), "a stranger's pack runs over no data unasked");
        let output = again.arg("--allow-unsigned").output().expect("it runs");
        let said = String::from_utf8_lossy(&output.stdout);
        assert_eq!(output.status.code(), Some(0), "{option}: {said}");
    }
}

#[test]
fn fuel_is_the_same_on_every_run() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = command_line::pack(folder.path(), Behaviour::WellBehaved);
    let fuel = |jobs| {
        let output = command_line::check(&path, &["--format", "json", "--metered", "--jobs", jobs]);
        let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
        let packs = json["manifest"]["packs"].as_array().expect("packs").clone();
        packs.iter().map(|pack| pack["fuel"].as_u64().expect("a figure")).collect::<Vec<_>>()
    };
    let first = fuel("1");
    assert!(first.iter().all(|units| *units > 10_000), "{first:?}");
    assert_eq!(fuel("1"), first);
    assert_eq!(fuel("4"), first);
}

#[test]
fn a_pack_that_spins_runs_out_of_fuel_before_it_runs_out_of_time() {
    let limits = Limits { call_fuel: 1_000_000, ..Limits::default() };
    let pack = load(Execution::Metered, Behaviour::SpinInPush, limits);
    let errors = errors(&Arena::get().run_beside(pack, 1));
    let wanted = CallError::Fuel { export: Export::Push, units: 1_000_000 }.to_string();
    assert!(errors.len() == 3 && errors.iter().all(|(_, said)| said.starts_with(&wanted)), "{errors:?}");
    let runs = [1, 1].map(|jobs| {
        let pack = load(Execution::Metered, Behaviour::SpinInPush, limits);
        Arena::get().run_beside(pack, jobs)
    });
    let spun = runs[0].manifest.packs.last().expect("the pack that spins");
    assert_eq!((spun.execution, spun.fuel), (Execution::Metered, None), "counted, though nothing ended well");
    assert_eq!(runs[0], runs[1], "counted, a run that is stopped is the same every time");
}
