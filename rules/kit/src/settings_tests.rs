//! Settings as users write them, and their defaults.

use super::*;

static DAYS: Setting = Setting::integer("grace-days", 15, text("宽限天数", "Days of grace"));
static SHARE: Setting = Setting::number("share", 0.25, text("比例", "Share"));
static AUTHORITY: Setting = Setting::text("authority", "财政厅", text("主管机关", "Authority"));
static STRICT: Setting = Setting::flag("strict", true, text("从严", "Strict"));
static EXEMPT: Setting = Setting::list("exempt", &["军队", "使馆"], text("豁免", "Exempt"));

#[test]
fn what_the_user_leaves_unsaid_is_the_default() {
    for settings in [Settings::default(), Settings::parse("{}").expect("an object")] {
        assert_eq!(settings.integer(&DAYS), 15);
        assert_eq!(settings.number(&SHARE), 0.25);
        assert_eq!(settings.text(&AUTHORITY), "财政厅");
        assert!(settings.flag(&STRICT));
        assert_eq!(settings.list(&EXEMPT), ["军队", "使馆"]);
    }
}

#[test]
fn what_the_user_set_holds() {
    let json =
        r#"{"grace-days": -3, "share": 1, "authority": "", "strict": false, "exempt": [], "unknown": null}"#;
    let settings = Settings::parse(json).expect("an object");
    assert_eq!(settings.integer(&DAYS), -3);
    assert_eq!(settings.number(&SHARE), 1.0);
    assert_eq!(settings.text(&AUTHORITY), "");
    assert!(!settings.flag(&STRICT));
    assert!(settings.list(&EXEMPT).is_empty());
}

#[test]
fn what_the_pack_did_not_declare_is_refused_in_a_sentence() {
    let declared = [&DAYS, &SHARE, &AUTHORITY, &STRICT, &EXEMPT];
    let check = |json| Settings::parse(json).expect("an object").check(&declared);
    let good = r#"{"grace-days": -3, "share": 1, "authority": "", "strict": false, "exempt": ["甲"]}"#;
    assert_eq!(check(good), Ok(()));
    for (json, said) in [
        (r#"{"grace-days": "15"}"#, "the setting grace-days takes a whole number, not \"15\""),
        (r#"{"grace-days": 1.5}"#, "the setting grace-days takes a whole number, not 1.5"),
        (r#"{"share": null}"#, "the setting share takes a number, not null"),
        (r#"{"authority": 1}"#, "the setting authority takes a text, not 1"),
        (r#"{"strict": "是"}"#, "the setting strict takes true or false, not \"是\""),
        (r#"{"exempt": ["甲", 1]}"#, "the setting exempt takes a list of texts, not [\"甲\",1]"),
        (r#"{"grace-day": 1}"#, "the pack has no setting grace-day"),
    ] {
        assert_eq!(check(json), Err(said.to_owned()));
    }
}

#[test]
fn a_list_keeps_its_order() {
    let settings = Settings::parse(r#"{"exempt": ["乙", "甲"]}"#).expect("an object");
    assert_eq!(settings.list(&EXEMPT), ["乙", "甲"]);
}

#[test]
fn what_is_no_json_object_is_refused() {
    for json in ["", "{", "{\"a\": }", "{} {}"] {
        let error = Settings::parse(json).expect_err(json);
        assert!(error.starts_with("the settings are not JSON: "), "{error}");
    }
    for json in ["[]", "3", "null", "\"text\""] {
        assert_eq!(Settings::parse(json).expect_err(json), "the settings are not a JSON object");
    }
}

#[test]
fn the_schema_has_type_default_and_both_titles() {
    let schema = Settings::schema(&[&DAYS, &SHARE, &AUTHORITY, &STRICT, &EXEMPT]);
    let schema: Json = serde_json::from_str(&schema).expect("JSON");
    assert_eq!(schema["type"], "object");
    assert_eq!(schema["additionalProperties"], false);
    for (name, kind, default, zh, en) in [
        ("grace-days", "integer", json!(15), "宽限天数", "Days of grace"),
        ("share", "number", json!(0.25), "比例", "Share"),
        ("authority", "string", json!("财政厅"), "主管机关", "Authority"),
        ("strict", "boolean", json!(true), "从严", "Strict"),
        ("exempt", "array", json!(["军队", "使馆"]), "豁免", "Exempt"),
    ] {
        let property = &schema["properties"][name];
        assert_eq!(property["type"], kind, "{name}");
        assert_eq!(property["default"], default, "{name}");
        assert_eq!((&property["title"], &property["description"]), (&json!(zh), &json!(en)), "{name}");
    }
    assert_eq!(schema["properties"]["exempt"]["items"], json!({ "type": "string" }));
    assert_eq!(schema["properties"].as_object().map(Map::len), Some(5));
}

#[test]
fn the_schema_of_no_settings_is_an_empty_object() {
    assert_eq!(Settings::schema(&[]), "{}");
}

#[test]
fn the_days_of_the_user_stand_before_those_known() {
    let day = |text: &str| mingcha_values::date::parse_date(text).expect("a day");
    let works =
        |json: &str, on: &str| Settings::parse(json).expect("an object").calendar().is_working_day(day(on));
    assert_eq!(works("{}", "2016-09-18"), Some(true));
    assert_eq!(works(r#"{"calendar-days": ["2016-09-18 休"]}"#, "2016-09-18"), Some(false));
    assert_eq!(
        works(r#"{"calendar-days": ["2018-02-15 off"]}"#, "2018-02-15"),
        None,
        "the year is not known"
    );
    assert_eq!(works(r#"{"calendar-days": ["2018-02-15 off", "2018"]}"#, "2018-02-15"), Some(false));
    assert_eq!(works(r#"{"calendar-days": ["2018-02-15 off", "2018"]}"#, "2018-02-14"), Some(true));
}

#[test]
fn an_entry_that_cannot_be_read_is_named_with_the_way_to_write_it() {
    let checked = |json: &str| Settings::parse(json).expect("an object").check(&[&CALENDAR_DAYS, &SPELLINGS]);
    assert_eq!(checked(r#"{"calendar-days": ["2018-02-15 休"], "spellings": ["stage:落地=执行"]}"#), Ok(()));
    for wrong in [r#"{"calendar-days": ["春节"]}"#, r#"{"spellings": ["落地=执行"]}"#] {
        let said = checked(wrong).expect_err("an entry that cannot be read");
        assert!(said.contains("读不懂") && said.contains("write"), "{said}");
    }
}
