//! `fee/duplicate-item`: one item of a department twice, with one standard.

use std::collections::HashMap;

use mingcha_kit::prelude::*;

use crate::listing::{self, Listed};
use crate::outline::{Item, Outline};
use crate::tables::fee_catalogue::{CHARGING_UNIT, FEE_CATALOGUE, ITEM_NAME, VALID};

rule! {
    /// ## 查什么
    /// 同一份清单中,同一部门的同一收费项目,收费标准也相同,不应重复列示。
    ///
    /// 上级项目、执收单位、征收对象或执行期限不同的,不算重复;名称中括号内的限定语不同的,也不算重复。标题、表名或文件名写明“涉企”的清单与全部项目的清单,是两份清单。
    /// ## 为什么
    /// 重复列示会让人误以为要交两次,也会使项目总数虚高。
    /// ## 怎么改
    /// 删去多余的一行;确属两个项目的,在名称或征收对象中写明区别。
    /// ## 例
    /// ```csv bad
    /// 部门,收费项目,收费标准,政策依据
    /// 教育部门,示例考试费,20元/人次,《教育法》
    /// 教育部门,示例考试费,20元/人次,《教育法》
    /// ```
    /// ```csv good
    /// 部门,收费项目,收费标准,政策依据
    /// 教育部门,示例考试费(笔试),20元/人次,《教育法》
    /// 教育部门,示例考试费(面试),20元/人次,《教育法》
    /// ```
    /// ---
    /// ## What
    /// One list shows an item of a department with one standard only once.
    ///
    /// Rows that differ in the heading over them, charging unit, payers, period or in the restriction behind the name
    /// are different items. A list whose title, sheet or file says 涉企 (on enterprises) is another list than the full one.
    /// ## Why
    /// A repeated item looks like a second charge and swells the count.
    /// ## How to mend
    /// Delete the repetition, or write what makes it another item.
    pub(crate) static RULE = Rule {
        id: "fee/duplicate-item",
        title: text("收费项目重复列示", "Item listed twice"),
        severity: Severity::Warning,
        scope: Scope::WholeTable,
        over: Reading::of(&FEE_CATALOGUE, &[ITEM_NAME]).and_optional(listing::COLUMNS),
        messages: &[Message::new("“{item_name}”重复列示", "“{item_name}” is listed twice")],
        check: Check::Inspection(|_| Box::<DuplicateItem>::default()),
        ..Rule::EMPTY
    };
}

/// Memory: one entry per item.
#[derive(Default)]
struct DuplicateItem {
    list: Outline<Option<(Listed, String)>>,
    first: HashMap<String, Place>,
}

impl Inspection for DuplicateItem {
    fn record(&mut self, row: &Row, findings: &mut Findings) -> Judged {
        let apart = listing::key_of(row, &[CHARGING_UNIT, VALID]);
        let item = self.list.take(row, Listed::read(row).map(|listed| (listed, apart)));
        self.judge(item, findings)
    }

    fn close(&mut self, findings: &mut Findings) {
        let last = self.list.finish();
        findings.judge(|findings| self.judge(last, findings));
    }
}

impl DuplicateItem {
    fn judge(&mut self, item: Option<Item<Option<(Listed, String)>>>, findings: &mut Findings) -> Judged {
        let Item { place, path, carried, .. } = item?;
        let (listed, apart) = carried?;
        let standard = listed.standard.unwrap_or_default();
        let key = [listed.list, listed.department, path, listed.payers, apart, standard].join("\u{1e}");
        match self.first.get(&key) {
            Some(&first) => {
                findings.at_place(place.cell(ITEM_NAME)).related(first.cell(ITEM_NAME));
            }
            None => {
                self.first.insert(key, place);
            }
        }
        JUDGED
    }
}
