//! A contract whose first and last day are not as far apart as the term.

use mingcha_kit::prelude::*;
use values::decimal::ratio;

use crate::tables::project::{CONTRACT_END, CONTRACT_START, COOP_YEARS, PROJECT};
use crate::terms;

/// Years the dates may differ from the term by: some days at either end.
const TOLERANCE: Decimal = Decimal::new(1, 1);

/// Mean length of a year of the calendar, in days.
const YEAR: Decimal = Decimal::new(3_652_425, 4);

rule! {
    /// ## 查什么
    /// 合同起始日期到合同终止日期的年数,应与合作期限一致,相差超过0.1年(约36天)就报。起止两天都算在内。
    /// 终止日期不晚于起始日期的也报。三项有一项空着的不查。
    /// ## 为什么
    /// 合作期限就是合同从起到止的时间。对不上,公众不知道项目到底哪年到期。
    /// ## 怎么改
    /// 对照合同核对三项。常见的是年份写错、只写了运营期、签了补充协议只改了一处。期限从开工或进入商业运营算起的,起始日期填那一天。
    /// ## 例
    /// ```csv bad
    /// 项目名称,运作方式,合作期限,合同起始日期,合同终止日期
    /// 虚构污水处理厂,BOT,25年,2016-06-03,2036-06-02
    /// ```
    /// ```csv good
    /// 项目名称,运作方式,合作期限,合同起始日期,合同终止日期
    /// 虚构污水处理厂,BOT,25年,2016-06-03,2041-06-02
    /// ```
    /// ---
    /// ## What
    /// From the first to the last day of the contract, both counted, there are as many years as the term says, within
    /// 0.1 year; the last day is later than the first. Passed over where one of the three is blank.
    /// ## Why
    /// The term is the time from the one to the other. If they disagree, nobody knows when the project ends.
    /// ## How to mend
    /// Compare all three with the contract and its supplements. Where the term runs from another day than the signing,
    /// that is the day to write.
    pub(crate) static RULE = Rule {
        id: "ppp/term-dates",
        title: text("合同起止日期与合作期限不符", "Contract dates do not agree with the term"),
        over: Reading::of(&PROJECT, &[COOP_YEARS, CONTRACT_START, CONTRACT_END])
            .presence(Presence::Optional),
        messages: &[
            Message::new(
                "合同起止日期相距{actual}年,与合作期限{expected}年不符",
                "The contract runs {actual} years by its dates, {expected} by its term",
            ),
            Message::named(
                "reversed",
                "合同终止日期“{contract_end}”不晚于起始日期“{contract_start}”",
                "The contract ends on {contract_end}, no later than it begins on {contract_start}",
            ),
        ],
        check: Check::Row(term_dates),
        ..Rule::EMPTY
    };
}

fn term_dates(project: &Row, findings: &mut Findings) -> Judged {
    let (start, end) = (project.date(CONTRACT_START)?, project.date(CONTRACT_END)?);
    let term = terms::years(project)?;
    if end <= start {
        findings.at(project, CONTRACT_END).saying("reversed");
        return JUDGED;
    }
    let days = Decimal::new((end - start).num_days() + 1, 0);
    let difference = ratio(days, YEAR, 4)?.checked_sub(term)?;
    if difference.checked_abs()? > TOLERANCE {
        let years = ratio(days, YEAR, 1)?.normalized();
        findings.at(project, CONTRACT_END).expected(term).actual(years).difference(difference.rescale(1)?);
    }
    JUDGED
}
