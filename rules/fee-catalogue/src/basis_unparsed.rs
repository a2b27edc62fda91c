//! `fee/basis-unparsed`: a basis in which there is neither a title nor a document number.

use mingcha_kit::prelude::*;

use crate::sources;
use crate::tables::fee_catalogue::{BASIS, FEE_CATALOGUE, ITEM_NAME};

rule! {
    /// ## 查什么
    /// “政策依据”一栏至少应有一个法规名称(写在《》里)或一个文号。
    ///
    /// 写“同上”的由另一条规则提示;文号残缺的也由另一条规则提示。
    /// ## 为什么
    /// “国家有关规定”“上级文件”这样的写法查不到原文,缴费人和检查人员都无法核对。
    /// ## 怎么改
    /// 写明法规名称或文号,如“《教育法》”“财综〔2004〕100号”,多个依据用顿号或逗号分开。
    /// ## 例
    /// ```csv bad
    /// 收费项目,政策依据
    /// 示例考试费,国家有关规定
    /// ```
    /// ```csv good
    /// 收费项目,政策依据
    /// 示例考试费,《教育法》
    /// ```
    /// ---
    /// ## What
    /// A basis names at least one act by its title, in 《》, or one document by its number.
    /// ## Why
    /// “The relevant regulations” cannot be looked up by anybody.
    /// ## How to mend
    /// Write titles or document numbers, such as 《教育法》 or 财综〔2004〕100号.
    pub(crate) static RULE = Rule {
        id: "fee/basis-unparsed",
        title: text("依据中没有文号或法规名称", "Basis without title or document number"),
        severity: Severity::Warning,
        over: Reading::of(&FEE_CATALOGUE, &[BASIS]).and_optional(&[ITEM_NAME]),
        messages: &[Message::new(
            "“{item_name}”政策依据“{basis}”无法识别文号或法规名称",
            "The basis “{basis}” of “{item_name}” holds no title and no document number",
        )],
        check: Check::Row(check),
        ..Rule::EMPTY
    };
}

fn check(item: &Row, findings: &mut Findings) -> Judged {
    let sources = item.by_value(BASIS, sources::read)?;
    if sources.ditto {
        return None; // `basis-ditto` reports it
    }
    if sources.found.is_empty() && sources.broken.is_empty() {
        findings.at(item, BASIS);
    }
    JUDGED
}
