//! “Did you mean”: the known name that a misspelt one is most like.

/// The known name most like this one, if any is; of rule ids, the fault alone will do.
#[must_use]
pub fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let likeness = |candidate: &&str| {
        let fault = candidate.rsplit('/').next().unwrap_or(candidate);
        // What was only not typed to its end comes before what was mistyped.
        if name.chars().count() > 2 && (candidate.starts_with(name) || fault.starts_with(name)) {
            return 1.0 + 1.0 / candidate.len() as f64;
        }
        strsim::normalized_damerau_levenshtein(name, candidate)
            .max(strsim::normalized_damerau_levenshtein(name, fault))
    };
    known
        .map(|candidate| (likeness(&candidate), candidate))
        .filter(|(likeness, _)| *likeness > 0.5)
        .fold(
            None,
            |best: Option<(f64, &str)>, next| {
                if best.is_some_and(|best| best.0 >= next.0) { best } else { Some(next) }
            },
        )
        .map(|(_, candidate)| candidate)
}
