//! What is wrong with what a pack says of itself, beyond what the host refuses when it loads one.

use std::collections::BTreeSet;

use crate::author::is_kebab;
use crate::manifest::{Basis, Manifest, Message, Rule, Table, Text};

/// One remark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// It must be mended; otherwise it is worth a look.
    pub grave: bool,
    /// What, and of which rule or table.
    pub text: Text,
}

/// Headings a page must have.
const HEADINGS: [(&str, &str); 3] = [("查什么", "What"), ("为什么", "Why"), ("怎么改", "How to mend")];

/// Everything that is wrong, in the order of the manifest.
#[must_use]
pub fn remarks(manifest: &Manifest) -> Vec<Remark> {
    let mut remarks = Remarks { of: manifest.id.clone(), all: Vec::new() };
    remarks.text(&manifest.title, "标题", "title");
    for rule in &manifest.rules {
        remarks.of.clone_from(&rule.id);
        remarks.rule(rule);
    }
    remarks.wordings(manifest);
    for (index, table) in manifest.tables.iter().enumerate() {
        remarks.of.clone_from(&table.name);
        remarks.unread(manifest, u16::try_from(index).unwrap_or(u16::MAX), table);
    }
    remarks.all
}

struct Remarks {
    of: String,
    all: Vec<Remark>,
}

impl Remarks {
    fn add(&mut self, grave: bool, zh: impl std::fmt::Display, en: impl std::fmt::Display) {
        let text = Text::of(format!("{}:{zh}", self.of), format!("{}: {en}", self.of));
        self.all.push(Remark { grave, text });
    }

    fn text(&mut self, text: &Text, zh: &str, en: &str) {
        for (said, language_zh, language) in [(&text.zh, "中文", "Chinese"), (&text.en, "英文", "English")]
        {
            if said.trim().is_empty() {
                self.add(true, format!("{zh}没有{language_zh}"), format!("the {en} has no {language}"));
            }
        }
    }

    fn rule(&mut self, rule: &Rule) {
        let well_formed =
            rule.id.split_once('/').is_some_and(|(domain, fault)| is_kebab(domain) && is_kebab(fault));
        if !well_formed {
            self.add(true, "编号不是“领域/问题”的小写连字符形式", "the id is not domain/fault in kebab-case");
        }
        self.text(&rule.title, "标题", "title");
        self.page(&rule.page);
        if rule.messages.is_empty() {
            self.add(true, "没有任何说法(message)", "it has no message");
        }
        for message in &rule.messages {
            self.message(message);
        }
        for (position, basis) in rule.bases.iter().enumerate() {
            self.basis(basis, rule.bases[..position].contains(basis));
        }
    }

    fn page(&mut self, page: &Text) {
        for (zh, en) in HEADINGS {
            for (page, heading) in [(&page.zh, zh), (&page.en, en)] {
                if crate::page::section(page, heading).is_empty() {
                    self.add(
                        true,
                        format!("说明页缺少“## {heading}”一节"),
                        format!("the page says nothing under “## {heading}”"),
                    );
                }
            }
        }
        for mark in ["```csv bad", "```csv good"] {
            if !page.zh.lines().any(|line| line.starts_with(mark)) {
                self.add(true, format!("说明页没有 {mark} 例子"), format!("the page has no example {mark}"));
            }
        }
    }

    fn message(&mut self, message: &Message) {
        self.text(&message.text, &format!("说法 {} ", message.id), &format!("message {}", message.id));
        if holes(&message.text.zh) != holes(&message.text.en) {
            self.add(
                true,
                format!("说法 {} 的中文和英文填空不同", message.id),
                format!("message {} has other holes in Chinese than in English", message.id),
            );
        }
    }

    fn basis(&mut self, basis: &Basis, again: bool) {
        let name = format!("{} {}", basis.document, basis.article);
        if basis.document.trim().is_empty() {
            self.add(true, "有一条依据没有文件名", "a basis names no document");
        }
        if basis.since.zip(basis.until).is_some_and(|(since, until)| until <= since) {
            self.add(
                true,
                format!("依据“{name}”废止早于施行"),
                format!("basis “{name}” ends before it begins"),
            );
        }
        if again {
            self.add(true, format!("依据“{name}”写了两次"), format!("basis “{name}” stands twice"));
        }
        if !basis.verified {
            self.add(false, format!("依据“{name}”待核"), format!("basis “{name}” was recalled, not read"));
        }
    }

    /// The same sentence for two faults leaves the reader guessing which is meant.
    fn wordings(&mut self, manifest: &Manifest) {
        let mut seen: Vec<(&str, &str)> = Vec::new();
        for rule in &manifest.rules {
            self.of.clone_from(&rule.id);
            for message in &rule.messages {
                match seen.iter().find(|(zh, _)| *zh == message.text.zh) {
                    Some((_, other)) => self.add(
                        false,
                        format!("说法“{}”与 {other} 的相同", message.text.zh),
                        format!("message “{}” is also said by {other}", message.text.en),
                    ),
                    None => seen.push((&message.text.zh, &rule.id)),
                }
            }
        }
    }

    /// A column nobody reads is asked of people for nothing; where it is required, files are refused for it.
    fn unread(&mut self, manifest: &Manifest, index: u16, table: &Table) {
        let read = columns_read(manifest, index, table);
        for (position, column) in table.columns.iter().enumerate() {
            let position = u16::try_from(position).unwrap_or(u16::MAX);
            if !read.contains(&position) {
                self.add(
                    false,
                    format!("列“{}”没有规则读取", column.label.zh),
                    format!("no rule reads column {}", column.name),
                );
            }
        }
    }
}

fn holes(template: &str) -> BTreeSet<&str> {
    template.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0)).collect()
}

fn columns_read(manifest: &Manifest, index: u16, table: &Table) -> BTreeSet<u16> {
    let mut read: BTreeSet<u16> = table.key.iter().copied().chain(table.body).collect();
    for rule in &manifest.rules {
        let readings = rule.beside.iter().chain([&rule.over]).filter(|reading| reading.table == index);
        read.extend(readings.flat_map(crate::manifest::Reading::all_columns));
        if rule.over.table == index {
            let named = rule.messages.iter().flat_map(|message| holes(&message.text.zh));
            let position = |hole: &str| table.columns.iter().position(|column| column.name == hole);
            read.extend(named.filter_map(position).filter_map(|position| u16::try_from(position).ok()));
        }
    }
    read
}

#[cfg(test)]
mod tests {
    use super::remarks;
    use crate::manifest::{Manifest, Text};

    #[test]
    fn the_host_s_own_rules_are_named_where_a_heading_is_missing() {
        let mut manifest: Manifest = crate::intake::rules::manifest().clone();
        manifest.rules.truncate(1);
        manifest.rules[0].page = Text::of("## 查什么\n甲", "## What\nA");
        manifest.rules[0].messages[0].text.en = "no {hole} of that name".to_owned();
        let said: Vec<String> = remarks(&manifest).into_iter().map(|remark| remark.text.en).collect();
        for wanted in ["“## Why”", "“## 怎么改”", "```csv bad", "has other holes"] {
            assert!(said.iter().any(|sentence| sentence.contains(wanted)), "{wanted} is not in {said:#?}");
        }
    }
}
