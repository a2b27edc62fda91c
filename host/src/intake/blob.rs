//! Bytes handed in, wherever they lie: in memory where they are few, else in a file that is read from any thread.
//!
//! What is unpacked, decoded or comes through a pipe is kept in memory while it is small and then in a temporary file
//! that has no name, so that nothing is left behind. The file handed in is only ever read.

use crate::manifest::Text;
use std::fs::{File, Metadata};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::ops::ControlFlow;
use std::sync::{Arc, OnceLock};
use std::time::SystemTime;

/// Bytes kept in memory at most; what is longer goes to a file.
const IN_MEMORY: usize = 4 << 20;

/// Bytes looked at together when all are gone through.
pub(super) const PIECE: usize = 1 << 20;

/// A piece grows up to this in search of the end of a line.
const PIECE_AT_MOST: usize = 8 << 20;

/// Bytes of one file; cheap to clone.
#[derive(Clone, Debug)]
pub(super) struct Blob {
    store: Arc<Store>,
}

#[derive(Debug)]
enum Store {
    Memory(Vec<u8>),
    File { file: File, length: u64, modified: Option<SystemTime>, fault: OnceLock<Text> },
}

impl Blob {
    /// Bytes that are in memory already.
    pub(super) fn memory(bytes: Vec<u8>) -> Self {
        Self { store: Arc::new(Store::Memory(bytes)) }
    }

