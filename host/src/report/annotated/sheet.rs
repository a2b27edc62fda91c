//! The sheets of an XLSX: marked cells get a style that is theirs but for the colour; and the list of findings.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use quick_xml::events::{BytesEnd, BytesStart, Event};
use quick_xml::{Reader, Writer};

use super::marks::{At, Line, Marks, WIDTHS, heads, parse};
use super::notes::{cell, escaped};
use super::parts::{MAIN, attribute};
use super::styles::{Own, Styles, without};
use crate::manifest::{Language, Severity};

/// What stands behind the link to a sheet's notes, in the order the form demands.
const BEHIND: [&str; 8] = [
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
];

/// The sheet with its marked cells coloured, and, where it had no notes, a link to them.
pub(super) fn patched(
    xml: &str,
    marks: &Marks,
    styles: &mut Styles,
    link: Option<&str>,
) -> Result<String, quick_xml::Error> {
    let mut patch = Patch {
        writer: Writer::new(Vec::with_capacity(xml.len() + marks.len() * 32)),
        left: marks.iter().map(|(at, mark)| (*at, mark.severity)).collect(),
        styles,
        prefix: String::new(),
        row: 0,
        column: 0,
        row_style: 0,
        in_data: false,
        link,
        depth: 0,
    };
    let mut reader = Reader::from_str(xml);
    loop {
        match reader.read_event()? {
            Event::Eof => break,
            Event::Start(tag) => patch.start(tag, false),
            Event::Empty(tag) => patch.start(tag, true),
            Event::End(tag) => patch.end(tag),
            other => patch.write(other),
        }
    }
    Ok(String::from_utf8_lossy(&patch.writer.into_inner()).into_owned())
}

struct Patch<'a> {
    writer: Writer<Vec<u8>>,
    left: BTreeMap<At, Severity>,
    styles: &'a mut Styles,
    prefix: String,
    row: u64,
    column: u32,
    row_style: usize,
    in_data: bool,
    link: Option<&'a str>,
    depth: usize,
}

impl Patch<'_> {
    fn write<'e>(&mut self, event: impl Into<Event<'e>>) {
        // Writing to memory does not fail.
        let _ = self.writer.write_event(event);
    }

    fn raw(&mut self, text: &str) {
        self.writer.get_mut().extend_from_slice(text.as_bytes());
    }

    fn start(&mut self, tag: BytesStart<'_>, empty: bool) {
        let local = tag.local_name().as_ref().to_owned();
        if self.depth == 0 {
            self.prefix =
                tag.name().0.rsplit_once(':').map_or(String::new(), |(prefix, _)| format!("{prefix}:"));
        }
        if self.depth == 1 && BEHIND.contains(&local.as_str()) {
            self.put_link();
        }
        self.depth += usize::from(!empty);
        match local.as_str() {
            "sheetData" => self.data(tag, empty),
            "row" if self.in_data => self.begin_row(tag, empty),
            "c" if self.in_data => self.cell(&tag, empty),
            _ if empty => self.write(Event::Empty(tag)),
            _ => self.write(Event::Start(tag)),
        }
    }

    fn end(&mut self, tag: BytesEnd<'_>) {
        self.depth -= usize::from(self.depth > 0);
        match tag.local_name().as_ref() {
            "row" if self.in_data => self.cells_before(self.row, u32::MAX),
            "sheetData" => {
                self.rows_before(u64::MAX);
                self.in_data = false;
            }
            _ if self.depth == 0 => self.put_link(),
            _ => {}
        }
        self.write(Event::End(tag));
    }

    fn data(&mut self, tag: BytesStart<'_>, empty: bool) {
        self.write(Event::Start(tag.borrow()));
        self.in_data = !empty;
        if empty {
            self.rows_before(u64::MAX);
            self.write(Event::End(tag.to_end()));
        }
    }

    fn begin_row(&mut self, tag: BytesStart<'_>, empty: bool) {
        let number = attribute(&tag, "r").and_then(|number| number.parse().ok()).unwrap_or(self.row + 1);
        self.rows_before(number);
        (self.row, self.column) = (number, 0);
        self.row_style = attribute(&tag, "s").and_then(|style| style.parse().ok()).unwrap_or(0);
        let has_marks = self.left.range((number, 0)..=(number, u32::MAX)).next().is_some();
        if empty && !has_marks {
            return self.write(Event::Empty(tag));
        }
        self.write(Event::Start(without(&tag, &["spans"])));
        if empty {
            self.cells_before(number, u32::MAX);
            self.write(Event::End(tag.to_end()));
        }
    }

    fn cell(&mut self, tag: &BytesStart<'_>, empty: bool) {
        let at = attribute(tag, "r").and_then(|name| parse(&name)).unwrap_or((self.row, self.column));
        self.cells_before(self.row, at.1);
        self.column = at.1 + 1;
        let mut tag = tag.clone();
        if let Some(severity) = self.left.remove(&(self.row, at.1)) {
            let style = attribute(&tag, "s").and_then(|style| style.parse().ok()).unwrap_or(0);
            let style = self.styles.like(style, severity).to_string();
            tag = without(&tag, &["s"]);
            tag.push_attribute(("s", style.as_str()));
        }
        self.write(if empty { Event::Empty(tag) } else { Event::Start(tag) });
    }

    /// Marked cells of a row that the sheet does not have, left of a column.
    fn cells_before(&mut self, row: u64, column: u32) {
        while let Some((&at, &severity)) = self.left.range((row, 0)..(row, column)).next() {
            self.left.remove(&at);
            let style = self.styles.like(self.row_style, severity);
            let text = format!("<{}c r=\"{}\" s=\"{style}\"/>", self.prefix, cell(at));
            self.raw(&text);
        }
    }

    /// Marked rows that the sheet does not have, above a row.
    fn rows_before(&mut self, row: u64) {
        self.row_style = 0;
        while let Some((&(missing, _), _)) = self.left.range(..(row, 0)).next() {
            let text = format!("<{}row r=\"{missing}\">", self.prefix);
            self.raw(&text);
            self.cells_before(missing, u32::MAX);
            let text = format!("</{}row>", self.prefix);
            self.raw(&text);
        }
    }

    fn put_link(&mut self) {
        if let Some(id) = self.link.take() {
            let text = format!(
                "<{}legacyDrawing xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" r:id=\"{id}\"/>",
                self.prefix
            );
            self.raw(&text);
        }
    }
}

