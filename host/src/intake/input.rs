//! One file: what it is by its content, and the parts in it.

use super::Intake;
use super::blob::Blob;
use super::compose::{self, Place, Reader};
use super::damage;
use super::packed::{self, Budget, Member, Package};
use super::problem::{Gravity, Problem, ProblemKind};
use super::records::{Records, json, parquet};
use super::sniff::{self, Content};
use super::text::{self, Undivided, named};
use super::walk::{Found, STDIN};
use super::workbook::{self, Loaded, Trouble};
use crate::manifest::Text;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::ops::ControlFlow;
use std::path::PathBuf;

/// A file that was opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Input {
    /// As people know it: relative to the folder given, with `/`.
    pub path: String,
    /// Where it is on this machine.
    #[serde(skip)]
    pub location: PathBuf,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// Its length.
    pub bytes: u64,
    /// What it is, by its content.
    pub format: Format,
}

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// Delimited text: CSV, TSV and their like.
    Text,
    /// An Office Open XML workbook, with macros or without.
    Xlsx,
    /// A binary workbook.
    Xlsb,
    /// A workbook as Excel saved them until 2003.
    Xls,
    /// An OpenDocument workbook.
    Ods,
    /// An array of records, or an object of such arrays.
    Json,
    /// One record per line.
    Ndjson,
    /// Columns of Apache Parquet.
    Parquet,
    /// Compressed by gzip; what is in it is an input of its own.
    Gzip,
    /// Compressed by zstd; what is in it is an input of its own.
    Zstd,
    /// A folder of files; each is an input of its own.
    Zip,
    /// Nothing that is read.
    Other,
}

impl Format {
    /// As the run record names it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Xlsx => "xlsx",
            Self::Xlsb => "xlsb",
            Self::Xls => "xls",
            Self::Ods => "ods",
            Self::Json => "json",
            Self::Ndjson => "ndjson",
            Self::Parquet => "parquet",
            Self::Gzip => "gzip",
            Self::Zstd => "zstd",
            Self::Zip => "zip",
            Self::Other => "other",
        }
    }
}

/// Bytes at most of a workbook: it is held in memory.
pub(super) const BYTES_AT_MOST: u64 = 2 << 30;

/// Reads a file and adds all that comes of it.
pub(super) fn read_one(file: Found, reader: &Reader<'_>, intake: &mut Intake) {
    match blob_of(&file) {
        Ok(blob) => {
            let mut budget = Budget::of(blob.len());
            read_blob(&blob, &file, &mut budget, reader, intake);
        }
        Err(kind) => intake.problems.push(Problem { input: None, path: file.shown, sheet: None, kind }),
    }
}

/// The same of bytes: of a file, or of a member of one.
fn read_blob(blob: &Blob, file: &Found, budget: &mut Budget, reader: &Reader<'_>, intake: &mut Intake) {
    let content = sniff::sniff(blob);
    let index = intake.inputs.len();
    intake.inputs.push(Input {
        path: file.shown.clone(),
        location: file.location.clone(),
        sha256: String::new(),
        bytes: blob.len(),
        format: content.format(),
    });
    // Where there are threads, the digest takes no time of its own; where there are none, a text's is taken while its
    // encoding is looked for.
    intake.inputs[index].sha256 = std::thread::scope(|scope| {
        let beside = reader.options.manner.jobs > 1 && blob.borrowed().is_none();
        let digest = beside.then(|| scope.spawn(|| digest(blob)));
        let mut taken = (content == Content::Text && !beside).then(Sha256::new);
        read_content(content, (blob, taken.as_mut()), (index, file), budget, reader, intake);
        let taken = || taken.map(|taken| crate::hex(&taken.finalize()));
        digest.and_then(|digest| digest.join().ok()).or_else(taken).unwrap_or_else(|| self::digest(blob))
    });
    if let Some(why) = blob.fault() {
        let kind = ProblemKind::Unreadable(why);
        intake.problems.push(Problem { input: Some(index), path: file.shown.clone(), sheet: None, kind });
    }
}

pub(super) fn digest(blob: &Blob) -> String {
    let mut digest = Sha256::new();
    blob.each_piece(0, &mut |_, bytes| {
        digest.update(bytes);
        ControlFlow::Continue(())
    });
    crate::hex(&digest.finalize())
}

