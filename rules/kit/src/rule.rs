//! Declaring a rule: what it looks for, what it reads, what it rests on, and the function that looks.

use chrono::NaiveDate;

use crate::{Batch, Column, Findings, Row, Screen, Table, Task};

/// Text in both languages.
///
/// ```
/// # use mingcha_kit::{example::*, prelude::*};
/// assert_eq!(text("限载不大于零", "Load limit not above zero").en, "Load limit not above zero");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text {
    /// Chinese.
    pub zh: &'static str,
    /// English.
    pub en: &'static str,
}

/// Text in both languages, Chinese first.
///
/// ```
/// # use mingcha_kit::{example::*, prelude::*};
/// const TITLE: mingcha_kit::Text = text("限载不大于零", "Load limit not above zero");
/// assert_eq!(TITLE.zh, "限载不大于零");
/// ```
#[must_use]
pub const fn text(zh: &'static str, en: &'static str) -> Text {
    Text { zh, en }
}

/// How grave a finding is.
///
/// ```
/// # use mingcha_kit::{example::*, prelude::*};
/// let doubtful = Rule { severity: Severity::Warning, ..Rule::EMPTY };
/// assert_ne!(doubtful.severity, Rule::EMPTY.severity);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// Worth knowing.
    Notice,
    /// Probably wrong, or wrong without a written rule against it.
    Warning,
    /// Against a written rule, or against logic.
    Error,
}

/// What a rule rests on: document and article, and the days it holds.
///
/// ```
/// # use mingcha_kit::{example::*, prelude::*};
/// const READ: Basis = Basis::read("《昌吉州2016年政务公开工作要点》", "一");
/// const RECALLED: Basis = Basis::recalled("GB 18918—2002", "表1").since(2003, 7, 1);
/// assert!(READ.verified && !RECALLED.verified);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Basis {
    /// Title or number of the document or standard.
    pub document: &'static str,
    /// Article, table or clause; empty for the whole.
    pub article: &'static str,
    /// First day it holds.
    pub since: Option<NaiveDate>,
    /// First day it no longer holds.
    pub until: Option<NaiveDate>,
    /// Its wording was read, not recalled.
    pub verified: bool,
}

impl Basis {
    /// A basis whose wording was read.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// assert!(Basis::read("《中华人民共和国政府信息公开条例》", "第十八条").verified);
    /// ```
    #[must_use]
    pub const fn read(document: &'static str, article: &'static str) -> Self {
        Self { document, article, since: None, until: None, verified: true }
    }

    /// A basis recalled but not read: reports mark it 依据待核.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// assert!(!Basis::recalled("GB 18918—2002", "表1").verified);
    /// ```
    #[must_use]
    pub const fn recalled(document: &'static str, article: &'static str) -> Self {
        Self { document, article, since: None, until: None, verified: false }
    }

    /// First day it holds.
    ///
    /// # Panics
    /// At compile time, where there is no such day.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// let basis = Basis::recalled("HJ 819—2017", "5.3").since(2017, 6, 1);
    /// assert_eq!(basis.since, Some(day(2017, 6, 1)));
    /// ```
    #[must_use]
    pub const fn since(mut self, year: i32, month: u32, day: u32) -> Self {
        self.since = Some(NaiveDate::from_ymd_opt(year, month, day).expect("a day of the calendar"));
        self
    }

    /// First day it no longer holds.
    ///
    /// # Panics
    /// At compile time, where there is no such day.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// let basis = Basis::read("《中华人民共和国政府信息公开条例》", "第十八条").until(2019, 5, 15);
    /// assert_eq!(basis.until, Some(day(2019, 5, 15)));
    /// ```
    #[must_use]
    pub const fn until(mut self, year: i32, month: u32, day: u32) -> Self {
        self.until = Some(NaiveDate::from_ymd_opt(year, month, day).expect("a day of the calendar"));
        self
    }

    /// Whether it holds on a day, such as that of a record.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// let basis = Basis::recalled("GB 18918—2002", "表1").since(2003, 7, 1).until(2026, 3, 1);
    /// assert!(basis.holds_on(day(2026, 2, 28)) && !basis.holds_on(day(2026, 3, 1)));
    /// ```
    #[must_use]
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.since.is_none_or(|since| since <= day) && self.until.is_none_or(|until| day < until)
    }
}

