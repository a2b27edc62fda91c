//! The peers' five checks over records that come as JSON, as a plugin on Extism gets them.

use extism_pdk::{FnResult, Json, plugin_fn};
use serde::{Deserialize, Serialize};

/// One record, each cell as the file has it.
#[derive(Deserialize)]
struct Record<'a> {
    #[serde(rename = "排放口编号")]
    point: &'a str,
    #[serde(rename = "污染物名称")]
    pollutant: &'a str,
    #[serde(rename = "时段结束")]
    end: &'a str,
    #[serde(rename = "监测值")]
    value: &'a str,
    #[serde(rename = "标准限值")]
    limit: &'a str,
    #[serde(rename = "达标情况")]
    verdict: &'a str,
    #[serde(rename = "污染物排放方式")]
    mode: &'a str,
    #[serde(rename = "排放去向")]
    to: &'a str,
    #[serde(rename = "公开时间")]
    published: &'a str,
}

/// How often each check objects.
#[derive(Default, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Counts {
    result_negative: u64,
    exceedance: u64,
    compliance_flag: u64,
    auto_late: u64,
    result_fields: u64,
}

/// Seconds an automatic result may come after its period.
const LATE: i64 = 2 * 3600;

/// Checks a batch of records.
#[plugin_fn]
pub fn check(batch: String) -> FnResult<Json<Counts>> {
    let records: Vec<Record> = serde_json::from_str(&batch)?;
    let mut counts = Counts::default();
    records.iter().for_each(|record| judge(record, &mut counts));
    Ok(Json(counts))
}

fn judge(record: &Record, counts: &mut Counts) {
    let (value, limit): (Option<f64>, Option<f64>) = (record.value.parse().ok(), record.limit.parse().ok());
    let over = value.zip(limit).is_some_and(|(value, limit)| value > limit);
    counts.result_negative += u64::from(value.is_some_and(|value| value < 0.0));
    counts.exceedance += u64::from(over);
    counts.compliance_flag += u64::from(matches!((record.verdict, over), ("达标", true) | ("超标", false)));
    let late = seconds(record.published).zip(seconds(record.end)).is_some_and(|(at, end)| at - end > LATE);
    counts.auto_late += u64::from(late);
    let needed =
        [record.point, record.pollutant, record.value, record.limit, record.verdict, record.mode, record.to];
    counts.result_fields += u64::from(needed.contains(&""));
}

/// `2016-07-26 14:05`, after Howard Hinnant's `days_from_civil`.
fn seconds(text: &str) -> Option<i64> {
    let number = |from: usize, to: usize| text.get(from..to)?.parse::<i64>().ok();
    let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
    let shifted = year - i64::from(month <= 2);
    let of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
    let days = shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + of_year - 719_468;
    Some(days * 86_400 + number(11, 13)? * 3600 + number(14, 16)? * 60)
}
