//! The examples on a rule's page: fenced blocks under 例 marked `csv bad` and `csv good`, run like cases.
//!
//! On a day the rule is in force: that of the request, or the nearest to it.

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
    /// `as-of=2016-11-30`, where what is right depends on the day.
    day: Option<i32>,
}

/// Whether a rule applies on a day, and something it rests on holds.
#[must_use]
pub fn is_in_force(rule: &Rule, day: i32) -> bool {
    let within = rule.since.is_none_or(|since| since <= day) && rule.until.is_none_or(|until| day < until);
    within && (rule.bases.is_empty() || rule.bases.iter().any(|basis| basis.holds_on(day)))
}

/// This day, or else the nearest on which the rule is in force.
fn day_in_force(rule: &Rule, day: i32) -> i32 {
    let edges = rule.bases.iter().flat_map(|basis| [basis.since, basis.until.map(|until| until - 1)]);
    let edges = edges.chain([rule.since, rule.until.map(|until| until - 1), Some(day)]).flatten();
    edges.filter(|edge| is_in_force(rule, *edge)).min_by_key(|edge| edge.abs_diff(day)).unwrap_or(day)
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
                wrong.push(what);
                continue;
            }
        };
        let request =
            Request { as_of: examples.day.unwrap_or_else(|| day_in_force(rule, base.as_of)), ..base.clone() };
        let (objects, said) = judged(pack, rule, &examples, &request)?;
        if examples.files.is_empty() || objects != wanted {
            let (day, objects) =
                (crate::iso_date::text(request.as_of), if wanted { "没有被报" } else { "被报了" });
            wrong.push(Text::of(
                format!("说明页上的 csv {mark} 例子在 {day} {objects}\n{said}"),
                format!("the csv {mark} example on its page is none as of {day}\n{said}"),
            ));
        }
    }
    Ok(wrong)
}

fn examples(rule: &Rule, mark: &str) -> Result<Examples, Text> {
    let section = page::section(&rule.page.zh, "例");
    let fence = format!("```csv {mark}");
    let mut examples = Examples::default();
    let mut lines = section.lines();
    while let Some(line) = lines.next() {
        let Some(settings) = line.trim().strip_prefix(&fence) else { continue };
        let settings = settings.trim().replace(' ', "\n");
        let unread = |why: &str| {
            let id = &rule.id;
            Text::of(
                format!(
                    "{id}:说明页上的“{line}”读不懂({why});标记后面写 名称=值,如 least=4、as-of=2016-11-30"
                ),
                format!(
                    "{id}: “{line}” on its page is not understood ({why}); behind the mark write NAME=VALUE, such as least=4 or as-of=2016-11-30"
                ),
            )
        };
        let mut settings: toml::Table = toml::from_str(&settings).map_err(|error| unread(error.message()))?;
        if let Some(day) = settings.remove("as-of") {
            let read = crate::iso_date::parse(&day.to_string());
            examples.day = Some(read.ok_or_else(|| unread(&day.to_string()))?);
        }
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
