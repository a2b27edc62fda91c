//! `fee/charged-exempt-payer`: a charge to somebody who is exempt from it.

use mingcha_kit::prelude::*;

use crate::bases::{ALL_EXEMPT, SMALL_FIRMS_EXEMPT};
use crate::events::{self, Action, Events};
use crate::item_name::bare_key;
use crate::tables::fee_collection::{
    AMOUNT, COLLECTED_ON, FEE_COLLECTION, ITEM_NAME, PAYER_TYPE, SMALL_BUSINESS, SMALL_FIRM, UNIT_NAME,
};

rule! {
    /// ## 查什么
    /// 对所有缴费人免征的项目,自生效之日起不得再收;对小微企业免征的项目,不得向小微企业和个体工商户收取。
    ///
    /// 以台账的收取日期与政策生效日期比较,生效当日也算;金额为零或负数(退费)的不查。缴费人类型空白的,只看对所有人免征的项目。已取消、停征的项目由 `fee/charged-after-abolition` 检查。
    ///
    /// 政策事件见参考数据 `fee-policy-events`,可随报送材料提交“收费政策事件”表补充。
    /// ## 为什么
    /// 免征是国家给企业减负的措施,照收就是乱收费。
    /// ## 怎么改
    /// 核对免征文件的范围和缴费人的身份。确属免征的,退还缴费人;缴费人类型填错的,改正台账。
    /// ## 例
    /// ```csv bad
    /// 执收单位,收费项目,缴费人类型,金额,收取日期
    /// 示例县植保站,国内植物检疫费,企业,50,2016-06-01
    /// ```
    /// ```csv good
    /// 执收单位,收费项目,缴费人类型,金额,收取日期
    /// 示例县植保站,国内植物检疫费,企业,50,2016-04-29
    /// ```
    /// ---
    /// ## What
    /// From the day of the notice nobody is charged for what all are exempt from, and no small firm or family business
    /// for what small firms are exempt from. Where the ledger does not say who paid, only the former counts. Refunds are
    /// left out, and abolished items have a rule of their own.
    ///
    /// The notices are the facts `fee-policy-events`; a table 收费政策事件 handed in beside adds to them.
    /// ## Why
    /// Exemptions are there to relieve business; charging regardless is unlawful.
    /// ## How to mend
    /// Check notice and payer, and refund.
    pub(crate) static RULE = Rule {
        id: "fee/charged-exempt-payer",
        title: text("对免征对象收费", "Exempt payer charged"),
        over: Reading::of(&FEE_COLLECTION, &[ITEM_NAME, COLLECTED_ON, AMOUNT]).and_optional(&[PAYER_TYPE, UNIT_NAME]),
        beside: &[events::READING],
        bases: &[SMALL_FIRMS_EXEMPT, ALL_EXEMPT],
        messages: &[
            Message::new(
                "{unit_name}对免征对象收取“{item_name}”{charged}元({doc_no}自{effective_on}起{action})",
                "{unit_name} charged {charged} yuan for “{item_name}” to a payer exempt by {doc_no} from {effective_on} (“{action}”)",
            ),
            Message::named(
                "unverified",
                "{unit_name}可能对免征对象收取“{item_name}”{charged}元(据记载{doc_no}自{effective_on}起{action};依据待核,请先核对文件)",
                "{unit_name} may have charged {charged} yuan for “{item_name}” to a payer said to be exempt by {doc_no} from {effective_on} (“{action}”); check the document first",
            )
            .weighing(Severity::Warning),
        ],
        check: Check::Inspection(|_| Box::new(ChargedExemptPayer { events: Events::shipped() })),
        ..Rule::EMPTY
    };
}

struct ChargedExemptPayer {
    events: Events,
}

impl Inspection for ChargedExemptPayer {
    fn beside(&mut self, batch: &Batch) {
        self.events.read(batch);
    }

    fn record(&mut self, charge: &Row, findings: &mut Findings) -> Judged {
        let (day, amount) = (charge.date(COLLECTED_ON)?, charge.decimal(AMOUNT)?);
        let item = charge.by_value(ITEM_NAME, bare_key)?;
        if amount.units() <= 0 || self.events.abolition(&item, day).is_some() {
            return None; // `charged-after-abolition` reports the latter
        }
        let Some(event) = self.events.exemption(&item, day) else { return JUDGED };
        let small = matches!(charge.text(PAYER_TYPE), Some(SMALL_FIRM | SMALL_BUSINESS));
        if event.action == Action::ExemptAll || small {
            event
                .cited_by(findings.at(charge, ITEM_NAME))
                .with("action", event.action.name())
                .with("charged", amount);
        }
        JUDGED
    }
}
