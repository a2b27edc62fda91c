//! Public opinion was not answered within 48 hours.

use mingcha_kit::prelude::*;

use crate::bases::RESPONSE_61;
use crate::hours::{Answer, answer};
use crate::tables::{EVENT, LEVEL, OCCURRED_AT, PRESS_AT, PUBLIC_EVENT, REPLIED_AT, is_major};

/// Hours from the event to the answer.
const HOURS: i64 = 48;

rule! {
    /// ## 查什么
    /// 特别重大、重大突发事件以外的政务舆情,48小时内作出回应;开了新闻发布会的,以两者中较早的为准。小时按钟点连续计算;只写日期
    /// 没有写钟点的,不作不利推断。没有填回应时间的,检查日期已过48小时的才报。2016年8月12日(国办发〔2016〕61号公布)以前发生的,
    /// 当时只要求“及时”,没有规定小时数,不查。没有“回应时间”这一列的表不查;回应时间早于发生时间的,提请核对。
    ///
    /// ## 为什么
    /// 国办发〔2016〕61号:对其他政务舆情应在48小时内予以回应。
    ///
    /// ## 怎么改
    /// 核对两个时间;已经回应没有登记的补上。确实晚了的,保留真实时间,写明原因,并公开后续处置情况。
    ///
    /// ## 例
    /// ```csv bad
    /// 回应单位,事件名称,事件级别,发生时间,回应时间
    /// 奇台县虚构教育局,虚构学校食堂舆情,,2016-09-01 08:00,2016-09-03 09:00
    /// ```
    /// ```csv good
    /// 回应单位,事件名称,事件级别,发生时间,回应时间
    /// 奇台县虚构教育局,虚构学校食堂舆情,,2016-09-01 08:00,2016-09-03 08:00
    /// 奇台县虚构教育局,虚构停水舆情,一般,2016-08-11 08:00,2016-08-15 08:00
    /// ```
    /// ---
    /// ## What
    /// Public opinion other than on emergencies of the two highest levels is answered within 48 clock hours; a press conference
    /// counts where it was earlier. A day without a time of day is taken in favour of the body. Without an answer the hours
    /// must be over on the day of the audit. What happened before 12 August 2016, when 国办发〔2016〕61号 was published, is
    /// passed over: until then the rule was “promptly”, without hours. Tables without a column for the answer are passed over,
    /// and an answer before the event is a warning.
    ///
    /// ## Why
    /// 国办发〔2016〕61号 says 48 hours for all other matters.
    ///
    /// ## How to mend
    /// Check both times, and add an answer that was given. What was late stays late: give the reason and publish what follows.
    pub(crate) static RULE = Rule {
        id: "response/reply-late",
        title: text("政务舆情48小时内未回应", "Public opinion not answered within 48 hours"),
        over: Reading::of(&PUBLIC_EVENT, &[EVENT, OCCURRED_AT, REPLIED_AT]).and_optional(&[LEVEL, PRESS_AT]),
        bases: &[RESPONSE_61],
        since: RESPONSE_61.since,
        messages: &[
            Message::new(
                "“{event}”发生超过48小时后才回应",
                "“{event}” was answered more than 48 hours after it",
            ),
            Message::named(
                "none",
                "“{event}”发生后48小时内没有回应",
                "“{event}” was not answered within 48 hours",
            ),
            Message::named(
                "before",
                "“{event}”的回应或新闻发布会时间早于发生时间({occurred_at}),请核对",
                "The answer to “{event}”, or the press conference, is earlier than the event ({occurred_at}); check the times",
            )
            .weighing(Severity::Warning),
        ],
        check: Check::Row(reply_late),
        ..Rule::EMPTY
    };
}

fn reply_late(event: &Row, findings: &mut Findings) -> Judged {
    let occurred = event.instant(OCCURRED_AT)?;
    if is_major(event) || occurred.date() < RESPONSE_61.since? {
        return None;
    }
    let answers =
        [REPLIED_AT, PRESS_AT].map(|column| event.seconds(column).map(|answered| (answered, column)));
    let first = answers.into_iter().flatten().min_by_key(|(answered, _)| *answered);
    let answered = first.map(|(answered, _)| answered);
    match answer(event.seconds(OCCURRED_AT)?, answered, HOURS, event.task().as_of) {
        Answer::Before => {
            findings.at(event, first.map_or(REPLIED_AT, |(_, column)| column)).saying("before");
        }
        Answer::InTime => {}
        Answer::Late => {
            findings.at(event, REPLIED_AT);
        }
        Answer::Never => {
            findings.at(event, REPLIED_AT).saying("none");
        }
    }
    JUDGED
}
