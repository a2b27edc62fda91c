//! Values that crowd just below their limit.
//!
//! Memory: two counts per point and pollutant.

use mingcha_kit::prelude::*;

use crate::bases;
use crate::limit::{Limit, is_above};
use crate::measurement::{limit_of, marked, measured};
use crate::pollutants::has_multiple;
use crate::tables::emitter_result::{
    EMITTER_RESULT, LIMIT_VALUE, POINT_CODE, POLLUTANT, QUALIFIER, USCC, VALUE, VALUE_CORRECTED, WATER_TEMP,
};

/// How many values a point and pollutant must have.
pub static LEAST: Setting = Setting::integer(
    "near-limit-least",
    100,
    text(
        "监测值少于多少个时不查是否集中于限值附近",
        "With fewer values, crowding below the limit is not looked for",
    ),
);

/// Which share of them is too many.
pub static SHARE: Setting = Setting::number(
    "near-limit-share",
    30.0,
    text(
        "限值附近的监测值超过百分之几即提示",
        "Per cent of the values near the limit above which it is pointed out",
    ),
);

/// From which per cent of the limit on a value is near it.
pub static FROM: Setting = Setting::number(
    "near-limit-from",
    95.0,
    text("达到限值的百分之几算在限值附近", "Per cent of the limit from which on a value is near it"),
);

rule! {
    /// ## 查什么
    /// 同一排放口、同一污染物有100个以上监测值,其中超过30%落在限值的95%至100%之间的,提示。三个数可用设置
    /// `near-limit-least`、`near-limit-share`、`near-limit-from` 调整。给出折算浓度的,看折算浓度。pH、噪声等和范围限值不查。
    ///
    /// ## 为什么
    /// 真实数据有高有低。异常集中在限值以下一点点,可能是仪器上限截断、数据处理软件限幅,或者人为修改。
    ///
    /// ## 怎么改
    /// 检查仪器量程、数采仪的上下限设置和修约方法,调取原始记录比对;工况确实稳定在限值附近的,保留运行记录备查。
    ///
    /// ## 例
    /// ```csv bad near-limit-least=4
    /// 统一社会信用代码,排放口编号,污染物名称,采样日期,监测值,标准限值
    /// 91652302948219939M,DW001,化学需氧量,2016-09-05,49.5,50
    /// 91652302948219939M,DW001,化学需氧量,2016-09-06,48.9,50
    /// 91652302948219939M,DW001,化学需氧量,2016-09-07,36.2,50
    /// 91652302948219939M,DW001,化学需氧量,2016-09-08,49.8,50
    /// ```
    /// ```csv good near-limit-least=4
    /// 统一社会信用代码,排放口编号,污染物名称,采样日期,监测值,标准限值
    /// 91652302948219939M,DW001,化学需氧量,2016-09-05,49.5,50
    /// 91652302948219939M,DW001,化学需氧量,2016-09-06,41.0,50
    /// 91652302948219939M,DW001,化学需氧量,2016-09-07,36.2,50
    /// 91652302948219939M,DW001,化学需氧量,2016-09-08,29.7,50
    /// ```
    /// ---
    /// ## What
    /// Of 100 or more values of a point and pollutant, more than 30 % lie between 95 and 100 % of the limit; the settings
    /// `near-limit-least`, `near-limit-share` and `near-limit-from` change these figures. Corrected values count where they are
    /// given. pH, noise and ranges are left alone.
    ///
    /// ## Why
    /// Real values go up and down. Where they crowd just below the limit, an instrument was cut off, software limits the data,
    /// or someone changed them.
    ///
    /// ## How to mend
    /// Look at the range of the instrument, the limits set in the data logger, and the raw records.
    pub static RULE = Rule {
        id: "env/just-below-limit",
        title: text("监测值异常集中于限值附近", "Values crowd just below the limit"),
        severity: Severity::Notice,
        scope: Scope::Group(&[USCC, POINT_CODE, POLLUTANT]),
        over: Reading::of(&EMITTER_RESULT, &[USCC, POINT_CODE, POLLUTANT, VALUE, LIMIT_VALUE])
            .and_optional(&[VALUE_CORRECTED, QUALIFIER, WATER_TEMP]),
        bases: &[bases::NO_FALSIFYING],
        messages: &[Message::new(
            "{point_code}“{pollutant}”{count}个监测值中有{near}个({share}%)在限值的{from}%至100%之间,异常集中",
            "{point_code} “{pollutant}”: of {count} values {near} ({share} %) lie between {from} and 100 % of the limit",
        )],
        check: Check::Inspection(|task| Box::new(JustBelowLimit::new(task))),
        ..Rule::EMPTY
    };
}

