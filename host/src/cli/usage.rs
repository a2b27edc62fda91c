//! What is wrong with a command line, in Chinese first: the argument parser itself speaks English only.

use clap::error::{ContextKind, ErrorKind};

use super::common;

/// Prints the error; help and version are no errors and are printed as they are.
pub(super) fn complain(error: &clap::Error) {
    if let Some(sentence) = sentence(error).filter(|_| error.use_stderr() && !speaks_english()) {
        common::complain(&sentence);
    }
    let _ = error.print();
}

/// The arguments could not be read, so the language is looked for by hand.
fn speaks_english() -> bool {
    let arguments: Vec<String> =
        std::env::args_os().map(|text| text.to_string_lossy().into_owned()).collect();
    arguments.iter().any(|text| text == "--lang=en")
        || arguments.windows(2).any(|pair| pair[0] == "--lang" && pair[1] == "en")
}

fn sentence(error: &clap::Error) -> Option<String> {
    let context = |kind: ContextKind| {
        error.get(kind).map(|value| crate::visible(&value.to_string())).unwrap_or_default()
    };
    let argument = context(ContextKind::InvalidArg);
    let value = context(ContextKind::InvalidValue);
    let suggestion = |kind: ContextKind| match context(kind) {
        text if text.is_empty() => String::new(),
        text => format!(";是不是 {text}?"),
    };
    Some(match error.kind() {
        ErrorKind::InvalidValue if value.is_empty() => format!("{argument} 后面要写一个值"),
        ErrorKind::InvalidValue => {
            let known = context(ContextKind::ValidValue);
            let known = if known.is_empty() { known } else { format!(";可用:{known}") };
            format!("{argument}:没有“{value}”这个值{}{known}", suggestion(ContextKind::SuggestedValue))
        }
        ErrorKind::ValueValidation => format!("{argument}:“{value}”不合要求"),
        ErrorKind::UnknownArgument => {
            format!("不认识参数 {argument}{}", suggestion(ContextKind::SuggestedArg))
        }
        ErrorKind::InvalidSubcommand => {
            let command = context(ContextKind::InvalidSubcommand);
            format!("没有命令 {command}{}", suggestion(ContextKind::SuggestedSubcommand))
        }
        ErrorKind::ArgumentConflict => {
            format!("{argument} 不能重复,也不能与 {} 同时使用", context(ContextKind::PriorArg))
        }
        ErrorKind::MissingRequiredArgument => format!("缺少必需的参数:{argument}"),
        ErrorKind::TooManyValues | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            format!("{argument}:值的个数不对")
        }
        ErrorKind::InvalidUtf8 => "参数不是 UTF-8 文字".to_owned(),
        _ => return None,
    })
}
