//! A contract not published within two working days of its signing.

use mingcha_kit::prelude::*;
use values::calendar::Due;

use crate::bases::PROCUREMENT_RULES_50;
use crate::tables::project::{CONTRACT_PUBLISHED_ON, CONTRACT_SIGNED_ON, PROJECT};

/// Working days from the signing to the publication.
const WORKING_DAYS: u32 = 2;

/// An unsettled holiday moves a due date by a few days, not by weeks.
const DAYS_A_HOLIDAY_MAY_MOVE: u64 = 7;

rule! {
    /// ## 查什么
    /// 合同公告日期,不晚于合同签订日期之后的第2个工作日;过了期限仍空着的也报。签订当天不算;按新疆的工作日历数,周末、节假日和肉孜节、
    /// 古尔邦节放假不算。只查2015年3月1日以后签的合同;没有日历数据的年份不查。
    ///
    /// 工作日按参考数据 `working-days` 计,可用设置 `calendar-days` 逐日修改或补充年份。
    /// ## 为什么
    /// 政府采购法实施条例规定,采购人应当自合同签订之日起2个工作日内公告合同,涉及国家秘密、商业秘密的内容除外。
    /// 个别放假日安排没有查到原文,涉及这些日子的只作提醒。
    /// ## 怎么改
    /// 已经公告的,补填在指定媒体上登出的那天。还没有公告的,尽快公告,涉密内容可以不公开。迟延已经发生的,如实保留日期,在进度说明里写明原因。
    /// ## 例
    /// ```csv bad
    /// 项目名称,运作方式,合同签订日期,合同公告日期
    /// 虚构污水处理厂,BOT,2016-06-03,2016-06-08
    /// 虚构供热管网,BOT,2016-06-03,
    /// ```
    /// ```csv good
    /// 项目名称,运作方式,合同签订日期,合同公告日期
    /// 虚构污水处理厂,BOT,2016-06-03,2016-06-07
    /// ```
    /// ---
    /// ## What
    /// The contract is published no later than the second working day after it was signed, by the calendar of Xinjiang;
    /// a blank is objected to once that day has passed. Contracts before 1 March 2015 and years without a calendar are
    /// passed over.
    ///
    /// Working days are those of the facts `working-days`, which the setting `calendar-days` changes.
    /// ## Why
    /// The implementing rules of the procurement law say two working days, secrets excepted. Where the standing of a
    /// holiday could not be settled, the finding is only a notice.
    /// ## How to mend
    /// Write the day the contract stood in the named media, or publish it now. If it was late, keep the date and give
    /// the reason in the note on progress.
    pub(crate) static RULE = Rule {
        id: "ppp/contract-publication-late",
        title: text("合同未在2个工作日内公告", "Contract published late or not at all"),
        over: Reading::of(&PROJECT, &[CONTRACT_SIGNED_ON]).and_optional(&[CONTRACT_PUBLISHED_ON])
            .presence(Presence::Optional),
        bases: &[PROCUREMENT_RULES_50],
        since: PROCUREMENT_RULES_50.since,
        messages: &[
            Message::new(
                "合同未在2个工作日内公告:{signed}签订,应不晚于{expected}公告,实际{actual}公告",
                "The contract was signed on {signed}, to be published by {expected}, published on {actual}",
            ),
            Message::named(
                "unsettled",
                "合同未在2个工作日内公告:{signed}签订,应不晚于{expected}公告,实际{actual}公告(可能因地方节假日顺延)",
                "The contract was signed on {signed}, to be published by {expected} unless a local holiday moves it, published on {actual}",
            )
            .weighing(Severity::Notice),
            Message::named(
                "blank",
                "合同未在2个工作日内公告:{signed}签订,应不晚于{expected}公告,未填合同公告日期",
                "The contract was signed on {signed}, to be published by {expected}; no day of publication is given",
            ),
        ],
        check: Check::Row(contract_publication_late),
        ..Rule::EMPTY
    };
}

fn contract_publication_late(project: &Row, findings: &mut Findings) -> Judged {
    let signed = project.date(CONTRACT_SIGNED_ON)?;
    if signed < PROCUREMENT_RULES_50.since? {
        return None;
    }
    let due = project.task().calendar().add_working_days(signed, WORKING_DAYS).ok()?;
    let Some(published) = project.date(CONTRACT_PUBLISHED_ON) else {
        if project.task().as_of <= surely(due)? {
            return None;
        }
        findings.on(project).saying("blank").with("signed", signed).expected(due.date);
        return JUDGED;
    };
    if published > due.date {
        let finding = findings
            .at(project, CONTRACT_PUBLISHED_ON)
            .with("signed", signed)
            .expected(due.date)
            .actual(published);
        if due.unsettled {
            finding.saying("unsettled");
        }
    }
    JUDGED
}

/// The day by which the period has ended, whatever an unsettled holiday turns out to be.
fn surely(due: Due) -> Option<NaiveDate> {
    let margin = if due.unsettled { DAYS_A_HOLIDAY_MAY_MOVE } else { 0 };
    due.date.checked_add_days(Days::new(margin))
}
