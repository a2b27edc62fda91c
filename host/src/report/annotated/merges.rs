//! Merged cells: what is said of any of them is said of the first, the only one a person sees.

use quick_xml::Reader;
use quick_xml::events::Event;

use super::marks::{At, Marks, join, parse};
use super::parts::attribute;

/// First and last cell of each merged region of a sheet.
fn regions(xml: &str) -> Vec<(At, At)> {
    let (mut reader, mut regions) = (Reader::from_str(xml), Vec::new());
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag) | Event::Empty(tag)) if tag.local_name().as_ref() == "mergeCell" => {
                let reference = attribute(&tag, "ref").unwrap_or_default();
                let ends = reference.split_once(':').and_then(|(from, to)| Some((parse(from)?, parse(to)?)));
                regions.extend(ends);
            }
            Ok(Event::Eof) | Err(_) => return regions,
            Ok(_) => {}
        }
    }
}

/// The marks, each where it can be seen.
pub(super) fn shown(xml: &str, marks: &Marks) -> Marks {
    // Most sheets have no such cells, and looking for a word is quicker than reading them.
    let mut regions = if xml.contains("mergeCell") { regions(xml) } else { Vec::new() };
    regions.sort_by_key(|(from, _)| from.0);
    let (mut ahead, mut open) = (regions.into_iter().peekable(), Vec::new());
    let mut shown = Marks::new();
    // Marks come row by row; of the regions only those are looked at that reach into the row.
    for (at, mark) in marks {
        open.retain(|(_, to): &(At, At)| at.0 <= to.0);
        open.extend(std::iter::from_fn(|| ahead.next_if(|(from, _)| from.0 <= at.0)));
        let within = |(from, to): &&(At, At)| at.0 <= to.0 && (from.1..=to.1).contains(&at.1);
        let seen = open.iter().find(within).map_or(*at, |(from, _)| *from);
        join(&mut shown, seen, mark);
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::super::marks::Mark;
    use super::*;
    use crate::manifest::Severity;

    #[test]
    fn regions_in_any_order_and_beside_each_other_are_told_apart() {
        let xml = "<worksheet><mergeCells><mergeCell ref=\"A9:A12\"/><mergeCell ref=\"C2:D9\"/><mergeCell ref=\"A2:B3\"/></mergeCells></worksheet>";
        let mark = Mark { severity: Severity::Error, note: "错".to_owned() };
        let cells = [(3, 1), (3, 2), (4, 0), (9, 0), (9, 3), (10, 3), (12, 0), (13, 0)];
        let marks: Marks = cells.into_iter().map(|at| (at, mark.clone())).collect();
        let seen: Vec<At> = shown(xml, &marks).into_keys().collect();
        assert_eq!(seen, [(2, 0), (2, 2), (4, 0), (9, 0), (10, 3), (13, 0)]);
    }

    #[test]
    fn what_is_said_of_merged_cells_is_said_of_the_first() {
        let xml = "<worksheet><mergeCells count=\"1\"><mergeCell ref=\"A3:B6\"/></mergeCells></worksheet>";
        let mark = |severity, note: &str| Mark { severity, note: note.to_owned() };
        let marks = Marks::from([
            ((3, 0), mark(Severity::Notice, "一")),
            ((5, 1), mark(Severity::Error, "二")),
            ((7, 0), mark(Severity::Warning, "三")),
        ]);
        let shown = shown(xml, &marks);
        assert_eq!(shown.keys().copied().collect::<Vec<_>>(), [(3, 0), (7, 0)]);
        assert_eq!((shown[&(3, 0)].severity, shown[&(3, 0)].note.as_str()), (Severity::Error, "一\n\n二"));
    }
}
