//! `fee/docno-bracket`: a document number whose year is not in 〔〕.

use mingcha_kit::prelude::*;

use crate::bases::DOCUMENT_NUMBERS;
use crate::sources;
use crate::tables::fee_catalogue::{BASIS, FEE_CATALOGUE, ITEM_NAME};

rule! {
    /// ## 查什么
    /// 文号中的年份应使用六角括号“〔〕”,不用“[]”“()”“【】”。
    /// ## 为什么
    /// 国家标准规定公文发文字号的年份用六角括号括入。写法统一,才能按文号检索和比对。
    /// ## 怎么改
    /// 按提示中的写法改。六角括号可用输入法输入“六角括号”,或从本提示中复制。
    /// ## 例
    /// ```csv bad
    /// 收费项目,政策依据
    /// 示例考试费,财综[2004]100号
    /// ```
    /// ```csv good
    /// 收费项目,政策依据
    /// 示例考试费,财综〔2004〕100号
    /// ```
    /// ---
    /// ## What
    /// The year of a document number stands in 〔〕, not in other brackets.
    /// ## Why
    /// The national standard says so, and numbers written alike can be looked up and compared.
    /// ## How to mend
    /// Write it as the message shows.
    pub(crate) static RULE = Rule {
        id: "fee/docno-bracket",
        title: text("文号年份未用六角括号", "Year of a document number in other brackets"),
        severity: Severity::Notice,
        over: Reading::of(&FEE_CATALOGUE, &[BASIS]).and_optional(&[ITEM_NAME]),
        bases: &[DOCUMENT_NUMBERS],
        messages: &[Message::new(
            "文号“{text}”年份应使用六角括号,建议改为“{fixed}”",
            "The year in “{text}” belongs in 〔〕; write “{fixed}”",
        )],
        check: Check::Row(check),
        ..Rule::EMPTY
    };
}

fn check(item: &Row, findings: &mut Findings) -> Judged {
    for source in item.by_value(BASIS, sources::read)?.found.iter() {
        if source.faults.bracket && sources::writes_year(source) {
            let fixed = source.canonical();
            findings
                .at(item, BASIS)
                .with("text", source.literal.as_str())
                .with("fixed", fixed.as_str())
                .expected(fixed);
        }
    }
    JUDGED
}
