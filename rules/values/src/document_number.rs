//! Document numbers and titles in a basis cell (政策依据), after GB/T 9704-2012 7.2.5.
//!
//! A cell lists several sources with any mixture of separators, so the whole cell is read at once by
//! [`references`]. What cannot be read is kept and told apart from what is broken; nothing is guessed.
//! Who issued a source is the question of [`crate::issuer`].

use crate::basis_cell::Cell;
use std::fmt;

/// What form a reference has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReferenceKind {
    /// `财税〔2016〕11号`
    Numbered,
    /// `国务院令第60号`, also written `国务院第60号令`
    Order,
    /// `财政部公告2021年第8号`
    Announcement,
    /// `海南省人民代表大会常务委员会公告第54号`
    CongressAnnouncement,
    /// `《教育法》`
    Title,
}

/// How a reference departs from the standard form.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Faults {
    /// The year is not in `〔〕`.
    pub bracket: bool,
    /// The number begins with 0.
    pub padded: bool,
    /// `第` stands before the number of a numbered document, where it does not belong.
    pub ordinal: bool,
    /// The year has two digits.
    pub two_digit_year: bool,
    /// The year stands before the issuer: `[1992]价费字198号`.
    pub year_first: bool,
}

/// One source a cell refers to.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Reference {
    /// What form it has.
    pub kind: ReferenceKind,
    /// As the cell writes it; only `23号` for a later number of a list.
    pub literal: String,
    /// Who issued it, as far as the form says: `财税`, `国务院`; for a title the title without 中华人民共和国.
    pub prefix: String,
    /// The year. Two digits from 50 on are taken as 19xx, below as 20xx.
    pub year: Option<i32>,
    /// The number in its year or series.
    pub number: Option<u32>,
    /// How it departs from the standard form.
    pub faults: Faults,
}

/// Everything a basis cell says, each kind in the order of the cell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct References {
    /// Numbers and titles that could be read.
    pub found: Vec<Reference>,
    /// Numbers that lost a bracket or digits: `财税〔202428号`, `财税〔2016〕号`.
    pub broken: Vec<String>,
    /// True if the cell, or a part of it, only points to the one above.
    pub ditto: bool,
    /// What is left and has a `号` in it.
    pub unparsed: Vec<String>,
}

impl Reference {
    /// The standard form: `财税〔2016〕11号`, `国务院令第60号`, `《教育法》`.
    #[must_use]
    pub fn canonical(&self) -> String {
        let (prefix, year, number) =
            (&self.prefix, self.year.unwrap_or_default(), self.number.unwrap_or_default());
        match self.kind {
            ReferenceKind::Numbered => format!("{prefix}〔{year}〕{number}号"),
            ReferenceKind::Order if self.year.is_some() => format!("{prefix}令{year}年第{number}号"),
            ReferenceKind::Order => format!("{prefix}令第{number}号"),
            ReferenceKind::Announcement if self.year.is_some() => format!("{prefix}公告{year}年第{number}号"),
            ReferenceKind::Announcement | ReferenceKind::CongressAnnouncement => {
                format!("{prefix}公告第{number}号")
            }
            ReferenceKind::Title => format!("《{prefix}》"),
        }
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.canonical())
    }
}

impl References {
    /// True if the cell names no source at all, readable or not.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.found.is_empty() && self.broken.is_empty() && self.unparsed.is_empty() && !self.ditto
    }
}

/// Reads a basis cell: titles, document numbers in every bracket, orders, announcements, lists that share a head.
///
/// Never fails: what cannot be read is among [`References::broken`] or [`References::unparsed`].
#[must_use]
pub fn references(text: &str) -> References {
    let mut cell = Cell::new(text);
    cell.cut_titles();
    cell.read_numbers();
    cell.into_references()
}

#[cfg(test)]
#[path = "document_number_tests.rs"]
mod tests;
