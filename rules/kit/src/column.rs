//! Declaring what a pack reads: tables and their columns, as constants.
//!
//! A [`Column`] is a handle: declared once inside [`table!`](crate::table), then used to name what a rule reads and to
//! read it from a row. Its position in the table is filled in by the macro.

/// What the cells of a column are, and so which accessor of [`Row`](crate::Row) reads them.
///
/// ```
/// # use mingcha_kit::{example::*, prelude::*};
/// use mingcha_kit::Kind;
///
/// assert_eq!(COST.kind, Kind::Decimal);
/// ```
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
///
/// ```
/// # use mingcha_kit::{example::*, prelude::*};
/// use mingcha_kit::Code;
///
/// const LEVELS: &[Code] = &[Code::plain("国家"), Code::spelt("省级", &["自治区", "省"])];
/// let level = Column::text("level", "设定层级", "Level").codes(LEVELS);
/// assert_eq!(level.codes[1].value, "省级");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Code {
    /// What the rule sees.
    pub value: &'static str,
    /// What people write for it, beside the value itself.
    pub spellings: &'static [&'static str],
}

impl Code {
    /// A value written only one way.
    ///
    /// ```
    /// assert!(mingcha_kit::Code::plain("政府定价").spellings.is_empty());
    /// ```
    #[must_use]
    pub const fn plain(value: &'static str) -> Self {
        Self { value, spellings: &[] }
    }

    /// A value with other spellings.
    ///
    /// ```
    /// assert_eq!(mingcha_kit::Code::spelt("是", &["有", "Y"]).spellings, ["有", "Y"]);
    /// ```
    #[must_use]
    pub const fn spelt(value: &'static str, spellings: &'static [&'static str]) -> Self {
        Self { value, spellings }
    }
}

/// A column of a table; see [`table!`](crate::table).
///
/// ```
/// # use mingcha_kit::{example::*, prelude::*};
/// let fee = Column::decimal("fee", "收费标准", "Fee", 2).unit("元").aliases(&["标准", "金额"]);
/// assert_eq!((fee.name, fee.scale, fee.unit), ("fee", 2, Some("元")));
/// ```
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
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// let column = Column::text("name", "桥名", "Bridge");
    /// assert_eq!(column.zh, "桥名");
    /// ```
    #[must_use]
    pub const fn text(name: &'static str, zh: &'static str, en: &'static str) -> Self {
        Self::new(Kind::Text, name, zh, en)
    }

    /// A measurement.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// let column = Column::number("limit", "限载", "Load limit");
    /// assert_eq!(column.zh, "限载");
    /// ```
    #[must_use]
    pub const fn number(name: &'static str, zh: &'static str, en: &'static str) -> Self {
        Self::new(Kind::Number, name, zh, en)
    }

    /// A count.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// let column = Column::integer("spans", "孔数", "Spans");
    /// assert_eq!(column.zh, "孔数");
    /// ```
    #[must_use]
    pub const fn integer(name: &'static str, zh: &'static str, en: &'static str) -> Self {
        Self::new(Kind::Integer, name, zh, en)
    }

    /// An exact decimal with `scale` digits after the point.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// let column = Column::decimal("cost", "造价", "Cost", 2);
    /// assert_eq!(column.zh, "造价");
    /// ```
    #[must_use]
    pub const fn decimal(name: &'static str, zh: &'static str, en: &'static str, scale: u8) -> Self {
        let mut column = Self::new(Kind::Decimal, name, zh, en);
        column.scale = scale;
        column
    }

    /// A calendar day.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// let column = Column::date("opened", "通车日期", "Opened");
    /// assert_eq!(column.zh, "通车日期");
    /// ```
    #[must_use]
    pub const fn date(name: &'static str, zh: &'static str, en: &'static str) -> Self {
        Self::new(Kind::Date, name, zh, en)
    }

    /// A moment, local civil time.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// let column = Column::instant("inspected", "末次检查", "Inspected");
    /// assert_eq!(column.zh, "末次检查");
    /// ```
    #[must_use]
    pub const fn instant(name: &'static str, zh: &'static str, en: &'static str) -> Self {
        Self::new(Kind::Instant, name, zh, en)
    }

    /// Yes or no.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// let column = Column::flag("tolled", "收费", "Tolled");
    /// assert_eq!(column.zh, "收费");
    /// ```
    #[must_use]
    pub const fn flag(name: &'static str, zh: &'static str, en: &'static str) -> Self {
        Self::new(Kind::Flag, name, zh, en)
    }

