//! `docs/sandbox.md`: every attack and what it must come to, written from the tables the other tests run.

use std::fmt::Write as _;
use std::fs;

use super::{bad_packs, expected, rewritten, switches};
use crate::common::root;

fn table(page: &mut String, title: &str, rows: impl IntoIterator<Item = (String, String)>) {
    let _ = writeln!(page, "\n## {title}\n\n| attack | ends in |\n| --- | --- |");
    for (name, ends) in rows {
        let ends = mingcha::visible(&mingcha::cut(&ends, 200)).replace('|', "\\|");
        let _ = writeln!(page, "| {name} | {ends} |");
    }
}

fn page() -> String {
    let mut page = String::from(
        "# The sandbox under attack\n\nGenerated: `UPDATE_DOCS=1 cargo test --workspace --test all scoreboard`. Every line is run by \
         `cargo test --workspace`. For the first two\ntables `cargo test --workspace --test all sandbox -- --nocapture` prints \
         ok or WRONG beside each line; in each of them the other packs'\nfindings must stay complete. Figures are those of the \
         tests' limits.\n",
    );
    let cases = expected::cases().into_iter();
    let behaviours = cases.map(|(behaviour, ends)| (behaviour.name().to_owned(), ends.sentence()));
    table(&mut page, "A pack that misbehaves (`rules/hostile`)", behaviours);
    let attacks = rewritten::attacks().into_iter();
    let attacks = attacks.map(|(name, _, ends)| (name.to_owned(), ends.sentence()));
    table(&mut page, "A pack whose code Rust would not make", attacks);
    let bad = bad_packs::sentences().into_iter();
    table(&mut page, "What is no pack", bad.map(|(name, ends)| (name.to_owned(), ends)));
    let off = switches::OFF.into_iter();
    table(
        &mut page,
        "Switched off",
        off.map(|(name, _, _)| (name.to_owned(), "refused by the engine".to_owned())),
    );
    table(
        &mut page,
        "Counted and pinned, tried on tiny components (`host/src/runtime/engine_tests.rs`)",
        pinned(),
    );
    page.push_str(UNSEEN);
    page
}

/// What those tests try, and what it comes to: written by hand, since they are tests of another crate.
fn pinned() -> Vec<(String, String)> {
    [
        (
            "a NaN made with other bits, or handed on",
            "has the canonical bits, compiled, metered and interpreted",
        ),
        ("2,000 handles of a resource", "refused beyond 1,000"),
        ("a second memory, a 17th table, a 17th instance", "refused when the pack starts"),
        ("a trap 100 calls deep", "20 frames are kept"),
    ]
    .map(|(attack, ends)| (attack.to_owned(), ends.to_owned()))
    .into()
}

/// What is set and no test can see.
const UNSEEN: &str = "\n## Set, and not to be seen from outside\n\n\
    - Guard pages and `memory_may_move(false)`: with or without them an access past the end of memory traps in the same way; they \
    decide only whether the compiler writes a check before it.\n\
    - The strategy (Cranelift, never Winch): Winch is not compiled in, so there is nothing else to choose.\n\
    - Core dumps: the feature is not compiled in.\n";

#[test]
fn the_scoreboard_in_the_docs_is_that_of_the_tests() {
    let file = root().join("docs/sandbox.md");
    let page = page();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&file, &page).expect("docs/sandbox.md is written");
    }
    let written = fs::read_to_string(&file).unwrap_or_default();
    assert!(written == page, "docs/sandbox.md is out of date; run this test with UPDATE_DOCS=1");
}
