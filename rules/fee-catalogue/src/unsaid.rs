//! Items that leave a column blank, list by list.
//!
//! A list that says nothing in the column at all gets one finding instead of one for each of its items.

use std::collections::HashMap;

use mingcha_kit::prelude::*;

/// What one list says in the column.
#[derive(Debug, Default)]
struct List {
    said: bool,
    blank_means_something: bool,
    blank: Vec<Place>,
}

/// All lists met. Memory: one entry per list, and one place per item that leaves the column blank.
#[derive(Debug, Default)]
pub(crate) struct Unsaid(HashMap<String, List>);

impl Unsaid {
    /// An item says something; `plain` where that leaves a blank of the same list without a meaning.
    pub(crate) fn said(&mut self, list: String, plain: bool) {
        let list =
            self.0.entry(list).or_insert_with(|| List { blank_means_something: true, ..List::default() });
        list.said = true;
        list.blank_means_something &= !plain;
    }

    /// An item says nothing.
    pub(crate) fn blank(&mut self, list: String, place: Place) {
        let list =
            self.0.entry(list).or_insert_with(|| List { blank_means_something: true, ..List::default() });
        list.blank.push(place);
    }

    /// Objects to each blank in wording `default`, or to a list that says nothing in wording `list`.
    pub(crate) fn report(&mut self, column: Column, findings: &mut Findings) {
        let mut lists: Vec<List> = self.0.drain().map(|(_, list)| list).collect();
        lists.retain(|list| !list.blank.is_empty());
        lists.iter_mut().for_each(|list| list.blank.sort_unstable());
        lists.sort_unstable_by_key(|list| list.blank[0]);
        for List { said, blank_means_something, blank } in lists {
            let whole = !said && blank.len() > 1;
            let lawful = said && blank_means_something;
            for (index, place) in blank.iter().enumerate() {
                findings.judge(|findings| {
                    if whole && index == 0 {
                        findings.at_place(place.cell(column)).saying("list").with("count", blank.len());
                    } else if !(whole || lawful) {
                        findings.at_place(place.cell(column));
                    }
                    JUDGED
                });
            }
        }
    }
}
