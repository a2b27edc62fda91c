//! How much memory the host takes while it is attacked: the whole arena in a process of its own, whose peak is looked at.
//! Linux says it of every process; elsewhere nobody is asked.

use std::process::Command;

use super::arena::Arena;
use super::expected::{Expected, cases};

/// Set for the process in which the attacks run.
const INSIDE: &str = "MINGCHA_TEST_ATTACKS_ONLY";
/// What all attacks together, one after the other, may make of the host.
const AT_MOST_MIB: u64 = 256;

#[test]
#[expect(clippy::print_stdout, reason = "the process that is looked at tells its peak in this way")]
fn all_attacks_together_leave_the_host_under_its_bound() {
    if std::env::var_os(INSIDE).is_some() {
        attack();
        println!("peak {} MiB", peak_mib());
        return;
    }
    let name = "sandbox::host_memory::all_attacks_together_leave_the_host_under_its_bound";
    let program = std::env::current_exe().expect("this program");
    let output = Command::new(program).args([name, "--exact", "--nocapture"]).env(INSIDE, "1").output();
    let output = output.expect("it runs");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{said}");
    let peak = said.split_once("peak ").and_then(|(_, rest)| rest.split_once(" MiB")).expect("a peak").0;
    let peak: u64 = peak.parse().expect("a number");
    println!("peak of the host under all attacks: {peak} MiB, at most {AT_MOST_MIB}");
    assert!(peak <= AT_MOST_MIB, "{peak} MiB");
    assert!(peak > 64, "{peak} MiB: packs that take 32 MiB each did not run");
}

fn attack() {
    for (behaviour, expected) in cases() {
        let Ok(pack) = Arena::get().load(behaviour) else { continue };
        if !matches!(expected, Expected::NotBeside { .. }) {
            Arena::get().run_beside(pack, 2);
        }
    }
}

fn peak_mib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux says it");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("the peak");
    let kibibytes: u64 = line.trim().trim_end_matches("kB").trim().parse().expect("a number");
    kibibytes >> 10
}
