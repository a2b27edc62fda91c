//! `--report annotated=FOLDER`: what was handed in, given back with marks. The one report that reads the files once more;
//! a file that is not as the record knows it gets no copy, and that is said.

use std::fs;
use std::path::{Path, PathBuf};

use super::common::{self, either};
use crate::audit::RunRecord;
use crate::intake::{self, Again};
use crate::manifest::Language;
use crate::report::annotated::{Annotator, names};
use crate::report::store;

/// The name of the folder where every format is written.
pub(super) const FOLDER: &str = "annotated";

/// The files that copies of these inputs (path, format) may be written to.
pub(super) fn targets<'a>(folder: &Path, inputs: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<PathBuf> {
    names(inputs).into_iter().flatten().map(|name| folder.join(name)).collect()
}

/// Writes the copies, and says on standard error how many, and of which files there is none.
pub(super) fn write(
    record: &RunRecord,
    inputs: &[PathBuf],
    folder: &Path,
    language: Language,
) -> Result<(), String> {
    let mut copies = Copies::new(record, folder, language);
    intake::again(inputs, &mut |file| copies.take(file));
    copies.tell()
}

struct Copies<'a> {
    record: &'a RunRecord,
    annotator: Annotator<'a>,
    names: Vec<[PathBuf; 2]>,
    folder: &'a Path,
    language: Language,
    /// Inputs that were met.
    seen: Vec<bool>,
    written: usize,
    complaints: Vec<String>,
    failed: Option<String>,
}

impl<'a> Copies<'a> {
    fn new(record: &'a RunRecord, folder: &'a Path, language: Language) -> Self {
        let inputs = &record.manifest.inputs;
        Self {
            record,
            annotator: Annotator::new(record, language),
            names: names(inputs.iter().map(|input| (input.path.as_str(), input.format.as_str()))),
            folder,
            language,
            seen: vec![false; inputs.len()],
            written: 0,
            complaints: Vec::new(),
            failed: None,
        }
    }

    fn say(&mut self, zh: String, en: String) {
        self.complaints.push(crate::visible(&either(self.language, zh, en)));
    }

    fn take(&mut self, file: &Again) {
        let mut inputs = self.record.manifest.inputs.iter();
        let Some(input) = inputs.position(|input| input.path == file.path) else { return };
        self.seen[input] = true;
        if self.failed.is_some() || !self.annotator.wants(input) {
            return;
        }
        let path = &file.path;
        if file.sha256() != self.record.manifest.inputs[input].sha256 {
            return self.say(
                format!("{path}:文件在核查之后有改动,没有制作批注副本;请重新核查"),
                format!(
                    "{path}: changed since it was checked, so no annotated copy was made; check it again"
                ),
            );
        }
        match self.annotator.copy(input, file) {
            Ok(marked) => {
                let [same, anew] = &self.names[input];
                let target = self.folder.join(if marked.anew { anew } else { same });
                match put(&target, &marked.bytes) {
                    Ok(()) => self.written += 1,
                    Err(error) => self.failed = Some(store::StoreError::Write(target, error).sentence(self.language)),
                }
            }
            Err(error) => self.say(
                format!("{path}:读不出单元格({error}),没有制作批注副本;问题见其他格式的报告"),
                format!("{path}: its cells cannot be read ({error}), so no annotated copy was made; see another report"),
            ),
        }
    }

    fn tell(mut self) -> Result<(), String> {
        if let Some(sentence) = self.failed {
            return Err(sentence);
        }
        for input in 0..self.seen.len() {
            if self.seen[input] || !self.annotator.wants(input) {
                continue;
            }
            let path = &self.record.manifest.inputs[input].path;
            match path.as_str() {
                "-" => self.say(
                    "标准输入读过一次就没有了,不能制作批注副本;请存成文件再核查".to_owned(),
                    "standard input cannot be read again for an annotated copy; save it as a file and check that".to_owned(),
                ),
                path => self.say(
                    format!("{path}:给出的路径里没有这个文件,没有制作批注副本"),
                    format!("{path}: not among the paths given, so no annotated copy was made"),
                ),
            }
        }
        for problem in &self.record.manifest.problems {
            let input = self.record.manifest.inputs.iter().position(|input| input.path == problem.path);
            if problem.gravity == crate::audit::record::ProblemGravity::Unchecked
                && input.is_some_and(|input| !self.annotator.wants(input))
            {
                let (zh, en) = (&problem.sentence.zh, &problem.sentence.en);
                self.complaints.push(crate::visible(&either(
                    self.language,
                    format!("{zh};没有制作批注副本"),
                    format!("{en}; no annotated copy was made"),
                )));
            }
        }
        self.complaints.iter().for_each(|sentence| common::complain(sentence));
        let (count, folder) = (self.written, crate::visible(&self.folder.display().to_string()));
        common::complain(&either(
            self.language,
            format!("批注副本 {count} 个,写入 {folder}"),
            format!("{count} annotated copies written into {folder}"),
        ));
        Ok(())
    }
}

fn put(target: &Path, bytes: &[u8]) -> std::io::Result<()> {
    if let Some(folder) = target.parent() {
        fs::create_dir_all(folder)?;
    }
    store::write_whole(target, bytes)
}
