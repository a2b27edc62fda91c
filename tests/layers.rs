//! The crates depend on each other as ARCHITECTURE.md draws them, and on nothing that would open the sandbox.

use std::collections::BTreeSet;
use std::fs;

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand};

use crate::common::{packs, root};

fn metadata() -> Metadata {
    MetadataCommand::new().manifest_path(root().join("Cargo.toml")).exec().expect("cargo metadata runs")
}

/// `from -> to`, for each dependency of one of our crates on another.
fn arrows(metadata: &Metadata) -> BTreeSet<String> {
    let ours: BTreeSet<&str> =
        metadata.workspace_packages().iter().map(|package| package.name.as_str()).collect();
    let mut arrows = BTreeSet::new();
    for package in metadata.workspace_packages() {
        for dependency in
            package.dependencies.iter().filter(|dependency| ours.contains(dependency.name.as_str()))
        {
            arrows.insert(format!("{} -> {}", package.name, dependency.name));
        }
    }
    arrows
}

/// The arrows in the block that begins with ```` ```crates ````.
fn drawn() -> BTreeSet<String> {
    let page = fs::read_to_string(root().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md is there");
    let block = page.split("```crates\n").nth(1).and_then(|rest| rest.split("```").next());
    let lines = block.expect("ARCHITECTURE.md draws the crates in a block ```crates").lines();
    let mut arrows = BTreeSet::new();
    for line in lines.filter(|line| !line.trim().is_empty()) {
        let (from, to) = line.split_once(" -> ").unwrap_or_else(|| panic!("not an arrow: {line}"));
        arrows.extend(to.split(", ").map(|to| format!("{} -> {}", from.trim(), to.trim())));
    }
    arrows
}

#[test]
fn the_crates_depend_on_each_other_as_drawn() {
    assert_eq!(arrows(&metadata()), drawn(), "left: what cargo says; right: what ARCHITECTURE.md draws");
}

#[test]
fn host_and_packs_meet_only_as_bytes() {
    let metadata = metadata();
    let host = metadata.workspace_packages().into_iter().find(|package| package.name.as_str() == "mingcha");
    let host = host.expect("the host is a member");
    let packs = packs().iter().map(|pack| pack.manifest.id.as_str());
    for pack in packs.chain(["mingcha-kit", "hostile"]) {
        let depends = host.dependencies.iter().any(|dependency| dependency.name == pack);
        assert!(!depends, "the host depends on {pack}");
    }
}

#[test]
fn no_wasi_is_compiled_into_the_host() {
    let metadata = metadata();
    let normal = |package: &&cargo_metadata::Package| package.name.as_str().starts_with("wasmtime-wasi");
    let found: Vec<&str> =
        metadata.packages.iter().filter(normal).map(|package| package.name.as_str()).collect();
    assert!(found.is_empty(), "the dependency tree has {found:?}");
}

#[test]
fn packs_need_no_clock_file_or_network() {
    let metadata = metadata();
    let packs = packs().iter().map(|pack| pack.manifest.id.as_str());
    for name in packs.chain(["mingcha-kit", "mingcha-values"]) {
        let package =
            metadata.packages.iter().find(|package| package.name.as_str() == name).expect("a member");
        let normal =
            package.dependencies.iter().filter(|dependency| dependency.kind == DependencyKind::Normal);
        let allowed =
            ["mingcha-kit", "mingcha-values", "chrono", "serde_json", "wit-bindgen", "chinese-number"];
        for dependency in normal {
            assert!(allowed.contains(&dependency.name.as_str()), "{name} depends on {}", dependency.name);
        }
    }
}

/// The lines of a source file with their numbers, without comments and what is compiled for tests only.
fn shipped(text: &str) -> Vec<(usize, &str)> {
    let mut lines = text.lines().zip(1..);
    let mut kept = Vec::new();
    while let Some((line, number)) = lines.next() {
        if line.trim() == "#[cfg(test)]" {
            let item = lines.find(|(line, _)| line.ends_with([';', '{'])).map_or("", |(line, _)| line);
            let indent = &line[..line.len() - line.trim_start().len()];
            if item.ends_with('{') {
                lines.find(|(line, _)| *line == format!("{indent}}}"));
            }
        } else if !line.trim_start().starts_with("//") {
            kept.push((number, line));
        }
    }
    kept
}

#[test]
fn only_what_is_for_tests_is_left_out_of_a_source() {
    let source = "mod a;\n#[cfg(test)]\nmod b;\n// c\nd\n#[cfg(test)]\nmod e {\n    f\n}\ng\n";
    assert_eq!(shipped(source), [(1, "mod a;"), (5, "d"), (10, "g")]);
}

#[test]
fn the_host_knows_no_rule_and_no_table_by_name() {
    let tables =
        packs().iter().flat_map(|pack| &pack.manifest.tables).map(|table| format!("\"{}\"", table.name));
    let rules = packs().iter().flat_map(|pack| &pack.manifest.rules);
    let domains: BTreeSet<&str> = rules.filter_map(|rule| Some(rule.id.split_once('/')?.0)).collect();
    let names: Vec<String> = tables.chain(domains.iter().map(|domain| format!("\"{domain}/"))).collect();
    let mut stack = vec![root().join("host/src")];
    while let Some(path) = stack.pop() {
        if path.is_dir() {
            let entries = fs::read_dir(&path).expect("a folder").map(|entry| entry.expect("an entry").path());
            stack.extend(entries.filter(|entry| !entry.ends_with("tests")));
            continue;
        }
        let text = fs::read_to_string(&path).expect("source in UTF-8");
        for (number, line) in shipped(&text) {
            let named = names.iter().any(|name| line.contains(name.as_str()));
            assert!(!named, "{}:{number} names a rule or a table: {line}", path.display());
        }
    }
}
