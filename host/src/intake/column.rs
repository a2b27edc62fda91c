//! Collects the cells of one column of a batch, converting each distinct spelling once where that pays.

use super::batch::{Cells, ColumnData, Why};
use super::cell::Cell;
use super::convert::{Converter, Doubt, LastDay, Read};
use super::recognise::ColumnMatch;
use super::spelling::Spellings;
use super::words::Words;
use crate::manifest::{Column, Kind};

const BLANK: u8 = 1;
const UNREADABLE: u8 = 2;

/// Cells of one column, in the making; after each batch the next is begun.
pub(crate) struct Builder<'a> {
    converter: Option<Converter<'a>>,
    kind: Kind,
    values: Values,
    /// One entry per cell, from the first that is no value on; empty until then.
    states: Vec<u8>,
    cells: usize,
    /// What became of bytes before.
    memo: Spellings<Remembered>,
    plain: bool,
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

/// What a spelling was converted to: bits of the value or which word, or a state.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Remembered {
    value: Bits,
    state: u8,
    result: Result<Option<Doubt>, Why>,
    /// A blank or a sign for the same as above: in a column that is carried down, the cell above counts.
    pub(crate) is_nothing: bool,
}

/// A value of any kind but text; of text, which word.
#[derive(Clone, Copy, Debug)]
enum Bits {
    Float(f64),
    Whole(i64),
    Word(u32),
}

impl<'a> Builder<'a> {
    /// For a column as it was found; one that was not found stays blank. `plain` forgoes all short cuts.
    pub(crate) fn new(declared: &'a Column, found: Option<&ColumnMatch>, plain: bool) -> Self {
        let converter = found.map(|found| Converter::new(declared, found));
        let values = Values::of(declared.kind);
        let (states, memo) = (Vec::new(), Spellings::default());
        Self { converter, kind: declared.kind, values, states, cells: 0, memo, plain }
    }

    /// Numbers that are days count from a day so many days later than the calendar of 1900.
    pub(crate) fn counting_from(mut self, shift: f64) -> Self {
        if let Some(converter) = &mut self.converter {
            converter.count_from(shift);
        }
        self
    }

    /// Takes the next cell: fine, fine with a doubt, or why it cannot be read.
    pub(crate) fn push(&mut self, cell: &Cell<'_>) -> Result<Option<Doubt>, Why> {
        let remembered = self.look(cell);
        self.put(remembered)
    }

