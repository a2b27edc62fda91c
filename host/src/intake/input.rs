//! One file: what it is by its content, and the parts in it.

use super::Intake;
use super::compose::{self, Place, Reader};
use super::packed::{self, Budget, Member};
use super::problem::{Gravity, Problem, ProblemKind};
use super::records::{json, parquet};
use super::sniff::{self, Content};
use super::text::{self, Undivided, named};
use super::walk::{Found, STDIN};
use super::workbook::{self, Loaded, Trouble};
use crate::manifest::Text;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::fs;
use std::io::Read;
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

/// Bytes of a file at most; it is held in memory.
pub(super) const BYTES_AT_MOST: u64 = 2 << 30;

/// Reads a file and adds all that comes of it.
pub(super) fn read_one(file: Found, reader: &Reader<'_>, intake: &mut Intake) {
    match bytes_of(&file) {
        Ok(bytes) => {
            let mut budget = Budget::of(bytes.len() as u64);
            read_bytes(bytes, &file, &mut budget, reader, intake);
        }
        Err(kind) => intake.problems.push(Problem { input: None, path: file.shown, sheet: None, kind }),
    }
}

/// The same of bytes: of a file, or of a member of one.
fn read_bytes(bytes: Vec<u8>, file: &Found, budget: &mut Budget, reader: &Reader<'_>, intake: &mut Intake) {
    let content = sniff::sniff(&bytes);
    let index = intake.inputs.len();
    let problem = |kind| Problem { input: Some(index), path: file.shown.clone(), sheet: None, kind };
    intake.inputs.push(Input {
        path: file.shown.clone(),
        location: file.location.clone(),
        sha256: crate::hex(&Sha256::digest(&bytes)),
        bytes: bytes.len() as u64,
        format: content.format(),
    });
    if let Some((says, is)) = sniff::disagreement(&file.shown, &content) {
        intake.problems.push(problem(ProblemKind::Misnamed(says.to_owned(), is.to_owned())));
    }
    match content {
        Content::Empty => intake.problems.push(problem(ProblemKind::Empty)),
        Content::Text => read_text(bytes, index, file, reader, intake),
        Content::Book(_) if packed::is_bomb(&bytes) => {
            intake.problems.push(problem(ProblemKind::Bomb(BYTES_AT_MOST)));
        }
        Content::Book(kind) => read_tables(workbook::load(kind, &bytes), true, index, file, reader, intake),
        Content::Json { lines } => {
            let (text, original) = text::decoded(&bytes, given(reader, index, file, intake));
            read_tables(json::load(&text, lines), original, index, file, reader, intake);
        }
        Content::Parquet => read_tables(parquet::load(bytes), false, index, file, reader, intake),
        Content::Gzip | Content::Zstd | Content::Zip => {
            read_members(&content, &bytes, (index, file), budget, reader, intake);
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
    bytes: &[u8],
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
    let members = if *content == Content::Zip {
        packed::members(bytes, budget)
    } else {
        let inside = without_extension(&file.shown).to_owned();
        let content = packed::inflated(content, bytes, budget);
        Ok(vec![Member { name: inside, content, strange_name: false }])
    };
    match members {
        Err(kind) => problem(intake, Some(input), &file.shown, kind),
        Ok(members) if members.is_empty() => {
            problem(intake, Some(input), &file.shown, ProblemKind::EmptyFolder)
        }
        Ok(members) => {
            for member in members {
                let shown = match content {
                    Content::Zip => format!("{}/{}", file.shown, member.name),
                    _ => member.name,
                };
                let inside = Found { location: file.location.clone(), shown };
                if member.strange_name {
                    problem(intake, Some(input), &inside.shown, ProblemKind::StrangeName);
                }
                match member.content {
                    Ok(bytes) => read_bytes(bytes, &inside, budget, reader, intake),
                    Err(kind) => problem(intake, Some(input), &inside.shown, kind),
                }
            }
        }
    }
    budget.leave();
}

/// `a.csv.gz` is `a.csv` inside; a name without an ending stays as it is.
fn without_extension(path: &str) -> &str {
    let lower = path.to_ascii_lowercase();
    let ends = [".gz", ".gzip", ".zst", ".zstd"].into_iter().find(|end| lower.ends_with(end));
    ends.map_or(path, |end| &path[..path.len() - end.len()])
}

fn bytes_of(file: &Found) -> Result<Vec<u8>, ProblemKind> {
    let unreadable = |error: std::io::Error| ProblemKind::Unreadable(crate::system_words(&error));
    let mut bytes = Vec::new();
    // What a file says of its length need not hold: it may be a pipe, or grow.
    if file.shown == STDIN {
        std::io::stdin().lock().take(BYTES_AT_MOST + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    } else {
        let opened = fs::File::open(&file.location).map_err(unreadable)?;
        let length = opened.metadata().map_err(unreadable)?.len();
        if length > BYTES_AT_MOST {
            return Err(ProblemKind::TooLarge(length, BYTES_AT_MOST));
        }
        bytes.reserve(length as usize);
        opened.take(BYTES_AT_MOST + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    }
    if bytes.len() as u64 > BYTES_AT_MOST {
        return Err(ProblemKind::TooLarge(bytes.len() as u64, BYTES_AT_MOST));
    }
    Ok(bytes)
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

fn read_text(bytes: Vec<u8>, input: usize, file: &Found, reader: &Reader<'_>, intake: &mut Intake) {
    let problem = |kind| Problem { input: Some(input), path: file.shown.clone(), sheet: None, kind };
    let undivided = Undivided::new(bytes, given(reader, input, file, intake));
    if undivided.is_blank() {
        return intake.problems.push(problem(ProblemKind::Empty));
    }
    compose::text(
        &undivided,
        &Place { input, path: &file.shown, sheet: None, hidden: false, original: true },
        reader,
        intake,
    );
}

/// Adds the sheets of a workbook, or the tables of a file of records.
fn read_tables(
    loaded: Result<Vec<Loaded>, Trouble>,
    original: bool,
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
        let place =
            Place { input, path: &file.shown, sheet: table.name.as_deref(), hidden: table.hidden, original };
        match table.sheet {
            Ok(sheet) => compose::sheet(sheet, &place, reader, intake),
            Err(trouble) => intake.problems.push(problem(table.name.clone(), kind_of(trouble))),
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
    }
}
