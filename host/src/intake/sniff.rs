//! What a file is, from its first bytes and, for archives, from the names in it; never from its own name.

use super::blob::{Blob, BlobReader, PIECE};
use super::input::Format;
use super::records::json;
use super::text::{beginning, is_wide};
use super::workbook::BookKind;
use std::io::{BufReader, Read};

/// What a file is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Content {
    Empty,
    Text,
    /// JSON; of one line per record, if so.
    Json {
        lines: bool,
    },
    Parquet,
    Book(BookKind),
    Gzip,
    Zstd,
    /// A folder of files.
    Zip,
    /// A workbook behind a password.
    Encrypted,
    /// An archive that cannot be opened: the library's words.
    Damaged(String),
    /// Something else: Chinese and English name.
    Other(&'static str, &'static str),
}

impl Content {
    /// As the run record names it.
    pub(super) fn format(&self) -> Format {
        match self {
            Content::Text => Format::Text,
            Content::Json { lines: false } => Format::Json,
            Content::Json { lines: true } => Format::Ndjson,
            Content::Parquet => Format::Parquet,
            Content::Book(BookKind::Xlsx) => Format::Xlsx,
            Content::Book(BookKind::Xlsb) => Format::Xlsb,
            Content::Book(BookKind::Xls) => Format::Xls,
            Content::Book(BookKind::Ods) => Format::Ods,
            Content::Gzip => Format::Gzip,
            Content::Zstd => Format::Zstd,
            Content::Zip => Format::Zip,
            _ => Format::Other,
        }
    }
}

/// First bytes of what is not read.
const MAGIC: [(&[u8], &str, &str); 9] = [
    (b"%PDF", "PDF 文件", "a PDF file"),
    (b"Rar!", "RAR 压缩文件", "a RAR archive"),
    (b"7z\xbc\xaf", "7z 压缩文件", "a 7z archive"),
    (b"\x89PNG", "图片", "a picture"),
    (b"\xff\xd8\xff", "图片", "a picture"),
    (b"GIF8", "图片", "a picture"),
    (b"{\\rtf", "RTF 文档", "an RTF document"),
    (b"SQLite format 3", "数据库文件", "a database file"),
    (b"\x7fELF", "程序文件", "a program"),
];

/// Compound files: XLS, DOC, and workbooks with a password.
const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// First bytes of a zstd file.
const ZSTD: &[u8] = b"\x28\xb5\x2f\xfd";

/// Whether it is a compound file: an old Office document, or one behind a password.
pub(super) fn is_compound(bytes: &[u8]) -> bool {
    bytes.starts_with(COMPOUND)
}

/// Looks at a file.
pub(super) fn sniff(blob: &Blob) -> Content {
    let bytes = &blob.bytes(0, 1 << 20)[..];
    if bytes.is_empty() {
        return Content::Empty;
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return archive(blob);
    }
    if bytes.starts_with(COMPOUND) {
        return compound(blob);
    }
    let packed = [(&b"PAR1"[..], Content::Parquet), (b"\x1f\x8b", Content::Gzip), (ZSTD, Content::Zstd)];
    if let Some((_, content)) = packed.into_iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return content;
    }
    if let Some((_, zh, en)) = MAGIC.iter().find(|(magic, ..)| bytes.starts_with(magic)) {
        return Content::Other(zh, en);
    }
    // Padding at the end says nothing of what stands before it.
    let start = bytes[..bytes.len().min(4096)].trim_ascii_end();
    let start = &start[..start.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1)];
    let controls = start
        .iter()
        .filter(|byte| **byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x1a | 0x0c))
        .count();
    if controls * 20 > start.len() && !is_wide(bytes) {
        return Content::Other("二进制文件", "a binary file");
    }
    let opening = beginning(bytes);
    let words: String = opening.chars().take(64).collect::<String>().to_ascii_lowercase();
    if ["<!doctype html", "<html", "<table", "<head"].iter().any(|tag| words.starts_with(tag)) {
        return Content::Other("网页(HTML)文件", "a web page (HTML)");
    }
    if words.starts_with("<?xml") {
        return Content::Other("XML 文件", "an XML file");
    }
    let after = |open: char| opening.strip_prefix(open).map(|rest| rest.trim_start().chars().next());
    if matches!(after('{'), Some(Some('"' | '}'))) || matches!(after('['), Some(Some('{' | '[' | ']'))) {
        return Content::Json { lines: json::is_by_line(&opening) };
    }
    Content::Text
}

fn archive(blob: &Blob) -> Content {
    let mut archive = match zip::ZipArchive::new(BufReader::new(blob.reader())) {
        Ok(archive) => archive,
        Err(error) => return Content::Damaged(error.to_string()),
    };
    let spreadsheet = is_spreadsheet(&mut archive);
    let has = |name: &str| archive.file_names().flatten().any(|file| file.eq_ignore_ascii_case(name));
    let under = |folder: &str| archive.file_names().flatten().any(|file| file.starts_with(folder));
    if has("xl/workbook.bin") {
        Content::Book(BookKind::Xlsb)
    } else if under("xl/") {
        Content::Book(BookKind::Xlsx)
    } else if under("word/") {
        Content::Other("Word 文档", "a Word document")
    } else if under("ppt/") {
        Content::Other("演示文稿", "a presentation")
    } else if has("content.xml") && spreadsheet {
        Content::Book(BookKind::Ods)
    } else if has("content.xml") {
        Content::Other("OpenDocument 文件", "an OpenDocument file")
    } else {
        Content::Zip
    }
}

