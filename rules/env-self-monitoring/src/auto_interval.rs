//! Automatic means over another time than the prescribed one.
//!
//! Memory: one entry per planned point, and per point with results.

use mingcha_kit::prelude::*;

use crate::bases;
use crate::measurement::{automatic, is_automatic};
use crate::points::{self, Media, medium};
use crate::tables::codes::{STACK_GAS, WASTEWATER};
use crate::tables::emitter_result::{
    EMITTER_RESULT, METHOD, PERIOD_END, PERIOD_START, POINT_CODE, SAMPLED_ON, USCC,
};

rule! {
    /// ## 查什么
    /// 自动监测数据,废水为2小时均值,废气为1小时均值,即时段结束减时段开始;相差不超过1分钟的不算(如00:00至00:59)。
    /// 整24小时的日均值不查,可以同时公开。废气、废水按排放口编号(DA、DW)区分,其他编号看方案的污染源类别;都看不出的不查。
    ///
    /// ## 为什么
    /// 自动监测结果应当实时公开:废水为每2小时均值,废气为每1小时均值。时段拉长会把峰值抹平。
    ///
    /// ## 怎么改
    /// 在数采仪或公开平台上把均值时段改为规定值;时段起止写错的改正。
    ///
    /// ## 例
    /// ```csv bad
    /// 排放口编号,污染物名称,监测方式,时段开始,时段结束,监测值
    /// DA001,二氧化硫,自动,2016-09-01 00:00,2016-09-01 04:00,26
    /// ```
    /// ```csv good
    /// 排放口编号,污染物名称,监测方式,时段开始,时段结束,监测值
    /// DA001,二氧化硫,自动,2016-09-01 00:00,2016-09-01 01:00,26
    /// DW001,化学需氧量,自动,2016-09-01 00:00,2016-09-01 02:00,31
    /// ```
    /// ---
    /// ## What
    /// Automatic means are over 2 hours for wastewater and over 1 hour for waste gas, to the minute. Means of a whole day may
    /// be published beside them. DA and DW in the point's code tell gas from water, else the plan does.
    ///
    /// ## Why
    /// Automatic results are published in real time as 2-hour and 1-hour means; longer ones level the peaks.
    ///
    /// ## How to mend
    /// Set the averaging time in the data logger or on the platform, or correct beginning and end of the period.
    pub static RULE = Rule {
        id: "env/auto-interval",
        title: text("自动监测均值时段不符", "Automatic mean over the wrong time"),
        over: Reading::of(&EMITTER_RESULT, &[POINT_CODE, PERIOD_START, PERIOD_END])
            .and_optional(&[USCC, METHOD, SAMPLED_ON])
            .presence(Presence::Optional),
        beside: &[points::MEDIA],
        bases: &[bases::REAL_TIME],
        since: bases::SINCE_81,
        messages: &[
            Message::new(
                "自动监测均值时段应为{expected}小时,该时段为{hours}小时{minutes}分",
                "An automatic mean is over {expected} h; this period has {hours} h {minutes} min",
            ),
            Message::named(
                "backwards",
                "自动监测均值时段应为{expected}小时,该时段的结束不晚于开始",
                "An automatic mean is over {expected} h; this period ends no later than it begins",
            ),
        ],
        check: Check::Inspection(|_| {
            Box::new(AutoInterval { media: Media::default(), points: Groups::by(&[USCC, POINT_CODE]) })
        }),
        ..Rule::EMPTY
    };
}

const HOUR: i64 = 3600;

/// What people lose by writing the last minute of a period for its end.
const TOLERANCE: i64 = 60;

struct AutoInterval {
    media: Media,
    points: Groups<Option<i64>>,
}

impl Inspection for AutoInterval {
    fn beside(&mut self, batch: &Batch) {
        self.media.add(batch);
    }

    fn screen(&mut self, results: &Batch, _: &mut Findings) -> Option<Screen> {
        let (starts, ends) = (results.seconds(PERIOD_START), results.seconds(PERIOD_END));
        let (automatic, hours) = (automatic(results), results.per_value(POINT_CODE, hours_by_code));
        Some(Screen::each(results, |index| match (starts.at(index), ends.at(index)) {
            (Some(start), Some(end)) if automatic[index] && !is_about(end - start, 24) => {
                let as_usual = hours.at(index).flatten().is_some_and(|hours| is_about(end - start, hours));
                if as_usual { Glance::Passes } else { Glance::Look }
            }
            _ => Glance::Aside,
        }))
    }

    fn record(&mut self, result: &Row, findings: &mut Findings) -> Judged {
        let length = result.seconds(PERIOD_END)? - result.seconds(PERIOD_START)?;
        if !is_automatic(result) || is_about(length, 24) {
            return None;
        }
        let hours = result.by_value(POINT_CODE, hours_by_code).flatten().or_else(|| self.planned(result))?;
        if !is_about(length, hours) {
            let finding = findings.at(result, PERIOD_END).expected(hours);
            let minutes = length / 60;
            match length {
                1.. => finding.with("hours", minutes / 60).with("minutes", minutes % 60),
                _ => finding.saying("backwards"),
            };
        }
        JUDGED
    }
}

impl AutoInterval {
    fn planned(&mut self, result: &Row) -> Option<i64> {
        let media = &self.media;
        let hours = || media.at(result.text(USCC)?, result.text(POINT_CODE)?).and_then(hours_of);
        *self.points.of(result, hours)?
    }
}

fn is_about(length: i64, hours: i64) -> bool {
    (length - hours * HOUR).abs() <= TOLERANCE
}

fn hours_by_code(point: &str) -> Option<i64> {
    medium(Some(point), None).and_then(hours_of)
}

fn hours_of(medium: &str) -> Option<i64> {
    match medium {
        STACK_GAS => Some(1),
        WASTEWATER => Some(2),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_minute_may_stand_for_the_end() {
        assert!(is_about(59 * 60, 1) && is_about(HOUR, 1) && is_about(HOUR - 1, 1));
        assert!(!is_about(58 * 60, 1) && !is_about(2 * HOUR, 1) && !is_about(0, 1));
    }

    #[test]
    fn gas_has_hours_and_water_has_two() {
        assert_eq!([hours_by_code("DA001"), hours_by_code("dw01")], [Some(1), Some(2)]);
        assert_eq!([hours_of("厂界噪声"), hours_by_code("总排口")], [None, None]);
    }
}
