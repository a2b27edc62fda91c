//! `fee/wrong-account`: revenue that did not go where it belongs.

use mingcha_kit::prelude::*;

use crate::bases::{KEPT_REVENUE, PAID_INTO_TREASURY};
use crate::events::{self, Events};
use crate::lists::{self, Lists};
use crate::tables::fee_catalogue::FUND_MODE;
use crate::tables::fee_collection::{
    ACCOUNT_TYPE, COLLECTED_ON, FEE_COLLECTION, FISCAL_ACCOUNT, ITEM_NAME, NATURE, OWN_ACCOUNT, REGION_CODE,
    TREASURY, UNIT_NAME,
};
use crate::tables::{DEPOSIT, SERVICE_FEE};

rule! {
    /// ## 查什么
    /// 行政事业性收费和政府性基金的收入,不得缴入单位自有账户;目录清单写明缴入国库或财政专户的,应与清单一致。
    ///
    /// 没有交来目录清单或清单没有写明的,只查是否缴入单位自有账户;清单中同名项目写了几种管理方式的,符合一种即可。性质为经营服务性收费、保证金的不查。
    /// ## 为什么
    /// 收费收入应按规定缴入国库或财政专户,不缴、截留、坐支的,要追究责任。
    /// ## 怎么改
    /// 核对缴款凭证。填错的改正台账;确未上缴的,立即缴入清单规定的国库或财政专户。
    /// ## 例
    /// ```csv bad
    /// 执收单位,收费项目,金额,收取日期,缴入账户
    /// 示例县检验所,示例检验费,200,2016-09-01,单位自有账户
    /// ```
    /// ```csv good
    /// 执收单位,收费项目,金额,收取日期,缴入账户
    /// 示例县检验所,示例检验费,200,2016-09-01,国库
    /// ```
    /// ---
    /// ## What
    /// Revenue of fees and funds is not paid into the unit's own account, and goes into the treasury or the fiscal
    /// account, whichever the list says. Without a list, or where it does not say, only the former is looked at; of several fund modes under one name any will do.
    /// Service fees and deposits are left out.
    /// ## Why
    /// Revenue that is not paid in, kept or spent by the unit is punishable.
    /// ## How to mend
    /// Check the payment slip; correct the ledger, or pay the money in.
    pub(crate) static RULE = Rule {
        id: "fee/wrong-account",
        title: text("收费收入未按规定缴库", "Revenue paid into the wrong account"),
        over: Reading::of(&FEE_COLLECTION, &[ITEM_NAME, ACCOUNT_TYPE, COLLECTED_ON])
            .and_optional(&[NATURE, REGION_CODE, UNIT_NAME]),
        beside: &[lists::READING.presence(Presence::Optional), events::READING],
        bases: &[PAID_INTO_TREASURY, KEPT_REVENUE],
        messages: &[
            Message::new(
                "“{item_name}”收入缴入{account_type},未按清单“{fund_mode}”",
                "Revenue of “{item_name}” went into “{account_type}”, not where the list says: “{fund_mode}”",
            ),
            Message::named(
                "own",
                "“{item_name}”收入缴入{account_type},未缴入国库或财政专户",
                "Revenue of “{item_name}” went into “{account_type}” instead of the treasury or the fiscal account",
            ),
        ],
        check: Check::Inspection(|_| Box::new(WrongAccount { events: Events::shipped(), lists: Lists::asking(fund_mode) })),
        ..Rule::EMPTY
    };
}

struct WrongAccount {
    events: Events,
    lists: Lists<Option<String>>,
}

fn fund_mode(item: &Row) -> Option<String> {
    item.text(FUND_MODE).map(str::to_owned)
}

impl Inspection for WrongAccount {
    fn beside(&mut self, batch: &Batch) {
        if batch.is_of(events::READING.table) {
            self.events.read(batch);
        } else {
            self.lists.read(batch);
        }
    }

    fn record(&mut self, charge: &Row, findings: &mut Findings) -> Judged {
        let (account, day) = (charge.text(ACCOUNT_TYPE)?, charge.date(COLLECTED_ON)?);
        if matches!(charge.text(NATURE), Some(SERVICE_FEE | DEPOSIT)) {
            return None;
        }
        let word = match account {
            OWN_ACCOUNT => {
                findings.at(charge, ACCOUNT_TYPE).saying("own");
                return JUDGED;
            }
            TREASURY => "国库",
            FISCAL_ACCOUNT => "专户",
            _ => return None,
        };
        let entries = self.lists.of_charge_on(charge, &self.events, day)?;
        let modes: Option<Vec<&str>> = entries.iter().map(|entry| entry.said.as_deref()).collect();
        let elsewhere =
            |mode: &&str| (mode.contains("国库") || mode.contains("专户")) && !mode.contains(word);
        if let Some(modes) = modes.filter(|modes| modes.iter().all(elsewhere))
            && let Some(&mode) = modes.first()
        {
            findings.at(charge, ACCOUNT_TYPE).with("fund_mode", mode).expected(mode);
        }
        JUDGED
    }
}
