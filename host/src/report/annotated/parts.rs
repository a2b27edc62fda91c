//! What the parts of a package say of each other: names, ids, targets; and how a line is added to such a list.

use std::collections::BTreeMap;

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// The language of sheets.
pub(super) const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
/// The language of what leads from part to part.
pub(super) const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A line of such a list.
pub(super) fn related(id: &str, kind: &str, path: &str) -> String {
    format!("<Relationship Id=\"{id}\" Type=\"{RELATIONS}/{kind}\" Target=\"/{path}\"/>")
}

/// Puts elements at the end of another, whatever prefix it has.
pub(super) fn before_end(xml: &str, element: &str, added: &str) -> String {
    let end = xml.rmatch_indices(element).find_map(|(at, _)| {
        let open = xml[..at].rfind("</")?;
        let prefix = &xml[open + 2..at];
        (prefix.is_empty() || prefix.ends_with(':') && !prefix.contains(['<', '>'])).then_some(open)
    });
    match end {
        Some(at) => format!("{}{added}{}", &xml[..at], &xml[at..]),
        // `<Relationships …/>`
        None => match xml.rfind("/>") {
            Some(at) => format!("{}>{added}</{element}>{}", &xml[..at], &xml[at + 2..]),
            None => xml.to_owned(),
        },
    }
}

fn each_tag(xml: &str, visit: &mut dyn FnMut(&BytesStart<'_>)) {
    let mut reader = Reader::from_str(xml);
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag) | Event::Empty(tag)) => visit(&tag),
            Ok(Event::Eof) | Err(_) => return,
            Ok(_) => {}
        }
    }
}

/// An attribute by the end of its name, whatever its prefix.
pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let is = |key: &str| key == name || key.rsplit_once(':').is_some_and(|(_, local)| local == name);
    let found = tag.attributes().flatten().find(|attribute| is(attribute.key.0))?;
    found.normalized_value(XmlVersion::Implicit1_0).ok().map(std::borrow::Cow::into_owned)
}

/// Parts of the workbook by the ids it gives them.
pub(super) fn targets(relations: &str) -> BTreeMap<String, String> {
    let mut targets = BTreeMap::new();
    each_tag(relations, &mut |tag| {
        if let (Some(id), Some(target)) = (attribute(tag, "Id"), attribute(tag, "Target")) {
            targets.insert(id, resolved("xl", &target));
        }
    });
    targets
}

/// Names and parts of the sheets, in their order.
pub(super) fn sheets(book: &str, targets: &BTreeMap<String, String>) -> Vec<(String, String)> {
    let mut sheets = Vec::new();
    each_tag(book, &mut |tag| {
        if tag.local_name().as_ref() == "sheet"
            && let (Some(name), Some(id)) = (attribute(tag, "name"), attribute(tag, "id"))
            && let Some(path) = targets.get(&id)
        {
            sheets.push((name, path.clone()));
        }
    });
    sheets
}

/// The highest number a sheet has.
pub(super) fn last_sheet(book: &str) -> u32 {
    let mut last = 0;
    each_tag(book, &mut |tag| {
        let id = attribute(tag, "sheetId").and_then(|id| id.parse().ok());
        last = last.max(id.unwrap_or(0));
    });
    last
}

/// The id under which a sheet names the boxes of its notes.
pub(super) fn legacy_drawing(sheet: &str) -> Option<String> {
    let mut found = None;
    if sheet.contains("legacyDrawing") {
        each_tag(sheet, &mut |tag| {
            if tag.local_name().as_ref() == "legacyDrawing" {
                found = attribute(tag, "id");
            }
        });
    }
    found
}

/// The target with this id.
pub(super) fn relation(relations: &str, id: &str) -> Option<String> {
    let mut found = None;
    each_tag(relations, &mut |tag| {
        if attribute(tag, "Id").as_deref() == Some(id) {
            found = attribute(tag, "Target");
        }
    });
    found
}

/// The first target of a kind.
pub(super) fn relation_of(relations: &str, kind: &str) -> Option<String> {
    let mut found = None;
    each_tag(relations, &mut |tag| {
        if attribute(tag, "Type").is_some_and(|is| is.ends_with(kind)) {
            found = found.take().or_else(|| attribute(tag, "Target"));
        }
    });
    found
}

/// A target as the package names it: `../comments1.xml` beside `xl/worksheets` is `xl/comments1.xml`.
pub(super) fn resolved(folder: &str, target: &str) -> String {
    if let Some(whole) = target.strip_prefix('/') {
        return whole.to_owned();
    }
    let mut parts: Vec<&str> = folder.split('/').collect();
    for step in target.split('/') {
        match step {
            ".." => drop(parts.pop()),
            "." | "" => {}
            name => parts.push(name),
        }
    }
    parts.join("/")
}
