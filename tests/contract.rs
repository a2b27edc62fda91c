//! The contract in `wit/`: it parses, is documented line by line, and is the only thing the packs import from.

use std::fs;
use std::path::PathBuf;

use wit_parser::Resolve;

use crate::common::{packs, root};

fn file() -> PathBuf {
    root().join("wit/rules.wit")
}

#[test]
fn the_contract_parses_and_is_the_version_the_host_speaks() {
    let mut resolve = Resolve::default();
    let (package, _) = resolve.push_path(root().join("wit")).expect("wit/ parses");
    assert_eq!(resolve.packages[package].name.to_string(), mingcha::runtime::CONTRACT);
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
