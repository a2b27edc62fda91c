//! A text or sheet into a part: header, facts, rows, and what is to be said of them.

use super::complain::{lacks, unrecognised, unused_headings};
use super::damage;
use super::facts::{self, Fact, FactSource, Names};
use super::finding::IntakeFinding;
use super::form::Form;
use super::header::{Lookup, in_brackets};
use super::layout::{Frame, LISTED, Layout, SkipReason, Skipped, Slot};
use super::offer::{Offer, Options};
use super::part::{Body, Part};
use super::problem::{Problem, ProblemKind};
use super::recognise::{ColumnMatch, Head, How, Nearby, Recognised, recognise, take_facts};
use super::records::Records;
use super::sheet::Sheet;
use super::source::{Mark, Source};
use super::text::{Dialect, EncodingHow, Undivided};
use super::totals;
use super::{Intake, rules};
use crate::manifest::{Kind, Table};
use mingcha_values::text::key;
use std::collections::HashSet;
use std::ops::ControlFlow;
use std::sync::Arc;

/// What every file is read with.
pub(super) struct Reader<'a> {
    /// What the file may be.
    pub(super) offers: &'a [Offer<'a>],
    /// What a person may say it is.
    all: &'a [Offer<'a>],
    pub(super) options: &'a Options,
    pub(super) lookup: Lookup,
    /// Keys of the headers of all tables.
    pub(super) known: Arc<HashSet<String>>,
}

/// Which file or sheet is read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place<'a> {
    pub(super) input: usize,
    pub(super) path: &'a str,
    pub(super) sheet: Option<&'a str>,
    pub(super) hidden: bool,
}

/// A source that was looked at.
struct Looked {
    source: Source,
    head: Head,
    result: Result<Recognised, Option<Nearby>>,
    /// It is filled in one item per line, which is no table.
    form: Option<Form>,
    dialect: Option<Dialect>,
}

/// Reads a text: the dialect in which most headers are found.
pub(super) fn text(undivided: &Undivided, place: &Place<'_>, reader: &Reader<'_>, intake: &mut Intake) {
    let mut best: Option<Looked> = None;
    for dialect in undivided.dialects() {
        let mut looked = look(Source::Text(undivided.divided(&dialect)), place, reader);
        looked.dialect = Some(dialect);
        let certain = looked.is_certain();
        if best.as_ref().is_none_or(|best| looked.score() > best.score()) {
            best = Some(looked);
        }
        if certain {
            break;
        }
    }
    let Some(looked) = best else { return };
    damage::of_text(undivided, place.input, intake);
    let first = intake.parts.len();
    compose(looked, place, reader, intake);
    if intake.parts.len() == first {
        blame_encoding(undivided, place, reader, intake);
    }
    if let Some(part) = intake.parts.get_mut(first) {
        part.encoding = Some(undivided.found.clone());
        let of_part = intake.findings.iter_mut().filter(|f| f.input == place.input && f.part.is_none());
        of_part.for_each(|finding| finding.part = Some(first));
    }
}

/// Where no table was recognised: says so, if there is one in the encoding that the evidence is for.
fn blame_encoding(undivided: &Undivided, place: &Place<'_>, reader: &Reader<'_>, intake: &mut Intake) {
    if undivided.found.how != EncodingHow::Given || undivided.range().is_empty() {
        return;
    }
    let Ok(again) = undivided.by_evidence() else { return };
    let is_table = |dialect| look(Source::Text(again.divided(&dialect)), place, reader).result.is_ok();
    if again.found.name == undivided.found.name || !again.dialects().into_iter().any(is_table) {
        return;
    }
    let strange = |kind: &ProblemKind| matches!(kind, ProblemKind::NoTable(_) | ProblemKind::Unsupported(..));
    let here = intake.problems.iter_mut().filter(|problem| problem.input == Some(place.input));
    for problem in here.filter(|problem| strange(&problem.kind)) {
        let (read, other) = (undivided.found.name.clone(), again.found.name.clone());
        problem.kind = ProblemKind::OtherEncoding(read, other);
    }
}

/// Reads a sheet of a workbook.
pub(super) fn sheet(sheet: Sheet, place: &Place<'_>, reader: &Reader<'_>, intake: &mut Intake) {
    if sheet.len() > 0 {
        compose(look(Source::Sheet(sheet), place, reader), place, reader, intake);
    }
}

