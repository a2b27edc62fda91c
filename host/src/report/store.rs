//! Run records on disk: a folder with `manifest.json` and `findings.ndjson`, or both in one JSON file.
//!
//! A record that is read is checked against the digest it carries: one that was edited is not a record.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::audit::RunRecord;
use crate::audit::record::{Finding, RunManifest, SCHEMA, canonical_block, canonical_line};
use crate::manifest::Language;

/// The manifest's file in the folder of a record.
pub const MANIFEST: &str = "manifest.json";
/// The findings' file in the folder of a record.
pub const FINDINGS: &str = "findings.ndjson";
/// All files of the folder.
pub const FILES: [&str; 2] = [MANIFEST, FINDINGS];

/// Why a record cannot be written or read.
#[derive(Debug)]
pub enum StoreError {
    /// A file or folder cannot be written.
    Write(PathBuf, io::Error),
    /// A file cannot be read.
    Read(PathBuf, io::Error),
    /// A file is not what it is called: line, and the library's own words.
    Form(PathBuf, usize, serde_json::Error),
    /// Another version of the record's shape.
    Schema(PathBuf, String),
    /// Findings or manifest are not what was sealed.
    Digest(PathBuf),
}

impl StoreError {
    /// What happened and what to do.
    #[must_use]
    pub fn sentence(&self, language: Language) -> String {
        match language {
            Language::Zh => self.zh(),
            Language::En => self.en(),
        }
    }

    fn zh(&self) -> String {
        match self {
            Self::Write(path, error) => {
                let why = crate::system_words(error).zh;
                format!("{}:写不进去({why}),请检查路径和权限", path.display())
            }
            Self::Read(path, error) => format!(
                "{}:读不出核查记录({});请给出 check --out 写成的文件夹,或 --format json 写成的文件",
                path.display(),
                crate::system_words(error).zh
            ),
            Self::Form(path, line, error) => {
                format!("{}:第 {line} 行不是核查记录({error});请用原始文件", path.display())
            }
            Self::Schema(path, found) => {
                format!("{}:记录的格式是 {found},本程序读 {SCHEMA};请用相应版本的 mingcha", path.display())
            }
            Self::Digest(path) => {
                format!("{}:内容与摘要不符,记录写成后被改动过;请用原始文件,或重新核查", path.display())
            }
        }
    }

    fn en(&self) -> String {
        match self {
            Self::Write(path, error) => {
                format!("{}: cannot be written ({error}); check path and permissions", path.display())
            }
            Self::Read(path, error) => format!(
                "{}: no run record can be read there ({error}); give the folder check --out wrote, or a file of --format json",
                path.display()
            ),
            Self::Form(path, line, error) => {
                format!(
                    "{}: line {line} is not part of a run record ({error}); use the original file",
                    path.display()
                )
            }
            Self::Schema(path, found) => format!(
                "{}: the record's form is {found}, this program reads {SCHEMA}; use the mingcha it belongs to",
                path.display()
            ),
            Self::Digest(path) => format!(
                "{}: what it says does not match its digest, so the record was changed; use the original, or check again",
                path.display()
            ),
        }
    }
}

/// The findings, one JSON object a line: what `findings_sha256` is the digest of.
#[must_use]
pub fn findings_bytes(record: &RunRecord) -> Vec<u8> {
    record.findings.iter().flat_map(canonical_line).collect()
}

/// Writes a record into a folder, which is made if need be.
///
/// # Errors
/// Where the folder or a file cannot be written.
pub fn save(record: &RunRecord, folder: &Path) -> Result<(), StoreError> {
    fs::create_dir_all(folder).map_err(|error| StoreError::Write(folder.to_owned(), error))?;
    for (name, bytes) in [(MANIFEST, canonical_block(&record.manifest)), (FINDINGS, findings_bytes(record))] {
        let file = folder.join(name);
        write_whole(&file, &bytes).map_err(|error| StoreError::Write(file, error))?;
    }
    Ok(())
}

/// Whole or not at all: a report that is cut off looks like a shorter report.
///
/// # Errors
/// Where the file cannot be written.
pub fn write_whole(file: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut unfinished = file.as_os_str().to_owned();
    unfinished.push(".partial");
    fs::write(&unfinished, bytes)?;
    fs::rename(&unfinished, file)
}

/// Reads a record: from its folder, its manifest, or one JSON file.
///
/// # Errors
/// Where there is none, where it has another form, or where it was changed.
pub fn load(path: &Path) -> Result<RunRecord, StoreError> {
    let manifest = if path.is_dir() { path.join(MANIFEST) } else { path.to_owned() };
    let bytes = fs::read(&manifest).map_err(|error| StoreError::Read(manifest.clone(), error))?;
    let form = |error: serde_json::Error| StoreError::Form(manifest.clone(), error.line(), error);
    let value: serde_json::Value = serde_json::from_slice(&bytes).map_err(form)?;
    let schema = value.pointer("/manifest/schema").or_else(|| value.get("schema"));
    let schema = schema.and_then(|schema| schema.as_str()).unwrap_or("?");
    if schema != SCHEMA {
        return Err(StoreError::Schema(manifest, crate::visible(schema)));
    }
    if value.get("manifest").is_some() {
        return checked(serde_json::from_value(value).map_err(form)?, path);
    }
    let head: RunManifest = serde_json::from_value(value).map_err(form)?;
    let file = manifest.with_file_name(FINDINGS);
    let bytes = fs::read(&file).map_err(|error| StoreError::Read(file.clone(), error))?;
    if crate::hex(&Sha256::digest(&bytes)) != head.findings_sha256 || head.digest() != head.record_sha256 {
        return Err(StoreError::Digest(path.to_owned()));
    }
    Ok(RunRecord { manifest: head, findings: findings(&bytes, &file)?, timings: None })
}

fn findings(bytes: &[u8], file: &Path) -> Result<Vec<Finding>, StoreError> {
    let lines = bytes.split(|byte| *byte == b'\n').enumerate().filter(|(_, line)| !line.is_empty());
    let finding = |(number, line): (usize, &[u8])| {
        serde_json::from_slice(line).map_err(|error| StoreError::Form(file.to_owned(), number + 1, error))
    };
    lines.map(finding).collect()
}

fn checked(mut record: RunRecord, path: &Path) -> Result<RunRecord, StoreError> {
    let claimed = record.manifest.record_sha256.clone();
    record.seal();
    if record.manifest.record_sha256 == claimed {
        Ok(record)
    } else {
        Err(StoreError::Digest(path.to_owned()))
    }
}
