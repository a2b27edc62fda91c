//! From what packs and intake object to, to findings as people meet them: place, sentence, key, fingerprint.
//!
//! Places are read again from the files here, after the run: packs never see how a cell was written.

use std::collections::BTreeMap;

use super::collect::CellFound;
use super::feed::part_and_record;
use super::fold::{self, Told};
use super::identity::identify;
use super::plan::table_match;
use super::record::{Finding, Neighbour, Place};
use super::render;
use crate::intake::{Intake, IntakeFinding, Part, RecordPlace, TableMatch};
use crate::manifest::{Language, Rule, Severity, Table, Text};
use crate::runtime::{Found, Pack};

/// Cells around the one meant that a finding carries.
const NEIGHBOURS: usize = 7;
/// Characters of each.
const NEIGHBOUR_CHARACTERS: usize = 60;

/// What makes findings of answers.
pub(super) struct Writer<'a> {
    pub(super) packs: &'a [Pack],
    pub(super) intake: &'a Intake,
    pub(super) severities: &'a BTreeMap<String, Severity>,
}

impl Writer<'_> {
    /// How grave a finding in this wording is: as the user said of the rule, or as the pack says.
    pub(super) fn severity(&self, rule: &Rule, message: u16) -> Severity {
        self.severities.get(&rule.id).copied().unwrap_or_else(|| rule.severity_of(message))
    }

    fn table(&self, pack: usize, table: u16) -> &Table {
        &self.packs[pack].manifest.tables[usize::from(table)]
    }

    /// The record as intake names it, and whose it is.
    fn locate(&self, pack: usize, table: u16, id: u64, column: Option<u16>) -> Option<(Place, RecordPlace)> {
        let (part, record) = part_and_record(id);
        let matched = table_match(self.intake, part, pack, table)?;
        let found = self.intake.parts.get(part)?.place(record, matched, column);
        let declared = self.table(pack, table);
        let place = Place {
            input: self.intake.inputs[self.intake.parts[part].input].path.clone(),
            sheet: self.intake.parts[part].sheet.clone(),
            record: Some(record),
            row: found.row,
            line: found.line,
            bytes: found.bytes,
            cell: found.cell.clone(),
            column: column.map(|column| declared.column(column).name.clone()),
            header: found.header.clone().or_else(|| Some(declared.column(column?).label.zh.clone())),
            value: found.value.clone(),
        };
        Some((place, found))
    }

    /// The cells of the record nearest to the one meant, in the order of the file.
    fn around(
        &self,
        pack: usize,
        table: u16,
        id: u64,
        column: Option<u16>,
        found: &RecordPlace,
    ) -> Vec<Neighbour> {
        let (part, _) = part_and_record(id);
        let Some(matched) = table_match(self.intake, part, pack, table) else { return Vec::new() };
        let position = |column: u16| Some(matched.columns.get(usize::from(column))?.as_ref()?.position);
        let meant = column.and_then(position).flatten().unwrap_or_default();
        let mut near: Vec<(u32, u16, &str)> = found
            .cells
            .iter()
            .filter_map(|(column, text)| Some((position(*column)??, *column, text.as_str())))
            .collect();
        near.sort_by_key(|(position, ..)| position.abs_diff(meant));
        near.truncate(NEIGHBOURS);
        near.sort_unstable();
        let declared = self.table(pack, table);
        let part = &self.intake.parts[part];
        let neighbour = |(position, column, text): (u32, u16, &str)| Neighbour {
            column: declared.column(column).name.clone(),
            header: header(matched, column, declared),
            cell: cell_name(part, found, position),
            value: crate::cut(text, NEIGHBOUR_CHARACTERS),
        };
        near.into_iter().map(neighbour).collect()
    }

    pub(super) fn finding(&self, pack: usize, rule: &Rule, told: &Told<'_>) -> Finding {
        let found = told.found;
        let judged = self.table(pack, rule.over.table);
        let located = found.at.and_then(|at| Some((at, self.locate(pack, at.table, at.id, at.column)?)));
        let declared = located.as_ref().map_or(judged, |(at, _)| self.table(pack, at.table));
        let cells = located.as_ref().map(|(_, (_, record))| record.cells.as_slice()).unwrap_or_default();
        let place = located.as_ref().map(|(_, (place, _))| place.clone());
        let arguments: BTreeMap<_, _> = found
            .arguments
            .iter()
            .map(|(name, value)| (name.clone(), render::value(value, judged)))
            .collect();
        let value = |value: &Option<_>| value.as_ref().map(|value| render::value(value, judged));
        let message = &rule.messages[usize::from(found.message)];
        let mut finding = Finding {
            rule: rule.id.clone(),
            message: message.id.clone(),
            severity: self.severity(rule, found.message),
            text: Text::default(),
            body: match &located {
                Some(_) => declared.body.and_then(|column| cell(cells, column)),
                None => self.body_beside(pack, found),
            },
            key: declared
                .key
                .iter()
                .filter_map(|&c| Some((declared.column(c).name.clone(), cell(cells, c)?)))
                .collect(),
            place,
            subject: found.subject.clone(),
            arguments,
            expected: value(&found.expected),
            actual: value(&found.actual),
            difference: value(&found.difference),
            related: found
                .related
                .iter()
                .filter_map(|at| Some(self.locate(pack, at.table, at.id, at.column)?.0))
                .collect(),
            around: located.as_ref().map_or_else(Vec::new, |(at, (_, record))| {
                self.around(pack, at.table, at.id, at.column, record)
            }),
            ..Finding::default()
        };
        finding.text =
            render::sentence(&message.text, |name, language| fill(&finding, declared, cells, name, language));
        fold::of_file(&mut finding, declared, &told.lacking);
        let cells = if told.lacking.is_empty() { cells } else { &[] };
        identify(&mut finding, cells, found.at.and_then(|at| at.column));
        finding
    }

    /// For what is absent: whose the records are that it ought to stand among.
    fn body_beside(&self, pack: usize, found: &Found) -> Option<String> {
        let at = found.related.first()?;
        let column = self.table(pack, at.table).body?;
        let (_, record) = self.locate(pack, at.table, at.id, Some(column))?;
        cell(&record.cells, column)
    }

    /// An objection of intake to a cell.
    pub(super) fn cell_finding(&self, rule: &Rule, found: &CellFound) -> Finding {
        let id = super::feed::record_id(found.part, found.record);
        let declared = self.table(found.pack, found.table);
        let located = self.locate(found.pack, found.table, id, Some(found.column));
        let cells = located.as_ref().map(|(_, record)| record.cells.as_slice()).unwrap_or_default();
        let mut finding = self.intake_finding(rule, found.message, &found.arguments);
        finding.body = declared.body.and_then(|column| cell(cells, column));
        finding.key = declared
            .key
            .iter()
            .filter_map(|&c| Some((declared.column(c).name.clone(), cell(cells, c)?)))
            .collect();
        finding.place = located.as_ref().map(|(place, _)| place.clone());
        finding.around = located.as_ref().map_or_else(Vec::new, |(_, record)| {
            self.around(found.pack, found.table, id, Some(found.column), record)
        });
        finish_intake(&mut finding, rule, found.message, Some((found.column, declared)), cells);
        finding
    }

    /// An objection of intake to the structure of a file.
    pub(super) fn structure_finding(&self, rule: &Rule, found: &IntakeFinding) -> Finding {
        let part = found.part.map(|part| &self.intake.parts[part]);
        let mut finding = self.intake_finding(rule, found.message, &found.arguments);
        finding.place = Some(Place {
            input: self.intake.inputs[found.input].path.clone(),
            sheet: part.and_then(|part| part.sheet.clone()),
            record: found.record,
            line: found.line,
            bytes: found.offset.map(|offset| (offset, offset)),
            cell: found.cell.clone(),
            ..Place::default()
        });
        finish_intake(&mut finding, rule, found.message, None, &[]);
        finding
    }

    fn intake_finding(&self, rule: &Rule, message: u16, arguments: &[(String, String)]) -> Finding {
        let text =
            |(name, value): &(String, String)| (name.clone(), super::record::Value::Text(value.clone()));
        Finding {
            rule: rule.id.clone(),
            message: rule.messages[usize::from(message)].id.clone(),
            severity: self.severity(rule, message),
            arguments: arguments.iter().map(text).collect(),
            ..Finding::default()
        }
    }
}

