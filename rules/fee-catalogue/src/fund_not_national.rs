//! `fee/fund-not-national`: a government fund that is not on the national list.

use mingcha_kit::prelude::*;

use crate::bases::{FUND_LIST, LAWFUL_FUND};
use crate::dated_events::DatedEvents;
use crate::events;
use crate::funds::Funds;
use crate::item_name::bare_key;
use crate::outline::{Carried, Item, Outline};
use crate::tables::GOVERNMENT_FUND;
use crate::tables::fee_catalogue::{
    BASIS, CATALOGUE_ID, DEPARTMENT, FEE_CATALOGUE, FUND_MODE, ITEM_NAME, NATURE, REGION_CODE, ROW_NO,
    STANDARD_TEXT, STATUS, in_force,
};
use crate::versions;

rule! {
    /// ## 查什么
    /// 性质为“政府性基金”、正在执行的项目,应在全国政府性基金目录清单中。
    ///
    /// 随规则提供的全国清单据记忆整理,尚未核对,据此发现的问题只作警告;可用设置项 `national-funds` 换成财政部当年公布的清单。名称比对时不计序号、▲号和括号内的限定语,清单和政策事件中的别名视为同一项目,上级项目在清单中的,下级项目不再比对。已被政策事件停征、取消或合并的,由 `fee/abolished-listed`、`fee/merged-old-name` 检查。
    ///
    /// 基金清单见参考数据 `national-funds`,可用设置 `national-funds` 替代。
    /// ## 为什么
    /// 政府性基金只能由国家设立,全国清单之外的基金一律不得征收。
    /// ## 怎么改
    /// 先核对名称是否写错,再核对财政部公布的清单。不在清单中的,停止征收并移出目录。
    /// ## 例
    /// ```csv bad
    /// 收费项目,政策依据,收费性质
    /// 示例发展基金,《示例法》,政府性基金
    /// ```
    /// ```csv good
    /// 收费项目,政策依据,收费性质
    /// 森林植被恢复费,《森林法》,政府性基金
    /// ```
    /// ---
    /// ## What
    /// A government fund that is being collected is on the national list of funds.
    ///
    /// The list the pack ships was recalled, not read, so what it finds is a warning; `national-funds` replaces it by
    /// the list the Ministry of Finance published. Names are compared without numbering, flags and restrictions, also
    /// by their aliases; parts of a listed fund are listed. Funds that a notice ended or merged have rules of their own.
    ///
    /// The funds are the facts `national-funds`; a setting of that name takes their place.
    /// ## Why
    /// Only the state may set up funds; none outside the national list may be levied.
    /// ## How to mend
    /// Check the name, then the list. If the fund is not there, stop levying it.
    pub(crate) static RULE = Rule {
        id: "fee/fund-not-national",
        title: text("不在全国政府性基金清单", "Fund not on the national list"),
        scope: Scope::WholeTable,
        over: Reading::of(&FEE_CATALOGUE, &[ITEM_NAME, NATURE]).and_optional(&[
            ROW_NO, DEPARTMENT, FUND_MODE, BASIS, STANDARD_TEXT, STATUS, REGION_CODE, CATALOGUE_ID,
        ]),
        beside: &[events::READING, versions::READING],
        bases: &[LAWFUL_FUND, FUND_LIST],
        messages: &[
            Message::new("“{item_name}”不在全国政府性基金目录清单", "“{item_name}” is not on the national list of government funds"),
            Message::named(
                "unverified",
                "“{item_name}”不在随规则提供的全国政府性基金清单中(清单待核,请先核对财政部公布的清单)",
                "“{item_name}” is not on the list of national funds that comes with the rules; that list is unverified, check the published one first",
            )
            .weighing(Severity::Warning),
        ],
        check: Check::Inspection(|task| Box::new(FundNotNational {
            list: Outline::default(),
            funds: Funds::of(task),
            known: DatedEvents::shipped(),
        })),
        ..Rule::EMPTY
    };
}

struct FundNotNational {
    list: Outline<Fund>,
    funds: Funds,
    known: DatedEvents,
}

/// A row that may be a fund in force, and the day its list speaks of.
struct Fund(Option<NaiveDate>);

impl Carried for Fund {}

impl Inspection for FundNotNational {
    fn beside(&mut self, batch: &Batch) {
        self.known.read(batch);
    }

    fn record(&mut self, row: &Row, findings: &mut Findings) -> Judged {
        let fund = row.text(NATURE) == Some(GOVERNMENT_FUND) && in_force(row) == Some(true);
        let item = self.list.take(row, Fund(fund.then(|| self.known.versions.of(row))));
        self.judge(item, findings)
    }

    fn close(&mut self, findings: &mut Findings) {
        let last = self.list.finish();
        findings.judge(|findings| self.judge(last, findings));
    }
}

impl FundNotNational {
    fn judge(&self, item: Option<Item<Fund>>, findings: &mut Findings) -> Judged {
        let Item { place, path, carried: Fund(day), .. } = item?;
        let day = day?;
        let names: Vec<String> = path.split('\u{1f}').filter(|name| !name.is_empty()).map(bare_key).collect();
        let name = names.last()?;
        if self.known.events.abolition(name, day).is_some() || self.known.events.merger(name, day).is_some() {
            return None; // `abolished-listed` and `merged-old-name` report it
        }
        let also = names.iter().flat_map(|name| self.known.events.also_called(name));
        let listed = names.iter().map(String::as_str).chain(also).any(|name| self.funds.has(name, day));
        if !listed && !self.known.events.set_up_again(name, day) {
            let wording = if self.funds.verified { "default" } else { "unverified" };
            findings.at_place(place.cell(ITEM_NAME)).saying(wording);
        }
        JUDGED
    }
}
