//! The numbers: a line per rule that found something, how many rules ended how, the conclusion, what to type next.

use std::fmt::Write as _;

use unicode_width::UnicodeWidthStr;

use super::{BOLD, Report};
use crate::audit::record::{Conclusion, RuleRecord, Status};
use crate::manifest::Language;
use crate::report::{phrases, words};

impl Report<'_> {
    pub(super) fn table(&mut self) {
        let rules: Vec<&RuleRecord> =
            self.record.manifest.rules.iter().filter(|rule| rule.findings.all() > 0).collect();
        if rules.is_empty() {
            return;
        }
        let with_suppressed = rules.iter().any(|rule| rule.suppressed.all() > 0);
        let heads = [
            self.either("规则", "rule"),
            self.either("核查", "judged"),
            self.either("不通过", "failed"),
            self.either("豁免", "suppr."),
        ];
        let wide = rules.iter().map(|rule| rule.id.width()).max().unwrap_or(0).max(heads[0].width());
        let numbers = if with_suppressed { 3 } else { 2 };
        let row = |name: &str, cells: &[String]| {
            let cells: String =
                cells.iter().take(numbers).map(|cell| format!("  {}", pad_left(cell, 10))).collect();
            format!("{}{cells}", pad(name, wide))
        };
        let head = row(heads[0], &[heads[1], heads[2], heads[3]].map(str::to_owned));
        let _ = writeln!(self.out, "{BOLD}{head}{BOLD:#}");
        for rule in rules {
            let applied = phrases::applied(self.record, rule);
            let cells = [applied, rule.failed.to_string(), rule.suppressed.all().to_string()];
            self.line(&row(&rule.id, &cells));
        }
        self.line("");
    }

    pub(super) fn statuses(&mut self) {
        let language = self.options.language;
        let count =
            |status: Status| self.record.manifest.rules.iter().filter(|rule| rule.status == status).count();
        let all = [
            Status::Passed,
            Status::Failed,
            Status::NotApplicable,
            Status::NotChecked,
            Status::Error,
            Status::NotSelected,
        ];
        let counts: Vec<String> = all
            .into_iter()
            .filter(|status| count(*status) > 0)
            .map(|status| format!("{} {}", words::status(status, language), count(status)))
            .collect();
        let (title, joint) = (self.either("规则:", "rules: "), self.either(",", ", "));
        self.wrapped(title, title.width(), &counts.join(joint));
    }

    pub(super) fn conclusion(&mut self) {
        let language = self.options.language;
        let manifest = &self.record.manifest;
        let found = phrases::totals(manifest.totals, language);
        let suppressed = match (manifest.suppressed.all(), language) {
            (0, _) => String::new(),
            (count, Language::Zh) => format!("(其中豁免 {count})"),
            (count, Language::En) => format!(" ({count} of them suppressed)"),
        };
        self.line(&format!("{}{found}{suppressed}", self.either("发现:", "found: ")));
        self.against_baseline();
        let verdict = words::conclusion(manifest.conclusion, language);
        let title = self.either("结论:", "conclusion: ");
        self.strong(&format!("{title}{verdict}"));
        // Whoever asked for intake's rules alone got what was asked.
        if manifest.conclusion == Conclusion::Inconclusive && !manifest.rules.iter().any(RuleRecord::ran) {
            let text = self.either(
                "注意:所选规则都不适用于收到的表,等于没有核查",
                "note: none of the chosen rules applies to what was handed in, so nothing was checked",
            );
            self.strong(text);
        }
    }

    fn against_baseline(&mut self) {
        let Some(baseline) = &self.record.manifest.baseline else { return };
        let (new, persisting, resolved) = (baseline.new, baseline.persisting, baseline.resolved);
        let text = match self.options.language {
            Language::Zh => {
                format!("与 {} 的核查相比:新增 {new},仍在 {persisting},已解决 {resolved}", baseline.as_of)
            }
            Language::En => format!(
                "against the run of {}: {new} new, {persisting} persisting, {resolved} resolved",
                baseline.as_of
            ),
        };
        self.wrapped("", 0, &text);
    }

    /// What a person is likely to type next.
    pub(super) fn next_commands(&mut self) {
        let counted = self.record.findings.iter().filter(|finding| finding.suppression.is_none());
        let worst = counted.max_by_key(|finding| (finding.severity, std::cmp::Reverse(finding.id)));
        let Some(finding) = worst else { return };
        let text = match self.options.language {
            Language::Zh => format!("查看规则说明:mingcha explain {}", finding.rule),
            Language::En => format!("to read about a rule: mingcha explain {} --lang en", finding.rule),
        };
        self.line(&text);
    }
}

fn pad(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}

fn pad_left(text: &str, width: usize) -> String {
    format!("{}{text}", " ".repeat(width.saturating_sub(text.width())))
}
