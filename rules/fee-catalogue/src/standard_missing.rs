//! `fee/standard-missing`: an item that is collected, without its standard.

use mingcha_kit::prelude::*;

use crate::bases::{DISCLOSURE_2007, DISCLOSURE_2019, ENTERPRISE_LISTS};
use crate::outline::{Item, Outline};
use crate::tables::fee_catalogue::{
    BASIS, DEPARTMENT, FEE_CATALOGUE, FUND_MODE, ITEM_NAME, ROW_NO, STANDARD_TEXT, STATUS, in_force,
};

rule! {
    /// ## 查什么
    /// 本地目录清单中正在执行的收费项目都应公布收费标准。状态一栏空白的,按“执行”处理;停征、取消、免征的项目不查。
    ///
    /// 有下级项目的标题行不查;标题行已写明标准的,视为对其下有序号的项目有效。
    /// ## 为什么
    /// 收费项目、依据、标准都应公开。没有标准,缴费人无法核对收了多少、该收多少。
    /// ## 怎么改
    /// 在“收费标准”一栏写明金额和计费单位,如“10元/本”“3‰”。标准较多的,可以写明标准文件并逐档列出。项目已不再收取的,把状态改为“停征”或“取消”。
    /// ## 例
    /// ```csv bad
    /// 序号,部门,收费项目,收费标准,政策依据
    /// 1,教育部门,示例考试费,,《教育法》
    /// ```
    /// ```csv good
    /// 序号,部门,收费项目,收费标准,政策依据
    /// 1,教育部门,示例考试费,20元/人次,《教育法》
    /// ```
    /// ---
    /// ## What
    /// Every item of a local list that is being collected has its standard. A blank status means it is collected; items
    /// suspended, cancelled or exempt are left out, and so are headings.
    /// ## Why
    /// Without the standard nobody can check what is due.
    /// ## How to mend
    /// Write amount and unit into 收费标准. If the item is no longer collected, say so in its status.
    pub(crate) static RULE = Rule {
        id: "fee/standard-missing",
        title: text("未公布收费标准", "Standard not published"),
        scope: Scope::WholeTable,
        over: Reading::of(&FEE_CATALOGUE, &[ITEM_NAME])
            .and_optional(&[ROW_NO, DEPARTMENT, FUND_MODE, BASIS, STANDARD_TEXT, STATUS]),
        bases: &[ENTERPRISE_LISTS, DISCLOSURE_2007, DISCLOSURE_2019],
        messages: &[Message::new("“{item_name}”未公布收费标准", "The standard of “{item_name}” is not published")],
        check: Check::Inspection(|_| Box::<StandardMissing>::default()),
        ..Rule::EMPTY
    };
}

#[derive(Default)]
struct StandardMissing {
    /// Carries whether the item is being collected.
    list: Outline<bool>,
}

impl Inspection for StandardMissing {
    fn record(&mut self, row: &Row, findings: &mut Findings) -> Judged {
        // A row without a name is no item of its own; `required-fields` reports it.
        let collected = in_force(row) == Some(true) && row.is_filled(ITEM_NAME);
        judge(self.list.take(row, collected), findings)
    }

    fn close(&mut self, findings: &mut Findings) {
        let last = self.list.finish();
        findings.judge(|findings| judge(last, findings));
    }
}

fn judge(item: Option<Item<bool>>, findings: &mut Findings) -> Judged {
    let item = item.filter(|item| item.carried)?;
    if !item.stated.standard {
        findings.at_place(item.place.cell(STANDARD_TEXT));
    }
    JUDGED
}
