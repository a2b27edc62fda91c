//! Dates of procurement in an order that cannot be.

use mingcha_kit::prelude::*;

use crate::tables::project::{
    AWARD_NOTICE_ON, AWARD_ON, BID_NOTICE_ON, CONTRACT_PUBLISHED_ON, CONTRACT_SIGNED_ON, PREAWARD_FROM,
    PREAWARD_TO, PREQUAL_ON, PROJECT,
};

/// The steps of procurement as they follow one another.
const STEPS: [Column; 8] = [
    PREQUAL_ON,
    BID_NOTICE_ON,
    PREAWARD_FROM,
    PREAWARD_TO,
    AWARD_ON,
    AWARD_NOTICE_ON,
    CONTRACT_SIGNED_ON,
    CONTRACT_PUBLISHED_ON,
];

rule! {
    /// ## 查什么
    /// 采购各日期应依次不早于前一个:资格预审→采购公告→预中标公示开始→预中标公示结束→中标→中标结果公告→合同签订→合同公告。
    /// 同一天可以;没有填的跳过。
    /// ## 为什么
    /// 采购是一步接一步的,后一步不可能早于前一步。日期倒了,不是填错,就是程序有问题。
    /// ## 怎么改
    /// 对照公告和合同原件核对提示的两个日期,常见的是年份写错、两栏填反。确系先签合同后公告的,如实填写并说明。
    /// ## 例
    /// ```csv bad
    /// 项目名称,运作方式,中标日期,中标结果公告日期,合同签订日期
    /// 虚构污水处理厂,BOT,2016-06-10,2016-06-13,2016-06-01
    /// ```
    /// ```csv good
    /// 项目名称,运作方式,中标日期,中标结果公告日期,合同签订日期
    /// 虚构污水处理厂,BOT,2016-06-07,2016-06-07,2016-07-01
    /// ```
    /// ---
    /// ## What
    /// The dates of procurement follow one another: prequalification, call for bids, provisional award from and to,
    /// award, publication of the award, contract signed, contract published. The same day will do; blanks are passed over.
    /// ## Why
    /// A later step cannot come before an earlier one.
    /// ## How to mend
    /// Compare the two dates with the notices and the contract; years are often mistyped and columns mixed up.
    pub(crate) static RULE = Rule {
        id: "ppp/date-order",
        title: text("采购日期顺序错误", "Dates of procurement out of order"),
        over: Reading::of(&PROJECT, &[]).and_optional(&STEPS),
        messages: &[Message::new(
            "采购日期顺序错误:{a}({a_on})晚于{b}({b_on})",
            "Dates of procurement out of order: {a} ({a_on}) is later than {b} ({b_on})",
        )],
        check: Check::Row(date_order),
        ..Rule::EMPTY
    };
}

fn date_order(project: &Row, findings: &mut Findings) -> Judged {
    let dated: Vec<_> = STEPS.into_iter().filter_map(|step| Some((step, project.date(step)?))).collect();
    if dated.len() < 2 {
        return None;
    }
    for pair in dated.windows(2) {
        let [(a, a_on), (b, b_on)] = [pair[0], pair[1]];
        if a_on > b_on {
            let (a_header, b_header) = ([a], [b]);
            findings
                .at(project, b)
                .with("a", a_header.as_slice())
                .with("a_on", a_on)
                .with("b", b_header.as_slice())
                .with("b_on", b_on);
        }
    }
    JUDGED
}
