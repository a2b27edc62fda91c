//! The styles of an XLSX: every one that a marked cell has gets a twin that differs in colour only; the list of findings
//! gets a few of its own. Those that are there keep their numbers.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use quick_xml::escape::escape;
use quick_xml::events::{BytesEnd, BytesStart, Event};
use quick_xml::{Reader, Writer};

use super::parts::attribute;
use super::{COLORS, rank};
use crate::manifest::Severity;

/// Styles of the list of findings, in the order they are added.
#[derive(Clone, Copy, Debug)]
pub(super) enum Own {
    Text,
    Title,
    Head,
    Link,
    Severity(Severity),
}

/// How many these are.
const OWN: usize = 4 + COLORS.len();

/// Styles a workbook has, and those it gets.
pub(super) struct Styles {
    /// Size and name of its first font, as markup.
    font: String,
    fonts: usize,
    fills: usize,
    formats: usize,
    added: BTreeMap<(usize, usize), usize>,
    order: Vec<(usize, usize)>,
}

impl Styles {
    /// Counts what is there; none where the part has no place for more.
    pub(super) fn of(xml: &str) -> Option<Self> {
        let mut styles = Self {
            font: String::new(),
            fonts: 0,
            fills: 0,
            formats: 0,
            added: BTreeMap::new(),
            order: Vec::new(),
        };
        let (mut reader, mut within) = (Reader::from_str(xml), String::new());
        loop {
            match reader.read_event() {
                Ok(Event::Start(tag) | Event::Empty(tag)) => {
                    match (within.as_str(), tag.local_name().as_ref()) {
                        ("fonts", "font") => styles.fonts += 1,
                        ("fonts", name @ ("sz" | "name")) if styles.fonts == 1 => {
                            if let Some(value) = attribute(&tag, "val") {
                                styles
                                    .font
                                    .push_str(&format!("<{name} val=\"{}\"/>", escape(value.as_str())));
                            }
                        }
                        ("fills", "fill") => styles.fills += 1,
                        ("cellXfs", "xf") => styles.formats += 1,
                        (_, name @ ("fonts" | "fills" | "cellXfs" | "dxfs" | "cellStyleXfs")) => {
                            within = name.to_owned();
                        }
                        _ => {}
                    }
                }
                Ok(Event::End(tag)) if tag.local_name().as_ref() == within => within.clear(),
                Ok(Event::Eof) | Err(_) => break,
                Ok(_) => {}
            }
        }
        (styles.fonts > 0 && styles.fills > 0 && styles.formats > 0).then_some(styles)
    }

    /// A style like this one, in the colour of a severity.
    pub(super) fn like(&mut self, style: usize, severity: Severity) -> usize {
        let wanted = (style.min(self.formats.saturating_sub(1)), rank(severity));
        let next = self.formats + OWN + self.order.len();
        *self.added.entry(wanted).or_insert_with(|| {
            self.order.push(wanted);
            next
        })
    }

    /// A style of the list of findings.
    pub(super) fn own(&self, own: Own) -> usize {
        let number = match own {
            Own::Text => 0,
            Own::Title => 1,
            Own::Head => 2,
            Own::Link => 3,
            Own::Severity(severity) => 4 + rank(severity),
        };
        self.formats + number
    }

