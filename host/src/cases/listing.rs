//! What was found in a case, for people to review: rule, place, sentence in both languages; and what was not checked.

use std::fmt::Write as _;

use crate::audit::RunRecord;
use crate::audit::plan::Reason;
use crate::manifest::Language;
use crate::report;

/// The listing that is kept in `findings.snap`.
#[must_use]
pub fn listing(record: &RunRecord) -> String {
    let mut text = String::new();
    for finding in &record.findings {
        let place = finding.place.as_ref();
        let line = place.and_then(|place| place.line).map_or(String::new(), |line| format!(":{line}"));
        let row = place.and_then(|place| place.cell.clone()).map_or(String::new(), |cell| format!("!{cell}"));
        let column =
            place.and_then(|place| place.column.clone()).map_or(String::new(), |name| format!(" {name}"));
        let file = place.map_or("-", |place| place.input.as_str());
        let severity = format!("{:?}", finding.severity).to_lowercase();
        let _ = writeln!(text, "{severity}[{}] {file}{line}{row}{column}", finding.rule);
        let _ = writeln!(text, "  {}\n  {}", finding.text.zh, finding.text.en);
    }
    for rule in &record.manifest.rules {
        for reason in &rule.reasons {
            if !matches!(reason, Reason::TableNotHandedIn { .. } | Reason::NothingApplicable) {
                let status = report::status(rule.status, Language::Zh);
                let _ = writeln!(text, "{status}[{}] {}", rule.id, report::reason(reason, Language::Zh));
            }
        }
    }
    for problem in &record.manifest.problems {
        let _ = writeln!(text, "problem {}", problem.sentence.zh);
    }
    text
}
