//! JSON and NDJSON. Numbers stay as they are written; a record is known by its line and bytes.
//!
//! A table is an array of objects, or of arrays of which the first is the header; an object of such arrays is several
//! tables. What is nested deeper stays text. No more of a file is in memory than one record.

use super::row::Cells;
use super::stretch::{JsonValue, Stretch};
use super::walk::Walk;
use super::{Broke, Broken, BrokenAt, Names, Records, Shape, Trouble};
use crate::intake::blob::Blob;
use crate::intake::cell::Cell;
use crate::intake::offer::Manner;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

/// An object whose fields keep their order.
struct Object<'a>(Vec<(Cow<'a, str>, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Object<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Fields;
        impl<'de> Visitor<'de> for Fields {
            type Value = Object<'de>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Object<'de>, M::Error> {
                let mut fields = Vec::new();
                while let Some((Name(name), value)) = map.next_entry()? {
                    fields.push((name, value));
                }
                Ok(Object(fields))
            }
        }
        deserializer.deserialize_map(Fields)
    }
}

/// A text, borrowed where it has no escapes.
#[derive(serde::Deserialize)]
struct Name<'a>(#[serde(borrow)] Cow<'a, str>);

/// A table of a JSON file, named where it is one of several.
pub(in crate::intake) struct Table {
    pub(in crate::intake) name: Option<String>,
    pub(in crate::intake) records: Result<Records, Trouble>,
}

/// A JSON text as UTF-8.
#[derive(Clone, Debug)]
pub(in crate::intake) struct JsonText {
    pub(in crate::intake) blob: Blob,
    /// After a byte order mark.
    pub(in crate::intake) start: u64,
    /// The bytes are those of the file, not decoded ones.
    pub(in crate::intake) original: bool,
    /// Some bytes are no text.
    pub(in crate::intake) lossy: bool,
    pub(in crate::intake) manner: Manner,
}

/// What is wrong behind the last record of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tail {
    /// The file ends before its brackets are closed.
    Cut,
    /// Something stands where nothing should.
    Trailing(u64),
}

/// Finds the tables of a JSON text; `lines` says that every line is a record.
pub(in crate::intake) fn load(text: &JsonText, lines: bool) -> Result<Vec<Table>, Trouble> {
    let all = text.start..text.blob.len();
    if lines {
        return Ok(vec![Table { name: None, records: text.records(Shape::Lines, all, None) }]);
    }
    let mut stretch = Stretch::new(&text.blob, u64::MAX, text.manner.window);
    let open = stretch.after_space(text.start);
    if stretch.byte(open) == Some(b'[') {
        let Array { range, end, ended } = array(&mut stretch, open);
        let tail = if ended { trailing(&mut stretch, end) } else { Some(Tail::Cut) };
        return Ok(vec![Table { name: None, records: text.table(range, tail) }]);
    }
    let (mut found, tail) = tables(&mut stretch, open)?;
    let Some((name, range)) = found.pop() else {
        return Ok(vec![Table { name: None, records: text.records(Shape::Objects, open..all.end, None) }]);
    };
    let table = |name, range, tail| Table { name: Some(name), records: text.table(range, tail) };
    let mut tables: Vec<Table> = found.into_iter().map(|(name, range)| table(name, range, None)).collect();
    // Nothing but the end of the last one can be missing.
    tables.push(table(name, range, tail));
    Ok(tables)
}

/// Whether every line of a text is an object of its own.
pub(in crate::intake) fn is_by_line(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty()).take(3);
    let first = lines.next().unwrap_or_default();
    let whole = |line: &str| line.starts_with('{') && line.ends_with('}');
    whole(first) && lines.next().is_some_and(|line| line.starts_with('{'))
        || (first.starts_with('{') && !first.ends_with('{') && lines.next().is_some_and(whole))
}

/// An array, or another value, of which only the end is of interest.
struct Array {
    /// What is between its brackets.
    range: Range<u64>,
    /// The offset after it.
    end: u64,
    /// It ends before the file does.
    ended: bool,
}

