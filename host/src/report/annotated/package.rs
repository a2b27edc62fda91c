//! The same XLSX with marks in it: every part of its package stays byte for byte, but for the sheets that have marks, the
//! styles, the notes, and the lists that name parts. Nothing is recalculated, no format is lost.
//!
//! What it cannot mend (strict Open XML, a workbook without styles) it says, and a fresh copy is made instead.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::{self, Cursor, Read as _, Write as _};

use quick_xml::escape::escape;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::super::xlsx::names::Names;
use super::marks::{At, Marks, Said, noted};
use super::parts::{
    MAIN, RELATIONS, before_end, last_sheet, legacy_drawing, related, relation, relation_of, resolved,
    sheets, targets,
};
use super::remarks::{Fate, remarks};
use super::styles::Styles;
use super::{Annotator, LIST_AT_MOST, list_name, merges, notes, sheet};

/// The package with its marks.
pub(super) fn marked(bytes: &[u8], said: &Said<'_>, annotator: &Annotator<'_>) -> io::Result<Vec<u8>> {
    let mut package = Package::open(bytes)?;
    let book = package.text("xl/workbook.xml")?;
    if !book.contains(MAIN) {
        return Err(refused("strict Open XML"));
    }
    let relations = package.text("xl/_rels/workbook.xml.rels")?;
    let sheets = sheets(&book, &targets(&relations));
    let before = package.text("xl/styles.xml")?;
    let mut styles = Styles::of(&before).ok_or_else(|| refused("no styles"))?;
    for (name, path) in &sheets {
        if let Some(marks) = said.sheets.get(name.as_str()).filter(|marks| !marks.is_empty()) {
            package.mark(path, marks, &mut styles)?;
        }
    }
    package.lists(&sheets, said, &styles, (&book, &relations), annotator)?;
    package.changed.insert("xl/styles.xml".to_owned(), styles.written(&before));
    package.save()
}

/// Parts by name; those changed or new beside the archive.
struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    changed: BTreeMap<String, String>,
    /// Names and types of new parts.
    types: Vec<(String, &'static str)>,
    /// Of this making; another has marked the file before, where it holds a list already.
    making: usize,
    number: usize,
}

fn refused(why: impl std::fmt::Display) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, why.to_string())
}

impl<'a> Package<'a> {
    fn open(bytes: &'a [u8]) -> io::Result<Self> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(refused)?;
        let is_free = |making: &usize| archive.index_for_name(&list_part(*making, 0)).is_none();
        let making = (0..).find(is_free).unwrap_or_default();
        Ok(Self { archive, changed: BTreeMap::new(), types: Vec::new(), making, number: 0 })
    }

    fn text(&mut self, name: &str) -> io::Result<String> {
        if let Some(text) = self.changed.get(name) {
            return Ok(text.clone());
        }
        let mut text = String::new();
        self.archive.by_name(name).map_err(refused)?.read_to_string(&mut text)?;
        Ok(text.trim_start_matches('\u{feff}').to_owned())
    }

    fn has(&self, name: &str) -> bool {
        self.changed.contains_key(name) || self.archive.index_for_name(name).is_some()
    }

    /// Colours the cells of a sheet and hangs notes on them.
    fn mark(&mut self, path: &str, marks: &Marks, styles: &mut Styles) -> io::Result<()> {
        self.number += 1;
        let xml = self.text(path)?;
        let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
        let relations_path = format!("{folder}/_rels/{file}.rels");
        let relations = if self.has(&relations_path) {
            self.text(&relations_path)?
        } else {
            format!("<Relationships xmlns=\"{PACKAGE_RELATIONS}\"></Relationships>")
        };
        let marks = &merges::shown(&xml, marks);
        let mut added = String::new();
        let words = relation_of(&relations, "/comments").map(|target| resolved(folder, &target));
        let fresh = self.words(words, marks, &mut added)?;
        // A sheet may have boxes of other kinds too; those of its notes it names itself.
        let boxes = legacy_drawing(&xml).and_then(|id| relation(&relations, &id));
        let link = self.boxes(boxes.map(|target| resolved(folder, &target)), &fresh, &mut added)?;
        self.changed.insert(relations_path, before_end(&relations, "Relationships", &added));
        let patched = sheet::patched(&xml, marks, styles, link.as_deref()).map_err(refused)?;
        self.changed.insert(path.to_owned(), patched);
        Ok(())
    }

