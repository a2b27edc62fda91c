//! The report for a terminal: by file and rule, worst first; then what is missing, what was not checked, the numbers.
//!
//! Widths are those of a terminal, where a Chinese character takes two columns. Styles are ANSI escapes made here; none
//! comes from the data, which is shown through [`crate::visible`].

use std::collections::BTreeMap;
use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use unicode_width::UnicodeWidthStr;

use super::words;
use crate::audit::RunRecord;
use crate::audit::plan::Reason;
use crate::audit::record::{Finding, ProblemGravity, RuleRecord, Status};
use crate::manifest::{Basis, Language, Severity};

/// How the report is laid out.
#[derive(Clone, Copy, Debug)]
pub struct TextOptions {
    /// The reader's language.
    pub language: Language,
    /// Columns of the terminal.
    pub width: usize,
    /// Findings shown per file and rule; the rest are counted.
    pub shown: usize,
}

/// The report.
#[must_use]
pub fn text(record: &RunRecord, options: TextOptions) -> String {
    let mut report = Report { record, options, out: String::new() };
    report.heading();
    report.findings();
    report.problems();
    report.not_checked();
    report.numbers();
    report.conclusion();
    report.out
}

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();

fn style_of(severity: Severity) -> Style {
    let color = match severity {
        Severity::Error => AnsiColor::Red,
        Severity::Warning => AnsiColor::Yellow,
        Severity::Notice => AnsiColor::Cyan,
    };
    Style::new().bold().fg_color(Some(color.into()))
}

struct Report<'a> {
    record: &'a RunRecord,
    options: TextOptions,
    out: String,
}

/// Findings of one rule in one file.
type Group<'a> = Vec<&'a Finding>;

