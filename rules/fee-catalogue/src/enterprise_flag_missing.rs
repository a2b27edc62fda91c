//! `fee/enterprise-flag-missing`: an item that does not say whether it is levied on enterprises.

use mingcha_kit::prelude::*;

use crate::bases::ENTERPRISE_LISTS;
use crate::listing::list_of;
use crate::outline::{Carried, Item, Outline};
use crate::tables::fee_catalogue::{
    BASIS, CATALOGUE_ID, DEPARTMENT, ENTERPRISE_RELATED, FEE_CATALOGUE, FUND_MODE, ITEM_NAME, LIST_TITLE,
    PUBLISHED_ON, REGION_CODE, REPORTER, ROW_NO, STANDARD_TEXT, STATUS, in_force, is_of_enterprises,
};
use crate::unsaid::Unsaid;

rule! {
    /// ## 查什么
    /// 清单中的每个收费项目都应标明是否涉企。整份清单都没有标的,只提示一次。
    ///
    /// 只在涉企项目上打“√”“▲”、其余留空的清单,空白就是“否”,不提示;项目名称带“▲”的,视为已标明;上级项目标了的,对其下有序号的项目有效。标题、表名或文件名写明“涉企”的清单,全部是涉企项目,不查。已停征、取消的不查。
    /// ## 为什么
    /// 涉企收费实行目录清单管理,清单之外一律不得执行。不标明,企业就不知道哪些项目与自己有关。
    /// ## 怎么改
    /// 在“是否涉企”一栏填“是”或“否”。
    /// ## 例
    /// ```csv bad
    /// 收费项目,政策依据,是否涉企
    /// 示例考试费,《教育法》,否
    /// 示例检验费,《产品质量法》,
    /// ```
    /// ```csv good
    /// 收费项目,政策依据,是否涉企
    /// 示例考试费,《教育法》,
    /// 示例检验费,《产品质量法》,√
    /// ```
    /// ---
    /// ## What
    /// Every item says whether it is levied on enterprises; a list that never says so gets one finding. Where a list
    /// only ticks what is, a blank means no. ▲ before a name is a tick, a heading's answer holds for the numbered items
    /// under it, and lists whose title says 涉企 need none.
    /// ## Why
    /// Fees on enterprises are governed by lists, and outside these none may be charged.
    /// ## How to mend
    /// Write 是 or 否.
    pub(crate) static RULE = Rule {
        id: "fee/enterprise-flag-missing",
        title: text("未标明是否涉企", "Not said whether levied on enterprises"),
        severity: Severity::Warning,
        scope: Scope::WholeTable,
        over: Reading::of(&FEE_CATALOGUE, &[ITEM_NAME]).and_optional(&[
            ENTERPRISE_RELATED, ROW_NO, DEPARTMENT, FUND_MODE, BASIS, STANDARD_TEXT, STATUS, REGION_CODE,
            CATALOGUE_ID, REPORTER, PUBLISHED_ON, LIST_TITLE,
        ]),
        accepts_unreadable: &[ENTERPRISE_RELATED],
        bases: &[ENTERPRISE_LISTS],
        messages: &[
            Message::new("“{item_name}”未标明是否涉企", "“{item_name}” does not say whether it is levied on enterprises"),
            Message::named(
                "list",
                "清单中的{count}个项目都未标明是否涉企",
                "None of the {count} items of the list says whether it is levied on enterprises",
            ),
        ],
        check: Check::Inspection(|_| Box::<EnterpriseFlagMissing>::default()),
        ..Rule::EMPTY
    };
}

#[derive(Default)]
struct EnterpriseFlagMissing {
    list: Outline<Marked>,
    unsaid: Unsaid,
}

/// What a row says, in which list, and whether it is to be judged.
struct Marked {
    list: String,
    mark: Option<bool>,
    counts: bool,
}

impl Carried for Marked {
    fn under(&mut self, heading: &Self) {
        self.mark = self.mark.or(heading.mark);
    }
}

impl Marked {
    fn read(row: &Row) -> Self {
        let collected = in_force(row) == Some(true);
        let titled = row.text(LIST_TITLE).is_some_and(is_of_enterprises);
        let flagged = row.text(ITEM_NAME).is_some_and(|name| name.contains('▲'));
        let unreadable = row.state(ENTERPRISE_RELATED) == State::Unreadable;
        let mark = row.flag(ENTERPRISE_RELATED).or((flagged || unreadable).then_some(true));
        Self { list: list_of(row), mark, counts: collected && !titled && row.is_filled(ITEM_NAME) }
    }
}

impl Inspection for EnterpriseFlagMissing {
    fn record(&mut self, row: &Row, _: &mut Findings) -> Judged {
        let item = self.list.take(row, Marked::read(row));
        self.judge(item)
    }

    fn close(&mut self, findings: &mut Findings) {
        let last = self.list.finish();
        findings.judge(|_| self.judge(last));
        self.unsaid.report(ENTERPRISE_RELATED, findings);
    }
}

impl EnterpriseFlagMissing {
    fn judge(&mut self, item: Option<Item<Marked>>) -> Judged {
        let Item { place, carried: Marked { list, mark, counts }, .. } = item?;
        if !counts {
            return None;
        }
        let Some(mark) = mark else {
            self.unsaid.blank(list, place);
            return None; // judged once the list is known
        };
        self.unsaid.said(list, !mark);
        JUDGED
    }
}
