//! `fee/expired-validity`: an item listed as collected after its time.

use mingcha_kit::prelude::*;

use crate::tables::fee_catalogue::{
    CATALOGUE_ID, FEE_CATALOGUE, ITEM_NAME, REGION_CODE, STATUS, VALID, in_force,
};
use crate::validity::validity;
use crate::versions::{self, Versions};

rule! {
    /// ## 查什么
    /// 执行期限在清单版本日期之前已经届满的项目,不应仍列为“执行”。期限最后一天当日不算届满。
    ///
    /// 版本日期取自公开记录(同一清单编号或同一地区);没有公开记录的,取检查基准日。期限写“长期”等、没有截止日期的不查。
    /// ## 为什么
    /// 期限届满又没有延期,就没有继续收费的依据。
    /// ## 怎么改
    /// 已延期的,改为新的期限并补充延期文件;没有延期的,停止收取,把状态改为“停征”或移出清单。
    /// ## 例
    /// ```csv bad as-of=2016-11-30
    /// 收费项目,政策依据,执行期限
    /// 示例检验费,《产品质量法》,2014年7月1日至2016年6月30日
    /// ```
    /// ```csv good as-of=2016-11-30
    /// 收费项目,政策依据,执行期限
    /// 示例检验费,《产品质量法》,2014年7月1日至2018年6月30日
    /// ```
    /// ---
    /// ## What
    /// An item whose last day was before the version date of the list is not listed as collected. The version date is
    /// taken from the publications handed in, else it is the day of the audit.
    /// ## Why
    /// Once the time is over and was not extended, nothing allows the charge.
    /// ## How to mend
    /// Enter the extension and its document, or end the item.
    pub(crate) static RULE = Rule {
        id: "fee/expired-validity",
        title: text("执行期限已届满", "Item past its time"),
        over: Reading::of(&FEE_CATALOGUE, &[ITEM_NAME]).and_optional(&[VALID, STATUS, REGION_CODE, CATALOGUE_ID]),
        beside: &[versions::READING],
        messages: &[Message::new(
            "“{item_name}”执行期限已于{valid_to}届满,仍列为执行",
            "The time of “{item_name}” ended on {valid_to}, and it is still listed as collected",
        )],
        check: Check::Inspection(|_| Box::<ExpiredValidity>::default()),
        ..Rule::EMPTY
    };
}

#[derive(Default)]
struct ExpiredValidity {
    versions: Versions,
}

impl Inspection for ExpiredValidity {
    fn beside(&mut self, batch: &Batch) {
        self.versions.read(batch);
    }

    fn record(&mut self, item: &Row, findings: &mut Findings) -> Judged {
        let (_, last) = item.by_value(VALID, validity)?;
        let last = last?;
        if !in_force(item)? {
            return None;
        }
        if last < self.versions.of(item) {
            findings.at(item, VALID).with("valid_to", last);
        }
        JUDGED
    }
}