/// One wording of a rule's findings. Holes: `{argument}`, else `{column_name}` for the record's cell as written,
/// `{expected}`, `{actual}`, `{difference}`, `{subject}`.
///
/// ```
/// # use mingcha_kit::{example::*, prelude::*};
/// let message = Message::new("{name}的限载“{limit}”不大于零", "Load limit “{limit}” of {name} is not above zero");
/// assert_eq!(message.id, "default");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Message {
    /// Unique within the rule; `default` for the first.
    pub id: &'static str,
    /// Where it differs from the rule's.
    pub severity: Option<Severity>,
    /// The template.
    pub text: Text,
}

impl Message {
    /// The rule's usual wording.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// assert_eq!(Message::new("{name}未列县市", "{name} has no county").id, "default");
    /// ```
    #[must_use]
    pub const fn new(zh: &'static str, en: &'static str) -> Self {
        Self::named("default", zh, en)
    }

    /// A further wording, chosen with [`Finding::saying`](crate::Finding::saying).
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// assert_eq!(Message::named("early", "{name}早于开工", "{name} is before the start").id, "early");
    /// ```
    #[must_use]
    pub const fn named(id: &'static str, zh: &'static str, en: &'static str) -> Self {
        Self { id, severity: None, text: text(zh, en) }
    }

    /// Findings in this wording weigh differently from the rule's others.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// let doubtful = Message::named("early", "{name}早", "{name} is early").weighing(Severity::Notice);
    /// assert_eq!(doubtful.severity, Some(Severity::Notice));
    /// ```
    #[must_use]
    pub const fn weighing(mut self, severity: Severity) -> Self {
        self.severity = Some(severity);
        self
    }
}

/// Whether a reference table must have been handed in for the rule to run.
///
/// ```
/// # use mingcha_kit::{example::*, prelude::*};
/// let list = Reading::of(&BRIDGES, &[NAME]).presence(Presence::Optional);
/// assert_eq!(list.presence, Presence::Optional);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// It must; without it the rule is not applicable.
    Needed,
    /// At least one of the rule's tables so marked must.
    AnyOf,
    /// The rule runs without it.
    Optional,
}

/// Which columns of which table a rule reads.
///
/// ```
/// # use mingcha_kit::{example::*, prelude::*};
/// const OVER: Reading = Reading::of(&BRIDGES, &[LIMIT]).and_optional(&[OPENED]);
/// assert_eq!((OVER.columns, OVER.optional), (&[LIMIT][..], &[OPENED][..]));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Reading {
    /// The table.
    pub table: &'static Table,
    /// Without these the rule does not run: on a file that lacks one, on a record where one is unreadable.
    pub columns: &'static [Column],
    /// Blank where the file lacks them.
    pub optional: &'static [Column],
    /// Whether the rule can do without the table, for reference tables; for the rule's own [`Presence::Optional`] says that
    /// no form has to have `columns`, so that a file without them leaves the rule unchecked and nothing to object to.
    pub presence: Presence,
}

impl Reading {
    /// Columns the rule cannot do without.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// assert_eq!(Reading::of(&BRIDGES, &[LIMIT]).columns, [LIMIT]);
    /// ```
    #[must_use]
    pub const fn of(table: &'static Table, columns: &'static [Column]) -> Self {
        Self { table, columns, optional: &[], presence: Presence::Needed }
    }

    /// Columns it can do without: blank where the file lacks them.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// assert_eq!(Reading::of(&BRIDGES, &[LIMIT]).and_optional(&[OPENED]).optional, [OPENED]);
    /// ```
    #[must_use]
    pub const fn and_optional(mut self, columns: &'static [Column]) -> Self {
        self.optional = columns;
        self
    }

    /// Whether the rule can do without this reference table; of its own table, whether forms need not have its columns.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// assert_eq!(Reading::of(&BRIDGES, &[NAME]).presence(Presence::AnyOf).presence, Presence::AnyOf);
    /// ```
    #[must_use]
    pub const fn presence(mut self, presence: Presence) -> Self {
        self.presence = presence;
        self
    }
}

