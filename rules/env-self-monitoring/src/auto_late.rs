//! An automatic result was made public too late.

use mingcha_kit::prelude::*;

use crate::bases;
use crate::measurement::{automatic, is_automatic};
use crate::tables::emitter_result::{EMITTER_RESULT, METHOD, PERIOD_END, PUBLISHED_AT, SAMPLED_ON};

/// How long after its period an automatic mean may come; two hours after provincial practice.
pub static TOLERANCE_HOURS: Setting = Setting::number(
    "auto-tolerance-hours",
    2.0,
    text("自动监测结果允许滞后的小时数", "Hours an automatic result may come after its period"),
);

rule! {
    /// ## 查什么
    /// 自动监测结果的公开时间,不晚于时段结束后2小时。2小时是参照外省做法的默认值,可用设置 `auto-tolerance-hours` 调整。
    ///
    /// ## 为什么
    /// 自动监测结果应当实时公开:废水为每2小时均值,废气为每1小时均值。
    ///
    /// ## 怎么改
    /// 检查数采仪、网络和公开平台的上传任务;因故障补传的,公开故障说明(未开展自行监测说明),保留真实的公开时间。
    ///
    /// ## 例
    /// ```csv bad
    /// 排放口编号,污染物名称,监测方式,时段开始,时段结束,监测值,公开时间
    /// DA001,二氧化硫,自动,2016-09-01 08:00,2016-09-01 09:00,26,2016-09-01 13:30
    /// ```
    /// ```csv good
    /// 排放口编号,污染物名称,监测方式,时段开始,时段结束,监测值,公开时间
    /// DA001,二氧化硫,自动,2016-09-01 08:00,2016-09-01 09:00,26,2016-09-01 11:00
    /// ```
    /// ---
    /// ## What
    /// An automatic result is public at most 2 hours after its period ended; the setting `auto-tolerance-hours` changes that.
    ///
    /// ## Why
    /// Automatic results are published in real time, wastewater as 2-hour means, waste gas as 1-hour means.
    ///
    /// ## How to mend
    /// Look at the data logger, the network and the upload; explain failures, and keep the true time of publication.
    pub static RULE = Rule {
        id: "env/auto-late",
        title: text("自动监测结果未实时公开", "Automatic result not published in real time"),
        over: Reading::of(&EMITTER_RESULT, &[PERIOD_END, PUBLISHED_AT]).and_optional(&[METHOD, SAMPLED_ON])
            .presence(Presence::Optional),
        bases: &[bases::REAL_TIME],
        since: bases::SINCE_81,
        messages: &[Message::new(
            "自动监测结果未实时公开,滞后{hours}小时{minutes}分",
            "The automatic result was published {hours} h {minutes} min after its period",
        )],
        check: Check::Inspection(|task| {
            let hours = task.settings.number(&TOLERANCE_HOURS);
            Box::new(AutoLate { tolerance: (hours * 3600.0) as i64 })
        }),
        ..Rule::EMPTY
    };
}

struct AutoLate {
    /// In seconds.
    tolerance: i64,
}

impl Inspection for AutoLate {
    fn screen(&mut self, results: &Batch, _: &mut Findings) -> Option<Screen> {
        let (ends, published) = (results.seconds(PERIOD_END), results.seconds(PUBLISHED_AT));
        let automatic = automatic(results);
        Some(Screen::each(results, |index| match (published.at(index), ends.at(index)) {
            (Some(published), Some(end)) if automatic[index] => {
                if published - end > self.tolerance {
                    Glance::Look
                } else {
                    Glance::Passes
                }
            }
            _ => Glance::Aside,
        }))
    }

    fn record(&mut self, result: &Row, findings: &mut Findings) -> Judged {
        let delay = result.seconds(PUBLISHED_AT)? - result.seconds(PERIOD_END)?;
        if !is_automatic(result) {
            return None;
        }
        if delay > self.tolerance {
            let minutes = delay / 60;
            findings.at(result, PUBLISHED_AT).with("hours", minutes / 60).with("minutes", minutes % 60);
        }
        JUDGED
    }
}
