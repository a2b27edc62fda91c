//! Choices a pack leaves to its user: declared with a default, published as JSON Schema, read by name.

use serde_json::{Map, Value as Json, json};

use crate::Text;

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
        Self { name, title, default: Default::Integer(default) }
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
        Self { name, title, default: Default::Number(default) }
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
        Self { name, title, default: Default::Text(default) }
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
        Self { name, title, default: Default::Flag(default) }
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
        Self { name, title, default: Default::List(default) }
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
pub struct Settings(Map<String, Json>);

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
            Ok(Json::Object(settings)) => Ok(Self(settings)),
            Ok(_) => Err("the settings are not a JSON object".to_owned()),
            Err(error) => Err(format!("the settings are not JSON: {error}")),
        }
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
        self.0.get(setting.name).and_then(Json::as_i64).unwrap_or(default)
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
        self.0.get(setting.name).and_then(Json::as_f64).unwrap_or(default)
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
        self.0.get(setting.name).and_then(Json::as_str).unwrap_or(default)
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
        self.0.get(setting.name).and_then(Json::as_bool).unwrap_or(default)
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
        match (self.0.get(setting.name).and_then(Json::as_array), setting.default) {
            (Some(items), _) => items.iter().filter_map(Json::as_str).collect(),
            (None, Default::List(items)) => items.to_vec(),
            (None, _) => Vec::new(),
        }
    }
}

#[cfg(test)]
#[path = "settings_tests.rs"]
mod tests;
