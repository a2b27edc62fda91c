//! What is wrong with a configuration file: each fault with its place, in both languages.

use std::path::PathBuf;

use crate::manifest::{Language, Text};

/// A place in the file, both from 1; columns count characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    /// Line.
    pub line: usize,
    /// Character within it.
    pub column: usize,
}

impl Spot {
    /// The place of a byte.
    pub(super) fn of(text: &str, offset: usize) -> Self {
        let before = text.get(..offset).unwrap_or(text);
        let line = before.rsplit('\n').next().unwrap_or_default();
        Self { line: before.matches('\n').count() + 1, column: line.chars().count() + 1 }
    }
}

/// A value and where it is written.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed<T> {
    /// Where.
    pub spot: Spot,
    /// What.
    pub value: T,
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where.
    pub spot: Spot,
    /// What, and what to do.
    pub text: Text,
}

impl Fault {
    /// A fault in both languages.
    #[must_use]
    pub fn new(spot: Spot, zh: String, en: String) -> Self {
        Self { spot, text: Text { zh, en } }
    }
}

/// Why a configuration cannot be used.
#[derive(Debug)]
pub enum ConfigError {
    /// The file cannot be read.
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// It says what it must not, or cannot be understood.
    Wrong {
        /// The file.
        path: PathBuf,
        /// In the order of their places.
        faults: Vec<Fault>,
    },
}

impl ConfigError {
    /// What is wrong; one line per fault, as `file:line:column: what`.
    #[must_use]
    pub fn sentence(&self, language: Language) -> String {
        let (path, text) = match self {
            Self::Unreadable { path, source } => {
                let why = crate::system_words(source);
                let zh = format!("配置文件无法读取({});请检查路径和权限", why.zh);
                let en =
                    format!("the configuration cannot be read ({}); check its path and permissions", why.en);
                (path, Text { zh, en }.get(language).to_owned())
            }
            Self::Wrong { path, faults } => {
                let line = |fault: &Fault| {
                    let Spot { line, column } = fault.spot;
                    format!("\n{}:{line}:{column}: {}", path.display(), fault.text.get(language))
                };
                let lines: String = faults.iter().map(line).collect();
                let (zh, en) =
                    ("配置文件有误,没有开始核查", "the configuration is wrong; nothing was checked");
                (path, format!("{}{lines}", if language == Language::Zh { zh } else { en }))
            }
        };
        crate::visible_block(&format!(
            "{}:{}{text}",
            path.display(),
            if language == Language::Zh { "" } else { " " }
        ))
    }
}