    /// What a cell is, by its bytes where it has been seen before; `cell` gives it to be converted.
    #[inline]
    pub(crate) fn recall<'c>(&mut self, bytes: &[u8], cell: impl FnOnce() -> Cell<'c>) -> Remembered {
        if self.plain {
            return self.look(&cell());
        }
        if let Some(quick) = self.converter.as_ref().and_then(|converter| quick(converter, self.kind, bytes))
        {
            return quick;
        }
        let Self { converter, values, memo, .. } = self;
        memo.of(bytes, || look(converter.as_ref(), values, &cell()))
    }

    /// Takes the cells of records that follow one another by their bytes; `read` gives one to be converted, and `odd` is
    /// told of each that is not simply fine.
    pub(crate) fn extend<'c>(
        &mut self,
        cells: impl Iterator<Item = &'c [u8]>,
        read: impl Fn(&'c [u8]) -> Cell<'c>,
        odd: &mut impl FnMut(usize, Result<Option<Doubt>, Why>),
    ) {
        let mut cells = cells.enumerate();
        while let Some((at, bytes)) = if self.plain { cells.next() } else { self.extend_quickly(&mut cells) }
        {
            let seen = self.recall(bytes, || read(bytes));
            let told = self.put(seen);
            if !matches!(told, Ok(None)) {
                odd(at, told);
            }
        }
    }

    /// Takes cells as long as what they are can be told at once, and gives the one of which it cannot.
    fn extend_quickly<'c>(
        &mut self,
        cells: &mut impl Iterator<Item = (usize, &'c [u8])>,
    ) -> Option<(usize, &'c [u8])> {
        let Self { converter: Some(converter), values, memo, states, cells: taken, .. } = self else {
            return cells.next();
        };
        let whole = |bytes: &[u8]| memo.known(bytes).and_then(Remembered::whole);
        let (stopped, all) = match values {
            Values::Number(values) => {
                let number = |bytes: &[u8]| or_blank(bytes, converter.quick_number(bytes));
                (extend(cells, values, states, number), values.len())
            }
            Values::Instant(values) => {
                let mut day = LastDay::default();
                let seconds = |bytes: &[u8]| or_blank(bytes, converter.quick_seconds(bytes, &mut day));
                (extend(cells, values, states, seconds), values.len())
            }
            Values::Date(values) => {
                let day = |bytes: &[u8]| or_blank(bytes, converter.quick_day(bytes));
                (extend(cells, values, states, day), values.len())
            }
            Values::Integer(values) | Values::Decimal(values) => {
                (extend(cells, values, states, whole), values.len())
            }
            Values::Flag(values) => {
                let flag = |bytes: &[u8]| whole(bytes).map(|(flag, state)| (flag as u8, state));
                (extend(cells, values, states, flag), values.len())
            }
            Values::Text(words) => {
                let mut codes = std::mem::take(&mut words.codes);
                let word = |bytes: &[u8]| memo.known(bytes).and_then(Remembered::word);
                let code = |bytes: &[u8]| word(bytes).map(|(word, state)| (words.code(word), state));
                let stopped = extend(cells, &mut codes, states, code);
                words.codes = codes;
                (stopped, words.codes.len())
            }
        };
        *taken = all;
        stopped
    }

    /// What a cell is.
    pub(crate) fn look(&mut self, cell: &Cell<'_>) -> Remembered {
        look(self.converter.as_ref(), &mut self.values, cell)
    }

    /// Takes a cell by what it is.
    #[inline]
    pub(crate) fn put(&mut self, remembered: Remembered) -> Result<Option<Doubt>, Why> {
        if remembered.state != 0 && self.states.is_empty() {
            self.states.resize(self.cells, 0);
        }
        if !self.states.is_empty() || remembered.state != 0 {
            self.states.push(remembered.state);
        }
        self.cells += 1;
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
            (Values::Text(words), Bits::Word(word)) => words.put(word),
            (_, Bits::Float(_) | Bits::Whole(_) | Bits::Word(_)) => {} // `look` gives the kind's own
        }
        remembered.result
    }

    /// The column as it is so far, and a new one; one that was not found is blank for all records.
    pub(crate) fn finish(&mut self, records: usize) -> ColumnData {
        let states = std::mem::take(&mut self.states);
        self.cells = 0;
        if self.memo.is_full() {
            self.memo.clear();
        }
        if self.converter.is_none() {
            return ColumnData { cells: Values::of(self.kind).blank(records), states: vec![BLANK; records] };
        }
        let cells = match &mut self.values {
            Values::Text(words) => {
                let (cells, forgotten) = words.finish();
                if forgotten {
                    self.memo.clear();
                }
                cells
            }
            Values::Number(values) => Cells::Number(std::mem::take(values)),
            Values::Integer(values) => Cells::Integer(std::mem::take(values)),
            Values::Decimal(values) => Cells::Decimal(std::mem::take(values)),
            Values::Date(values) => Cells::Date(std::mem::take(values)),
            Values::Instant(values) => Cells::Instant(std::mem::take(values)),
            Values::Flag(values) => Cells::Flag(std::mem::take(values)),
        };
        ColumnData { cells, states }
    }
}

