//! Names that can be a crate, a module and the id of a rule at once.

use crate::manifest::Text;

/// Words that cannot be the name of a module or of a crate: the keywords of Rust 2024, those it keeps for later, and what
/// else has a meaning as a crate or a file of a pack.
const RESERVED: &str = "as async await break const continue crate dyn else enum extern false fn for if impl in let loop \
                        match mod move mut pub ref return self static struct super trait true type unsafe use where while \
                        abstract become box do final gen macro override priv try typeof unsized virtual yield \
                        alloc bases core lib main proc-macro std test";

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
    if RESERVED.split(' ').any(|word| word == name) {
        return Err(Text::of(
            format!("{shown}:这是 Rust 的保留字,请换一个名字"),
            format!("{shown}: this word is reserved in Rust; choose another"),
        ));
    }
    spelt(name)
}

/// A name of the right form, whatever it means elsewhere: that of a domain is no module's.
pub(super) fn spelt(name: &str) -> Result<(), Text> {
    if is_kebab(name) {
        return Ok(());
    }
    let shown = crate::visible(name);
    Err(Text::of(
        format!("{shown}:名字只用小写英文字母、数字和连字符,以字母开头,例如 fee-lists"),
        format!("{shown}: write lower-case letters, digits and hyphens, a letter first, such as fee-lists"),
    ))
}

#[cfg(test)]
mod tests {
    use super::{checked, spelt};

    #[test]
    fn a_name_is_kebab_case_and_no_word_of_rust() {
        assert!(checked("fee-lists-2016").is_ok());
        for name in ["", "Fee", "fee_lists", "fee--lists", "-fee", "2016-fees", "收费", "type", "../fee"] {
            assert!(checked(name).is_err(), "{name} is taken for a name");
        }
    }

    #[test]
    fn a_word_of_rust_may_be_a_domain_and_no_module() {
        for name in ["move", "mod", "gen", "try", "yield", "while", "main"] {
            assert!(checked(name).is_err(), "{name} is taken for a module");
            assert!(spelt(name).is_ok(), "{name} may well be a domain");
        }
    }
}
