//! Declaring what a pack reads: tables and their columns, as constants.
//!
//! A [`Column`] is a handle: declared once inside [`table!`](crate::table), then used to name what a rule reads and to
//! read it from a row. Its position in the table is filled in by the macro.

/// What the cells of a column are, and so which accessor of [`Row`](crate::Row) reads them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `row.text(..)`
    Text,
    /// `row.number(..)`: a measurement, `f64`
    Number,
    /// `row.integer(..)`: a count, `i64`
    Integer,
    /// `row.decimal(..)`: money and shares, exact
    Decimal,
    /// `row.date(..)`
    Date,
    /// `row.instant(..)`: local civil time, to the second
    Instant,
    /// `row.flag(..)`
    Flag,
}

/// One value of a code list and the other spellings people use for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Code {
    /// What the rule sees.
    pub value: &'static str,
    /// What people write for it, beside the value itself.
    pub spellings: &'static [&'static str],
}

impl Code {
    /// A value written only one way.
    #[must_use]
    pub const fn plain(value: &'static str) -> Self {
        Self { value, spellings: &[] }
    }

    /// A value with other spellings.
    #[must_use]
    pub const fn spelt(value: &'static str, spellings: &'static [&'static str]) -> Self {
        Self { value, spellings }
    }
}

/// A column of a table; see [`table!`](crate::table).
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Position in its table.
    pub index: u16,
    /// English name, snake_case.
    pub name: &'static str,
    /// The Chinese header.
    pub zh: &'static str,
    /// The English header.
    pub en: &'static str,
    /// Other headers people write.
    pub aliases: &'static [&'static str],
    /// What its cells are.
    pub kind: Kind,
    /// Digits after the point, for [`Kind::Decimal`].
    pub scale: u8,
    /// Unit of the values a rule sees.
    pub unit: Option<&'static str>,
    /// Code list.
    pub codes: &'static [Code],
    /// Spellings of "nothing" beyond the usual ones.
    pub blanks: &'static [&'static str],
    /// Whether merged or repeated cells are filled down.
    pub fill_down: bool,
    /// Whether a file without it is not this table.
    pub required: bool,
    /// Fact of the file it may be taken from.
    pub from_part: Option<&'static str>,
}

impl Column {
    const fn new(kind: Kind, name: &'static str, zh: &'static str, en: &'static str) -> Self {
        Self {
            index: u16::MAX,
            name,
            zh,
            en,
            aliases: &[],
            kind,
            scale: 0,
            unit: None,
            codes: &[],
            blanks: &[],
            fill_down: false,
            required: false,
            from_part: None,
        }
    }

    /// Text as written, trimmed.
    #[must_use]
    pub const fn text(name: &'static str, zh: &'static str, en: &'static str) -> Self {
        Self::new(Kind::Text, name, zh, en)
    }

    /// A measurement.
    #[must_use]
    pub const fn number(name: &'static str, zh: &'static str, en: &'static str) -> Self {
        Self::new(Kind::Number, name, zh, en)
    }

    /// A count.
    #[must_use]
    pub const fn integer(name: &'static str, zh: &'static str, en: &'static str) -> Self {
        Self::new(Kind::Integer, name, zh, en)
    }

    /// An exact decimal with `scale` digits after the point.
    #[must_use]
    pub const fn decimal(name: &'static str, zh: &'static str, en: &'static str, scale: u8) -> Self {
        let mut column = Self::new(Kind::Decimal, name, zh, en);
        column.scale = scale;
        column
    }

    /// A calendar day.
    #[must_use]
    pub const fn date(name: &'static str, zh: &'static str, en: &'static str) -> Self {
        Self::new(Kind::Date, name, zh, en)
    }

    /// A moment, local civil time.
    #[must_use]
    pub const fn instant(name: &'static str, zh: &'static str, en: &'static str) -> Self {
        Self::new(Kind::Instant, name, zh, en)
    }

    /// Yes or no.
    #[must_use]
    pub const fn flag(name: &'static str, zh: &'static str, en: &'static str) -> Self {
        Self::new(Kind::Flag, name, zh, en)
    }

