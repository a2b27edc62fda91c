//! Where reports go: standard output in one format, files in any. Whether files can be written is tried before the run, so
//! that a wrong path is told before anybody waits.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, BufRead as _, BufReader};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use sha2::{Digest as _, Sha256};

use super::annotated;
use super::common::{self, either};
use super::split::Split;
use crate::audit::RunRecord;
use crate::audit::record::InputRecord;
use crate::manifest::Language;
use crate::report::store::StoreError;
use crate::report::{self, Format, Options};

/// Findings the text report shows per file and rule.
const SHOWN: usize = 5;

/// What reports are written.
#[derive(Clone, Debug, Args)]
pub(super) struct Output {
    /// 标准输出的格式 / format on standard output
    #[arg(
        long,
        value_enum,
        default_value = "text",
        hide_possible_values = true,
        value_name = "text|json|ndjson|csv|md|junit|sarif|html|xlsx"
    )]
    format: Format,
    /// 另写一份报告,如 csv=结果.csv;annotated=文件夹 给出标了问题的报送文件副本;all=文件夹 写出全部格式;可重复
    /// / also write a report, such as csv=FILE; annotated=FOLDER gives back marked copies of the files; all=FOLDER writes
    /// every format; repeatable
    #[arg(long = "report", value_name = "FORMAT=FILE")]
    reports: Vec<String>,
    /// 按单位拆开,每单位一个文件夹:整改通知和只含该单位问题的明细;此时 --report 写 格式=文件夹,格式为 html、xlsx、md、csv、text 或 all
    /// / one folder per body: a cover page and its findings only; --report then takes FORMAT=FOLDER
    #[arg(long, value_enum, hide_possible_values = true, value_name = "body", requires = "reports")]
    split_by: Option<SplitBy>,
    /// 文本报告逐条列出全部明细,同因的也不合并 / the text report shows every finding that was kept, one by one
    #[arg(long)]
    full: bool,
}

/// What a run may be taken apart by.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum SplitBy {
    Body,
}

impl Output {
    /// Tries the files; the error is a sentence.
    pub(super) fn open(&self, language: Language) -> Result<Files, String> {
        let mut files = Files::default();
        for text in &self.reports {
            let (format, file) = text.split_once('=').unwrap_or((text, ""));
            let path = Path::new(file);
            if self.split_by.is_some() && format != annotated::FOLDER {
                files.split.add(text, language)?;
                continue;
            }
            match (format, Format::from_str(format, true)) {
                ("all", _) if !file.is_empty() => {
                    make_folder(path, language)?;
                    for format in Format::ALL {
                        files.pending.push(Pending::open(format, path.join(format.file_name()), language)?);
                    }
                    files.annotated.get_or_insert(path.join(annotated::FOLDER));
                }
                (annotated::FOLDER, _) if !file.is_empty() => {
                    files.one_folder_for_copies(path, language)?;
                    make_folder(path, language)?;
                    files.annotated = Some(path.to_owned());
                    files.asked_for_copies = true;
                }
                (_, Ok(format)) if !file.is_empty() => {
                    files.pending.push(Pending::open(format, path.to_owned(), language)?);
                }
                _ => return Err(misspelt(text, language)),
            }
        }
        Ok(files)
    }

    /// Writes everything; copies of what was handed in, where the files are at hand.
    pub(super) fn write(
        &self,
        record: &RunRecord,
        files: Files,
        inputs: &[PathBuf],
        language: Language,
    ) -> Result<(), String> {
        let shown = if self.full { usize::MAX } else { SHOWN };
        let options = Options { language, width: common::width(), shown, unfold: self.full };
        let bytes = report::render(record, self.format, options)
            .map_err(|error| StoreError::Write(self.format.file_name().into(), error).sentence(language))?;
        if self.format == Format::Text {
            common::print(&String::from_utf8_lossy(&bytes));
        } else {
            common::print_bytes(&bytes);
        }
        files.pending.into_iter().try_for_each(|file| file.write(record, language))?;
        files.split.write(record, language)?;
        match files.annotated.filter(|_| !inputs.is_empty()) {
            Some(folder) => annotated::write(record, inputs, &folder, language),
            None => Ok(()),
        }
    }
}

/// Where reports will be written.
#[derive(Debug, Default)]
pub(super) struct Files {
    pending: Vec<Pending>,
    /// The folder for copies of what was handed in.
    annotated: Option<PathBuf>,
    /// Folders for packages by body.
    split: Split,
    /// They were asked for by name, not with all else.
    pub(super) asked_for_copies: bool,
}

impl Files {
    /// Copies or packages among the files they are made of would be taken for files handed in by the next run; the error
    /// is a sentence.
    pub(super) fn keep_copies_apart(&mut self, inputs: &[PathBuf], language: Language) -> Result<(), String> {
        if let Some(folder) = self.split.folders().find(|folder| lies_within(folder, inputs)) {
            return Err(among_inputs(folder, "按单位拆开的报告", "packages", language));
        }
        let Some(folder) = self.annotated.take_if(|folder| lies_within(folder, inputs)) else {
            return Ok(());
        };
        let sentence = among_inputs(&folder, "批注副本", "copies", language);
        if self.asked_for_copies {
            return Err(sentence);
        }
        common::complain(&sentence);
        Ok(())
    }

