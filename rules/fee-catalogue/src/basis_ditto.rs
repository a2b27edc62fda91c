//! `fee/basis-ditto`: 同上 instead of a basis or a fund mode.

use mingcha_kit::prelude::*;

use crate::tables::fee_catalogue::{BASIS, FEE_CATALOGUE, FUND_MODE, ITEM_NAME};

rule! {
    /// ## 查什么
    /// “政策依据”和“资金管理方式”不应写“同上”“同前”“〃”。
    /// ## 为什么
    /// 清单经排序、筛选或摘录后,“同上”就不知道指哪一行了。数据要逐行说明自己的依据。
    /// ## 怎么改
    /// 把上一行的内容复制到本行。
    /// ## 例
    /// ```csv bad
    /// 收费项目,政策依据
    /// 示例报名费,《教育法》
    /// 示例考试费,同上
    /// ```
    /// ```csv good
    /// 收费项目,政策依据
    /// 示例报名费,《教育法》
    /// 示例考试费,《教育法》
    /// ```
    /// ---
    /// ## What
    /// Neither basis nor fund mode says 同上 (ditto).
    /// ## Why
    /// Once the list is sorted, filtered or quoted, ditto points nowhere.
    /// ## How to mend
    /// Copy what stands in the row above.
    pub(crate) static RULE = Rule {
        id: "fee/basis-ditto",
        title: text("依据写“同上”", "Ditto instead of a basis"),
        severity: Severity::Warning,
        over: Reading::of(&FEE_CATALOGUE, &[BASIS]).and_optional(&[FUND_MODE, ITEM_NAME]),
        messages: &[Message::new(
            "“{item_name}”使用“{written}”,应逐行写明",
            "“{item_name}” says “{written}”; every row must state its own",
        )],
        check: Check::Row(check),
        ..Rule::EMPTY
    };
}

fn check(item: &Row, findings: &mut Findings) -> Judged {
    let mut judged = None;
    for column in [BASIS, FUND_MODE] {
        let Some(written) = item.text(column) else { continue };
        judged = JUDGED;
        if says_ditto(written) {
            findings.at(item, column).with("written", written);
        }
    }
    judged
}

/// The whole cell, or a part of it.
fn says_ditto(cell: &str) -> bool {
    cell.split(['、', ',', '，', ';', '；', '。', '(', ')', '（', '）', '\n']).any(values::text::is_ditto)
}
