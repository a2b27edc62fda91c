//! `--timings` says where the time went, and changes nothing else.

use assert_cmd::Command;
use serde_json::Value;

use crate::cli::mingcha;
use crate::common::root;

fn check(arguments: &[&str]) -> (Value, String) {
    let mut command: Command = mingcha();
    let usual =
        ["check", "fixtures/changji-2016q3", "--as-of", "2016-11-30", "--format", "json", "--lang", "en"];
    let output = command.current_dir(root()).args(usual).args(arguments).output().expect("the program runs");
    let record = serde_json::from_slice(&output.stdout).expect("a record");
    (record, String::from_utf8(output.stderr).expect("text"))
}

#[test]
fn timings_speak_of_phases_packs_and_rules_and_nothing_else_differs() {
    let (plain, _) = check(&[]);
    let (mut timed, told) = check(&["--timings"]);
    let timings = timed.as_object_mut().expect("an object").remove("timings").expect("timings");
    assert_eq!(plain, timed);
    let names = |key: &str| -> Vec<String> {
        let all = timings[key].as_array().expect("a list").iter();
        all.map(|timing| timing["name"].as_str().expect("a name").to_owned()).collect()
    };
    let phases = ["load-packs", "understand-files", "read-records", "check-rules", "conclude"];
    assert_eq!(names("phases"), phases);
    assert_eq!(names("packs"), ["fee-catalogue", "ppp-quarterly", "env-self-monitoring"]);
    let timed_rules = names("rules");
    for rule in plain["manifest"]["rules"].as_array().expect("rules") {
        let id = rule["id"].as_str().expect("an id");
        let ran = rule["applied"].as_u64().is_some_and(|applied| applied > 0) && !id.starts_with("intake/");
        assert!(!ran || timed_rules.iter().any(|timed| timed == id), "{id} ran and was not timed");
    }
    assert!(!timed_rules.is_empty());
    assert!(told.contains("slowest rules") && told.contains("records/s"), "{told}");
}