/// The list of findings, with links to the cells.
pub(super) fn list(
    above: &[String],
    lines: &[Line<'_>],
    known: &BTreeSet<&str>,
    styles: &Styles,
    language: Language,
) -> String {
    let first = above.len() + 1;
    let below = first + 1;
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<worksheet xmlns=\"{MAIN}\"><sheetPr><tabColor rgb=\"FFC00000\"/><pageSetUpPr fitToPage=\"1\"/></sheetPr><sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"{first}\" topLeftCell=\"A{below}\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews><cols>"
    );
    for (number, width) in (1..).zip(WIDTHS) {
        let _ = write!(xml, "<col min=\"{number}\" max=\"{number}\" width=\"{width}\" customWidth=\"1\"/>");
    }
    xml.push_str("</cols><sheetData>");
    for (number, text) in (1..).zip(above) {
        // Wrapped, these lines would be as narrow as the column they stand in.
        let style = if number == 1 { styles.own(Own::Title) } else { 0 };
        row(&mut xml, number, 18, &[(text, style)]);
    }
    row(&mut xml, first, 18, &heads(language).map(|head| (head, styles.own(Own::Head))));
    let mut links = String::new();
    for (number, line) in (below..).zip(lines) {
        let at = line.at.filter(|_| known.contains(line.sheet));
        let style = |column| match column {
            0 => styles.own(Own::Severity(line.severity)),
            1 if at.is_some() => styles.own(Own::Link),
            _ => styles.own(Own::Text),
        };
        let cells: Vec<(&str, usize)> =
            line.cells.iter().enumerate().map(|(column, text)| (text.as_str(), style(column))).collect();
        row(&mut xml, number, line.height(), &cells);
        if let Some(at) = at {
            let target = format!("'{}'!{}", line.sheet.replace('\'', "''"), cell(at));
            let _ = write!(links, "<hyperlink ref=\"B{number}\" location=\"{}\"/>", escaped(&target));
        }
    }
    let _ = write!(xml, "</sheetData><autoFilter ref=\"A{first}:H{}\"/>", first + lines.len());
    if !links.is_empty() {
        let _ = write!(xml, "<hyperlinks>{links}</hyperlinks>");
    }
    xml.push_str("<pageSetup paperSize=\"9\" orientation=\"landscape\" fitToHeight=\"0\"/></worksheet>");
    xml
}

fn row(xml: &mut String, number: usize, height: u32, cells: &[(impl AsRef<str>, usize)]) {
    let _ = write!(xml, "<row r=\"{number}\" ht=\"{height}\" customHeight=\"1\">");
    for (column, (text, style)) in (0..).zip(cells) {
        let (at, text) = (cell((number as u64, column)), escaped(text.as_ref()));
        let _ = write!(
            xml,
            "<c r=\"{at}\" s=\"{style}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{text}</t></is></c>"
        );
    }
    xml.push_str("</row>");
}