fn is_spreadsheet(archive: &mut zip::ZipArchive<BufReader<BlobReader>>) -> bool {
    let mut kind = String::new();
    let read = archive.by_name("mimetype").map(|file| file.take(128).read_to_string(&mut kind));
    matches!(read, Ok(Ok(_))) && kind.contains("opendocument.spreadsheet")
}

fn compound(blob: &Blob) -> Content {
    match holds(blob, ["EncryptedPackage", "Workbook", "Book"]) {
        [true, ..] => Content::Encrypted,
        [_, false, false] => Content::Other("旧版 Office 文档", "an old Office document"),
        _ => Content::Book(BookKind::Xls),
    }
}

/// Which of these names a compound file has anywhere; a piece of it at a time, as it may be of any length.
fn holds<const N: usize>(blob: &Blob, names: [&str; N]) -> [bool; N] {
    let names = names.map(|name| name.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>());
    let overlap = names.iter().map(Vec::len).max().unwrap_or(0);
    let (mut found, mut buffer, mut at) = ([false; N], vec![0; PIECE], 0);
    loop {
        let read = blob.read_at(at, &mut buffer);
        for (found, name) in found.iter_mut().zip(&names) {
            *found |= memchr::memmem::find(&buffer[..read], name).is_some();
        }
        if read < buffer.len() {
            return found;
        }
        at += (read - overlap) as u64;
    }
}

fn extension(path: &str) -> String {
    path.rsplit('/')
        .next()
        .and_then(|file| file.rsplit_once('.'))
        .map_or_else(String::new, |(_, end)| end.to_ascii_lowercase())
}

/// What a kind of file is called.
fn kind(content: &Content) -> Option<&'static str> {
    Some(match content {
        Content::Text => "CSV",
        Content::Json { lines: false } => "JSON",
        Content::Json { lines: true } => "NDJSON",
        Content::Parquet => "Parquet",
        Content::Book(BookKind::Xlsx) => "XLSX",
        Content::Book(BookKind::Xlsb) => "XLSB",
        Content::Book(BookKind::Xls) => "XLS",
        Content::Book(BookKind::Ods) => "ODS",
        Content::Gzip => "gzip",
        Content::Zstd => "zstd",
        Content::Zip => "ZIP",
        _ => return None,
    })
}

/// What the name says and what the file is, where it can be read but they differ.
pub(super) fn disagreement(path: &str, content: &Content) -> Option<(&'static str, &'static str)> {
    let says = match extension(path).as_str() {
        "csv" | "tsv" => "CSV",
        "xlsx" | "xlsm" => "XLSX",
        "xls" | "et" => "XLS",
        "xlsb" => "XLSB",
        "ods" => "ODS",
        "pdf" => "PDF",
        "doc" | "docx" => "Word",
        "json" => "JSON",
        "ndjson" | "jsonl" => "NDJSON",
        "parquet" => "Parquet",
        "gz" => "gzip",
        "zst" => "zstd",
        "zip" => "ZIP",
        _ => return None,
    };
    let is = kind(content)?;
    let akin = ["JSON", "NDJSON"].contains(&says) && ["JSON", "NDJSON"].contains(&is);
    (says != is && !akin).then_some((says, is))
}

/// Whether somebody meant the file as a table.
pub(super) fn is_named_like_a_table(path: &str) -> bool {
    const TABLES: [&str; 16] = [
        "csv", "tsv", "txt", "xlsx", "xlsm", "xls", "xlsb", "ods", "et", "parquet", "ndjson", "jsonl", "gz",
        "zst", "zip", "tab",
    ];
    TABLES.contains(&extension(path).as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sniff(bytes: &[u8]) -> Content {
        super::sniff(&Blob::memory(bytes.to_vec()))
    }

    #[test]
    fn content_decides_and_the_name_is_only_compared() {
        assert_eq!(sniff(b""), Content::Empty);
        assert_eq!(sniff("部门,项目\n".as_bytes()), Content::Text);
        assert_eq!(sniff(b"%PDF-1.4"), Content::Other("PDF 文件", "a PDF file"));
        assert_eq!(sniff(b"<html><table>"), Content::Other("网页(HTML)文件", "a web page (HTML)"));
        assert!(matches!(sniff(b"PK\x03\x04broken"), Content::Damaged(_)));
        assert_eq!(disagreement("a/b.xlsx", &Content::Text), Some(("XLSX", "CSV")));
        assert_eq!(disagreement("b.csv", &Content::Book(BookKind::Xlsx)), Some(("CSV", "XLSX")));
        assert_eq!(disagreement("b.txt", &Content::Text), None);
    }

    #[test]
    fn the_names_in_a_compound_file_are_found_wherever_they_stand() {
        let wide = |name: &str| name.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        for (name, is) in
            [("Workbook", Content::Book(BookKind::Xls)), ("EncryptedPackage", Content::Encrypted)]
        {
            for before in [0, 100, (1 << 20) - 9 - COMPOUND.len(), (1 << 20) - COMPOUND.len(), 3 << 20] {
                let bytes = [COMPOUND, &vec![0; before], &wide(name), &[0; 70]].concat();
                assert_eq!(sniff(&bytes), is, "{name} after {before}");
                assert_eq!(super::sniff(&Blob::on_disk(&bytes)), is, "{name} after {before}");
            }
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_something(bytes in prop::collection::vec(any::<u8>(), 0..200), magic in 0..11_usize) {
            let magic = [COMPOUND, b"PK\x03\x04"].into_iter().chain(MAGIC.iter().map(|m| m.0)).nth(magic).unwrap_or_default();
            let _ = sniff(&[magic, &bytes].concat());
        }
    }
}