impl<'a> Report<'a> {
    fn either(&self, zh: &'static str, en: &'static str) -> &'static str {
        if self.options.language == Language::Zh { zh } else { en }
    }

    fn line(&mut self, text: &str) {
        self.out.push_str(text);
        self.out.push('\n');
    }

    /// Wrapped, with the first line and the others indented by these many columns.
    fn wrapped(&mut self, first: &str, indent: usize, text: &str) {
        let rest = " ".repeat(indent);
        let wrap =
            textwrap::Options::new(self.options.width.max(40)).initial_indent(first).subsequent_indent(&rest);
        for line in textwrap::wrap(&crate::visible(text), wrap) {
            self.line(line.trim_end());
        }
    }

    /// Wrapped and bold.
    fn strong(&mut self, text: &str) {
        for line in textwrap::wrap(text, self.options.width.max(40)) {
            let _ = writeln!(self.out, "{BOLD}{}{BOLD:#}", line.trim_end());
        }
    }

    fn heading(&mut self) {
        let manifest = &self.record.manifest;
        let period = manifest.period.as_deref().map(|period| format!(" · {period}")).unwrap_or_default();
        let text = match self.options.language {
            Language::Zh => format!(
                "{} · 核查基准日 {}{period} · 规则包 {} 个 · 文件 {} 个 · 表 {} 张",
                manifest.host,
                manifest.as_of,
                manifest.packs.len(),
                manifest.inputs.len(),
                manifest.parts.len()
            ),
            Language::En => format!(
                "{} · as of {}{period} · packs: {} · files: {} · tables: {}",
                manifest.host,
                manifest.as_of,
                manifest.packs.len(),
                manifest.inputs.len(),
                manifest.parts.len()
            ),
        };
        self.wrapped("", 0, &text);
        for line in super::trust::lines(manifest, self.options.language) {
            self.wrapped("", 2, &line);
        }
        self.line("");
    }

    fn rule(&self, id: &str) -> Option<&'a RuleRecord> {
        self.record.manifest.rules.iter().find(|rule| rule.id == id)
    }

    fn findings(&mut self) {
        let mut files: BTreeMap<Option<&str>, BTreeMap<&str, Group<'a>>> = BTreeMap::new();
        for finding in &self.record.findings {
            let file = finding.place.as_ref().or(finding.related.first()).map(|place| place.input.as_str());
            files.entry(file).or_default().entry(&finding.rule).or_default().push(finding);
        }
        let absent = files.remove(&None);
        for (file, groups) in files {
            let _ = writeln!(self.out, "{BOLD}{}{BOLD:#}", crate::visible(file.unwrap_or_default()));
            self.groups(groups);
        }
        if let Some(groups) = absent {
            let title = self.either("应有而未见", "What ought to be there and is not");
            let _ = writeln!(self.out, "{BOLD}{title}{BOLD:#}");
            self.groups(groups);
        }
    }

    fn groups(&mut self, groups: BTreeMap<&str, Group<'a>>) {
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
        let count = if group.len() > 1 { format!(" ×{}", group.len()) } else { String::new() };
        let _ = writeln!(self.out, "  {style}{word}{style:#} {id} {BOLD}{title}{BOLD:#}{count}");
        for finding in group.iter().take(self.options.shown) {
            self.finding(finding);
        }
        if group.len() > self.options.shown {
            let more = group.len() - self.options.shown;
            let text = match language {
                Language::Zh => format!("… 另有 {more} 处,加 --full 全部列出"),
                Language::En => format!("… and {more} more; --full shows them all"),
            };
            let _ = writeln!(self.out, "    {DIM}{text}{DIM:#}");
        }
        if let Some(rule) = rule {
            self.advice(rule);
        }
    }

    fn finding(&mut self, finding: &Finding) {
        let place = place_name(finding, self.options.language);
        let text = finding.text.get(self.options.language).to_owned();
        if place.is_empty() {
            self.wrapped("    ", 4, &text);
            return;
        }
        let head = format!("    {} ", crate::visible(&place));
        if head.width() + 20 < self.options.width {
            self.wrapped(&head, 6, &text);
        } else {
            self.line(head.trim_end());
            self.wrapped("      ", 6, &text);
        }
    }

    /// What a rule rests on, and how to mend: once per group.
    fn advice(&mut self, rule: &RuleRecord) {
        let (basis, mend) = (self.either("依据 ", "basis "), self.either("改法 ", "mend  "));
        if !rule.bases.is_empty() {
            let bases: Vec<String> =
                rule.bases.iter().map(|basis| basis_name(basis, self.options.language)).collect();
            let joint = self.either(";", "; ");
            self.wrapped(&format!("    {basis}"), 4 + basis.width(), &bases.join(joint));
        }
        let text = rule.mend.get(self.options.language);
        if let Some(first) = text.split("\n\n").next().filter(|text| !text.is_empty()) {
            let joint = if self.options.language == Language::Zh { "" } else { " " };
            let text = first.lines().map(str::trim).collect::<Vec<_>>().join(joint);
            self.wrapped(&format!("    {mend}"), 4 + mend.width(), &text);
        }
    }

    fn problems(&mut self) {
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
            let _ = writeln!(self.out, "{BOLD}{title}{BOLD:#}");
            for problem in problems {
                self.wrapped("  ", 4, problem.sentence.get(language));
            }
            self.line("");
        }
    }

    /// Rules that were not checked, folded by reason; what nobody handed in is only named.
    fn not_checked(&mut self) {
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
                let status = if rule.status == Status::Failed { Status::NotChecked } else { rule.status };
                reasons.entry((status, words::reason(reason, language))).or_default().push(&rule.id);
            }
        }
        if reasons.is_empty() && absent.is_empty() {
            return;
        }
        let title = self.either("未核查或未全部核查的规则", "Rules not checked, or not everywhere");
        let _ = writeln!(self.out, "{BOLD}{title}{BOLD:#}");
        for ((status, reason), rules) in reasons.into_iter().rev() {
            let status = words::status(status, language);
            let colon = self.either(":", ": ");
            self.wrapped("  ", 4, &format!("{status}{colon}{reason}"));
            self.ids("    ", &rules);
        }
        if !absent.is_empty() {
            let rules: usize = absent.values().sum();
            let names = absent.keys().copied().collect::<Vec<_>>().join(self.either("、", ", "));
            let text = match language {
                Language::Zh => format!("不适用:没有收到下列表,有关的 {rules} 条规则无从核查:{names}"),
                Language::En => {
                    format!("not applicable, since these tables were not handed in (rules: {rules}): {names}")
                }
            };
            self.wrapped("  ", 4, &text);
        }
        self.line("");
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

    fn numbers(&mut self) {
        let language = self.options.language;
        let rules: Vec<&RuleRecord> =
            self.record.manifest.rules.iter().filter(|rule| rule.findings.all() > 0).collect();
        if !rules.is_empty() {
            let (rule, judged, failed) =
                (self.either("规则", "rule"), self.either("核查", "judged"), self.either("不通过", "failed"));
            let wide = rules.iter().map(|rule| rule.id.width()).max().unwrap_or(0).max(rule.width());
            let head = format!("{}  {}  {}", pad(rule, wide), pad_left(judged, 10), pad_left(failed, 10));
            let _ = writeln!(self.out, "{BOLD}{head}{BOLD:#}");
            for rule in rules {
                let (applied, failed) = (rule.applied.to_string(), rule.failed.to_string());
                self.line(&format!(
                    "{}  {}  {}",
                    pad(&rule.id, wide),
                    pad_left(&applied, 10),
                    pad_left(&failed, 10)
                ));
            }
            self.line("");
        }
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

    fn conclusion(&mut self) {
        let language = self.options.language;
        let manifest = &self.record.manifest;
        let totals = manifest.totals;
        let text = match language {
            Language::Zh => {
                format!("发现:错误 {},警告 {},提示 {}", totals.error, totals.warning, totals.notice)
            }
            Language::En => {
                format!(
                    "found: errors {}, warnings {}, notices {}",
                    totals.error, totals.warning, totals.notice
                )
            }
        };
        self.line(&text);
        let verdict = words::conclusion(manifest.conclusion, language);
        let title = self.either("结论:", "conclusion: ");
        self.strong(&format!("{title}{verdict}"));
        let ran = |rule: &RuleRecord| {
            rule.table.is_some() && !matches!(rule.status, Status::NotApplicable | Status::NotSelected)
        };
        if !manifest.rules.iter().any(ran) {
            let text = self.either(
                "注意:所选规则都不适用于收到的表,等于没有核查",
                "note: none of the chosen rules applies to what was handed in, so nothing was checked",
            );
            self.strong(text);
        }
        let worst = self
            .record
            .findings
            .iter()
            .max_by_key(|finding| (finding.severity, std::cmp::Reverse(finding.id)));
        if let Some(finding) = worst {
            let text = match language {
                Language::Zh => format!("查看规则说明:mingcha explain {}", finding.rule),
                Language::En => format!("to read about a rule: mingcha explain {} --lang en", finding.rule),
            };
            self.line(&text);
        }
    }
}

