//! See `encoding` in `host/src/intake/fuzzing.rs`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    mingcha::intake::fuzzing::run("encoding", bytes);
});
