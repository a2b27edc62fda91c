//! The archive of an XLSX or XLSB workbook: which part is which sheet, and which rows a sheet hides.

use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;
use std::collections::{HashMap, HashSet};
use std::io::{BufRead, BufReader, Cursor};

type Archive<'a> = zip::ZipArchive<Cursor<&'a [u8]>>;

/// A part that a workbook points to.
#[derive(Debug)]
pub(super) struct Target {
    /// Within the archive.
    pub(super) path: String,
    pub(super) is_worksheet: bool,
}

/// What a workbook points to, by the ids it uses.
pub(super) fn targets(archive: &mut Archive<'_>, relations: &str) -> HashMap<String, Target> {
    let mut targets = HashMap::new();
    each_tag(archive, relations, &mut |tag| {
        if let (Some(id), Some(target)) = (attribute(tag, "Id"), attribute(tag, "Target")) {
            let path = target.trim_start_matches('/');
            let path = if target.starts_with('/') { path.to_owned() } else { format!("xl/{path}") };
            let is_worksheet = attribute(tag, "Type").is_some_and(|kind| kind.ends_with("/worksheet"));
            targets.insert(id, Target { path, is_worksheet });
        }
    });
    targets
}

/// The rows that each sheet of an XLSX workbook hides, from 0, by the names of the sheets; none where that cannot be read.
pub(super) fn hidden_rows(bytes: &[u8]) -> HashMap<String, HashSet<u32>> {
    let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(bytes)) else { return HashMap::new() };
    let targets = targets(&mut archive, "xl/_rels/workbook.xml.rels");
    let mut sheets = Vec::new();
    each_tag(&mut archive, "xl/workbook.xml", &mut |tag| {
        if tag.local_name().as_ref() == "sheet"
            && let (Some(name), Some(id)) = (attribute(tag, "name"), attribute(tag, "r:id"))
        {
            sheets.push((name, id));
        }
    });
    let mut hidden = HashMap::new();
    for (name, id) in sheets {
        let Some(part) = targets.get(&id).and_then(|target| archive.by_name(&target.path).ok()) else {
            continue;
        };
        hidden.insert(name, hidden_in(BufReader::new(part)));
    }
    hidden
}

/// Looks at the tags of rows only.
fn hidden_in(mut part: impl BufRead) -> HashSet<u32> {
    let (mut hidden, mut buffer, mut row) = (HashSet::new(), Vec::new(), 0_u32);
    loop {
        buffer.clear();
        if !matches!(part.read_until(b'>', &mut buffer), Ok(read) if read > 0) {
            return hidden;
        }
        let Some(start) = memchr::memrchr(b'<', &buffer) else { continue };
        let tag = &buffer[start + 1..];
        let name =
            tag.split(|byte| matches!(byte, b' ' | b'\n' | b'\r' | b'\t' | b'>')).next().unwrap_or_default();
        if name.ends_with(b"/sheetData") || name.ends_with(b":sheetData") && name.starts_with(b"/") {
            return hidden;
        }
        if name == b"row" || name.ends_with(b":row") {
            let content = String::from_utf8_lossy(&tag[..tag.len() - 1]);
            let tag = BytesStart::from_content(content.trim_end_matches('/'), name.len());
            let number = attribute(&tag, "r").and_then(|number| number.parse().ok());
            row = number.unwrap_or_else(|| row.saturating_add(1));
            if matches!(attribute(&tag, "hidden").as_deref(), Some("1" | "true")) {
                hidden.extend(row.checked_sub(1));
            }
        }
    }
}

fn each_tag(archive: &mut Archive<'_>, path: &str, visit: &mut dyn FnMut(&BytesStart<'_>)) {
    let Ok(part) = archive.by_name(path) else { return };
    let mut xml = Reader::from_reader(BufReader::new(part));
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer) {
            Ok(Event::Start(tag) | Event::Empty(tag)) => visit(&tag),
            Ok(Event::Eof) | Err(_) => return,
            Ok(_) => {}
        }
    }
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.attributes().flatten().find(|attribute| attribute.key.0 == name)?;
    found.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok().map(std::borrow::Cow::into_owned)
}
