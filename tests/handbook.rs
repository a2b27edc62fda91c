//! The handbook in `docs/rules`: a page a rule, an index a pack and the matrix, in both languages, as the program has
//! them.
//!
//! `UPDATE_DOCS=1 cargo test --workspace handbook` writes them anew.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use mingcha::manifest::{Language, Manifest};
use mingcha::{handbook, intake, matrix};

use crate::cli::mingcha;
use crate::common::{packs, root};

fn manifests() -> Vec<&'static Manifest> {
    packs().iter().map(|pack| &pack.manifest).chain([intake::rules::manifest()]).collect()
}

fn index(language: Language) -> String {
    let (title, matrix) = match language {
        Language::Zh => ("# 规则手册", "职责、条文与规则对照"),
        Language::En => ("# Handbook of rules", "Duties, articles and rules"),
    };
    let renewed = "`UPDATE_DOCS=1 cargo test --workspace handbook`";
    let made = match language {
        Language::Zh => format!("由程序生成,更新命令:{renewed}。"),
        Language::En => format!("Written by the program; renewed with {renewed}."),
    };
    let mut index = format!("{title}\n\n{made}\n\n- [{matrix}](matrix.md)\n");
    for manifest in manifests() {
        index +=
            &format!("- [{}]({}.md)({})\n", manifest.title.get(language), manifest.id, manifest.rules.len());
    }
    index
}

/// Every page by its path within `docs/rules`.
fn pages() -> BTreeMap<String, String> {
    let mut pages = BTreeMap::new();
    for (folder, language) in [("zh", Language::Zh), ("en", Language::En)] {
        let mut add = |path: &str, text: String| pages.insert(format!("{folder}/{path}"), text);
        add("README.md", index(language));
        let link = |id: &str| format!("{id}.md");
        add("matrix.md", matrix::markdown(&matrix::matrix(&manifests()), language, Some(&link)));
        for manifest in manifests() {
            add(&format!("{}.md", manifest.id), handbook::pack_index(manifest, language));
            for rule in &manifest.rules {
                add(&format!("{}.md", rule.id), handbook::rule_page(manifest, rule, language));
            }
        }
    }
    pages
}

fn on_disk(folder: &Path, prefix: &str, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).into_iter().flatten().map(|entry| entry.expect("an entry")) {
        let path = format!("{prefix}{}", entry.file_name().to_str().expect("a name in UTF-8"));
        if entry.path().is_dir() {
            on_disk(&entry.path(), &format!("{path}/"), found);
        } else {
            found.insert(path);
        }
    }
}

#[test]
fn the_handbook_says_what_the_program_says() {
    let folder = root().join("docs/rules");
    let pages = pages();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        let _ = fs::remove_dir_all(&folder);
        for (path, text) in &pages {
            let path = folder.join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder is made");
            fs::write(path, text).expect("a page is written");
        }
    }
    let stale =
        |(path, text): &(&String, &String)| fs::read_to_string(folder.join(path)).ok().as_ref() != Some(text);
    let mut stale: Vec<String> = pages.iter().filter(stale).map(|(path, _)| path.clone()).collect();
    let mut found = BTreeSet::new();
    on_disk(&folder, "", &mut found);
    stale.extend(found.into_iter().filter(|path| !pages.contains_key(path)));
    assert!(
        stale.is_empty(),
        "{} pages of docs/rules are stale, such as {:?}; renew them with\n  UPDATE_DOCS=1 cargo test --workspace handbook",
        stale.len(),
        &stale[..stale.len().min(5)]
    );
}

#[test]
fn every_rule_has_a_basis_or_is_declared_as_logic() {
    let matrix = matrix::matrix(&manifests());
    let undeclared: Vec<&String> =
        matrix.without_basis.iter().filter(|rule| rule.why.is_none()).map(|rule| &rule.rule).collect();
    assert!(
        undeclared.is_empty(),
        "these rules have no basis and no entry under \"logic\" in rules/bundle/duties.json: {undeclared:?}"
    );
}

#[test]
fn every_duty_says_how_fully_it_is_covered_and_why() {
    let manifests = manifests();
    assert_eq!(matrix::mistakes(&manifests), Vec::<String>::new());
    let matrix = matrix::matrix(&manifests);
    assert_eq!(matrix.duties.len(), 115);
    let ids: BTreeSet<&String> = matrix.duties.iter().map(|duty| &duty.id).collect();
    assert_eq!(ids.len(), matrix.duties.len(), "a duty is listed twice");
    for duty in &matrix.duties {
        let covered = matches!(duty.extent, matrix::Extent::Fully | matrix::Extent::Partly);
        assert_eq!(covered, !duty.rules.is_empty(), "{duty:?}");
        assert!(!duty.why.zh.is_empty() && !duty.why.en.is_empty(), "{duty:?}");
    }
}

