//! The findings as a workbook: an overview, all findings, and a sheet for every body, each with filters and a header that
//! stays. Sheets are written row by row, so memory does not grow with them, and go on on a next one where Excel's rows end.

pub(super) mod names;

use std::collections::BTreeMap;
use std::io;

use rust_xlsxwriter::{Color, Format, FormatAlign, Workbook, Worksheet, XlsxError};

use super::csv::{HEADERS, line};
use super::phrases;
use super::words::{self, either};
use crate::audit::RunRecord;
use crate::audit::record::{Finding, ProblemGravity, RuleRecord, Status};
use crate::manifest::{Language, Severity};
use names::Names;

/// Findings on one sheet; with its header, Excel's last row.
const ROWS: usize = 1_048_575;
/// Characters of a cell.
pub(super) const CELL_CHARACTERS: usize = 32_000;
/// Bodies that get a sheet of their own.
const BODIES_AT_MOST: usize = 200;
/// Widths of the columns, in characters.
const WIDTHS: [f64; HEADERS.len()] = [
    7.0, 7.0, 26.0, 26.0, 18.0, 30.0, 14.0, 9.0, 7.0, 16.0, 20.0, 60.0, 16.0, 16.0, 12.0, 8.0, 36.0, 50.0,
    36.0, 24.0, 10.0, 18.0, 24.0,
];
/// Columns that hold numbers: the finding's, the row's, the record's.
const NUMBERS: [usize; 3] = [0, 8, 15];

/// The workbook.
///
/// # Errors
/// Where the system's folder for unfinished files cannot be written.
pub(super) fn xlsx(record: &RunRecord, language: Language) -> io::Result<Vec<u8>> {
    write(record, language, ROWS).map_err(|error| match error {
        XlsxError::IoError(error) => error,
        other => io::Error::other(other),
    })
}

fn write(record: &RunRecord, language: Language, rows: usize) -> Result<Vec<u8>, XlsxError> {
    let mut book = Book::new(record, language, rows);
    let mut bodies: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for finding in &record.findings {
        bodies.entry(finding.body.as_deref().unwrap_or_default()).or_default().push(finding);
    }
    book.overview(&bodies)?;
    let everything: Vec<&Finding> = record.findings.iter().collect();
    book.findings(either(language, "全部问题", "All findings"), &everything)?;
    if bodies.len() <= BODIES_AT_MOST {
        for (body, findings) in &bodies {
            book.findings(named(body, language), findings)?;
        }
    }
    book.workbook.save_to_buffer()
}

fn named(body: &str, language: Language) -> &str {
    if body.is_empty() { either(language, "未注明单位", "No body named") } else { body }
}

struct Book<'a> {
    workbook: Workbook,
    record: &'a RunRecord,
    rules: BTreeMap<&'a str, &'a RuleRecord>,
    language: Language,
    rows: usize,
    names: Names,
    head: Format,
    plain: Format,
    inert: Format,
    severities: [Format; 3],
}

impl<'a> Book<'a> {
    fn new(record: &'a RunRecord, language: Language, rows: usize) -> Self {
        let plain = Format::new().set_text_wrap().set_align(FormatAlign::Top);
        Self {
            workbook: Workbook::new(),
            record,
            rules: record.manifest.rules.iter().map(|rule| (rule.id.as_str(), rule)).collect(),
            language,
            rows,
            names: Names::default(),
            head: Format::new().set_bold().set_background_color(Color::RGB(0x00E4_E9F2)),
            inert: plain.clone().set_quote_prefix(),
            severities: [0x00FB_D5D1, 0x00FD_E9C9, 0x00DD_EBF7]
                .map(|color| plain.clone().set_background_color(Color::RGB(color))),
            plain,
        }
    }

    fn sheet(&mut self, name: &str) -> Result<&mut Worksheet, XlsxError> {
        let name = self.names.unique(name);
        self.workbook.add_worksheet_with_constant_memory()?.set_name(name)
    }

