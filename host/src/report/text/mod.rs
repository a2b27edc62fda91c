//! The report for a terminal: by file and rule, worst first; then what is missing, what was not checked, the numbers.
//!
//! Widths are those of a terminal, where a Chinese character takes two columns. Styles are ANSI escapes made here; none
//! comes from the data, which is shown through [`crate::visible`].

mod findings;
mod missing;
mod numbers;

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};

use super::Options;
use super::phrases::counted;
use crate::audit::RunRecord;
use crate::manifest::{Language, Severity};

/// The report.
#[must_use]
pub fn text(record: &RunRecord, options: Options) -> String {
    let mut report = Report { record, options, out: String::new() };
    report.heading();
    report.findings();
    report.suppressed();
    report.problems();
    report.not_checked();
    report.table();
    report.statuses();
    report.conclusion();
    report.next_commands();
    report.out
}

pub(super) const BOLD: Style = Style::new().bold();
pub(super) const DIM: Style = Style::new().dimmed();

pub(super) fn style_of(severity: Severity) -> Style {
    let color = match severity {
        Severity::Error => AnsiColor::Red,
        Severity::Warning => AnsiColor::Yellow,
        Severity::Notice => AnsiColor::Cyan,
    };
    Style::new().bold().fg_color(Some(color.into()))
}

/// Lines on their way to a terminal.
pub(super) struct Report<'a> {
    pub(super) record: &'a RunRecord,
    pub(super) options: Options,
    pub(super) out: String,
}

impl Report<'_> {
    pub(super) fn either(&self, zh: &'static str, en: &'static str) -> &'static str {
        super::words::either(self.options.language, zh, en)
    }

    pub(super) fn line(&mut self, text: &str) {
        self.out.push_str(text);
        self.out.push('\n');
    }

    pub(super) fn title(&mut self, text: &str) {
        let _ = writeln!(self.out, "{BOLD}{}{BOLD:#}", crate::visible(text));
    }

    /// No day and no telephone number is broken at its hyphens.
    pub(super) fn wrapping<'w>(&self) -> textwrap::Options<'w> {
        let splitter = textwrap::WordSplitter::NoHyphenation;
        textwrap::Options::new(self.options.width.max(40)).word_splitter(splitter)
    }

    /// Wrapped, with the first line and the others indented by these many columns.
    pub(super) fn wrapped(&mut self, first: &str, indent: usize, text: &str) {
        let rest = " ".repeat(indent);
        let wrap = self.wrapping().initial_indent(first).subsequent_indent(&rest);
        for line in textwrap::wrap(&crate::visible(text), wrap) {
            self.line(line.trim_end());
        }
    }

    /// Wrapped and bold.
    pub(super) fn strong(&mut self, text: &str) {
        for line in textwrap::wrap(text, self.wrapping()) {
            let _ = writeln!(self.out, "{BOLD}{}{BOLD:#}", line.trim_end());
        }
    }

    fn heading(&mut self) {
        let manifest = &self.record.manifest;
        let period = manifest.period.as_deref().map(|period| format!(" · {period}")).unwrap_or_default();
        let (packs, inputs, parts) = (manifest.packs.len(), manifest.inputs.len(), manifest.parts.len());
        let text = match self.options.language {
            Language::Zh => format!(
                "{} · 核查基准日 {}{period} · 规则包 {packs} 个 · 文件 {inputs} 个 · 表 {parts} 张",
                manifest.host, manifest.as_of,
            ),
            Language::En => format!(
                "{} · as of {}{period} · {} · {} · {}",
                manifest.host,
                manifest.as_of,
                counted(packs as u64, "pack"),
                counted(inputs as u64, "file"),
                counted(parts as u64, "table")
            ),
        };
        if let Some(body) = super::phrases::body(self.record, self.options.language) {
            let text = format!("{}{body}", self.either("单位:", "body: "));
            self.strong(&text);
        }
        self.wrapped("", 0, &text);
        for line in super::trust::lines(manifest, self.options.language) {
            self.wrapped("", 2, &line);
        }
        self.line("");
    }
}
