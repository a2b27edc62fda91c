//! A table of the configuration, asked for its keys one by one; what nobody asked for is a fault.

use std::cell::RefCell;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::fault::{Fault, Placed, Spot};
use crate::near::nearest;

/// The text that is read, and what was wrong in it so far.
pub(crate) struct Reading<'a> {
    pub(crate) text: &'a str,
    pub(crate) faults: RefCell<Vec<Fault>>,
}

impl Reading<'_> {
    pub(crate) fn fault(&self, spot: Spot, zh: String, en: String) {
        self.faults.borrow_mut().push(Fault::new(spot, zh, en));
    }
}

/// One table of the file.
pub(crate) struct Section<'a> {
    reading: &'a Reading<'a>,
    /// As headings name it; empty for the file itself.
    name: String,
    entries: &'a DeTable<'a>,
    spot: Spot,
    asked: Vec<&'static str>,
}

impl<'a> Section<'a> {
    /// The file itself.
    pub(crate) fn whole(reading: &'a Reading<'a>, entries: &'a DeTable<'a>) -> Self {
        Self { reading, name: String::new(), entries, spot: Spot { line: 1, column: 1 }, asked: Vec::new() }
    }

    /// Where it begins.
    pub(crate) fn spot(&self) -> Spot {
        self.spot
    }

    /// Says that something in it is wrong.
    pub(crate) fn fault(&self, spot: Spot, zh: String, en: String) {
        self.reading.fault(spot, zh, en);
    }

    /// A text.
    pub(crate) fn text(&mut self, key: &'static str) -> Option<Placed<String>> {
        let value = self.get(key)?;
        self.as_text(key, value)
    }

    /// A list of texts; one text alone will do.
    pub(crate) fn texts(&mut self, key: &'static str) -> Vec<Placed<String>> {
        let Some(value) = self.get(key) else { return Vec::new() };
        match value.get_ref() {
            DeValue::Array(items) => items.iter().filter_map(|item| self.as_text(key, item)).collect(),
            _ => self.as_text(key, value).into_iter().collect(),
        }
    }

    /// A table within it, such as `[settings]`.
    pub(crate) fn section(&mut self, key: &'static str) -> Option<Section<'a>> {
        let value = self.get(key)?;
        self.as_section(key, value)
    }

    /// A list of tables, such as `[[tables]]`.
    pub(crate) fn sections(&mut self, key: &'static str) -> Vec<Section<'a>> {
        let Some(value) = self.get(key) else { return Vec::new() };
        if let DeValue::Array(items) = value.get_ref() {
            return items.iter().filter_map(|item| self.as_section(key, item)).collect();
        }
        let name = self.path(key);
        let zh = format!("{name} 应写成 [[{name}]] 开头的若干段");
        self.fault(self.at(value), zh, format!("{name} is a list: begin each entry with [[{name}]]"));
        Vec::new()
    }

    /// All that is in a table whose keys are the user's, in the order it is written.
    pub(crate) fn each(&self) -> Vec<(Placed<String>, &'a Spanned<DeValue<'a>>)> {
        let mut entries: Vec<_> = self
            .entries
            .iter()
            .map(|(key, value)| {
                let spot = Spot::of(self.reading.text, key.span().start);
                (Placed { spot, value: key.get_ref().to_string() }, value)
            })
            .collect();
        entries.sort_by_key(|(key, _)| key.spot);
        entries
    }

    /// A text that is the value of a key of [`each`](Self::each).
    pub(crate) fn as_text(&self, key: &str, value: &Spanned<DeValue<'_>>) -> Option<Placed<String>> {
        if let DeValue::String(text) = value.get_ref() {
            return Some(Placed { spot: self.at(value), value: text.to_string() });
        }
        let name = self.path(key);
        let (zh, en) = (format!("{name} 应是带引号的文字"), format!("{name} must be a text in quotes"));
        self.fault(self.at(value), zh, en);
        None
    }

    /// A table that is the value of a key of [`each`](Self::each).
    pub(crate) fn as_section(&self, key: &str, value: &'a Spanned<DeValue<'a>>) -> Option<Section<'a>> {
        let (name, spot) = (self.path(key), self.at(value));
        if let DeValue::Table(entries) = value.get_ref() {
            return Some(Section { reading: self.reading, name, entries, spot, asked: Vec::new() });
        }
        let (zh, en) =
            (format!("{name} 应是一段,写成 [{name}]"), format!("{name} must be a section: [{name}]"));
        self.fault(spot, zh, en);
        None
    }

    /// Where a value is written.
    pub(crate) fn at(&self, value: &Spanned<DeValue<'_>>) -> Spot {
        Spot::of(self.reading.text, value.span().start)
    }

    /// Every key that nobody asked for is a fault.
    pub(crate) fn close(self) {
        for (key, _) in self.each().into_iter().filter(|(key, _)| !self.asked.contains(&key.value.as_str())) {
            let name = self.path(&key.value);
            let known = self.asked.join(" ");
            let (zh, en) = match nearest(&key.value, self.asked.iter().copied()) {
                Some(near) => (format!("是不是 {near}?"), format!("did you mean {near}?")),
                None => (format!("这里可以写:{known}"), format!("here may stand: {known}")),
            };
            self.fault(key.spot, format!("不认识 {name};{zh}"), format!("{name} is unknown; {en}"));
        }
    }

    fn get(&mut self, key: &'static str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.asked.push(key);
        self.entries.get(key)
    }

    fn path(&self, key: &str) -> String {
        if self.name.is_empty() { key.to_owned() } else { format!("{}.{key}", self.name) }
    }
}
