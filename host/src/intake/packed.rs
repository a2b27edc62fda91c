//! What is inside compressed files and archives, within limits: nothing is unpacked beyond what its packed size bears out.

use super::blob::{Blob, BlobReader};
use super::problem::ProblemKind;
use super::sniff::{self, Content};
use super::text::readable;
use super::walk::is_clutter;
use std::io::{BufReader, Cursor, Read};

/// Unpacked bytes that are always allowed.
const FREE: u64 = 64 << 20;

/// Times its packed size a file may grow beyond that. Tables shrink to a tenth, seldom to a fiftieth.
const RATIO: u64 = 100;

/// Archives within archives that are opened.
const DEPTH: usize = 3;

/// Members of an archive at most.
const MEMBERS: usize = 10_000;

/// Unpacked bytes that are taken at most; they lie on the disk.
const UNPACKED_AT_MOST: u64 = 16 << 30;

/// A file found in another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Member {
    /// As reports show it, after the name of the file it is in.
    pub(super) name: String,
    /// Its name led out of its folder.
    pub(super) strange_name: bool,
    encrypted: bool,
    index: usize,
}

/// A compressed file or archive that is open.
pub(super) enum Package {
    Gzip(Blob),
    Zstd(Blob),
    Zip(Box<zip::ZipArchive<BufReader<BlobReader>>>),
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
        let limit = packed.saturating_mul(RATIO).clamp(FREE, UNPACKED_AT_MOST);
        Self { left: limit, limit, depth: 0 }
    }

    /// Enters an archive; false if it lies too deep, and then there is nothing to leave.
    pub(super) fn enter(&mut self) -> bool {
        let allowed = self.depth < DEPTH;
        self.depth += usize::from(allowed);
        allowed
    }

    /// Leaves one that was entered.
    pub(super) fn leave(&mut self) {
        self.depth -= 1;
    }

    /// Reads all of something, as long as the budget lasts.
    fn read(&mut self, from: impl Read) -> Result<Blob, ProblemKind> {
        let spooled = Blob::spool(from, self.left.saturating_add(1));
        let (blob, stopped) =
            spooled.map_err(|error| ProblemKind::Unreadable(crate::system_words(&error)))?;
        if blob.len() > self.left {
            return Err(ProblemKind::Bomb(self.limit));
        }
        self.left -= blob.len();
        match stopped {
            None => Ok(blob),
            Some(error) => Err(ProblemKind::Damaged(error.to_string())),
        }
    }
}

fn damaged(error: &dyn std::fmt::Display) -> ProblemKind {
    ProblemKind::Damaged(error.to_string())
}

impl Package {
    /// Opens it, and lists what is in it, in the order of their names; `inside` names what has no name of its own.
    pub(super) fn open(
        content: &Content,
        blob: &Blob,
        inside: &str,
    ) -> Result<(Self, Vec<Member>), ProblemKind> {
        let only = Member { name: inside.to_owned(), strange_name: false, encrypted: false, index: 0 };
        match content {
            Content::Gzip => Ok((Self::Gzip(blob.clone()), vec![only])),
            Content::Zstd => Ok((Self::Zstd(blob.clone()), vec![only])),
            _ => {
                let archive = zip::ZipArchive::new(BufReader::new(blob.reader()));
                let mut archive = archive.map_err(|error| damaged(&error))?;
                let members = members(&mut archive)?;
                Ok((Self::Zip(Box::new(archive)), members))
            }
        }
    }

    /// Unpacks one member.
    pub(super) fn unpack(&mut self, member: &Member, budget: &mut Budget) -> Result<Blob, ProblemKind> {
        match self {
            Self::Gzip(blob) => {
                budget.read(flate2::bufread::MultiGzDecoder::new(BufReader::new(blob.reader())))
            }
            Self::Zstd(blob) => {
                let decoder = zstd::stream::read::Decoder::with_buffer(BufReader::new(blob.reader()));
                let mut decoder = decoder.map_err(|error| damaged(&error))?;
                // 128 MiB, as the zstd program itself allows.
                decoder.window_log_max(27).map_err(|error| damaged(&error))?;
                budget.read(decoder)
            }
            Self::Zip(_) if member.encrypted => Err(ProblemKind::Encrypted),
            Self::Zip(archive) => {
                let file = archive.by_index(member.index).map_err(|error| damaged(&error))?;
                budget.read(file)
            }
        }
    }
}

/// The files of a ZIP folder, in the order of their names.
fn members(archive: &mut zip::ZipArchive<BufReader<BlobReader>>) -> Result<Vec<Member>, ProblemKind> {
    if archive.len() > MEMBERS {
        return Err(ProblemKind::TooManyMembers(MEMBERS as u64));
    }
    let mut members = Vec::new();
    for index in 0..archive.len() {
        let file = archive.by_index_raw(index).map_err(|error| damaged(&error))?;
        let (name, strange_name) = tame(&readable(file.name_raw()));
        if file.is_dir() || name.split('/').any(is_clutter) {
            continue;
        }
        members.push(Member { name, strange_name, encrypted: file.encrypted(), index });
    }
    members.sort();
    Ok(members)
}

/// A name without what leads out of its folder, and whether there was such.
fn tame(name: &str) -> (String, bool) {
    let name = name.replace('\\', "/");
    let strange = name.starts_with('/') || name.split('/').any(|part| part == ".." || part.ends_with(':'));
    let parts: Vec<&str> =
        name.split('/').filter(|part| !matches!(*part, "" | "." | "..") && !part.ends_with(':')).collect();
    (parts.join("/"), strange)
}

/// What a workbook may unpack to, where it unpacks to more; its library would unpack it without asking.
pub(super) fn bomb(bytes: &[u8]) -> Option<u64> {
    /// No stream of this kind of compression grows more than this.
    const UTMOST: u64 = 1032;
    /// Repeated cells of a sheet shrink better than anything else.
    const OF_WORKBOOKS: u64 = 250;
    let packed = bytes.len() as u64;
    let limit = packed.saturating_mul(OF_WORKBOOKS).clamp(FREE, super::input::BYTES_AT_MOST);
    if packed.saturating_mul(UTMOST) <= limit || sniff::is_compound(bytes) {
        return None;
    }
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut left = limit;
    for index in 0..archive.len() {
        let Ok(file) = archive.by_index(index) else { continue };
        let read = std::io::copy(&mut file.take(left + 1), &mut std::io::sink());
        match left.checked_sub(read.unwrap_or(0)) {
            Some(rest) => left = rest,
            None => return Some(limit),
        }
    }
    None
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
