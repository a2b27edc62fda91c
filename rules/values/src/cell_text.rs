//! Looking backwards through the characters of a basis cell. Every place is counted in characters, and nothing
//! looks before `free`, where the reference before ended.

use crate::text::{narrow, trimmed};
use std::ops::{Deref, DerefMut};

/// Words before a number that do not belong to it.
const LEADS: [&str; 14] =
    ["根据", "依据", "按照", "依照", "参照", "以及", "经", "见", "按", "和", "及", "与", "或", "等"];

/// The characters of a cell, digits and letters in ASCII.
pub(crate) struct CellText(Vec<char>);

impl CellText {
    /// The same places as in `literal`.
    pub(crate) fn new(literal: &[char]) -> Self {
        let ascii = |c: &char| if narrow(*c).is_ascii_alphanumeric() { narrow(*c) } else { *c };
        Self(literal.iter().map(ascii).collect())
    }

    /// Where up to `most` Han characters before `end` begin, words such as 根据 left out.
    pub(crate) fn head_start(&self, end: usize, free: usize, most: usize) -> usize {
        let han = (free..end).rev().take_while(|at| is_han(self.0[*at])).count().min(most);
        self.without_leads(end - han, end)
    }

    /// Where the name of a body or several (`财政部 税务总局`) before `end` begins.
    pub(crate) fn body_start(&self, end: usize, free: usize) -> usize {
        let joins = |c: char| is_han(c) || matches!(c, ' ' | '\u{3000}' | '\u{a0}' | '、' | '…');
        let count = (free..end).rev().take_while(|at| joins(self.0[*at])).count();
        let names = (end - count..end).find(|at| is_han(self.0[*at])).unwrap_or(end);
        self.without_leads(names, end)
    }

    fn without_leads(&self, start: usize, end: usize) -> usize {
        let head: String = self.0[start..end].iter().collect();
        let lead = LEADS.iter().find(|lead| head.starts_with(*lead) && head.len() > lead.len());
        lead.map_or(start, |lead| start + lead.chars().count())
    }

    /// True if only a comma, 、, 和 or 及 lies between.
    pub(crate) fn joins(&self, from: usize, to: usize) -> bool {
        let between: String = self.0.get(from..to).unwrap_or_default().iter().collect();
        matches!(trimmed(&between), "、" | "," | "，" | "和" | "及" | "/")
    }

    /// The first place of a character not before `from`.
    pub(crate) fn find(&self, mark: char, from: usize) -> Option<usize> {
        self.0.iter().skip(from).position(|c| *c == mark).map(|at| from + at)
    }

    /// The character before `end`, unless that is before `free`.
    pub(crate) fn char_before(&self, end: usize, free: usize) -> Option<char> {
        (end > free).then(|| self.0[end - 1])
    }

    /// Where the spaces before `end` begin.
    pub(crate) fn skip_spaces(&self, end: usize, free: usize) -> usize {
        end - (free..end).rev().take_while(|at| self.0[*at].is_whitespace()).count()
    }

    /// Where the digits before `end` begin.
    pub(crate) fn skip_digits(&self, end: usize, free: usize) -> usize {
        end - (free..end).rev().take_while(|at| self.0[*at].is_ascii_digit()).count()
    }
}

impl Deref for CellText {
    type Target = [char];

    fn deref(&self) -> &[char] {
        &self.0
    }
}

impl DerefMut for CellText {
    fn deref_mut(&mut self) -> &mut [char] {
        &mut self.0
    }
}

/// The common and extension A blocks: all that names of bodies are written with.
pub(crate) fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c) || ('\u{3400}'..='\u{4dbf}').contains(&c)
}
