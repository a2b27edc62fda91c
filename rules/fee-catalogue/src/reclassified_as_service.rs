//! `fee/reclassified-as-service`: an administrative fee collected as if it were the price of a service.

use mingcha_kit::prelude::*;

use crate::bases::NOT_INTO_SERVICES;
use crate::events::{self, Events};
use crate::lists::{self, Lists};
use crate::tables::fee_catalogue;
use crate::tables::fee_collection::{
    COLLECTED_ON, FEE_COLLECTION, ITEM_NAME, NATURE, REGION_CODE, UNIT_NAME,
};
use crate::tables::{ADMINISTRATIVE_FEE, SERVICE_FEE};

rule! {
    /// ## 查什么
    /// 目录清单中列为“行政事业性收费”的项目,台账中不应记作“经营服务性收费”。
    ///
    /// 清单中同名项目性质不一或者没有写明性质的,不作判断。名称比对时不计序号、▲号和括号内的限定语。
    /// ## 为什么
    /// 行政事业性收费转为经营服务性收费,就避开了财政票据和收支两条线管理。
    /// ## 怎么改
    /// 核对该笔收费的性质:是行政事业性收费的,改正台账,使用财政票据并缴入国库或财政专户;确是另一项服务收费的,写明不同的名称。
    /// ## 例
    /// ```csv bad
    /// 收费项目,政策依据,收费性质
    /// 示例检验费,《产品质量法》,行政事业性收费
    /// ```
    /// ```csv bad
    /// 执收单位,收费项目,收费性质,金额,收取日期
    /// 示例县检验所,示例检验费,经营服务性收费,200,2016-09-01
    /// ```
    /// ```csv good
    /// 收费项目,政策依据,收费性质
    /// 示例检验费,《产品质量法》,行政事业性收费
    /// ```
    /// ```csv good
    /// 执收单位,收费项目,收费性质,金额,收取日期
    /// 示例县检验所,示例检验费,行政事业性收费,200,2016-09-01
    /// ```
    /// ---
    /// ## What
    /// What the list calls an administrative fee, the ledger does not call a service fee. Where the list is not
    /// unanimous, or does not say, nothing is said.
    /// ## Why
    /// As a service fee it would escape fiscal receipts and the treasury.
    /// ## How to mend
    /// Correct the ledger and pay the money in; if it is another service, give it another name.
    pub(crate) static RULE = Rule {
        id: "fee/reclassified-as-service",
        title: text("行政事业性收费转为经营服务性收费", "Administrative fee turned into a service fee"),
        over: Reading::of(&FEE_COLLECTION, &[ITEM_NAME, NATURE, COLLECTED_ON]).and_optional(&[REGION_CODE, UNIT_NAME]),
        beside: &[lists::READING, events::READING],
        bases: &[NOT_INTO_SERVICES],
        messages: &[Message::new(
            "“{item_name}”由行政事业性收费转为经营服务性收费",
            "“{item_name}” is an administrative fee in the list and a service fee in the ledger",
        )],
        check: Check::Inspection(|_| Box::new(ReclassifiedAsService { events: Events::shipped(), lists: Lists::asking(nature) })),
        ..Rule::EMPTY
    };
}

struct ReclassifiedAsService {
    events: Events,
    lists: Lists<Option<String>>,
}

fn nature(item: &Row) -> Option<String> {
    item.text(fee_catalogue::NATURE).map(str::to_owned)
}

impl Inspection for ReclassifiedAsService {
    fn beside(&mut self, batch: &Batch) {
        if batch.is_of(events::READING.table) {
            self.events.read(batch);
        } else {
            self.lists.read(batch);
        }
    }

    fn record(&mut self, charge: &Row, findings: &mut Findings) -> Judged {
        if charge.text(NATURE)? != SERVICE_FEE {
            return None;
        }
        let entries = self.lists.of_charge_on(charge, &self.events, charge.date(COLLECTED_ON)?)?;
        if entries.is_empty() {
            return None; // `charged-outside-list` reports it
        }
        if entries.iter().all(|entry| entry.said.as_deref() == Some(ADMINISTRATIVE_FEE)) {
            findings.at(charge, NATURE).expected(ADMINISTRATIVE_FEE).actual(SERVICE_FEE);
        }
        JUDGED
    }
}
