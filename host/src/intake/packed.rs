//! What is inside compressed files and archives, within limits: nothing is unpacked beyond what its packed size bears out.

use super::problem::ProblemKind;
use super::sniff::{self, Content};
use super::text::readable;
use super::walk::is_clutter;
use std::io::{Cursor, Read};

/// Unpacked bytes that are always allowed.
const FREE: u64 = 64 << 20;

/// Times its packed size a file may grow beyond that. Tables shrink to a tenth, seldom to a fiftieth.
const RATIO: u64 = 100;

/// Archives within archives that are opened.
const DEPTH: usize = 3;

/// Members of an archive at most.
const MEMBERS: usize = 10_000;

/// A file found in another.
#[derive(Debug)]
pub(super) struct Member {
    /// As reports show it, after the name of the file it is in.
    pub(super) name: String,
    pub(super) content: Result<Vec<u8>, ProblemKind>,
    /// Its name led out of its folder.
    pub(super) strange_name: bool,
}

/// How much may still be unpacked from one file handed in.
#[derive(Debug)]
pub(super) struct Budget {
    left: u64,
    limit: u64,
    depth: usize,
}

impl Budget {
    /// For a file of so many bytes.
    pub(super) fn of(packed: u64) -> Self {
        let limit = packed.saturating_mul(RATIO).clamp(FREE, super::input::BYTES_AT_MOST);
        Self { left: limit, limit, depth: 0 }
    }

    /// Enters an archive; false if it lies too deep.
    pub(super) fn enter(&mut self) -> bool {
        self.depth += 1;
        self.depth <= DEPTH
    }

    /// Leaves it.
    pub(super) fn leave(&mut self) {
        self.depth -= 1;
    }

    /// Reads all of something, as long as the budget lasts.
    fn read(&mut self, from: impl Read) -> Result<Vec<u8>, ProblemKind> {
        let mut bytes = Vec::new();
        let read = from.take(self.left.saturating_add(1)).read_to_end(&mut bytes);
        if bytes.len() as u64 > self.left {
            return Err(ProblemKind::Bomb(self.limit));
        }
        self.left -= bytes.len() as u64;
        match read {
            Ok(_) => Ok(bytes),
            Err(error) => Err(ProblemKind::Damaged(error.to_string())),
        }
    }
}

/// Unpacks a gzip or zstd file.
pub(super) fn inflated(content: &Content, bytes: &[u8], budget: &mut Budget) -> Result<Vec<u8>, ProblemKind> {
    if *content == Content::Gzip {
        return budget.read(flate2::bufread::MultiGzDecoder::new(bytes));
    }
    let decoder = zstd::stream::read::Decoder::with_buffer(bytes);
    let mut decoder = decoder.map_err(|error| ProblemKind::Damaged(error.to_string()))?;
    // 128 MiB, as the zstd program itself allows.
    decoder.window_log_max(27).map_err(|error| ProblemKind::Damaged(error.to_string()))?;
    budget.read(decoder)
}

/// Unpacks the files of a ZIP folder, in the order of their names.
pub(super) fn members(bytes: &[u8], budget: &mut Budget) -> Result<Vec<Member>, ProblemKind> {
    let damaged = |error: zip::result::ZipError| ProblemKind::Damaged(error.to_string());
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    if archive.len() > MEMBERS {
        return Err(ProblemKind::TooManyMembers(MEMBERS as u64));
    }
    let mut named = Vec::new();
    for index in 0..archive.len() {
        let file = archive.by_index_raw(index).map_err(damaged)?;
        let (name, strange_name) = tame(&readable(file.name_raw()));
        if file.is_dir() || name.split('/').any(is_clutter) {
            continue;
        }
        named.push((name, strange_name, file.encrypted(), index));
    }
    named.sort();
    let member = |(name, strange_name, encrypted, index)| {
        let content = if encrypted {
            Err(ProblemKind::Encrypted)
        } else {
            archive.by_index(index).map_err(damaged).and_then(|file| budget.read(file))
        };
        Member { name, content, strange_name }
    };
    Ok(named.into_iter().map(member).collect())
}

/// A name without what leads out of its folder, and whether there was such.
fn tame(name: &str) -> (String, bool) {
    let name = name.replace('\\', "/");
    let strange = name.starts_with('/') || name.split('/').any(|part| part == ".." || part.ends_with(':'));
    let parts: Vec<&str> =
        name.split('/').filter(|part| !matches!(*part, "" | "." | "..") && !part.ends_with(':')).collect();
    (parts.join("/"), strange)
}

/// Whether a workbook unpacks to more than its size bears out; its library would unpack it without asking.
pub(super) fn is_bomb(bytes: &[u8]) -> bool {
    /// No stream of this kind of compression grows more than this.
    const UTMOST: u64 = 1032;
    /// Repeated cells of a sheet shrink better than anything else.
    const OF_WORKBOOKS: u64 = 250;
    let packed = bytes.len() as u64;
    let limit = packed.saturating_mul(OF_WORKBOOKS).clamp(FREE, super::input::BYTES_AT_MOST);
    if packed.saturating_mul(UTMOST) <= limit || sniff::is_compound(bytes) {
        return false;
    }
    let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(bytes)) else { return false };
    let mut left = limit;
    for index in 0..archive.len() {
        let Ok(file) = archive.by_index(index) else { continue };
        let read = std::io::copy(&mut file.take(left + 1), &mut std::io::sink());
        match left.checked_sub(read.unwrap_or(0)) {
            Some(rest) => left = rest,
            None => return true,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_in_their_folder() {
        assert_eq!(tame("昌吉/a.csv"), ("昌吉/a.csv".to_owned(), false));
        assert_eq!(tame("../../etc/passwd"), ("etc/passwd".to_owned(), true));
        assert_eq!(tame("C:\\a\\b.csv"), ("a/b.csv".to_owned(), true));
        assert_eq!(tame("/abs//x"), ("abs/x".to_owned(), true));
    }
}
