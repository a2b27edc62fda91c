//! ODS, read as it stands in its XML: the library would write out every repeated cell and row, and a short file can
//! repeat one cell ten thousand million times.

use super::{CELLS_AT_MOST, Loaded, Trouble, push};
use crate::intake::sheet::{Merge, Sheet, Value};
use mingcha_values::date::parse_instant;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;
use std::collections::HashSet;
use std::io::{BufReader, Cursor};

type Xml<'a> = Reader<BufReader<zip::read::ZipFile<'a, Cursor<&'a [u8]>>>>;

/// Columns of a sheet at most, as the programs have it.
const COLUMNS: u32 = 16_384;

/// Rows of a sheet at most.
const ROWS: u32 = 1_048_576;

/// Reads all sheets.
pub(super) fn load(bytes: &[u8]) -> Result<Vec<Loaded>, Trouble> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    if is_encrypted(&mut archive) {
        return Err(Trouble::Encrypted);
    }
    let content = archive.by_name("content.xml").map_err(|error| damaged(&error))?;
    let mut xml = Reader::from_reader(BufReader::new(content));
    xml.config_mut().expand_empty_elements = true;
    let (mut buffer, mut loaded, mut hidden, mut style) = (Vec::new(), Vec::new(), HashSet::new(), None);
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer).map_err(|error| damaged(&error))? {
            Event::Start(tag) if tag.name().0 == "style:style" => style = attribute(&tag, "style:name"),
            Event::Start(tag)
                if tag.name().0 == "style:table-properties"
                    && attribute(&tag, "table:display").as_deref() == Some("false") =>
            {
                hidden.extend(style.take());
            }
            Event::Start(tag) if tag.name().0 == "table:table" => {
                let name = attribute(&tag, "table:name");
                let hidden = attribute(&tag, "table:style-name").is_some_and(|style| hidden.contains(&style));
                loaded.push(Loaded {
                    name: name.unwrap_or_default(),
                    hidden,
                    sheet: Table::default().read(&mut xml),
                });
            }
            Event::Eof => return Ok(loaded),
            _ => {}
        }
    }
}

fn is_encrypted(archive: &mut zip::ZipArchive<Cursor<&[u8]>>) -> bool {
    use std::io::Read;
    let Ok(manifest) = archive.by_name("META-INF/manifest.xml") else { return false };
    let mut text = Vec::new();
    let _ = manifest.take(1 << 20).read_to_end(&mut text);
    memchr::memmem::find(&text, b"encryption-data").is_some()
}

fn damaged(error: &impl ToString) -> Trouble {
    Trouble::Damaged(error.to_string())
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.attributes().flatten().find(|attribute| attribute.key.0 == name)?;
    found.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok().map(std::borrow::Cow::into_owned)
}

fn count(tag: &BytesStart<'_>, name: &str) -> u32 {
    attribute(tag, name).and_then(|text| text.parse().ok()).unwrap_or(1).max(1)
}

/// One sheet while it is read.
#[derive(Default)]
struct Table {
    sheet: Sheet,
    merges: Vec<Merge>,
    /// First and last of rows that are hidden, from 1.
    hidden: Vec<(u32, u32)>,
    row: u32,
    column: u32,
}

impl Table {
    fn read(mut self, xml: &mut Xml<'_>) -> Result<Sheet, Trouble> {
        let mut buffer = Vec::new();
        loop {
            buffer.clear();
            match xml.read_event_into(&mut buffer).map_err(|error| damaged(&error))? {
                Event::Start(tag) if tag.name().0 == "table:table-row" => self.row(&tag, xml)?,
                Event::End(tag) if tag.name().0 == "table:table" => break,
                Event::Eof => return Err(Trouble::Damaged("the sheet does not end".to_owned())),
                _ => {}
            }
        }
        self.sheet.merge(self.merges);
        let hidden = self.hidden;
        self.sheet.hide(|row| {
            let after = hidden.partition_point(|(first, _)| *first <= row);
            after > 0 && row <= hidden[after - 1].1
        });
        Ok(self.sheet)
    }

