//! One file: what it is by its content, and the parts in it.

use super::compose::{self, Place, Reader};
use super::problem::{Gravity, Problem, ProblemKind};
use super::text::{Undivided, named};
use super::walk::Found;
use super::workbook::{self, Trouble};
use super::{Intake, sniff};
use crate::manifest::Text;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::fs;
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
    /// An Office Open XML workbook.
    Xlsx,
    /// Nothing that is read.
    Other,
}

/// Bytes of a file at most; it is held in memory.
pub(super) const BYTES_AT_MOST: u64 = 2 << 30;

/// Reads a file and adds all that comes of it.
pub(super) fn read_one(file: Found, reader: &Reader<'_>, intake: &mut Intake) {
    let problem = |input, kind| Problem { input, path: file.shown.clone(), sheet: None, kind };
    let bytes = match bytes_of(&file) {
        Ok(bytes) => bytes,
        Err(kind) => return intake.problems.push(problem(None, kind)),
    };
    let content = sniff::sniff(&bytes);
    let index = intake.inputs.len();
    intake.inputs.push(Input {
        path: file.shown.clone(),
        location: file.location.clone(),
        sha256: crate::hex(&Sha256::digest(&bytes)),
        bytes: bytes.len() as u64,
        format: content.format(),
    });
    if let Some((says, is)) = sniff::disagreement(&file.shown, &content) {
        intake.problems.push(problem(Some(index), ProblemKind::Misnamed(says.to_owned(), is.to_owned())));
    }
    match content {
        sniff::Content::Empty => intake.problems.push(problem(Some(index), ProblemKind::Empty)),
        sniff::Content::Text => read_text(bytes, index, &file, reader, intake),
        sniff::Content::Xlsx => read_workbook(&bytes, index, &file, reader, intake),
        sniff::Content::Encrypted => intake.problems.push(problem(Some(index), ProblemKind::Encrypted)),
        sniff::Content::Damaged(why) => intake.problems.push(problem(Some(index), ProblemKind::Damaged(why))),
        sniff::Content::Other(zh, en) => {
            let what = Text { zh: zh.to_owned(), en: en.to_owned() };
            let gravity =
                if sniff::is_named_like_a_table(&file.shown) { Gravity::Unchecked } else { Gravity::Note };
            intake.problems.push(problem(Some(index), ProblemKind::Unsupported(what, gravity)));
        }
    }
}

fn bytes_of(file: &Found) -> Result<Vec<u8>, ProblemKind> {
    let unreadable = |error: std::io::Error| ProblemKind::Unreadable(error.to_string());
    let length = fs::metadata(&file.location).map_err(unreadable)?.len();
    if length > BYTES_AT_MOST {
        return Err(ProblemKind::TooLarge(length, BYTES_AT_MOST));
    }
    fs::read(&file.location).map_err(unreadable)
}

fn read_text(bytes: Vec<u8>, input: usize, file: &Found, reader: &Reader<'_>, intake: &mut Intake) {
    let problem = |kind| Problem { input: Some(input), path: file.shown.clone(), sheet: None, kind };
    let label = reader.options.encoding.as_deref();
    let given = label.and_then(named);
    if let Some(label) = label.filter(|_| given.is_none()) {
        intake.problems.push(problem(ProblemKind::UnknownEncoding(label.to_owned())));
    }
    let undivided = Undivided::new(bytes, given);
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

fn read_workbook(bytes: &[u8], input: usize, file: &Found, reader: &Reader<'_>, intake: &mut Intake) {
    let problem =
        |sheet: Option<String>, kind| Problem { input: Some(input), path: file.shown.clone(), sheet, kind };
    let sheets = match workbook::load(bytes) {
        Ok(sheets) => sheets,
        Err(trouble) => return intake.problems.push(problem(None, kind_of(trouble))),
    };
    let before = (intake.parts.len(), intake.problems.len());
    for loaded in sheets {
        let place = Place { input, path: &file.shown, sheet: Some(&loaded.name), hidden: loaded.hidden };
        match loaded.sheet {
            Ok(sheet) => compose::sheet(sheet, &place, reader, intake),
            Err(trouble) => intake.problems.push(problem(Some(loaded.name.clone()), kind_of(trouble))),
        }
    }
    if before == (intake.parts.len(), intake.problems.len()) {
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
