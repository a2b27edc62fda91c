//! Data as it comes: batches of whole columns. [`Row`] looks at them record by record.
//!
//! A batch owns its columns, as they came. Cells are read through the column constants of the table; reading a column
//! that no running rule declared is a mistake of the author and panics with both names.

use std::any::Any;
use std::cell::RefCell;
use std::fmt;
use std::rc::Rc;

use crate::together::{Known, Together};
use crate::{Column, Row, Table, Task};

/// What is in a cell.
///
/// ```
/// # use mingcha_kit::{example::*, prelude::*};
/// assert_eq!(batch().row(1).state(LIMIT), State::Unreadable);
/// assert_eq!(batch().row(1).state(OPENED), State::Blank);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// A value of the declared kind.
    Value,
    /// Nothing.
    Blank,
    /// Something, but not of the declared kind.
    Unreadable,
}

/// Text values: value `i` is `heap[offsets[i]..offsets[i + 1]]`.
///
/// ```
/// use mingcha_kit::TextData;
///
/// let names: TextData = ["东桥", "西桥"].iter().collect();
/// assert_eq!((names.len(), names.get(1)), (2, "西桥"));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextData {
    /// One more than values.
    pub offsets: Vec<u32>,
    /// All values, end to end.
    pub heap: String,
}

impl TextData {
    /// How many values.
    ///
    /// ```
    /// let names: mingcha_kit::TextData = ["东桥", "西桥"].iter().collect();
    /// assert_eq!(names.len(), 2);
    /// ```
    #[must_use]
    pub fn len(&self) -> usize {
        self.offsets.len().saturating_sub(1)
    }

    /// Whether there are none.
    ///
    /// ```
    /// assert!(mingcha_kit::TextData::default().is_empty());
    /// ```
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Value `index`.
    ///
    /// ```
    /// let names: mingcha_kit::TextData = ["东桥", "西桥"].iter().collect();
    /// assert_eq!(names.get(0), "东桥");
    /// ```
    #[inline(always)]
    #[must_use]
    pub fn get(&self, index: usize) -> &str {
        &self.heap[self.offsets[index] as usize..self.offsets[index + 1] as usize]
    }
}

impl<S: AsRef<str>> FromIterator<S> for TextData {
    fn from_iter<I: IntoIterator<Item = S>>(values: I) -> Self {
        let mut data = Self { offsets: vec![0], heap: String::new() };
        for value in values {
            data.heap.push_str(value.as_ref());
            data.offsets.push(u32::try_from(data.heap.len()).expect("a heap under 4 GiB"));
        }
        data
    }
}

/// The values of a column, one entry per record.
///
/// ```
/// # use mingcha_kit::{example::*, prelude::*};
/// use mingcha_kit::Cells;
///
/// let bridges = batch();
/// let Cells::Number(limits) = &bridges.column(LIMIT).cells else { panic!("numbers") };
/// assert_eq!(limits[0], 20.5);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub enum Cells {
    /// Plain text.
    Text(TextData),
    /// Text with few distinct values: a code per record, and the values.
    Dictionary(Vec<u32>, TextData),
    /// Measurements.
    Number(Vec<f64>),
    /// Counts.
    Integer(Vec<i64>),
    /// Units at the column's scale.
    Decimal(Vec<i64>),
    /// Days since 1970-01-01.
    Date(Vec<i32>),
    /// Seconds since 1970-01-01T00:00:00.
    Instant(Vec<i64>),
    /// 1 or 0.
    Flag(Vec<u8>),
}

