//! Parquet, record by record. A broken page ends its group of records; the groups after it are still read.

use super::{Records, Trouble};
use crate::intake::blob::{Blob, BlobReader};
use crate::intake::quiet;
use crate::intake::sheet::{Broken, Sheet, Value, Written};
use crate::intake::workbook::Loaded;
use bytes::Bytes;
use mingcha_values::date::from_excel_serial;
use parquet::errors::ParquetError;
use parquet::file::reader::{ChunkReader, FileReader, Length, SerializedFileReader};
use parquet::record::{Field, Row};
use std::io::{BufReader, Seek, SeekFrom};

impl Length for Blob {
    fn len(&self) -> u64 {
        Blob::len(self)
    }
}

impl ChunkReader for Blob {
    type T = BufReader<BlobReader>;

    fn get_read(&self, start: u64) -> Result<Self::T, ParquetError> {
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

/// Reads the one table of a Parquet file.
pub(in crate::intake) fn load(blob: &Blob) -> Result<Vec<Loaded>, Trouble> {
    let opened = quiet::caught(|| SerializedFileReader::new(blob.clone()));
    let unexpected = || Trouble::Damaged("unexpected structure".to_owned());
    let file = opened.ok_or_else(unexpected)?.map_err(|error| damaged(&error))?;
    let mut records = Records::new();
    let columns = file.metadata().file_metadata().schema().get_fields().to_vec();
    for column in &columns {
        records.field(column.name())?;
    }
    let mut before = 0;
    for group in 0..file.num_row_groups() {
        let stated = u64::try_from(file.metadata().row_group(group).num_rows()).unwrap_or(0);
        let read = quiet::caught(|| read_group(&file, group, before, &mut records));
        if let Some(trouble) = read.unwrap_or_else(|| Ok(Some("unexpected structure".to_owned())))? {
            let text = format!("row group {}", group + 1);
            records.sheet.broken.push(Broken { line: before + 1, offset: 0, why: trouble, text });
        }
        before = before.saturating_add(stated);
    }
    Ok(vec![Loaded { name: None, hidden: false, sheet: Ok(records.finish()) }])
}

/// Reads a group as far as it can be read; what stopped it, in the library's words.
fn read_group(
    file: &SerializedFileReader<Blob>,
    group: usize,
    before: u64,
    records: &mut Records,
) -> Result<Option<String>, Trouble> {
    let told = |error: ParquetError| Ok(Some(error.to_string()));
    let reader = match file.get_row_group(group) {
        Ok(reader) => reader,
        Err(error) => return told(error),
    };
    let rows = match reader.get_row_iter(None) {
        Ok(rows) => rows,
        Err(error) => return told(error),
    };
    for (index, row) in rows.enumerate() {
        match row {
            Ok(row) => record(&row, before + index as u64 + 1, records)?,
            Err(error) => return told(error),
        }
    }
    Ok(None)
}

fn record(row: &Row, number: u64, records: &mut Records) -> Result<(), Trouble> {
    let mut cells = Vec::with_capacity(row.len());
    for (name, field) in row.get_column_iter() {
        let column = records.field(name)?;
        cells.extend(value(field, &mut records.sheet).map(|value| (column, value)));
    }
    records.record(u32::try_from(number).unwrap_or(u32::MAX), Written::default(), cells)
}

/// Days between 1900-01-00 of spreadsheets and 1970-01-01.
const DAYS_TO_1970: f64 = 25_569.0;

fn value(field: &Field, sheet: &mut Sheet) -> Option<Value> {
    let number = |value: f64| Some(Value::Number { value, percent: false });
    let instant = |days: f64| Some(Value::Serial(days + DAYS_TO_1970));
    match field {
        Field::Null => None,
        Field::Bool(flag) => Some(Value::Flag(*flag)),
        Field::Float(value) => number(value.to_string().parse().ok()?),
        Field::Double(value) => number(*value),
        Field::Date(days) if from_excel_serial(f64::from(*days) + DAYS_TO_1970, false).is_some() => {
            instant(f64::from(*days))
        }
        Field::TimestampMillis(at) => instant(*at as f64 / 86_400_000.0),
        Field::TimestampMicros(at) => instant(*at as f64 / 86_400_000_000.0),
        Field::Str(text) => Some(Value::Text(sheet.string(text))),
        Field::Bytes(bytes) => Some(Value::Text(sheet.string(&String::from_utf8_lossy(bytes.data())))),
        other => Some(Value::Text(sheet.string(&other.to_string()))),
    }
}

fn damaged(error: &ParquetError) -> Trouble {
    Trouble::Damaged(error.to_string())
}
