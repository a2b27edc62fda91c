//! Notes of a sheet as an XLSX keeps them: the words in one part, the boxes they stand in in another.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use quick_xml::escape::escape;
use quick_xml::events::Event;
use quick_xml::{Reader, Writer};

use super::marks::{At, parse};
use super::parts::{MAIN, attribute};
use super::styles::prefix;
use crate::intake::column_name;

/// The part with the words, and the cells that had no note before. A note that is there goes on with ours.
pub(super) fn comments(existing: Option<&str>, noted: &BTreeMap<At, &str>) -> (String, Vec<(At, usize)>) {
    let empty =
        format!("<comments xmlns=\"{MAIN}\"><authors></authors><commentList></commentList></comments>");
    let xml = existing.unwrap_or(&empty);
    let mut left = noted.clone();
    let (mut reader, mut writer) = (Reader::from_str(xml), Writer::new(Vec::new()));
    // What is added goes before the end of an element, so one without content must have an end, too.
    reader.config_mut().expand_empty_elements = true;
    let (mut authors, mut here, mut fresh) = (0, None, Vec::new());
    loop {
        let event = match reader.read_event() {
            Ok(Event::Eof) | Err(_) => break,
            Ok(event) => event,
        };
        match &event {
            Event::Start(tag) => match tag.local_name().as_ref() {
                "author" => authors += 1,
                "comment" => here = attribute(tag, "ref").and_then(|cell| parse(&cell)),
                _ => {}
            },
            Event::End(tag) => {
                let prefix = prefix(tag);
                let added = match tag.local_name().as_ref() {
                    "authors" => format!("<{prefix}author>明察 mingcha</{prefix}author>"),
                    "text" => match here.take().and_then(|at| left.remove(&at)) {
                        Some(note) => run(&prefix, &format!("\n\n{note}")),
                        None => String::new(),
                    },
                    "commentList" => std::mem::take(&mut left).into_iter().fold(String::new(), |mut text, (at, note)| {
                        fresh.push((at, lines(note)));
                        let (cell, run) = (cell(at), run(&prefix, note));
                        let _ = write!(text, "<{prefix}comment ref=\"{cell}\" authorId=\"{authors}\"><{prefix}text>{run}</{prefix}text></{prefix}comment>");
                        text
                    }),
                    _ => String::new(),
                };
                writer.get_mut().extend_from_slice(added.as_bytes());
            }
            _ => {}
        }
        // Writing to memory does not fail.
        let _ = writer.write_event(event);
    }
    (String::from_utf8_lossy(&writer.into_inner()).into_owned(), fresh)
}

fn run(prefix: &str, note: &str) -> String {
    format!("<{prefix}r><{prefix}t xml:space=\"preserve\">{}</{prefix}t></{prefix}r>", escaped(note))
}

/// Text of a part: no markup, and nothing that Excel would read as a code of its own (`_x000D_`).
pub(super) fn escaped(text: &str) -> String {
    let mut coded = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let code = rest.as_bytes().get(at + 2..at + 7).unwrap_or_default();
        let is_code = code.len() == 5 && code[..4].iter().all(u8::is_ascii_hexdigit) && code[4] == b'_';
        coded.push_str(&rest[..at]);
        coded.push_str(if is_code { "_x005F_x" } else { "_x" });
        rest = &rest[at + 2..];
    }
    coded.push_str(rest);
    escape(coded.as_str()).into_owned()
}

/// Rows of a sheet that a note needs.
fn lines(note: &str) -> usize {
    const CHARACTERS: usize = 36;
    const AT_MOST: usize = 30;
    let line = |line: &str| unicode_width::UnicodeWidthStr::width(line).div_ceil(CHARACTERS).max(1);
    note.lines().map(line).sum::<usize>().clamp(2, AT_MOST)
}

/// `F12`
pub(super) fn cell((row, column): At) -> String {
    format!("{}{row}", column_name(column))
}

