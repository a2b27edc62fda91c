//! `findings.snap`: what a failing case said when somebody last looked at it. The shape is that of `insta`.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use similar::TextDiff;

use crate::manifest::Text;

/// The file's name.
pub const FILE: &str = "findings.snap";

/// What is wrong between the listing and the file beside the case; none where they agree.
#[must_use]
pub fn wrong(case: &Path, listing: &str) -> Option<Text> {
    let Ok(kept) = fs::read_to_string(case.join(FILE)) else {
        return Some(Text::of(
            format!("还没有 {FILE};看过下面的内容,没有问题就运行 mingcha test --accept\n{listing}"),
            format!(
                "there is no {FILE} yet; look at this, and if it is right run mingcha test --accept\n{listing}"
            ),
        ));
    };
    // A checkout may have turned the ends of its lines.
    let kept = kept.replace("\r\n", "\n");
    let kept = content(&kept);
    if kept == listing.trim_end() {
        return None;
    }
    let diff = difference(kept, listing.trim_end());
    Some(Text::of(
        format!("说法变了(- 原来,+ 现在);如果是有意的,运行 mingcha test --accept\n{diff}"),
        format!("the wording changed (- before, + now); if that is meant, run mingcha test --accept\n{diff}"),
    ))
}

/// Keeps the listing as what the case says from now on.
///
/// # Errors
/// Where the file cannot be written.
pub fn accept(case: &Path, listing: &str) -> Result<(), Text> {
    let file = case.join(FILE);
    let text = format!("---\nsource: mingcha test\n---\n{}\n", listing.trim_end());
    fs::write(&file, text).map_err(|error| crate::author::about(&file, &error))
}

/// Without the head between two lines `---`.
fn content(kept: &str) -> &str {
    let body = kept.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n"));
    body.map_or(kept, |(_, body)| body).trim_end()
}

fn difference(before: &str, now: &str) -> String {
    let diff = TextDiff::from_lines(before, now);
    let mut text = String::new();
    for change in diff.iter_all_changes() {
        let _ = writeln!(text, "{}{}", change.tag(), change.value().trim_end_matches('\n'));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{FILE, content, difference, wrong};

    #[test]
    fn the_head_of_a_snapshot_is_not_its_content() {
        assert_eq!(content("---\nsource: x\n---\nerror[a/b] f:2\n  甲\n"), "error[a/b] f:2\n  甲");
        assert_eq!(content("error\n"), "error");
    }

    #[test]
    fn a_snapshot_checked_out_with_other_line_ends_says_the_same() {
        let case = tempfile::tempdir().expect("a folder");
        let kept = "---\r\nsource: x\r\n---\r\nerror[a/b] f:2\r\n  甲\r\n";
        std::fs::write(case.path().join(FILE), kept).expect("a file");
        assert_eq!(wrong(case.path(), "error[a/b] f:2\n  甲\n"), None);
    }

    #[test]
    fn a_difference_shows_both_wordings() {
        assert_eq!(difference("甲\n乙", "甲\n丙"), " 甲\n-乙\n+丙\n");
    }
}
