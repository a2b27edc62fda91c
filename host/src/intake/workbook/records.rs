//! The records of a part of an XLSB workbook: a kind and a length, seven bits a byte, then the data.

use super::Trouble;
use std::io::{BufRead, BufReader, Cursor, Read};

/// Longer records hold no cell: a cell has at most 32,767 characters.
const RECORD_AT_MOST: usize = 1 << 20;

/// Takes a record: its kind and its data.
type Visit<'a> = &'a mut dyn FnMut(u16, &[u8]) -> Result<(), Trouble>;

/// Visits the records of a part; what breaks off within a record is damaged.
pub(super) fn each_record(
    archive: &mut zip::ZipArchive<Cursor<&[u8]>>,
    path: &str,
    visit: Visit<'_>,
) -> Result<(), Trouble> {
    let damaged = |error: &dyn ToString| Trouble::Damaged(error.to_string());
    let part = archive.by_name(path).map_err(|error| damaged(&error))?;
    let (mut part, mut data) = (BufReader::new(part), Vec::new());
    while !part.fill_buf().map_err(|error| damaged(&error))?.is_empty() {
        let kind = number(&mut part, 2).map_err(|error| damaged(&error))?;
        let length = number(&mut part, 4).map_err(|error| damaged(&error))?;
        let kept = length.min(RECORD_AT_MOST);
        data.clear();
        let read = part.by_ref().take(kept as u64).read_to_end(&mut data);
        let left = (length - kept) as u64;
        let rest = std::io::copy(&mut part.by_ref().take(left), &mut std::io::sink());
        if read.map_err(|error| damaged(&error))? < kept || rest.map_err(|error| damaged(&error))? < left {
            return Err(Trouble::Damaged("a record is truncated".to_owned()));
        }
        visit(u16::try_from(kind).unwrap_or(u16::MAX), &data)?;
    }
    Ok(())
}

fn number(part: &mut impl BufRead, bytes: u32) -> std::io::Result<usize> {
    let mut number = 0_usize;
    for at in 0..bytes {
        let mut byte = [0];
        part.read_exact(&mut byte)?;
        number |= usize::from(byte[0] & 0x7F) << (7 * at);
        if byte[0] & 0x80 == 0 {
            break;
        }
    }
    Ok(number)
}

/// Two bytes; 0 beyond the end.
pub(super) fn half(data: &[u8], at: usize) -> u16 {
    data.get(at..at + 2).map_or(0, |bytes| u16::from_le_bytes([bytes[0], bytes[1]]))
}

/// Four bytes; 0 beyond the end.
pub(super) fn word(data: &[u8], at: usize) -> u32 {
    u32::from(half(data, at)) | u32::from(half(data, at + 2)) << 16
}

/// A text and where it ends: its length in UTF-16 units, then these.
pub(super) fn text_at(data: &[u8], at: usize) -> Option<(String, usize)> {
    let units = data.get(at..at.checked_add(4)?).map(|length| word(length, 0) as usize)?;
    let end = units.checked_mul(2)?.checked_add(at + 4)?;
    let units: Vec<u16> =
        data.get(at + 4..end)?.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
    Some((String::from_utf16_lossy(&units), end))
}
