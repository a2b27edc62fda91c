//! Choices a pack leaves to its user: declared with a default, published as JSON Schema, read by name.
//!
//! Two of them are the kit's own, for the packs that list them: [`CALENDAR_DAYS`] and [`SPELLINGS`].

use std::any::Any;
use std::cell::{OnceCell, RefCell};
use std::rc::Rc;

use mingcha_values::calendar::Calendar;
use serde_json::{Map, Value as Json, json};

use crate::{Text, text};

/// What a setting may hold, with its default.
///
/// ```
/// # use mingcha_kit::{example::*, prelude::*};
/// use mingcha_kit::settings::Default;
///
/// assert_eq!(GRACE.default, Default::Integer(15));
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Default {
    /// A whole number.
    Integer(i64),
    /// A number.
    Number(f64),
    /// Text.
    Text(&'static str),
    /// Yes or no.
    Flag(bool),
    /// A list of texts.
    List(&'static [&'static str]),
}

/// Days off and days worked, in place of those that come with the values.
///
/// ```
/// use mingcha_kit::{Settings, settings::CALENDAR_DAYS};
/// let settings = Settings::parse(r#"{"calendar-days": ["2016-09-18 休"]}"#)?;
/// assert_eq!(settings.list(&CALENDAR_DAYS), ["2016-09-18 休"]);
/// # Ok::<(), String>(())
/// ```
pub static CALENDAR_DAYS: Setting = Setting::list(
    "calendar-days",
    &[],
    text(
        "节假日:逐日修改随附的工作日历,每项写作“2016-09-18 休”或“2016-09-18 班”;只写年份“2018”表示该年的放假、调休日已全部列出",
        "Holidays in place of those known, each as “2016-09-18 off” or “2016-09-18 work”; a year alone, “2018”, says that all its days are listed",
    ),
)
.entries(
    text("“2016-09-18 休”、“2016-09-18 班”或年份“2018”", "“2016-09-18 off”, “2016-09-18 work” or a year, “2018”"),
    |entry| Calendar::default().add(entry).is_ok(),
);

/// Other ways to write what a column says.
///
/// ```
/// use mingcha_kit::{Settings, settings::SPELLINGS};
/// let settings = Settings::parse(r#"{"spellings": ["stage:落地=执行"]}"#)?;
/// assert!(settings.check(&[&SPELLINGS]).is_ok());
/// # Ok::<(), String>(())
/// ```
pub static SPELLINGS: Setting = Setting::list(
    "spellings",
    &[],
    text(
        "其他写法:某一列的单元格写成什么时按什么看待,每项写作“列名:写法=规范写法”,如“污染物名称:铬法COD=化学需氧量”",
        "Other spellings: what a cell of a column stands for, each as “COLUMN:WRITTEN=MEANT”, the column by its name or header",
    ),
)
.entries(text("“列名:写法=规范写法”", "“COLUMN:WRITTEN=MEANT”"), |entry| spelling(entry).is_some());

/// Column, what is written there, what it stands for.
pub(crate) fn spelling(entry: &str) -> Option<(&str, &str, &str)> {
    let (column, rest) = entry.split_once([':', '：'])?;
    let (written, meant) = rest.split_once(['=', '＝'])?;
    let [column, written, meant] = [column, written, meant].map(str::trim);
    [column, written, meant].iter().all(|part| !part.is_empty()).then_some((column, written, meant))
}

/// How the entries of a list are written, and whether one is.
///
/// ```
/// let form = mingcha_kit::settings::CALENDAR_DAYS.form.expect("a form");
/// assert!((form.fits)("2016-09-18 班") && !(form.fits)("春节"));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Form {
    /// For people.
    pub text: Text,
    /// Whether an entry can be read.
    pub fits: fn(&str) -> bool,
}

