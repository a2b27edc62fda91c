//! How a basis cell is read: titles are cut out, then each number is found from its `号` backwards, the only part
//! every form shares. Places are counted in characters; `free` is where the reference before ended.

use crate::cell_text::{CellText, is_han};
use crate::document_number::{Faults, Reference, ReferenceKind, References};
use crate::text::{is_ditto, trimmed};

const OPEN: &str = "〔﹝[［(（【〖";
const CLOSE: &str = "〕﹞]］)）】〗";

/// Stands where a title was cut out, so that nothing is read across it.
const GAP: char = '\u{1}';

/// How many characters of a list such as `2、5、23号` are looked at, so that a long cell costs no more than its length.
const LONGEST_LIST: usize = 60;

/// A piece of the cell that was recognised, by the places of its first and past-the-end characters.
struct Piece {
    start: usize,
    end: usize,
    reference: Option<Reference>,
}

/// A cell while it is read.
pub(crate) struct Cell {
    literal: Vec<char>,
    /// The same places with ASCII digits and letters, titles cut out.
    plain: CellText,
    pieces: Vec<Piece>,
}

impl Cell {
    pub(crate) fn new(text: &str) -> Self {
        let literal: Vec<char> = text.chars().collect();
        Self { plain: CellText::new(&literal), literal, pieces: Vec::new() }
    }

    /// Takes out `《…》`, also with titles inside titles.
    pub(crate) fn cut_titles(&mut self) {
        let mut at = 0;
        while let Some(start) = self.plain.find('《', at) {
            let Some(end) = self.title_end(start) else { return };
            let title: String = self.literal[start + 1..end - 1].iter().collect();
            let prefix = trimmed(&title).trim_start_matches("中华人民共和国").to_owned();
            let reference = self.reference(ReferenceKind::Title, start..end, prefix);
            self.plain[start..end].fill(GAP);
            self.pieces.push(Piece { start, end, reference: Some(reference) });
            at = end;
        }
    }