/// Sheet and cell, or line, or record: what a person needs to find it in the file named above.
fn place_name(finding: &Finding, language: Language) -> String {
    let Some(place) = &finding.place else {
        let sheet = finding.related.first().and_then(|place| place.sheet.clone());
        return sheet.unwrap_or_default();
    };
    let zh = language == Language::Zh;
    let header = place.header.as_ref().or(place.column.as_ref());
    let column = match (header, zh) {
        (Some(header), true) => format!("“{header}”"),
        (Some(header), false) => format!(" “{header}”"),
        (None, _) => String::new(),
    };
    match (&place.sheet, &place.cell, place.row, place.line) {
        (Some(sheet), Some(cell), ..) => format!("{sheet}!{cell}"),
        (Some(sheet), None, Some(row), _) if zh => format!("{sheet} 第{row}行"),
        (Some(sheet), None, Some(row), _) => format!("{sheet} row {row}"),
        (Some(sheet), None, None, Some(line)) if zh => format!("{sheet} 第{line}行{column}"),
        (Some(sheet), None, None, Some(line)) => format!("{sheet} line {line}{column}"),
        (Some(sheet), None, None, None) => sheet.clone(),
        (None, _, _, Some(line)) if zh => format!("第{line}行{column}"),
        (None, _, _, Some(line)) => format!("line {line}{column}"),
        (None, Some(cell), ..) => cell.clone(),
        (None, ..) => match place.record {
            Some(record) if zh => format!("第{record}条{column}"),
            Some(record) => format!("record {record}{column}"),
            None => String::new(),
        },
    }
}

/// Document and article, and whether the wording was read.
pub(crate) fn basis_name(basis: &Basis, language: Language) -> String {
    bases_names(std::slice::from_ref(basis), language).concat()
}

/// Documents with their articles; those of one document together.
fn bases_names(bases: &[Basis], language: Language) -> Vec<String> {
    let same = |a: &Basis, b: &Basis| a.document == b.document && a.verified == b.verified;
    let (joint, mark) = match language {
        Language::Zh => ("、", "〔依据待核〕"),
        Language::En => (", ", " [not verified]"),
    };
    let name = |bases: &[Basis]| {
        let articles: Vec<&str> =
            bases.iter().map(|basis| basis.article.as_str()).filter(|text| !text.is_empty()).collect();
        let space = if articles.is_empty() { "" } else { " " };
        let mark = if bases[0].verified { "" } else { mark };
        format!("{}{space}{}{mark}", bases[0].document, articles.join(joint))
    };
    bases.chunk_by(same).map(name).collect()
}

fn pad(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}

fn pad_left(text: &str, width: usize) -> String {
    format!("{}{text}", " ".repeat(width.saturating_sub(text.width())))
}
