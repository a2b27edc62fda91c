//! Names that can be a crate, a module and the id of a rule at once.

use crate::manifest::Text;

/// Words that cannot be the name of a module or of a crate.
const RESERVED: [&str; 24] = [
    "abstract", "alloc", "as", "async", "await", "bases", "const", "core", "crate", "dyn", "fn", "for", "if",
    "impl", "in", "lib", "loop", "match", "mod", "self", "std", "test", "type", "use",
];

/// Whether a name is of lower-case words and digits with hyphens between, and begins with a letter.
pub(crate) fn is_kebab(name: &str) -> bool {
    let word = |word: &str| {
        !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    name.starts_with(|first: char| first.is_ascii_lowercase()) && name.split('-').all(word)
}

/// A name that may stand; the error says what it should look like.
pub(super) fn checked(name: &str) -> Result<(), Text> {
    let shown = crate::visible(name);
    if RESERVED.contains(&name) {
        return Err(Text::of(
            format!("{shown}:这是 Rust 的保留字,请换一个名字"),
            format!("{shown}: this word is reserved in Rust; choose another"),
        ));
    }
    if is_kebab(name) {
        return Ok(());
    }
    Err(Text::of(
        format!("{shown}:名字只用小写英文字母、数字和连字符,以字母开头,例如 fee-lists"),
        format!("{shown}: write lower-case letters, digits and hyphens, a letter first, such as fee-lists"),
    ))
}

#[cfg(test)]
mod tests {
    use super::checked;

    #[test]
    fn a_name_is_kebab_case_and_no_word_of_rust() {
        assert!(checked("fee-lists-2016").is_ok());
        for name in ["", "Fee", "fee_lists", "fee--lists", "-fee", "2016-fees", "收费", "type", "../fee"] {
            assert!(checked(name).is_err(), "{name} is taken for a name");
        }
    }
}