/// A choice the user may make.
///
/// ```
/// # use mingcha_kit::{example::task, prelude::*};
/// static GRACE: Setting = Setting::integer("grace-days", 15, text("宽限天数", "Days of grace"));
///
/// assert_eq!(task().settings.integer(&GRACE), 15);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    /// Kebab-case, unique within the pack.
    pub name: &'static str,
    /// What it decides.
    pub title: Text,
    /// What holds where the user says nothing.
    pub default: Default,
    /// For lists: how entries are written. Where the user's is written otherwise, no rule of the pack runs.
    pub form: Option<Form>,
}

impl Setting {
    /// A whole number.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// let setting = Setting::integer("grace-days", 15, text("选项", "Choice"));
    /// assert_eq!(task().settings.integer(&setting), 15);
    /// ```
    #[must_use]
    pub const fn integer(name: &'static str, default: i64, title: Text) -> Self {
        Self { name, title, default: Default::Integer(default), form: None }
    }

    /// A number.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// let setting = Setting::number("tolerance", 0.05, text("选项", "Choice"));
    /// assert_eq!(task().settings.number(&setting), 0.05);
    /// ```
    #[must_use]
    pub const fn number(name: &'static str, default: f64, title: Text) -> Self {
        Self { name, title, default: Default::Number(default), form: None }
    }

    /// Text.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// let setting = Setting::text("unit", "元", text("选项", "Choice"));
    /// assert_eq!(task().settings.text(&setting), "元");
    /// ```
    #[must_use]
    pub const fn text(name: &'static str, default: &'static str, title: Text) -> Self {
        Self { name, title, default: Default::Text(default), form: None }
    }

    /// Yes or no.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// let setting = Setting::flag("strict", true, text("选项", "Choice"));
    /// assert!(task().settings.flag(&setting));
    /// ```
    #[must_use]
    pub const fn flag(name: &'static str, default: bool, title: Text) -> Self {
        Self { name, title, default: Default::Flag(default), form: None }
    }

    /// A list of texts.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// let setting = Setting::list("counties", &["甲县"], text("选项", "Choice"));
    /// assert_eq!(task().settings.list(&setting), ["甲县"]);
    /// ```
    #[must_use]
    pub const fn list(name: &'static str, default: &'static [&'static str], title: Text) -> Self {
        Self { name, title, default: Default::List(default), form: None }
    }

    /// How the entries of a list are written.
    ///
    /// ```
    /// use mingcha_kit::{Setting, text};
    /// static YEARS: Setting = Setting::list("years", &[], text("年份", "Years"))
    ///     .entries(text("“2016”", "“2016”"), |entry| entry.parse::<u16>().is_ok());
    /// assert!(YEARS.form.is_some());
    /// ```
    #[must_use]
    pub const fn entries(mut self, text: Text, fits: fn(&str) -> bool) -> Self {
        self.form = Some(Form { text, fits });
        self
    }

    fn schema(&self) -> Json {
        let (kind, default) = match self.default {
            Default::Integer(value) => ("integer", json!(value)),
            Default::Number(value) => ("number", json!(value)),
            Default::Text(value) => ("string", json!(value)),
            Default::Flag(value) => ("boolean", json!(value)),
            Default::List(value) => ("array", json!(value)),
        };
        let mut schema = json!({
            "type": kind, "default": default, "title": self.title.zh, "description": self.title.en,
        });
        if kind == "array" {
            schema["items"] = json!({ "type": "string" });
        }
        schema
    }
}

/// What the user set.
///
/// ```
/// # use mingcha_kit::{example::*, prelude::*};
/// use mingcha_kit::Settings;
///
/// let settings = Settings::parse(r#"{ "grace-days": 20 }"#)?;
/// assert_eq!(settings.integer(&GRACE), 20);
/// # Ok::<(), String>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Settings {
    set: Map<String, Json>,
    /// None of its own where the user says nothing of days.
    calendar: OnceCell<Option<Calendar>>,
    /// What [`Settings::entries`] made, by the name of the setting.
    entries: RefCell<Vec<(&'static str, Rc<dyn Any>)>>,
}

impl Settings {
    /// From the JSON object the host hands over.
    ///
    /// # Errors
    /// A sentence, where it is not a JSON object.
    ///
    /// ```
    /// assert!(mingcha_kit::Settings::parse("[]").is_err());
    /// ```
    pub fn parse(json: &str) -> Result<Self, String> {
        match serde_json::from_str(json) {
            Ok(Json::Object(set)) => Ok(Self { set, ..Self::default() }),
            Ok(_) => Err("the settings are not a JSON object".to_owned()),
            Err(error) => Err(format!("the settings are not JSON: {error}")),
        }
    }

