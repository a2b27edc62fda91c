//! The fuzz targets on stable: their seed corpus is replayed, and a bounded number of inputs is made from it and at random.

use std::fs;
use std::path::PathBuf;

use mingcha::intake::fuzzing::{TARGETS, Target};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::common::root;

/// Inputs per target; `PROPTEST_CASES` asks for another number.
const CASES: u32 = 96;

fn seeds(target: &str) -> Vec<Vec<u8>> {
    let folder = root().join("fuzz/corpus").join(target);
    let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    files.iter().map(|file| fs::read(file).expect("a seed")).collect()
}

#[test]
fn every_fuzz_target_has_a_file_an_entry_and_seeds() {
    let manifest = fs::read_to_string(root().join("fuzz/Cargo.toml")).expect("the manifest of the targets");
    for (name, _) in TARGETS {
        let file = format!("fuzz_targets/{}.rs", name.replace('-', "_"));
        assert!(
            manifest.contains(&format!("name = \"{name}\"\npath = \"{file}\"")),
            "{name} is not in fuzz/Cargo.toml"
        );
        let source = fs::read_to_string(root().join("fuzz").join(&file)).expect("the target's file");
        assert!(source.contains(&format!("run(\"{name}\", bytes)")), "{file} does not run {name}");
        assert!(seeds(name).len() >= 3, "{name} has few seeds");
    }
    assert_eq!(
        manifest.matches("[[bin]]").count(),
        TARGETS.len(),
        "fuzz/Cargo.toml has a target nobody knows"
    );
}

#[test]
fn the_fuzz_corpus_runs_through_every_target() {
    for (name, target) in TARGETS {
        for (at, seed) in seeds(name).iter().enumerate() {
            eprintln!("{name} seed {}", at + 1);
            target(seed);
        }
    }
}

#[test]
fn no_fuzzed_input_stops_a_target() {
    for (name, target) in TARGETS {
        let mut runner =
            TestRunner::new(Config { failure_persistence: None, cases: cases(), ..Config::default() });
        if let Err(failure) = runner.run(&inputs(seeds(name)), |bytes| run(target, &bytes)) {
            panic!("{name}: {failure}");
        }
    }
}

fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|number| number.parse().ok()).unwrap_or(CASES)
}

fn run(target: Target, bytes: &[u8]) -> Result<(), TestCaseError> {
    target(bytes);
    Ok(())
}

/// Any bytes; or two seeds joined, with a stretch replaced.
fn inputs(seeds: Vec<Vec<u8>>) -> impl Strategy<Value = Vec<u8>> {
    let any_bytes = prop::collection::vec(any::<u8>(), 0..80);
    let seed = prop::sample::select(seeds);
    let edit = (seed.clone(), seed, 0.0..1.0_f64, 0..6_usize, prop::collection::vec(any::<u8>(), 0..6));
    let edited = edit.prop_map(|(mut bytes, second, at, gone, put)| {
        bytes.extend(second);
        let at = (at * bytes.len() as f64) as usize;
        let end = (at + gone).min(bytes.len());
        bytes.splice(at..end, put);
        bytes
    });
    prop_oneof![1 => any_bytes, 3 => edited]
}