    /// The place after the `》` that closes the `《` at `start`.
    fn title_end(&self, start: usize) -> Option<usize> {
        let mut depth = 0_usize;
        for (at, c) in self.plain.iter().enumerate().skip(start) {
            match c {
                '《' => depth += 1,
                '》' => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 {
                return Some(at + 1);
            }
        }
        None
    }

    /// Reads the number before each `号`.
    pub(crate) fn read_numbers(&mut self) {
        let (mut at, mut free) = (0, 0);
        let mut last: Option<Piece> = None;
        while let Some(mark) = self.next_mark(at) {
            at = mark + 1;
            if let Some(piece) = self.number_before(mark, free, last.as_ref()) {
                free = piece.end;
                self.pieces.extend(last.replace(piece));
            }
        }
        self.pieces.extend(last);
    }

    /// The next `号`, or the next 、 that stands for one, as in `财税〔2016〕11、12号`.
    fn next_mark(&self, from: usize) -> Option<usize> {
        (from..self.plain.len()).find(|at| self.plain[*at] == '号' || self.stands_for_mark(*at))
    }

    /// True for a 、 right after a number behind a bracketed year, if another bare number and a `号` follow.
    fn stands_for_mark(&self, at: usize) -> bool {
        let start = self.plain.skip_digits(at, 0);
        let listed = |c: char| c.is_ascii_digit() || c == '、';
        let list_start =
            at - (0..at).rev().take(LONGEST_LIST).take_while(|place| listed(self.plain[*place])).count();
        self.plain[at] == '、'
            && start < at
            && self.plain.char_before(list_start, 0).is_some_and(|c| CLOSE.contains(c))
            && self.plain.get(at + 1).is_some_and(char::is_ascii_digit)
            && self.plain[at..].iter().take(LONGEST_LIST).find(|c| !listed(**c)) == Some(&'号')
    }

    /// The reference that ends with the `号` at `mark` and begins not before `free`.
    fn number_before(&self, mark: usize, free: usize, last: Option<&Piece>) -> Option<Piece> {
        let digits_end = self.plain.skip_spaces(mark, free);
        let digits_start = self.plain.skip_digits(digits_end, free);
        let digits: String = self.plain[digits_start..digits_end].iter().collect();
        if digits.is_empty() {
            return self.without_number(mark, digits_end, free);
        }
        let number: u32 = digits.parse().ok()?;
        let spaced = self.plain.skip_spaces(digits_start, free);
        let ordinal = self.plain.char_before(spaced, free) == Some('第');
        let first = if ordinal { spaced - 1 } else { digits_start };
        let before = self.plain.skip_spaces(first, free);
        let end = mark + usize::from(self.plain[mark] == '号');
        let found = self
            .after_year(before, free, last)
            .or_else(|| self.after_word(before, free))
            .or_else(|| self.after_year_and_head(before, free))
            .or_else(|| self.in_list(first, last))
            .map(|(start, reference)| (start, end, reference))
            .or_else(|| self.before_word(before, free, end));
        if let Some((start, end, mut reference)) = found
            && digits.len() <= 5
        {
            reference.number = Some(number);
            reference.faults.padded = digits.starts_with('0');
            reference.faults.ordinal = ordinal && reference.kind == ReferenceKind::Numbered;
            reference.literal = self.literal[start..end].iter().collect();
            return Some(Piece { start, end, reference: Some(reference) });
        }
        let start = self.broken_start(before, free)?;
        Some(Piece { start, end, reference: None })
    }

    /// `财税〔2016〕号`, `财税〔2016〕第号`: everything but the number.
    fn without_number(&self, mark: usize, end: usize, free: usize) -> Option<Piece> {
        let ordinal = self.plain.char_before(end, free) == Some('第');
        let before = self.plain.skip_spaces(end - usize::from(ordinal), free);
        let (_, open) = self.bracketed_year(before, free)?;
        let head_end = self.plain.skip_spaces(open, free);
        let start = self.plain.head_start(head_end, free, 12);
        (start < head_end && self.plain[mark] == '号').then_some(Piece {
            start,
            end: mark + 1,
            reference: None,
        })
    }

    /// `财税〔2016〕` before the number. Without a head, the head of the reference just before is shared.
    fn after_year(&self, before: usize, free: usize, last: Option<&Piece>) -> Option<(usize, Reference)> {
        let (year, open) = self.bracketed_year(before, free)?;
        let head_end = self.plain.skip_spaces(open, free);
        let start = self.plain.head_start(head_end, free, 12);
        let faults = self.year_faults(&year, open, before);
        if start == head_end {
            let shared = last.filter(|last| self.plain.joins(last.end, open))?.reference.as_ref()?;
            let prefix = shared.prefix.clone();
            return Some((open, self.numbered(prefix, &year, faults)));
        }
        let prefix = self.plain[start..head_end].iter().collect();
        Some((start, self.numbered(prefix, &year, faults)))
    }

    /// `国务院令`, `财政部公告2021年` or `…常务委员会公告` before the number.
    fn after_word(&self, before: usize, free: usize) -> Option<(usize, Reference)> {
        let (year, end) = self.plain_year(before, free).map_or((None, before), |(year, at)| (Some(year), at));
        let words = [(1, ReferenceKind::Order), (2, ReferenceKind::Announcement)];
        let (length, kind) = words.into_iter().find(|(length, _)| {
            end >= free + length && self.word_at(end - length).is_some_and(|(found, _)| found == *length)
        })?;
        self.by_body(kind, year, end - length, free)
    }

    /// `国务院第60号令`, `财政部2021年第8号公告`: the word stands after the number.
    fn before_word(&self, before: usize, free: usize, end: usize) -> Option<(usize, usize, Reference)> {
        let (length, kind) = self.word_at(end)?;
        let (year, body) =
            self.plain_year(before, free).map_or((None, before), |(year, at)| (Some(year), at));
        let (start, reference) = self.by_body(kind, year, body, free)?;
        Some((start, end + length, reference))
    }

    /// 令 or 公告 at a place, by its length and what it makes the reference.
    fn word_at(&self, at: usize) -> Option<(usize, ReferenceKind)> {
        match self.plain.get(at..)? {
            ['令', ..] => Some((1, ReferenceKind::Order)),
            ['公', '告', ..] => Some((2, ReferenceKind::Announcement)),
            _ => None,
        }
    }

    /// An order or announcement of the body whose name ends at `end`.
    fn by_body(
        &self,
        kind: ReferenceKind,
        year: Option<i32>,
        end: usize,
        free: usize,
    ) -> Option<(usize, Reference)> {
        let start = self.plain.body_start(end, free);
        let prefix = trimmed(&self.plain[start..end].iter().collect::<String>()).to_owned();
        if prefix.is_empty() {
            return None;
        }
        let congress = prefix.contains("人民代表大会") || prefix.contains("人大常委会");
        let kind = match kind {
            ReferenceKind::Announcement if congress && year.is_none() => ReferenceKind::CongressAnnouncement,
            _ => kind,
        };
        Some((start, Reference { year, ..self.reference(kind, start..end, prefix) }))
    }

    /// `[1992]价费字` before the number, where the bracket does not belong to a name.
    fn after_year_and_head(&self, before: usize, free: usize) -> Option<(usize, Reference)> {
        let head = (free..before).rev().take_while(|at| is_han(self.plain[*at])).count();
        if head == 0 || head > 10 {
            return None;
        }
        let (year, open) = self.bracketed_year(before - head, free)?;
        if self.plain.char_before(open, 0).is_some_and(is_han) {
            return None;
        }
        let prefix = self.plain[before - head..before].iter().collect();
        let faults = Faults { year_first: true, ..self.year_faults(&year, open, before - head) };
        Some((open, self.numbered(prefix, &year, faults)))
    }

    /// `、23号` right after a reference whose head and year it shares.
    fn in_list(&self, start: usize, last: Option<&Piece>) -> Option<(usize, Reference)> {
        let shared = last.filter(|last| self.plain.joins(last.end, start))?.reference.clone()?;
        let faults = Faults { padded: false, ordinal: false, ..shared.faults };
        Some((start, Reference { faults, ..shared }))
    }

    /// Where a number begins that has one bracket of its year, or two with no year in them: `财税〔202428`,
    /// `财税2024〕28`, `财税〔〕28`, `财税〔201〕28`.
    fn broken_start(&self, before: usize, free: usize) -> Option<usize> {
        let c = self.plain.char_before(before, free)?;
        let head_end = if OPEN.contains(c) {
            before - 1
        } else if CLOSE.contains(c) {
            let year = self.plain.skip_digits(before - 1, free);
            let opened = self.plain.char_before(year, free).is_some_and(|c| OPEN.contains(c));
            match before - 1 - year {
                4 if !opened => year,
                0 | 3 if opened => year - 1,
                _ => return None,
            }
        } else {
            return self.broken_year_first(before, free);
        };
        let start = self.plain.head_start(head_end, free, 12);
        (start < head_end).then_some(start)
    }

    /// `1992]价费字198` and `[1992价费字198`: the year stands first and lost a bracket.
    fn broken_year_first(&self, before: usize, free: usize) -> Option<usize> {
        let head = (free..before).rev().take_while(|at| is_han(self.plain[*at])).count();
        if head == 0 || head > 10 {
            return None;
        }
        let end = before - head;
        let closed = self.plain.char_before(end, free).is_some_and(|c| CLOSE.contains(c));
        let digits_end = end - usize::from(closed);
        let year = self.plain.skip_digits(digits_end, free);
        let opened = self.plain.char_before(year, free).is_some_and(|c| OPEN.contains(c));
        // What stands before belongs to a name: 教育部(2016国家助学金2号 is no number at all.
        let start = year - usize::from(opened);
        let apart = !self.plain.char_before(start, 0).is_some_and(is_han);
        (digits_end - year == 4 && opened != closed && apart).then_some(start)
    }

    /// The digits of a year in brackets that end at `end`, and the place of the opening bracket.
    fn bracketed_year(&self, end: usize, free: usize) -> Option<(String, usize)> {
        let close = self.plain.char_before(end, free).filter(|c| CLOSE.contains(*c)).map(|_| end - 1)?;
        let digits_end = self.plain.skip_spaces(close, free);
        let start = self.plain.skip_digits(digits_end, free);
        let open_end = self.plain.skip_spaces(start, free);
        self.plain.char_before(open_end, free).filter(|c| OPEN.contains(*c))?;
        let year: String = self.plain[start..digits_end].iter().collect();
        matches!(year.len(), 2 | 4).then_some((year, open_end - 1))
    }

    /// `2019年` before `end`, and where it begins.
    fn plain_year(&self, end: usize, free: usize) -> Option<(i32, usize)> {
        self.plain.char_before(end, free).filter(|c| *c == '年')?;
        let digits_end = self.plain.skip_spaces(end - 1, free);
        let start = self.plain.skip_digits(digits_end, free);
        let year: String = self.plain[start..digits_end].iter().collect();
        let year = (year.len() == 4).then(|| year.parse().ok())??;
        Some((year, self.plain.skip_spaces(start, free)))
    }

    fn year_faults(&self, year: &str, open: usize, close_end: usize) -> Faults {
        let right = self.plain[open] == '〔' && self.plain[close_end - 1] == '〕';
        Faults { bracket: !right, two_digit_year: year.len() == 2, ..Faults::default() }
    }

    fn numbered(&self, prefix: String, year: &str, faults: Faults) -> Reference {
        let year = year.parse().ok().map(|year: i32| match year {
            50..=99 => 1900 + year,
            0..=49 => 2000 + year,
            _ => year,
        });
        Reference { year, faults, ..self.reference(ReferenceKind::Numbered, 0..0, prefix) }
    }

    fn reference(&self, kind: ReferenceKind, at: std::ops::Range<usize>, prefix: String) -> Reference {
        let literal = self.literal[at].iter().collect();
        Reference { kind, literal, prefix, year: None, number: None, faults: Faults::default() }
    }

    /// Sorts the pieces and looks through what lies between them.
    pub(crate) fn into_references(mut self) -> References {
        self.pieces.sort_by_key(|piece| piece.start);
        let mut references = References::default();
        for piece in std::mem::take(&mut self.pieces) {
            self.plain[piece.start..piece.end].fill(GAP);
            match piece.reference {
                Some(reference) => references.found.push(reference),
                None => references.broken.push(self.literal[piece.start..piece.end].iter().collect()),
            }
        }
        let rest: String = self.plain.iter().collect();
        for part in rest.split([GAP, ',', '，', '、', ';', '；', '。', '\n', '\r']).map(trimmed) {
            references.ditto |= is_ditto(part);
            if part.contains('号') {
                references.unparsed.push(part.to_owned());
            }
        }
        references
    }
}
