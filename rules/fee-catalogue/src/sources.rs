//! What a basis cell refers to, and at which level of government it was issued.

use std::rc::Rc;

use mingcha_kit::Task;
use mingcha_kit::values::document_number::{Reference, ReferenceKind, References, references};
use mingcha_kit::values::issuer::{IssuerLevel, issuer_of_prefix};

use crate::settings::{CENTRAL_HEADS, COUNTY_HEADS, PREFECTURE_HEADS, REGIONAL_HEADS};

/// Reads a cell; for [`Row::by_value`](mingcha_kit::Row::by_value), which reads each distinct cell once.
pub(crate) fn read(cell: &str) -> Rc<References> {
    Rc::new(references(cell))
}

/// Whether the number has a year of its own: `23号` in `国发明电[1994]2号、23号` shares that of the number before it, and
/// its faults.
pub(crate) fn writes_year(source: &Reference) -> bool {
    source.literal.contains(|c: char| !c.is_ascii_digit() && c != '第' && c != '号')
}

/// Which level issues under which head.
#[derive(Debug)]
pub(crate) struct Heads(Vec<(String, IssuerLevel)>);

impl Heads {
    /// Those the user set.
    pub(crate) fn of(task: &Task) -> Self {
        let levels = [
            (&CENTRAL_HEADS, IssuerLevel::Central),
            (&REGIONAL_HEADS, IssuerLevel::Region),
            (&PREFECTURE_HEADS, IssuerLevel::Prefecture),
            (&COUNTY_HEADS, IssuerLevel::County),
        ];
        let of_level = |(setting, level)| {
            task.settings.list(setting).into_iter().map(move |head| (head.to_owned(), level))
        };
        Self(levels.into_iter().flat_map(of_level).filter(|(head, _)| !head.is_empty()).collect())
    }

    /// The level of a source; `None` where its form does not tell.
    pub(crate) fn level(&self, source: &Reference) -> Option<IssuerLevel> {
        if source.kind != ReferenceKind::Numbered {
            return source.issuer_level();
        }
        let listed = self.0.iter().filter(|(head, _)| source.prefix.starts_with(head.as_str()));
        let listed =
            listed.max_by_key(|(head, level)| (head.len(), *level)).map(|(head, level)| (head.len(), *level));
        let known = issuer_of_prefix(&source.prefix).map(|known| (known.prefix.len(), known.level));
        [known, listed].into_iter().flatten().max_by_key(|(length, _)| *length).map(|(_, level)| level)
    }

    /// The levels of all sources, highest first; `None` where one is unknown, or there are none, or the cell also holds
    /// what could not be read.
    pub(crate) fn levels(&self, sources: &References) -> Option<Vec<IssuerLevel>> {
        let readable = sources.broken.is_empty() && sources.unparsed.is_empty() && !sources.ditto;
        if !readable || sources.found.is_empty() {
            return None;
        }
        let mut levels: Vec<_> =
            sources.found.iter().map(|source| self.level(source)).collect::<Option<_>>()?;
        levels.sort_unstable();
        levels.dedup();
        Some(levels)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use mingcha_kit::Settings;
    use mingcha_kit::values::date::parse_date;

    fn levels(settings: &str, cell: &str) -> Option<Vec<IssuerLevel>> {
        let settings = Settings::parse(settings).expect("settings");
        let as_of = parse_date("2016-11-30").expect("a day");
        let task = Task { as_of, period: None, settings, keep: 10, tables: Vec::new() };
        Heads::of(&task).levels(&read(cell))
    }

    #[test]
    fn heads_tell_the_level_and_unknown_ones_say_nothing() {
        use IssuerLevel::{Central, County, Prefecture, Region};
        assert_eq!(
            levels("{}", "昌州财综〔2015〕3号、昌市政办发〔2015〕2号"),
            Some(vec![Prefecture, County])
        );
        assert_eq!(levels("{}", "新发改收费〔2016〕1号,阜财〔2016〕1号"), Some(vec![Region, County]));
        assert_eq!(levels("{}", "《教育法》"), Some(vec![Central]));
        assert_eq!(levels("{}", "鄂府发〔2015〕80号"), None);
        assert_eq!(levels("{}", "昌州财〔2015〕3号,财税〔202428号"), None);
        assert_eq!(levels(r#"{"regional-heads": ["昌州财"]}"#, "昌州财综〔2015〕3号"), Some(vec![Region]));
        assert_eq!(levels(r#"{"prefecture-heads": ["鄂府"]}"#, "鄂府发〔2015〕80号"), Some(vec![Prefecture]));
    }
}
