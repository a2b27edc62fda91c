//! `fee/required-fields`: an item of the list without department, name, fund mode or basis.

use mingcha_kit::prelude::*;

use crate::bases::{DISCLOSURE_2007, DISCLOSURE_2019, ENTERPRISE_LISTS};
use crate::outline::{Carried, Item, Outline};
use crate::tables::GOVERNMENT_FUND;
use crate::tables::fee_catalogue::{
    BASIS, DEPARTMENT, FEE_CATALOGUE, FUND_MODE, ITEM_NAME, NATURE, ROW_NO, STANDARD_TEXT,
};

rule! {
    /// ## 查什么
    /// 目录清单中的每个收费项目都应写明部门、项目名称、资金管理方式和政策依据。
    ///
    /// 有下级项目的标题行(如“1.证照费”下面紧跟着“(1)护照工本费”)不必填写;标题行已写明的资金管理方式和依据,视为对其下有序号的项目有效。政府性基金不要求填写部门。
    /// ## 为什么
    /// 收费项目及其依据、标准必须向社会公开。缺少其中一项,缴费人就无法判断这笔钱该不该交、交到哪里。
    /// ## 怎么改
    /// 在提示的单元格中补上内容。依据写文件名称或文号,如“财税〔2016〕11号”;资金管理方式写“缴入地方国库”等。确实没有依据的收费,应停止收取并移出清单。
    /// ## 例
    /// ```csv bad
    /// 序号,部门,收费项目,资金管理方式,政策依据
    /// 1,教育部门,示例考试费,,《教育法》
    /// ```
    /// ```csv good
    /// 序号,部门,收费项目,资金管理方式,政策依据
    /// 1,教育部门,示例考试费,,
    /// (1),教育部门,示例报名费,缴入地方国库,《教育法》
    /// ```
    /// ---
    /// ## What
    /// Every item of the list states its department, its name, where the money goes, and its basis.
    ///
    /// Headings over sub-items need not; what a heading states holds for the numbered items under it. Funds need
    /// no department.
    /// ## Why
    /// Fees must be published with their basis and standard. Without them nobody can tell whether a charge is due.
    /// ## How to mend
    /// Fill the cells named. A fee that has no basis must be stopped and taken off the list.
    pub(crate) static RULE = Rule {
        id: "fee/required-fields",
        title: text("收费项目缺少必填项", "Item lacks a required field"),
        scope: Scope::WholeTable,
        over: Reading::of(&FEE_CATALOGUE, &[]).and_optional(&[
            ROW_NO,
            DEPARTMENT,
            ITEM_NAME,
            NATURE,
            FUND_MODE,
            BASIS,
            STANDARD_TEXT,
        ]),
        bases: &[ENTERPRISE_LISTS, DISCLOSURE_2007, DISCLOSURE_2019],
        messages: &[
            Message::new("第{row_no}项“{item_name}”缺少必填项:{missing}", "Item {row_no} “{item_name}” lacks {missing}"),
            Message::named("unnumbered", "“{item_name}”缺少必填项:{missing}", "“{item_name}” lacks {missing}"),
            Message::named("unnamed", "有一项收费缺少必填项:{missing}", "An item lacks {missing}"),
        ],
        check: Check::Inspection(|_| Box::<RequiredFields>::default()),
        ..Rule::EMPTY
    };
}

#[derive(Default)]
struct RequiredFields {
    list: Outline<Named>,
}

/// Whether the row itself says whose and which item it is.
struct Named {
    number: bool,
    department: bool,
    name: bool,
}

impl Carried for Named {}

impl Inspection for RequiredFields {
    fn record(&mut self, row: &Row, findings: &mut Findings) -> Judged {
        let [number, name] = [ROW_NO, ITEM_NAME].map(|column| row.is_filled(column));
        let department = row.is_filled(DEPARTMENT) || is_fund(row);
        judge(self.list.take(row, Named { number, department, name }), findings)
    }

    fn close(&mut self, findings: &mut Findings) {
        let last = self.list.finish();
        findings.judge(|findings| judge(last, findings));
    }
}

/// Lists of funds have no departments, and often do not state the nature either.
fn is_fund(row: &Row) -> bool {
    let named_so = |name: &str| ["基金", "附加", "专项资金"].iter().any(|word| name.contains(word));
    match row.text(NATURE) {
        Some(nature) => nature == GOVERNMENT_FUND,
        None => row.text(ITEM_NAME).is_some_and(named_so),
    }
}

fn judge(item: Option<Item<Named>>, findings: &mut Findings) -> Judged {
    let Item { place, stated, carried: Named { number, department, name }, .. } = item?;
    let fields =
        [(department, DEPARTMENT), (name, ITEM_NAME), (stated.fund_mode, FUND_MODE), (stated.basis, BASIS)];
    let missing: Vec<Column> =
        fields.into_iter().filter(|(filled, _)| !filled).map(|(_, column)| column).collect();
    let Some(&first) = missing.first() else { return JUDGED };
    let wording = match (name, number) {
        (true, true) => "default",
        (true, false) => "unnumbered",
        (false, _) => "unnamed",
    };
    findings.at_place(place.cell(first)).saying(wording).with("missing", &missing);
    JUDGED
}