/// The values of a point and pollutant.
struct Values {
    first: Place,
    count: i64,
    near: i64,
}

struct JustBelowLimit {
    least: i64,
    /// Per cent.
    share: f64,
    from: f64,
    points: Groups<Values>,
}

impl JustBelowLimit {
    fn new(task: &Task) -> Self {
        let settings = &task.settings;
        let (share, from) = (settings.number(&SHARE), settings.number(&FROM));
        let least = settings.integer(&LEAST).max(1);
        Self { least, share, from, points: Groups::by(&[USCC, POINT_CODE, POLLUTANT]) }
    }

    fn judge(&self, values: &Values, findings: &mut Findings) -> Judged {
        if values.count < self.least {
            return None;
        }
        let share = 100.0 * values.near as f64 / values.count as f64;
        if is_above(share, self.share) {
            let finding =
                findings.at_place(values.first).with("count", values.count).with("near", values.near);
            finding.with("share", share.round()).with("from", self.from);
        }
        JUDGED
    }
}

impl Inspection for JustBelowLimit {
    fn screen(&mut self, results: &Batch, _: &mut Findings) -> Option<Screen> {
        let concerned = results.per_value(POLLUTANT, has_multiple);
        let limits = results.per_value(LIMIT_VALUE, Limit::parse);
        let plain =
            results.numbers(WATER_TEMP).are_missing() && results.numbers(VALUE_CORRECTED).are_missing();
        if !plain {
            return None;
        }
        let (values, marked, from) = (results.numbers(VALUE), marked(results), self.from);
        let is_near = |index: usize| match (limits.at(index)?, values.at(index)?) {
            (Some(Limit::AtMost(most)), value) if concerned.at(index) == Some(true) => {
                let not_detected = value == 0.0 || marked.at(index) == Some(true);
                Some(!not_detected && is_near(value, most, from))
            }
            _ => None,
        };
        let new = |result: &Row| Values { first: result.cell(VALUE), count: 0, near: 0 };
        self.points.each_picked(results, is_near, new, |seen, values| {
            seen.first = seen.first.min(results.row(values[0].0 as usize).cell(VALUE));
            seen.count += values.len() as i64;
            seen.near += values.iter().filter(|(_, is_near)| *is_near).count() as i64;
        });
        Some(Screen::All(Glance::Aside))
    }

    fn record(&mut self, result: &Row, _: &mut Findings) -> Judged {
        let Limit::AtMost(most) = limit_of(result)? else { return None };
        if !result.by_value(POLLUTANT, has_multiple)? {
            return None;
        }
        let measured = measured(result)?;
        let cell = result.cell(measured.column());
        let values = self.points.of(result, || Values { first: cell, count: 0, near: 0 })?;
        values.first = values.first.min(cell);
        values.count += 1;
        let near = !measured.not_detected && is_near(measured.value, most, self.from);
        values.near += i64::from(near);
        None
    }

    fn close(&mut self, findings: &mut Findings) {
        for (_, values) in self.points.iter() {
            findings.judge(|findings| self.judge(values, findings));
        }
    }
}

/// Whether a value lies between so many per cent of a limit and the limit.
fn is_near(value: f64, most: f64, from: f64) -> bool {
    !is_above(value, most) && !is_above(most * from / 100.0, value)
}
