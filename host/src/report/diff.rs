//! Two runs compared, for people and for programs.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::escape::markdown as escaped;
use super::phrases;
use super::words::either;
use crate::audit::RunRecord;
use crate::audit::compare::Comparison;
use crate::audit::record::{Finding, canonical_block};
use crate::manifest::Language;

/// Findings shown per heading in text; the rest are counted.
const SHOWN: usize = 20;

/// The comparison as text for a terminal, or as Markdown.
#[must_use]
pub fn text(
    runs: [&RunRecord; 2],
    comparison: &Comparison<'_>,
    language: Language,
    full: bool,
    md: bool,
) -> String {
    let mut out = String::new();
    let dates = runs.map(|run| {
        format!("{} ({})", run.manifest.as_of, &run.manifest.run_id[..8.min(run.manifest.run_id.len())])
    });
    let title = match language {
        Language::Zh => format!("两次核查相比:{} → {}", dates[0], dates[1]),
        Language::En => format!("two runs compared: {} → {}", dates[0], dates[1]),
    };
    let _ = writeln!(out, "{}{}\n", if md { "# " } else { "" }, shown(&title, md));
    let changed: Vec<&Finding> = comparison.changed.iter().map(|(_, new)| *new).collect();
    let sections: [([&str; 2], &[&Finding], bool); 5] = [
        (["新增", "new"], &comparison.new, true),
        (["已改未对", "changed, still wrong"], &changed, true),
        (["仍在", "persisting"], &comparison.persisting, full),
        (["已解决", "resolved"], &comparison.resolved, true),
        (
            [
                "不知(规则这次没有核查或没有全部核查)",
                "unknown (their rule was not checked again, or not everywhere)",
            ],
            &comparison.unknown,
            true,
        ),
    ];
    for ([zh, en], findings, listed) in sections {
        let mark = if md { "## " } else { "" };
        let _ = writeln!(out, "{mark}{} {}", either(language, zh, en), findings.len());
        if listed {
            let limit = if full { usize::MAX } else { SHOWN };
            list(&mut out, findings, language, limit, md);
        }
    }
    if !comparison.partial.is_empty() {
        let names = comparison.partial.join(" ");
        let text = match language {
            Language::Zh => {
                format!("注意:这些规则的明细没有全部保留,只比较了保留的(核查时加 --keep all):{names}")
            }
            Language::En => format!(
                "note: not all findings of these rules were kept, and only kept ones are compared (check with --keep all): {names}"
            ),
        };
        let _ = writeln!(out, "\n{}", shown(&text, md));
    }
    out
}

fn shown(text: &str, md: bool) -> String {
    if md { escaped(text) } else { crate::visible(text) }
}

fn list(out: &mut String, findings: &[&Finding], language: Language, limit: usize, md: bool) {
    for finding in findings.iter().take(limit) {
        let text = super::one_line(finding, language);
        let _ = writeln!(out, "{}{}", if md { "- " } else { "  " }, shown(&text, md));
    }
    if findings.len() > limit {
        let _ = writeln!(out, "  {}", phrases::more(findings.len() - limit, language));
    }
    if md {
        out.push('\n');
    }
}

/// The comparison for programs.
#[must_use]
pub fn json(runs: [&RunRecord; 2], comparison: &Comparison<'_>) -> Vec<u8> {
    let changed: Vec<Value> =
        comparison.changed.iter().map(|(old, new)| json!({ "old": old, "new": new })).collect();
    canonical_block(&json!({
        "old": runs[0].manifest.run_id,
        "new_run": runs[1].manifest.run_id,
        "new": comparison.new,
        "changed": changed,
        "persisting": comparison.persisting,
        "resolved": comparison.resolved,
        "unknown": comparison.unknown,
        "partial": comparison.partial,
    }))
}
