//! `fee/exemption-unmarked`: an item from which payers are exempt, without a word about it.

use mingcha_kit::prelude::*;

use crate::bases::{ALL_EXEMPT, SMALL_FIRMS_EXEMPT};
use crate::dated_events::DatedEvents;
use crate::events::{self, Action};
use crate::item_name::bare_key;
use crate::tables::fee_catalogue::{
    CATALOGUE_ID, FEE_CATALOGUE, ITEM_NAME, PAYER_SCOPE, REGION_CODE, REMARK, SME_EXEMPT, STANDARD_TEXT,
    STATUS, in_force,
};
use crate::versions;

rule! {
    /// ## 查什么
    /// 国家已免征的收费、基金,清单应当注明:全部免征的,状态写“免征”或在其他栏注明;对小微企业免征的,“小微免征”填“是”,或在备注、征收对象、收费标准、项目名称中写明“免征”“小微”等。
    ///
    /// 只看在清单版本日期之前已经生效的政策;没有公开记录的,取检查基准日。状态不是“执行”的不查。
    ///
    /// 政策事件见参考数据 `fee-policy-events`,可随报送材料提交“收费政策事件”表补充。
    /// ## 为什么
    /// 清单不注明,小微企业不知道自己不用交,收费窗口也可能照收。
    /// ## 怎么改
    /// 核对免征文件和范围,在清单中注明。
    /// ## 例
    /// ```csv bad
    /// 收费项目,政策依据,备注
    /// 国内植物检疫费,《植物检疫条例》,
    /// ```
    /// ```csv good
    /// 收费项目,政策依据,备注
    /// 国内植物检疫费,《植物检疫条例》,自2016年5月1日起免征
    /// ```
    /// ---
    /// ## What
    /// An item from which all payers, or small firms, are exempt says so: in its status, in 小微免征, or in words such as
    /// 免征 or 小微 in remark, payers, standard or name. Only notices in force by the version date of the list count.
    ///
    /// The notices are the facts `fee-policy-events`; a table 收费政策事件 handed in beside adds to them.
    /// ## Why
    /// Otherwise those who are exempt do not know it, and may be charged.
    /// ## How to mend
    /// Check the notice and mark the item.
    pub(crate) static RULE = Rule {
        id: "fee/exemption-unmarked",
        title: text("免征政策未注明", "Exemption not marked"),
        severity: Severity::Warning,
        over: Reading::of(&FEE_CATALOGUE, &[ITEM_NAME]).and_optional(&[
            STATUS, SME_EXEMPT, REMARK, PAYER_SCOPE, STANDARD_TEXT, REGION_CODE, CATALOGUE_ID,
        ]),
        beside: &[events::READING, versions::READING],
        bases: &[SMALL_FIRMS_EXEMPT, ALL_EXEMPT],
        messages: &[
            Message::new(
                "“{item_name}”已由{doc_no}自{effective_on}起{action},清单未注明",
                "Payers are exempt from “{item_name}” by {doc_no} from {effective_on} (“{action}”), and the list does not say so",
            ),
            Message::named(
                "unverified",
                "“{item_name}”据记载已由{doc_no}自{effective_on}起{action},清单未注明(依据待核,请先核对文件)",
                "Payers are said to be exempt from “{item_name}” by {doc_no} from {effective_on} (“{action}”), and the list does not say so; check the document first",
            )
            .weighing(Severity::Notice),
        ],
        check: Check::Inspection(|_| Box::new(ExemptionUnmarked { known: DatedEvents::shipped() })),
        ..Rule::EMPTY
    };
}

struct ExemptionUnmarked {
    known: DatedEvents,
}

impl Inspection for ExemptionUnmarked {
    fn beside(&mut self, batch: &Batch) {
        self.known.read(batch);
    }

    fn record(&mut self, item: &Row, findings: &mut Findings) -> Judged {
        if !in_force(item)? {
            return None;
        }
        let (name, day) = (item.by_value(ITEM_NAME, bare_key)?, self.known.versions.of(item));
        let Some(event) = self.known.events.exemption(&name, day) else { return JUDGED };
        if self.known.events.abolition(&name, day).is_some() {
            return None; // `abolished-listed` reports it
        }
        if !is_marked(item, event.action) {
            event.cited_by(findings.at(item, ITEM_NAME)).with("action", event.action.name());
        }
        JUDGED
    }
}

/// Whether the row says somewhere that payers are exempt. That of everybody is more than that of small firms.
fn is_marked(item: &Row, exempted: Action) -> bool {
    let small = exempted == Action::ExemptSmall;
    let says = |cell: &str| {
        ["免征", "免收", "免缴", "免交", "减免"].iter().any(|word| cell.contains(word))
            || small && cell.contains("小微")
    };
    let written = [ITEM_NAME, REMARK, PAYER_SCOPE, STANDARD_TEXT];
    small && item.flag(SME_EXEMPT) == Some(true)
        || written.into_iter().any(|column| item.text(column).is_some_and(says))
}
