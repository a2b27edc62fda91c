//! Columns of records, in the layout packs take them: the answer of [`Part::read`](super::Part::read).

/// Some thousand records of one part, column by column.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Batch {
    /// Number of the first record within its part, from 1.
    pub first_record: u64,
    /// How many records; every column has as many cells.
    pub records: usize,
    /// In the order asked for.
    pub columns: Vec<ColumnData>,
    /// Cells that are not of their column's kind; their state is 2.
    pub unreadable: Vec<Unreadable>,
    /// Cells that have a value but deserve a word.
    pub remarks: Vec<Remark>,
}

/// One column of a batch.
#[derive(Clone, Debug, PartialEq)]
pub struct ColumnData {
    /// The values; zero or empty where there is none.
    pub cells: Cells,
    /// 0 a value, 1 blank, 2 unreadable; empty when all are values.
    pub states: Vec<u8>,
}

/// Values of one column, as the contract's `data.cells`.
#[derive(Clone, Debug, PartialEq)]
pub enum Cells {
    /// Value `i` is `heap[offsets[i]..offsets[i + 1]]`; one more offset than values.
    Text {
        /// Where each value begins.
        offsets: Vec<u32>,
        /// All values, one after the other.
        heap: String,
    },
    /// Cell `i` is value `codes[i]` of the text.
    Dictionary {
        /// Which value.
        codes: Vec<u32>,
        /// Where each value begins.
        offsets: Vec<u32>,
        /// All distinct values, one after the other.
        heap: String,
    },
    /// Measurements.
    Number(Vec<f64>),
    /// Counts.
    Integer(Vec<i64>),
    /// Scaled by ten to the column's scale.
    Decimal(Vec<i64>),
    /// Days since 1970-01-01.
    Date(Vec<i32>),
    /// Seconds since 1970-01-01T00:00:00.
    Instant(Vec<i64>),
    /// 1 is yes.
    Flag(Vec<u8>),
}

/// A cell that is not of its column's kind; a finding of [`rules::UNREADABLE_CELL`](super::rules::UNREADABLE_CELL).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// Record within the part, from 1.
    pub record: u64,
    /// Index of the declared column.
    pub column: u16,
    /// What is wrong with it; also the index of the rule's message.
    pub why: Why,
}

/// Why a cell has no value of its column's kind. The order is that of the messages of `intake/unreadable-cell`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u16)]
pub enum Why {
    /// No number.
    NotANumber,
    /// A number, but no whole one.
    NotAWholeNumber,
    /// No amount of money.
    NotAnAmount,
    /// No date.
    NotADate,
    /// A month without a day.
    DayMissing,
    /// A year of two digits.
    TwoDigitYear,
    /// A day or time that does not exist.
    ImpossibleDate,
    /// The weekday in brackets is another.
    WrongWeekday,
    /// Neither yes nor no.
    NotAFlag,
    /// Beyond what the kind can hold.
    TooLarge,
    /// An error value of a formula, such as `#N/A`.
    ErrorValue,
    /// Bytes that are no text in the file's encoding.
    Undecodable,
    /// A long code stored as a number: digits after the fifteenth are gone.
    DigitsLost,
    /// The cell's unit is not one the column's unit can be had from.
    ForeignUnit,
}

impl Why {
    /// Index of the message that says it.
    #[must_use]
    pub const fn message(self) -> u16 {
        self as u16
    }
}

/// A cell that was read, with a doubt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// Record within the part, from 1.
    pub record: u64,
    /// Index of the declared column.
    pub column: u16,
    /// Index of the rule in [`rules::manifest`](super::rules::manifest).
    pub rule: u16,
    /// Index of its message.
    pub message: u16,
    /// What the message's holes stand for, beside the cell itself.
    pub arguments: Vec<(String, String)>,
}
