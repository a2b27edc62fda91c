//! Names of sheets: what Excel allows, and no two alike.

use std::collections::BTreeSet;

/// Characters Excel allows.
const CHARACTERS: usize = 31;

/// The names given so far, as Excel compares them.
#[derive(Debug, Default)]
pub(crate) struct Names(BTreeSet<String>);

impl Names {
    /// A name as near to this one as Excel allows, with a number where it is taken.
    pub(crate) fn unique(&mut self, wanted: &str) -> String {
        let allowed: String = crate::visible(wanted)
            .chars()
            .map(|character| if "[]:*?/\\'".contains(character) { '_' } else { character })
            .collect();
        let allowed = if allowed.trim().is_empty() { "_".to_owned() } else { allowed };
        let mut name = fitted(&allowed, "");
        let mut number = 2;
        while !self.0.insert(name.to_lowercase()) {
            name = fitted(&allowed, &format!(" ({number})"));
            number += 1;
        }
        name
    }
}

/// Excel counts UTF-16.
fn fitted(name: &str, end: &str) -> String {
    let mut room = CHARACTERS - end.len();
    let fits = |character: &char| {
        let fits = room >= character.len_utf16();
        room = room.saturating_sub(character.len_utf16());
        fits
    };
    name.chars().take_while(fits).chain(end.chars()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_allowed_and_differ() {
        let mut names = Names::default();
        assert_eq!(names.unique("收费/目录[1]"), "收费_目录_1_");
        assert_eq!(names.unique("收费:目录?1?"), "收费_目录_1_ (2)");
        let long = "很".repeat(40);
        assert_eq!(names.unique(&long).chars().count(), 31);
        assert_eq!(names.unique(&long).chars().count(), 31);
        assert_eq!(names.unique(""), "_");
    }
}
