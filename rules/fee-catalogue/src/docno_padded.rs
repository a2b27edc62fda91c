//! `fee/docno-padded`: a document number with zeros in front, or with 第.

use mingcha_kit::prelude::*;

use crate::bases::DOCUMENT_NUMBERS;
use crate::sources;
use crate::tables::fee_catalogue::{BASIS, FEE_CATALOGUE, ITEM_NAME};

rule! {
    /// ## 查什么
    /// 文号的顺序号不编虚位(11不写成011),前面不加“第”字。
    ///
    /// 令和公告(如“国务院令第60号”)本来就有“第”字,不提示。
    /// ## 为什么
    /// 国家标准规定发文顺序号不加“第”字、不编虚位。写法统一,才能按文号检索和比对。
    /// ## 怎么改
    /// 按提示中的写法改。
    /// ## 例
    /// ```csv bad
    /// 收费项目,政策依据
    /// 示例考试费,财综〔2004〕第0100号
    /// ```
    /// ```csv good
    /// 收费项目,政策依据
    /// 示例考试费,财综〔2004〕100号、国务院令第60号
    /// ```
    /// ---
    /// ## What
    /// The number of a document begins with no zero and follows no 第. Orders and announcements do have 第.
    /// ## Why
    /// The national standard says so, and numbers written alike can be looked up and compared.
    /// ## How to mend
    /// Write it as the message shows.
    pub(crate) static RULE = Rule {
        id: "fee/docno-padded",
        title: text("文号编虚位或加“第”字", "Document number padded or with 第"),
        severity: Severity::Notice,
        over: Reading::of(&FEE_CATALOGUE, &[BASIS]).and_optional(&[ITEM_NAME]),
        bases: &[DOCUMENT_NUMBERS],
        messages: &[Message::new(
            "文号“{text}”顺序号不应编虚位或加“第”字,建议改为“{fixed}”",
            "The number of “{text}” takes no zeros in front and no 第; write “{fixed}”",
        )],
        check: Check::Row(check),
        ..Rule::EMPTY
    };
}

fn check(item: &Row, findings: &mut Findings) -> Judged {
    for source in item.by_value(BASIS, sources::read)?.found.iter() {
        if source.faults.padded || source.faults.ordinal {
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
