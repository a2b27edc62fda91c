//! Which cells of a file are marked, how gravely, and what the notes on them say.

use std::collections::{BTreeMap, BTreeSet};

use unicode_width::UnicodeWidthStr;

use super::{Annotator, RuleSaid};
use crate::audit::record::{Finding, InputRecord, PartRecord, Place, Totals};
use crate::manifest::{Language, Severity};
use crate::report::xlsx::fit;
use crate::report::{phrases, words};

/// Characters of one note.
const NOTE_CHARACTERS: usize = 2_000;
/// Notes of a sheet: with more, spreadsheet programs become slow. Colours and the list of findings know no limit.
pub(super) const NOTES_AT_MOST: usize = 5_000;

/// A cell: its row by the file's own way of counting, its column from 0.
pub(super) type At = (u64, u32);

/// How a file's rows are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Counting {
    /// Rows of a sheet, from 1.
    Rows,
    /// Physical lines of a text; a row may have several.
    Lines,
    /// The first byte of a record.
    Bytes,
    /// The number of a record, from 1.
    Records,
}

/// What is wrong with one cell.
#[derive(Clone, Debug)]
pub(super) struct Mark {
    pub(super) severity: Severity,
    pub(super) note: String,
}

/// Marks of one sheet.
pub(super) type Marks = BTreeMap<At, Mark>;

/// One line of the list of findings.
pub(super) struct Line<'a> {
    pub(super) severity: Severity,
    pub(super) sheet: &'a str,
    pub(super) at: Option<At>,
    /// Severity, place, value, finding, how to mend, basis, rule, number.
    pub(super) cells: [String; 8],
}

impl Line<'_> {
    /// How high its row has to be for all of its text, in points; not every program finds that out by itself.
    pub(super) fn height(&self) -> u32 {
        const OF_LINE: usize = 15;
        const AT_MOST: usize = 400;
        let lines = |(text, width): (&String, f64)| {
            let room = (width as usize).saturating_sub(1);
            text.lines().map(|line| UnicodeWidthStr::width(line).div_ceil(room).max(1)).sum::<usize>()
        };
        let lines = self.cells.iter().zip(WIDTHS).map(lines).max().unwrap_or(1);
        u32::try_from((lines.max(1) * OF_LINE).min(AT_MOST)).unwrap_or_default()
    }
}

/// All that is said of one file.
pub(super) struct Said<'a> {
    pub(super) file: &'a InputRecord,
    pub(super) counting: Counting,
    /// By sheet; a text has one without a name.
    pub(super) sheets: BTreeMap<&'a str, Marks>,
    pub(super) lines: Vec<Line<'a>>,
    /// Findings that count.
    pub(super) totals: Totals,
    /// Of no rule there are more findings than are listed.
    pub(super) complete: bool,
}

/// Headers of the list of findings.
pub(super) fn heads(language: Language) -> [&'static str; 8] {
    match language {
        Language::Zh => ["程度", "位置", "原值", "问题", "怎么改", "依据", "规则", "序号"],
        Language::En => ["Severity", "Place", "Value", "Finding", "How to mend", "Basis", "Rule", "Number"],
    }
}

/// Widths of its columns, in characters.
pub(super) const WIDTHS: [f64; 8] = [8.0, 18.0, 20.0, 48.0, 40.0, 34.0, 24.0, 7.0];

/// What the record says of a file. What is suppressed is told, but marks nothing.
pub(super) fn said<'a>(annotator: &Annotator<'a>, input: usize) -> Option<Said<'a>> {
    let file = annotator.record.manifest.inputs.get(input)?;
    let parts = Parts::of(annotator, input);
    let findings = annotator.findings(&file.path);
    let mut said = Said {
        file,
        counting: counting(file, findings),
        sheets: BTreeMap::new(),
        lines: Vec::new(),
        totals: Totals::default(),
        complete: true,
    };
    for finding in findings {
        let Some(rule) = annotator.rules.get(finding.rule.as_str()) else { continue };
        said.add(annotator, &parts, finding, rule);
    }
    said.lines.sort_by_key(|line| (std::cmp::Reverse(line.severity), line.sheet, line.at));
    Some(said)
}

impl<'a> Said<'a> {
    fn add(
        &mut self,
        annotator: &Annotator<'a>,
        parts: &Parts<'a>,
        finding: &'a Finding,
        said: &RuleSaid<'a>,
    ) {
        let Some(place) = finding.nearest_place() else { return };
        let language = annotator.language;
        let sheet = place.sheet.as_deref().unwrap_or_default();
        let at = position(parts, place, self.counting);
        if finding.suppression.is_none() {
            self.totals.add(finding.severity, 1);
            if let Some(at) = at.filter(|_| finding.place.is_some()) {
                mark(self.sheets.entry(sheet).or_default(), at, finding, &said.mend, language);
            }
        }
        self.complete &= said.rule.complete;
        let cells = cells(finding, said, language);
        self.lines.push(Line { severity: finding.severity, sheet, at, cells });
    }

    /// Rows of a sheet that something points to, marked or not.
    pub(super) fn rows(&self, sheet: &str) -> BTreeSet<u64> {
        let lines = self.lines.iter().filter(|line| line.sheet == sheet);
        lines.filter_map(|line| Some(line.at?.0)).collect()
    }

