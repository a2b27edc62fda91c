//! JSON and NDJSON. Numbers stay as they are written; a record is known by its line and bytes.
//!
//! A table is an array of objects, or of arrays of which the first is the header; an object of such arrays is several
//! tables. What is nested deeper stays text.

use super::{Records, Trouble};
use crate::intake::sheet::{Broken, Sheet, Value, Written};
use crate::intake::workbook::Loaded;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt;

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

/// A field's name, borrowed where it has no escapes.
#[derive(serde::Deserialize)]
struct Name<'a>(#[serde(borrow)] Cow<'a, str>);

/// Reads the tables of a JSON text; `lines` says that every line is a record.
pub(in crate::intake) fn load(text: &str, lines: bool) -> Result<Vec<Loaded>, Trouble> {
    let one = |sheet| Loaded { name: None, hidden: false, sheet };
    if lines {
        return Ok(vec![one(by_line(text))]);
    }
    let whole: &RawValue = serde_json::from_str(text).map_err(|error| damaged(&error))?;
    if whole.get().starts_with('[') {
        return Ok(vec![one(array(text, whole))]);
    }
    let Object(fields) = serde_json::from_str(whole.get()).map_err(|error| damaged(&error))?;
    let is_table = |value: &RawValue| value.get().starts_with('[');
    if !fields.iter().any(|(_, value)| is_table(value)) {
        let mut records = Records::new();
        object(&mut records, 1, whole, text)?;
        return Ok(vec![one(Ok(records.finish()))]);
    }
    let tables = fields.into_iter().filter(|(_, value)| is_table(value));
    let tables = tables.map(|(name, value)| Loaded {
        name: Some(name.into_owned()),
        hidden: false,
        sheet: array(text, value),
    });
    Ok(tables.collect())
}

/// Whether every line of a text is an object of its own.
pub(in crate::intake) fn is_by_line(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty()).take(3);
    let first = lines.next().unwrap_or_default();
    let whole = |line: &str| line.starts_with('{') && line.ends_with('}');
    whole(first) && lines.next().is_some_and(|line| line.starts_with('{'))
        || (first.starts_with('{') && !first.ends_with('{') && lines.next().is_some_and(whole))
}

fn damaged(error: &serde_json::Error) -> Trouble {
    Trouble::Damaged(error.to_string())
}

fn by_line(text: &str) -> Result<Sheet, Trouble> {
    let (mut records, mut at) = (Records::new(), 0);
    for (index, line) in text.split_inclusive('\n').enumerate() {
        let (number, begins) = (index as u64 + 1, at);
        at += line.len();
        let line = line.trim_end();
        if line.trim_start().is_empty() {
            continue;
        }
        let written = Written { line: number, bytes: (begins as u64, (begins + line.len()) as u64) };
        match serde_json::from_str(line) {
            Ok(Object(fields)) => take(&mut records, number as u32, written, fields)?,
            Err(error) => records.sheet.broken.push(Broken {
                line: number,
                offset: begins as u64,
                why: error.to_string(),
                text: line.chars().take(40).collect(),
            }),
        }
    }
    Ok(records.finish())
}

fn array(text: &str, whole: &RawValue) -> Result<Sheet, Trouble> {
    let elements: Vec<&RawValue> = serde_json::from_str(whole.get()).map_err(|error| damaged(&error))?;
    let mut records = Records::new();
    let mut header: Option<Vec<u32>> = None;
    let mut line = Lines::new(text);
    for (index, element) in elements.into_iter().enumerate() {
        let number = index as u32 + 1;
        let written = line.of(element);
        if element.get().starts_with('{') {
            let Object(fields) = serde_json::from_str(element.get()).map_err(|error| damaged(&error))?;
            take(&mut records, number, written, fields)?;
        } else if element.get().starts_with('[') {
            let cells: Vec<&RawValue> =
                serde_json::from_str(element.get()).map_err(|error| damaged(&error))?;
            match &header {
                None => header = Some(names(&mut records, &cells)?),
                Some(header) => {
                    let cells: Vec<_> = header.iter().copied().zip(cells).collect();
                    row(&mut records, number, written, cells)?;
                }
            }
        } else {
            let why = "neither an object nor an array".to_owned();
            let (line, offset) = (written.line, written.bytes.0);
            let text = element.get().chars().take(40).collect();
            records.sheet.broken.push(Broken { line, offset, why, text });
        }
    }
    Ok(records.finish())
}

fn names(records: &mut Records, cells: &[&RawValue]) -> Result<Vec<u32>, Trouble> {
    let name = |cell: &&RawValue| {
        serde_json::from_str::<String>(cell.get()).unwrap_or_else(|_| cell.get().to_owned())
    };
    cells.iter().map(|cell| records.field(&name(cell))).collect()
}

fn object(records: &mut Records, number: u32, value: &RawValue, text: &str) -> Result<(), Trouble> {
    let Object(fields) = serde_json::from_str(value.get()).map_err(|error| damaged(&error))?;
    take(records, number, Lines::new(text).of(value), fields)
}

fn take(
    records: &mut Records,
    number: u32,
    written: Written,
    fields: Vec<(Cow<'_, str>, &RawValue)>,
) -> Result<(), Trouble> {
    let cells = fields.into_iter().map(|(name, value)| Ok((records.field(&name)?, value)));
    let cells: Vec<(u32, &RawValue)> = cells.collect::<Result<_, Trouble>>()?;
    row(records, number, written, cells)
}

fn row(
    records: &mut Records,
    number: u32,
    written: Written,
    cells: Vec<(u32, &RawValue)>,
) -> Result<(), Trouble> {
    let sheet = &mut records.sheet;
    let cells =
        cells.into_iter().filter_map(|(column, raw)| Some((column, value(sheet, raw.get())?))).collect();
    records.record(number, written, cells)
}

/// One value; null is nothing. An exponent is worked out, other numbers stay as they are written.
fn value(sheet: &mut Sheet, raw: &str) -> Option<Value> {
    match raw {
        "null" => None,
        "true" => Some(Value::Flag(true)),
        "false" => Some(Value::Flag(false)),
        _ if raw.starts_with('"') => {
            let text = serde_json::from_str::<Cow<'_, str>>(raw).unwrap_or(Cow::Borrowed(raw));
            Some(Value::Text(sheet.string(&text)))
        }
        _ if raw.contains(['e', 'E']) && !raw.starts_with(['{', '[']) => {
            Some(Value::Number { value: raw.parse().ok()?, percent: false })
        }
        _ => Some(Value::Text(sheet.string(raw))),
    }
}

/// Counts lines up to values that come in order.
struct Lines<'a> {
    text: &'a str,
    known: (usize, u64),
}

impl<'a> Lines<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, known: (0, 1) }
    }

    /// Where a value of the text is written.
    fn of(&mut self, value: &RawValue) -> Written {
        let start = (value.get().as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize);
        let (from, line) = self.known;
        let between = self.text.as_bytes().get(from..start).unwrap_or_default();
        let line = line + memchr::memchr_iter(b'\n', between).count() as u64;
        self.known = (start, line);
        Written { line, bytes: (start as u64, (start + value.get().len()) as u64) }
    }
}
