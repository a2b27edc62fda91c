//! Which rows of a list are items and which are headings over others.
//!
//! Lists nest: `1.` 证照费 holds `(1)` 号牌工本费 holds `①`. A row is a heading if the row directly after it, of the same
//! department, is numbered deeper, or has no number while the row itself has one and states nothing beyond its name.
//! What a heading states (fund mode, basis, standard) holds for the numbered rows under it too. Every other row with
//! a name, a number or a basis is an item. A row that is none of these continues the one above: its standard counts
//! there.
//!
//! Rows come in the order of the list, so one row and the headings above it are remembered.

use mingcha_kit::prelude::*;

use crate::item_name;
use crate::tables::fee_catalogue::{BASIS, DEPARTMENT, FUND_MODE, ITEM_NAME, ROW_NO, STANDARD_TEXT};

/// What a row states of its own or through a heading.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Stated {
    /// 资金管理方式
    pub(crate) fund_mode: bool,
    /// 政策依据
    pub(crate) basis: bool,
    /// 收费标准
    pub(crate) standard: bool,
}

impl Stated {
    fn of(row: &Row) -> Self {
        let [fund_mode, basis, standard] =
            [FUND_MODE, BASIS, STANDARD_TEXT].map(|column| row.is_filled(column));
        Self { fund_mode, basis, standard }
    }

    fn or(self, other: Self) -> Self {
        Self {
            fund_mode: self.fund_mode || other.fund_mode,
            basis: self.basis || other.basis,
            standard: self.standard || other.standard,
        }
    }
}

/// What a rule remembers of a row, and takes over from the headings above it.
pub(crate) trait Carried {
    /// A heading above the row remembers this; the innermost comes first.
    fn under(&mut self, _heading: &Self) {}
}

impl Carried for bool {}
impl<T> Carried for Option<T> {}

/// A row that is an item, with what the rule carries along with it.
#[derive(Debug)]
pub(crate) struct Item<T> {
    /// Where it stands.
    pub(crate) place: Place,
    /// What holds for it.
    pub(crate) stated: Stated,
    /// Keys of its name and the headings over it, outermost first, each followed by U+001F.
    pub(crate) path: String,
    /// What the rule wanted remembered of the row.
    pub(crate) carried: T,
}

#[derive(Debug)]
struct Line<T> {
    place: Place,
    depth: Option<u8>,
    stated: Stated,
    name: String,
    carried: T,
}

#[derive(Debug)]
struct Heading<T> {
    depth: u8,
    stated: Stated,
    name: String,
    carried: T,
}

/// Reads a list row by row. Memory: one row and the headings over it.
#[derive(Debug)]
pub(crate) struct Outline<T> {
    department: Option<String>,
    headings: Vec<Heading<T>>,
    waiting: Option<Line<T>>,
}

impl<T> Default for Outline<T> {
    fn default() -> Self {
        Self { department: None, headings: Vec::new(), waiting: None }
    }
}

impl<T: Carried> Outline<T> {
    /// Takes the next row; gives the row before it if that is an item.
    pub(crate) fn take(&mut self, row: &Row, carried: T) -> Option<Item<T>> {
        let stated = Stated::of(row);
        let (number, name) = (row.text(ROW_NO), row.text(ITEM_NAME));
        if number.is_none() && name.is_none() && !stated.fund_mode && !stated.basis {
            if let Some(above) = &mut self.waiting {
                above.stated.standard |= stated.standard;
            }
            return None;
        }
        let depth = depth_of(row);
        let name = name.map(item_name::key).unwrap_or_default();
        let line = Line { place: row.place(), depth, stated, name, carried };
        let department = row.text(DEPARTMENT);
        let other_department =
            matches!((&self.department, department), (Some(above), Some(here)) if above != here);
        let item = self.settle(if other_department { None } else { Some(&line) });
        if other_department {
            self.headings.clear();
        }
        if let Some(depth) = line.depth {
            self.headings.retain(|heading| heading.depth < depth);
        }
        if self.department.as_deref() != department {
            self.department = department.map(str::to_owned);
        }
        self.waiting = Some(line);
        item
    }

    /// The list is over; gives the last row if that is an item.
    pub(crate) fn finish(&mut self) -> Option<Item<T>> {
        self.settle(None)
    }

    /// Decides on the waiting row now that the one after it in its department is known, or that there is none.
    fn settle(&mut self, next: Option<&Line<T>>) -> Option<Item<T>> {
        let mut line = self.waiting.take()?;
        if let Some(depth) = line.depth
            && is_heading(depth, line.stated, next)
        {
            self.headings.push(Heading {
                depth,
                stated: line.stated,
                name: line.name,
                carried: line.carried,
            });
            return None;
        }
        let above = if line.depth.is_some() { self.headings.as_slice() } else { &[] };
        let stated = above.iter().fold(line.stated, |stated, heading| stated.or(heading.stated));
        above.iter().rev().for_each(|heading| line.carried.under(&heading.carried));
        let names = self.headings.iter().map(|heading| &heading.name).chain([&line.name]);
        let path = names.fold(String::new(), |path, name| path + name + "\u{1f}");
        Some(Item { place: line.place, stated, path, carried: line.carried })
    }
}

/// How deep a row stands. The name knows better than the number column, which may just count rows.
pub(crate) fn depth_of(row: &Row) -> Option<u8> {
    let depth = |column| row.text(column).and_then(item_name::depth);
    depth(ITEM_NAME).or_else(|| depth(ROW_NO))
}

fn is_heading<T>(depth: u8, stated: Stated, next: Option<&Line<T>>) -> bool {
    let names_only = stated == Stated::default();
    let section = depth == 0 && names_only;
    let deeper = next.is_some_and(|next| next.depth.map_or(names_only, |below| below > depth));
    section || deeper
}