/// What is between the brackets of arrays, by their names.
type Named = Vec<(String, Range<u64>)>;

/// The array that begins at an offset.
fn array(stretch: &mut Stretch<'_>, open: u64) -> Array {
    let piece = stretch.record(open, &mut JsonValue::default());
    let (end, ended) = (piece.end, piece.ended);
    let closed = ended && piece.bytes.ends_with(b"]");
    Array { range: open + 1..if closed { end - 1 } else { end }, end, ended }
}

/// What stands after the last bracket, where something does.
fn trailing(stretch: &mut Stretch<'_>, after: u64) -> Option<Tail> {
    let at = stretch.after_space(after);
    stretch.byte(at).map(|_| Tail::Trailing(at))
}

/// The arrays of an object, by their names, and what is wrong behind the last.
fn tables(stretch: &mut Stretch<'_>, open: u64) -> Result<(Named, Option<Tail>), Trouble> {
    let (mut at, mut tables) = (stretch.after_space(open + 1), Vec::new());
    loop {
        match stretch.byte(at) {
            Some(b'"') => {}
            Some(b'}') => return Ok((tables, trailing(stretch, at + 1))),
            None if !tables.is_empty() => return Ok((tables, Some(Tail::Cut))),
            other => return Err(unexpected(other, at)),
        }
        let piece = stretch.record(at, &mut JsonValue::default());
        let name = serde_json::from_slice::<String>(piece.bytes).map_err(|error| damaged(&error))?;
        let colon = piece.end;
        let colon = stretch.after_space(colon);
        match stretch.byte(colon) {
            Some(b':') => {}
            other => return Err(unexpected(other, colon)),
        }
        let value = stretch.after_space(colon + 1);
        let Array { range, end, .. } = array(stretch, value);
        if stretch.byte(value) == Some(b'[') {
            tables.push((name, range));
        }
        at = stretch.after_space(end);
        match stretch.byte(at) {
            Some(b',') => at = stretch.after_space(at + 1),
            Some(b'}') | None => {}
            other => return Err(unexpected(other, at)),
        }
    }
}

fn unexpected(byte: Option<u8>, at: u64) -> Trouble {
    Trouble::Damaged(match byte {
        Some(_) => format!("expected value at byte {at}"),
        None => Broke::Cut.words().to_owned(),
    })
}

fn damaged(error: &serde_json::Error) -> Trouble {
    Trouble::Damaged(error.to_string())
}

impl JsonText {
    /// The table between the brackets of an array, and what is wrong behind it.
    fn table(&self, range: Range<u64>, tail: Option<Tail>) -> Result<Records, Trouble> {
        let mut stretch = Stretch::new(&self.blob, range.end, self.manner.window);
        let first = stretch.after_space(range.start);
        let shape = if stretch.byte(first) == Some(b'[') { Shape::Arrays } else { Shape::Objects };
        self.records(shape, range, tail)
    }

    fn records(&self, shape: Shape, range: Range<u64>, tail: Option<Tail>) -> Result<Records, Trouble> {
        let mut records = Records::new(self.blob.clone(), shape, range, self.original, self.manner);
        records.lossy = self.lossy;
        if shape == Shape::Arrays {
            records.take_header()?;
        }
        let stopped = records.look_through()?;
        match tail {
            // The record that the file ends in has told of it.
            Some(Tail::Cut) if matches!(stopped, Some(Broke::Cut | Broke::Syntax)) => {}
            Some(tail) => records.break_off(self.broken(tail, &records)),
            None => {}
        }
        match records.broken.last() {
            Some(last) if !records.has_fields() => Err(Trouble::Damaged(last.why.clone())),
            _ => Ok(records),
        }
    }

    /// The end of the text, as something that could not be read.
    fn broken(&self, tail: Tail, records: &Records) -> Broken {
        let at = match tail {
            Tail::Cut => self.blob.len(),
            Tail::Trailing(at) => at,
        };
        let line = records.line_ends(0, at).saturating_add(1);
        let why = match tail {
            Tail::Cut => Broke::Cut.words().to_owned(),
            Tail::Trailing(_) => format!("trailing characters at line {line}"),
        };
        let text = String::from_utf8_lossy(&self.blob.bytes(at, at + 40)).into_owned();
        Broken { at: BrokenAt::Line(line, at), why, too_long: false, text }
    }
}

