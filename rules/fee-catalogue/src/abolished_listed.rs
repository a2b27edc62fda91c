//! `fee/abolished-listed`: an item still listed as collected after a notice ended it.

use mingcha_kit::prelude::*;

use crate::bases::{CHARGED_ON, FUNDS_2016};
use crate::dated_events::DatedEvents;
use crate::events;
use crate::item_name::bare_key;
use crate::tables::fee_catalogue::{CATALOGUE_ID, FEE_CATALOGUE, ITEM_NAME, REGION_CODE, STATUS, in_force};
use crate::versions;

rule! {
    /// ## 查什么
    /// 已被国家取消、停征或者将征收标准降为零的收费、基金,在目录清单中不应再列为“执行”。状态一栏空白的,按“执行”处理。
    ///
    /// 只看在清单版本日期之前已经生效的政策。版本日期取自公开记录(同一清单编号或同一地区);没有公开记录的,取检查基准日。随本规则提供的政策事件不全,可以另交一张“收费政策事件”表补充。名称比对时不计序号、▲号和括号内的限定语。
    ///
    /// 政策事件见参考数据 `fee-policy-events`,可随报送材料提交“收费政策事件”表补充。
    /// ## 为什么
    /// 对明令取消或降低标准的收费,继续按原项目、原标准收取的,要追究责任。清单仍列为执行,等于告诉社会还要收。
    /// ## 怎么改
    /// 核对文件后,把该项目移出清单,或把状态改为“取消”“停征”“征收标准降为零”。后来又依法恢复的,在“收费政策事件”表中补一条“设立”。
    /// ## 例
    /// ```csv bad
    /// 收费项目,政策依据,状态
    /// 育林基金,《森林法》,执行
    /// ```
    /// ```csv good
    /// 收费项目,政策依据,状态
    /// 育林基金,《森林法》,征收标准降为零
    /// ```
    /// ---
    /// ## What
    /// A fee or fund that was cancelled, suspended or set to zero is no longer listed as collected. Blank means collected.
    ///
    /// Only notices in force by the version date of the list count; that date is taken from the publications handed in,
    /// else it is the day of the audit. A table of policy events may be handed in beside the shipped ones.
    ///
    /// The notices are the facts `fee-policy-events`; a table 收费政策事件 handed in beside adds to them.
    /// ## Why
    /// Charging on after abolition is punishable, and a list that shows the item invites it.
    /// ## How to mend
    /// Take the item off the list or correct its status.
    pub(crate) static RULE = Rule {
        id: "fee/abolished-listed",
        title: text("已取消的收费仍列为执行", "Abolished item still listed"),
        over: Reading::of(&FEE_CATALOGUE, &[ITEM_NAME]).and_optional(&[STATUS, REGION_CODE, CATALOGUE_ID]),
        beside: &[events::READING, versions::READING],
        bases: &[FUNDS_2016, CHARGED_ON],
        messages: &[
            Message::new(
                "“{item_name}”已由{doc_no}自{effective_on}起{action},仍列为执行",
                "“{item_name}” was ended by {doc_no} from {effective_on} (“{action}”) and is still listed as collected",
            ),
            Message::named(
                "unverified",
                "“{item_name}”据记载已由{doc_no}自{effective_on}起{action},仍列为执行(依据待核,请先核对文件)",
                "“{item_name}” is said to have been ended by {doc_no} from {effective_on} (“{action}”) and is still listed as collected; check the document first",
            )
            .weighing(Severity::Warning),
        ],
        check: Check::Inspection(|_| Box::new(AbolishedListed { known: DatedEvents::shipped() })),
        ..Rule::EMPTY
    };
}

struct AbolishedListed {
    known: DatedEvents,
}

impl Inspection for AbolishedListed {
    fn beside(&mut self, batch: &Batch) {
        self.known.read(batch);
    }

    fn record(&mut self, item: &Row, findings: &mut Findings) -> Judged {
        if !in_force(item)? {
            return None;
        }
        let Some(event) =
            self.known.events.abolition(&item.by_value(ITEM_NAME, bare_key)?, self.known.versions.of(item))
        else {
            return JUDGED;
        };
        event.cited_by(findings.at(item, ITEM_NAME)).with("action", event.action.name());
        JUDGED
    }
}
