//! An award published more than two working days after it was made.

use mingcha_kit::prelude::*;

use crate::bases::PROCUREMENT_RULES_43;
use crate::tables::project::{AWARD_NOTICE_ON, AWARD_ON, PROJECT};

/// Working days from the award to its publication.
const WORKING_DAYS: u32 = 2;

rule! {
    /// ## 查什么
    /// 中标(成交)结果公告日期,不晚于中标日期之后的第2个工作日。中标当天不算;按新疆的工作日历数,周末、节假日和肉孜节、古尔邦节放假不算。
    /// 只查2015年3月1日以后中标的;中标日期或公告日期空着的、没有日历数据的年份不查。
    ///
    /// 工作日按参考数据 `working-days` 计,可用设置 `calendar-days` 逐日修改或补充年份。
    /// ## 为什么
    /// 政府采购法实施条例规定,中标、成交供应商确定之日起2个工作日内发出通知书并公告结果。
    /// 个别放假日安排没有查到原文,涉及这些日子的只作提醒。
    /// ## 怎么改
    /// 先核对两个日期有没有填错:中标日期是采购人确定中标人的那天,公告日期是结果在指定媒体上登出的那天。
    /// 没有填错的,迟延已经发生,如实保留日期,在进度说明里写明原因。
    /// ## 例
    /// ```csv bad
    /// 项目名称,运作方式,中标日期,中标结果公告日期
    /// 虚构污水处理厂,BOT,2016-05-10,2016-05-13
    /// ```
    /// ```csv good
    /// 项目名称,运作方式,中标日期,中标结果公告日期
    /// 虚构污水处理厂,BOT,2016-05-10,2016-05-12
    /// ```
    /// ---
    /// ## What
    /// The award is published no later than the second working day after it, by the calendar of Xinjiang. Awards
    /// before 1 March 2015, blank dates and years without a calendar are passed over.
    ///
    /// Working days are those of the facts `working-days`, which the setting `calendar-days` changes.
    /// ## Why
    /// The implementing rules of the procurement law say two working days. Where the standing of a holiday could not be
    /// settled, the finding is only a notice.
    /// ## How to mend
    /// See whether the dates are right: the day the winner was decided, the day the result stood in the named media.
    /// If they are, keep them and give the reason in the note on progress.
    pub(crate) static RULE = Rule {
        id: "ppp/award-notice-late",
        title: text("中标结果公告晚于2个工作日", "Award published after more than two working days"),
        over: Reading::of(&PROJECT, &[AWARD_ON, AWARD_NOTICE_ON])
            .presence(Presence::Optional),
        bases: &[PROCUREMENT_RULES_43],
        since: PROCUREMENT_RULES_43.since,
        messages: &[
            Message::new(
                "中标结果公告晚于2个工作日:{award}中标,应不晚于{expected}公告,实际{actual}公告",
                "Awarded on {award}, to be published by {expected}, published on {actual}",
            ),
            Message::named(
                "unsettled",
                "中标结果公告晚于2个工作日:{award}中标,应不晚于{expected}公告,实际{actual}公告(可能因地方节假日顺延)",
                "Awarded on {award}, to be published by {expected} unless a local holiday moves it, published on {actual}",
            )
            .weighing(Severity::Notice),
        ],
        check: Check::Row(award_notice_late),
        ..Rule::EMPTY
    };
}

fn award_notice_late(project: &Row, findings: &mut Findings) -> Judged {
    let award = project.date(AWARD_ON)?;
    let notice = project.date(AWARD_NOTICE_ON)?;
    if award < PROCUREMENT_RULES_43.since? {
        return None;
    }
    let due = project.task().calendar().add_working_days(award, WORKING_DAYS).ok()?;
    if notice > due.date {
        let finding =
            findings.at(project, AWARD_NOTICE_ON).with("award", award).expected(due.date).actual(notice);
        if due.unsettled {
            finding.saying("unsettled");
        }
    }
    JUDGED
}