#[test]
fn every_rule_covers_a_duty_or_an_article_or_is_logic() {
    let manifests: Vec<&Manifest> = packs().iter().map(|pack| &pack.manifest).collect();
    let matrix = matrix::matrix(&manifests);
    let covering: BTreeSet<&String> = matrix
        .duties
        .iter()
        .flat_map(|duty| &duty.rules)
        .chain(matrix.articles.iter().flat_map(|article| &article.rules))
        .chain(matrix.without_basis.iter().map(|rule| &rule.rule))
        .collect();
    let idle: Vec<&String> = manifests
        .iter()
        .flat_map(|m| &m.rules)
        .map(|rule| &rule.id)
        .filter(|id| !covering.contains(id))
        .collect();
    assert!(idle.is_empty(), "{idle:?}");
}

#[test]
fn the_matrix_fits_eighty_columns_in_both_languages() {
    use unicode_width::UnicodeWidthStr as _;
    let matrix = matrix::matrix(&manifests());
    for language in [Language::Zh, Language::En] {
        let text = matrix::text(&matrix, language, 80);
        let wide: Vec<&str> = text.lines().filter(|line| line.width() > 80).collect();
        assert!(wide.is_empty(), "{wide:#?}");
    }
}

/// What the program writes; it must go well.
fn said(arguments: &[&str]) -> String {
    let output = mingcha().args(arguments).output().expect("the program runs");
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("output in UTF-8")
}

#[test]
fn the_matrix_is_there_as_text_json_and_markdown_and_knows_only_the_packs_that_were_chosen() {
    let text = said(&["rules", "--matrix"]);
    assert!(text.contains("ppp-project-quarterly") && text.contains("ppp/required-fields"), "{text}");
    let json: serde_json::Value =
        serde_json::from_str(&said(&["rules", "--matrix", "--format", "json"])).expect("JSON");
    assert_eq!(json["duties"].as_array().map(Vec::len), Some(115));
    let english = said(&["rules", "--matrix", "--format", "md", "--lang", "en"]);
    assert!(english.contains("| duty | how often | covered | rules | why |"), "{english}");
    let fees: serde_json::Value =
        serde_json::from_str(&said(&["rules", "--matrix", "--format", "json", "--pack", "fee-catalogue"]))
            .expect("JSON");
    let quarterly = fees["duties"]
        .as_array()
        .and_then(|duties| duties.iter().find(|duty| duty["id"] == "ppp-project-quarterly"));
    assert_eq!(quarterly.expect("the duty")["extent"], "not-yet");
    let output = mingcha().args(["rules", "--format", "md"]).output().expect("the program runs");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("--matrix"));
}

#[test]
fn every_table_of_facts_is_on_the_page_of_a_rule_and_says_how_to_change_it() {
    for pack in packs() {
        let manifest = &pack.manifest;
        let settings: serde_json::Value = serde_json::from_str(&manifest.settings).expect("JSON");
        let settings = settings["properties"].as_object().cloned().unwrap_or_default();
        for facts in &manifest.references {
            let named = format!("`{}`", facts.name);
            let pages = || manifest.rules.iter().flat_map(|rule| [&rule.page.zh, &rule.page.en]);
            assert!(pages().any(|page| page.contains(&named)), "no page of {} names {named}", manifest.id);
            let by_setting = settings.keys().any(|name| facts.source.contains(name.as_str()));
            let by_table = manifest.tables.iter().any(|table| facts.source.contains(&table.label.zh));
            assert!(by_setting || by_table, "{} of {}: {}", facts.name, manifest.id, facts.source);
        }
    }
}

#[test]
fn pack_inspect_lists_every_table_of_facts_with_version_standing_days_and_source() {
    use unicode_width::UnicodeWidthStr as _;
    for pack in packs() {
        let shown = said(&["pack", "inspect", &pack.manifest.id]);
        for facts in &pack.manifest.references {
            let standing = if facts.verified { "[已核]" } else { "[待核]" };
            let line = shown.lines().find(|line| line.trim().starts_with(&format!("{} ", facts.name)));
            let line = line.unwrap_or_else(|| panic!("{} is not listed:\n{shown}", facts.name));
            assert!(line.contains(&facts.version) && line.contains(standing), "{line}");
            let since = facts.since.map(mingcha::iso_date::text).unwrap_or_default();
            let until = facts.until.map(mingcha::iso_date::text).unwrap_or_default();
            assert!(line.contains(&since) && line.contains(&until), "{line}");
            let source: String = facts.source.chars().take(12).collect();
            assert!(shown.contains(&source), "{source}\n{shown}");
        }
        let facts = shown.lines().skip_while(|line| !line.starts_with("参考数据"));
        let wide: Vec<&str> =
            facts.take_while(|line| !line.starts_with("设置")).filter(|l| l.width() > 80).collect();
        assert!(wide.is_empty(), "{wide:#?}");
    }
}
