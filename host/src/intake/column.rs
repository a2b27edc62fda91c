//! Collects the cells of one column of a batch, converting each distinct spelling once where that pays.

use super::batch::{Cells, ColumnData, Why};
use super::cell::Cell;
use super::convert::{Converter, Doubt, Read};
use super::recognise::ColumnMatch;
use crate::manifest::{Column, Kind};
use std::collections::HashMap;

const BLANK: u8 = 1;
const UNREADABLE: u8 = 2;

/// Cells of one column, in the making.
pub(crate) struct Builder<'a> {
    converter: Option<Converter<'a>>,
    values: Values,
    states: Vec<u8>,
    /// What became of a spelling before.
    memo: HashMap<Box<str>, Remembered>,
    last: Option<(Box<str>, Remembered)>,
}

/// Values of a column by kind.
enum Values {
    Text(Words),
    Number(Vec<f64>),
    Integer(Vec<i64>),
    Decimal(Vec<i64>),
    Date(Vec<i32>),
    Instant(Vec<i64>),
    Flag(Vec<u8>),
}

/// What a spelling was converted to: bits of the value or code of the word, or a state.
#[derive(Clone, Copy, Debug)]
struct Remembered {
    value: Bits,
    state: u8,
    result: Result<Option<Doubt>, Why>,
}

/// A value of any kind but text; of text, which word.
#[derive(Clone, Copy, Debug)]
enum Bits {
    Float(f64),
    Whole(i64),
    Word(u32),
}

/// Spellings remembered at most; beyond, cells are simply converted again.
const MEMO_AT_MOST: usize = 8192;

impl<'a> Builder<'a> {
    /// For a column as it was found; one that was not found stays blank.
    pub(crate) fn new(declared: &'a Column, found: Option<&ColumnMatch>, records: usize) -> Self {
        let values = match declared.kind {
            Kind::Text => Values::Text(Words::default()),
            Kind::Number => Values::Number(Vec::with_capacity(records)),
            Kind::Integer => Values::Integer(Vec::with_capacity(records)),
            Kind::Decimal => Values::Decimal(Vec::with_capacity(records)),
            Kind::Date => Values::Date(Vec::with_capacity(records)),
            Kind::Instant => Values::Instant(Vec::with_capacity(records)),
            Kind::Flag => Values::Flag(Vec::with_capacity(records)),
        };
        let converter = found.map(|found| Converter::new(declared, found));
        Self { converter, values, states: Vec::with_capacity(records), memo: HashMap::new(), last: None }
    }

    /// Takes the next cell: fine, fine with a doubt, or why it cannot be read.
    pub(crate) fn push(&mut self, cell: &Cell<'_>) -> Result<Option<Doubt>, Why> {
        let remembered = match cell {
            Cell::Text(text) => self.recall(text, cell),
            cell => self.convert(cell),
        };
        self.states.push(remembered.state);
        match (&mut self.values, remembered.value) {
            (Values::Number(values), Bits::Float(value)) => values.push(value),
            (
                Values::Integer(values) | Values::Decimal(values) | Values::Instant(values),
                Bits::Whole(value),
            ) => {
                values.push(value);
            }
            (Values::Date(values), Bits::Whole(value)) => values.push(value as i32),
            (Values::Flag(values), Bits::Whole(value)) => values.push(value as u8),
            (Values::Text(words), Bits::Word(word)) => words.codes.push(word),
            (_, Bits::Float(_) | Bits::Whole(_) | Bits::Word(_)) => {} // `convert` gives the kind's own
        }
        remembered.result
    }

    fn recall(&mut self, text: &str, cell: &Cell<'_>) -> Remembered {
        if let Some((_, remembered)) = self.last.as_ref().filter(|(last, _)| **last == *text) {
            return *remembered;
        }
        let known = self.memo.get(text).copied();
        let remembered = known.unwrap_or_else(|| self.convert(cell));
        if known.is_none() && self.memo.len() < MEMO_AT_MOST {
            self.memo.insert(text.into(), remembered);
        }
        self.last = Some((text.into(), remembered));
        remembered
    }

    fn convert(&mut self, cell: &Cell<'_>) -> Remembered {
        let Some(converter) = &self.converter else { return settle(Read::Blank, Bits::Whole(0)) };
        match &mut self.values {
            Values::Text(words) => match converter.text(cell) {
                Read::Value(text) => settle(Read::Value(Bits::Word(words.code(&text))), Bits::Word(0)),
                Read::Doubtful(text, doubt) => {
                    settle(Read::Doubtful(Bits::Word(words.code(&text)), doubt), Bits::Word(0))
                }
                Read::Blank => settle(Read::Blank, Bits::Word(words.code(""))),
                Read::Unreadable(why) => settle(Read::Unreadable(why), Bits::Word(words.code(""))),
            },
            Values::Number(_) => settle(converter.number(cell).map(Bits::Float), Bits::Float(0.0)),
            Values::Integer(_) => settle(converter.integer(cell).map(Bits::Whole), Bits::Whole(0)),
            Values::Decimal(_) => settle(converter.decimal(cell).map(Bits::Whole), Bits::Whole(0)),
            Values::Date(_) => {
                settle(converter.date(cell).map(|day| Bits::Whole(day.into())), Bits::Whole(0))
            }
            Values::Instant(_) => settle(converter.instant(cell).map(Bits::Whole), Bits::Whole(0)),
            Values::Flag(_) => {
                settle(converter.flag(cell).map(|flag| Bits::Whole(flag.into())), Bits::Whole(0))
            }
        }
    }