    /// Other headers people write for it.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// let column = Column::text("name", "桥名", "Bridge").aliases(&["桥梁名称"]);
    /// assert_eq!(column.aliases, ["桥梁名称"]);
    /// ```
    #[must_use]
    pub const fn aliases(mut self, aliases: &'static [&'static str]) -> Self {
        self.aliases = aliases;
        self
    }

    /// The unit rules see; the host converts what is written in another.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// let column = Column::number("limit", "限载", "Load limit").unit("t");
    /// assert_eq!(column.unit, Some("t"));
    /// ```
    #[must_use]
    pub const fn unit(mut self, unit: &'static str) -> Self {
        self.unit = Some(unit);
        self
    }

    /// Known spellings reach the rule as the code's value, unknown ones as written.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// use mingcha_kit::Code;
    ///
    /// const YES_NO: &[Code] = &[Code::spelt("是", &["有", "Y"]), Code::spelt("否", &["无", "N"])];
    /// assert_eq!(Column::text("tolled", "收费", "Tolled").codes(YES_NO).codes, YES_NO);
    /// ```
    #[must_use]
    pub const fn codes(mut self, codes: &'static [Code]) -> Self {
        self.codes = codes;
        self
    }

    /// Spellings that mean "nothing" here, such as 无.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// let column = Column::text("remark", "备注", "Remark").blanks(&["无", "没有"]);
    /// assert_eq!(column.blanks, ["无", "没有"]);
    /// ```
    #[must_use]
    pub const fn blanks(mut self, blanks: &'static [&'static str]) -> Self {
        self.blanks = blanks;
        self
    }

    /// Written once for several records (merged cells), repeated below.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// let column = Column::text("county", "县市", "County").fill_down();
    /// assert!(column.fill_down);
    /// ```
    #[must_use]
    pub const fn fill_down(mut self) -> Self {
        self.fill_down = true;
        self
    }

    /// A file without this column is not this table.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// let column = Column::text("name", "桥名", "Bridge").required();
    /// assert!(column.required);
    /// ```
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// Taken from a fact of the file (`region`, `reporter`, `period`, `published-on`, `title`, or `unit-of-COLUMN` for
    /// the unit in the header of another column) when no header matches.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// let column = Column::text("county", "县市", "County").from_part("reporter");
    /// assert_eq!(column.from_part, Some("reporter"));
    /// ```
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
///
/// ```
/// # use mingcha_kit::{example::*, prelude::*};
/// assert_eq!(BRIDGES.key, [NAME]);
/// assert_eq!(BRIDGES.columns.len(), 8);
/// ```
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
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// assert_eq!(Table::named("bridges", "桥梁清单", "Bridges").zh, "桥梁清单");
    /// ```
    #[must_use]
    pub const fn named(name: &'static str, zh: &'static str, en: &'static str) -> Self {
        Self { name, zh, en, aliases: &[], key: &[], body: None, columns: &[] }
    }

    /// Sheet and file names that stand for it.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// let table = Table::named("bridges", "桥梁清单", "Bridges").aliases(&["桥梁一览表"]);
    /// assert_eq!(table.aliases, ["桥梁一览表"]);
    /// ```
    #[must_use]
    pub const fn aliases(mut self, aliases: &'static [&'static str]) -> Self {
        self.aliases = aliases;
        self
    }

    /// Columns that together identify a record.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// assert_eq!(Table::named("bridges", "桥梁清单", "Bridges").key(&[NAME]).key, [NAME]);
    /// ```
    #[must_use]
    pub const fn key(mut self, key: &'static [Column]) -> Self {
        self.key = key;
        self
    }

    /// The column naming the body (county, bureau, emitter) a record belongs to.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// assert_eq!(Table::named("bridges", "桥梁清单", "Bridges").body(COUNTY).body, Some(COUNTY));
    /// ```
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
///
/// ```
/// use mingcha_kit::prelude::*;
///
/// table! {
///     /// Ferries.
///     pub static FERRIES = Table::named("ferries", "渡口清单", "Ferries").key(&[NAME]);
///     /// 渡口
///     pub const NAME = Column::text("name", "渡口", "Ferry").required();
///     /// 开航日期
///     pub const OPENED = Column::date("opened", "开航日期", "Opened");
/// }
///
/// assert_eq!(FERRIES.columns, [NAME, OPENED]);
/// ```
#[macro_export]
macro_rules! table {
    (
        $(#[$table_doc:meta])* $table_vis:vis static $table:ident = $definition:expr;
        $( $(#[$doc:meta])* $vis:vis const $column:ident = $declared:expr; )+
    ) => {
        #[allow(non_camel_case_types, clippy::upper_case_acronyms, reason = "named like the constants it numbers")]
        #[repr(u16)]
        enum Position { $( $column ),+ }
        $( $(#[$doc])* $vis const $column: $crate::Column = $declared.positioned(Position::$column as u16); )+
        $(#[$table_doc])* $table_vis static $table: $crate::Table = $definition.with_columns(&[$( $column ),+]);
    };
}
