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
    for pack in
        ["mingcha-kit", "fee-catalogue", "ppp-quarterly", "env-self-monitoring", "public-response", "hostile"]
    {
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
    for name in [
        "fee-catalogue",
        "ppp-quarterly",
        "env-self-monitoring",
        "public-response",
        "mingcha-kit",
        "mingcha-values",
    ] {
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

#[test]
fn the_host_knows_no_rule_and_no_table_by_name() {
    let tables =
        packs().iter().flat_map(|pack| &pack.manifest.tables).map(|table| format!("\"{}\"", table.name));
    let names: Vec<String> = tables.chain(["\"fee/", "\"ppp/", "\"env/"].map(str::to_owned)).collect();
    let mut stack = vec![root().join("host/src")];
    while let Some(path) = stack.pop() {
        if path.is_dir() {
            let entries = fs::read_dir(&path).expect("a folder").map(|entry| entry.expect("an entry").path());
            stack.extend(entries.filter(|entry| !entry.ends_with("tests")));
            continue;
        }
        let text = fs::read_to_string(&path).expect("source in UTF-8");
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for (number, line) in
            code.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//"))
        {
            let named = names.iter().any(|name| line.contains(name.as_str()));
            assert!(!named, "{}:{} names a rule or a table: {line}", path.display(), number + 1);
        }
    }
}