    /// The column; one that was not found is blank for all records.
    pub(crate) fn finish(mut self, records: usize) -> ColumnData {
        if self.converter.is_none() {
            return ColumnData { cells: self.values.blank(records), states: vec![BLANK; records] };
        }
        if self.states.iter().all(|state| *state == 0) {
            self.states.clear();
        }
        let cells = match self.values {
            Values::Text(words) => words.finish(),
            Values::Number(values) => Cells::Number(values),
            Values::Integer(values) => Cells::Integer(values),
            Values::Decimal(values) => Cells::Decimal(values),
            Values::Date(values) => Cells::Date(values),
            Values::Instant(values) => Cells::Instant(values),
            Values::Flag(values) => Cells::Flag(values),
        };
        ColumnData { cells, states: self.states }
    }
}

fn settle(read: Read<Bits>, nothing: Bits) -> Remembered {
    match read {
        Read::Value(value) => Remembered { value, state: 0, result: Ok(None) },
        Read::Doubtful(value, doubt) => Remembered { value, state: 0, result: Ok(Some(doubt)) },
        Read::Blank => Remembered { value: nothing, state: BLANK, result: Ok(None) },
        Read::Unreadable(why) => Remembered { value: nothing, state: UNREADABLE, result: Err(why) },
    }
}

impl Values {
    /// So many cells without a value.
    fn blank(&self, records: usize) -> Cells {
        match self {
            Values::Text(_) => {
                Cells::Dictionary { codes: vec![0; records], offsets: vec![0, 0], heap: String::new() }
            }
            Values::Number(_) => Cells::Number(vec![0.0; records]),
            Values::Integer(_) => Cells::Integer(vec![0; records]),
            Values::Decimal(_) => Cells::Decimal(vec![0; records]),
            Values::Date(_) => Cells::Date(vec![0; records]),
            Values::Instant(_) => Cells::Instant(vec![0; records]),
            Values::Flag(_) => Cells::Flag(vec![0; records]),
        }
    }
}

/// Distinct words in the order they came, and which of them each cell is.
#[derive(Default)]
struct Words {
    codes: Vec<u32>,
    offsets: Vec<u32>,
    heap: String,
    known: HashMap<Box<str>, u32>,
}

/// Past this many distinct words nobody looks whether one came before.
const WORDS_LOOKED_UP: usize = 8192;

impl Words {
    fn code(&mut self, word: &str) -> u32 {
        if let Some(code) = self.known.get(word) {
            return *code;
        }
        if self.offsets.is_empty() {
            self.offsets.push(0);
        }
        let code = (self.offsets.len() - 1) as u32;
        self.heap.push_str(word);
        self.offsets.push(self.heap.len() as u32);
        if self.known.len() < WORDS_LOOKED_UP {
            self.known.insert(word.into(), code);
        }
        code
    }

    /// A dictionary, unless more than half the cells differ.
    fn finish(mut self) -> Cells {
        if self.offsets.is_empty() {
            self.offsets.push(0);
        }
        if (self.offsets.len() - 1) * 2 <= self.codes.len() {
            return Cells::Dictionary { codes: self.codes, offsets: self.offsets, heap: self.heap };
        }
        let mut offsets = Vec::with_capacity(self.codes.len() + 1);
        let mut heap = String::with_capacity(self.heap.len());
        offsets.push(0);
        for code in self.codes {
            let (start, end) = (self.offsets[code as usize], self.offsets[code as usize + 1]);
            heap.push_str(&self.heap[start as usize..end as usize]);
            offsets.push(heap.len() as u32);
        }
        Cells::Text { offsets, heap }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::recognise::How;
    use crate::intake::tests::declare;

    fn built(kind: Kind, cells: &[&str]) -> (ColumnData, usize) {
        let column = declare::column("x", kind);
        let found = ColumnMatch { position: Some(0), ..ColumnMatch::without_header(How::Header) };
        let mut builder = Builder::new(&column, Some(&found), cells.len());
        let bad =
            cells.iter().filter(|cell| builder.push(&Cell::from_text((**cell).into())).is_err()).count();
        (builder.finish(cells.len()), bad)
    }

    #[test]
    fn few_distinct_words_make_a_dictionary_and_many_do_not() {
        let (column, _) = built(Kind::Text, &["甲", "乙", "甲", "", "乙", "甲"]);
        let expected = Cells::Dictionary {
            codes: vec![0, 1, 0, 2, 1, 0],
            offsets: vec![0, 3, 6, 6],
            heap: "甲乙".into(),
        };
        assert_eq!((column.cells, column.states), (expected, vec![0, 0, 0, 1, 0, 0]));
        let (column, _) = built(Kind::Text, &["甲", "乙", "丙"]);
        assert_eq!(column.cells, Cells::Text { offsets: vec![0, 3, 6, 9], heap: "甲乙丙".into() });
    }

    #[test]
    fn what_cannot_be_read_has_state_two_and_no_value() {
        let (column, bad) = built(Kind::Integer, &["1", "x", "1", "-"]);
        assert_eq!(
            (column.cells, column.states, bad),
            (Cells::Integer(vec![1, 0, 1, 0]), vec![0, 2, 0, 1], 1)
        );
    }

    #[test]
    fn a_column_that_was_not_found_is_blank() {
        let column = declare::column("x", Kind::Date);
        let data = Builder::new(&column, None, 2).finish(2);
        assert_eq!(data, ColumnData { cells: Cells::Date(vec![0, 0]), states: vec![1, 1] });
    }
}
