//! How the cells of a sheet look, where the library does not tell: percentages, hidden rows, merged cells.

use std::collections::{HashMap, HashSet};

use crate::intake::sheet::{Merge, Sheet};

/// Of one sheet; rows and columns from 0.
#[derive(Debug, Default)]
pub(super) struct Looks {
    percent: HashSet<(u32, u32)>,
    days: HashSet<(u32, u32)>,
    hidden: HashSet<u32>,
    merges: Vec<Merge>,
}

/// More merged cells than any form has.
const MERGES_AT_MOST: usize = 1_000_000;

impl Looks {
    /// What a cell with a number is shown as.
    pub(super) fn take(&mut self, row: u32, column: u32, look: Look) {
        match look {
            Look::Percent => self.percent.insert((row, column)),
            Look::Day => self.days.insert((row, column)),
            Look::Plain => return,
        };
    }

    /// A row is hidden.
    pub(super) fn hide(&mut self, row: u32) {
        self.hidden.insert(row);
    }

    /// Cells are merged: first and last row, first and last column.
    pub(super) fn merge(&mut self, rows: (u32, u32), columns: (u32, u32)) {
        if self.merges.len() < MERGES_AT_MOST {
            let rows = (rows.0.saturating_add(1), rows.1.saturating_add(1));
            self.merges.push(Merge { rows, columns });
        }
    }

    /// What a cell with a number is shown as.
    pub(super) fn of(&self, row: u32, column: u32) -> Look {
        match (self.percent.contains(&(row, column)), self.days.contains(&(row, column))) {
            (true, _) => Look::Percent,
            (_, true) => Look::Day,
            _ => Look::Plain,
        }
    }

    /// Tells the sheet, whose cells are all there, of its hidden rows and merged cells.
    pub(super) fn settle(self, sheet: &mut Sheet) {
        sheet.hide(|row| self.hidden.contains(&(row - 1)));
        if !self.merges.is_empty() {
            sheet.merge(self.merges);
        }
    }
}

/// What a number is shown as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    Plain,
    Percent,
    /// A day, a time, or both.
    Day,
}

/// The formats of a workbook's cells, as binary workbooks list them: codes by number, and a number per style.
#[derive(Debug, Default)]
pub(super) struct Formats {
    own: HashMap<u16, Look>,
    styles: Vec<u16>,
}

impl Formats {
    /// A format of the workbook's own.
    pub(super) fn define(&mut self, number: u16, code: &str) {
        self.own.insert(number, look(code));
    }

    /// The next style has this format.
    pub(super) fn style(&mut self, format: u16) {
        self.styles.push(format);
    }

    /// How cells of a style look.
    pub(super) fn look(&self, style: usize) -> Look {
        let Some(format) = self.styles.get(style) else { return Look::Plain };
        let built_in = || match format {
            9 | 10 => Look::Percent,
            // Those beyond 22 are what Chinese, Japanese and Korean programs call their own.
            14..=22 | 27..=36 | 45 | 47 | 50..=58 => Look::Day,
            _ => Look::Plain,
        };
        self.own.get(format).copied().unwrap_or_else(built_in)
    }
}

/// Whether a format shows numbers in per cent: `0.00%`, but not `0"%"`.
pub(super) fn is_percentage(code: &str) -> bool {
    look(code) == Look::Percent
}

/// By the first section of a format's code, without what stands in quotes, brackets or behind a backslash.
fn look(code: &str) -> Look {
    let (mut bare, mut quoted, mut bracketed) = (String::new(), false, false);
    let mut letters = code.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' | '_' | '*' if !quoted => drop(letters.next()),
            '"' => quoted = !quoted,
            _ if quoted => {}
            '[' => bracketed = true,
            ']' => bracketed = false,
            ';' if !bracketed => break,
            _ if !bracketed => bare.push(letter.to_ascii_lowercase()),
            // `[h]:mm` is a length of time: a number.
            'h' | 'H' | 'm' | 'M' | 's' | 'S' if code.contains(&format!("[{letter}")) => return Look::Plain,
            _ => {}
        }
    }
    if bare.contains('%') {
        Look::Percent
    } else if bare.replace("general", "").contains(['y', 'm', 'd', 'h', 's']) {
        Look::Day
    } else {
        Look::Plain
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_is_a_day_a_percentage_or_neither() {
        for (code, expected) in [
            ("0.0%", Look::Percent),
            ("0\"%\"", Look::Plain),
            ("0\\%", Look::Plain),
            ("yyyy\"年\"m\"月\"d\"日\"", Look::Day),
            ("[$-804]yyyy-mm-dd;@", Look::Day),
            ("[Red]#,##0.00", Look::Plain),
            ("General", Look::Plain),
            ("[h]:mm", Look::Plain),
            ("0\"days\"", Look::Plain),
            ("#,##0;[Red]-0%", Look::Plain),
        ] {
            assert_eq!(look(code), expected, "{code}");
        }
    }
}
