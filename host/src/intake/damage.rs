//! What is wrong with the structure of a text or a table, as findings with their places and the text that shows it.

use super::compose::Place;
use super::finding::IntakeFinding;
use super::layout::{Damaged, Layout, SkipReason};
use super::recognise::{Head, HeadRow};
use super::source::{Mark, Row, Source};
use super::text::{Dialect, EncodingHow, Flaw, Undivided, named};
use super::{Intake, rules};
use mingcha_values::text::key;
use std::collections::{BTreeMap, HashSet};
use std::ops::{ControlFlow, Range};

/// Places told per kind of damage; the rest only count.
const TOLD: usize = 1000;

/// All that can be said of a text before it is divided.
pub(super) fn of_text(text: &Undivided, input: usize, intake: &mut Intake) {
    let mut places = Places::new(text);
    undecodable(text, &mut places, input, intake);
    mixed_encodings(text, input, intake);
    guessed(text, input, intake);
    zero_bytes(text, input, intake);
    line_ends(text, input, intake);
}

/// What can be said of the encoding of a text that is not divided into rows.
pub(super) fn of_encoding(text: &Undivided, input: usize, intake: &mut Intake) {
    undecodable(text, &mut Places::new(text), input, intake);
    mixed_encodings(text, input, intake);
    guessed(text, input, intake);
}

/// Counts lines and characters up to offsets that come in order.
struct Places<'a> {
    text: &'a Undivided,
    known: (u64, u64),
}

impl<'a> Places<'a> {
    fn new(text: &'a Undivided) -> Self {
        Self { text, known: (0, 1) }
    }

    /// Line and character within it, from 1.
    fn of(&mut self, offset: u64) -> (u64, usize) {
        let (from, line) = self.known;
        let line = line + self.text.line_ends(from, offset);
        self.known = (offset, line);
        let range = self.text.range();
        let at = offset.clamp(range.start, range.end);
        let first = at.saturating_sub(1 << 16).max(range.start);
        let nearest = self.text.bytes(first..at).iter().rposition(|byte| matches!(byte, b'\n' | b'\r'));
        let start = nearest.map_or(first, |back| first + back as u64 + 1);
        let above = self.text.shown(start..at, None);
        (line, above.chars().count() + 1)
    }
}

fn told(finding: IntakeFinding, line: u64, offset: u64) -> IntakeFinding {
    let finding = finding.with("offset", offset).with_holes_only();
    IntakeFinding { line: Some(line), offset: Some(offset), ..finding }
}

fn undecodable(text: &Undivided, places: &mut Places<'_>, input: usize, intake: &mut Intake) {
    for &offset in &text.faults {
        let (line, column) = places.of(offset);
        let finding = IntakeFinding::of_input(rules::UNDECODABLE_BYTES, 0, input)
            .with("column", column)
            .with("encoding", &text.found.name);
        intake.findings.push(told(finding, line, offset));
    }
    if let Some(last) = intake.findings.last_mut().filter(|_| !text.faults.is_empty()) {
        last.more = text.found.undecodable.saturating_sub(text.faults.len() as u64);
    }
}

fn mixed_encodings(text: &Undivided, input: usize, intake: &mut Intake) {
    let Some((alien, ranges)) = &text.aliens else { return };
    let mut places = Places::new(text);
    for range in ranges.iter().take(TOLD) {
        let (line, column) = places.of(range.start);
        let finding = IntakeFinding::of_input(rules::MIXED_ENCODINGS, 0, input)
            .with("column", column)
            .with("encoding", &text.found.name)
            .with("other", text.found.mixed_with.as_deref().unwrap_or_default())
            .with("text", text.shown(range.clone(), Some(alien)).chars().take(40).collect::<String>());
        intake.findings.push(told(finding, line, range.start));
    }
    if let Some(last) = intake.findings.last_mut().filter(|_| !ranges.is_empty()) {
        last.more = text.found.mixed.saturating_sub(ranges.len().min(TOLD) as u64);
    }
}