/// Reads a table of records.
pub(super) fn records(records: Records, place: &Place<'_>, reader: &Reader<'_>, intake: &mut Intake) {
    if !records.has_fields() {
        return;
    }
    let broken = records.broken().0.first().map(|broken| broken.why.clone());
    let first = intake.parts.len();
    compose(look(Source::Records(records), place, reader), place, reader, intake);
    let Some(why) = broken.filter(|_| intake.parts.len() == first) else { return };
    let here = |problem: &&mut Problem| {
        problem.input == Some(place.input)
            && problem.sheet.as_deref() == place.sheet
            && matches!(problem.kind, ProblemKind::Unsupported(..))
    };
    let kind = ProblemKind::Damaged(why);
    match intake.problems.iter_mut().find(here) {
        Some(problem) => problem.kind = kind,
        None => intake.problems.push(Problem {
            input: Some(place.input),
            path: place.path.to_owned(),
            sheet: place.sheet.map(str::to_owned),
            kind,
        }),
    }
}

fn look(source: Source, place: &Place<'_>, reader: &Reader<'_>) -> Looked {
    let head = Head::new(&source);
    let names = Names::new(place.path, place.sheet);
    let headings = reader.options.headings.iter().filter(|said| said.holds_for(place.path, place.sheet));
    let with_headings = reader.lookup.with(headings, reader.offers);
    let lookup = with_headings.as_ref().unwrap_or(&reader.lookup);
    let mut result = recognise(&head, reader.offers, lookup, &names, reader.assigned(place));
    let across = result.as_ref().map_or(0, |recognised| recognised.matched);
    let form = Form::of(&head, lookup).filter(|form| form.labels > across);
    if form.is_some() {
        result = Err(None);
    }
    Looked { source, head, result, form, dialect: None }
}

impl<'a> Reader<'a> {
    /// For some of all offers.
    pub(super) fn new(offers: &'a [Offer<'a>], all: &'a [Offer<'a>], options: &'a Options) -> Self {
        let lookup = Lookup::new(offers);
        Self { offers, all, options, known: lookup.keys().into(), lookup }
    }

    /// The table a person says it is.
    pub(super) fn assigned(&self, place: &Place<'_>) -> Option<&str> {
        let names = |table: &str| self.all.iter().any(|offer| offer.declared.name == table);
        let assignments = self.options.assignments.iter().filter(|assigned| names(&assigned.table));
        let mut here = assignments.filter(|assigned| assigned.names(place.path, place.sheet));
        here.next().map(|assigned| assigned.table.as_str())
    }
}

impl Looked {
    /// Whether another dialect need not be tried: most headers are known.
    fn is_certain(&self) -> bool {
        let Ok(recognised) = &self.result else { return false };
        let headers = self.head.rows[recognised.header.1].filled();
        recognised.matched >= 3 && recognised.matched * 2 >= headers
    }

    fn score(&self) -> (bool, usize) {
        match &self.result {
            Ok(recognised) => (true, recognised.matched),
            Err(near) => (false, near.as_ref().map_or(0, |near| near.matched)),
        }
    }
}

fn compose(looked: Looked, place: &Place<'_>, reader: &Reader<'_>, intake: &mut Intake) {
    let problem = |kind| Problem {
        input: Some(place.input),
        path: place.path.to_owned(),
        sheet: place.sheet.map(str::to_owned),
        kind,
    };
    match looked.result {
        Err(near) => {
            let (head, is_records) = (&looked.head, looked.source.is_records());
            let form = looked.form.as_ref().map(|form| form.problem(reader.offers));
            let kind = form.or_else(|| unrecognised(near, head, is_records, place, reader, intake));
            intake.problems.extend(kind.map(problem));
        }
        Ok(ref recognised) => {
            let declared = declared(recognised, reader.offers);
            let frame = frame(&looked.source, &looked.head, recognised, declared, &reader.known);
            let mut layout = Layout::new(&looked.source, frame.clone());
            if let Source::Records(records) = &looked.source {
                layout.take_broken(records);
            }
            if let Source::Sheet(sheet) = &looked.source {
                let rows = sheet.hidden_rows();
                let rows = rows.1.map(|first| ProblemKind::HiddenRows(rows.0, first));
                let sheet = place.hidden.then_some(ProblemKind::HiddenSheet);
                intake.problems.extend(sheet.into_iter().chain(rows).map(problem));
            }
            if layout.records == 0 && layout.unchecked() == 0 {
                intake.problems.push(problem(ProblemKind::HeaderOnly));
            }
            let above = damage::table_above(&looked.head, recognised.header.0, &reader.known);
            layout.damaged.put_before(above);
            damage::above(&looked.source, frame.start, place.input, intake);
            damage::of_rows(&layout, looked.dialect.as_ref(), place, intake);
            findings(&layout, recognised, place, intake);
            intake.problems.extend(lacks(recognised, declared).map(problem));
            intake.problems.extend(unused_headings(recognised, declared, place, reader).map(problem));
            let part = part(looked, layout, frame, place, reader);
            if let Some(part) = &part {
                totals::check(part, reader, intake);
            }
            intake.parts.extend(part);
        }
    }
}