fn read_content(
    content: Content,
    (blob, digest): (&Blob, Option<&mut text::Digest>),
    (index, file): (usize, &Found),
    budget: &mut Budget,
    reader: &Reader<'_>,
    intake: &mut Intake,
) {
    let problem = |kind| Problem { input: Some(index), path: file.shown.clone(), sheet: None, kind };
    if let Some((says, is)) = sniff::disagreement(&file.shown, &content) {
        intake.problems.push(problem(ProblemKind::Misnamed(says.to_owned(), is.to_owned())));
    }
    match content {
        Content::Empty => intake.problems.push(problem(ProblemKind::Empty)),
        Content::Text => read_text((blob, digest), index, file, reader, intake),
        Content::Book(_) if blob.len() > BYTES_AT_MOST => {
            intake.problems.push(problem(ProblemKind::TooLarge(blob.len(), BYTES_AT_MOST)));
        }
        Content::Book(kind) => {
            let bytes = blob.whole();
            if let Some(limit) = packed::bomb(&bytes) {
                return intake.problems.push(problem(ProblemKind::Bomb(limit)));
            }
            read_sheets(workbook::load(kind, &bytes), index, file, reader, intake);
        }
        Content::Json { lines } => read_json(blob, lines, index, file, reader, intake),
        Content::Parquet => {
            let records = parquet::load(blob, reader.options.manner);
            read_records(vec![(None, records)], index, file, reader, intake);
        }
        Content::Gzip | Content::Zstd | Content::Zip => {
            read_members(&content, blob, (index, file), budget, reader, intake);
        }
        Content::Encrypted => intake.problems.push(problem(ProblemKind::Encrypted)),
        Content::Damaged(why) => intake.problems.push(problem(ProblemKind::Damaged(why))),
        Content::Other(zh, en) => {
            let what = Text { zh: zh.to_owned(), en: en.to_owned() };
            let gravity =
                if sniff::is_named_like_a_table(&file.shown) { Gravity::Unchecked } else { Gravity::Note };
            intake.problems.push(problem(ProblemKind::Unsupported(what, gravity)));
        }
    }
}

/// Reads what is inside a compressed file or archive.
fn read_members(
    content: &Content,
    blob: &Blob,
    (input, file): (usize, &Found),
    budget: &mut Budget,
    reader: &Reader<'_>,
    intake: &mut Intake,
) {
    let problem = |intake: &mut Intake, input, path: &str, kind| {
        intake.problems.push(Problem { input, path: path.to_owned(), sheet: None, kind })
    };
    if !budget.enter() {
        return problem(intake, Some(input), &file.shown, ProblemKind::TooDeep);
    }
    match Package::open(content, blob, without_extension(&file.shown)) {
        Err(kind) => problem(intake, Some(input), &file.shown, kind),
        Ok((_, members)) if members.is_empty() => {
            problem(intake, Some(input), &file.shown, ProblemKind::EmptyFolder)
        }
        Ok((mut package, members)) => {
            for member in members {
                let inside = inside(content, file, &member);
                if member.strange_name {
                    problem(intake, Some(input), &inside.shown, ProblemKind::StrangeName);
                }
                match package.unpack(&member, budget) {
                    Ok(blob) => read_blob(&blob, &inside, budget, reader, intake),
                    Err(kind) => problem(intake, Some(input), &inside.shown, kind),
                }
            }
        }
    }
    budget.leave();
}

/// A member of a file, under the name reports know it by.
pub(super) fn inside(content: &Content, file: &Found, member: &Member) -> Found {
    let shown = match content {
        Content::Zip => format!("{}/{}", file.shown, member.name),
        _ => member.name.clone(),
    };
    Found { location: file.location.clone(), shown }
}

/// `a.csv.gz` is `a.csv` inside; a name without an ending stays as it is.
pub(super) fn without_extension(path: &str) -> &str {
    let lower = path.to_ascii_lowercase();
    let ends = [".gz", ".gzip", ".zst", ".zstd"].into_iter().find(|end| lower.ends_with(end));
    ends.map_or(path, |end| &path[..path.len() - end.len()])
}

pub(super) fn blob_of(file: &Found) -> Result<Blob, ProblemKind> {
    let unreadable = |error: std::io::Error| ProblemKind::Unreadable(crate::system_words(&error));
    if file.shown != STDIN {
        return File::open(&file.location).and_then(Blob::file).map_err(unreadable);
    }
    let (blob, stopped) = Blob::spool(std::io::stdin().lock(), u64::MAX).map_err(unreadable)?;
    stopped.map_or(Ok(blob), |error| Err(unreadable(error)))
}

/// The encoding a person named, if it is one.
fn given(
    reader: &Reader<'_>,
    input: usize,
    file: &Found,
    intake: &mut Intake,
) -> Option<&'static encoding_rs::Encoding> {
    let label = reader.options.encoding.as_deref()?;
    let given = named(label);
    if given.is_none() {
        let kind = ProblemKind::UnknownEncoding(label.to_owned());
        intake.problems.push(Problem { input: Some(input), path: file.shown.clone(), sheet: None, kind });
    }
    given
}

