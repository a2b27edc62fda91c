//! What intake itself objects to.

/// One objection to the structure of what was handed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IntakeFinding {
    /// Index into the rules of [`rules::manifest`](super::rules::manifest).
    pub rule: u16,
    /// Index into the rule's messages.
    pub message: u16,
    /// Index of the input.
    pub input: usize,
    /// Index of the part, where the place lies in one.
    pub part: Option<usize>,
    /// Record within the part, from 1.
    pub record: Option<u64>,
    /// Physical line of a text file, from 1.
    pub line: Option<u64>,
    /// Byte of the file, from 0.
    pub offset: Option<u64>,
    /// Cell of a sheet, such as `F12`.
    pub cell: Option<String>,
    /// Declared column.
    pub column: Option<u16>,
    /// What the message's holes stand for.
    pub arguments: Vec<(String, String)>,
    /// How many more places of the file have the same; they are only counted.
    pub more: u64,
}

impl IntakeFinding {
    /// About a file as a whole.
    #[must_use]
    pub(crate) fn of_input(rule: u16, message: u16, input: usize) -> Self {
        Self {
            rule,
            message,
            input,
            part: None,
            record: None,
            line: None,
            offset: None,
            cell: None,
            column: None,
            arguments: Vec::new(),
            more: 0,
        }
    }

    /// With what a hole of the message stands for.
    #[must_use]
    pub(crate) fn with(mut self, hole: &str, value: impl ToString) -> Self {
        self.arguments.push((hole.to_owned(), value.to_string()));
        self
    }

    /// Without what its message has no hole for.
    #[must_use]
    pub(crate) fn with_holes_only(mut self) -> Self {
        let rule = &super::rules::manifest().rules[usize::from(self.rule)];
        let text = &rule.messages[usize::from(self.message)].text;
        let stands =
            |hole: &str| [&text.zh, &text.en].iter().any(|text| text.contains(&format!("{{{hole}}}")));
        self.arguments.retain(|(hole, _)| stands(hole));
        self
    }
}
