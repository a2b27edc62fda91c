//! A declared time without monitoring has no reason.

use mingcha_kit::prelude::*;

use crate::bases;
use crate::tables::emitter_exception::{EMITTER_EXCEPTION, FROM, REASON_CODE, REASON_TEXT};

rule! {
    /// ## 查什么
    /// “未开展自行监测说明”的每一行都写了原因;写了原因代码(原因类别)的也算。原因过于笼统的由 env/exception-generic 检查。
    ///
    /// ## 为什么
    /// 未开展自行监测的,应当公开原因。
    ///
    /// ## 怎么改
    /// 写明具体原因,例如“机组停运检修,无排放”“培养箱故障,备件未到”;不要空着或划斜线。
    ///
    /// ## 例
    /// ```csv bad
    /// 统一社会信用代码,排放口编号,起始日期,截止日期,未开展自行监测的原因
    /// 91652302948219939M,DW001,2016-09-01,2016-09-03,
    /// ```
    /// ```csv good
    /// 统一社会信用代码,排放口编号,起始日期,截止日期,未开展自行监测的原因
    /// 91652302948219939M,DW001,2016-09-01,2016-09-03,管网改造停水
    /// ```
    /// ---
    /// ## What
    /// Every declared time without monitoring gives its reason, in words or by a code. Whether it says anything is the question
    /// of env/exception-generic.
    ///
    /// ## Why
    /// The reason for not monitoring is disclosed.
    ///
    /// ## How to mend
    /// Say what happened: “boiler stopped for repair, no emission”; do not leave the cell empty or put a dash there.
    pub static RULE = Rule {
        id: "env/exception-reason",
        title: text("未说明未监测原因", "No reason for not monitoring"),
        over: Reading::of(&EMITTER_EXCEPTION, &[]).and_optional(&[REASON_TEXT, REASON_CODE, FROM]),
        accepts_unreadable: &[FROM],
        bases: &[bases::REASON_DISCLOSED, bases::PLAN_2016],
        since: bases::SINCE_81,
        messages: &[Message::new(
            "未说明未开展自行监测的原因({from}起)",
            "No reason is given for not monitoring (from {from})",
        )],
        check: Check::Row(exception_reason),
        ..Rule::EMPTY
    };
}

fn exception_reason(exception: &Row, findings: &mut Findings) -> Judged {
    if exception.is_blank(REASON_TEXT) && exception.is_blank(REASON_CODE) {
        findings.at(exception, REASON_TEXT);
    }
    JUDGED
}
