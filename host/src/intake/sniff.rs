//! What a file is, from its first bytes and, for archives, from the names in it; never from its own name.

use super::input::Format;
use std::io::Cursor;

/// What a file is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Content {
    Empty,
    Text,
    Xlsx,
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
            Content::Xlsx => Format::Xlsx,
            _ => Format::Other,
        }
    }
}

/// First bytes of what is not read.
const MAGIC: [(&[u8], &str, &str); 12] = [
    (b"%PDF", "PDF 文件", "a PDF file"),
    (b"PAR1", "Parquet 文件", "a Parquet file"),
    (b"\x1f\x8b", "gzip 压缩文件", "a gzip file"),
    (b"\x28\xb5\x2f\xfd", "zstd 压缩文件", "a zstd file"),
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

/// Looks at the bytes of a whole file.
pub(super) fn sniff(bytes: &[u8]) -> Content {
    if bytes.is_empty() {
        return Content::Empty;
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return archive(bytes);
    }
    if bytes.starts_with(COMPOUND) {
        return compound(bytes);
    }
    if let Some((_, zh, en)) = MAGIC.iter().find(|(magic, ..)| bytes.starts_with(magic)) {
        return Content::Other(zh, en);
    }
    let start = &bytes[..bytes.len().min(4096)];
    let utf_16 = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
    let controls = start
        .iter()
        .filter(|byte| **byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x1a | 0x0c))
        .count();
    if !utf_16 && controls * 20 > start.len() {
        return Content::Other("二进制文件", "a binary file");
    }
    let words =
        String::from_utf8_lossy(start).trim_start_matches('\u{feff}').trim_start().to_ascii_lowercase();
    if ["<!doctype html", "<html", "<table", "<head"].iter().any(|tag| words.starts_with(tag)) {
        return Content::Other("网页(HTML)文件", "a web page (HTML)");
    }
    if words.starts_with("<?xml") {
        return Content::Other("XML 文件", "an XML file");
    }
    Content::Text
}

fn archive(bytes: &[u8]) -> Content {
    let archive = match zip::ZipArchive::new(Cursor::new(bytes)) {
        Ok(archive) => archive,
        Err(error) => return Content::Damaged(error.to_string()),
    };
    let has = |name: &str| archive.file_names().flatten().any(|file| file.eq_ignore_ascii_case(name));
    let under = |folder: &str| archive.file_names().flatten().any(|file| file.starts_with(folder));
    if has("xl/workbook.bin") {
        Content::Other("XLSB 工作簿", "an XLSB workbook")
    } else if under("xl/") {
        Content::Xlsx
    } else if under("word/") {
        Content::Other("Word 文档", "a Word document")
    } else if under("ppt/") {
        Content::Other("演示文稿", "a presentation")
    } else if has("content.xml") {
        Content::Other("OpenDocument 文件", "an OpenDocument file")
    } else {
        Content::Other("ZIP 压缩文件", "a ZIP archive")
    }
}

fn compound(bytes: &[u8]) -> Content {
    let holds = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        memchr::memmem::find(bytes, &wide).is_some()
    };
    if holds("EncryptedPackage") {
        Content::Encrypted
    } else if holds("Workbook") || holds("Book") {
        Content::Other("旧版 XLS 工作簿", "an old XLS workbook")
    } else {
        Content::Other("旧版 Office 文档", "an old Office document")
    }
}

fn extension(path: &str) -> String {
    path.rsplit('/')
        .next()
        .and_then(|file| file.rsplit_once('.'))
        .map_or_else(String::new, |(_, end)| end.to_ascii_lowercase())
}

/// What the name says and what the file is, where it can be read but they differ.
pub(super) fn disagreement(path: &str, content: &Content) -> Option<(&'static str, &'static str)> {
    let says = match extension(path).as_str() {
        "csv" | "tsv" => "CSV",
        "xlsx" | "xlsm" => "XLSX",
        "xls" => "XLS",
        "xlsb" => "XLSB",
        "ods" => "ODS",
        "pdf" => "PDF",
        "doc" | "docx" => "Word",
        "json" => "JSON",
        "zip" => "ZIP",
        _ => return None,
    };
    match content {
        Content::Text if !matches!(says, "CSV" | "JSON") => Some((says, "CSV")),
        Content::Xlsx if says != "XLSX" => Some((says, "XLSX")),
        _ => None,
    }
}

/// Whether somebody meant the file as a table.
pub(super) fn is_named_like_a_table(path: &str) -> bool {
    const TABLES: [&str; 13] =
        ["csv", "tsv", "txt", "xlsx", "xlsm", "xls", "xlsb", "ods", "et", "parquet", "ndjson", "gz", "zip"];
    TABLES.contains(&extension(path).as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn content_decides_and_the_name_is_only_compared() {
        assert_eq!(sniff(b""), Content::Empty);
        assert_eq!(sniff("部门,项目\n".as_bytes()), Content::Text);
        assert_eq!(sniff(b"%PDF-1.4"), Content::Other("PDF 文件", "a PDF file"));
        assert_eq!(sniff(b"<html><table>"), Content::Other("网页(HTML)文件", "a web page (HTML)"));
        assert!(matches!(sniff(b"PK\x03\x04broken"), Content::Damaged(_)));
        assert_eq!(disagreement("a/b.xlsx", &Content::Text), Some(("XLSX", "CSV")));
        assert_eq!(disagreement("b.csv", &Content::Xlsx), Some(("CSV", "XLSX")));
        assert_eq!(disagreement("b.txt", &Content::Text), None);
    }

    proptest! {
        #[test]
        fn any_bytes_are_something(bytes in prop::collection::vec(any::<u8>(), 0..200), magic in 0..14_usize) {
            let magic = [COMPOUND, b"PK\x03\x04"].into_iter().chain(MAGIC.iter().map(|m| m.0)).nth(magic).unwrap_or_default();
            let _ = sniff(&[magic, &bytes].concat());
        }
    }
}
