//! What bytes themselves say of their encoding: how common their characters would be, and which stretches are of another
//! encoding than the rest.

use crate::intake::blob::Blob;
use encoding_rs::{BIG5, Encoding, GB18030, UTF_8};
use std::ops::{ControlFlow, Range};

/// Logarithms of how likely a character is, by its block: common, symbol, rare; and of a sequence that is none.
struct Likelihood {
    common: f64,
    symbol: f64,
    rare: f64,
    impossible: f64,
}

/// 3,755 common characters of GB 2312 make up 96 % of a text, some 300 symbols 3 %, all others the rest.
const OF_GB: Likelihood = Likelihood { common: -8.27, symbol: -9.15, rare: -14.5, impossible: -25.0 };

/// The same of Big5: 5,401 common characters, 400 symbols.
const OF_BIG5: Likelihood = Likelihood { common: -8.63, symbol: -9.5, rare: -13.5, impossible: -25.0 };

/// Bytes looked at.
pub(super) const SAMPLE: usize = 256 * 1024;

/// How much likelier a text is in GB18030 than in Big5, as a logarithm; negative if it is less likely.
pub(super) fn gb_over_big5(bytes: &[u8]) -> f64 {
    let bytes = &bytes[..bytes.len().min(SAMPLE)];
    let (mut sum, mut at) = (0.0, 0);
    while let Some(&lead) = bytes.get(at) {
        let Some(&trail) = bytes.get(at + 1) else { break };
        if lead < 0x81 {
            at += 1;
            continue;
        }
        sum += gb(lead, trail) - big5(lead, trail);
        at += if trail >= 0x40 { 2 } else { 1 };
    }
    sum
}

fn gb(lead: u8, trail: u8) -> f64 {
    match (lead, trail) {
        (_, 0x30..=0x39) => OF_GB.rare,
        (0xff | 0x80, _) | (_, 0..0x40 | 0x7f | 0xff) => OF_GB.impossible,
        (0xb0..=0xd7, 0xa1..) => OF_GB.common,
        (0xa1 | 0xa3, 0xa1..) => OF_GB.symbol,
        _ => OF_GB.rare,
    }
}

fn big5(lead: u8, trail: u8) -> f64 {
    match (lead, trail) {
        (_, 0..0x40 | 0x7f..0xa1 | 0xff) => OF_BIG5.impossible,
        (0xa4..=0xc6, _) => OF_BIG5.common,
        (0xa1..=0xa2, _) => OF_BIG5.symbol,
        (0xa3 | 0xc9..=0xf9, _) => OF_BIG5.rare,
        _ => OF_BIG5.impossible,
    }
}

/// Whether valid UTF-8 may yet be GB18030: it has no letter of three bytes, but several of two in a row.
///
/// Chinese in UTF-8 takes three bytes a letter; µ and ³ take two, but stand alone.
pub(super) fn may_be_gb_after_all(blob: &Blob) -> bool {
    let (mut longest, mut run, mut possible) = (0, 0, true);
    blob.each_piece(0, &mut |_, bytes| {
        let Ok(text) = std::str::from_utf8(bytes) else {
            possible = false;
            return ControlFlow::Break(());
        };
        for letter in text.chars() {
            match letter.len_utf8() {
                2 => run += 1,
                3.. => {
                    possible = false;
                    return ControlFlow::Break(());
                }
                _ => run = 0,
            }
            longest = longest.max(run);
        }
        possible = segments(bytes).all(|range| is_common_gb(&bytes[range]));
        if possible { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    possible && longest >= 2
}

/// Whether the bytes above ASCII are pairs, each a common character of GB 2312.
fn is_common_gb(bytes: &[u8]) -> bool {
    let mut at = 0;
    while let Some(&lead) = bytes.get(at) {
        if lead < 0x80 {
            at += 1;
            continue;
        }
        let common = bytes.get(at + 1).is_some_and(|&trail| gb(lead, trail) > OF_GB.rare);
        if !common {
            return false;
        }
        at += 2;
    }
    true
}

/// What a stretch between delimiters is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Written {
    /// Nothing above ASCII.
    Ascii,
    Utf8,
    Gb,
    /// Neither, or both.
    Unknown,
}

/// What one stretch is written in.
pub(super) fn written(bytes: &[u8]) -> Written {
    if bytes.is_ascii() {
        return Written::Ascii;
    }
    let above = bytes.iter().filter(|byte| !byte.is_ascii()).count();
    let han = han_in_utf_8(bytes) * 3;
    if han > 0 && std::str::from_utf8(bytes).is_ok() {
        return Written::Utf8;
    }
    if han * 2 < above && GB18030.decode_without_bom_handling_and_without_replacement(bytes).is_some() {
        let (pairs, common) = pairs(bytes);
        if common * 10 >= pairs * 6 {
            return Written::Gb;
        }
    }
    Written::Unknown
}

/// Whether a cell is written in this encoding and not in the other of a mixed file.
pub(super) fn is_written_in(bytes: &[u8], encoding: &'static Encoding) -> bool {
    match written(bytes) {
        Written::Utf8 => encoding == UTF_8,
        Written::Gb => encoding == GB18030,
        Written::Ascii | Written::Unknown => false,
    }
}

/// Three bytes that are a Chinese character or mark in UTF-8.
fn han_in_utf_8(bytes: &[u8]) -> usize {
    let is_han = |three: &[u8]| {
        matches!(
            three,
            [0xe3, 0x80, 0x80..=0xbf]
                | [0xef, 0xbc | 0xbd, 0x80..=0xbf]
                | [0xe4..=0xe9, 0x80..=0xbf, 0x80..=0xbf]
        )
    };
    let (mut at, mut count) = (0, 0);
    while let Some(three) = bytes.get(at..at + 3) {
        let han = is_han(three);
        count += usize::from(han);
        at += if han { 3 } else { 1 };
    }
    count
}

fn pairs(bytes: &[u8]) -> (usize, usize) {
    let (mut at, mut pairs, mut common) = (0, 0, 0);
    while let (Some(&lead), Some(&trail)) = (bytes.get(at), bytes.get(at + 1)) {
        if lead < 0x80 {
            at += 1;
            continue;
        }
        pairs += 1;
        common += usize::from(gb(lead, trail) > OF_GB.rare);
        at += 2;
    }
    (pairs, common)
}

/// Stretches between bytes that are no part of a character in any of the encodings; those above ASCII only.
pub(super) fn segments(bytes: &[u8]) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        let first = at + bytes.get(at..)?.iter().position(|byte| !byte.is_ascii())?;
        let is_mark = |byte: &u8| matches!(byte, b',' | b';' | b'\t' | b'"' | b'\r' | b'\n');
        let start = bytes[at..first].iter().rposition(is_mark).map_or(at, |mark| at + mark + 1);
        let end = bytes[first..].iter().position(is_mark).map_or(bytes.len(), |mark| first + mark);
        at = end;
        Some(start..end)
    })
}

