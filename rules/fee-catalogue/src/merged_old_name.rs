//! `fee/merged-old-name`: a fund still listed under the name it had before it was merged into another.

use mingcha_kit::prelude::*;

use crate::bases::FUNDS_2016;
use crate::dated_events::DatedEvents;
use crate::events;
use crate::item_name::bare_key;
use crate::outline::{Carried, Item, Outline};
use crate::tables::fee_catalogue::{
    BASIS, CATALOGUE_ID, DEPARTMENT, FEE_CATALOGUE, FUND_MODE, ITEM_NAME, REGION_CODE, ROW_NO, STANDARD_TEXT,
    STATUS, in_force,
};
use crate::versions;

rule! {
    /// ## 查什么
    /// 已并入其他项目的收费、基金,不应再以原名列为“执行”。
    ///
    /// 只看在清单版本日期之前已经生效的政策;没有公开记录的,取检查基准日。作为新项目的下级项目列示的,不提示。
    ///
    /// 政策事件见参考数据 `fee-policy-events`,可随报送材料提交“收费政策事件”表补充。
    /// ## 为什么
    /// 合并后,原名称不再单独存在。旧名称会让人以为有两项要交。
    /// ## 怎么改
    /// 把项目名称改为合并后的名称,并核对依据和标准;原项目在备注中说明即可。
    /// ## 例
    /// ```csv bad
    /// 收费项目,政策依据
    /// 三峡水库库区基金,财综〔2007〕69号
    /// ```
    /// ```csv good
    /// 收费项目,政策依据
    /// 中央水库移民扶持基金(含三峡水库库区基金),财税〔2016〕11号
    /// ```
    /// ---
    /// ## What
    /// A fee or fund that was merged into another is not listed as collected under its old name, except as a part of the
    /// new one. Only notices in force by the version date of the list count.
    ///
    /// The notices are the facts `fee-policy-events`; a table 收费政策事件 handed in beside adds to them.
    /// ## Why
    /// The old name no longer exists, and looks like a second charge.
    /// ## How to mend
    /// Use the new name, and check basis and standard.
    pub(crate) static RULE = Rule {
        id: "fee/merged-old-name",
        title: text("已合并项目仍用原名", "Merged item under its old name"),
        severity: Severity::Warning,
        scope: Scope::WholeTable,
        over: Reading::of(&FEE_CATALOGUE, &[ITEM_NAME]).and_optional(&[
            ROW_NO, DEPARTMENT, FUND_MODE, BASIS, STANDARD_TEXT, STATUS, REGION_CODE, CATALOGUE_ID,
        ]),
        beside: &[events::READING, versions::READING],
        bases: &[FUNDS_2016],
        messages: &[
            Message::new(
                "“{item_name}”已由{doc_no}自{effective_on}起并入“{merged_into}”,应更新名称",
                "“{item_name}” was merged into “{merged_into}” by {doc_no} from {effective_on}; use the new name",
            ),
            Message::named(
                "unverified",
                "“{item_name}”据记载已由{doc_no}自{effective_on}起并入“{merged_into}”(依据待核,请先核对文件)",
                "“{item_name}” is said to have been merged into “{merged_into}” by {doc_no} from {effective_on}; check the document first",
            )
            .weighing(Severity::Notice),
        ],
        check: Check::Inspection(|_| Box::new(MergedOldName {
            list: Outline::default(),
            known: DatedEvents::shipped(),
        })),
        ..Rule::EMPTY
    };
}

struct MergedOldName {
    list: Outline<Collected>,
    known: DatedEvents,
}

/// The day the list of a row in force speaks of.
struct Collected(Option<NaiveDate>);

impl Carried for Collected {}

impl Inspection for MergedOldName {
    fn beside(&mut self, batch: &Batch) {
        self.known.read(batch);
    }

    fn record(&mut self, row: &Row, findings: &mut Findings) -> Judged {
        let collected = in_force(row) == Some(true) && row.is_filled(ITEM_NAME);
        let item = self.list.take(row, Collected(collected.then(|| self.known.versions.of(row))));
        self.judge(item, findings)
    }

    fn close(&mut self, findings: &mut Findings) {
        let last = self.list.finish();
        findings.judge(|findings| self.judge(last, findings));
    }
}

impl MergedOldName {
    fn judge(&self, item: Option<Item<Collected>>, findings: &mut Findings) -> Judged {
        let Item { place, path, carried: Collected(day), .. } = item?;
        let day = day?;
        let names: Vec<String> = path.split('\u{1f}').filter(|name| !name.is_empty()).map(bare_key).collect();
        let name = names.last()?;
        let Some(event) = self.known.events.merger(name, day) else { return JUDGED };
        let merged_into = event.merged_into.as_deref()?;
        if self.known.events.abolition(name, day).is_some() || names.contains(&bare_key(merged_into)) {
            return None; // `abolished-listed` reports it; or it is shown as a part of the new item
        }
        event
            .cited_by(findings.at_place(place.cell(ITEM_NAME)))
            .with("merged_into", merged_into)
            .expected(merged_into);
        JUDGED
    }
}