    /// A file that stays where it is; small ones are read at once.
    pub(super) fn file(mut file: File) -> io::Result<Self> {
        let metadata = file.metadata()?;
        if !metadata.is_file() {
            return Self::spool(file, u64::MAX).map(|(blob, _)| blob);
        }
        if metadata.len() <= IN_MEMORY as u64 {
            // It may have grown since.
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes)?;
            return Ok(Self::memory(bytes));
        }
        Ok(Self::of_file(file, &metadata))
    }

    fn of_file(file: File, metadata: &Metadata) -> Self {
        let (length, modified) = (metadata.len(), metadata.modified().ok());
        Self { store: Arc::new(Store::File { file, length, modified, fault: OnceLock::new() }) }
    }

    /// Bytes that lie in a file, however few they are.
    #[cfg(test)]
    pub(super) fn on_disk(bytes: &[u8]) -> Self {
        let mut file = tempfile::tempfile().expect("a file");
        file.write_all(bytes).expect("its bytes");
        let metadata = file.metadata().expect("its length");
        Self::of_file(file, &metadata)
    }

    /// All that can be read of something, at most so many bytes; and what stopped it, where that was no end.
    ///
    /// What was read until then is kept, so that a caller may still look at it.
    pub(super) fn spool(mut from: impl Read, limit: u64) -> io::Result<(Self, Option<io::Error>)> {
        let mut spool = Spool::default();
        let mut buffer = vec![0; 64 << 10];
        let mut left = limit;
        let stopped = loop {
            let wanted = buffer.len().min(usize::try_from(left).unwrap_or(usize::MAX));
            match from.read(&mut buffer[..wanted]) {
                Ok(0) => break None,
                Ok(read) => {
                    spool.write_all(&buffer[..read])?;
                    left -= read as u64;
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => break Some(error),
            }
        };
        Ok((spool.finish()?, stopped))
    }

    /// How many bytes there are.
    pub(super) fn len(&self) -> u64 {
        match &*self.store {
            Store::Memory(bytes) => bytes.len() as u64,
            Store::File { length, .. } => *length,
        }
    }

    /// Bytes that are in memory anyway.
    pub(super) fn borrowed(&self) -> Option<&[u8]> {
        match &*self.store {
            Store::Memory(bytes) => Some(bytes),
            Store::File { .. } => None,
        }
    }

    /// Fills a buffer from an offset on, as far as there are bytes; how many there were.
    pub(super) fn read_at(&self, offset: u64, buffer: &mut [u8]) -> usize {
        match &*self.store {
            Store::Memory(bytes) => {
                let rest = usize::try_from(offset).ok().and_then(|at| bytes.get(at..)).unwrap_or_default();
                let read = rest.len().min(buffer.len());
                buffer[..read].copy_from_slice(&rest[..read]);
                read
            }
            Store::File { file, length, fault, .. } => {
                let wanted =
                    buffer.len().min(usize::try_from(length.saturating_sub(offset)).unwrap_or(usize::MAX));
                match fill(file, offset, &mut buffer[..wanted]) {
                    Ok(read) if read == wanted => read,
                    Ok(read) => {
                        fault.get_or_init(|| {
                            said("读取途中文件变短了", "the file became shorter while it was read")
                        });
                        read
                    }
                    Err(error) => {
                        fault.get_or_init(|| crate::system_words(&error));
                        0
                    }
                }
            }
        }
    }

    /// The bytes between two offsets, as far as they are there.
    pub(super) fn bytes(&self, from: u64, to: u64) -> Vec<u8> {
        let mut bytes = vec![0; usize::try_from(to.min(self.len()).saturating_sub(from)).unwrap_or(0)];
        let read = self.read_at(from, &mut bytes);
        bytes.truncate(read);
        bytes
    }

    /// All of it.
    pub(super) fn whole(&self) -> Vec<u8> {
        self.bytes(0, self.len())
    }

    /// What went wrong while the bytes were read, or that the file was changed since it was opened.
    pub(super) fn fault(&self) -> Option<Text> {
        let Store::File { file, length, modified, fault } = &*self.store else { return None };
        let now = file.metadata().ok();
        let changed = now.is_none_or(|now| now.len() != *length || now.modified().ok() != *modified);
        let told = || said("读取途中文件被改动了", "the file was changed while it was read");
        fault.get().cloned().or_else(|| changed.then(told))
    }

    /// Goes through all bytes from an offset on, in pieces that end with a line where lines are not too long. A
    /// longer one is cut after a byte that is a character of its own in every encoding but UTF-16, where it has any.
    pub(super) fn each_piece(&self, from: u64, visit: &mut dyn FnMut(u64, &[u8]) -> ControlFlow<()>) {
        if let Some(bytes) = self.borrowed().filter(|bytes| bytes.len() <= PIECE_AT_MOST) {
            let rest = usize::try_from(from).ok().and_then(|from| bytes.get(from..)).unwrap_or_default();
            let _ = visit(from, rest);
            return;
        }
        let (mut at, mut buffer, mut size) = (from, Vec::new(), PIECE);
        while at < self.len() {
            buffer.resize(size, 0);
            let read = self.read_at(at, &mut buffer);
            let bytes = &buffer[..read];
            let last = at + read as u64 >= self.len() || read < size;
            let end = match memchr::memrchr(b'\n', bytes) {
                _ if last => read,
                Some(feed) => feed + 1,
                None if size < PIECE_AT_MOST => {
                    size *= 2;
                    continue;
                }
                None => between_characters(bytes),
            };
            if end == 0 || visit(at, &bytes[..end]).is_break() {
                return;
            }
            (at, size) = (at + end as u64, PIECE);
        }
    }

    /// To be read like a file.
    pub(super) fn reader(&self) -> BlobReader {
        BlobReader { blob: self.clone(), at: 0 }
    }
}

fn said(zh: &str, en: &str) -> Text {
    Text { zh: zh.to_owned(), en: en.to_owned() }
}

/// The last place at which no character is cut, in any encoding but UTF-16: no byte below `0` is part of another's. The
/// end where there is no such byte.
fn between_characters(bytes: &[u8]) -> usize {
    let low = bytes.iter().rposition(|byte| *byte < b'0');
    // A line end of two bytes stays whole.
    low.map_or(bytes.len(), |at| if bytes[at] == b'\r' && at > 0 { at } else { at + 1 })
}

