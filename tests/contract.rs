//! The contract in `wit/`: it parses, is documented line by line, and is the only thing the packs import from.

use std::fs;
use std::path::PathBuf;

use mingcha::audit::{self, Request};
use mingcha::intake::{self, Options};
use mingcha::runtime::{Cache, Pack};
use sha2::{Digest as _, Sha256};
use wit_parser::{PackageId, Resolve, WorldId};

use crate::common::{self, packs, root};

fn file() -> PathBuf {
    root().join("wit/rules.wit")
}

#[test]
fn the_contract_parses_and_is_the_version_the_host_speaks() {
    let mut resolve = Resolve::default();
    let (package, _) = resolve.push_path(root().join("wit")).expect("wit/ parses");
    assert_eq!(resolve.packages[package].name.to_string(), mingcha::runtime::CONTRACT);
}

/// Released versions, oldest first, with the digest each must have for ever.
fn released() -> Vec<(PathBuf, String)> {
    let folder = root().join("wit/released");
    let sums = fs::read_to_string(folder.join("SHA256SUMS")).expect("digests of released contracts");
    let line = |line: &str| {
        let (digest, name) = line.split_once("  ").expect("digest and name");
        (folder.join(name), digest.to_owned())
    };
    sums.lines().map(line).collect()
}

#[test]
fn released_contracts_are_never_edited() {
    let known = released();
    for (path, digest) in &known {
        let found = mingcha::hex(&Sha256::digest(fs::read(path).expect("a released contract")));
        assert_eq!(found, *digest, "{}: released; make a higher version instead", path.display());
    }
    for entry in fs::read_dir(root().join("wit/released")).expect("a folder") {
        let path = entry.expect("an entry").path();
        let listed = path.ends_with("SHA256SUMS") || known.iter().any(|(known, _)| *known == path);
        assert!(listed, "{} has no digest in SHA256SUMS", path.display());
    }
}

fn world(resolve: &Resolve, package: PackageId) -> WorldId {
    resolve.select_world(&[package], Some("rule-pack")).expect("the world of packs")
}

/// Whether packs of a released contract still fit the working one.
fn fits(working: &str, released: &str) -> Result<(), String> {
    let mut resolve = Resolve::default();
    let mut push = |name: &str, text: &str| resolve.push_str(name, text).expect("a contract parses");
    // Two packages of one name and version cannot be held against each other.
    let (_, rest) = released.split_once("package mingcha:rules@").expect("a package");
    let (_, rest) = rest.split_once(';').expect("a version");
    let old = push("released.wit", &format!("package mingcha:rules@0.0.0-released;{rest}"));
    let new = push("working.wit", working);
    let (old, new) = (world(&resolve, old), world(&resolve, new));
    wit_component::semver_check(resolve, old, new).map_err(|error| format!("{error:#}"))
}

#[test]
fn packs_of_the_last_released_contract_fit_the_working_one() {
    let working = fs::read_to_string(file()).expect("wit/rules.wit is there");
    let (path, _) = released().pop().expect("a released contract");
    let last = fs::read_to_string(path).expect("a released contract");
    assert_eq!(fits(&working, &last), Ok(()));
    let narrower =
        working.replace("close: func() -> result<outcome, string>;", "close: func() -> result<outcome>;");
    assert!(narrower != working && fits(&narrower, &last).is_err(), "a change of a function goes unnoticed");
}

/// What a pack of the museum finds, one line a finding.
fn museum_findings(folder: &std::path::Path) -> String {
    let bytes = fs::read(folder.join("pack.wasm")).expect("a pack");
    let pack = Pack::from_file(&common::engine(), &Cache::none(), &folder.join("pack.wasm"))
        .unwrap_or_else(|error| panic!("{error}"));
    let packs = [pack];
    let intake =
        intake::read(&[folder.join("桥梁清单-合成数据.csv")], &audit::offers(&packs), &Options::default());
    let record = audit::run(&packs, &intake, &Request { jobs: 1, ..common::request() }, &|_, _| {});
    let mut text = format!("pack.wasm sha256 {}\n", mingcha::hex(&Sha256::digest(bytes)));
    for finding in record.findings {
        let place = finding.place.expect("a place");
        let (line, value) = (place.line.expect("a line"), place.value.unwrap_or_default());
        text += &format!(
            "{} {} line {line} “{value}”\n  {}\n  {}\n",
            finding.rule, finding.message, finding.text.zh, finding.text.en
        );
    }
    text
}

#[test]
fn packs_of_the_museum_find_what_they_always_found() {
    let folder = root().join("tests/museum/hello-bridges-1.0.0");
    let always = fs::read_to_string(folder.join("findings.txt")).unwrap_or_default();
    assert_eq!(museum_findings(&folder), always);
}

#[test]
fn every_type_field_and_function_of_the_contract_is_documented() {
    let text = fs::read_to_string(file()).expect("wit/rules.wit is there");
    let mut documented = false;
    let mut bare = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.starts_with("///") {
            documented = true;
            continue;
        }
        let structure = line.is_empty()
            || line.starts_with('}')
            || line.starts_with("use ")
            || line.starts_with("import ")
            || line.starts_with("export ");
        if !structure && !documented {
            bare.push(format!("{}: {line}", number + 1));
        }
        documented = false;
    }
    assert!(bare.is_empty(), "undocumented: {bare:#?}");
}

#[test]
fn the_built_in_packs_import_nothing_but_the_log() {
    for pack in packs() {
        let allowed = ["mingcha:rules/log@0.1.0".to_owned()];
        assert!(
            pack.imports.iter().all(|import| allowed.contains(import)),
            "{pack:?} imports {:?}",
            pack.imports
        );
    }
}

#[test]
fn every_rule_has_its_page_and_texts_in_both_languages() {
    let mut missing = Vec::new();
    for rule in packs().iter().flat_map(|pack| &pack.manifest.rules) {
        let texts =
            [&rule.title, &rule.page].into_iter().chain(rule.messages.iter().map(|message| &message.text));
        for text in texts {
            let chinese = text.zh.chars().any(|character| ('\u{4e00}'..='\u{9fff}').contains(&character));
            if !chinese || text.en.is_empty() || text.en == text.zh {
                missing.push(format!("{}: a text in both languages: {text:?}", rule.id));
            }
        }
        let headings = [
            (&rule.page.zh, ["查什么", "为什么", "怎么改", "例"].as_slice()),
            (&rule.page.en, ["What", "Why", "How to mend"].as_slice()),
        ];
        for (page, headings) in headings {
            let lacks = |heading: &&&str| mingcha::page::section(page, heading).is_empty();
            missing.extend(headings.iter().filter(lacks).map(|heading| format!("{}: ## {heading}", rule.id)));
        }
    }
    assert!(missing.is_empty(), "these are missing: {missing:#?}");
}