    /// The words of a sheet's notes, in the part it has or a new one; the cells that had no note before.
    fn words(
        &mut self,
        part: Option<String>,
        marks: &Marks,
        added: &mut String,
    ) -> io::Result<Vec<(At, usize)>> {
        let existing = part.as_deref().map(|path| self.text(path)).transpose()?;
        let (text, fresh) = notes::comments(existing.as_deref(), &noted(marks));
        let (making, number) = (self.making, self.number);
        let path = part.unwrap_or_else(|| {
            let path = format!("xl/comments_mingcha{making}_{number}.xml");
            let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml";
            self.types.push((path.clone(), kind));
            added.push_str(&related(&format!("rIdMingcha{making}C"), "comments", &path));
            path
        });
        self.changed.insert(path, text);
        Ok(fresh)
    }

    /// The boxes these words stand in, likewise; the id a sheet has to name where they are in a new part.
    fn boxes(
        &mut self,
        part: Option<String>,
        fresh: &[(At, usize)],
        added: &mut String,
    ) -> io::Result<Option<String>> {
        let existing = part.as_deref().map(|path| self.text(path)).transpose()?;
        let text = notes::drawing(existing.as_deref(), fresh, self.making);
        let (making, number) = (self.making, self.number);
        let id = part.is_none().then(|| format!("rIdMingcha{making}V"));
        let path = part.unwrap_or_else(|| format!("xl/drawings/mingcha{making}_{number}.vml"));
        if let Some(id) = &id {
            added.push_str(&related(id, "vmlDrawing", &path));
        }
        self.changed.insert(path, text);
        Ok(id)
    }

    /// Adds the lists of findings.
    fn lists(
        &mut self,
        sheets: &[(String, String)],
        said: &Said<'_>,
        styles: &Styles,
        (book, relations): (&str, &str),
        annotator: &Annotator<'_>,
    ) -> io::Result<()> {
        let mut names = Names::default();
        for (name, _) in sheets {
            names.unique(name);
        }
        let known: BTreeSet<&str> = sheets.iter().map(|(name, _)| name.as_str()).collect();
        let above = remarks(said, &Fate::default(), annotator);
        let mut last = last_sheet(book);
        let (mut in_book, mut in_relations) = (String::new(), String::new());
        for number in 0..said.lines.len().div_ceil(LIST_AT_MOST).max(1) {
            last += 1;
            let name = names.unique(list_name(annotator.language));
            let (making, path) = (self.making, list_part(self.making, number));
            let from = number * LIST_AT_MOST;
            let lines = &said.lines[from..said.lines.len().min(from + LIST_AT_MOST)];
            let above = if number == 0 { &above[..] } else { &[] };
            self.changed.insert(path.clone(), sheet::list(above, lines, &known, styles, annotator.language));
            let _ = write!(
                in_book,
                "<sheet xmlns=\"{MAIN}\" xmlns:r=\"{RELATIONS}\" name=\"{}\" sheetId=\"{last}\" r:id=\"rIdMingcha{making}_{number}\"/>",
                escape(name.as_str())
            );
            in_relations.push_str(&related(&format!("rIdMingcha{making}_{number}"), "worksheet", &path));
            self.types
                .push((path, "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"));
        }
        self.changed.insert("xl/workbook.xml".to_owned(), before_end(book, "sheets", &in_book));
        let relations = before_end(relations, "Relationships", &in_relations);
        self.changed.insert("xl/_rels/workbook.xml.rels".to_owned(), relations);
        Ok(())
    }

    fn save(mut self) -> io::Result<Vec<u8>> {
        let types = self.text("[Content_Types].xml")?;
        let mut added = String::new();
        if !types.to_ascii_lowercase().contains("extension=\"vml\"") {
            added.push_str("<Default Extension=\"vml\" ContentType=\"application/vnd.openxmlformats-officedocument.vmlDrawing\"/>");
        }
        for (path, kind) in &self.types {
            let _ = write!(added, "<Override PartName=\"/{path}\" ContentType=\"{kind}\"/>");
        }
        self.changed.insert("[Content_Types].xml".to_owned(), before_end(&types, "Types", &added));
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for index in 0..self.archive.len() {
            let name =
                self.archive.by_index_raw(index).map_err(refused)?.name().map_err(refused)?.into_owned();
            match self.changed.remove(&name) {
                Some(text) => put(&mut writer, &name, &text)?,
                None => {
                    let part = self.archive.by_index_raw(index).map_err(refused)?;
                    writer.raw_copy_file(part).map_err(refused)?;
                }
            }
        }
        for (name, text) in &self.changed {
            put(&mut writer, name, text)?;
        }
        Ok(writer.finish().map_err(refused)?.into_inner())
    }
}

const PACKAGE_RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

fn list_part(making: usize, number: usize) -> String {
    format!("xl/worksheets/mingcha{making}_{number}.xml")
}

fn put(writer: &mut ZipWriter<Cursor<Vec<u8>>>, name: &str, text: &str) -> io::Result<()> {
    writer.start_file(name, SimpleFileOptions::default()).map_err(refused)?;
    writer.write_all(text.as_bytes())
}