    /// One row; it is written once, however often it repeats, unless it has cells.
    fn row(&mut self, row: &BytesStart<'_>, xml: &mut Xml<'_>) -> Result<(), Trouble> {
        let repeats = count(row, "table:number-rows-repeated");
        let visible = attribute(row, "table:visibility").is_none_or(|kind| kind == "visible");
        let (mut buffer, mut cells) = (Vec::new(), Vec::new());
        self.column = 0;
        loop {
            buffer.clear();
            match xml.read_event_into(&mut buffer).map_err(|error| damaged(&error))? {
                Event::Start(tag) if tag.name().0.ends_with("table-cell") => {
                    self.cell(&tag, xml, &mut cells)?
                }
                Event::End(tag) if tag.name().0 == "table:table-row" => break,
                Event::Eof => return Err(Trouble::Damaged("a row does not end".to_owned())),
                _ => {}
            }
        }
        let kept = if cells.is_empty() { 0 } else { repeats };
        if u64::from(kept).saturating_mul(cells.len() as u64) > CELLS_AT_MOST {
            return Err(Trouble::TooManyCells(CELLS_AT_MOST));
        }
        for at in 0..kept {
            for (column, value) in &cells {
                push(&mut self.sheet, self.row.saturating_add(at), *column, value.clone())?;
            }
        }
        if !visible && kept > 0 {
            self.hidden.push((self.row.saturating_add(1), self.row.saturating_add(kept)));
        }
        self.row = self.row.saturating_add(repeats).min(ROWS);
        Ok(())
    }

    /// One cell, and all that stands in it.
    fn cell(
        &mut self,
        tag: &BytesStart<'_>,
        xml: &mut Xml<'_>,
        cells: &mut Vec<(u32, Value)>,
    ) -> Result<(), Trouble> {
        let repeats = count(tag, "table:number-columns-repeated").min(COLUMNS);
        let text = text(xml, tag.name().0)?;
        let (rows, columns) =
            (count(tag, "table:number-rows-spanned"), count(tag, "table:number-columns-spanned"));
        let covered = tag.name().0 == "table:covered-table-cell";
        if let Some(value) = self.value(tag, &text).filter(|_| !covered) {
            for at in 0..repeats.min(COLUMNS.saturating_sub(self.column)) {
                cells.push((self.column + at, value.clone()));
            }
            if rows > 1 || columns > 1 {
                let (row, column) = (self.row.saturating_add(1), self.column);
                self.merges.push(Merge {
                    rows: (row, row.saturating_add(rows - 1)),
                    columns: (column, column.saturating_add(columns - 1)),
                });
            }
        }
        self.column = self.column.saturating_add(repeats).min(COLUMNS);
        Ok(())
    }

    fn value(&mut self, tag: &BytesStart<'_>, text: &str) -> Option<Value> {
        let number = || attribute(tag, "office:value").and_then(|text| text.parse().ok());
        match attribute(tag, "office:value-type").as_deref() {
            Some("float" | "currency") => Some(Value::Number { value: number()?, percent: false }),
            Some("percentage") => Some(Value::Number { value: number()?, percent: true }),
            Some("boolean") => Some(Value::Flag(attribute(tag, "office:boolean-value")? == "true")),
            Some("date") => {
                let written = attribute(tag, "office:date-value")?;
                let day = parse_instant(&written).map_or(written, |at| at.to_string());
                let day = day.strip_suffix(" 00:00:00").map_or(day.clone(), str::to_owned);
                Some(Value::Text(self.sheet.string(&day)))
            }
            _ if text.trim().is_empty() => None,
            _ => Some(Value::Text(self.sheet.string(text))),
        }
    }
}

/// What the paragraphs of a cell say, without comments; entities that are not XML's own are left out.
fn text(xml: &mut Xml<'_>, cell: &str) -> Result<String, Trouble> {
    let (mut buffer, mut said, mut depth, mut comment) = (Vec::new(), String::new(), 0_u32, 0_u32);
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer).map_err(|error| damaged(&error))? {
            Event::Start(tag) => match tag.name().0 {
                "office:annotation" => comment += 1,
                name if name == cell => depth += 1,
                "text:p" if comment == 0 && !said.is_empty() => said.push('\n'),
                "text:s" if comment == 0 => said.extend((0..count(&tag, "text:c").min(1000)).map(|_| ' ')),
                "text:tab" if comment == 0 => said.push('\t'),
                "text:line-break" if comment == 0 => said.push('\n'),
                _ => {}
            },
            Event::End(tag) if tag.name().0 == "office:annotation" => comment = comment.saturating_sub(1),
            Event::End(tag) if tag.name().0 == cell => {
                if depth == 0 {
                    return Ok(said);
                }
                depth -= 1;
            }
            Event::Text(part) if comment == 0 => said.push_str(&part),
            Event::CData(part) if comment == 0 => said.push_str(&part),
            Event::GeneralRef(name) if comment == 0 => match name.resolve_char_ref() {
                Ok(Some(letter)) => said.push(letter),
                _ => said.push_str(quick_xml::escape::resolve_predefined_entity(&name).unwrap_or_default()),
            },
            Event::Eof => return Err(Trouble::Damaged("a cell does not end".to_owned())),
            _ => {}
        }
    }
}
