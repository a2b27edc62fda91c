//! One test binary over the whole product: the cases on disk, the demo, generated submissions, the command line, the
//! sandbox, the contract and the drawing of the crates.
//!
//! A new rule adds no test code here, only files.

#![expect(clippy::expect_used, reason = "a test that cannot go on says why and stops")]

mod as_of;
mod authors;
mod bodies;
mod cache;
mod changed;
mod cli;
mod common;
mod contract;
mod demo;
#[expect(clippy::print_stderr, reason = "a seed that never ends is named before it runs")]
mod fuzz;
mod generated;
mod handbook;
#[expect(
    clippy::print_stderr,
    clippy::print_stdout,
    reason = "a failed measure shows its files and its table"
)]
mod intake_corpus;
mod intake_manners;
mod intake_places;
mod intake_samples;
mod layers;
mod reports;
mod rules;
mod sandbox;
mod shares;
mod splits;
mod timings;
mod trust;
mod tutorial;
mod unasked;