impl Cells {
    /// How many records.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// assert_eq!(batch().column(LIMIT).cells.len(), 2);
    /// ```
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Self::Text(text) => text.len(),
            Self::Dictionary(codes, _) => codes.len(),
            Self::Number(values) => values.len(),
            Self::Integer(values) | Self::Decimal(values) | Self::Instant(values) => values.len(),
            Self::Date(values) => values.len(),
            Self::Flag(values) => values.len(),
        }
    }

    /// Whether there are none.
    ///
    /// ```
    /// assert!(mingcha_kit::Cells::Date(Vec::new()).is_empty());
    /// ```
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// One column of a batch.
///
/// ```
/// # use mingcha_kit::{example::*, prelude::*};
/// let bridges = batch();
/// let limits = bridges.column(LIMIT);
/// assert_eq!((limits.state(0), limits.state(1)), (State::Value, State::Unreadable));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct ColumnData {
    /// Its values.
    pub cells: Cells,
    /// Per cell 0 value, 1 blank, 2 unreadable; empty where all are values.
    pub states: Vec<u8>,
}

impl ColumnData {
    /// What is in cell `index`.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// assert_eq!(batch().column(OPENED).state(1), State::Blank);
    /// ```
    #[inline(always)]
    #[must_use]
    pub fn state(&self, index: usize) -> State {
        match self.states.get(index) {
            None | Some(0) => State::Value,
            Some(1) => State::Blank,
            Some(_) => State::Unreadable,
        }
    }
}

/// Values computed once per distinct value of a dictionary; see [`Row::by_value`].
struct Memo {
    column: u16,
    function: usize,
    values: Box<dyn Any>,
}

/// Some thousand records of one table.
///
/// ```
/// # use mingcha_kit::{example::*, prelude::*};
/// let bridges = batch();
/// let named = bridges.rows().filter(|bridge| bridge.is_filled(NAME)).count();
/// assert_eq!((bridges.len(), named), (2, 2));
/// ```
pub struct Batch {
    pub(crate) table_index: u16,
    table: &'static Table,
    records: usize,
    pub(crate) first_id: u64,
    pub(crate) ids: Vec<u64>,
    /// Position in `columns` per column of the table; `u16::MAX` where it was not sent.
    positions: Vec<u16>,
    columns: Vec<ColumnData>,
    /// Per column, whether it has an unreadable cell.
    unreadable: Vec<bool>,
    /// Unlike that of any batch before it in the session.
    pub(crate) serial: u64,
    pub(crate) task: Rc<Task>,
    /// The groups of all batches of the session.
    pub(crate) known: Rc<Known>,
    memos: RefCell<Vec<Memo>>,
    /// What rules share; see [`Batch::once`].
    pub(crate) worked_out: RefCell<Vec<(usize, Rc<dyn Any>)>>,
    /// Which records agree in which columns; see [`Together`].
    together: RefCell<Vec<Rc<Together>>>,
}

impl fmt::Debug for Batch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} records of {}", self.records, self.table.name)
    }
}

/// What a batch is made from, beside its table: ids, and columns in the task's order.
///
/// ```
/// # use mingcha_kit::{example::*, prelude::*};
/// use mingcha_kit::batch::BatchData;
///
/// let BatchData { records, columns, .. } = records();
/// assert_eq!((records, columns.len()), (2, 8));
/// ```
#[derive(Clone, Debug)]
pub struct BatchData {
    /// How many records.
    pub records: usize,
    /// Id of the first.
    pub first_id: u64,
    /// All ids, where they do not run on.
    pub ids: Vec<u64>,
    /// In the task's order.
    pub columns: Vec<ColumnData>,
}

impl Batch {
    pub(crate) fn new(
        (table_index, table): (u16, &'static Table),
        order: &[u16],
        data: BatchData,
        (task, known): (Rc<Task>, Rc<Known>),
        serial: u64,
    ) -> Self {
        let mut positions = vec![u16::MAX; table.columns.len()];
        for (position, &column) in order.iter().enumerate() {
            positions[usize::from(column)] = u16::try_from(position).expect("fewer than 65,536 columns");
        }
        let BatchData { records, first_id, ids, columns } = data;
        let (memos, worked_out, together) = Default::default();
        let unreadable = columns.iter().map(|column| column.states.contains(&2)).collect();
        Self {
            unreadable,
            table_index,
            table,
            records,
            first_id,
            ids,
            positions,
            columns,
            serial,
            task,
            known,
            memos,
            worked_out,
            together,
        }
    }

    /// The table its records are of.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// assert_eq!(batch().table().name, "bridges");
    /// ```
    #[must_use]
    pub fn table(&self) -> &'static Table {
        self.table
    }