    /// Other headers people write for it.
    #[must_use]
    pub const fn aliases(mut self, aliases: &'static [&'static str]) -> Self {
        self.aliases = aliases;
        self
    }

    /// The unit rules see; the host converts what is written in another.
    #[must_use]
    pub const fn unit(mut self, unit: &'static str) -> Self {
        self.unit = Some(unit);
        self
    }

    /// Known spellings reach the rule as the code's value, unknown ones as written.
    #[must_use]
    pub const fn codes(mut self, codes: &'static [Code]) -> Self {
        self.codes = codes;
        self
    }

    /// Spellings that mean "nothing" here, such as 无.
    #[must_use]
    pub const fn blanks(mut self, blanks: &'static [&'static str]) -> Self {
        self.blanks = blanks;
        self
    }

    /// Written once for several records (merged cells), repeated below.
    #[must_use]
    pub const fn fill_down(mut self) -> Self {
        self.fill_down = true;
        self
    }

    /// A file without this column is not this table.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// Taken from a fact of the file (`region`, `reporter`, `period`, `published-on`, `title`, or `unit-of-COLUMN` for
    /// the unit in the header of another column) when no header matches.
    #[must_use]
    pub const fn from_part(mut self, fact: &'static str) -> Self {
        self.from_part = Some(fact);
        self
    }

    /// Called by [`table!`](crate::table).
    #[doc(hidden)]
    #[must_use]
    pub const fn positioned(mut self, index: u16) -> Self {
        self.index = index;
        self
    }
}

impl PartialEq for Column {
    fn eq(&self, other: &Self) -> bool {
        self.index == other.index && self.name == other.name
    }
}

impl Eq for Column {}

/// A table a pack reads; see [`table!`](crate::table).
#[derive(Clone, Copy, Debug)]
pub struct Table {
    /// English name, snake_case, unique within the pack.
    pub name: &'static str,
    /// Chinese name.
    pub zh: &'static str,
    /// English name for people.
    pub en: &'static str,
    /// Sheet and file names that stand for it.
    pub aliases: &'static [&'static str],
    /// Columns that identify a record.
    pub key: &'static [Column],
    /// The column naming the body a record belongs to.
    pub body: Option<Column>,
    /// All columns.
    pub columns: &'static [Column],
}

impl Table {
    /// A table with its names; [`table!`](crate::table) adds the columns.
    #[must_use]
    pub const fn named(name: &'static str, zh: &'static str, en: &'static str) -> Self {
        Self { name, zh, en, aliases: &[], key: &[], body: None, columns: &[] }
    }

    /// Sheet and file names that stand for it.
    #[must_use]
    pub const fn aliases(mut self, aliases: &'static [&'static str]) -> Self {
        self.aliases = aliases;
        self
    }

    /// Columns that together identify a record.
    #[must_use]
    pub const fn key(mut self, key: &'static [Column]) -> Self {
        self.key = key;
        self
    }

    /// The column naming the body (county, bureau, emitter) a record belongs to.
    #[must_use]
    pub const fn body(mut self, column: Column) -> Self {
        self.body = Some(column);
        self
    }

    /// Called by [`table!`](crate::table).
    #[doc(hidden)]
    #[must_use]
    pub const fn with_columns(mut self, columns: &'static [Column]) -> Self {
        self.columns = columns;
        self
    }
}

/// Declares a table and a constant for each of its columns. One table per module.
///
/// The first item is the table, the others its columns, in the order reports show them; see the crate's example.
#[macro_export]
macro_rules! table {
    (
        $(#[$table_doc:meta])* $table_vis:vis static $table:ident = $definition:expr;
        $( $(#[$doc:meta])* $vis:vis const $column:ident = $declared:expr; )+
    ) => {
        #[expect(non_camel_case_types, clippy::upper_case_acronyms, reason = "named like the constants it numbers")]
        #[repr(u16)]
        enum Position { $( $column ),+ }
        $( $(#[$doc])* $vis const $column: $crate::Column = $declared.positioned(Position::$column as u16); )+
        $(#[$table_doc])* $table_vis static $table: $crate::Table = $definition.with_columns(&[$( $column ),+]);
    };
}