/// The part with the boxes, each as high as its words are long.
pub(super) fn drawing(existing: Option<&str>, fresh: &[(At, usize)], making: usize) -> String {
    const HEAD: &str = "<xml xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" xmlns:x=\"urn:schemas-microsoft-com:office:excel\">";
    const KIND: &str = "<v:shapetype id=\"_x0000_t202\" coordsize=\"21600,21600\" o:spt=\"202\" path=\"m,l,21600r21600,l21600,xe\"><v:stroke joinstyle=\"miter\"/><v:path gradientshapeok=\"t\" o:connecttype=\"rect\"/></v:shapetype>";
    let head = format!("{HEAD}</xml>");
    let xml = existing.unwrap_or(&head);
    let mut boxes = if xml.contains("\"_x0000_t202\"") { String::new() } else { KIND.to_owned() };
    for (number, ((row, column), lines)) in fresh.iter().enumerate() {
        let row = row.saturating_sub(1);
        let (left, right, end) = (column + 1, column + 5, row + *lines as u64 + 1);
        let top = row.saturating_sub(1);
        let _ = write!(
            boxes,
            "<v:shape id=\"_mingcha{making}_s{number}\" type=\"#_x0000_t202\" style=\"position:absolute;visibility:hidden\" fillcolor=\"#ffffe1\" o:insetmode=\"auto\"><v:fill color2=\"#ffffe1\"/><v:shadow on=\"t\" color=\"black\" obscured=\"t\"/><v:path o:connecttype=\"none\"/><v:textbox style=\"mso-direction-alt:auto\"/><x:ClientData ObjectType=\"Note\"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{left},15,{top},10,{right},15,{end},4</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
        );
    }
    match xml.rfind("</xml>") {
        Some(at) => format!("{}{boxes}{}", &xml[..at], &xml[at..]),
        None => xml.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_that_is_there_goes_on_and_others_come_beside_it() {
        let existing = "<comments xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><authors><author>甲</author></authors><commentList><comment ref=\"B2\" authorId=\"0\"><text><r><t>原有</t></r></text></comment></commentList></comments>";
        let noted = BTreeMap::from([((2, 1), "错<1>"), ((3, 0), "缺")]);
        let (xml, fresh) = comments(Some(existing), &noted);
        assert_eq!(fresh, [((3, 0), 2)]);
        assert!(
            xml.contains("<t>原有</t></r><r><t xml:space=\"preserve\">\n\n错&lt;1&gt;</t></r></text>"),
            "{xml}"
        );
        assert!(xml.contains("<comment ref=\"A3\" authorId=\"1\">"), "{xml}");
    }

    #[test]
    fn what_is_written_without_content_takes_notes_too() {
        let noted = BTreeMap::from([((2, 1), "错")]);
        for (authors, list, all, fresh) in [
            ("<authors/>", "<commentList/>", 1, 1),
            ("<authors/>", "<commentList></commentList>", 1, 1),
            ("<authors><author/></authors>", "<commentList/>", 1, 1),
            (
                "<authors/>",
                "<commentList><comment ref=\"B2\" authorId=\"0\"><text/></comment></commentList>",
                1,
                0,
            ),
            ("<authors/>", "<commentList><comment ref=\"C2\" authorId=\"0\"/></commentList>", 2, 1),
        ] {
            let existing = format!("<comments xmlns=\"{MAIN}\">{authors}{list}</comments>");
            let (xml, added) = comments(Some(&existing), &noted);
            assert_eq!(added.len(), fresh, "{xml}");
            assert_eq!(xml.matches("<comment ref").count(), all, "{xml}");
            assert_eq!(xml.matches("错").count(), 1, "{xml}");
            assert!(xml.contains("明察 mingcha"), "{xml}");
        }
    }

    #[test]
    fn text_is_neither_markup_nor_a_code() {
        assert_eq!(escaped("<b>&_x003D_1 _x1"), "&lt;b&gt;&amp;_x005F_x003D_1 _x1");
    }
}