    /// All files that will be written where one may be already, when copies are made of these inputs (path, format).
    pub(super) fn targets<'a>(
        &self,
        inputs: impl Iterator<Item = (&'a str, &'a str)>,
        language: Language,
    ) -> Vec<PathBuf> {
        let mut targets = self.split.targets(language);
        targets.extend(self.pending.iter().map(|pending| pending.file.clone()));
        if let Some(folder) = &self.annotated {
            targets.extend(annotated::targets(folder, inputs));
        }
        targets
    }

    /// Copies go into one folder; of a second nobody would see that the first stays empty.
    fn one_folder_for_copies(&self, folder: &Path, language: Language) -> Result<(), String> {
        let Some(first) = self.annotated.as_deref().filter(|first| self.asked_for_copies && *first != folder)
        else {
            return Ok(());
        };
        let [first, second] = [first, folder].map(|path| crate::visible(&path.display().to_string()));
        Err(either(
            language,
            format!("--report annotated:写了两个文件夹 {first} 和 {second};批注副本只写入一个,请只留一个"),
            format!(
                "--report annotated: two folders, {first} and {second}; copies go into one, name one only"
            ),
        ))
    }
}

/// Whether a folder, there or not yet, is or lies within one of the folders among the inputs.
fn lies_within(folder: &Path, inputs: &[PathBuf]) -> bool {
    let real = |path: &Path| fs::canonicalize(path).ok();
    let folder =
        if folder.exists() { real(folder) } else { folder.parent().and_then(real) }.unwrap_or_default();
    let within = |input: &PathBuf| {
        real(input).filter(|input| input.is_dir()).is_some_and(|input| folder.starts_with(input))
    };
    inputs.iter().any(within)
}

fn among_inputs(folder: &Path, zh: &str, en: &str, language: Language) -> String {
    let shown = crate::visible(&folder.display().to_string());
    either(
        language,
        format!("{shown}:在要核查的文件夹里面,{zh}放在这里下次会被当作报送文件;请换一个文件夹"),
        format!(
            "{shown}: within a folder that is checked, where {en} would be taken for files next time; name another folder"
        ),
    )
}

fn misspelt(text: &str, language: Language) -> String {
    let formats = Format::ALL.map(Format::name).join(" ");
    let folders = annotated::FOLDER;
    let text = crate::visible(text);
    either(
        language,
        format!(
            "--report {text}:应写成 格式=文件,如 csv=结果.csv;格式有 {formats},或 {folders}=文件夹、all=文件夹"
        ),
        format!(
            "--report {text}: write FORMAT=FILE, such as csv=findings.csv; there are {formats}, or {folders}=FOLDER, all=FOLDER"
        ),
    )
}

/// Makes a folder for reports; the error is a sentence.
pub(super) fn make_folder(folder: &Path, language: Language) -> Result<(), String> {
    fs::create_dir_all(folder).map_err(|error| StoreError::Write(folder.to_owned(), error).sentence(language))
}

/// Those that are files of a run, byte for byte, wherever they lay then: a record does not say.
pub(super) fn handed_in<'t>(
    targets: &'t [PathBuf],
    inputs: &[InputRecord],
) -> impl Iterator<Item = &'t PathBuf> {
    targets.iter().filter(|target| {
        let bytes = fs::metadata(target).map_or(0, |found| found.len());
        let mut alike = inputs.iter().filter(|input| bytes > 0 && input.bytes == bytes).peekable();
        alike.peek().is_some() && digest(target).is_ok_and(|digest| alike.any(|input| input.sha256 == digest))
    })
}

fn digest(file: &Path) -> io::Result<String> {
    let (mut file, mut hash) = (BufReader::new(File::open(file)?), Sha256::new());
    loop {
        let read = file.fill_buf()?;
        if read.is_empty() {
            return Ok(crate::hex(&hash.finalize()));
        }
        hash.update(read);
        let count = read.len();
        file.consume(count);
    }
}

/// No report takes the place of a file that was handed in.
pub(super) fn spare_inputs<'a>(
    targets: &[PathBuf],
    inputs: impl Iterator<Item = &'a Path>,
    language: Language,
) -> Result<(), String> {
    let real = |path: &Path| fs::canonicalize(path).ok();
    let inputs: BTreeSet<PathBuf> = inputs.filter_map(real).collect();
    let Some(target) = targets.iter().find(|target| real(target).is_some_and(|path| inputs.contains(&path)))
    else {
        return Ok(());
    };
    let target = crate::visible(&target.display().to_string());
    Err(either(
        language,
        format!("{target}:这是要核查的文件,报告不能写在它上面;请换一个文件名"),
        format!("{target}: this is a file to be checked, no report may replace it; name another"),
    ))
}

/// A report's file: written beside its place, and put there when it is whole.
#[derive(Debug)]
pub(super) struct Pending {
    format: Format,
    file: PathBuf,
    unfinished: PathBuf,
}

impl Pending {
    fn open(format: Format, file: PathBuf, language: Language) -> Result<Self, String> {
        let mut unfinished = file.clone().into_os_string();
        unfinished.push(".partial");
        let unfinished = PathBuf::from(unfinished);
        let refused = |error| StoreError::Write(file.clone(), error).sentence(language);
        if file.is_dir() {
            return Err(refused(std::io::ErrorKind::IsADirectory.into()));
        }
        // Tried and taken away: it may lie among the files that are read next.
        File::create(&unfinished).and_then(|_| fs::remove_file(&unfinished)).map_err(refused)?;
        Ok(Self { format, file, unfinished })
    }

    fn write(self, record: &RunRecord, language: Language) -> Result<(), String> {
        let text = |bytes: Vec<u8>| match self.format {
            Format::Text => anstream::adapter::strip_bytes(&bytes).into_vec(),
            _ => bytes,
        };
        let written = report::render(record, self.format, Options::whole(language))
            .and_then(|bytes| fs::write(&self.unfinished, text(bytes)))
            .and_then(|()| fs::rename(&self.unfinished, &self.file));
        written.map_err(|error| StoreError::Write(self.file.clone(), error).sentence(language))
    }
}

impl Drop for Pending {
    /// Of a run that did not end, nothing stays.
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.unfinished);
    }
}