fn read_text(
    (blob, digest): (&Blob, Option<&mut text::Digest>),
    input: usize,
    file: &Found,
    reader: &Reader<'_>,
    intake: &mut Intake,
) {
    let problem = |kind| Problem { input: Some(input), path: file.shown.clone(), sheet: None, kind };
    let given = given(reader, input, file, intake);
    let undivided = match Undivided::new(blob.clone(), given, reader.options.manner, digest) {
        Ok(undivided) => undivided,
        Err(error) => {
            return intake.problems.push(problem(ProblemKind::Unreadable(crate::system_words(&error))));
        }
    };
    if undivided.is_blank() {
        return intake.problems.push(problem(ProblemKind::Empty));
    }
    compose::text(
        &undivided,
        &Place { input, path: &file.shown, sheet: None, hidden: false },
        reader,
        intake,
    );
}

fn read_json(blob: &Blob, lines: bool, input: usize, file: &Found, reader: &Reader<'_>, intake: &mut Intake) {
    let problem = |kind| Problem { input: Some(input), path: file.shown.clone(), sheet: None, kind };
    let given = given(reader, input, file, intake);
    let undivided = Undivided::new(blob.clone(), given, reader.options.manner, None);
    let read = undivided.and_then(|undivided| Ok((undivided.as_json()?, undivided)));
    let (text, undivided) = match read {
        Ok(read) => read,
        Err(error) => {
            return intake.problems.push(problem(ProblemKind::Unreadable(crate::system_words(&error))));
        }
    };
    let tables = match json::load(&text, lines) {
        Ok(tables) => tables.into_iter().map(|table| (table.name, table.records)).collect(),
        Err(trouble) => return intake.problems.push(problem(kind_of(trouble))),
    };
    let first = intake.parts.len();
    read_records(tables, input, file, reader, intake);
    damage::of_encoding(&undivided, input, intake);
    for part in &mut intake.parts[first..] {
        part.encoding = Some(undivided.found.clone());
    }
}

/// Adds the tables of a file of records.
fn read_records(
    tables: Vec<(Option<String>, Result<Records, Trouble>)>,
    input: usize,
    file: &Found,
    reader: &Reader<'_>,
    intake: &mut Intake,
) {
    let before = (intake.parts.len(), intake.problems.len(), intake.findings.len());
    for (name, records) in tables {
        match records {
            Ok(records) => {
                let place = Place { input, path: &file.shown, sheet: name.as_deref(), hidden: false };
                compose::records(records, &place, reader, intake);
            }
            Err(trouble) => {
                let kind = kind_of(trouble);
                intake.problems.push(Problem {
                    input: Some(input),
                    path: file.shown.clone(),
                    sheet: name,
                    kind,
                });
            }
        }
    }
    if before == (intake.parts.len(), intake.problems.len(), intake.findings.len()) {
        let (path, kind) = (file.shown.clone(), ProblemKind::Empty);
        intake.problems.push(Problem { input: Some(input), path, sheet: None, kind });
    }
}

/// Adds the sheets of a workbook.
fn read_sheets(
    loaded: Result<Vec<Loaded>, Trouble>,
    input: usize,
    file: &Found,
    reader: &Reader<'_>,
    intake: &mut Intake,
) {
    let problem =
        |sheet: Option<String>, kind| Problem { input: Some(input), path: file.shown.clone(), sheet, kind };
    let loaded = match loaded {
        Ok(loaded) => loaded,
        Err(trouble) => return intake.problems.push(problem(None, kind_of(trouble))),
    };
    let before = (intake.parts.len(), intake.problems.len(), intake.findings.len());
    for table in loaded {
        let place = Place { input, path: &file.shown, sheet: Some(&table.name), hidden: table.hidden };
        match table.sheet {
            Ok(sheet) => compose::sheet(sheet, &place, reader, intake),
            Err(trouble) => intake.problems.push(problem(Some(table.name.clone()), kind_of(trouble))),
        }
    }
    if before == (intake.parts.len(), intake.problems.len(), intake.findings.len()) {
        intake.problems.push(problem(None, ProblemKind::Empty));
    }
}

fn kind_of(trouble: Trouble) -> ProblemKind {
    match trouble {
        Trouble::Encrypted => ProblemKind::Encrypted,
        Trouble::Damaged(why) => ProblemKind::Damaged(why),
        Trouble::TooManyCells(limit) => ProblemKind::TooManyCells(limit),
        Trouble::Unreadable(why) => ProblemKind::Unreadable(why),
    }
}