    /// Findings on as many sheets as they need.
    fn findings(&mut self, name: &str, findings: &[&Finding]) -> Result<(), XlsxError> {
        for rows in findings.chunks(self.rows) {
            let (head, plain, inert) = (self.head.clone(), self.plain.clone(), self.inert.clone());
            let severities = self.severities.clone();
            let (record, language) = (self.record, self.language);
            let rules = self.rules.clone();
            let sheet = self.sheet(name)?;
            begin(sheet, &head, rows.len() as u32, language)?;
            for (row, finding) in (1..).zip(rows) {
                let cells = line(record, finding, rules.get(finding.rule.as_str()).copied(), language);
                for (column, text) in (0..).zip(&cells) {
                    let format = match (column, finding.severity) {
                        (1, Severity::Error) => &severities[0],
                        (1, Severity::Warning) => &severities[1],
                        (1, Severity::Notice) => &severities[2],
                        _ if acts(text) => &inert,
                        _ => &plain,
                    };
                    cell(sheet, row, column, text, format)?;
                }
            }
        }
        Ok(())
    }

    fn overview(&mut self, bodies: &BTreeMap<&str, Vec<&Finding>>) -> Result<(), XlsxError> {
        let lines = overview(self.record, bodies, self.rows, self.language);
        let (head, plain) = (self.head.clone(), self.plain.clone());
        let name = either(self.language, "概览", "Overview");
        let sheet = self.sheet(name)?;
        for (column, width) in [(0, 34.0), (1, 50.0), (2, 14.0), (3, 12.0), (4, 12.0)] {
            sheet.set_column_width(column, width)?;
        }
        for (row, (is_head, cells)) in (0..).zip(&lines) {
            for (column, text) in (0..).zip(cells) {
                let format = if *is_head { &head } else { &plain };
                match text.parse::<u32>() {
                    Ok(number) => sheet.write_number_with_format(row, column, number, format)?,
                    Err(_) => sheet.write_string_with_format(row, column, fit(text), format)?,
                };
            }
        }
        Ok(())
    }
}