fn header(matched: &TableMatch, column: u16, declared: &Table) -> String {
    let found = matched.columns.get(usize::from(column)).and_then(Option::as_ref);
    let written = found.map(|found| found.header.clone()).filter(|header| !header.is_empty());
    written.unwrap_or_else(|| declared.column(column).label.zh.clone())
}

fn cell_name(part: &Part, found: &RecordPlace, position: u32) -> Option<String> {
    part.cell_of(u64::from(found.row?), Some(position))
}

fn cell(cells: &[(u16, String)], column: u16) -> Option<String> {
    cells
        .iter()
        .find(|(index, _)| *index == column)
        .map(|(_, text)| text.clone())
        .filter(|text| !text.is_empty())
}

/// What a hole of a message stands for: an argument, a part of the finding, or a cell of the record.
fn fill(
    finding: &Finding,
    declared: &Table,
    cells: &[(u16, String)],
    name: &str,
    language: Language,
) -> Option<String> {
    let special = match name {
        "expected" => finding.expected.as_ref(),
        "actual" => finding.actual.as_ref(),
        "difference" => finding.difference.as_ref(),
        _ => finding.arguments.get(name),
    };
    if let Some(value) = special.or_else(|| finding.arguments.get(name)) {
        return Some(render::show(value, language));
    }
    if name == "subject" && finding.subject.is_some() {
        return finding.subject.clone();
    }
    let column = declared.columns.iter().position(|column| column.name == name)?;
    let text = cell(cells, u16::try_from(column).ok()?).unwrap_or_default();
    Some(crate::visible(&text))
}

/// Intake's wordings know `{column}` and `{value}` beside their arguments.
fn finish_intake(
    finding: &mut Finding,
    rule: &Rule,
    message: u16,
    column: Option<(u16, &Table)>,
    cells: &[(u16, String)],
) {
    let template = &rule.messages[usize::from(message)].text;
    let text = render::sentence(template, |name, language| {
        if let Some(value) = finding.arguments.get(name) {
            return Some(crate::visible(&render::show(value, language)));
        }
        match name {
            "column" => {
                column.map(|(column, declared)| declared.column(column).label.get(language).to_owned())
            }
            "value" => finding.place.as_ref()?.value.as_deref().map(crate::visible),
            _ => None,
        }
    });
    finding.text = text;
    identify(finding, cells, column.map(|(column, _)| column));
}
