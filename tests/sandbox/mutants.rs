//! Damaged packs: whatever is done to the bytes of a component, loading ends in a pack or in a sentence, in time.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use mingcha::manifest::Language;
use mingcha::runtime::{Cache, Engine, Limits, Origin, Pack};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::common::root;

const CASES: u32 = 200;
/// No limit of the sandbox: how long loading may take on a busy machine before something hangs.
const HANGS_AFTER: Duration = Duration::from_secs(20);

/// What is done to the bytes.
#[derive(Clone, Debug)]
enum Damage {
    Flip(prop::sample::Index, u8),
    CutOff(prop::sample::Index),
    Remove(prop::sample::Index, usize),
    Repeat(prop::sample::Index, usize),
}

fn damage() -> impl Strategy<Value = Damage> {
    let at = any::<prop::sample::Index>;
    prop_oneof![
        6 => (at(), 1..=255_u8).prop_map(|(at, bits)| Damage::Flip(at, bits)),
        1 => at().prop_map(Damage::CutOff),
        2 => (at(), 1..64_usize).prop_map(|(at, count)| Damage::Remove(at, count)),
        2 => (at(), 1..64_usize).prop_map(|(at, count)| Damage::Repeat(at, count)),
    ]
}

fn apply(bytes: &mut Vec<u8>, damage: &Damage) {
    if bytes.is_empty() {
        return;
    }
    let length = bytes.len();
    match damage {
        Damage::Flip(at, bits) => bytes[at.index(length)] ^= bits,
        Damage::CutOff(at) => bytes.truncate(at.index(length)),
        Damage::Remove(at, count) => {
            let from = at.index(length);
            bytes.drain(from..(from + count).min(length));
        }
        Damage::Repeat(at, count) => {
            let from = at.index(length);
            let piece = bytes[from..(from + count).min(length)].to_vec();
            bytes.splice(from..from, piece);
        }
    }
}

#[test]
fn a_damaged_pack_is_loaded_or_refused_in_one_sentence() {
    let whole = std::fs::read(root().join("tests/museum/hello-bridges-1.0.0/pack.wasm")).expect("a pack");
    let limits = Limits { memory_bytes: 32 << 20, call_millis: 300, ..Limits::default() };
    let engine = Engine::new(limits).expect("the engine starts");
    let config = Config { cases: CASES, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(
        config,
        proptest::test_runner::TestRng::deterministic_rng(proptest::test_runner::RngAlgorithm::ChaCha),
    );
    let outcome = runner.run(&vec(damage(), 1..4), |damages| {
        let mut bytes = whole.clone();
        damages.iter().for_each(|damage| apply(&mut bytes, damage));
        let started = Instant::now();
        let origin = Origin::File(PathBuf::from("mutant.wasm"));
        if let Err(error) = Pack::load(&engine, &Cache::none(), "mutant.wasm", &bytes, origin) {
            for language in [Language::Zh, Language::En] {
                let sentence = error.sentence(language);
                prop_assert!(sentence.starts_with("mutant.wasm") && !sentence.contains('\n'), "{sentence}");
            }
        }
        prop_assert!(started.elapsed() < HANGS_AFTER);
        Ok(())
    });
    assert!(outcome.is_ok(), "{outcome:?}");
}
