//! `fee/charged-outside-list`: a charge for an item that is on no list.

use mingcha_kit::prelude::*;

use crate::bases::{BUSINESS_ENVIRONMENT, ENTERPRISE_LISTS, SMALL_FIRMS};
use crate::events::{self, Events};
use crate::lists::{self, Lists};
use crate::tables::fee_collection::{
    COLLECTED_ON, FEE_COLLECTION, ITEM_NAME, NATURE, PAYER_TYPE, REGION_CODE, UNIT_NAME,
};

rule! {
    /// ## 查什么
    /// 执收台账中的每一笔收费,项目都应在目录清单内,而且收取当日该项目已设立、未到期。
    ///
    /// 先查本地区的清单;没有本地区清单的,查交来的全部清单。名称比对时不计序号、▲号和括号内的限定语,“证照费-护照工本费”这样的写法按最后一段比对,政策事件表中的别名视为同一项目。清单中没有某一性质的项目(如经营服务性收费)时,该性质的收费不查;清单只含涉企项目时,向个人的收费不查。
    /// ## 为什么
    /// 目录清单之外的涉企收费,一律不得执行。
    /// ## 怎么改
    /// 先核对是否只是名称写法不同:是,就按清单改台账;项目合法而清单漏列的,补充清单;都不是的,停止收取并退还。
    /// ## 例
    /// ```csv bad
    /// 收费项目,政策依据
    /// 示例检验费,《产品质量法》
    /// ```
    /// ```csv bad
    /// 执收单位,收费项目,金额,收取日期
    /// 示例县检验所,示例服务费,200,2016-09-01
    /// ```
    /// ```csv good
    /// 收费项目,政策依据
    /// 示例检验费,《产品质量法》
    /// ```
    /// ```csv good
    /// 执收单位,收费项目,金额,收取日期
    /// 示例县检验所,示例检验费,200,2016-09-01
    /// ```
    /// ---
    /// ## What
    /// Every charge in the ledger is for an item on the list that was set up and had not expired that day.
    ///
    /// The list of the same division counts; where none was handed in, all lists do. Numbering, flags and restrictions
    /// in brackets do not count; of names joined by a hyphen the last does; aliases of policy events are the same item.
    /// Where the lists hold no item of a nature, charges of that nature are left out, and charges to persons where the
    /// lists hold enterprise fees alone.
    /// ## Why
    /// What is outside the lists may not be charged to enterprises.
    /// ## How to mend
    /// Correct the name in the ledger, or complete the list if the fee is lawful; else stop charging it and refund.
    pub(crate) static RULE = Rule {
        id: "fee/charged-outside-list",
        title: text("目录清单之外收费", "Charged outside the list"),
        over: Reading::of(&FEE_COLLECTION, &[ITEM_NAME, COLLECTED_ON]).and_optional(&[UNIT_NAME, REGION_CODE, NATURE, PAYER_TYPE]),
        beside: &[lists::READING, events::READING],
        bases: &[ENTERPRISE_LISTS, SMALL_FIRMS, BUSINESS_ENVIRONMENT],
        messages: &[
            Message::new(
                "{unit_name}{collected_on}收取“{item_name}”不在目录清单内",
                "{unit_name} charged “{item_name}” on {collected_on}, which is on no list",
            ),
            Message::named(
                "not-in-force",
                "{unit_name}{collected_on}收取“{item_name}”,清单所列该项目当日尚未设立或已到期",
                "{unit_name} charged “{item_name}” on {collected_on}; the list has it, but not in force that day",
            ),
        ],
        check: Check::Inspection(|_| Box::new(ChargedOutsideList { events: Events::shipped(), lists: Lists::asking(|_| ()) })),
        ..Rule::EMPTY
    };
}

struct ChargedOutsideList {
    events: Events,
    lists: Lists<()>,
}

impl Inspection for ChargedOutsideList {
    fn beside(&mut self, batch: &Batch) {
        if batch.is_of(events::READING.table) {
            self.events.read(batch);
        } else {
            self.lists.read(batch);
        }
    }

    fn record(&mut self, charge: &Row, findings: &mut Findings) -> Judged {
        let day = charge.date(COLLECTED_ON)?;
        let entries = self.lists.of_charge(charge, &self.events)?;
        if !self.lists.speak_of(charge) {
            return None;
        }
        if entries.is_empty() {
            findings.at(charge, ITEM_NAME);
        } else if !entries.iter().any(|entry| entry.holds(day)) {
            findings.at(charge, ITEM_NAME).saying("not-in-force");
        }
        JUDGED
    }
}
