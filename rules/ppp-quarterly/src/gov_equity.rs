//! A government that holds half of the project company or more.

use mingcha_kit::prelude::*;

use crate::bases::CONTRACT_GUIDE_156;
use crate::tables::project::{GOV_EQUITY_PCT, PROJECT};

/// The share government must stay below, in per cent.
const HALF: Decimal = Decimal::new(50, 0);

rule! {
    /// ## 查什么
    /// 政府方在项目公司中的持股比例应低于50%,正好50%也报。
    /// ## 为什么
    /// PPP项目合同指南(财金〔2014〕156号,原文待核)要求政府持股比例低于50%,且不具有实际控制力。政府控股的项目公司,
    /// 风险和债务实际上还在政府身上。
    /// ## 怎么改
    /// 对照项目公司章程或股东协议核对,填的应是持股比例,不是出资额,也不要把两方的比例填反。确实达到50%的,在进度说明里写明安排和依据。
    /// ## 例
    /// ```csv bad
    /// 项目名称,运作方式,政府方持股比例(%)
    /// 虚构污水处理厂,BOT,51
    /// ```
    /// ```csv good
    /// 项目名称,运作方式,政府方持股比例(%)
    /// 虚构污水处理厂,BOT,49
    /// ```
    /// ---
    /// ## What
    /// Government holds less than half of the project company; exactly half is objected to.
    /// ## Why
    /// The guide on PPP contracts asks for it (its wording is still to be checked): where government controls the
    /// company, risks and debts stay with it.
    /// ## How to mend
    /// Compare with the company's charter; see that the two shares were not exchanged. If it is true, explain it in the
    /// note on progress.
    pub(crate) static RULE = Rule {
        id: "ppp/gov-equity",
        title: text("政府方持股不低于50%", "Government holds half or more"),
        severity: Severity::Warning,
        over: Reading::of(&PROJECT, &[GOV_EQUITY_PCT])
            .presence(Presence::Optional),
        bases: &[CONTRACT_GUIDE_156],
        since: CONTRACT_GUIDE_156.since,
        messages: &[Message::new(
            "政府方持股{actual}%,不低于50%",
            "Government holds {actual} %, which is not below 50 %",
        )],
        check: Check::Row(gov_equity),
        ..Rule::EMPTY
    };
}

fn gov_equity(project: &Row, findings: &mut Findings) -> Judged {
    let share = project.decimal(GOV_EQUITY_PCT)?;
    if share >= HALF {
        findings.at(project, GOV_EQUITY_PCT).actual(share.normalized());
    }
    JUDGED
}