    /// What the host asked of this session: as-of date, period, settings.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// assert_eq!(batch().task().as_of, day(2016, 11, 30));
    /// ```
    #[must_use]
    pub fn task(&self) -> &Task {
        &self.task
    }

    /// The id the host gave record `index`.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// assert_eq!(batch().id(1), batch().row(1).place().id);
    /// ```
    #[inline(always)]
    #[must_use]
    pub fn id(&self, index: usize) -> u64 {
        match self.ids.get(index) {
            Some(&id) => id,
            None => self.first_id + index as u64,
        }
    }

    /// Whether it is a batch of this table.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// assert!(batch().is_of(&BRIDGES));
    /// ```
    #[must_use]
    pub fn is_of(&self, table: &Table) -> bool {
        self.table.name == table.name
    }

    /// How many records.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// assert_eq!(batch().len(), 2);
    /// ```
    #[must_use]
    pub fn len(&self) -> usize {
        self.records
    }

    /// Whether there are none.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// assert!(!batch().is_empty());
    /// ```
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.records == 0
    }

    /// Its records, in order.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// let bridges = batch();
    /// let names: Vec<_> = bridges.rows().filter_map(|bridge| bridge.text(NAME)).collect();
    /// assert_eq!(names, ["东桥", "西桥"]);
    /// ```
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        (0..self.records).map(|index| Row::new(self, index))
    }

    /// Record `index`.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// assert_eq!(batch().row(1).text(NAME), Some("西桥"));
    /// ```
    #[must_use]
    pub fn row(&self, index: usize) -> Row<'_> {
        Row::new(self, index)
    }

    /// A whole column.
    ///
    /// # Panics
    /// Where no running rule declared it.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// assert_eq!(batch().column(SPANS).states, [0, 1]);
    /// ```
    #[inline(always)]
    #[must_use]
    pub fn column(&self, column: Column) -> &ColumnData {
        match self.positions.get(usize::from(column.index)) {
            Some(&position) if position != u16::MAX => &self.columns[usize::from(position)],
            _ => panic!("column {} of {} is read but not declared by the rule", column.name, self.table.name),
        }
    }

    /// What `function` makes of a value of a dictionary, worked out once.
    pub(crate) fn remembered<T: Clone + 'static>(
        &self,
        column: u16,
        code: usize,
        values: &TextData,
        function: fn(&str) -> T,
    ) -> T {
        let mut memos = self.memos.borrow_mut();
        let address = function as usize;
        let found = memos.iter().position(|memo| memo.column == column && memo.function == address);
        let slot = found.unwrap_or_else(|| {
            let values: Box<dyn Any> = Box::new(vec![None::<T>; values.len()]);
            memos.push(Memo { column, function: address, values });
            memos.len() - 1
        });
        // Two functions of different type can share an address once the compiler has merged them.
        let Some(memo) = memos[slot].values.downcast_mut::<Vec<Option<T>>>() else {
            return function(values.get(code));
        };
        memo[code].get_or_insert_with(|| function(values.get(code))).clone()
    }

    /// Which records agree in these columns; worked out once, however many rules ask.
    pub(crate) fn together(&self, columns: &'static [Column]) -> Rc<Together> {
        let known = self.together.borrow().iter().find(|known| known.is_by(columns)).map(Rc::clone);
        known.unwrap_or_else(|| {
            let made = Rc::new(Together::of(self, columns));
            self.together.borrow_mut().push(Rc::clone(&made));
            made
        })
    }

    pub(crate) fn has_unreadable(&self, column: Column) -> bool {
        let position = self.positions.get(usize::from(column.index));
        position.and_then(|&position| self.unreadable.get(usize::from(position))) == Some(&true)
    }
}