/// How much of its table a rule must see in one place. Its findings must not depend on how the rest is split.
///
/// ```
/// # use mingcha_kit::{example::*, prelude::*};
/// let repeated = Rule { scope: Scope::Group(&[NAME]), ..Rule::EMPTY };
/// assert_ne!(repeated.scope, Scope::EachRecord);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Each record alone.
    EachRecord,
    /// All records that agree in these columns together; others may come to another session. Text agrees that
    /// [`key`](mingcha_values::text::key) takes for the same: a rule that puts more together declares fewer columns.
    Group(&'static [Column]),
    /// All records together.
    WholeTable,
}

/// What a rule says of a record: [`JUDGED`], or `None` where it does not apply, which `?` on a blank cell gives.
///
/// ```
/// # use mingcha_kit::{example::*, prelude::*};
/// fn long_bridge(bridge: &Row, findings: &mut Findings) -> Judged {
///     if bridge.integer(SPANS)? > 2 {
///         findings.at(bridge, SPANS);
///     }
///     JUDGED
/// }
/// let tally = &outcome(Check::Row(long_bridge)).tallies[0];
/// assert_eq!((tally.applied, tally.failed), (1, 1)); // the other bridge says nothing of its spans
/// ```
pub type Judged = Option<()>;

/// The rule applied; whether it objected shows in the findings.
///
/// ```
/// # use mingcha_kit::{example::*, prelude::*};
/// fn satisfied(_: &Row, _: &mut Findings) -> Judged {
///     JUDGED
/// }
/// assert_eq!(outcome(Check::Row(satisfied)).tallies[0].applied, 2);
/// ```
pub const JUDGED: Judged = Some(());

/// A rule that remembers: one is made for each session.
///
/// ```
/// # use mingcha_kit::{example::*, prelude::*};
/// struct NoneOpened(bool);
///
/// impl Inspection for NoneOpened {
///     fn record(&mut self, bridge: &Row, _: &mut Findings) -> Judged {
///         self.0 |= bridge.is_filled(OPENED);
///         None
///     }
///     fn close(&mut self, findings: &mut Findings) {
///         findings.judge(|findings| {
///             if !self.0 {
///                 findings.about("通车日期");
///             }
///             JUDGED
///         });
///     }
/// }
/// assert!(outcome(Check::Inspection(|_| Box::new(NoneOpened(false)))).findings.is_empty());
/// ```
pub trait Inspection {
    /// A batch of a reference table; all of them come before the first record.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// struct Listed(std::collections::HashSet<String>);
    ///
    /// impl Inspection for Listed {
    ///     fn beside(&mut self, list: &Batch) {
    ///         self.0.extend(list.rows().filter_map(|bridge| bridge.text(NAME).map(str::to_owned)));
    ///     }
    ///     fn record(&mut self, bridge: &Row, findings: &mut Findings) -> Judged {
    ///         if !self.0.contains(bridge.text(NAME)?) {
    ///             findings.at(bridge, NAME);
    ///         }
    ///         JUDGED
    ///     }
    /// }
    /// ```
    fn beside(&mut self, _batch: &Batch) {}

    /// A record of the rule's table. A rule that judges groups only collects here, and answers `None`.
    fn record(&mut self, row: &Row, findings: &mut Findings) -> Judged;

    /// What can be told of a batch's records from its columns, so that [`record`](Self::record) sees only the others. A
    /// rule that collects may take records in here and leave them aside; it is asked for each batch before its records.
    fn screen(&mut self, _batch: &Batch, _findings: &mut Findings) -> Option<Screen> {
        None
    }

    /// Everything was seen. Groups are judged here, each within [`Findings::judge`].
    fn close(&mut self, _findings: &mut Findings) {}
}

/// The function that looks.
///
/// ```
/// # use mingcha_kit::{example::*, prelude::*};
/// fn unopened(bridge: &Row, findings: &mut Findings) -> Judged {
///     if bridge.is_blank(OPENED) {
///         findings.on(bridge);
///     }
///     JUDGED
/// }
/// assert_eq!(outcome(Check::Row(unopened)).findings.len(), 1);
/// ```
#[derive(Clone, Copy)]
pub enum Check {
    /// Each row alone.
    Row(fn(&Row, &mut Findings) -> Judged),
    /// Each batch as columns, for rules that are worth it; it counts for itself with [`Findings::count`].
    Batch(fn(&Batch, &mut Findings)),
    /// With memory: reference tables, groups, the whole table.
    Inspection(fn(&Task) -> Box<dyn Inspection>),
}