fn guessed(text: &Undivided, input: usize, intake: &mut Intake) {
    let Some(other) = text.found.or_else.as_deref().filter(|_| text.found.how != EncodingHow::Given) else {
        return;
    };
    let all = text.range();
    let sample: Range<u64> = all.start..all.end.min(all.start + 64);
    let plain = |text: String| text.split(['\r', '\n']).collect::<Vec<_>>().join(" ");
    let finding = IntakeFinding::of_input(rules::ENCODING_GUESSED, 0, input)
        .with("encoding", &text.found.name)
        .with("text", plain(text.shown(sample.clone(), None)))
        .with("other", other)
        .with("other-text", plain(text.shown(sample, named(other))));
    intake.findings.push(finding);
}

/// One finding per line with zero bytes; those that end the file are told with what follows the last record.
fn zero_bytes(text: &Undivided, input: usize, intake: &mut Intake) {
    if !text.may_have_nul() {
        return;
    }
    let (mut line, mut known, mut told_lines) = (1, text.range().start, 0);
    text.each_piece(&mut |offset, bytes| {
        let mut at = 0;
        while let Some(found) = memchr::memchr(0, &bytes[at..]) {
            let first = at + found;
            let end = memchr::memchr2(b'\n', b'\r', &bytes[first..]).map_or(bytes.len(), |end| first + end);
            let count = bytes[first..end].iter().filter(|byte| **byte == 0).count();
            let here = offset + first as u64;
            line += text.line_ends(known, here);
            known = here;
            if told_lines < TOLD {
                let finding = IntakeFinding::of_input(rules::EMBEDDED_NUL, 0, input).with("count", count);
                intake.findings.push(told(finding, line, here));
            }
            told_lines += 1;
            at = end;
        }
        ControlFlow::Continue(())
    });
    if let Some(last) = intake.findings.last_mut().filter(|_| told_lines > TOLD) {
        last.more = (told_lines - TOLD) as u64;
    }
}

/// Ways to end a line, as they are named.
const ENDS: [&str; 3] = ["CR LF", "LF", "CR"];

/// Per way to end a line: how many lines, and the first of them with its offset. Line breaks in quotes are text.
#[derive(Debug, Default)]
struct LineEnds {
    seen: [(u64, u64, u64); 3],
    lines: u64,
    quoted: bool,
}

impl LineEnds {
    fn count(&mut self, offset: u64, bytes: &[u8]) {
        let mut at = 0;
        while let Some(found) = memchr::memchr3(b'\n', b'\r', b'"', &bytes[at..]) {
            let here = at + found;
            at = here + 1;
            let way = match (bytes[here], bytes.get(here + 1)) {
                (b'"', _) => {
                    self.quoted = !self.quoted;
                    continue;
                }
                (b'\r', Some(b'\n')) => {
                    at += 1;
                    0
                }
                (b'\n', _) => 1,
                _ => 2,
            };
            self.lines += 1;
            if !self.quoted {
                let first = (1, self.lines, offset + here as u64);
                let seen = &mut self.seen[way];
                *seen = if seen.0 == 0 { first } else { (seen.0 + 1, seen.1, seen.2) };
            }
        }
    }
}

/// One finding if lines end in several ways.
fn line_ends(text: &Undivided, input: usize, intake: &mut Intake) {
    if !text.may_have_returns {
        return;
    }
    let mut ends = LineEnds::default();
    text.each_piece(&mut |offset, bytes| {
        ends.count(offset, bytes);
        ControlFlow::Continue(())
    });
    let seen = ends.seen;
    let usual = (0..3).max_by_key(|&way| (seen[way].0, std::cmp::Reverse(way))).unwrap_or(0);
    for way in (0..3).filter(|&way| way != usual && seen[way].0 > 0) {
        let (count, line, at) = seen[way];
        let finding = IntakeFinding::of_input(rules::MIXED_LINE_ENDS, 0, input)
            .with("usual", ENDS[usual])
            .with("other", ENDS[way])
            .with("count", count);
        intake.findings.push(told(finding, line, at));
    }
}

/// The rows of another table above the header, where that table has a header that packs know.
pub(super) fn table_above(head: &Head, header: usize, known: &HashSet<String>) -> Vec<Damaged> {
    let is_header = |row: &HeadRow| {
        let filled = row.cells.iter().filter(|cell| !cell.is_empty());
        let known = filled.filter(|cell| cell.len() < 90 && known.contains(&key(cell))).count();
        known >= 2 && known * 2 > row.filled()
    };
    let above = &head.rows[..header.min(head.rows.len())];
    let Some(first) = above.iter().position(is_header) else { return Vec::new() };
    let rows: Vec<&HeadRow> = above[first..].iter().filter(|row| row.filled() >= 2).collect();
    if rows.len() < 2 {
        return Vec::new();
    }
    rows.into_iter().map(|row| Damaged::stacked(row.number, row.mark.offset, row.cells.join(" "))).collect()
}