impl Records {
    /// The first array is the header.
    fn take_header(&mut self) -> Result<(), Trouble> {
        let mut walk = Walk::new(self, self.range.start, self.range.end);
        let Some(found) = walk.next() else { return Ok(()) };
        let bytes = found.piece.map_err(|broke| Trouble::Damaged(broke.words().to_owned()))?;
        let cells: Vec<&RawValue> = serde_json::from_slice(bytes).map_err(|error| damaged(&error))?;
        let mut names = Names::default();
        for cell in &cells {
            let name = serde_json::from_str::<String>(cell.get()).unwrap_or_else(|_| cell.get().to_owned());
            names.column(&name)?;
        }
        let after = found.at + bytes.len() as u64;
        let mut stretch = Stretch::new(&self.blob, self.range.end, self.manner.window);
        let comma = stretch.after_space(after);
        self.range.start = if stretch.byte(comma) == Some(b',') { comma + 1 } else { comma };
        self.names = names;
        Ok(())
    }
}

/// A record as text; bytes that are none are replaced where the file is known to have such.
pub(super) fn text(bytes: &[u8], lossy: bool) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) if lossy => String::from_utf8_lossy(bytes),
        Err(_) => Cow::Borrowed(""),
    }
}

/// Learns the names of a record's fields; why it cannot be read, if so.
pub(super) fn learn(text: &str, names: &mut Names, shape: Shape) -> Result<Option<String>, Trouble> {
    if shape == Shape::Arrays {
        return Ok(serde_json::from_str::<Vec<&RawValue>>(text).err().map(|error| error.to_string()));
    }
    match serde_json::from_str::<Object<'_>>(text) {
        Ok(Object(fields)) => {
            for (likely, (name, _)) in fields.iter().enumerate() {
                if names.known(name, likely).is_none() {
                    names.column(name)?;
                }
            }
            Ok(None)
        }
        Err(error) => Ok(Some(error.to_string())),
    }
}

/// The cells of a record.
pub(super) fn cells<'t>(
    text: &'t str,
    names: &Names,
    shape: Shape,
    lossy: bool,
) -> Result<Cells<'t>, String> {
    if shape == Shape::Arrays {
        let all: Vec<&'t RawValue> = serde_json::from_str(text).map_err(|error| error.to_string())?;
        let columns = (0..names.all.len() as u32).zip(all);
        return Ok(columns.filter_map(|(column, raw)| Some((column, value(raw.get(), lossy)?))).collect());
    }
    let Object(fields) = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let fields = fields.into_iter().enumerate();
    let cell = |(likely, (name, raw)): (usize, (Cow<'t, str>, &'t RawValue))| {
        Some((names.known(&name, likely)?, value(raw.get(), lossy)?))
    };
    Ok(fields.filter_map(cell).collect())
}

/// One value; null is nothing. An exponent is worked out, other numbers stay as they are written.
fn value(raw: &str, lossy: bool) -> Option<Cell<'_>> {
    let garbled = |text: &str| lossy && text.contains('\u{fffd}');
    match raw {
        "null" => None,
        "true" => Some(Cell::Flag(true)),
        "false" => Some(Cell::Flag(false)),
        _ if raw.starts_with('"') => {
            let Name(written) = serde_json::from_str(raw).unwrap_or(Name(Cow::Borrowed(raw)));
            Some(if garbled(&written) { Cell::Garbled(written) } else { Cell::from_text(written) })
        }
        _ if raw.contains(['e', 'E']) && !raw.starts_with(['{', '[']) => {
            Some(Cell::Number { value: raw.parse().ok()?, percent: false })
        }
        _ => Some(Cell::from_text(Cow::Borrowed(raw))),
    }
}