#[cfg(unix)]
fn read_some(file: &File, offset: u64, buffer: &mut [u8]) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, buffer, offset)
}

#[cfg(windows)]
fn read_some(file: &File, offset: u64, buffer: &mut [u8]) -> io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, buffer, offset)
}

fn fill(file: &File, offset: u64, buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match read_some(file, offset + filled as u64, &mut buffer[filled..]) {
            Ok(0) => break,
            Ok(read) => filled += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

/// Bytes on their way into a blob: in memory until they are many.
#[derive(Debug, Default)]
pub(super) struct Spool {
    memory: Vec<u8>,
    file: Option<File>,
}

impl Spool {
    /// What was written.
    pub(super) fn finish(self) -> io::Result<Blob> {
        let Some(mut file) = self.file else { return Ok(Blob::memory(self.memory)) };
        file.write_all(&self.memory)?;
        let metadata = file.metadata()?;
        Ok(Blob::of_file(file, &metadata))
    }
}

impl Write for Spool {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.memory.extend_from_slice(bytes);
        if self.memory.len() > IN_MEMORY {
            let file = match &mut self.file {
                Some(file) => file,
                None => self.file.insert(tempfile::tempfile()?),
            };
            file.write_all(&self.memory)?;
            self.memory.clear();
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A blob read like a file.
#[derive(Clone, Debug)]
pub(super) struct BlobReader {
    blob: Blob,
    at: u64,
}

impl Read for BlobReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.blob.read_at(self.at, buffer);
        self.at += read as u64;
        Ok(read)
    }
}

impl Seek for BlobReader {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.blob.len().checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = at.ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
        Ok(self.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_spooled_is_read_back_from_any_place_however_long_it_is() {
        for length in [0, 10, IN_MEMORY, IN_MEMORY + 1, 3 * IN_MEMORY + 17] {
            let bytes: Vec<u8> = (0..length).map(|at| (at % 251) as u8).collect();
            let (blob, stopped) = Blob::spool(&bytes[..], u64::MAX).expect("a blob");
            assert!(stopped.is_none() && blob.len() == length as u64 && blob.fault().is_none());
            assert!(blob.whole() == bytes);
            let half = length / 2;
            assert!(blob.bytes(half as u64, length as u64) == bytes[half..]);
        }
    }

    #[test]
    fn pieces_end_with_a_line_and_leave_nothing_out() {
        let line = format!("{},甲乙丙\r\n", "x".repeat(700));
        let text = line.repeat(20_000);
        let (blob, _) = Blob::spool(text.as_bytes(), u64::MAX).expect("a blob");
        let (mut read, mut pieces) = (Vec::new(), 0);
        blob.each_piece(3, &mut |at, bytes| {
            assert_eq!(at, read.len() as u64 + 3);
            assert!(bytes.ends_with(b"\n"));
            read.extend_from_slice(bytes);
            pieces += 1;
            ControlFlow::Continue(())
        });
        assert!(read == text.as_bytes()[3..] && pieces > 10);
    }

    #[test]
    fn a_line_without_end_is_cut_between_characters() {
        let (blob, _) = Blob::spool("甲,".repeat(4 << 20).as_bytes(), u64::MAX).expect("a blob");
        blob.each_piece(0, &mut |_, bytes| {
            assert!(bytes.len() <= PIECE_AT_MOST && std::str::from_utf8(bytes).is_ok());
            ControlFlow::Continue(())
        });
    }

    #[test]
    fn a_file_that_changes_while_it_is_read_is_noticed() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.csv");
        std::fs::write(&path, vec![b'x'; IN_MEMORY + 100]).expect("a file");
        let blob = Blob::file(File::open(&path).expect("a file")).expect("a blob");
        assert_eq!(blob.fault(), None);
        File::options().write(true).open(&path).and_then(|file| file.set_len(10)).expect("a shorter file");
        assert_eq!(blob.bytes(0, 100).len(), 10);
        assert!(blob.fault().is_some());
    }
}