/// Stretches kept; the rest are only counted.
const ALIENS_KEPT: usize = 1000;

/// How a text that is not all UTF-8 divides into UTF-8 and GB18030.
#[derive(Debug, Default)]
pub(super) struct Division {
    pub(super) utf_8: usize,
    pub(super) gb: usize,
    kept_utf_8: Kept,
    kept_gb: Kept,
}

/// The first stretches in an encoding, and how many in all.
type Kept = (Vec<Range<u64>>, u64);

impl Division {
    pub(super) fn of(blob: &Blob) -> Self {
        let mut division = Self::default();
        blob.each_piece(0, &mut |offset, bytes| {
            division.add(offset, bytes);
            ControlFlow::Continue(())
        });
        division
    }

    fn add(&mut self, offset: u64, bytes: &[u8]) {
        for range in segments(bytes) {
            let (count, kept) = match written(&bytes[range.clone()]) {
                Written::Utf8 => (&mut self.utf_8, &mut self.kept_utf_8),
                Written::Gb => (&mut self.gb, &mut self.kept_gb),
                Written::Ascii | Written::Unknown => continue,
            };
            *count += range.len();
            kept.1 += 1;
            if kept.0.len() < ALIENS_KEPT {
                kept.0.push(offset + range.start as u64..offset + range.end as u64);
            }
        }
    }

    /// The stretches that are not in this encoding, and which they are in.
    pub(super) fn aliens(self, main: &'static Encoding) -> Option<(&'static Encoding, Kept)> {
        let (alien, kept) = if main == UTF_8 { (GB18030, self.kept_gb) } else { (UTF_8, self.kept_utf_8) };
        (kept.1 > 0 && main != BIG5).then_some((alien, kept))
    }
}

/// Which UTF-16 bytes without a mark are, if they are: zero bytes, and characters a table has.
pub(super) fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(8192)];
    memchr::memchr(0, sample)?;
    let share = |encoding: &'static Encoding| {
        let little = encoding == encoding_rs::UTF_16LE;
        let units = sample.chunks_exact(2).map(|pair| {
            let pair = [pair[0], pair[1]];
            if little { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) }
        });
        let (mut all, mut usual, mut ascii) = (0_usize, 0_usize, 0_usize);
        for unit in units {
            all += 1;
            let plain = matches!(unit, 9 | 10 | 13 | 0x20..0x7f);
            ascii += usize::from(plain);
            usual += usize::from(
                plain
                    || matches!(unit, 0xa0..0x100 | 0x2010..0x2070 | 0x3000..0x3020 | 0x4e00..0x9fa6 | 0xff01..0xff5f),
            );
        }
        (all > 0 && ascii > 0 && usual * 20 >= all * 19).then_some(ascii)
    };
    let (little, big) = (share(encoding_rs::UTF_16LE), share(encoding_rs::UTF_16BE));
    match (little, big) {
        (Some(little), Some(big)) if big > little => Some(encoding_rs::UTF_16BE),
        (Some(_), _) => Some(encoding_rs::UTF_16LE),
        (None, Some(_)) => Some(encoding_rs::UTF_16BE),
        (None, None) => None,
    }
}