fn declared<'a>(recognised: &Recognised, offers: &'a [Offer<'a>]) -> &'a Table {
    let first = &recognised.matches[0];
    let offer = offers.iter().find(|offer| offer.pack == first.pack && offer.table == first.table);
    offer.unwrap_or(&offers[0]).declared
}

/// What the rows below the header are measured by.
fn frame(
    source: &Source,
    head: &Head,
    recognised: &Recognised,
    declared: &Table,
    known: &Arc<HashSet<String>>,
) -> Frame {
    let (first, last) = recognised.header;
    let rows = &head.rows[first..=last];
    let columns = &recognised.matches[0].columns;
    let found = || declared.columns.iter().zip(columns).enumerate();
    let position = |at: usize| columns[at].as_ref().and_then(|found| found.position);
    let slot = |at: usize| Slot {
        name: declared.columns[at].name.clone(),
        position: position(at),
        fact: declared.columns[at].from_part.clone(),
    };
    let is_serial =
        |cell: &String| matches!(key(cell).as_str(), "序号" | "no." | "no" | "项目序号" | "行号" | "行次");
    let filled_to = |row: &[String]| row.iter().rposition(|cell| !cell.is_empty()).map_or(0, |at| at + 1);
    let full_width = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let capped = full_width >= super::recognise::COLUMNS;
    Frame {
        start: below(source, rows.last().map_or(source.first(), |row| row.mark)),
        header: rows.iter().map(|row| row.cells.clone()).collect(),
        matched: columns.iter().flatten().filter_map(|found| found.position).collect(),
        fill: found().filter(|(_, (column, _))| column.fill_down).map(|(at, _)| slot(at)).collect(),
        serial: rows.iter().find_map(|row| row.cells.iter().position(is_serial)).map(|at| at as u32),
        statement: found()
            .filter(|(_, (c, _))| c.required && c.kind == Kind::Text)
            .find_map(|(at, _)| position(at)),
        width: if capped { 0 } else { rows.iter().map(|row| filled_to(&row.cells)).max().unwrap_or(0) },
        full_width: if capped { usize::MAX } else { full_width },
        known: Arc::clone(known),
        has_text: found().any(|(at, (column, _))| column.kind == Kind::Text && position(at).is_some()),
    }
}

/// The mark of the row below another.
fn below(source: &Source, row: Mark) -> Mark {
    source.each(row, None, &mut |mark, _| {
        if mark.index > row.index { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    })
}

fn findings(layout: &Layout, recognised: &Recognised, place: &Place<'_>, intake: &mut Intake) {
    let part = intake.parts.len();
    let is_text = place.sheet.is_none();
    let of_part = |rule, message| IntakeFinding {
        part: Some(part),
        ..IntakeFinding::of_input(rule, message, place.input)
    };
    let repeated = |skipped: &&Skipped| skipped.reason == SkipReason::RepeatedHeader;
    let all = layout.skipped.counts.get(&SkipReason::RepeatedHeader).copied().unwrap_or(0);
    for (at, skipped) in layout.skipped.told.iter().filter(repeated).enumerate() {
        let finding = of_part(rules::REPEATED_HEADER, 0);
        let cell = (!is_text).then(|| format!("A{}", skipped.row));
        let more = if at + 1 == LISTED { all - LISTED as u64 } else { 0 };
        intake.findings.push(IntakeFinding { line: is_text.then_some(skipped.row), cell, more, ..finding });
    }
    for duplicate in &recognised.matches[0].duplicates {
        let first = recognised.matches[0].columns[usize::from(duplicate.column)].as_ref();
        let finding = of_part(rules::DUPLICATE_COLUMN, 0)
            .with("header", &duplicate.header)
            .with("first", first.map_or("", |found| found.header.as_str()));
        intake.findings.push(IntakeFinding { column: Some(duplicate.column), ..finding });
    }
}

fn part(
    looked: Looked,
    mut layout: Layout,
    frame: Frame,
    place: &Place<'_>,
    reader: &Reader<'_>,
) -> Option<Part> {
    let mut recognised = looked.result.ok()?;
    let mut facts = std::mem::take(&mut recognised.facts);
    for fact in facts::in_rows(layout.notes.iter().map(Vec::as_slice)) {
        if facts::value(&facts, &fact.name).is_none() {
            facts.push(fact);
        }
    }
    if facts::value(&facts, "region").is_none() {
        facts = facts::with_names(facts, &Names::new(place.path, place.sheet));
    }
    units_in_headers(&recognised, reader, &mut facts);
    settle_columns(&mut recognised, &facts, &frame, &layout, reader)?;
    let hidden_rows = match &looked.source {
        Source::Text(_) | Source::Records(_) => 0,
        Source::Sheet(sheet) => sheet.hidden_rows().0,
    };
    let rows = &looked.head.rows[recognised.header.0..=recognised.header.1];
    Some(Part {
        input: place.input,
        sheet: place.sheet.map(str::to_owned),
        hidden: place.hidden,
        matches: recognised.matches,
        encoding: None,
        dialect: looked.dialect,
        header_rows: rows.iter().map(|row| row.number).filter(|number| *number > 0).collect(),
        facts,
        skipped: std::mem::take(&mut layout.skipped.told),
        skipped_rows: std::mem::take(&mut layout.skipped.counts),
        blank_rows: layout.blank_rows,
        hidden_rows,
        body: Body { source: looked.source, layout, fill: frame.fill, statement: frame.statement },
    })
}

/// The units that headers state for other columns to take: the fact `unit-of-limit` is that in the header of `limit`.
fn units_in_headers(recognised: &Recognised, reader: &Reader<'_>, facts: &mut Vec<Fact>) {
    for matched in &recognised.matches {
        let offers = reader.offers.iter();
        let mut offers = offers.filter(|offer| offer.pack == matched.pack && offer.table == matched.table);
        let Some(columns) = offers.next().map(|offer| &offer.declared.columns) else { continue };
        let asked = columns.iter().filter_map(|column| column.from_part.as_deref());
        for name in asked.filter(|name| facts::value(facts, name).is_none()).collect::<Vec<_>>() {
            let Some(of) = name.strip_prefix("unit-of-") else { continue };
            let named = columns.iter().zip(&matched.columns).filter(|(column, _)| column.name == of);
            let headers = named.filter_map(|(_, found)| found.as_ref()).map(|found| found.header.as_str());
            if let Some(value) = headers.filter_map(unit_in_brackets).next() {
                facts.push(Fact { name: name.to_owned(), value, source: FactSource::Row });
            }
        }
    }
}

/// `元/人次` of `收费标准(元/人次)`, `mg/L` of `限值(mg/L)`; what is no unit may be any remark.
fn unit_in_brackets(header: &str) -> Option<String> {
    let inside = in_brackets(header)?;
    let counted = inside.split('/').next().unwrap_or_default();
    let money = mingcha_values::amount::Unit::parse(counted).is_some();
    let known = mingcha_values::pollutant::canonical_unit(&inside);
    let share = matches!(inside.as_str(), "%" | "‰");
    known.map(str::to_owned).or_else(|| (money || share).then_some(inside))
}

/// Columns without a header take facts and the names of sections; carried columns learn which they are.
fn settle_columns(
    recognised: &mut Recognised,
    facts: &[Fact],
    frame: &Frame,
    layout: &Layout,
    reader: &Reader<'_>,
) -> Option<()> {
    for matched in &mut recognised.matches {
        let offer =
            reader.offers.iter().find(|offer| offer.pack == matched.pack && offer.table == matched.table)?;
        take_facts(&mut matched.columns, offer.declared, facts);
        for (column, found) in offer.declared.columns.iter().zip(&mut matched.columns) {
            let Some(slot) = frame.fill.iter().position(|slot| column.fill_down && slot.name == column.name)
            else {
                continue;
            };
            if found.is_none() && layout.supplied[slot] {
                *found = Some(ColumnMatch::without_header(How::Section));
            }
            if let Some(found) = found {
                found.slot = Some(slot);
            }
        }
    }
    Some(())
}
