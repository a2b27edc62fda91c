//! What was not checked, and why: files, columns, rules. Silence would look like a pass.

use std::collections::BTreeMap;

use super::Report;
use crate::audit::plan::Reason;
use crate::audit::record::{CauseKind, ProblemGravity, Status};
use crate::manifest::Language;
use crate::report::words;

impl Report<'_> {
    pub(super) fn problems(&mut self) {
        let language = self.options.language;
        for gravity in [ProblemGravity::Unchecked, ProblemGravity::Note] {
            let problems: Vec<_> =
                self.record.manifest.problems.iter().filter(|problem| problem.gravity == gravity).collect();
            if problems.is_empty() {
                continue;
            }
            let title = match gravity {
                ProblemGravity::Unchecked => self.either("未能核查的文件", "Files that could not be checked"),
                ProblemGravity::Note => self.either("读取说明", "Notes on reading"),
            };
            self.title(title);
            for problem in problems {
                self.wrapped("  ", 4, problem.sentence.get(language));
            }
            self.line("");
        }
    }

    /// Rules that were not checked, folded by reason; what nobody handed in is only named.
    pub(super) fn not_checked(&mut self) {
        let language = self.options.language;
        let mut reasons: BTreeMap<(Status, String), Vec<&str>> = BTreeMap::new();
        let mut absent: BTreeMap<&str, usize> = BTreeMap::new();
        for rule in &self.record.manifest.rules {
            for reason in &rule.reasons {
                if let Reason::TableNotHandedIn { tables } = reason {
                    let name = tables.first().map_or("", |table| table.title.get(language));
                    *absent.entry(name).or_default() += 1;
                    continue;
                }
                if matches!(reason, Reason::ColumnMissing { .. }) && !self.options.unfold {
                    continue;
                }
                let status = if rule.status == Status::Failed { Status::NotChecked } else { rule.status };
                reasons.entry((status, words::reason(reason, language))).or_default().push(&rule.id);
            }
        }
        let missing: Vec<_> = self
            .record
            .manifest
            .causes
            .iter()
            .filter(|cause| cause.kind == CauseKind::MissingColumn && !self.options.unfold)
            .collect();
        if reasons.is_empty() && absent.is_empty() && missing.is_empty() {
            return;
        }
        self.title(self.either("未核查或未全部核查的规则", "Rules not checked, or not everywhere"));
        for cause in missing {
            self.wrapped("  ", 4, cause.sentence.get(language));
            self.ids("    ", &cause.rules.iter().map(String::as_str).collect::<Vec<_>>());
        }
        for ((status, reason), rules) in reasons.into_iter().rev() {
            let status = words::status(status, language);
            let colon = self.either(":", ": ");
            self.wrapped("  ", 4, &format!("{status}{colon}{reason}"));
            self.ids("    ", &rules);
        }
        self.absent(&absent);
        self.line("");
    }

    fn absent(&mut self, absent: &BTreeMap<&str, usize>) {
        if absent.is_empty() {
            return;
        }
        let rules: usize = absent.values().sum();
        let names = absent.keys().copied().collect::<Vec<_>>().join(self.either("、", ", "));
        let text = match self.options.language {
            Language::Zh => format!("不适用:没有收到下列表,有关的 {rules} 条规则无从核查:{names}"),
            Language::En => {
                let rules = crate::report::counted(rules as u64, "rule");
                format!("not applicable: {rules}, since these tables were not handed in: {names}")
            }
        };
        self.wrapped("  ", 4, &text);
    }

    /// Ids of rules, wrapped between them only.
    fn ids(&mut self, indent: &str, ids: &[&str]) {
        let wrap = textwrap::Options::new(self.options.width.max(40))
            .initial_indent(indent)
            .subsequent_indent(indent)
            .word_separator(textwrap::WordSeparator::AsciiSpace)
            .word_splitter(textwrap::WordSplitter::NoHyphenation);
        for line in textwrap::wrap(&ids.join(" "), wrap) {
            self.line(line.trim_end());
        }
    }
}
