//! `fee/basis-below-province`: a fee that rests on documents of the prefecture or a county alone.

use mingcha_kit::prelude::*;
use values::issuer::IssuerLevel;

use crate::bases::{LAWFUL_FEE, TWO_LEVELS};
use crate::sources::{self, Heads};
use crate::tables::fee_catalogue::{BASIS, FEE_CATALOGUE, ITEM_NAME, NATURE};
use crate::tables::{DEPOSIT, GOVERNMENT_FUND, SERVICE_FEE};

rule! {
    /// ## 查什么
    /// 收费项目的依据中,至少应有一个国家或自治区的法规、文件。全部依据都是州、县(市)、园区文件的,予以提示。
    ///
    /// 州、县文件与国家、自治区文件并列的,不提示。文号的机关代字不在代字表中的,无法判断级次,也不提示;代字表可以用设置项 `central-heads`、`regional-heads`、`prefecture-heads`、`county-heads` 补充。政府性基金由 `fee/fund-set-locally` 检查;经营服务性收费和保证金不适用。
    ///
    /// 文件级次按参考数据 `issuer-heads` 中的发文代字判断,可用设置 `central-heads`、`regional-heads`、`prefecture-heads`、`county-heads`
    ///  补充或改判。
    /// ## 为什么
    /// 收费项目实行中央和省两级审批。州、县文件只能转发或落实,不能设立收费。
    /// ## 怎么改
    /// 补充国家或自治区的依据。没有的,停止收取并移出清单。
    /// ## 例
    /// ```csv bad
    /// 收费项目,政策依据
    /// 示例占用费,昌州政办发〔2015〕12号
    /// ```
    /// ```csv good
    /// 收费项目,政策依据
    /// 示例占用费,新发改收费〔2014〕8号、昌州政办发〔2015〕12号
    /// ```
    /// ---
    /// ## What
    /// At least one source of a fee was issued by the state or the autonomous region.
    ///
    /// Service fees and deposits are left out, and funds have their own rule. A local document beside a higher one is no fault. Documents whose head is in no table are given the benefit of
    /// the doubt; the settings `central-heads`, `regional-heads`, `prefecture-heads`, `county-heads` add heads.
    ///
    /// Levels follow from the heads of document numbers in the facts `issuer-heads`; the settings `central-heads`,
    /// `regional-heads`, `prefecture-heads` and `county-heads` stand before them.
    /// ## Why
    /// Fees are approved at two levels, central and provincial. A local document can pass a fee on, not create it.
    /// ## How to mend
    /// Name the central or regional source. If there is none, stop charging the fee and take it off the list.
    pub(crate) static RULE = Rule {
        id: "fee/basis-below-province",
        title: text("仅有州、县级依据", "Basis below the autonomous region"),
        over: Reading::of(&FEE_CATALOGUE, &[BASIS]).and_optional(&[ITEM_NAME, NATURE]),
        bases: &[TWO_LEVELS, LAWFUL_FEE],
        messages: &[
            Message::new(
                "“{item_name}”仅有州级文件依据,缺少国家或自治区依据",
                "“{item_name}” rests on the prefecture's documents alone; a source of the state or the region is missing",
            ),
            Message::named(
                "county",
                "“{item_name}”仅有县级文件依据,缺少国家或自治区依据",
                "“{item_name}” rests on a county's documents alone; a source of the state or the region is missing",
            ),
            Message::named(
                "both",
                "“{item_name}”仅有州、县级文件依据,缺少国家或自治区依据",
                "“{item_name}” rests on prefecture and county documents alone; a source of the state or the region is missing",
            ),
        ],
        check: Check::Inspection(|task| Box::new(BasisBelowProvince { heads: Heads::of(task) })),
        ..Rule::EMPTY
    };
}

struct BasisBelowProvince {
    heads: Heads,
}

impl Inspection for BasisBelowProvince {
    fn record(&mut self, item: &Row, findings: &mut Findings) -> Judged {
        if matches!(item.text(NATURE), Some(GOVERNMENT_FUND | SERVICE_FEE | DEPOSIT)) {
            return None;
        }
        let sources = item.by_value(BASIS, sources::read)?;
        let wording = match self.heads.levels(&sources)?.as_slice() {
            [IssuerLevel::Prefecture] => "default",
            [IssuerLevel::County] => "county",
            [IssuerLevel::Prefecture, IssuerLevel::County] => "both",
            _ => return JUDGED,
        };
        findings.at(item, BASIS).saying(wording);
        JUDGED
    }
}
