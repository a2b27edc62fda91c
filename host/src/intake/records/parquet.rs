//! Parquet, record by record, each written out once so that it can be found again. A broken page ends its group of
//! records; the groups after it are still read.

use super::row::RowWriter;
use super::{Broken, BrokenAt, Names, Records, Shape, Trouble};
use crate::intake::blob::{Blob, BlobReader, Spool};
use crate::intake::cell::Cell;
use crate::intake::offer::Manner;
use crate::intake::quiet;
use bytes::Bytes;
use mingcha_values::date::from_excel_serial;
use parquet::errors::ParquetError;
use parquet::file::reader::{ChunkReader, FileReader, Length, SerializedFileReader};
use parquet::record::{Field, Row};
use std::borrow::Cow;
use std::io::{BufReader, Seek, SeekFrom, Write};

impl Length for Blob {
    fn len(&self) -> u64 {
        Blob::len(self)
    }
}

impl ChunkReader for Blob {
    type T = BufReader<BlobReader>;

    fn get_read(&self, start: u64) -> Result<Self::T, ParquetError> {
        if let Some(size) = promised(&self.bytes(start, start + 16)) {
            return Err(ParquetError::General(format!("a page promises to unpack to {size} bytes")));
        }
        let mut reader = self.reader();
        reader.seek(SeekFrom::Start(start))?;
        Ok(BufReader::new(reader))
    }

    fn get_bytes(&self, start: u64, length: usize) -> Result<Bytes, ParquetError> {
        let bytes = self.bytes(start, start.saturating_add(length as u64));
        if bytes.len() < length {
            return Err(ParquetError::EOF(format!(
                "{length} bytes wanted at {start}, {} are there",
                bytes.len()
            )));
        }
        Ok(Bytes::from(bytes))
    }
}

/// What a page may always unpack to, and how many times its packed size beyond that.
const PAGE_FREE: u64 = 64 << 20;
const PAGE_RATIO: u64 = 100;

/// The size that a page's header promises, if it is more than its packed size bears out: the library sets the memory
/// aside before it looks further.
fn promised(header: &[u8]) -> Option<u64> {
    let mut rest = header;
    let _kind = whole(&mut rest)?;
    let (unpacked, packed) = (whole(&mut rest)?, whole(&mut rest)?);
    (unpacked > PAGE_FREE.max(packed.saturating_mul(PAGE_RATIO))).then_some(unpacked)
}

/// The next field of a header, if it is a whole number (compact Thrift: the mark of a field, then seven bits a byte).
fn whole(rest: &mut &[u8]) -> Option<u64> {
    const NEXT_I32: u8 = 0x15;
    *rest = rest.strip_prefix(&[NEXT_I32])?;
    let (mut number, mut shift) = (0_u64, 0);
    loop {
        let (&byte, after) = rest.split_first()?;
        *rest = after;
        number |= u64::from(byte & 0x7F) << shift;
        shift += 7;
        if byte & 0x80 == 0 {
            return Some(number >> 1);
        }
        if shift > 35 {
            return None;
        }
    }
}

/// Reads the one table of a Parquet file.
pub(in crate::intake) fn load(blob: &Blob, manner: Manner) -> Result<Records, Trouble> {
    let opened = quiet::caught(|| SerializedFileReader::new(blob.clone()));
    let unexpected = || Trouble::Damaged("unexpected structure".to_owned());
    let file = opened.ok_or_else(unexpected)?.map_err(|error| Trouble::Damaged(error.to_string()))?;
    let mut names = Names::default();
    for column in file.metadata().file_metadata().schema().get_fields() {
        names.column(column.name())?;
    }
    let mut writing =
        Writing { names, writer: RowWriter::default(), spool: Spool::default(), before: 0, read: 0 };
    let mut broken = Vec::new();
    for group in 0..file.num_row_groups() {
        let stated = u64::try_from(file.metadata().row_group(group).num_rows()).unwrap_or(0);
        writing.read = 0;
        let read = quiet::caught(|| writing.group(&file, group));
        if let Some(why) = read.unwrap_or_else(|| Ok(Some("unexpected structure".to_owned())))? {
            let (first, unread) = (
                writing.before.saturating_add(writing.read).saturating_add(1),
                stated.saturating_sub(writing.read).max(1),
            );
            let at = BrokenAt::Group(group as u64 + 1, first, unread);
            broken.push(Broken { at, why, too_long: false, text: String::new() });
        }
        writing.before = writing.before.saturating_add(stated);
    }
    let rows = writing.spool.finish().map_err(|error| Trouble::Unreadable(crate::system_words(&error)))?;
    let range = 0..rows.len();
    let mut records = Records::new(rows, Shape::Rows, range, false, manner);
    records.names = writing.names;
    broken.into_iter().for_each(|broken| records.break_off(broken));
    Ok(records)
}