/// Takes cells with their states, as long as `tell` knows both; a state is only written where there are some already.
#[inline]
fn extend<'c, V>(
    cells: &mut impl Iterator<Item = (usize, &'c [u8])>,
    values: &mut Vec<V>,
    states: &mut Vec<u8>,
    mut tell: impl FnMut(&'c [u8]) -> Option<(V, u8)>,
) -> Option<(usize, &'c [u8])> {
    let with_states = !states.is_empty();
    cells.find(|(_, bytes)| match tell(bytes) {
        Some((value, state)) if with_states || state == 0 => {
            values.push(value);
            if with_states {
                states.push(state);
            }
            false
        }
        _ => true,
    })
}

/// A value, or the state of a cell with nothing in it.
#[inline]
fn or_blank<V: Default>(bytes: &[u8], value: Option<V>) -> Option<(V, u8)> {
    match value {
        Some(value) => Some((value, 0)),
        None => bytes.is_empty().then(|| (V::default(), BLANK)),
    }
}

impl Remembered {
    /// A whole number and its state, of a cell that is simply fine.
    #[inline]
    fn whole(self) -> Option<(i64, u8)> {
        match self {
            Self { value: Bits::Whole(value), state, result: Ok(None), .. } => Some((value, state)),
            _ => None,
        }
    }

    /// Which word, and its state.
    #[inline]
    fn word(self) -> Option<(u32, u8)> {
        match self {
            Self { value: Bits::Word(word), state, result: Ok(None), .. } => Some((word, state)),
            _ => None,
        }
    }
}

fn look(converter: Option<&Converter<'_>>, values: &mut Values, cell: &Cell<'_>) -> Remembered {
    let word = |words: &mut Words, word: &str| Bits::Word(words.word(word));
    let Some(converter) = converter else { return settle(Read::Blank, Bits::Whole(0)) };
    let remembered = match values {
        Values::Text(words) => match converter.text(cell) {
            Read::Value(text) => settle(Read::Value(word(words, &text)), Bits::Whole(0)),
            Read::Doubtful(text, doubt) => settle(Read::Doubtful(word(words, &text), doubt), Bits::Whole(0)),
            Read::Blank => settle(Read::Blank, word(words, "")),
            Read::Unreadable(why) => settle(Read::Unreadable(why), word(words, "")),
        },
        Values::Number(_) => settle(converter.number(cell).map(Bits::Float), Bits::Float(0.0)),
        Values::Integer(_) => settle(converter.integer(cell).map(Bits::Whole), Bits::Whole(0)),
        Values::Decimal(_) => settle(converter.decimal(cell).map(Bits::Whole), Bits::Whole(0)),
        Values::Date(_) => settle(converter.date(cell).map(|day| Bits::Whole(day.into())), Bits::Whole(0)),
        Values::Instant(_) => settle(converter.instant(cell).map(Bits::Whole), Bits::Whole(0)),
        Values::Flag(_) => settle(converter.flag(cell).map(|flag| Bits::Whole(flag.into())), Bits::Whole(0)),
    };
    Remembered { is_nothing: cell.is_nothing(), ..remembered }
}

/// A value that can be told from its bytes at once.
#[inline]
fn quick(converter: &Converter<'_>, kind: Kind, bytes: &[u8]) -> Option<Remembered> {
    let value = match kind {
        Kind::Number => Bits::Float(converter.quick_number(bytes)?),
        Kind::Instant => Bits::Whole(converter.quick_seconds(bytes, &mut LastDay::default())?),
        Kind::Date => Bits::Whole(converter.quick_day(bytes)?.into()),
        Kind::Text | Kind::Integer | Kind::Decimal | Kind::Flag => return None,
    };
    Some(Remembered { value, state: 0, result: Ok(None), is_nothing: false })
}

fn settle(read: Read<Bits>, nothing: Bits) -> Remembered {
    match read {
        Read::Value(value) => Remembered { value, state: 0, result: Ok(None), is_nothing: false },
        Read::Doubtful(value, doubt) => {
            Remembered { value, state: 0, result: Ok(Some(doubt)), is_nothing: false }
        }
        Read::Blank => Remembered { value: nothing, state: BLANK, result: Ok(None), is_nothing: false },
        Read::Unreadable(why) => {
            Remembered { value: nothing, state: UNREADABLE, result: Err(why), is_nothing: false }
        }
    }
}

impl Values {
    fn of(kind: Kind) -> Self {
        match kind {
            Kind::Text => Self::Text(Words::default()),
            Kind::Number => Self::Number(Vec::new()),
            Kind::Integer => Self::Integer(Vec::new()),
            Kind::Decimal => Self::Decimal(Vec::new()),
            Kind::Date => Self::Date(Vec::new()),
            Kind::Instant => Self::Instant(Vec::new()),
            Kind::Flag => Self::Flag(Vec::new()),
        }
    }

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::recognise::How;
    use crate::intake::tests::declare;

    fn built(kind: Kind, cells: &[&str]) -> (ColumnData, usize) {
        let column = declare::column("x", kind);
        let found = ColumnMatch { position: Some(0), ..ColumnMatch::without_header(How::Header) };
        let mut builder = Builder::new(&column, Some(&found), false);
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
        let data = Builder::new(&column, None, false).finish(2);
        assert_eq!(data, ColumnData { cells: Cells::Date(vec![0, 0]), states: vec![1, 1] });
    }
}