/// Broken quotes in the header and above it; below, rows tell of them.
pub(super) fn above(source: &Source, start: Mark, input: usize, intake: &mut Intake) {
    let first = source.first();
    source.each(first, Some(start), &mut |mark, row| {
        if let Row::Text(text) = row
            && let Some((flaw, offset)) = text.flaw
        {
            let line = 1 + mark.lines;
            let finding = IntakeFinding::of_input(rules::BROKEN_QUOTE, message(flaw), input)
                .with("text", text.excerpt());
            intake.findings.push(told(finding, line, offset));
        }
        ControlFlow::Continue(())
    });
}

fn message(flaw: Flaw) -> u16 {
    match flaw {
        Flaw::AfterQuote => 0,
        Flaw::Unclosed => 1,
        Flaw::Backslash => 2,
        Flaw::Stray => 3,
        Flaw::TooLong => 4,
    }
}

/// Damaged rows of a table. Of a stacked table and of garbage only the first row is told.
pub(super) fn of_rows(layout: &Layout, dialect: Option<&Dialect>, place: &Place<'_>, intake: &mut Intake) {
    let part = intake.parts.len();
    let is_text = dialect.is_some();
    let mut last = BTreeMap::new();
    for damaged in &layout.damaged.told {
        let Some((rule, message)) = rule_of(damaged) else { continue };
        last.insert(damaged.likeness(), intake.findings.len());
        let name = |delimiter: char| if delimiter == '\t' { "TAB".to_owned() } else { delimiter.to_string() };
        let finding = IntakeFinding::of_input(rule, message, place.input)
            .with("found", damaged.found)
            .with("expected", damaged.expected)
            .with("text", &damaged.text)
            .with("why", &damaged.why)
            .with("group", damaged.group.map_or(0, |(group, ..)| group))
            .with("first", damaged.group.map_or(0, |(_, first, _)| first))
            .with("count", damaged.group.map_or(0, |(.., count)| count))
            .with("other", damaged.delimiter.map_or_else(String::new, |byte| name(char::from(byte))))
            .with("delimiter", dialect.map_or_else(String::new, |dialect| name(dialect.delimiter)));
        let finding = finding.with_holes_only();
        let in_lines = is_text || damaged.reason == SkipReason::BrokenRecord && damaged.group.is_none();
        let in_cells = !in_lines && damaged.group.is_none();
        intake.findings.push(IntakeFinding {
            part: Some(part),
            line: in_lines.then_some(damaged.line),
            offset: in_lines.then_some(damaged.offset),
            cell: in_cells.then(|| format!("A{}", damaged.line)),
            ..finding
        });
    }
    for (likeness, more) in &layout.damaged.more {
        if let Some(finding) = last.get(likeness).and_then(|at| intake.findings.get_mut(*at)) {
            finding.more = *more;
        }
    }
}

/// Message of a record of JSON or Parquet.
fn broken(damaged: &Damaged) -> u16 {
    match (damaged.group, damaged.flaw) {
        (Some(_), _) => 1,
        (None, Some(Flaw::TooLong)) => 2,
        (None, _) => 0,
    }
}

/// Rule and message; none where a row above or the file has told it.
fn rule_of(damaged: &Damaged) -> Option<(u16, u16)> {
    Some(match damaged.reason {
        SkipReason::BrokenQuote => (rules::BROKEN_QUOTE, damaged.flaw.map_or(0, message)),
        SkipReason::SecondDelimiter => (rules::SECOND_DELIMITER, 0),
        SkipReason::Truncated => (rules::TRUNCATED_RECORD, 0),
        SkipReason::BrokenRecord => (rules::BROKEN_RECORD, broken(damaged)),
        SkipReason::EmbeddedNul => return None,
        told_once if damaged.goes_on && told_once.is_told_once() => return None,
        SkipReason::StackedTable => (rules::STACKED_TABLES, 0),
        SkipReason::TrailingGarbage => (rules::TRAILING_GARBAGE, 0),
        _ => (rules::RAGGED_RECORD, u16::from(damaged.found > damaged.expected)),
    })
}