    /// Whether each is one the pack declared, and holds what it declared: a mistake must not become the default unseen.
    fn has_kinds(&self, declared: &[&Setting]) -> Result<(), String> {
        for (name, value) in &self.set {
            let Some(setting) = declared.iter().find(|setting| setting.name == name) else {
                return Err(format!("the pack has no setting {name}"));
            };
            let (takes, kind) = match setting.default {
                Default::Integer(_) => (value.as_i64().is_some(), "a whole number"),
                Default::Number(_) => (value.is_number(), "a number"),
                Default::Text(_) => (value.is_string(), "a text"),
                Default::Flag(_) => (value.is_boolean(), "true or false"),
                Default::List(_) => (
                    value.as_array().is_some_and(|items| items.iter().all(Json::is_string)),
                    "a list of texts",
                ),
            };
            if !takes {
                return Err(format!("the setting {name} takes {kind}, not {value}"));
            }
        }
        Ok(())
    }

    /// JSON Schema of these settings; `{}` where there are none.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// assert!(mingcha_kit::Settings::schema(&[&GRACE]).contains("grace-days"));
    /// ```
    #[must_use]
    pub fn schema(settings: &[&Setting]) -> String {
        if settings.is_empty() {
            return "{}".to_owned();
        }
        let properties: Map<_, _> =
            settings.iter().map(|setting| (setting.name.to_owned(), setting.schema())).collect();
        json!({ "type": "object", "properties": properties, "additionalProperties": false }).to_string()
    }

    /// Whether each is one the pack declared, of its kind, and every entry is written as its setting wants it.
    ///
    /// # Errors
    /// A sentence, in both languages.
    ///
    /// ```
    /// use mingcha_kit::{Settings, settings::CALENDAR_DAYS};
    /// let settings = Settings::parse(r#"{"calendar-days": ["春节"]}"#)?;
    /// assert!(settings.check(&[&CALENDAR_DAYS]).is_err());
    /// # Ok::<(), String>(())
    /// ```
    pub fn check(&self, settings: &[&Setting]) -> Result<(), String> {
        self.has_kinds(settings)?;
        for setting in settings {
            let Some(form) = setting.form else { continue };
            if let Some(entry) = self.list(setting).into_iter().find(|entry| !(form.fits)(entry)) {
                let (name, Text { zh, en }) = (setting.name, form.text);
                return Err(format!(
                    "设置 {name} 的“{entry}”读不懂,应写成{zh} / setting {name}: “{entry}” cannot be read, write {en}"
                ));
            }
        }
        Ok(())
    }

    /// The working days of Xinjiang, with what the user says of them in [`CALENDAR_DAYS`].
    ///
    /// ```
    /// let day = chrono::NaiveDate::from_ymd_opt(2016, 10, 3).expect("a day");
    /// assert_eq!(mingcha_kit::Settings::default().calendar().is_working_day(day), Some(false));
    /// ```
    #[must_use]
    pub fn calendar(&self) -> &Calendar {
        let own = self.calendar.get_or_init(|| {
            let days = self.list(&CALENDAR_DAYS);
            let mut calendar = (!days.is_empty()).then(|| Calendar::xinjiang().clone())?;
            // What cannot be read was refused when the session began.
            days.into_iter().for_each(|day| calendar.add(day).unwrap_or_default());
            Some(calendar)
        });
        own.as_ref().unwrap_or_else(|| Calendar::xinjiang())
    }

