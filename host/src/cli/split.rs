//! `--split-by body`: a folder per body, ready to be sent back, and a page that lists them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use clap::ValueEnum as _;

use super::common::{self, either};
use super::output::make_folder;
use crate::audit::RunRecord;
use crate::manifest::Language;
use crate::report::packages::{self, FORMATS, Package, by_body};
use crate::report::store::{StoreError, write_whole};
use crate::report::{self, Format, Options};

/// Folders that packages are written into, and in which formats.
#[derive(Debug, Default)]
pub(super) struct Split {
    folders: BTreeMap<PathBuf, Vec<Format>>,
}

impl Split {
    /// Takes `FORMAT=FOLDER`; the error is a sentence.
    pub(super) fn add(&mut self, text: &str, language: Language) -> Result<(), String> {
        let (format, folder) = text.split_once('=').unwrap_or((text, ""));
        let formats = match Format::from_str(format, true) {
            _ if folder.is_empty() => Vec::new(),
            _ if format == "all" => FORMATS.to_vec(),
            Ok(format) if FORMATS.contains(&format) => vec![format],
            _ => Vec::new(),
        };
        if formats.is_empty() {
            let (text, known) = (crate::visible(text), FORMATS.map(Format::name).join(" "));
            return Err(either(
                language,
                format!("--report {text}:按单位拆开时应写成 格式=文件夹,格式有 {known},或 all=文件夹"),
                format!(
                    "--report {text}: with --split-by write FORMAT=FOLDER; there are {known}, or all=FOLDER"
                ),
            ));
        }
        make_folder(Path::new(folder), language)?;
        let known = self.folders.entry(PathBuf::from(folder)).or_default();
        for format in formats {
            if !known.contains(&format) {
                known.push(format);
            }
        }
        Ok(())
    }

    /// Where packages go.
    pub(super) fn folders(&self) -> impl Iterator<Item = &Path> {
        self.folders.keys().map(PathBuf::as_path)
    }

    /// Files that packages may take the place of. Bodies are known only after the run, so whatever folder is there
    /// already counts as one's.
    pub(super) fn targets(&self, language: Language) -> Vec<PathBuf> {
        let mut targets = Vec::new();
        for (folder, formats) in &self.folders {
            targets.push(folder.join(packages::index_name(language)));
            for own in fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
                targets.push(own.join(packages::notice_name(language)));
                targets.extend(formats.iter().map(|format| own.join(format.file_name())));
            }
        }
        targets
    }

    /// Writes the packages, and says on standard error how many.
    pub(super) fn write(self, record: &RunRecord, language: Language) -> Result<(), String> {
        if self.folders.is_empty() {
            return Ok(());
        }
        let packages = by_body(record, language);
        for (folder, formats) in &self.folders {
            for package in &packages {
                write_package(package, folder, formats, language)?;
            }
            let index = packages::index(record, &packages, language);
            put(&folder.join(packages::index_name(language)), &index, language)?;
            let (count, folder) = (packages.len(), crate::visible(&folder.display().to_string()));
            common::complain(&either(
                language,
                format!("按单位拆成 {count} 份,写入 {folder}"),
                format!("{count} packages by body written into {folder}"),
            ));
        }
        Ok(())
    }
}

fn write_package(
    package: &Package,
    folder: &Path,
    formats: &[Format],
    language: Language,
) -> Result<(), String> {
    let own = folder.join(&package.folder);
    make_folder(&own, language)?;
    let names: Vec<&str> = formats.iter().map(|format| format.file_name()).collect();
    for format in formats {
        let file = own.join(format.file_name());
        let bytes = report::render(&package.record, *format, Options::whole(language))
            .map_err(|error| StoreError::Write(file.clone(), error).sentence(language))?;
        let bytes = match format {
            Format::Text => anstream::adapter::strip_bytes(&bytes).into_vec(),
            _ => bytes,
        };
        put(&file, &bytes, language)?;
    }
    let notice = packages::notice(package, &names, language);
    put(&own.join(packages::notice_name(language)), &notice, language)
}

fn put(file: &Path, bytes: &[u8], language: Language) -> Result<(), String> {
    if file.is_dir() {
        let error = std::io::ErrorKind::IsADirectory.into();
        return Err(StoreError::Write(file.to_owned(), error).sentence(language));
    }
    write_whole(file, bytes).map_err(|error| StoreError::Write(file.to_owned(), error).sentence(language))
}
