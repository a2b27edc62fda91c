//! The same columns by way of the `csv` crate: dictionaries for text, numbers and times parsed, one record at a time.

use std::collections::HashMap;
use std::path::Path;

/// Columns of text, by position.
const TEXTS: [usize; 9] = [0, 1, 2, 3, 7, 8, 9, 11, 12];
/// Of numbers.
const NUMBERS: [usize; 2] = [6, 10];
/// Of moments.
const TIMES: [usize; 3] = [4, 5, 13];

/// A code for each cell, and the spellings they stand for.
type Dictionary = (Vec<u32>, HashMap<Vec<u8>, u32>);

/// What a file came to.
#[derive(Debug, Default)]
pub(crate) struct Columns {
    texts: Vec<Dictionary>,
    numbers: Vec<Vec<f64>>,
    times: Vec<Vec<i64>>,
}

/// Reads the columns rules ask for.
pub(crate) fn read(path: &Path) -> Columns {
    let mut columns = Columns {
        texts: vec![Dictionary::default(); TEXTS.len()],
        numbers: vec![Vec::new(); NUMBERS.len()],
        times: vec![Vec::new(); TIMES.len()],
    };
    let mut reader = csv::ReaderBuilder::new().from_path(path).expect("a file");
    let mut record = csv::ByteRecord::new();
    while reader.read_byte_record(&mut record).expect("a record") {
        for ((codes, known), at) in columns.texts.iter_mut().zip(TEXTS) {
            let next = known.len() as u32;
            let code = match known.get(&record[at]) {
                Some(&code) => code,
                None => *known.entry(record[at].to_vec()).or_insert(next),
            };
            codes.push(code);
        }
        for (values, at) in columns.numbers.iter_mut().zip(NUMBERS) {
            values.push(
                std::str::from_utf8(&record[at]).ok().and_then(|text| text.parse().ok()).unwrap_or(0.0),
            );
        }
        for (values, at) in columns.times.iter_mut().zip(TIMES) {
            values.push(seconds(&record[at]).unwrap_or(0));
        }
    }
    columns
}

/// `2016-07-26 14:05`, as cheaply as it can be read.
fn seconds(bytes: &[u8]) -> Option<i64> {
    let number = |range: std::ops::Range<usize>| {
        bytes
            .get(range)?
            .iter()
            .try_fold(0_i64, |sum, byte| byte.is_ascii_digit().then(|| sum * 10 + i64::from(byte - b'0')))
    };
    let (year, month, day) = (number(0..4)?, number(5..7)?, number(8..10)?);
    let shifted = year - i64::from(month <= 2);
    let of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
    let days = shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + of_year - 719_468;
    Some(days * 86_400 + number(11..13)? * 3600 + number(14..16)? * 60)
}
