//! The pages for authors: every public item has an example, and every recipe of the cookbook compiles.

#![expect(clippy::expect_used, reason = "a test that cannot go on says why and stops")]

mod cookbook;

use std::fs;
use std::path::Path;

const SOURCES: [&str; 12] = [
    "batch.rs",
    "column.rs",
    "columns.rs",
    "export.rs",
    "findings.rs",
    "groups.rs",
    "manifest.rs",
    "row.rs",
    "rule.rs",
    "screen.rs",
    "session.rs",
    "settings.rs",
];
const ITEMS: [&str; 7] =
    ["pub fn ", "pub const fn ", "pub struct ", "pub enum ", "pub trait ", "pub type ", "macro_rules! "];

fn read(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{} cannot be read: {error}", path.display()))
}

/// Whether the comment and attributes right above line `index` hold an example, or hide the item.
fn is_shown_or_hidden(lines: &[&str], index: usize) -> bool {
    let above = lines[..index].iter().rev();
    let mut head = above.take_while(|line| line.trim().starts_with("//") || line.trim().starts_with("#["));
    head.any(|line| line.contains("/// ```") || line.contains("#[doc(hidden)]"))
}

#[test]
fn every_public_item_of_the_kit_has_an_example() {
    let mut without = Vec::new();
    for source in SOURCES {
        let text = read(&format!("src/{source}"));
        let lines: Vec<&str> = text.lines().collect();
        for (index, line) in lines.iter().enumerate() {
            let item = ITEMS.iter().any(|start| line.trim_start().starts_with(start));
            let exported = !line.contains("macro_rules!") || lines[..index].ends_with(&["#[macro_export]"]);
            if item && exported && !is_shown_or_hidden(&lines, index) {
                without.push(format!("{source}:{}: {}", index + 1, line.trim()));
            }
        }
    }
    assert!(without.is_empty(), "no example for\n{}", without.join("\n"));
}

/// The paragraphs of a page's Rust blocks, without indentation and comments.
fn paragraphs(page: &str) -> Vec<String> {
    let blocks = page.split("```rust\n").skip(1).filter_map(|rest| rest.split_once("```"));
    blocks.flat_map(|(block, _)| block.split("\n\n").map(flat).collect::<Vec<_>>()).collect()
}

fn flat(text: &str) -> String {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn every_recipe_of_the_cookbook_is_compiled_and_the_same_in_both_languages() {
    let compiled = flat(&read("tests/cookbook/mod.rs"));
    let (zh, en) = (read("../../docs/authors/cookbook.zh.md"), read("../../docs/authors/cookbook.md"));
    assert_eq!(paragraphs(&zh), paragraphs(&en));
    let recipes = paragraphs(&en);
    assert!(recipes.len() > 8, "only {} paragraphs of code were found", recipes.len());
    let unknown: Vec<&String> = recipes.iter().filter(|recipe| !compiled.contains(recipe.as_str())).collect();
    assert!(unknown.is_empty(), "not in rules/kit/tests/cookbook/mod.rs: {unknown:#?}");
}
