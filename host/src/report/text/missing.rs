//! What was not checked, and why: files, columns, rules. Silence would look like a pass.

use std::collections::{BTreeMap, BTreeSet};

use super::Report;
use crate::audit::plan::{Named, Reason};
use crate::audit::record::{ProblemGravity, Status};
use crate::manifest::Language;
use crate::report::words;

/// Whether every form has to have a column.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Owed {
    Yes,
    No,
}

/// Columns, each with the rules that need it.
type Columns<'a> = BTreeMap<&'a str, Vec<&'a str>>;

/// The file or sheet and the columns it lacks, where that is the reason.
fn lacks(reason: &Reason) -> Option<(Owed, &str, &[Named])> {
    match reason {
        Reason::ColumnMissing { part, columns } => Some((Owed::Yes, part, columns)),
        Reason::ColumnNotAsked { part, columns } => Some((Owed::No, part, columns)),
        _ => None,
    }
}

impl<'a> Report<'a> {
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
                if lacks(reason).is_some() && !self.options.unfold {
                    continue;
                }
                let status = if rule.status == Status::Failed { Status::NotChecked } else { rule.status };
                reasons.entry((status, words::reason(reason, language))).or_default().push(&rule.id);
            }
        }
        let missing = self.missing_columns();
        if reasons.is_empty() && absent.is_empty() && missing.is_empty() {
            return;
        }
        self.title(self.either("未核查或未全部核查的规则", "Rules not checked, or not everywhere"));
        for ((owed, columns), parts) in missing {
            self.lacking(&parts.join(self.either("、", ", ")), owed, &columns);
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

    /// The files and sheets that lack the same columns.
    fn missing_columns(&self) -> BTreeMap<(Owed, Columns<'a>), Vec<&'a str>> {
        let mut missing: BTreeMap<(Owed, &str), Columns<'a>> = BTreeMap::new();
        for rule in self.record.manifest.rules.iter().filter(|_| !self.options.unfold) {
            for (owed, part, columns) in rule.reasons.iter().filter_map(lacks) {
                for column in columns {
                    let title = column.title.get(self.options.language);
                    missing.entry((owed, part)).or_default().entry(title).or_default().push(&rule.id);
                }
            }
        }
        let mut alike: BTreeMap<(Owed, Columns<'a>), Vec<&str>> = BTreeMap::new();
        for ((owed, part), columns) in missing {
            alike.entry((owed, columns)).or_default().push(part);
        }
        alike
    }

    fn lacking(&mut self, parts: &str, owed: Owed, columns: &Columns<'_>) {
        let rules: BTreeSet<&str> = columns.values().flatten().copied().collect();
        let counted: Vec<String> = match self.options.language {
            Language::Zh => {
                columns.iter().map(|(title, rules)| format!("{title}({} 条)", rules.len())).collect()
            }
            Language::En => {
                columns.iter().map(|(title, rules)| format!("{title} ({})", rules.len())).collect()
            }
        };
        let text = match self.options.language {
            Language::Zh => {
                let (lacks, aside) = match owed {
                    Owed::Yes => ("缺少", ""),
                    Owed::No => ("没有", "(并非都须填报,不影响结论)"),
                };
                let (columns, rules, counted) = (columns.len(), rules.len(), counted.join("、"));
                format!("{parts} {lacks} {columns} 列{aside},{rules} 条规则在这里无从核查:{counted}")
            }
            Language::En => {
                let aside = match owed {
                    Owed::Yes => "",
                    Owed::No => " (not all forms have to have them; the conclusion stands)",
                };
                let columns = crate::report::counted(columns.len() as u64, "column");
                let rules = crate::report::counted(rules.len() as u64, "rule");
                let counted = counted.join(", ");
                format!(
                    "{parts}: {columns} missing{aside}, without which {rules} could not be checked: {counted}"
                )
            }
        };
        self.wrapped("  ", 4, &text);
        self.ids("    ", &rules.into_iter().collect::<Vec<_>>());
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
        let wrap = self.wrapping().initial_indent(indent).subsequent_indent(indent);
        let wrap = wrap.word_separator(textwrap::WordSeparator::AsciiSpace);
        for line in textwrap::wrap(&ids.join(" "), wrap) {
            self.line(line.trim_end());
        }
    }
}