    /// The part with the new styles in it.
    pub(super) fn written(&self, xml: &str) -> String {
        let (mut reader, mut writer) = (Reader::from_str(xml), Writer::new(Vec::new()));
        let (mut formats, mut in_formats): (Vec<Vec<Event<'static>>>, bool) = (Vec::new(), false);
        loop {
            let event = match reader.read_event() {
                Ok(Event::Eof) | Err(_) => break,
                Ok(event) => event,
            };
            match &event {
                Event::Start(tag) if tag.local_name().as_ref() == "cellXfs" => in_formats = true,
                Event::End(tag) if tag.local_name().as_ref() == "cellXfs" => {
                    in_formats = false;
                    raw(&mut writer, &self.own_formats(&prefix(tag)));
                    self.twins(&formats, &mut writer);
                }
                Event::End(tag) if tag.local_name().as_ref() == "fonts" => {
                    raw(&mut writer, &self.own_fonts(&prefix(tag)))
                }
                Event::End(tag) if tag.local_name().as_ref() == "fills" => {
                    raw(&mut writer, &fills(&prefix(tag)))
                }
                Event::Start(tag) | Event::Empty(tag) if in_formats && tag.local_name().as_ref() == "xf" => {
                    formats.push(vec![event.clone().into_owned()]);
                }
                other if in_formats => {
                    if let Some(format) = formats.last_mut() {
                        format.push(other.clone().into_owned());
                    }
                }
                _ => {}
            }
            let event = match event {
                Event::Start(tag) if ["fonts", "fills", "cellXfs"].contains(&tag.local_name().as_ref()) => {
                    Event::Start(without(&tag, &["count", "knownFonts", "x14ac:knownFonts"]))
                }
                other => other,
            };
            // Writing to memory does not fail.
            let _ = writer.write_event(event);
        }
        String::from_utf8_lossy(&writer.into_inner()).into_owned()
    }

    /// A bold one and one for links, like the first; the form demands this order of their parts.
    fn own_fonts(&self, prefix: &str) -> String {
        let like = |tag: &str| {
            self.font
                .split('<')
                .find(|part| part.starts_with(tag))
                .map_or(String::new(), |part| format!("<{prefix}{part}"))
        };
        let (size, name) = (like("sz "), like("name "));
        format!(
            "<{prefix}font><{prefix}b/>{size}{name}</{prefix}font><{prefix}font><{prefix}u/>{size}<{prefix}color rgb=\"FF0563C1\"/>{name}</{prefix}font>"
        )
    }

    /// The styles of the list, in the order of [`Own`].
    fn own_formats(&self, prefix: &str) -> String {
        let (bold, blue) = (self.fonts, self.fonts + 1);
        let of_severities = (0..COLORS.len()).map(|rank| (0, self.fills + rank, true));
        let all = [(0, 0, true), (bold, 0, false), (bold, self.fills + COLORS.len(), false), (blue, 0, true)];
        let mut text = String::new();
        for (font, fill, wraps) in all.into_iter().chain(of_severities) {
            let wrap = if wraps { " wrapText=\"1\"" } else { "" };
            let _ = write!(
                text,
                "<{prefix}xf numFmtId=\"0\" fontId=\"{font}\" fillId=\"{fill}\" borderId=\"0\" xfId=\"0\" applyFont=\"1\" applyFill=\"1\" applyAlignment=\"1\"><{prefix}alignment vertical=\"top\"{wrap}/></{prefix}xf>"
            );
        }
        text
    }

    fn twins(&self, formats: &[Vec<Event<'static>>], writer: &mut Writer<Vec<u8>>) {
        let recolored = |tag: &BytesStart<'_>, severity: usize| {
            let mut tag = without(tag, &["fillId", "applyFill"]).into_owned();
            tag.push_attribute(("fillId", (self.fills + severity).to_string().as_str()));
            tag.push_attribute(("applyFill", "1"));
            tag
        };
        for (style, severity) in &self.order {
            let Some(events) = formats.get(*style) else { continue };
            for event in events {
                let event = match event {
                    Event::Start(tag) if tag.local_name().as_ref() == "xf" => {
                        Event::Start(recolored(tag, *severity))
                    }
                    Event::Empty(tag) if tag.local_name().as_ref() == "xf" => {
                        Event::Empty(recolored(tag, *severity))
                    }
                    other => other.clone(),
                };
                let _ = writer.write_event(event);
            }
        }
    }
}

fn raw(writer: &mut Writer<Vec<u8>>, text: &str) {
    writer.get_mut().extend_from_slice(text.as_bytes());
}

/// The prefix of an element's name, with its colon.
pub(super) fn prefix(end: &BytesEnd<'_>) -> String {
    end.name().0.rsplit_once(':').map_or(String::new(), |(prefix, _)| format!("{prefix}:"))
}

fn fills(prefix: &str) -> String {
    COLORS.iter().chain(&[0x00E4_E9F2]).fold(String::new(), |mut text, color| {
        let _ = write!(text, "<{prefix}fill><{prefix}patternFill patternType=\"solid\"><{prefix}fgColor rgb=\"FF{color:06X}\"/><{prefix}bgColor indexed=\"64\"/></{prefix}patternFill></{prefix}fill>");
        text
    })
}

/// The same tag without some attributes.
pub(super) fn without<'a>(tag: &BytesStart<'a>, names: &[&str]) -> BytesStart<'a> {
    let name = tag.name().0.to_owned();
    let mut kept = BytesStart::new(name);
    for attribute in tag.attributes().flatten().filter(|attribute| !names.contains(&attribute.key.0)) {
        kept.push_attribute(attribute);
    }
    kept
}
