//! `fee/conflicting-item`: one item twice, with different standards, fund modes or natures.

use std::collections::HashMap;

use mingcha_kit::prelude::*;

use crate::bases::CHANGED_WITHOUT_AUTHORITY;
use crate::listing::{self, Listed};
use crate::outline::{Item, Outline};
use crate::tables::fee_catalogue::{FEE_CATALOGUE, FUND_MODE, ITEM_NAME, NATURE, STANDARD_TEXT, VALID};

rule! {
    /// ## 查什么
    /// 同一份清单中,名称和征收对象都相同的项目,收费标准、资金管理方式、收费性质应当一致。
    ///
    /// 上级项目或执行期限不同的,以及名称中括号内的限定语不同的,不作比较;涉企清单与全部项目的清单是两份清单,也不互相比较。不同部门收取同名项目而内容不一致的,只作提醒,请人工核实。
    /// ## 为什么
    /// 同一项目两个标准,缴费人不知道该按哪个交;擅自变更收费范围、标准的,要追究责任。
    /// ## 怎么改
    /// 对照批准文件改正错误的一行;确属不同档次或不同对象的,在名称或“征收对象”中写明。
    /// ## 例
    /// ```csv bad
    /// 部门,收费项目,收费标准,政策依据
    /// 教育部门,示例考试费,20元/人次,《教育法》
    /// 教育部门,示例考试费,30元/人次,《教育法》
    /// ```
    /// ```csv good
    /// 部门,收费项目,收费标准,征收对象,政策依据
    /// 教育部门,示例考试费,20元/人次,社会考生,《教育法》
    /// 教育部门,示例考试费,10元/人次,在校学生,《教育法》
    /// ```
    /// ---
    /// ## What
    /// Rows of one list with the same name and payers agree in standard, fund mode and nature.
    ///
    /// Rows under different headings, of different periods, or with different restrictions behind the name are not
    /// compared, and neither are a list of enterprise fees and the full one. Where two departments charge under one name, the finding is a warning only.
    /// ## Why
    /// With two standards nobody knows which holds, and changing a standard without authority is punishable.
    /// ## How to mend
    /// Correct the wrong row from the document that approved it, or write what makes the two rows different.
    pub(crate) static RULE = Rule {
        id: "fee/conflicting-item",
        title: text("同一项目前后矛盾", "Item contradicts itself"),
        scope: Scope::WholeTable,
        over: Reading::of(&FEE_CATALOGUE, &[ITEM_NAME]).and_optional(listing::COLUMNS),
        bases: &[CHANGED_WITHOUT_AUTHORITY],
        messages: &[
            Message::new("“{item_name}”的{fields}前后矛盾", "“{item_name}” contradicts another row in {fields}"),
            Message::named(
                "departments",
                "“{item_name}”由不同部门收取,{fields}不一致,请核实",
                "“{item_name}” is charged by two departments that differ in {fields}; please check",
            )
            .weighing(Severity::Warning),
        ],
        check: Check::Inspection(|_| Box::<ConflictingItem>::default()),
        ..Rule::EMPTY
    };
}

/// What the first row of an item that stated it said, by whom, and where.
type First = Option<(String, String, Place)>;

/// Memory: one entry per item.
#[derive(Default)]
struct ConflictingItem {
    list: Outline<Option<(Listed, String)>>,
    items: HashMap<String, [First; 3]>,
}

impl Inspection for ConflictingItem {
    fn record(&mut self, row: &Row, findings: &mut Findings) -> Judged {
        let period = listing::key_of(row, &[VALID]);
        let item = self.list.take(row, Listed::read(row).map(|listed| (listed, period)));
        self.judge(item, findings)
    }

    fn close(&mut self, findings: &mut Findings) {
        let last = self.list.finish();
        findings.judge(|findings| self.judge(last, findings));
    }
}

impl ConflictingItem {
    fn judge(&mut self, item: Option<Item<Option<(Listed, String)>>>, findings: &mut Findings) -> Judged {
        let Item { place, path, carried, .. } = item?;
        let (listed, period) = carried?;
        let firsts = self.items.entry([listed.list, path, listed.payers, period].join("\u{1e}")).or_default();
        let columns = [STANDARD_TEXT, FUND_MODE, NATURE];
        let mut conflicts: Vec<(Column, Place, bool)> = Vec::new();
        for ((column, first), value) in
            columns.into_iter().zip(firsts).zip([listed.standard, listed.fund_mode, listed.nature])
        {
            let Some(value) = value else { continue };
            let (said, by, at) =
                first.get_or_insert_with(|| (value.clone(), listed.department.clone(), place));
            if *said != value {
                conflicts.push((column, *at, *by == listed.department));
            }
        }
        let Some(&(column, first, _)) = conflicts.first() else { return JUDGED };
        let fields: Vec<Column> = conflicts.iter().map(|(column, ..)| *column).collect();
        let same_department = conflicts.iter().any(|(.., same)| *same);
        findings
            .at_place(place.cell(column))
            .saying(if same_department { "default" } else { "departments" })
            .with("fields", &fields)
            .related(first.cell(column));
        JUDGED
    }
}
