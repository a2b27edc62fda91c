//! `fee/wrong-bill`: a fee or fund collected without a receipt of the finance department.

use mingcha_kit::prelude::*;

use crate::bases::FISCAL_RECEIPTS;
use crate::tables::fee_collection::{
    BILL_TYPE, FEE_COLLECTION, IN_HOUSE_RECEIPT, ITEM_NAME, NATURE, NO_RECEIPT, TAX_INVOICE, UNIT_NAME,
};
use crate::tables::{ADMINISTRATIVE_FEE, GOVERNMENT_FUND};

rule! {
    /// ## 查什么
    /// 收取行政事业性收费和政府性基金,应使用财政票据,不得使用税务发票、内部收据或不开票据。
    ///
    /// 收费性质或票据类型空白的,以及写了其他名称的票据(如税务机关代征的缴款书),不作判断。
    /// ## 为什么
    /// 不使用财政部门统一印制的票据收费,缴费人可以拒付,责任人员要受处分。
    /// ## 怎么改
    /// 核对票据存根。用错票据的,换开财政票据;填错的,改正台账。
    /// ## 例
    /// ```csv bad
    /// 执收单位,收费项目,收费性质,金额,收取日期,票据类型
    /// 示例县检验所,示例检验费,行政事业性收费,200,2016-09-01,内部收据
    /// ```
    /// ```csv good
    /// 执收单位,收费项目,收费性质,金额,收取日期,票据类型
    /// 示例县检验所,示例检验费,行政事业性收费,200,2016-09-01,财政票据
    /// ```
    /// ---
    /// ## What
    /// Administrative fees and funds are collected against receipts of the finance department, not against tax
    /// invoices, receipts of the unit's own, or none. Other names of receipts are given the benefit of the doubt.
    /// ## Why
    /// Other receipts are unlawful and those responsible are punished.
    /// ## How to mend
    /// Check the stub; exchange the receipt, or correct the ledger.
    pub(crate) static RULE = Rule {
        id: "fee/wrong-bill",
        title: text("未使用财政票据", "Not a fiscal receipt"),
        over: Reading::of(&FEE_COLLECTION, &[NATURE, BILL_TYPE]).and_optional(&[ITEM_NAME, UNIT_NAME]),
        bases: &[FISCAL_RECEIPTS],
        messages: &[
            Message::new("“{item_name}”使用{bill_type},应使用财政票据", "“{item_name}” was collected against “{bill_type}” instead of a fiscal receipt"),
            Message::named("none", "“{item_name}”未开票据,应使用财政票据", "“{item_name}” was collected without a receipt; a fiscal receipt is needed"),
        ],
        check: Check::Row(check),
        ..Rule::EMPTY
    };
}

fn check(charge: &Row, findings: &mut Findings) -> Judged {
    if !matches!(charge.text(NATURE)?, ADMINISTRATIVE_FEE | GOVERNMENT_FUND) {
        return None;
    }
    match charge.text(BILL_TYPE)? {
        TAX_INVOICE | IN_HOUSE_RECEIPT => {
            findings.at(charge, BILL_TYPE);
        }
        NO_RECEIPT => {
            findings.at(charge, BILL_TYPE).saying("none");
        }
        _ => {}
    }
    JUDGED
}
