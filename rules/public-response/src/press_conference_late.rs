//! No press conference within 24 hours of an emergency of the two highest levels.

use mingcha_kit::prelude::*;

use crate::bases::{PLAN_2016, RESPONSE_61};
use crate::hours::{Answer, answer};
use crate::tables::{EVENT, LEVEL, OCCURRED_AT, PRESS_AT, PUBLIC_EVENT, has_unknown_level, is_major};

/// Hours from the event to the press conference.
const HOURS: i64 = 24;

rule! {
    /// ## 查什么
    /// 特别重大、重大突发事件发生后24小时内举行新闻发布会。小时按钟点连续计算,休息日不顺延;只写日期没有写钟点的,事件按当天结束、
    /// 发布会按当天开始计算,不作不利推断。没有填发布会时间的,检查日期已过24小时的才报。2016年7月26日以前发生的不查。
    /// 没有“新闻发布会时间”这一列的表不查。发布会时间早于事件发生时间的,提请核对;事件级别写法不明、24小时内又没有发布会的,
    /// 只作提示。
    ///
    /// ## 为什么
    /// 实施方案五(二)要求24小时内举行新闻发布会,国办发〔2016〕61号作了同样规定。
    ///
    /// ## 怎么改
    /// 核对两个时间和事件级别;开过发布会没有登记的补上。确实晚了的,保留真实时间,写明原因。
    ///
    /// ## 例
    /// ```csv bad
    /// 回应单位,事件名称,事件级别,发生时间,新闻发布会时间
    /// 昌吉州虚构应急局,虚构管道泄漏,重大,2016-09-01 08:00,2016-09-02 10:00
    /// ```
    /// ```csv good
    /// 回应单位,事件名称,事件级别,发生时间,新闻发布会时间
    /// 昌吉州虚构应急局,虚构管道泄漏,重大,2016-09-01 08:00,2016-09-02 08:00
    /// ```
    /// ---
    /// ## What
    /// A press conference is held within 24 hours of an emergency of the levels 特别重大 and 重大: clock hours, days of rest
    /// included. A day without a time of day is taken in favour of the body. Without a press conference the hours must be over
    /// on the day of the audit. Emergencies before 26 July 2016 are passed over, and so are tables without a column for the
    /// conference. A conference before the event is a warning; a level nobody knows is a notice, where none was held in time.
    ///
    /// ## Why
    /// The plan for 2016, 五(二), and 国办发〔2016〕61号 say 24 hours.
    ///
    /// ## How to mend
    /// Check both times and the level, and add a conference that was held. What was late stays late: give the reason.
    pub(crate) static RULE = Rule {
        id: "response/press-conference-late",
        title: text("重大突发事件24小时内未举行新闻发布会", "No press conference within 24 hours"),
        over: Reading::of(&PUBLIC_EVENT, &[EVENT, LEVEL, OCCURRED_AT, PRESS_AT]),
        bases: &[PLAN_2016, RESPONSE_61],
        since: PLAN_2016.since,
        messages: &[
            Message::new(
                "“{event}”发生后超过24小时({press_at})才举行新闻发布会",
                "The press conference on “{event}” was held at {press_at}, more than 24 hours after it",
            ),
            Message::named(
                "none",
                "“{event}”发生后24小时内没有举行新闻发布会",
                "No press conference was held on “{event}” within 24 hours",
            ),
            Message::named(
                "before",
                "“{event}”的新闻发布会时间({press_at})早于发生时间({occurred_at}),请核对",
                "The press conference on “{event}” ({press_at}) is earlier than the event ({occurred_at}); check both",
            )
            .weighing(Severity::Warning),
            Message::named(
                "level",
                "“{event}”的级别“{level}”看不出是否重大;如系特别重大、重大,24小时内没有举行新闻发布会",
                "Whether “{level}”, the level of “{event}”, is one of the two highest cannot be told; if it is, there was no press conference within 24 hours",
            )
            .weighing(Severity::Notice),
        ],
        check: Check::Row(press_conference_late),
        ..Rule::EMPTY
    };
}

fn press_conference_late(event: &Row, findings: &mut Findings) -> Judged {
    let occurred = event.instant(OCCURRED_AT)?;
    let is_unknown = has_unknown_level(event);
    if !(is_major(event) || is_unknown) || occurred.date() < PLAN_2016.since? {
        return None;
    }
    match answer(event.seconds(OCCURRED_AT)?, event.seconds(PRESS_AT), HOURS, event.task().as_of) {
        Answer::Before => {
            findings.at(event, PRESS_AT).saying("before");
        }
        Answer::Late | Answer::Never if is_unknown => {
            findings.at(event, LEVEL).saying("level");
        }
        Answer::InTime => {}
        Answer::Late => {
            findings.at(event, PRESS_AT);
        }
        Answer::Never => {
            findings.at(event, PRESS_AT).saying("none");
        }
    }
    JUDGED
}