fn begin(sheet: &mut Worksheet, head: &Format, rows: u32, language: Language) -> Result<(), XlsxError> {
    for (column, width) in (0..).zip(WIDTHS) {
        sheet.set_column_width(column, width)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    sheet.autofilter(0, 0, rows, HEADERS.len() as u16 - 1)?;
    for (column, [zh, en]) in (0..).zip(HEADERS) {
        sheet.write_string_with_format(0, column, either(language, zh, en), head)?;
    }
    Ok(())
}

fn cell(sheet: &mut Worksheet, row: u32, column: u16, text: &str, format: &Format) -> Result<(), XlsxError> {
    let number = text.parse::<u32>().ok().filter(|_| NUMBERS.contains(&usize::from(column)));
    match number {
        Some(number) => sheet.write_number_with_format(row, column, number, format)?,
        None => sheet.write_string_with_format(row, column, fit(text), format)?,
    };
    Ok(())
}

/// What would become a formula as soon as somebody edits the cell.
pub(super) fn acts(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
}

/// What a cell can hold, and shows as written.
pub(super) fn fit(text: &str) -> String {
    crate::cut(&crate::visible_block(text), CELL_CHARACTERS)
}

type Line = (bool, Vec<String>);

fn overview(
    record: &RunRecord,
    bodies: &BTreeMap<&str, Vec<&Finding>>,
    rows: usize,
    language: Language,
) -> Vec<Line> {
    let say = |zh: &'static str, en: &'static str| either(language, zh, en).to_owned();
    let mut lines = head(record, language);
    if record.findings.len() > rows {
        let text = say(
            "一张工作表放不下的,接到下一张(名称带序号)",
            "what one sheet cannot hold goes on on the next, which has a number",
        );
        lines.push((false, vec![say("说明", "Note"), text]));
    }
    if bodies.len() > BODIES_AT_MOST {
        let text = say(
            "单位太多,没有逐单位分表;请在“全部问题”中按单位筛选",
            "too many bodies for a sheet each: filter “All findings” by body",
        );
        lines.push((false, vec![say("说明", "Note"), text]));
    }
    lines.push((true, vec![say("单位", "Body"), String::new(), say("问题", "Findings")]));
    lines.extend(bodies.iter().map(|(body, findings)| {
        (false, vec![named(body, language).to_owned(), String::new(), findings.len().to_string()])
    }));
    lines.extend(rules(record, language));
    lines.extend(not_checked(record, language));
    lines
}

fn head(record: &RunRecord, language: Language) -> Vec<Line> {
    let manifest = &record.manifest;
    let line = |is_head, zh: &'static str, en: &'static str, value: String| {
        (is_head, vec![either(language, zh, en).to_owned(), value])
    };
    let conclusion = words::conclusion(manifest.conclusion, language).to_owned();
    let body = phrases::body(record, language).map(|body| line(false, "单位", "Body", body));
    let mut lines = vec![
        line(true, "核查报告", "Audit report", conclusion),
        line(false, "发现", "Found", phrases::totals(manifest.totals, language)),
        line(false, "其中已豁免", "Of them suppressed", manifest.suppressed.all().to_string()),
        line(false, "保留的明细", "Kept in detail", record.findings.len().to_string()),
        line(false, "核查基准日", "As of", manifest.as_of.clone()),
        line(false, "报告期", "Period", manifest.period.clone().unwrap_or_else(|| "—".to_owned())),
        line(false, "程序", "Program", manifest.host.clone()),
        line(false, "核查编号", "Run", manifest.run_id.clone()),
    ];
    lines.splice(1..1, body);
    let packs = super::trust::lines(manifest, language);
    lines.extend(packs.into_iter().map(|told| line(false, "规则包", "Packs", told)));
    lines
}

fn rules(record: &RunRecord, language: Language) -> Vec<Line> {
    let heads = match language {
        Language::Zh => ["规则", "名称", "结果", "核查", "不通过"],
        Language::En => ["Rule", "Title", "Status", "Judged", "Failed"],
    };
    let told = record.manifest.rules.iter().filter(|rule| rule.status != Status::NotSelected);
    let line = |rule: &RuleRecord| {
        let status = words::status(rule.status, language).to_owned();
        let title = rule.title.get(language).to_owned();
        (false, vec![rule.id.clone(), title, status, phrases::applied(record, rule), rule.failed.to_string()])
    };
    std::iter::once((true, heads.map(str::to_owned).to_vec())).chain(told.map(line)).collect()
}

fn not_checked(record: &RunRecord, language: Language) -> Vec<Line> {
    let manifest = &record.manifest;
    let problems = manifest.problems.iter().filter(|problem| problem.gravity == ProblemGravity::Unchecked);
    let problems = problems.map(|problem| (problem.path.clone(), problem.sentence.get(language).to_owned()));
    let rules =
        manifest.rules.iter().filter(|rule| rule.status != Status::NotSelected && !rule.reasons.is_empty());
    let reasons = |rule: &RuleRecord| {
        let told: Vec<String> = rule.reasons.iter().map(|reason| words::reason(reason, language)).collect();
        (rule.id.clone(), told.join(either(language, ";", "; ")))
    };
    let lines: Vec<Line> =
        problems.chain(rules.map(reasons)).map(|(what, why)| (false, vec![what, why])).collect();
    let head = either(language, "未核查或未全部核查的内容", "Not checked, or not everywhere").to_owned();
    if lines.is_empty() { lines } else { std::iter::once((true, vec![head])).chain(lines).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::{Data, Reader as _, Xlsx};
    use std::io::Cursor;

    fn record(findings: u64) -> RunRecord {
        let finding = |id| Finding { id, body: Some("虚构市[1]:合成".to_owned()), ..Finding::default() };
        RunRecord {
            manifest: Default::default(),
            findings: (1..=findings).map(finding).collect(),
            timings: None,
        }
    }

    #[test]
    fn what_a_sheet_cannot_hold_goes_on_on_the_next() {
        let bytes = write(&record(25), Language::Zh, 10).expect("a workbook");
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a workbook that can be read");
        let names = book.sheet_names();
        assert_eq!(&names[..4], ["概览", "全部问题", "全部问题 (2)", "全部问题 (3)"]);
        assert_eq!(names.len(), 7, "{names:?}");
        let last = book.worksheet_range("全部问题 (3)").expect("the sheet");
        assert_eq!(last.get_value((5, 0)), Some(&Data::Float(25.0)));
    }
}
