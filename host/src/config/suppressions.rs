//! `[[suppressions]]`: findings that do not count, each with who says so, why, and until when. Without these three it is
//! an error: nobody can defend a finding that went away by itself.

use std::collections::BTreeMap;

use super::fault::Placed;
use super::section::Section;
use crate::audit::record::{Suppression, SuppressionRecord};
use crate::iso_date;

/// One `[[suppressions]]`.
#[derive(Clone, Debug, PartialEq)]
pub struct SuppressionEntry {
    /// `rule`: an id, or a pattern with `*`.
    pub rule: Placed<String>,
    /// All of it, as the run takes it.
    pub suppression: SuppressionRecord,
}

/// Reads all entries.
pub(super) fn read(file: &mut Section<'_>) -> Vec<SuppressionEntry> {
    file.sections("suppressions").into_iter().filter_map(entry).collect()
}

fn entry(mut section: Section<'_>) -> Option<SuppressionEntry> {
    let (rule, fingerprint) = (section.text("rule"), section.text("fingerprint"));
    let key = section.section("key").map(key).unwrap_or_default();
    let (reason, by) = (
        needed(&mut section, "reason", "为什么", "why"),
        needed(&mut section, "by", "谁决定的", "who says so"),
    );
    let until = needed(&mut section, "until", "最后一天", "the last day it holds");
    let until = until.and_then(|until| day(&section, &until));
    let on = section.text("on").and_then(|on| day(&section, &on));
    let authority = section.text("authority").map(|authority| authority.value);
    if rule.is_none() && fingerprint.is_none() {
        let zh = "[[suppressions]] 要写 rule(哪条规则)或 fingerprint(哪一处,见报告中的指纹)".to_owned();
        let en = "[[suppressions]] needs rule (which rule) or fingerprint (which finding; reports name it)";
        section.fault(section.spot(), zh, en.to_owned());
    }
    let spot = section.spot();
    let complete = rule.is_some() || fingerprint.is_some();
    section.close();
    let rule = rule.unwrap_or(Placed { spot, value: "*".to_owned() });
    let said = Suppression { reason: reason?.value, by: by?.value, authority, on, until: Some(until?) };
    complete.then(|| SuppressionEntry {
        suppression: SuppressionRecord {
            rule: rule.value.clone(),
            key,
            fingerprint: fingerprint.map(|print| print.value),
            said,
            expired: false,
            findings: 0,
        },
        rule,
    })
}

fn needed(section: &mut Section<'_>, name: &'static str, zh: &str, en: &str) -> Option<Placed<String>> {
    let text = section.text(name).filter(|text| !text.value.trim().is_empty());
    if text.is_none() {
        let zh = format!("[[suppressions]] 缺少 {name}({zh});没有它,豁免就说不清");
        section.fault(section.spot(), zh, format!("[[suppressions]] needs {name}: {en}"));
    }
    text
}

fn day(section: &Section<'_>, written: &Placed<String>) -> Option<String> {
    let day = iso_date::parse(&written.value);
    if day.is_none() {
        let zh = format!("“{}”不是日期,请写成 \"2016-11-30\" 的样子", written.value);
        section.fault(
            written.spot,
            zh,
            format!("`{}` is no date; write it like \"2016-11-30\"", written.value),
        );
    }
    day.map(iso_date::text)
}

fn key(section: Section<'_>) -> BTreeMap<String, String> {
    let entries = section.each().into_iter();
    entries
        .filter_map(|(name, value)| Some((name.value.clone(), section.as_text(&name.value, value)?.value)))
        .collect()
}
