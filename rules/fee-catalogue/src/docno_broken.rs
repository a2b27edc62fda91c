//! `fee/docno-broken`: a document number that lost a bracket of its year, or digits.

use mingcha_kit::prelude::*;

use crate::sources;
use crate::tables::fee_catalogue::{BASIS, FEE_CATALOGUE, ITEM_NAME};

rule! {
    /// ## 查什么
    /// 文号应有年份、年份两边成对的括号和顺序号,如“财税〔2016〕11号”。丢了括号的(“财税〔201611号”“财税2016〕11号”)、丢了年份或顺序号的(“财税〔〕11号”“财税〔2016〕号”),予以提示。
    /// ## 为什么
    /// 网页、PDF 转成文字时常会丢失字符。残缺的文号查不到文件。
    /// ## 怎么改
    /// 对照原文件补全括号和数字。不要凭猜测补:丢的可能不止括号。
    /// ## 例
    /// ```csv bad
    /// 收费项目,政策依据
    /// 示例考试费,财税〔201611号
    /// ```
    /// ```csv good
    /// 收费项目,政策依据
    /// 示例考试费,财税〔2016〕11号
    /// ```
    /// ---
    /// ## What
    /// A document number has a year, a bracket on either side of it, and a number. One of them is gone.
    /// ## Why
    /// Pages turned into text lose characters, and a broken number finds no document.
    /// ## How to mend
    /// Complete it from the document itself; more than the bracket may be gone.
    pub(crate) static RULE = Rule {
        id: "fee/docno-broken",
        title: text("文号残缺", "Broken document number"),
        over: Reading::of(&FEE_CATALOGUE, &[BASIS]).and_optional(&[ITEM_NAME]),
        messages: &[Message::new(
            "文号“{text}”残缺,疑为转换丢失字符",
            "The document number “{text}” is broken; characters were probably lost in conversion",
        )],
        check: Check::Row(check),
        ..Rule::EMPTY
    };
}

fn check(item: &Row, findings: &mut Findings) -> Judged {
    for broken in item.by_value(BASIS, sources::read)?.broken.iter() {
        findings.at(item, BASIS).with("text", broken.as_str()).actual(broken.as_str());
    }
    JUDGED
}
