//! A change of the basic information was made public too late.

use mingcha_kit::prelude::*;

use crate::bases;
use crate::five_days::lateness;
use crate::tables::emitter_basic::{CHANGED_ON, EMITTER_BASIC, EMITTER_NAME, PUBLISHED_ON};

rule! {
    /// ## 查什么
    /// 基础信息的公开日期不晚于变更日期后5日(日历日,变更当天不算;第5日是休息日的,顺延到下一个工作日)。变更日期或公开日期
    /// 空着的不查。遇到放假安排没有查到原文的日子,只提示;没有工作日历的年份,超过14日才报。
    ///
    /// 工作日按参考数据 `working-days` 计,可用设置 `calendar-days` 逐日修改或补充年份。
    ///
    /// ## 为什么
    /// 基础信息变更的,应在变更后5日内公布最新内容。31号令规定的30日更宽,两者并存时从严,按5日检查。
    ///
    /// ## 怎么改
    /// 变更当天就更新公开内容;已经晚了的,保留真实的公开日期并说明原因,不要改日期。填错日期的改正。
    ///
    /// ## 例
    /// ```csv bad
    /// 企业名称,法人代表,变更日期,公开日期
    /// 昌吉市某某水务有限公司,张某,2016-05-04,2016-05-13
    /// ```
    /// ```csv good
    /// 企业名称,法人代表,变更日期,公开日期
    /// 昌吉市某某水务有限公司,张某,2016-05-04,2016-05-09
    /// ```
    /// ---
    /// ## What
    /// Basic information is public within 5 calendar days of its change; a fifth day of rest moves to the next working day.
    /// Without both days nothing is judged. Where the standing of a holiday is not settled, a notice; in years without a
    /// calendar only what is later than 14 days.
    ///
    /// Working days are those of the facts `working-days`, which the setting `calendar-days` changes.
    ///
    /// ## Why
    /// Changes are published within 5 days. Order 31 allows 30; the stricter of the two counts.
    ///
    /// ## How to mend
    /// Publish together with the change. What was late stays late: give the reason, never change the date.
    pub static RULE = Rule {
        id: "env/basic-late-change",
        title: text("基础信息变更公布超期", "Change of basic information published late"),
        over: Reading::of(&EMITTER_BASIC, &[CHANGED_ON, PUBLISHED_ON]).and_optional(&[EMITTER_NAME])
            .presence(Presence::Optional),
        bases: &[bases::CHANGE_IN_FIVE_DAYS],
        since: bases::SINCE_81,
        messages: &[
            Message::new(
                "{emitter_name}基础信息变更后{days}日才公布,超过5日(应于{expected}前)",
                "The change of {emitter_name}'s basic information was published {days} days later, due within 5 (by {expected})",
            ),
            Message::named(
                "unsettled",
                "{emitter_name}基础信息变更后{days}日才公布,超过5日(应于{expected}前;可能因地方节假日顺延)",
                "The change of {emitter_name}'s basic information was published {days} days later, due by {expected} unless a local holiday moves it",
            )
            .weighing(Severity::Notice),
        ],
        check: Check::Row(basic_late_change),
        ..Rule::EMPTY
    };
}

fn basic_late_change(emitter: &Row, findings: &mut Findings) -> Judged {
    let (changed, published) = (emitter.date(CHANGED_ON)?, emitter.date(PUBLISHED_ON)?);
    if let Some(late) = lateness(changed, published, emitter.task().calendar()) {
        let finding = findings.at(emitter, PUBLISHED_ON).expected(late.due).actual(published);
        let finding = finding.with("days", late.days);
        if late.unsettled {
            finding.saying("unsettled");
        }
    }
    JUDGED
}
