//! The report as Markdown, for a page or a comment: the conclusion, the numbers, what was found, what was not checked.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::escape::markdown as escaped;
use super::words::{self, either};
use super::{Options, phrases};
use crate::audit::RunRecord;
use crate::audit::record::{Finding, ProblemGravity, RuleRecord, Status};
use crate::manifest::Language;

/// The report.
#[must_use]
pub(super) fn markdown(record: &RunRecord, options: Options) -> String {
    let mut page = Page { record, language: options.language, shown: options.shown, out: String::new() };
    page.head();
    page.rules();
    page.causes();
    page.findings();
    page.not_checked();
    page.out
}

struct Page<'a> {
    record: &'a RunRecord,
    language: Language,
    shown: usize,
    out: String,
}

impl Page<'_> {
    fn either(&self, zh: &'static str, en: &'static str) -> &'static str {
        either(self.language, zh, en)
    }

    fn heading(&mut self, level: usize, text: &str) {
        let _ = writeln!(self.out, "{} {}\n", "#".repeat(level), escaped(text));
    }

    fn row(&mut self, cells: &[&str]) {
        let _ = writeln!(
            self.out,
            "| {} |",
            cells.iter().map(|cell| escaped(cell)).collect::<Vec<_>>().join(" | ")
        );
    }

    fn table_head(&mut self, heads: &[&str]) {
        self.row(heads);
        let _ = writeln!(self.out, "|{}", " --- |".repeat(heads.len()));
    }

    fn head(&mut self) {
        let manifest = &self.record.manifest;
        let language = self.language;
        self.heading(1, self.either("核查报告", "Audit report"));
        let period = manifest.period.as_deref().unwrap_or("—");
        let found = phrases::totals(manifest.totals, language);
        let suppressed = manifest.suppressed.all();
        let verdict = words::conclusion(manifest.conclusion, language);
        let lines = [
            (self.either("结论", "Conclusion"), verdict.to_owned()),
            (self.either("发现", "Found"), found),
            (self.either("其中豁免", "Suppressed"), suppressed.to_string()),
            (self.either("核查基准日", "As of"), manifest.as_of.clone()),
            (self.either("报告期", "Period"), period.to_owned()),
            (self.either("程序", "Program"), manifest.host.clone()),
            (self.either("核查编号", "Run"), manifest.run_id.clone()),
        ];
        let body = phrases::body(self.record, language).map(|body| (self.either("单位", "Body"), body));
        for (name, value) in body.into_iter().chain(lines) {
            let _ = writeln!(self.out, "- **{name}** {}", escaped(&value));
        }
        for line in super::trust::lines(manifest, language) {
            let _ = writeln!(self.out, "- {}", escaped(&line));
        }
        self.out.push('\n');
    }

    fn rules(&mut self) {
        let language = self.language;
        self.heading(2, self.either("规则", "Rules"));
        let heads = match language {
            Language::Zh => ["规则", "名称", "结果", "核查", "不通过", "豁免"],
            Language::En => ["Rule", "Title", "Status", "Judged", "Failed", "Suppressed"],
        };
        self.table_head(&heads);
        let told = |rule: &&RuleRecord| !matches!(rule.status, Status::NotApplicable | Status::NotSelected);
        for rule in self.record.manifest.rules.iter().filter(told) {
            let (applied, failed) = (phrases::applied(self.record, rule), rule.failed.to_string());
            let status = words::status(rule.status, language);
            let suppressed = rule.suppressed.all().to_string();
            self.row(&[&rule.id, rule.title.get(language), status, &applied, &failed, &suppressed]);
        }
        self.out.push('\n');
    }

    fn causes(&mut self) {
        if self.record.manifest.causes.is_empty() {
            return;
        }
        self.heading(2, self.either("共同的原因", "Common causes"));
        for cause in &self.record.manifest.causes {
            let file = cause.input.as_deref().unwrap_or_default();
            let sentence = cause.sentence.get(self.language);
            let _ = writeln!(self.out, "- {} {}", escaped(file), escaped(sentence));
        }
        self.out.push('\n');
    }

    fn findings(&mut self) {
        let mut files: BTreeMap<&str, BTreeMap<&str, Vec<&Finding>>> = BTreeMap::new();
        for finding in &self.record.findings {
            let file = finding.nearest_place().map_or("", |place| place.input.as_str());
            files.entry(file).or_default().entry(&finding.rule).or_default().push(finding);
        }
        if !files.is_empty() {
            self.heading(2, self.either("发现", "Findings"));
        }
        for (file, rules) in files {
            let absent = self.either("应有而未见", "What ought to be there and is not");
            self.heading(3, if file.is_empty() { absent } else { file });
            for (id, findings) in rules {
                self.rule(id, &findings);
            }
        }
    }

    fn rule(&mut self, id: &str, findings: &[&Finding]) {
        let language = self.language;
        let Some(rule) = self.record.manifest.rules.iter().find(|rule| rule.id == id) else { return };
        self.heading(4, &format!("{id} {}", rule.title.get(language)));
        let heads = match language {
            Language::Zh => ["程度", "位置", "原值", "问题"],
            Language::En => ["Severity", "Place", "Value", "Finding"],
        };
        self.table_head(&heads);
        for finding in findings.iter().take(self.shown) {
            let value = finding.place.as_ref().and_then(|place| place.value.as_deref()).unwrap_or_default();
            let text = self.sentence(finding);
            let severity = words::severity(finding.severity, language);
            self.row(&[severity, &phrases::place(finding, language), &crate::cut(value, 80), &text]);
        }
        self.out.push('\n');
        if let Some(more) = findings.len().checked_sub(self.shown).filter(|more| *more > 0) {
            let _ = writeln!(self.out, "{}\n", phrases::more(more, language));
        }
        let (basis, mend) = (phrases::bases(&rule.bases, language), phrases::mend(rule, language));
        for (name, text) in
            [(self.either("依据", "Basis"), basis), (self.either("怎么改", "How to mend"), mend)]
        {
            if !text.is_empty() {
                let _ = writeln!(self.out, "- **{name}** {}", escaped(&text));
            }
        }
        self.out.push('\n');
    }

    fn sentence(&self, finding: &Finding) -> String {
        let mut text = finding.text.get(self.language).to_owned();
        if let Some(state) = finding.baseline {
            text = format!("[{}] {text}", words::baseline(state, self.language));
        }
        if let Some(said) = &finding.suppression {
            let suppressed = self.either("已豁免", "suppressed");
            text = format!("{text} [{suppressed}: {}]", phrases::suppression(said, self.language));
        }
        text
    }

    fn not_checked(&mut self) {
        let language = self.language;
        let manifest = &self.record.manifest;
        let problems =
            manifest.problems.iter().filter(|problem| problem.gravity == ProblemGravity::Unchecked);
        let mut lines: Vec<String> =
            problems.map(|problem| problem.sentence.get(language).to_owned()).collect();
        for rule in manifest.rules.iter().filter(|rule| rule.status != Status::NotSelected) {
            let reasons: Vec<String> =
                rule.reasons.iter().map(|reason| words::reason(reason, language)).collect();
            if !reasons.is_empty() {
                let status = words::status(rule.status, language);
                lines.push(format!("{} ({status}) {}", rule.id, reasons.join(self.either(";", "; "))));
            }
        }
        if lines.is_empty() {
            return;
        }
        self.heading(2, self.either("未核查或未全部核查的内容", "Not checked, or not everywhere"));
        for line in lines {
            let _ = writeln!(self.out, "- {}", escaped(&line));
        }
        self.out.push('\n');
    }
}