    /// The entries of a list as `read` makes them, once for all who ask; those it cannot read are left out, but
    /// [`Setting::entries`] refuses them before. A setting is read in one way only.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// static YEARS: Setting = Setting::list("years", &["2016", "2017"], text("年份", "Years"));
    /// assert_eq!(*task().settings.entries(&YEARS, |year| year.parse::<u16>().ok()), [2016, 2017]);
    /// ```
    #[must_use]
    pub fn entries<T: 'static>(&self, setting: &Setting, read: fn(&str) -> Option<T>) -> Rc<Vec<T>> {
        let known = |known: &&(&str, Rc<dyn Any>)| known.0 == setting.name;
        let found = self.entries.borrow().iter().find(known).map(|(_, known)| Rc::clone(known));
        if let Some(found) = found.and_then(|found| found.downcast().ok()) {
            return found;
        }
        let made: Rc<Vec<T>> = Rc::new(self.list(setting).into_iter().filter_map(read).collect());
        self.entries.borrow_mut().push((setting.name, Rc::clone(&made) as Rc<dyn Any>));
        made
    }

    /// A whole number; the default where the user set none.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// let setting = Setting::integer("a", 1, text("选项", "Choice"));
    /// let settings = mingcha_kit::Settings::parse(r#"{ "a": 3 }"#)?;
    /// assert_eq!(settings.integer(&setting), 3);
    /// # Ok::<(), String>(())
    /// ```
    #[must_use]
    pub fn integer(&self, setting: &Setting) -> i64 {
        let default = if let Default::Integer(value) = setting.default { value } else { 0 };
        self.set.get(setting.name).and_then(Json::as_i64).unwrap_or(default)
    }

    /// A number; the default where the user set none.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// let setting = Setting::number("a", 0.1, text("选项", "Choice"));
    /// let settings = mingcha_kit::Settings::parse(r#"{ "a": 0.5 }"#)?;
    /// assert_eq!(settings.number(&setting), 0.5);
    /// # Ok::<(), String>(())
    /// ```
    #[must_use]
    pub fn number(&self, setting: &Setting) -> f64 {
        let default = if let Default::Number(value) = setting.default { value } else { 0.0 };
        self.set.get(setting.name).and_then(Json::as_f64).unwrap_or(default)
    }

    /// Text; the default where the user set none.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// let setting = Setting::text("a", "元", text("选项", "Choice"));
    /// let settings = mingcha_kit::Settings::parse(r#"{ "a": "万元" }"#)?;
    /// assert_eq!(settings.text(&setting), "万元");
    /// # Ok::<(), String>(())
    /// ```
    #[must_use]
    pub fn text(&self, setting: &Setting) -> &str {
        let default = if let Default::Text(value) = setting.default { value } else { "" };
        self.set.get(setting.name).and_then(Json::as_str).unwrap_or(default)
    }

    /// Yes or no; the default where the user said nothing.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// let setting = Setting::flag("a", false, text("选项", "Choice"));
    /// let settings = mingcha_kit::Settings::parse(r#"{ "a": true }"#)?;
    /// assert!(settings.flag(&setting));
    /// # Ok::<(), String>(())
    /// ```
    #[must_use]
    pub fn flag(&self, setting: &Setting) -> bool {
        let default = matches!(setting.default, Default::Flag(true));
        self.set.get(setting.name).and_then(Json::as_bool).unwrap_or(default)
    }

    /// A list of texts; the default where the user set none.
    ///
    /// ```
    /// # use mingcha_kit::{example::*, prelude::*};
    /// let setting = Setting::list("a", &["甲县"], text("选项", "Choice"));
    /// let settings = mingcha_kit::Settings::parse(r#"{ "a": ["乙县"] }"#)?;
    /// assert_eq!(settings.list(&setting), ["乙县"]);
    /// # Ok::<(), String>(())
    /// ```
    #[must_use]
    pub fn list(&self, setting: &Setting) -> Vec<&str> {
        match (self.set.get(setting.name).and_then(Json::as_array), setting.default) {
            (Some(items), _) => items.iter().filter_map(Json::as_str).collect(),
            (None, Default::List(items)) => items.to_vec(),
            (None, _) => Vec::new(),
        }
    }
}

#[cfg(test)]
#[path = "settings_tests.rs"]
mod tests;