/// One fault a pack looks for.
///
/// ```
/// # use mingcha_kit::{example::*, prelude::*};
/// fn unopened(bridge: &Row, findings: &mut Findings) -> Judged {
///     if bridge.is_blank(OPENED) {
///         findings.on(bridge);
///     }
///     JUDGED
/// }
///
/// static UNOPENED: Rule = Rule {
///     id: "bridge/unopened",
///     title: text("未写通车日期", "No opening date"),
///     over: Reading::of(&BRIDGES, &[OPENED]),
///     messages: &[Message::new("{name}未写通车日期", "{name} has no opening date")],
///     check: Check::Row(unopened),
///     ..Rule::EMPTY
/// };
/// ```
#[derive(Clone, Copy)]
pub struct Rule {
    /// `domain/fault`, naming the fault.
    pub id: &'static str,
    /// Its title.
    pub title: Text,
    /// How grave it is.
    pub severity: Severity,
    /// Its page, filled in by [`rule!`](crate::rule) from the doc comment: Chinese, a line `---`, English.
    pub page: &'static str,
    /// How much it must see in one place.
    pub scope: Scope,
    /// The table it judges.
    pub over: Reading,
    /// Tables it looks things up in.
    pub beside: &'static [Reading],
    /// Columns whose unreadable cells it objects to itself.
    pub reports_unreadable: &'static [Column],
    /// Columns it only asks whether something is written in: an unreadable cell there does not stop it.
    pub accepts_unreadable: &'static [Column],
    /// What it rests on.
    pub bases: &'static [Basis],
    /// Its wordings, the usual one first.
    pub messages: &'static [Message],
    /// First day it applies to, compared with the as-of date.
    pub since: Option<NaiveDate>,
    /// First day it no longer does.
    pub until: Option<NaiveDate>,
    /// What can be told of a batch's records from its columns, for a [`Check::Row`] that is worth it.
    pub screen: Option<fn(&Batch) -> Screen>,
    /// The function that looks.
    pub check: Check,
}

static NOTHING: Table = Table::named("", "", "");

impl Rule {
    /// What a rule leaves unsaid: an error, each record alone, no reference tables, no dates.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// assert_eq!(Rule::EMPTY.severity, Severity::Error);
    /// assert_eq!(Rule::EMPTY.scope, Scope::EachRecord);
    /// ```
    pub const EMPTY: Self = Self {
        id: "",
        title: text("", ""),
        severity: Severity::Error,
        page: "",
        scope: Scope::EachRecord,
        over: Reading::of(&NOTHING, &[]),
        beside: &[],
        reports_unreadable: &[],
        accepts_unreadable: &[],
        bases: &[],
        messages: &[],
        since: None,
        until: None,
        screen: None,
        check: Check::Row(|_, _| None),
    };
}

/// Declares a rule whose doc comment is its page.
///
/// Headings are fixed. Chinese first: `## 查什么`, `## 为什么`, `## 怎么改`, `## 例`; then a line `---`; then
/// `## What`, `## Why`, `## How to mend`. The examples are fenced blocks marked `csv bad` and `csv good`, which a test
/// runs, with settings where the mark goes on (`csv bad least=4`); the section on bases is written by the host from `bases`.
///
/// ```
/// # use mingcha_kit::{example::*, prelude::*};
/// # fn unopened(_: &Row, _: &mut Findings) -> Judged { JUDGED }
/// rule! {
///     /// ## 查什么
///     /// 桥梁应写明通车日期。
///     /// ---
///     /// ## What
///     /// A bridge has an opening date.
///     pub static UNOPENED = Rule {
///         id: "bridge/unopened",
///         title: text("未写通车日期", "No opening date"),
///         over: Reading::of(&BRIDGES, &[OPENED]),
///         messages: &[Message::new("{name}未写通车日期", "{name} has no opening date")],
///         check: Check::Row(unopened),
///         ..Rule::EMPTY
///     };
/// }
///
/// assert!(UNOPENED.page.contains("桥梁应写明通车日期。"));
/// ```
#[macro_export]
macro_rules! rule {
    ( $(#[doc = $line:literal])+ $vis:vis static $name:ident = Rule { $($body:tt)* }; ) => {
        $(#[doc = $line])+
        $vis static $name: $crate::Rule = $crate::Rule { page: concat!($($line, "\n"),+), $($body)* };
    };
}
