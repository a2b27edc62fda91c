//! `fee/docno-year`: a document number whose year cannot be right, or is not written in full.

use mingcha_kit::prelude::*;

use crate::bases::DOCUMENT_NUMBERS;
use crate::sources;
use crate::tables::fee_catalogue::{BASIS, FEE_CATALOGUE, ITEM_NAME};

/// No fee in force rests on a document of an earlier year.
const FIRST_YEAR: i32 = 1978;

rule! {
    /// ## 查什么
    /// 文号中的年份应写四位数,不早于1978年,也不晚于检查基准日所在的年份。
    ///
    /// 晚于清单版本日期、但不晚于检查基准日的,由 `fee/basis-after-publication` 检查。
    /// ## 为什么
    /// 年份不对,就查不到文件;写“94”分不清是哪一年。国家标准规定年份应标全称。
    /// ## 怎么改
    /// 对照原文件改正年份,两位数的年份补成四位,如“〔94〕”改为“〔1994〕”。
    /// ## 例
    /// ```csv bad
    /// 收费项目,政策依据
    /// 示例考试费,财综〔1904〕100号
    /// ```
    /// ```csv good
    /// 收费项目,政策依据
    /// 示例考试费,财综〔2004〕100号
    /// ```
    /// ---
    /// ## What
    /// The year of a document number has four digits, is not before 1978 and not after the year of the audit.
    ///
    /// A year after that of the list's version has a rule of its own.
    /// ## Why
    /// A wrong year finds no document, and the national standard wants it written in full.
    /// ## How to mend
    /// Correct the year from the document itself.
    pub(crate) static RULE = Rule {
        id: "fee/docno-year",
        title: text("文号年份异常", "Implausible year of a document number"),
        severity: Severity::Warning,
        over: Reading::of(&FEE_CATALOGUE, &[BASIS]).and_optional(&[ITEM_NAME]),
        bases: &[DOCUMENT_NUMBERS],
        messages: &[
            Message::new("文号“{text}”年份异常(早于1978年)", "The year of “{text}” cannot be right: it is before 1978"),
            Message::named(
                "future",
                "文号“{text}”年份异常(晚于检查基准日)",
                "The year of “{text}” cannot be right: it is after the day of the audit",
            ),
            Message::named(
                "short",
                "文号“{text}”的年份只有两位数,应标全称",
                "The year of “{text}” has two digits; write it in full",
            ),
        ],
        check: Check::Row(check),
        ..Rule::EMPTY
    };
}

fn check(item: &Row, findings: &mut Findings) -> Judged {
    let now = item.task().as_of.year();
    for source in
        item.by_value(BASIS, sources::read)?.found.iter().filter(|source| sources::writes_year(source))
    {
        let Some(year) = source.year else { continue };
        let wording = match () {
            () if source.faults.two_digit_year => "short",
            () if year < FIRST_YEAR => "default",
            () if year > now => "future",
            () => continue,
        };
        findings.at(item, BASIS).saying(wording).with("text", source.literal.as_str());
    }
    JUDGED
}