/// Records on their way into rows.
struct Writing {
    names: Names,
    writer: RowWriter,
    spool: Spool,
    /// Records of the groups before.
    before: u64,
    /// Records of this group that were read.
    read: u64,
}

impl Writing {
    /// Reads a group as far as it can be read; what stopped it, in the library's words.
    fn group(&mut self, file: &SerializedFileReader<Blob>, group: usize) -> Result<Option<String>, Trouble> {
        let told = |error: ParquetError| Ok(Some(error.to_string()));
        let reader = match file.get_row_group(group) {
            Ok(reader) => reader,
            Err(error) => return told(error),
        };
        let rows = match reader.get_row_iter(None) {
            Ok(rows) => rows,
            Err(error) => return told(error),
        };
        for row in rows {
            match row {
                Ok(row) => self.record(&row)?,
                Err(error) => return told(error),
            }
            self.read += 1;
        }
        Ok(None)
    }

    fn record(&mut self, row: &Row) -> Result<(), Trouble> {
        self.writer.begin(self.before + self.read + 1);
        for (likely, (name, field)) in row.get_column_iter().enumerate() {
            let column = self.names.known(name, likely);
            if let (Some(column), Some(cell)) = (column, cell(field)) {
                self.writer.put(column, &cell);
            }
        }
        let bytes = self.writer.finish()?;
        self.spool.write_all(bytes).map_err(|error| Trouble::Unreadable(crate::system_words(&error)))
    }
}

/// Days between 1900-01-00 of spreadsheets and 1970-01-01.
const DAYS_TO_1970: f64 = 25_569.0;

fn cell(field: &Field) -> Option<Cell<'_>> {
    let number = |value: f64| Some(Cell::Number { value, percent: false });
    let instant = |days: f64| Some(Cell::Serial(days + DAYS_TO_1970));
    let text = |text: String| Some(Cell::from_text(Cow::Owned(text)));
    match field {
        Field::Null => None,
        Field::Bool(flag) => Some(Cell::Flag(*flag)),
        Field::Float(value) => number(value.to_string().parse().ok()?),
        Field::Double(value) => number(*value),
        Field::Date(days) if from_excel_serial(f64::from(*days) + DAYS_TO_1970, false).is_some() => {
            instant(f64::from(*days))
        }
        Field::TimestampMillis(at) => instant(*at as f64 / 86_400_000.0),
        Field::TimestampMicros(at) => instant(*at as f64 / 86_400_000_000.0),
        Field::Str(written) => Some(Cell::from_text(Cow::Borrowed(written))),
        Field::Bytes(bytes) => text(String::from_utf8_lossy(bytes.data()).into_owned()),
        other => text(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_that_promises_too_much_is_known_by_its_header() {
        let number = |value: u64| {
            let (mut bytes, mut left) = (vec![0x15], value << 1);
            while left > 0x7F {
                bytes.push(left as u8 & 0x7F | 0x80);
                left >>= 7;
            }
            bytes.push(left as u8);
            bytes
        };
        let header = |unpacked, packed| [number(2), number(unpacked), number(packed)].concat();
        assert_eq!(promised(&header(1 << 30, 1 << 20)), Some(1 << 30));
        assert_eq!(promised(&header(1 << 30, 1 << 25)), None);
        assert_eq!(promised(&header(1 << 26, 10)), None);
        assert_eq!(promised(b"PAR1 and whatever"), None);
    }
}
