//! The examples on a rule's page: fenced blocks under 例 marked `csv bad` and `csv good`, run like cases.

use std::fs;

use super::{listing, run, settings};
use crate::audit::Request;
use crate::manifest::{Rule, Text};
use crate::page;
use crate::runtime::Pack;

/// The examples of one mark, and the settings they are run with: `csv bad least=4`.
#[derive(Default)]
struct Examples {
    files: Vec<String>,
    settings: toml::Table,
}

/// What is wrong with the examples of a rule, in the files a person would have.
///
/// # Errors
/// Where a temporary folder cannot be written.
pub fn wrong(pack: &Pack, rule: &Rule, base: &Request) -> std::io::Result<Vec<Text>> {
    let mut wrong = Vec::new();
    for (mark, wanted) in [("bad", true), ("good", false)] {
        let examples = match examples(rule, mark) {
            Ok(examples) => examples,
            Err(what) => {
                wrong.push(Text::of(what.clone(), what));
                continue;
            }
        };
        let (objects, said) = judged(pack, rule, &examples, base)?;
        if examples.files.is_empty() || objects != wanted {
            wrong.push(Text::of(
                format!("说明页上的 csv {mark} 例子{}\n{said}", if wanted { "没有被报" } else { "被报了" }),
                format!("the csv {mark} example on its page is none\n{said}"),
            ));
        }
    }
    Ok(wrong)
}

fn examples(rule: &Rule, mark: &str) -> Result<Examples, String> {
    let section = page::section(&rule.page.zh, "例");
    let fence = format!("```csv {mark}");
    let mut examples = Examples::default();
    let mut lines = section.lines();
    while let Some(line) = lines.next() {
        let Some(settings) = line.trim().strip_prefix(&fence) else { continue };
        let settings = settings.trim().replace(' ', "\n");
        let settings: toml::Table =
            toml::from_str(&settings).map_err(|error| format!("{}: {line}: {error}", rule.id))?;
        examples.settings.extend(settings);
        let body: Vec<&str> = lines.by_ref().take_while(|line| line.trim() != "```").collect();
        examples.files.push(body.join("\n") + "\n");
    }
    Ok(examples)
}

fn judged(pack: &Pack, rule: &Rule, examples: &Examples, base: &Request) -> std::io::Result<(bool, String)> {
    let folder = tempfile::tempdir()?;
    for (number, example) in examples.files.iter().enumerate() {
        fs::write(folder.path().join(format!("例{number}.csv")), example)?;
    }
    let mut request = base.clone();
    settings::set(&mut request, &pack.manifest.id, &examples.settings);
    let record = run(pack, &[folder.path().to_owned()], &request);
    Ok((record.findings.iter().any(|finding| finding.rule == rule.id), listing(&record)))
}
