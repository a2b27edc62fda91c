//! What was found: the worst file first, in it the worst rule; findings of one cause as one sentence and an example.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use unicode_width::UnicodeWidthStr;

use super::{BOLD, DIM, Report, style_of};
use crate::audit::record::{Baseline, Cause, Finding, RuleRecord};
use crate::manifest::{Language, Severity};
use crate::report::{phrases, words};

/// Findings of one rule in one file.
type Group<'a> = Vec<&'a Finding>;

/// Examples shown of a cause.
const EXAMPLES: usize = 2;

impl<'a> Report<'a> {
    fn rule(&self, id: &str) -> Option<&'a RuleRecord> {
        self.record.manifest.rules.iter().find(|rule| rule.id == id)
    }

    pub(super) fn findings(&mut self) {
        let mut files: BTreeMap<Option<&str>, BTreeMap<&str, Group<'a>>> = BTreeMap::new();
        for finding in self.record.findings.iter().filter(|finding| finding.suppression.is_none()) {
            let file = finding.nearest_place().map(|place| place.input.as_str());
            files.entry(file).or_default().entry(&finding.rule).or_default().push(finding);
        }
        let absent = files.remove(&None);
        let mut files: Vec<_> = files.into_iter().collect();
        files.sort_by_cached_key(|(_, groups)| std::cmp::Reverse(gravity(groups.values().flatten())));
        for (file, groups) in files {
            self.title(file.unwrap_or_default());
            self.groups(groups);
        }
        if let Some(groups) = absent {
            self.title(self.either("应有而未见", "What ought to be there and is not"));
            self.groups(groups);
        }
    }

    fn groups(&mut self, groups: BTreeMap<&'a str, Group<'a>>) {
        let mut groups: Vec<(&str, Group<'a>)> = groups.into_iter().collect();
        let worst = |group: &Group<'_>| group.iter().map(|finding| finding.severity).max();
        groups.sort_by(|(a_id, a), (b_id, b)| worst(b).cmp(&worst(a)).then_with(|| a_id.cmp(b_id)));
        for (id, group) in groups {
            self.group(id, &group);
        }
        self.line("");
    }

    fn group(&mut self, id: &str, group: &Group<'a>) {
        let language = self.options.language;
        let severity = group.iter().map(|finding| finding.severity).max().unwrap_or(Severity::Notice);
        let rule = self.rule(id);
        let title = rule.map_or("", |rule| rule.title.get(language));
        let style = style_of(severity);
        let word = words::severity(severity, language);
        let more = if rule.is_some_and(|rule| !rule.complete) { "+" } else { "" };
        let count = if group.len() > 1 { format!(" ×{}{more}", group.len()) } else { String::new() };
        let head = format!("  {word} {id} {title}{count}");
        if head.width() <= self.options.width {
            let _ = writeln!(self.out, "  {style}{word}{style:#} {id} {BOLD}{title}{BOLD:#}{count}");
        } else {
            let _ = writeln!(self.out, "  {style}{word}{style:#} {id}{count}");
            self.wrapped("    ", 4, title);
        }
        self.listed(group);
        if let Some(rule) = rule {
            self.advice(rule);
        }
    }

    /// Causes first, then what stands alone.
    fn listed(&mut self, group: &Group<'a>) {
        let mut causes: BTreeMap<u32, Group<'a>> = BTreeMap::new();
        let mut alone: Group<'a> = Vec::new();
        for finding in group {
            // What is new is what a reader who compares looks for.
            let is_news = matches!(finding.baseline, Some(Baseline::New | Baseline::Changed));
            match finding.cause.filter(|_| !self.options.unfold && !is_news) {
                Some(cause) => causes.entry(cause).or_default().push(finding),
                None => alone.push(finding),
            }
        }
        let mut folded = false;
        for (id, members) in causes {
            let cause = self.record.manifest.cause(id);
            match cause.filter(|_| members.len() > 1) {
                Some(cause) => {
                    self.cause(cause, &members);
                    folded = true;
                }
                None => alone.extend(members),
            }
        }
        if folded {
            let how = self.either(
                "(同因的已合并,加 --full 逐条列出)",
                "(folded by cause; --full lists them one by one)",
            );
            let _ = writeln!(self.out, "    {DIM}{how}{DIM:#}");
        }
        alone.sort_by_key(|finding| finding.id);
        for finding in alone.iter().take(self.options.shown) {
            self.finding(finding);
        }
        if alone.len() > self.options.shown {
            let more = phrases::more(alone.len() - self.options.shown, self.options.language);
            let how = self.either(",加 --full 全部列出", "; --full shows them all");
            let _ = writeln!(self.out, "    {DIM}{more}{how}{DIM:#}");
        }
    }

    /// One sentence for all that share it, and where the first of them are.
    fn cause(&mut self, cause: &Cause, members: &Group<'a>) {
        let language = self.options.language;
        self.wrapped("    ● ", 6, cause.sentence.get(language));
        let examples: Vec<String> = members
            .iter()
            .take(EXAMPLES)
            .map(|finding| phrases::place(finding, language))
            .filter(|place| !place.is_empty())
            .collect();
        let (such, joint) = (self.either("如 ", "such as "), self.either("、", ", "));
        if !examples.is_empty() {
            self.wrapped("      ", 6, &format!("{such}{}", examples.join(joint)));
        }
    }

    fn finding(&mut self, finding: &Finding) {
        let language = self.options.language;
        let place = phrases::place(finding, language);
        let mut text = finding.text.get(language).to_owned();
        text.extend(phrases::quoted(finding, language));
        if let Some(state) = finding.baseline.filter(|state| *state != Baseline::Persisting) {
            text = format!("[{}] {text}", words::baseline(state, language));
        }
        if place.is_empty() {
            self.wrapped("    ", 4, &text);
            return;
        }
        let head = format!("    {} ", crate::visible(&place));
        if head.width() + 20 < self.options.width {
            self.wrapped(&head, 6, &text);
        } else {
            self.wrapped("    ", 4, &place);
            self.wrapped("      ", 6, &text);
        }
    }

    /// What a rule rests on, and how to mend: once per group.
    fn advice(&mut self, rule: &RuleRecord) {
        let language = self.options.language;
        let (basis, mend) = (self.either("依据 ", "basis "), self.either("改法 ", "mend  "));
        let bases = phrases::bases(&rule.bases, language);
        for (name, text) in [(basis, bases), (mend, phrases::mend(rule, language))] {
            if !text.is_empty() {
                self.wrapped(&format!("    {name}"), 4 + name.width(), &text);
            }
        }
    }

    /// Findings that do not count: by whose word, and how many.
    pub(super) fn suppressed(&mut self) {
        let language = self.options.language;
        let suppressions = &self.record.manifest.suppressions;
        if suppressions.is_empty() {
            return;
        }
        self.title(self.either("豁免(不计入结论)", "Suppressed (not counted)"));
        for suppression in suppressions {
            let said = phrases::suppression(&suppression.said, language);
            let expired = if suppression.expired {
                self.either(" [已过期,不再有效]", " [expired: does nothing]")
            } else {
                ""
            };
            let text = match language {
                Language::Zh => format!("{} {} 处:{said}{expired}", suppression.rule, suppression.findings),
                Language::En => format!(
                    "{}, {}: {said}{expired}",
                    suppression.rule,
                    phrases::counted(suppression.findings, "finding")
                ),
            };
            self.wrapped("  ", 4, &text);
        }
        if self.options.unfold {
            for finding in self.record.findings.iter().filter(|finding| finding.suppression.is_some()) {
                let file = finding.nearest_place().map_or("", |place| place.input.as_str()).to_owned();
                let place = phrases::place(finding, language);
                let text = finding.text.get(language);
                self.wrapped("    ", 6, &format!("{} {file} {place} {text}", finding.rule));
            }
        }
        self.line("");
    }
}

/// The gravest severity, and how many findings have it.
fn gravity<'f>(findings: impl Iterator<Item = &'f &'f Finding>) -> (Severity, usize) {
    findings.fold((Severity::Notice, 0), |(worst, count), finding| match finding.severity.cmp(&worst) {
        std::cmp::Ordering::Greater => (finding.severity, 1),
        std::cmp::Ordering::Equal => (worst, count + 1),
        std::cmp::Ordering::Less => (worst, count),
    })
}
