//! `fee/charged-after-abolition`: a charge for an item a notice had ended.

use mingcha_kit::prelude::*;

use crate::bases::{CHARGED_ON, FUNDS_2016};
use crate::events::{self, Events};
use crate::item_name::bare_key;
use crate::tables::fee_collection::{AMOUNT, COLLECTED_ON, FEE_COLLECTION, ITEM_NAME, UNIT_NAME};

rule! {
    /// ## 查什么
    /// 国家取消、停征或者将征收标准降为零的收费、基金,自生效之日起不得再收。
    ///
    /// 以台账的收取日期与政策生效日期比较,生效当日也算;金额为零或负数(退费)的不查。随本规则提供的政策事件不全,可以另交一张“收费政策事件”表补充。名称比对时不计序号、▲号和括号内的限定语。
    ///
    /// 政策事件见参考数据 `fee-policy-events`,可随报送材料提交“收费政策事件”表补充。
    /// ## 为什么
    /// 对明令取消的收费,不得以任何理由拖延或者拒绝执行,不得以其他名目变相继续收取;继续收取的,要追究责任。
    /// ## 怎么改
    /// 核对文件和收取日期。确属生效后收取的,退还缴费人并停止收取;属于补缴生效前应缴款项的,在台账中写明所属日期并附说明。
    /// ## 例
    /// ```csv bad
    /// 执收单位,收费项目,金额,收取日期
    /// 示例县林业站,育林基金,500,2016-03-01
    /// ```
    /// ```csv good
    /// 执收单位,收费项目,金额,收取日期
    /// 示例县林业站,育林基金,500,2016-01-31
    /// ```
    /// ---
    /// ## What
    /// A fee or fund that was cancelled, suspended or set to zero is not collected from the day the notice takes effect.
    ///
    /// Charges of nothing and refunds are left out. A table of policy events may be handed in beside the shipped ones.
    ///
    /// The notices are the facts `fee-policy-events`; a table 收费政策事件 handed in beside adds to them.
    /// ## Why
    /// The notices forbid any delay and any charge under another name, and charging on is punishable.
    /// ## How to mend
    /// Refund what was collected after that day. If it was due before, say so in the ledger.
    pub(crate) static RULE = Rule {
        id: "fee/charged-after-abolition",
        title: text("取消后仍收费", "Charged after abolition"),
        over: Reading::of(&FEE_COLLECTION, &[ITEM_NAME, COLLECTED_ON, AMOUNT]).and_optional(&[UNIT_NAME]),
        beside: &[events::READING],
        bases: &[CHARGED_ON, FUNDS_2016],
        messages: &[
            Message::new(
                "{unit_name}在{doc_no}自{effective_on}起{action}后仍收取“{item_name}”{charged}元",
                "{unit_name} charged {charged} yuan for “{item_name}” after {doc_no} had ended it from {effective_on} (“{action}”)",
            ),
            Message::named(
                "unverified",
                "{unit_name}在{doc_no}据记载自{effective_on}起{action}后仍收取“{item_name}”{charged}元(依据待核,请先核对文件)",
                "{unit_name} charged {charged} yuan for “{item_name}” after {doc_no} is said to have ended it from {effective_on} (“{action}”); check the document first",
            )
            .weighing(Severity::Warning),
        ],
        check: Check::Inspection(|_| Box::new(ChargedAfterAbolition { events: Events::shipped() })),
        ..Rule::EMPTY
    };
}

struct ChargedAfterAbolition {
    events: Events,
}

impl Inspection for ChargedAfterAbolition {
    fn beside(&mut self, batch: &Batch) {
        self.events.read(batch);
    }

    fn record(&mut self, charge: &Row, findings: &mut Findings) -> Judged {
        let (day, amount) = (charge.date(COLLECTED_ON)?, charge.decimal(AMOUNT)?);
        let item = charge.by_value(ITEM_NAME, bare_key)?;
        if amount.units() <= 0 {
            return None;
        }
        let Some(event) = self.events.abolition(&item, day) else { return JUDGED };
        event
            .cited_by(findings.at(charge, ITEM_NAME))
            .with("action", event.action.name())
            .with("charged", amount);
        JUDGED
    }
}