    /// Cells that are marked and get no note, as their sheet has too many.
    pub(super) fn without_note(&self) -> usize {
        self.sheets.values().map(|marks| marks.len().saturating_sub(NOTES_AT_MOST)).sum()
    }
}

/// The gravest marks, as many as a sheet bears notes.
pub(super) fn noted(marks: &Marks) -> BTreeMap<At, &str> {
    let mut noted: Vec<_> = marks.iter().collect();
    noted.sort_by_key(|(_, mark)| std::cmp::Reverse(mark.severity));
    noted.truncate(NOTES_AT_MOST);
    noted.into_iter().map(|(at, mark)| (*at, mark.note.as_str())).collect()
}

/// Adds a mark to those a cell has.
pub(super) fn join(marks: &mut Marks, at: At, other: &Mark) {
    let mark = marks.entry(at).or_insert(Mark { severity: other.severity, note: String::new() });
    mark.severity = mark.severity.max(other.severity);
    let joint = if mark.note.is_empty() { "" } else { "\n\n" };
    mark.note = crate::cut(&format!("{}{joint}{}", mark.note, other.note), NOTE_CHARACTERS);
}

fn mark(marks: &mut Marks, at: At, finding: &Finding, mend: &str, language: Language) {
    let severity = finding.severity;
    let head = words::severity(severity, language);
    let mut note = format!("[{head}] {}", finding.text.get(language));
    if !mend.is_empty() {
        note.push_str(words::either(language, "\n怎么改:", "\nHow to mend: "));
        note.push_str(mend);
    }
    join(marks, at, &Mark { severity, note: crate::visible_block(&note) });
}

fn cells(finding: &Finding, said: &RuleSaid<'_>, language: Language) -> [String; 8] {
    let value = finding.place.as_ref().and_then(|place| place.value.clone()).unwrap_or_default();
    let mut text = finding.text.get(language).to_owned();
    if let Some(why) = &finding.suppression {
        let word = words::either(language, "已豁免", "suppressed");
        text = format!("[{word}: {}] {text}", phrases::suppression(why, language));
    }
    [
        words::severity(finding.severity, language).to_owned(),
        phrases::place(finding, language),
        value,
        text,
        said.mend.clone(),
        said.bases.clone(),
        said.rule.id.clone(),
        finding.id.to_string(),
    ]
    .map(|text| fit(&text))
}

fn counting(file: &InputRecord, findings: &[&Finding]) -> Counting {
    let has_bytes = |finding: &&Finding| finding.nearest_place().is_some_and(|place| place.bytes.is_some());
    match file.format.as_str() {
        "text" => Counting::Lines,
        "json" | "ndjson" if findings.iter().any(has_bytes) => Counting::Bytes,
        "json" | "ndjson" => Counting::Lines,
        "parquet" => Counting::Records,
        _ => Counting::Rows,
    }
}

/// The parts of one file, by sheet: the first of each.
struct Parts<'a>(BTreeMap<Option<&'a str>, &'a PartRecord>);

impl<'a> Parts<'a> {
    fn of(annotator: &Annotator<'a>, input: usize) -> Self {
        let mut parts = BTreeMap::new();
        for part in annotator.record.manifest.parts.iter().filter(|part| part.input == input) {
            parts.entry(part.sheet.as_deref()).or_insert(part);
        }
        Self(parts)
    }
}

/// The cell of a place; the row's first where the whole record is meant.
fn position(parts: &Parts<'_>, place: &Place, counting: Counting) -> Option<At> {
    if let Some(cell) = &place.cell {
        return parse(cell);
    }
    let row = match counting {
        Counting::Rows => u64::from(place.row?),
        Counting::Lines => place.line?,
        Counting::Bytes => place.bytes?.0,
        Counting::Records => place.record?,
    };
    let part = parts.0.get(&place.sheet.as_deref());
    let column = part
        .zip(place.column.as_deref())
        .and_then(|(part, column)| part.details.get("columns")?.get(column)?.get("position")?.as_u64());
    Some((row, column.and_then(|column| u32::try_from(column).ok()).unwrap_or(0)))
}

/// `F12` is row 12, column 5.
pub(super) fn parse(cell: &str) -> Option<At> {
    let letters = cell.bytes().take_while(u8::is_ascii_uppercase).count();
    let row = cell[letters..].parse().ok()?;
    let column = cell[..letters]
        .bytes()
        .try_fold(0_u32, |sum, letter| sum.checked_mul(26)?.checked_add(u32::from(letter - b'A') + 1))?;
    Some((row, column.checked_sub(1)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_read_as_spreadsheets_name_them() {
        assert_eq!(parse("A1"), Some((1, 0)));
        assert_eq!(parse("AB7"), Some((7, 27)));
        assert_eq!(parse("7"), None);
        assert_eq!(parse("A"), None);
    }

    #[test]
    fn the_gravest_get_their_notes_where_a_sheet_has_too_many() {
        let mild = Mark { severity: Severity::Notice, note: "轻".to_owned() };
        let mut marks: Marks = (1..=NOTES_AT_MOST as u64).map(|row| ((row, 0), mild.clone())).collect();
        marks.insert((9_999, 3), Mark { severity: Severity::Error, note: "重".to_owned() });
        let noted = noted(&marks);
        assert_eq!((noted.len(), noted.get(&(9_999, 3))), (NOTES_AT_MOST, Some(&"重")));
    }
}
